"""How each class of the model is written as plain data and read from it: the hooks that cattrs is given."""

from __future__ import annotations

import datetime as dt
import enum
import functools
import operator
import re
import types
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, ForwardRef, TypeVar, Union, get_args, get_origin

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn

from natoburden.errors import UnexpectedValueError, UnknownNameError
from natoburden.model._checks import member, noun
from natoburden.model._numbers import checked_decimal, plain
from natoburden.model.claim_checks import CHECKS, Check
from natoburden.model.claims import ClaimedQuantity, Count
from natoburden.model.countries import Country
from natoburden.model.dates import Announced, DateSpan, Deadline, Precision
from natoburden.model.keyed import Keyed
from natoburden.model.memberships import Entity, Group, find_entity
from natoburden.model.money import CURRENT_PRICES, UNSTATED_PRICES, Currency, Money, PriceBasis
from natoburden.model.path_scenarios import Override, PathAssumptions
from natoburden.model.shares import PercentagePoints, Rate, Share
from natoburden.model.spending_commitments import ShareRange
from natoburden.serialization import _tables

__all__ = ["converter", "is_list", "is_optional"]

T = TypeVar("T")

_IN_WORDS: dict[type, str] = {int: "a whole number", bool: "true or false"}
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SURROGATE = re.compile("[\ud800-\udfff]")


def _unexpected(what: str, value: object, hint: str = "") -> UnexpectedValueError:
    return UnexpectedValueError(what, repr(value), hint or f"it is a {type(value).__name__}")


def _strictly(kind: type[T]) -> Callable[[object, object], T]:
    """Take a value of exactly this type; cattrs alone would turn 2025.7 into 2025."""

    def check(value: object, _kind: object) -> T:
        if type(value) is kind:
            return value
        raise _unexpected(_IN_WORDS[kind], value)

    return check


def _to_text(value: object, _kind: object) -> str:
    """Take a text; cattrs alone would turn 5 into '5'."""
    if type(value) is not str:
        raise _unexpected("a text", value)
    if not value.isascii() and _SURROGATE.search(value):
        raise _unexpected("a text", value, "it holds half a character, which no file can be written with")
    return value


def _marked(mark: str, build: Callable[[str], T]) -> Callable[[object, object], T]:
    """Take a figure with its sign: '3.5 %', '1.28 pp'."""

    def parse(value: object, _kind: object) -> T:
        text = value.strip() if isinstance(value, str) else ""
        if not text.endswith(mark):
            hint = f"write the sign with the figure: '3.5 {mark}'"
            raise _unexpected(f"a figure in {mark}", value, hint)
        return build(text.removesuffix(mark).strip())

    return parse


def _to_day(value: object, _kind: object) -> dt.date:
    if type(value) is dt.date:
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        return dt.date.fromisoformat(value)
    raise _unexpected("a date", value, "write it as 2025-06-25")


_BY_LENGTH = {4: Precision.YEAR, 7: Precision.MONTH}


def _to_announced(value: object, _kind: object) -> Announced:
    """Take a date as far as it is known, alone or with how it is known."""
    given = value if isinstance(value, dict) else {"date": value}
    if not given.keys() <= {"date", "precision"}:
        raise _unexpected("an announcement", value, "write {date = ..., precision = ...}, or the date alone")
    date = given.get("date", "")
    text = date.isoformat() if type(date) is dt.date else str(date)
    if "precision" in given:
        precision = member(Precision, given["precision"])
    else:
        precision = _BY_LENGTH.get(len(text), Precision.DAY) if text else Precision.NONE
    return Announced.parse(text, precision) if text else Announced("", precision, None)


def _to_span(value: object, _kind: object) -> DateSpan:
    """Take one date as far as it is known, or both ends with how sure they are."""
    if type(value) is dt.date:
        return DateSpan(earliest=value, latest=value)
    if type(value) in (str, int):
        return DateSpan.parse(str(value))
    if not isinstance(value, dict):
        raise _unexpected("a date or span of dates", value, "write it as 2025, 2025-02 or 2025-02-12")
    span: DateSpan = _fields_of(DateSpan)(value, DateSpan)
    return span


@functools.cache
def _fields_of(kind: type[T]) -> Callable[[Any, Any], T]:
    """Read a table of a class's fields, for classes that are also written shorter."""
    return make_dict_structure_fn(kind, converter(), _cattrs_forbid_extra_keys=True)


def _is_enumeration(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, enum.Enum)


def _members(kind: type[enum.Enum]) -> Callable[[object, object], enum.Enum]:
    by_value: dict[object, enum.Enum] = {found.value: found for found in kind}

    def to_member(value: object, _kind: object) -> enum.Enum:
        if type(value) is str and value in by_value:
            return by_value[value]
        return member(kind, value if isinstance(value, str) else repr(value))

    return to_member


_MONEY = frozenset({"amount", "currency", "basis"})


def _to_money(value: object, kind: object) -> Money:
    """Take an amount as documents of the library's own have it, without a detour; anything else by its fields."""
    if type(value) is dict and value.keys() == _MONEY and type(value["amount"]) is str:
        return Money(value["amount"], _to_currency(value["currency"], None), _to_basis(value["basis"], None))
    money: Money = _fields_of(Money)(value, kind)
    return money


def _to_basis(value: object, _kind: object) -> PriceBasis:
    if value == "current":
        return CURRENT_PRICES
    words = value.split() if isinstance(value, str) else []
    if words in (["current"], ["unstated"]):
        return CURRENT_PRICES if words == ["current"] else UNSTATED_PRICES
    if len(words) == 2 and words[0] == "constant" and re.fullmatch("[0-9]{4}", words[1]):
        return PriceBasis.constant(int(words[1]))
    raise UnknownNameError("price basis", str(value), ("current", "constant YEAR", "unstated"))


def _basis_data(basis: PriceBasis) -> str:
    return f"constant {basis.year}" if basis.year else "current" if basis.is_stated else "unstated"


def is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def _tuples(kind: Any, made: cattrs.Converter) -> Callable[[object, object], tuple[Any, ...]]:
    """Take a list; cattrs alone would split a text into its letters."""
    items: Any = types.GenericAlias(list, get_args(kind)[0])
    as_list = made.get_structure_hook(items)

    def to_tuple(value: object, _kind: object) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise _unexpected("a list", value)
        return tuple(as_list(value, items)) if value else ()

    return to_tuple


def _writer(kind: Any, made: cattrs.Converter) -> Callable[[Any], Any]:
    """Give the hook that writes a type; for a type that is not known yet, each value's own class tells."""
    return made.unstructure if isinstance(kind, str | ForwardRef | TypeVar) else made.get_unstructure_hook(kind)


def _tuple_data(kind: Any, made: cattrs.Converter) -> Callable[[tuple[Any, ...]], list[Any]]:
    """Write a list, with the hook looked up once."""
    write = _writer(get_args(kind)[0], made)
    return lambda value: [write(item) for item in value] if value else []


def _optional_data(kind: Any, made: cattrs.Converter) -> Callable[[object], Any]:
    [inner] = [part for part in get_args(kind) if part is not type(None)]
    write = _writer(inner, made)
    return lambda value: None if value is None else write(value)


def is_optional(kind: Any) -> bool:
    parts = get_args(kind)
    return get_origin(kind) in (types.UnionType, Union) and len(parts) == 2 and type(None) in parts


def _optionals(kind: Any, made: cattrs.Converter) -> Callable[[object, object], Any]:
    """Take a value or nothing, with the hook looked up once."""
    [inner] = [part for part in get_args(kind) if part is not type(None)]
    hook = made.get_structure_hook(inner)
    return lambda value, _kind: None if value is None else hook(value, inner)


@functools.cache
def _countries() -> dict[str, Country]:
    return {country.alpha_3: country for country in Country.all()}


def _to_country(value: object, _kind: object) -> Country:
    """Take a code, as documents of the library's own have it, or any other name."""
    found = _countries().get(value) if isinstance(value, str) else None
    return Country.find(value) if found is None else found  # type: ignore[arg-type] # it checks the type


@functools.lru_cache(maxsize=512)
def _currency_of(code: str) -> Currency:
    return Currency(code)


def _to_currency(value: object, _kind: object) -> Currency:
    return _currency_of(value) if isinstance(value, str) else Currency(value)  # type: ignore[arg-type] # it checks


def _text(value: object) -> str:
    """Take a text, or a year written as a number."""
    if isinstance(value, str) or type(value) is int:
        return str(value)
    raise _unexpected("a text", value)


def _to_range(value: object, _kind: object) -> ShareRange:
    if not isinstance(value, str):
        raise _unexpected("a share", value, "write it as text, with its sign: '2.3 %' or '3-3.5 %'")
    return ShareRange.parse(value)


def _range_text(value: ShareRange) -> str:
    low, high = plain(value.low.as_percent), plain(value.high.as_percent)
    return f"{low} %" if value.is_point else f"{low}-{high} %"


def _announced_data(value: Announced) -> dict[str, str]:
    return {"date": value.text, "precision": value.precision.value}


def _to_keyed(value: object, kind: Any) -> Keyed[Any]:
    several: Any = types.GenericAlias(tuple, (get_args(kind)[0], ...))
    return Keyed(converter().structure(value, several))


_QUANTITIES: dict[str, Any] = {"share": Share, "money": Money, "count": Count}


def _to_quantity(value: object, _kind: object) -> ClaimedQuantity | None:
    """Take ``{share = "5 %"}``, ``{money = {amount, currency, basis}}`` or ``{count = 4}``."""
    if value is None:
        return None
    if not isinstance(value, dict) or len(value) != 1:
        raise _unexpected("a quantity", value, "write one of {share = ...}, {money = ...}, {count = ...}")
    [(name, figure)] = value.items()
    if name not in _QUANTITIES:
        raise UnknownNameError("kind of quantity", str(name), tuple(_QUANTITIES))
    quantity: ClaimedQuantity = converter().structure(figure, _QUANTITIES[name])
    return quantity


def _quantity_data(value: ClaimedQuantity | None) -> dict[str, Any] | None:
    return None if value is None else {noun(type(value)): converter().unstructure(value)}


def _to_count(value: object, _kind: object) -> Count:
    """Take a number, or ``{at_least = 2}``."""
    if type(value) is int:
        return Count.exactly(value)
    if not isinstance(value, dict):
        raise _unexpected("a count", value, "write a whole number, or {at_least = 2}")
    count: Count = _fields_of(Count)(value, Count)
    return count


def _to_check(value: object, _kind: object) -> Check:
    """Take a table whose ``check`` says which kind of check its other keys make."""
    if not isinstance(value, dict) or "check" not in value:
        raise _unexpected("a check", value, "write {check = ..., ...}")
    kinds: dict[object, type[Check]] = {kind.tag: kind for kind in CHECKS}
    tag = value["check"]
    if not isinstance(tag, str) or tag not in kinds:
        raise UnknownNameError("check", str(tag), tuple(map(str, kinds)))
    check: Check = converter().structure({key: part for key, part in value.items() if key != "check"}, kinds[tag])
    return check


def _check_data(value: Check) -> dict[str, Any]:
    return {"check": value.tag, **converter().unstructure(value)}


def _to_override(value: object, _kind: object) -> Override:
    """Take an override, whose value is of the type of the assumption that it names."""
    if not isinstance(value, dict) or set(value) != {"name", "value", "reason"}:
        raise _unexpected("an override", value, "write {name = ..., value = ..., reason = ...}")
    kinds: dict[object, Any] = {field.name: field.type for field in attrs.fields(attrs.resolve_types(PathAssumptions))}
    name = value["name"]
    if not isinstance(name, str) or name not in kinds:
        raise UnknownNameError("assumption", str(name), tuple(map(str, kinds)))
    return Override(name=name, value=converter().structure(value["value"], kinds[name]), reason=value["reason"])


def _is_keyed(kind: Any) -> bool:
    return kind is Keyed or get_origin(kind) is Keyed


class _Converter(cattrs.Converter):
    """A converter that knows which classes documents hold by their fields, in no form of their own."""

    def __init__(self) -> None:
        super().__init__(detailed_validation=True, forbid_extra_keys=True)
        self.by_fields: set[object] = set()

    def gen_structure_attrs_fromdict(self, cl: type[T]) -> Callable[[Mapping[str, Any], Any], T]:
        """Generate what reads a class; cattrs asks where no hook is registered for it."""
        self.by_fields.add(cl)
        return super().gen_structure_attrs_fromdict(cl)


@functools.cache
def converter() -> _Converter:
    made = _Converter()
    _register_readers(made)
    _register_writers(made)
    _tables.register(made)
    return made


def _register_readers(made: cattrs.Converter) -> None:
    made.register_structure_hook_factory(is_optional, _optionals)
    made.register_structure_hook(str, _to_text)
    for exact in (int, bool):
        made.register_structure_hook(exact, _strictly(exact))
    made.register_structure_hook(Decimal, lambda value, _: checked_decimal(value, "figure"))
    made.register_structure_hook(dt.date, _to_day)
    made.register_structure_hook(Share, _marked("%", Share.percent))
    made.register_structure_hook(Rate, _marked("%", Rate.percent))
    made.register_structure_hook(PercentagePoints, _marked("pp", PercentagePoints))
    made.register_structure_hook(Currency, _to_currency)
    made.register_structure_hook(Country, _to_country)
    made.register_structure_hook(Group, lambda value, _: Group.find(value))
    made.register_structure_hook(PriceBasis, _to_basis)
    made.register_structure_hook(Money, _to_money)
    made.register_structure_hook(ShareRange, _to_range)
    made.register_structure_hook(Deadline, lambda value, _: Deadline.parse(_text(value)))
    made.register_structure_hook(Announced, _to_announced)
    made.register_structure_hook(DateSpan, _to_span)
    made.register_structure_hook_func(lambda kind: kind == Entity, lambda value, _: find_entity(value))
    made.register_structure_hook_func(
        lambda kind: kind == Entity | None, lambda value, _: None if value is None else find_entity(value)
    )
    made.register_structure_hook_factory(_is_enumeration, _members)
    made.register_structure_hook_factory(is_list, _tuples)
    made.register_structure_hook_func(_is_keyed, _to_keyed)
    made.register_structure_hook_func(lambda kind: kind == ClaimedQuantity | None, _to_quantity)
    made.register_structure_hook(Count, _to_count)
    made.register_structure_hook(Override, _to_override)
    made.register_structure_hook_func(lambda kind: kind == Check, _to_check)


def _register_writers(made: cattrs.Converter) -> None:
    made.register_unstructure_hook_factory(is_optional, _optional_data)
    made.register_unstructure_hook_factory(is_list, _tuple_data)
    made.register_unstructure_hook_func(_is_enumeration, operator.attrgetter("_value_"))  # quicker than .value
    made.register_unstructure_hook(Decimal, plain)
    made.register_unstructure_hook(dt.date, dt.date.isoformat)
    made.register_unstructure_hook(Share, lambda share: f"{plain(share.as_percent)} %")
    made.register_unstructure_hook(Rate, lambda rate: f"{plain(rate.as_percent)} %")
    made.register_unstructure_hook(PercentagePoints, lambda points: f"{plain(points.value)} pp")
    made.register_unstructure_hook(Currency, operator.attrgetter("code"))
    made.register_unstructure_hook(Country, operator.attrgetter("alpha_3"))
    made.register_unstructure_hook(Group, lambda group: group.key)
    made.register_unstructure_hook(Entity, lambda entity: entity.key)
    made.register_unstructure_hook(ShareRange, _range_text)
    made.register_unstructure_hook(Deadline, str)
    made.register_unstructure_hook(Announced, _announced_data)
    made.register_unstructure_hook_func(_is_keyed, lambda value: [made.unstructure(item) for item in value])
    made.register_unstructure_hook_func(lambda kind: kind == ClaimedQuantity | None, _quantity_data)
    made.register_unstructure_hook_func(lambda kind: kind == Check, _check_data)
    made.register_unstructure_hook(PriceBasis, _basis_data)
