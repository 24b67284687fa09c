"""Names and codes of countries in a column, converted to codes of one scheme, as R's countrycode does."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, TypeVar, get_args

import narwhals as nw

from natoburden.errors import (
    AmbiguousCountryError,
    FrameError,
    NoCodeError,
    UnknownCountryError,
    UnknownNameError,
    UnmatchedNamesWarning,
)
from natoburden.frames._arguments import column as name_of
from natoburden.frames._columns import Columns
from natoburden.frames._engine import ROW, collected, joined, opened, small_table
from natoburden.frames._look import refuse
from natoburden.model.code_schemes import CodeScheme
from natoburden.model.countries import Country

__all__ = ["Unmatched", "to_codes"]

F = TypeVar("F")

Unmatched = Literal["raise", "warn", "null", "keep"]

_KEY: Final = "natoburden_key"
_VALUE: Final = "natoburden_value"
_CODE: Final = "natoburden_code"
_MOST_NAMED: Final = 40
_WHOSE: Final = "say whose numbers they are: from_='cow', 'gw' or 'iso_numeric'"


def to_codes(
    lines: F,
    column: str,
    *,
    from_: CodeScheme | str = CodeScheme.NAME,
    to: CodeScheme | str = CodeScheme.ISO3,
    unmatched: Unmatched = "raise",
    named: str | None = None,
) -> F:
    """Convert the names or codes of countries in a column to codes of one scheme, as text.

    `Country.find` looks up each value. A value may be a name in any language or in a publisher's spelling, an ISO code,
    or Eurostat's EL or UK. To read codes of another scheme, give the scheme as `from_`, since the same code can mean
    different countries in two schemes. ``"cow"`` and ``"gw"`` are the numeric codes of Correlates of War and of
    Gleditsch and Ward; ``"cow_letters"`` and ``"gw_letters"`` are the codes in letters. R's names of schemes, such as
    ``"cown"``, are accepted too. With ``to="name"``, the result is the short English name. Each distinct value is
    looked up once. The codes replace the values of the column. With `named`, the codes become a new column of that
    name. Other columns, the order of lines and a pandas index are unchanged. A null stays a null.

    `unmatched` sets the treatment of values that are not a country, or that have no code in the scheme. ``"raise"``
    raises one `FrameError` that lists all unmatched values and their possible meanings. ``"warn"`` replaces unmatched
    values by null with an `UnmatchedNamesWarning`, ``"null"`` replaces them without a warning, and ``"keep"`` leaves
    them unchanged. Raises `UnknownNameError` for an unknown scheme.

    >>> import polars as pl
    >>> lines = pl.DataFrame({"supplier": ["Corée du Sud", "USA", "EL", None, "Deutschland"]})
    >>> to_codes(lines, "supplier")["supplier"].to_list()
    ['KOR', 'USA', 'GRC', None, 'DEU']
    >>> to_codes(pl.DataFrame({"ccode": [255, 2, 345]}), "ccode", from_="cow", to="gw")["ccode"].to_list()
    ['260', '2', '340']
    """
    given, wanted, name = CodeScheme.find(from_), CodeScheme.find(to), name_of(column, "column")
    written = name if named is None else name_of(named, "named")
    if unmatched not in get_args(Unmatched):
        raise UnknownNameError("way with unmatched values", str(unmatched), get_args(Unmatched))
    columns = _columns(lines, name)
    refuse(columns, [])
    if given is CodeScheme.NAME and not _is_text(columns, name):
        raise FrameError((f"column {name!r} is {columns.schema[name]}, and holds no names",), (), _WHOSE)
    key = _key(columns, name).alias(_KEY)
    rows = collected(columns.frame.lazy.select(key, nw.lit(1).alias(_CODE)).group_by(_KEY).agg(nw.col(_CODE).sum()))
    codes, strange = _looked_up((row[_KEY] for row in rows), given, wanted)
    if strange:
        _report(name, strange, unmatched)
    if unmatched == "keep":
        codes |= {value: str(value) for value in strange}
    if columns.frame.lazy.implementation.is_dask():  # Dask's joins lose order and index
        native: Any = lines
        found: F = native.map_partitions(_joined, name, codes, written)
        return found
    return _joined(lines, name, codes, written)


def _columns(lines: F, name: str) -> Columns[F]:
    """Return the column as text, or as whole numbers if it contains numbers."""
    frame = opened(lines)
    seen = Columns(frame, groups=[name])
    kind = seen.schema.get(name)
    return Columns(frame, years=[name]) if kind is not None and kind.is_numeric() else Columns(frame, texts=[name])


def _is_text(columns: Columns[Any], name: str) -> bool:
    return not columns.schema[name].is_numeric()


def _key(columns: Columns[Any], name: str) -> Any:
    return columns.text(name) if _is_text(columns, name) else columns.year(name)


def _looked_up(
    values: Iterable[Any], given: CodeScheme, wanted: CodeScheme
) -> tuple[dict[Any, str], dict[Any, Exception]]:
    """Return the code of each value, or the reason why a value has no code."""
    codes: dict[Any, str] = {}
    strange: dict[Any, Exception] = {}
    for found in values:
        if found is None:
            continue
        value = found if isinstance(found, str) else int(found)
        try:
            codes[value] = Country.find(value, scheme=given).code(wanted)
        except (AmbiguousCountryError, NoCodeError, UnknownCountryError) as error:
            strange[value] = error
    return codes, strange


def _report(name: str, strange: Mapping[Any, Exception], unmatched: Unmatched) -> None:
    """Raise for values without a code, or warn of them, depending on `unmatched`."""
    values = sorted(strange, key=str)
    faults = [f"column {name!r} holds {value!r}{_meaning(strange[value])}" for value in values[:_MOST_NAMED]]
    if len(values) > _MOST_NAMED:
        faults.append(f"{len(values) - _MOST_NAMED} more values have no code")
    if unmatched == "raise":
        hint = "mend them, or say unmatched='warn', 'null' or 'keep'"
        raise FrameError(tuple(faults), (), hint)
    if unmatched == "warn":
        warnings.warn(f"nulls stand for what has no code: {'; '.join(faults)}", UnmatchedNamesWarning, stacklevel=3)


def _meaning(error: Exception) -> str:
    """Return what a value may mean, or why it has no code."""
    if isinstance(error, AmbiguousCountryError):
        return f" ({' or '.join(error.candidates)}?)"
    if isinstance(error, UnknownCountryError):
        near = f"{' or '.join(error.nearest)}?" if error.nearest else ""
        said = error.explanation or near
        return f" ({said})" if said else ""
    return f" ({error})"


def _joined(lines: F, name: str, codes: Mapping[Any, str], written: str) -> F:
    """Join lines, or one of Dask's partitions of them, with the codes of their values."""
    columns = _columns(lines, name)
    frame, key = columns.frame, _key(columns, name)
    if not codes:
        nothing = nw.when(key.is_null() & ~key.is_null()).then(key.cast(nw.String))
        return frame.close_rows(frame.numbered.with_columns(nothing.alias(written)), written)
    keyed = frame.numbered.with_columns(key.alias(_KEY))
    if frame.is_eager:  # the other columns stay in the frame, since PyArrow cannot join lists
        keyed = keyed.select(ROW, _KEY)
    coded = joined(keyed, small_table(frame, {_VALUE: [*codes], _CODE: [*codes.values()]}), {_KEY: _VALUE})
    return frame.close_rows(coded.with_columns(nw.col(_CODE).alias(written)), written)
