"""Spreadsheets of one's own, as analysts of several countries have them: read as they mean, or asked about."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped] # it ships no types
import pandas as pd  # type: ignore[import-untyped] # it ships no types
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped] # it ships no types
import pytest

import natoburden as nb
from natoburden.errors import (
    DocumentError,
    MissingExtraError,
    NatoBurdenError,
    ReaderError,
    UnexpectedValueError,
    UnknownNameError,
)
from natoburden.model.record_coverage import RecordKind
from natoburden.readers.sheets import read_contract_sheet
from natoburden.readers.sheets._days import day_of
from natoburden.readers.sheets._numbers import decimals_of, figure_in, number_of
from natoburden.readers.sheets._units import scale_named, unit_in
from natoburden.readers.sheets._wording import OPTIONS, PYTHON, Wording

load = nb.datasets.load_contracts


def sheet(folder: Path, text: str, name: str = "mine.csv", encoding: str = "utf-8") -> Path:
    """Write a sheet as text."""
    (folder / name).write_bytes(text.encode(encoding))
    return folder / name


def book(folder: Path, *rows: list[Any], **more: list[list[Any]]) -> Path:
    """Write a workbook with one sheet, and further ones by name."""
    made = openpyxl.Workbook()
    made.active.title = "Data"
    for row in rows:
        made.active.append(row)
    for name, others in more.items():
        extra = made.create_sheet(name)
        for row in others:
            extra.append(row)
    made.save(folder / "mine.xlsx")
    return folder / "mine.xlsx"


def faults(data: Any, *given: Any, **named: Any) -> list[str]:
    """Return what is refused, fault by fault."""
    with pytest.raises(DocumentError) as caught:
        load(data, *given, **named)
    return [str(fault) for fault in caught.value.faults]


def only(folder: Path, header: str, row: str, **named: Any) -> nb.model.Contract:
    """Return the contract of a sheet with one row."""
    [found] = load(sheet(folder, f"{header}\n{row}\n"), **named)
    return found


# --- whole sheets, as five countries have them ----------------------------------------------------------------


def test_a_french_sheet_has_titles_a_total_a_source_line_and_decimal_commas(tmp_path: Path) -> None:
    text = (
        "Marchés d'armement notifiés;;;;;\n;;;;;\n"
        "Acheteur;Titulaire;Pays d'origine;Objet;Montant (M€);Date de notification\n"
        "France;KNDS France;France;109 CAESAR;350,5;01/02/2024\n"
        "France;General Atomics;États-Unis;MQ-9;1\u00a0234,5;15/03/2023\n"
        "Belgique;Dassault;France;n.c.;n.c.;mars 2025\n;;;;;\n"
        "Total;;;;1\u00a0585,0;\nSource : ministère des Armées\n"
    )
    found = load(sheet(tmp_path, text, encoding="cp1252"))
    assert [str(item.value.low) for item in found] == [
        "EUR 350.50 m (current prices)",
        "EUR 1.23 bn (current prices)",
        "None",
    ]
    assert [item.date.text for item in found] == ["2024-02-01", "2023-03-15", "2025-03"]
    assert [item.key for item in found] == ["mine:4", "mine:5", "mine:6"]
    assert found["mine:6"].value.wording == "n.c."
    assert found["mine:6"].system == "not stated"
    assert found.kind is RecordKind.LIST
    assert found.reading is not None
    assert found.reading.passed_over == (
        "row 8: 'Total', 1,585.0, is the sum of the rows above it",
        "row 9: 'Source : ministère des Armées' is a remark",
    )
    assert "dates have the day first, as one of them shows" in found.reading.assumed
    assert "the sign of decimals is ',', as the figures show" in found.reading.assumed
    assert str(found.reading).startswith("mine.csv:\n  buyer from 'Acheteur' (by its name)")
    wrong = sheet(tmp_path, text.replace("585,0", "600,0"), encoding="cp1252")
    assert faults(wrong) == [
        "row 8, column \"Montant (M€)\": 'Total' is 1,600.0, but the rows above it add up to 1,585: correct one of "
        "them, or delete the row"
    ]


def test_a_german_sheet_has_a_mark_points_between_thousands_and_dotted_dates(tmp_path: Path) -> None:
    text = (
        "\ufeffKäufer;Auftragnehmer;Land;Vorhaben;Wert in Mio. EUR;Vertragsdatum;Stand\n"
        "Deutschland;Boeing;USA;CH-47F;7.000,00;28.06.2023;unterzeichnet\n"
        "Deutschland;KNDS;Frankreich;RCH 155;k.A.;2024/25;geplant\n"
    )
    assert faults(sheet(tmp_path, text)) == [
        "row 3, column \"Vertragsdatum\": '2024/25' spans two years: give the one in which it was signed or announced"
    ]
    found = load(sheet(tmp_path, text.replace("2024/25", "")))
    assert [str(item.status) for item in found] == ["signed", "planned"]
    assert found["mine:2"].value.low == nb.Money.billions(7, "EUR")
    assert str(found["mine:2"].suppliers[0].countries[0]) == "United States"
    assert found["mine:3"].date.text == ""
    assert found["mine:2"].date_of == "Vertragsdatum"


def test_an_american_sheet_is_asked_for_its_dollar_and_its_order_of_dates(tmp_path: Path) -> None:
    text = (
        "Customer,Contractor,Supplier country,Item,Contract value,Signed\n"
        'Poland,Boeing,USA,AH-64E,"$10,000,000,000",02/03/2025\nRomania,RTX,USA,Patriot,$1.2bn,11/12/2024\n'
    )
    assert faults(sheet(tmp_path, text)) == [
        'rows 2 and 3, column "Contract value": the sign is that of USD, CAD or another dollar: give it in a column or '
        "in the header, or say currency='USD' or another",
        "rows 2 and 3, column \"Signed\": the day or the month may come first: say dates='day first' or "
        "dates='month first', as of '02/03/2025'",
    ]
    found = load(sheet(tmp_path, text), currency="USD", dates="month first")
    assert [item.value.low for item in found] == [nb.Money.billions(10, "USD"), nb.Money.billions("1.2", "USD")]
    assert [item.date.text for item in found] == ["2025-02-03", "2024-11-12"]
    assert load(sheet(tmp_path, text), currency="USD", dates="day first")["mine:2"].date.text == "2025-03-02"
    told = load(sheet(tmp_path, text.replace("11/12/2024", "11/13/2024")), currency="USD")
    assert told["mine:2"].date.text == "2025-02-03"
    mixed = sheet(tmp_path, text.replace("02/03", "31/03"))
    assert (
        "has the day first, and other dates here have the month first"
        in faults(mixed, currency="USD", dates="month first")[0]
    )
    assert len(faults(sheet(tmp_path, f"{text}Poland,X,USA,Y,$2bn,31/01/2024\nPoland,X,USA,Y,$2bn,01/31/2024\n"),
                      currency="USD")) == 1  # fmt: skip


def test_a_polish_workbook_has_merged_headers_units_below_them_and_a_merged_buyer(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Zakupy uzbrojenia"],
        [],
        ["Nabywca", "Dostawca", None, "Wartość", "Data podpisania"],
        [None, "firma", "Kraj dostawcy", "mln USD", None],
        ["Polska", "Hanwha", "Korea Południowa", 2400, dt.datetime(2022, 8, 26)],
        [None, "General Dynamics", "USA", 4750, dt.date(2022, 4, 5)],
        ["Polska", "Boeing", "USA", "#N/A", 2024],
        ["Razem", None, None, "=SUM(D5:D9)", None],
    ]
    assert faults(book(tmp_path, *rows)) == [
        'row 6, column "Nabywca": no buyer is named; if its cell was merged with the one above, unmerge it and fill it '
        "down"
    ]
    rows[5][0] = "Polska"
    found = load(book(tmp_path, *rows))
    assert [item.value.low for item in found] == [nb.Money.millions(2400, "USD"), nb.Money.millions(4750, "USD"), None]
    assert [item.date.text for item in found] == ["2022-08-26", "2022-04-05", "2024"]
    assert str(found["mine:5"].source) == "own file, mine.xlsx, sheet 'Data'"
    assert found.reading is not None
    assert [use.header for use in found.reading.columns][1:4] == ["firma", "Kraj dostawcy", "Wartość (mln USD)"]
    assert found.reading.passed_over == ("row 8: 'Razem' without a figure",)


def test_a_british_sheet_has_fiscal_years_and_a_country_that_may_be_either(tmp_path: Path) -> None:
    text = (
        "Country,Supplier,Project,Value (£m),Year\nUnited Kingdom,BAE Systems,Type 26,3700,2017\n"
        'United Kingdom,Boeing,E-7,"1,510",2018/19\n'
    )
    assert faults(sheet(tmp_path, text)) == [
        "row 1: 'Country' may be the buyer or the origin",
        "row 1: the headers are 'Country', 'Supplier', 'Project', 'Value (£m)', 'Year'; say which column is what, such "
        "as columns={'Country': 'buyer', 'Supplier': 'supplier', 'Value (£m)': 'value', 'Year': 'date'}",
    ]
    suggested = {"Country": "buyer", "Supplier": "supplier", "Value (£m)": "value", "Year": "date"}
    assert faults(sheet(tmp_path, text), suggested) == [
        'row 3, column "Value (£m)": three digits behind the only comma or point can be thousands or decimals: say '
        "decimal=',' or decimal='.', as of '1,510'",
        "row 3, column \"Year\": '2018/19' spans two years: give the one in which it was signed or announced",
    ]
    found = load(sheet(tmp_path, text.replace("/19", "")), suggested, decimal=".")
    assert found["mine:3"].value.low == nb.Money.millions(1510, "GBP")
    assert found.reading is not None
    assert "origin unknown: no column holds the suppliers' countries" in found.reading.assumed


def test_excels_unicode_text_with_a_row_of_units_is_read(tmp_path: Path) -> None:
    text = "Buyer\tVendor\tOrigin\tAmount\tYear\n\t\t\tEUR m\tyyyy\nItaly\tLeonardo\tItaly\t1.5\t2024\n"
    found = load(sheet(tmp_path, text, encoding="utf-16"))
    assert found["mine:3"].value.low == nb.Money.millions("1.5", "EUR")
    assert found.reading is not None
    assert found.reading.passed_over == ("row 2: 'EUR m' below 'Amount' is the unit of its figures",)
    untold = sheet(tmp_path, text.replace("\t\t\tEUR m", "Spain\t\t\tEUR m"))
    assert "'EUR m' is not an amount" in faults(untold)[0]


def test_a_first_line_that_names_the_separator_is_followed(tmp_path: Path) -> None:
    found = load(sheet(tmp_path, "sep=;\nBuyer;Vendor;Amount (EUR m)\nItaly;A, B, C and D;1,5\n"))
    assert found["mine:3"].value.low == nb.Money.millions("1.5", "EUR")


# --- headers ----------------------------------------------------------------------------------------------------


def test_countries_in_the_suppliers_column_are_the_origin_and_settle_what_country_means(tmp_path: Path) -> None:
    file = sheet(tmp_path, "Country,Supplier,Amount (EUR m),Year\nPoland,USA,100,2024\nPoland,South Korea,200,2024\n")
    found = load(file)
    assert found.reading is not None
    assert [str(use) for use in found.reading.columns[:2]] == [
        "buyer from 'Country' (by its name, since the origin is known)",
        "origin from 'Supplier' (it holds countries)",
    ]
    shares = nb.dependency.supplier_shares(found, buyer="POL", few_records_ok=True)
    assert [(row.label, str(row.share)) for row in shares] == [
        ("South Korea", "66.67 %"),
        ("United States", "33.33 %"),
    ]
    assert not any(item.is_maker_named for item in found)
    index = nb.concentration.hhi([row.share for row in shares])
    assert "points: 5555.56" in str(index)


def test_a_country_is_the_origin_where_the_buyer_is_known(tmp_path: Path) -> None:
    header = "Vendor,Country,Amount (EUR m)"
    item = only(tmp_path, header, "A maker,France,5", buyer="Belgium")
    assert (str(item.buyers[0]), str(item.suppliers[0].countries[0])) == ("Belgium", "France")
    assert faults(sheet(tmp_path, f"Buyer,{header}\nSpain,A maker,France,5\n"), buyer="Belgium") == [
        "row 1: 'Buyer' and buyer= both say who buys: leave one of them out",
        "row 1: the headers are 'Buyer', 'Vendor', 'Country', 'Amount (EUR m)'; say which column is what, such as "
        "columns={'Buyer': 'buyer', 'Vendor': 'supplier', 'Country': 'origin', 'Amount (EUR m)': 'value'}",
    ]
    with pytest.raises(DocumentError) as caught:
        read_contract_sheet(
            sheet(tmp_path, f"Buyer,{header}\nSpain,A maker,France,5\n"), buyer="Belgium", wording=OPTIONS
        )
    assert "'Buyer' and --buyer both say who buys: leave one of them out" in str(caught.value)
    two = sheet(tmp_path, "Country,ISO3,Vendor,Amount (EUR m)\nSpain,ESP,A maker,5\n")
    assert faults(two)[0] == "row 1: the buyer may be 'Country' or 'ISO3'"
    assert load(two, {"Country": "buyer", "ISO3": None})["mine:2"].suppliers[0].countries == ()
    both = sheet(tmp_path, "Buyer,Origin,Country,Amount (EUR m)\nSpain,USA,x,5\n")
    reading = load(both).reading
    assert reading is not None
    assert reading.unused == ("Country",)
    assert "  not used: 'Country'\n" in str(reading)


@pytest.mark.parametrize(("wording", "name"), [(PYTHON, "unit="), (OPTIONS, "--amounts")])
def test_notes_name_an_argument_as_people_write_it(tmp_path: Path, wording: Wording, name: str) -> None:
    file = sheet(tmp_path, "Buyer,Vendor,Amount,Currency\nSpain,A maker,5000000,EUR\n")
    found = read_contract_sheet(file, wording=wording)
    assert found.reading is not None
    assert f"amounts as they stand: no scale is stated in the header or by {name}" in found.reading.assumed


def test_a_sheet_with_very_many_faults_is_not_checked_to_its_end(tmp_path: Path) -> None:
    rows = "".join(f"Nowhere {number},A maker,5\n" for number in range(1_500))
    found = faults(sheet(tmp_path, f"Buyer,Vendor,Amount (EUR m)\n{rows}"))
    assert len(found) == 1_000
    assert found[0] == "table: at least 1,000 faults: what follows row 1000 is not checked"
    assert found[-1].startswith("row 1000, column")
    assert found[1].startswith("row 2, column \"Buyer\": no country is called 'Nowhere 0'")


def test_a_wrong_name_is_looked_up_once_and_told_with_all_its_rows(tmp_path: Path) -> None:
    [found] = faults(sheet(tmp_path, "Buyer,Vendor,Amount (EUR m)\n" + "Atlantis,A maker,5\n" * 2_000))
    assert found.startswith('rows 2, 3, 4, 5, 6, 7, 8, 9 and 1992 more, column "Buyer": no country is called')


def test_near_headers_are_suggested_and_never_used(tmp_path: Path) -> None:
    file = sheet(tmp_path, "Buyers,Vendr,Net contract value EUR,Colour\nSpain,A maker,5000000,red\n")
    assert faults(file) == [
        "row 1: no column is known to be the buyer",
        "row 1: no column is known to be the value",
        "row 1: no column is known to be the supplier",
        "row 1: the headers are 'Buyers', 'Vendr', 'Net contract value EUR', 'Colour'; say which column is what, such "
        "as columns={'Buyers': 'buyer', 'Vendr': 'supplier', 'Net contract value EUR': 'value'}",
    ]
    assert len(load(file, {"Buyers": "buyer", "Vendr": "supplier", "Net contract value EUR": "value"})) == 1
    hopeless = faults(sheet(tmp_path, "Wer,Von wem,Wie viel\nPolen,USA,12\n"))
    assert "columns={'the header of buyer': 'buyer'" in hopeless[-1]


def test_a_mapping_that_cannot_be_meant_is_refused_with_what_is_near(tmp_path: Path) -> None:
    file = sheet(tmp_path, "Buyer,Vendor,Amount,Amount\nSpain,A maker,5,6\n")
    found = faults(
        file, {"supplier": "Vendor", "Amont": "value", "Amount": "value", "Vendor": "suplier", "Buyer": "buyer"}
    )
    assert "unknown header 'supplier'" in found[0]
    assert "turned round: columns={'Vendor': 'supplier'}" in found[0]
    assert "did you mean 'Amount'" in found[1]
    assert found[2] == "columns['Amount']: 2 columns have this header"
    assert "unknown field 'suplier'" in found[3]
    assert "did you mean 'supplier'" in found[3]
    twice = sheet(tmp_path, "Buyer,Vendor,Amount (EUR m),Price\nSpain,A maker,5,6\n")
    assert faults(twice, {"Amount (EUR m)": "value", "Price": "value"})[0].endswith("'Amount (EUR m)' is value already")
    assert faults(twice)[0] == "row 1: the value may be 'Amount (EUR m)' or 'Price'"
    assert load(twice, {"amount (eur M)": "value"})["mine:2"].value.low == nb.Money.millions(5, "EUR")
    with pytest.raises(DocumentError) as caught:
        read_contract_sheet(file, {"supplier": "Vendor"}, wording=OPTIONS)
    assert "--columns: unknown header 'supplier'" in str(caught.value)
    assert "turned round: --columns supplier=Vendor" in str(caught.value)


def test_a_second_description_is_left_unused_and_said(tmp_path: Path) -> None:
    file = sheet(tmp_path, "Buyer,Vendor,Amount (EUR m),Title,Description\nSpain,A maker,5,A tank,Of steel\n")
    found = load(file)
    assert found["mine:2"].system == "A tank"
    assert found.reading is not None
    assert found.reading.unused == ("Description",)


def test_a_column_that_may_be_a_field_which_no_other_fills_is_named(tmp_path: Path) -> None:
    found = load(sheet(tmp_path, "Buyer,Vendor,Amount (EUR m),Contract signed (year)\nSpain,A maker,5,2024\n"))
    assert found.reading is not None
    assert (
        "'Contract signed (year)' is not used; if it is the date, say columns={'Contract signed (year)': 'date'}"
        in found.reading.assumed
    )
    two = sheet(tmp_path, "Buyer,Vendor,EUR m,USD m\nSpain,A maker,5,6\n")
    assert faults(two)[0] == "row 1: the value may be 'EUR m' or 'USD m'"


def test_a_total_is_compared_in_its_own_scale(tmp_path: Path) -> None:
    rows = "Spain;A;500\nSpain;B;€ 1,2 bn\nTotal;;"
    assert len(load(sheet(tmp_path, f"Buyer;Vendor;Amount (EUR m)\n{rows}1.700\n"))) == 2
    [fault] = faults(sheet(tmp_path, f"Buyer;Vendor;Amount (EUR m)\n{rows}1,8 bn\n"))
    assert "'Total' is 1.8, but the rows above it add up to 1.7" in fault


def test_the_packaged_contracts_as_a_sheet_have_the_shares_that_they_have(tmp_path: Path) -> None:
    sample = nb.datasets.announced_contracts()
    header = "Key\tBuyer\tVendor\tSupplier country\tAmount\tValue high\tCurrency\tKind\tSigned\tStatus\tPart of"
    rows = [header]
    plain = [item for item in sample if not item.origins and not item.cancellation]
    for item in plain:
        sellers, low, high = item.suppliers, item.value.low, item.value.high
        cells = [
            item.key,
            "; ".join(buyer.name for buyer in item.buyers),
            "; ".join(seller.name for seller in sellers),
            "; ".join(dict.fromkeys(country.name for seller in sellers for country in seller.countries)),
            "n/a" if low is None else str(low.amount),
            "" if high is None or not item.value.is_range else str(high.amount),
            "" if low is None else str(low.currency),
            str(item.value.kind),
            item.date.text,
            str(item.status),
            item.part_of if item.part_of in {other.key for other in plain} else "",
        ]
        rows.append("\t".join(map(str, cells)))
    found = load(sheet(tmp_path, "\n".join(rows)))
    few = {item.key for item in plain if not any(seller.share for seller in item.suppliers)}
    rates = nb.datasets.exchange_rates()
    for buyer in ("POL", "DEU", "NATO_EUROPE"):
        one, other = (
            nb.dependency.supplier_shares(
                record.select(lambda item: item.key in few),
                buyer=buyer,
                rates=rates,
                currency="USD",
                few_records_ok=True,
            )
            for record in (sample, found)
        )
        assert [(row.label, row.amount) for row in one] == [(row.label, row.amount) for row in other]
        assert one.unknown == other.unknown


def test_a_column_whose_words_are_of_another_kind_is_not_used_unless_asked_for(tmp_path: Path) -> None:
    file = sheet(tmp_path, "Buyer,Vendor,Amount (EUR m),Category\nSpain,A maker,5,Land\nSpain,B,6,Air\n")
    found = load(file)
    assert found.reading is not None
    assert "'Category' is not used: none of its words is known as an area" in found.reading.assumed
    asked = {"Category": "area"}
    assert "unknown capability area 'land'" in faults(file, asked)[0]
    meant = load(file, asked, values={"area": {"Land": "armoured vehicles", "Air": "aircraft; Sensors"}})
    assert [list(map(str, item.areas)) for item in meant] == [["armoured vehicles"], ["aircraft", "sensors"]]
    some = sheet(
        tmp_path, "Buyer,Vendor,Amount (EUR m),Category\nSpain,A maker,5,Land\nSpain,B,6,Artillery\n", "some.csv"
    )
    assert "unknown capability area 'land'" in faults(some)[0]
    with pytest.raises(UnknownNameError, match=r"unknown field 'aria'; .*did you mean 'area'"):
        load(file, values={"aria": {}})
    assert load(file, values={"status": {"x": "signed"}})["mine:2"].status is nb.model.ContractStatus.ANNOUNCED


def test_the_sheet_of_a_workbook_is_the_one_with_a_header(tmp_path: Path) -> None:
    header = ["Buyer", "Vendor", "Amount (EUR m)"]
    row = ["Spain", "A maker", 5]
    file = book(tmp_path, header, row, Notes=[["Sources and remarks"]], Empty=[])
    assert len(load(file)) == 1
    two = book(tmp_path, header, row, Second=[header, row, row])
    assert faults(two) == ["sheet: 'Data', 'Second' may each hold the contracts: say sheet='Data' or another"]
    assert len(load(two, sheet="Second")) == 2
    with pytest.raises(UnknownNameError, match=r"unknown sheet 'Secnd'; .*did you mean 'Second'"):
        load(two, sheet="Secnd")
    with pytest.raises(UnexpectedValueError, match=r"mine.csv is not a workbook"):
        load(sheet(tmp_path, "x,y\n"), sheet="Data")
    with pytest.raises(UnexpectedValueError, match="a frame has no sheets"):
        load(pl.DataFrame({"a": [1]}), sheet="Data")


def test_the_row_of_the_header_can_be_named(tmp_path: Path) -> None:
    file = sheet(tmp_path, "Buyer,Vendor,Amount (EUR m)\nBuyer,Vendor,Amount (USD m)\nSpain,A maker,5\n")
    assert load(file, header=2)["mine:3"].value.low == nb.Money.millions(5, "USD")
    assert faults(file, header=9) == ["table: it has no row 9"]


# --- rows ---------------------------------------------------------------------------------------------------------


def test_rows_that_hold_no_record_are_passed_over_by_name_or_refused(tmp_path: Path) -> None:
    header = "Buyer,Vendor,Amount (EUR m),Year"
    rows = "Spain,A,5,2024\n# a comment,,,\nBuyer,Vendor,Amount (EUR m),Year\nNote: provisional,,,\nItaly,B,6,2024"
    found = load(
        sheet(tmp_path, f"{header}\n{rows}\nSubtotal,,11,\nItaly,B,7,\nSum,,7,\nGrand total,,18,\n* estimated\n")
    )
    assert found.reading is not None
    assert [line.partition(":")[0] for line in found.reading.passed_over] == [
        *(f"row {number}" for number in (3, 4, 5, 7, 9, 10, 11))
    ]
    assert len(found) == 3
    assert faults(sheet(tmp_path, f"{header}\nSpain,A,5,2024\nAir force,,,\nItaly,B,6,2024\n")) == [
        "row 3: it holds nothing but 'Air force': a heading between records, or a cell that was merged? fill the row, "
        "or delete it"
    ]
    assert faults(sheet(tmp_path, f"{header}\n# Spain,A,5,2024\n")) == ["table: below its header it holds no record"]
    assert faults(sheet(tmp_path, f"{header}\n")) == ["table: below its header it holds no record"]


def test_every_fault_is_named_with_its_row_and_column_and_nothing_is_loaded(tmp_path: Path) -> None:
    file = sheet(
        tmp_path,
        "ID;Buyer;Vendor;Origin;Amount;Currency;Kind;Year;Part of;Link\n"
        "a;Italy;Leonardo;Italy;1234;EUR;contract;2024;;\n"
        "b;Italy;Leonardo;Itly;12;EURO;deal;x;z;javascript:1\n"
        "a;Nowhere;Leonardo;Italy;100-200;XXZ;;31.02.2024;;\n"
        "d;;Leonardo;Italy;-5;USD;;45690;;\n",
    )
    found = faults(file)
    places = [fault.partition(": ")[0] for fault in found]
    assert sorted(places) == [
        'row 1, column "Amount"',
        *(f'row 3, column "{name}"' for name in ("Kind", "Link", "Origin", "Year")),
        *(f'row 4, column "{name}"' for name in ("Amount", "Buyer", "Currency", "Year")),
        *(f'row 5, column "{name}"' for name in ("Amount", "Buyer", "Year")),
    ]
    for words in (
        "the largest amount is 1,234, and no scale is stated: say unit='million', or unit='one' if they are whole",
        "did you mean Italy (ITA)?",
        "a range has its ends in two columns, value and value_high",
        "'XXZ' is not a currency",
        "there is no such day",
        "-5 is not the value of a contract: leave the cell empty where the value is not known",
        "45690 is not a year; a number of a day? format the cell as a date",
        "unknown value kind 'deal'",
        "it begins with https:// or http://",
    ):
        assert any(fault.endswith(words) or words in fault for fault in found), words
    with pytest.raises(DocumentError) as caught:
        load(file)
    assert caught.value.document == "mine.csv"


def test_alike_faults_are_one_and_name_their_rows(tmp_path: Path) -> None:
    rows = "".join("Spain,A,Atlantis,5\n" for _ in range(12))
    [fault] = faults(sheet(tmp_path, f"Buyer,Vendor,Origin,Amount (EUR m)\n{rows}"))
    assert fault.startswith('rows 2, 3, 4, 5, 6, 7, 8, 9 and 4 more, column "Origin": no country')


def test_a_separator_inside_of_a_text_is_told_from_a_cell(tmp_path: Path) -> None:
    file = sheet(tmp_path, "Buyer;Vendor;Amount (EUR m)\nSpain;A; B;5\nSpain;C;5;;\n")
    assert faults(file) == [
        "row 2: it has 4 cells, and the header 3: is there a separator inside a text without quotes?"
    ]


def test_keys_are_once_and_a_part_names_its_whole(tmp_path: Path) -> None:
    header = "ID,Buyer,Vendor,Amount (EUR m),Part of"
    found = load(sheet(tmp_path, f"{header}\na,Spain,A,5,\nb,Spain,A,2,a\n"))
    assert found["b"].part_of == "a"
    assert faults(sheet(tmp_path, f"{header}\na,Spain,A,5,\na,Spain,A,2,x\n")) == [
        "row 3, column \"ID\": 'a' is the key of row 2 too",
        "row 3, column \"Part of\": no contract has the key 'x'",
    ]
    assert "it is not a part of itself" in faults(sheet(tmp_path, f"{header}\na,Spain,A,5,a\n"))[0]


# --- fields -------------------------------------------------------------------------------------------------------

HEADER = "Buyer;Vendor;Origin;Amount (EUR m)"


def test_several_buyers_and_suppliers_are_never_split(tmp_path: Path) -> None:
    joint = only(tmp_path, HEADER, "Belgium / Luxembourg;A;France and Germany;5")
    assert [country.alpha_3 for country in joint.buyers] == ["BEL", "LUX"]
    assert [country.alpha_3 for country in joint.suppliers[0].countries] == ["FRA", "DEU"]
    header = HEADER.replace(";", "\t")
    pair = only(tmp_path, header, "Belgium\tA; B\tFrance; Germany\t5")
    assert [(item.name, item.countries[0].alpha_3) for item in pair.suppliers] == [("A", "FRA"), ("B", "DEU")]
    assert all(item.countries == () for item in only(tmp_path, header, "Belgium\tA; B\t\t5").suppliers)
    three = only(tmp_path, header, "Belgium\tA; B\tFrance; Germany; Spain\t5")
    assert [seller.name for seller in three.suppliers] == ["A", "B"]
    assert str(three.origin(nb.OriginBasis.PRIME_NATIONALITY)) == (
        "unknown among France, Germany, Spain 100.00 % (prime nationality)"
    )


def test_origin_can_be_on_another_basis(tmp_path: Path) -> None:
    item = only(tmp_path, HEADER, "Belgium;A;France;5", basis="content")
    assert item.origin(nb.OriginBasis.CONTENT) == nb.Origin.of(nb.OriginBasis.CONTENT, unsplit=["FRA"])
    rule = nb.datasets.content_rule("SAFE")
    origin = item.origin(nb.OriginBasis.CONTENT)
    assert origin is not None
    assert str(nb.eligibility.content_test(rule, origin, when=2026).verdict) == "eligible"
    assert only(tmp_path, HEADER, "Belgium;A;;5", basis=nb.OriginBasis.CONTENT).origins == ()


def test_namibias_code_is_not_taken_for_nothing_nor_nothing_for_namibia(tmp_path: Path) -> None:
    assert faults(sheet(tmp_path, f"{HEADER}\nBelgium;A;NA;5\n")) == [
        "row 2, column \"Origin\": 'NA' is Namibia's code: write Namibia, or leave the cell empty"
    ]


def test_ranges_kinds_and_notes_are_kept(tmp_path: Path) -> None:
    header = "Buyer;Vendor;Value (EUR m);Value high (EUR m);Kind;Quantity;Comment;Source;Link"
    item = only(tmp_path, header, "Spain;A;5;7;CEILING;1 250;so;Press;https://www.example.org/")
    assert str(item.value) == "EUR 5.00 m (current prices) to EUR 7.00 m (current prices), ceiling"
    assert (item.quantity and item.quantity.count, item.note) == (1250, "so")
    assert (item.source.title, item.source.url) == ("Press", "https://www.example.org/")
    words = only(tmp_path, header, "Spain;A;5;;;about 20;;https://www.example.org/;", kind="budget")
    assert str(words.quantity) == "about 20 units"
    assert str(words.value.kind) == "budget"
    assert (words.source.title, words.source.url) == ("mine.csv", "https://www.example.org/")
    named = only(tmp_path, header, "Spain;A;5;;;n/a;;Press;")
    assert str(named.source) == "own file, Press"
    assert named.quantity is None
    assert "the lower amount comes first" in faults(sheet(tmp_path, f"{header}\nSpain;A;5;3;;;;;\n"))[0]
    assert "an upper end without a lower one" in faults(sheet(tmp_path, f"{header}\nSpain;A;;3;;;;;\n"))[0]
    own = nb.Source(title="A list", publisher="A ministry")
    assert only(tmp_path, header, "Spain;A;5;;;;;;", source=own).source == own


def test_the_record_joins_another_where_asked(tmp_path: Path) -> None:
    file = sheet(tmp_path, f"{HEADER}\nBelgium;A;France;5\n")
    sample = nb.datasets.announced_contracts()
    joined = load(file, into=sample)
    assert len(joined) == len(sample) + 1
    assert joined.kind is RecordKind.SAMPLE
    assert joined.reading == load(file).reading
    assert joined.of("BEL").reading == joined.reading
    assert sample.reading is None


# --- amounts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cell", "named", "amount"),
    [
        ("Amount (EUR m)", "1.5", {}, nb.Money.millions("1.5", "EUR")),
        ("Betrag in TEUR", "1500", {}, nb.Money.millions("1.5", "EUR")),
        ("Montant (Md€)", "1,5", {}, nb.Money.billions("1.5", "EUR")),
        ("Kwota (mln zł)", "1 234,5", {}, nb.Money.millions("1234.5", "PLN")),
        ("Value, US$ billion", "4.75", {}, nb.Money.billions("4.75", "USD")),
        ("Amount ('000 EUR)", "1500", {}, nb.Money.millions("1.5", "EUR")),
        ("Amount", "EUR 1.5bn", {}, nb.Money.billions("1.5", "EUR")),
        ("Amount", "1,5 Mrd. €", {}, nb.Money.billions("1.5", "EUR")),
        ("Amount", "£250m", {}, nb.Money.millions(250, "GBP")),
        ("Amount", "1'234'567", {"currency": "CHF"}, nb.Money(1234567, "CHF")),
        ("Amount", "1.234.567,5", {"currency": "EUR"}, nb.Money("1234567.5", "EUR")),
        ("Amount", "12", {"currency": "EUR", "unit": "million"}, nb.Money.millions(12, "EUR")),
        ("Amount", "12", {"currency": "EUR", "unit": "one"}, nb.Money(12, "EUR")),
        ("Amount ($m)", "12", {"currency": "USD"}, nb.Money.millions(12, "USD")),
        ("Amount (EUR bn)", "0.125", {}, nb.Money.millions(125, "EUR")),
        ("Amount (EUR bn)", "1.234", {"decimal": "."}, nb.Money.millions(1234, "EUR")),
        ("Amount (EUR m)", "1.234", {"decimal": ","}, nb.Money.millions(1234, "EUR")),
        ("Amount (EUR m)", "undisclosed", {}, None),
        ("Amount (EUR m)", "–", {}, None),
        ("Amount EUR m", "12", {}, nb.Money.millions(12, "EUR")),
        ("USD m", "12", {}, nb.Money.millions(12, "USD")),
    ],
)
def test_an_amount_is_what_its_writer_meant(
    tmp_path: Path, header: str, cell: str, named: dict[str, Any], amount: nb.Money | None
) -> None:
    assert only(tmp_path, f"Buyer;Vendor;{header}", f"Spain;A;{cell}", **named).value.low == amount


CONSTANT = "Amount (constant 2020 EUR m)"


@pytest.mark.parametrize(
    ("header", "cell", "named", "words"),
    [
        ("Amount (EUR m)", "about ten", {}, "'about ten' is not an amount; valid: a figure, or an empty cell"),
        ("Amount (EUR m)", "5 apples", {}, "'apples' beside the figure is not a currency or a scale"),
        ("Amount (EUR m)", "5 USD", {}, "USD and EUR are stated for one amount"),
        ("Amount (EUR m)", "12.34.5", {}, "do not make groups of three digits"),
        ("Amount (EUR m)", "0", {}, "0 is not the value of a contract"),
        ("Amount (EUR m)", "#REF!", {}, "the cell shows #REF!"),
        ("Amount (EUR m)", "5", {"currency": "USD"}, "the header says EUR, and USD is asked for"),
        ("Amount", "5000000", {}, "no currency is stated: give it in a column or in the header, or say currency='USD'"),
        ("Amount (kr m)", "5", {}, "the sign is that of DKK, NOK, SEK or ISK"),
        ("Amount (EUR bn)", "9" * 29, {}, "at most 34 digits"),
        (CONSTANT, "5", {"columns": {CONSTANT: "value"}}, "it is at constant prices"),
        ("Amount (EUR m)", "1.5", {"decimal": ","}, "has a decimal point, and other figures here do not"),
    ],
)
def test_an_amount_that_cannot_be_meant_is_refused(
    tmp_path: Path, header: str, cell: str, named: dict[str, Any], words: str
) -> None:
    [fault] = faults(sheet(tmp_path, f"Buyer;Vendor;{header}\nSpain;A;{cell}\n"), **named)
    assert words in fault
    row = 1 if "constant" in header else 2
    assert fault.startswith(f'row {row}, column "{header}": ')


def test_the_figures_that_can_be_read_in_one_way_decide_about_the_others(tmp_path: Path) -> None:
    rows = "Spain;A;1.234\nSpain;A;2,5\nSpain;A;1.234,5"
    found = load(sheet(tmp_path, f"Buyer;Vendor;Amount (EUR m)\n{rows}\n"))
    assert [item.value.low and item.value.low.in_millions for item in found] == [
        1234,
        Decimal("2.5"),
        Decimal("1234.5"),
    ]
    mixed = sheet(tmp_path, f"Buyer;Vendor;Amount (EUR m)\n{rows}\nSpain;A;2.5\n")
    assert faults(mixed)[0].startswith("row 5, column \"Amount (EUR m)\": '2.5' has a decimal point")


def test_a_column_of_currencies_counts_for_its_row(tmp_path: Path) -> None:
    found = load(sheet(tmp_path, "Buyer,Vendor,Amount,Currency\nSpain,A,5000000,EUR\nSpain,A,7,USD m\nSpain,A,n/a,\n"))
    assert [item.value.low for item in found] == [nb.Money.millions(5, "EUR"), nb.Money.millions(7, "USD"), None]


@pytest.mark.parametrize(
    ("number_format", "outcome"),
    [
        ("#,##0.00 [$€-407]", nb.Money.millions(5, "EUR")),
        ('"£"#,##0', nb.Money.millions(5, "GBP")),
        ("[$-409]#,##0", "no currency is stated"),
        ("0.0%", "the figure is formatted as a percentage"),
        ("#,##0.0,,", "the cell's format shows it in thousands or millions"),
    ],
)
def test_what_the_format_of_a_cell_shows_is_not_ignored(
    tmp_path: Path, number_format: str, outcome: nb.Money | str
) -> None:
    made = openpyxl.Workbook()
    made.active.append(["Buyer", "Vendor", "Amount", "Quantity"])
    made.active.append(["Spain", "A", 5_000_000, True])
    made.active["C2"].number_format = number_format
    made.save(tmp_path / "mine.xlsx")
    if isinstance(outcome, nb.Money):
        assert load(tmp_path / "mine.xlsx")["mine:2"].value.low == outcome
    else:
        assert outcome in faults(tmp_path / "mine.xlsx")[0]


def test_broken_cells_of_a_workbook_are_faults(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Buyer", "Vendor", "Origin", "Amount (EUR m)", "Year", "Area"],
        ["Spain", "A", "#REF!", "=1+1", "=YEAR(1)", 5],
    ]
    rows.append(["Spain", "A", "Italy", 5, dt.time(1, 2), "sensors"])
    found = faults(book(tmp_path, *rows))
    assert found[0].startswith('row 2, column "Amount (EUR m)": the formula =1+1 has no stored result')
    assert "unknown capability area '5'" in found[2]
    assert found[1] == 'row 2, column "Origin": the cell shows #REF!'
    assert found[3].startswith('row 2, column "Year": the formula =YEAR(1)')
    assert found[4].startswith("row 3, column \"Year\": '01:02:00' is not a date")


# --- frames -------------------------------------------------------------------------------------------------------


class Stream:
    """A frame of which nothing is known but Arrow's interface."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the capsule."""
        return self._frame.__arrow_c_stream__(requested_schema)


FRAME = pl.DataFrame(
    {
        "Buyer": ["POL", "DEU", None],
        "Vendor": ["Boeing", None, None],
        "Origin": ["USA", "ISR", None],
        "Amount (USD m)": [100.5, None, None],
        "Signed": [dt.date(2024, 1, 2), None, None],
        "Quantity": [3, None, None],
    }
)


@pytest.mark.parametrize("kind", ["polars", "lazy", "pandas", "pyarrow", "stream"])
def test_frames_of_any_kind_are_read_alike_and_rows_counted_from_0(kind: str) -> None:
    frames: dict[str, Any] = {
        "polars": FRAME,
        "lazy": FRAME.lazy(),
        "pandas": FRAME.to_pandas(),
        "pyarrow": FRAME.to_arrow(),
        "stream": Stream(FRAME),
    }
    frame = frames[kind]
    found = load(frame)
    assert list(found.by_key) == ["frame:0", "frame:1"]
    assert found["frame:0"].value.low == nb.Money.millions("100.5", "USD")
    assert found["frame:0"].date.text == "2024-01-02"
    assert found["frame:0"].quantity == nb.model.OrderedQuantity(count=3, unit="units")
    assert not found["frame:1"].value.is_disclosed
    assert str(found["frame:0"].source) == "own data, a frame"
    assert found.collected == dt.date.today()


def test_odd_cells_of_frames_are_read_or_refused() -> None:
    frame = pd.DataFrame(
        {
            "Buyer": ["Spain", "Spain"],
            "Vendor": [True, "B"],
            "Amount (EUR m)": [float("inf"), float("nan")],
            "Signed": [pd.Timestamp("2024-01-02 03:04"), pd.NaT],
        }
    )
    [fault] = faults(frame)
    assert fault.startswith("row 0, column \"Amount (EUR m)\": 'inf' is not an amount")
    frame["Amount (EUR m)"] = pd.array([Decimal("1.50"), pd.NA], dtype=object)
    found = load(frame)
    assert [item.value.low for item in found] == [nb.Money.millions("1.5", "EUR"), None]
    assert [item.date.text for item in found] == ["2024-01-02", ""]
    with pytest.raises(UnexpectedValueError, match="give a path of a CSV file or a workbook, or a frame"):
        load(3)


def test_libraries_that_frames_need_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import narwhals as nw

    def missing(*_: object, **__: object) -> object:
        raise ImportError

    monkeypatch.setattr(nw, "from_arrow", missing)
    with pytest.raises(MissingExtraError, match="polars or pyarrow"):
        load(Stream(FRAME))
    monkeypatch.setitem(__import__("sys").modules, "narwhals", None)
    with pytest.raises(MissingExtraError, match="narwhals"):
        load(pa.table({"a": [1]}))


# --- what is no table of contracts --------------------------------------------------------------------------------


def test_what_is_not_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="no table: no row has two cells"):
        load(sheet(tmp_path, "a text\nwithout cells\n"))
    with pytest.raises(ReaderError, match="the file is empty"):
        load(sheet(tmp_path, ""))
    with pytest.raises(ReaderError, match="a web page"):
        load(sheet(tmp_path, "<html>"))
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    with pytest.raises(ReaderError, match=r"save it as \.xlsx"):
        load(tmp_path / "old.xls")
    with pytest.raises(OSError, match="absent"):
        load(tmp_path / "absent.csv")
    assert faults(book(tmp_path), header=3) == ["table: it has no row 3"]
    many = sheet(tmp_path, "a,b\n" * 100_003)
    with pytest.raises(ReaderError, match="the table is too large; valid: at most 100,000 rows"):
        load(many)


def test_wrong_arguments_are_refused_in_words(tmp_path: Path) -> None:
    file = sheet(tmp_path, f"{HEADER}\nBelgium;A;France;5\n")
    wrong: list[tuple[dict[str, Any], str]] = [
        (
            {"unit": "milliom"},
            "unknown unit of amounts 'milliom'; valid: one, thousand, million, billion; did you mean",
        ),
        ({"currency": "EURO"}, "unknown currency 'EURO'"),
        ({"dates": "dmy"}, "unknown order of dates 'dmy'; valid: day first, month first"),
        ({"decimal": ";"}, "unknown sign of decimals"),
        ({"kind": "deal"}, "unknown value kind 'deal'"),
        ({"basis": "flag"}, "unknown origin basis 'flag'"),
        ({"buyer": "Atlantis"}, "no country is called 'Atlantis'"),
    ]
    for named, words in wrong:
        with pytest.raises(NatoBurdenError) as caught:
            load(file, **named)
        assert words in str(caught.value)
    (tmp_path / "mine.toml").write_text("contracts = []")
    with pytest.raises(UnexpectedValueError, match="a document in TOML or JSON has none"):
        load(tmp_path / "mine.toml", {"Vendor": "supplier"})


# --- the parts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "order", "date"),
    [
        ("2025-02-03T00:00:00", "", "2025-02-03"),
        ("3.2.2025", "", "2025-02-03"),
        ("03/03/2025", "", "2025-03-03"),
        ("14-02-2025", "", "2025-02-14"),
        ("02/14/2025", "", "2025-02-14"),
        ("2024/05", "", "2024-05"),
        ("05/2024", "", "2024-05"),
        ("14 février 2025", "", "2025-02-14"),
        ("1er mars 2025", "", "2025-03-01"),
        ("3. März 2025", "", "2025-03-03"),
        ("3 de marzo de 2025", "", "2025-03-03"),
        ("Feb-2025", "", "2025-02"),
        (Decimal("2025"), "", "2025"),
        ("2025.0", "", "2025"),
    ],
)
def test_a_date_is_read_to_the_day_month_or_year(text: object, order: str, date: str) -> None:
    assert str(day_of(text, order)) == date


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2011/12", "spans two years"),
        ("2024-2026", "spans two years"),
        ("03.02.25", "write the year with four digits"),
        ("Smarch 2025", "is not a date; valid: 2025"),
        ("Q1 2025", "is not a date; valid: 2025"),
        ("x" * 60, "…' is not a date"),
        (20250203, "20250203 is not a year"),
        ("31 June 2025", "there is no such day"),
    ],
)
def test_what_is_not_a_date_is_said_in_words(text: object, words: str) -> None:
    assert words in str(day_of(text, ""))


def test_signs_of_decimals_are_told_by_groups_of_three() -> None:
    assert [decimals_of(text) for text in ("1,234,56", "1.234.567", "1 23", "1 234.5", "0.125", "1234.567")] == [
        *("neither", ",", "neither", ".", ".", ".")
    ]
    assert number_of("1,234", ".") == 1234
    assert number_of("9" * 40, ".") is None
    assert figure_in("EUR") is None
    assert figure_in("- 5 EUR") == ("-5", "EUR")


def test_a_unit_is_not_seen_in_ordinary_words() -> None:
    assert unit_in("Total").says_nothing
    assert unit_in("Contract value in million euros").scale == 6
    assert unit_in("Amount, m EUR").currency == "EUR"
    assert unit_in("Amount (constant prices)").says_nothing
    assert scale_named("Mio.") == 6
    assert scale_named("dozen") is None
