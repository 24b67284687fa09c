"""How wrong estimates were: what later editions made of the shares that an edition marked as estimates."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal

import attrs

from natoburden.calculators.results import Result, ResultTable
from natoburden.calculators.simulation.assumptions import Uncertain
from natoburden.errors import TooFewError, UnexpectedValueError
from natoburden.model._numbers import CONTEXT, add_up, divide, multiply
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.shares import Rate, Share

__all__ = ["RevisionError", "RevisionErrors", "revision_errors"]


@attrs.frozen(kw_only=True)
class RevisionError(Result):
    """An estimate of a share of GDP, and what the newest edition makes of the same year."""

    country: Country
    year: int
    edition: str
    ahead: int
    estimate: Share
    later: Share
    change: Rate

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Revision of the estimate for {self.country} in {self.year}, edition {self.edition}"

    @property
    def formula(self) -> str:
        """The later share against the estimate."""
        return "change = share in the newest edition / estimated share − 1"

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """Both shares and the change."""
        return (("estimate", str(self.estimate)), ("later", str(self.later)), ("change", str(self.change)))


@attrs.frozen(kw_only=True)
class RevisionErrors(ResultTable[RevisionError]):
    """Revisions of estimates, and the distribution that they make as factors: its centre and its spread.

    `ahead` of a row is 1 for the last year that its edition covers, 2 for the one before.
    """

    @property
    def uncertain(self) -> Uncertain:
        """The mean and standard deviation of the logarithms, as an assumption for a simulation."""
        logs = [CONTEXT.ln(row.change.factor) for row in self.rows]
        mean = divide(add_up(logs), Decimal(len(logs)))
        apart = [CONTEXT.subtract(log, mean) for log in logs]
        variance = divide(add_up(multiply(one, one) for one in apart), Decimal(len(logs) - 1))
        centre = math.expm1(float(mean))
        return Uncertain(Rate.fraction(f"{centre:.6f}"), Rate.fraction(f"{math.sqrt(float(variance)):.6f}"))

    def of(self, ahead: int) -> RevisionErrors:
        """Keep the revisions of estimates made so many years ahead; raises `TooFewError` for fewer than three."""
        return _checked(tuple(row for row in self.rows if row.ahead == ahead))


def revision_errors(tables: Iterable[ExpenditureTable], *, group: GroupLike = "NATO") -> RevisionErrors:
    """Compare each share of GDP that an edition marks as an estimate with what the newest edition says of that year.

    Few editions make few comparisons, the same years seen by several allies share their shocks, and the newest edition
    holds estimates of its own: the spread is indicative. Raises `UnexpectedValueError` for fewer than two editions,
    `TooFewError` for fewer than three comparisons.

    >>> from natoburden.datasets import defence_expenditure_editions
    >>> found = revision_errors(defence_expenditure_editions())
    >>> print(len(found), "|", found.uncertain, "|", found.of(1).uncertain)
    110 | -2.91 % ± 7.49 % | -2.90 % ± 9.36 %
    """
    if isinstance(tables, ExpenditureTable):
        raise UnexpectedValueError("editions", repr(tables), "give several: datasets.defence_expenditure_editions()")
    editions = sorted(tables, key=lambda table: table.edition.key)
    if len(editions) < 2:
        raise UnexpectedValueError(
            "editions", f"a list of {len(editions)}", "an estimate is revised by a later edition"
        )
    newest = editions[-1]
    later = {(item.entity, item.year): item for item in newest.select(measure=Measure.SHARE_OF_GDP)}
    found = Group.find(group)
    rows = []
    for table in editions[:-1]:
        for item in table.select(measure=Measure.SHARE_OF_GDP):
            newer = later.get((item.entity, item.year))
            country = item.entity
            if not isinstance(country, Country) or country not in found.members(item.year):
                continue
            if not item.is_estimate or newer is None:
                continue
            rows.append(
                RevisionError(
                    country=country,
                    year=item.year,
                    edition=table.edition.key,
                    ahead=table.latest_year - item.year + 1,
                    estimate=item.value,
                    later=newer.value,
                    change=Rate.between(item.value.as_fraction, newer.value.as_fraction),
                    inputs=(item, newer),
                )
            )
    return _checked(tuple(rows))


def _checked(rows: tuple[RevisionError, ...]) -> RevisionErrors:
    if len(rows) < 3:
        raise TooFewError("a distribution of revisions", len(rows), 3)
    return RevisionErrors(rows=rows)
