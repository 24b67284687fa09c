"""Shares of suppliers over the lines of a file, on one page."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import attrs

from natoburden.presentation.formatting import format_number
from natoburden.presentation.messages import translation
from natoburden.presentation.tables import Column, Page, TextTable, as_csv

__all__ = ["SharesPage"]

_FIGURES = ("amount", "total", "share", "coverage")


@attrs.frozen(kw_only=True, repr=False)
class SharesPage(Page):
    """Rows of `frames.supplier_shares`, in order; `labels` are the columns that are no figures."""

    file: str
    measure: str
    labels: tuple[str, ...]
    rows: tuple[dict[str, Any], ...] = attrs.field(repr=lambda rows: f"<{len(rows)} rows>")

    def to_table(self, *, locale: str = "en") -> TextTable:
        """Lay the shares out for reading; what is unknown says so."""
        _ = translation(locale)
        note = _("Coverage is the part of the whole whose supplier is known; what is unknown stays in the whole.")
        return TextTable(
            title=_("Shares of {measure} in {file}").format(measure=self.measure, file=self.file),
            columns=(
                *(Column(label, is_figure=False) for label in self.labels),
                Column(self.measure),
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
            notes=(note,),
        )

    def to_csv(self) -> str:
        """Write one row per line, shares and coverage as fractions."""
        names = (*self.labels, *_FIGURES)
        return as_csv(names, [[row[name] for name in names] for row in self.rows])

    def to_json(self) -> str:
        """Write the rows as plain data."""
        return json.dumps(list(self.rows), ensure_ascii=False, indent=2) + "\n"


def _percent(share: float | None, locale: str) -> str:
    return "" if share is None else format_number(_decimal(100 * share), 2, locale=locale)


def _decimal(figure: float) -> Decimal:
    return Decimal(repr(figure))
