"""Commitments: the alliance's declarations, the demand of the United States, and the promises of governments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from natoburden._once import once
from natoburden.datasets._documents import Document
from natoburden.datasets._files import editions
from natoburden.datasets.targets import target_entries
from natoburden.model.commitment_record import Commitments
from natoburden.model.spending_commitments import Commitment
from natoburden.serialization import from_data, read_document

__all__ = ["commitments", "load_commitments"]


@attrs.frozen(kw_only=True)
class _Document(Document):
    """A document of commitments, as a user writes it."""

    commitments: tuple[Commitment, ...]


def commitments() -> Commitments:
    """Return all packaged commitments: NATO's declarations, demands by allies, national promises and opt-outs.

    The commitments are a collection of statements with sources, not a register: other promises may exist. `Grade`
    states the quality of each row's sources.

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
    """Read commitments of your own from a TOML or JSON document; all its faults are reported at once.

    The commitments are added to a record, by default the packaged one. Your commitments may refer to commitments of the
    record in ``supersedes``, ``superseded_by`` and ``repeats``. Raises `DocumentError` for a faulty document, and
    `OSError` for a file that cannot be opened.

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


@once
def _packaged() -> Commitments:
    [file] = editions("commitments.toml").values()
    national = from_data(
        [_as_document(row, file.collected) for row in file.rows()], tuple[Commitment, ...], file.path.name
    )
    return Commitments(
        items=(*(entry.as_commitment() for entry in target_entries()), *national), collected=file.collected
    )


def _as_document(row: Mapping[str, str], accessed: dt.date) -> dict[str, Any]:
    """Return a row of the packaged file as a user would write it in a document."""
    marks = {"of_gni", "is_average", "refused"}
    nested = {*marks, "announced", "precision", "url", "second_urls", "start"}
    title = f"Report on {row['voiced_by'] or row['party']}, {row['announced'] or 'undated'}"
    return {
        **{name: text for name, text in row.items() if text and name not in nested},
        **{name: bool(row[name]) for name in marks},
        **({"start": int(row["start"])} if row["start"] else {}),
        "announced": {"date": row["announced"], "precision": row["precision"]},
        "source": {"title": title, "url": row["url"], "accessed": accessed.isoformat()},
        "second_sources": [
            {"title": title, "url": url, "accessed": accessed.isoformat()} for url in row["second_urls"].split()
        ],
    }
