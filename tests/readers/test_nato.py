"""NATO's workbook: the published one against the edition that ships, and workbooks made in both layouts."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped] # it ships no types
import pytest

import natoburden as nb
from natoburden.errors import NatoBurdenError, NoObservationError, ReaderError
from natoburden.model.expenditure import Measure
from natoburden.presentation.cli import main
from natoburden.readers import Limits
from natoburden.readers.nato import read_workbook
from tests.readers.nato_workbook import workbook_of_2016

SAMPLES = Path(os.environ.get("NATOBURDEN_SAMPLES", "../shared/samples")) / "nato"
SAMPLE, SAMPLE_OF_2022 = SAMPLES / "240617-def-exp-2024-TABLES-en.xlsx", SAMPLES / "pr-2022-105-en.xlsx"
DATA = Path(nb.datasets.__file__).parent / "data/nato"
YEARS = (2025, 2026, 2027)
CONSTANT = nb.PriceBasis.constant(2026)
Sheets = dict[str, list[list[Any]]]


def cells(table: nb.ExpenditureTable) -> set[tuple[Any, ...]]:
    return {(item.measure, item.entity, item.year, item.value, item.status) for item in table.observations}


def written(folder: Path, sheets: Sheets, name: str = "def-exp-2027-en.xlsx") -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    sheet.cell(number, column).value = value
    book.save(folder / name)
    return folder / name


def header(first: int = 2025) -> list[Any]:
    return [None, first, first + 1, f"{first + 2}e"]


def new_layout() -> Sheets:
    """Give the layout since 2025: everything from the first column on, and years over every block."""
    return {
        "Cover": [["Not a table"]],
        "Table 1": [
            ["Table 1: Core defence expenditure"],
            ["Million national currency units"],
            ["Current prices"],
            header(),
            ["Poland (Zlotys)", 100, 110, 120.5],
            ["Spain (Euros)", 30, 31, ".."],
            ["United States (US dollars)", 900, 950, 1000],
            [],
            ["Constant 2026 prices"],
            header(),
            ["Poland (Zlotys)", 105, 110, 118],
            [],
            ["Notes: Figures for 2027 are estimates."],
            ["Poland and others", 1, 2, 3],
        ],
        "Table 2": [
            ["Table 2: Core defence expenditure"],
            ["Million US dollars"],
            ["Current prices and exchange rates"],
            header(),
            ["Poland", 25, 27, 30],
            ["United States", 900, 950, 1000],
            ["NATO Europe and Canada", 25, 27, 30],
            ["NATO Total", 925, 977, 1030],
        ],
        "Table 3": [
            ["Table 3: Core defence expenditure as a share of GDP and annual real change"],
            ["Based on 2026 prices"],
            ["Share of real GDP (%)"],
            header(),
            ["Poland*", "4.10", 4.48, 4.8],
            ["Spain", 2, 2.0, "-"],
            [],
            ["Annual real change (%)"],
            header(),
            ["Poland", -1.5, 3, 4],
        ],
        "Table 5": [
            ["Table 5: GDP"],
            ["Billion US dollars"],
            ["Current prices and exchange rates"],
            header(),
            ["Iceland", 33, 34, 35],
            ["Poland", 900, 950, 1000],
        ],
        "Table 6": [
            ["Table 6: GDP and core defence expenditure per capita"],
            ["2026 prices and exchange rates"],
            ["GDP per capita (thousand US dollars)"],
            header(),
            ["Poland", 25.5, 26, 27],
            [],
            ["Core defence expenditure per capita (US dollars)"],
            header(),
            ["Poland", 700, 800, 900],
        ],
        "TABLE 7": [["Table 7: Military personnel"], ["Thousands"], header(), ["Poland", 216.1, 220, 230]],
        "Table 8a": [
            ["Table 8a: Distribution of core defence expenditure by main category"],
            ["Equipment (a)"],
            header(),
            ["Poland", 51.1, 52, 53],
            [],
            ["Personnel (b)"],
            header(),
            ["Poland", 30, 29, 28],
        ],
        "Table 9": [
            ["Table 9: Defence- and security-related expenditure"],
            ["Share of real GDP (%)"],
            header(),
            ["Poland", 0.1, 0.2, 0.3],
        ],
    }


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> nb.ExpenditureTable:
    return read_workbook(written(tmp_path_factory.mktemp("nato"), new_layout()))


# --- the published workbook ------------------------------------------------------------------------------


@pytest.mark.skipif(not SAMPLE.exists(), reason="needs NATO's workbook of June 2024")
def test_the_workbook_of_june_2024_equals_the_edition_that_ships_cell_for_cell() -> None:
    read, shipped = read_workbook(SAMPLE), nb.datasets.defence_expenditure("2024-06")
    assert cells(read) == cells(shipped)
    assert (read.edition.key, read.edition.constant_year) == (shipped.edition.key, shipped.edition.constant_year)
    assert read.edition.estimated_years == shipped.edition.estimated_years
    assert not read.edition.note
    with pytest.raises(NoObservationError, match="no armed forces"):
        read.share_of_gdp("Iceland", 2024)


# --- the layout since 2025 -------------------------------------------------------------------------------


def test_amounts_take_unit_currency_and_prices_from_the_words_around_them(table: nb.ExpenditureTable) -> None:
    assert table.expenditure("Poland", 2027).value == nb.Money.millions(30, "USD")
    assert table.expenditure("Poland", 2027, currency="PLN").value == nb.Money.millions("120.5", "PLN")
    constant = table.expenditure("Poland", 2025, CONSTANT, "PLN").value
    assert constant == nb.Money.millions(105, "PLN", CONSTANT)
    assert table.expenditure("Spain", 2026, currency="EUR").value == nb.Money.millions(31, "EUR")
    assert table.gdp("Poland", 2026).value == nb.Money.billions(950, "USD")
    assert table.gdp_per_capita("Poland", 2025).value == nb.Money(25500, "USD", CONSTANT)
    assert table.expenditure_per_capita("Poland", 2027).value == nb.Money(900, "USD", CONSTANT)


def test_shares_changes_and_persons_are_read(table: nb.ExpenditureTable) -> None:
    assert table.share_of_gdp("Poland", 2025).value == nb.Share.percent("4.10")
    assert table.real_change("Poland", 2025).value == nb.Rate.percent("-1.5")
    assert table.military_personnel("Poland", 2025).value == Decimal(216100)
    assert table.category_share(Measure.EQUIPMENT_SHARE, "Poland", 2026).value == nb.Share.percent(52)
    assert table.category_share(Measure.PERSONNEL_SHARE, "Poland", 2026).value == nb.Share.percent(29)
    assert table.expenditure("NATO", 2026).value == nb.Money.millions(977, "USD")


def test_estimates_base_year_and_title_come_from_the_workbook(table: nb.ExpenditureTable) -> None:
    edition = table.edition
    assert (edition.key, edition.constant_year, edition.estimated_years) == ("2027", 2026, (2027,))
    assert edition.source.title == "Core Defence Expenditure of NATO Countries (2025-2027)"
    assert table.share_of_gdp("Poland", 2027).is_estimate
    assert not table.share_of_gdp("Poland", 2026).is_estimate


def test_what_nato_leaves_open_is_told_apart_from_what_it_does_not_print(table: nb.ExpenditureTable) -> None:
    with pytest.raises(NoObservationError, match="marks the figure as missing"):
        table.share_of_gdp("Spain", 2027)
    with pytest.raises(NoObservationError, match="no row of it here"):
        table.share_of_gdp("Iceland", 2026)


def test_a_table_of_a_kind_that_is_not_known_is_named_in_the_note(table: nb.ExpenditureTable) -> None:
    assert table.edition.note == "Not read: Table 9 (Share of real GDP (%))."


def test_the_edition_is_named_by_the_caller_or_by_a_name_like_natos(tmp_path: Path) -> None:
    dated = written(tmp_path, new_layout(), "270404-def-exp-2027-TABLES-en.xlsx")
    assert read_workbook(dated).edition.key == "2027-04"
    assert read_workbook(dated, "2027-05").edition.key == "2027-05"
    odd = written(tmp_path, new_layout(), "279999-def-exp.xlsx")
    assert read_workbook(odd).edition.key == "2027"


def rewritten(table: nb.ExpenditureTable) -> Iterator[tuple[str, list[list[Any]]]]:
    """Write shares and dollars of a whole edition as the layout since 2025 has them."""
    years = [None, *(f"{year}e" if year in table.edition.estimated_years else year for year in table.years)]

    def block(subtitle: str, measure: Measure, basis: nb.PriceBasis | None, currency: str | None) -> list[list[Any]]:
        rows: dict[str, list[Any]] = {}
        for item in table.select(measure=measure):
            value = item.value
            if isinstance(value, nb.Money):
                if value.basis != basis or str(value.currency) != currency:
                    continue
                figure = value.in_millions
            else:
                figure = value.as_percent
            row = rows.setdefault(str(item.entity), [str(item.entity), *[None] * len(table.years)])
            row[1 + table.years.index(item.year)] = float(figure)
        return [[subtitle], years, *rows.values(), []]

    dollars = [["Table 2: Core defence expenditure"], ["Million US dollars"]]
    base = table.edition.constant_prices
    dollars += block("Current prices and exchange rates", Measure.EXPENDITURE, nb.CURRENT_PRICES, "USD")
    dollars += block(
        f"Constant {table.edition.constant_year} prices and exchange rates", Measure.EXPENDITURE, base, "USD"
    )
    yield "Table 2", dollars
    yield "Table 3", [["Table 3: shares"], *block("Share of real GDP (%)", Measure.SHARE_OF_GDP, None, None)]


@pytest.mark.parametrize("key", ["2025-08", "2026-07"])
def test_a_whole_edition_written_in_the_new_layout_reads_as_it_was(tmp_path: Path, key: str) -> None:
    shipped = nb.datasets.defence_expenditure(key)
    read = read_workbook(written(tmp_path, dict(rewritten(shipped))))
    measures = (Measure.EXPENDITURE, Measure.SHARE_OF_GDP)
    expected = {
        cell
        for cell in cells(shipped)
        if cell[0] in measures and not (isinstance(cell[3], nb.Money) and str(cell[3].currency) != "USD")
    }
    assert cells(read) == expected


# --- what is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "row", "changed", "message"),
    [
        ("Table 3", 5, ["Atlantis", 1, 2, 3], r"sheet 'Table 3', row 5: 'Atlantis' is not an ally.*Atlantis"),
        (
            "Table 3",
            5,
            ["Poland", "4,1", 2, 3],
            r"row 5: Poland, 2025, cell B5: '4,1' is not usable; valid: a number with a decimal",
        ),
        ("Table 3", 5, ["Poland", True, 2, 3], r"row 5: Poland, 2025, cell B5: 'True' is not usable"),
        ("Table 3", 5, ["Poland", 410, 2, 3], r"row 5, cell B5: Poland, 2025: .*410"),
        ("Table 2", 5, ["Poland", -5, 2, 3], r"row 5, cell B5: Poland, 2025: -5 is negative"),
        ("Table 2", 6, ["United States", 901, 950, 1000], r"United States.*2025: two figures differ"),
        ("Table 1", 5, ["Poland", 1, 2, 3], r"row 5, cell B5: 'Poland' names no currency of its own"),
        ("Table 1", 6, ["Spain (Pesetas)", 1, 2, 3], r"row 6, cell B6: 'Spain \(Pesetas\)' names no currency"),
        ("Table 3", 2, ["Based on 2021 prices"], "the base years of constant prices are 2021, 2026; valid: one, as in"),
        ("Table 3", 3, ["Share of GDP by another name"], "no sheet holds shares of real GDP"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_refused_with_its_place(
    tmp_path: Path, sheet: str, row: int, changed: list[Any], message: str
) -> None:
    sheets = new_layout()
    sheets[sheet][row - 1] = changed
    with pytest.raises(ReaderError, match=message):
        read_workbook(written(tmp_path, sheets))


def test_another_workbook_is_refused_with_the_names_of_its_sheets(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match=r"the sheets are Budget; valid: NATO's workbook"):
        read_workbook(written(tmp_path, {"Budget": [["Table 3"]]}))


def test_a_key_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NatoBurdenError, match="the key of an edition"):
        read_workbook(written(tmp_path, new_layout()), 2027)  # type: ignore[arg-type]


# --- in the place of an edition --------------------------------------------------------------------------


def test_the_brief_takes_a_workbook_in_the_place_of_an_edition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheets = {"Table 2": new_layout()["Table 2"], **dict(rewritten(nb.datasets.defence_expenditure("2026-07")))}
    path = written(tmp_path, sheets, "270404-def-exp-2027.xlsx")
    assert main(["brief", "--data", str(path), "--format", "csv"]) == 0
    assert "2.8" in capsys.readouterr().out


# --- older layouts ---------------------------------------------------------------------------------------


@pytest.mark.skipif(not SAMPLE_OF_2022.exists(), reason="NATO's workbook of June 2022 is not here")
def test_the_workbook_of_june_2022_equals_the_edition_that_ships_cell_for_cell() -> None:
    table = read_workbook(SAMPLE_OF_2022, "2022-06")
    ours = nb.datasets.defence_expenditure("2022-06")
    assert cells(table) == cells(ours)
    assert (table.edition.constant_year, table.edition.estimated_years) == (2015, (2021, 2022))
    assert table.edition.note == ""
    assert str(table.expenditure("HRV", 2020, currency="HRK").value.currency) == "HRK"


def figures_in_dollars(table: nb.ExpenditureTable) -> dict[tuple[Any, ...], tuple[Decimal, str]]:
    found: dict[tuple[Any, ...], tuple[Decimal, str]] = {}
    for item in table.observations:
        value: Any = item.value
        unit = (str(value.currency), value.basis) if isinstance(value, nb.Money) else None
        if unit is None or unit[0] == "USD":
            figure = value if isinstance(value, Decimal) else value.amount if unit else value.as_percent
            found[item.measure, item.entity, item.year, unit] = (figure, item.status.value)
    return found


def of_2016(folder: Path, *national: list[Any]) -> Path:
    with (DATA / "defence_expenditure_2016-01.csv").open(encoding="utf-8", newline="") as file:
        content = workbook_of_2016(csv.DictReader(file), list(national))
    path = folder / "20160128-pr-2016-11-en.xlsx"
    path.write_bytes(content)
    return path


def test_a_workbook_in_the_layout_of_2016_equals_the_edition_that_ships(tmp_path: Path) -> None:
    rows = [
        ["Bulgaria", "Leva", 1, 2, 3, 4, 5, 6, 7, "8"],
        ["Croatia", "Kunas", ".", *range(2, 9)],
        ["Lithuania*", "Euros", *range(1, 9)],
    ]
    rows[1][2] = ".."
    table = read_workbook(of_2016(tmp_path, *rows))
    ours = nb.datasets.defence_expenditure("2016-01")
    read, shipped = figures_in_dollars(table), figures_in_dollars(ours)
    assert read.keys() == shipped.keys()
    assert len(read) == len(ours.observations) == 2776
    for place, (figure, status) in shipped.items():  # a workbook holds floats of about 16 digits
        assert read[place][0] == pytest.approx(figure, rel=Decimal("1e-14")), place
        assert read[place][1] == status
    edition = table.edition
    assert (edition.key, edition.constant_year, edition.estimated_years) == ("2016-01", 2010, (2015,))
    assert edition.note == ""
    spent = {
        (item.entity.key, item.year): str(item.value)
        for item in table.select(measure="expenditure", basis=nb.CURRENT_PRICES)
        if str(item.value.currency) != "USD"
    }
    assert spent["HRV", 2009] == "HRK 2.00 m (current prices)"
    assert (spent["BGR", 2015], spent["LTU", 2008]) == ("BGN 8.00 m (current prices)", "EUR 1.00 m (current prices)")
    assert len(spent) == 23


@pytest.mark.parametrize("currency", ["Pesetas", "Zlotys", ""])
def test_a_currency_that_is_not_the_allys_own_is_refused(tmp_path: Path, currency: str) -> None:
    with pytest.raises(ReaderError, match=r"'Croatia' (has 'Pesetas'|has 'Zlotys'|names no currency of its own)"):
        read_workbook(of_2016(tmp_path, ["Croatia", currency or None, *range(1, 9)]))


def test_what_a_table_holds_and_is_not_read_is_a_problem_that_inspect_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheets = new_layout()
    sheets["Table 3"] += [[], ["Share of happiness (%)"], header(), ["Poland", 1, 2, 3]]
    assert main(["inspect", str(written(tmp_path, sheets))]) == 0
    assert "Not read: Table 3 (Share of happiness (%))" in capsys.readouterr().out


def of_its_day() -> Sheets:
    """Give the layout of 2016: sheets without a space, numbered columns, units and currencies in columns."""
    years = [2013, 2014, "2015 e"]
    numbers = [None, None, "(0)", "(1)", "(2)", "(3)"]
    return {
        "TABLE1": [
            [None, "TABLE 1 : Defence expenditures"],
            [None, "Million national currency units"],
            [None, None, "Country", "Currency unit (million)", *years],
            [None, None, "(0)", "(1)", 2, 3, 4],
            [None, "Current prices"],
            [None, None, "Croatia", "Kunas", 4000, 4100, 4200],
            [None, None, "Lithuania *", "Litai", 900, 1100, ".."],
        ],
        "TABLE3": [
            [None, "TABLE 3 : Defence expenditures as a share of GDP and annual real change"],
            [None, "Based on 2010 prices"],
            [None, None, "Country", *years],
            numbers,
            [None, "Share of real GDP (%)"],
            [None, None, "Croatia", 1.5, 1.6, 1.7],
            [None, None, "Poland", 1.8, 1.9, 2.2],
            [None, "European members", None, 1.6, 1.5, 1.5],
            [None, "North America", None, 4.1, 3.6, 3.4],
        ],
        "TABLE4": [
            [None, "TABLE 4 : GDP"],
            [None, "Billion US dollars"],
            [None, None, "Country", *years],
            numbers,
            [None, "Constant 2010 prices and exchange rates"],
            [None, None, "Croatia", 58.1, 57.9, 58.5],
        ],
    }


def test_every_detail_of_the_layout_of_2016_is_read(tmp_path: Path) -> None:
    table = read_workbook(written(tmp_path, of_its_day(), "20160128-pr.xlsx"))
    assert len(table.observations) == 20
    assert (table.edition.constant_year, table.edition.estimated_years, table.edition.note) == (2010, (2015,), "")
    assert str(table.expenditure("HRV", 2014, currency="HRK").value) == "HRK 4.10 bn (current prices)"
    assert str(table.expenditure("LTU", 2013, currency="LTL").value) == "LTL 900.00 m (current prices)"
    assert str(table.gdp("HRV", 2015, nb.PriceBasis.constant(2010)).value) == "USD 58.50 bn (constant 2010 prices)"
    assert str(table.share_of_gdp("NATO_EUROPE", 2014).value) == "1.50 %"
    assert str(table.share_of_gdp("NORTH_AMERICA", 2015).value) == "3.40 %"


def with_averages(rows: list[list[Any]]) -> list[list[Any]]:
    return [
        [*row[:3], more, *row[3:]]
        for row, more in zip(rows, [None, None, "Average 2008 - 2012", "(0)", None, 1, 2, 3, 4], strict=True)
    ]


UNREAD: list[tuple[str, Any, str]] = [
    ("TABLE3", lambda rows: [*rows, [None, None, None, 1.1, 2.2, 3.3]], "TABLE3, row 10: figures without a name"),
    ("TABLE3", with_averages, "TABLE3, column D: figures without a year above them"),
    (
        "TABLE3",
        lambda rows: [*rows[:5], [*rows[5], 9.9], *rows[6:]],
        "TABLE3, column G: figures without a year above them",
    ),
    ("TABLE3", lambda rows: [*rows, [None, "Notes :"], *rows[5:6]], "TABLE3, row 11: figures below the notes"),
    (
        "TABLE3",
        lambda rows: [*rows[:5], [None, None, "Croatia", *["no data"] * 3], *rows[6:]],
        "TABLE3, row 6: Croatia has words in the place of figures",
    ),
    (
        "TABLE4",
        lambda rows: [rows[0], [None, "Bn US dollars"], *rows[2:]],
        "TABLE4 (Constant 2010 prices and exchange rates)",
    ),
    ("Tableau 5", lambda rows: rows, "sheet 'Tableau 5', which is not called Table and a number"),
]


@pytest.mark.parametrize(("sheet", "changed", "said"), UNREAD, ids=[said for *_, said in UNREAD])
def test_figures_that_are_not_read_are_a_problem_that_inspect_names(
    tmp_path: Path, sheet: str, changed: Any, said: str
) -> None:
    sheets = of_its_day()
    sheets[sheet] = changed(sheets.get(sheet, sheets["TABLE3"]))
    found = nb.inspect(written(tmp_path, sheets))
    assert found.is_readable
    assert found.problems == (f"Not read: {said}.",)


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value"),
    [
        ("TABLE3", 2, 5, "2015 E"),
        ("TABLE3", 2, 5, "2015(e)"),
        ("TABLE3", 7, 1, "NATO - European members"),
        ("TABLE4", 4, 1, "Constant 2010 prices"),
        ("TABLE4", 1, 1, "Billions of US dollars"),
        ("TABLE4", 3, 3, -1),
    ],
)
def test_what_says_the_same_in_other_letters_is_read_as_that(
    tmp_path: Path, sheet: str, row: int, column: int, value: Any
) -> None:
    sheets = of_its_day()
    if value == -1:  # a spreadsheet takes (1) for minus one
        sheets[sheet][row][3:] = [-1, -2, -3]
    sheets[sheet][row][column] = value
    table = read_workbook(written(tmp_path, sheets))
    assert cells(table) == cells(read_workbook(written(tmp_path, of_its_day())))
    assert table.edition.note == ""


def test_a_row_of_zeros_that_a_formula_leaves_is_not_a_problem(tmp_path: Path) -> None:
    sheets = of_its_day()
    sheets["TABLE3"].append([None, None, None, 0, 0, 0])
    assert nb.inspect(written(tmp_path, sheets)).problems == ()


@pytest.mark.parametrize("limits", [Limits(rows=50), Limits(cells=1_200)], ids=["rows", "cells"])
def test_a_sheet_too_large_to_look_at_does_not_keep_the_tables_from_being_read(tmp_path: Path, limits: Limits) -> None:
    sheets: dict[str, Any] = {"Data": [["x"] * 20] * 60} | of_its_day()
    assert nb.inspect(written(tmp_path, sheets), limits=limits).problems == ()
