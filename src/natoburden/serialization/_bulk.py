"""Documents in bulk, through msgspec: structs made after the model's classes, and values built from them.

msgspec checks types, dates, enumerations and keys while it reads; each value is then built by its own constructor, so
that a document cannot make what the code could not. Whatever is not as `to_data` writes it is left to `from_data`.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
from collections.abc import Callable
from typing import Any, TypeAlias, get_args

import attrs
import msgspec

from natoburden.serialization._hooks import converter, is_list, is_optional
from natoburden.serialization._json import exact_decimal

__all__ = ["reader"]

Build: TypeAlias = Callable[[Any], Any]

_NATIVE = (str, int, bool, dt.date)  # which msgspec takes as strictly as the hooks do


def reader(kind: Any) -> Build:
    """Make a function that reads a value of a type from JSON; it raises for what `from_data` must look at."""
    wire, build = _plan(kind)
    decode = msgspec.json.Decoder(wire, float_hook=exact_decimal).decode
    return decode if build is None else lambda line: build(decode(line))


@functools.cache
def _plan(kind: Any) -> tuple[Any, Build | None]:
    """Give what msgspec reads in the place of a type, and how its values are built of that; None where they are it."""
    if kind in _NATIVE or (isinstance(kind, type) and issubclass(kind, enum.Enum)):
        return kind, None
    if is_optional(kind):
        [inner] = [part for part in get_args(kind) if part is not type(None)]
        wire, build = _plan(inner)
        return wire | None, build and _optionally(build)
    if is_list(kind):
        wire, build = _plan(get_args(kind)[0])
        return tuple[wire, ...], build and _each(build)  # type: ignore[valid-type] # a type made as it runs
    hook = converter().get_structure_hook(kind)
    if kind in converter().by_fields:
        return _struct(kind)
    return Any, lambda value: hook(value, kind)


def _optionally(build: Build) -> Build:
    return lambda value: None if value is None else build(value)


def _each(build: Build) -> Build:
    return lambda values: tuple([build(value) for value in values]) if values else ()


def _is_plain(default: object) -> bool:
    """Tell whether a default is the same in a document and in the model; a key with another must be there."""
    is_member = isinstance(default, bool | enum.Enum) and default is not attrs.NOTHING
    return is_member or default in (None, "", ())


def _struct(kind: type[Any]) -> tuple[type[msgspec.Struct], Build]:
    """Make a struct with a class's fields, and what builds the class of it."""
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = []
    builds: list[tuple[str, Build]] = []
    for field in attrs.fields(attrs.resolve_types(kind)):
        wire, build = _plan(field.type)
        fields.append((field.name, wire, field.default) if _is_plain(field.default) else (field.name, wire))
        if build is not None:
            builds.append((field.name, build))

    def made(struct: msgspec.Struct) -> Any:
        parts = msgspec.structs.asdict(struct)
        for name, build in builds:
            parts[name] = build(parts[name])
        return kind(**parts)

    return msgspec.defstruct(kind.__name__, fields, kw_only=True, forbid_unknown_fields=True, gc=False), made
