"""NATO's workbook, made from the lines of a packaged edition, in the layouts since 2025 and of 2016."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from natoburden.model.memberships import find_entity
from tests.readers.small_files import workbook

__all__ = ["workbook_of", "workbook_of_2016"]

Row = Mapping[str, str]
Lines = list[list[Any]]
CURRENCIES = {
    "ALL": "Leks", "BGN": "Leva", "CAD": "Canadian dollars", "CZK": "Koruny", "DKK": "Kroner", "EUR": "Euros",
    "GBP": "Pounds", "HRK": "Kunas", "HUF": "Forint", "MKD": "Denars", "NOK": "Kroner", "PLN": "Zlotys",
    "RON": "New Lei", "SEK": "Kronor", "TRY": "Liras", "USD": "US dollars",
}  # fmt: skip
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


def workbook_of_2016(rows: Iterable[Row], national: Lines) -> bytes:
    """Return a workbook in the layout of 2016: titles in the second column, numbered columns, units beside labels.

    `national` are the lines of Table 1: label, currency and figures.
    """
    given = list(rows)
    years = sorted({int(row["year"]) for row in given})
    estimated = {int(row["year"]) for row in given if row["status"] == "estimate"}
    named = [f"{year} e" if year in estimated else year for year in years]
    called = {"NATO": "NATO - Total", "NATO_EUROPE": "European members", "NORTH_AMERICA": "North America"}

    def sheet(title: str, unit: str, *blocks: tuple[str, str, str], scale: int = 0) -> Lines:
        lines: Lines = [[], [None, title], [None, unit], [None, None, "Country", *named]]
        lines.append([None, None, "(0)", *(f"({number})" for number, _ in enumerate(years, start=1))])
        for subtitle, measure, basis in blocks:
            lines.append([None, subtitle])
            by_entity: dict[str, dict[int, Decimal]] = {}
            for row in given:
                if row["measure"] == measure and row["price_basis"].startswith(basis):
                    by_entity.setdefault(row["entity"], {})[int(row["year"])] = Decimal(row["value"]).scaleb(scale)
            for entity, figures in by_entity.items():
                label = called.get(entity, find_entity(entity).name)
                at = [None, label, None] if entity in called else [None, None, label]
                lines.append([*at, *(figures.get(year, "..") for year in years)])
        return [*lines, [], [None, None, "Notes : see the notes."]]

    current, constant = "Current prices and exchange rates", "Constant 2010 prices and exchange rates"
    header = [
        [None, None, "Country", "Currency unit (million)", *named],
        [None, None, "(0)", "(1)", *range(2, 2 + len(years))],
    ]
    return workbook(
        {
            "TABLE1": [
                [None, "TABLE 1 : Defence expenditures"], [None, "Million national currency units"], *header,
                [None, "Current prices"], *([None, None, *line] for line in national),
            ],
            "TABLE2": sheet(
                "TABLE 2 : Defence expenditures", "Million US dollars",
                (current, "expenditure", "current"), (constant, "expenditure", "constant"),
            ),
            "TABLE3": sheet(
                "TABLE 3 : Defence expenditures as a share of GDP and annual real change", "Based on 2010 prices",
                ("Share of real GDP (%)", "share_of_gdp", ""), ("Annual real change (%)", "real_change", ""),
            ),
            "TABLE4": sheet("TABLE 4 : GDP", "Billion US dollars", (constant, "gdp", "constant"), scale=-3),
            "TABLE5": sheet(
                "TABLE 5 : GDP per capita and defence expenditures per capita", "2010 prices and exchange rates",
                ("GDP per capita (thousand US dollars)", "gdp_per_capita", ""),
                ("Defence expenditures per capita (US dollars)", "expenditure_per_capita", ""),
            ),
            "TABLE6": sheet("TABLE 6 : Armed forces", "", ("Military (thousands)", "military_personnel", "")),
            "TABLE7": sheet(
                "TABLE 7 : Distribution of defence expenditures by category", "Percentage of the total",
                *((f"{name.title()} ({letter})", f"{name}_share", "") for name, letter in CATEGORIES.items()),
            ),
        }
    )  # fmt: skip


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
        currency = CURRENCIES.get(row["unit"].rpartition(" ")[2], "")
        label = f"{name} ({currency})" if national else name
        by_label.setdefault(label, {})[int(row["year"])] = row["value"]
    header = [None, *(f"{year}e" if year in estimated else year for year in years)]
    lines = [[label, *(figures.get(year) for year in years)] for label, figures in by_label.items()]
    return [[subtitle], header, *lines, []]
