"""What the classes and functions of the model and of the calculators take changes only where somebody means it.

Of what is public, a reference holds the fields with their flags and defaults, what each says to a value of another
kind, the members of enumerations, the arguments of functions, and constants. Draw it anew with NATOBURDEN_RENEW=1,
and read what changed in it.
"""

from __future__ import annotations

import datetime as dt
import difflib
import enum
import importlib
import inspect
import itertools
import os
import pkgutil
import types
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs

from natoburden import calculators, model
from natoburden.errors import NatoBurdenError

REFERENCE = Path(__file__).parent / "references/classes.txt"
LONG = 3000
MARKS: dict[object, str] = {
    inspect.Parameter.VAR_POSITIONAL: "*",
    inspect.Parameter.VAR_KEYWORD: "**",
    inspect.Parameter.KEYWORD_ONLY: "keyword ",
}
PLAIN = (str, int, float, Decimal, bool, type(None), tuple, frozenset, dict, enum.Enum, dt.timedelta)


class SomethingElse:
    """A value of a kind that nothing takes."""

    def __repr__(self) -> str:
        return "<something else>"


def written(value: Any) -> str:
    """Write a default or a constant the same way in every process and version of Python."""
    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    if type(value).__name__ == "Factory":  # attrs declares it as a function
        return "made of the other fields" if value.takes_self else f"made by {value.factory.__name__}"
    if isinstance(value, frozenset | set):
        return "{" + ", ".join(sorted(map(written, value))) + "}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(key)}: {written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(written, value)) + ")"
    return value.__qualname__ if inspect.isfunction(value) or inspect.isclass(value) else repr(value)


def refusal(field: attrs.Attribute[Any]) -> str:
    """Give what a field says to a value of another kind, or nothing where the class as a whole says it."""
    try:
        convert: Any = field.converter or (lambda value: value)
        value = convert(SomethingElse())
        if field.validator is not None:
            field.validator(None, field, value)
    except NatoBurdenError as error:
        return f"; refuses: {error}"
    except (AttributeError, TypeError):
        return ""
    return ""


def fields_of(kind: type[attrs.AttrsInstance]) -> Iterator[str]:
    for field in attrs.fields(kind):
        told = [
            "" if field.init else "not given",
            "keyword" if field.kw_only else "",
            "" if field.default is attrs.NOTHING else f"default {written(field.default)}",
            "shown in short" if callable(field.repr) else "" if field.repr else "not shown",
            "" if field.eq else "not compared",
            "not hashed" if field.hash is False else "",
            *(f"{name} {written(item)}" for name, item in field.metadata.items()),
        ]
        yield f"  {field.name}: {', '.join(filter(None, told)) or 'by place'}{refusal(field)}"


def methods_of(kind: type) -> Iterator[str]:
    for name, item in vars(kind).items():
        function = item.__func__ if isinstance(item, classmethod | staticmethod) else item
        if inspect.isfunction(function) and function.__module__ == kind.__module__ and not name.startswith("_"):
            yield f"  {name}({arguments(function)})"


def arguments(function: types.FunctionType) -> str:
    found = []
    for item in inspect.signature(function).parameters.values():
        found.append(
            MARKS.get(item.kind, "") + item.name + ("" if item.default is item.empty else f"={written(item.default)}")
        )
    return ", ".join(found)


def said_of(name: str, item: object, module: str) -> Iterator[str]:
    if inspect.isclass(item) and item.__module__ == module:
        if issubclass(item, enum.Enum):
            yield f"{name}: {', '.join(f'{key} = {member.value!r}' for key, member in item.__members__.items())}"
        else:
            order = ", has an order" if "__lt__" in vars(item) else ""
            yield f"class {name}{order}"
            yield from fields_of(item) if attrs.has(item) else ()
        yield from methods_of(item)
        own = [(key, vars(item)[key]) for key in inspect.get_annotations(item) if key in vars(item)]
        yield from (f"  {key} = {written(value)}" for key, value in own if isinstance(value, str | int | tuple))
    elif inspect.isfunction(inspect.unwrap(item)) and getattr(item, "__module__", "") == module:  # type: ignore[arg-type]
        yield f"{name}({arguments(item)})"  # type: ignore[arg-type]
    elif (
        name.strip("_").isupper()
        and name != "TYPE_CHECKING"
        and isinstance(item, PLAIN)
        and len(text := written(item)) < LONG
    ):
        yield f"{name} = {text}" if " at 0x" not in text else name


def reference() -> Iterator[str]:
    for room in (model, calculators):
        for entry in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if entry.ispkg:
                continue  # it names what its modules hold, from when somebody asks for it
            module = importlib.import_module(entry.name)
            yield f"\n## {entry.name}"
            yield from itertools.chain.from_iterable(
                said_of(name, item, entry.name)
                for name, item in vars(module).items()
                if name.isupper() or inspect.isclass(item) or not name.startswith("_")
            )


def test_what_classes_and_functions_take_changes_only_where_somebody_means_it() -> None:
    lines = [line for text in reference() for line in text.split("\n")]
    if os.environ.get("NATOBURDEN_RENEW") == "1":
        REFERENCE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    kept = REFERENCE.read_text(encoding="utf-8").split("\n")[:-1]
    changed = "\n".join(difflib.unified_diff(kept, lines, "the reference", "now", lineterm="", n=0))
    assert not changed, changed
