"""Write the packaged yearly averages of the European Central Bank's reference rates from a collection.

The collection has one row for each currency and year: the average, the days that it is of, the last day, and whether
the year is complete. Figures are copied untouched; nothing is computed but the hash.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from pathlib import Path

DATA = Path(__file__).parents[1] / "src" / "natoburden" / "datasets" / "data"
TARGET = DATA / "yearly_exchange_rates.csv"
COLUMNS = ("currency", "year", "average_per_euro", "days", "last_date", "complete")


def main(collection: Path) -> None:
    """Write yearly_exchange_rates.csv and refresh its hash."""
    with collection.open(encoding="utf-8", newline="") as file:
        rows = [{name: row[name] for name in COLUMNS} for row in csv.DictReader(file)]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: (row["currency"], row["year"])))
    manifest = DATA / "yearly_exchange_rates.toml"
    digest = hashlib.sha256(TARGET.read_bytes()).hexdigest()
    text = re.sub(r'sha256 = "[0-9a-f]*"', f'sha256 = "{digest}"', manifest.read_text(encoding="utf-8"))
    manifest.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: build_exchange_rates.py COLLECTION.csv")
    main(Path(sys.argv[1]))
