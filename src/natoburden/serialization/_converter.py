"""The converter between model values and plain data, which registers the hooks of a class at its first use.

The hooks of the model module ``money`` are in ``natoburden.serialization._hooks.money``, and the same holds for other
modules. If a module has no module of hooks, its classes are written by their fields.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import importlib
import operator
import pkgutil
import re
import threading
import types
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, ForwardRef, NoReturn, TypeVar, Union, get_args, get_origin

import attrs
import cattrs
from cattrs.errors import AttributeValidationNote, IterableValidationNote
from cattrs.fns import identity

from natoburden._once import lock_of, once
from natoburden.errors import UnexpectedValueError
from natoburden.errors._documents import MOST_FAULTS
from natoburden.model._checks import member
from natoburden.model._numbers import checked_decimal, plain
from natoburden.serialization import _hooks

__all__ = ["Converter", "converter", "fields_of", "is_list", "is_optional", "present", "unexpected", "year_or_text"]

T = TypeVar("T")

_IN_WORDS: dict[type, str] = {int: "a whole number", bool: "true or false"}
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_REMEMBERED = 4096  # the most texts of one class whose values are cached
_TWINS = {entry.name for entry in pkgutil.iter_modules(_hooks.__path__)}


class Converter(cattrs.Converter):
    """A converter that registers the hooks of a class when the class is first used.

    `texts` maps each class that is written as one text to the function that reads the text. `tables` is for classes
    that are written with keys other than their fields; it maps each class to its keys and to the function that builds
    the class from these keys. `by_fields` maps each class that is written by its fields to the function that reads
    them.
    """

    def __init__(self) -> None:
        super().__init__(detailed_validation=True, forbid_extra_keys=True)
        self.texts: dict[object, Callable[[str], Any]] = {}
        self.tables: dict[object, tuple[Mapping[str, Any], Callable[..., object]]] = {}
        self.by_fields: dict[object, Callable[[Any, Any], Any]] = {}
        self._writers: dict[object, Callable[[Any], Any]] = {}
        self._modules: set[str] = set()
        self._thread = _Thread()
        _register(self)
        # registered last, hence asked first
        self.register_structure_hook_factory(self._is_new, self._reader_of_new)
        self.register_unstructure_hook_factory(self._is_new, self._writer_of_new)

    def as_text(self, kind: Any, read: Callable[[Any], T], write: Callable[[T], str]) -> None:
        """Register how a class or a union of classes is read from a text and written as a text.

        `read` also gets values that are not texts, which it must check.
        """

        @functools.lru_cache(_REMEMBERED)
        def remembered(text: str) -> T:
            return read(_to_text(text, kind))

        self.texts[kind] = remembered

        def hook(value: object, _kind: object) -> T:
            return remembered(value) if type(value) is str else read(value)

        self.reads(kind, hook)
        self.writes(kind, write)

    def reads(self, kind: Any, hook: Callable[[Any, Any], Any]) -> None:
        """Register the function that reads a class.

        This avoids cattrs' own registration by class, which may keep an outdated result if several threads use it at
        once.
        """
        self.register_structure_hook_func(lambda other: other == kind, hook)

    def writes(self, kind: Any, hook: Callable[[Any], Any]) -> None:
        """Register the function that writes a class."""
        self.register_unstructure_hook_func(lambda other: other == kind, hook)

    def part(self, data: Mapping[str, Any], name: str, kind: Any) -> Any:
        """Return the part of a table with a name; an error of the part keeps the name in its path."""
        return self._named(data, name, lambda value: self.structure(value, kind))

    def parts(self, data: Mapping[str, Any], name: str, read: Callable[[Any], T]) -> tuple[T, ...]:
        """Return the items of the list in a table with a name, each of which a function reads."""
        return self._named(data, name, lambda value: _each(value, lambda item, _kind: read(item), object))

    def _named(self, data: Mapping[str, Any], name: str, read: Callable[[Any], T]) -> T:
        """Return what a function reads from the part of a table with a name; an error keeps the name in its path."""
        try:
            return read(data[name])
        except Exception as error:  # whatever a constructor raises: `from_data` reports it with its path
            error.add_note(AttributeValidationNote(f"part {name}", name, object))
            raise cattrs.ClassValidationError("a table with faults", [error], dict) from error

    def gen_structure_attrs_fromdict(self, cl: type[T]) -> Callable[[Mapping[str, Any], Any], T]:
        """Return the function that reads a class by its fields; cattrs calls this if the class has no hook."""
        if cl not in self.by_fields:
            self.by_fields[cl] = super().gen_structure_attrs_fromdict(cl)
        return self.by_fields[cl]

    def gen_unstructure_attrs_fromdict(self, cl: type[T]) -> Callable[[T], dict[str, Any]]:
        """Return the function that writes a class by its fields."""
        if cl not in self._writers:
            self._writers[cl] = super().gen_unstructure_attrs_fromdict(cl)
        return self._writers[cl]

    def _is_new(self, kind: Any) -> bool:
        return kind not in self._thread.met

    def _reader_of_new(self, kind: Any) -> Callable[[Any, Any], Any]:
        self._meet(kind)
        return self.get_structure_hook(kind, cache_result=False)

    def _writer_of_new(self, kind: Any) -> Callable[[Any], Any]:
        self._meet(kind)
        return self.get_unstructure_hook(kind, cache_result=False)

    def _meet(self, kind: Any) -> None:
        """Register the hooks of the modules that define the classes of a type.

        Each thread keeps its own list of known types. A thread that is searching the hooks can miss hooks that another
        thread registers meanwhile. Therefore a thread searches again from the start when it first uses a type.
        """
        with lock_of(self):
            for part in (kind, get_origin(kind), *get_args(kind)):
                room, _, module = getattr(part, "__module__", "").rpartition(".")
                if room == "natoburden.model" and module in _TWINS and module not in self._modules:
                    self._modules.add(module)
                    importlib.import_module(f"{_hooks.__name__}.{module}").register(self)
        self._thread.met.add(kind)


class _Thread(threading.local):
    """The types that a thread has used."""

    def __init__(self) -> None:
        self.met: set[object] = set()


@once
def converter() -> Converter:
    """Return the converter, which the whole process shares."""
    return Converter()


def fields_of(kind: Any) -> tuple[attrs.Attribute[Any], ...]:
    """Return the fields of a class, with their annotations resolved to types."""
    found: tuple[attrs.Attribute[Any], ...] = attrs.fields(attrs.resolve_types(kind))
    return found


def unexpected(what: str, value: object, hint: str = "") -> UnexpectedValueError:
    """Return the error for plain data of the wrong type."""
    return UnexpectedValueError(what, repr(value), hint or f"its type is {type(value).__name__}")


def year_or_text(value: object) -> str:
    """Return a text unchanged; convert a year from a number to text."""
    if isinstance(value, str) or type(value) is int:
        return str(value)
    raise unexpected("a text", value)


def _strictly(kind: type[T]) -> Callable[[object, object], T]:
    """Return a hook that accepts only values of exactly this type; cattrs alone would turn 2025.7 into 2025."""

    def check(value: object, _kind: object) -> T:
        if type(value) is kind:
            return value
        raise unexpected(_IN_WORDS[kind], value)

    return check


def _to_text(value: object, _kind: object) -> str:
    """Return a text as it is; cattrs alone would turn 5 into '5'."""
    if type(value) is not str:
        raise unexpected("a text", value)
    if not value.isascii() and _SURROGATE.search(value):
        raise unexpected("a text", value, "it holds half a character, which no file can be written with")
    return value


def _to_day(value: object, _kind: object) -> dt.date:
    if type(value) is dt.date:
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        return dt.date.fromisoformat(value)
    raise unexpected("a date", value, "write it as 2025-06-25")


def _to_moment(value: object, _kind: object) -> dt.datetime:
    if type(value) is dt.datetime:
        return value
    if isinstance(value, str):
        return dt.datetime.fromisoformat(value)
    raise unexpected("a moment", value, "write it as 2026-11-24T12:00:00")


def _is_enumeration(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, enum.Enum)


def _members(kind: type[enum.Enum]) -> Callable[[object, object], enum.Enum]:
    return lambda value, _kind: member(kind, value if isinstance(value, str) else repr(value))


def is_list(kind: Any) -> bool:
    """Return whether a type is a tuple of any length, which documents write as a list."""
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def _tuples(kind: Any, made: cattrs.Converter) -> Callable[[object, object], tuple[Any, ...]]:
    """Return a hook that reads lists."""
    inner = get_args(kind)[0]
    read = made.get_structure_hook(inner)
    return lambda value, _kind: _each(value, read, inner)


def _each(value: object, read: Callable[[Any, Any], T], kind: Any) -> tuple[T, ...]:
    """Return the items of a list, each of which a function reads as a type; stop after a thousand faults.

    Raises an error for a value that is not a list. cattrs alone would split a text into its letters.
    """
    if not isinstance(value, list | tuple):
        raise unexpected("a list", value)
    found: list[T] = []
    errors: list[Exception] = []
    faults = 0
    for index, item in enumerate(value):
        try:
            found.append(read(item, kind))
        except Exception as error:  # whatever a constructor raises: `from_data` reports it with its path
            error.add_note(IterableValidationNote(f"item {index}", index, kind))
            errors.append(error)
            faults += _count(error)
            if faults > MOST_FAULTS:
                break
    if errors:
        raise cattrs.IterableValidationError("a list with faults", errors, kind)
    return tuple(found)


def _count(error: BaseException) -> int:
    """Return how many faults an error stands for."""
    return sum(map(_count, error.exceptions)) if isinstance(error, BaseExceptionGroup) else 1


def _writer(kind: Any, made: cattrs.Converter) -> Callable[[Any], Any]:
    """Return the hook that writes a type; for an unknown type, the class of each value decides."""
    is_open = isinstance(kind, str | ForwardRef | TypeVar)
    return made.unstructure if is_open else made.get_unstructure_hook(kind, cache_result=False)


def _tuple_data(kind: Any, made: cattrs.Converter) -> Callable[[tuple[Any, ...]], list[Any]]:
    write = _writer(get_args(kind)[0], made)
    return list if write is identity else lambda value: list(map(write, value)) if value else []


def is_optional(kind: Any) -> bool:
    """Return whether a type allows None besides another type."""
    return get_origin(kind) in (types.UnionType, Union) and type(None) in get_args(kind)


def present(kind: Any) -> Any:
    """Return an optional type without its None."""
    return functools.reduce(operator.or_, (part for part in get_args(kind) if part is not type(None)))


def _optional_data(kind: Any, made: cattrs.Converter) -> Callable[[object], Any]:
    write = _writer(present(kind), made)
    return identity if write is identity else lambda value: None if value is None else write(value)


def _optionals(kind: Any, made: cattrs.Converter) -> Callable[[object, object], Any]:
    inner = present(kind)
    hook = made.get_structure_hook(inner)
    return lambda value, _kind: None if value is None else hook(value, inner)


def _is_one_way(kind: Any) -> bool:
    return getattr(kind, "is_one_way", False) is True


def _refuse(_value: object, kind: Any) -> NoReturn:
    name = getattr(kind, "__name__", str(kind))
    hint = "results go one way, into documents: read the figures, and compute the result from them again"
    raise UnexpectedValueError("a kind of document", name, hint)


def _register(made: cattrs.Converter) -> None:
    """Register the hooks of classes outside the model."""
    made.register_structure_hook(str, _to_text)
    for exact in (int, bool):
        made.register_structure_hook(exact, _strictly(exact))
    made.register_structure_hook(Decimal, lambda value, _: checked_decimal(value, "figure"))
    made.register_unstructure_hook(Decimal, plain)
    made.register_structure_hook(dt.date, _to_day)
    made.register_unstructure_hook(dt.date, dt.date.isoformat)
    made.register_structure_hook(dt.datetime, _to_moment)
    made.register_unstructure_hook(dt.datetime, dt.datetime.isoformat)
    made.register_structure_hook_factory(_is_enumeration, _members)
    made.register_unstructure_hook_func(_is_enumeration, operator.attrgetter("_value_"))  # quicker than .value
    made.register_structure_hook_factory(is_list, _tuples)
    made.register_unstructure_hook_factory(is_list, _tuple_data)
    made.register_structure_hook_factory(is_optional, _optionals)
    made.register_unstructure_hook_factory(is_optional, _optional_data)
    made.register_structure_hook_func(_is_one_way, _refuse)
