"""Write the packaged macroeconomic figures, loans, estimates, events, and NATO's shares of 2023.

The folder holds the collected tables: ``macro_weo_2026_04.csv``, ``safe_allocations.csv``,
``arms_share_estimates.csv``, ``events_2025_2026.csv`` and ``nato_2023_07_share_of_gdp.csv``. From the project's root::

    .venv/bin/python scripts/build_macro.py FOLDER

Figures are copied as collected. The outlook gets a line for each series, with the years across, its currency, and the
base year of its constant prices. Keys and denominators of the estimates stay as they are packaged.
"""

from __future__ import annotations

import csv
import io
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from renew_hashes import renew

from natoburden.model._currencies import currency_of
from natoburden.model.countries import Country

DATA = Path(__file__).parents[1] / "src" / "natoburden" / "datasets" / "data"
MACRO, NATO = DATA / "macro", DATA / "nato"

Row = Mapping[str, str]
# What the collected table calls a unit, with the price basis where it tells two apart, and what the library calls it.
UNITS = {
    ("billion national currency", "current prices"): "national currency",
    ("billion national currency", "constant prices"): "national currency at constant prices",
    ("billion US dollars", "current prices"): "US dollars",
    ("billion international dollars (PPP)", "current prices"): "international dollars",
    ("million persons", ""): "persons",
}
LOANS = {
    "country": "country_iso3",
    "tentative_million_eur": "tentative_2025_09_09_eur_m",
    "precision": "tentative_precision",
    "tentative_url": "tentative_source",
    "maximum_million_eur": "council_max_loan_eur_m",
    "prefinancing_million_eur": "prefinancing_eur_m",
    "decided": "council_decision_date",
    "note": "status_note",
    "council_url": "council_source",
}
ESTIMATES = ("key", "scope", "measure", "denominator", "period", "value", "unit", "method", "publisher", "published",
             "trust", "note", "url")  # fmt: skip
ESTIMATE_UNITS = {"per cent": "percent", "USD billion": "billion USD"}
SHARES = ("entity", "year", "measure", "value", "unit", "price_basis", "status")
EVENTS = ("key", "date", "topic", "fact", "value", "unit", "trust", "url")
# Slips of the collector's words, and what they say of the collection itself.
WORDS = {
    "EUR companies": "EU companies",
    " (see safe_allocations.csv)": "",
    " not found in the stored copies": " was not found",
    "the 36(b) table of the first part sums to 76.1": "the notices to Congress of 2024 that were collected sum to 76.1",
}


def rows_of(path: Path) -> list[Row]:
    """Return the lines of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write a CSV file of lines with the same columns."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="\n")


def base_year(series: Mapping[str, Mapping[str, str]]) -> str:
    """Return the year of a country's constant prices: its deflator is 100, and both GDPs agree to a thousandth."""
    current, constant = series["NGDP"], series["NGDP_R"]
    found = [
        year
        for year, level in series["NGDP_D"].items()
        if Decimal(level) == 100 and abs(Decimal(current[year]) / Decimal(constant[year]) - 1) < Decimal("0.001")
    ]
    return found[0] if len(found) == 1 else ""


def outlook(rows: Iterable[Row], currencies: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Yield a line for each country and series, with the years across."""
    gathered: dict[tuple[str, str], dict[str, str]] = {}
    heads: dict[str, tuple[str, str]] = {}
    for row in rows:
        gathered.setdefault((row["country_iso3"], row["weo_code"]), {})[row["year"]] = row["value"]
        basis = row["price_basis"] if row["measure"] == "gdp" else ""
        heads[row["weo_code"]] = row["measure"], UNITS.get((row["unit"], basis), row["unit"])
    last = max(year for years in gathered.values() for year in years)
    for country in sorted({country for country, _ in gathered}):
        series = {code: gathered[country, code] for code in heads if (country, code) in gathered}
        money = currencies.get(country) or str(currency_of(Country(country), int(last)))
        for code, years in sorted(series.items(), key=lambda pair: heads[pair[0]]):
            measure, unit = heads[code]
            national = unit.startswith("national currency")
            constant = unit.endswith("constant prices")
            yield {
                "country": country,
                "measure": measure,
                "unit": unit,
                "currency": money if national else "USD" if unit == "US dollars" else "",
                "base_year": base_year(series) if constant else "",
                **years,
            }


def loans(rows: Iterable[Row]) -> Iterator[dict[str, str]]:
    """Yield a line for each loan."""
    for row in rows:
        yield {name: row[column] for name, column in LOANS.items()}


def estimates(rows: Iterable[Row], packaged: Iterable[Row]) -> Iterator[dict[str, str]]:
    """Yield a line for each estimate, with the key and denominator that it has in the packaged file."""
    known = {(row["scope"], row["measure"], row["period"]): row for row in packaged}
    before: dict[str, str] = {}
    for row in rows:
        place = row["scope"], row["measure"], row["period"]
        if place not in known:
            sys.exit(f"give this estimate a key and a denominator in american_share_estimates.csv first: {place}")
        method = before["method"] if row["method"] == "as above" else row["method"]
        unit = ESTIMATE_UNITS[row["unit"]]
        before = {
            "key": known[place]["key"],
            "denominator": known[place]["denominator"],
            **{name: row[name] for name in ("scope", "measure", "period", "value", "publisher", "published", "trust")},
            "unit": "percent change" if row["measure"].startswith("growth") else unit,
            "method": method,
            "note": worded(row["note"]),
            "url": row["source_url"],
        }
        yield before


def events(rows: Iterable[Row]) -> Iterator[dict[str, str]]:
    """Yield a line for each event; its key is its day and topic."""
    for row in rows:
        key = f"{row['date']}-{row['topic'].lower().replace(' ', '-')}"
        same = {name: row[name] for name in ("date", "topic", "value", "trust")}
        unit = row["unit"].replace("percent of GDP", "percent")
        yield {"key": key, **same, "fact": worded(row["fact"]), "unit": unit, "url": row["source_url"]}


def shares(rows: Iterable[Row]) -> Iterator[dict[str, str]]:
    """Yield a line for each of NATO's shares of GDP, by entity."""
    for row in sorted(rows, key=lambda row: row["entity"]):
        yield {name: row[name] for name in SHARES}


def worded(text: str) -> str:
    """Return a text of the collector as it is packaged."""
    for said, meant in WORDS.items():
        text = text.replace(said, meant)
    return text


def main(folder: Path) -> None:
    """Write all packaged files of the folder's tables, and renew their hashes."""
    manifest = tomllib.loads((MACRO / "manifest.toml").read_text(encoding="utf-8"))
    [edition] = manifest["outlook"]
    lines = list(outlook(rows_of(folder / "macro_weo_2026_04.csv"), edition["currencies"]))
    heads = ("country", "measure", "unit", "currency", "base_year")
    years = sorted({name for line in lines for name in line if name not in heads})
    write(MACRO / edition["file"], (*heads, *years), lines)
    write(MACRO / "safe_loans.csv", tuple(LOANS), loans(rows_of(folder / "safe_allocations.csv")))
    packaged = rows_of(MACRO / "american_share_estimates.csv")
    found = list(estimates(rows_of(folder / "arms_share_estimates.csv"), packaged))
    write(MACRO / "american_share_estimates.csv", ESTIMATES, found)
    write(MACRO / "events.csv", EVENTS, events(rows_of(folder / "events_2025_2026.csv")))
    renew(MACRO / "manifest.toml")
    write(NATO / "defence_expenditure_2023-07.csv", SHARES, shares(rows_of(folder / "nato_2023_07_share_of_gdp.csv")))
    renew(NATO / "editions.toml")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: build_macro.py FOLDER")
    main(Path(sys.argv[1]))
