"""Ratios of totals: shares of GDP, of a group's sum, and of expenditure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from natoburden.calculators._arguments import expect_table, in_currency
from natoburden.calculators._members import ICELAND, ally_of, group_of, spenders
from natoburden.calculators.findings import Finding, Findings, or_none, places
from natoburden.calculators.results import TableResult
from natoburden.errors import NoObservationError, UnknownNameError
from natoburden.model._checks import member
from natoburden.model.countries import Country, CountryLike
from natoburden.model.expenditure import ExpenditureTable, Measure, Observation
from natoburden.model.memberships import Entity, EntityLike, Group, GroupLike, find_entity
from natoburden.model.money import CURRENT_PRICES, Currency, Money, PriceBasis
from natoburden.model.shares import PercentagePoints, Share

if TYPE_CHECKING:
    from natoburden.model.exchange import Rates

__all__ = [
    "AggregateShare",
    "CategoryAmount",
    "ShareOfGdp",
    "ShareOfGroup",
    "aggregate_share",
    "category_amount",
    "share_of_gdp",
    "share_of_group",
]


@attrs.frozen(kw_only=True)
class ShareOfGdp(TableResult):
    """A share of GDP recomputed from the table's amounts, and the published share."""

    formula = "share = 100 × expenditure / GDP, both at the same price basis"

    entity: Entity
    year: int
    share: Share
    published: Share
    difference: PercentagePoints
    basis: PriceBasis

    @property
    def headline(self) -> str:
        return f"Defence expenditure of {self.entity} as a share of GDP, {self.year}, at {self.basis}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("share", self.share.as_percent, places(4, " %")),
            Finding("published", self.published),
            Finding("difference", self.difference),
        )


def share_of_gdp(
    table: ExpenditureTable, entity: EntityLike, year: int, *, basis: PriceBasis | None = None
) -> ShareOfGdp:
    """Compute a share of GDP from the table's amounts, for a country or an aggregate that the table prints.

    By default, expenditure and GDP are at constant prices, as in NATO's tables. At current prices, the share differs by
    up to 0.29 points (Netherlands 2025 in the edition of July 2026). Raises `NoObservationError` if expenditure or GDP
    is missing.

    >>> from natoburden.datasets import defence_expenditure
    >>> print(share_of_gdp(defence_expenditure("2026-07"), "GBR", 2025).share)
    2.32 %
    """
    expect_table(table)
    found = find_entity(entity)
    prices = table.edition.constant_prices if basis is None else basis
    published = table.share_of_gdp(found, year)
    expenditure, gdp = table.expenditure(found, year, prices), table.gdp(found, year, prices)
    share = expenditure.value.share_of(gdp.value)
    return ShareOfGdp(
        entity=found,
        year=year,
        share=share,
        published=published.value,
        difference=share - published.value,
        basis=prices,
        inputs=(expenditure, gdp, published),
    )


@attrs.frozen(kw_only=True)
class AggregateShare(TableResult):
    """A group's expenditure divided by its GDP, which is a ratio of sums and not a mean of shares."""

    group: Group
    year: int
    share: Share
    expenditure: Money
    gdp: Money
    members: tuple[Country, ...] = attrs.field(repr=False)
    iceland_gdp: Money | None

    @property
    def is_iceland_printed(self) -> bool:
        """Whether the edition prints Iceland's GDP; otherwise, Iceland's GDP is derived."""
        return any(item.entity == ICELAND for item in self.inputs)

    @property
    def headline(self) -> str:
        return f"Defence expenditure of {self.group} as a share of GDP, {self.year}, {len(self.members)} members"

    @property
    def formula(self) -> str:
        derived = (
            "; GDP of Iceland = printed GDP of NATO Europe and Canada − Σ GDP of its other members"
            if self.iceland_gdp and not self.is_iceland_printed
            else ""
        )
        return f"share = 100 × Σ expenditure / Σ GDP, over the group's members of that year{derived}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("share", self.share.as_percent, places(4, " %")),
            Finding("Σ expenditure", self.expenditure),
            Finding("Σ GDP", self.gdp),
            Finding("of which GDP of Iceland", self.iceland_gdp, or_none(str, "not included")),
        )


def aggregate_share(
    table: ExpenditureTable,
    group: GroupLike,
    year: int,
    *,
    include_iceland_gdp: bool = True,
    basis: PriceBasis | None = None,
    currency: Currency | str | None = None,
    rates: Rates | None = None,
) -> AggregateShare:
    """Compute a group's share of GDP, from its members of that year.

    NATO includes Iceland's GDP in its aggregates, although Iceland spends nothing on defence. By default, the result
    includes Iceland's GDP. Without Iceland's GDP, the 2024 share of NATO Europe and Canada is 1.97 % instead of 1.96 %.
    If an edition does not print Iceland's GDP, Iceland's GDP is derived: the aggregate's printed GDP minus the GDP of
    its other members. Prices are constant by default, as in NATO's tables. Raises `NoObservationError` for a member
    without figures.

    With `currency`, such as ``"EUR"``, all amounts are converted at the European Central Bank's average rate of the
    year, or at your `rates`. Amounts at constant prices are converted at the average rate of their base year. `explain`
    lists each exchange rate.

    >>> from natoburden.datasets import defence_expenditure
    >>> table = defence_expenditure("2026-07")
    >>> print(aggregate_share(table, "NATO Europe and Canada", 2024).share)
    1.96 %
    >>> print(aggregate_share(table, "NATO Europe and Canada", 2024, include_iceland_gdp=False).share)
    1.97 %
    """
    table = in_currency(table, currency, rates)
    found = group_of(group, "targets.share_of_gdp")
    prices = table.edition.constant_prices if basis is None else basis
    members = spenders(table, found, year)
    expenditure = [table.expenditure(country, year, prices) for country in members]
    gdp, iceland, figures = _group_gdp(table, found, year, prices, include_iceland_gdp=include_iceland_gdp)
    spent = Money.total(item.value for item in expenditure)
    return AggregateShare(
        group=found,
        year=year,
        share=spent.share_of(gdp),
        expenditure=spent,
        gdp=gdp,
        members=members,
        iceland_gdp=iceland,
        inputs=tuple(dict.fromkeys((*expenditure, *figures))),
    )


def _group_gdp(
    table: ExpenditureTable, group: Group, year: int, basis: PriceBasis, *, include_iceland_gdp: bool
) -> tuple[Money, Money | None, tuple[Observation[Any], ...]]:
    """Return the GDP of a group's members; Iceland's GDP, if included, is printed or derived."""
    members = group.members(year)
    gdps = [table.gdp(country, year, basis) for country in members if country != ICELAND]
    total = Money.total(item.value for item in gdps)
    if not include_iceland_gdp or ICELAND not in members:
        return total, None, tuple(gdps)
    iceland, figures = _iceland_gdp(table, year, basis)
    return total + iceland, iceland, (*gdps, *figures)


def _iceland_gdp(table: ExpenditureTable, year: int, basis: PriceBasis) -> tuple[Money, tuple[Observation[Any], ...]]:
    try:
        printed = table.gdp(ICELAND, year, basis)
    except NoObservationError:
        europe_and_canada = Group.find("NATO_EUR_CAN")
        aggregate = table.gdp(europe_and_canada, year, basis)
        others = [table.gdp(country, year, basis) for country in table.reporting_members(europe_and_canada, year)]
        return aggregate.value - Money.total(item.value for item in others), (aggregate, *others)
    return printed.value, (printed,)


@attrs.frozen(kw_only=True)
class ShareOfGroup(TableResult):
    """One member's share of a group's expenditure or GDP."""

    formula = "share = 100 × the member's amount / Σ over the group's members of that year"

    country: Country
    group: Group
    year: int
    measure: Measure
    share: Share
    amount: Money
    total: Money

    @property
    def headline(self) -> str:
        return f"Part of {self.country} in the {self.measure} of {self.group}, {self.year}, at {self.amount.basis}"

    @property
    def findings(self) -> Findings:
        return (Finding("share", self.share), Finding("amount", self.amount), Finding("total", self.total))


def share_of_group(
    table: ExpenditureTable,
    country: CountryLike,
    group: GroupLike,
    year: int,
    *,
    measure: Measure | str = Measure.EXPENDITURE,
    basis: PriceBasis | None = None,
    currency: Currency | str | None = None,
    rates: Rates | None = None,
) -> ShareOfGroup:
    """Compute a member's share of a group's expenditure (or, with ``measure=Measure.GDP``, of its GDP).

    Prices are constant unless you give another `basis`. The share depends on the price basis: state the basis when you
    quote the share. The GDP of a group with Iceland as a member includes Iceland's GDP, as in NATO's aggregates. Raises
    `NotAMemberError` for a country outside the group, and `UnknownNameError` for a measure other than expenditure and
    GDP.

    With `currency`, such as ``"EUR"``, all amounts are converted at the European Central Bank's average rate of the
    year, or at your `rates`. Amounts at constant prices are converted at the average rate of their base year. `explain`
    lists each exchange rate.

    >>> from natoburden.datasets import defence_expenditure
    >>> table = defence_expenditure("2026-07")
    >>> print(share_of_group(table, "USA", "NATO", 2025).share)
    59.34 %
    >>> print(share_of_group(table, "USA", "NATO", 2025, basis=CURRENT_PRICES).share)
    59.88 %
    """
    table = in_currency(table, currency, rates)
    whole_group = group_of(group)
    ally = whole_group.require_member(ally_of(country, "targets.aggregate_share"), year)
    counted = member(Measure, measure)
    if counted not in (Measure.EXPENDITURE, Measure.GDP):
        raise UnknownNameError("measure that adds up", counted.value, (Measure.EXPENDITURE.value, Measure.GDP.value))
    prices = table.edition.constant_prices if basis is None else basis
    if counted is Measure.GDP:
        own = table.gdp(ally, year, prices)
        total, _, figures = _group_gdp(table, whole_group, year, prices, include_iceland_gdp=True)
    else:
        own = table.expenditure(ally, year, prices)
        spent = [table.expenditure(other, year, prices) for other in spenders(table, whole_group, year)]
        total, figures = Money.total(item.value for item in spent), tuple(spent)
    return ShareOfGroup(
        country=ally,
        group=whole_group,
        year=year,
        measure=counted,
        share=own.value.share_of(total),
        amount=own.value,
        total=total,
        inputs=figures,
    )


@attrs.frozen(kw_only=True)
class CategoryAmount(TableResult):
    """Expenditure in one main category, derived from the category's share, since NATO does not print the amount."""

    formula = "amount = expenditure × share of the category"

    country: Country
    year: int
    category: Measure
    amount: Money

    @property
    def headline(self) -> str:
        return f"Amount behind {self.category}, {self.country}, {self.year} (derived)"

    @property
    def findings(self) -> Findings:
        return (Finding("amount, derived", self.amount),)


def category_amount(
    table: ExpenditureTable,
    category: Measure | str,
    country: CountryLike,
    year: int,
    *,
    basis: PriceBasis = CURRENT_PRICES,
    currency: Currency | str | None = None,
    rates: Rates | None = None,
) -> CategoryAmount:
    """Compute expenditure in one main category, such as equipment, from the category's share, which NATO prints.

    Raises `NoObservationError` if the expenditure or the share is missing, and `UnknownNameError` for a measure that is
    not a category.

    With `currency`, money is in the currency that you choose, such as ``"EUR"``; ``"own"`` is the ally's own currency.
    Amounts that NATO prints in the chosen currency are unchanged, and GDP is converted at NATO's own rate. Other
    amounts are converted at the European Central Bank's average rate of the year, or at your `rates`. Constant prices
    are converted at the rate of their base year. `explain` lists each exchange rate.

    >>> from natoburden.datasets import defence_expenditure
    >>> print(category_amount(defence_expenditure("2026-07"), Measure.EQUIPMENT_SHARE, "POL", 2025).amount)
    USD 22.39 bn (current prices)
    """
    table = in_currency(table, currency, rates, of_one=True)
    found = ally_of(country)
    expenditure = table.expenditure(found, year, basis)
    share = table.category_share(category, found, year)
    return CategoryAmount(
        country=found,
        year=year,
        category=share.measure,
        amount=expenditure.value * share.value,
        inputs=(expenditure, share),
    )
