"""Write the packaged tables of what allies buy from the United States, from a folder of tidy tables.

From the project's root::

    .venv/bin/python scripts/build_american.py FOLDER

Figures are copied as they stand; columns that are constant stand in the manifest, and a blank stays blank. The hashes
in the manifests beside the tables are renewed.
"""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from renew_hashes import renew

TARGET = Path(__file__).parents[1] / "src" / "natoburden" / "datasets" / "data" / "american"
Row = dict[str, str]

WORLD = {"WLD": "TOTAL", "WORLD": "TOTAL"}
BASES = {
    "EIA by destination": "",
    "EIA total": "",
    "DOE cargoes summed": "cargoes",
    "published": "",
    "sum of months": "months",
}
PROVISIONAL = {("wb_lng_japan", "2026-09"), ("us_gulf_ulsd_spot", "2025-12"), ("us_gulf_ulsd_spot", "2025")}


def read(folder: Path, name: str) -> list[Row]:
    """Return the lines of a source table by the names of its columns."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sorted_exports(rows: Iterable[Row]) -> list[Row]:
    """Return rows by period and destination, the total last."""
    return sorted(rows, key=lambda row: (row["period"], row["destination"] == "TOTAL", row["destination"]))


def lng_by_year(folder: Path) -> list[Row]:
    """Return LNG by destination and year; `basis` says where the year is a sum of months."""
    return sorted_exports(
        {
            "period": row["year"],
            "destination": WORLD.get(row["destination"], row["destination"]),
            "million_cubic_feet": row["million_cubic_feet"],
            "basis": BASES[row["status"]],
        }
        for row in read(folder, "us_lng_exports_annual.csv")
    )


def lng_by_month(folder: Path) -> list[Row]:
    """Return LNG by destination and month, by vessel; `basis` says where cargoes were summed."""
    return sorted_exports(
        {
            "period": row["month"],
            "destination": WORLD.get(row["destination"], row["destination"]),
            "million_cubic_feet": row["million_cubic_feet"],
            "basis": BASES[row["basis"]],
        }
        for row in read(folder, "us_lng_exports_monthly.csv")
        if row["mode"] == "vessel"
    )


def oil_by_year(product: str) -> Callable[[Path], list[Row]]:
    """Return the function that gives one oil product by destination and year."""

    def rows(folder: Path) -> list[Row]:
        return sorted_exports(
            {
                "period": row["year"],
                "destination": WORLD.get(row["destination"], row["destination"]),
                "thousand_barrels": row["thousand_barrels"],
            }
            for row in read(folder, "us_oil_exports_annual.csv")
            if row["product"] == product
        )

    return rows


def prices(folder: Path) -> Iterator[Row]:
    """Yield prices by series and period; a note that most prices of a kind bear stands in the manifest."""
    rows = read(folder, "energy_prices.csv")
    notes = Counter((row["series"], row["frequency"], row["note"]) for row in rows)
    counts = Counter((row["series"], row["frequency"]) for row in rows)
    for row in sorted(rows, key=lambda row: (row["series"], row["frequency"], row["period"])):
        kind = row["series"], row["frequency"]
        is_common = 2 * notes[*kind, row["note"]] > counts[kind]
        yield {
            "series": row["series"],
            "period": row["period"],
            "value": row["value"],
            "provisional": "yes" if (row["series"], row["period"]) in PROVISIONAL else "",
            "note": "" if is_common else row["note"],
        }


TABLES: dict[str, Callable[[Path], Iterable[Row]]] = {
    "lng_exports_by_year.csv": lng_by_year,
    "lng_exports_by_month.csv": lng_by_month,
    "crude_exports_by_year.csv": oil_by_year("crude oil"),
    "distillate_exports_by_year.csv": oil_by_year("distillate fuel oil"),
    "energy_prices.csv": prices,
}


def written(rows: Iterable[Row]) -> str:
    """Return rows as the text of a CSV file."""
    found, text = list(rows), io.StringIO()
    writer = csv.DictWriter(text, list(found[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return text.getvalue()


def main(folder: Path, target: Path = TARGET) -> None:
    """Write all tables, and renew the hashes of the manifests beside them."""
    for name, table in TABLES.items():
        (target / name).write_text(written(table(folder)), encoding="utf-8", newline="\n")
    for manifest in sorted(target.glob("*.toml")):
        renew(manifest)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: build_american.py FOLDER")
    main(Path(sys.argv[1]))
