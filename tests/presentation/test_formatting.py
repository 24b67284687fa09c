"""Figures in the reader's language."""

from __future__ import annotations

from decimal import Decimal

import pytest

import natoburden as nb
from natoburden.presentation.formatting import format_number, format_share


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
