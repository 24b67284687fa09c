"""The origin of goods: suppliers, and shares by country on a basis that is always named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import ClassVar, Self

import attrs

from natoburden.errors import UnexpectedValueError
from natoburden.model._numbers import CONTEXT
from natoburden.model._terms import Term
from natoburden.model.countries import Country, CountryLike
from natoburden.model.shares import Rate, Share

__all__ = ["Origin", "OriginBasis", "OriginShare", "Supplier"]


class OriginBasis(Term):
    """The basis on which goods count as coming from a country; bases often disagree, and no basis replaces another.

    ``PRIME_NATIONALITY`` is the country of the prime contractor's group. ``PLANT`` is where the goods are assembled.
    ``CONTENT`` is where the components of the goods come from. ``WORK_SHARE`` is the country that gets the work or the
    money. ``REGISTERED_ADDRESS`` is the address in award notices, which may be a sales office.
    """

    PRIME_NATIONALITY = "prime nationality"
    PLANT = "plant"
    CONTENT = "content"
    WORK_SHARE = "work-share"
    REGISTERED_ADDRESS = "registered address"


@attrs.frozen(kw_only=True)
class Supplier:
    """A company that sells, with its country, or a consortium with its countries.

    `share` is the supplier's stated share of the contract; None if no source states the share. The share of a
    consortium is never split evenly among its countries.
    """

    column_parts: ClassVar[tuple[str, ...]] = ("name", "countries", "share")

    name: str
    countries: tuple[Country, ...] = ()
    share: Share | None = None


@attrs.frozen(kw_only=True)
class OriginShare:
    """The share of goods that come from one country."""

    country: Country
    share: Share


@attrs.frozen(kw_only=True)
class Origin:
    """Shares of goods by country of origin, on one basis; an unknown share is never divided among countries.

    `unsplit` lists countries of origin for the remaining goods, in unknown proportions. If `unsplit` has a single
    country, all remaining goods come from this country. If all countries in `unsplit` are in one bloc, the remaining
    goods are known to come from that bloc. Raises `UnexpectedValueError` for a country that is named twice, and for
    shares of more than the whole.

    >>> typhoon = Origin.of(OriginBasis.CONTENT, {"GBR": Share.percent("37")})
    >>> print(typhoon, "|", typhoon.unknown)
    United Kingdom 37.00 %, unknown 63.00 % (content) | 63.00 %
    """

    basis: OriginBasis
    shares: tuple[OriginShare, ...] = ()
    unsplit: tuple[Country, ...] = ()
    note: str = ""

    def __attrs_post_init__(self) -> None:
        named = [*(item.country for item in self.shares), *self.unsplit]
        if len(set(named)) < len(named):
            raise UnexpectedValueError("an origin", ", ".join(map(str, named)), "name each country once")
        if self._stated > 1:
            stated = str(Rate.fraction(self._stated)).removeprefix("+")
            raise UnexpectedValueError("an origin", stated, "the shares of one whole add up to 100 % at most")

    @classmethod
    def of(
        cls,
        basis: OriginBasis,
        shares: Mapping[str, Share] | Mapping[Country, Share] | None = None,
        *,
        unsplit: Iterable[CountryLike] = (),
        note: str = "",
    ) -> Self:
        """Return an origin from shares by country; any remainder is unknown, unless `unsplit` is a single country."""
        return cls(
            basis=basis,
            shares=tuple(OriginShare(country=Country.find(name), share=part) for name, part in (shares or {}).items()),
            unsplit=tuple(map(Country.find, unsplit)),
            note=note,
        )

    @property
    def _stated(self) -> Decimal:
        stated = Decimal(0)
        for item in self.shares:
            stated = CONTEXT.add(stated, item.share.as_fraction)
        return stated

    @property
    def rest(self) -> Share:
        """The share of the goods without a stated country."""
        return Share.fraction(CONTEXT.subtract(Decimal(1), self._stated))

    @property
    def known(self) -> tuple[OriginShare, ...]:
        """The shares by country; if `unsplit` has a single country, the remaining share belongs to this country."""
        if len(self.unsplit) == 1 and self.rest.as_fraction:
            return (*self.shares, OriginShare(country=self.unsplit[0], share=self.rest))
        return self.shares

    @property
    def unknown(self) -> Share:
        """The share of the goods that cannot be attributed to a country."""
        return Share.fraction(0) if len(self.unsplit) == 1 else self.rest

    def __str__(self) -> str:
        parts = [f"{item.country} {item.share}" for item in self.known]
        if self.unknown.as_fraction:
            among = f" among {', '.join(map(str, self.unsplit))}" if self.unsplit else ""
            parts.append(f"unknown{among} {self.unknown}")
        return f"{', '.join(parts)} ({self.basis})"


def origin_of_suppliers(suppliers: Iterable[Supplier]) -> Origin:
    """Return the origin by the suppliers' nationality; several countries without stated shares stay unsplit.

    >>> korea, poland = Country("KOR"), Country("POL")
    >>> print(origin_of_suppliers([Supplier(name=name, countries=(korea,)) for name in ("One", "Other")]))
    South Korea 100.00 % (prime nationality)
    >>> print(origin_of_suppliers([Supplier(name="Joint venture", countries=(korea, poland))]))
    unknown among South Korea, Poland 100.00 % (prime nationality)
    """
    sellers = tuple(suppliers)
    shares: dict[Country, Share] = {}
    unsplit: list[Country] = []
    for seller in sellers:
        if seller.share is not None and len(seller.countries) == 1:
            country = seller.countries[0]
            before = shares[country].as_fraction if country in shares else Decimal(0)
            shares[country] = Share.fraction(CONTEXT.add(before, seller.share.as_fraction))
        elif seller.share is None:
            unsplit.extend(seller.countries)
    # A seller of unknown nationality may have any part: then no country has the rest alone.
    is_complete = all(seller.countries for seller in sellers)
    rest = tuple(dict.fromkeys(unsplit)) if is_complete else ()
    return Origin.of(OriginBasis.PRIME_NATIONALITY, shares, unsplit=rest)
