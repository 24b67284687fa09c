"""How wrong estimates were: shares marked as estimates, compared with the outcomes in later editions."""

from __future__ import annotations

import contextlib
import math
import statistics
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from natoburden.calculators._members import different_editions, group_of
from natoburden.calculators.findings import Finding, Findings, or_none
from natoburden.calculators.results import ResultTable, TableResult
from natoburden.calculators.simulation.assumptions import Uncertain
from natoburden.errors import NoObservationError, TooFewError, UnexpectedValueError
from natoburden.model._currencies import currency_of
from natoburden.model.countries import Country, CountryLike
from natoburden.model.expenditure import Edition, ExpenditureTable, Measure, Observation
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.money import CURRENT_PRICES, Currency, PriceBasis
from natoburden.model.shares import Rate, Share

__all__ = ["RevisionError", "RevisionErrors", "revision_errors"]

_FEWEST = 3
_DOLLAR = Currency("USD")
_DEVIATIONS = 1 / statistics.NormalDist().inv_cdf(0.75)  # of a normal distribution, by its median absolute deviation


@attrs.frozen(kw_only=True)
class RevisionError(TableResult):
    """An estimate of a share of GDP, and the outcome of the same year in a later edition.

    The change of the share is the product of `by_expenditure` and `by_gdp`. `by_expenditure` is the effect of revised
    expenditure, which shows how the budget was executed. `by_gdp` is the remaining effect, which comes from revised
    GDP. `by_expenditure` and `by_gdp` are None if the two editions print no comparable expenditure. Expenditure is
    comparable in constant dollars of one base year, or in the ally's own currency.
    """

    country: Country
    year: int
    edition: str
    later_edition: str
    same_prices: bool
    ahead: int
    estimate: Share
    later: Share
    change: Rate
    by_expenditure: Rate | None
    by_gdp: Rate | None

    @property
    def headline(self) -> str:
        return f"Revision of the estimate for {self.country} in {self.year}, edition {self.edition}"

    @property
    def formula(self) -> str:
        return (
            f"change = share in edition {self.later_edition} / estimated share − 1; "
            "1 + change = (1 + change by expenditure) × (1 + change by GDP)"
        )

    @property
    def findings(self) -> Findings:
        return (
            Finding("estimate", self.estimate),
            Finding("later", self.later),
            Finding("change", self.change),
            Finding("change by expenditure", self.by_expenditure, or_none(str, "not known")),
            Finding("change by GDP", self.by_gdp, or_none(str, "not known")),
            Finding("constant prices", self.same_prices, _prices_in_words),
        )


def _prices_in_words(are_the_same: bool) -> str:
    return "the same in both editions" if are_the_same else "of another base year in the later edition"


@attrs.frozen(kw_only=True)
class RevisionErrors(ResultTable[RevisionError]):
    """Revisions of estimates, and distributions of these revisions as factors.

    `ahead` is 1 for an estimate of the last year of its edition, and 2 for an estimate of the year before.
    """

    @property
    def uncertain(self) -> Uncertain:
        """The distribution of the revisions of shares, estimated by their median and their median absolute deviation.

        Median and deviation are computed from the logarithms of the revisions. The median absolute deviation is scaled
        to a normal standard deviation. A revision of a share has two causes: budgets are executed differently, and GDP
        is revised. This distribution already includes differences of execution: a simulation with this distribution
        must not add `execution`. `by_expenditure` and `by_gdp` separate the two causes.
        """
        return attrs.evolve(as_factor(*robust(_logs(self.rows, "change"))), holds_execution=True)

    @property
    def classical(self) -> Uncertain:
        """The distribution by the mean and standard deviation of logarithms, which one extreme ally can widen a lot."""
        logs = _logs(self.rows, "change")
        return attrs.evolve(as_factor(statistics.fmean(logs), statistics.stdev(logs)), holds_execution=True)

    @property
    def by_expenditure(self) -> Uncertain:
        """The robust distribution of share revisions due to expenditure: the assumption for `execution`."""
        return as_factor(*robust(_logs(self.rows, "by_expenditure")))

    @property
    def by_gdp(self) -> Uncertain:
        """The robust distribution of revisions due to causes other than expenditure: the assumption for `revision`."""
        return as_factor(*robust(_logs(self.rows, "by_gdp")))

    @property
    def variance_by_expenditure(self) -> Rate:
        """The share of the variance of revisions that is due to expenditure: Cov(e, s) / Var(s) of logarithms.

        Raises `TooFewError` for fewer than three different revisions.
        """
        known = [row for row in self.rows if row.by_expenditure is not None]
        whole, spent = _logs(known, "change"), _logs(known, "by_expenditure")
        if len(set(whole)) < _FEWEST:
            raise TooFewError("a variance", len(set(whole)), _FEWEST, "different revisions")
        centre, middle = statistics.fmean(whole), statistics.fmean(spent)
        together = math.fsum((s - centre) * (e - middle) for s, e in zip(whole, spent, strict=True))
        return Rate.fraction(f"{together / math.fsum((s - centre) ** 2 for s in whole):.6f}")

    def of(self, ahead: int) -> RevisionErrors:
        """Return the revisions of estimates made a number of years ahead; raises `TooFewError` for fewer than three."""
        return _checked(row for row in self.rows if row.ahead == ahead)

    def without(self, *countries: CountryLike) -> RevisionErrors:
        """Return the revisions without some countries; raises `TooFewError` for fewer than three rows."""
        left_out = {Country.find(country) for country in countries}
        return _checked(row for row in self.rows if row.country not in left_out)

    def __str__(self) -> str:
        """Return the number of revisions and their distribution; `explain` gives each revision."""
        return (
            f"{len(self)} revisions of estimated shares of GDP\n"
            f"  median and robust spread: {self.uncertain}\n"
            f"  mean and standard deviation: {self.classical}"
        )


def revision_errors(
    tables: Iterable[ExpenditureTable], *, group: GroupLike = "NATO", only_same_prices: bool = False
) -> RevisionErrors:
    """Compute how each estimated share of GDP differs from its outcome in a later edition.

    An outcome is a share that a later edition does not mark as an estimate. Shares change with the base year of
    constant prices. An estimate is therefore compared with the newest outcome that has the same base year. If no
    outcome has the base year of the estimate, the newest of all outcomes counts. With `only_same_prices`, estimates
    without an outcome of the same base year are left out.

    The spread is only indicative, because there are few comparisons, and because the allies of one year share their
    shocks. Raises `UnexpectedValueError` for fewer than two editions, and for an edition given twice. Raises
    `TooFewError` for fewer than three comparisons.

    >>> from natoburden.datasets import defence_expenditure_editions
    >>> found = revision_errors(defence_expenditure_editions("2024-06", "2025-08", "2026-07"))
    >>> print(len(found), "|", found.uncertain, "|", found.classical, "|", found.without("Albania").classical)
    92 | -2.20 % ± 3.03 % | -3.20 % ± 7.23 % | -2.28 % ± 4.94 %
    """
    editions = different_editions(tables)
    if len(editions) < 2:
        problem = "give two or more: an estimate is revised by a later edition"
        raise UnexpectedValueError("editions", f"a list of {len(editions)}", problem)
    found = group_of(group)
    rows = (
        row
        for number, table in enumerate(editions)
        for row in _rows(table, editions[:number:-1], found, only_same_prices=only_same_prices)
    )
    return _checked(rows)


def _rows(
    table: ExpenditureTable, later: Sequence[ExpenditureTable], group: Group, *, only_same_prices: bool
) -> Iterator[RevisionError]:
    """Yield the comparisons of one edition's estimates with later editions, newest first."""
    base = table.edition.constant_year
    same = [other for other in later if other.edition.constant_year == base]
    others = [] if only_same_prices else [other for other in later if other.edition.constant_year != base]
    for item in table.select(measure=Measure.SHARE_OF_GDP):
        country = item.entity
        if not item.is_estimate or not isinstance(country, Country) or country not in group.members(item.year):
            continue
        outcome = next(_outcomes([*same, *others], country, item.year), None)
        if outcome is not None:
            yield _row(table, country, item, *outcome)


def _outcomes(
    tables: Iterable[ExpenditureTable], country: Country, year: int
) -> Iterator[tuple[ExpenditureTable, Observation[Share]]]:
    for table in tables:
        with contextlib.suppress(NoObservationError):
            found = table.share_of_gdp(country, year)
            if not found.is_estimate:
                yield table, found


def _row(
    table: ExpenditureTable,
    country: Country,
    item: Observation[Share],
    later: ExpenditureTable,
    outcome: Observation[Share],
) -> RevisionError:
    shares = (item.value, outcome.value)
    if not all(share.as_fraction for share in shares):
        raise UnexpectedValueError(
            "a revision", " to ".join(map(str, shares)), f"{country} in {item.year}: shares above zero have a factor"
        )
    change = Rate.between(*(share.as_fraction for share in shares))
    spent = _expenditure(table, later, country, item.year)
    by_expenditure = Rate.between(*(figure.value.amount for figure in spent)) if spent else None
    return RevisionError(
        country=country,
        year=item.year,
        edition=table.edition.key,
        later_edition=later.edition.key,
        same_prices=_same_prices(table.edition, later.edition),
        ahead=table.latest_year - item.year + 1,
        estimate=item.value,
        later=outcome.value,
        change=change,
        by_expenditure=by_expenditure,
        by_gdp=None if by_expenditure is None else Rate.between(by_expenditure.factor, change.factor),
        inputs=(item, outcome, *spent),
    )


def _same_prices(one: Edition, other: Edition) -> bool:
    return one.constant_year == other.constant_year


def _expenditure(
    table: ExpenditureTable, later: ExpenditureTable, country: Country, year: int
) -> tuple[Observation[Any], ...]:
    """Return expenditure in the first unit of money that both editions print; without such a unit, return nothing."""
    moneys: list[tuple[PriceBasis, Currency]] = []
    if _same_prices(table.edition, later.edition):
        moneys.append((table.edition.constant_prices, _DOLLAR))
    own = currency_of(country, year)
    if own is not None:
        moneys.append((CURRENT_PRICES, own))
    for basis, currency in moneys:
        with contextlib.suppress(NoObservationError):
            return tuple(edition.expenditure(country, year, basis, currency) for edition in (table, later))
    return ()


def _logs(rows: Iterable[RevisionError], part: str) -> list[float]:
    """Return the logarithms of one factor, for the rows with this factor."""
    found = [math.log(getattr(row, part).factor) for row in rows if getattr(row, part) is not None]
    if len(found) < _FEWEST:
        raise TooFewError("a distribution", len(found), _FEWEST, "revisions")
    return found


def robust(logs: Sequence[float]) -> tuple[float, float]:
    """Return the median of figures, and their median absolute deviation scaled to a normal standard deviation."""
    centre = statistics.median(logs)
    return centre, _DEVIATIONS * statistics.median(abs(log - centre) for log in logs)


def as_factor(centre: float, deviation: float) -> Uncertain:
    """Return the distribution of a factor with a given centre and spread of its logarithm."""
    return Uncertain(Rate.fraction(f"{math.expm1(centre):.6f}"), Rate.fraction(f"{deviation:.6f}"))


def _checked(rows: Iterable[RevisionError]) -> RevisionErrors:
    found = tuple(rows)
    if len(found) < _FEWEST:
        raise TooFewError("a distribution", len(found), _FEWEST, "revisions")
    return RevisionErrors(rows=found)
