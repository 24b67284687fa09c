"""Examples of docstrings that stand alone: the reference shows what each imports, so that a reader can copy it.

In its source an example knows the names of its module, as the standard library's examples do. On a page it does not,
and so the lines that import them, each from its public place, are put above it.
"""

from __future__ import annotations

import ast
import builtins
import doctest
import functools
import inspect
import sys
import types
from typing import TYPE_CHECKING

import natoburden

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["code_of", "imports", "setup", "unknown"]


def code_of(text: str) -> str:
    """Return the code of the examples in a text."""
    return "".join(example.source for example in doctest.DocTestParser().get_examples(text))


def unknown(code: str) -> set[str]:
    """Return the names that a piece of code reads and nowhere makes."""
    nodes = [*ast.walk(ast.parse(code))]
    names = [node for node in nodes if isinstance(node, ast.Name)]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            made |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.ExceptHandler) and node.name:
            made.add(node.name)
        elif isinstance(node, ast.arg):
            made.add(node.arg)
    return {node.id for node in names} - made - set(dir(builtins))


@functools.cache
def _places() -> tuple[tuple[str, types.ModuleType], ...]:
    """Return the public places in the order in which a name is looked for: the package, its model, its rooms."""
    rooms = {name: getattr(natoburden, name) for name in natoburden.__all__}
    rooms = {name: room for name, room in rooms.items() if isinstance(room, types.ModuleType)}
    order = sorted(rooms, key=lambda name: (name != "model", name))
    return (("natoburden", natoburden), *((f"natoburden.{name}", rooms[name]) for name in order))


def _line(name: str, home: types.ModuleType) -> str | None:
    """Return the line that imports a name of a module from its public place; None where it has none."""
    thing = getattr(home, name, None)
    if thing is None:
        return None
    for place, module in _places():
        if name in module.__all__ and getattr(module, name) is thing:
            return f"from {place} import {name}"
    if isinstance(thing, types.ModuleType):
        return f"import {thing.__name__}" + ("" if thing.__name__ == name else f" as {name}")
    place = _published(name, getattr(thing, "__module__", home.__name__))
    return f"from {place} import {name}" if place else None


def _published(name: str, home: str) -> str | None:
    """Return the nearest place to the root that publishes a name of a module."""
    parts = home.split(".")
    if parts[0] in sys.stdlib_module_names:
        return parts[0]
    if any(part.startswith("_") for part in parts):
        return None
    places = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
    return next((place for place in places if name in getattr(sys.modules.get(place), "__all__", ())), None)


def imports(text: str, home: types.ModuleType) -> tuple[list[str], list[str]]:
    """Return the lines that a docstring's examples need above them, and the names that have no public place."""
    found = {name: _line(name, home) for name in sorted(unknown(code_of(text)))}
    lines = {line for line in found.values() if line is not None}
    ordered = sorted(lines, key=lambda line: ("natoburden" in line, line.startswith("from"), line))
    return _joined(ordered), [name for name, line in found.items() if line is None]


def _joined(lines: list[str]) -> list[str]:
    """Return lines of which those from one place are one."""
    by_place: dict[str, list[str]] = {}
    for line in lines:
        place, _, name = line.partition(" import ")
        by_place.setdefault(place, []).extend([name] if name else [])
    return [f"{place} import {', '.join(names)}" if names else place for place, names in by_place.items()]


def home_of(thing: object) -> types.ModuleType | None:
    """Return the module in which a documented thing was written."""
    bare = thing.fget if isinstance(thing, property) else thing
    bare = getattr(bare, "__func__", bare)
    return inspect.getmodule(inspect.unwrap(bare) if callable(bare) else bare)


def _stand(app: Sphinx, what: str, name: str, thing: object, options: object, lines: list[str]) -> None:
    """Put what the examples of a docstring import above the first of them."""
    del app, what, name, options
    home, text = home_of(thing), "\n".join(lines)
    if home is None or ">>> " not in text:
        return
    first = next(number for number, line in enumerate(lines) if line.lstrip().startswith(">>> "))
    indent = lines[first][: lines[first].index(">>> ")]
    lines[first:first] = [f"{indent}>>> {line}" for line in imports(text, home)[0]]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register what stands above."""
    app.connect("autodoc-process-docstring", _stand)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
