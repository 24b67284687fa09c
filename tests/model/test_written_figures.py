"""Shares, points, rates and amounts are formatted and rounded as Python formats numbers, half up."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import natoburden as nb
from natoburden.errors import InvalidNumberError
from natoburden.model import Rate


@pytest.mark.parametrize(
    ("value", "spec", "written"),
    [
        (nb.Share.percent("2.25"), ".1f", "2.3"),
        (nb.Share.percent("2.218"), ".2%", "2.22%"),
        (nb.Share.percent("2.218"), "", "2.22 %"),
        (Rate.percent("-1.25"), "+.1f", "-1.3"),
        (Rate.percent("19.02"), ".1%", "19.0%"),
        (nb.PercentagePoints("1.28"), "+.1f", "+1.3"),
        (nb.PercentagePoints("1.28"), "", "+1.28 pp"),
        (nb.Money("64841085000", "USD"), ",.0f", "64,841,085,000"),
        (nb.Money("64841085000", "USD"), "", "USD 64.84 bn (current prices)"),
        (nb.Share.percent("2.218"), ">8.1f", "     2.2"),
    ],
)
def test_a_format_specification_writes_the_figure(value: Any, spec: str, written: str) -> None:
    assert format(value, spec) == written


def test_rounding_keeps_the_kind() -> None:
    assert round(nb.Share.percent("2.25"), 1) == nb.Share.percent("2.3")
    assert round(Rate.percent("-1.25"), 1) == Rate.percent("-1.3")
    assert round(nb.PercentagePoints("1.28"), 1) == nb.PercentagePoints("1.3")
    assert round(nb.Money("64841085000", "USD"), -9) == nb.Money("65 bn", "USD")


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        (nb.Share.percent("2.2"), "as_percent.*as_fraction"),
        (Rate.percent("2.2"), "as_percent.*as_fraction"),
        (nb.PercentagePoints("1.28"), "points.value"),
        (nb.Money(5, "USD"), "amount.amount"),
    ],
)
def test_a_float_is_refused_with_what_to_write(value: Any, remedy: str) -> None:
    with pytest.raises(TypeError, match=remedy):
        float(value)


def test_a_share_takes_a_text_that_names_its_scale_and_no_other() -> None:
    assert nb.Share("3.5 %") == nb.Share("3.5%") == nb.Share.percent("3.5")
    kind: Any = nb.Share
    for wrong in ((), ("3.5",), (3,)):
        with pytest.raises(TypeError, match="which scale"):
            kind(*wrong)
    with pytest.raises(TypeError, match="which scale"):
        kind("3 %", as_fraction=1)


def test_a_specification_without_decimals_formats_the_figure_as_it_is() -> None:
    assert f"{nb.Share.percent('3.25'):>8f}" == "    3.25"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (nb.Money("64.84 bn", "USD"), "USD 64.84 bn (current prices)"),
        (nb.Share.percent("2.25"), "2.25 %"),
        (nb.PercentagePoints("1.28"), "+1.28 pp"),
    ],
)
def test_a_width_alone_keeps_the_unit(value: nb.Money | nb.Share | nb.PercentagePoints, text: str) -> None:
    assert f"{value:>40}" == f"{value:40}" == text.rjust(40)
    assert f"{value:<40}" == text.ljust(40)
    assert f"{value:.^40}" == text.center(40, ".")


@pytest.mark.parametrize("value", [nb.Money("64.84 bn", "USD"), nb.Share.percent("2.25"), nb.PercentagePoints("1.28")])
@pytest.mark.parametrize("decimals", ["1", 1.0, None])
def test_decimals_that_are_no_whole_number_are_refused_by_name(value: Any, decimals: Any) -> None:
    with pytest.raises(InvalidNumberError, match="number of decimals"):
        value.__round__(decimals)
    assert round(value, np.int64(1)) == round(value, 1)
