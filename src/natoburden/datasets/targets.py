"""The alliance's targets and the United States' demand, with their sources."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final

import attrs

from natoburden.datasets._files import DATA
from natoburden.errors import UnknownNameError
from natoburden.model._vocabulary import nearest
from natoburden.model.spending_commitments import CompositeTarget, Target
from natoburden.serialization import read_document

__all__ = [
    "HAGUE",
    "HAGUE_CORE",
    "HAGUE_RELATED",
    "HAGUE_TOTAL",
    "US_DEMAND",
    "VILNIUS_FLOOR",
    "WALES_EQUIPMENT",
    "WALES_GUIDELINE",
    "spending_targets",
    "target",
]


@attrs.frozen(kw_only=True)
class _Composite:
    key: str
    name: str
    total: str
    core: str
    related: str


@attrs.frozen(kw_only=True)
class _Document:
    target: tuple[Target, ...]
    composite: tuple[_Composite, ...]


@functools.cache
def _document() -> _Document:
    return read_document(DATA / "targets.toml", _Document)


@functools.cache
def spending_targets() -> Mapping[str, Target]:
    """Return the targets that ship, by key.

    >>> for target in spending_targets().values():
    ...     print(target)
    Wales guideline (aim: 2.00 % of GDP by 2024)
    Wales equipment guideline (aim: 20.00 % of defence expenditure by 2024)
    Vilnius commitment (floor: 2.00 % of GDP)
    US demand (floor: 5.00 % of GDP)
    Hague core target (floor: 3.50 % of GDP by 2035)
    Hague related spending (ceiling: 1.50 % of GDP by 2035)
    Hague total (floor: 5.00 % of GDP by 2035)
    """
    return {target.key: target for target in _document().target}


def target(key: str) -> Target:
    """Give one target by its key; raises `UnknownNameError` with the nearest."""
    name = str(key)
    if name not in spending_targets():
        raise UnknownNameError("target", name, tuple(spending_targets()), nearest(name.lower(), spending_targets()))
    return spending_targets()[name]


def _composite(key: str) -> CompositeTarget:
    parts = next(item for item in _document().composite if item.key == key)
    return CompositeTarget(
        key=parts.key,
        name=parts.name,
        total=target(parts.total),
        core=target(parts.core),
        related=target(parts.related),
    )


WALES_GUIDELINE: Final = target("wales-guideline")
WALES_EQUIPMENT: Final = target("wales-equipment")
VILNIUS_FLOOR: Final = target("vilnius-floor")
US_DEMAND: Final = target("us-demand")
HAGUE_CORE: Final = target("hague-core")
HAGUE_RELATED: Final = target("hague-related")
HAGUE_TOTAL: Final = target("hague-total")
HAGUE: Final = _composite("hague")
