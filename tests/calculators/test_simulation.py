"""Simulations: against closed forms, seeds and laws; and what revisions of estimates were."""

from __future__ import annotations

import datetime as dt
import math
import signal
import sys
from decimal import Decimal
from statistics import NormalDist, fmean, stdev
from typing import Any, cast

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

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
    assert [f"{share.as_percent:.4f}" for share in row.shares] == ["3.0152", "3.4670", "4.0200"]


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
        shares = run(assumed, many, draws=4000, group="NATO_EUROPE").year(entity, 2035).shares
        return float(shares[-1].as_fraction / shares[0].as_fraction)

    group = nb.Group.find("NATO_EUROPE")
    assert spread(90, group) > 1.1 * spread(0, group)
    assert spread(90, "DEU") == pytest.approx(spread(0, "DEU"), rel=0.05)


def test_all_together_are_total_over_total() -> None:
    rows = run(CERTAIN)
    shares = {key: rows.year(key, 2030).plan.as_fraction for key in PLANS}
    gdps = {key: TABLE.gdp(key, 2026).value.amount for key in PLANS}
    together = sum((shares[key] * gdps[key] for key in PLANS), Decimal(0)) / sum(gdps.values(), Decimal(0))
    row = rows.year(rows.group, 2030)
    assert abs(row.plan.as_fraction - together) < Decimal("1e-8")
    assert abs(row.shares[1].as_fraction - together) < Decimal("1e-8")


def test_assumptions_may_differ_by_ally() -> None:
    assumed: Any = {"DEU": SPREAD, "POL": CERTAIN, "ESP": attrs.evolve(CERTAIN, exchange_rate=SPREAD.exchange_rate)}
    rows = run(assumed)
    assert len({share.published(6) for share in rows.year("POL", 2035).shares}) == 1
    assert rows.year("DEU", 2035).shares == run().year("DEU", 2035).shares
    assert "3 sets of assumptions" in rows.year(rows.group, 2035).formula
    assert "execution -2.00 % ± 3.00 %" in rows.year("DEU", 2035).explain()


def test_a_simulation_makes_columns_and_never_firmer_than_a_projection() -> None:
    rows = run()
    columns = rows.to_columns()
    assert {"share_q5_percent", "amount_q95_million_usd", "meets_hague-core_percent"} <= set(columns)
    assert {"share_q5_error_points", "amount_q95_error_million_usd", "meets_hague-core_error_points"} <= set(columns)
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
        ({"targets": ["hague-cor"]}, "did you mean 'hague-core'"),
        ({"targets": "wales-equipment"}, "aim or floor of core expenditure"),
        ({"plans": {}}, "a share for each year after 2026"),
        ({"plans": {"DEU": {}}}, "no year of Germany is not usable as plans"),
        ({"plans": {"DEU": {2027: nb.Share.percent(2), 2029: nb.Share.percent(2)}}}, "from 2027 to 2029"),
        ({"plans": {"DEU": plan("DEU"), "POL": plan("POL", last=2033)}}, "plan of Poland; .* from 2027 to 2035"),
        ({"plans": {"DEU": {2027: 2}}}, "a planned share"),
        ({"plans": {"DEU": [2]}}, "shares by year"),
        ({"plans": ["DEU"]}, "a mapping of countries"),
        ({"plans": {"AUT": plan("DEU")}}, "it is not in NATO Total in 2026"),
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
        ({"currencies": {"FRA": "EUR"}}, "currencies.*planned for"),
        ({"currencies": {"DEU": "euro"}}, "unknown currency 'euro'"),
        ({"currencies": ["DEU"]}, "a mapping of countries to currencies"),
        ({"assumptions": {"DEU": SPREAD, "POL": SPREAD, "ESP": CERTAIN}}, "both use EUR, which has one rate"),
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


# --- exchange rates --------------------------------------------------------------------------------------

RATES_ONLY = attrs.evolve(CERTAIN, exchange_rate=Uncertain(PERCENT(1), PERCENT(6)))
EURO: Any = {"DEU": plan("DEU"), "FRA": plan("FRA"), "ESP": plan("ESP")}


def test_allies_of_one_currency_share_one_shock() -> None:
    """With exchange rates alone uncertain, dollars of euro allies are one log-normal factor: so is their sum."""
    rows = run(RATES_ONLY, EURO, draws=60_000)
    year, sizes = 2032, {}
    for key in (*EURO, rows.group):
        row = rows.year(key, year)
        sizes[key] = [float(amount.in_millions) for amount in row.amounts]
        for level, amount in zip(row.levels, sizes[key], strict=True):
            at = math.exp(0.06 * math.sqrt(6) * NormalDist().inv_cdf(float(level.as_fraction)))
            assert amount / sizes[key][1] == pytest.approx(at, rel=0.006)
    for number in range(len(LEVELS)):
        apart = sum(sizes[key][number] for key in EURO)
        assert apart == pytest.approx(sizes[rows.group][number], rel=1e-6)


def test_allies_of_two_currencies_have_shocks_of_their_own() -> None:
    """Independent factors of equal spread: the variance of the sum is that of the weights' squares."""
    rows = run(RATES_ONLY, {"DEU": plan("DEU"), "GBR": plan("GBR")}, draws=60_000, levels=LEVELS)
    one, other, both = (rows.year(key, 2028) for key in ("DEU", "GBR", rows.group))
    weight = float(one.amounts[1] / (one.amounts[1] + other.amounts[1]))
    spread = math.log(float(both.amounts[2] / both.amounts[0])) / (2 * NormalDist().inv_cdf(0.95))
    expected = 0.06 * math.sqrt(2) * math.hypot(weight, 1 - weight)
    assert spread == pytest.approx(expected, rel=0.02)


def test_the_dollar_has_no_rate_against_itself() -> None:
    row = run(RATES_ONLY, {"USA": plan("USA", "3.5"), "CAN": plan("CAN")}).year("USA", 2030)
    by_hand = TABLE.gdp("USA", 2026).value * row.plan
    assert all(abs(amount / by_hand - 1) < Decimal("1e-6") for amount in row.amounts)
    assert "exchange rate +0.00 % ± 0.00 %" in row.formula


def test_a_currency_that_is_tied_to_another_shares_its_shocks_when_told() -> None:
    plans: Any = {"DEU": plan("DEU"), "DNK": plan("DNK")}

    def together(**told: Any) -> float:
        rows = run(RATES_ONLY, plans, draws=20_000, **told)
        amounts = rows.year(rows.group, 2030).amounts
        return float(amounts[2] / amounts[0])

    assert together(currencies={"Denmark": "EUR"}) > together() * 1.01
    tied = math.exp(2 * 0.06 * math.sqrt(4) * NormalDist().inv_cdf(0.95))
    assert together(currencies={"DNK": "EUR"}) == pytest.approx(tied, rel=0.02)


def test_an_ally_has_the_shocks_of_the_euro_from_the_year_it_joins() -> None:
    """Bulgaria joined in 2026: from a start in 2025 it moves as Germany does, from one in 2024 it does not."""

    def moved(key: str, edition: str, start: int) -> list[float]:
        plans: Any = {ally: {start + 1: nb.Share.percent(2)} for ally in ("DEU", "BGR")}
        table = nb.datasets.defence_expenditure(edition)
        rows = simulation.simulate(table, plans, RATES_ONLY, seed=3, start_year=start, levels=LEVELS)
        amounts = rows.year(key, start + 1).amounts
        return [float(amount / amounts[1]) for amount in amounts]

    assert moved("BGR", "2026-07", 2025) == pytest.approx(moved("DEU", "2026-07", 2025), rel=1e-5)
    assert moved("BGR", "2024-06", 2024) != pytest.approx(moved("DEU", "2024-06", 2024), rel=1e-5)


def test_an_interrupt_ends_it() -> None:
    with pytest.raises(KeyboardInterrupt):
        run(CERTAIN, progress=lambda *_done: signal.raise_signal(signal.SIGINT))


def test_the_currency_of_an_ally_that_is_not_known_is_its_own() -> None:
    from natoburden.calculators.simulation._moneys import moneys_of

    known = moneys_of([nb.Country("AUS"), nb.Country("MNE"), nb.Country("HRV")], [2022, 2023], {})
    assert list(known.values()) == [("that of AUS",) * 2, ("EUR", "EUR"), ("HRK", "EUR")]


# --- the error of the simulation --------------------------------------------------------------------------


def test_standard_errors_are_those_of_the_closed_form() -> None:
    """√(q(1 − q)/n) over the density at the quantile; √(p(1 − p)/n) for a frequency."""
    draws = 20_000
    row = run(plans={"DEU": PLANS["DEU"]}, draws=draws).year("DEU", 2034)
    deviation = math.sqrt((0.02**2 + 0.01**2) * 8 + 0.03**2 + 0.04**2)
    normal = NormalDist(math.log(float(row.plan.as_fraction) * 0.98 * 1.01), deviation)
    for level, error in zip(row.levels, row.share_errors, strict=True):
        q = float(level.as_fraction)
        at = normal.inv_cdf(q)
        density = normal.pdf(at) / math.exp(at)
        assert error is not None
        assert float(error.value) == pytest.approx(100 * math.sqrt(q * (1 - q) / draws) / density, rel=0.25)
    p = float(row.probabilities[0].as_fraction)
    assert float(row.probability_errors[0].value) == pytest.approx(100 * math.sqrt(p * (1 - p) / draws), rel=1e-3)


def test_the_error_is_how_far_figures_stray_from_seed_to_seed() -> None:
    rows = [run(plans={"DEU": PLANS["DEU"]}, draws=2000, seed=seed).year("DEU", 2030) for seed in range(40)]
    for number in range(len(LEVELS)):
        strayed = stdev(float(row.shares[number].as_percent) for row in rows)
        told = fmean(float(row.share_errors[number].value) for row in rows)  # type: ignore[union-attr] # enough draws
        assert 0.7 < strayed / told < 1.4
    strayed = stdev(float(row.probabilities[0].as_percent) for row in rows)
    assert 0.7 < strayed / fmean(float(row.probability_errors[0].value) for row in rows) < 1.4


def test_every_figure_is_printed_with_its_error() -> None:
    found = {item.label: item.text for item in run(plans={"DEU": PLANS["DEU"]}).year("DEU", 2035).findings}
    assert len(found) == len(LEVELS) + 1
    assert all(text.count("±") == 2 for label, text in found.items() if label.startswith("quantile"))
    assert all(text.count("±") == 1 for label, text in found.items() if label.startswith("meets"))


def test_an_extreme_has_no_error_and_says_so() -> None:
    ends = (nb.Share.percent(0), nb.Share.percent("0.1"), nb.Share.percent(50), nb.Share.percent(100))
    row = run(levels=ends, draws=200).year("DEU", 2035)
    assert [error is None for error in row.share_errors] == [True, True, False, True]
    assert [error is None for error in row.amount_errors] == [True, True, False, True]
    assert "too few draws" in row.findings[0].text
    assert row.to_row()["share_q0_error_points"] is None


def test_that_every_draw_meets_a_target_is_not_certainty() -> None:
    sure = run(plans={"POL": PLANS["POL"]}, draws=100).year("POL", 2027)
    assert sure.probabilities[0] == nb.Share.percent(100)
    assert sure.probability_errors[0].value > Decimal("0.9")


def test_twenty_runs_of_a_seed_are_the_same() -> None:
    asked: Any = {"draws": 9000, "plans": {"DEU": plan("DEU", last=2028), "FRA": plan("FRA", last=2028)}}
    first = run(**asked)
    assert all(run(**asked) == first for _ in range(19))


# --- what all together are called -------------------------------------------------------------------------


def test_a_group_that_was_not_simulated_whole_is_not_headed_as_the_group() -> None:
    alone = run(plans={"EST": plan("EST")})
    assert alone.group.name == "Estonia alone"
    with pytest.raises(errors.UnknownNameError, match="unknown row 'NATO Total'; valid: Estonia, Estonia alone"):
        alone.year("NATO", 2027)
    three = run()
    assert str(three.group) == "Germany, Spain and Poland together"
    assert "NATO Total" not in str(three)
    many: Any = {ally: plan(ally.key) for ally in TABLE.reporting_members("NATO", 2026) if ally.key != "USA"}
    most = run(plans=many, draws=100)
    assert str(most.group) == "30 of 31 members together, without United States"
    assert set(most.group.members(2026)) == {*many, nb.Country("ISL")}


def test_a_group_that_was_simulated_whole_bears_its_name() -> None:
    whole: Any = {ally: plan(ally.key) for ally in TABLE.reporting_members("NATO_EUR_CAN", 2026)}
    rows = run(plans=whole, draws=100, group="NATO_EUR_CAN")
    assert rows.group == nb.Group.find("NATO_EUR_CAN")
    assert rows.year("NATO Europe and Canada", 2030).entity == rows.group


# --- revisions -------------------------------------------------------------------------------------------


def compared(*keys: str, **options: Any) -> simulation.RevisionErrors:
    named = keys or ("2019-06", "2024-06", "2025-08", "2026-07")
    return simulation.revision_errors(nb.datasets.defence_expenditure_editions(*named), **options)


def test_revision_errors_compare_estimates_with_outcomes() -> None:
    found = simulation.revision_errors(EDITIONS)
    germany = [row for row in found if row.country.key == "DEU"]
    assert [(row.edition, row.year, row.ahead, str(row.estimate), str(row.later)) for row in germany] == [
        ("2024-06", 2023, 2, "1.64 %", "1.60 %"),
        ("2024-06", 2024, 1, "2.12 %", "2.00 %"),
        ("2025-08", 2024, 2, "2.00 %", "2.00 %"),
    ]


def test_no_estimate_is_compared_with_an_estimate() -> None:
    """The edition of August 2025 estimates 2025, and so does that of July 2026."""
    found = simulation.revision_errors(EDITIONS)
    assert {(row.edition, row.year) for row in found} == {("2024-06", 2023), ("2024-06", 2024), ("2025-08", 2024)}
    for row in found:
        estimate, outcome = row.inputs[:2]
        assert estimate.status is nb.Status.ESTIMATE
        assert outcome.status is nb.Status.ACTUAL


def logarithms(found: simulation.RevisionErrors) -> Any:
    return np.log([float(row.later.as_fraction) / float(row.estimate.as_fraction) for row in found])


@pytest.mark.parametrize("keys", [("2024-06", "2026-07"), ("2019-06", "2024-06"), ()])
def test_both_distributions_are_those_of_the_logarithms(keys: tuple[str, ...]) -> None:
    for found in (compared(*keys), compared(*keys).of(1)):
        logs = logarithms(found)
        robust, classical = found.uncertain, found.classical
        assert float(robust.spread.as_fraction) == pytest.approx(
            stats.median_abs_deviation(logs, scale="normal"), abs=1e-6
        )
        assert float(robust.median.factor) == pytest.approx(np.exp(np.median(logs)), abs=1e-6)
        assert float(classical.spread.as_fraction) == pytest.approx(np.std(logs, ddof=1), abs=1e-6)
        assert float(classical.median.factor) == pytest.approx(np.exp(np.mean(logs)), abs=1e-6)


def test_one_ally_moves_the_standard_deviation_and_hardly_the_robust_spread() -> None:
    whole, without = compared("2024-06", "2025-08", "2026-07"), compared("2024-06", "2025-08", "2026-07").without("ALB")
    assert [f"{one.classical.spread.as_percent:.2f}" for one in (whole, without)] == ["7.23", "4.94"]
    assert [f"{one.uncertain.spread.as_percent:.2f}" for one in (whole, without)] == ["3.03", "2.91"]
    assert {row.country.key for row in whole} - {row.country.key for row in without} == {"ALB"}


def test_estimates_of_2019_meet_outcomes_at_the_same_prices() -> None:
    """0.12 points on average, and Bulgaria's by 1.53."""
    found = compared("2019-06", "2024-06", "2026-07")
    of_2019 = [row for row in found if row.year == 2019]
    moved = {row.country.key: float((row.later - row.estimate).value) for row in of_2019}
    assert len(moved) == 28
    assert {(row.later_edition, row.same_prices) for row in of_2019} == {("2024-06", True)}
    assert np.mean(np.abs(list(moved.values()))) == pytest.approx(0.119, abs=5e-4)
    assert moved["BGR"] == pytest.approx(1.526, abs=5e-4)
    assert max(abs(by) for key, by in moved.items() if key != "BGR") == pytest.approx(0.322, abs=5e-4)
    assert np.mean([abs(row.later - row.estimate).value for row in found if row.year == 2018]) == pytest.approx(
        Decimal("0.046"), abs=Decimal("5e-4")
    )
    [bulgaria] = [row for row in of_2019 if row.country.key == "BGR"]
    assert bulgaria.find("constant prices").text == "the same in both editions"


def test_an_edition_at_other_prices_is_taken_where_there_is_no_other_unless_told() -> None:
    every, same = compared(), compared(only_same_prices=True)
    assert (len(every), len(same)) == (148, 87)
    assert [row for row in every if row.same_prices] == list(same)
    assert {(row.edition, row.later_edition) for row in every} == {
        ("2019-06", "2024-06"),
        ("2024-06", "2026-07"),
        ("2025-08", "2026-07"),
    }
    assert {row.later_edition for row in compared("2019-06", "2026-07")} == {"2026-07"}


def test_a_revision_is_the_product_of_revised_expenditure_and_of_the_rest() -> None:
    for row in compared():
        if row.by_expenditure is None or row.by_gdp is None:
            assert row.country.key == "BGR"  # the lev in one edition, the euro in the other
            assert row.find("change by GDP").text == "not known"
            continue
        before, after = (float(item.value.amount) for item in row.inputs[2:])
        assert float(row.by_expenditure.factor) == pytest.approx(after / before)
        assert float(row.by_expenditure.factor * row.by_gdp.factor) == pytest.approx(float(row.change.factor))


def test_a_revision_of_a_country_whose_money_is_not_known_is_not_taken_apart() -> None:
    renamed = {nb.Country("DEU"): nb.Country("AUS"), nb.Country("FRA"): nb.Country("NZL")}

    def abroad(table: nb.ExpenditureTable) -> nb.ExpenditureTable:
        kept = [attrs.evolve(i, entity=renamed[i.entity]) for i in table.observations if i.entity in renamed]
        return nb.ExpenditureTable(edition=table.edition, observations=tuple(kept))

    since = dt.date(1951, 9, 1)
    members = tuple(nb.model.Membership(country=country, start=since) for country in renamed.values())
    bloc = nb.model.Bloc(key="MADE", name="Made for a test", source=TABLE.edition.source, memberships=members)
    group = nb.Group(key="MADE", name="Made for a test", inside=(bloc,))
    found = simulation.revision_errors(map(abroad, (EDITIONS[0], EDITIONS[2])), group=group)
    assert [(row.country.key, row.year) for row in found] == [
        ("AUS", 2023),
        ("AUS", 2024),
        ("NZL", 2023),
        ("NZL", 2024),
    ]
    assert {(row.by_expenditure, row.by_gdp) for row in found} == {(None, None)}
    with pytest.raises(errors.TooFewError):
        _ = found.by_gdp


def test_what_is_not_expenditure_is_revised_gdp() -> None:
    """At the same constant prices the rest is the old GDP over the new one; Lithuania's share of 2019 is no ratio."""
    old, new = (nb.datasets.defence_expenditure(key) for key in ("2019-06", "2024-06"))
    prices = nb.PriceBasis.constant(2015)
    for row in compared("2019-06", "2024-06"):
        assert row.by_gdp is not None
        by_hand = old.gdp(row.country, row.year, prices).value / new.gdp(row.country, row.year, prices).value
        assert float(row.by_gdp.factor) == pytest.approx(
            float(by_hand), rel=0.006 if row.country.key == "LTU" else 1e-6
        )


def test_most_of_the_variance_of_revisions_is_revised_expenditure() -> None:
    found = compared("2019-06", "2024-06")
    prices = nb.PriceBasis.constant(2015)
    old, new = (nb.datasets.defence_expenditure(key) for key in ("2019-06", "2024-06"))

    def part(rows: simulation.RevisionErrors) -> float:
        spent = [
            float(
                new.expenditure(row.country, row.year, prices).value
                / old.expenditure(row.country, row.year, prices).value
            )
            for row in rows
        ]
        whole = logarithms(rows)
        return float(np.cov(np.log(spent), whole)[0, 1] / np.var(whole, ddof=1))

    for rows, percent in ((found, 95.6), (found.without("BGR"), 88.8)):
        assert float(rows.variance_by_expenditure.as_fraction) == pytest.approx(part(rows), abs=1e-3)
        assert 100 * part(rows) == pytest.approx(percent, abs=0.05)


def test_parts_of_a_revision_are_robust_distributions_too() -> None:
    found = compared()
    for name in ("by_expenditure", "by_gdp"):
        logs = np.log([float(getattr(row, name).factor) for row in found if getattr(row, name) is not None])
        made = getattr(found, name)
        assert float(made.spread.as_fraction) == pytest.approx(
            stats.median_abs_deviation(logs, scale="normal"), abs=1e-6
        )
        assert float(made.median.factor) == pytest.approx(np.exp(np.median(logs)), abs=1e-6)
        assert not made.holds_execution


def test_execution_is_not_counted_twice() -> None:
    found = compared()
    with pytest.raises(errors.UnexpectedValueError, match="which would count twice: give by_gdp"):
        attrs.evolve(SPREAD, revision=found.uncertain)
    with pytest.raises(errors.UnexpectedValueError, match="by_expenditure as execution"):
        attrs.evolve(SPREAD, revision=found.classical)
    whole = attrs.evolve(SPREAD, revision=found.uncertain, execution=SURE)
    apart = attrs.evolve(SPREAD, revision=found.by_gdp, execution=found.by_expenditure)
    assert whole.revision == found.uncertain
    assert apart.execution == found.by_expenditure


def test_revisions_print_what_they_make() -> None:
    found = compared()
    assert str(found).splitlines()[0] == "148 revisions of estimated shares of GDP"
    assert str(found.uncertain) in str(found)
    assert "change by expenditure" in found[0].explain()
    assert {row.ahead for row in found.of(1)} == {1}


def test_revisions_need_different_editions_and_estimates() -> None:
    one: Any = TABLE
    with pytest.raises(errors.UnexpectedValueError, match="defence_expenditure_editions"):
        simulation.revision_errors(one)
    with pytest.raises(errors.UnexpectedValueError, match="by a later edition"):
        simulation.revision_errors([TABLE])
    with pytest.raises(errors.UnexpectedValueError, match="2026-07 is given twice; give each once"):
        simulation.revision_errors([TABLE, TABLE])
    with pytest.raises(errors.UnexpectedValueError, match="2024-06 is given twice"):
        simulation.revision_errors([*EDITIONS, EDITIONS[0]])
    with pytest.raises(errors.TooFewError, match="has too few revisions: 0; valid: at least 3"):
        simulation.revision_errors(EDITIONS).of(9)
    with pytest.raises(errors.TooFewError, match="has too few revisions: 2"):
        _ = cast("simulation.RevisionErrors", simulation.revision_errors(EDITIONS)[:2]).uncertain
    alike = [row for row in compared() if row.country.key == "USA"][:1] * 3
    with pytest.raises(errors.TooFewError, match="different revisions"):
        _ = simulation.RevisionErrors(rows=tuple(alike)).variance_by_expenditure


def test_a_share_of_nothing_has_no_factor() -> None:
    later = [
        attrs.evolve(item, value=nb.Share.percent(0)) if item.measure is nb.Measure.SHARE_OF_GDP else item
        for item in EDITIONS[2].observations
    ]
    empty = nb.ExpenditureTable(edition=EDITIONS[2].edition, observations=tuple(later))
    with pytest.raises(errors.UnexpectedValueError, match="above zero"):
        simulation.revision_errors([EDITIONS[0], empty])


def test_progress_is_told_ally_by_ally() -> None:
    told: list[tuple[int, int]] = []
    run(draws=100, progress=lambda done, in_all: told.append((done, in_all)))
    assert told == [(1, 3), (2, 3), (3, 3)]
