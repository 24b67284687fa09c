"""The coverage of a figure: the kind, number and years of the records behind it, and the records left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import ClassVar

import attrs

from natoburden.model._terms import Term

__all__ = ["RecordCoverage", "RecordKind"]


class RecordKind(Term):
    """The kind of a record of contracts, deals, notices or transfers; a share in a sample describes only the sample.

    A list of your own is a `LIST`: only you know what it leaves out.
    """

    SAMPLE = "sample"
    REGISTER = "register"
    SELECTION = "selection of a register"
    LIST = "list of the caller's own"

    @classmethod
    def of(cls, records: object) -> RecordKind:
        """Return the kind that a collection of records states, or `LIST` if the collection states no kind.

        >>> print(RecordKind.of([]))
        list of the caller's own
        """
        kind = getattr(records, "kind", None)
        return kind if isinstance(kind, RecordKind) else cls.LIST

    @property
    def selected(self) -> RecordKind:
        """The kind of a selection: a part of a register is not a register, but a part of a sample is still a sample."""
        return RecordKind.SELECTION if self is RecordKind.REGISTER else self

    @property
    def extended(self) -> RecordKind:
        """The kind of an extended record: a sample stays a sample, and any other kind becomes your own list."""
        return self if self is RecordKind.SAMPLE else RecordKind.LIST


@attrs.frozen(kw_only=True)
class RecordCoverage:
    """The records behind a figure: their kind, their years, how many count, and how many are left out for each reason.

    `left_out` is the number of records in scope that cannot be counted, by reason. `undated` is the number of counted
    records without a year. The years are None if no counted record has a year.
    """

    ENOUGH: ClassVar[int] = 5  # with fewer records, one record decides a share

    kind: RecordKind
    counted: int
    left_out: Mapping[str, int] = attrs.field(factory=dict, hash=False)
    first_year: int | None = None
    last_year: int | None = None
    undated: int = 0

    @classmethod
    def of(cls, kind: RecordKind, counted: Iterable[tuple[int, ...]], left_out: Iterable[str] = ()) -> RecordCoverage:
        """Return the coverage, given the years of each counted record and the reason for each record left out.

        >>> print(RecordCoverage.of(RecordKind.SAMPLE, [(2022,), (2024,)], ["value undisclosed"]))
        2 counted of a sample, 2022 to 2024; 1 left out: value undisclosed
        """
        given = tuple(counted)
        years = [year for each in given for year in each]
        return cls(
            kind=kind,
            counted=len(given),
            left_out=dict(Counter(left_out).most_common()),
            first_year=min(years, default=None),
            last_year=max(years, default=None),
            undated=sum(not each for each in given),
        )

    @property
    def number_left_out(self) -> int:
        """The number of records in scope that do not count."""
        return sum(self.left_out.values())

    @property
    def is_few(self) -> bool:
        """Whether the records are a sample with fewer than five counted records; a short register may be complete."""
        return self.counted < self.ENOUGH and self.kind is RecordKind.SAMPLE

    @property
    def years(self) -> str:
        """The years of the counted records in words, or an empty text if no counted record has a year."""
        if self.first_year is None:
            return ""
        return str(self.first_year) if self.first_year == self.last_year else f"{self.first_year} to {self.last_year}"

    @property
    def in_columns(self) -> Mapping[str, str | int | None]:
        """The cells of a flat row, by name."""
        return {
            "record_kind": str(self.kind),
            "records_counted": self.counted,
            "records_left_out": self.number_left_out,
            "records_first_year": self.first_year,
            "records_last_year": self.last_year,
        }

    def __str__(self) -> str:
        undated = f"{self.undated} undated" if self.undated else ""
        counted = ", ".join(filter(None, (f"{self.counted} counted of a {self.kind}", self.years, undated)))
        if not self.left_out:
            return f"{counted}; none left out"
        several = len(self.left_out) > 1
        reasons = ", ".join(f"{reason} ({count})" if several else reason for reason, count in self.left_out.items())
        return f"{counted}; {self.number_left_out} left out: {reasons}"
