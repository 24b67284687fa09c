"""Write python.inv: the few names of Python's own library that the documentation links to.

They are taken from Python's own inventory, so that each link is where Python says it is; what is kept here keeps the
build off the network. Run after a name was added, with the inventory as Python publishes it or as a package of its
documentation installs it: ``.venv/bin/python docs/inv/build.py https://docs.python.org/3/objects.inv``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import sphobjinv

NAMES = (
    *("None", "bool", "dict", "float", "frozenset", "int", "list", "object", "property", "str", "tuple", "type"),
    *("Exception", "ExceptionGroup", "ImportError", "LookupError", "RuntimeError", "TypeError", "UserWarning"),
    *("ValueError", "DeprecationWarning"),
    *("abc.ABC", "datetime.date", "datetime.datetime", "decimal.Decimal", "enum.Enum", "os.PathLike", "pathlib.Path"),
    *(f"typing.{name}" for name in ("Any", "Generic", "IO", "Literal", "Self", "TypeAlias", "TypeVar")),
    *(
        f"collections.abc.{name}"
        for name in ("Callable", "Collection", "Iterable", "Iterator", "Mapping", "Sequence")
    ),
)  # fmt: skip
FILE = Path(__file__).parent / "python.inv"


def chosen(whole: sphobjinv.Inventory) -> sphobjinv.Inventory:
    """Return an inventory of the names alone, each as the whole one has it."""
    kept = sphobjinv.Inventory()
    kept.project, kept.version = "Python", "3"
    kept.objects += sorted((item for item in whole.objects if item.domain == "py" and item.name in NAMES), key=str)
    missing = sorted({*NAMES} - {item.name for item in kept.objects})
    if missing:
        raise SystemExit(f"not in this inventory: {', '.join(missing)}")
    return kept


def main() -> None:
    """Write the inventory beside this script."""
    given = sys.argv[1]
    whole = sphobjinv.Inventory(url=given) if "://" in given else sphobjinv.Inventory(given)
    sphobjinv.writebytes(FILE, sphobjinv.compress(chosen(whole).data_file()))


if __name__ == "__main__":
    main()
