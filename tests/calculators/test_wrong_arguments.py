"""Arguments of another kind, in the newer rooms: each is refused by name, with what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import errors

TABLE = nb.datasets.defence_expenditure("2026-07")
DEALS = nb.datasets.energy_deals()
BP = nb.datasets.conversion_set("bp-2021")
WISLA = nb.datasets.offset_agreements()["wisla-1-raytheon"]
SOURCE = nb.Source(title="An example", publisher="this test")
WRONG: Any = "something else"


def purchase(**changes: Any) -> nb.Purchase:
    made: dict[str, Any] = {
        "key": "a",
        "category": "energy",
        "buyer": "Germany",
        "amount": nb.Money.billions(1, "USD"),
        "first_year": 2025,
        "basis": "assumption",
        "source": SOURCE,
    }
    return nb.Purchase(**made | changes)


def scenario(**changes: Any) -> Any:
    asked: dict[str, Any] = {"demand": nb.US_DEMAND, "package": [purchase()]}
    return nb.credit.scenario(TABLE, "DEU", 2025, **asked | changes)


def test_a_purchase_takes_names_and_words() -> None:
    assert purchase().buyer == nb.Country("DEU")
    assert purchase().category is nb.model.CreditCategory.ENERGY
    cyber = purchase(category="interoperability", area="cyber")
    assert cyber.area is nb.model.InteroperabilityArea.CYBER
    assert nb.CreditPolicy(spreading="at once").spreading is nb.model.Spreading.AT_ONCE


def test_a_period_is_taken_by_its_text_and_a_grouping_too() -> None:
    flows = nb.datasets.gas_imports()
    assert nb.energy.supply_shares(flows, "Poland", "2022") == nb.energy.supply_shares(flows, "Poland", 2022)
    assert nb.energy.contracted(DEALS, [2026], by="origin") == nb.energy.contracted(
        DEALS, [2026], by=nb.energy.Grouping.ORIGIN
    )


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: purchase(category="oil"), "unknown credit category 'oil'"),
        (lambda: purchase(buyer="Atlantis"), "Atlantis"),
        (lambda: scenario(package=WRONG), "load_package reads a document"),
        (lambda: scenario(policy=WRONG), r"write CreditPolicy\("),
        (
            lambda: scenario(demand=attrs.evolve(nb.US_DEMAND, modality=nb.Modality.CEILING)),
            "nobody falls short of a ceiling",
        ),
        (lambda: nb.burden.burdens(TABLE, 2025, terms=[WRONG]), r"CountryFigures\.of"),
        (lambda: nb.offsets.performance(WRONG, 2025), "offset_agreements"),
        (lambda: nb.offsets.portfolio(WISLA, 2025), "give several, or see performance"),  # type: ignore[arg-type]
        (lambda: nb.energy.contracted(DEALS, 2026), r"give several: \[2026\]"),  # type: ignore[arg-type]
        (lambda: nb.energy.contracted(DEALS, [2026], by="colour"), "unknown grouping 'colour'; valid: origin, nation"),
        (lambda: nb.energy.contracted(DEALS, [2026], using=WRONG), r"conversion_set\('bp-2021'\)"),
        (lambda: nb.energy.contracted(DEALS, [2026], using=BP, unit=WRONG), "unknown energy unit 'something else'"),
        (lambda: nb.energy.DealChange(cancel=WRONG), r"give several: \('E12',\)"),
        (lambda: nb.energy.supply_shares(nb.datasets.gas_imports(), "Poland", "22"), "'22' is not a usable year"),
        (lambda: nb.outlooks.outlook(TABLE, "DEU", 2026, WRONG), "load_scenario"),
    ],
)
def test_an_argument_of_another_kind_is_refused_by_name(ask: Callable[[], Any], words: str) -> None:
    with pytest.raises(errors.NatoBurdenError, match=words):
        ask()
