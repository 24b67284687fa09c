"""A cost estimate beside GDP and beside paths, under assumptions that are all arguments."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.calculators.estimates import EstimateComparison, compare
from natoburden.errors import InvalidNumberError, MixedPriceBasesError, NoObservationError
from natoburden.model.money import UNSTATED_PRICES, Money, PriceBasis

TABLE = nb.datasets.defence_expenditure("2024-06")
FIVE = ("DEU", "GBR", "FRA", "ITA", "ESP")
ESTIMATE = Money.billions(3100, "USD", UNSTATED_PRICES)


def compared(estimate: Money = ESTIMATE, **changes: Any) -> EstimateComparison:
    arguments: dict[str, Any] = {
        "years": 10,
        "table": TABLE,
        "countries": FIVE,
        "year": 2024,
        "target": nb.Share.percent("3.5"),
        "gdp_growth": nb.Rate.percent(0),
    }
    return compare(estimate, **(arguments | changes))


def test_the_path_is_redone_by_hand() -> None:
    result = compared()
    spent = sum(float(TABLE.expenditure(country, 2024).value.amount) for country in FIVE)
    gdp = sum(float(TABLE.gdp(country, 2024).value.amount) for country in FIVE)
    # Without growth a line to the target adds (1 + 2 + ... + 10) / 10 = 5.5 times the gap of one year.
    path = 5.5 * (0.035 * gdp - spent)
    assert float(result.path.additional.amount) == pytest.approx(path, rel=1e-12)
    assert float(result.of_path or 0) == pytest.approx(3.1e12 / path, rel=1e-12)
    assert float(result.of_jump or 0) == pytest.approx(3.1e12 / (10 * (0.035 * gdp - spent)), rel=1e-12)
    assert float(result.start.as_fraction) == pytest.approx(spent / gdp, rel=1e-12)


def test_an_unstated_basis_is_taken_as_the_prices_of_the_year_and_said_so() -> None:
    result = compared()
    assert result.estimate == Money.billions(3100, "USD", PriceBasis.constant(2024))
    assert result.formula.startswith("assumed: the estimate is at prices and exchange rates of 2024")
    assert compared(Money.billions(3100, "USD", PriceBasis.constant(2024))).of_path == result.of_path


def test_an_estimate_at_other_prices_is_refused() -> None:
    with pytest.raises(MixedPriceBasesError):
        compared(Money.billions(3100, "USD", PriceBasis.constant(2021)))


def test_a_target_already_spent_leaves_no_ratio() -> None:
    result = compared(target=nb.Share.percent(1))
    assert (result.of_path, result.of_jump) == (None, None)
    assert result.find("estimate over path").text == "none: the target is already spent"


def test_the_result_is_a_projection_that_names_its_set() -> None:
    result = compared(name="five largest")
    assert result.status is nb.Status.PROJECTION
    assert result.headline.endswith("beside five largest")
    assert compared().headline.endswith("beside Germany, United Kingdom, France, Italy, Spain")
    assert len(result.inputs) == 10
    assert "of the GDP of 2024: 2.04 %" in result.explain()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"countries": ()}, InvalidNumberError),
        ({"years": 0}, InvalidNumberError),
        ({"years": 2.5}, InvalidNumberError),
        ({"countries": ("ISL",)}, NoObservationError),
        ({"year": 2030}, NoObservationError),
    ],
)
def test_what_cannot_be_compared_is_refused(changes: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        compared(**changes)


@given(st.integers(1, 30), st.lists(st.sampled_from(FIVE), min_size=1, unique=True))
def test_more_countries_make_an_estimate_smaller_beside_them(years: int, countries: list[str]) -> None:
    all_five = compared(years=years)
    some = compared(years=years, countries=countries)
    assert some.of_gdp >= all_five.of_gdp
    assert (some.a_year * years - some.estimate).amount.copy_abs() < 1
