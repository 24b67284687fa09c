"""The Hague's two-part test: a floor for core expenditure, and a ceiling on related spending that counts."""

from __future__ import annotations

from decimal import Decimal

import attrs

from natoburden.calculators._arguments import expect_table, two_part_target, warn_of_definition
from natoburden.calculators._members import ally_of
from natoburden.calculators.findings import Finding, Findings, yes_or_no
from natoburden.calculators.results import TableResult
from natoburden.model._checks import expect
from natoburden.model.countries import Country, CountryLike
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.shares import PercentagePoints, Share
from natoburden.model.spending_commitments import CompositeTarget

__all__ = ["TwoPart", "two_part", "two_part_test"]


@attrs.frozen(kw_only=True)
class TwoPart(TableResult):
    """Core and related spending, compared with a target of two parts."""

    country: Country | None = None
    year: int | None = None
    target: CompositeTarget
    core: Share
    related: Share
    related_counted: Share
    total: Share
    core_gap: PercentagePoints
    total_gap: PercentagePoints
    is_met: bool

    @property
    def headline(self) -> str:
        whose = f" of {self.country} in {self.year}" if self.country else ""
        return f"{self.target.name}{whose}: {self.core} core and {self.related} related spending"

    @property
    def formula(self) -> str:
        core, related, total = (self.target.core.share, self.target.related.share, self.target.total.share)
        return (
            f"counted = min(related, {related}); total = core + counted; met if core ≥ {core} and total ≥ {total}; "
            f"gaps = max(0, target − share)"
        )

    @property
    def findings(self) -> Findings:
        return (
            Finding("related spending counted", self.related_counted),
            Finding("total", self.total),
            Finding("gap of core", self.core_gap),
            Finding("gap of total", self.total_gap),
            Finding("met", self.is_met, yes_or_no),
        )


def two_part_test(core: Share, related: Share, target: CompositeTarget | str) -> TwoPart:
    """Compute whether core and related shares of GDP meet a target of two parts.

    Related spending counts up to its ceiling, and never fills a gap in core spending. The formula is this library's
    interpretation of the declaration, which prints no formula.

    >>> from natoburden.datasets.targets import HAGUE
    >>> result = two_part_test(Share.percent("3.2"), Share.percent("2.5"), HAGUE)
    >>> result.related_counted, result.core_gap, result.is_met
    (Share('1.5 %'), PercentagePoints('0.3'), False)
    """
    goal = two_part_target(target)
    for share in (core, related):
        expect(share, Share, "a share of GDP", "write Share.percent('1.5')")
    counted = goal.related.counted(related)
    total = core + (counted - Share.percent(0))
    return TwoPart(
        target=goal,
        core=core,
        related=related,
        related_counted=counted,
        total=total,
        core_gap=_short(goal.core.share - core),
        total_gap=_short(goal.total.share - total),
        is_met=goal.core.is_met_by(core) and goal.total.is_met_by(total),
    )


def two_part(
    table: ExpenditureTable,
    country: CountryLike,
    year: int,
    related: Share,
    target: CompositeTarget | str,
    *,
    mixed_definitions_ok: bool = False,
) -> TwoPart:
    """Compute whether a country's published share and your figure for related spending meet a two-part target.

    NATO's tables do not print related spending; therefore, you must give this figure. The published share is rounded to
    two decimals. Raises `NoObservationError` if the share is missing. Warns with `MixedDefinitionsWarning` if the table
    does not use NATO's definition, unless ``mixed_definitions_ok=True``.
    """
    expect_table(table)
    warn_of_definition([table], acknowledged=mixed_definitions_ok)
    found = ally_of(country)
    observed = table.share_of_gdp(found, year)
    result = two_part_test(observed.value.published(), related, target)
    return attrs.evolve(result, country=found, year=year, inputs=(observed,))


def _short(points: PercentagePoints) -> PercentagePoints:
    return max(points, PercentagePoints(Decimal(0)))
