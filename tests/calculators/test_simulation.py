"""Simulations: against closed forms, seeds and laws; and what revisions of estimates were."""

from __future__ import annotations

import math
import sys
from decimal import Decimal
from statistics import NormalDist
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import natoburden as nb
from natoburden import errors
from natoburden.calculators import pathways, simulation
from natoburden.calculators.simulation import Assumptions, Uncertain

TABLE = nb.datasets.defence_expenditure("2026-07")
EDITIONS = nb.datasets.defence_expenditure_editions("2024-06", "2025-08", "2026-07")
PERCENT = nb.Rate.percent
LEVELS = tuple(map(nb.Share.percent, (5, 50, 95)))
SURE = Uncertain.surely(PERCENT(0))
CERTAIN = Assumptions(
    gdp_growth=SURE, inflation=SURE, exchange_rate=SURE, execution=SURE, revision=SURE, correlation=nb.Share.percent(0)
)
SPREAD = attrs.evolve(
    CERTAIN,
    gdp_growth=Uncertain(PERCENT("1.5"), PERCENT(2)),
    inflation=Uncertain(PERCENT(2), PERCENT(1)),
    exchange_rate=Uncertain(PERCENT(0), PERCENT(6)),
    execution=Uncertain(PERCENT(-2), PERCENT(3)),
    revision=Uncertain(PERCENT(1), PERCENT(4)),
)


def plan(country: str, target: str = "3.5", last: int = 2035) -> dict[int, nb.Share]:
    start = TABLE.share_of_gdp(country, 2026)
    return pathways.path(start, nb.Share.percent(target), first_year=2026, last_year=last).by_year


PLANS: Any = {"DEU": plan("DEU"), "POL": plan("POL", "4.8"), "ESP": plan("ESP")}


def run(assumptions: Any = SPREAD, plans: Any = PLANS, **options: Any) -> simulation.Simulation:
    asked: dict[str, Any] = {"seed": 7, "draws": 2000, "levels": LEVELS, "targets": [nb.HAGUE_CORE]}
    return simulation.simulate(TABLE, plans, assumptions, **asked | options)


def test_without_spread_every_quantile_is_the_plan() -> None:
    for row in run(CERTAIN):
        assert {share.published(6) for share in row.shares} == {row.plan.published(6)}
    amounts = run(CERTAIN).year("DEU", 2035).amounts
    gdp = TABLE.gdp("DEU", 2026).value
    assert all(abs((amount - gdp * nb.Share.percent("3.5")).in_millions) < 1 for amount in amounts)


def test_the_median_of_amounts_grows_with_gdp_prices_and_rates() -> None:
    sure = attrs.evolve(
        CERTAIN,
        gdp_growth=Uncertain.surely(PERCENT("1.5")),
        inflation=Uncertain.surely(PERCENT(2)),
        exchange_rate=Uncertain.surely(PERCENT(-1)),
        execution=Uncertain.surely(PERCENT(-4)),
        revision=Uncertain.surely(PERCENT(3)),
    )
    row = run(sure).year("DEU", 2030)
    factor = Decimal("0.96") * (Decimal("1.015") * Decimal("1.02") * Decimal("0.99")) ** 4
    by_hand = TABLE.gdp("DEU", 2026).value * row.plan * factor
    assert abs((row.amounts[0] / by_hand) - 1) < Decimal("1e-6")
    assert abs(row.shares[0].as_fraction / row.plan.as_fraction - Decimal("0.96") * Decimal("1.03")) < Decimal("1e-6")


@pytest.mark.parametrize("follows_gdp", [False, True])
def test_quantiles_agree_with_the_closed_form(follows_gdp: bool) -> None:
    """The logarithm of the share is normal: execution and revision once, GDP and prices once a year."""
    year, draws = 2032, 60_000
    row = run(plans={"DEU": PLANS["DEU"]}, draws=draws, follows_gdp=follows_gdp).year("DEU", year)
    surprise = 0 if follows_gdp else (0.02**2 + 0.01**2) * (year - 2026)
    deviation = math.sqrt(surprise + 0.03**2 + 0.04**2)
    centre = math.log(float(row.plan.as_fraction) * 0.98 * 1.01)
    for level, share in zip(row.levels, row.shares, strict=True):
        expected = math.exp(centre + deviation * NormalDist().inv_cdf(float(level.as_fraction)))
        assert float(share.as_fraction) == pytest.approx(expected, rel=0.004)  # six standard errors of the quantile
    least = math.log(float(nb.HAGUE_CORE.share.as_fraction) - 0.00005)
    probability = 1 - NormalDist(centre, deviation).cdf(least)
    assert float(row.probability(nb.HAGUE_CORE).as_fraction) == pytest.approx(probability, abs=0.012)


def test_the_same_seed_gives_the_same_numbers_whoever_else_is_drawn() -> None:
    assert run() == run()
    alone = run(plans={"DEU": PLANS["DEU"]})
    assert alone.year("DEU", 2035) == run().year("DEU", 2035)
    assert run(seed=8).year("DEU", 2035).shares != alone.year("DEU", 2035).shares


def test_the_number_of_threads_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    many = run(draws=40_000)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert run(draws=40_000) == many


def test_known_numbers_of_a_seed() -> None:
    """The same on every platform: kept here so that a change of the stream is noticed."""
    row = run(plans={"DEU": PLANS["DEU"]}, draws=1000).year("DEU", 2035)
    assert [f"{share.as_percent:.4f}" for share in row.shares] == ["3.0223", "3.4735", "3.9966"]


FIELDS = ("gdp_growth", "inflation", "execution", "revision")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 8), min_size=4, max_size=4), st.lists(st.integers(0, 4), min_size=4, max_size=4))
def test_wider_inputs_never_narrow_the_output(base: list[int], more: list[int]) -> None:
    def width(spreads: list[int]) -> float:
        named = zip(FIELDS, spreads, strict=True)
        changes: dict[str, Any] = {name: Uncertain(PERCENT(0), PERCENT(spread)) for name, spread in named}
        assumed = attrs.evolve(CERTAIN, **changes)
        shares = run(assumed, {"DEU": PLANS["DEU"]}, draws=4000).year("DEU", 2033).shares
        return math.log(shares[-1].as_fraction / shares[0].as_fraction)

    wider = [one + other for one, other in zip(base, more, strict=True)]
    assert width(wider) >= width(base) * 0.95  # the sample's own error, with the same draws in both


def test_correlated_shocks_widen_the_group_and_leave_each_ally() -> None:
    def spread(correlation: int, entity: Any) -> float:
        assumed = attrs.evolve(SPREAD, correlation=nb.Share.percent(correlation))
        many: Any = {ally: plan(ally.key) for ally in TABLE.reporting_members("NATO_EUROPE", 2026)}
        shares = run(assumed, many, draws=4000).year(entity, 2035).shares
        return float(shares[-1].as_fraction / shares[0].as_fraction)

    group = nb.Group.find("NATO")
    assert spread(90, group) > 1.1 * spread(0, group)
    assert spread(90, "DEU") == pytest.approx(spread(0, "DEU"), rel=0.05)


def test_all_together_are_total_over_total() -> None:
    rows = run(CERTAIN)
    shares = {key: rows.year(key, 2030).plan.as_fraction for key in PLANS}
    gdps = {key: TABLE.gdp(key, 2026).value.amount for key in PLANS}
    together = sum((shares[key] * gdps[key] for key in PLANS), Decimal(0)) / sum(gdps.values(), Decimal(0))
    row = rows.year("NATO", 2030)
    assert abs(row.plan.as_fraction - together) < Decimal("1e-8")
    assert abs(row.shares[1].as_fraction - together) < Decimal("1e-8")


def test_assumptions_may_differ_by_ally() -> None:
    assumed: Any = {"DEU": SPREAD, "POL": CERTAIN, "ESP": CERTAIN}
    rows = run(assumed)
    assert len({share.published(6) for share in rows.year("POL", 2035).shares}) == 1
    assert rows.year("DEU", 2035).shares == run().year("DEU", 2035).shares
    assert "2 sets of assumptions" in rows.year("NATO", 2035).formula
    assert "execution -2.00 % ± 3.00 %" in rows.year("DEU", 2035).explain()


def test_a_simulation_makes_columns_and_never_firmer_than_a_projection() -> None:
    rows = run()
    columns = rows.to_columns()
    assert {"share_q5_percent", "amount_q95_million_usd", "meets_hague-core_percent"} <= set(columns)
    assert {row.status for row in rows} == {nb.Status.PROJECTION}
    assert (rows.draws, rows.seed, len(rows)) == (2000, 7, 4 * 9)


def test_a_share_is_cut_at_the_whole() -> None:
    wild = attrs.evolve(CERTAIN, revision=Uncertain(PERCENT(0), PERCENT(400)))
    assert run(wild).year("DEU", 2035).shares[-1] == nb.Share.percent(100)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"draws": 10}, "a whole number from 100 to 1000000"),
        ({"draws": 2.5}, "a whole number"),
        ({"seed": -1}, "zero or more"),
        ({"seed": None}, "zero or more"),
        ({"levels": [0.5]}, r"Share\.percent"),
        ({"targets": [nb.HAGUE_RELATED]}, "aim or floor of core expenditure"),
        ({"targets": [attrs.evolve(nb.HAGUE_CORE, modality=nb.Modality.CEILING)]}, "aim or floor"),
        ({"targets": ["hague-core"]}, "a target"),
        ({"plans": {}}, "a share for each year after 2026"),
        ({"plans": {"DEU": {}}}, "plans of Germany"),
        ({"plans": {"DEU": {2027: nb.Share.percent(2), 2029: nb.Share.percent(2)}}}, "from 2027 to 2029"),
        ({"plans": {"DEU": plan("DEU"), "POL": plan("POL", last=2033)}}, "plan of Poland .* from 2027 to 2035"),
        ({"plans": {"DEU": {2027: 2}}}, "a planned share"),
        ({"plans": {"DEU": [2]}}, "shares by year"),
        ({"plans": ["DEU"]}, "a mapping of countries"),
        ({"plans": {"AUT": plan("DEU")}}, "no member"),
        ({"assumptions": {"DEU": SPREAD}}, "none for Spain, Poland"),
        ({"assumptions": {"DEU": SPREAD, "POL": 2, "ESP": SPREAD}}, "one by country"),
        ({"assumptions": "mild"}, "one by country"),
        (
            {
                "assumptions": {
                    "DEU": SPREAD,
                    "POL": SPREAD,
                    "ESP": attrs.evolve(SPREAD, correlation=nb.Share.percent(9)),
                }
            },
            "one correlation in a group",
        ),
        ({"start_year": 2012}, "from 2013 to 2035"),
    ],
)
def test_what_cannot_be_simulated_is_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(errors.NatoBurdenError, match=words):
        run(**options)


@pytest.mark.parametrize(
    ("median", "spread"), [(PERCENT(0), PERCENT(-1)), (PERCENT(-100), PERCENT(1)), (0, PERCENT(1))]
)
def test_an_uncertain_rate_is_sound(median: Any, spread: Any) -> None:
    with pytest.raises(errors.UnexpectedValueError):
        Uncertain(median, spread)


def test_rows_are_found_by_ally_and_year_and_targets_by_themselves() -> None:
    rows = run()
    with pytest.raises(errors.InvalidYearError, match="2027 to 2035"):
        rows.year("DEU", 2040)
    with pytest.raises(errors.UnknownNameError):
        rows.year("FRA", 2030)
    with pytest.raises(errors.UnexpectedValueError, match="simulate"):
        rows[0].probability(nb.VILNIUS_FLOOR)


def test_without_numpy_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(errors.MissingExtraError, match=r"natoburden\[stats\]"):
        run()


# --- revisions -------------------------------------------------------------------------------------------


def test_revision_errors_compare_estimates_with_the_newest_edition() -> None:
    found = simulation.revision_errors(EDITIONS)
    germany = [row for row in found if row.country.key == "DEU"]
    assert [(row.edition, row.year, row.ahead, str(row.estimate), str(row.later)) for row in germany] == [
        ("2024-06", 2023, 2, "1.64 %", "1.60 %"),
        ("2024-06", 2024, 1, "2.12 %", "2.00 %"),
        ("2025-08", 2024, 2, "2.00 %", "2.00 %"),
    ]


def test_the_spread_of_revisions_is_that_of_their_logarithms() -> None:
    found = simulation.revision_errors(EDITIONS).of(1)
    logs = [math.log(row.later.as_fraction / row.estimate.as_fraction) for row in found]
    mean = sum(logs) / len(logs)
    spread = math.sqrt(sum((log - mean) ** 2 for log in logs) / (len(logs) - 1))
    assert float(found.uncertain.spread.as_fraction) == pytest.approx(spread, abs=1e-6)
    assert float(found.uncertain.median.factor) == pytest.approx(math.exp(mean), abs=1e-6)
    assert "change" in found[0].explain()
    assert {row.ahead for row in found} == {1}


def test_revisions_need_editions_and_estimates() -> None:
    one: Any = TABLE
    with pytest.raises(errors.UnexpectedValueError, match="defence_expenditure_editions"):
        simulation.revision_errors(one)
    with pytest.raises(errors.UnexpectedValueError, match="by a later edition"):
        simulation.revision_errors([TABLE])
    with pytest.raises(errors.TooFewError, match="of revisions of 0; valid: at least 3"):
        simulation.revision_errors(EDITIONS).of(9)


def test_progress_is_told_ally_by_ally() -> None:
    told: list[tuple[int, int]] = []
    run(draws=100, progress=lambda done, in_all: told.append((done, in_all)))
    assert told == [(1, 3), (2, 3), (3, 3)]
