"""The page of suppliers' shares, computed from the lines of a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

import attrs

from natoburden.model.record_readings import RecordReading
from natoburden.presentation.columns import Column, Columns, Figure
from natoburden.presentation.formatting import format_date
from natoburden.presentation.messages import Translate
from natoburden.presentation.tables import Page

__all__ = ["ConvertedAmounts", "SharesPage"]


@attrs.frozen(kw_only=True)
class ConvertedAmounts:
    """The conversion of amounts: the currency, the rates used, and the number of amounts without a rate."""

    to: str
    publisher: str
    day: dt.date | None = None
    years: tuple[int, ...] = ()
    counted: int = 0
    without_rate: int = 0

    def notes(self, _: Translate) -> tuple[str, ...]:
        """Return notes on the rates of the conversion, and on the number of lines without a rate."""
        if self.day is not None:
            rates = _("Amounts are converted into {currency} at the rates of {publisher}, {day}.").format(
                currency=self.to, publisher=self.publisher, day=format_date(self.day, locale=_.locale)
            )
        else:
            rates = _(
                "Amounts are converted into {currency} at the annual averages of {publisher}, {first} to {last}."
            ).format(currency=self.to, publisher=self.publisher, first=self.years[0], last=self.years[-1])
        if not self.without_rate:
            return (rates,)
        left_out = _("Lines with an amount: {whole}. Lines left out because they have no rate: {count}.")
        return (rates, left_out.format(count=self.without_rate, whole=self.counted))


@attrs.frozen(kw_only=True, repr=False)
class SharesPage(Page):
    """The page with the rows of `frames.supplier_shares`, in order; `labels` are the names of the text columns."""

    file: str
    measure: str
    labels: tuple[str, ...]
    rows: tuple[dict[str, Any], ...] = attrs.field(repr=lambda rows: f"<{len(rows)} rows>")
    conversion: ConvertedAmounts | None = None
    currency: str | None = None
    reading: RecordReading | None = None
    not_counted: int = 0

    def _title(self, _: Translate) -> str:
        return _("Shares of {measure} in {file}").format(measure=self.measure, file=self.file)

    def _columns(self, _: Translate) -> Columns[Mapping[str, Any]]:
        currency, percent = self.currency, Figure(scale=-2, is_grouped=True, missing="")
        amount = Figure(is_grouped=True)
        return (
            *(Column(label, itemgetter(label), (label,), _or_unknown) for label in self.labels),
            Column("amount", itemgetter("amount"), (self.measure, currency or ""), amount),
            Column("total", itemgetter("total")),
            Column("share", itemgetter("share"), (_("share"), "%"), percent),
            Column("coverage", itemgetter("coverage"), (_("coverage"), "%"), percent),
            *((Column[Mapping[str, Any]]("currency", lambda _row: currency),) if currency else ()),
        )

    def _notes(self, _: Translate) -> tuple[str, ...]:
        note = _("Coverage is the part of the whole whose supplier is known; what is unknown stays in the whole.")
        return (note, *(() if self.conversion is None else self.conversion.notes(_)), *self._on_reading(_))

    def _on_reading(self, _: Translate) -> Iterator[str]:
        """Yield notes on how a spreadsheet was read: the field of each column, and the entries that are not counted."""
        if self.not_counted:
            left_out = _("Values that are not of contracts, such as ceilings, do not count: {count}.")
            yield left_out.format(count=self.not_counted)
        if self.reading is not None:
            _file, *lines = str(self.reading).splitlines()
            yield _("How the file was read: {lines}.").format(lines="; ".join(map(str.strip, lines)))


def _or_unknown(value: object, _: Translate) -> str:
    """Return a label from the file, or the word for unknown if the label is missing."""
    return _("unknown") if value is None else str(value)
