"""What amounts and shares say in full when they refuse: the value, what is valid, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

import natoburden as nb
from natoburden import errors, model
from tests.refusals import refusal

EURO = nb.Money(5, "EUR")
SHARE, RATE, POINTS = nb.Share.percent(2), nb.Rate.percent(2), nb.PercentagePoints("1.28")
AMOUNTS: Any = [EURO, EURO]
SHARES: Any = [SHARE, SHARE]
RATES: Any = [RATE, RATE]
SEVERAL_POINTS: Any = [POINTS, POINTS]
WRONG: Any = "soon"
FLOAT: Any = 2.5


class NAType:
    """A missing value, named as the one of pandas is."""

    def __str__(self) -> str:
        return "<NA>"


NOT_THERE: Any = NAType()

REFUSALS = [
    pytest.param(
        lambda: nb.Money.total([]),
        errors.InvalidNumberError,
        "total of money: 'nothing' is not usable; valid: at least one amount, which tells the unit",
        id="a total of no money",
    ),
    pytest.param(
        lambda: nb.Energy.total([]),
        errors.InvalidNumberError,
        "total of energy: 'nothing' is not usable; valid: at least one amount, which tells the unit",
        id="a total of no energy",
    ),
    pytest.param(
        lambda: nb.Money.total([WRONG]),
        TypeError,
        "'soon' is not an amount with a unit; give amounts of one kind and unit",
        id="a total of numbers",
    ),
    pytest.param(
        lambda: nb.Money.total([EURO, WRONG]),
        TypeError,
        "cannot combine Money('5', 'EUR', CURRENT_PRICES) with 'soon'; give money on both sides",
        id="a total of two kinds",
    ),
    pytest.param(
        lambda: sum(AMOUNTS),
        TypeError,
        "sum() begins with 0, which has no unit; write Money.total(amounts)",
        id="a sum that begins with zero",
    ),
    pytest.param(
        lambda: sum(SHARES),
        TypeError,
        "sum() begins with 0, which has no unit; shares do not add up: add the amounts, and divide by the whole",
        id="a sum of shares that begins with zero",
    ),
    pytest.param(
        lambda: sum(RATES),
        TypeError,
        "sum() begins with 0, which has no unit; rates do not add up: chain them with compounded_with",
        id="a sum of rates that begins with zero",
    ),
    pytest.param(
        lambda: sum(SEVERAL_POINTS),
        TypeError,
        "sum() begins with 0, which has no unit; write sum(points, PercentagePoints(0))",
        id="a sum of points that begins with zero",
    ),
    pytest.param(
        lambda: EURO + nb.Money(5, "USD"),
        errors.MixedCurrenciesError,
        (
            "EUR and USD are different currencies; valid: one currency on both sides; nothing converts implicitly: "
            "exchange one side first, at a rate you can name"
        ),
        id="money in another currency",
    ),
    pytest.param(
        lambda: EURO + nb.Money(5, "EUR", nb.PriceBasis.constant(2021)),
        errors.MixedPriceBasesError,
        (
            "current prices and constant 2021 prices are different price bases; valid: one basis on both sides; "
            "nothing deflates implicitly: read both figures at the same basis"
        ),
        id="money at other prices",
    ),
    pytest.param(
        lambda: EURO + nb.Money(5, "EUR", model.UNSTATED_PRICES),
        errors.MixedPriceBasesError,
        (
            "current prices and unstated prices are perhaps different price bases; valid: one basis on both sides; "
            "assuming(basis) says at which prices an amount without a stated basis is taken"
        ),
        id="money at unstated prices",
    ),
    pytest.param(
        lambda: EURO.assuming(nb.PriceBasis.constant(2021)),
        errors.MixedPriceBasesError,
        (
            "current prices and constant 2021 prices are different price bases; valid: one basis on both sides; "
            "nothing deflates implicitly: read both figures at the same basis"
        ),
        id="prices assumed where they are stated",
    ),
    pytest.param(
        lambda: nb.PriceBasis(2021, is_stated=False),
        errors.UnexpectedValueError,
        "2021 is not usable as a price basis; a basis with a year is a stated one",
        id="an unstated price basis with a year",
    ),
    pytest.param(
        lambda: nb.Currency("ERU"),
        errors.UnknownNameError,
        (
            "unknown currency 'ERU'; valid: AED, AFN, ALL, AMD, AOA, ARS, ATS, AUD, AWG, AZN, BAM, BBD and 189 "
            "more; did you mean 'YER' or 'RUB' or 'MRU'?"
        ),
        id="an unknown currency",
    ),
    pytest.param(
        lambda: f"{EURO:.1%}",
        ValueError,
        "'.1%' would multiply by a hundred: an amount is not a percentage; leave out the sign",
        id="money in percent",
    ),
    pytest.param(
        lambda: f"{POINTS:.1%}",
        ValueError,
        "'.1%' would multiply by a hundred: points are not a percentage; leave out the sign",
        id="points in percent",
    ),
    pytest.param(
        lambda: float(EURO),  # type: ignore[arg-type] # refused on purpose
        TypeError,
        "float(Money('5', 'EUR', CURRENT_PRICES)) would lose its unit: write float(amount.amount) or in_millions",
        id="money as a float",
    ),
    pytest.param(
        lambda: float(SHARE),  # type: ignore[arg-type] # refused on purpose
        TypeError,
        "float(Share('2 %')): percent or fraction? write float(value.as_percent) or float(value.as_fraction)",
        id="a share as a float",
    ),
    pytest.param(
        lambda: float(RATE),  # type: ignore[arg-type] # refused on purpose
        TypeError,
        "float(Rate('2 %')): percent or fraction? write float(value.as_percent) or float(value.as_fraction)",
        id="a rate as a float",
    ),
    pytest.param(
        lambda: float(POINTS),  # type: ignore[arg-type] # refused on purpose
        TypeError,
        "float(PercentagePoints('1.28')): write float(points.value), which is in percentage points",
        id="points as a float",
    ),
    pytest.param(
        lambda: EURO / 0,
        errors.InvalidNumberError,
        "divisor: '0' is not usable; valid: anything but zero; a ratio to nothing is not a number",
        id="money divided by zero",
    ),
    pytest.param(
        lambda: nb.Tiv(1) / nb.Tiv(0),
        errors.InvalidNumberError,
        "divisor: '0' is not usable; valid: anything but zero; a ratio to nothing is not a number",
        id="a volume divided by none",
    ),
    pytest.param(
        lambda: nb.Money(1 << 200, "EUR"),
        errors.InvalidNumberError,
        (
            "amount of money: 'an integer of 201 bits' is not usable; valid: a finite decimal number of at most 34 "
            "digits, and below 1e31"
        ),
        id="a whole number too long to print",
    ),
    pytest.param(
        lambda: nb.Money("1" * 35, "EUR"),
        errors.InvalidNumberError,
        (
            "amount of money: '11111111111111111111111111111111111' is not usable; valid: a finite decimal number "
            "of at most 34 digits, and below 1e31"
        ),
        id="too many digits",
    ),
    pytest.param(
        lambda: nb.Money("1e31", "EUR"),
        errors.InvalidNumberError,
        "amount of money: '1e31' is not usable; valid: a finite decimal number of at most 34 digits, and below 1e31",
        id="a number too large",
    ),
    pytest.param(
        lambda: nb.Money(NOT_THERE, "EUR"),
        errors.InvalidNumberError,
        (
            "amount of money: '<NA>' is not usable; valid: a finite decimal number; a missing figure is left out, "
            "never NaN or infinite"
        ),
        id="a missing figure of a frame",
    ),
    pytest.param(
        lambda: nb.Money(Decimal("NaN"), "EUR"),
        errors.InvalidNumberError,
        (
            "amount of money: 'NaN' is not usable; valid: a finite decimal number; a missing figure is left out, "
            "never NaN or infinite"
        ),
        id="a figure that is not a number",
    ),
    pytest.param(
        lambda: nb.Money(FLOAT, "EUR"),
        errors.InexactNumberError,
        (
            "amount of money: 2.5 is a float; valid: str, int or Decimal; write the figure as a string, as it was "
            "published: '2.22'"
        ),
        id="a float",
    ),
    pytest.param(
        lambda: nb.Money("1,234.5", "EUR"),
        errors.InvalidNumberError,
        (
            "amount of money: '1,234.5' is not usable; valid: a finite decimal number; write decimals with a point "
            "and no separators: 1234.5"
        ),
        id="a number with separators",
    ),
    pytest.param(
        lambda: nb.Money("soon", "EUR"),
        errors.InvalidNumberError,
        "amount of money: 'soon' is not usable; valid: a finite decimal number",
        id="a word for a number",
    ),
    pytest.param(
        lambda: round(SHARE, WRONG),
        errors.InvalidNumberError,
        "number of decimals: 'soon' is not usable; valid: a whole number, such as 1",
        id="decimals in words",
    ),
    pytest.param(
        lambda: nb.PriceBasis.constant(WRONG),
        errors.InvalidYearError,
        "'soon' is not a usable year; valid: a whole calendar year between 1900 and 2200, as an int",
        id="a year in words",
    ),
    pytest.param(
        lambda: nb.PriceBasis.constant(1 << 200),
        errors.InvalidYearError,
        (
            "an integer of more than 64 bits is not a usable year; valid: a whole calendar year between 1900 and "
            "2200, as an int"
        ),
        id="a year too long to print",
    ),
    pytest.param(
        lambda: nb.Share("3.5"),
        TypeError,
        "Share('3.5'): which scale? write Share.percent(...), Share.fraction(...) or '3.5 %'",
        id="a share without a scale",
    ),
    pytest.param(
        lambda: nb.Rate("3.5"),
        TypeError,
        "Rate('3.5'): which scale? write Rate.percent(...), Rate.fraction(...) or '3.5 %'",
        id="a rate without a scale",
    ),
    pytest.param(
        lambda: nb.Share.percent("350"),
        errors.ShareOutOfRangeError,
        (
            "350 % is not a share of a whole; valid: 0 % to 100 %; Share.percent('3.5') and "
            "Share.fraction('0.035') are the same share; use Rate for growth, PercentagePoints for differences"
        ),
        id="a share of more than the whole",
    ),
    pytest.param(
        lambda: nb.Share.of(5, 0),
        errors.InvalidNumberError,
        "whole: '0' is not usable; valid: anything but zero; a share of zero is not a number",
        id="a share of nothing",
    ),
    pytest.param(
        lambda: nb.Rate.between(0, 5),
        errors.InvalidNumberError,
        "amount before: '0' is not usable; valid: anything but zero; a change from zero is not a number",
        id="a change from nothing",
    ),
    pytest.param(
        lambda: RATE.compounded_with(WRONG),
        TypeError,
        "a rate compounds with a rate, not with 'soon': give one, such as Rate.percent(2)",
        id="a rate compounded with a share",
    ),
]


@pytest.mark.parametrize(("ask", "kind", "words"), REFUSALS)
def test_an_amount_or_share_is_refused_in_words(ask: Callable[[], Any], kind: type[Exception], words: str) -> None:
    assert refusal(ask, kind) == words
