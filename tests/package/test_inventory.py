"""What the documentation knows of Python's own: an inventory that is kept here, so that a build fetches nothing."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "inv"

sphobjinv = pytest.importorskip("sphobjinv")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_inventory", FOLDER / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_inventory_has_the_names_of_its_script_and_no_other(script: ModuleType) -> None:
    kept = sphobjinv.Inventory(str(FOLDER / "python.inv"))
    assert sorted(item.name for item in kept.objects) == sorted(script.NAMES)
    assert {item.uri_expanded.partition("#")[2] for item in kept.objects} == set(script.NAMES)


def test_taking_the_names_once_more_changes_nothing(script: ModuleType) -> None:
    kept = sphobjinv.Inventory(str(FOLDER / "python.inv"))
    assert script.chosen(kept).data_file() == kept.data_file()


def test_a_name_that_the_whole_inventory_lacks_is_told(script: ModuleType) -> None:
    with pytest.raises(SystemExit, match=r"not in this inventory: .*decimal\.Decimal"):
        script.chosen(sphobjinv.Inventory())
