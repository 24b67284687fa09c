"""One small file of each format, invented: what the front door knows, and what fuzzing bends."""

# ruff: noqa: E501 # lines of files stand on one line

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped] # it ships no types

from natoburden.readers import ecb, eurostat, imf, kiel, nato, sipri, worldbank
from natoburden.readers.ocds import read_contracts
from natoburden.readers.ted import read_notices, read_table

__all__ = ["BROWSER", "JSON_STAT", "MILEX", "NATO", "READERS", "RELEASE", "SMALL", "workbook"]

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
