"""Figures in the reader's language."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given

import natoburden as nb
from natoburden.presentation.formatting import format_money, format_number, format_rate, format_share
from tests.strategies import MONEY


@pytest.mark.parametrize(("locale", "text"), [("en", "3.5%"), ("fr", "3,5\xa0%"), ("tr", "%3,5"), ("de", "3,5\xa0%")])
def test_a_share_is_written_as_the_language_writes_it(locale: str, text: str) -> None:
    assert format_share(nb.Share.fraction("0.035"), locale=locale) == text


def test_a_share_keeps_the_decimals_asked_for() -> None:
    assert format_share(nb.Share.percent("2.005"), 2) == "2.01%"
    assert format_share(nb.Share.percent(2)) == "2%"
    assert format_share(nb.Share.percent("2.345")) == "2.35%"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("-0.004", 2, "0.00"),
        ("1234567.5", 0, "1,234,568"),
        ("2.5", 0, "3"),
    ],
)
def test_numbers_round_half_away_from_zero_and_never_to_minus_zero(value: str, decimals: int, text: str) -> None:
    assert format_number(Decimal(value), decimals) == text


# As CLDR's minimumGroupingDigits has it: two in these, three in Ewe, one elsewhere.
@pytest.mark.parametrize(
    ("locale", "four", "five"),
    [
        ("pl", "1234", "12\xa0345"),
        ("pl-PL", "1234", "12\xa0345"),
        ("es", "1234", "12.345"),
        ("es-ES", "1234", "12.345"),
        ("es-MX", "1,234", "12,345"),
        ("pt-PT", "1234", "12\xa0345"),
        ("pt-BR", "1.234", "12.345"),
        ("bg", "1234", "12\xa0345"),
        ("de", "1.234", "12.345"),
        ("ee", "1234", "12345"),
        ("fr", "1\u202f234", "12\u202f345"),
    ],
)
def test_figures_are_grouped_from_as_many_digits_as_the_locale_asks(locale: str, four: str, five: str) -> None:
    assert [format_number(Decimal(n), 0, locale=locale) for n in (1234, 12345)] == [four, five]
    assert format_number(Decimal("-999.6"), 0, locale=locale) == f"-{format_number(Decimal(1000), 0, locale=locale)}"
    assert four in format_money(nb.Money(1234, "EUR"), locale=locale)
    assert five in format_rate(nb.Rate.percent(12345), locale=locale)


@given(MONEY)
def test_any_amount_is_written_also_one_that_was_divided_or_converted(amount: nb.Money) -> None:
    third = amount / 3
    with localcontext(prec=3):
        text = format_money(third, locale="en")
    digits = "".join(sign for sign in text if sign in "-.0123456789")
    assert abs(Decimal(digits) - third.amount) <= Decimal(5).scaleb(-1 - third.currency.minor_units)


def test_an_amount_has_no_more_decimals_than_its_currency_unless_asked() -> None:
    assert format_money(nb.Money(1, "EUR") / 3) == "€0.33"
    assert format_money(nb.Money("12.5", "EUR")) == "€12.5"
    assert format_money(nb.Money("123.6", "JPY")) == "¥124"
    assert format_money(nb.Money(1, "EUR") / 3, 5) == "€0.33333"


@pytest.mark.parametrize(
    ("locale", "shown"), [("en-IN", "12,34,567.5"), ("hi", "12,34,567.5"), ("en", "1,234,567.5"), ("fr", "1 234 567,5")]
)
def test_numbers_are_grouped_where_the_locale_groups_them(locale: str, shown: str) -> None:
    assert format_number(Decimal("1234567.5"), 1, locale=locale).replace("\u202f", " ") == shown
    assert len(format_number(Decimal("1234567.5"), 1, locale=locale, grouped=False)) == 9
