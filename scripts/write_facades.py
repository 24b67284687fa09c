"""Write the imports that type checkers read in lazy packages, from the one list of names in each package.

A package that calls `facade` lists its public names by module. The imports under ``if TYPE_CHECKING`` repeat the list
for type checkers. The list of `natoburden.model` is made from its modules. If the top package shows a module under a
short name, such as `natoburden.purchases`, a file of that name is written, so that it can be imported. With ``--check``
nothing is written, and the exit status is 1 if a file is not up to date.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

SRC = Path(__file__).parent.parent / "src"
MODEL = SRC / "natoburden" / "model" / "__init__.py"
SHORT = '''"""The module `{parent}.{room}` under a shorter name.

`scripts/write_facades.py` writes this file.
"""

from natoburden._lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from {parent}.{room} import *  # noqa: F403 # for type checkers: what the module exports
else:
    import sys

    from {parent} import {room}

    sys.modules[__name__] = {room}
'''


def facades() -> Iterator[Path]:
    """Yield the packages that load lazily."""
    for path in sorted((SRC / "natoburden").rglob("__init__.py")):
        if "= facade(" in path.read_text(encoding="utf-8"):
            yield path


def homes_in(text: str) -> dict[str, str]:
    """Return the list of names that a package holds."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "facade":
            found: dict[str, str] = ast.literal_eval(node.args[1])
            return found
    raise LookupError("a call of facade")


def homes_of_the_model() -> dict[str, str]:
    """Return the public names of the model's public modules."""
    homes = {}
    for path in sorted(MODEL.parent.glob("[a-z]*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                homes[path.stem] = " ".join(ast.literal_eval(node.value))
    return homes


def imports(package: str, homes: dict[str, str]) -> list[str]:
    """Return the lines that import the names for type checkers."""
    found = []
    for home, names in homes.items():
        for name in names.split():
            holder, held = f"{package}.{home}".rsplit(".", 1) if name == "." else (f"{package}.{home}", name)
            found.append((holder, not held.isupper(), not held[0].isupper(), held.lower(), held))
    return [f"    from {holder} import {held} as {held}" for holder, *_, held in sorted(found)]


def table(homes: dict[str, str]) -> list[str]:
    """Return the lines of the list of names, wrapped at 120 characters."""
    lines = []
    for home, names in homes.items():
        line = f'            "{home}": "{names}",'
        if len(line) <= 120:
            lines.append(line)
            continue
        parts, row = [], ""
        for name in names.split():
            if len(row) + len(name) > 98 and len(names) > 102:  # the formatter joins what fits in one line
                parts.append(row)
                row = ""
            row += f"{name} "
        parts.append(row.rstrip())
        lines += [f'            "{home}": (', *(f'                "{part}"' for part in parts), "            ),"]
    return lines


def written(path: Path) -> str:
    """Return a package's text, with the lines that depend on its list of names up to date."""
    text = path.read_text(encoding="utf-8")
    package = ".".join(path.parent.relative_to(SRC).parts)
    homes = homes_of_the_model() if path == MODEL else homes_in(text)
    lines = text.split("\n")
    if path == MODEL:
        start = next(number for number, line in enumerate(lines) if line.strip() == "{") + 1
        end = next(number for number, line in enumerate(lines) if line.strip() == "},")
        lines[start:end] = table(homes)
    start = next(number for number, line in enumerate(lines) if line.startswith("if TYPE_CHECKING:")) + 1
    end = lines.index("else:")
    lines[start:end] = imports(package, homes)
    return "\n".join(lines)


def short_modules() -> Iterator[tuple[Path, str]]:
    """Yield the path and the text of each module that the top package shows under a short name."""
    top = SRC / "natoburden" / "__init__.py"
    for home, names in homes_in(top.read_text(encoding="utf-8")).items():
        if "." in names.split() and "." in home:
            parent, _, room = f"natoburden.{home}".rpartition(".")
            yield top.with_name(f"{room}.py"), SHORT.format(parent=parent, room=room)


def main() -> int:
    """Write every package, or print which packages are not up to date."""
    texts = {path: written(path) for path in facades()} | dict(short_modules())
    stale = {
        path: text for path, text in texts.items() if not path.exists() or text != path.read_text(encoding="utf-8")
    }
    for path, text in stale.items():
        print(f"{path.relative_to(SRC)} {'is not up to date' if '--check' in sys.argv else 'written'}")
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
