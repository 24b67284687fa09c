"""NATO's tables of defence expenditure, edition by edition."""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs

from natoburden.datasets._files import DATA, read_checked
from natoburden.errors import UnexpectedValueError, UnknownNameError
from natoburden.model._numbers import CONTEXT
from natoburden.model._vocabulary import nearest
from natoburden.model.expenditure import Edition, ExpenditureTable, Measure, Observation, Omission
from natoburden.model.memberships import find_entity
from natoburden.model.money import CURRENT_PRICES, Money, PriceBasis
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Source, Status
from natoburden.serialization import from_data, read_document

__all__ = ["defence_expenditure", "defence_expenditure_editions", "register", "unregister"]

_FOLDER = DATA / "nato"


@attrs.frozen(kw_only=True)
class _PackagedEdition:
    """One entry of editions.toml."""

    key: str
    file: str
    sha256: str
    constant_year: int
    estimated_years: tuple[int, ...]
    note: str
    source: Source
    omissions: tuple[Omission, ...] = ()


@attrs.frozen(kw_only=True)
class _Manifest:
    edition: tuple[_PackagedEdition, ...]
    omission: tuple[Omission, ...]


def defence_expenditure(edition: str | None = None) -> ExpenditureTable:
    """Load one edition of NATO's tables of defence expenditure, the newest unless told otherwise.

    Editions are named by year and month of publication. Raises `UnknownNameError` for one that neither ships nor was
    registered. Credit NATO when you publish its figures.

    >>> table = defence_expenditure("2026-07")
    >>> table.edition.key, table.years[0], table.latest_year, len(table.countries)
    ('2026-07', 2014, 2026, 31)
    >>> print(table.share_of_gdp("Germany", 2025).value)
    2.22 %
    """
    known = sorted([*_editions(), *_REGISTERED])
    key = known[-1] if edition is None else str(edition)
    if key not in known:
        raise UnknownNameError("edition", key, tuple(known), nearest(key, known))
    return _REGISTERED[key] if key in _REGISTERED else _load(key)


def defence_expenditure_editions(*keys: str) -> tuple[ExpenditureTable, ...]:
    """Load several editions, oldest first, to compare what they say of the same year: those named, else all.

    All are those that ship and those that were registered. Name them where numbers must not move when another
    version of the library ships another edition. Raises `UnknownNameError` for one that neither ships nor was
    registered. Each is given once.

    >>> defence_expenditure_editions()[-1] is defence_expenditure()
    True
    >>> [table.edition.key for table in defence_expenditure_editions("2026-07", "2024-06")]
    ['2024-06', '2026-07']
    """
    return tuple(map(defence_expenditure, sorted(set(keys or (*_editions(), *_REGISTERED)))))


def register(workbook: Path | str, edition: str | None = None) -> ExpenditureTable:
    """Add an edition while the program runs, from NATO's workbook; the newest is then what loads without a name.

    `edition` is its key, year and month of publication; without one `readers.nato.read_workbook` finds it. To use a
    workbook once, read it with that and pass the table on: registering is for a whole program, such as a notebook.
    Raises what the reader raises, and `UnexpectedValueError` for the key of an edition that is there already.
    """
    from natoburden.readers.nato import read_workbook  # readers are many, and most programs need none

    table = read_workbook(workbook, edition)
    key = table.edition.key
    if key in _editions() or key in _REGISTERED:
        known = "ships with the library" if key in _editions() else "is registered already"
        raise UnexpectedValueError("the key of another edition", key, f"it {known}; give another: edition='2027-04'")
    _REGISTERED[key] = table
    return table


def unregister(edition: str) -> None:
    """Take back an edition that was registered; raises `UnknownNameError` for one that was not."""
    if edition not in _REGISTERED:
        raise UnknownNameError("registered edition", str(edition), tuple(_REGISTERED))
    del _REGISTERED[edition]


_REGISTERED: dict[str, ExpenditureTable] = {}


@functools.cache
def _editions() -> Mapping[str, tuple[_PackagedEdition, tuple[Omission, ...]]]:
    manifest = read_document(_FOLDER / "editions.toml", _Manifest)
    return {entry.key: (entry, manifest.omission) for entry in manifest.edition}


@functools.cache
def _load(key: str) -> ExpenditureTable:
    entry, in_every_edition = _editions()[key]
    edition = Edition(
        key=entry.key,
        source=entry.source,
        constant_year=entry.constant_year,
        estimated_years=entry.estimated_years,
        omissions=entry.omissions + in_every_edition,
        note=entry.note,
    )
    rows = csv.DictReader(io.StringIO(read_checked(_FOLDER / entry.file, entry.sha256)))
    return ExpenditureTable(edition=edition, observations=tuple(_observations(rows, edition)))


def _observations(rows: Iterator[dict[str, str]], edition: Edition) -> Iterator[Observation[Any]]:
    entity = functools.cache(find_entity)
    measure, status = functools.cache(Measure), functools.cache(Status)
    basis = functools.cache(lambda text: from_data(text, PriceBasis) if text else CURRENT_PRICES)
    for row in rows:
        yield Observation(
            measure=measure(row["measure"]),
            entity=entity(row["entity"]),
            year=int(row["year"]),
            value=_value(row, basis),
            status=status(row["status"]),
            edition=edition,
        )


def _value(row: Mapping[str, str], basis: Callable[[str], PriceBasis]) -> Money | Share | Rate | Decimal:
    figure, unit = row["value"], row["unit"]
    if unit == "percent":
        return Rate.percent(figure) if row["measure"].startswith("real_change") else Share.percent(figure)
    if unit == "thousand persons":
        return Decimal(figure).scaleb(3, context=CONTEXT)
    size, _, currency = unit.rpartition(" ")
    exponent = {"million": 6, "thousand": 3, "": 0}[size]
    return Money(Decimal(figure).scaleb(exponent, context=CONTEXT), currency, basis(row["price_basis"]))
