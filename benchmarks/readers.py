"""What the readers cost beside the bare parse of the same file, as ratios in one run.

The files are made up here, of the size that the publishers' own have. CPU time, median of several rounds, each reader
in turn with the parse that it is compared with.
"""

from __future__ import annotations

import csv
import datetime as dt
import gc
import itertools
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped] # it ships no types

import natoburden as nb
from natoburden.readers import ecb, eurostat, nato, ocds, sipri

ROUNDS = 7
ROWS = 8_000

PARTIES = ("Poland", "Germany", "United States", "Turkiye", "South Korea", "Sweden", "Norway", "Soviet Union", "Spain")
CURRENCIES = (
    *("USD", "JPY", "BGN", "CYP", "CZK", "DKK", "EEK", "GBP", "HUF", "LTL", "LVL", "MTL", "PLN", "ROL", "RON", "SEK"),
    *("SIT", "SKK", "CHF", "ISK", "NOK", "HRK", "RUB", "TRL", "TRY", "AUD", "BRL", "CAD", "CNY", "HKD", "IDR", "ILS"),
    *("INR", "KRW", "MXN", "MYR", "NZD", "PHP", "SGD", "THB", "ZAR"),
)
REGISTER = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,Order date is "
    "estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,Delivery year is estimate,Status,SIPRI "
    "estimate,TIV deal unit,TIV delivery values,Local production"
)
SDMX = "DATAFLOW,LAST UPDATE,freq,siec,partner,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG"


def register(dice: random.Random) -> Iterator[str]:
    """Return lines of SIPRI's register in the layout of deliveries."""
    yield REGISTER
    for number in range(ROWS):
        supplier, recipient = dice.sample(PARTIES, 2)
        year, count = dice.randrange(1950, 2025), 1 + int(dice.expovariate(0.1))
        unit = round(10 ** dice.uniform(-1, 2), 1)
        yield (
            f"{number // 3},{supplier},{recipient},X-{dice.randrange(900)},tank,Armoured vehicles,{year - 2},"
            f"No,{count},Yes,{year + number % 3},No,New,{unit},{unit},{round(unit * count, 1)},No"
        )


def sdmx(dice: random.Random) -> Iterator[str]:
    """Return lines of Eurostat's SDMX-CSV."""
    yield SDMX
    places = ("PL", "DE", "FR", "IT", "ES", "RO", "NO", "US", "RU", "DZ")
    months = [f"{year}-{month:02}" for year in range(2014, 2026) for month in range(1, 13)]
    for geo, partner, month in itertools.islice(itertools.product(places, places, months), ROWS):
        figure = "" if dice.random() < 0.1 else f"{dice.random() * 9_000:.3f}"
        flag = dice.choice(("", "", "", "p", "e"))
        yield f"ESTAT:NRG_TI_GASM(1.0),06/06/25 23:00:00,M,G3000,{partner},MIO_M3,{geo},{month},{figure},{flag}"


def history(dice: random.Random) -> Iterator[str]:
    """Return lines of the ECB's history: rates of five digits that wander, and a quarter of the cells without one."""
    yield f"Date,{','.join(CURRENCIES)},"
    rates = [10 ** dice.uniform(-0.2, 3) for _ in CURRENCIES]
    for number in range(ROWS // 2):
        day = dt.date(2026, 1, 2) - dt.timedelta(days=number)
        rates = [rate * dice.uniform(0.995, 1.005) for rate in rates]
        cells = ("N/A" if at % 4 == 3 else f"{rate:#.5g}".rstrip(".") for at, rate in enumerate(rates))
        yield f"{day},{','.join(cells)},"


def releases(dice: random.Random) -> Iterator[str]:
    """Return releases of OCDS, one a line, each of some six kilobytes; the contract states no value."""
    document = {
        "title": "Technical annex with drawings",
        "url": "https://example.org/procurement/2024/radars/annexes/technical-annex-with-drawings.pdf",
        "datePublished": "2024-02-29T00:00:00+01:00",
        "format": "application/pdf",
        "language": "sv",
    }
    item = {
        "classification": {"scheme": "CPV", "id": "35520000"},
        "description": "A radar with its mast and its spares",
        "quantity": 1,
        "unit": {"name": "piece"},
    }
    tender = {
        "id": "T",
        "title": "Radars for the coast",
        "description": "Delivery, installation and upkeep of coastal radars. " * 4,
        "items": [{"id": str(number), **item} for number in range(3)],
        "value": {"amount": 10_000_000, "currency": "SEK"},
        "documents": [{"id": str(number), **document} for number in range(12)],
    }
    buyer = {"id": "B", "name": "Ministry", "roles": ["buyer"], "address": {"countryName": "Norge"}}
    contract: dict[str, Any] = {"id": "C1", "awardID": "1", "status": "active", "dateSigned": "2024-06-01T00:00:00Z"}
    contract = {**contract, "documents": [{"id": str(number), **document} for number in range(4)]}
    for number in range(ROWS // 4):
        name, country = f"Radar {number % 90} AB", dice.choice(PARTIES)
        address = {"streetAddress": "Storgatan 1", "locality": "Malmö", "countryName": country}
        seller = {"id": "S", "name": name, "roles": ["supplier"], "address": address}
        award = {
            "id": "1",
            "status": "active",
            "title": f"Radars, lot {number}",
            "date": "2024-05-01T00:00:00Z",
            "value": {"amount": dice.randrange(10_000, 9_000_000), "currency": "SEK"},
            "items": tender["items"],
            "suppliers": [{"id": "S", "name": name}],
        }
        release = {
            "ocid": f"ocds-x-{number}",
            "date": "2024-06-01T00:00:00Z",
            "tag": ["award"],
            "buyer": {"id": "B", "name": "Ministry"},
            "parties": [buyer, seller],
            "tender": tender,
            "awards": [award],
            "contracts": [contract],
        }
        yield json.dumps(release)


def nato_workbook(dice: random.Random, path: Path) -> None:
    """Write a workbook in NATO's layout: shares of GDP, and dollars at both prices, for every ally."""
    allies = [str(member) for member in nb.Group.find("NATO").members(2026) if str(member) != "Iceland"]
    years = list(range(2014, 2027))
    blocks = (("Share of real GDP (%)", 5), ("Annual real change (%)", 9))
    amounts = (("Current prices and exchange rates", 900), ("Constant 2021 prices and exchange rates", 900))
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, heading, unit, parts in (
        ("Table 2", "Table 2: Core defence expenditure", "Million US dollars", amounts),
        ("Table 3", "Table 3: Core defence expenditure as a share of GDP and annual real change", "", blocks),
        ("Table 5", "Table 5: GDP", "Billion US dollars", amounts),
    ):
        sheet = book.create_sheet(title)
        for words in (heading, unit, "Based on 2021 prices"):
            sheet.append([words])
        for subtitle, most in parts:
            sheet.append([subtitle])
            sheet.append([None, *years])
            for ally in allies:
                sheet.append([ally, *(round(dice.random() * most, 2) for _ in years)])
    book.save(path)


def milex_workbook(dice: random.Random, path: Path) -> None:
    """Write a workbook in the layout of SIPRI's Military Expenditure Database."""
    years = list(range(1990, 2025))
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, most in (("Constant (2023) US$", 900), ("Current US$", 900), ("Share of GDP", 0.05)):
        sheet = book.create_sheet(name)
        sheet.append(["Country", "Notes", *years])
        for country in nb.Country.all()[:170]:
            sheet.append([country.name, None, *(round(dice.random() * most, 4) or most for _ in years)])
            if most < 1:
                for cell in sheet[sheet.max_row][2:]:
                    cell.number_format = "0.0%"
    book.save(path)


def csv_rows(path: Path) -> int:
    """Parse a table and nothing more."""
    with path.open(encoding="utf-8", newline="") as file:
        return len(list(csv.reader(file)))


def json_lines(path: Path) -> int:
    """Parse each line of a file and nothing more."""
    with path.open("rb") as file:
        return len([json.loads(line) for line in file])


def cells(path: Path) -> int:
    """Read every cell of a workbook and nothing more."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    found = sum(cell.value is not None for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    book.close()
    return found


def seconds(function: Callable[[Path], Any], path: Path) -> float:
    """Return the CPU time of one call."""
    gc.collect()
    start = time.process_time()
    function(path)
    return time.process_time() - start


def main() -> None:
    """Print each reader's CPU time beside the bare parse of its file, their ratio, and the bar that it has to keep."""
    folder, dice = Path(tempfile.mkdtemp()), random.Random(12)
    for name, lines in (
        ("trade-register.csv", register(dice)),
        ("nrg_ti_gasm.csv", sdmx(dice)),
        ("eurofxref-hist.csv", history(dice)),
        ("releases.jsonl", releases(dice)),
    ):
        (folder / name).write_text("\n".join([*lines, ""]), encoding="utf-8")
    nato_workbook(dice, folder / "def-exp.xlsx")
    milex_workbook(dice, folder / "milex.xlsx")
    pairs: tuple[tuple[str, str, Callable[[Path], Any], Callable[[Path], Any], float], ...] = (
        ("SIPRI's register: csv.reader", "trade-register.csv", sipri.read_register, csv_rows, 6),
        ("Eurostat's SDMX-CSV: csv.reader", "nrg_ti_gasm.csv", eurostat.read_dataset, csv_rows, 3.5),
        ("the ECB's history: csv.reader", "eurofxref-hist.csv", ecb.read_reference_rates, csv_rows, 5),
        ("OCDS: json.loads per line", "releases.jsonl", ocds.read_contracts, json_lines, 3),
        ("NATO's workbook: openpyxl", "def-exp.xlsx", nato.read_workbook, cells, 1.6),
        ("SIPRI's workbook: openpyxl", "milex.xlsx", sipri.read_military_expenditure, cells, 1.6),
    )
    print(f"{'CPU, median of ' + str(ROUNDS):34}{'bare ms':>10}{'read ms':>10}{'ratio':>8}{'bar':>6}")
    for name, file, read, bare, bar in pairs:
        read(folder / file)  # what is resolved once in a process, such as the list of countries
        times = [(seconds(bare, folder / file), seconds(read, folder / file)) for _ in range(ROUNDS)]
        ours, theirs = (statistics.median(values) for values in zip(*((b, a) for a, b in times), strict=True))
        print(f"{name:34}{theirs * 1000:10.1f}{ours * 1000:10.1f}{ours / theirs:8.2f}{bar:6.1f}")


if __name__ == "__main__":
    main()
