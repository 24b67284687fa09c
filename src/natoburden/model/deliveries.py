"""The years and volumes of deliveries under a deal, and the place where the buyer takes over the cargo."""

from __future__ import annotations

from typing import Any

import attrs

from natoburden.errors import InvalidNumberError, InvalidYearError, UnexpectedValueError
from natoburden.model._numbers import checked_year
from natoburden.model._terms import Term
from natoburden.model.quantities import EnergyQuantity

__all__ = ["Delivery", "DeliverySpan"]


class Delivery(Term):
    """Where the buyer takes over the cargo: at the port of loading (FOB), or at the port of arrival (DES)."""

    FOB = "FOB"
    DES = "DES"
    FOB_AND_DES = "FOB and DES"
    UNSTATED = "unstated"


def _is_count(_instance: object, _attribute: object, value: int | None) -> None:
    if value is not None and not (type(value) is int and 0 < value <= 100):
        raise UnexpectedValueError("a number of years", repr(value), "a whole number from 1 to 100")


def _is_year(_instance: object, _attribute: object, value: int | None) -> None:
    if value is not None:
        checked_year(value)


def _is_positive(_instance: object, attribute: Any, value: EnergyQuantity | None) -> None:
    if value is not None and value.amount <= 0:
        raise InvalidNumberError(f"quantity {attribute.name}", str(value), "more than zero, or None if unknown")


@attrs.frozen(kw_only=True)
class DeliverySpan:
    """Years in which a deal delivers the same volume; details that its sources do not state stay empty.

    `per_year` and `total` are the reported volumes, which need not agree.

    >>> from natoburden.model.quantities import parse_quantity
    >>> span = DeliverySpan(start=2023, end=2042, total=parse_quantity("29 Mt of LNG"))
    >>> print(span, "|", span.yearly)
    29.00 Mt of LNG in all, 2023 to 2042 | 1.45 Mt of LNG
    """

    start: int | None = attrs.field(default=None, validator=_is_year)
    years: int | None = attrs.field(default=None, validator=_is_count)
    end: int | None = attrs.field(default=None, validator=_is_year)
    per_year: EnergyQuantity | None = attrs.field(default=None, validator=_is_positive)
    total: EnergyQuantity | None = attrs.field(default=None, validator=_is_positive)
    note: str = attrs.field(default="", repr=False)

    def __attrs_post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise InvalidYearError(f"an end in {self.end}", f"{self.start} or later, when deliveries start")

    @property
    def last_year(self) -> int | None:
        """The last year of deliveries, computed from start and term if possible, otherwise as reported.

        None if the last year is unknown.
        """
        if self.start is not None and self.years is not None:
            return self.start + self.years - 1
        return self.end

    @property
    def is_dated(self) -> bool:
        """Whether the first and the last year are known."""
        return self.start is not None and self.last_year is not None

    @property
    def term(self) -> int | None:
        """The number of years, as reported if possible, otherwise counted from the first to the last year.

        None if the number is unknown.
        """
        if self.years is None and self.start is not None and self.end is not None:
            return self.end - self.start + 1
        return self.years

    @property
    def yearly(self) -> EnergyQuantity | None:
        """The yearly volume: the total divided by the number of years if possible, otherwise as reported.

        A total has priority over a yearly volume of the same kind: the years then add up to the total. A total in a
        unit of another kind does not replace the yearly volume. For example, a total in cubic metres of gas does not
        replace yearly tonnes of LNG.
        """
        same_kind = self.per_year is None or type(self.per_year) is type(self.total)
        if self.total is not None and self.term is not None and same_kind:
            return self.total / self.term
        return self.per_year

    @property
    def whole(self) -> EnergyQuantity | None:
        """The whole volume: the total as reported, or otherwise the yearly volume multiplied by the number of years."""
        if self.total is None and self.per_year is not None and self.term is not None:
            return self.per_year * self.term
        return self.total

    def covers(self, year: int) -> bool:
        """Return whether a year is known to be in the span."""
        return self.is_dated and self.may_cover(year)

    def may_cover(self, year: int) -> bool:
        """Return whether a year may be in the span: neither before a known start nor after a known end."""
        return not (
            (self.start is not None and year < self.start) or (self.last_year is not None and year > self.last_year)
        )

    def __str__(self) -> str:
        told = [f"{self.per_year} a year" if self.per_year else "", f"{self.total} in all" if self.total else ""]
        dated = f"{self.start or '?'} to {self.last_year or '?'}" if self.start or self.last_year else ""
        return ", ".join(filter(None, (*told, dated)))
