"""A statistic of burdens, computed for several years and editions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

import attrs

from natoburden.calculators._arguments import several_years
from natoburden.calculators.burden._results import BurdenResult
from natoburden.calculators.results import ResultTable, Summary
from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.missing_years import MissingYear

__all__ = ["Series", "series"]

R = TypeVar("R", bound=BurdenResult)


@attrs.frozen(kw_only=True)
class Series(ResultTable[R], Generic[R]):
    """A statistic by edition and year, oldest edition first.

    `missing` lists each year without a figure, with the reason.

    Some statistics have several rows a year, such as inequality by bloc. If a statistic has several rows a year,
    `totals` has the result for the whole group in each year, such as the group's Theil index. For a statistic of one
    row a year, `totals` is empty.
    """

    missing: tuple[MissingYear, ...] = attrs.field(repr=False)
    totals: tuple[Summary[R], ...] = attrs.field(default=(), repr=False)

    @property
    def caution(self) -> str:
        """A warning against judging many tests one by one; the text is empty for fewer than two tests."""
        tests = sum(row.is_test for row in self.rows)
        if tests < 2:
            return ""
        return (
            f"of {tests} tests, about {tests / 20:.1f} have a p below 0.05 even where there is no effect; years share "
            "most of their figures, so their tests are not independent; nor are tests with several proxies"
        )

    @property
    def remarks(self) -> tuple[str, ...]:
        """The totals of each year, and a warning about many tests at once."""
        whole = (f"{total.headline}: {'; '.join(map(str, total.findings))}" for total in self.totals if total.findings)
        return (*whole, *((f"caution: {self.caution}",) if self.caution else ()))


def series(
    statistic: Callable[..., R | ResultTable[R]],
    tables: ExpenditureTable | Iterable[ExpenditureTable],
    *,
    years: Iterable[int] | None = None,
    **options: Any,
) -> Series[R]:
    """Compute a statistic of this module for every year of one edition or of several.

    `statistic` is a function of a table and a year, such as `exploitation` or `inequality`; `options` are passed on to
    this function. Without `years`, the series covers all years of each edition. If an edition lacks the figures of a
    year, `missing` lists the year. Any error of `statistic` except `NoObservationError` is passed on. Each year counts
    the countries that were members in that year. A series of a group therefore also changes when a country joins.

    >>> from natoburden.calculators.burden import inequality
    >>> from natoburden.datasets import defence_expenditure_editions
    >>> editions = defence_expenditure_editions("2024-06", "2025-08", "2026-07")
    >>> found = series(inequality, editions, years=[2014, 2024])
    >>> [(row.edition, row.year, f"{row.gini:.3f}") for row in found]
    [('2024-06', 2014, '0.244'), ('2024-06', 2024, '0.152'), ('2026-07', 2014, '0.249'), ('2026-07', 2024, '0.149')]
    >>> [(gap.edition, gap.year) for gap in found.missing]
    [('2025-08', 2014), ('2025-08', 2024)]
    """
    if not callable(statistic):
        raise UnexpectedValueError("a statistic", repr(statistic), "give a function, such as burden.inequality")
    editions = [tables] if isinstance(tables, ExpenditureTable) else sorted(tables, key=lambda table: table.edition.key)
    asked = None if years is None else several_years(years, ())
    rows: list[R] = []
    totals: list[Summary[R]] = []
    missing: list[MissingYear] = []
    for table in editions:
        for year in several_years(asked, table.years):
            try:
                found = statistic(table, year, **options)
            except NoObservationError as error:
                missing.append(MissingYear(table.edition.key, year, str(error)))
            else:
                rows.extend(found if isinstance(found, ResultTable) else [found])
                totals += [found] if isinstance(found, Summary) else []
    return Series(rows=tuple(rows), missing=tuple(missing), totals=tuple(totals))
