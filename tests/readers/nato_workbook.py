"""NATO's workbook, made from the lines of a packaged edition, in the layout since 2025."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from natoburden.model.memberships import find_entity
from tests.readers.small_files import workbook

__all__ = ["workbook_of"]

Row = Mapping[str, str]
Lines = list[list[Any]]
CATEGORIES = {"equipment": "a", "personnel": "b", "infrastructure": "c", "other": "d"}


def workbook_of(rows: Iterable[Row], constant_year: int) -> bytes:
    """Return a workbook that holds the figures of a packaged file, each as it is written there."""
    given = list(rows)
    current, constant = "Current prices", f"Constant {constant_year} prices"

    def amounts(measure: str, *, national: bool = False) -> Lines:
        chosen = [row for row in given if row["measure"] == measure and _is_in(row, national)]
        of_prices = [[row for row in chosen if row["price_basis"].startswith(word)] for word in ("current", "constant")]
        words = "" if national else " and exchange rates"
        return _block(current + words, of_prices[0], national) + _block(constant + words, of_prices[1], national)

    def figures(subtitle: str, measure: str) -> Lines:
        return _block(subtitle, [row for row in given if row["measure"] == measure])

    core = "core defence expenditure"
    return workbook(
        {
            "Table 1": [
                [f"Table 1: {core}"],
                ["Million national currency units"],
                *amounts("expenditure", national=True),
            ],
            "Table 2": [[f"Table 2: {core}"], ["Million US dollars"], *amounts("expenditure")],
            "Table 3": [
                [f"Table 3: {core} as a share of GDP and annual real change"],
                *figures("Share of real GDP (%)", "share_of_gdp"),
                *figures("Annual real change (%)", "real_change"),
            ],
            "Table 5": [["Table 5: GDP"], ["Million US dollars"], *amounts("gdp")],
            "Table 6": [
                [f"Table 6: GDP and {core} per capita"],
                *figures("GDP per capita (thousand US dollars)", "gdp_per_capita"),
                *figures("Core defence expenditure per capita (US dollars)", "expenditure_per_capita"),
            ],
            "Table 7": [["Table 7: Military personnel"], *figures("Thousands", "military_personnel")],
            **{
                f"Table 8{letter}": [
                    [f"Table 8{letter}: Distribution of {core} by main category"],
                    *figures(f"{name.title()} ({letter})", f"{name}_share"),
                ]
                for name, letter in CATEGORIES.items()
            },
        }
    )


def _is_in(row: Row, national: bool) -> bool:
    """Tell the amounts of Table 1, where the dollars of the United States are their national currency."""
    in_dollars = row["unit"].endswith("USD")
    return (not in_dollars or row["entity"] == "USA") if national else in_dollars


def _block(subtitle: str, given: list[Row], national: bool = False) -> Lines:
    years = sorted({int(row["year"]) for row in given})
    estimated = {int(row["year"]) for row in given if row["status"] == "estimate"}
    by_label: dict[str, dict[int, str]] = {}
    for row in given:
        name = find_entity(row["entity"]).name
        currency = "Euros" if row["unit"].endswith("EUR") else "own currency"
        label = f"{name} ({currency})" if national else name
        by_label.setdefault(label, {})[int(row["year"])] = row["value"]
    header = [None, *(f"{year}e" if year in estimated else year for year in years)]
    lines = [[label, *(figures.get(year) for year in years)] for label, figures in by_label.items()]
    return [[subtitle], header, *lines, []]
