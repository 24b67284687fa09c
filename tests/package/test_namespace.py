"""The public namespace: lazy, complete, the same for people and for checkers."""

from __future__ import annotations

import subprocess
import sys
import types
from collections.abc import Iterator
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
    assert not loaded & {"babel", "cattrs", "pint", "narwhals", "rich", "numpy"}


@pytest.mark.parametrize(
    ("code", "rooms"),
    [
        ("nb.datasets.defence_expenditure()", {"datasets.expenditure"}),
        ("nb.HAGUE_CORE", set()),
        ("nb.Country.find('Allemagne'), nb.Group.find('NATO')", set()),
    ],
)
def test_what_is_not_asked_for_is_not_loaded(code: str, rooms: set[str]) -> None:
    script = f"import sys\nimport natoburden as nb\n{code}\nprint(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    loaded = {name.removeprefix("natoburden.") for name in shown.split() if name.startswith("natoburden.")}
    above = {name for name in loaded if name.partition(".")[0] not in ("model", "cldr", "errors", "_lazy")}
    assert {name for name in above if "." in name and "._" not in name} == rooms
    assert "cattrs" not in shown.split()


def test_a_document_of_a_share_loads_what_belongs_to_shares() -> None:
    code = "from natoburden import Share; from natoburden.serialization import from_data, to_data; "
    script = f"import sys; {code} from_data(to_data(Share.percent(2)), Share); print(*sorted(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    loaded = {name.removeprefix("natoburden.model.") for name in shown.split() if name.startswith("natoburden.model.")}
    assert {name for name in loaded if not name.startswith("_")} == {"shares"}


def public_modules(module: types.ModuleType) -> Iterator[types.ModuleType]:
    """Yield a package and all modules that its public names lead to."""
    yield module
    for name in module.__all__:
        inner = getattr(module, name)
        if isinstance(inner, types.ModuleType) and inner.__name__.startswith("natoburden"):
            yield from public_modules(inner)


PUBLIC = {module.__name__: module for module in public_modules(nb)}


@pytest.mark.parametrize("module", PUBLIC.values(), ids=PUBLIC)
def test_a_public_module_shows_its_public_names_and_nothing_else(module: types.ModuleType) -> None:
    assert set(dir(module)) == set(module.__all__)
    assert all(getattr(module, name) is not None for name in dir(module))
    in_order = sorted(dir(module), key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    assert list(module.__all__) == in_order


def test_what_checkers_read_of_the_lazy_packages_follows_from_their_lists() -> None:
    script = Path(__file__).parents[2] / "scripts" / "write_facades.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_top_namespace_holds_what_ordinary_work_needs() -> None:
    assert len(dir(nb)) <= 84


def test_no_public_module_bears_the_name_of_a_public_function_or_class() -> None:
    """Functions over frames and charts bear the name of the calculator that they follow, and `purchases.energy` is
    what is bought of what the room `energy` is about: nothing else does.
    """
    modules = {module.__name__.rpartition(".")[2] for module in PUBLIC.values()}
    modules |= {path.stem for path in Path(nb.__file__).parent.rglob("[a-z]*.py")}
    rooms = {name: module for name, module in PUBLIC.items() if not name.endswith((".frames", ".charts"))}
    named = {name for module in rooms.values() for name in dir(module) if callable(getattr(module, name))}
    assert sorted(modules & named) == ["energy"]


def test_a_public_name_means_one_thing() -> None:
    homes: dict[str, set[object]] = {}
    for room, module in PUBLIC.items():
        if not room.endswith((".frames", ".charts")):
            for name in dir(module):
                homes.setdefault(name, set()).add(id(getattr(module, name)))
    declared = {"FORMAT", "FORMATS"}  # what each reader declares
    assert {name for name, meanings in homes.items() if len(meanings) > 1 and name[0].isupper()} == declared


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Share_of_GDP"):
        _ = nb.Share_of_GDP  # type: ignore[attr-defined] # refused on purpose
