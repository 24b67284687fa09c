"""Purchases, packages of purchases, and policies that say how much each kind of purchase counts towards a demand.

No official rule for crediting purchases exists. The caller sets every weight, and the default of each weight is zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from natoburden.errors import DocumentError, DocumentFault, InvalidNumberError, InvalidYearError, UnexpectedValueError
from natoburden.errors._documents import raise_faults
from natoburden.model._checks import exactly, expect, member, twice
from natoburden.model._numbers import checked_year
from natoburden.model._terms import Term
from natoburden.model.capabilities import InteroperabilityArea
from natoburden.model.evidence import Documented
from natoburden.model.keyed import Keyed
from natoburden.model.memberships import Entity, find_entity
from natoburden.model.money import Money
from natoburden.model.shares import Share
from natoburden.model.sources import Source

__all__ = [
    "CreditCategory",
    "CreditPolicy",
    "DoubleCounting",
    "Instalment",
    "Package",
    "Purchase",
    "PurchaseBasis",
    "Spreading",
]

_NOTHING, _ALL = Share.percent(0), Share.percent(100)


class CreditCategory(Term):
    """The kind of a purchase; arms and interoperability programmes are paid from defence expenditure."""

    ARMS = "arms"
    ENERGY = "energy"
    INTEROPERABILITY = "interoperability"
    INVESTMENT = "investment"

    @property
    def is_defence_expenditure(self) -> bool:
        """Whether an ally counts payments for purchases of this kind as defence expenditure."""
        return self in (CreditCategory.ARMS, CreditCategory.INTEROPERABILITY)


class PurchaseBasis(Term):
    """The evidence for a purchase, strongest first; ``RECORD`` means a recorded delivery or shipment at a price."""

    RECORD = "record"
    CONTRACT = "contract"
    APPROVAL = "approval"
    INTENTION = "intention"
    ASSUMPTION = "assumption"


class DoubleCounting(Term):
    """How to treat purchases that an ally's defence expenditure already includes.

    ``EXCLUDE`` credits no arms and no interoperability programmes. ``PREMIUM`` credits only the part of a purchase that
    defence expenditure does not include. ``NAIVE`` credits every purchase in full and gives a warning.
    """

    EXCLUDE = "exclude"
    PREMIUM = "premium"
    NAIVE = "naive"


class Spreading(Term):
    """How a purchase over several years is divided: in equal parts, by its own schedule, or all in the first year."""

    EVENLY = "evenly"
    SCHEDULE = "schedule"
    AT_ONCE = "at once"


def _to_category(value: CreditCategory | str) -> CreditCategory:
    return member(CreditCategory, value)


def _to_area(value: InteroperabilityArea | str | None) -> InteroperabilityArea | None:
    return None if value is None else member(InteroperabilityArea, value)


def _to_basis(value: PurchaseBasis | str) -> PurchaseBasis:
    return member(PurchaseBasis, value)


def _to_double_counting(value: DoubleCounting | str) -> DoubleCounting:
    return member(DoubleCounting, value)


def _to_spreading(value: Spreading | str) -> Spreading:
    return member(Spreading, value)


def _is_year(_instance: object, _attribute: object, value: Any) -> None:
    if value is not None:
        checked_year(value)


@attrs.frozen
class Instalment:
    """The amount of a purchase in one year."""

    year: int = attrs.field(validator=_is_year)
    amount: Money = attrs.field(validator=exactly(Money, "an amount"))


@attrs.frozen(kw_only=True)
class Purchase(Documented):
    """A purchase by an ally or a group, with an amount for one year or several years.

    `within` is the part of the amount that the ally's defence expenditure already includes. By default, `within` is the
    whole amount for arms and interoperability programmes, and zero for energy and investment. Only interoperability
    programmes have an `area`. Without `last_year`, the purchase counts only in its first year. Set `is_end_known` to
    False if the true last year is not known. Raises one `DocumentError` that lists all contradictions between the
    fields.

    >>> from natoburden.model.countries import Country
    >>> Purchase(
    ...     key="lng", category=CreditCategory.ENERGY, buyer=Country("DEU"), amount=Money.billions(30, "USD"),
    ...     first_year=2026, last_year=2028, basis=PurchaseBasis.ASSUMPTION,
    ...     source=Source(title="An example", publisher="natoburden"),
    ... ).in_year(2027, Spreading.EVENLY)
    Money('10 bn', 'USD', CURRENT_PRICES)
    """

    key: str
    category: CreditCategory = attrs.field(converter=_to_category)
    area: InteroperabilityArea | None = attrs.field(default=None, converter=_to_area)
    buyer: Entity = attrs.field(converter=find_entity)
    amount: Money = attrs.field(validator=exactly(Money, "an amount"))
    first_year: int = attrs.field(validator=_is_year)
    last_year: int = attrs.field(
        default=attrs.Factory(lambda self: self.first_year, takes_self=True), validator=_is_year
    )
    is_end_known: bool = attrs.field(default=True, validator=exactly(bool, "whether its end is known"))
    schedule: tuple[Instalment, ...] = ()
    within: Share = attrs.field(
        default=attrs.Factory(lambda self: _ALL if self.category.is_defence_expenditure else _NOTHING, takes_self=True),
        validator=exactly(Share, "a part"),
    )
    basis: PurchaseBasis = attrs.field(converter=_to_basis)
    source: Source = attrs.field(validator=exactly(Source, "a source"))
    note: str = ""

    def __attrs_post_init__(self) -> None:
        raise_faults(f"purchase {self.key}", self._faults())

    def _faults(self) -> Iterator[DocumentFault]:
        if self.amount.amount < 0:
            yield DocumentFault("amount", f"{self.amount}; it is zero or more")
        if self.last_year < self.first_year:
            yield DocumentFault("last_year", f"{self.last_year}; valid: {self.first_year} or later")
        if not self.is_end_known and self.last_year > self.first_year:
            yield DocumentFault("is_end_known", f"it is known: {self.last_year}")
        if (self.category is CreditCategory.INTEROPERABILITY) is (self.area is None):
            yield DocumentFault("area", "it goes with the category 'interoperability', which needs one")
        if not self.category.is_defence_expenditure and self.within != _NOTHING:
            yield DocumentFault("within", f"no part of {self.category} is defence expenditure")
        if self.schedule:
            yield from self._misfits()

    def _misfits(self) -> Iterator[DocumentFault]:
        years = [item.year for item in self.schedule]
        if len(set(years)) < len(years) or min(years) < self.first_year or max(years) > self.last_year:
            yield DocumentFault("schedule", f"years, each once; valid: {self.first_year} to {self.last_year}")
        for number, item in enumerate(self.schedule):
            if (item.amount.currency, item.amount.basis) != (self.amount.currency, self.amount.basis):
                yield DocumentFault(f"schedule[{number}].amount", f"{item.amount} beside {self.amount}: convert first")
                return
        if Money.total(item.amount for item in self.schedule) != self.amount:
            yield DocumentFault("schedule", f"it does not add up to {self.amount}")

    def in_year(self, year: int, spreading: Spreading, counted_over: int | None = None) -> Money:
        """Return the amount for a year; `counted_over` replaces the purchase's own number of years.

        Raises `UnexpectedValueError` if amounts are spread by schedule and the purchase has no schedule.
        """
        if spreading is Spreading.SCHEDULE:
            if not self.schedule:
                raise UnexpectedValueError("a schedule", self.key, "it has none: give one, or spread it evenly")
            return next((item.amount for item in self.schedule if item.year == year), self.amount.with_amount(0))
        years = 1 if spreading is Spreading.AT_ONCE else counted_over or self.last_year - self.first_year + 1
        return self.amount / years if self.first_year <= year < self.first_year + years else self.amount.with_amount(0)

    def __str__(self) -> str:
        years = str(self.first_year) if self.first_year == self.last_year else f"{self.first_year} to {self.last_year}"
        years += "" if self.is_end_known else ", end not known"
        return f"{self.key}: {self.category} for {self.buyer}, {self.amount}, {years} ({self.basis})"


@attrs.frozen(kw_only=True)
class CreditPolicy:
    """The weight of each kind of purchase, and the rules for counting purchases.

    Weights are between 0 % and 100 %, and their default is 0 %. Interoperability programmes have one weight for each of
    the four areas. `cap` is the largest credit in a year, as a share of GDP. `first_year` and `last_year`, if given,
    limit the years in which purchases count. `counted_over` is a number of years that replaces the number of years of
    each purchase.

    >>> print(CreditPolicy(energy=Share.percent(25), cap=Share.percent("0.5")))
    energy 25.00 %, all else 0 %; cap 0.50 % of GDP; double counting: exclude; spread evenly
    """

    arms: Share = _NOTHING
    energy: Share = _NOTHING
    investment: Share = _NOTHING
    missile_systems: Share = _NOTHING
    ammunition: Share = _NOTHING
    artificial_intelligence: Share = _NOTHING
    cyber: Share = _NOTHING
    cap: Share | None = attrs.field(default=None, validator=exactly(Share, "a cap", optional=True))
    double_counting: DoubleCounting = attrs.field(default=DoubleCounting.EXCLUDE, converter=_to_double_counting)
    spreading: Spreading = attrs.field(default=Spreading.EVENLY, converter=_to_spreading)
    counted_over: int | None = None
    first_year: int | None = attrs.field(default=None, validator=_is_year)
    last_year: int | None = attrs.field(default=None, validator=_is_year)

    def __attrs_post_init__(self) -> None:
        for name, weight in self.weights.items():
            expect(weight, Share, f"a weight of {name.replace('_', ' ')}", "write Share.percent(25)")
        over = self.counted_over
        if over is not None and (type(over) is not int or not 1 <= over <= 100):
            raise InvalidNumberError("years that a purchase counts over", str(over), "a whole number from 1 to 100")
        if over is not None and self.spreading is not Spreading.EVENLY:
            raise UnexpectedValueError("counted_over", str(over), "it goes with spreading evenly")
        if self.first_year and self.last_year and self.last_year < self.first_year:
            raise InvalidYearError(f"last year {self.last_year}", f"{self.first_year} or later")

    @property
    def weights(self) -> dict[str, Share]:
        """The weights by name, including weights of zero."""
        return {name: getattr(self, name) for name in _WEIGHTS}

    def weight(self, purchase: Purchase) -> Share:
        """Return the weight of a purchase, by its category or by its area of interoperability."""
        name = str(purchase.area or purchase.category).replace(" ", "_")
        weight: Share = getattr(self, name)
        return weight

    def countable(self, purchase: Purchase, year: int) -> Money:
        """Return the amount that may count in a year under the rule on double counting, before weighting."""
        flow = purchase.in_year(year, self.spreading, self.counted_over)
        if (self.first_year or year) > year or (self.last_year or year) < year:
            return flow.with_amount(0)
        if self.double_counting is DoubleCounting.NAIVE:
            return flow
        if self.double_counting is DoubleCounting.EXCLUDE and purchase.category.is_defence_expenditure:
            return flow.with_amount(0)
        return flow - flow * purchase.within

    def __str__(self) -> str:
        weights = [f"{name.replace('_', ' ')} {share}" for name, share in self.weights.items() if share != _NOTHING]
        spread = f"spread over {self.counted_over} years" if self.counted_over else f"spread {self.spreading}"
        if self.spreading is Spreading.SCHEDULE:
            spread = "spread by schedule"
        parts = [
            ", ".join([*weights, "all else 0 %"]) if weights else "all weights 0 %",
            f"cap {self.cap} of GDP" if self.cap else "no cap",
            f"double counting: {self.double_counting}",
            spread,
        ]
        if self.first_year or self.last_year:
            parts.append(f"counted from {self.first_year or 'the first'} to {self.last_year or 'the last'} year")
        return "; ".join(parts)


_WEIGHTS = (
    "arms",
    "energy",
    "investment",
    "missile_systems",
    "ammunition",
    "artificial_intelligence",
    "cyber",
)


@attrs.frozen(kw_only=True)
class Package:
    """Purchases that are offered or pledged together; a package can be written and loaded as a document.

    `policy` is the policy of the package's author; the caller may choose a different policy.
    """

    title: str
    purchases: Keyed[Purchase]
    policy: CreditPolicy | None = None
    note: str = ""

    @classmethod
    def of(cls, title: str, purchases: Iterable[Purchase], *, policy: CreditPolicy | None = None) -> Package:
        """Return a package of purchases; raises one `DocumentError` for keys that are used twice."""
        items = tuple(purchases)
        for item in items:
            expect(item, Purchase, "a purchase", "give purchases; natoburden.datasets.load_package reads a document")
        if again := twice(item.key for item in items):
            raise DocumentError(title, [DocumentFault("purchases", f"{key!r} is used twice") for key in again])
        return cls(title=title, purchases=Keyed(items), policy=policy)

    def __str__(self) -> str:
        return f"{self.title}: {len(self.purchases)} purchases"
