"""The door for figures: what comes in, what is refused and how it says so."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped] # it ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from natoburden.errors import InexactNumberError, InvalidNumberError, InvalidYearError
from natoburden.model._numbers import checked_decimal, checked_year, divide, multiply, plain, rounded
from tests.strategies import figures

FIGURES = figures(-(10**9), 10**9)


@pytest.mark.parametrize(
    ("given_as", "meant"),
    [
        ("2.22", "2.22"),
        (" 2.22\n", "2.22"),
        ("-3", "-3"),
        ("+.5", "0.5"),
        ("5.", "5"),
        ("1e3", "1000"),
        ("1E-3", "0.001"),
        (7, "7"),
        (Decimal("2.220"), "2.22"),
        (10**30, "1E30"),
        ("0e999", "0"),
    ],
)
def test_a_figure_written_plainly_is_taken_exactly(given_as: str | int | Decimal, meant: str) -> None:
    assert checked_decimal(given_as, "figure") == Decimal(meant)


def test_the_decimals_that_were_printed_are_kept() -> None:
    assert str(checked_decimal("2.20", "figure")) == "2.20"


@pytest.mark.parametrize("value", [2.22, True, False, None, 1j, [1], b"1"])
def test_a_type_that_is_no_exact_number_is_refused(value: object) -> None:
    with pytest.raises(InexactNumberError) as caught:
        checked_decimal(value, "share in percent")  # type: ignore[arg-type] # refused on purpose
    error = caught.value
    assert (error.what, error.value, error.type_name) == ("share in percent", repr(value), type(value).__name__)
    assert str(error).startswith(
        f"share in percent: {value!r} is a {type(value).__name__}; valid: str, int or Decimal;"
    )
    assert "'2.22'" in str(error)


@pytest.mark.parametrize("text", ["1_000", "1,5", "1 000", "1.234,5", "2.22%", "0x10", "1.2.3", "1e", "--1"])
def test_a_figure_with_separators_or_signs_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(InvalidNumberError) as caught:
        checked_decimal(text, "share")
    assert str(caught.value) == (
        f"share: {text!r} is not usable; valid: a finite decimal number; "
        "write decimals with a point and no separators: 1234.5"
    )


@pytest.mark.parametrize("text", ["", "  ", "NaN", "nan", "sNaN", "Infinity", "-inf", ".", "n/a", "..", "٣", "２", "½"])
def test_a_text_without_a_figure_is_refused(text: str) -> None:
    with pytest.raises(InvalidNumberError) as caught:
        checked_decimal(text, "share")
    assert str(caught.value) == f"share: {text!r} is not usable; valid: a finite decimal number"


@pytest.mark.parametrize("text", ["NaN", "-NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_decimal_that_is_not_finite_is_refused(text: str) -> None:
    with pytest.raises(InvalidNumberError, match=f"'{text}'.*left out, never NaN or infinite"):
        checked_decimal(Decimal(text), "share")


@pytest.mark.parametrize(
    "value",
    [
        "1e400",
        "1e31",
        Decimal("1e999999"),
        10**31,
        pytest.param(10**5000, id="int of 5001 digits"),
        "9" * 35,
        pytest.param("9" * 5000, id="text of 5000 digits"),
        "1e-61",
        "0." + "1" * 35,
    ],
)
def test_a_figure_beyond_what_is_exact_is_refused_in_a_short_message(value: str | int | Decimal) -> None:
    with pytest.raises(InvalidNumberError, match=r"at most 34 digits, and below 1e31") as caught:
        checked_decimal(value, "amount")
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize("text", ["1e1000", "1e99999"])
def test_an_exponent_of_four_digits_is_too_large_and_not_misspelt(text: str) -> None:
    with pytest.raises(InvalidNumberError, match="below 1e31"):
        checked_decimal(text, "amount")


@pytest.mark.parametrize("year", [1900, 2025, 2200])
def test_a_calendar_year_is_taken(year: int) -> None:
    assert checked_year(year) == year


@pytest.mark.parametrize("year", ["2025", 2025.0, 2025.7, True, None, 1899, 2201, -1, Decimal(2025)])
def test_what_is_no_calendar_year_is_refused(year: object) -> None:
    with pytest.raises(InvalidYearError) as caught:
        checked_year(year)
    assert str(caught.value) == (
        f"{year!r} is not a usable year; valid: a whole calendar year between 1900 and 2200, as an int"
    )


def test_a_year_too_long_for_python_to_print_is_refused_as_a_year() -> None:
    with pytest.raises(InvalidYearError):
        checked_year(10**5000)


@given(FIGURES, st.integers(0, 4))
def test_rounding_twice_is_rounding_once(value: Decimal, places: int) -> None:
    assert rounded(rounded(value, places), places) == rounded(value, places)


@given(FIGURES, st.integers(0, 4))
def test_rounding_moves_a_figure_by_half_a_unit_at_most(value: Decimal, places: int) -> None:
    assert abs(rounded(value, places) - value) <= Decimal(5).scaleb(-places - 1)


@given(FIGURES, FIGURES, st.integers(0, 4))
def test_rounding_keeps_the_order(one: Decimal, two: Decimal, places: int) -> None:
    low, high = sorted((one, two))
    assert rounded(low, places) <= rounded(high, places)


@pytest.mark.parametrize(("value", "shown"), [("0.125", "0.13"), ("-0.125", "-0.13"), ("2.675", "2.68"), ("2", "2.00")])
def test_a_half_is_rounded_away_from_zero(value: str, shown: str) -> None:
    assert str(rounded(Decimal(value), 2)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("1E+3", "1000"), ("2.220", "2.22"), ("0.00", "0"), ("100", "100"), ("1E-7", "0.0000001"), ("-5.50", "-5.5")],
)
def test_a_figure_is_written_without_exponent_or_idle_zeros(value: str, shown: str) -> None:
    assert plain(Decimal(value)) == shown


@given(FIGURES)
def test_what_is_written_plainly_reads_back(value: Decimal) -> None:
    assert checked_decimal(plain(value), "figure") == value


@given(FIGURES, FIGURES.filter(bool))
def test_arithmetic_does_not_depend_on_the_callers_decimal_context(one: Decimal, two: Decimal) -> None:
    def results() -> list[object]:
        return [divide(one, two), multiply(one, two), rounded(one, 2), plain(one), checked_decimal(str(one), "figure")]

    expected = results()
    with localcontext(prec=3):
        assert results() == expected


def test_rounding_does_not_depend_on_the_callers_range_of_exponents() -> None:
    with localcontext(Context(prec=1, Emin=0, Emax=0)):
        assert str(rounded(Decimal("2.2251"), 2)) == "2.23"


def test_nothing_is_rounded_to_nothing_whatever_its_exponent() -> None:
    """A zero of 36 places kept its exponent, and was printed without decimals."""
    assert str(rounded(Decimal("0E+36"), 2)) == "0.00"


@pytest.mark.parametrize("given", ["0e-999999", "0e999999", Decimal("0e-999999999"), Decimal("-0e999999999")])
def test_nothing_is_kept_without_an_enormous_exponent(given: str | Decimal) -> None:
    """A zero of a billion places was kept, and then written with a billion digits."""
    assert str(checked_decimal(given, "amount")) == "0"


def test_nothing_keeps_the_decimals_that_it_is_published_with() -> None:
    assert str(checked_decimal("0.00", "share")) == "0.00"


def test_whole_numbers_of_numpy_are_whole_numbers() -> None:
    given: list[Any] = [np.int64(5), np.int8(5), np.uint16(5)]
    assert [checked_decimal(value, "figure") for value in given] == [Decimal(5)] * 3
    assert {type(checked_year(np.int64(2024))), checked_year(np.int16(2024))} == {int, 2024}
    floats: list[Any] = [np.float64(2.5), np.float32(2.5), np.float64("nan"), np.bool_(True)]
    for value in floats:
        with pytest.raises(InexactNumberError):
            checked_decimal(value, "figure")
    with pytest.raises(InvalidYearError):
        checked_year(np.float64(2024))


@pytest.mark.parametrize("missing", [pd.NA, pd.NaT, Decimal("nan")])
def test_what_stands_for_a_missing_figure_is_said_to_be_missing(missing: Any) -> None:
    with pytest.raises(InvalidNumberError, match="a missing figure is left out"):
        checked_decimal(missing, "figure")
