"""Rebuild the packaged files on energy from the collection: deals, and tables of Eurostat.

This script maps the collection's words onto the model's, leaves out what the collection itself marks as remembered
and not read, applies the corrections that stand beside it (``energy_deal_corrections.csv``), and refreshes the hashes
in the manifest. It invents nothing: what it cannot map stops it, and so does a correction of what is not there.

Run it from the project's root: ``.venv/bin/python scripts/build_energy.py COLLECTION_FOLDER``.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from collections.abc import Iterable
from pathlib import Path

DATA = Path(__file__).parents[1] / "src/natoburden/datasets/data/energy"
CORRECTIONS = Path(__file__).with_name("energy_deal_corrections.csv")

COLUMNS = (
    *("key", "buyer", "buyer_country", "buyer_type", "is_portfolio", "seller", "seller_country", "origin", "project"),
    *("per_year", "total", "bound", "years", "start", "end", "spans", "signed", "precision", "delivery", "price_index"),
    *("status", "status_note", "value", "currency", "option", "urls", "note"),
)
UNITS = {
    "Mt/yr": "Mt of LNG",
    "Mt/yr (increment)": "Mt of LNG",
    "MMBtu/yr": "MMBtu (gross)",  # the terminal's documents count heat gross
    "Mt/yr (up to)": "Mt of LNG",
    "bcm/yr": "bcm",
    "bcm/yr (minimum)": "bcm",
    "bcm/yr (regasified, average)": "bcm",
    "bcm/yr (up to)": "bcm",
}
BOUNDS = {"minimum": "at least", "up to": "up to"}
# The collection's remark says of this volume that it is remembered and was not in the text.
UNREAD_VOLUMES = {"E15"}
# Totals that the remarks report beside the yearly rate.
TOTALS = {"E25": "70 bcm", "E28": "2 bcm", "F01": "2 bcm", "F02": "4 bcm", "F03": "4.8 bcm"}
OPTIONS = {
    "E03": "extension by up to 10 years",
    "E19": "0.2 Mt a year more from phase 2, not binding",
    "E27": "increase to about 2 bcm a year",
}
PORTFOLIO = {"portfolio", "utility/portfolio"}
# What the collection says to its own keepers.
ASIDES = re.compile(r"Calibration row: | - keep as a status edge case|: edge case(?=\W|$)")


def precision(text: str) -> str:
    """Say how the date is known; what the collection inferred is derived."""
    if not text or "inferred" in text or text.startswith("before"):
        return "derived"
    if "article" in text or "dateline" in text:
        return "article"
    return text.split(maxsplit=1)[0]


def volumes(row: dict[str, str]) -> tuple[str, str]:
    """Give the yearly and the total quantity, as the model writes quantities."""
    key, value, unit = row["deal_id"], row["volume_value"], row["volume_unit"]
    if key in UNREAD_VOLUMES or not value:
        return "", ""
    if unit == "bcm total":
        return f"{row['volume_mtpa_reported']} Mt of LNG", f"{value} bcm"
    return f"{value} {UNITS[unit]}", TOTALS.get(key, "")


def deal(row: dict[str, str]) -> dict[str, str]:
    """Map one row onto the model's words."""
    per_year, total = volumes(row)
    status, _, status_note = row["status"].partition(" ")
    dated = f"date: {row['date_precision']}" if "(" in row["date_precision"] else ""
    start = row["start_year"] if row["start_year"].isdigit() else ""
    told = f"start: {row['start_year']}" if row["start_year"] and not start else ""
    qualified = "(" in row["volume_unit"] or not row["volume_value"]
    volume = f"volume: {row['volume_unit']}" if row["volume_unit"] and qualified else ""
    bound = next((bound for words, bound in BOUNDS.items() if f"({words})" in row["volume_unit"]), "")
    formula = f"price: {row['price_formula_or_value']}" if row["price_formula_or_value"] else ""
    urls = f"{row['source_url']} ; {row['second_source_url']}".strip(" ;")
    return {
        "key": row["deal_id"],
        "buyer": row["buyer"],
        "buyer_country": row["buyer_country"],
        "buyer_type": row["buyer_type"],
        "is_portfolio": "yes" if row["buyer_type"] in PORTFOLIO else "",
        "seller": row["seller"],
        "seller_country": row["seller_country"],
        "origin": row["supply_origin"],
        "project": row["project"],
        "per_year": per_year,
        "total": total,
        "bound": bound if per_year else "",
        "years": row["years"],
        "start": start,
        "end": row["end_year"],
        "spans": "",
        "signed": row["sign_date"],
        "precision": precision(row["date_precision"]) if row["sign_date"] else "",
        "delivery": row["incoterm"],
        "price_index": row["price_index"],
        "status": status or "unstated",
        "status_note": re.sub(r"^\((.*)\)$", r"\1", status_note),
        "value": row["total_value"],
        "currency": row["total_value_currency"],
        "option": OPTIONS.get(row["deal_id"], ""),
        "urls": re.sub(r"\s*;\s+|\s+;\s*", " ", re.sub(r" \(EX-10\.1 title page\)", "", urls)),
        "note": "; ".join(filter(None, (ASIDES.sub("", row["notes"]), formula, volume, told, dated))),
    }


def corrected(deals: list[dict[str, str]]) -> list[dict[str, str]]:
    """Apply what a second look found: each correction names the value that it replaces, and a source is added once."""
    by_key = {row["key"]: row for row in deals}
    for change in read(CORRECTIONS):
        row, field = by_key[change["key"]], change["field"]
        if field:
            if row[field] != change["was"]:
                sys.exit(f"{change['key']}, {field}: corrected from {change['was']!r}, but it is {row[field]!r}")
            row[field] = change["value"]
        row["urls"] = " ".join(dict.fromkeys([*row["urls"].split(), *change["urls"].split()]))
        row["note"] = "; ".join(filter(None, (row["note"], change["note"])))
    return deals


def written(name: str, columns: tuple[str, ...], rows: Iterable[dict[str, str]]) -> None:
    """Write one packaged file."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read(path: Path) -> list[dict[str, str]]:
    """Read one file of the collection."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main(collection: Path) -> None:
    """Write the files and refresh their hashes."""
    written("deals.csv", COLUMNS, corrected([deal(row) for row in read(collection / "energy_deals.csv")]))
    flows = ("siec", "reporter", "partner", "year", "value_tj_gcv")
    written("gas_imports.csv", flows, read(collection / "eurostat_gas_imports.csv"))
    written("gas_import_totals.csv", flows, read(collection / "eurostat_gas_import_totals.csv"))
    written("dependency.csv", ("siec", "geo", "year", "value_pc"), read(collection / "eurostat_energy_dependency.csv"))
    manifest = DATA / "manifest.toml"
    text = manifest.read_text(encoding="utf-8")
    for name in ("deals.csv", "gas_imports.csv", "gas_import_totals.csv", "dependency.csv"):
        digest = hashlib.sha256((DATA / name).read_bytes()).hexdigest()
        text = re.sub(rf'(file = "{name}"\nsha256 = ")[0-9a-f]*"', rf'\g<1>{digest}"', text)
    manifest.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: build_energy.py COLLECTION_FOLDER")
    main(Path(sys.argv[1]))
