"""Contracts converted to columns, and columns converted to contracts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import narwhals as nw

from natoburden.errors import FrameError, NatoBurdenError
from natoburden.frames._columns import Columns
from natoburden.frames._engine import collected, opened
from natoburden.frames._look import Look, refuse
from natoburden.model._checks import member
from natoburden.model._frames import Backend, Cell, frame_of
from natoburden.model._numbers import checked_decimal
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.countries import Country
from natoburden.model.dates import Announced, Precision
from natoburden.model.money import Money
from natoburden.model.notices import refuse_notices
from natoburden.model.origins import Origin, OriginBasis, Supplier
from natoburden.model.procurement import Contract, Contracts, ContractStatus, ContractValue, RangeEnd, ValueKind
from natoburden.model.record_coverage import RecordKind
from natoburden.model.shares import Share
from natoburden.model.sources import Source

__all__ = ["SCHEMA", "contracts_to_frame", "frame_to_contracts"]

# The columns of award lines that frame functions expect: type, whether nulls are allowed, and meaning.
SCHEMA: Mapping[str, tuple[str, bool, str]] = {
    "key": ("text", False, "which contract; the parts of one share it"),
    "buyer": ("text", True, "alpha-3 code of who buys; null for several without a split"),
    "supplier": ("text", True, "alpha-3 code of where it comes from; null is unknown"),
    "part": ("number", False, "fraction of the contract that comes from the supplier"),
    "basis": ("text", True, "what origin means, such as prime nationality"),
    "company": ("text", True, "who sells; null for several"),
    "area": ("text", True, "capability area; null for several without a split"),
    "system": ("text", True, "what is bought"),
    "year": ("whole number", True, "year of the contract; null where it bears no date"),
    "amount": ("number", True, "the whole contract's amount, on each of its lines; null is undisclosed"),
    "currency": ("text", True, "ISO 4217 code"),
    "kind": ("text", False, "what the amount is: contract, ceiling, estimate ..."),
    "status": ("text", False, "how far the purchase has come"),
    "part_of": ("text", True, "key of the contract whose amount holds this one's"),
    "record": ("text", True, "what the lines are of: sample, register, selection of one, list"),
}


_OPTIONAL = ("part_of", "basis", "company", "area", "system", "kind", "status", "record")


def contracts_to_frame(
    contracts: Iterable[Contract],
    backend: Backend | None = None,
    *,
    basis: OriginBasis = OriginBasis.PRIME_NATIONALITY,
    range_end: RangeEnd | None = None,
) -> Any:
    """Convert contracts to lines with the columns of `SCHEMA`: one line per origin, and one for all unknown origins.

    Each line has the whole amount of its contract: multiply the amount by ``part``. ``part_of`` is the key of a larger
    contract that includes the amount; a sum that includes the larger contract leaves this line out. For a range of
    values, the amount is the end chosen by `range_end`; without `range_end`, the amount is null. All kinds of value are
    included; for shares of signed contracts only, filter by ``kind``. The column ``record`` states whether a line is
    from a sample or a register. Raises `NotAContractError` for a notice to Congress.

    >>> from natoburden.datasets import announced_contracts
    >>> lines = contracts_to_frame(announced_contracts(), "polars")
    >>> lines.columns[:4], lines["key"].n_unique() == len(announced_contracts().items)
    (['key', 'buyer', 'supplier', 'part'], True)
    """
    record, given = str(RecordKind.of(contracts)), tuple(contracts)
    refuse_notices(given)
    rows = [row | {"record": record} for item in given for row in _rows(item, basis, range_end)]
    columns: dict[str, list[Cell]] = {name: [row[name] for row in rows] for name in SCHEMA}
    native = frame_of(columns, backend)
    if type(native).__module__.partition(".")[0] == "pandas":  # pandas' own whole numbers have no nulls
        kinds = {"number": "Float64", "whole number": "Int64", "text": "string"}
        return native.astype({name: kinds[kind] for name, (kind, _, _) in SCHEMA.items()})
    types: dict[str, Any] = {"number": nw.Float64, "whole number": nw.Int64, "text": nw.String}
    casts = [nw.col(name).cast(types[kind]) for name, (kind, _, _) in SCHEMA.items()]
    return nw.from_native(native).with_columns(*casts).to_native()


def _rows(contract: Contract, basis: OriginBasis, range_end: RangeEnd | None) -> Iterable[dict[str, Cell]]:
    amount = contract.value.at(range_end)
    whole: dict[str, Cell] = {
        "key": contract.key,
        "part_of": contract.part_of,
        "buyer": contract.buyers[0].alpha_3 if len(contract.buyers) == 1 else None,
        "basis": basis.value,
        "company": contract.suppliers[0].name if len(contract.suppliers) == 1 else None,
        "area": None if contract.area is None else contract.area.value,
        "system": contract.system,
        "year": contract.year,
        "amount": None if amount is None else float(amount.amount),
        "currency": None if amount is None else str(amount.currency),
        "kind": contract.value.kind.value,
        "status": contract.status.value,
    }
    origin = contract.origin(basis) or Origin.of(basis)
    for item in origin.known:
        yield whole | {"supplier": item.country.alpha_3, "part": float(item.share.as_fraction)}
    if origin.unknown.as_fraction:
        yield whole | {"supplier": None, "part": float(origin.unknown.as_fraction)}


def frame_to_contracts(lines: Any, *, source: Source) -> Contracts:
    """Convert lines with the columns of `SCHEMA` to contracts; lines with the same key become one contract.

    The columns ``key``, ``buyer``, ``supplier``, ``year``, ``amount`` and ``currency`` are required. If an optional
    column is missing, the default of the model applies: ``part`` is 1, ``kind`` is contract, ``status`` is announced,
    and ``area`` is other. A lazy frame is computed first. If ``part_of`` refers to a contract that is not among the
    lines, the record is a selection. The record's kind is taken from ``record``, but lines of a register count only as
    a selection. Without the column ``record``, the record's kind is a list of your own. Raises one `FrameError` with
    every fault and its key.

    >>> import polars as pl
    >>> lines = pl.DataFrame({"key": ["a", "a"], "buyer": ["POL"] * 2, "supplier": ["USA", "KOR"], "part": [0.25, 0.5],
    ...     "year": [2024] * 2, "amount": [1e6] * 2, "currency": ["USD"] * 2})
    >>> for contract in frame_to_contracts(lines, source=Source(title="My lines", publisher="an example")):
    ...     print(contract, contract.origins[0], sep=" | ")
    a: Poland from not named, not stated (USD 1.00 m (current prices), contract, 2024) | United States 25.00 %, South Korea 50.00 %, unknown 25.00 % (prime nationality)
    """  # noqa: E501 # a contract is one line
    there = set(opened(lines).columns)
    needed = ("key", "buyer", "supplier", "currency")
    columns = Columns(
        opened(lines),
        texts=[*needed, *(name for name in _OPTIONAL if name in there)],
        numbers=["amount", *(["part"] if "part" in there else [])],
        years=["year"],
    )
    look = Look(columns)
    for name in ("key", "buyer"):
        if name in columns.usable:
            look.filled(name, columns.text(name))
    look.finite("amount")
    refuse(columns, look.faults(look.answers()))
    read = dict.fromkeys((*needed, *_OPTIONAL), columns.text)
    read |= {"amount": columns.number, "part": columns.real, "year": columns.year}
    wanted = [column(name).alias(name) for name, column in read.items() if name in columns.usable]
    by_key: dict[str, list[dict[str, Any]]] = {}
    for row in collected(columns.frame.lazy.select(*wanted)):
        by_key.setdefault(row["key"], []).append(row)
    faults: list[str] = []
    found: list[Contract] = []
    kinds: set[RecordKind] = set()
    for key, rows in by_key.items():
        try:
            found.append(_contract(key, rows, source))
            kinds.add(RecordKind.LIST if rows[0].get("record") is None else member(RecordKind, rows[0]["record"]))
        except NatoBurdenError as error:
            faults.append(f"{key}: {error}")
    if faults:
        raise FrameError(tuple(faults[:20]), (), f"{len(faults)} of {len(by_key)} contracts cannot be made")
    days = [item.date.latest for item in found if item.date.latest is not None]
    is_selection = any(item.part_of is not None and item.part_of not in by_key for item in found)
    kind = kinds.pop().selected if len(kinds) == 1 else RecordKind.LIST  # the lines may be only a part of the record
    collected_on = max(days, default=dt.date.today())
    return Contracts(items=tuple(found), collected=collected_on, is_selection=is_selection, kind=kind)


def _contract(key: str, rows: list[dict[str, Any]], source: Source) -> Contract:
    first = rows[0]
    for name in ("buyer", "amount", "currency", "year", *_OPTIONAL):
        if len({row.get(name) for row in rows}) > 1:
            raise FrameError((f"column {name!r} differs between the lines of one contract",))
    shares: dict[Country, Decimal] = {}
    for row in rows:
        if row["supplier"] is not None:
            country = Country(row["supplier"])
            if row.get("part", 1) is None:
                raise FrameError(("column 'part' is null beside a supplier",))
            part = checked_decimal(str(row.get("part", 1)), "part")
            shares[country] = shares.get(country, Decimal(0)) + part
    basis = member(OriginBasis, first.get("basis") or OriginBasis.PRIME_NATIONALITY)
    origin = Origin.of(basis, {country: Share.fraction(part) for country, part in shares.items()})
    year, amount = first["year"], first["amount"]
    money = None if amount is None else Money(str(amount), str(first["currency"]))
    return Contract(
        key=key,
        part_of=first.get("part_of"),
        buyers=(Country(first["buyer"]),),
        suppliers=(Supplier(name=first.get("company") or "not named"),),
        system=first.get("system") or "not stated",
        areas=(member(CapabilityArea, first.get("area") or CapabilityArea.OTHER),),
        value=ContractValue(kind=member(ValueKind, first.get("kind") or ValueKind.CONTRACT), low=money),
        date=Announced.unknown() if year is None else Announced.parse(str(int(year)), Precision.YEAR),
        status=member(ContractStatus, first.get("status") or ContractStatus.ANNOUNCED),
        origins=(origin,),
        source=source,
    )
