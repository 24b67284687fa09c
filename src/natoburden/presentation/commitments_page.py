"""The page of commitments with their outcomes, beside the latest figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from natoburden.calculators._arguments import expect_table
from natoburden.calculators.promises import Outcome, PromiseTest, promise_tests
from natoburden.calculators.promises._reading import expect_record
from natoburden.datasets import commitments as packaged_commitments
from natoburden.datasets import defence_expenditure
from natoburden.errors import NoObservationError
from natoburden.model.commitment_record import Commitments
from natoburden.model.countries import Country
from natoburden.model.dates import Announced
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import EntityLike, find_entity
from natoburden.model.shares import PercentagePoints, Share, ShareRange
from natoburden.model.sources import Source
from natoburden.model.spending_commitments import Commitment, Definition, Standing
from natoburden.presentation.columns import Column, Columns, Figure, attributes, words
from natoburden.presentation.formatting import by_name, country_name, day_in_text, format_points, format_share, names_of
from natoburden.presentation.messages import N_, Said, Translate
from natoburden.presentation.tables import Page
from natoburden.presentation.two_definitions import definition_notes
from natoburden.serialization import to_data

__all__ = ["CommitmentList", "CommitmentRow", "commitment_list"]


@attrs.frozen(kw_only=True)
class CommitmentRow:
    """One commitment with its status, its outcome by the table's figures, and the party's latest share.

    `str` gives status and outcome in English. In a list for one day, `status` is "in force" or "contested". In a list
    of all commitments, `status` describes the commitment's present standing and gives any successor. If a commitment
    repeats an earlier commitment, `status` mentions the earlier commitment. `without_figure` lists the members of a
    group for which the edition has no figure; the outcome leaves out these members.
    """

    commitment: Commitment
    status: Said
    outcome: Said
    points: PercentagePoints | None
    latest: Share | None
    without_figure: tuple[Country, ...] = ()


@attrs.frozen(kw_only=True, repr=False)
class CommitmentList(Page):
    """Commitments of one party or of all parties: those in force on a day, or all commitments on record."""

    table: ExpenditureTable
    on: dt.date | None
    rows: tuple[CommitmentRow, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The edition's document; each commitment also has its own document."""
        return (self.table.edition.source,)

    def _title(self, _: Translate) -> str:
        on = self.on and day_in_text(self.on, locale=_.locale)
        when = _("in force on {day}").format(day=on) if on else _("all on record")
        return _("Commitments, {when} (latest shares of {year}, edition {edition})").format(
            when=when, year=self.table.latest_year, edition=self.table.edition
        )

    def _columns(self, _: Translate) -> Columns[CommitmentRow]:
        return (
            Column("key", lambda row: row.commitment.key, () if self.on else (_("key"),)),
            Column("party", lambda row: row.commitment.party, (_("Party"),)),
            Column("", lambda row: row.commitment, (_("promise"),), _promise),
            Column("low_percent", lambda row: row.commitment.share.low),
            Column("high_percent", lambda row: row.commitment.share.high),
            *attributes("component", "whole", "is_average", "modality", "definition", "kind", "start", of="commitment"),
            Column("by", lambda row: row.commitment.deadline),
            Column("", lambda row: row.commitment, (_("by"),), _by),
            Column("", lambda row: row.commitment, (_("kind"),), _kind),
            Column("announced", lambda row: row.commitment.announced.text),
            Column("precision", lambda row: row.commitment.announced.precision),
            Column("", lambda row: row.commitment.announced, (_("announced"),), _announced),
            *attributes("voiced_by", "standing", "superseded_by", "supersedes", "repeats", of="commitment"),
            *attributes("refused", "grade", of="commitment"),
            Column("status", lambda row: row.status, (_("status"),)),
            *attributes("outcome", "points", "without_figure"),
            Column("", lambda row: row, (_("outcome"),), _outcome_with_points),
            Column("latest_percent", lambda row: row.latest, (_("latest"), _("% GDP")), Figure()),
            *attributes("source", "note", of="commitment"),
            Column("url", lambda row: row.commitment.source.url),
            Column("second_urls", lambda row: tuple(source.url for source in row.commitment.second_sources)),
            Column("commitment", lambda row: to_data(row.commitment), in_csv=False),
        )

    def _ordered(self, _: Translate) -> Iterable[CommitmentRow]:
        return sorted(self.rows, key=lambda row: by_name(row.commitment.party, locale=_.locale))

    def _facts(self) -> dict[str, Any]:
        return {"edition": self.table.edition.key, "on": self.on and self.on.isoformat()}

    def _notes(self, _: Translate) -> Iterator[str]:
        if not self.rows:
            yield _("None on record. This does not mean that nothing was promised.")
        yield _("A collection of statements, not a register; each names its source in --format json or csv.")
        yield _("core: NATO's definition of defence expenditure; total: core and related spending together.")
        yield _("kept, missed: by the published share of the years in which it is due; a range at its easier end.")
        yield from definition_notes(self.table.edition.counted_by, _)
        if any(row.commitment.counts_otherwise for row in self.rows):
            yield _(
                "national, GNI: in a national definition or of gross national income, so not tested against NATO's "
                "figure."
            )
        if without := {country for row in self.rows for country in row.without_figure}:
            who = names_of(without, locale=_.locale)
            yield _("Without a figure in this edition: {who}; missing is not zero.").format(who=who)


def commitment_list(
    party: EntityLike | None = None,
    *,
    commitments: Commitments | None = None,
    table: ExpenditureTable | None = None,
    on: dt.date | None = None,
    everything: bool = False,
) -> CommitmentList:
    """Return commitments with their outcomes: those in force on a day, or all commitments on record.

    The defaults are the packaged commitments, the newest edition, and the day on which the record was closed. A promise
    in a national definition is not tested: see `promise_tests`.

    >>> page = commitment_list("Netherlands", table=defence_expenditure("2026-07"))
    >>> [(str(row.commitment.share), str(row.status), str(row.outcome)) for row in page.rows]
    [('2.80 %', 'in force', 'not yet due'), ('3.50 %', 'in force', 'not yet due'), ('2.00 %', 'in force', 'kept')]
    """
    record = packaged_commitments() if commitments is None else commitments
    data = defence_expenditure() if table is None else table
    expect_record(record)
    expect_table(data)
    day = record.collected if on is None else on
    chosen = record if party is None else record.of(find_entity(party))
    if not everything:
        chosen = chosen.in_force(day)
    ordered = sorted(
        chosen, key=lambda item: (item.party.name, item.deadline.latest if item.deadline else 9999, item.key)
    )
    return CommitmentList(
        table=data,
        on=None if everything else day,
        rows=tuple(_row(data, item, _status(record, item, everything=everything)) for item in ordered),
    )


def _row(table: ExpenditureTable, item: Commitment, status: Said) -> CommitmentRow:
    try:
        latest = table.share_of_gdp(item.party, table.latest_year).value.published()
    except NoObservationError:
        latest = None
    outcome, points, without = _outcome(table, item)
    return CommitmentRow(
        commitment=item, status=status, outcome=outcome, points=points, latest=latest, without_figure=without
    )


def _status(record: Commitments, item: Commitment, *, everything: bool) -> Said:
    """Return the status of a commitment, such as in force or superseded, and the commitment that it repeats."""
    if everything or item.standing is Standing.CONTESTED:
        successor = next(iter(record.successors(item)), None)
        standing = Said(N_("superseded by {key}"), {"key": successor.key}) if successor else Said(item.standing.value)
    else:
        standing = Said(Standing.IN_FORCE.value)
    repeats = N_("{standing}, repeats {key}")
    return Said(repeats, {"standing": standing, "key": item.repeats}) if item.repeats else standing


def _outcome(table: ExpenditureTable, item: Commitment) -> tuple[Said, PercentagePoints | None, tuple[Country, ...]]:
    """Return the outcome of a commitment by the figures; for a group, how many members keep the commitment."""
    tests = promise_tests([table], [item], mixed_definitions_ok=True)  # the page says so itself
    tested = [test for test in tests if test.outcome in (Outcome.KEPT, Outcome.MISSED)]
    if not tested:
        return Said(next((test.outcome.value for test in tests), Outcome.NOT_TESTABLE.value)), None, ()
    if not isinstance(item.party, Country):
        return _kept_by(tests, tested, table)
    missed = sum(test.outcome is Outcome.MISSED for test in tested)
    if len(tested) > 1 and missed:
        counts = {"missed": str(missed), "all": str(len(tested))}
        return Said(N_("missed in {missed} of {all} years"), counts), None, ()  # each year has its own points
    return Said(tested[-1].outcome.value), tested[-1].points, ()


def _kept_by(
    tests: Iterable[PromiseTest], tested: Sequence[PromiseTest], table: ExpenditureTable
) -> tuple[Said, None, tuple[Country, ...]]:
    """Return how many members keep a commitment in the last year with figures, and the members without a figure."""
    last = [test for test in tested if test.year == tested[-1].year]
    lacking = (test.country for test in tests if test.year == tested[-1].year and test.actual is None)
    without = tuple(country for country in lacking if country in table.countries)  # Iceland has no row at all
    kept = sum(test.outcome is Outcome.KEPT for test in last)
    counts = {"kept": str(kept), "all": str(len(last)), "without": str(len(without))}
    said = N_("kept by {kept} of {all}, {without} without a figure") if without else N_("kept by {kept} of {all}")
    return Said(said, counts), None, without


def _promise(item: Commitment, _: Translate) -> str:
    what = _("refuses") if item.refused else _(item.modality.value)
    of_gni, average = _(" of GNI") if item.of_gni else "", _(" on average") if item.is_average else ""
    definition = _(", national") if item.definition is Definition.NATIONAL else ""
    parts = (what, f"{_range(item.share, _)}{of_gni}{average}", _(item.component.value))
    return " ".join(parts) + definition


def _range(share: ShareRange, _: Translate) -> str:
    if _.is_english:
        return str(share)
    return " - ".join(dict.fromkeys(format_share(end, 2, locale=_.locale) for end in (share.low, share.high)))


def _by(item: Commitment, _: Translate) -> str:
    return str(item.deadline or (_("from {year}").format(year=item.start) if item.start else ""))


def _kind(item: Commitment, _: Translate) -> str:
    kind = _(item.kind.value)
    if item.voiced_by is None:
        return kind
    return kind + _(", says {who}").format(who=country_name(item.voiced_by, locale=_.locale))


def _announced(when: Announced, _: Translate) -> str:
    precision = str(when.precision)
    return str(when).replace(precision, _(precision)) if when.text else _(str(when))


def _outcome_with_points(row: CommitmentRow, _: Translate) -> str:
    points = f" {format_points(row.points, locale=_.locale)}" if row.points else ""
    return f"{words(row.outcome, _)}{points}"
