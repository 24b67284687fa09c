"""How far an ally or a group is from a target, in points and in money, in one year or over several years."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from natoburden.calculators._arguments import checked_target, expect_table, in_currency
from natoburden.calculators._members import ICELAND, ally_of, group_of, spenders
from natoburden.calculators.findings import Finding, Findings, listed
from natoburden.calculators.results import ResultTable, TableResult
from natoburden.calculators.targets._measured import measured_share, part_and_whole, reached
from natoburden.errors import CurrentPricesWarning, InvalidYearError, OppositeSignsWarning
from natoburden.model._checks import expect
from natoburden.model._numbers import checked_year
from natoburden.model.countries import Country, CountryLike
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.money import CURRENT_PRICES, Currency, Money, PriceBasis
from natoburden.model.shares import PercentagePoints, Share
from natoburden.model.spending_commitments import Modality, Target, TargetLike

if TYPE_CHECKING:
    from natoburden.model.exchange import Rates

__all__ = [
    "CumulativeShortfall",
    "GroupGap",
    "PointsGap",
    "TargetGap",
    "cumulative_shortfall",
    "gap",
    "gap_in_points",
    "group_gap",
]


@attrs.frozen(kw_only=True)
class PointsGap(TableResult):
    """The distance of a published share from a target, in percentage points; a surplus is negative."""

    country: Country
    year: int
    target: Target
    share: Share
    points: PercentagePoints

    @property
    def headline(self) -> str:
        return f"Gap of {self.country} in {self.year} to the {self.target}"

    @property
    def formula(self) -> str:
        return f"points = target share − published share (two decimals){_of_a_ceiling(self.target)}"

    @property
    def findings(self) -> Findings:
        return Finding("share", self.share), Finding("gap", self.points)


@attrs.frozen(kw_only=True)
class TargetGap(PointsGap):
    """The distance from a target in percentage points and in money; a surplus is a negative distance.

    `spent` is the amount that the target compares with `whole`; for most targets, expenditure is compared with GDP.
    `share_at_basis` differs from NATO's share if an ally's expenditure and GDP have different deflators.
    """

    amount: Money
    spent: Money
    whole: Money

    @property
    def share_at_basis(self) -> Share:
        """`spent` divided by `whole`, at the prices of these amounts."""
        return self.spent.share_of(self.whole)

    @property
    def columns(self) -> dict[str, object]:
        return {"share_at_basis": self.share_at_basis}

    @property
    def has_opposite_signs(self) -> bool:
        """Whether the gaps in points and in money have opposite signs, by more than rounding."""
        is_ceiling = self.target.modality is Modality.CEILING
        is_met = self.amount.amount >= 0 if is_ceiling else self.amount.amount <= 0
        if is_met is self.target.is_met_by(self.share):
            return False
        return max(abs(self.points), abs(self.target.share - self.share_at_basis)) > _HALF_A_DIGIT

    @property
    def formula(self) -> str:
        whole = "GDP" if self.target.component.whole == "GDP" else "expenditure"
        part = "expenditure" if whole == "GDP" else "equipment share × expenditure"
        return (
            f"amount = {self.target.share} × {whole} − {part}; points = target share − published share (two decimals)"
            f"{_of_a_ceiling(self.target)}"
        )

    @property
    def findings(self) -> Findings:
        opposite = (Finding("opposite signs", self, _why_opposite),) if self.has_opposite_signs else ()
        return *super().findings, Finding("gap in money", self.amount), *opposite


_HALF_A_DIGIT = PercentagePoints("0.005")  # published shares have two decimals


def _why_opposite(gap: TargetGap) -> str:
    otherwise = (
        "NATO's share divides constant prices, and expenditure is deflated otherwise than GDP, or "
        if gap.amount.basis.is_current
        else ""
    )
    return (
        f"the published share is {gap.share}, and at {gap.amount.basis} the amounts make {gap.share_at_basis}: "
        f"{otherwise}the printed share is not the ratio of the printed amounts"
    )


def _of_a_ceiling(target: Target) -> str:
    return "; of a ceiling it is the room left" if target.modality is Modality.CEILING else ""


def gap_in_points(
    table: ExpenditureTable, country: CountryLike, year: int, target: TargetLike, *, mixed_definitions_ok: bool = False
) -> PointsGap:
    """Compute how far a country's published share is from a target, in percentage points.

    The share is rounded to the two decimals that NATO publishes, even if the edition has more decimals. For an aim or
    floor, a positive gap is a shortfall. For a ceiling, a negative gap is the excess. The function also works with
    editions that print no amounts. Raises `NoObservationError` for a missing figure, and `TargetMismatchError` for a
    target that NATO's tables do not measure. Warns if the table does not use NATO's definition.

    >>> from natoburden.datasets import defence_expenditure
    >>> print(gap_in_points(defence_expenditure("2026-07"), "Germany", 2025, "hague-core").points)
    +1.28 pp
    """
    expect_table(table)
    found = ally_of(country, "targets.aggregate_share")
    goal = checked_target(target, table, mixed_definitions_ok=mixed_definitions_ok)
    observed = measured_share(table, found, year, goal)
    share = observed.value.published()
    return PointsGap(country=found, year=year, target=goal, share=share, points=goal.share - share, inputs=(observed,))


def gap(
    table: ExpenditureTable,
    country: CountryLike,
    year: int,
    target: TargetLike,
    *,
    basis: PriceBasis = CURRENT_PRICES,
    opposite_signs_ok: bool = False,
    currency: Currency | str | None = None,
    rates: Rates | None = None,
    mixed_definitions_ok: bool = False,
) -> TargetGap:
    """Compute how far a country is from a target: in points, and in dollars a year.

    The amount is target share × GDP − expenditure. For an equipment target, the amount is target share × expenditure −
    equipment expenditure. The amount is at current prices and exchange rates, unless you give another basis of the
    edition. The gap in points uses NATO's share at *constant* prices; points × GDP is therefore not exactly the amount.

    If expenditure and GDP have different deflators, the gaps in points and in money may have opposite signs. For
    example, the Dutch share of 2024 meets 2 %, but Dutch expenditure at current prices does not. Gaps with opposite
    signs cause an `OppositeSignsWarning`, unless ``opposite_signs_ok=True``, and `explain` gives the reason. At the
    edition's constant prices, the gaps in points and in money have the same sign. Raises `NoObservationError` if the
    edition lacks a figure, and `TargetMismatchError` for a target of defence-related spending.

    With `currency`, money is in the currency that you choose, such as ``"EUR"``; ``"own"`` is the ally's own currency.
    If NATO prints the ally's expenditure in that currency, GDP is converted at NATO's own rate. Without printed
    expenditure in that currency, all amounts are converted at the European Central Bank's average rate of the year, or
    at your `rates`. Amounts at constant prices are converted at the rate of their base year. `explain` lists each
    exchange rate. Warns if the table does not use NATO's definition, unless ``mixed_definitions_ok=True``.

    >>> from natoburden.datasets import defence_expenditure
    >>> from natoburden.datasets.targets import HAGUE_CORE
    >>> result = gap(defence_expenditure("2026-07"), "DEU", 2025, HAGUE_CORE)
    >>> result.points, result.amount
    (PercentagePoints('1.28'), Money('64.841085 bn', 'USD', CURRENT_PRICES))
    >>> print(result.explain())
    Gap of Germany in 2025 to the Hague core target (floor: 3.50 % of GDP by 2035)
      formula  amount = 3.50 % × GDP − expenditure; points = target share − published share (two decimals)
      input    defence expenditure as a share of GDP, Germany, 2025: 2.22 % (estimate, edition 2026-07)
      input    defence expenditure, Germany, 2025: 112,141 m USD, current prices (estimate, edition 2026-07)
      input    gross domestic product, Germany, 2025: 5,056,631 m USD, current prices (estimate, edition 2026-07)
      result   share: 2.22 %
      result   gap: +1.28 pp
      result   gap in money: USD 64.84 bn (current prices)
      source   NATO, Defence Investment of NATO Countries (2014-2026), 2026-07-10
      source   NATO, The Hague Summit Declaration, 2025-06-25
    """
    table = in_currency(table, currency, rates, of_one=True)
    goal = checked_target(target, table, mixed_definitions_ok=mixed_definitions_ok)
    found = _gap(table, ally_of(country, "targets.group_gap"), year, goal, basis)
    _warn_of_opposite_signs([found], acknowledged=opposite_signs_ok)
    return found


def _gap(table: ExpenditureTable, country: CountryLike, year: int, target: Target, basis: PriceBasis) -> TargetGap:
    """Compute a gap without a warning about opposite signs."""
    in_points = gap_in_points(table, country, year, target, mixed_definitions_ok=True)
    part, whole, figures = part_and_whole(table, in_points.country, year, target, basis)
    return TargetGap(
        country=in_points.country,
        year=year,
        target=target,
        share=in_points.share,
        points=in_points.points,
        amount=whole * target.share - part,
        spent=part,
        whole=whole,
        inputs=tuple(dict.fromkeys((*in_points.inputs, *figures))),
    )


def _warn_of_opposite_signs(gaps: Iterable[TargetGap], *, acknowledged: bool) -> None:
    """Warn the caller's caller of gaps for which the share and the money at current prices have opposite signs."""
    opposite = [item for item in gaps if item.has_opposite_signs and item.amount.basis.is_current]
    if opposite and not acknowledged:
        named = "; ".join(f"{item.country} in {item.year}: {_why_opposite(item)}" for item in opposite)
        warnings.warn(
            f"points and money have opposite signs. {named}; take basis=table.edition.constant_prices, as the share "
            "does, or say opposite_signs_ok=True",
            OppositeSignsWarning,
            stacklevel=3,
        )


def _opposite(gaps: Iterable[TargetGap]) -> Findings:
    """Return the finding that lists the gaps with opposite signs, if there are any."""
    found = tuple(item for item in gaps if item.has_opposite_signs)
    return (Finding("opposite signs", found, _in_short),) if found else ()


def _in_short(gaps: tuple[TargetGap, ...]) -> str:
    return "; ".join(f"{item.country} {item.year}, share {item.share}, gap {item.amount}" for item in gaps)


@attrs.frozen(kw_only=True)
class GroupGap(TableResult):
    """How far a group is from a target: `gross` counts only shortfalls, and in `net` surpluses offset them."""

    formula = "gross = Σ max(0, gap); net = Σ gap; over the group's members of that year with a row"

    group: Group
    year: int
    target: Target
    gross: Money
    net: Money
    members: ResultTable[TargetGap] = attrs.field(repr=False)
    without_row: tuple[Country, ...]

    @property
    def headline(self) -> str:
        return f"Gap of {self.group} in {self.year} to the {self.target}, {len(self.members)} members"

    @property
    def findings(self) -> Findings:
        left_out = (Finding("without a row of expenditure", self.without_row, listed),) if self.without_row else ()
        return Finding("gross", self.gross), Finding("net", self.net), *left_out, *_opposite(self.members)


def group_gap(
    table: ExpenditureTable,
    group: GroupLike,
    year: int,
    target: TargetLike,
    *,
    basis: PriceBasis = CURRENT_PRICES,
    opposite_signs_ok: bool = False,
    currency: Currency | str | None = None,
    rates: Rates | None = None,
    mixed_definitions_ok: bool = False,
) -> GroupGap:
    """Compute a group's gap to a target, gross and net.

    The gross gap is the sum of the shortfalls of members below the target. In the net gap, surpluses of other members
    offset the shortfalls, although no ally's budget pays for another. Members are those of the given year. Iceland,
    which has no armed forces, is listed separately. Partial sums are not computed. Raises `NoObservationError` if a
    member's figure is missing, for example if an EU member is not in the alliance. Raises `TargetMismatchError` for a
    ceiling. Warns as `gap` does if a member's gaps in points and money have opposite signs; the sum uses gaps in money.

    With `currency`, such as ``"EUR"``, all amounts are converted at the European Central Bank's average rate of the
    year, or at your `rates`. Amounts at constant prices are converted at the average rate of their base year. Warns if
    the table does not use NATO's definition, unless ``mixed_definitions_ok=True``.

    >>> from natoburden.datasets import defence_expenditure
    >>> from natoburden.datasets.targets import HAGUE_CORE
    >>> result = group_gap(defence_expenditure("2026-07"), "NATO Europe and Canada", 2025, HAGUE_CORE)
    >>> print(result.gross, "|", result.net)
    USD 347.42 bn (current prices) | USD 338.84 bn (current prices)
    """
    table = in_currency(table, currency, rates)
    found = group_of(group, "targets.gap")
    goal = reached(checked_target(target, table, mixed_definitions_ok=mixed_definitions_ok))
    members = [_gap(table, country, year, goal, basis) for country in spenders(table, found, year)]
    _warn_of_opposite_signs(members, acknowledged=opposite_signs_ok)
    return GroupGap(
        group=found,
        year=year,
        target=goal,
        gross=_shortfalls(item.amount for item in members),
        net=Money.total(item.amount for item in members),
        members=ResultTable(rows=tuple(members)),
        without_row=tuple(country for country in found.members(year) if country == ICELAND),
        inputs=tuple(figure for item in members for figure in item.inputs),
    )


@attrs.frozen(kw_only=True)
class CumulativeShortfall(TableResult):
    """How far a country fell short of a target over several years; in `net`, surpluses offset shortfalls."""

    formula = "gross = Σ max(0, gap of the year); net = Σ gap of the year; first and last year included"

    country: Country
    since: int
    until: int
    target: Target
    gross: Money
    net: Money
    years: ResultTable[TargetGap] = attrs.field(repr=False)

    @property
    def headline(self) -> str:
        return f"Shortfall of {self.country} to the {self.target}, {self.since} to {self.until}"

    @property
    def findings(self) -> Findings:
        return Finding("gross", self.gross), Finding("net", self.net), *_opposite(self.years)


def cumulative_shortfall(
    table: ExpenditureTable,
    country: CountryLike,
    target: TargetLike,
    *,
    since: int,
    until: int | None = None,
    basis: PriceBasis | None = None,
    current_prices_ok: bool = False,
    opposite_signs_ok: bool = False,
    currency: Currency | str | None = None,
    rates: Rates | None = None,
    mixed_definitions_ok: bool = False,
) -> CumulativeShortfall:
    """Compute how far a country fell short of a target over several years, including the first and the last.

    Amounts are at the edition's constant prices, which allow sums over several years. A sum at current prices causes a
    `CurrentPricesWarning`, unless ``current_prices_ok=True``. Gaps in points and money with opposite signs cause a
    warning, as in `gap`. By default, the last year is the edition's latest year. Raises `InvalidYearError` if the years
    are in reverse order, and `NoObservationError` for a missing year.

    A shortfall is not a breach if the target is only an aim, or was not yet adopted.

    With `currency`, such as ``"EUR"`` or ``"own"``, amounts are converted as in `gap`. `explain` lists each exchange
    rate. Warns if the table does not use NATO's definition, unless ``mixed_definitions_ok=True``.

    >>> from natoburden.datasets import defence_expenditure
    >>> from natoburden.datasets.targets import WALES_GUIDELINE
    >>> table = defence_expenditure("2026-07")
    >>> print(cumulative_shortfall(table, "DEU", WALES_GUIDELINE, since=2014, until=2024).gross)
    USD 286.55 bn (constant 2021 prices)
    """
    table = in_currency(table, currency, rates, of_one=True)
    last = table.latest_year if until is None else checked_year(until)
    if last < checked_year(since):
        raise InvalidYearError(f"until {last}", f"{since} or later, as since is {since}")
    prices = table.edition.constant_prices if basis is None else basis
    expect(prices, PriceBasis, "a price basis", "write CURRENT_PRICES or PriceBasis.constant(2021)")
    if prices.is_current and last > since and not current_prices_ok:
        warnings.warn(
            f"adding current prices of {since} to {last}; use constant prices, or say current_prices_ok=True",
            CurrentPricesWarning,
            stacklevel=2,
        )
    ally, goal = ally_of(country), reached(checked_target(target, table, mixed_definitions_ok=mixed_definitions_ok))
    years = [_gap(table, ally, year, goal, prices) for year in range(since, last + 1)]
    _warn_of_opposite_signs(years, acknowledged=opposite_signs_ok)
    return CumulativeShortfall(
        country=years[0].country,
        since=since,
        until=last,
        target=goal,
        gross=_shortfalls(item.amount for item in years),
        net=Money.total(item.amount for item in years),
        years=ResultTable(rows=tuple(years)),
        inputs=tuple(figure for item in years for figure in item.inputs),
    )


def _shortfalls(amounts: Iterable[Money]) -> Money:
    """Return the sum of shortfalls, without surpluses."""
    return Money.total(amount.with_amount(max(amount.amount, Decimal(0))) for amount in amounts)
