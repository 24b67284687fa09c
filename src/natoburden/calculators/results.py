"""Results: frozen values that explain how they were computed, and tables of results."""

from __future__ import annotations

import abc
import html
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Generic, TypeVar, overload

import attrs

from natoburden.calculators.findings import Finding, Findings
from natoburden.errors import UnexpectedValueError, UnknownNameError
from natoburden.model._frames import Backend, Cell, Tabular
from natoburden.model._html_tables import html_table
from natoburden.model._numbers import LAST_YEAR
from natoburden.model._rows import cells, columns_of_rows, in_units, kinds_of, source_lines
from natoburden.model.evidence import Evidence
from natoburden.model.expenditure import Observation
from natoburden.model.memberships import Entity, EntityLike, Group, find_entity
from natoburden.model.sources import Source, Status, distinct
from natoburden.model.spending_commitments import CompositeTarget, Target

__all__ = ["Backend", "Cell", "Explained", "Projection", "Result", "ResultTable", "Summary", "TableResult"]


class Explained(abc.ABC):
    """A value that explains itself by a headline, a formula, evidence and findings.

    A subclass defines `headline`, `formula`, `findings` and `evidence`; every text and table is made from these four. A
    formula or note that never changes is a constant of the class.
    """

    __slots__ = ()

    note: ClassVar[str] = ""  # what to know before any figure of the class is quoted

    @property
    @abc.abstractmethod
    def headline(self) -> str:
        """The question that the result answers, in one line."""

    @property
    @abc.abstractmethod
    def formula(self) -> str:
        """The formula that gives the result from its evidence."""

    @property
    @abc.abstractmethod
    def findings(self) -> Findings:
        """The findings: values, each with its label."""

    @property
    @abc.abstractmethod
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence behind the result."""

    @property
    def working(self) -> tuple[tuple[str, str], ...]:
        """The lines of `explain` between formula and findings, each with its kind, such as "input"."""
        return tuple(("input", item.working) for item in self.evidence)

    @property
    def status(self) -> Status:
        """The status of the result, which is the status of its least firm evidence."""
        return Status.weakest(item.firmness for item in self.evidence)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents from which the evidence and any target come, each listed once."""
        told = (item.sources for item in (*self.evidence, *_targets(self)))
        own = (group.source for group in _own_groups(self) if group.source is not None)
        return distinct((*(source for sources in told for source in sources), *own))

    def find(self, label: str) -> Finding[Any]:
        """Return the first finding with the given label. All findings with the same label have values of one kind.

        Raises `UnknownNameError` for an unknown label; the message lists the labels of the result.
        """
        for item in self.findings:
            if item.label == label:
                return item
        raise UnknownNameError("finding", label, tuple(dict.fromkeys(item.label for item in self.findings)))

    def explain(self) -> str:
        """Return the whole explanation: formula, evidence with its status, findings and sources."""
        lines = [
            *([("note", self.note)] if self.note else []),
            ("formula", self.formula),
            *self.working,
            *(("group", group.told) for group in _own_groups(self)),
            *(("result", str(item)) for item in self.findings),
            *(("source", str(source)) for source in self.sources),
        ]
        return "\n".join([self.headline, *(f"  {what:<9}{said}" for what, said in lines)])

    def __str__(self) -> str:
        """Return the headline and the findings; `explain` also states how the findings were computed."""
        return "\n".join([self.headline, *(f"  {item}" for item in self.findings)])

    def _repr_html_(self) -> str:
        lines = "".join(
            f"<tr><th>{html.escape(item.label)}</th><td>{html.escape(item.text)}</td></tr>" for item in self.findings
        )
        return f"<table><caption>{html.escape(self.headline)}</caption><tbody>{lines}</tbody></table>"


@attrs.frozen(kw_only=True)
class Result(Explained, Tabular):
    """What a calculator returns: plain attributes, with the evidence and the formula behind them."""

    is_one_way: ClassVar[bool] = True  # a document of it cannot be read back
    in_units: ClassVar[tuple[str, ...]] = ()  # attributes whose amounts people read in units, not in millions

    inputs: tuple[Evidence, ...] = attrs.field(default=(), repr=False)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence behind the result."""
        return self.inputs

    @property
    def columns(self) -> Mapping[str, object]:
        """Further cells of the result's row, in addition to its attributes: values by name."""
        return {}

    def to_row(self) -> dict[str, Cell]:
        """Return the result as one flat row; figures are floats, and each column's name contains the unit."""
        row: dict[str, Cell] = {}
        for name, kinds in kinds_of(type(self)).items():
            value = getattr(self, name)
            row.update(in_units(name, value) if name in self.in_units else cells(name, value, kinds))
        for name, value in self.columns.items():
            row.update(cells(name, value))
        return row | {"status": self.status.value}

    @property
    def yearly(self) -> Mapping[int, Mapping[str, object]]:
        """The values of each year, such as the shares of a path, for tables with one row a year."""
        return {}

    def to_columns(self) -> dict[str, list[Cell]]:
        """Return the result as columns, with one row, or with one row a year if the result has yearly values."""
        rows = [
            {"year": year} | {key: cell for name, value in values.items() for key, cell in cells(name, value).items()}
            for year, values in self.yearly.items()
        ]
        status: dict[str, Cell] = {"status": self.status.value}
        told = [row if "status" in row else row | status for row in rows]
        return columns_of_rows(told or (self.to_row(),))

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain data, ready for JSON; a record is given by its key."""
        return _plain_fields(self) | _plain_working(self)


@attrs.frozen(kw_only=True)
class TableResult(Result):
    """A result with evidence from published tables only."""

    inputs: tuple[Observation[Any], ...] = attrs.field(default=(), repr=False)


@attrs.frozen(kw_only=True)
class Projection(Result):
    """A result about the future: it depends on assumptions, and its status is always "projection"."""

    @property
    def status(self) -> Status:
        """The status of the result, which is always "projection"."""
        return Status.PROJECTION


R_co = TypeVar("R_co", bound=Result, covariant=True)


@attrs.frozen(kw_only=True)
class ResultTable(Tabular, Generic[R_co]):
    """A table of results of one kind, with one result in each row.

    Find a row by its position, by its country or group, by its label, or by its year.

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
            if -len(self.rows) <= key < len(self.rows):
                return self.rows[key]
            if not 1900 <= key <= LAST_YEAR:
                raise IndexError(f"there is no row {key}: the table has {len(self.rows)}")
            key = str(key)
        if isinstance(key, str) and (labelled := [row for row in self.rows if key.strip() in _labels(row)]):
            if len(labelled) > 1:
                hint = "take them by position, or write [row for row in table if ...]"
                raise UnexpectedValueError("the name of one row", repr(key), f"{len(labelled)} rows are of it: {hint}")
            return labelled[0]
        if isinstance(key, str) and key.strip().isdecimal():
            labels = tuple(dict.fromkeys(label for row in self.rows for label in _labels(row)))
            raise UnknownNameError("row", key, labels, explanation="" if labels else "the rows have no years")
        wanted = find_entity(key)
        for row in self.rows:
            if wanted == _whose(row):
                return row
        raise UnknownNameError(
            "row", str(wanted), tuple(dict.fromkeys(str(_whose(row) or row.headline) for row in self.rows))
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents from which the figures of the rows come, each listed once."""
        return distinct(source for row in self.rows for source in row.sources)

    @property
    def table_rows(self) -> tuple[Result, ...]:
        """All rows for frames, columns and HTML, including a row for any unknown part."""
        return self.rows

    @property
    def label_column(self) -> str:
        """The name of the column with the rows' labels."""
        return "label"

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remarks on the table as a whole, one line each."""
        return ()

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return each row as plain data, ready for JSON."""
        return [row.to_dict() for row in self.rows]

    def to_columns(self) -> dict[str, list[Cell]]:
        """Return the rows as columns, with the unit in each name; a cell is None if the row lacks the figure."""
        columns = columns_of_rows(row.to_row() for row in self.table_rows)
        return {self.label_column if name == "label" else name: values for name, values in columns.items()}

    def explain(self) -> str:
        """Return the explanation of each row, and the remarks on the table."""
        return "\n".join([*(row.explain() for row in self.rows), *self.remarks])

    def __str__(self) -> str:
        """Return the headline and the findings of each row, and the remarks on the table."""
        return "\n".join([*map(str, self.rows), *self.remarks])

    def _repr_html_(self) -> str:
        above = (*self.caption, *self.remarks)
        edition = ", ".join(dict.fromkeys(key for row in self.rows for key in _editions(row)))
        named = [] if not edition or any(edition in line for line in above) else [f"Edition {edition}"]
        return html_table(self.to_columns(), (*above, *named, *source_lines(self.sources)))


@attrs.frozen(kw_only=True)
class Summary(Explained, ResultTable[R_co], Generic[R_co]):
    """A table that is also a result: it has findings and evidence of its own, in addition to its rows."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence behind the rows."""
        return tuple(item for row in self.rows for item in row.evidence)

    @property
    def caption(self) -> tuple[str, ...]:
        """The caption above the rows in HTML, which is the headline."""
        return (self.headline,)

    @property
    def working(self) -> tuple[tuple[str, str], ...]:
        """The lines of `explain` between formula and findings; only the `explain` of a row lists the row's evidence."""
        return ()

    def to_dict(self) -> dict[str, Any]:
        """Return the whole table as plain data, ready for JSON; a record is given by its key."""
        return _plain_fields(self) | {"rows": self.to_dicts()} | _plain_working(self, with_inputs=False)

    def _repr_html_(self) -> str:
        return ResultTable._repr_html_(self)


def _fields(told: object) -> list[str]:
    """Return the names of the attributes that contain the question and the findings."""
    kind: type[attrs.AttrsInstance] = type(told)  # type: ignore[assignment] # each concrete class is one
    return [field.name for field in attrs.fields(kind) if field.name not in ("inputs", "rows")]


def _targets(told: Explained) -> list[Target | CompositeTarget]:
    values = (getattr(told, name) for name in _fields(told))
    return [value for value in values if isinstance(value, Target | CompositeTarget)]


def _own_groups(told: Explained) -> list[Group]:
    """Return the groups that the user defined; no register lists the members of such groups."""
    values = (getattr(told, name) for name in _fields(told))
    return [value for value in values if isinstance(value, Group) and value.countries]


def _plain_fields(told: Explained) -> dict[str, Any]:
    return {name: _plain(getattr(told, name)) for name in _fields(told)}


def _plain_working(told: Explained, *, with_inputs: bool = True) -> dict[str, Any]:
    from natoburden.serialization import to_data

    return {
        **({"note": told.note} if told.note else {}),
        "status": told.status.value,
        "formula": told.formula,
        **({"inputs": [_plain(item.reference) for item in told.evidence]} if with_inputs else {}),
        "sources": [to_data(source) for source in told.sources],
    }


def _plain(value: object) -> Any:
    """Convert a value inside a result to plain data; a record or a target becomes its key."""
    from natoburden.serialization import to_data

    if isinstance(value, ResultTable) and not isinstance(value, Summary):
        found: Any = value.to_dicts()
    elif isinstance(value, Result | Summary):
        found = value.to_dict()
    elif isinstance(value, Target | CompositeTarget):
        found = value.key
    elif isinstance(value, tuple | list):
        found = [_plain(item) for item in value]
    elif isinstance(value, dict):
        found = {to_data(name): _plain(item) for name, item in value.items()}
    else:
        reference = getattr(value, "reference", None) if getattr(value, "stands_by_reference", False) else None
        found = to_data(value) if reference is None else _plain(reference)
    return found


def _labels(row: Result) -> tuple[str, ...]:
    """Return the texts that identify a row in addition to its country: its label and its year."""
    return tuple(str(label) for name in ("label", "year") if (label := getattr(row, name, None)) is not None)


def _editions(row: Result) -> list[str]:
    """Return the editions of the published tables behind a result."""
    found = (getattr(item, "edition", None) for item in row.evidence)
    return [str(getattr(edition, "key", edition)) for edition in found if edition]


def _whose(row: Result) -> Entity | None:
    whose: Entity | None = getattr(row, "country", None) or getattr(row, "entity", None)
    return whose
