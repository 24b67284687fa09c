"""Assumptions that are estimated from published figures: NATO's past revisions, and the IMF's expectations."""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Iterable, Sequence
from decimal import Decimal

from natoburden.calculators._members import different_editions, group_of, spenders
from natoburden.calculators.simulation.assumptions import Assumptions, Uncertain
from natoburden.calculators.simulation.past_revisions import as_factor, revision_errors, robust
from natoburden.errors import InvalidYearError, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._currencies import currency_of
from natoburden.model._numbers import checked_year
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.macro_measures import MacroMeasure, MacroUnit
from natoburden.model.macro_tables import MacroTable
from natoburden.model.memberships import GroupLike
from natoburden.model.shares import Share
from natoburden.model.sources import distinct

__all__ = ["assumptions_as_revised"]


def assumptions_as_revised(
    tables: Iterable[ExpenditureTable],
    outlook: MacroTable,
    *,
    since: int,
    until: int,
    group: GroupLike = "NATO",
) -> dict[Country, Assumptions]:
    """Compute each ally's assumptions for a simulation, from revisions in NATO's tables and from the IMF's outlook.

    `execution` and `revision` compare each edition's estimates for its own year with later outcomes, in editions from
    `since` on. `execution` is the robust distribution of changes that come from revised expenditure. `revision` is the
    robust distribution of changes that expenditure does not explain, which come mostly from revised GDP. `execution`
    and `revision` are the same for all allies. An edition that prints only shares, such as the edition of 2023, is left
    out: the causes of its revisions cannot be separated. `basis` states how many estimates are used, and from which
    editions.

    Each ally has its own medians of growth, prices and exchange rates. The outlook's mean yearly change, from the
    newest edition's last year to `until`, serves as the median. By default, `until` is the last year that the outlook
    covers. Spreads are the scaled median absolute deviations of each ally's changes in the outlook's past years. The
    correlation is the mean correlation of growth among allies; a negative mean is replaced by zero. Allies with the
    same currency have the exchange-rate assumptions of the largest of these allies. In each set of assumptions, `basis`
    states where the assumptions come from.

    The spread of past growth is not the error of a forecast, and includes the crises of the past years. Raises
    `TooFewError` for fewer than three revisions, and `UnexpectedValueError` for fewer than two editions. Raises
    `InvalidYearError` if `until` is not after the newest edition's last year. `InvalidYearError` is also raised if the
    outlook lacks years before or after the edition's last year.

    >>> from natoburden.datasets import defence_expenditure_editions, macro
    >>> editions = defence_expenditure_editions("2023-07", "2024-06", "2025-08", "2026-07")
    >>> found = assumptions_as_revised(editions, macro(), since=2023, until=2030)[Country("DEU")]
    >>> print(found.gdp_growth, "|", found.inflation, "|", found.exchange_rate, "|", found.correlation)
    +0.99 % ± 1.67 % | +2.30 % ± 0.68 % | -0.14 % ± 6.26 % | 68.06 %
    >>> print(found.execution, "|", found.revision)
    +0.09 % ± 6.15 % | -2.36 % ± 2.69 %
    >>> found.basis.partition(";")[0]
    'as NATO revised since 2023'
    """
    expect(outlook, MacroTable, "an outlook", "give one: natoburden.datasets.macro()")
    first, found = checked_year(since), group_of(group)
    editions = [table for table in different_editions(tables) if int(table.edition.key[:4]) >= first]
    if len(editions) < 2:
        raise UnexpectedValueError("editions", f"{len(editions)} since {first}", "give two or more, which are compared")
    start, last = editions[-1].latest_year, min(checked_year(until), outlook.years[-1])
    if not outlook.years[0] < start < last:
        raise InvalidYearError(f"until {until}", f"a year after {start} that the outlook of {outlook.edition} covers")
    revised = revision_errors(editions).of(1)
    members = spenders(editions[-1], found, start)
    growth = {country: _growth(outlook, country) for country in members}
    prices = {country: _prices(outlook, country) for country in members}
    rates = {country: _rates(outlook, country) for country in members}
    past = outlook.last_outcome
    correlation = _correlation([[of[year] for year in sorted(of) if year <= past] for of in growth.values()])
    parted = [row for row in revised if row.by_expenditure is not None]
    where = " and ".join(sorted({row.edition for row in parted}))
    basis = (
        f"as NATO revised since {first}; execution and revision by {len(parted)} estimates of {where}; "
        f"growth, prices and exchange rates by the outlook {outlook.edition} to {last}, their spreads as in its past "
        f"years to {past}"
    )
    sources = distinct((*(table.edition.source for table in editions), outlook.source))
    return {
        country: Assumptions(
            gdp_growth=_uncertain(growth[country], start, last, past),
            inflation=_uncertain(prices[country], start, last, past),
            exchange_rate=_uncertain(rates[_largest(outlook, country, members, start)], start, last, past),
            execution=revised.by_expenditure,
            revision=revised.by_gdp,
            correlation=correlation,
            basis=basis,
            sources=sources,
        )
        for country in members
    }


def _growth(outlook: MacroTable, country: Country) -> dict[int, float]:
    """Return the logarithm of real growth by year."""
    figures = outlook.select(country=country, measure=MacroMeasure.GDP_GROWTH)
    return {item.year: math.log(float(item.value.factor)) for item in figures}


def _prices(outlook: MacroTable, country: Country) -> dict[int, float]:
    figures = outlook.select(country=country, measure=MacroMeasure.GDP_DEFLATOR)
    return _changes({item.year: item.value for item in figures})


def _rates(outlook: MacroTable, country: Country) -> dict[int, float]:
    """Return the logarithm of the yearly change of a currency's dollar value, from GDP in both currencies."""
    amounts = [
        {item.year: item.value.amount for item in outlook.select(country=country, measure=MacroMeasure.GDP, unit=unit)}
        for unit in (MacroUnit.US_DOLLARS, MacroUnit.NATIONAL_CURRENCY)
    ]
    return _changes({year: amounts[0][year] / amounts[1][year] for year in amounts[0]})


def _changes(levels: dict[int, Decimal]) -> dict[int, float]:
    pairs = itertools.pairwise(sorted(levels))
    return {year: math.log(float(levels[year]) / float(levels[before])) for before, year in pairs}


def _largest(outlook: MacroTable, country: Country, members: Sequence[Country], year: int) -> Country:
    """Return the largest member that uses a country's money in a year; the country itself if its money is unknown."""
    money = currency_of(country, year)
    same = [other for other in members if money is not None and currency_of(other, year) == money] or [country]
    return max(same, key=lambda one: outlook.figure(one, year, MacroMeasure.GDP, MacroUnit.US_DOLLARS).value.amount)


def _uncertain(changes: dict[int, float], start: int, last: int, past: int) -> Uncertain:
    """Return the mean of expected changes as the median, and the robust spread of past changes."""
    expected = statistics.fmean(changes[year] for year in range(start + 1, last + 1))
    spread = robust([change for year, change in changes.items() if year <= past])[1]
    return as_factor(expected, spread)


def _correlation(courses: Sequence[Sequence[float]]) -> Share:
    """Return the mean correlation of all pairs of series, or zero if the mean is negative."""
    pairs = [statistics.correlation(one, other) for one, other in itertools.combinations(courses, 2)]
    return Share.fraction(f"{max(0.0, statistics.fmean(pairs)) if pairs else 0.0:.6f}")
