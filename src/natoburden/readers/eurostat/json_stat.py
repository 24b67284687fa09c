"""JSON-stat 2.0, as Eurostat's interface returns it: dense, or sparse with values by their flat index."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from natoburden.errors import ReaderError
from natoburden.readers._answers import messages_of
from natoburden.readers._json import JSON_ERRORS, check_json, parse_json
from natoburden.readers._limits import Budget, Limits
from natoburden.readers.eurostat._cells import EXPECTED, Where, dataflow_of, dataset_of, day_of, source_of
from natoburden.readers.eurostat.table import EurostatCell, EurostatTable

__all__ = ["is_json", "read_json_stat"]

_POINTER = 8  # bytes
_TIME = ("time", "TIME_PERIOD")


def is_json(start: str) -> bool:
    """Return whether a text begins like a JSON object."""
    return start.lstrip()[:1] == "{"


def read_json_stat(path: Path, text: str, limits: Limits | None) -> EurostatTable:
    """Read a dataset of JSON-stat 2.0, in which the last dimension varies fastest; refuse a file with a fault."""
    budget = Budget(limits, path.name)
    check_json(text, budget)
    data = _parsed(path, text)
    where = Where(path.name, "")
    if data.get("class") != "dataset" or not all(name in data for name in ("id", "size", "dimension", "value")):
        raise where.fail(
            "the JSON is not a dataset of JSON-stat 2.0", "class = dataset, with id, size, dimension, value"
        )
    ids, sizes = data["id"], data["size"]
    if isinstance(sizes, list) and 0 in sizes:
        raise where.fail("Eurostat's answer holds no figure", "a choice of codes and periods for which there are any")
    if not _is_list(ids, str) or not _is_list(sizes, int) or len(ids) != len(sizes):
        raise where.fail("id and size do not go together", "two lists of one length")
    budget.spend("cells", math.prod(sizes))
    budget.spend("memory", _POINTER * len(ids) * math.prod(sizes))  # each cell has a code of each dimension
    time = next((place for place, name in enumerate(ids) if name in _TIME), None)
    if time is None:
        raise where.fail(f"no dimension of time among {', '.join(ids)}", " or ".join(_TIME))
    codes = [_codes(path, data["dimension"], name, size) for name, size in zip(ids, sizes, strict=True)]
    values = _by_index(path, data["value"], math.prod(sizes), "value")
    flags = _by_index(path, data.get("status", {}), math.prod(sizes), "status")
    at_time = Where(path.name, "dimension.time")
    periods = {code: at_time.period(code) for code in codes[time]}
    missing = {code: (period, None, "") for code, period in periods.items()}
    cells = tuple(
        EurostatCell(
            combined[:time] + combined[time + 1 :],
            *(
                (
                    periods[combined[time]],
                    _figure(path, values.get(index), index),
                    _flags(path, flags.get(index), index),
                )
                if index in values or index in flags
                else missing[combined[time]]
            ),
        )
        for index, combined in enumerate(itertools.product(*codes))
    )
    extension = data.get("extension")
    named = str(extension.get("id", "")) if isinstance(extension, dict) else ""
    dataset = dataset_of(named) or dataflow_of(named) or dataset_of(path.name)
    updated = day_of(str(data.get("updated", "")))
    return EurostatTable(
        dataset=dataset,
        dimensions=tuple(name for place, name in enumerate(ids) if place != time),
        cells=cells,
        updated=updated,
        source=source_of(path, dataset, str(data.get("label", "")), updated),
    )


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        data: dict[str, Any] = parse_json(text)  # an object, as the first character showed
    except JSON_ERRORS as error:
        raise ReaderError(path.name, "", f"the JSON cannot be read: {error}", EXPECTED) from error
    for word, named in (("error", "an error"), ("warning", "a warning")):
        if word in data and (word == "error" or "value" not in data):
            problem = f"Eurostat's answer is {named}: {messages_of(data[word])}"
            raise ReaderError(path.name, "", problem, "a dataset")
    return data


def _is_list(value: object, kind: type) -> bool:
    return isinstance(value, list) and bool(value) and all(type(item) is kind for item in value)


def _codes(path: Path, dimensions: Any, name: str, size: int) -> list[str]:
    """Return the codes of a dimension in their order; the index is a list, or gives the position of each code."""
    where = Where(path.name, f"dimension.{name}")
    category = _part(_part(dimensions, name), "category")
    index = category.get("index", list(_part(category, "label")))
    if isinstance(index, Mapping):
        by_place = {str(place): code for code, place in index.items()}
        index = [by_place[str(place)] for place in range(size) if str(place) in by_place]
    if size < 1 or not isinstance(index, list) or len(index) != size or len(set(map(str, index))) != size:
        raise where.fail("its codes do not fill its size", f"{size} codes, each at one place")
    return [str(code) for code in index]


def _part(holder: Any, name: str) -> Mapping[str, Any]:
    part = holder.get(name) if isinstance(holder, Mapping) else None
    return part if isinstance(part, Mapping) else {}


def _by_index(path: Path, values: Any, size: int, what: str) -> dict[int, Any]:
    """Return values by their flat index, from a list of all values or from an object of some of them."""
    where = Where(path.name, what)
    if isinstance(values, list):
        if len(values) != size:
            raise where.fail(f"a list of {len(values)}", f"{size}, the product of the sizes; is the file cut short?")
        return dict(enumerate(values))
    if not isinstance(values, dict):
        raise where.fail("neither a list nor an object", "values by index")
    found: dict[int, Any] = {}
    for key, value in values.items():
        if not re.fullmatch("[0-9]{1,9}", key) or int(key) >= size:
            raise where.fail(f"the index {key[:20]!r}", f"0 to {size - 1}")
        found[int(key)] = value
    return found


def _flags(path: Path, value: object, index: int) -> str:
    return Where(path.name, f"status[{index}]").flags(str(value or "")) if value else ""


def _figure(path: Path, value: object, index: int) -> Decimal | None:
    where = Where(path.name, f"value[{index}]")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise where.fail(f"{value!r}"[:40], "a number or null")
    return where.figure(str(value))
