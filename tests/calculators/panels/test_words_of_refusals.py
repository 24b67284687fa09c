"""What panels, weights of neighbours, responses and tests of convergence say in full when they refuse."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import natoburden as nb
from natoburden.calculators.panels import (
    Panel,
    SpatialWeights,
    beta_convergence,
    club_convergence,
    response,
    sigma_convergence,
)
from tests.calculators.panels.made import ALLIES, NEAR, NEIGHBOURS, PANEL, SOURCE, TABLE, YEARS, of_arrays
from tests.refusals import Refusal, names, said

FOUR = ["EST", "LVA", "LTU", "POL"]
THREE = tuple(map(nb.Country, FOUR[:3]))
SHAPE = (len(ALLIES), len(YEARS))
FLAT = of_arrays(y=np.ones(SHAPE), x=np.random.default_rng(1).normal(size=SHAPE))
WRONG: Any = "soon"


def of_rows(*rows: list[float], first: int = 2020, who: list[str] = FOUR) -> Panel:
    """Return a panel of one variable with a row for each of some allies."""
    figures = {(ally, first + t): value for ally, row in zip(who, rows, strict=False) for t, value in enumerate(row)}
    return Panel.of("made up", {"y": figures}, source=SOURCE)


def weighted(*rows: tuple[float, ...], countries: tuple[nb.Country, ...] = THREE) -> SpatialWeights:
    return SpatialWeights(name="own", countries=countries, rows=rows, how="as given", sources=(SOURCE,))


def pairs(weights: Any, **options: Any) -> SpatialWeights:
    return SpatialWeights.of("own", weights, source=SOURCE, **options)


REFUSALS: list[Refusal] = [
    (
        lambda: Panel.of("made up", {"y": {}}, source=SOURCE),
        "{'y': {}} is not usable as variables of a panel; there is no figure among them: give one at least",
    ),
    (
        lambda: Panel.of("made up", {"y": {("POL", 2020): WRONG}}, source=SOURCE),
        "'soon' is not usable as y of Poland, 2020; leave out what is missing",
    ),
    (
        lambda: Panel.of("made up", {"y": {("POL", 2020): 1.0, ("Poland", 2020): 2.0}}, source=SOURCE),
        "2.0 is not usable as y of Poland, 2020; the cell is given twice",
    ),
    (
        lambda: PANEL.of_variable("burdens"),
        "unknown variable of the panel 'burdens'; valid: expenditure, gdp, burden; did you mean 'burden'?",
    ),
    (
        lambda: PANEL.only(years=[2030]),
        "no cell is not usable as a part of the panel; the panel is of NATO Total, 31 allies, 2014-2026, "
        "edition 2026-07: name years and allies that it has",
    ),
    (
        lambda: nb.panels.panel(TABLE, years=[]),
        "none is not usable as years; give at least one, or leave them out for all",
    ),
    (
        lambda: nb.panels.panel(TABLE, measures=["population"]),
        "population is not usable as measures; give also macro=natoburden.datasets.macro()",
    ),
    (
        lambda: weighted((0, 1, 1), (1, 0, 1)),
        "2 rows is not usable as weights; give one row and one column for each of the 3 countries",
    ),
    (
        lambda: weighted((0, 1), (1, 0), (1, 1)),
        "3 rows is not usable as weights; give one row and one column for each of the 3 countries",
    ),
    (
        lambda: weighted((0.0, -1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, 0.0)),
        "-1.0 is not usable as the weight of Latvia for Estonia; write it as a float, zero or more",
    ),
    (
        lambda: weighted((0.0, 1.0, 1.0), (1.0, 0.5, 1.0), (1.0, 1.0, 0.0)),
        "0.5 is not usable as the weight of Latvia for itself; it is 0: no ally spills into itself",
    ),
    (lambda: weighted((0,), countries=THREE[:1]), "Estonia is not usable as countries; give at least two, each once"),
    (
        lambda: weighted((0, 0), (0, 0), countries=(THREE[0], THREE[0])),
        "Estonia, Estonia is not usable as countries; give at least two, each once",
    ),
    (
        lambda: pairs({("POL", "Poland"): 1}),
        "Poland and itself is not usable as a pair of countries; no ally spills into itself",
    ),
    (
        lambda: pairs({("POL", "DEU"): 1, ("Poland", "Germany"): 2}),
        "Poland and Germany is not usable as weights of pairs; the pair is given twice",
    ),
    (
        lambda: pairs({("POL", "DEU"): 1}, countries=["POL", "FRA"]),
        "unknown country of the weights 'Germany'; valid: Poland, France",
    ),
    (
        lambda: NEIGHBOURS.augmented("USA", -1),
        "-1 is not usable as the weight of United States; give a finite number, zero or more",
    ),
    (
        lambda: NEAR.augmented("USA"),
        "inverse distance is not usable as weights to augment; augment them first, and normalise them after",
    ),
    (
        lambda: NEIGHBOURS.augmented("JPN"),
        "unknown country of the weights 'Japan'; valid: Albania, Belgium, Bulgaria, Canada, Czechia, "
        "Germany, Denmark, Spain, Estonia, Finland, France, United Kingdom and 19 more",
    ),
    (lambda: response(TABLE, lags=-1), "lags: '-1' is not usable; valid: a whole number from 0 to 10"),
    (
        lambda: response(TABLE, spend_in_lag=WRONG),
        "lag of the spend-in: 'soon' is not usable; valid: a whole number from 0 to 10",
    ),
    (
        lambda: response(TABLE, level=nb.Share.percent(100)),
        "100.00 % is not usable as a level; it lies between 0 and 100 %, without the two: write Share.percent(95)",
    ),
    (lambda: response(TABLE, level=WRONG), "'soon' is not usable as a level; write Share.percent(95)"),
    (
        lambda: response(TABLE, regressors=["burden"]),
        "burden is not usable as regressors; it is the outcome; its lags are asked for by lags=1",
    ),
    (
        lambda: response(TABLE, in_levels=["gdp", "x", "w"]),
        "w, x is not usable as regressors in levels; name them among the regressors too",
    ),
    (
        lambda: response(FLAT, outcome="y", of="x", form="levels", regressors=["x"]),
        "1 in every row is not usable as y; an outcome that never moves responds to nothing: take "
        "another, or more years",
    ),
    (lambda: response(TABLE, []), "none is not usable as weights; give at least one, each of its own name"),
    (
        lambda: response(TABLE, [NEAR, NEAR]),
        "inverse distance, inverse distance is not usable as weights; give at least one, each of its own name",
    ),
    (
        lambda: response(TABLE, bandwidth=2),
        "2 is not usable as bandwidth; it is a number of years, for errors='driscoll-kraay' alone",
    ),
    (
        lambda: response(TABLE, bandwidth=-1, errors="driscoll-kraay"),
        "-1 is not usable as bandwidth; it is a number of years, for errors='driscoll-kraay' alone",
    ),
    (
        lambda: response(TABLE, bandwidth=13, errors="driscoll-kraay"),
        "bandwidth: '13' is not usable; valid: fewer than the 13 years that are regressed on",
    ),
    (
        lambda: response(TABLE, years=[2023, 2024], errors="driscoll-kraay"),
        "a regression with errors of Driscoll and Kraay has too few years: 2; valid: at least 3; take a "
        "wider group, more years or more editions",
    ),
    (
        lambda: response(TABLE, estimator="two-stage", errors="driscoll-kraay"),
        "driscoll-kraay is not usable as errors of two-stage least squares; linearmodels has them for "
        "least squares alone: cluster by ally",
    ),
    (
        lambda: response(TABLE, estimator="two-stage", regressors=[]),
        "none is not usable as regressors of two-stage least squares; their values of the other allies "
        "are the instruments: give at least one",
    ),
    (
        lambda: response(TABLE, estimator="two-stage", spend_in_lag=1),
        "1 is not usable as lag of the spend-in with two-stage least squares; a spend-in of years before "
        "is not determined together with the outcome: use least squares",
    ),
    (
        lambda: response(TABLE, left_out=ALLIES),
        "a panel regression has too few rows without a missing figure: 0; valid: at least 3; look what "
        "there is: another group or year may have some",
    ),
    (
        lambda: response(TABLE, years=[2025]),
        "a panel regression has too few rows: 31; valid: at least 34; take a wider group, more years or more editions",
    ),
    (
        lambda: response(TABLE, years=[2025], estimator="two-stage"),
        "a panel regression has too few rows: 31; valid: at least 34; take a wider group, more years or more editions",
    ),
    (
        lambda: sigma_convergence(TABLE, group=["POL", "DEU"]),
        "a test of burden in a panel has too few allies with a figure in every year: 2; valid: at least "
        "3; take a wider group, more years or more editions",
    ),
    (
        lambda: sigma_convergence(of_rows([1, -1], [1, 1], [1, 0]), of="y"),
        "a mean of 0 is not usable as y of 2021; the coefficient of variation divides by it: leave the year out",
    ),
    (
        lambda: sigma_convergence(of_rows([1, 1], [-1, 1], [0, 0]), of="y"),
        "a mean of 0 is not usable as y of 2020; the coefficient of variation divides by it: leave the year out",
    ),
    (
        lambda: sigma_convergence(of_rows([1, 2], [1, 1], [1, 3]), of="y"),
        "all alike is not usable as y of 2020; there is no dispersion that could fall: begin with another year",
    ),
    (
        lambda: beta_convergence(TABLE, years=[2025]),
        "2025 is not usable as years; growth needs a first and a last year",
    ),
    (
        lambda: beta_convergence(of_rows([1, 2], [1, 1], [1, 0], [1, 3]), of="y"),
        "0 is not usable as y of the panel; logs need figures above zero",
    ),
    (
        lambda: beta_convergence(of_rows([1, 2], [1, 1], [1, 4], [1, 3]), of="y"),
        "all alike is not usable as y of 2020; there is no low level to grow from: begin with another year",
    ),
    (
        lambda: beta_convergence(of_rows([1, 1.1], [2, 2.2], [3, 3.3], [7, 7.7]), of="y"),
        "all alike is not usable as growth of y from 2020 to 2021; a slope needs allies that grow at different rates: "
        "give other years or allies",
    ),
    (
        lambda: club_convergence(TABLE, years=[2014, 2015, *range(2017, 2027)]),
        "2014, 2015, 2017, 2018, 2019, 2020, … (70 characters) is not usable as years; the log t test "
        "needs years that follow one another: leave none out between them",
    ),
    (
        lambda: club_convergence(TABLE, years=range(2014, 2019)),
        "a log t test has too few years after those left out: 4; valid: at least 5; take a wider group, "
        "more years or more editions",
    ),
    (
        lambda: club_convergence(of_rows(*[[1.0] * 10] * 3), of="y"),
        "all alike in a year is not usable as figures; the log t test needs members that differ",
    ),
    (
        lambda: response(TABLE, regressors=["gdp", "expenditure"]),
        "spend-in by all others, gdp, expendi… (40 characters) is not usable as regressors; they "
        "determine the outcome without any error, as expenditure and GDP do the burden: leave one out",
    ),
    (
        lambda: response(TABLE, regressors=["gdp", "expenditure"], estimator="two-stage"),
        "spend-in by all others, gdp, expendi… (40 characters) is not usable as regressors; they "
        "determine the outcome without any error, as expenditure and GDP do the burden: leave one out",
    ),
    (
        lambda: response(TABLE, NEAR, left_out=set(ALLIES) - {nb.Country("POL"), nb.Country("DEU")}, effects="year"),
        "zero but for rounding is not usable as the standard error of spend-in by inverse distance, "
        "row-normalised; as that of two allies in effects of years is: take more allies, or other effects",
    ),
    (
        lambda: response(TABLE, SpatialWeights.contiguity(ALLIES, nb.datasets.land_borders())),
        "0 is not usable as spend-in by contiguity in logs; not above zero for United Kingdom: leave "
        "those without a neighbour out by left_out=, use other weights or form='levels', or name the "
        "regressor in in_levels",
    ),
    (
        lambda: response(TABLE, effects="two-way"),
        "all others is not usable as weights with two-way effects; each ally counts alike for all "
        "others, so that the spend-in is a total of the year less the ally's own expenditure. Effects of "
        "years take out the total, and the ally is regressed on itself with the sign turned. Use effects "
        "of allies alone, or weights that differ between allies, such as of distance",
    ),
    (
        lambda: response(PANEL, group=FOUR),
        "Estonia, Latvia, Lithuania and Polan… (37 characters) is not usable as a group; the panel is "
        "there already: build it of the group, or leave the group out",
    ),
    (
        lambda: club_convergence(of_rows(*[[1.0, 2.0, 3.0, -1.0, 2.0, 3.0, 4.0]] * 3), of="y"),
        "-1 is not usable as y of the panel; the log t test is of figures over their mean: all must be above zero",
    ),
]


@pytest.mark.parametrize(("ask", "words"), REFUSALS, ids=names(REFUSALS))
def test_a_refusal_of_panels_says_what_was_given_what_is_valid_and_what_to_do(
    ask: Callable[[], Any], words: str
) -> None:
    assert said(ask) == words


EXTRAS: list[tuple[str, Callable[[], Any], str]] = [
    (
        "statsmodels.regression.linear_model",
        lambda: beta_convergence(TABLE),
        "beta convergence needs statsmodels; pip install 'natoburden[econometrics]' provides it",
    ),
    (
        "linearmodels",
        lambda: response(TABLE),
        "a panel regression needs linearmodels; pip install 'natoburden[econometrics]' provides it",
    ),
]


@pytest.mark.parametrize(("absent", "ask", "words"), EXTRAS, ids=[absent for absent, _, _ in EXTRAS])
def test_a_missing_library_is_named_with_what_needs_it_and_the_extra_to_install(
    absent: str, ask: Callable[[], Any], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, absent, None)
    assert said(ask) == words
