"""The list of commitments, each with what has become of it, beside the latest figure."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from natoburden.calculators._arguments import expect_record, expect_table
from natoburden.calculators.promises import Outcome, PromiseTest, promise_tests
from natoburden.datasets import commitments as packaged_commitments
from natoburden.datasets import defence_expenditure
from natoburden.errors import NoObservationError
from natoburden.model.commitment_record import Commitments
from natoburden.model.countries import Country
from natoburden.model.dates import Announced
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import EntityLike, find_entity
from natoburden.model.shares import PercentagePoints, Share
from natoburden.model.spending_commitments import Commitment, Definition, ShareRange, Standing
from natoburden.presentation.formatting import (
    MISSING,
    by_name,
    country_name,
    format_number,
    format_points,
    format_share,
)
from natoburden.presentation.messages import N_, Said, Translate, translation
from natoburden.presentation.tables import Column, Page, TextTable, as_csv
from natoburden.serialization import to_data

__all__ = ["CommitmentLine", "CommitmentList", "commitment_list"]


@attrs.frozen(kw_only=True)
class CommitmentLine:
    """One commitment, its standing, what has become of it by the table's figures, and the party's latest share.

    Status and outcome are English as `str` writes them. `status` tells whether it stood on the day asked about, or what
    has become of it since, naming what overtook it and what it repeats. `without_figure` are the members of a group
    that the outcome says nothing of, since the edition has no figure of them.
    """

    commitment: Commitment
    status: Said
    outcome: Said
    points: PercentagePoints | None
    latest: Share | None
    without_figure: tuple[Country, ...] = ()


@attrs.frozen(kw_only=True, repr=False)
class CommitmentList(Page):
    """Commitments of one party or of all, as they stood on a day or all that are recorded."""

    table: ExpenditureTable
    on: dt.date | None
    lines: tuple[CommitmentLine, ...]

    def to_table(self, *, locale: str = "en") -> TextTable:
        """Lay the list out for reading, parties by their names in the locale."""
        _ = translation(locale)
        lines = sorted(self.lines, key=lambda line: by_name(line.commitment.party, locale=locale))
        headings = (_("Party"), _("promise"), _("by"), _("kind"), _("announced"), _("status"), _("outcome"))
        keyed = () if self.on else (Column(_("key"), is_figure=False),)
        when = _("in force on {day}").format(day=self.on) if self.on else _("all that are recorded")
        title = _("Commitments, {when} (latest shares of {year}, edition {edition})")
        return TextTable(
            title=title.format(when=when, year=self.table.latest_year, edition=self.table.edition),
            columns=(*keyed, *(Column(name, is_figure=False) for name in headings), Column(_("latest"), _("% GDP"))),
            rows=tuple((*(line.commitment.key for _key in keyed), *_cells(line, locale)) for line in lines),
            notes=(*self._remarks(_, locale), " ".join((_("Source:"), str(self.table.edition.source)))),
        )

    def _remarks(self, _: Translate, locale: str) -> Iterator[str]:
        if not self.lines:
            yield _("None on record. That nothing was promised does not follow.")
        yield _("A collection of statements, not a register; each names its source in --format json or csv.")
        yield _("core: NATO's definition of defence expenditure; total: core and related spending together.")
        yield _("kept, missed: by the published share of the years in which it is due; a range at its easier end.")
        if any(line.commitment.counts_otherwise for line in self.lines):
            yield _(
                "national, GNI: in a national definition, of gross national income; not tested against NATO's figure."
            )
        if without := {country for line in self.lines for country in line.without_figure}:
            who = ", ".join(country_name(country, locale=locale) for country in sorted(without))
            yield _("Without a figure in this edition: {who}; missing is not zero.").format(who=who)

    def to_csv(self) -> str:
        """Write one line per commitment, with its source."""
        header = (
            "key,party,low_percent,high_percent,component,whole,is_average,modality,kind,definition,start,by,announced,"
            "precision,voiced_by,standing,superseded_by,supersedes,repeats,refused,grade,status,outcome,points,"
            "without_figure,latest_percent,source,url,second_urls,note"
        )
        return as_csv(header.split(","), map(_csv_line, self.lines))

    def to_json(self) -> str:
        """Write the commitments as documents that can be read back, each with its outcome."""
        data = {
            "edition": self.table.edition.key,
            "on": self.on and self.on.isoformat(),
            "commitments": [_json_line(line) for line in self.lines],
        }
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def commitment_list(
    party: EntityLike | None = None,
    *,
    commitments: Commitments | None = None,
    table: ExpenditureTable | None = None,
    on: dt.date | None = None,
    everything: bool = False,
) -> CommitmentList:
    """List commitments with their outcome: those in force on a day, or everything that is recorded.

    The packaged commitments and the newest edition unless others are given; the day on which the record was closed
    unless another is given. A promise in a national definition is not tested: see `promise_tests`.

    >>> page = commitment_list("Netherlands", table=defence_expenditure("2026-07"))
    >>> [(str(line.commitment.share), str(line.status), str(line.outcome)) for line in page.lines]
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
        lines=tuple(_line(data, item, _status(record, item, everything=everything)) for item in ordered),
    )


def _line(table: ExpenditureTable, item: Commitment, status: Said) -> CommitmentLine:
    try:
        latest = table.share_of_gdp(item.party, table.latest_year).value.published()
    except NoObservationError:
        latest = None
    outcome, points, without = _outcome(table, item)
    return CommitmentLine(
        commitment=item, status=status, outcome=outcome, points=points, latest=latest, without_figure=without
    )


def _status(record: Commitments, item: Commitment, *, everything: bool) -> Said:
    """Say what has become of a commitment, in words that name the others concerned; on a day, whether it stood."""
    if everything or item.standing is Standing.CONTESTED:
        successor = next(iter(record.successors(item)), None)
        standing = Said(N_("superseded by {key}"), {"key": successor.key}) if successor else Said(item.standing.value)
    else:
        standing = Said(Standing.IN_FORCE.value)
    return (
        Said(N_("{standing}, repeats {key}"), {"standing": standing, "key": item.repeats}) if item.repeats else standing
    )


def _outcome(table: ExpenditureTable, item: Commitment) -> tuple[Said, PercentagePoints | None, tuple[Country, ...]]:
    """Say in words what the figures make of a commitment; for a group, how many keep it and who has no figure."""
    tests = promise_tests([table], [item])
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
    """Count the members that keep a commitment in the last year with figures, and name those without one."""
    last = [test for test in tested if test.year == tested[-1].year]
    lacking = (test.country for test in tests if test.year == tested[-1].year and test.actual is None)
    without = tuple(country for country in lacking if country in table.countries)  # Iceland has no row at all
    kept = sum(test.outcome is Outcome.KEPT for test in last)
    counts = {"kept": str(kept), "all": str(len(last)), "without": str(len(without))}
    said = N_("kept by {kept} of {all}, {without} without a figure") if without else N_("kept by {kept} of {all}")
    return Said(said, counts), None, without


def _cells(line: CommitmentLine, locale: str) -> tuple[str, ...]:
    _ = translation(locale)
    item = line.commitment
    words = _("refuses") if item.refused else _(item.modality.value)
    component, kind = _(item.component.value), _(item.kind.value)
    marks = [_(" of GNI") if item.of_gni else "", _(" on average") if item.is_average else ""]
    definition = _(", national") if item.definition is Definition.NATIONAL else ""
    said_by = (
        "" if item.voiced_by is None else _(", says {who}").format(who=country_name(item.voiced_by, locale=locale))
    )
    start = _("from {year}").format(year=item.start) if item.start else ""
    points = f" {format_points(line.points, locale=locale)}" if line.points else ""
    return (
        country_name(item.party, locale=locale),
        f"{words} {_range(item.share, locale)}{''.join(marks)} {component}{definition}",
        str(item.deadline or start),
        f"{kind}{said_by}",
        _announced(item.announced, _),
        line.status.in_language(_),
        f"{line.outcome.in_language(_)}{points}",
        format_number(line.latest.as_percent, 2, locale=locale) if line.latest else MISSING,
    )


def _announced(when: Announced, _: Translate) -> str:
    precision = str(when.precision)
    return str(when).replace(precision, _(precision)) if when.text else _(str(when))


def _range(share: ShareRange, locale: str) -> str:
    if translation(locale) is str:
        return str(share)
    low = format_share(share.low, 2, locale=locale)
    return low if share.low == share.high else f"{low} - {format_share(share.high, 2, locale=locale)}"


def _csv_line(line: CommitmentLine) -> list[object]:
    item = line.commitment
    return [
        item.key,
        item.party.key,
        item.share.low.as_percent,
        item.share.high.as_percent,
        item.component.value,
        item.whole,
        "yes" if item.is_average else "",
        item.modality,
        item.kind,
        item.definition,
        item.start,
        item.deadline,
        item.announced.text,
        item.announced.precision,
        item.voiced_by and item.voiced_by.key,
        item.standing,
        item.superseded_by,
        " ".join(item.supersedes),
        item.repeats,
        "yes" if item.refused else "",
        item.grade,
        line.status,
        line.outcome,
        line.points and line.points.value,
        " ".join(country.key for country in line.without_figure),
        line.latest and line.latest.as_percent,
        item.source,
        item.source.url,
        " ".join(source.url for source in item.second_sources),
        item.note,
    ]


def _json_line(line: CommitmentLine) -> dict[str, Any]:
    return {
        "commitment": to_data(line.commitment),
        "status": str(line.status),
        "outcome": str(line.outcome),
        "points": to_data(line.points),
        "without_figure": [country.key for country in line.without_figure],
        "latest": to_data(line.latest),
    }
