"""Results that name the records behind them: a numerator out of a denominator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

import attrs

from natoburden.calculators.dependency._records import Conversion, LeftOut, Measured, reference
from natoburden.calculators.dependency._scope import Record
from natoburden.calculators.results import Result, ResultTable
from natoburden.model.procurement import Contract
from natoburden.model.shares import Share
from natoburden.model.sources import Source, Status
from natoburden.model.transfers import Transfer

__all__ = [
    "RecordResult",
    "behind",
    "cautions",
    "conversion_data",
    "plain_data",
    "rates_used",
    "sources_of",
    "status_of",
]


class _Behind(TypedDict):
    denominator: tuple[Record, ...]
    left_out: tuple[LeftOut, ...]
    conversions: tuple[Conversion, ...]


_RECORD_FIELDS = ("numerator", "denominator", "left_out", "conversions")


def status_of(records: Iterable[Record]) -> Status:
    """Give the status of what follows from records: an estimate where any is not firm."""
    firm = (record.is_firm if isinstance(record, Contract) else not record.is_estimate for record in records)
    return Status.ACTUAL if all(firm) else Status.ESTIMATE


def sources_of(records: Iterable[Record], conversions: Iterable[Conversion] = ()) -> tuple[Source, ...]:
    """Return the documents behind records, and behind the rates that they were converted at, each once."""
    rates = (item.rates.source for item in conversions)
    return tuple(dict.fromkeys((*(record.source for record in records), *rates)))


def behind(whole: Measured) -> _Behind:
    """Return what every result says of the records behind it: those in the whole, those left out, and how converted."""
    return {
        "denominator": tuple(item.record for item in whole.counted),
        "left_out": whole.left_out,
        "conversions": whole.conversions,
    }


def rates_used(conversions: Iterable[Conversion]) -> tuple[str, ...]:
    """Say at which rates which contracts were converted, a line for each table of rates."""
    tables: dict[str, list[str]] = {}
    for item in conversions:
        tables.setdefault(str(item.rates), []).append(item.contract.key)
    return tuple(f"{rates}: {', '.join(keys)}" for rates, keys in tables.items())


def cautions(conversions: Iterable[Conversion]) -> tuple[tuple[str, str], ...]:
    """Name the contracts that were converted at rates of another year than their own, and what is odd about a rate."""
    made = tuple(conversions)
    tables: dict[str, dict[str, list[str]]] = {}
    for item in made:
        if item.is_of_other_year:
            years = tables.setdefault(str(item.rates), {})
            years.setdefault(str(item.contract.year or "undated"), []).append(item.contract.key)
    others = "; ".join(f"{_by_year(years)}, at {rates}" for rates, years in tables.items())
    incomplete: dict[str, list[str]] = {}
    for item in made:
        if "incomplete" in item.note:
            incomplete.setdefault(item.note, []).append(item.contract.key)
    odd = "; ".join(f"{' '.join(keys)}: {note}" for note, keys in incomplete.items())
    found = (("converted at rates of another year", others), ("converted at rates of an incomplete year", odd))
    return tuple((label, said) for label, said in found if said)


def _by_year(years: Mapping[str, list[str]]) -> str:
    return ", ".join(f"{year}: {' '.join(keys)}" for year, keys in sorted(years.items()))


def conversion_data(conversions: Iterable[Conversion]) -> list[dict[str, Any]]:
    """Turn conversions into plain data."""
    return [
        {
            "record": item.contract.key,
            "rates": str(item.rates),
            "is_of_other_year": item.is_of_other_year,
            "note": item.note,
        }
        for item in conversions
    ]


def plain_data(value: object) -> Any:
    """Turn a part of a result into plain data: tables by their own rule, records by reference."""
    from natoburden.serialization import to_data

    if isinstance(value, tuple) and value and isinstance(value[0], Contract | Transfer):
        return [reference(record) for record in value]
    if isinstance(value, ResultTable):
        return value.to_dict() if hasattr(value, "to_dict") else value.to_dicts()
    return to_data(value)


@attrs.frozen(kw_only=True)
class RecordResult(Result):
    """A result computed from contracts or transfers: `numerator` and `denominator` are the records behind it.

    `left_out` holds what was in scope and could not be counted, each with its reason; `conversions` the contracts that
    were converted, with the rates.
    """

    numerator: tuple[Record, ...] = attrs.field(default=(), repr=False)
    denominator: tuple[Record, ...] = attrs.field(default=(), repr=False)
    left_out: tuple[LeftOut, ...] = attrs.field(default=(), repr=False)
    conversions: tuple[Conversion, ...] = attrs.field(default=(), repr=False)

    @property
    def coverage_of_records(self) -> Share:
        """The part of the records in scope that could be counted; all of none."""
        in_scope = len(self.denominator) + len(self.left_out)
        return Share.of(len(self.denominator), in_scope) if in_scope else Share.fraction(1)

    @property
    def status(self) -> Status:
        """How firm the result is: an estimate unless every record is signed, or delivered without a mark of doubt."""
        return status_of(self.denominator)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that the records and the rates come from, each once."""
        return sources_of(self.denominator, self.conversions)

    @property
    def cautions(self) -> tuple[tuple[str, str], ...]:
        """What to know before a figure is quoted: conversions at rates of another year, or of an incomplete one."""
        return cautions(self.conversions)

    def explain(self) -> str:
        """Give the working: formula, result, how many records count, which do not and why, sources."""
        lines = [self.headline, f"  formula  {self.formula}"]
        lines += [f"  result   {label}: {value}" for label, value in self.findings]
        counted, out = len(self.denominator), len(self.left_out)
        lines.append(f"  records  {len(self.numerator)} of {counted} that count, {out} in scope but left out")
        lines += [f"  left out {item}" for item in self.left_out]
        lines += [f"  rates    {used}" for used in rates_used(self.conversions)]
        lines += [f"  source   {source}" for source in self.sources]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain data, ready for JSON; records by reference."""
        from natoburden.serialization import to_data

        own = {field.name for field in attrs.fields(type(self))} - {*_RECORD_FIELDS, "inputs"}
        return {
            **{name: plain_data(getattr(self, name)) for name in sorted(own)},
            "status": self.status.value,
            "formula": self.formula,
            "numerator": [reference(record) for record in self.numerator],
            "denominator": [reference(record) for record in self.denominator],
            "left_out": [{"record": reference(item.record), "reason": item.reason} for item in self.left_out],
            "conversions": conversion_data(self.conversions),
            "sources": [to_data(source) for source in self.sources],
        }
