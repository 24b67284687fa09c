"""Fast reading of large documents with msgspec, through structs that mirror the model's classes.

msgspec checks types, dates, enumerations and keys while it reads. Each value is then built by its own constructor: a
document cannot create an invalid value. Input that differs from the output of `to_data` is left to `from_data`.
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
_NATIVE = (str, int, bool, dt.date)  # types that msgspec checks as strictly as the hooks do


def reader(kind: Any, *, notices_twins: bool = False) -> Build:
    """Return a function that reads a value from JSON; it raises an error for input that `from_data` must handle.

    If a key occurs twice, msgspec keeps only the last value. With `notices_twins`, this also raises an error: the value
    then has fewer colons than the input.
    """
    names: dict[str, Any] = {}
    wire, code = _plan(kind, "value", names)
    decode = msgspec.json.Decoder(wire, float_hook=exact_decimal).decode
    build = _function("value", code, names)

    def read(line: bytes) -> Any:
        value = decode(line)
        if line.count(b":") != _encode(value).count(b":") or b"\\u003" in line:  # may be an escaped colon
            raise ValueError("there may be a key that stands twice")
        return build(value)

    return read if notices_twins else lambda line: build(decode(line))


def items_as_json(text: str) -> Iterator[bytes] | None:
    """Return the items of a JSON list, each as JSON; None if msgspec cannot read the list."""
    try:
        return map(bytes, msgspec.json.decode(text, type=list[msgspec.Raw]))
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None


def _function(argument: str, code: str, names: dict[str, Any]) -> Build:
    built: Build = eval(f"lambda {argument}: {code}", names)
    return built


def _plan(kind: Any, value: str, names: dict[str, Any]) -> tuple[Any, str]:
    """Return the type that msgspec reads in place of a type, and the code that converts the value that it read.

    `names` collects the functions that the code calls.
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
    """Return the type that msgspec reads in place of a type, and the function that converts its values, if needed."""
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
    """Return a struct with the keys of a class, and a function that builds the class from the struct."""
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
