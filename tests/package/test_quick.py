"""What `make quick` chooses for the files that were changed."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

SCRIPT: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[2] / "scripts/quick.py"))


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        (["src/natoburden/readers/nato.py"], ["src/natoburden/readers/nato.py", "tests/readers"]),
        (["src/natoburden/datasets/data/contracts.toml"], ["tests/datasets"]),
        (["src/natoburden/presentation/locale/fr/LC_MESSAGES/natoburden.po"], ["tests/presentation"]),
        (["src/natoburden/model/vocabulary/territory_names.tsv"], ["tests/model"]),
        (["src/natoburden/units.py"], ["src/natoburden/units.py", "tests/package"]),
        (
            ["src/natoburden/serialization/__init__.py"],
            ["src/natoburden/serialization/__init__.py", "tests/model", "tests/package"],
        ),
        (["tests/readers/test_nato.py", "tests/readers/small_files.py"], ["tests/readers"]),
        (["tests/readers/test_nato.py"], ["tests/readers/test_nato.py"]),
        (["docs/index.md", "README.md"], ["README.md", "docs/index.md"]),
        (["pyproject.toml"], ["tests/model", "tests/package"]),
        (["CHANGELOG.md", "docs/favicon.svg", "src/natoburden/gone.py"], ["tests/package"]),
    ],
)
def test_a_changed_file_brings_the_tests_of_its_room(changed: list[str], tests: list[str]) -> None:
    assert SCRIPT["chosen"](changed) == tests
