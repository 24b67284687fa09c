"""Shares, percentage points and rates: three meanings, three types, and their algebra."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natoburden.errors import InexactNumberError, InvalidNumberError, ShareOutOfRangeError
from natoburden.model.shares import PercentagePoints, Rate, Share
from tests.strategies import POINTS, RATES, SHARES, figures

AMOUNTS = figures(0, 10**12, places=2)
BUILDERS = [Share.percent, Share.fraction, Rate.percent, Rate.fraction, PercentagePoints]

# --- building --------------------------------------------------------------------------------------------


def test_percent_and_fraction_name_two_scales_of_one_share() -> None:
    assert Share.percent("2.22") == Share.fraction("0.0222")
    assert Rate.percent("-1.5") == Rate.fraction("-0.015")


def test_a_share_is_never_built_without_its_scale() -> None:
    with pytest.raises(TypeError, match="which scale"):
        Share("2.22")  # percent or fraction? refused on purpose


def test_a_share_gives_its_figure_on_both_scales() -> None:
    share = Share.percent("2.20")
    assert (str(share.as_percent), str(share.as_fraction)) == ("2.20", "0.0220")


@pytest.mark.parametrize("build", BUILDERS)
@pytest.mark.parametrize("value", [0.0222, float("nan"), True, None])
def test_a_float_or_flag_is_no_published_figure(build: Callable[[Any], object], value: object) -> None:
    with pytest.raises(InexactNumberError, match=f"{value!r} is a {type(value).__name__}; valid: str, int or Decimal"):
        build(value)


@pytest.mark.parametrize("build", BUILDERS)
@pytest.mark.parametrize("value", ["", "NaN", "Infinity", "1_000", "1,5", "٣", "1e400", "2 %", Decimal("NaN")])
def test_a_text_that_is_no_finite_figure_is_refused(build: Callable[[Any], object], value: object) -> None:
    with pytest.raises(InvalidNumberError, match="valid: a finite decimal number"):
        build(value)


@pytest.mark.parametrize(
    ("build", "value", "shown"),
    [
        (Share.percent, "350", "350 %"),
        (Share.percent, "100.01", "100.01 %"),
        (Share.percent, "-0.01", "-0.01 %"),
        (Share.fraction, "3.5", "350 %"),
    ],
)
def test_a_part_is_never_more_than_its_whole_or_less_than_nothing(
    build: Callable[[str], Share], value: str, shown: str
) -> None:
    with pytest.raises(ShareOutOfRangeError) as caught:
        build(value)
    assert str(caught.value).startswith(
        f"{shown} is not a share of a whole; valid: 0 % to 100 %; Share.percent('3.5') and"
    )
    assert "use Rate for growth" in str(caught.value)


def test_nothing_and_everything_are_shares() -> None:
    assert (Share.percent(0), Share.percent(100)) == (Share.fraction(0), Share.fraction(1))


@pytest.mark.parametrize("kind", [Share, Rate])
@pytest.mark.parametrize("value", [1, "0.02"])
def test_the_constructor_takes_the_same_figures_as_fraction_does(kind: type[Share] | type[Rate], value: object) -> None:
    made = kind(as_fraction=value)  # type: ignore[arg-type] # typed as Decimal, given as users do
    assert type(made.as_fraction) is Decimal
    assert made == kind.fraction(value)  # type: ignore[arg-type] # as above


@pytest.mark.parametrize("kind", [Share, Rate])
@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_the_constructor_refuses_what_is_not_finite(kind: type[Share] | type[Rate], value: str) -> None:
    with pytest.raises(InvalidNumberError, match="as_fraction"):
        kind(as_fraction=Decimal(value))


@pytest.mark.parametrize("kind", [Share, Rate])
def test_the_constructor_refuses_a_float(kind: type[Share] | type[Rate]) -> None:
    with pytest.raises(InexactNumberError, match=r"as_fraction: 0\.02 is a float"):
        kind(as_fraction=0.02)  # type: ignore[arg-type] # refused on purpose


@pytest.mark.parametrize("before_and_after", [("1e-30", "1e30"), ("1e-60", "1")])
def test_a_rate_beyond_what_is_exact_is_refused_rather_than_made_unprintable(before_and_after: tuple[str, str]) -> None:
    with pytest.raises(InvalidNumberError, match="below 1e31"):
        Rate.between(*before_and_after)


# --- parts and wholes ------------------------------------------------------------------------------------


@given(SHARES, AMOUNTS.filter(bool))
def test_a_share_of_a_whole_gives_the_share_back(share: Share, whole: Decimal) -> None:
    assert Share.of(share.as_fraction * whole, whole).published(8) == share


@given(AMOUNTS, AMOUNTS)
def test_a_part_of_a_sum_and_the_rest_are_the_whole(part: Decimal, rest: Decimal) -> None:
    if part + rest:
        one, other = Share.of(part, part + rest), Share.of(rest, part + rest)
        assert abs(one.as_fraction + other.as_fraction - 1) < Decimal("1e-30")


def test_a_part_may_not_exceed_its_whole() -> None:
    with pytest.raises(ShareOutOfRangeError, match="150 %"):
        Share.of(3, 2)


def test_a_share_of_nothing_says_that_the_whole_is_zero() -> None:
    with pytest.raises(InvalidNumberError, match=r"^whole: '0'"):
        Share.of(5, 0)


def test_growth_from_nothing_says_that_the_amount_before_is_zero() -> None:
    with pytest.raises(InvalidNumberError, match=r"^amount before: '0'"):
        Rate.between("0.0", 5)


# --- algebra ---------------------------------------------------------------------------------------------


@given(SHARES, SHARES)
def test_a_share_and_the_distance_to_another_give_the_other(one: Share, other: Share) -> None:
    assert one + (other - one) == other


@given(SHARES, SHARES)
def test_distances_between_shares_are_opposite(one: Share, other: Share) -> None:
    assert one - other == -(other - one)
    assert abs(one - other) == abs(other - one)


@given(POINTS, POINTS)
def test_adding_points_is_commutative(one: PercentagePoints, two: PercentagePoints) -> None:
    assert one + two == two + one


@given(POINTS, POINTS, POINTS)
def test_adding_points_is_associative(one: PercentagePoints, two: PercentagePoints, three: PercentagePoints) -> None:
    assert (one + two) + three == one + (two + three)


@given(POINTS, POINTS)
def test_subtracting_points_undoes_adding_them(one: PercentagePoints, two: PercentagePoints) -> None:
    assert one + two - two == one
    assert one + -one == PercentagePoints(0)


@given(POINTS)
def test_points_times_a_number_are_points_added_up(points: PercentagePoints) -> None:
    assert points.times(Decimal(3)) == points + points + points


@given(RATES)
def test_a_rate_multiplies_by_one_plus_itself(rate: Rate) -> None:
    assert rate.factor == 1 + rate.as_fraction
    assert rate.as_percent == 100 * rate.as_fraction


@given(RATES, RATES)
def test_compounding_multiplies_the_factors(one: Rate, two: Rate) -> None:
    assert one.compounded_with(two).factor == one.factor * two.factor
    assert one.compounded_with(two) == two.compounded_with(one)


@given(RATES)
def test_compounding_with_no_change_changes_nothing(rate: Rate) -> None:
    assert rate.compounded_with(Rate.percent(0)) == rate


@given(AMOUNTS.filter(bool), AMOUNTS)
def test_the_rate_between_two_amounts_leads_from_one_to_the_other(before: Decimal, after: Decimal) -> None:
    reached = before * Rate.between(before, after).factor
    assert abs(reached - after) <= Decimal("1e-14")


@given(SHARES, SHARES)
def test_shares_order_as_their_figures(one: Share, two: Share) -> None:
    assert (one < two) == (one.as_percent < two.as_percent)
    assert (one <= two) == (two >= one)
    assert sorted([one, two]) == [min(one, two), max(one, two)]


@given(POINTS, POINTS, RATES, RATES)
def test_points_and_rates_order_as_their_figures(
    one: PercentagePoints, two: PercentagePoints, rate: Rate, other: Rate
) -> None:
    assert (one < two) == (one.value < two.value)
    assert (rate > other) == (rate.as_fraction > other.as_fraction)


# --- rounding --------------------------------------------------------------------------------------------


@given(SHARES, st.integers(0, 4))
def test_publishing_twice_is_publishing_once(share: Share, decimals: int) -> None:
    assert share.published(decimals).published(decimals) == share.published(decimals)


@given(SHARES, st.integers(0, 4))
def test_publishing_moves_a_share_by_half_a_unit_at_most(share: Share, decimals: int) -> None:
    assert abs(share.published(decimals) - share) <= PercentagePoints(Decimal(5).scaleb(-decimals - 1))


def test_publishing_rounds_a_half_up() -> None:
    assert Share.percent("1.995").published() == Share.percent(2)
    assert Share.percent("1.985").published(2) == Share.percent("1.99")


@pytest.mark.parametrize("decimals", [4, 30, 40])
def test_publishing_with_more_decimals_than_there_are_changes_nothing(decimals: int) -> None:
    assert Share.percent("50.5").published(decimals) == Share.percent("50.5")


# --- no mixing -------------------------------------------------------------------------------------------

SHARE: Any = Share.percent(3)
POINT: Any = PercentagePoints(3)
RATE: Any = Rate.percent(3)


@pytest.mark.parametrize(
    "operation",
    [
        lambda: SHARE + SHARE,
        lambda: SHARE - POINT,
        lambda: SHARE + RATE,
        lambda: SHARE + 1,
        lambda: SHARE - 1,
        lambda: POINT + SHARE,
        lambda: POINT - SHARE,
        lambda: POINT + 1,
        lambda: POINT - 1,
        lambda: RATE + RATE,
        lambda: RATE - RATE,
        lambda: SHARE * 2,
        lambda: float(SHARE),
        lambda: SHARE < POINT,
        lambda: SHARE < RATE,
        lambda: SHARE < 1,
        lambda: POINT >= 2,
        lambda: RATE > 1,
    ],
)
def test_meanings_do_not_mix(operation: Callable[[], object]) -> None:
    with pytest.raises(TypeError):
        operation()


def test_the_same_figure_in_another_meaning_is_another_value() -> None:
    assert len({SHARE, POINT, RATE, Decimal(3)}) == 4


@given(SHARES)
def test_equal_shares_have_equal_hashes(share: Share) -> None:
    padded = Share(as_fraction=share.as_fraction + Decimal("0.000000000000"))
    assert (padded, hash(padded)) == (share, hash(share))


@pytest.mark.parametrize("points", ["98", "-2.01"])
def test_points_do_not_lead_out_of_the_whole(points: str) -> None:
    with pytest.raises(ShareOutOfRangeError):
        _ = Share.percent("2") + PercentagePoints(points) + PercentagePoints("0.01")


# --- how they look ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text", "code"),
    [
        (Share.percent("2.2249"), "2.22 %", "Share('2.2249 %')"),
        (Share.percent("3.50"), "3.50 %", "Share('3.5 %')"),
        (PercentagePoints("1.28"), "+1.28 pp", "PercentagePoints('1.28')"),
        (PercentagePoints("-0.755"), "-0.76 pp", "PercentagePoints('-0.755')"),
        (Rate.percent("19.02"), "+19.02 %", "Rate('19.02 %')"),
        (Rate.percent("-7"), "-7.00 %", "Rate('-7 %')"),
    ],
)
def test_values_show_their_sign_and_scale(value: object, text: str, code: str) -> None:
    assert (str(value), repr(value)) == (text, code)


@pytest.mark.parametrize("zero", [Share.percent("-0"), Share.percent("0")])
def test_a_share_of_nothing_has_no_minus(zero: Share) -> None:
    assert (str(zero), repr(zero)) == ("0.00 %", "Share('0 %')")


@given(SHARES, POINTS, RATES)
def test_shares_do_not_depend_on_the_callers_decimal_context(
    share: Share, points: PercentagePoints, rate: Rate
) -> None:
    def results() -> list[object]:
        return [
            share.published(),
            share - Share.percent("3.1234"),
            Share.of(share.as_percent, 100),
            str(share),
            repr(share),
            points + points - PercentagePoints("1.2345"),
            points.times(Decimal("1.2345")),
            -points,
            abs(points),
            str(points),
            rate.factor,
            rate.compounded_with(rate),
            Rate.between("123456", "654321"),
            str(rate),
        ]

    expected = results()
    with localcontext(prec=3):
        assert results() == expected
