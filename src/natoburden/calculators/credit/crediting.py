"""How much of a demand a package of purchases would offset for an ally or a group, under a policy."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from natoburden.calculators._arguments import checked_target
from natoburden.calculators._members import group_of
from natoburden.calculators.findings import Finding, Findings, listed, or_none
from natoburden.calculators.results import Projection, ResultTable
from natoburden.calculators.targets import gap, group_gap
from natoburden.calculators.targets._measured import reached
from natoburden.errors import DoubleCountingWarning, MixedSetsWarning, UnexpectedValueError, UnknownNameError
from natoburden.model._checks import expect
from natoburden.model._numbers import CONTEXT, checked_year, divide, formatted
from natoburden.model.countries import Country
from natoburden.model.credit import CreditPolicy, DoubleCounting, Package, Purchase
from natoburden.model.evidence import Evidence
from natoburden.model.exchange import ExchangeRates, Rates, checked_rates
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import Entity, EntityLike, Group, GroupLike, find_entity
from natoburden.model.money import CURRENT_PRICES, Currency, Money, PriceBasis
from natoburden.model.shares import PercentagePoints, Share
from natoburden.model.spending_commitments import Component, Target, TargetLike

__all__ = ["NO_RULE", "CreditLine", "CreditScenario", "LeftOutPurchase", "scenario", "scenarios", "sensitivity"]

NO_RULE = "A scenario: no official rule says that purchases count against the demand."


@attrs.frozen(kw_only=True)
class CreditLine:
    """One purchase and its credit: its amount in the year, the amount that may count, its weight, and the credit."""

    purchase: Purchase
    flow: Money
    countable: Money
    weight: Share
    credit: Money


@attrs.frozen(kw_only=True)
class LeftOutPurchase:
    """A purchase that does not count for an ally or group, and the reason."""

    purchase: Purchase
    reason: str


@attrs.frozen(kw_only=True)
class CreditScenario(Projection):
    """A scenario of how much of a demand a package would offset under one policy; no official rule exists.

    `gap` is the demand minus expenditure, before any credit. For a group, `gap` is the sum of its members' shortfalls.
    `credit` is `weighted`, limited by the policy's cap. `effort` is expenditure and credit together as a share of GDP.
    `break_even` is the weight that would close the gap if all purchases that may count had this weight. If `break_even`
    is above one, no weight closes the gap. `break_even` is None if no purchase may count.
    """

    note = NO_RULE

    entity: Entity
    year: int
    purchases_year: int
    demand: Target
    policy: CreditPolicy = attrs.field(metadata={"in_row": False})  # its weights and cap are columns of their own
    package: str
    expenditure: Money
    gdp: Money
    gap: Money
    countable: Money
    weighted: Money
    credit: Money
    residual: Money
    effort: Share
    break_even: Decimal | None
    lines: tuple[CreditLine, ...] = attrs.field(repr=False)
    left_out: tuple[LeftOutPurchase, ...] = ()
    rates: ExchangeRates | None = attrs.field(default=None, repr=False)

    @property
    def points(self) -> PercentagePoints:
        """The credit in percentage points of GDP."""
        return PercentagePoints(CONTEXT.scaleb(divide(self.credit.amount, self.gdp.amount), Decimal(2)))

    @property
    def is_closed(self) -> bool:
        """Whether the credit closes the whole gap."""
        return self.residual.amount <= 0

    @property
    def counted_twice(self) -> tuple[str, ...]:
        """The purchases that are credited although they are already part of expenditure."""
        if self.policy.double_counting is not DoubleCounting.NAIVE:
            return ()
        return tuple(
            line.purchase.key for line in self.lines if line.purchase.within.as_fraction and line.credit.amount
        )

    @property
    def of_other_sets(self) -> tuple[str, ...]:
        """The credited purchases that another group made, each with the name of that group."""
        others = (line.purchase for line in self.lines if isinstance(line.purchase.buyer, Group))
        return tuple(f"{item.key} of {item.buyer}" for item in others if item.buyer != self.entity)

    @property
    def in_one_year(self) -> tuple[str, ...]:
        """The purchases that count in one year only, because their last year is not known."""
        return tuple(line.purchase.key for line in self.lines if not line.purchase.is_end_known)

    @property
    def cautions(self) -> Findings:
        """Warnings about the figures: purchases without a known end, and exchange rates of another year."""
        found: list[Finding[Any]] = []
        if self.in_one_year:
            found.append(Finding("in one year, since the last is not known", self.in_one_year, listed))
        foreign = (line.purchase for line in self.lines if line.purchase.amount.currency != self.gdp.currency)
        converted = tuple(purchase.key for purchase in foreign)
        if self.rates and converted and self.rates.year != self.purchases_year:
            found.append(Finding("converted at rates of another year", (converted, self.rates), _converted))
        return tuple(found)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        rates = (self.rates,) if self.rates else ()
        return (*self.inputs, *(line.purchase for line in self.lines), *rates)

    @property
    def headline(self) -> str:
        return f"Scenario: {self.package}, against the {self.demand}, for {self.entity} in {self.year}"

    @property
    def formula(self) -> str:
        cap = f"min({self.policy.cap} × GDP, Σ weight × countable)" if self.policy.cap else "Σ weight × countable"
        return (
            f"credit = {cap}, purchases of {self.purchases_year}; residual = max(0, gap − credit); "
            "break-even weight = gap / Σ countable; effort = (expenditure + credit) / GDP"
        )

    @property
    def findings(self) -> Findings:
        def line_in_words(line: CreditLine) -> str:
            year = self.purchases_year
            return f"{line.flow} in {year}, of which {line.countable} may count, × {line.weight} = {line.credit}"

        def credit_in_words(credit: Money) -> str:
            return f"{credit}{'' if credit == self.weighted else f', capped from {self.weighted}'}"

        twice = Finding(
            "counted twice", self.counted_twice, lambda keys: f"{listed(keys)}: expenditure already holds it"
        )
        others = Finding("another set of countries", self.of_other_sets, listed)
        return (
            Finding("assumed", self.policy),
            *(Finding(line.purchase.key, line, line_in_words) for line in self.lines),
            *(Finding(f"left out, {item.purchase.key}", item.reason) for item in self.left_out),
            *(item for item in (twice, others) if item.value),
            Finding("gap", self.gap),
            Finding("credit", self.credit, credit_in_words),
            Finding("residual gap", self.residual),
            Finding("effort", self.effort, lambda effort: f"{effort:.4f} % of GDP"),
            Finding("break-even weight", self.break_even, or_none(_weight, "none: nothing may count")),
            *self.cautions,
        )

    @property
    def columns(self) -> dict[str, object]:
        weights = {f"weight_{name}": share for name, share in self.policy.weights.items()}
        return {**weights, "cap_percent": None if self.policy.cap is None else self.policy.cap.as_percent}


def _converted(pair: tuple[tuple[str, ...], ExchangeRates]) -> str:
    keys, rates = pair
    return f"{listed(keys)}, at {rates}"


def _weight(weight: Decimal) -> str:
    return f"{formatted(weight, '.4f')}{', so that no weight closes the gap' if weight > 1 else ''}"


def scenario(
    table: ExpenditureTable,
    entity: EntityLike,
    year: int,
    *,
    demand: TargetLike,
    package: Package | Iterable[Purchase],
    policy: CreditPolicy | None = None,
    purchases_year: int | None = None,
    basis: PriceBasis = CURRENT_PRICES,
    currency: Currency | str | None = None,
    rates: Rates | None = None,
    double_counting_ok: bool = False,
    mixed_sets_ok: bool = False,
    mixed_definitions_ok: bool = False,
) -> CreditScenario:
    """Compute how much of a demand a package would offset for an ally or a group, under a policy.

    The result is a scenario, since no official rule exists. Without a policy, every weight is zero. The gap is computed
    for `year`. Purchases count with their amounts in `purchases_year`, which by default is `year`. An ally is credited
    only with its own purchases, and a group with its own and its members' purchases. A group can also be credited with
    the purchases of another group, such as the European Union for NATO's European Allies. Credit for another group's
    purchases causes a `MixedSetsWarning`, unless ``mixed_sets_ok=True``. Purchases of a group never count for an ally.
    Credit for purchases that are already part of expenditure causes a `DoubleCountingWarning`, unless
    ``double_counting_ok=True``.

    Amounts in other currencies need `rates`, either of one day or by year. If you give rates by year, the rates of
    `purchases_year` are used. Rates of a year other than `purchases_year` cause a caution in the result. `currency` is
    the currency of gap and credit, such as ``"EUR"``; ``"own"`` means the ally's own currency. Amounts are converted at
    the table's yearly average rates or at your `rates`. The result lists purchases that count in a single year because
    their last year is unknown. Amounts at another price basis than `basis` raise an error. If an amount has no stated
    price basis, the error's message explains how to choose one. Raises `TargetMismatchError` for a demand that NATO's
    tables cannot measure, `InvalidYearError` for a year without a rate, and the errors of `targets.gap`. Warns with
    `MixedDefinitionsWarning` if the table does not use NATO's definition, unless ``mixed_definitions_ok=True``.

    >>> from natoburden.datasets import defence_expenditure
    >>> from natoburden.datasets.targets import US_DEMAND
    >>> from natoburden.model.credit import CreditCategory, PurchaseBasis
    >>> from natoburden.model.sources import Source
    >>> lng = Purchase(
    ...     key="lng", category=CreditCategory.ENERGY, buyer=Country("DEU"), amount=Money.billions(30, "USD"),
    ...     first_year=2025, last_year=2027, basis=PurchaseBasis.ASSUMPTION,
    ...     source=Source(title="An example", publisher="natoburden"),
    ... )
    >>> half = CreditPolicy(energy=Share.percent(50))
    >>> found = scenario(defence_expenditure("2026-07"), "DEU", 2025, demand=US_DEMAND, package=[lng], policy=half)
    >>> print(found.gap, found.credit, found.residual, f"{found.break_even:.2f}", sep=" | ")
    USD 140.69 bn (current prices) | USD 5.00 bn (current prices) | USD 135.69 bn (current prices) | 14.07
    """
    goal = reached(checked_target(demand, table, mixed_definitions_ok=mixed_definitions_ok))
    if currency is not None:
        rates = table.own_rates() if rates is None and table.own_rates else rates
        table = table.in_currency(currency, None if currency == "own" else rates)
    if goal.component is Component.EQUIPMENT:
        raise UnexpectedValueError("a demand", str(goal), "give one that is a share of GDP")
    found, counted = find_entity(entity), checked_year(year if purchases_year is None else purchases_year)
    bundle = package if isinstance(package, Package) else Package.of("a package", package)
    chosen = policy or bundle.policy or CreditPolicy()
    expect(chosen, CreditPolicy, "a policy", "write CreditPolicy(energy=Share.percent(25))")
    spent, gdp, lacking, inputs = _gap(table, found, year, goal, basis)
    table_of_rates = None if rates is None else checked_rates(rates).for_year(counted)
    lines, left_out = [], []
    for purchase in bundle.purchases:
        reason = _why_not(purchase, found, counted)
        if reason:
            left_out.append(LeftOutPurchase(purchase=purchase, reason=reason))
        else:
            lines.append(_line(purchase, chosen, counted, table_of_rates, gdp))
    nothing = gdp.with_amount(0)
    countable = Money.total([nothing, *(line.countable for line in lines)])
    weighted = Money.total([nothing, *(line.credit for line in lines)])
    credit = weighted if chosen.cap is None else min(weighted, gdp * chosen.cap)
    result = CreditScenario(
        entity=found,
        year=year,
        purchases_year=counted,
        demand=goal,
        policy=chosen,
        package=bundle.title,
        expenditure=spent,
        gdp=gdp,
        gap=lacking,
        countable=countable,
        weighted=weighted,
        credit=credit,
        residual=gdp.with_amount(max((lacking - credit).amount, Decimal(0))),
        effort=(spent + credit).share_of(gdp),
        break_even=max(lacking / countable, Decimal(0)) if countable.amount else None,
        lines=tuple(lines),
        left_out=tuple(left_out),
        rates=table_of_rates,
        inputs=inputs,
    )
    if result.counted_twice and not double_counting_ok:
        twice = ", ".join(result.counted_twice)
        warnings.warn(
            f"{twice}: expenditure already holds what is credited again; exclude it, or say double_counting_ok=True",
            DoubleCountingWarning,
            stacklevel=2,
        )
    if result.of_other_sets and not mixed_sets_ok:
        others = ", ".join(result.of_other_sets)
        warnings.warn(
            f"{others}: another set of countries than {found}, as an illustration only; say mixed_sets_ok=True",
            MixedSetsWarning,
            stacklevel=2,
        )
    return result


def _gap(
    table: ExpenditureTable, entity: Entity, year: int, demand: Target, basis: PriceBasis
) -> tuple[Money, Money, Money, tuple[Evidence, ...]]:
    """Return expenditure, GDP, the gap to the demand, and the figures behind these three."""
    if isinstance(entity, Country):
        found = gap(table, entity, year, demand, basis=basis, opposite_signs_ok=True, mixed_definitions_ok=True)
        return found.spent, found.whole, found.amount, found.inputs
    group = group_gap(table, entity, year, demand, basis=basis, opposite_signs_ok=True, mixed_definitions_ok=True)
    spent, whole = (Money.total(getattr(row, name) for row in group.members) for name in ("spent", "whole"))
    return spent, whole, group.gross, group.inputs


def _why_not(purchase: Purchase, entity: Entity, year: int) -> str:
    """Return why a purchase does not count for an ally or a group; the text is empty if the purchase counts."""
    buyer = purchase.buyer
    if isinstance(entity, Country):
        return "" if buyer == entity else f"bought by {buyer}, in no stated part for {entity}"
    if isinstance(buyer, Country):
        return "" if buyer in entity.members(year) else f"{buyer} is not a member of {entity} in {year}"
    return ""


def _line(purchase: Purchase, policy: CreditPolicy, year: int, rates: ExchangeRates | None, gdp: Money) -> CreditLine:
    flow, countable = purchase.in_year(year, policy.spreading, policy.counted_over), policy.countable(purchase, year)
    if rates is not None:
        flow, countable = (rates.convert(amount, gdp.currency) for amount in (flow, countable))
    _ = flow + gdp  # refuses another currency or price basis, with the way out
    weight = policy.weight(purchase)
    return CreditLine(purchase=purchase, flow=flow, countable=countable, weight=weight, credit=countable * weight)


def scenarios(
    table: ExpenditureTable,
    group: GroupLike,
    year: int,
    *,
    demand: TargetLike,
    package: Package | Iterable[Purchase],
    policy: CreditPolicy | None = None,
    **options: Any,
) -> ResultTable[CreditScenario]:
    """Compute a scenario for each spending member of a group, and then for the group, with the options of `scenario`.

    Purchases of the group as a whole are credited to the group, and not to any member.

    >>> from natoburden.datasets import defence_expenditure
    >>> from natoburden.datasets.targets import US_DEMAND
    >>> found = scenarios(defence_expenditure("2026-07"), "NATO_EUR_CAN", 2025, demand=US_DEMAND, package=[])
    >>> print(len(found), found[-1].gap)
    31 USD 764.26 bn (current prices)
    """
    whole, acknowledged = group_of(group, "credit.scenario"), options.pop("mixed_definitions_ok", False)
    goal = checked_target(demand, table, mixed_definitions_ok=acknowledged)
    options["mixed_definitions_ok"] = True
    bundle = package if isinstance(package, Package) else Package.of("a package", package)
    members = [
        row.country
        for row in group_gap(
            table, whole, year, goal, basis=options.get("basis", CURRENT_PRICES), mixed_definitions_ok=True
        ).members
    ]
    entities: list[Entity] = [*members, whole]
    return ResultTable(
        rows=tuple(
            scenario(table, entity, year, demand=goal, package=bundle, policy=policy, **options) for entity in entities
        )
    )


def sensitivity(
    table: ExpenditureTable,
    entity: EntityLike,
    year: int,
    *,
    demand: TargetLike,
    package: Package | Iterable[Purchase],
    weights: Mapping[str, Sequence[Share]],
    caps: Sequence[Share | None] = (None,),
    policy: CreditPolicy | None = None,
    **options: Any,
) -> ResultTable[CreditScenario]:
    """Compute a scenario for every combination of weights and caps; `policy` gives all other rules and weights.

    `weights` lists values for each weight by name: ``{"energy": [Share.percent(0), Share.percent(50)]}``. Raises
    `UnknownNameError` for a weight that policies do not have.

    >>> from natoburden.datasets import defence_expenditure
    >>> from natoburden.datasets.targets import US_DEMAND
    >>> tried = {"energy": [Share.percent(0), Share.percent(100)]}
    >>> found = sensitivity(defence_expenditure("2026-07"), "DEU", 2025, demand=US_DEMAND, package=[], weights=tried)
    >>> [row.policy.energy for row in found]
    [Share('0 %'), Share('100 %')]
    """
    bundle = package if isinstance(package, Package) else Package.of("a package", package)
    start = policy or bundle.policy or CreditPolicy()
    unknown = [name for name in weights if name not in start.weights]
    if unknown:
        raise UnknownNameError("weight", unknown[0], tuple(start.weights))
    rows = []
    for *chosen, cap in itertools.product(*weights.values(), caps):
        changes: dict[str, Any] = dict(zip(weights, chosen, strict=True))
        varied = attrs.evolve(start, cap=cap, **changes)
        rows.append(scenario(table, entity, year, demand=demand, package=bundle, policy=varied, **options))
    return ResultTable(rows=tuple(rows))
