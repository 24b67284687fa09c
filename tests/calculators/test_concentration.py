"""Concentration: published values, laws, and intervals over what is unknown."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.errors import InvalidNumberError, UnexpectedValueError

CLOSE = Decimal("1e-25")


@st.composite
def wholes(draw: st.DrawFn, *, least: int = 1) -> tuple[list[nb.Share], nb.Share]:
    """Draw shares that add up to one, and an unknown rest."""
    parts = draw(st.lists(st.integers(1, 10**6), min_size=least, max_size=8))
    rest = draw(st.integers(0, 10**6))
    whole = sum(parts) + rest
    return [nb.Share.of(part, whole) for part in parts], nb.Share.of(rest, whole)


@st.composite
def known(draw: st.DrawFn, *, least: int = 1) -> list[nb.Share]:
    parts = draw(st.lists(st.integers(1, 10**6), min_size=least, max_size=8))
    return [nb.Share.of(part, sum(parts)) for part in parts]


def test_reference_concentration(reference: dict[str, list[dict[str, Any]]]) -> None:
    for case in reference["hhi"]:
        result = nb.concentration.measures([nb.Share.percent(part) for part in case["percents"]])
        assert result.hhi.points.low == Decimal(case["points"])
        assert result.effective_number is not None
        found = {
            "effective_number": result.effective_number.low,
            "shannon": result.shannon,
            "equivalent": result.equivalent,
            "theil": result.theil,
            "normalised": result.normalised,
            "top_four": result.top(4).low,
        }
        for name, figure in found.items():
            if name in case:
                assert figure is not None
                assert round(figure, -Decimal(case[name]).as_tuple().exponent) == Decimal(case[name])  # type: ignore[operator]


def test_reference_theil_with_shares_of_zero(reference: dict[str, list[dict[str, Any]]]) -> None:
    for case in reference["theil"]:
        whole = sum(map(int, case["amounts"]))
        result = nb.concentration.measures([nb.Share.of(amount, whole) for amount in case["amounts"]])
        assert result.theil is not None
        assert abs(result.theil - Decimal(case["expected"])) < Decimal("1e-12")


@given(known())
def test_the_index_lies_between_equal_shares_and_one_supplier(shares: list[nb.Share]) -> None:
    index = nb.concentration.hhi(shares).value
    assert 1 / Decimal(len(shares)) - CLOSE <= index <= 1


@given(wholes())
def test_with_an_unknown_part_the_index_is_an_interval_around_the_index_without_it(
    drawn: tuple[list[nb.Share], nb.Share],
) -> None:
    shares, unknown = drawn
    index = nb.concentration.hhi(shares, unknown=unknown)
    assert index.without_unknown is not None
    assert index.interval.low - CLOSE <= index.without_unknown <= index.interval.high + CLOSE
    largest = max(shares)
    rest = [share.as_fraction for share in shares]
    rest.remove(largest.as_fraction)
    high = (largest.as_fraction + unknown.as_fraction) ** 2 + sum(part**2 for part in rest)
    assert abs(index.interval.high - high) < CLOSE


@given(known(least=2))
def test_merging_two_suppliers_never_lowers_the_index(shares: list[nb.Share]) -> None:
    merged = nb.Share.fraction(min(shares[0].as_fraction + shares[1].as_fraction, Decimal(1)))
    assert nb.concentration.hhi([merged, *shares[2:]]).value >= nb.concentration.hhi(shares).value - CLOSE


@given(known(), st.randoms())
def test_the_order_of_shares_changes_nothing(shares: list[nb.Share], random: Any) -> None:
    shuffled = list(shares)
    random.shuffle(shuffled)
    assert nb.concentration.measures(shuffled) == nb.concentration.measures(shares)


@given(known(least=2))
def test_the_relatives_agree_with_their_definitions(shares: list[nb.Share]) -> None:
    result = nb.concentration.measures(shares)
    parts = [float(share.as_fraction) for share in shares]
    entropy = -sum(part * math.log(part) for part in parts)
    assert result.shannon is not None
    assert result.theil is not None
    assert result.normalised is not None
    assert result.effective_number is not None
    assert math.isclose(float(result.shannon), entropy, abs_tol=1e-9)
    assert math.isclose(float(result.theil), math.log(len(parts)) - entropy, abs_tol=1e-9)
    assert -CLOSE <= result.normalised <= 1
    assert 1 - CLOSE <= result.effective_number.low <= len(parts) + CLOSE
    assert result.berger_parker.low == max(share.as_fraction for share in shares)


def test_exact_shares_give_exact_indices() -> None:
    assert Fraction(nb.concentration.hhi([nb.Share.percent("12.5")] * 8).value) == Fraction(1, 8)


def test_shares_that_leave_a_rest_are_not_scaled_up() -> None:
    with pytest.raises(UnexpectedValueError, match="90 % is not usable as shares of one whole; say what is missing"):
        nb.concentration.hhi([nb.Share.percent(50), nb.Share.percent(40)])
    with pytest.raises(UnexpectedValueError):
        nb.concentration.hhi([nb.Share.percent(80), nb.Share.percent(40)])


def test_an_index_with_an_unknown_part_is_not_one_number() -> None:
    index = nb.concentration.hhi([nb.Share.percent(50), nb.Share.percent(30)], unknown=nb.Share.percent(20))
    with pytest.raises(UnexpectedValueError, match=r"20\.00 % of the whole is unknown"):
        _ = index.value
    assert Decimal("0.5") in index.interval
    assert Decimal("0.6") not in index.interval
    assert "unknown" in index.explain()
    result = nb.concentration.measures(index.shares, unknown=index.unknown)
    assert (result.shannon, result.equivalent, result.theil, result.normalised) == (None, None, None, None)
    assert str(result.effective_number) == "1.7241 to 2.9412"
    assert str(result.top(2)) == "0.8 to 1"


def test_nothing_known_gives_an_index_between_nothing_and_one() -> None:
    index = nb.concentration.hhi([], unknown=nb.Share.percent(100))
    assert (index.interval, index.without_unknown) == (nb.concentration.Interval(Decimal(0), Decimal(1)), None)
    assert index.find("points, unknown left out").text == "none"
    blank = nb.concentration.measures([nb.Share.percent(0)], unknown=nb.Share.percent(100))
    assert blank.effective_number is None
    assert blank.find("effective number").text == "unknown"
    with pytest.raises(InvalidNumberError, match="at least one share"):
        nb.concentration.measures([], unknown=nb.Share.percent(100))


@pytest.mark.parametrize("k", [0, -1, True, "2"])
def test_the_number_of_largest_suppliers_is_a_whole_number_from_one(k: Any) -> None:
    result = nb.concentration.measures([nb.Share.percent(100)])
    with pytest.raises(UnexpectedValueError):
        result.top(k)
    assert result.normalised is None


def test_a_concentration_explains_itself() -> None:
    result = nb.concentration.measures([nb.Share.percent(part) for part in (30, 30, 20, 20)])
    text = result.explain()
    assert "points: 2600" in text
    assert "exp(Shannon): 3.920" in text
    assert result.to_dict()["count"] == 4
    assert result.hhi.to_row()["unknown_percent"] == 0


@given(known())
def test_no_known_part_means_a_point(shares: list[nb.Share]) -> None:
    assume(shares)
    assert nb.concentration.hhi(shares).interval.is_point
