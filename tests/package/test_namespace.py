"""The public namespace: lazy, complete, the same for people and for checkers."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import natoburden as nb

SLOW = {"attrs", "attr", "cattrs", "pint", "babel", "narwhals", "rich", "numpy", "decimal", "csv"}


def modules_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    return set(shown.split())


def test_importing_the_package_loads_nothing_else() -> None:
    assert not modules_after("import natoburden") & SLOW


def test_a_country_code_or_an_amount_loads_attrs_and_no_other_library() -> None:
    loaded = modules_after("import natoburden as nb; nb.Country.find('DEU'); nb.Money('1', 'USD')")
    assert loaded & SLOW == {"attrs", "attr", "decimal", "csv"}


def test_a_gap_needs_neither_babel_nor_pint() -> None:
    loaded = modules_after(
        "import natoburden as nb; nb.targets.gap(nb.datasets.defence_expenditure(), 'DEU', 2025, nb.HAGUE_CORE)"
    )
    assert not loaded & {"babel", "pint", "narwhals", "rich", "numpy"}


def test_every_public_name_can_be_had() -> None:
    for name in nb.__all__:
        assert getattr(nb, name) is not None
    assert set(nb.__all__) <= set(dir(nb))
    assert nb.__all__ == sorted(nb.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name))


def test_checkers_see_the_same_names_as_the_lazy_namespace() -> None:
    tree = ast.parse(Path(nb.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If) and isinstance(node.test, ast.Name))
    imported = {alias.asname for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert imported | {"__version__"} == set(nb.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Share_of_GDP"):
        _ = nb.Share_of_GDP  # type: ignore[attr-defined] # refused on purpose
