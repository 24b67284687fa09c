"""Revisions of shares: figures as first printed, compared with the newest edition, and the reasons for changes."""

from __future__ import annotations

import contextlib
import enum
import itertools
import math
import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import attrs

from natoburden.calculators._members import different_editions, group_of
from natoburden.calculators.findings import Finding, Findings, or_none
from natoburden.calculators.results import ResultTable, TableResult
from natoburden.errors import NoObservationError, TooFewError, UnexpectedValueError
from natoburden.model._currencies import currency_of
from natoburden.model._numbers import divide
from natoburden.model.countries import Country, CountryLike
from natoburden.model.expenditure import ExpenditureTable, Measure, Observation
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.money import CURRENT_PRICES, Currency, PriceBasis
from natoburden.model.shares import PercentagePoints, Rate, Share

__all__ = ["Horizon", "RevisionSummary", "Vintage", "Vintages", "vintages"]

_FEWEST = 3
_DOLLAR = Currency("USD")
_DEVIATIONS = 1 / statistics.NormalDist().inv_cdf(0.75)  # of a normal distribution, by its median absolute deviation


class Horizon(enum.Enum):
    """What a printed figure was: an estimate of the edition's last year, another estimate, or an outcome."""

    RUNNING_YEAR = "estimate of the running year"
    YEAR_BEFORE = "estimate of the year before"
    ACTUAL = "actual, revised later"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class Vintage(TableResult):
    """A share of GDP as printed in one edition, and the outcome in the newest later edition.

    The change as a factor is the product of four factors: the effects of revised expenditure, of revised GDP and of
    another base year, and a residual. The effect of expenditure, GDP or rebasing is None if one of the editions does
    not print the figures that are needed. The residual includes every unknown effect, and is None only if the effects
    of expenditure, GDP and rebasing are all unknown. If the effects of expenditure, GDP and rebasing are all known, the
    residual reflects rounding and differences between printed shares and ratios of printed amounts.
    """

    country: Country
    year: int
    edition: str
    later_edition: str
    horizon: Horizon
    same_prices: bool
    printed: Share
    latest: Share
    change: PercentagePoints
    by_expenditure: Rate | None
    by_gdp: Rate | None
    by_rebasing: Rate | None
    residual: Rate | None

    @property
    def relative(self) -> Rate:
        """The relative change from the printed share to the newest share."""
        return Rate.between(self.printed.as_fraction, self.latest.as_fraction)

    @property
    def headline(self) -> str:
        return (
            f"Share of {self.country} in {self.year}, as edition {self.edition} had it and as {self.later_edition} has"
        )

    @property
    def formula(self) -> str:
        return "latest / printed = (1 + by expenditure) x (1 + by GDP) x (1 + by rebasing) x (1 + residual)"

    @property
    def findings(self) -> Findings:
        parts = ("by_expenditure", "by_gdp", "by_rebasing", "residual")
        return (
            Finding("printed", self.printed),
            Finding("latest", self.latest),
            Finding("change", self.change),
            Finding("horizon", self.horizon),
            *(
                Finding(part.replace("_", " ").replace("gdp", "GDP"), getattr(self, part), or_none(str, "not known"))
                for part in parts
            ),
        )


@attrs.frozen(kw_only=True)
class RevisionSummary(TableResult):
    """How the shares of one horizon were revised, in percentage points: bias, spread, robust spread, and maximum."""

    formula = "change = latest share - printed share; robust spread = 1.4826 x median of |change - median|"

    horizon: Horizon
    revisions: int
    editions: tuple[str, ...]
    mean: PercentagePoints
    median: PercentagePoints
    spread: PercentagePoints
    robust_spread: PercentagePoints
    largest: PercentagePoints
    largest_of: str

    @property
    def headline(self) -> str:
        return f"Revisions of shares of GDP: {self.horizon}, {self.revisions} of {len(self.editions)} editions"

    @property
    def findings(self) -> Findings:
        return (
            Finding("mean", self.mean),
            Finding("median", self.median),
            Finding("standard deviation", self.spread),
            Finding("robust spread", self.robust_spread),
            Finding(f"largest, {self.largest_of}", self.largest),
        )


@attrs.frozen(kw_only=True)
class Vintages(ResultTable[Vintage]):
    """Printed shares and the latest figures, by ally, year and horizon."""

    def of(self, *horizons: Horizon) -> Vintages:
        """Return the rows of the given horizons."""
        return attrs.evolve(self, rows=tuple(row for row in self.rows if row.horizon in horizons))

    def without(self, *countries: CountryLike) -> Vintages:
        """Return the rows without the given countries."""
        left_out = {Country.find(country) for country in countries}
        return attrs.evolve(self, rows=tuple(row for row in self.rows if row.country not in left_out))

    def where(self, holds: Callable[[Vintage], bool]) -> Vintages:
        """Return the rows that satisfy a condition, such as rows at the same constant prices."""
        return attrs.evolve(self, rows=tuple(row for row in self.rows if holds(row)))

    @property
    def summaries(self) -> ResultTable[RevisionSummary]:
        """Bias and spreads by horizon; a horizon with fewer than three revisions is left out."""
        parts = ([row for row in self.rows if row.horizon is horizon] for horizon in Horizon)
        return ResultTable(rows=tuple(_summary(rows) for rows in parts if len(rows) >= _FEWEST))


def vintages(
    tables: Iterable[ExpenditureTable], *, group: GroupLike = "NATO", only_same_prices: bool = False
) -> Vintages:
    """Compute how each printed share differs from the outcome in the newest later edition.

    There are three horizons: estimates of an edition's last year, estimates of other years, and outcomes that were
    revised. With `only_same_prices`, the newest edition of the same base year is used, and rebasing has no effect. The
    allies are the group's members of each year. Raises `UnexpectedValueError` for fewer than two editions, and for an
    edition given twice. Raises `TooFewError` if fewer than three printed shares have an outcome in a
    later edition.

    >>> from natoburden.datasets import defence_expenditure_editions
    >>> found = vintages(defence_expenditure_editions("2016-01", "2019-06", "2022-06", "2024-06", "2026-07"))
    >>> for row in found.summaries:
    ...     print(row.horizon, "|", row.revisions, "|", row.mean, "|", row.robust_spread, "|", row.largest_of)
    estimate of the running year | 115 | -0.03 pp | +0.09 pp | Bulgaria 2019
    estimate of the year before | 87 | -0.04 pp | +0.04 pp | Albania 2023
    actual, revised later | 636 | -0.01 pp | +0.01 pp | Croatia 2014
    """
    editions = different_editions(tables)
    if len(editions) < 2:
        raise UnexpectedValueError(
            "editions", f"a list of {len(editions)}", "give two or more: a figure is revised by a later edition"
        )
    found = group_of(group)
    rows = tuple(
        row
        for number, table in enumerate(editions)
        for row in _rows(table, editions[:number:-1], found, only_same_prices=only_same_prices)
    )
    if len(rows) < _FEWEST:
        raise TooFewError("a table", len(rows), _FEWEST, "revisions")
    return Vintages(rows=rows)


def _rows(
    table: ExpenditureTable, later: Sequence[ExpenditureTable], group: Group, *, only_same_prices: bool
) -> Iterator[Vintage]:
    base = table.edition.constant_year
    asked = [other for other in later if not only_same_prices or other.edition.constant_year == base]
    for item in table.select(measure=Measure.SHARE_OF_GDP):
        country = item.entity
        if not isinstance(country, Country) or country not in group.members(item.year):
            continue
        for other in asked:
            with contextlib.suppress(NoObservationError):
                latest = other.share_of_gdp(country, item.year)
                if not latest.is_estimate:
                    yield _row(table, other, country, item, latest)
                    break


def _row(
    table: ExpenditureTable,
    other: ExpenditureTable,
    country: Country,
    item: Observation[Share],
    latest: Observation[Share],
) -> Vintage:
    same = table.edition.constant_year == other.edition.constant_year
    change = Rate.between(item.value.as_fraction, latest.value.as_fraction)
    parts, used = _parts(table, other, country, item.year, same=same)
    known = [part.factor for part in parts if part is not None]
    residual = None
    if known:
        residual = Rate.between(math.prod(known), change.factor)
    horizon = Horizon.ACTUAL
    if item.is_estimate:
        horizon = Horizon.RUNNING_YEAR if item.year == table.latest_year else Horizon.YEAR_BEFORE
    return Vintage(
        country=country,
        year=item.year,
        edition=table.edition.key,
        later_edition=other.edition.key,
        horizon=horizon,
        same_prices=same,
        printed=item.value,
        latest=latest.value,
        change=latest.value - item.value,
        by_expenditure=parts[0],
        by_gdp=parts[1],
        by_rebasing=parts[2],
        residual=residual,
        inputs=(item, latest, *used),
    )


def _parts(
    table: ExpenditureTable, other: ExpenditureTable, country: Country, year: int, *, same: bool
) -> tuple[tuple[Rate | None, Rate | None, Rate | None], tuple[Observation[Any], ...]]:
    """Return the effects of expenditure, GDP and rebasing on a share, and the figures behind them.

    If both editions have one base year, both amounts are in its constant dollars, and rebasing has no effect. Otherwise
    expenditure is in the ally's own currency. The effect of GDP follows from the ratios of current dollars and the
    effect of expenditure. Rebasing is the effect of constant prices on the ratio in each edition.
    """
    pairs = [_pair(edition, country, year, edition.edition.constant_prices) for edition in (table, other)]
    constant = [pair for pair in pairs if pair]
    if same:
        spent = [item for edition in (table, other) for item in _at_constant_prices(edition, country, year)]
        if len(spent) < len(pairs):
            return (None, None, None), ()
        by_expenditure = Rate.between(*(item.value.amount for item in spent))
        if len(constant) < len(pairs):
            return (by_expenditure, None, Rate.percent(0)), tuple(spent)
        gdps = [gdp for _spent, gdp in constant]
        by_gdp = Rate.between(gdps[1].value.amount, gdps[0].value.amount)
        return (by_expenditure, by_gdp, Rate.percent(0)), (*spent, *gdps)
    own = _in_own_currency(table, other, country, year)
    if not own:
        return (None, None, None), ()
    by_expenditure = Rate.between(*(item.value.amount for item in own))
    pairs = [_pair(edition, country, year, CURRENT_PRICES) for edition in (table, other)]
    current = [pair for pair in pairs if pair]
    if len(constant) < len(pairs) or len(current) < len(pairs):
        return (by_expenditure, None, None), own
    fixed, moving = ([divide(spent.value.amount, gdp.value.amount) for spent, gdp in of] for of in (constant, current))
    by_gdp = Rate.between(by_expenditure.factor, Rate.between(*moving).factor)
    by_rebasing = Rate.between(Rate.between(*moving).factor, Rate.between(*fixed).factor)
    return (by_expenditure, by_gdp, by_rebasing), (*own, *itertools.chain(*constant, *current))


def _at_constant_prices(table: ExpenditureTable, country: Country, year: int) -> tuple[Observation[Any], ...]:
    with contextlib.suppress(NoObservationError):
        return (table.expenditure(country, year, table.edition.constant_prices, _DOLLAR),)
    return ()


def _in_own_currency(
    table: ExpenditureTable, other: ExpenditureTable, country: Country, year: int
) -> tuple[Observation[Any], ...]:
    """Return expenditure in a currency that both editions print: the currency of that year, or the latest currency.

    Once an ally has the euro, a table writes earlier years in euros too.
    """
    own = (currency_of(country, at) for at in (year, table.latest_year))
    for currency in dict.fromkeys(filter(None, own)):
        with contextlib.suppress(NoObservationError):
            return tuple(edition.expenditure(country, year, CURRENT_PRICES, currency) for edition in (table, other))
    return ()


def _pair(table: ExpenditureTable, country: Country, year: int, basis: PriceBasis) -> tuple[Observation[Any], ...]:
    """Return expenditure and GDP in dollars, or nothing if an edition does not print both."""
    with contextlib.suppress(NoObservationError):
        return table.expenditure(country, year, basis, _DOLLAR), table.gdp(country, year, basis)
    return ()


def _summary(rows: Sequence[Vintage]) -> RevisionSummary:
    changes = [float(row.change.value) for row in rows]
    centre = statistics.median(changes)
    largest = max(rows, key=lambda row: abs(row.change))
    return RevisionSummary(
        horizon=rows[0].horizon,
        revisions=len(rows),
        editions=tuple(sorted({row.edition for row in rows})),
        mean=_points(statistics.fmean(changes)),
        median=_points(centre),
        spread=_points(statistics.stdev(changes)),
        robust_spread=_points(_DEVIATIONS * statistics.median(abs(change - centre) for change in changes)),
        largest=largest.change,
        largest_of=f"{largest.country} {largest.year}",
        inputs=tuple(item for row in rows for item in row.inputs[:2]),
    )


def _points(value: float) -> PercentagePoints:
    return PercentagePoints(f"{value:.6f}")
