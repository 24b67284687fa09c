"""Money: exact, signed, in one currency at one price basis."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natoburden.errors import (
    InexactNumberError,
    InvalidNumberError,
    InvalidYearError,
    MixedCurrenciesError,
    MixedPriceBasesError,
    ShareOutOfRangeError,
    UnexpectedValueError,
    UnknownNameError,
)
from natoburden.model.money import CURRENT_PRICES, UNSTATED_PRICES, Currency, Money, PriceBasis
from natoburden.model.shares import Share
from tests.strategies import AMOUNTS, BASES, DOLLARS, MONEY, SHARES, YEARS

USD = Money("10", "USD")
EUR = Money("10", "EUR")
USD_2021 = Money("10", "USD", PriceBasis.constant(2021))
USD_2015 = Money("10", "USD", PriceBasis.constant(2015))

# --- currencies ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "name", "units"), [("USD", "US Dollar", 2), ("EUR", "Euro", 2), ("JPY", "Yen", 0)])
def test_a_currency_has_its_name_and_minor_units(code: str, name: str, units: int) -> None:
    currency = Currency(code)
    assert (currency.name, currency.minor_units, str(currency)) == (name, units, code)
    assert repr(currency) == f"Currency('{code}')"


@pytest.mark.parametrize("code", ["BGN", "HRK", "TRY", "ISK", "MKD", "RON", "CZK"])
def test_every_allys_currency_is_listed_with_those_that_gave_way_to_the_euro(code: str) -> None:
    assert Currency(code).code == code


@pytest.mark.parametrize("code", ["usd", "US$", "$", "", "XXQ", "Euro", " USD"])
def test_an_unknown_currency_is_refused_with_the_valid_ones(code: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        Currency(code)
    error = caught.value
    assert (error.kind, error.name) == ("currency", code)
    assert "USD" in error.valid
    assert str(error).startswith(f"unknown currency {code!r}; valid: AED, AFN")


def test_a_currency_in_small_letters_suggests_the_capitals() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'USD'"):
        Money(1, "usd")


@pytest.mark.parametrize("code", [None, 840])
def test_a_currency_is_written_as_its_code(code: object) -> None:
    with pytest.raises(UnknownNameError, match=f"unknown currency '{code}'"):
        Currency(code)  # type: ignore[arg-type] # refused on purpose


# --- price bases -----------------------------------------------------------------------------------------


def test_prices_are_current_unless_a_year_is_named() -> None:
    assert PriceBasis() == CURRENT_PRICES
    assert (CURRENT_PRICES.is_current, str(CURRENT_PRICES), repr(CURRENT_PRICES)) == (
        True,
        "current prices",
        "CURRENT_PRICES",
    )


@given(YEARS)
def test_constant_prices_keep_their_year(year: int) -> None:
    basis = PriceBasis.constant(year)
    assert (basis.year, basis.is_current, str(basis)) == (year, False, f"constant {year} prices")
    assert repr(basis) == f"PriceBasis.constant({year})"


@pytest.mark.parametrize("year", ["2021", 2021.0, 2025.7, True, 1899])
@pytest.mark.parametrize("build", [PriceBasis, PriceBasis.constant])
def test_a_base_year_is_a_calendar_year(build: Callable[[Any], PriceBasis], year: object) -> None:
    with pytest.raises(InvalidYearError, match="a whole calendar year"):
        build(year)


def test_prices_that_were_not_stated_are_neither_current_nor_constant() -> None:
    assert (UNSTATED_PRICES.is_current, UNSTATED_PRICES.year, UNSTATED_PRICES.is_stated) == (False, None, False)
    assert (str(UNSTATED_PRICES), repr(UNSTATED_PRICES)) == ("unstated prices", "UNSTATED_PRICES")


def test_a_basis_with_a_year_is_a_stated_one() -> None:
    with pytest.raises(UnexpectedValueError, match="a basis with a year is a stated one"):
        PriceBasis(2021, is_stated=False)


@pytest.mark.parametrize("basis", [UNSTATED_PRICES, CURRENT_PRICES, PriceBasis.constant(2021)])
def test_an_amount_at_unstated_prices_meets_no_other_not_even_its_like(basis: PriceBasis) -> None:
    estimate, other = Money(10, "USD", UNSTATED_PRICES), Money(10, "USD", basis)
    for meet in (
        lambda: estimate + other,
        lambda: other - estimate,
        lambda: estimate / other,
        lambda: estimate < other,
    ):
        with pytest.raises(MixedPriceBasesError, match=r"perhaps different price bases.*assuming\(basis\)"):
            meet()


@given(AMOUNTS, BASES)
def test_assuming_a_basis_changes_nothing_else(amount: Decimal, basis: PriceBasis) -> None:
    assert Money(amount, "USD", UNSTATED_PRICES).assuming(basis) == Money(amount, "USD", basis)


@given(MONEY)
def test_a_basis_that_is_known_is_not_assumed(money: Money) -> None:
    with pytest.raises(MixedPriceBasesError):
        money.assuming(CURRENT_PRICES)


def test_constant_prices_need_a_year() -> None:
    with pytest.raises(InvalidYearError, match="None is not a usable year"):
        PriceBasis.constant(None)  # type: ignore[arg-type] # refused on purpose


# --- building --------------------------------------------------------------------------------------------


def test_amounts_are_built_in_units_millions_or_billions() -> None:
    assert Money("1500000000", "USD") == Money.millions(1500, "USD") == Money.billions("1.5", Currency("USD"))
    assert Money.millions(1, "USD", CURRENT_PRICES).basis == CURRENT_PRICES


@given(MONEY)
def test_an_amount_reads_back_in_millions_and_billions(money: Money) -> None:
    assert Money.millions(money.in_millions, money.currency, money.basis) == money
    assert Money.billions(money.in_billions, money.currency, money.basis) == money


@pytest.mark.parametrize("build", [Money, Money.millions, Money.billions])
@pytest.mark.parametrize("value", [0.1, 5056631.0, True, None])
def test_a_float_is_no_published_amount(build: Callable[[Any, str], Money], value: object) -> None:
    with pytest.raises(InexactNumberError, match=f"{value!r} is a {type(value).__name__}"):
        build(value, "USD")


@pytest.mark.parametrize("build", [Money, Money.millions, Money.billions])
@pytest.mark.parametrize("value", ["", "NaN", "Infinity", "1_000", "1,5", "١٢", "1e400", 10**31, Decimal("Infinity")])
def test_an_amount_is_a_finite_figure(build: Callable[[Any, str], Money], value: object) -> None:
    with pytest.raises(InvalidNumberError, match="valid: a finite decimal number"):
        build(value, "USD")


@pytest.mark.parametrize("basis", [None, 2021, "current"])
def test_a_basis_is_a_price_basis(basis: object) -> None:
    with pytest.raises(UnexpectedValueError, match="not usable as a price basis"):
        Money(1, "USD", basis)  # type: ignore[arg-type] # refused on purpose


# --- algebra ---------------------------------------------------------------------------------------------


@given(DOLLARS, DOLLARS)
def test_addition_is_commutative(one: Money, two: Money) -> None:
    assert one + two == two + one


@given(DOLLARS, DOLLARS, DOLLARS)
def test_addition_is_associative(one: Money, two: Money, three: Money) -> None:
    assert (one + two) + three == one + (two + three)


@given(DOLLARS, DOLLARS)
def test_subtraction_undoes_addition(one: Money, two: Money) -> None:
    assert one + two - two == one
    assert one - two == one + -two


@given(MONEY)
def test_an_amount_and_its_opposite_are_nothing(money: Money) -> None:
    assert money + -money == money.with_amount(0)
    assert abs(money) == abs(-money) == max(money, -money)


@given(st.lists(DOLLARS, min_size=1))
def test_a_total_is_the_sum(amounts: list[Money]) -> None:
    assert Money.total(iter(amounts)) == Money(sum(item.amount for item in amounts), "USD")


@given(MONEY)
def test_a_total_keeps_currency_and_basis(money: Money) -> None:
    assert Money.total([money]) == money
    assert Money.total([money, money]) == money * 2


def test_the_total_of_nothing_has_no_currency() -> None:
    with pytest.raises(InvalidNumberError, match=r"total of money: 'nothing'.*at least one amount"):
        Money.total([])


@given(DOLLARS, DOLLARS, st.integers(-100, 100))
def test_multiplication_distributes_over_addition(one: Money, two: Money, factor: int) -> None:
    assert (one + two) * factor == one * factor + factor * two


@given(MONEY, st.integers(1, 64))
def test_division_by_a_number_undoes_multiplication(money: Money, factor: int) -> None:
    assert money * factor / factor == money
    assert money * Decimal(factor) / Decimal(factor) == money


@given(MONEY.filter(lambda money: bool(money.amount)))
def test_an_amount_is_once_itself(money: Money) -> None:
    assert money / money == 1
    assert money * 3 / money == 3


@given(SHARES, DOLLARS.filter(lambda money: money.amount > 0))
def test_the_share_of_a_part_that_was_taken_as_a_share_is_that_share(share: Share, whole: Money) -> None:
    assert (whole * share).share_of(whole).published(8) == share
    assert share * whole == whole * share


def test_a_part_in_the_red_or_above_its_whole_is_no_share() -> None:
    with pytest.raises(ShareOutOfRangeError, match="-50 %"):
        (-USD).share_of(USD * 2)
    with pytest.raises(ShareOutOfRangeError, match="200 %"):
        (USD * 2).share_of(USD)


def test_a_share_of_no_money_is_refused() -> None:
    with pytest.raises(InvalidNumberError):
        USD.share_of(USD.with_amount(0))


@pytest.mark.parametrize("divisor", [0, Decimal(0), USD.with_amount(0)])
def test_nothing_is_divided_by_nothing(divisor: int) -> None:
    with pytest.raises(InvalidNumberError, match=r"divisor: '0'.*a ratio to nothing is not a number"):
        _ = USD / divisor


def test_an_amount_that_grows_beyond_what_is_exact_is_refused() -> None:
    with pytest.raises(InvalidNumberError, match="below 1e31"):
        _ = Money(10**30, "USD") * 10


# --- order -----------------------------------------------------------------------------------------------


@given(DOLLARS, DOLLARS)
def test_amounts_order_as_their_figures(one: Money, two: Money) -> None:
    assert (one < two) == (one.amount < two.amount)
    assert (one <= two) == (one.amount <= two.amount)
    assert (one > two) == (one.amount > two.amount)
    assert (one >= two) == (one.amount >= two.amount)


@given(MONEY)
def test_an_amount_is_at_least_and_at_most_itself(money: Money) -> None:
    same = money.with_amount(money.amount)
    assert money <= same
    assert money >= same
    assert not money < same


def test_the_same_amount_written_with_more_decimals_is_the_same_money() -> None:
    assert Money("2.50", "USD") == Money("2.5", "USD")
    assert hash(Money("2.50", "USD")) == hash(Money("2.5", "USD"))


def test_the_same_amount_of_another_kind_is_other_money() -> None:
    assert len({USD, EUR, USD_2021, USD_2015}) == 4


# --- no mixing -------------------------------------------------------------------------------------------

OPERATIONS: list[Callable[[Money, Money], object]] = [
    lambda one, two: one + two,
    lambda one, two: one - two,
    lambda one, two: one / two,
    lambda one, two: one < two,
    lambda one, two: one <= two,
    lambda one, two: one > two,
    lambda one, two: one >= two,
    lambda one, two: one.share_of(two),
    lambda one, two: Money.total([one, two]),
]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_mixing_currencies_is_refused(operation: Callable[[Money, Money], object]) -> None:
    with pytest.raises(MixedCurrenciesError) as caught:
        operation(USD, EUR)
    assert {caught.value.left, caught.value.right} == {"USD", "EUR"}
    assert "nothing converts implicitly" in str(caught.value)


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("other", [USD, USD_2015])
def test_mixing_price_bases_is_refused(operation: Callable[[Money, Money], object], other: Money) -> None:
    with pytest.raises(MixedPriceBasesError) as caught:
        operation(USD_2021, other)
    assert {caught.value.left, caught.value.right} == {"constant 2021 prices", str(other.basis)}
    assert "nothing deflates implicitly" in str(caught.value)


NUMBER: Any = 3
ANY_MONEY: Any = USD


@pytest.mark.parametrize(
    "operation",
    [
        lambda: USD + NUMBER,
        lambda: NUMBER + ANY_MONEY,
        lambda: USD - NUMBER,
        lambda: ANY_MONEY * 0.5,
        lambda: ANY_MONEY / 0.5,
        lambda: ANY_MONEY / Share.percent(50),
        lambda: USD * ANY_MONEY,
        lambda: USD < NUMBER,
        lambda: USD > NUMBER,
        lambda: USD <= NUMBER,
        lambda: USD >= NUMBER,
        lambda: NUMBER / ANY_MONEY,
        lambda: float(ANY_MONEY),
        lambda: sum([ANY_MONEY, USD]),
        lambda: Money.total([NUMBER]),
        lambda: Money.total([USD, NUMBER]),
        lambda: USD.share_of(NUMBER),
    ],
)
def test_money_and_bare_numbers_do_not_mix(operation: Callable[[], object]) -> None:
    with pytest.raises(TypeError):
        operation()


@pytest.mark.parametrize("operation", [lambda: USD * True, lambda: USD / True])
def test_a_flag_is_no_factor(operation: Callable[[], object]) -> None:
    with pytest.raises(InexactNumberError, match="True is a bool"):
        operation()


# --- how it looks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("money", "text", "code"),
    [
        (USD.with_amount(0), "USD 0.00 (current prices)", "Money('0', 'USD', CURRENT_PRICES)"),
        (USD.with_amount("999999.5"), "USD 999,999.50 (current prices)", "Money('999999.5', 'USD', CURRENT_PRICES)"),
        (Money.millions(1, "EUR"), "EUR 1.00 m (current prices)", "Money('1 m', 'EUR', CURRENT_PRICES)"),
        (
            Money.millions("64841.085", "USD"),
            "USD 64.84 bn (current prices)",
            "Money('64.841085 bn', 'USD', CURRENT_PRICES)",
        ),
        (
            Money.billions(-5056, "USD", PriceBasis.constant(2021)),
            "USD -5.06 tn (constant 2021 prices)",
            "Money('-5.056 tn', 'USD', PriceBasis.constant(2021))",
        ),
        (
            Money(10**30, "USD"),
            f"USD {10**18:,}.00 tn (current prices)",
            f"Money('{10**18} tn', 'USD', CURRENT_PRICES)",
        ),
    ],
)
def test_money_shows_amount_currency_and_basis(money: Money, text: str, code: str) -> None:
    assert (str(money), repr(money)) == (text, code)


def test_no_money_has_no_minus() -> None:
    nothing = USD.with_amount(0)
    assert (str(-nothing), repr(-nothing)) == (str(nothing), repr(nothing))


@given(DOLLARS, DOLLARS, SHARES, BASES)
def test_money_does_not_depend_on_the_callers_decimal_context(
    one: Money, two: Money, share: Share, basis: PriceBasis
) -> None:
    def results() -> list[object]:
        return [
            one + two,
            one - two,
            one * share,
            one * Decimal("1.23456"),
            one / 7,
            one / Money("12345.67", "USD"),
            -one,
            abs(one),
            one < two,
            Money.total([one, two, one]),
            Money.millions("12345.6789", "EUR", basis).in_billions,
            one.in_millions,
            str(one),
            repr(one),
        ]

    expected = results()
    with localcontext(prec=3):
        assert results() == expected
