"""Figures of one's own by country and year, and military parities: what they take, what they refuse."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden import errors
from natoburden.model.figures import CountryFigures, YearlyFigures
from natoburden.model.macro_measures import InternationalDollars
from natoburden.model.parities import MilitaryDollars, MilitaryParities

SOURCE = nb.Source(title="Invented figures", publisher="this test")
POLAND, FINLAND = nb.Country("POL"), nb.Country("FIN")


def test_figures_of_a_year_are_those_that_were_given() -> None:
    figures = YearlyFigures.of("attacks", {2025: {"Poland": "3"}, 2024: {"POL": "1", "FIN": "0.5"}}, source=SOURCE)
    assert "by_year=<2 years>" in repr(figures)
    assert figures.years == (2024, 2025)
    assert figures.in_year(2024) == CountryFigures.of("attacks", {"POL": "1", "FIN": "0.5"}, source=SOURCE)
    assert figures.sources == (SOURCE,)
    assert figures.to_columns() == {
        "country": ["FIN", "POL", "POL"],
        "country_name": ["Finland", "Poland", "Poland"],
        "year": [2024, 2024, 2025],
        "value": [0.5, 1.0, 3.0],
    }
    assert str(figures) == "attacks, 2024-2025, 2 countries"


def test_figures_by_country_alone_are_the_same_in_every_year() -> None:
    figures = CountryFigures.of("borders", {"POL": 1}, source=SOURCE)
    assert figures.in_year(1990) is figures


def test_amounts_by_year_stand_in_units_of_their_currency() -> None:
    aid = YearlyFigures.of("aid", {2025: {"POL": nb.Money.millions(5, "EUR")}}, source=SOURCE)
    assert aid.to_columns()["value"] == [5_000_000.0]


def test_a_year_without_figures_raises_with_the_years_there_are() -> None:
    figures = YearlyFigures.of("attacks", {2024: {"POL": 1}, 2025: {"POL": 1}}, source=SOURCE)
    with pytest.raises(errors.NoObservationError, match="attacks of any country for 2023; valid: 2024-2025"):
        figures.in_year(2023)
    with pytest.raises(errors.InvalidYearError):
        figures.in_year("2024")  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [{}, [], None])
def test_figures_by_year_need_a_year(wrong: Any) -> None:
    with pytest.raises(errors.UnexpectedValueError, match="mapping of years"):
        YearlyFigures.of("attacks", wrong, source=SOURCE)


def test_rows_keep_their_own_sources_and_leave_blanks_out() -> None:
    rows: list[dict[str, object]] = [
        {"country": "Polen", "year": "2025", "value": "3", "source": "A register"},
        {"country": "FIN", "year": 2025, "value": 0, "source": "Another register"},
        {"country": "EST", "year": "2025", "value": " ", "source": "A register"},
        {"country": "LVA", "year": "2025", "value": None, "source": ""},
        {"country": "LTU", "year": "2024", "value": Decimal("1.5"), "source": ""},
    ]
    figures = YearlyFigures.from_rows("attacks", rows, source=SOURCE)
    of_2025 = figures.in_year(2025)
    assert dict(of_2025.values) == {POLAND: 3, FINLAND: 0}
    assert [source.title for source in of_2025.sources] == ["A register", "Another register"]
    assert figures.in_year(2024).sources == (SOURCE,)
    assert [source.title for source in figures.sources] == ["Invented figures", "A register", "Another register"]
    with pytest.raises(errors.MissingFiguresError, match="Estonia"):
        of_2025.figures([nb.Country("EST")])


def test_all_faults_of_rows_are_told_at_once_each_with_its_row() -> None:
    rows: list[Any] = [
        {"country": "Polnd", "year": "2025", "value": "3"},
        {"country": "POL", "year": "soon", "value": "3"},
        {"country": "POL", "year": "2025", "value": "1,5"},
        {"country": "POL", "year": "2025", "value": 1.5},
        {"country": "POL", "year": "2025", "value": "-1"},
        {"country": "POL", "value": "1"},
        {"country": "POL", "year": "2025", "value": "1"},
        {"country": "Poland", "year": "2025", "value": "2"},
        {"country": "POL", "year": "2025", "value": nb.Money(5, "EUR")},
        "POL",
    ]
    with pytest.raises(errors.DocumentError) as caught:
        YearlyFigures.from_rows("attacks", rows, source=SOURCE, document="attacks.csv")
    assert caught.value.document == "attacks.csv"
    told = [str(fault) for fault in caught.value.faults]
    assert [fault.split(":")[0] for fault in told] == [f"rows[{number}]" for number in (0, 1, 2, 3, 4, 5, 7, 8, 9)]
    for fault, words in zip(
        told,
        ["did you mean Poland", "soon", "decimals with a point", "1.5", "not negative", "lacks year",
         "each country once", "amounts go through YearlyFigures.of", "give rows as mappings"],
        strict=True,
    ):  # fmt: skip
        assert words in fault


def test_rows_without_a_source_or_without_a_value_are_refused() -> None:
    row = {"country": "POL", "year": "2025", "value": "3"}
    with pytest.raises(errors.DocumentError) as caught:
        YearlyFigures.from_rows("attacks", [row])
    assert "fill the column source" in str(caught.value)
    with pytest.raises(errors.UnexpectedValueError, match="no row with a value"):
        YearlyFigures.from_rows("attacks", [row | {"value": ""}], source=SOURCE)
    with pytest.raises(errors.UnexpectedValueError, match="no row with a value"):
        YearlyFigures.from_rows("attacks", [], source=SOURCE)


def test_a_file_of_figures_is_read_with_its_sources(tmp_path: Path) -> None:
    file = tmp_path / "attacks.csv"
    file.write_text("country,year,value,source\nPOL,2025,3,A register\nFIN,2025,,\n", encoding="utf-8-sig")
    figures = nb.datasets.load_yearly_figures(file, "attacks")
    assert dict(figures.in_year(2025).values) == {POLAND: 3}
    file.write_text("country;year;value\nPOL;2025;3\n")
    with pytest.raises(errors.DocumentError, match=r"attacks\.csv"):
        nb.datasets.load_yearly_figures(str(file), "attacks", source=SOURCE)
    with pytest.raises(OSError, match="nowhere"):
        nb.datasets.load_yearly_figures(tmp_path / "nowhere.csv", "attacks")


# --- military parities -----------------------------------------------------------------------------------


def parities(**changed: Any) -> MilitaryParities:
    rates = {"POL": {2025: nb.Money("2.10", "PLN"), 2024: nb.Money("2.00", "PLN")}, "USA": {2025: nb.Money(1, "USD")}}
    return MilitaryParities.of("invented", rates | changed, source=SOURCE)


def test_a_parity_is_had_by_country_and_year_and_never_of_another_year() -> None:
    found = parities()
    assert found.rate("Polska", 2024) == nb.Money("2.00", "PLN")
    assert str(found) == "invented, 2 countries, 2024-2025"
    with pytest.raises(errors.NoObservationError, match="military parity of United States for 2024; valid: 2025"):
        found.rate("USA", 2024)
    with pytest.raises(errors.NoObservationError, match="other countries"):
        found.rate("DEU", 2025)
    evidence = found.evidence("POL", 2025)
    assert evidence.working == "military parity of Poland, 2025: 2.10 PLN per dollar of defence, invented (estimate)"
    assert evidence.sources == (SOURCE,)


@pytest.mark.parametrize(
    ("wrong", "kind", "words"),
    [
        ({"DEU": {2025: nb.Money(0, "EUR")}}, errors.UnexpectedValueError, "above zero"),
        ({"DEU": {2025: nb.Money(1, "EUR", nb.PriceBasis.constant(2021))}}, errors.MixedPriceBasesError, "2021"),
        ({"DEU": {2025: "1.10"}}, errors.UnexpectedValueError, "give money by country and year"),
        ({"DEU": nb.Money(1, "EUR")}, errors.UnexpectedValueError, "give money by country and year"),
        ({"Poland": {2025: nb.Money(1, "PLN")}}, errors.UnexpectedValueError, "each country once"),
        ({"DEU": {"2025": nb.Money(1, "EUR")}}, errors.InvalidYearError, "2025"),
    ],
)
def test_a_wrong_parity_is_refused(wrong: Any, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        parities(**wrong)


@pytest.mark.parametrize("wrong", [{}, {"POL": {}}, None])
def test_parities_need_a_rate(wrong: Any) -> None:
    with pytest.raises(errors.UnexpectedValueError, match="military parities"):
        MilitaryParities.of("invented", wrong, source=SOURCE)


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_dollars_of_different_parities_do_not_add(one: int, other: int) -> None:
    assert MilitaryDollars(one) + MilitaryDollars(other) == MilitaryDollars(one + other)
    wrong: Any
    for wrong in (InternationalDollars(other), nb.Money(other, "USD")):
        with pytest.raises(TypeError):
            MilitaryDollars(one) + wrong
        with pytest.raises(TypeError):
            wrong + MilitaryDollars(one)


def test_military_dollars_are_written_with_their_size() -> None:
    size = MilitaryDollars("5 bn")
    assert (repr(size), str(size)) == ("MilitaryDollars('5 bn')", "Mil$ 5.00 bn (military PPP)")
    assert size.in_column == ("million_military_dollars", Decimal(5000))
    assert str(InternationalDollars("5 bn")) == "Int$ 5.00 bn (PPP)"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"country,year,value,source\nPoland,2025,3,500,A register\n", "more cells than the header"),
        ("country,year,value,source\nTürkiye,2025,3,A\n".encode("latin-1"), "not UTF-8"),
        (b"country,year,value,source\nPoland,2025,3," + b"A" * 200_000 + b"\n", "it is no CSV"),
    ],
)
def test_a_file_that_would_be_read_wrongly_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    file = tmp_path / "attacks.csv"
    file.write_bytes(content)
    with pytest.raises(errors.DocumentError, match=r"attacks\.csv") as caught:
        nb.datasets.load_yearly_figures(file, "attacks")
    assert words in str(caught.value.exceptions[0])


def test_blank_cells_behind_the_last_column_are_nothing(tmp_path: Path) -> None:
    file = tmp_path / "attacks.csv"
    file.write_text("country,year,value,source\nPoland,2025,3,A register,,\n")
    assert nb.datasets.load_yearly_figures(file, "attacks").in_year(2025).figure(POLAND) == 3
