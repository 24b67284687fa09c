"""A percent sign in a format is for shares and rates alone."""

from __future__ import annotations

import pytest

import natoburden as nb


@pytest.mark.parametrize(
    "value", [nb.PercentagePoints("1.28"), nb.Money("64.8 bn", "USD", nb.CURRENT_PRICES)], ids=["points", "money"]
)
def test_a_percent_format_of_points_or_money_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="multiply by a hundred"):
        format(value, ".2%")
