"""What panels, pathways, promises, purchases and simulations say of a value of another kind: what to write instead."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import natoburden as nb
from natoburden import (
    energy,
    fiscal,
    inference,
    offsets,
    outlooks,
    panels,
    pathways,
    promises,
    purchases,
    simulation,
)
from tests.calculators.panels.made import NEAR, PANEL
from tests.calculators.test_offsets import agreement
from tests.refusals import Refusal, names, said

TABLE = nb.datasets.defence_expenditure("2026-07")
MACRO = nb.datasets.macro()
ON = dt.date(2026, 7, 1)
PERCENT, SHARE, PP = nb.Rate.percent, nb.Share.percent, nb.PercentagePoints
X: Any = "soon"
ONE: Any = 5
SOURCE = nb.Source(title="An example", publisher="this test")
CONTRACTS = nb.datasets.announced_contracts()
DEALS = nb.datasets.energy_deals()
LNG = nb.datasets.us_energy_exports("lng")
PRICES = nb.datasets.energy_prices()
RECORD = nb.datasets.commitments()
STEPS = pathways.path(SHARE(2), SHARE(3), first_year=2026, last_year=2030)
SPACE = fiscal.space(TABLE, MACRO, "ITA", 2026)
VOLUME = nb.model.GasVolume(100, nb.model.GasUnit.MCM)
FIVE = ["EST", "LVA", "LTU", "POL", "DEU"]
BORDERS = nb.datasets.land_borders()


def security(**changes: Any) -> Any:
    parts = dict.fromkeys(("entry_points", "production", "storage", "lng", "largest", "demand"), VOLUME)
    return energy.n_minus_1("an example", **{**parts, "source": SOURCE, **changes})


REFUSALS: list[Refusal] = [
    (
        lambda: fiscal.escape_clause_room(TABLE, "DEU", base_year=2021, steps=X),
        "'soon' is not usable as a path; lay one: natoburden.pathways.path(...)",
    ),
    (
        lambda: inference.false_discoveries(X),
        "'soon' is not usable as tests; give results with a p-value, or p-values by name",
    ),
    (
        lambda: offsets.performance(X, 2025),
        "'soon' is not usable as an agreement; give one: natoburden.datasets.offset_agreements()",
    ),
    (
        lambda: offsets.obligation_under(nb.datasets.offset_rules()["UAE"], X),
        "'soon' is not usable as a contract's value; write Money.millions(50, 'AED')",
    ),
    (lambda: offsets.abatement(X, X), "'soon' is not usable as an obligation; write Money.millions(300, 'EUR')"),
    (
        lambda: outlooks.outlook(TABLE, "DEU", 2026, X),
        "'soon' is not usable as a scenario; write PathScenario(...), or see natoburden.datasets.load_scenario",
    ),
    (
        lambda: panels.club_convergence(TABLE, r=2),
        "r, the part of the years left out: '2' is not usable; valid: a number from 0 to below 1, such as 0.3",
    ),
    (
        lambda: panels.club_convergence(TABLE, smoothing=-1),
        "smoothing: '-1' is not usable; valid: a number above 0, such as 400, or None",
    ),
    (lambda: panels.beta_convergence(TABLE, errors=X), "unknown kind of errors 'soon'; valid: HC0, HC1, HC2, HC3"),
    (
        lambda: PANEL.only(countries=X),
        "'soon' is not usable as allies of the panel; give a list; of a group: Group.find('NATO Europe').members(2025)",
    ),
    (
        lambda: panels.panel(TABLE, measures=X, macro=MACRO),
        "'soon' is not usable as measures; give a list, even of one: measures=['population']",
    ),
    (
        lambda: panels.panel(TABLE, group=["ISL"]),
        "Iceland is not usable as a group; nobody in it has armed forces, or was a member in these years",
    ),
    (
        lambda: panels.response(X),
        "'soon' is not usable as a panel; give one, or a table: natoburden.datasets.defence_expenditure()",
    ),
    (
        lambda: panels.Panel.of("made up", X, source=SOURCE),
        "'soon' is not usable as variables; give figures by ally and year: {'burden': {('POL', 2020): 2.2}}",
    ),
    (
        lambda: panels.Panel.of("made up", {"y": {("POL", 2020): 1.0}}, source=X),
        "'soon' is not usable as a source; give Source(title=..., publisher=...)",
    ),
    (
        lambda: panels.Panel.of("made up", {"y": {ONE: 1.0}}, source=SOURCE),
        "5 is not usable as an ally and a year; write ('POL', 2020)",
    ),
    (lambda: panels.response(TABLE, X), "'soon' is not usable as weights; give SpatialWeights, or several in a list"),
    (
        lambda: panels.response(TABLE, regressors=X),
        "'soon' is not usable as regressors; give a list, even of one: regressors=['gdp']",
    ),
    (
        lambda: panels.response(TABLE, in_levels=X),
        "'soon' is not usable as regressors in levels; give a list, even of one",
    ),
    (lambda: panels.response(TABLE, left_out=X), "'soon' is not usable as allies left out; give a list: ['USA']"),
    (
        lambda: panels.spend_in(TABLE, X),
        "'soon' is not usable as weights; give SpatialWeights, such as SpatialWeights.everyone(panel.countries)",
    ),
    (
        lambda: panels.SpatialWeights.of("own", X, source=SOURCE),
        "'soon' is not usable as weights of pairs; give a mapping of pairs to weights: {('POL', 'DEU'): 1}",
    ),
    (
        lambda: panels.SpatialWeights.of("own", {("POL", "DEU"): 1}, source=X),
        "'soon' is not usable as a source; give Source(title=..., publisher=...)",
    ),
    (lambda: panels.SpatialWeights.everyone(X), "'soon' is not usable as countries; give several: ['POL', 'DEU']"),
    (
        lambda: panels.SpatialWeights(name="own", countries=(X,), rows=((0.0,),)),
        "'soon' is not usable as a country; find it first: Country.find('Germany')",
    ),
    (
        lambda: panels.SpatialWeights.inverse_distance(FIVE, nb.datasets.capitals(), power=0),
        "power of the distance: '0' is not usable; valid: a number above 0 and below 10",
    ),
    (
        lambda: panels.SpatialWeights.inverse_distance(FIVE, X),
        "'soon' is not usable as capitals; give natoburden.datasets.capitals()",
    ),
    (
        lambda: panels.SpatialWeights.contiguity(FIVE, X),
        "'soon' is not usable as land borders; give natoburden.datasets.land_borders()",
    ),
    (
        lambda: pathways.path_cost(X, TABLE.gdp("DEU", 2025), gdp_growth=PERCENT(1)),
        "'soon' is not usable as a path; lay one: natoburden.pathways.path(...)",
    ),
    (
        lambda: pathways.path_cost(STEPS, X, gdp_growth=PERCENT(1)),
        "'soon' is not usable as an amount; write Money.billions(5000, 'USD'), or look one up in a table",
    ),
    (
        lambda: pathways.path_cost(STEPS, TABLE.gdp("DEU", 2026), gdp_growth=X),
        "'soon' is not usable as rates of growth; write Rate.percent('1.5') for every year, or a list "
        "with one for each",
    ),
    (
        lambda: pathways.required_growth(X, SHARE(3), 9, gdp_growth=PERCENT(1)),
        "'soon' is not usable as a share of GDP; write Share.percent('2.5'), or look one up in a table",
    ),
    (
        lambda: pathways.required_growth(SHARE(2), X, 9, gdp_growth=PERCENT(1)),
        "'soon' is not usable as the target; write Share.percent('3.5'); of a target, give its share",
    ),
    (
        lambda: pathways.required_growth(SHARE(2), SHARE(3), 9, gdp_growth=X),
        "'soon' is not usable as a rate of growth; write Rate.percent('1.5')",
    ),
    (
        lambda: pathways.years_to_reach(SHARE(2), X, spending_growth=PERCENT(5), gdp_growth=PERCENT(1)),
        "'soon' is not usable as the target; write Share.percent('3.5'); of a target, give its share",
    ),
    (
        lambda: pathways.path(SHARE(2), X, first_year=2025, last_year=2028),
        "'soon' is not usable as the target; write Share.percent('3.5'); of a target, give its share",
    ),
    (
        lambda: pathways.path(SHARE(2), SHARE(3), first_year=2025, last_year=2028, shape="front-loaded"),
        "None is not usable as front_loading; it goes with shape='front-loaded', which needs one: 2 "
        "brings the change forward, 1 is linear",
    ),
    (
        lambda: pathways.path(SHARE(2), SHARE(3), first_year=2025, last_year=2028, shape="constant-growth"),
        "None is not usable as gdp_growth; it goes with shape='constant-growth', which needs one: write "
        "Rate.percent('1.5')",
    ),
    (
        lambda: pathways.debt_path(X, STEPS, first_year=2026, interest=PERCENT(3), growth=PERCENT(4)),
        "'soon' is not usable as a ratio of debt; write PercentagePoints('1.5')",
    ),
    (
        lambda: pathways.stabilising_balance(X, interest=PERCENT(4), growth=PERCENT(2)),
        "'soon' is not usable as a ratio of debt; write PercentagePoints('1.5')",
    ),
    (
        lambda: promises.stated_path(TABLE, X, "DEU", on=ON),
        "'soon' is not usable as a record of commitments; give one: natoburden.datasets.commitments()",
    ),
    (
        lambda: promises.arrival(TABLE, X, nb.HAGUE_CORE),
        "'soon' is not usable as a stated path; lay one: natoburden.promises.stated_path(...)",
    ),
    (
        lambda: promises.credibility(X, nb.HAGUE_CORE),
        "'soon' is not usable as a plan; give a mapping of years to shares: path(...).by_year",
    ),
    (
        lambda: promises.promise_tests([TABLE], X),
        "'soon' is not usable as commitments; give several: natoburden.datasets.commitments(), or [item]",
    ),
    (
        lambda: purchases.notified(X),
        "'soon' is not usable as a record of notices; give natoburden.datasets.us_arms_notifications(); "
        "contracts are another kind of figure",
    ),
    (
        lambda: purchases.pledge_beside_record(X, [LNG], PRICES, 2025),
        "'soon' is not usable as a pledge; give one: natoburden.datasets.energy_pledge('eu-us-2025')",
    ),
    (
        lambda: purchases.energy(X, PRICES, "POL", 2025),
        "'soon' is not usable as a table of exports; give one: natoburden.datasets.us_energy_exports('LNG')",
    ),
    (
        lambda: purchases.energy(LNG, X, "POL", 2025),
        "'soon' is not usable as prices of energy; give natoburden.datasets.energy_prices()",
    ),
    (
        lambda: purchases.energy(LNG, PRICES, "POL", 2025, using=X),
        "'soon' is not usable as a set of factors; give one: natoburden.datasets.conversion_set('bp-2021')",
    ),
    (
        lambda: simulation.chance_of_meeting(TABLE, "ESP", 2026, nb.WALES_GUIDELINE, X),
        "'soon' is not usable as revisions; give what simulation.revision_errors returns",
    ),
    (
        lambda: simulation.band_coverage(X, X),
        "'soon' is not usable as revisions; give what simulation.revision_errors returns",
    ),
    (
        lambda: simulation.mincer_zarnowitz(X),
        "'soon' is not usable as revisions; give what simulation.vintages returns",
    ),
    (
        lambda: offsets.portfolio([X], 2025),
        "'soon' is not usable as an agreement; give one: natoburden.datasets.offset_agreements()",
    ),
    (
        lambda: offsets.cost_to_meet(agreement(), multiplier=X),
        "a multiplier: 'soon' is not usable; valid: a finite decimal number",
    ),
    (
        lambda: panels.spend_in(TABLE, NEAR, years=ONE),
        "5 is not usable as years; give several, or one in a list: [2025]",
    ),
]


@pytest.mark.parametrize(("ask", "words"), REFUSALS, ids=names(REFUSALS))
def test_a_value_of_another_kind_is_refused_with_what_to_write_instead(ask: Any, words: str) -> None:
    assert said(ask) == words
