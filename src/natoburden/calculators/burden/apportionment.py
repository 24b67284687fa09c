"""Which allies carry more or less than a fair share; a key defines what is fair."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from natoburden.calculators._arguments import in_currency
from natoburden.calculators._members import group_of
from natoburden.calculators._population import population_of
from natoburden.calculators.burden._results import BurdenResult, terms_of
from natoburden.calculators.burden.ally_burdens import AllyBurden, burdens
from natoburden.calculators.findings import Finding, Findings, places
from natoburden.calculators.results import ResultTable
from natoburden.errors import InvalidNumberError, UnexpectedValueError
from natoburden.model._checks import expect, member
from natoburden.model._numbers import CONTEXT, Number, add_up, checked_decimal, divide, multiply
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.figures import CountryFigures, YearlyFigures
from natoburden.model.memberships import GroupLike
from natoburden.model.money import Currency, Money, PriceBasis
from natoburden.model.shares import Share

if TYPE_CHECKING:
    from natoburden.model.exchange import Rates

__all__ = ["FairKey", "FairShare", "fair_shares"]


class FairKey(enum.Enum):
    """The key of fair shares: GDP, population, or GDP times a power of relative income per head."""

    GDP = "gdp"
    POPULATION = "population"
    PROGRESSIVE = "progressive"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class FairShare(BurdenResult):
    """What one ally carries, and its fair share of the group's burden under a key.

    `over` is what the ally carries minus its fair share; a negative value means that the ally carries less than its
    fair share.
    """

    country: Country
    key: str
    elasticity: Decimal
    cap: Share | None
    carried: Money
    carried_share: Share
    fair: Money
    fair_share: Share
    over: Money
    ratio: Decimal

    @property
    def headline(self) -> str:
        return f"Fair share of {self.country} by {self.key}, {self._where}"

    @property
    def formula(self) -> str:
        rule = f"GDP × (GDP per head / the group's)^{self.elasticity}" if self.elasticity else self.key
        capped = f", none above {self.cap}, the rest in proportion" if self.cap else ""
        return f"fair = Σ carried × key / Σ key, key = {rule}{capped}; over = carried − fair; ratio = carried / fair"

    @property
    def findings(self) -> Findings:
        return (
            Finding("carried", (self.carried, self.carried_share), lambda pair: f"{pair[0]}, {pair[1]} of the group's"),
            Finding("fair", (self.fair, self.fair_share), lambda pair: f"{pair[0]}, {pair[1]}"),
            Finding("over", self.over),
            Finding("ratio", self.ratio, places(4)),
        )


def fair_shares(
    table: ExpenditureTable,
    year: int,
    key: FairKey | str | CountryFigures | YearlyFigures = FairKey.GDP,
    *,
    measure: Measure | str = Measure.EXPENDITURE,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
    terms: Sequence[CountryFigures | YearlyFigures] = (),
    elasticity: Number | None = None,
    cap: Share | None = None,
    currency: Currency | str | None = None,
    rates: Rates | None = None,
) -> ResultTable[FairShare]:
    """Compute each member's fair share of a group's burden under a key, and how much more or less the member carries.

    The key ``"gdp"`` asks for the same share of GDP from all allies, and ``"population"`` for the same amount per head.
    The key ``"progressive"`` asks for more from richer allies, according to an `elasticity` that you must give. With an
    elasticity of 0, all allies carry the same share of GDP. With an elasticity of 1, an ally with twice the income per
    head carries twice the share of GDP. A key can also be figures of your own, such as national incomes.

    With `cap`, no ally's share exceeds the cap, and the other allies carry the rest in proportion to the key. In
    practice, keys of common funding have caps on single shares. NATO's own key of common funding is negotiated and
    follows no formula. No calculation can show which key is fair. With `measure`, only one main category of
    expenditure, such as equipment, is divided.

    Raises `UnexpectedValueError` for an elasticity without the progressive key, for the progressive key without an
    elasticity, and for a cap under which the shares cannot add up to a whole. Raises `InvalidNumberError` for an
    elasticity outside 0 to 10.

    With `currency`, such as ``"EUR"``, all amounts are converted at the European Central Bank's average rate of the
    year, or at your `rates`. Amounts at constant prices are converted at the average rate of their base year. The
    explanation of each result lists the exchange rates.

    >>> from natoburden.datasets import defence_expenditure
    >>> row = fair_shares(defence_expenditure("2026-07"), 2025)["USA"]
    >>> print(row.carried_share, row.fair_share, f"{row.ratio:.3f}", row.over)
    59.34 % 51.51 % 1.152 USD 109.98 bn (constant 2021 prices)
    """
    table = in_currency(table, currency, rates)
    chosen = key.in_year(year) if isinstance(key, CountryFigures | YearlyFigures) else member(FairKey, key)
    power = _elasticity(chosen, elasticity)
    added = terms_of(terms, year)
    rows = burdens(table, year, measure=measure, group=group, basis=basis, terms=added).rows
    whole = Money.total(row.carried for row in rows)
    parts = _capped(_weights(chosen, power, rows, table), cap)
    made = []
    for row, part in zip(rows, parts, strict=True):
        fair = whole * part
        made.append(
            FairShare(
                edition=table.edition.key,
                year=year,
                group=group_of(group),
                basis=row.basis,
                measure=row.measure,
                given=(*added, *([chosen] if isinstance(chosen, CountryFigures) else [])),
                country=row.country,
                key=chosen.name if isinstance(chosen, CountryFigures) else chosen.value,
                elasticity=power,
                cap=cap,
                carried=row.carried,
                carried_share=row.carried.share_of(whole),
                fair=fair,
                fair_share=Share(as_fraction=part),
                over=row.carried - fair,
                ratio=row.carried / fair,
                inputs=tuple(dict.fromkeys(figure for item in rows for figure in item.inputs)),
            )
        )
    return ResultTable(rows=tuple(made))


def _elasticity(key: FairKey | CountryFigures, elasticity: Number | None) -> Decimal:
    if (key is FairKey.PROGRESSIVE) is (elasticity is None):
        hint = "it goes with the key 'progressive', which needs one: 0 is flat, 1 in proportion to income per head"
        raise UnexpectedValueError("an elasticity", str(elasticity), hint)
    power = checked_decimal(0 if elasticity is None else elasticity, "an elasticity")
    if not 0 <= power <= 10:
        hint = "less would ask less of the richer, and more leaves all to the richest"
        raise InvalidNumberError("elasticity", str(power), "0, which is flat, to 10", hint)
    return power


def _weights(
    key: FairKey | CountryFigures, power: Decimal, rows: Sequence[AllyBurden], table: ExpenditureTable
) -> list[Decimal]:
    """Return the share of each ally under the key, in the order of the rows."""
    if isinstance(key, CountryFigures):
        figures = key.figures([row.country for row in rows])
        weights = [figure.amount if isinstance(figure, Money) else figure for figure in figures]
    elif key is FairKey.GDP:
        weights = [row.gdp.amount for row in rows]
    else:
        people = [population_of(table, row.country, row.year)[0] for row in rows]
        weights = people if key is FairKey.POPULATION else _progressive(rows, people, power)
    if min(weights) <= 0:
        poor = ", ".join(str(row.country) for row, weight in zip(rows, weights, strict=True) if not weight)
        raise UnexpectedValueError("a key", f"zero of {poor}", "each member of the group needs a figure above zero")
    whole = add_up(weights)
    return [divide(weight, whole) for weight in weights]


def _progressive(rows: Sequence[AllyBurden], people: Sequence[Decimal], power: Decimal) -> list[Decimal]:
    average = divide(add_up(row.gdp.amount for row in rows), add_up(people))
    relative = [divide(divide(row.gdp.amount, heads), average) for row, heads in zip(rows, people, strict=True)]
    return [multiply(row.gdp.amount, CONTEXT.power(income, power)) for row, income in zip(rows, relative, strict=True)]


def _capped(parts: list[Decimal], cap: Share | None) -> list[Decimal]:
    """Return the shares under a cap; the excess is spread over the other allies until no share exceeds the cap."""
    if cap is None:
        return parts
    expect(cap, Share, "a cap", "write Share.percent(22)")
    if multiply(cap.as_fraction, Decimal(len(parts))) < 1:
        hint = f"{len(parts)} allies must carry the whole: at least {divide(Decimal(100), Decimal(len(parts))):.2f} %"
        raise UnexpectedValueError("a cap", str(cap), hint)
    found, bound = parts, cap.as_fraction
    while max(found) > bound:
        capped = [part >= bound for part in found]
        free = add_up(part for part, is_capped in zip(found, capped, strict=True) if not is_capped)
        left = CONTEXT.subtract(Decimal(1), multiply(bound, Decimal(sum(capped))))
        found = [
            bound if is_capped else divide(multiply(part, left), free)
            for part, is_capped in zip(found, capped, strict=True)
        ]
    return found
