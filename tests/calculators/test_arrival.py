"""When a target would be met, and whether a plan is credible."""

from __future__ import annotations

import attrs
import pytest

import natoburden as nb
from natoburden.calculators.promises import (
    arrival,
    credibility,
    stated_path,
)
from natoburden.errors import InvalidNumberError, UnexpectedValueError
from tests.calculators.made_promises import ON, RECORD, TABLE


def test_arrival_tells_promises_and_trend_apart() -> None:
    path = stated_path(TABLE, RECORD, "DEU", on=ON)
    when = arrival(TABLE, path, nb.HAGUE_CORE)
    assert (when.on_promises, when.lateness(when.on_promises)) == (2029, 0)
    assert when.trend == nb.PercentagePoints("0.252")
    assert (when.on_trend, when.lateness(when.on_trend)) == (2030, 0)
    assert "2029, in time" in when.explain()


def test_a_late_arrival_says_how_late_and_no_arrival_is_never() -> None:
    late = arrival(TABLE, stated_path(TABLE, RECORD, "SVN", on=ON), nb.HAGUE_CORE)
    assert (late.on_promises, late.on_trend, late.lateness(late.on_trend)) == (None, 2052, 17)
    assert "never" in late.explain()
    assert "17 years late" in late.explain()
    assert "1 year late" in attrs.evolve(late, on_trend=2036).explain()
    falling = arrival(TABLE, stated_path(TABLE, RECORD, "USA", on=ON), nb.HAGUE_CORE)
    assert falling.on_trend is None


def test_a_target_met_already_is_met_in_the_present_year() -> None:
    when = arrival(TABLE, stated_path(TABLE, RECORD, "POL", on=ON), nb.VILNIUS_FLOOR)
    assert (when.on_promises, when.on_trend) == (2026, 2026)
    assert when.lateness(2026) == 3


@pytest.mark.parametrize("years", [0, -3, 2.5, True])
def test_a_trend_needs_a_whole_number_of_years(years: object) -> None:
    path = stated_path(TABLE, RECORD, "DEU", on=ON)
    with pytest.raises(InvalidNumberError, match="at least one"):
        arrival(TABLE, path, nb.HAGUE_CORE, trend_years=years)  # type: ignore[arg-type] # refused on purpose


def test_a_steady_plan_is_credible_and_one_that_falls_or_ends_short_is_not() -> None:
    steady = nb.pathways.path(nb.Share.percent(2), nb.HAGUE_CORE.share, first_year=2025, last_year=2035).by_year
    good = credibility(steady, nb.HAGUE_CORE)
    assert good.is_credible
    assert good.steepest is not None
    assert "credible: yes" in good.explain()
    late = credibility({year + 1: share for year, share in steady.items()}, nb.HAGUE_CORE)
    assert (late.is_credible, late.reached_in) == (False, None)
    assert "no year in time" in late.explain()
    assert late.formula.endswith(", and 3.50 % is reached by 2035")
    undated = credibility(steady, nb.VILNIUS_FLOOR)
    assert undated.formula == "credible if no year's share is below the year before's, and 2.00 % is reached"
    falling = credibility({**steady, 2030: nb.Share.percent(2)}, nb.HAGUE_CORE)
    assert (falling.is_credible, falling.falls_in) == (False, (2030,))


def test_a_plan_of_one_year_has_no_steepest_rise_and_an_empty_one_is_refused() -> None:
    alone = credibility({2026: nb.Share.percent(3)}, nb.VILNIUS_FLOOR)
    assert alone.steepest is None
    assert "one year only" in alone.explain()
    with pytest.raises(UnexpectedValueError, match="at least one year"):
        credibility({}, nb.HAGUE_CORE)
