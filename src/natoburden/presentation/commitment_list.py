"""The list of commitments, each with what has become of it, beside the latest figure."""

from __future__ import annotations

import datetime as dt
import json
from typing import IO, Any

import attrs

from natoburden.calculators.promises import Outcome, promise_tests
from natoburden.datasets import commitments as packaged_commitments
from natoburden.datasets import defence_expenditure
from natoburden.errors import NoObservationError
from natoburden.model.commitment_record import Commitments
from natoburden.model.commitments import Commitment, Standing
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import EntityLike, find_entity
from natoburden.model.shares import PercentagePoints, Share
from natoburden.presentation.tables import Column, Format, TextTable, as_csv, write_in
from natoburden.serialization import to_data

__all__ = ["CommitmentLine", "CommitmentList", "commitment_list"]


@attrs.frozen(kw_only=True)
class CommitmentLine:
    """One commitment, what has become of it by the table's figures, and the party's latest share."""

    commitment: Commitment
    outcome: str
    points: PercentagePoints | None
    latest: Share | None


@attrs.frozen(kw_only=True)
class CommitmentList:
    """Commitments of one party or of all, as they stood on a day or all that are recorded."""

    table: ExpenditureTable
    on: dt.date | None
    lines: tuple[CommitmentLine, ...]

    def to_table(self) -> TextTable:
        """Lay the list out for reading."""
        headings = ("Party", "promise", "by", "kind", "announced", "outcome")
        when = f"in force on {self.on}" if self.on else "all that are recorded"
        return TextTable(
            title=f"Commitments, {when} (latest shares of {self.table.latest_year}, edition {self.table.edition})",
            columns=(*(Column(name, is_figure=False) for name in headings), Column("latest", "% GDP")),
            rows=tuple(_cells(line) for line in self.lines),
            notes=(
                "A collection of statements, not a register; each names its source in --format json or csv.",
                "core: NATO's definition of defence expenditure; total: core and related spending together.",
                "kept, missed: by the published share of the deadline's year; a range at its easier end.",
                f"Source: {self.table.edition.source}",
            ),
        )

    def to_csv(self) -> str:
        """Write one line per commitment, with its source."""
        header = (
            "key,party,low_percent,high_percent,component,modality,kind,definition,start,by,announced,precision,standing,"
            "superseded_by,refused,grade,outcome,points,latest_percent,source,url,note"
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

    def write(self, file: IO[str], form: Format = "table") -> None:
        """Write the list to an open text file in one of its formats."""
        write_in(form, file, table=self.to_table, csv=self.to_csv, json=self.to_json)


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

    >>> page = commitment_list("Netherlands")
    >>> [(str(line.commitment.share), line.outcome) for line in page.lines]
    [('2.80 %', 'not yet due'), ('3.50 %', 'not yet due'), ('2.00 %', 'kept')]
    """
    record = packaged_commitments() if commitments is None else commitments
    data = defence_expenditure() if table is None else table
    day = record.collected if on is None else on
    chosen = record if party is None else record.of(find_entity(party))
    if not everything:
        chosen = chosen.in_force(day)
    ordered = sorted(
        chosen, key=lambda item: (item.party.name, item.deadline.latest if item.deadline else 9999, item.key)
    )
    return CommitmentList(
        table=data, on=None if everything else day, lines=tuple(_line(data, item) for item in ordered)
    )


def _line(table: ExpenditureTable, item: Commitment) -> CommitmentLine:
    try:
        latest = table.share_of_gdp(item.party, table.latest_year).value.published()
    except NoObservationError:
        latest = None
    outcome, points = _outcome(table, item)
    return CommitmentLine(commitment=item, outcome=outcome, points=points, latest=latest)


def _outcome(table: ExpenditureTable, item: Commitment) -> tuple[str, PercentagePoints | None]:
    """Say in a word what has become of a commitment; for a group, how many of its members keep it."""
    if item.standing in (Standing.WITHDRAWN, Standing.PROPOSAL, Standing.SUPERSEDED):
        return item.standing.value, None
    outcome, points = _tested(table, item)
    return (f"{outcome}, contested" if item.standing is Standing.CONTESTED else outcome), points


def _tested(table: ExpenditureTable, item: Commitment) -> tuple[str, PercentagePoints | None]:
    tests = promise_tests([table], [item])
    latest_year = max((test.year or 0 for test in tests), default=0)
    latest = [test for test in tests if (test.year or 0) == latest_year]
    if isinstance(item.party, Country):
        return latest[0].outcome.value, latest[0].points
    tested = [test for test in latest if test.outcome in (Outcome.KEPT, Outcome.MISSED)]
    if not tested:
        return latest[0].outcome.value if latest else Outcome.NOT_TESTABLE.value, None
    return f"kept by {sum(test.outcome is Outcome.KEPT for test in tested)} of {len(tested)}", None


def _cells(line: CommitmentLine) -> tuple[str, ...]:
    item = line.commitment
    words = "refuses" if item.refused else item.modality.value
    points = f" {line.points}" if line.points else ""
    return (
        item.party.name,
        f"{words} {item.share} {item.component.value}",
        str(item.deadline or (f"from {item.start}" if item.start else "")),
        item.kind.value,
        str(item.announced),
        f"{line.outcome}{points}",
        str(line.latest).removesuffix(" %") if line.latest else "..",
    )


def _csv_line(line: CommitmentLine) -> list[object]:
    item = line.commitment
    return [
        item.key,
        item.party.key,
        item.share.low.as_percent,
        item.share.high.as_percent,
        item.component.value,
        item.modality,
        item.kind,
        item.definition,
        item.start,
        item.deadline,
        item.announced.text,
        item.announced.precision,
        item.standing,
        item.superseded_by,
        "yes" if item.refused else "",
        item.grade,
        line.outcome,
        line.points and line.points.value,
        line.latest and line.latest.as_percent,
        item.source,
        item.source.url,
        item.note,
    ]


def _json_line(line: CommitmentLine) -> dict[str, Any]:
    return {
        "commitment": to_data(line.commitment),
        "outcome": line.outcome,
        "points": to_data(line.points),
        "latest": to_data(line.latest),
    }
