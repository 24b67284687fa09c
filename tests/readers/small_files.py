"""One small file of each format, invented: what the front door knows, and what fuzzing bends."""

# ruff: noqa: E501 # lines of files stand on one line

from __future__ import annotations

import io
import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped] # it ships no types

from natoburden.readers import FORMATS, eurostat, imf, nato, ocds, sipri, worldbank
from natoburden.readers._format import Sheets
from natoburden.readers.ocds import read_contracts
from natoburden.readers.ted import read_notices

__all__ = [
    "BROWSER",
    "JSON_STAT",
    "MILEX",
    "NATO",
    "READERS",
    "RELEASE",
    "SMALL",
    "compound",
    "content_of",
    "old_workbook",
    "workbook",
]

Rows = list[list[Any]]


def workbook(sheets: dict[str, Rows]) -> bytes:
    """Give an .xlsx workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def old_workbook(sheets: dict[str, Rows], formats: tuple[str, ...] = ("General",)) -> bytes:
    """Give an .xls workbook of texts and numbers; a number may be a pair, with the place of its format among `formats`."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def text(words: str, size: str) -> bytes:
        return struct.pack(f"<{size}B", len(words), 0) + words.encode("latin-1")

    def cell(row: int, column: int, value: Any) -> bytes:
        value, style = value if isinstance(value, tuple) else (value, 0)
        place = struct.pack("<HHH", row, column, style)
        if isinstance(value, bool) or value == "#N/A":
            return record(0x0205, place + (bytes((0x2A, 1)) if value == "#N/A" else bytes((value, 0))))
        if isinstance(value, str):
            return record(0x0204, place + text(value, "H"))
        return b"" if value is None else record(0x0203, place + struct.pack("<d", value))

    def stream(place_of: Callable[[int], int]) -> tuple[bytes, list[bytes]]:
        head = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + record(
            0x0042, struct.pack("<H", 1200)
        )
        head += record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 8, 400, 0, 0, 0, 0, 0) + text("Arial", "B")) * 5
        for number, form in enumerate(formats):
            head += record(0x041E, struct.pack("<H", 164 + number) + text(form, "H"))
        for number in range(len(formats)):
            head += record(0x00E0, struct.pack("<HHH", 0, 164 + number, 1) + bytes(14))
        for number, name in enumerate(sheets):
            head += record(0x0085, struct.pack("<IBB", place_of(number), 0, 0) + text(name, "B"))
        bodies = [
            record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
            + b"".join(cell(n, at, value) for n, row in enumerate(rows) for at, value in enumerate(row))
            + record(0x000A, b"")
            for rows in sheets.values()
        ]
        return head + record(0x000A, b""), bodies

    head, bodies = stream(lambda _: 0)
    starts = [len(head) + sum(map(len, bodies[:number])) for number in range(len(bodies))]
    head, bodies = stream(lambda number: starts[number])
    return compound("Workbook", head + b"".join(bodies))


def compound(name: str, content: bytes) -> bytes:
    """Put one stream into a compound file, the container of Office before 2007."""
    content = content.ljust(4096, b"\0")
    content += bytes(-len(content) % 512)
    sectors = len(content) // 512

    def entry(title: str, kind: int, child: int, first: int, size: int) -> bytes:
        wide = title.encode("utf-16-le")
        head = wide.ljust(64, b"\0") + struct.pack("<HBBiii", len(wide) + 2 if title else 0, kind, 1, -1, -1, child)
        return head + bytes(36) + struct.pack("<iii", first, size, 0)

    folder = entry("Root Entry", 5, 1, -2, 0) + entry(name, 2, -1, 2, len(content)) + entry("", 0, -1, -2, 0) * 2
    chain = [-3, -2, *range(3, 2 + sectors), -2]
    table = struct.pack("<128i", *(chain + [-1] * (128 - len(chain))))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IiIIiIiI", 1, 1, 0, 4096, -2, 0, -2, 0) + struct.pack("<109i", 0, *[-1] * 108)
    return header + table + folder + content


def content_of(seed: str | Sheets) -> bytes:
    """Give a seed as the bytes of a file: text as it is, sheets as a workbook."""
    return seed.encode() if isinstance(seed, str) else workbook(_sheets(seed))


def _sheets(seed: str | Sheets) -> dict[str, Rows]:
    assert not isinstance(seed, str)
    return {name: [list(row) for row in rows] for name, rows in seed.items()}


NATO = _sheets(nato.FORMAT.seed[1])
MILEX = _sheets(sipri.FORMATS[0].seed[1])
BROWSER: dict[str, Rows] = {
    "Summary": [["Contents"]],
    "Structure": [["Dimension"]],
    "Sheet 1": [
        ["Dataset: ", "Imports of natural gas by partner country [NRG_TI_GAS__custom_1]"],
        ["Last updated: ", "23/03/2022 23:00"],
        [],
        ["Time frequency", None, "Annual"],
        ["Standard international energy product classification (SIEC)", None, "Natural gas"],
        ["Geopolitical entity (partner)", None, "Russia"],
        ["Unit of measure", None, "Terajoule (gross calorific value - GCV)"],
        [],
        ["TIME", "2019", None, "2020"],
        ["GEO (Labels)", None, None, None],
        ["Poland", 1.5, "p", 0],
    ],
}
JSON_STAT = {
    "version": "2.0",
    "class": "dataset",
    "label": "Imports of natural gas",
    "id": ["freq", "geo", "time"],
    "size": [1, 1, 2],
    "dimension": {
        "freq": {"category": {"index": {"A": 0}}},
        "geo": {"category": {"index": {"PL": 0}}},
        "time": {"category": {"index": {"2023": 0, "2024": 1}}},
    },
    "value": {"0": 18278.2, "1": 5},
}
WORLD_BANK: dict[str, Rows] = {
    "Data": [
        ["Data Source", "World Development Indicators"],
        ["Last Updated Date", "2026-02-22"],
        [],
        ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2023", "2024"],
        ["Poland", "POL", "Military expenditure (% of GDP)", "MS.MIL.XPND.GD.ZS", 3.26, 4.15],
        ["Romania", "ROM", "Military expenditure (% of GDP)", "MS.MIL.XPND.GD.ZS", None, 2],
    ],
    "Metadata - Countries": [["Country Code"]],
    "Metadata - Indicators": [["INDICATOR_CODE"]],
}
RELEASE = json.loads(str(ocds.FORMAT.seed[1]))
EFORM = """<ContractAwardNotice><NoticeResult><LotResult><TenderResultCode>selec-w</TenderResultCode><LotTender><ID>T</ID>
</LotTender></LotResult><LotTender><ID>T</ID><LegalMonetaryTotal><PayableAmount currencyID="EUR">5000000</PayableAmount>
</LegalMonetaryTotal><TenderingParty><ID>P</ID></TenderingParty></LotTender><TenderingParty><ID>P</ID><Tenderer><ID>O</ID>
</Tenderer></TenderingParty></NoticeResult><Organization><Company><PartyIdentification><ID>O</ID></PartyIdentification>
<PartyName><Name>A</Name></PartyName><PostalAddress><Country><IdentificationCode>SWE</IdentificationCode></Country>
</PostalAddress></Company></Organization><ID>n</ID><ContractingParty><Party><PartyIdentification><ID>O</ID>
</PartyIdentification></Party></ContractingParty></ContractAwardNotice>"""

# By the name of a file, as each publisher gives it: the seed of each format, and other layouts of some.
SMALL: dict[str, bytes] = {
    **{name: content_of(seed) for name, seed in (known.seed for known in FORMATS)},
    "browser.xlsx": workbook(BROWSER),
    "API_MS.MIL.XPND.GD.ZS_DS2_en_excel_v2.xls": old_workbook(WORLD_BANK),
    **{
        name: text.encode()
        for name, text in {
            "trade-register-orders.csv": "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon "
            "description,Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total "
            "order,SIPRI TIV of delivered weapons\n"
            "Poland,United States,2019,?,20,,X-1,tank,8,?,2021; 2022,New,for tests,1.5,30,12\n",
            "nrg_bal_c.csv": "DATAFLOW,LAST UPDATE,freq,nrg_bal,siec,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
            "ESTAT:NRG_BAL_C(1.0),06/06/21 23:00:00,A,IMP,TOTAL,KTOE,BE,2019,90000.5,p\n",
            "nrg_ti_gas.json": json.dumps(JSON_STAT),
            "worldbank.json": '[{"page":1,"pages":1,"lastupdated":"2026-02-22"},[{"indicator":{"id":"MS.MIL.XPND.GD.ZS",'
            '"value":"x (% of GDP)"},"country":{"id":"PL","value":"Poland"},"countryiso3code":"POL","date":"2024","value":4.1}]]',
            "Data_Extract_From_WDI.csv": "Country Name,Country Code,Series Name,Series Code,2022 [YR2022],2023 [YR2023]\n"
            "Poland,POL,Military expenditure (% of GDP),MS.MIL.XPND.GD.ZS,2.2,3.3\n"
            "Chad,TCD,Military expenditure (% of GDP),MS.MIL.XPND.GD.ZS,..,2.0\n,,,,,\n"
            "Data from database: World Development Indicators,,,,,\nLast Updated: 02/22/2026,,,,,\n",
            "WEO_Data.xls": "Country\tSubject Descriptor\tUnits\tScale\t2021\t2022\nPoland\tGross domestic product, current "
            "prices\tU.S. dollars\tBillions\t681.3\t688.2\n\nInternational Monetary Fund, World Economic Outlook Database, "
            "April 2023\n",
            "TIV-Export-2010-2011.csv": '"TIV of arms exports from Atlantis, 2010-2011",,,\nFigures are SIPRI Trend Indicator '
            "Values (TIVs) expressed in millions.,,,\nGenerated: 28 October 2018,,,\n,,,\n,2010,2011,Total\nPoland,5,0,5\n"
            "Romania,,12,12\n,,,\nTotal,5,12,17\n",
            "eform.xml": EFORM,
            "releases.jsonl": json.dumps(RELEASE) + "\n" + json.dumps({**RELEASE, "ocid": "ocds-x-2"}) + "\n",
        }.items()
    },
    "WEOApr2024all.xls": (
        "WEO Country Code\tISO\tWEO Subject Code\tCountry\tSubject Descriptor\tUnits\tScale\t2023\t2024\tEstimates Start "
        "After\n964\tPOL\tNGDPD\tPoland\tGDP, current prices\tU.S. dollars\tBillions\t809.2\t1,844.62\t2023\n"
        "\nInternational Monetary Fund, World Economic Outlook Database, April 2024\n"
    ).encode("utf-16"),
}

# What the front door calls each.
READERS: dict[str, Callable[[Path], Any]] = {
    **{known.seed[0]: known.read for known in FORMATS},
    "browser.xlsx": eurostat.read_dataset,
    "trade-register-orders.csv": sipri.read_register,
    "nrg_bal_c.csv": eurostat.read_dataset,
    "nrg_ti_gas.json": eurostat.read_dataset,
    "worldbank.json": worldbank.read_indicators,
    "API_MS.MIL.XPND.GD.ZS_DS2_en_excel_v2.xls": worldbank.read_indicators,
    "Data_Extract_From_WDI.csv": worldbank.read_indicators,
    "WEO_Data.xls": imf.read_outlook,
    "TIV-Export-2010-2011.csv": sipri.read_tiv_table,
    "WEOApr2024all.xls": imf.read_outlook,
    "eform.xml": read_notices,
    "releases.jsonl": read_contracts,
}
