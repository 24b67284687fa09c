"""Documents in bulk, through msgspec: structs made after the model's classes, and values built from them.

msgspec checks types, dates, enumerations and keys while it reads; each value is then built by its own constructor, so
that a document cannot make what the code could not. Whatever is not as `to_data` writes it is left to `from_data`.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, TypeAlias, get_args

import msgspec

from natoburden.model._numbers import checked_decimal
from natoburden.serialization._converter import converter, fields_of, is_list, is_optional, present
from natoburden.serialization._json import exact_decimal

__all__ = ["items_as_json", "reader"]

Build: TypeAlias = Callable[[Any], Any]

_encode = msgspec.json.Encoder().encode
_NATIVE = (str, int, bool, dt.date)  # which msgspec takes as strictly as the hooks do


def reader(kind: Any, *, notices_twins: bool = False) -> Build:
    """Return a function that reads a value of a type from JSON; it raises for what `from_data` must look at.

    msgspec takes the last of two equal keys. With `notices_twins` that raises too: the colons are then fewer.
    """
    names: dict[str, Any] = {}
    wire, code = _plan(kind, "value", names)
    decode = msgspec.json.Decoder(wire, float_hook=exact_decimal).decode
    build = _function("value", code, names)

    def read(line: bytes) -> Any:
        value = decode(line)
        if line.count(b":") != _encode(value).count(b":") or b"\\u003" in line:  # which may be a colon in a text
            raise ValueError("there may be a key that stands twice")
        return build(value)

    return read if notices_twins else lambda line: build(decode(line))


def items_as_json(text: str) -> Iterator[bytes] | None:
    """Return the items of a JSON list, each still as JSON; None for what msgspec cannot read."""
    try:
        return map(bytes, msgspec.json.decode(text, type=list[msgspec.Raw]))
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None


def _function(argument: str, code: str, names: dict[str, Any]) -> Build:
    built: Build = eval(f"lambda {argument}: {code}", names)
    return built


def _plan(kind: Any, value: str, names: dict[str, Any]) -> tuple[Any, str]:
    """Return what msgspec reads in the place of a type, and the code that makes the type's value of `value`.

    `names` collects what the code refers to.
    """
    if is_optional(kind):
        wire, code = _plan(present(kind), value, names)
        return wire | None, code if code == value else f"(None if {value} is None else {code})"
    if is_list(kind):
        wire, code = _plan(get_args(kind)[0], "item", names)
        function = code.removesuffix("(item)") if code.endswith("(item)") else f"(lambda item: {code})"
        made = value if code == "item" else f"(tuple(map({function}, {value})) if {value} else ())"
        return tuple[wire, ...], made  # type: ignore[valid-type] # a type made as it runs
    wire, build = _scalar(kind)
    if build is None:
        return wire, value
    name = f"build_{len(names)}"
    names[name] = build
    return wire, f"{name}({value})"


@functools.cache
def _scalar(kind: Any) -> tuple[Any, Build | None]:
    """Return what msgspec reads in the place of a type, and what builds its values of that; None if they are it."""
    if kind in _NATIVE or (isinstance(kind, type) and issubclass(kind, enum.Enum)):
        return kind, None
    if kind is Decimal:
        return str, lambda text: checked_decimal(text, "figure")
    made = converter()
    hook = made.get_structure_hook(kind)
    if kind in made.texts:
        return str, made.texts[kind]
    if kind in made.tables or kind in made.by_fields:
        return _struct(kind)
    return Any, lambda value: hook(value, kind)


def _struct(kind: type[Any]) -> tuple[type[msgspec.Struct], Build]:
    """Return a struct with a class's keys, and what builds the class of it."""
    tables = converter().tables
    keys, build = tables[kind] if kind in tables else ({field.name: field.type for field in fields_of(kind)}, kind)
    names: dict[str, Any] = {"build": build}
    fields, parts = [], []
    for name, part in keys.items():
        wire, code = _plan(part, f"struct.{name}", names)
        fields.append((name, wire))  # without a default: `to_data` writes all of them
        parts.append(code if kind in tables else f"{name}={code}")
    struct = msgspec.defstruct(kind.__name__, fields, forbid_unknown_fields=True, gc=False)
    return struct, _function("struct", f"build({', '.join(parts)})", names)
