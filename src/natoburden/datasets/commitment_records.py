"""Who promised what: the alliance's declarations, the United States' demand, and national commitments."""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from natoburden.datasets._documents import Document, Manifest
from natoburden.datasets._files import DATA, read_checked
from natoburden.datasets.targets import HAGUE_TOTAL, US_DEMAND, spending_targets
from natoburden.model.commitment_record import Commitments
from natoburden.model.countries import Country
from natoburden.model.dates import Announced, Deadline, Precision
from natoburden.model.memberships import Group
from natoburden.model.spending_commitments import (
    Commitment,
    CommitmentKind,
    Definition,
    Grade,
    ShareRange,
    Target,
)
from natoburden.serialization import from_data, read_document

__all__ = ["commitments", "load_commitments"]


@attrs.frozen(kw_only=True)
class _Document(Document):
    """A document of commitments, as a user writes it."""

    commitments: tuple[Commitment, ...]


def commitments() -> Commitments:
    """Load all commitments that ship: the alliance's, the demand of February 2025, and the national ones.

    A collection of statements with their sources, not a register: what is not in it may still have been promised,
    and `Grade` says how well each row is sourced.

    >>> import datetime as dt
    >>> record = commitments()
    >>> print(record["hague-core"])
    NATO Total, floor: 3.50 % of GDP, core by 2035 (alliance declaration, 2025-06-25)
    >>> for item in record.of("Spain").in_force(dt.date(2026, 7, 1)):
    ...     print(item)
    Spain, ceiling: 2.10 % of GDP, core (opt-out, 2025-06-22)
    Spain, refuses 5.00 % of GDP, total by 2035 (opt-out, 2025-06-19)
    Spain, aim: 5.00 % of GDP, total by 2035 (statement, 2025-06-25)
    """
    return _packaged()


def load_commitments(path: Path | str, *, into: Commitments | None = None) -> Commitments:
    """Load commitments of your own from a TOML or JSON document; validated whole, all faults reported at once.

    They join the record given, the packaged one unless told otherwise, and may name its commitments in
    ``supersedes``, ``superseded_by`` and ``repeats``. Raises `DocumentError`, and `OSError` where there is no file to
    read.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "mine.toml"
    >>> _ = file.write_text('''
    ... [[commitments]]
    ... key = "invented"
    ... party = "Belgium"
    ... share = "2.3 %"
    ... component = "core"
    ... kind = "plan"
    ... modality = "aim"
    ... deadline = "2029"
    ... source = { title = "An example", publisher = "natoburden" }
    ... ''')
    >>> print(load_commitments(file)["invented"])
    Belgium, aim: 2.30 % of GDP, core by 2029 (plan, undated)
    """
    document = read_document(Path(path), _Document)
    return (commitments() if into is None else into).extended(document.commitments)


@functools.cache
def _packaged() -> Commitments:
    manifest = read_document(DATA / "commitments.toml", Manifest)
    rows = csv.DictReader(io.StringIO(read_checked(DATA / manifest.file, manifest.sha256)))
    national = from_data([_as_document(row) for row in rows], tuple[Commitment, ...], manifest.file)
    return Commitments(items=(*_alliance(), *national), collected=manifest.collected)


def _alliance() -> Iterator[Commitment]:
    """Turn the targets into commitments of the group that is to keep them."""
    for target in spending_targets().values():
        demand = target is US_DEMAND
        yield Commitment(
            key=target.key,
            party=Group.find("NATO_EUR_CAN" if demand else "NATO"),
            share=ShareRange.at(target.share),
            component=target.component,
            kind=CommitmentKind.DEMAND if demand else CommitmentKind.DECLARATION,
            modality=target.modality,
            definition=_definition(target),
            start=target.adopted.year if target.deadline is None else None,
            deadline=Deadline.parse(str(target.deadline)) if target.deadline else None,
            announced=Announced.parse(target.adopted.isoformat(), Precision.ARTICLE if demand else Precision.DAY),
            voiced_by=Country("USA") if demand else None,
            grade=Grade.PRESS,
            source=target.source,
            note=target.note,
        )


def _definition(target: Target) -> Definition:
    return Definition.UNSTATED if target in (US_DEMAND, HAGUE_TOTAL) else Definition.NATO


def _as_document(row: Mapping[str, str]) -> dict[str, Any]:
    """Turn a row of the packaged file into what a user would write in a document."""
    marks = {"of_gni", "is_average", "refused"}
    nested = {*marks, "announced", "precision", "url", "second_urls", "start"}
    title = f"Report on {row['voiced_by'] or row['party']}, {row['announced'] or 'undated'}"
    return {
        **{name: text for name, text in row.items() if text and name not in nested},
        **{name: bool(row[name]) for name in marks},
        **({"start": int(row["start"])} if row["start"] else {}),
        "announced": {"date": row["announced"], "precision": row["precision"]},
        "source": {"title": title, "url": row["url"]},
        "second_sources": [{"title": title, "url": url} for url in row["second_urls"].split()],
    }
