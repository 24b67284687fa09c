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

from natoburden.readers import ecb, eurostat, imf, kiel, nato, sipri, worldbank
from natoburden.readers.ocds import read_contracts
from natoburden.readers.ted import read_notices, read_table

__all__ = [
    "BROWSER",
    "JSON_STAT",
    "MILEX",
    "NATO",
    "READERS",
    "RELEASE",
    "SMALL",
    "compound",
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


NATO: dict[str, Rows] = {
    "Table 1": [
        ["Table 1: Core defence expenditure"],
        ["Million national currency units"],
        ["Current prices"],
        [None, 2025, 2026, "2027e"],
        ["Poland (Zlotys)", 100, 110, 120.5],
        ["Spain (Euros)", 30, 31, ".."],
    ],
    "Table 3": [
        ["Table 3: Core defence expenditure as a share of GDP and annual real change"],
        ["Based on 2021 prices"],
        ["Share of real GDP (%)"],
        [None, 2025, 2026, "2027e"],
        ["Poland", 4.25, 4.55, "4.80"],
    ],
}
MILEX: dict[str, Rows] = {
    "Constant (2023) US$": [["Country", "Notes", 2022, 2023], ["Poland", "‡§16", 100.5, 200.25]],
    "Share of GDP": [["Country", "Notes", 2022, 2023], ["Poland", None, 0.0341, 0.0222]],
}
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
RELEASE = {
    "ocid": "ocds-x-1",
    "date": "2024-06-01T00:00:00Z",
    "buyer": {"id": "B", "name": "Ministry", "address": {"countryName": "Norge"}},
    "tender": {"value": {"amount": 1, "currency": "SEK"}},
    "awards": [
        {
            "id": "1",
            "status": "active",
            "title": "Radars",
            "value": {"amount": 5_000_000, "currency": "SEK"},
            "suppliers": [{"name": "Radar AB", "address": {"countryName": "SE"}}],
        }
    ],
}
NOTICE = """<TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication" DOC_ID="123-2021">
<CODED_DATA_SECTION><NOTICE_DATA><ISO_COUNTRY VALUE="UK"/></NOTICE_DATA></CODED_DATA_SECTION><FORM_SECTION>
<F03_2014 CATEGORY="ORIGINAL"><AWARD_CONTRACT><AWARDED_CONTRACT><CONTRACTORS><CONTRACTOR><ADDRESS_CONTRACTOR>
<OFFICIALNAME>A</OFFICIALNAME><COUNTRY VALUE="SE"/></ADDRESS_CONTRACTOR></CONTRACTOR></CONTRACTORS><VALUES>
<VAL_TOTAL CURRENCY="EUR">5000000</VAL_TOTAL></VALUES></AWARDED_CONTRACT></AWARD_CONTRACT></F03_2014></FORM_SECTION>
</TED_EXPORT>"""
EFORM = """<ContractAwardNotice><NoticeResult><LotResult><TenderResultCode>selec-w</TenderResultCode><LotTender><ID>T</ID>
</LotTender></LotResult><LotTender><ID>T</ID><LegalMonetaryTotal><PayableAmount currencyID="EUR">5000000</PayableAmount>
</LegalMonetaryTotal><TenderingParty><ID>P</ID></TenderingParty></LotTender><TenderingParty><ID>P</ID><Tenderer><ID>O</ID>
</Tenderer></TenderingParty></NoticeResult><Organization><Company><PartyIdentification><ID>O</ID></PartyIdentification>
<PartyName><Name>A</Name></PartyName><PostalAddress><Country><IdentificationCode>SWE</IdentificationCode></Country>
</PostalAddress></Company></Organization><ID>n</ID><ContractingParty><Party><PartyIdentification><ID>O</ID>
</PartyIdentification></Party></ContractingParty></ContractAwardNotice>"""

# By the name of a file, as each publisher gives it.
SMALL: dict[str, bytes] = {
    "def-exp-2027-en.xlsx": workbook(NATO),
    "SIPRI-Milex-data.xlsx": workbook(MILEX),
    "browser.xlsx": workbook(BROWSER),
    "API_MS.MIL.XPND.GD.ZS_DS2_en_excel_v2.xls": old_workbook(WORLD_BANK),
    **{
        name: text.encode()
        for name, text in {
            "trade-register-orders.csv": "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon "
            "description,Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total "
            "order,SIPRI TIV of delivered weapons\n"
            "Poland,United States,2019,?,20,,X-1,tank,8,?,2021; 2022,New,for tests,1.5,30,12\n",
            "trade-register.csv": "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order "
            "date,Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,Delivery year is "
            "estimate,Status,SIPRI estimate,TIV deal unit,TIV delivery values,Local production\n"
            "101,Austria,Czechia,P-2,APC,Armoured vehicles,2017,No,4,Yes,2019,Yes,New,0.3,0.3,1.2,Yes\n",
            "import-values.csv": "Volume of transfers of major arms\nFigures are in millions of SIPRI trend-indicator "
            "values (TIVs).\nData generated: 12 Aug 2026 7:47:41 PM\n\n"
            "Recipient,2019,2020,2019-2020\nPoland,12,0 ,12\nTotal world import,12,0,12\n",
            "estat_nrg_ti_gasm.tsv": "freq,siec,partner,unit,geo\\TIME_PERIOD\t2018-01 \t2018-02 \n"
            "M,G3000,NO,MIO_M3,PL\t641.5 p\t: \n",
            "nrg_bal_c.csv": "DATAFLOW,LAST UPDATE,freq,nrg_bal,siec,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
            "ESTAT:NRG_BAL_C(1.0),06/06/21 23:00:00,A,IMP,TOTAL,KTOE,BE,2019,90000.5,p\n",
            "nrg_ti_gas.json": json.dumps(JSON_STAT),
            "API_MS.MIL.XPND.GD.ZS_DS2_en_csv_v2.csv": '\ufeff"Data Source","World Development Indicators",\n\n"Last '
            'Updated Date","2026-02-22",\n\n"Country Name","Country Code","Indicator Name","Indicator Code","2023","2024",\n'
            '"Poland","POL","Military expenditure (% of GDP)","MS.MIL.XPND.GD.ZS","3.3","4.1",\n',
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
            "WEO_Data.csv": "DATASET,SERIES_CODE,COUNTRY,INDICATOR,FREQUENCY,SCALE,UNIT,LATEST_ACTUAL_ANNUAL_DATA,2023,2024\n"
            'IMF.RES:WEO(9.0.0),POL.NGDPD.A,Poland,"GDP, current prices",Annual,Billions,US dollar,2023,809.2,844.6\n',
            "eurofxref-hist.csv": "Date,USD,JPY,BGN,PLN,\n2026-01-02,1.1718,184.1,N/A,4.21,\n2025-12-31,1.17,184,1.95583,4.2,\n",
            "data_explorer.csv": '"country","iso","year","month","total","financial","humanitarian","military",'
            '"commitments","to_be_allocated","gdp","pct_gdp"\n"Poland","POL",2022,2,0.5,0.1,0.1,0.3,0.6,0.1,600,0.08\n',
            "notice.xml": NOTICE,
            "eform.xml": EFORM,
            "export_CAN_2022.csv": "ID_NOTICE_CAN,ISO_COUNTRY_CODE,CPV,ID_AWARD,WIN_NAME,WIN_COUNTRY_CODE,AWARD_VALUE_EURO,"
            "TITLE,DT_AWARD\n20221,NL,35520000,7,A AB---B BV,SE---NL,5000000,Hulls,14/04/22\n",
            "release.json": json.dumps(RELEASE),
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
    "def-exp-2027-en.xlsx": nato.read_workbook,
    "SIPRI-Milex-data.xlsx": sipri.read_military_expenditure,
    "browser.xlsx": eurostat.read_table,
    "trade-register-orders.csv": sipri.read_register,
    "trade-register.csv": sipri.read_register,
    "import-values.csv": sipri.read_tiv_table,
    "estat_nrg_ti_gasm.tsv": eurostat.read_table,
    "nrg_bal_c.csv": eurostat.read_table,
    "nrg_ti_gas.json": eurostat.read_table,
    "API_MS.MIL.XPND.GD.ZS_DS2_en_csv_v2.csv": worldbank.read_indicators,
    "worldbank.json": worldbank.read_indicators,
    "API_MS.MIL.XPND.GD.ZS_DS2_en_excel_v2.xls": worldbank.read_indicators,
    "Data_Extract_From_WDI.csv": worldbank.read_indicators,
    "WEO_Data.xls": imf.read_outlook,
    "TIV-Export-2010-2011.csv": sipri.read_tiv_table,
    "WEO_Data.csv": imf.read_outlook,
    "WEOApr2024all.xls": imf.read_outlook,
    "eurofxref-hist.csv": ecb.read_reference_rates,
    "data_explorer.csv": kiel.read_tracker,
    "notice.xml": read_notices,
    "eform.xml": read_notices,
    "export_CAN_2022.csv": read_table,
    "release.json": read_contracts,
    "releases.jsonl": read_contracts,
}
