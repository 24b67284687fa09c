"""Write the packaged yearly averages of euro reference rates from the European Central Bank's own history.

Download ``eurofxref-hist.zip`` from the bank's page of the reference rates and unpack it. From the project's root::

    .venv/bin/python scripts/build_exchange_rates.py eurofxref-hist.csv

Currencies and the first year stay as they are packaged. Averages are means of the daily rates, to six digits.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from renew_hashes import renew

from natoburden.model.exchange import RateHistory
from natoburden.model.money import Currency
from natoburden.readers.ecb import read_reference_rates

DATA = Path(__file__).parents[1] / "src" / "natoburden" / "datasets" / "data"
TARGET, MANIFEST = DATA / "yearly_exchange_rates.csv", DATA / "yearly_exchange_rates.toml"
COLUMNS = ("currency", "year", "average_per_euro", "days", "last_date", "complete")


def averages(history: RateHistory, codes: Iterable[str], first: int) -> Iterator[dict[str, str]]:
    """Yield a line for each currency and year with quotations, by currency and year."""
    years = range(first, history.days[-1].year + 1)
    for code in codes:
        for year in years:
            days = [day for day in history.days if day.year == year and Currency(code) in history.by_day[day]]
            if days:
                mean = sum((history.by_day[day][Currency(code)] for day in days), Decimal(0)) / len(days)
                yield {
                    "currency": code,
                    "year": str(year),
                    "average_per_euro": f"{float(mean):.6g}",
                    "days": str(len(days)),
                    "last_date": days[-1].isoformat(),
                    "complete": "yes" if history.days[-1] >= dt.date(year, 12, 29) else "no",
                }


def main(history: Path) -> None:
    """Write yearly_exchange_rates.csv, and what its manifest says of the last day and the hash."""
    with TARGET.open(encoding="utf-8", newline="") as file:
        packaged = list(csv.DictReader(file))
    codes = sorted({row["currency"] for row in packaged})
    first = min(int(row["year"]) for row in packaged)
    rates = read_reference_rates(history)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(averages(rates, codes, first))
    TARGET.write_text(text.getvalue(), encoding="utf-8", newline="\n")
    last = rates.days[-1]
    ends = "" if last >= dt.date(last.year, 12, 29) else f"; {last.year} is incomplete and ends on {last.day} {last:%B}"
    note = f"Arithmetic means of the daily reference rates, {first} to {last.year}{ends}."
    manifest = MANIFEST.read_text(encoding="utf-8")
    for name, value in {"edition": f'"{last:%Y-%m}"', "collected": str(last), "note": f'"{note}"'}.items():
        manifest = re.sub(rf"^{name} = .*$", f"{name} = {value}", manifest, flags=re.MULTILINE)
    MANIFEST.write_text(manifest, encoding="utf-8")
    renew(MANIFEST)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: build_exchange_rates.py eurofxref-hist.csv")
    main(Path(sys.argv[1]))
