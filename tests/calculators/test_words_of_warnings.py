"""What calculators warn of, in full: what is doubtful, and how to say that it is meant."""

from __future__ import annotations

import datetime as dt
import warnings
from typing import Any

import pytest

import natoburden as nb
from natoburden import burden, credit, dependency, pathways, promises, targets
from natoburden.errors import NatoBurdenWarning
from tests.calculators.made_promises import promise, record
from tests.calculators.test_words_of_refusals_burden import SOURCE, TABLE, bought, counted_by
from tests.refusals import Refusal, names

RECORD = nb.datasets.commitments()
CONTRACTS = nb.datasets.announced_contracts()
RATES = nb.datasets.yearly_exchange_rates()
SHARE, PERCENT = nb.Share.percent, nb.Rate.percent
STEPS = pathways.path(SHARE(2), SHARE(3), first_year=2026, last_year=2030)
GDP = nb.Money.billions(5000, "USD")
ON = dt.date(2026, 7, 1)
COUNTED: Any = {"double_counting": "naive"}
LIKE_GDP = nb.model.CountryFigures.of(
    "like gdp", {country: TABLE.gdp(country, 2025).value for country in TABLE.countries}, source=SOURCE
)
ARMS = bought(key="tanks", category="arms", within=SHARE(60))


def scenario(*purchases: nb.Purchase, ally: str = "DEU", **policy: Any) -> object:
    chosen = nb.CreditPolicy(energy=SHARE(25), arms=SHARE(25), **policy)
    return credit.scenario(TABLE, ally, 2025, demand=nb.US_DEMAND, package=purchases, policy=chosen)


def of_the_union() -> object:
    package = credit.package_of("pledge", pledges=[nb.datasets.energy_pledge("eu-us-2025")], assuming=nb.CURRENT_PRICES)
    policy = nb.CreditPolicy(energy=SHARE(25))
    return credit.scenario(
        TABLE, "NATO_EU", 2025, purchases_year=2026, demand=nb.US_DEMAND, package=package, policy=policy
    )


def otherwise() -> object:
    """Return the path of a promise that is stated in a national definition."""
    item = promise("4", "2028", definition=nb.model.Definition.NATIONAL)
    return promises.stated_path(TABLE, record(item), "NOR", on=ON)


WARNINGS: list[Refusal] = [
    (
        lambda: targets.gap(counted_by("EDA, made"), "DEU", 2025, nb.HAGUE_CORE),
        "EDA, made counts as EDA does, and targets are defined on NATO's figures: see "
        "natoburden.definitions, or say mixed_definitions_ok=True if you mean to hold one against the "
        "other",
    ),
    (
        lambda: targets.cumulative_shortfall(TABLE, "DEU", nb.WALES_GUIDELINE, since=2020, basis=nb.CURRENT_PRICES),
        "adding current prices of 2020 to 2026; use constant prices, or say current_prices_ok=True",
    ),
    (
        lambda: targets.gap(TABLE, "NLD", 2024, nb.WALES_GUIDELINE, basis=nb.CURRENT_PRICES),
        "points and money have opposite signs. Netherlands in 2024: the published share is 2.02 %, and "
        "at current prices the amounts make 1.80 %: NATO's share divides constant prices, and "
        "expenditure is deflated otherwise than GDP, or the printed share is not the ratio of the "
        "printed amounts; take basis=table.edition.constant_prices, as the share does, or say "
        "opposite_signs_ok=True",
    ),
    (
        lambda: burden.exploitation(TABLE, 2025, held=[LIKE_GDP]),
        "like gdp explain 100% of the variance of GDP's ranks: what is left to correlate is mostly noise",
    ),
    (
        lambda: pathways.path_cost(STEPS, GDP, gdp_growth=PERCENT(1)),
        "adding up several years at current prices; use GDP at constant prices, or say current_prices_ok=True",
    ),
    (
        lambda: scenario(ARMS, **COUNTED),
        "tanks: expenditure already holds what is credited again; exclude it, or say double_counting_ok=True",
    ),
    (
        of_the_union,
        "eu-us-2025 of European Union: another set of countries than EU members of NATO, as an "
        "illustration only; say mixed_sets_ok=True",
    ),
    (
        lambda: dependency.supplier_shares(CONTRACTS, buyer="EST", rates=RATES, currency="USD"),
        "Estonia: 2 counted of a sample, 2022 to 2023; none left out; each of fewer than 5 records "
        "decides what the shares are, and more may have been bought: say few_records_ok=True if you mean "
        "these records",
    ),
    (
        lambda: dependency.supplier_in_buyers(CONTRACTS, "USA", rates=RATES, currency="USD"),
        "all buyers: fewer than 5 records of a sample count for Czechia, Denmark, Spain, Estonia, "
        "Finland, France, United Kingdom, Greece, Croatia, Hungary, Lithuania, Netherlands, Romania, "
        "Slovakia, Sweden, so that each of them decides the share: say few_records_ok=True if you mean "
        "these records",
    ),
    (
        otherwise,
        "0-test-4-2028-['definition']: stated in a national definition or of GNI, which NATO's figures "
        "are not; say mixed_definitions_ok=True if you mean to set them side by side",
    ),
]


def warned(ask: Any) -> list[tuple[str, str]]:
    """Return the whole texts of the warnings of what is asked, each with the file of the line that it names."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        ask()
    return [(str(item.message), item.filename) for item in found if issubclass(item.category, NatoBurdenWarning)]


@pytest.mark.parametrize(("ask", "words"), WARNINGS, ids=names(WARNINGS))
def test_a_warning_says_what_is_doubtful_and_how_to_say_that_it_is_meant_and_names_the_callers_line(
    ask: Any, words: str
) -> None:
    assert warned(ask) == [(words, __file__)]
