"""Fixtures shared by the rooms' tests."""

from __future__ import annotations

import os
import signal
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import natoburden as nb
from tests import heard

# The same examples in every run of the gate, new ones at every desk, few where the gate runs all tests once more;
# a slow machine is not a failure.
settings.register_profile("desk", deadline=None)
settings.register_profile("gate", deadline=None, derandomize=True)
settings.register_profile("brief", deadline=None, derandomize=True, max_examples=10)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("gate" if os.environ.get("CI") else "desk"))

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell has it for what runs in its background
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def table() -> nb.ExpenditureTable:
    """NATO's edition of July 2026, which the reference values are taken from."""
    return nb.datasets.defence_expenditure("2026-07")


@pytest.fixture(scope="session")
def editions() -> tuple[nb.ExpenditureTable, ...]:
    """The editions that cover 2024, oldest first: pinned, so that another that ships breaks nothing."""
    return nb.datasets.defence_expenditure_editions("2024-06", "2025-08", "2026-07")


@pytest.fixture(scope="session")
def reference() -> dict[str, list[dict[str, Any]]]:
    """Reference values, by calculator."""
    return tomllib.loads((Path(__file__).parent / "data/reference_values.toml").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def refusals_heard(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Compare whatever the library says where a test of some rooms expects it to refuse."""
    room = request.path.relative_to(heard.TESTS).parts[0] if request.path.is_relative_to(heard.TESTS) else ""
    if room not in heard.ROOMS or not heard.are_compared() or hasattr(getattr(request.node, "obj", None), "hypothesis"):
        yield
        return
    found = heard.Heard()
    monkeypatch.setattr(pytest, "raises", found.raises)
    yield
    if found.messages:
        reference, test, text = (
            heard.reference_of(room),
            heard.called(request.node.nodeid),
            heard.as_text(found.messages, request.node.funcargs.get("tmp_path")),
        )
        if heard.is_renewed():
            heard.write(reference, heard.read(reference) | {test: text})
        else:
            assert text == refusals(reference).get(test), f"draw {reference.name} anew: see tests/heard.py"


@cache
def refusals(reference: Path) -> dict[str, str]:
    """Return what the tests of a room hear, read once."""
    return heard.read(reference)
