"""Write python.inv: the few names of Python's own library that the documentation links to.

A vendored inventory keeps the build off the network. Run: ``python docs/inv/build.py``.
"""

from __future__ import annotations

import zlib
from pathlib import Path

HEADER = (
    "# Sphinx inventory version 2\n"
    "# Project: Python\n"
    "# Version: 3\n"
    "# The remainder of this file is compressed using zlib.\n"
)
NAMES = {
    "py:class": {
        "library/functions.html": ("bool", "int", "float", "type", "object", "property"),
        "library/stdtypes.html": ("str", "list", "dict", "tuple", "frozenset"),
        "library/decimal.html": ("decimal.Decimal",),
        "library/datetime.html": ("datetime.date", "datetime.datetime"),
        "library/pathlib.html": ("pathlib.Path",),
        "library/enum.html": ("enum.Enum",),
        "library/os.html": ("os.PathLike",),
        "library/abc.html": ("abc.ABC",),
        "library/typing.html": ("typing.Any", "typing.Generic", "typing.IO", "typing.Self", "typing.TypeVar"),
        "library/collections.abc.html": tuple(
            f"collections.abc.{name}"
            for name in ("Callable", "Collection", "Iterable", "Iterator", "Mapping", "Sequence")
        ),
    },
    "py:data": {
        "library/constants.html": ("None",),
        "library/typing.html": ("typing.Literal", "typing.TypeAlias"),
    },
    "py:exception": {
        "library/exceptions.html": (
            "Exception", "ExceptionGroup", "ImportError", "LookupError", "RuntimeError", "TypeError", "UserWarning",
            "ValueError",
        ),
    },
}  # fmt: skip


def main() -> None:
    """Write the inventory beside this script."""
    lines = [
        f"{name} {role} 1 {page}#{name} -"
        for role, pages in NAMES.items()
        for page, names in pages.items()
        for name in names
    ]
    body = zlib.compress("".join(f"{line}\n" for line in lines).encode())
    (Path(__file__).parent / "python.inv").write_bytes(HEADER.encode() + body)


if __name__ == "__main__":
    main()
