"""Which allies meet one target, and which allies meet each of two targets."""

from __future__ import annotations

import contextlib
import enum
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from natoburden.calculators._arguments import checked_target
from natoburden.calculators._members import check_covered, group_of, spenders
from natoburden.calculators.findings import Finding, Findings, listed, percent, yes_or_no
from natoburden.calculators.results import ResultTable, Summary, TableResult
from natoburden.calculators.targets._measured import measure_of, measured_share
from natoburden.errors import NoObservationError, TargetMismatchError
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Measure, Observation
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.shares import Share
from natoburden.model.spending_commitments import Component, Target, TargetLike

if TYPE_CHECKING:
    from natoburden.calculators.simulation import RevisionErrors
    from natoburden.calculators.simulation.chances import Method

__all__ = ["AllyCompliance", "AllyQuadrant", "Compliance", "Quadrant", "compliance", "quadrants"]


@attrs.frozen(kw_only=True)
class AllyCompliance(TableResult):
    """Whether one country's share meets a target.

    `chance` is the chance that an estimate turns out at the target or above. `chance` is None for an outcome, and for
    any share if no `revisions` were given.
    """

    country: Country
    year: int
    target: Target
    share: Share
    is_met: bool
    is_due: bool
    chance: Share | None = attrs.field(default=None, repr=False, metadata={"in_row": False})
    chance_method: str = attrs.field(default="", repr=False, metadata={"in_row": False})

    @property
    def columns(self) -> Mapping[str, object]:
        return {} if self.chance is None else {"chance": self.chance, "chance_method": self.chance_method}

    @property
    def headline(self) -> str:
        return f"{self.country} in {self.year} and the {self.target}"

    @property
    def formula(self) -> str:
        return f"met if share {self.target.sign} {self.target.share} of {self.target.component.whole}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("share", self.share),
            Finding("met", self.is_met, yes_or_no),
            Finding("due", self.is_due, lambda is_due: "yes" if is_due else "not yet"),
            *(() if self.chance is None else (Finding(f"chance, {self.chance_method}", self.chance, _whole_percent),)),
        )


def _whole_percent(share: Share) -> str:
    return percent(share, 0)


@attrs.frozen(kw_only=True)
class Compliance(Summary[AllyCompliance]):
    """Which allies meet a target in one year of one edition, with a row for each member that has a figure."""

    edition: str
    group: Group
    year: int
    target: Target
    unrounded: bool
    without_figure: tuple[Country, ...]

    @property
    def meeting(self) -> tuple[Country, ...]:
        """The countries that meet the target."""
        return tuple(row.country for row in self.rows if row.is_met)

    @property
    def not_meeting(self) -> tuple[Country, ...]:
        """The countries that do not meet the target."""
        return tuple(row.country for row in self.rows if not row.is_met)

    @property
    def count(self) -> int:
        """The number of allies that meet the target."""
        return len(self.meeting)

    @property
    def headline(self) -> str:
        return f"{self.group} in {self.year} and the {self.target}, edition {self.edition}"

    @property
    def formula(self) -> str:
        rule = "unrounded shares" if self.unrounded else "shares at the two decimals published"
        return f"count of members whose share meets {self.target.share}, on {rule}"

    @property
    def findings(self) -> Findings:
        meeting = Finding(f"{self.count} of {len(self)}", self.meeting, lambda met: listed(met) or "none")
        lacking = Finding("without a figure", self.without_figure, listed)
        return (meeting, *((lacking,) if self.without_figure else ()))


def compliance(
    table: ExpenditureTable,
    year: int,
    target: TargetLike,
    *,
    group: GroupLike = "NATO",
    unrounded: bool = False,
    revisions: RevisionErrors | None = None,
    method: Method = "empirical",
    mixed_definitions_ok: bool = False,
) -> Compliance:
    """Compute who meets a target in a year, on the published two decimals or unrounded.

    NATO's counts use the published figure: 2.00 % meets 2 %. Unrounded shares are the most precise shares that the
    edition has. For an unrounded share of GDP, expenditure is divided by GDP at constant prices if the edition prints
    both amounts. The group consists of its members in the tested year. A target that is not yet due is tested in the
    same way: see `AllyCompliance.is_due`. Members without a figure are listed in `without_figure`, and never count as
    missing the target.

    With `revisions` from `simulation.revision_errors`, each estimate also has the chance that the outcome is at the
    target or above. `method` has the same meaning as in `simulation.chance_of_meeting`. The chances do not change the
    counts. Warns with `MixedDefinitionsWarning` if the table does not use NATO's definition, unless
    ``mixed_definitions_ok=True``.

    >>> from natoburden.datasets import defence_expenditure
    >>> from natoburden.datasets.targets import WALES_GUIDELINE
    >>> result = compliance(defence_expenditure("2026-07"), 2024, WALES_GUIDELINE)
    >>> result.count, len(result), result.without_figure
    (17, 31, (Country('ISL'),))
    """
    found, goal = (
        group_of(group, "targets.gap_in_points"),
        checked_target(target, table, mixed_definitions_ok=mixed_definitions_ok),
    )
    measure_of(goal)
    check_covered(table, found, year)
    rows: list[AllyCompliance] = []
    missing: list[Country] = []
    for country in found.members(year):
        try:
            row = _ally(table, country, year, goal, unrounded=unrounded)
            if revisions is not None and row.inputs[0].is_estimate:
                from natoburden.calculators.simulation import chance_of_meeting

                found_chance = chance_of_meeting(
                    table, country, year, goal, revisions, method=method, mixed_definitions_ok=True
                )
                row = attrs.evolve(row, chance=found_chance.chance, chance_method=method)
            rows.append(row)
        except NoObservationError:
            missing.append(country)
    return Compliance(
        rows=tuple(rows),
        edition=table.edition.key,
        group=found,
        year=year,
        target=goal,
        unrounded=unrounded,
        without_figure=tuple(missing),
    )


def _ally(table: ExpenditureTable, country: Country, year: int, target: Target, *, unrounded: bool) -> AllyCompliance:
    observed = measured_share(table, country, year, target)
    share, inputs = _unrounded(table, observed) if unrounded else (observed.value.published(), (observed,))
    return AllyCompliance(
        country=country,
        year=year,
        target=target,
        share=share,
        is_met=target.is_met_by(share),
        is_due=target.is_due(year),
        inputs=inputs,
    )


def _unrounded(table: ExpenditureTable, observed: Observation[Share]) -> tuple[Share, tuple[Observation[Any], ...]]:
    """Return the share at the best precision that the edition allows."""
    if observed.measure is Measure.SHARE_OF_GDP:
        prices = table.edition.constant_prices
        with contextlib.suppress(NoObservationError):
            expenditure = table.expenditure(observed.entity, observed.year, prices)
            gdp = table.gdp(observed.entity, observed.year, prices)
            return expenditure.value.share_of(gdp.value), (expenditure, gdp)
    return observed.value, (observed,)


class Quadrant(enum.Enum):
    """Which of two targets a country meets."""

    BOTH = "both"
    SHARE_ONLY = "share only"
    EQUIPMENT_ONLY = "equipment only"
    NEITHER = "neither"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class AllyQuadrant(TableResult):
    """One country's share of GDP and share of equipment, and which of two targets it meets."""

    country: Country
    year: int
    share: Share
    equipment: Share
    share_target: Target
    equipment_target: Target
    quadrant: Quadrant

    @property
    def headline(self) -> str:
        return f"{self.country} in {self.year}: {self.share_target.name} and {self.equipment_target.name}"

    @property
    def formula(self) -> str:
        share, equipment = (f"{item.sign} {item.share}" for item in (self.share_target, self.equipment_target))
        return f"share {share} of GDP; equipment {equipment} of expenditure"

    @property
    def findings(self) -> Findings:
        return (
            Finding("share of GDP", self.share),
            Finding("equipment", self.equipment),
            Finding("meets", self.quadrant),
        )


def quadrants(
    table: ExpenditureTable,
    year: int,
    share_target: TargetLike,
    equipment_target: TargetLike,
    *,
    group: GroupLike = "NATO",
    mixed_definitions_ok: bool = False,
) -> ResultTable[AllyQuadrant]:
    """Compute which of two targets each member of a group meets: for the share of GDP, and for equipment.

    Both shares are compared with their targets at the published two decimals. A member without a row of expenditure
    (Iceland) is left out. Raises `NoObservationError` if the figure of any member other than Iceland is missing. Warns
    with `MixedDefinitionsWarning` if the table does not use NATO's definition, unless ``mixed_definitions_ok=True``.

    >>> from natoburden.datasets import defence_expenditure
    >>> from natoburden.datasets.targets import WALES_EQUIPMENT, WALES_GUIDELINE
    >>> places = quadrants(defence_expenditure("2026-07"), 2024, WALES_GUIDELINE, WALES_EQUIPMENT)
    >>> [sum(row.quadrant is quadrant for row in places) for quadrant in Quadrant]
    [16, 1, 11, 3]
    """
    places = {
        (True, True): Quadrant.BOTH,
        (True, False): Quadrant.SHARE_ONLY,
        (False, True): Quadrant.EQUIPMENT_ONLY,
        (False, False): Quadrant.NEITHER,
    }
    of_share = checked_target(share_target, table, mixed_definitions_ok=mixed_definitions_ok)
    of_equipment = checked_target(equipment_target)
    wanted = ((of_share, Component.CORE), (of_equipment, Component.EQUIPMENT))
    for target, component in wanted:
        measure_of(target)
        if target.component is not component:
            raise TargetMismatchError(str(target), f"a target of {component.value} in its place")
    rows = []
    for country in spenders(table, group_of(group), year):
        share = measured_share(table, country, year, of_share)
        equipment = measured_share(table, country, year, of_equipment)
        of_gdp, of_expenditure = share.value.published(), equipment.value.published()
        rows.append(
            AllyQuadrant(
                country=country,
                year=year,
                share=of_gdp,
                equipment=of_expenditure,
                share_target=of_share,
                equipment_target=of_equipment,
                quadrant=places[of_share.is_met_by(of_gdp), of_equipment.is_met_by(of_expenditure)],
                inputs=(share, equipment),
            )
        )
    return ResultTable(rows=tuple(rows))
