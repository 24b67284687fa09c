"""How publishers' definitions of defence expenditure differ from NATO's, with sources but without amounts."""

from __future__ import annotations

import tomllib
from pathlib import Path

import attrs

from natoburden._once import once
from natoburden.model._checks import member
from natoburden.model.expenditure import CountedBy
from natoburden.model.sources import Source

__all__ = ["Reason", "reasons"]


@attrs.frozen(kw_only=True)
class Reason:
    """One way in which a definition differs from NATO's: its subject, what is counted, and the source."""

    definition: CountedBy
    subject: str
    text: str
    source: Source

    def __str__(self) -> str:
        return f"{self.subject}: {self.text}"


def reasons(definition: CountedBy | str) -> tuple[Reason, ...]:
    """Return the known ways in which a definition differs from NATO's; an empty tuple for NATO's own definition.

    Each difference is described without an amount, since no publisher prints such amounts.

    >>> for reason in reasons("Eurostat"):
    ...     print(reason.subject)
    pensions
    hospitals and schools
    equipment
    civil defence
    """
    wanted = member(CountedBy, definition)
    return tuple(item for item in _all() if item.definition is wanted)


@once
def _all() -> tuple[Reason, ...]:
    data = tomllib.loads(Path(__file__).with_name("counted_otherwise.toml").read_text(encoding="utf-8"))
    return tuple(
        Reason(
            definition=member(CountedBy, item["definition"]),
            subject=item["subject"],
            text=item["text"],
            source=Source(**item["source"]),
        )
        for item in data["reason"]
    )
