"""The reference documents every public name of the model, at the path under which it is imported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import natoburden as nb

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
DOCUMENTED = {
    name
    for page in REFERENCE.glob("*.md")
    for name in re.findall(r"^\.\. (?:auto|py:)\w+:: (natoburden\.[\w.]+)", page.read_text(encoding="utf-8"), re.M)
}


@pytest.mark.parametrize("name", dir(nb.model))
def test_a_name_of_the_model_is_in_the_reference(name: str) -> None:
    home = "natoburden" if name in dir(nb) else "natoburden.model"
    assert f"{home}.{name}" in DOCUMENTED
