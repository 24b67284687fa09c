"""What each public parameter means, in the reference beside its type: docs/parameters.toml and docs/attributes.toml.

Errors take their data as their annotations say, and are described in the same way; when each is raised, and what to do
then, stands in docs/errors.toml. Which functions raise it follows from their docstrings.

A name that means the same everywhere is described once; where a room, a function or a class means something else by it,
its own table says so. A docstring that describes a parameter itself, as a field, is left as it is.

A thing may have several paths: `natoburden.read` is `natoburden.readers.read`. What is said of one of them holds for
all. What only a page of the reference names, such as a function of `natoburden.presentation`, is checked as well.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import re
import tomllib
import types
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard, get_type_hints

import attrs

import natoburden

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["described", "setup", "undescribed", "unused"]

_DOCS = Path(__file__).parent.parent
_NAMED = re.compile(r"`(\w+(?:Error|Warning|Fault))`")
_MOST_NAMED = 6  # of the functions that raise an error
_DIRECTIVE = re.compile(r"^\.\. auto(?:function|class|exception):: (natoburden\.[\w.]+)", re.M)


@functools.cache
def _texts() -> dict[str, Any]:
    files = (_DOCS / "parameters.toml", _DOCS / "attributes.toml")
    return {name: table for file in files for name, table in tomllib.loads(file.read_text(encoding="utf-8")).items()}


def parameters(thing: object) -> tuple[str, ...]:
    """Return the names of what a function or a constructor takes; of an error, of the data that it carries."""
    if _is_error(thing) and (thing is natoburden.NatoBurdenError or "__init__" not in vars(thing)):
        return tuple(getattr(thing, "_names", ()))
    try:
        names = tuple(inspect.signature(thing).parameters)  # type: ignore[arg-type] # what has no signature raises
    except (TypeError, ValueError):
        return ()
    return tuple(name for name in names if name not in {"self", "cls"} and (name == "_" or not name.startswith("_")))


def _is_error(thing: object) -> TypeGuard[type[BaseException]]:
    roots = (natoburden.NatoBurdenError, natoburden.NatoBurdenWarning)
    return inspect.isclass(thing) and issubclass(thing, roots)


@functools.cache
def errors() -> dict[str, dict[str, str]]:
    """Return of each error when it is raised, and what to do then."""
    return tomllib.loads((_DOCS / "errors.toml").read_text(encoding="utf-8"))


@functools.cache
def _raised_by() -> dict[str, list[str]]:
    """Return the functions and classes whose docstrings name an error."""
    found: dict[str, list[str]] = {}
    for place, thing in public(natoburden):
        for name in sorted({*_NAMED.findall(thing.__doc__ or "")}):
            if not _is_error(thing):
                found.setdefault(name, []).append(place)
    return found


def _of_error(thing: type[BaseException]) -> list[str]:
    """Return the lines that say when an error is raised, what to do, and who names it."""
    said = errors()[thing.__name__]
    is_warning = issubclass(thing, Warning)
    lines = ["", f"**{'Given' if is_warning else 'Raised'}** {said['raised']}", "", f"**What to do:** {said['do']}", ""]
    if named := _raised_by().get(thing.__name__, []):
        more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
        lines += [f"**Named by** {', '.join(f'`{place}`' for place in named[:_MOST_NAMED])}{more}.", ""]
    return lines


def _signature(thing: type[BaseException]) -> inspect.Signature:
    """Return what an error takes, as its annotations say it."""
    if "__init__" in vars(thing) and thing is not natoburden.NatoBurdenError:
        return inspect.signature(thing, eval_str=True)
    hints, values = get_type_hints(thing, vars(typing)), vars(thing)  # errors name another module than their own
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Signature(
        [
            inspect.Parameter(name, kind, default=values.get(name, inspect.Parameter.empty), annotation=hints[name])
            for name in parameters(thing)
        ]
    )


def described(place: str, thing: object) -> dict[str, str]:
    """Return what each parameter of a public function or class means, as far as it is known.

    `place` is its public path without the package's name, such as ``targets.gap``; of a method,
    ``model.ExpenditureTable.share``.
    """
    found = ((name, _text(place, name, thing)) for name in parameters(thing))
    return {name: text for name, text in found if text is not None}


def _text(place: str, name: str, thing: object) -> str | None:
    texts = _texts()
    if inspect.isclass(thing):
        for base in thing.__mro__:
            if text := texts["classes"].get(base.__name__, {}).get(name):
                return str(text)
        shared = "attributes"
    else:
        places = dict.fromkeys((place, *_places().get(id(thing), ())))
        for known in places:
            if text := texts["functions"].get(known, {}).get(name):
                return str(text)
        for room in (*(known.partition(".")[0] for known in places), _home(thing)):
            if text := texts["rooms"].get(room, {}).get(name):
                return str(text)
        shared = "parameters"
    text = texts[shared].get(name)
    return None if text is None else str(text)


def _home(thing: object) -> str:
    """Return the room in which a function is written: `presentation` of `natoburden.format_money`."""
    return f"{getattr(thing, '__module__', '')}..".split(".")[1]


@functools.cache
def _places() -> dict[int, list[str]]:
    """Return every public path of each function and method."""
    found: dict[int, list[str]] = {}
    for place, thing in _named(natoburden):
        found.setdefault(id(thing), []).append(place)
    return found


def public(package: types.ModuleType) -> Iterator[tuple[str, object]]:
    """Yield each public function, class and method once, by its path: of the package, then of the reference alone."""
    seen: set[int] = set()
    for place, thing in (*_named(package), *_of_reference(package)):
        if id(thing) not in seen:
            seen.add(id(thing))
            yield place, thing


def _named(package: types.ModuleType) -> Iterator[tuple[str, object]]:
    """Yield each function, class and method by each path that the package's lists of names give it."""
    rooms = [name for name in package.__all__ if isinstance(getattr(package, name), types.ModuleType)]
    for room in [*rooms, ""]:
        module = getattr(package, room) if room else package
        for name in module.__all__:
            yield from _with_methods(f"{room}.{name}".lstrip("."), getattr(module, name))


def _of_reference(package: types.ModuleType) -> Iterator[tuple[str, object]]:
    """Yield what a page of the reference documents by its path."""
    for page in sorted((_DOCS / "reference").glob("*.md")):
        for path in _DIRECTIVE.findall(page.read_text(encoding="utf-8")):
            place = path.removeprefix(f"{package.__name__}.")
            yield from _with_methods(place, _at(package, place))


def _at(package: types.ModuleType, place: str) -> object:
    thing: Any = package
    for name in place.split("."):
        if not hasattr(thing, name):
            importlib.import_module(f"{thing.__name__}.{name}")
        thing = getattr(thing, name)
    return thing


def _with_methods(place: str, thing: object) -> Iterator[tuple[str, object]]:
    if inspect.isfunction(thing) or inspect.isclass(thing):
        yield place, thing
    if inspect.isclass(thing):
        yield from _methods(place, thing)


def _methods(place: str, owner: type) -> Iterator[tuple[str, Callable[..., object]]]:
    for name, member in vars(owner).items():
        bare = member.__func__ if isinstance(member, classmethod | staticmethod) else member
        if inspect.isfunction(bare) and not name.startswith("_"):
            yield f"{place}.{name}", bare


def undescribed(package: types.ModuleType) -> list[str]:
    """Return every public parameter that has no description, as ``targets.gap(year)``."""
    lacking = []
    for place, thing in public(package):
        if inspect.isclass(thing) and not attrs.has(thing) and not _is_error(thing):
            continue
        known = described(place, thing)
        lacking += [f"{place}({name})" for name in parameters(thing) if name not in known]
    return lacking


def unused(package: types.ModuleType) -> list[str]:
    """Return every description that stands for nothing public: what it described has left or has another name."""
    texts = _texts()
    things = dict(public(package))
    functions = {place: set(parameters(thing)) for place, thing in things.items() if not inspect.isclass(thing)}
    classes = {
        base.__name__: set(parameters(base))
        for thing in things.values()
        if inspect.isclass(thing)
        for base in thing.__mro__
    }
    of_rooms: dict[str, set[str]] = {}
    for place, names in functions.items():
        of_rooms.setdefault(place.partition(".")[0], set()).update(names)
    known = {
        "parameters": {"": set().union(*functions.values())},
        "attributes": {"": set().union(*classes.values())},
        "rooms": of_rooms,
        "functions": functions,
        "classes": classes,
    }
    found = []
    for kind, places in known.items():
        tables = {"": texts[kind]} if "" in places else texts[kind]
        for place, table in tables.items():
            found += [
                ".".join(part for part in (kind, place, name) if part)
                for name in table
                if name not in places.get(place, set())
            ]
    return found


def _describe(app: Sphinx, what: str, name: str, thing: object, options: object, lines: list[str]) -> None:
    """Add the description of each parameter that the docstring does not describe itself."""
    del app, options
    if what not in {"function", "method", "class", "exception"}:
        return
    if _is_error(thing):
        lines.extend(_of_error(thing))
    bare = thing.__func__ if isinstance(thing, types.MethodType) else thing
    written = "\n".join(lines)
    told = described(name.removeprefix("natoburden."), bare).items()
    fields = [
        f":param {parameter.removesuffix('_')}{mark}: {text}"
        for parameter, text in told
        for mark in [r"\_" if parameter.endswith("_") else ""]  # from_ would be a reference
        if f":param {parameter}:" not in written
    ]
    if fields:
        lines.extend(["", *fields, ""])


def setup(app: Sphinx) -> dict[str, bool]:
    """Register what stands above."""
    app.setup_extension("sphinx.ext.autodoc")
    carrying = [thing for _, thing in public(natoburden) if _is_error(thing) and not issubclass(thing, Warning)]
    for thing, signature in [(thing, _signature(thing)) for thing in carrying]:
        thing.__signature__ = signature  # type: ignore[attr-defined] # where Python, and so Sphinx, looks first
    app.connect("autodoc-process-docstring", _describe)
    return {"parallel_read_safe": True}
