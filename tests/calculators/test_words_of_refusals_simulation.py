"""What simulations, revisions and what decides a count say in full when they refuse."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import simulation
from natoburden.calculators.simulation import Horizon, Uncertain, Vintages
from tests.calculators.test_simulation import CERTAIN, EDITIONS, PERCENT, PLANS, SPREAD, TABLE, plan, run
from tests.refusals import Refusal, names, said

MACRO = nb.datasets.macro()
SHARE = nb.Share.percent
CEILING = attrs.evolve(nb.HAGUE_CORE, key="cap", name="Cap", modality=nb.Modality.CEILING)
ERRORS = simulation.revision_errors(EDITIONS)
NEW = simulation.vintages(EDITIONS)
PAST = nb.datasets.defence_expenditure_editions(
    "2016-01", "2019-06", "2022-06", "2023-07", "2024-06", "2025-08", "2026-07"
)
OLD = simulation.vintages(PAST).of(Horizon.RUNNING_YEAR)
SAME = attrs.evolve(ERRORS, rows=tuple(row for row in ERRORS if row.ahead == 1)[:1] * 9)
LOOSE = attrs.evolve(SPREAD, correlation=SHARE(30))
WRONG: Any = "soon"


def counts(**options: Any) -> simulation.CountDistribution:
    given: dict[str, Any] = {"seed": 7, "draws": 100} | options
    return simulation.count_distribution(TABLE, PLANS, SPREAD, given.pop("target", nb.HAGUE_CORE), **given)


def alike(vintages: Vintages) -> Vintages:
    """Return the rows with the same share printed in all."""
    return attrs.evolve(vintages, rows=tuple(attrs.evolve(row, printed=SHARE(2)) for row in vintages))


def without_change(vintages: Vintages) -> Vintages:
    """Return the rows with the outcome that was printed."""
    return attrs.evolve(vintages, rows=tuple(attrs.evolve(row, latest=row.printed) for row in vintages))


def shares_of_nothing() -> nb.ExpenditureTable:
    """Return the newest edition with shares of zero."""
    rows = (
        attrs.evolve(row, value=SHARE(0)) if row.measure is nb.Measure.SHARE_OF_GDP else row for row in TABLE.select()
    )
    return nb.ExpenditureTable(edition=TABLE.edition, observations=tuple(rows))


REFUSALS: list[Refusal] = [
    (
        lambda: Uncertain(PERCENT(0), PERCENT(-1)),
        "-1.00 % is not usable as a spread; it is a standard deviation: zero or more",
    ),
    (lambda: Uncertain(PERCENT(-100), PERCENT(1)), "-100.00 % is not usable as a median; it must be more than −100 %"),
    (lambda: run(plans={}), "none is not usable as plans; give a share for each year after 2026"),
    (
        lambda: run(plans={"DEU": {}}),
        "no year of Germany is not usable as plans; give a share for each year after 2026",
    ),
    (
        lambda: run(plans={"DEU": {}, "POL": {}}),
        "no year of Germany, Poland is not usable as plans; give a share for each year after 2026",
    ),
    (
        lambda: run(plans={"DEU": {2027: SHARE(2), 2029: SHARE(2)}}),
        "2027, 2029 is not usable as a plan of Germany; give a share for each year from 2027 to 2029",
    ),
    (
        lambda: run(plans={"DEU": plan("DEU"), "POL": plan("POL", last=2033)}),
        "2027-2033 is not usable as a plan of Poland; give a share for each year from 2027 to 2035",
    ),
    (
        lambda: run(plans={"JPN": plan("DEU")}),
        "Japan is not usable as an ally with a plan; it is not in NATO Total in 2026: leave it out",
    ),
    (lambda: run(plans={"DEU": {2027: 2}}), "2 is not usable as a planned share; write Share.percent('2.5')"),
    (
        lambda: run(targets=[CEILING]),
        "Cap (ceiling: 3.50 % of GDP by 2035) is not usable as a target; give an aim or floor of core expenditure",
    ),
    (
        lambda: run(targets=[nb.HAGUE_RELATED]),
        "Hague related spending (ceiling: 1.5… (55 characters) is not usable as a target; give an aim or "
        "floor of core expenditure",
    ),
    (
        lambda: run({"DEU": SPREAD}),
        "none for Spain, Poland is not usable as assumptions; give one for each ally planned for",
    ),
    (
        lambda: run({"DEU": SPREAD, "POL": LOOSE, "ESP": SPREAD}),
        "0.00 %, 30.00 % is not usable as correlations; shocks have one correlation in a group: give all the same",
    ),
    (
        lambda: run(currencies={"FRA": "EUR"}),
        "France is not usable as currencies; give those of allies that are planned for",
    ),
    (lambda: run(draws=10), "draws: '10' is not usable; valid: a whole number from 100 to 1000000"),
    (lambda: run(seed=-1), "seed: '-1' is not usable; valid: a whole number, zero or more"),
    (
        lambda: run(draws=100)[0].probability(nb.WALES_GUIDELINE),
        "wales-guideline is not usable as a target; give it to simulate(targets=...)",
    ),
    (lambda: counts(year=2040), "2040 is not a usable year; valid: 2027 to 2035, which the plans cover"),
    (lambda: counts().chance("FRA"), "France is not usable as an ally; there are plans for Germany, Spain, Poland"),
    (
        lambda: counts(target=CEILING),
        "Cap (ceiling: 3.50 % of GDP by 2035) is not usable as a target; give an aim or floor of core expenditure",
    ),
    (
        lambda: simulation.chance_of_meeting(TABLE, "ESP", 2026, CEILING, ERRORS),
        "Cap (ceiling: 3.50 % of GDP by 2035) cannot be measured here; valid: an aim or floor of core expenditure",
    ),
    (
        lambda: simulation.assumptions_as_revised(EDITIONS, MACRO, since=2030, until=2035),
        "0 since 2030 is not usable as editions; give two or more, which are compared",
    ),
    (
        lambda: simulation.assumptions_as_revised(EDITIONS, MACRO, since=2024, until=2026),
        "until 2026 is not a usable year; valid: a year after 2026 that the outlook of 2026-04 covers",
    ),
    (
        lambda: simulation.sensitivity(TABLE, PLANS, CERTAIN, nb.HAGUE_CORE, seed=7, draws=100),
        "the same in all draws is not usable as the number of allies that meet it; nothing is uncertain, "
        "so that nothing decides it: give assumptions with a spread",
    ),
    (
        lambda: simulation.sensitivity(TABLE, PLANS, CERTAIN, nb.HAGUE_CORE, seed=7, draws=100, of="gross"),
        "the same in all draws is not usable as the sum that allies below it lack; nothing is uncertain, "
        "so that nothing decides it: give assumptions with a spread",
    ),
    (
        lambda: simulation.sensitivity(TABLE, PLANS, CERTAIN, nb.HAGUE_CORE, seed=7, draws=100, of="net"),
        "the same in all draws is not usable as the sum that all together lack; nothing is uncertain, so "
        "that nothing decides it: give assumptions with a spread",
    ),
    (
        lambda: simulation.vintages(EDITIONS[:1]),
        "a list of 1 is not usable as editions; give two or more: a figure is revised by a later edition",
    ),
    (
        lambda: simulation.vintages([]),
        "a list of 0 is not usable as editions; give two or more: a figure is revised by a later edition",
    ),
    (
        lambda: simulation.revision_errors([]),
        "a list of 0 is not usable as editions; give two or more: an estimate is revised by a later edition",
    ),
    (
        lambda: ERRORS.of(9),
        "a distribution has too few revisions: 0; valid: at least 3; look what there is: another group "
        "or year may have some",
    ),
    (
        lambda: simulation.mincer_zarnowitz(NEW.of(Horizon.RUNNING_YEAR)),
        "a test of revisions has too few clusters: 1; valid: at least 4; take a wider group, more years "
        "or more editions",
    ),
    (
        lambda: simulation.mincer_zarnowitz(alike(OLD), cluster="ally"),
        "the same share in every row is not usable as revisions; a slope needs different ones: give more rows",
    ),
    (
        lambda: simulation.news_or_noise(without_change(OLD)),
        "no spread between clusters is not usable as revisions; a test needs rows that differ: give more of them",
    ),
    (
        lambda: attrs.evolve(SPREAD, revision=ERRORS.uncertain),
        "-2.20 % ± 3.03 % is not usable as revision; whole revisions hold the execution of budgets, "
        "which would count twice: give by_gdp of the same revisions here and by_expenditure as "
        "execution, or Uncertain.surely(Rate.percent(0)) as execution",
    ),
    (
        lambda: attrs.evolve(ERRORS, rows=ERRORS.rows[:2]).uncertain,
        "a distribution has too few revisions: 2; valid: at least 3; take a wider group, more years or more editions",
    ),
    (
        lambda: attrs.evolve(ERRORS, rows=ERRORS.rows[:1] * 3).variance_by_expenditure,
        "a variance has too few different revisions: 1; valid: at least 3; take a wider group, more "
        "years or more editions",
    ),
    (
        lambda: simulation.vintages([PAST[0], PAST[3]]),
        "a table has too few revisions: 0; valid: at least 3; look what there is: another group or year may have some",
    ),
    (
        lambda: simulation.revision_errors([EDITIONS[0], shares_of_nothing()]),
        "1.75 % to 0.00 % is not usable as a revision; Albania in 2023: shares above zero have a factor",
    ),
    (
        lambda: run(plans=["DEU"]),
        "['DEU'] is not usable as plans; give a mapping of countries to shares by year: {'DEU': path(...).by_year}",
    ),
    (lambda: run(plans={"DEU": [2]}), "[2] is not usable as a plan of Germany; give shares by year: path(...).by_year"),
    (lambda: run(WRONG), "'soon' is not usable as assumptions; give Assumptions(...), or one by country"),
    (
        lambda: run(dict.fromkeys(PLANS, WRONG)),
        "'soon' is not usable as assumptions; give Assumptions(...), or one by country",
    ),
    (
        lambda: run(currencies=WRONG),
        "'soon' is not usable as currencies; give a mapping of countries to currencies: {'DNK': 'EUR'}",
    ),
    (
        lambda: attrs.evolve(SPREAD, inflation=WRONG),
        "'soon' is not usable as an uncertain rate; its type is str, not Uncertain",
    ),
    (
        lambda: attrs.evolve(SPREAD, gdp_growth=WRONG),
        "'soon' is not usable as an uncertain rate; its type is str, not Uncertain",
    ),
    (
        lambda: attrs.evolve(SPREAD, exchange_rate=WRONG),
        "'soon' is not usable as an uncertain rate; its type is str, not Uncertain",
    ),
    (
        lambda: attrs.evolve(SPREAD, execution=WRONG),
        "'soon' is not usable as an uncertain rate; its type is str, not Uncertain",
    ),
    (
        lambda: attrs.evolve(SPREAD, revision=WRONG),
        "'soon' is not usable as an uncertain rate; its type is str, not Uncertain",
    ),
    (
        lambda: simulation.assumptions_as_revised(EDITIONS, WRONG, since=2024, until=2030),
        "'soon' is not usable as an outlook; give one: natoburden.datasets.macro()",
    ),
    (
        lambda: simulation.mincer_zarnowitz(NEW),
        "actual, revised later, estimate of t… (80 characters) is not usable as horizons; give the rows "
        "of one, such as rows.of(Horizon.RUNNING_YEAR)",
    ),
    (
        lambda: simulation.chance_of_meeting(TABLE, "ESP", 2026, nb.WALES_GUIDELINE, SAME, method="robust normal"),
        "9 rows is not usable as revisions; half of them are the same, so that a normal distribution has "
        "no spread: take method='empirical'",
    ),
]


@pytest.mark.parametrize(("ask", "words"), REFUSALS, ids=names(REFUSALS))
def test_a_refusal_of_simulations_says_what_was_given_what_is_valid_and_what_to_do(
    ask: Callable[[], Any], words: str
) -> None:
    assert said(ask) == words


def test_a_missing_library_is_named_with_what_needs_it_and_the_extra_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "SALib.analyze", None)
    asked = said(lambda: simulation.sensitivity(TABLE, PLANS, SPREAD, nb.HAGUE_CORE, seed=7, draws=100, method="sobol"))
    assert asked == "a first-order Sobol index needs SALib; pip install 'natoburden[econometrics]' provides it"
    monkeypatch.setitem(sys.modules, "scipy", None)
    assert said(lambda: simulation.mincer_zarnowitz(OLD)) == (
        "a test of revisions needs scipy; pip install 'natoburden[stats]' provides it"
    )
