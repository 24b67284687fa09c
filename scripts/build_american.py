"""Write the packaged tables of what allies buy from the United States, from a folder of tidy tables.

From the project's root::

    .venv/bin/python scripts/build_american.py FOLDER

Figures are copied as they stand; columns that are constant stand in the manifest, and a blank stays blank. The hashes
in the manifests beside the tables are renewed.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from renew_hashes import renew

TARGET = Path(__file__).parents[1] / "src" / "natoburden" / "datasets" / "data" / "american"
AREAS = Path(__file__).with_name("american_areas.tsv")
Row = dict[str, str]

WORLD = {"WLD": "TOTAL", "WORLD": "TOTAL"}
BASES = {
    "EIA by destination": "",
    "EIA total": "",
    "DOE cargoes summed": "cargoes",
    "published": "",
    "sum of months": "months",
}
FILE = re.compile(r'(\S+) \(DSCA press release file "([^"]+)"; full address in the repository file\)')
REMARK = re.compile(r" \((corrected|competing offer)\)$")
RELEASES_DIFFER = re.compile(r"first release said|version 2 of the release")
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


def area_rules() -> list[tuple[re.Pattern[str], str]]:
    """Return which names of systems belong to which areas; the first that matches counts."""
    with AREAS.open(encoding="utf-8", newline="") as file:
        return [(re.compile(row["pattern"], re.I), row["areas"]) for row in csv.DictReader(file, delimiter="\t")]


def standing_of(row: Row) -> str:
    """Return what became of a notice, as its note or its release says."""
    if "not bought" in row["note"]:
        return "never bought"
    return "revised" if "(corrected)" in row["system"] or RELEASES_DIFFER.search(row["note"]) else "notified"


def notices(folder: Path) -> Iterator[Row]:
    """Yield notices to Congress by day, each with its areas; without a transmittal the key has day and first word."""
    rules = area_rules()
    for row in read(folder, "us_arms_notifications.csv"):
        system, file = REMARK.sub("", row["system"]), FILE.fullmatch(row["source_url"])
        areas = next((areas for pattern, areas in rules if pattern.search(system)), None)
        if areas is None:
            raise LookupError(f"no area for {system!r}: add a pattern to {AREAS.name}")
        number = row["transmittal"] or f"{row['notified_on']} {system.split()[0]}"
        corrected = "corrected release" if row["system"].endswith("(corrected)") else ""
        yield {
            "key": f"{row['buyer_iso3'] or 'NATO'} {number}",
            "notified_on": row["notified_on"],
            "us_fiscal_year": row["us_fiscal_year"],
            "transmittal": row["transmittal"],
            "buyer": row["buyer_iso3"] or row["buyer"],
            "system": system,
            "areas": areas,
            "ceiling_million_usd": row["ceiling_million_usd"],
            "standing": standing_of(row),
            "by_hand": "yes" if row["collected"] == "by hand" else "",
            "note": "; ".join(filter(None, (row["note"], corrected))),
            "url": (file[1] if file else row["source_url"]).replace(" ", "%20"),
            "locator": f"press release {file[2]}" if file else "",
        }


TABLES: dict[str, Callable[[Path], Iterable[Row]]] = {
    "lng_exports_by_year.csv": lng_by_year,
    "lng_exports_by_month.csv": lng_by_month,
    "crude_exports_by_year.csv": oil_by_year("crude oil"),
    "distillate_exports_by_year.csv": oil_by_year("distillate fuel oil"),
    "energy_prices.csv": prices,
    "us_arms_notifications.csv": notices,
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
