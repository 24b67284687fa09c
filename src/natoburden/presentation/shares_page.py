"""Shares of suppliers over the lines of a file, on one page."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import attrs

from natoburden.presentation.formatting import format_date, format_number
from natoburden.presentation.messages import translation
from natoburden.presentation.tables import Column, Page, TextTable, as_csv

__all__ = ["ConvertedAmounts", "SharesPage"]

_FIGURES = ("amount", "total", "share", "coverage")


@attrs.frozen(kw_only=True)
class ConvertedAmounts:
    """Into what currency amounts were converted, at whose rates of a day or of years, and how many had no rate."""

    to: str
    publisher: str
    day: dt.date | None = None
    years: tuple[int, ...] = ()
    counted: int = 0
    without_rate: int = 0

    def notes(self, locale: str) -> tuple[str, ...]:
        """Say at what rates amounts were converted, and what has none."""
        _ = translation(locale)
        if self.day is not None:
            rates = _("Amounts are converted into {currency} at the rates of {publisher}, {day}.").format(
                currency=self.to, publisher=self.publisher, day=format_date(self.day, locale=locale)
            )
        else:
            rates = _(
                "Amounts are converted into {currency} at the annual averages of {publisher}, {first} to {last}."
            ).format(currency=self.to, publisher=self.publisher, first=self.years[0], last=self.years[-1])
        if not self.without_rate:
            return (rates,)
        left_out = _("Lines with an amount: {whole}. Lines left out for want of a rate: {count}.")
        return (rates, left_out.format(count=self.without_rate, whole=self.counted))


@attrs.frozen(kw_only=True, repr=False)
class SharesPage(Page):
    """Rows of `frames.supplier_shares`, in order; `labels` are the columns that are no figures."""

    file: str
    measure: str
    labels: tuple[str, ...]
    rows: tuple[dict[str, Any], ...] = attrs.field(repr=lambda rows: f"<{len(rows)} rows>")
    conversion: ConvertedAmounts | None = None

    def to_table(self, *, locale: str = "en") -> TextTable:
        """Lay the shares out for reading; what is unknown says so."""
        _ = translation(locale)
        note = _("Coverage is the part of the whole whose supplier is known; what is unknown stays in the whole.")
        return TextTable(
            title=_("Shares of {measure} in {file}").format(measure=self.measure, file=self.file),
            columns=(
                *(Column(label, is_figure=False) for label in self.labels),
                Column(self.measure, "" if self.conversion is None else self.conversion.to),
                Column(_("share"), "%"),
                Column(_("coverage"), "%"),
            ),
            rows=tuple(
                (
                    *(_("unknown") if row[label] is None else str(row[label]) for label in self.labels),
                    format_number(_decimal(row["amount"]), 2, locale=locale),
                    _percent(row["share"], locale),
                    _percent(row["coverage"], locale),
                )
                for row in self.rows
            ),
            notes=(note, *(() if self.conversion is None else self.conversion.notes(locale))),
        )

    def to_csv(self) -> str:
        """Write one row per line, shares and coverage as fractions."""
        rows = self._data()
        names = (*self.labels, *_FIGURES, *(() if self.conversion is None else ("currency",)))
        return as_csv(names, [[row[name] for name in names] for row in rows])

    def to_json(self) -> str:
        """Write the rows as plain data."""
        return json.dumps(self._data(), ensure_ascii=False, indent=2) + "\n"

    def _data(self) -> list[dict[str, Any]]:
        """Return the rows with the currency that their amounts were converted into."""
        return [row if self.conversion is None else row | {"currency": self.conversion.to} for row in self.rows]


def _percent(share: float | None, locale: str) -> str:
    return "" if share is None else format_number(_decimal(100 * share), 2, locale=locale)


def _decimal(figure: float) -> Decimal:
    return Decimal(repr(figure))
