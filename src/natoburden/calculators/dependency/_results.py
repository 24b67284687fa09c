"""Results that name the records in their numerator and in their denominator."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import TypedDict

import attrs

from natoburden.calculators.dependency._records import Conversion, LeftOut, Measured
from natoburden.calculators.dependency._scope import Record
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.results import Result
from natoburden.errors import FewRecordsWarning
from natoburden.model.evidence import Evidence
from natoburden.model.record_coverage import RecordCoverage
from natoburden.model.shares import Share

__all__ = ["RecordResult", "behind", "cautions", "records_used", "rested", "warn_of_few"]


class _Behind(TypedDict):
    denominator: tuple[Record, ...]
    left_out: tuple[LeftOut, ...]
    conversions: tuple[Conversion, ...]
    rests_on: RecordCoverage


def behind(whole: Measured) -> _Behind:
    """Return the fields of a result about its records: records that count, records left out, and conversions."""
    return {
        "denominator": tuple(item.record for item in whole.counted),
        "left_out": whole.left_out,
        "conversions": whole.conversions,
        "rests_on": whole.coverage,
    }


def rested(coverage: RecordCoverage) -> Findings:
    """Return the finding on the coverage of records, which is the last finding of every result made from records."""
    return (Finding("records", coverage),)


def warn_of_few(whole: Measured, coverage: RecordCoverage | None = None) -> None:
    """Warn the caller's caller of shares from a sample of so few records that each record decides the shares."""
    found = whole.coverage if coverage is None else coverage
    if found.counted and found.is_few and not whole.few_records_ok:
        warnings.warn(
            f"{whole.scope}: {found}; each of fewer than {found.ENOUGH} records decides what the shares are, "
            "and more may have been bought: say few_records_ok=True if you mean these records",
            FewRecordsWarning,
            stacklevel=3,
        )


def records_used(left_out: Iterable[LeftOut], conversions: Iterable[Conversion]) -> tuple[tuple[str, str], ...]:
    """Return lines of an explanation: on records that do not count, each with its reason, and on exchange rates."""
    tables: dict[str, list[str]] = {}
    for item in conversions:
        tables.setdefault(str(item.rates), []).append(item.contract.key)
    rates = (f"{table}: {', '.join(keys)}" for table, keys in tables.items())
    return (*(("left out", str(item)) for item in left_out), *(("rates", used) for used in rates))


def cautions(conversions: Iterable[Conversion]) -> Findings:
    """Return the contracts that were converted at the rates of another year or of an incomplete year."""
    made = tuple(conversions)
    of_other_year = tuple(item for item in made if item.is_of_other_year)
    incomplete = tuple(item for item in made if "incomplete" in item.note)
    found = (
        Finding("converted at rates of another year", of_other_year, _by_table_and_year),
        Finding("converted at rates of an incomplete year", incomplete, _by_note),
    )
    return tuple(item for item in found if item.value)


def _by_table_and_year(conversions: tuple[Conversion, ...]) -> str:
    tables: dict[str, dict[str, list[str]]] = {}
    for item in conversions:
        years = tables.setdefault(str(item.rates), {})
        years.setdefault(str(item.contract.year or "undated"), []).append(item.contract.key)
    return "; ".join(f"{_by_year(years)}, at {rates}" for rates, years in tables.items())


def _by_year(years: Mapping[str, list[str]]) -> str:
    return ", ".join(f"{year}: {' '.join(keys)}" for year, keys in sorted(years.items()))


def _by_note(conversions: tuple[Conversion, ...]) -> str:
    notes: dict[str, list[str]] = {}
    for item in conversions:
        notes.setdefault(item.note, []).append(item.contract.key)
    return "; ".join(f"{' '.join(keys)}: {note}" for note, keys in notes.items())


@attrs.frozen(kw_only=True)
class RecordResult(Result):
    """A result computed from contracts or transfers: `numerator` and `denominator` list its records.

    `left_out` holds the records in scope that could not be counted, each with its reason. `conversions` holds the
    contracts that were converted, with the rates. `rests_on` summarises the records: whether they are a sample or a
    register, their number, and their years.
    """

    numerator: tuple[Record, ...] = attrs.field(default=(), repr=False)
    denominator: tuple[Record, ...] = attrs.field(default=(), repr=False)
    left_out: tuple[LeftOut, ...] = attrs.field(default=(), repr=False)
    conversions: tuple[Conversion, ...] = attrs.field(default=(), repr=False)
    rests_on: RecordCoverage = attrs.field(repr=False, metadata={"in_row": False})

    @property
    def columns(self) -> Mapping[str, object]:
        return self.rests_on.in_columns

    @property
    def coverage_of_records(self) -> Share:
        """The share of the records in scope that could be counted; 100 % if no record is in scope."""
        in_scope = len(self.denominator) + len(self.left_out)
        return Share.of(len(self.denominator), in_scope) if in_scope else Share.fraction(1)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return (*self.inputs, *self.denominator, *self.conversions)

    @property
    def working(self) -> tuple[tuple[str, str], ...]:
        part = ("part", f"{len(self.numerator)} of the {len(self.denominator)} records that count")
        return (part, *records_used(self.left_out, self.conversions))

    @property
    def cautions(self) -> Findings:
        """Warnings about the figures: conversions at another year's rates, and the coverage of records."""
        return (*cautions(self.conversions), *rested(self.rests_on))
