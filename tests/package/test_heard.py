"""What tests hear of refusals: that it is kept whole, and that no reference outlives its test."""

from __future__ import annotations

from pathlib import Path

import pytest

import natoburden as nb
from natoburden.errors import UnknownNameError
from tests import heard


def test_the_whole_message_of_an_expected_error_is_kept() -> None:
    found = heard.Heard()
    with found.raises(UnknownNameError, match="unknown group") as caught:
        nb.Group.find("Nowhere")
    assert found.messages == [f"UnknownNameError: {caught.value}"]
    with found.raises(ZeroDivisionError):
        _ = 1 // 0
    assert len(found.messages) == 1


def test_an_error_that_is_not_expected_is_raised() -> None:
    found = heard.Heard()
    with pytest.raises(UnknownNameError), found.raises(ZeroDivisionError):
        nb.Group.find("Nowhere")
    assert found.messages == []


def test_references_are_read_as_they_are_written(tmp_path: Path) -> None:
    entries = {
        "tests/b.py::test_b": heard.as_text(["One: of\n\ntwo lines", "Two: more"]),
        "tests/a.py::test_a": "  X: y",
    }
    heard.write(tmp_path / "refusals.txt", entries)
    assert heard.read(tmp_path / "refusals.txt") == entries


@pytest.mark.parametrize("room", heard.ROOMS)
def test_each_reference_is_of_a_test_that_there_is(room: str) -> None:
    root = heard.TESTS.parent
    texts: dict[str, str] = {}
    for test in heard.read(heard.reference_of(room)):
        file, _, name = test.partition("::")
        text = texts.setdefault(file, (root / file).read_text(encoding="utf-8") if (root / file).exists() else "")
        assert f"def {name.partition('[')[0]}(" in text, f"{test} is gone: delete its entry"
