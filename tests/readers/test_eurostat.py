"""Eurostat's tables in every form: values, flags and missing cells kept; a fault names its place; never a part."""

from __future__ import annotations

import gzip
import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped] # it ships no types
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import natoburden as nb
from natoburden.errors import NatoBurdenError, ReaderError, UnexpectedValueError
from natoburden.model.energy import Fuel, OtherPlace
from natoburden.model.periods import Period
from natoburden.model.quantities import (
    CalorificBasis,
    Energy,
    EnergyUnit,
    FuelFamily,
    FuelMass,
    FuelMassUnit,
    GasVolume,
)
from natoburden.readers.eurostat import read_dataset
from natoburden.readers.eurostat._cells import dataset_of, day_of
from tests.strategies import up_to

SAMPLES = Path(os.environ.get("NATOBURDEN_SAMPLES", "../shared/samples")) / "eurostat"
TSV = (
    "freq,siec,partner,unit,geo\\TIME_PERIOD\t2018-01 \t2018-02 \t2018-03 \n"
    "M,G3000,NO,MIO_M3,PL\t641.5 p\t: \t0.000 \n"
    "M,G3000,TOTAL,MIO_M3,EL\t44827.8 bep\t: c\t1.1 \n"
)
CSV = (
    "DATAFLOW,LAST UPDATE,freq,nrg_bal,siec,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
    "ESTAT:NRG_BAL_C(1.0),06/06/21 23:00:00,A,IMP,TOTAL,KTOE,BE,2019,90000.5,p\n"
    "ESTAT:NRG_BAL_C(1.0),06/06/21 23:00:00,A,EXP,TOTAL,KTOE,BE,2019,,\n"
)
LABELLED = (
    "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,freq,Time frequency,siec,Standard product,unit,Unit of measure,geo,"
    "Geopolitical entity (reporting),TIME_PERIOD,Time,OBS_VALUE,Observation value,OBS_FLAG,"
    "Observation status (Flag) V2 structure,CONF_STATUS\n"
    'dataflow,ESTAT:NRG_IND_ID(1.0),"Energy, import dependency",A,Annual,TOTAL,Total,PC,Percentage,NO,Norway,2024,,'
    "-677.196,,e,estimated,\n"
    'dataflow,ESTAT:NRG_IND_ID(1.0),"Energy, import dependency",A,Annual,G3000,Gas,PC,Percentage,MT,Malta,2024,,'
    "103.2,,,,C\n"
)
JSON: dict[str, Any] = {
    "version": "2.0",
    "class": "dataset",
    "label": "Imports of natural gas",
    "source": "ESTAT",
    "updated": "2026-07-21T11:00:00+0200",
    "extension": {"id": "NRG_TI_GAS"},
    "id": ["freq", "siec", "partner", "unit", "geo", "time"],
    "size": [1, 1, 2, 1, 1, 2],
    "dimension": {
        "freq": {"category": {"index": {"A": 0}}},
        "siec": {"category": {"index": {"G3000": 0}}},
        "partner": {"category": {"index": {"US": 1, "NO": 0}}},
        "unit": {"category": {"index": ["TJ_GCV"]}},
        "geo": {"category": {"label": {"PL": "Poland"}}},
        "time": {"category": {"index": {"2023": 0, "2024": 1}}},
    },
    "value": {"0": 18278.2, "3": 5},
    "status": {"0": "p", "1": ":"},
}


def write(tmp_path: Path, text: str | bytes, name: str = "estat_nrg_ti_gasm_filtered.tsv") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(path: Path) -> str:
    with pytest.raises(ReaderError) as caught:
        read_dataset(path)
    return str(caught.value)


# --- tab-separated ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\\TIME_PERIOD", "\\time").replace("2018-0", "2018M0"),
        lambda text: gzip.compress(text.encode(), mtime=0),
        lambda text: text.rstrip("\n"),
    ],
    ids=["as it stands", "CRLF", "byte order mark", "old header", "packed", "no last line break"],
)
def test_tsv_keeps_values_flags_and_what_is_missing(tmp_path: Path, change: Any) -> None:
    table = read_dataset(write(tmp_path, change(TSV)))
    assert table.dataset == "NRG_TI_GASM"
    assert table.dimensions == ("freq", "siec", "partner", "unit", "geo")
    assert [(cell.codes[-1], str(cell.period), cell.value, cell.flags) for cell in table.cells] == [
        ("PL", "2018-01", Decimal("641.5"), "p"),
        ("PL", "2018-02", None, ""),
        ("PL", "2018-03", Decimal(0), ""),
        ("EL", "2018-01", Decimal("44827.8"), "bep"),
        ("EL", "2018-02", None, "c"),
        ("EL", "2018-03", Decimal("1.1"), ""),
    ]


def test_periods_of_every_kind_newest_first(tmp_path: Path) -> None:
    text = "siec,unit,geo\\time\t2021S1 \t2020Q4 \t2019 \nTOTAL,PC,NO\t-677.2 \t1 \t2 e\n"
    table = read_dataset(write(tmp_path, text, "nrg_ind_id.tsv"))
    assert [str(cell.period) for cell in table.cells] == ["2021-S1", "2020-Q4", "2019"]
    assert table.dataset == "NRG_IND_ID"


def test_tsv_makes_flows_with_flags_and_without_a_basis(tmp_path: Path) -> None:
    flows = read_dataset(write(tmp_path, TSV)).flows()
    flow = flows.flow("Greece", OtherPlace("TOTAL"), Fuel.GAS, Period(2018, "01"))
    assert isinstance(flow.quantity, GasVolume)
    assert flow.quantity.basis is None
    assert (flow.flags, flow.status) == ("bep", nb.Status.ESTIMATE)
    cell = flows.cell("PL", "NO", Fuel.GAS, Period(2018, "02"))
    assert cell is not None
    assert cell.quantity is None


def test_a_table_in_two_units_asks_which(tmp_path: Path) -> None:
    text = TSV + TSV.partition("\n")[2].replace("MIO_M3", "TJ_GCV")
    table = read_dataset(write(tmp_path, text))
    with pytest.raises(UnexpectedValueError, match=r"MIO_M3, TJ_GCV .* name the one to take"):
        table.flows()
    with pytest.raises(UnexpectedValueError, match="the table has MIO_M3, TJ_GCV"):
        table.flows(unit="GWH")
    quantity = table.flows(unit="TJ_GCV").items[0].quantity
    assert quantity == Energy("641.5", EnergyUnit.TJ, CalorificBasis.GROSS)


def test_a_table_without_the_dimensions_or_in_another_unit_is_no_table_of_flows(tmp_path: Path) -> None:
    table = read_dataset(write(tmp_path, CSV, "a.csv"))
    with pytest.raises(UnexpectedValueError, match=r"'partner' .* the table has freq, nrg_bal, siec, unit, geo"):
        table.flows()
    odd = read_dataset(write(tmp_path, TSV.replace("MIO_M3", "MIO_EUR")))
    with pytest.raises(UnexpectedValueError, match=r"'MIO_EUR' .* valid: TJ_GCV, .*, MIO_M3, THS_T"):
        odd.flows()
    gas = read_dataset(write(tmp_path, TSV.replace("MIO_M3", "THS_T")))
    with pytest.raises(UnexpectedValueError, match=r"a quantity of natural gas .* give it as Energy or GasVolume"):
        gas.flows()
    with pytest.raises(UnexpectedValueError, match="of years"):
        read_dataset(write(tmp_path, TSV.replace("MIO_M3", "PC"))).dependency()
    balance = read_dataset(write(tmp_path, CSV.replace("KTOE", "MIO_M3"), "a.csv"))
    with pytest.raises(UnexpectedValueError, match="a unit of energy"):
        balance.balance()


def test_thousand_tonnes_are_a_mass_of_the_section_that_the_fuel_is_in(tmp_path: Path) -> None:
    codes = {
        "O4000XBIO": "oil", "O4100_TOT": "oil", "O4652": "oil", "C0121": "coal", "C0000X0350-0370": "coal",
        "P1100": "peat", "S2000": "oil shale", "R5210P": "biofuel", "SFF_OTH": "fuel",
    }  # fmt: skip
    lines = [f"A,{code},NO,THS_T,PL\t641.5 p\n" for code in codes]
    text = "freq,siec,partner,unit,geo\\TIME_PERIOD\t2024 \n" + "".join(lines)
    flows = read_dataset(write(tmp_path, text, "estat_nrg_ti_oil.tsv")).flows()
    assert [(flow.fuel.value, str(flow.quantity)) for flow in flows] == [
        (code, f"641.50 kt of {family}") for code, family in codes.items()
    ]
    assert flows.flow("Poland", "Norway", Fuel.CRUDE, 2024).quantity == FuelMass(
        "641.5", FuelMassUnit.KT, FuelFamily.OIL
    )


def test_rates_of_dependency_keep_the_partner(tmp_path: Path) -> None:
    """A table by partner was once read as if its rates were on everyone."""
    text = (
        "freq,siec,partner,unit,geo\\TIME_PERIOD\t2022 \t2023 \n"
        "A,G3000,RU,PC,DE\t40.5 \t: \n"
        "A,G3000,NO,PC,DE\t30.25 \t43.0 e\n"
    )
    rates = read_dataset(write(tmp_path, text, "estat_nrg_ind_idogas.tsv")).dependency()
    assert [partner.key for partner in rates.partners] == ["RUS", "NOR"]
    assert rates.rate("Germany", 2022, Fuel.GAS, "Russia").as_percent == Decimal("40.5")
    assert rates.rate("Germany", 2023, Fuel.GAS, partner="Norway").as_percent == Decimal(43)
    with pytest.raises(
        nb.errors.NoObservationError, match=r"on Russia of natural gas .* for 2023; valid: Germany: 2022"
    ):
        rates.rate("Germany", 2023, Fuel.GAS, "Russia")
    with pytest.raises(
        nb.errors.NoObservationError, match="no year; there are rates on Norway, Russia: name the partner"
    ):
        rates.rate("Germany", 2022, Fuel.GAS)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (TSV.replace("\t1.1 ", ""), "line 3", "5 dimensions and 2 cells; valid: 5 and 3"),
        (TSV.replace("M,G3000,NO", "G3000,NO"), "line 2", "4 dimensions"),
        (TSV.replace("641.5 p", "641,5 p"), "line 2", "the figure '641,5'; valid: a number with a decimal point"),
        (TSV.replace("44827.8", "44.827.8"), "line 3", "saved again by a spreadsheet"),
        (TSV.replace(" p\t", " P!\t"), "line 2", "the flags 'P!'"),
        (TSV.replace("2018-02", "2018-13"), "line 1", "the period '2018-13'"),
        (TSV.replace("2018-02", "2018-01"), "line 1", "no period, or one twice"),
        (TSV.partition("\n")[0], "line 2", "no row follows"),
        (TSV.rstrip(" \n"), "line 3", "the last line breaks off"),
        ("country\tvalue\nPoland\t3\n", "line 1", "it begins with 'country"),
        ("<html><body>404</body></html>", "line 1", "a web page"),
        ("", "", "the file is empty"),
        (TSV.encode("utf-16"), "line 1", "UTF-16"),
        (gzip.compress(TSV.encode(), mtime=0)[:40], "", "cannot be unpacked"),
    ],
)
def test_a_faulty_tsv_names_its_place_and_gives_nothing(
    tmp_path: Path, text: str | bytes, place: str, words: str
) -> None:
    message = refused(write(tmp_path, text))
    assert message.startswith(f"estat_nrg_ti_gasm_filtered.tsv{f', {place}' if place else ''}: ")
    assert words in message


# --- SDMX-CSV --------------------------------------------------------------------------------------------


def test_sdmx_csv_makes_a_balance(tmp_path: Path) -> None:
    table = read_dataset(write(tmp_path, CSV, "estat_nrg_bal_c.csv"))
    assert (table.dataset, str(table.updated)) == ("NRG_BAL_C", "2021-06-06")
    balance = table.balance()
    assert str(balance.figure("Belgium", "IMP", 2019)).endswith("90,000.50 ktoe")
    with pytest.raises(nb.errors.NoObservationError):
        balance.figure("Belgium", "EXP", 2019)
    assert balance.items[0].flags == "p"


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_labels_beside_codes_are_left_aside(tmp_path: Path, delimiter: str) -> None:
    text = LABELLED if delimiter == "," else LABELLED.replace('"Energy, import dependency"', "x").replace(",", ";")
    rates = read_dataset(write(tmp_path, text, "labelled_en.csv")).dependency()
    assert rates.rate("Norway", 2024).as_percent == Decimal("-677.196")
    assert rates.rate("Malta", 2024, Fuel.GAS).as_percent == Decimal("103.2")
    assert [item.flags for item in rates] == ["e", "c"]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (CSV.replace(",KTOE,BE,2019,90000.5,p", ",KTOE,BE,2019"), "line 2", "8 cells; valid: 10"),
        (CSV.replace("90000.5", "90.000.5"), "line 2", "the figure '90.000.5'"),
        (CSV.partition("\n")[0], "line 2", "no observation"),
        (CSV.replace("NRG_BAL_C(1.0),06/06/21 23:00:00,A,EXP", "NRG_BAL_S(1.0),06/06/21,A,EXP"), "line 3", "NRG_BAL_S"),
        ("DATAFLOW,Frequency,TIME_PERIOD,OBS_VALUE\nx,y,2019,1\n", "line 1", "no column has the code"),
    ],
)
def test_a_faulty_sdmx_csv_names_its_place(tmp_path: Path, text: str, place: str, words: str) -> None:
    message = refused(write(tmp_path, text, "a.csv"))
    assert message.startswith(f"a.csv, {place}: ")
    assert words in message


# --- JSON-stat -------------------------------------------------------------------------------------------


def test_json_stat_sparse_or_dense_gives_the_same(tmp_path: Path) -> None:
    sparse = read_dataset(write(tmp_path, json.dumps(JSON), "a.json"))
    dense = JSON | {"value": [18278.2, None, None, 5], "status": ["p", None, None, None]}
    assert read_dataset(write(tmp_path, json.dumps(dense), "a.json")) == sparse
    assert [(cell.codes[2], cell.period.year, cell.value, cell.flags) for cell in sparse.cells] == [
        ("NO", 2023, Decimal("18278.2"), "p"),
        ("NO", 2024, None, ""),
        ("US", 2023, None, ""),
        ("US", 2024, Decimal(5), ""),
    ]
    assert (sparse.dataset, str(sparse.updated)) == ("NRG_TI_GAS", "2026-07-21")
    assert sparse.flows().flow("Poland", "USA", Fuel.GAS, 2024).source.title == "Imports of natural gas"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"class": "collection"}, "not a dataset of JSON-stat"),
        ({"id": ["freq"]}, "do not go together"),
        ({"size": [1, 1, 2, 1, 1, 10**9]}, "more than 2,000,000 cells"),
        ({"size": [1, 1, 3, 1, 1, 2]}, "dimension.partner: its codes do not fill its size"),
        ({"id": ["freq", "siec", "partner", "unit", "geo", "period"]}, "no dimension of time"),
        ({"value": [1, 2]}, "a list of 2; valid: 4"),
        ({"value": {"9": 1}}, "the index '9'; valid: 0 to 3"),
        ({"value": {"-1": 1}}, "the index '-1'"),
        ({"value": "x"}, "neither a list nor an object"),
        ({"value": {"0": True}}, "value[0]: True; valid: a number or null"),
        ({"value": {"0": "1,5"}}, "the figure '1,5'"),
        ({"status": {"0": "?!"}}, "status[0]: the flags"),
        ({"dimension": []}, "do not fill"),
        ({"error": [{"status": 404}]}, "answer is an error"),
        ({"size": [1, 1, 2, 1, 1, 0], "value": {}}, "holds no figure"),
    ],
)
def test_a_faulty_json_stat_says_what_is_wrong(tmp_path: Path, changes: dict[str, Any], words: str) -> None:
    assert words in refused(write(tmp_path, json.dumps(JSON | changes), "a.json"))


@pytest.mark.parametrize(
    "text", ['{"class": ', '{"a":' * 100_000, '{"value": NaN}', '{"class": "dataset", "value": Infinity}']
)
def test_json_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    assert "cannot be read" in refused(write(tmp_path, text, "a.json"))


# --- the workbook ----------------------------------------------------------------------------------------


def test_sdmx_csv_without_its_columns_is_refused_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    assert len(read_dataset(write(tmp_path, CSV.replace("\n", "\n\n"), "nrg_bal_c.csv")).cells) == 2
    quoted = CSV.replace("TIME_PERIOD,", '"TIME_PERIOD,')
    assert "no column" in refused(write(tmp_path, quoted, "nrg_bal_c.csv"))


def workbook(tmp_path: Path, change: Any = None, sheets: int = 2) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Summary"
    for number in range(1, sheets + 1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in (
            ["Data extracted on 05/04/2022 00:04:25 from [ESTAT]"],
            ["Dataset: ", "Imports of natural gas by partner country [NRG_TI_GAS__custom_2437435]"],
            ["Last updated: ", "23/03/2022 23:00"],
            [],
            ["Time frequency", None, "Annual"],
            ["Standard international energy product classification (SIEC)", None, "Natural gas"],
            ["Geopolitical entity (partner)", None, "Russia" if number == 1 else "Total"],
            ["Unit of measure", None, "Terajoule (gross calorific value - GCV)"],
            [],
            ["TIME", "2019", None, "2020"],
            ["GEO (Labels)", None, None, None],
            ["European Union - 27 countries (from 2020)", 6461869.292, "p", ":"],
            ["Germany (until 1990 former territory of the FRG)", 0, None, 0.1],
            [],
            ["Special value"],
            [":", "not available"],
        ):
            sheet.append(row)
        if change:
            change(sheet)
    path = tmp_path / "browser.xlsx"
    book.save(path)
    return path


def test_a_workbook_of_the_data_browser_makes_flows(tmp_path: Path) -> None:
    table = read_dataset(workbook(tmp_path))
    assert (table.dataset, str(table.updated)) == ("NRG_TI_GAS", "2022-03-23")
    flows = table.flows()
    flow = flows.flow("EU27_2020", "RU", Fuel.GAS, 2019)
    assert (flow.flags, flow.quantity) == ("p", Energy("6461869.292", EnergyUnit.TJ, CalorificBasis.GROSS))
    assert flows.flow("DE", OtherPlace("TOTAL"), Fuel.GAS, 2020).quantity == Energy(
        "0.1", EnergyUnit.TJ, CalorificBasis.GROSS
    )
    assert len(table.cells) == 8


@pytest.mark.parametrize(
    ("label", "fuel"),
    [("Crude oil", Fuel.CRUDE), ("Gas oil and diesel oil (excluding biofuel portion)", Fuel.DISTILLATE)],
)
def test_a_workbook_of_oil_makes_masses(tmp_path: Path, label: str, fuel: Fuel) -> None:
    def oil(sheet: Any) -> None:
        sheet["C6"], sheet["C8"] = label, "Thousand tonnes"

    flows = read_dataset(workbook(tmp_path, oil)).flows()
    assert str(flows.flow("DE", "TOTAL", fuel, 2020).quantity) == "0.10 kt of oil"


def set_cell(address: str, value: object) -> Any:
    def change(sheet: Any) -> None:
        sheet[address] = value

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (set_cell("A10", "YEAR"), "the line 'YEAR'"),
        (set_cell("A11", "COUNTRY"), "no row under TIME"),
        (set_cell("B12", "6.461.869"), "sheet 'Sheet 1', row 12: the figure"),
        (set_cell("B10", "this year"), "row 10: the period 'this year'"),
        (set_cell("C12", "?"), "row 12: the flags"),
        (lambda sheet: sheet.delete_rows(9, 20), "no row of periods"),
        (lambda sheet: sheet.delete_rows(11, 20), "no row under TIME"),
        (lambda sheet: sheet.delete_rows(12, 20), "no row of figures"),
        (
            lambda sheet: sheet.title == "Sheet 2" and sheet.delete_rows(7),
            "the dimensions freq, siec, unit, geo; valid",
        ),
    ],
)
def test_a_faulty_workbook_names_sheet_and_row(tmp_path: Path, change: Any, words: str) -> None:
    assert words in refused(workbook(tmp_path, change))


def test_a_workbook_without_data_is_refused(tmp_path: Path) -> None:
    assert "no sheet of data" in refused(workbook(tmp_path, sheets=0))


# --- all forms -------------------------------------------------------------------------------------------


@settings(max_examples=up_to(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([TSV, CSV, LABELLED, json.dumps(JSON)]), st.data())
def test_a_damaged_file_gives_a_table_or_an_error_and_nothing_else(
    tmp_path: Path, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    filling = data.draw(st.text(max_size=6))
    try:
        table = read_dataset(write(tmp_path, text[:start] + filling + text[end:]))
    except NatoBurdenError:
        return
    assert table.cells


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("estat_nrg_ti_gasm_filtered.tsv", "NRG_TI_GASM"),
        ("estat_nrg_ti_gasm_filtered_Russia.tsv", "NRG_TI_GASM"),
        ("nrg_bal_c_tabular.tsv", "NRG_BAL_C"),
        ("estat_nrg_ind_id.tsv.gz", "NRG_IND_ID"),
        ("estat_nrg_ind_id_filtered_en.csv", "NRG_IND_ID"),
        ("ESTAT:NRG_BAL_C(1.0)", "NRG_BAL_C"),
        ("Imports [NRG_TI_GAS__custom_2437435]", "NRG_TI_GAS"),
        ("table.tsv", ""),
    ],
)
def test_the_code_of_a_dataset_is_found_in_names_and_titles(text: str, code: str) -> None:
    assert dataset_of(text) == code


def test_days_of_update_are_read_in_each_form() -> None:
    assert [str(day_of(text)) for text in ("23/03/2022 23:00", "06/06/21 23:00:00", "2026-07-21T11:00:00+0200")] == [
        "2022-03-23", "2021-06-06", "2026-07-21",
    ]  # fmt: skip
    assert (day_of("yesterday"), day_of("31/02/2022")) == (None, None)


# --- samples ---------------------------------------------------------------------------------------------

SAMPLE_COUNTS = {
    "NRG_TI_GAS__custom_2428849_databrowser_spreadsheet.xlsx": (1760, 58, set()),
    "estat_nrg_bal_c_filtered.tsv": (648, 0, set()),
    "estat_nrg_ti_gasm_filtered_LNG_total.tsv": (2322, 166, {"p"}),
    "estat_nrg_ti_gasm_filtered_NG_total.tsv": (2322, 12, {"p"}),
    "estat_nrg_ti_gasm_filtered_Russia.tsv": (4644, 414, {"p"}),
    "estat_nrg_ti_gasm_filtered_Total.tsv": (4644, 178, {"p"}),
}


@pytest.mark.parametrize("name", SAMPLE_COUNTS)
def test_samples_are_read_without_loss(name: str) -> None:
    if not (SAMPLES / name).exists():
        pytest.skip(f"no sample of Eurostat's table at {SAMPLES / name}")
    table = read_dataset(SAMPLES / name)
    cells, missing, flags = SAMPLE_COUNTS[name]
    assert (len(table.cells), sum(cell.value is None for cell in table.cells)) == (cells, missing)
    assert {cell.flags for cell in table.cells} - {""} == flags
    if name.endswith(".tsv"):  # the same by counting what stands in the text
        body = (SAMPLES / name).read_text(encoding="utf-8").split("\n", 1)[1]
        assert body.count("\t:") == missing
        assert body.count("\t") == cells
    if "_ti_" in name.lower():
        assert len(table.flows()) == cells


def test_the_union_of_the_sample_sums_its_members() -> None:
    path = SAMPLES / "NRG_TI_GAS__custom_2428849_databrowser_spreadsheet.xlsx"
    if not path.exists():
        pytest.skip(f"no sample of Eurostat's workbook at {path}")
    flows = read_dataset(path).flows()
    members = nb.Group.find("EU").members(2021)
    for partner in (OtherPlace("TOTAL"), "RU"):
        figures = [flows.cell(member, partner, Fuel.GAS, 2020) for member in members]
        quantities = [figure.quantity for figure in figures if figure is not None and figure.quantity is not None]
        energies = [quantity for quantity in quantities if isinstance(quantity, Energy)]
        assert Energy.total(energies) == flows.flow("EU27_2020", partner, Fuel.GAS, 2020).quantity


COFOG = (
    "DATAFLOW,LAST UPDATE,freq,unit,sector,cofog99,na_item,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n"
    "ESTAT:GOV_10A_EXP(1.0),21/10/25 23:00:00,A,MIO_EUR,S13,GF02,TE,EL,2023,5000,{},{}\n"
)


def test_a_dataset_is_that_of_its_column_whatever_it_is_on(tmp_path: Path) -> None:
    table = read_dataset(write(tmp_path, COFOG.format("p", ""), "x.csv"))
    assert (table.dataset, table.source.title) == ("GOV_10A_EXP", "Table gov_10a_exp")
    assert table.source.url.endswith("/gov_10a_exp")
    other = COFOG.format("", "").split("\n")[1].replace("GOV_10A_EXP", "NAMA_10_GDP")
    with pytest.raises(ReaderError, match="line 3: the dataset 'NAMA_10_GDP'; valid: GOV_10A_EXP"):
        read_dataset(write(tmp_path, COFOG.format("", "") + other + "\n", "y.csv"))


@pytest.mark.parametrize(
    ("name", "dataset"),
    [
        ("estat_gov_10a_exp_filtered_en.csv.gz", "GOV_10A_EXP"),
        ("estat_nama_10_gdp.tsv", "NAMA_10_GDP"),
        ("General government expenditure [GOV_10A_EXP__custom_123]", "GOV_10A_EXP"),
        ("some table.tsv", ""),
    ],
)
def test_a_dataset_is_found_in_names_and_titles(name: str, dataset: str) -> None:
    assert dataset_of(name) == dataset


@pytest.mark.parametrize(
    ("flag", "status", "flags"),
    [("", "C", "c"), ("c", "C", "c"), ("p", "C", "pc"), ("p", "F", "p"), ("", "N", "@N"), ("@C", "", "c")],
)
def test_confidentiality_is_a_flag_and_free_for_publication_is_none(
    tmp_path: Path, flag: str, status: str, flags: str
) -> None:
    [cell] = read_dataset(write(tmp_path, COFOG.format(flag, status), "x.csv")).cells
    assert cell.flags == flags


def test_a_confidential_cell_of_a_tsv_is_missing_with_its_flag(tmp_path: Path) -> None:
    text = "freq,siec,unit,geo\\TIME_PERIOD\t2024-01 \t2024-02 \nM,G3000,MIO_M3,PL\t: @C\t12.5 p@C\n"
    cells = read_dataset(write(tmp_path, text, "estat_nrg_cb_gasm.tsv")).cells
    assert [(cell.value, cell.flags) for cell in cells] == [(None, "c"), (Decimal("12.5"), "pc")]
    with pytest.raises(ReaderError, match="the flags '@CC'; valid: letters, such as p, bep or @C"):
        read_dataset(write(tmp_path, text.replace(": @C", ": @CC"), "a.tsv"))
    with pytest.raises(ReaderError, match="line 2: the confidentiality 'CC'; valid: one letter"):
        read_dataset(write(tmp_path, COFOG.format("", "CC"), "x.csv"))


def test_labels_behind_codes_and_a_colon_are_left_aside(tmp_path: Path) -> None:
    text = (
        "DATAFLOW:Dataflow,LAST UPDATE,freq:Time frequency,geo:Geopolitical entity,TIME_PERIOD:Time,OBS_VALUE:Value,"
        "OBS_FLAG:Status\nESTAT:NRG_BAL_C(1.0):Balances,21/10/99 23:00:00,A:Annual,PL:Poland,2023,:,p:provisional\n"
    )
    table = read_dataset(write(tmp_path, text, "x.csv"))
    assert (table.dataset, table.dimensions, str(table.updated)) == ("NRG_BAL_C", ("freq", "geo"), "1999-10-21")
    [cell] = table.cells
    assert (cell.codes, str(cell.period), cell.value, cell.flags) == (("A", "PL"), "2023", None, "p")
