"""How a record divides among suppliers, countries, blocs or areas; parts that are not stated stay unknown."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final, Literal, TypeAlias, get_args

from natoburden.calculators.dependency._scope import Record
from natoburden.errors import UnknownNameError
from natoburden.model._numbers import CONTEXT, LAST_YEAR, add_up
from natoburden.model.countries import Country
from natoburden.model.memberships import Bloc
from natoburden.model.origins import Origin, OriginBasis
from natoburden.model.procurement import Contract
from natoburden.model.transfers import Transfer

__all__ = ["Bases", "By", "SupplierBloc", "bloc_of", "checked_grouping", "foreign_part", "origin_of", "parts"]

By: TypeAlias = Literal["origin", "bloc", "company", "area"]
Bases: TypeAlias = OriginBasis | tuple[OriginBasis, ...]

# Words that people try. A supplier is a country to SIPRI and a firm in a contract, and so an alias of neither.
_MEANT: Final = {
    "supplier": "a supplier is a country or a firm: 'origin' is the country, 'company' the firm",
    "country": "'origin' is the supplier's country; supplier_in_buyers tells buyers apart",
}

_UNITED_KINGDOM, _UNITED_STATES, _UKRAINE = Country("GBR"), Country("USA"), Country("UKR")


class SupplierBloc(enum.Enum):
    """A bloc of suppliers that the article's policies distinguish, or all other suppliers.

    A country's bloc follows from its memberships in the record's year; the United Kingdom is a bloc of its own in every
    year.
    """

    EUROPEAN = "EU and EEA-EFTA"
    UNITED_KINGDOM = "United Kingdom"
    UNITED_STATES = "United States"
    OTHER = "other"

    def __str__(self) -> str:
        return self.value


def checked_grouping(by: object) -> None:
    """Raise unless `by` is a known way to group suppliers."""
    if by not in get_args(By):
        raise UnknownNameError("grouping", str(by), get_args(By), explanation=_MEANT.get(str(by), ""))


def bloc_of(country: Country, year: int | None = None) -> SupplierBloc:
    """Return the bloc of suppliers to which a country belongs in a year.

    >>> print(bloc_of(Country("NOR"), 2024), "|", bloc_of(Country("GBR"), 2015), "|", bloc_of(Country("KOR")))
    EU and EEA-EFTA | United Kingdom | other
    """
    if country == _UNITED_KINGDOM:
        return SupplierBloc.UNITED_KINGDOM
    if country == _UNITED_STATES:
        return SupplierBloc.UNITED_STATES
    when = LAST_YEAR if year is None else year
    european = any(Bloc.find(key).has_member(country, when) for key in ("EU", "EEA-EFTA"))
    return SupplierBloc.EUROPEAN if european else SupplierBloc.OTHER


def origin_of(contract: Contract, bases: Bases) -> Origin | None:
    """Return a contract's origin on the first basis for which the contract has an origin."""
    ordered = (bases,) if isinstance(bases, OriginBasis) else bases
    return next((origin for basis in ordered if (origin := contract.origin(basis)) is not None), None)


def parts(record: Record, by: By, bases: Bases) -> Mapping[str, Decimal]:
    """Return a record's fractions by label; the fractions add up to less than one if a part is unknown."""
    if by == "area":
        return {} if record.area is None else {str(record.area): Decimal(1)}
    if isinstance(record, Transfer):
        return _of_transfer(record, by)
    if by == "company":
        return _by_company(record)
    origin = origin_of(record, bases)
    if origin is None:
        return {}
    if by == "bloc":
        return _by_bloc(origin, record.year)
    return _summed((item.country.name, item.share.as_fraction) for item in origin.known)


def foreign_part(contract: Contract, buyers: Iterable[Country], bases: Bases) -> tuple[Decimal, Decimal]:
    """Return a contract's fraction from the buyers' own countries and its fraction from abroad; the rest is unknown."""
    origin = origin_of(contract, bases)
    if origin is None:
        return Decimal(0), Decimal(0)
    own = set(buyers)
    home = [item.share.as_fraction for item in origin.known if item.country in own]
    abroad = [item.share.as_fraction for item in origin.known if item.country not in own]
    if len(origin.unsplit) > 1:  # among foreigners, or among the buyers, it does not matter how the rest is split
        if own.isdisjoint(origin.unsplit):
            abroad.append(origin.rest.as_fraction)
        elif own.issuperset(origin.unsplit):
            home.append(origin.rest.as_fraction)
    return add_up(home), add_up(abroad)


def _by_company(contract: Contract) -> Mapping[str, Decimal]:
    if len(contract.suppliers) == 1 and contract.suppliers[0].share is None:
        return {contract.suppliers[0].name: Decimal(1)}
    return _summed((item.name, item.share.as_fraction) for item in contract.suppliers if item.share is not None)


def _by_bloc(origin: Origin, year: int | None) -> Mapping[str, Decimal]:
    known = [(str(bloc_of(item.country, year)), item.share.as_fraction) for item in origin.known]
    blocs = {bloc_of(country, year) for country in origin.unsplit}
    if len(origin.unsplit) > 1 and len(blocs) == 1:
        known.append((str(blocs.pop()), origin.rest.as_fraction))
    return _summed(known)


def _of_transfer(transfer: Transfer, by: By) -> Mapping[str, Decimal]:
    supplier = transfer.supplier
    if by == "company" or supplier.is_unknown:
        return {}
    if by == "origin":
        return {supplier.label: Decimal(1)}
    year = transfer.delivery_years[-1] if transfer.delivery_years else None
    bloc = bloc_of(supplier.country, year) if supplier.country else SupplierBloc.OTHER
    return {str(bloc): Decimal(1)}


def _summed(pairs: Iterable[tuple[str, Decimal]]) -> Mapping[str, Decimal]:
    found: dict[str, Decimal] = {}
    for label, fraction in pairs:
        found[label] = CONTEXT.add(found.get(label, Decimal(0)), fraction)
    return {label: fraction for label, fraction in found.items() if fraction}
