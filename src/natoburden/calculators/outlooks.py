"""What a scenario implies for an ally's path to a target, and how two scenarios differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from natoburden.calculators import credit
from natoburden.calculators._arguments import in_currency, warn_of_definition
from natoburden.calculators._members import ally_of
from natoburden.calculators.credit import CreditScenario
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.pathways import path, path_cost, required_growth
from natoburden.calculators.results import Projection, ResultTable
from natoburden.errors import UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._numbers import checked_year
from natoburden.model.countries import Country, CountryLike
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.money import Currency, Money
from natoburden.model.path_scenarios import PathScenario
from natoburden.model.shares import PercentagePoints, Rate, Share
from natoburden.model.spending_commitments import TargetLike

if TYPE_CHECKING:
    from natoburden.model.exchange import Rates

__all__ = ["AssumptionChange", "Difference", "Outlook", "ScenarioComparison", "compare", "outlook"]


def __dir__() -> list[str]:
    return list(__all__)


@attrs.frozen(kw_only=True)
class Outlook(Projection):
    """What one scenario implies for one ally's path to a target; amounts are at the edition's constant prices.

    `growth` is the real growth of expenditure that the path requires. `nominal_growth` is the required growth plus the
    scenario's inflation. `credit` compares the scenario's package with a demand, and is None if the package or the
    demand is missing.
    """

    country: Country
    year: int
    scenario: PathScenario
    start: Share
    growth: Rate
    nominal_growth: Rate | None
    additional: Money
    shortfall: Money
    last_year: Money
    credit: CreditScenario | None

    @property
    def headline(self) -> str:
        assumed = self.scenario.assumed
        return f"{self.scenario.title}: {self.country} from {self.year} to {assumed.target} by {assumed.by}"

    @property
    def formula(self) -> str:
        assumed = self.scenario.assumed
        words = [f"{assumed.shape} path, growth of GDP {assumed.gdp_growth}"]
        words += [f"inflation {assumed.inflation}"] if assumed.inflation else []
        words += [f"discounted at {assumed.discount_rate}"] if assumed.discount_rate else []
        words += [f"{item.name} taken as {item.value}: {item.reason}" for item in self.scenario.overrides]
        return "; ".join(words)

    @property
    def findings(self) -> Findings:
        return tuple(Finding(name, value) for name, value in _figures(self).items())


def _figures(found: Outlook) -> dict[str, Any]:
    """Return the figures that are compared between two outlooks, by name and in order."""
    figures: dict[str, Any] = {"growth of expenditure a year": found.growth}
    if found.nominal_growth is not None:
        figures["nominal growth a year"] = found.nominal_growth
    figures |= {
        "additional, all years": found.additional,
        "shortfall, all years": found.shortfall,
        "additional in the last year": found.last_year,
    }
    if found.credit is not None:
        figures |= {"credit": found.credit.credit, "residual gap": found.credit.residual}
    return figures


def outlook(
    table: ExpenditureTable,
    country: CountryLike,
    year: int,
    scenario: PathScenario,
    *,
    demand: TargetLike | None = None,
    currency: Currency | str | None = None,
    rates: Rates | None = None,
    mixed_definitions_ok: bool = False,
) -> Outlook:
    """Compute what a scenario implies for an ally's path from its published share to the scenario's target.

    With a `demand`, the scenario's package is compared with the gap to the demand in the first year, as in
    `credit.scenario`. Raises `InvalidYearError` for a target year that is not after the first year,
    `NoObservationError` for a missing figure, and `UnexpectedValueError` for a demand without a package.

    With `currency`, such as ``"EUR"``, all amounts are converted at the European Central Bank's average rate of the
    year, or at your `rates`. Amounts at constant prices are converted at the average rate of their base year. `explain`
    lists each exchange rate.

    With a `demand`, warns with `MixedDefinitionsWarning` if the table does not use NATO's definition, unless
    ``mixed_definitions_ok=True``.

    >>> from natoburden.datasets import defence_expenditure
    >>> from natoburden.model.path_scenarios import PathAssumptions
    >>> base = PathScenario(
    ...     title="Base",
    ...     assumptions=PathAssumptions(target=Share.percent("3.5"), by=2035, gdp_growth=Rate.percent("1.5")),
    ... )
    >>> found = outlook(defence_expenditure("2026-07"), "DEU", 2026, base)
    >>> print(found.growth, "|", found.additional)
    +4.51 % | USD 196.93 bn (constant 2021 prices)
    """
    converted = in_currency(table, currency, rates)
    expect(scenario, PathScenario, "a scenario", "write PathScenario(...), or see natoburden.datasets.load_scenario")
    found, when, assumed = ally_of(country), checked_year(year), scenario.assumed
    if demand is not None and scenario.package is None:
        raise UnexpectedValueError(
            "a scenario", scenario.title, "it has no package to set against a demand: give it one, or leave demand out"
        )
    warn_of_definition([] if demand is None else [table], acknowledged=mixed_definitions_ok)
    start = table.share_of_gdp(found, when)
    gdp = converted.gdp(found, when, table.edition.constant_prices)
    road = path(start, assumed.target, first_year=when, last_year=assumed.by, shape=assumed.shape)
    cost = path_cost(road, gdp, gdp_growth=assumed.gdp_growth, discount_rate=assumed.discount_rate)
    growth = required_growth(start, assumed.target, assumed.by - when, gdp_growth=assumed.gdp_growth).rate
    bought: CreditScenario | None = None
    if demand is not None and scenario.package is not None:
        bought = credit.scenario(
            table,
            found,
            when,
            demand=demand,
            package=scenario.package,
            currency=currency,
            rates=rates,
            mixed_definitions_ok=True,
        )
    return Outlook(
        country=found,
        year=when,
        scenario=scenario,
        start=start.value,
        growth=growth,
        nominal_growth=growth.compounded_with(assumed.inflation) if assumed.inflation else None,
        additional=cost.additional,
        shortfall=cost.shortfall,
        last_year=cost.by_year[-1],
        credit=bought,
        inputs=(start, gdp),
    )


@attrs.frozen(kw_only=True)
class AssumptionChange:
    """One assumption that differs between two scenarios, and the reasons given for it."""

    name: str
    first: object
    second: object
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        why = f" ({'; '.join(self.reasons)})" if self.reasons else ""
        return f"{self.name}: {self.first} -> {self.second}{why}"


@attrs.frozen(kw_only=True)
class Difference(Projection):
    """One figure under two scenarios; None for a scenario that lacks the figure."""

    formula = "change = second − first"

    name: str
    first: Money | Rate | None
    second: Money | Rate | None
    change: Money | PercentagePoints | None

    @property
    def headline(self) -> str:
        return self.name

    @property
    def findings(self) -> Findings:
        return (Finding("first", self.first), Finding("second", self.second), Finding("change", self.change))


@attrs.frozen(kw_only=True)
class ScenarioComparison(ResultTable[Difference]):
    """How two scenarios differ for an ally: the figures of each, and the assumptions that differ."""

    first: Outlook
    second: Outlook
    assumptions: tuple[AssumptionChange, ...]


def compare(
    table: ExpenditureTable,
    country: CountryLike,
    year: int,
    first: PathScenario,
    second: PathScenario,
    *,
    demand: TargetLike | None = None,
    mixed_definitions_ok: bool = False,
) -> ScenarioComparison:
    """Compute two scenarios for one ally side by side: a row for each figure, and the assumptions that differ.

    With a `demand`, warns with `MixedDefinitionsWarning` if the table does not use NATO's definition, unless
    ``mixed_definitions_ok=True``.

    >>> from natoburden.datasets import defence_expenditure
    >>> from natoburden.model.path_scenarios import PathAssumptions
    >>> base = PathScenario(
    ...     title="Base",
    ...     assumptions=PathAssumptions(target=Share.percent("3.5"), by=2035, gdp_growth=Rate.percent("1.5")),
    ... )
    >>> early = base.overridden("Early", {"by": 2029}, reason="the government's plan")
    >>> found = compare(defence_expenditure("2026-07"), "DEU", 2026, base, early)
    >>> for change in found.assumptions:
    ...     print(change)
    by: 2035 -> 2029 (the government's plan)
    >>> print(found[0].name, found[0].change)
    growth of expenditure a year +6.30 pp
    """
    warn_of_definition([] if demand is None else [table], acknowledged=mixed_definitions_ok)
    one, other = (
        outlook(table, country, year, item, demand=demand, mixed_definitions_ok=True) for item in (first, second)
    )
    figures, others = _figures(one), _figures(other)
    return ScenarioComparison(
        rows=tuple(
            _difference(name, figures.get(name), others.get(name), one) for name in dict.fromkeys((*figures, *others))
        ),
        first=one,
        second=other,
        assumptions=tuple(_changes(first, second)),
    )


def _difference(name: str, first: Any, second: Any, found: Outlook) -> Difference:
    change: Money | PercentagePoints | None = None
    if isinstance(first, Money) and isinstance(second, Money):
        change = second - first
    elif isinstance(first, Rate) and isinstance(second, Rate):
        change = PercentagePoints(second.as_percent) - PercentagePoints(first.as_percent)
    return Difference(name=name, first=first, second=second, change=change, inputs=found.inputs)


def _changes(first: PathScenario, second: PathScenario) -> list[AssumptionChange]:
    found = []
    for field in attrs.fields(type(first.assumed)):
        values = [getattr(item.assumed, field.name) for item in (first, second)]
        if values[0] != values[1]:
            reasons = (item.reason for each in (first, second) for item in each.overrides if item.name == field.name)
            found.append(
                AssumptionChange(
                    name=field.name, first=values[0], second=values[1], reasons=tuple(dict.fromkeys(reasons))
                )
            )
    policies = [item.package.policy if item.package else None for item in (first, second)]
    if policies[0] != policies[1]:
        found.append(AssumptionChange(name="policy", first=policies[0], second=policies[1], reasons=()))
    return found
