"""What the library says in full wherever a test expects it to refuse: compared with a reference for each room.

`pytest.raises` with a pattern looks at a part of a message. These references hold the rest, so that a word of a refusal
changes only where somebody means it. Draw them anew with NATOBURDEN_RENEW=1, and read what changed in them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from natoburden.errors import NatoBurdenError

ROOMS = ("model", "calculators", "readers", "frames")
LONGEST = 200
TESTS = Path(__file__).parent
# Kept before the first test puts another in its place.
RAISES = pytest.raises


class Heard:
    """The messages of the errors that one test expects, in order."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def raises(self, *given: Any, **options: Any) -> Any:
        """Return what `pytest.raises` returns, and keep what the library says."""
        found: Any = RAISES(*given, **options)
        return _Listening(found, self.messages) if hasattr(found, "__exit__") else found


class _Listening(AbstractContextManager[Any]):
    def __init__(self, inner: Any, messages: list[str]) -> None:
        self.inner, self.messages = inner, messages

    def __enter__(self) -> Any:
        self.caught = self.inner.__enter__()
        return self.caught

    def __exit__(self, *error: Any) -> Any:
        is_expected = self.inner.__exit__(*error)
        if is_expected and isinstance(self.caught.value, NatoBurdenError):
            self.messages.append(f"{type(self.caught.value).__name__}: {self.caught.value}")
        return is_expected


def reference_of(room: str) -> Path:
    """Return the file that holds what the tests of a room hear."""
    return TESTS / room / "references/refusals.txt"


def read(path: Path) -> dict[str, str]:
    """Return what each test hears, as one text."""
    entries = path.read_text(encoding="utf-8").split("\n\n") if path.exists() else []
    return dict(entry.strip("\n").partition("\n")[::2] for entry in entries if entry.strip())


def write(path: Path, entries: Mapping[str, str]) -> None:
    """Write what each test hears, by the name of the test."""
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(f"{test}\n{text}\n" for test, text in sorted(entries.items())), encoding="utf-8")


def as_text(messages: Iterable[str], folder: Path | None = None) -> str:
    """Return messages as lines, of which none is empty, in one order: some tests ask in that of a set.

    A test's own folder has another name in each run, and is called FOLDER.
    """
    if folder:
        messages = [message.replace(str(folder), "FOLDER").replace(folder.name, "FOLDER") for message in messages]
    texts = sorted(messages)
    return "\n".join(f"  {line}" for message in texts for line in message.split("\n"))


def called(nodeid: str) -> str:
    """Return what a test is called in a reference: its name, of which a very long one is cut and told by its hash."""
    if len(nodeid) <= LONGEST:
        return nodeid
    return f"{nodeid[:LONGEST]}... {hashlib.sha256(nodeid.encode()).hexdigest()[:12]}"


def are_compared() -> bool:
    """Return whether messages are compared: only with the pinned versions, since some show texts of other libraries."""
    return os.environ.get("NATOBURDEN_REFERENCES") != "no"


def is_renewed() -> bool:
    """Return whether the references are drawn anew."""
    return os.environ.get("NATOBURDEN_RENEW") == "1"
