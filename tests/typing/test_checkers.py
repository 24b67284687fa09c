"""The typing suite: mypy accepts what is right and names what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mypy import api

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
MISTAKES = HERE / "rejected/mistakes.py"


def test_mypy_infers_the_types_of_the_public_api() -> None:
    report, _, code = api.run(["--strict", "--no-error-summary", "--exclude", "", str(HERE / "accepted.py")])
    assert (report, code) == ("", 0)


def test_mypy_names_every_mistake_at_its_line() -> None:
    report, _, _ = api.run(["--strict", "--no-error-summary", "--exclude", "", str(MISTAKES)])
    errors = re.findall(r"mistakes\.py:(\d+): error: .*\[([a-z-]+)\]$", report, re.MULTILINE)
    lines = enumerate(MISTAKES.read_text(encoding="utf-8").splitlines(), start=1)
    wanted = {(n, code) for n, line in lines if "# E: " in line for code in line.partition("# E: ")[2].split(", ")}
    assert {(int(line), code) for line, code in errors} == wanted
