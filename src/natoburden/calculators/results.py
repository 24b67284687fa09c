"""Results: frozen values that say how they came about, and tables of them."""

from __future__ import annotations

import abc
import functools
import html
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar, Generic, TypeVar, get_args, get_type_hints, overload

import attrs

from natoburden.errors import UnknownNameError
from natoburden.model._frames import Backend, Cell, frame_of
from natoburden.model.expenditure import Observation
from natoburden.model.memberships import Entity, EntityLike, find_entity
from natoburden.model.money import Money
from natoburden.model.shares import PercentagePoints, Rate, Share
from natoburden.model.sources import Source, Status
from natoburden.model.spending_commitments import CompositeTarget, Target

__all__ = ["Backend", "Cell", "Projection", "Result", "ResultTable", "cells"]


@attrs.frozen(kw_only=True)
class Result(abc.ABC):
    """What a calculator returns: plain attributes, and the figures and formula that they follow from.

    Subclasses say what they found in `headline`, `formula` and `findings`; the rest follows.
    """

    is_one_way: ClassVar[bool] = True  # a document of it cannot be read back

    inputs: tuple[Observation[Any], ...] = attrs.field(default=(), repr=False)

    @property
    @abc.abstractmethod
    def headline(self) -> str:
        """What was asked, in one line."""

    @property
    @abc.abstractmethod
    def formula(self) -> str:
        """How the result follows from its inputs."""

    @property
    @abc.abstractmethod
    def findings(self) -> tuple[tuple[str, str], ...]:
        """The results, each with its label."""

    @property
    def status(self) -> Status:
        """How firm the result is: as firm as the least firm of its inputs."""
        return Status.weakest(item.status for item in self.inputs)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that the inputs, and any target, come from, each once."""
        targets = (value for value in _values(self) if isinstance(value, Target | CompositeTarget))
        found = [*(item.source for item in self.inputs), *(target.source for target in targets)]
        return tuple(dict.fromkeys(found))

    def explain(self) -> str:
        """Give the working: formula, inputs with edition and status, result, sources."""
        inputs = [(str(item.measure), str(item.entity), str(item.year), _plainly(item)) for item in self.inputs]
        lines = [self.headline, f"  formula  {self.formula}"]
        lines += [f"  input    {measure}, {entity}, {year}: {value}" for measure, entity, year, value in inputs]
        lines += [f"  result   {label}: {value}" for label, value in self.findings]
        lines += [f"  source   {source}" for source in self.sources]
        return "\n".join(lines)

    def __str__(self) -> str:
        """Say what was asked and what was found; `explain` says also how."""
        return "\n".join([self.headline, *(f"  {label}: {found}" for label, found in self.findings)])

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain data, ready for JSON."""
        from natoburden.serialization import to_data

        plain = {field.name: getattr(self, field.name) for field in attrs.fields(type(self)) if field.name != "inputs"}
        targets = Target | CompositeTarget
        return {
            **{name: value.key if isinstance(value, targets) else _plain_data(value) for name, value in plain.items()},
            "status": self.status.value,
            "formula": self.formula,
            "inputs": [
                {
                    "measure": item.measure.value,
                    "entity": item.entity.key,
                    "year": item.year,
                    "value": to_data(item.value),
                    "status": item.status.value,
                    "edition": item.edition.key,
                }
                for item in self.inputs
            ],
            "sources": [to_data(source) for source in self.sources],
        }

    def _repr_html_(self) -> str:
        lines = "".join(
            f"<tr><th>{html.escape(name)}</th><td>{html.escape(said)}</td></tr>" for name, said in self.findings
        )
        return f"<table><caption>{html.escape(self.headline)}</caption><tbody>{lines}</tbody></table>"

    def to_row(self) -> dict[str, Cell]:
        """Give the result as one flat row; shares in percent, money in millions, both as floats."""
        row: dict[str, Cell] = {}
        for name, kinds in _columns(type(self)).items():
            row.update(cells(name, getattr(self, name), kinds))
        return row | {"status": self.status.value}


@attrs.frozen(kw_only=True)
class Projection(Result):
    """A result about the future: it rests on assumptions, and is never firmer than a projection."""

    @property
    def status(self) -> Status:
        """Always a projection."""
        return Status.PROJECTION


R_co = TypeVar("R_co", bound=Result, covariant=True)


@attrs.frozen(kw_only=True)
class ResultTable(Generic[R_co]):
    """Results of one kind, one per row; looked up by position, or by country or group.

    >>> from natoburden.calculators import targets
    >>> from natoburden.datasets import defence_expenditure
    >>> from natoburden.datasets.targets import HAGUE_CORE
    >>> gaps = targets.group_gap(defence_expenditure("2026-07"), "NATO Europe", 2025, HAGUE_CORE).members
    >>> len(gaps), str(gaps["Germany"].points)
    (29, '+1.28 pp')
    """

    is_one_way: ClassVar[bool] = True

    rows: tuple[R_co, ...] = attrs.field(repr=lambda rows: f"<{len(rows)} rows>")

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[R_co]:
        return iter(self.rows)

    @overload
    def __getitem__(self, key: int | EntityLike) -> R_co: ...
    @overload
    def __getitem__(self, key: slice) -> ResultTable[R_co]: ...
    def __getitem__(self, key: int | EntityLike | slice) -> R_co | ResultTable[R_co]:
        if isinstance(key, slice):
            return attrs.evolve(self, rows=self.rows[key])
        if isinstance(key, int):
            return self.rows[key]
        wanted = find_entity(key)
        for row in self.rows:
            if wanted == _whose(row):
                return row
        raise UnknownNameError(
            "row", str(wanted), tuple(dict.fromkeys(str(_whose(row) or row.headline) for row in self.rows))
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents behind all rows, each once."""
        return tuple(dict.fromkeys(source for row in self.rows for source in row.sources))

    def to_dicts(self) -> list[dict[str, Any]]:
        """Give each row as plain data, ready for JSON."""
        return [row.to_dict() for row in self.rows]

    def to_columns(self) -> dict[str, list[Cell]]:
        """Give the rows as columns; shares in percent, money in millions, both as floats; None where a row has none."""
        rows = [row.to_row() for row in self.rows]
        names = dict.fromkeys(name for row in rows for name in row)
        return {name: [row.get(name) for row in rows] for name in names}

    def explain(self) -> str:
        """Give the working of each row."""
        return "\n".join(row.explain() for row in self.rows)

    def __str__(self) -> str:
        """Say what each row was asked and what was found."""
        return "\n".join(map(str, self.rows))

    def to_frame(self, backend: Backend) -> Any:
        """Give the rows as a data frame of Polars, pandas or PyArrow; needs the extra ``frames``.

        Raises `MissingExtraError` without Narwhals or the backend, `UnknownNameError` for another backend.
        """
        return frame_of(self.to_columns(), backend)

    def _repr_html_(self) -> str:
        columns = self.to_columns()
        head = "".join(f"<th>{html.escape(name)}</th>" for name in columns)
        body = "".join(
            f"<tr>{''.join(f'<td>{html.escape(str(cell))}</td>' for cell in row)}</tr>"
            for row in zip(*columns.values(), strict=True)
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _values(result: Result) -> list[object]:
    return [getattr(result, field.name) for field in attrs.fields(type(result))]


def _plainly(item: Observation[Any]) -> str:
    """Write an input at full precision: the working must be redone by hand."""
    value = item.value
    if isinstance(value, Money):
        is_large = abs(value.amount) >= 1_000_000
        figure = f"{value.in_millions:,f} m" if is_large else f"{value.amount:,f}"
        written = f"{figure} {value.currency}, {value.basis}"
    else:
        written = f"{value.as_percent:f} %" if isinstance(value, Share | Rate) else f"{value:,f}"
    return f"{written} ({item.status}, edition {item.edition})"


def _plain_data(value: object) -> Any:
    from natoburden.serialization import to_data

    if isinstance(value, ResultTable):
        return value.to_dicts()
    return to_data(value)


def _cell(value: object) -> Cell:
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(getattr(value, "key", value))


def _whose(row: Result) -> Entity | None:
    whose: Entity | None = getattr(row, "country", None) or getattr(row, "entity", None)
    return whose


@functools.cache
def _columns(kind: type[Result]) -> Mapping[str, tuple[type, ...]]:
    """Give the attributes that make columns, each with the types that its annotation allows."""
    hints = get_type_hints(kind)
    return {field.name: get_args(hints[field.name]) for field in attrs.fields(kind) if field.name != "inputs"}


_UNITS: Mapping[type | None, tuple[str, Callable[[Any], Decimal]]] = {
    Share: ("percent", lambda share: share.as_percent),
    Rate: ("percent", lambda rate: rate.as_percent),
    PercentagePoints: ("points", lambda points: points.value),
}


def cells(name: str, value: object, kinds: tuple[type, ...] = ()) -> Mapping[str, Cell]:
    """Spread one attribute over the columns of a flat row; nested tables and lists but of words have no place in it.

    `kinds` are the types that the attribute may have: a missing share still makes a column of percent. A missing amount
    makes none, since its currency is not known; other rows of a table may have it.
    """
    if isinstance(value, Money):
        return {f"{name}_million_{value.currency.code.lower()}": float(value.in_millions)}
    if isinstance(value, tuple) and value and all(isinstance(item, str) for item in value):
        return {name: " and ".join(value)}
    if isinstance(value, ResultTable | tuple | Result) or (value is None and Money in kinds):
        return {}
    kind = type(value) if value is not None else next((kind for kind in kinds if kind in _UNITS), None)
    if kind not in _UNITS:
        return {name: _cell(value)}
    unit, figure = _UNITS[kind]
    return {f"{name}_{unit}": None if value is None else float(figure(value))}
