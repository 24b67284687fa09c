"""Notes on estimates: how earlier counts were revised, and the probability that an outcome reaches a target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from natoburden.calculators import targets as calculate
from natoburden.datasets import defence_expenditure_editions
from natoburden.errors import NoObservationError, TargetMismatchError, TooFewError, UnexpectedValueError
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.memberships import Group
from natoburden.model.shares import Share
from natoburden.model.spending_commitments import Target
from natoburden.presentation.formatting import target_text
from natoburden.presentation.messages import Translate

if TYPE_CHECKING:
    from natoburden.calculators.simulation import RevisionErrors

__all__ = ["chance_of", "count_notes", "revisions_until"]


def _earlier(table: ExpenditureTable) -> tuple[ExpenditureTable, ...]:
    """Return the packaged editions that are older than a table and use the same definition."""
    own = table.edition
    return tuple(
        other
        for other in defence_expenditure_editions()
        if other.edition.counted_by is own.counted_by and other.edition.key < own.key
    )


def revisions_until(table: ExpenditureTable) -> RevisionErrors | None:
    """Return the revisions that were known when a table was published; None if there are too few revisions."""
    from natoburden.calculators.simulation import revision_errors

    try:
        return revision_errors([*_earlier(table), table])
    except (TooFewError, UnexpectedValueError):
        return None


def chance_of(
    table: ExpenditureTable, country: Country, year: int, target: Target, revisions: RevisionErrors | None
) -> Share | None:
    """Return the probability that an estimate's outcome reaches a target; None if estimate or revisions are missing."""
    from natoburden.calculators.simulation import chance_of_meeting

    if revisions is None:
        return None
    try:
        return chance_of_meeting(table, country, year, target, revisions, mixed_definitions_ok=True).chance
    except (NoObservationError, TargetMismatchError, TooFewError, UnexpectedValueError):
        return None


def count_notes(
    table: ExpenditureTable, group: Group, year: int, targets: Sequence[Target], _: Translate
) -> Iterator[str]:
    """Yield a note on how often earlier counts were revised down, if the year is the table's last and an estimate."""
    of_gdp = [target for target in targets if target.component.measure is Measure.SHARE_OF_GDP]
    if year != table.latest_year or year not in table.edition.estimated_years or not of_gdp:
        return
    pairs = [calculate.headline_counts([older, table], of_gdp[0], group=group) for older in _earlier(table)]
    settled = [count for pair in pairs for count in pair.settled]
    if settled:
        text = _(
            "Estimates of the running year: counts of allies that meet the {target} came down in {fallen} of {all} "
            "earlier editions."
        )
        fallen = sum(len(pair.fallen) for pair in pairs)
        yield text.format(target=target_text(of_gdp[0], locale=_.locale), fallen=fallen, all=len(settled))
