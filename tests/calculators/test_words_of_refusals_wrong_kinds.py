"""What calculators of targets, burdens, contracts, energy and debt say of a value of another kind: what to write."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import natoburden as nb
from natoburden import (
    burden,
    concentration,
    credit,
    definitions,
    dependency,
    energy,
    fiscal,
    pathways,
    targets,
)
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
LNG: Any = nb.datasets.us_energy_exports("lng")
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
        lambda: targets.share_of_gdp(X, "DEU", 2025),
        "'soon' is not usable as a table; give one: natoburden.datasets.defence_expenditure()",
    ),
    (
        lambda: targets.headline_counts(X, nb.WALES_GUIDELINE),
        "'soon' is not usable as editions; give several: "
        "natoburden.datasets.defence_expenditure_editions(), or one in a list: [table]",
    ),
    (
        lambda: targets.meeting_counts(TABLE, nb.WALES_GUIDELINE, years=ONE),
        "5 is not usable as years; give several, or one in a list: [2025]",
    ),
    (
        lambda: targets.cumulative_shortfall(TABLE, "DEU", nb.WALES_GUIDELINE, since=2020, basis=X),
        "'soon' is not usable as a price basis; write CURRENT_PRICES or PriceBasis.constant(2021)",
    ),
    (
        lambda: targets.two_part(TABLE, "DEU", 2025, X, nb.HAGUE),
        "'soon' is not usable as a share of GDP; write Share.percent('1.5')",
    ),
    (
        lambda: targets.two_part_test(X, SHARE(1), nb.HAGUE),
        "'soon' is not usable as a share of GDP; write Share.percent('1.5')",
    ),
    (
        lambda: targets.share_of_gdp(TABLE, FIVE, 2025),
        "edition 2026-07 has no defence expenditure as a share of GDP of 5 countries (EST, LVA, LTU, "
        "POL, DEU) for 2025; valid: 33 other rows, 2014-2026; the table prints no such aggregate; "
        "natoburden.targets.aggregate_share computes it",
    ),
    (
        lambda: targets.aggregate_share(TABLE, "DEU", 2025),
        "unknown group 'DEU'; valid: NATO, NATO_EUR_CAN, NATO_EUROPE, NORTH_AMERICA, "
        "NATO_EUROPE_WITHOUT_TURKIYE, NATO_EU, NATO_NON_EU, NATO_EURO_AREA, EU, EEA-EFTA, EURO; Germany "
        "is one country: use natoburden.targets.share_of_gdp, or give a group of it alone: ['DEU']",
    ),
    (
        lambda: targets.aggregate_share(TABLE, ["ISL"], 2025),
        "Iceland is not usable as a group; it has no member with armed forces in 2025: name one that has "
        "an ally which spends",
    ),
    (
        lambda: targets.meeting_counts([], nb.WALES_GUIDELINE),
        "none is not usable as editions; give several: natoburden.datasets.defence_expenditure_editions()",
    ),
    (
        lambda: burden.burdens(TABLE, 2025, terms=X),
        "'soon' is not usable as terms of the burden; give a list, even of one: terms=[figures]",
    ),
    (
        lambda: burden.burdens(TABLE, 2025, terms=[X]),
        "'soon' is not usable as a term of the burden; give CountryFigures.of(name, amounts, ...)",
    ),
    (
        lambda: burden.concordance(TABLE, 2025, proxies=X),
        "'soon' is not usable as proxies of benefit; give a list: proxies=['gdp', figures]",
    ),
    (
        lambda: burden.exploitation(TABLE, 2025, held=X),
        "'soon' is not usable as variables held; give a list, even of one: held=['population']",
    ),
    (
        lambda: burden.exploitation(TABLE, 2025, held=["population", "gdp per head"]),
        "gdp per head and population is not usable as variables held; GDP is their product: together "
        "they determine it. Hold one of them",
    ),
    (
        lambda: burden.exploitation(TABLE, 2025, held=[X]),
        "unknown variable 'soon'; valid: gdp per head, population, figures of your own: CountryFigures",
    ),
    (
        lambda: burden.operations_burdens(TABLE, 2025, X),
        "'soon' is not usable as contributions; give CountryFigures.of(name, values, ...)",
    ),
    (
        lambda: burden.at_purchasing_power(TABLE, 2025, X),
        "'soon' is not usable as an outlook; give natoburden.datasets.macro()",
    ),
    (
        lambda: burden.at_purchasing_power(TABLE, 2025, MACRO, military=X),
        "'soon' is not usable as military parities; give MilitaryParities.of(name, rates, source=...)",
    ),
    (
        lambda: burden.spillover_burdens(TABLE, 2025, X),
        "'soon' is not usable as the part that spills over; write Share.percent(50), or a share by country",
    ),
    (
        lambda: burden.spillover_burdens(TABLE, 2025, {"DEU": X}),
        "'soon' is not usable as the part that spills over; write Share.percent(50)",
    ),
    (lambda: concentration.hhi([X]), "'soon' is not usable as a share; write Share.percent(30)"),
    (
        lambda: credit.scenario(TABLE, "DEU", 2025, demand=nb.US_DEMAND, package=[], policy=X),
        "'soon' is not usable as a policy; write CreditPolicy(energy=Share.percent(25))",
    ),
    (
        lambda: credit.package_from_record("POL", 2025, exports=LNG, prices=PRICES),
        "EnergyFlows(edition='2026-09', items… (49 characters) is not usable as tables of exports; give "
        "several, or one in a list: [exports]",
    ),
    (
        lambda: definitions.beside(TABLE, X, "DEU"),
        "'soon' is not usable as tables of other publishers; give a list, even of one: "
        "[readers.eda.read_defence_data(file).table]",
    ),
    (
        lambda: dependency.supplier_shares([X]),
        "'soon' is not usable as a record; give contracts, or transfers: natoburden.datasets, readers",
    ),
    (
        lambda: energy.contracted(DEALS, [2028], statuses=X),
        "'soon' is not usable as statuses to count; give several, or one in a list: [DealStatus.BINDING]",
    ),
    (
        lambda: energy.contracted(DEALS, [2028], using=X),
        "'soon' is not usable as a set of factors; give natoburden.datasets.conversion_set('bp-2021')",
    ),
    (
        lambda: energy.contracted(DEALS, [2028], assuming=X),
        "'soon' is not usable as a basis for gas; write GasBasis(CalorificBasis.GROSS, ...)",
    ),
    (lambda: energy.contracted(DEALS, [2028], unit=ONE), "5 is not usable as a unit of energy; write EnergyUnit.TWH"),
    (lambda: security(demand=X), "'soon' is not usable as demand; write GasVolume(200, GasUnit.MCM)"),
    (lambda: security(source=X), "'soon' is not usable as a source; write Source(title=..., publisher=...)"),
    (
        lambda: nb.estimates.compare(X, 10, TABLE, ["DEU"], 2026, target=SHARE(3), gdp_growth=PERCENT(1)),
        "'soon' is not usable as an estimate; write Money.billions(3100, 'USD', UNSTATED_PRICES)",
    ),
    (
        lambda: fiscal.debt_outlook(X, "ITA"),
        "'soon' is not usable as an outlook; give one: natoburden.datasets.macro()",
    ),
    (
        lambda: fiscal.debt_outlook(MACRO, "ITA", later=X),
        "'soon' is not usable as assumptions for later years; write LaterYears(growth=Rate.percent(3))",
    ),
    (lambda: fiscal.Financing(debt=X), "'soon' is not usable as a part of the financing; its type is str, not Share"),
    (
        lambda: fiscal.space(TABLE, MACRO, "ITA", 2026, already_in_baseline=X),
        "'soon' is not usable as the part that the outlook already holds; write Share.percent(25)",
    ),
    (
        lambda: fiscal.space(TABLE, MACRO, "ITA", 2026, financing=X),
        "'soon' is not usable as the financing; write Financing(debt=Share.percent(60), taxes=Share.percent(40))",
    ),
    (
        lambda: fiscal.escape_clause_room(TABLE, "DEU", base_year=2021, clauses=X),
        "'soon' is not usable as activations; give several: natoburden.datasets.escape_clauses()",
    ),
    (
        lambda: fiscal.escape_clause_room(TABLE, "DEU", base_year=2021, outlook=X),
        "'soon' is not usable as an outlook; give one: natoburden.datasets.macro()",
    ),
    (
        lambda: fiscal.safe_cover(X, nb.datasets.safe_loans()["ITA"]),
        "'soon' is not usable as a fiscal space; compute one: natoburden.fiscal.space(...)",
    ),
    (
        lambda: fiscal.safe_cover(SPACE, X),
        "'soon' is not usable as a loan; give one: natoburden.datasets.safe_loans()['ITA']",
    ),
    (
        lambda: fiscal.safe_cover(SPACE, nb.datasets.safe_loans()["ITA"], rate=X),
        "'soon' is not usable as a rate of the loan's interest; write Rate.percent('1.5')",
    ),
]


@pytest.mark.parametrize(("ask", "words"), REFUSALS, ids=names(REFUSALS))
def test_a_value_of_another_kind_is_refused_with_what_to_write_instead(ask: Any, words: str) -> None:
    assert said(ask) == words
