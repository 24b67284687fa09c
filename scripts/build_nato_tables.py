"""Rebuild packaged NATO tables from tidy collections of editions.

A collection is a CSV file with the columns ``edition,entity,year,measure,value,unit,price_basis,status``, of one
edition or of several. Each edition becomes a file of its own, values untouched, and editions.toml gets the new hash.
To add an edition, describe it in editions.toml first, with an empty hash. Editions of other collections stay as they
are.

Run it from the project's root: ``.venv/bin/python scripts/build_nato_tables.py COLLECTION.csv [ANOTHER.csv ...]``.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "src/natoburden/datasets/data/nato"
COLUMNS = ("entity", "year", "measure", "value", "unit", "price_basis", "status")


def main(collections: list[Path]) -> None:
    """Write one file per edition and refresh the hashes."""
    rows: list[dict[str, str]] = []
    for collection in collections:
        with collection.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    manifest = FOLDER / "editions.toml"
    text = manifest.read_text(encoding="utf-8")
    for edition in sorted({row["edition"] for row in rows}):
        path = FOLDER / f"defence_expenditure_{edition}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(row for row in rows if row["edition"] == edition)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        line = rf'sha256 = "[0-9a-f]*" # {re.escape(path.name)}'
        text, found = re.subn(line, f'sha256 = "{digest}" # {path.name}', text)
        if not found:
            sys.exit(f"editions.toml describes no {path.name}: add the edition there first")
    manifest.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: build_nato_tables.py COLLECTION.csv [ANOTHER.csv ...]")
    main(list(map(Path, sys.argv[1:])))
