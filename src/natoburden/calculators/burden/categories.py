"""Burdens by main category: personnel, equipment, infrastructure and other, each with its rounding interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from natoburden.calculators._arguments import in_currency
from natoburden.calculators._members import group_of, spenders
from natoburden.calculators.burden._results import BurdenResult, category_name, counted
from natoburden.calculators.burden.ally_burdens import AllyBurden, burdens
from natoburden.calculators.burden.rounding import Bounds, Ends, as_printed, total_of
from natoburden.calculators.findings import Finding, Findings, places
from natoburden.calculators.results import Summary
from natoburden.errors import UnknownNameError
from natoburden.model._numbers import CONTEXT, add_up, divide
from natoburden.model._vocabulary import nearest
from natoburden.model.countries import Country
from natoburden.model.evidence import Evidence
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.memberships import EntityLike, Group, GroupLike, find_entity
from natoburden.model.money import Currency, Money, PriceBasis
from natoburden.model.shares import PercentagePoints, Share

if TYPE_CHECKING:
    from natoburden.model.exchange import Rates

__all__ = ["CategoryBurden", "CategoryBurdens", "CategoryMix", "CategoryPart", "category_burdens", "category_mix"]

CATEGORIES = tuple(measure for measure in Measure if measure.is_category)
_DERIVED = "Derived, not printed: expenditure × a share that is printed with two decimals."


@attrs.frozen(kw_only=True)
class CategoryBurden(BurdenResult):
    """What one ally spends on a main category, as a share of its GDP and as a share of the group's amount.

    All figures are computed from expenditure, shares and GDP that NATO rounds. `amount_within`, `burden_within` and
    `share_within` are the intervals in which the figures lie.
    """

    note = _DERIVED
    formula = (
        "amount = expenditure × printed share of the category; burden = amount / GDP; part = amount / Σ amounts over "
        "the group's members of that year; within: half a unit of the last printed place of each input, to both sides"
    )

    country: Country
    amount: Money
    amount_within: Bounds[Money]
    burden: Share
    burden_within: Bounds[Share]
    share: Share
    share_within: Bounds[Share]
    share_of_gdp: Share

    @property
    def difference(self) -> PercentagePoints:
        """The ally's share of the group's spending on the category, minus its share of the group's GDP."""
        return self.share - self.share_of_gdp

    @property
    def headline(self) -> str:
        return f"Burden of {self.country}, {self._where}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("amount", self.amount),
            Finding("amount lies within", self.amount_within),
            Finding("burden", self.burden.as_percent, places(4, " % of GDP")),
            Finding("burden lies within", self.burden_within),
            Finding("part of the group's", self.share),
            Finding("part lies within", self.share_within),
            Finding("part of the group's GDP", self.share_of_gdp),
            Finding("difference", self.difference),
        )

    @property
    def columns(self) -> dict[str, object]:
        return {
            "amount_low": self.amount_within.low,
            "amount_high": self.amount_within.high,
            "burden_low": self.burden_within.low,
            "burden_high": self.burden_within.high,
            "share_low": self.share_within.low,
            "share_high": self.share_within.high,
        }


@attrs.frozen(kw_only=True)
class CategoryBurdens(Summary[CategoryBurden]):
    """What a group spends on a main category, and the share of each member."""

    note = _DERIVED
    formula = (
        "amount = Σ expenditure × printed share of the category; burden = amount / Σ GDP, over the group's members of "
        "that year; within: each member's own interval, all at the same end"
    )

    edition: str
    year: int
    group: Group
    basis: PriceBasis
    measure: Measure
    amount: Money
    amount_within: Bounds[Money]
    burden: Share
    burden_within: Bounds[Share]

    @property
    def headline(self) -> str:
        what = category_name(self.measure)
        return f"Burdens of {what}, {self.group}, {self.year}, edition {self.edition}, at {self.basis}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("amount", self.amount),
            Finding("amount lies within", self.amount_within),
            Finding("burden", self.burden.as_percent, places(4, " % of GDP")),
            Finding("burden lies within", self.burden_within),
        )


def category_burdens(
    table: ExpenditureTable,
    year: int,
    category: Measure | str,
    *,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
    currency: Currency | str | None = None,
    rates: Rates | None = None,
) -> CategoryBurdens:
    """Compute what each member of a group spends on a main category, relative to its GDP and to the group's spending.

    `category` is ``"equipment_share"``, ``"personnel_share"``, ``"infrastructure_share"`` or ``"other_share"``. The
    amounts are derived, and each has an interval that follows from the rounding of the printed figures. Prices are the
    edition's constant prices unless you give another `basis`.

    For rank tests, concordance, inequality and fair shares of one category, pass ``measure=`` to the other functions of
    this module. Becker (2019) and George and Sandler (2024) study burden sharing by NATO's four categories. Raises
    `NoObservationError` if a member's figure is missing, and `UnknownNameError` for a measure that is not a category.

    With `currency`, such as ``"EUR"``, all amounts are converted at the European Central Bank's average rate of the
    year, or at your `rates`. Amounts at constant prices are converted at the average rate of their base year. The
    explanation of each result lists the exchange rates.

    >>> from natoburden.datasets import defence_expenditure
    >>> found = category_burdens(defence_expenditure("2026-07"), 2025, "equipment_share")
    >>> print(found["POL"].amount, "|", found["POL"].burden, found["POL"].share, found["POL"].share_of_gdp)
    USD 16.78 bn (constant 2021 prices) | 2.16 % 4.00 % 1.53 %
    >>> print(found["POL"].burden_within)
    2.1551 % to 2.1556 %
    """
    valid = tuple(item.value for item in CATEGORIES)
    measure = next((item for item in CATEGORIES if category in (item, item.value)), None)
    if measure is None:
        raise UnknownNameError("category", str(category), valid, nearest(str(category), valid))
    printed = burdens(table, year, measure=measure, group=group, basis=basis).rows
    given = in_currency(table, currency, rates)
    rows = printed if given is table else burdens(given, year, measure=measure, group=group, basis=basis).rows
    amounts = [
        _ends(table, before, measure).scaled(divide(row.expenditure.amount, before.expenditure.amount))
        for before, row in zip(printed, rows, strict=True)
    ]
    products = [
        as_printed(before.gdp).scaled(divide(row.gdp.amount, before.gdp.amount))
        for before, row in zip(printed, rows, strict=True)
    ]
    whole, gdp = Money.total(row.carried for row in rows), Money.total(row.gdp for row in rows)
    everything, produced = total_of(amounts), total_of(products)
    return CategoryBurdens(
        edition=table.edition.key,
        year=year,
        group=group_of(group),
        basis=rows[0].basis,
        measure=measure,
        amount=whole,
        amount_within=everything.money(whole),
        burden=whole.share_of(gdp),
        burden_within=everything.over(produced).shares(),
        rows=tuple(
            CategoryBurden(
                edition=table.edition.key,
                year=year,
                group=group_of(group),
                basis=row.basis,
                measure=measure,
                country=row.country,
                amount=row.carried,
                amount_within=ends.money(row.carried),
                burden=row.burden,
                burden_within=ends.over(product).shares(),
                share=row.carried.share_of(whole),
                share_within=ends.of_sum_with(everything.less(ends)).shares(),
                share_of_gdp=row.gdp.share_of(gdp),
                inputs=row.inputs,
            )
            for row, ends, product in zip(rows, amounts, products, strict=True)
        ),
    )


def _ends(table: ExpenditureTable, row: AllyBurden, measure: Measure) -> Ends:
    """Return the interval in which an ally's amount lies, in the table's own currency."""
    return as_printed(row.expenditure).times(as_printed(table.category_share(measure, row.country, row.year).value))


@attrs.frozen(kw_only=True)
class CategoryPart:
    """One main category of expenditure: its amount and its share, each with the interval that follows from rounding."""

    category: Measure
    amount: Money
    amount_within: Bounds[Money]
    share: Share
    share_within: Bounds[Share]

    def __str__(self) -> str:
        return f"{self.share}, {self.amount}"


@attrs.frozen(kw_only=True)
class CategoryMix(BurdenResult):
    """How the expenditure of an ally or a group divides into the four main categories in one year.

    `unexplained` is expenditure minus the four amounts, and can be negative. `adds_up` is true if `unexplained` can
    result from rounding. The test of `adds_up` treats every figure as rounded to NATO's two decimals, even if the
    edition has more decimals.
    """

    note = _DERIVED
    formula = (
        "share = Σ expenditure × printed share / Σ expenditure, over the members of that year; unexplained = "
        "Σ expenditure − Σ of the four amounts; within: half a unit of the last printed place of each input"
    )

    expenditure: Money
    parts: tuple[CategoryPart, ...] = attrs.field(repr=False)
    unexplained: Money
    adds_up: bool

    def part(self, category: Measure | str) -> CategoryPart:
        """Return one main category; raises `UnknownNameError` for a measure that is not a category."""
        wanted = counted(category)
        for item in self.parts:
            if item.category is wanted:
                return item
        raise UnknownNameError("category", wanted.value, tuple(item.value for item in CATEGORIES))

    @property
    def headline(self) -> str:
        return f"Expenditure by main category, {self._where}"

    @property
    def findings(self) -> Findings:
        return (
            *(Finding(category_name(item.category), item) for item in self.parts),
            Finding("unexplained", self.unexplained),
            Finding("explained by rounding", self.adds_up, lambda told: "yes" if told else "no"),
        )

    @property
    def columns(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for item in self.parts:
            name = item.category.value
            found |= {name: item.share, f"{name}_low": item.share_within.low, f"{name}_high": item.share_within.high}
            found[name.removesuffix("_share")] = item.amount
        return found


def category_mix(
    table: ExpenditureTable, year: int, *, of: EntityLike = "NATO", basis: PriceBasis | None = None
) -> CategoryMix:
    """Compute how the expenditure of an ally or a group divides into the four main categories.

    A group's share is the sum of its members' amounts divided by the sum of their expenditure, not a mean of shares.
    NATO does not print a group's shares by category. Pass this function to `series` for the shares over time. Prices
    are the edition's constant prices unless you give another `basis`. Raises `NoObservationError` if a figure is
    missing.

    >>> from natoburden.burden import series
    >>> from natoburden.datasets import defence_expenditure
    >>> for mix in series(category_mix, defence_expenditure("2026-07"), years=[2014, 2025], of="NATO Europe"):
    ...     print(mix.year, *(f"{item.category.value} {item.share}" for item in mix.parts))
    2014 equipment_share 17.69 % personnel_share 52.21 % infrastructure_share 2.56 % other_share 27.54 %
    2025 equipment_share 31.64 % personnel_share 34.27 % infrastructure_share 3.27 % other_share 30.82 %
    """
    found = find_entity(of)
    group = found if isinstance(found, Group) else Group.find([found])
    members = spenders(table, group, year)
    prices = table.edition.constant_prices if basis is None else basis
    spent = {country: table.expenditure(country, year, prices) for country in members}
    whole = Money.total(item.value for item in spent.values())
    printed = total_of(as_printed(item.value) for item in spent.values())
    inputs: list[Evidence] = [*spent.values()]
    parts, in_print = [], []
    for category in CATEGORIES:
        shares = {country: table.category_share(category, country, year) for country in members}
        amount = Money.total(spent[country].value * shares[country].value for country in members)
        ends = total_of(as_printed(spent[ally].value).times(as_printed(shares[ally].value)) for ally in members)
        of_one = as_printed(shares[members[0]].value) if len(members) == 1 else ends.over(printed)
        parts.append(
            CategoryPart(
                category=category,
                amount=amount,
                amount_within=ends.money(amount),
                share=amount.share_of(whole),
                share_within=of_one.shares(),
            )
        )
        in_print += [
            as_printed(spent[ally].value).times(as_printed(shares[ally].value, further_places=False))
            for ally in members
        ]
        inputs += shares.values()
    together = total_of(in_print)
    explained = add_up(item.amount.amount for item in parts)
    return CategoryMix(
        edition=table.edition.key,
        year=year,
        group=group,
        basis=prices,
        expenditure=whole,
        parts=tuple(parts),
        unexplained=whole.with_amount(CONTEXT.subtract(whole.amount, explained)),
        adds_up=together.low <= printed.high and printed.low <= together.high,
        inputs=tuple(inputs),
    )
