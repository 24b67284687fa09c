"""Model values to plain data and back, through cattrs; a document is read whole, with all its faults.

Plain data is what JSON and TOML hold. Shares and rates are written with their sign (``"3.5 %"``), differences
as ``"1.28 pp"``, amounts as ``{amount, currency, basis}``, countries by alpha-3 code, groups by key.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import tomllib
import types
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import cattrs

from natoburden.errors import DocumentError, DocumentFault, InvalidNumberError, UnknownNameError
from natoburden.model._numbers import checked_decimal, plain
from natoburden.model.countries import Country
from natoburden.model.memberships import Entity, Group, find_entity
from natoburden.model.money import CURRENT_PRICES, Currency, PriceBasis
from natoburden.model.shares import PercentagePoints, Rate, Share

__all__ = ["from_data", "read_toml", "to_data"]

T = TypeVar("T")


def to_data(value: object) -> Any:
    """Turn a model value, result or container of them into plain data.

    >>> to_data(Share.percent("3.50"))
    '3.5 %'
    """
    return _converter().unstructure(value)


def from_data(data: object, kind: type[T], document: str = "document") -> T:
    """Build a model value from plain data; raises one `DocumentError` with every fault and its path.

    >>> from_data("3.5 %", Share)
    Share('3.5 %')
    >>> from natoburden.model.memberships import Membership
    >>> from_data({"country": "Atlantis", "start": "2025-02-30"}, Membership, "mine.toml")
    Traceback (most recent call last):
        ...
    natoburden.errors.DocumentError: mine.toml: 2 faults
      country: no country is called 'Atlantis'; ...
      start: day is out of range for month
    """
    try:
        return _converter().structure(data, kind)
    except Exception as error:
        messages = cattrs.transform_error(error, "", _in_words)
        faults = [message.rpartition(" @ ") for message in messages]
        raise DocumentError(
            document, [DocumentFault(path.lstrip(".") or "document", text) for text, _, path in faults]
        ) from error


def read_toml(path: Path, kind: type[T]) -> T:
    """Read a TOML document into a model value; raises `DocumentError` for what is no TOML or no such value."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DocumentError(path.name, [DocumentFault("document", f"not TOML in UTF-8: {error}")]) from error
    return from_data(data, kind, path.name)


def _in_words(error: BaseException, _kind: type | None) -> str:
    if isinstance(error, cattrs.ForbiddenExtraKeysError):
        return f"unknown key{'s' if len(error.extra_fields) > 1 else ''} {', '.join(sorted(error.extra_fields))}"
    if isinstance(error, KeyError):
        return "required key missing"
    return str(error)


def _strictly(kind: type[T]) -> Callable[[object, object], T]:
    """Take a value of exactly this type; cattrs alone would turn 5 into '5' and 2025.7 into 2025."""

    def check(value: object, _kind: object) -> T:
        if type(value) is not kind:
            raise InvalidNumberError(f"a {kind.__name__}", repr(value), f"it is a {type(value).__name__}")
        return value

    return check


def _marked(mark: str, build: Callable[[str], T]) -> Callable[[object, object], T]:
    """Take a figure with its sign: '3.5 %', '1.28 pp'."""

    def parse(value: object, _kind: object) -> T:
        text = value.strip() if isinstance(value, str) else ""
        if not text.endswith(mark):
            raise InvalidNumberError(
                f"a figure in {mark}", repr(value), f"write the sign with the figure: '3.5 {mark}'"
            )
        return build(text.removesuffix(mark).strip())

    return parse


def _to_day(value: object, _kind: object) -> dt.date:
    if type(value) is dt.date:
        return value
    if isinstance(value, str):
        return dt.date.fromisoformat(value)
    raise InvalidNumberError("a date", repr(value), "write it as 2025-06-25")


def _to_member(value: object, kind: type[enum.Enum]) -> enum.Enum:
    for member in kind:
        if member.value == value:
            return member
    raise UnknownNameError(kind.__name__.lower(), str(value), tuple(str(member.value) for member in kind))


def _to_basis(value: object, _kind: object) -> PriceBasis:
    words = value.split() if isinstance(value, str) else []
    if words == ["current"]:
        return CURRENT_PRICES
    if len(words) == 2 and words[0] == "constant" and words[1].isdecimal():
        return PriceBasis.constant(int(words[1]))
    raise UnknownNameError("price basis", str(value), ("current", "constant YEAR"))


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def _to_tuple(value: object, kind: Any) -> tuple[Any, ...]:
    """Take a list; cattrs alone would split a text into its letters."""
    if not isinstance(value, list | tuple):
        raise InvalidNumberError("a list", repr(value), f"it is a {type(value).__name__}")
    items: Any = types.GenericAlias(list, get_args(kind)[0])
    return tuple(_converter().structure(value, items))


@functools.cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(detailed_validation=True, forbid_extra_keys=True)
    for exact in (str, int, bool):
        converter.register_structure_hook(exact, _strictly(exact))
    converter.register_structure_hook(Decimal, lambda value, _: checked_decimal(value, "figure"))
    converter.register_structure_hook(dt.date, _to_day)
    converter.register_structure_hook(Share, _marked("%", Share.percent))
    converter.register_structure_hook(Rate, _marked("%", Rate.percent))
    converter.register_structure_hook(PercentagePoints, _marked("pp", PercentagePoints))
    converter.register_structure_hook(Currency, lambda value, _: Currency(value))
    converter.register_structure_hook(Country, lambda value, _: Country.find(value))
    converter.register_structure_hook(Group, lambda value, _: Group.find(value))
    converter.register_structure_hook(PriceBasis, _to_basis)
    converter.register_structure_hook_func(lambda kind: kind == Entity, lambda value, _: find_entity(value))
    converter.register_structure_hook_func(
        lambda kind: isinstance(kind, type) and issubclass(kind, enum.Enum), _to_member
    )
    converter.register_structure_hook_func(_is_list, _to_tuple)

    converter.register_unstructure_hook(Decimal, plain)
    converter.register_unstructure_hook(dt.date, dt.date.isoformat)
    converter.register_unstructure_hook(Share, lambda share: f"{plain(share.as_percent)} %")
    converter.register_unstructure_hook(Rate, lambda rate: f"{plain(rate.as_percent)} %")
    converter.register_unstructure_hook(PercentagePoints, lambda points: f"{plain(points.value)} pp")
    converter.register_unstructure_hook(Currency, str)
    converter.register_unstructure_hook(Country, lambda country: country.key)
    converter.register_unstructure_hook(Group, lambda group: group.key)
    converter.register_unstructure_hook(Entity, lambda entity: entity.key)
    converter.register_unstructure_hook(PriceBasis, lambda basis: str(basis).removesuffix(" prices"))
    return converter
