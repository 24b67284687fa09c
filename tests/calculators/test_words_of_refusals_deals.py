"""What contracts, rules of origin, deals of energy and offsets say in full when they refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import dependency, eligibility, energy, model, offsets
from natoburden.calculators.energy import ContractYear
from natoburden.model.deals import EnergyDeal, Fee, PriceFormula
from natoburden.model.deliveries import DeliverySpan
from natoburden.model.energy import Fuel
from natoburden.model.quantities import Energy, EnergyUnit, GasUnit, GasVolume, LngMass
from tests.calculators.dependency.test_supplier_shares import priced
from tests.calculators.energy_parts import DEALS, FILING, GROSS, SOURCE, bcm, deal, flow, flows, tj
from tests.calculators.test_offsets import agreement
from tests.model.test_transfers import transfer
from tests.refusals import Refusal, names, said

SAFE, EDIP = map(nb.datasets.content_rule, ("SAFE", "EDIP"))
AIM = nb.datasets.procurement_aims()["edis-within-eu-2030"]
IMPORTS = nb.datasets.gas_imports()
EXPORTS = nb.datasets.us_energy_exports("lng")
TANKS = model.CapabilityArea.ARMOURED_VEHICLES
SIXTY, FORTY = nb.Money.millions(60, "EUR"), nb.Money.millions(40, "EUR")
SUPPLY, PROCUREMENT = dependency.ImportFormula.SUPPLY, dependency.ImportFormula.PROCUREMENT
TWO_SPANS: dict[str, Any] = {
    "per_year": None,
    "years": None,
    "start": None,
    "spans": (
        DeliverySpan(start=2026, years=2, per_year=LngMass(1)),
        DeliverySpan(start=2028, years=2, per_year=LngMass(3)),
    ),
}
MIXED = flows(flow("NOR", 100), flow("NOR", bcm(1), Fuel.LNG))
PRICE = model.UnitPrice(nb.Money("3.00", "USD"))
SHARE = nb.Share.percent
TWH = EnergyUnit.TWH
PLEDGE = nb.datasets.energy_pledge("eu-us-2025")
WRONG: Any = "soon"
ONE: Any = agreement()
TRANSFERS: Any = [transfer()]


def trade(year: int, **changes: Any) -> dependency.TradeYear:
    given: dict[str, Any] = {"import_hhi": "0.5", "world_export_hhi": "0.41", "imports": SIXTY, "exports": FORTY}
    return dependency.TradeYear(year=year, **given | changes)


def contract_year(year: int) -> ContractYear:
    return ContractYear(year=year, quantity=tj(100), taken=tj(70), price=model.UnitPrice(SIXTY, EnergyUnit.TJ))


def units(count: int) -> model.OrderedQuantity:
    return model.OrderedQuantity(count=count, unit="vehicles")


def without_fee(**terms: Any) -> EnergyDeal:
    return deal(price=PriceFormula(index="Henry Hub", **terms))


def security(**changes: int) -> energy.NMinusOne:
    parts = {"entry_points": 200, "production": 50, "storage": 60, "lng": 40, "largest": 70, "demand": 260} | changes
    volumes = {name: GasVolume(figure, GasUnit.MCM) for name, figure in parts.items()}
    return energy.n_minus_1("an example", **volumes, source=SOURCE)


REFUSALS: list[Refusal] = [
    (
        lambda: dependency.supplier_shares([priced("A", 5, "KOR")], counting="tiv"),
        "'tiv' is not usable as a way of counting contracts; SIPRI gives no value to contracts: write "
        "'value' or 'units'",
    ),
    (
        lambda: dependency.supplier_shares(TRANSFERS, counting="value"),
        "'value' is not usable as a way of counting transfers; SIPRI's register gives TIV and units: "
        "write 'tiv' or 'units'",
    ),
    (
        lambda: dependency.supplier_shares([priced("A", 5, "KOR"), priced("A", 6, "USA")]),
        "A is not usable as records; each is given more than once: give it once, or another key",
    ),
    (
        lambda: dependency.supplier_shares([transfer(), transfer()], counting="units"),
        "line 13 (13) is not usable as records; each is given more than once: give it once, or another key",
    ),
    (
        lambda: dependency.supplier_shares(
            [priced("A", 5, "KOR", quantity=units(3)), priced("B", 6, "USA", areas=(TANKS,), quantity=units(2))],
            counting="units",
        ),
        "armoured vehicles, artillery is not usable as a count of units; units of different kinds do not "
        "add: choose one area",
    ),
    (
        lambda: dependency.what_if([priced("A", 5, "KOR")], add=[priced("A", 6, "USA")]),
        "A is not usable as the key of a contract to add; it is on record: name another, or change that "
        "one with replace=",
    ),
    (lambda: dependency.what_if([priced("A", 5, "KOR")], remove=["B"]), "unknown contract 'B'; valid: A"),
    (
        lambda: dependency.import_dependency(SIXTY, FORTY, formula=SUPPLY),
        "None is not usable as exports; the formula is imports / (imports + domestic procurement − "
        "exports): give exports=",
    ),
    (
        lambda: dependency.import_dependency(SIXTY, FORTY, FORTY, formula=PROCUREMENT),
        "EUR 40.00 m (current prices) is not usable as exports; the formula is imports / (imports + "
        "domestic procurement): leave exports out",
    ),
    (
        lambda: dependency.import_dependency(SIXTY - SIXTY, FORTY - FORTY, formula=PROCUREMENT),
        "whole: 'EUR 0.00 (current prices)' is not usable; valid: more than zero; imports and domestic "
        "production are zero or more: EUR 0.00 (current prices) and EUR 0.00 (current prices)",
    ),
    (
        lambda: dependency.import_dependency(SIXTY, FORTY - SIXTY, formula=PROCUREMENT),
        "whole: 'EUR 40.00 m (current prices)' is not usable; valid: more than zero; imports and "
        "domestic production are zero or more: EUR 60.00 m (current prices) and EUR -20.00 m (current "
        "prices)",
    ),
    (
        lambda: dependency.strategic_dependency("a product", [trade(2019), trade(2021), trade(2022)]),
        "2019, 2021, 2022 is not usable as years of trade; the test takes three years in a row",
    ),
    (
        lambda: dependency.strategic_dependency("a product", [trade(2019), trade(2020)]),
        "2019, 2020 is not usable as years of trade; the test takes three years in a row",
    ),
    (
        lambda: trade(2019, import_hhi="1.5"),
        "1.5 and 0.41 is not usable as indices of concentration; each runs from 0 to 1",
    ),
    (
        lambda: trade(2019, world_export_hhi="-0.1"),
        "0.5 and -0.1 is not usable as indices of concentration; each runs from 0 to 1",
    ),
    (
        lambda: trade(2019, imports=FORTY - SIXTY),
        "EUR -20.00 m (current prices) is not usable as imports of a product; a trade flow is zero or more",
    ),
    (
        lambda: trade(2019, exports=FORTY - SIXTY),
        "EUR -20.00 m (current prices) is not usable as exports of a product; a trade flow is zero or more",
    ),
    (
        lambda: dependency.sustainment_multiplier(SHARE(100)),
        "100.00 % is not usable as a part of operating and support; give less than 100 %: acquisition costs something",
    ),
    (
        lambda: dependency.lock_in([priced("A", 5, "KOR")], 2026, service_life=0),
        "0 is not usable as a service life; it is a whole number of years from 1",
    ),
    (
        lambda: dependency.lock_in([priced("A", 5, "KOR")], 2026, service_life=WRONG),
        "'soon' is not usable as a service life; it is a whole number of years from 1",
    ),
    (
        lambda: dependency.lock_in([priced("A", 5, "KOR")], 2026, service_life=30, sustainment={TANKS: SHARE(60)}),
        "artillery is not usable as an area; sustainment names no part for it: add one, or give one "
        "Share for all areas",
    ),
    (
        lambda: eligibility.aim_test(TRANSFERS, AIM, counting="units", buyer="POL"),
        "United States to Poland: 4 X-1 (2020… (37 characters) is not usable as a contract; transfers "
        "are not procurement: give contracts",
    ),
    (
        lambda: eligibility.procurement_policies(TRANSFERS, SAFE, counting="units"),
        "United States to Poland: 4 X-1 (2020… (37 characters) is not usable as a contract; transfers "
        "bear no date of contract: give contracts",
    ),
    (
        lambda: eligibility.buyers_test(attrs.evolve(SAFE, buyers=None), ["Poland"], when=2026),
        "SAFE is not usable as a rule on buyers; it does not say how many states must buy together: give "
        "one that does, such as content_rule('EDIP')",
    ),
    (lambda: eligibility.buyers_test(EDIP, [], when=2026), "none is not usable as buyers; name at least one state"),
    (
        lambda: energy.take_or_pay([], minimum=SHARE(90)),
        "years of a contract: 'none' is not usable; valid: at least one year",
    ),
    (
        lambda: energy.take_or_pay([contract_year(2027), contract_year(2029)], minimum=SHARE(90)),
        "2029 is not a usable year; valid: 2028, as the balance is carried from year to year",
    ),
    (
        lambda: energy.contracted(DEALS, [2028], by="nation", portfolio=True),
        "portfolio=True is not usable as an option by nation; what portfolio buyers contract is nobody's "
        "imports: leave it out, or group by another",
    ),
    (
        lambda: energy.exposure(DEALS, 2028, Energy(0, TWH, GROSS), origin="USA", using=FILING),
        "0.00 TWh (gross) is not usable as a demand; it is more than zero",
    ),
    (
        lambda: energy.yearly_energy(deal(), TWH, FILING, year=2050),
        "2050 is not usable as a year of deal X1; it delivers from 2026 to 2035",
    ),
    (
        lambda: energy.indexed_price(deal(), PRICE),
        "X1 is not usable as a price formula; its source does not state it; give terms=",
    ),
    (
        lambda: energy.fixed_charge(deal()),
        "X1 is not usable as a price formula; its source does not state it; give terms=",
    ),
    (
        lambda: energy.implied_price(deal(), using=FILING),
        "X1 is not usable as a deal to price; its sources do not tell all of its value, volume and term: take another",
    ),
    (
        lambda: energy.delivered_price(PRICE, freight=PRICE, boil_off=SHARE(100)),
        "boil-off: '100.00 %' is not usable; valid: below 100 %; something must arrive",
    ),
    (
        lambda: security(demand=0),
        "demand: '0.00 mcm' is not usable; valid: more than zero; without demand there is no ratio to it",
    ),
    (lambda: security(storage=-1), "capacity of storage: '-1.00 mcm' is not usable; valid: zero or more"),
    (
        lambda: security(largest=300),
        "largest infrastructure: '300.00 mcm' is not usable; valid: no more than 200.00 mcm, the "
        "capacity of entry points; the largest infrastructure is one item within entry points, "
        "production, storage or LNG",
    ),
    (
        lambda: energy.supply_shares(EXPORTS, "Poland", 2025, fuel="lng"),
        "flows of 2026-09 (exporter) and what a place imports from each partner are reported by "
        "different sides; valid: flows that one side reports; one cargo stands in both, and cargoes are "
        "diverted: keep two tables, and show them side by side",
    ),
    (
        lambda: energy.supply_shares(IMPORTS, "Poland", 2022, fuel="lng", totals=EXPORTS),
        "flows of 2026-09 (exporter) and what a place imports from each partner are reported by "
        "different sides; valid: flows that one side reports; one cargo stands in both, and cargoes are "
        "diverted: keep two tables, and show them side by side",
    ),
    (
        lambda: offsets.portfolio(ONE, 2025),
        "made is not usable as a portfolio; give several, or see performance of one",
    ),
    (lambda: offsets.portfolio([], 2025), "no agreement is not usable as a portfolio; give at least one"),
    (
        lambda: offsets.performance(agreement(), 2019),
        "2019 is not a usable year; valid: 2020, when it was signed, or later",
    ),
    (
        lambda: offsets.settlement(agreement()),
        "None is not usable as redress; the agreement names none: say redress='penalty' or 'carry-over'",
    ),
    (
        lambda: offsets.settlement(agreement(), redress="penalty"),
        "penalty is not usable as redress; the agreement names no penalty: give it one, or carry over",
    ),
    (
        lambda: offsets.cap_test(agreement(contract=None, amount=SIXTY, share=None)),
        "made is not usable as an agreement; the value of its contract is zero or not known: give contract=",
    ),
    (
        lambda: offsets.abatement(FORTY - SIXTY, FORTY),
        "EUR -20.00 m (current prices) is not usable as an obligation; it is zero or more",
    ),
    (
        lambda: offsets.abatement(FORTY, FORTY - SIXTY),
        "EUR -20.00 m (current prices) is not usable as an obligation; it is zero or more",
    ),
    (
        lambda: offsets.cost_to_meet(agreement(), multiplier=2, discount_rate=nb.Rate.percent(3)),
        "+3.00 % is not usable as a discount rate; it goes with benefits: give both, with a rate of zero "
        "if need be, or neither",
    ),
    (
        lambda: offsets.cost_to_meet(agreement(), multiplier=2, benefits={2025: SIXTY}),
        "None is not usable as a discount rate; it goes with benefits: give both, with a rate of zero if "
        "need be, or neither",
    ),
    (lambda: offsets.cost_to_meet(agreement(), multiplier=0), "a multiplier: '0' is not usable; valid: more than zero"),
    (
        lambda: energy.yearly_energy(deal(**TWO_SPANS), TWH, FILING),
        "no year is not usable as deal X1; its volume differs by year: give year=",
    ),
    (
        lambda: energy.indexed_price(without_fee(fees=(Fee(price=PRICE),)), PRICE),
        "X1 is not usable as a price formula; its source does not state the slope; give terms=",
    ),
    (
        lambda: energy.fixed_charge(without_fee(slope=1, fees=(Fee(price=PRICE),))),
        "X1 is not usable as a fee; its source does not state on which quantity it is due; give terms=",
    ),
    (
        lambda: energy.supply_shares(MIXED, "Poland", 2024, fuel="pipeline gas"),
        "100.00 TJ (gross) and 1.00 bcm is not usable as gas and LNG; take both in energy, or both by volume",
    ),
    (
        lambda: nb.credit.package_of("deals", deals=[deal()], using=FILING),
        "deals is not usable as a package; give what is missing, or say skip=True: X1: energy has no "
        "value without a price: give price=",
    ),
    (
        lambda: dependency.supplier_shares([priced("A", 5, "KOR"), priced("B", 5, "USA", currency="USD")]),
        "EUR and USD are different currencies; valid: one currency on both sides; nothing converts "
        "implicitly: give rates=natoburden.datasets.exchange_rates(), yearly_exchange_rates(), or your "
        "own, and the currency= to count in",
    ),
    (
        lambda: energy.pledge_size(PLEDGE, SIXTY, price=PRICE, assuming=nb.CURRENT_PRICES, source=SOURCE),
        "USD 3.00 (current prices) per MMBtu is not usable as a price; imports in energy need a price, "
        "imports in money have none",
    ),
    (
        lambda: energy.pledge_size(PLEDGE, tj(5), assuming=nb.CURRENT_PRICES, source=SOURCE),
        "None is not usable as a price; imports in energy need a price, imports in money have none",
    ),
    (
        lambda: energy.supply_shares(flows(flow("NOR", 0)), "Poland", 2024),
        "0 in 2024 is not usable as imports of natural gas (LNG included); all partners have zero and no "
        "total is published: that does not prove that none came; give totals=",
    ),
    (
        lambda: energy.supply_shares(flows(flow("NOR", 0), flow("TOTAL", 0)), "Poland", 2024),
        "0 in 2024 is not usable as imports of natural gas (LNG included); Poland imported none: there are no shares",
    ),
    (
        lambda: energy.supply_shares(flows(flow("NOR", 5), flow("QAT", bcm(1))), "Poland", 2024),
        "5.00 TJ (gross) and 1.00 bcm is not usable as imports; take all in energy, or all by volume or by mass",
    ),
    (
        lambda: energy.supply_shares(flows(flow("NOR", 5)), "Poland", 2024, fuel="pipeline gas"),
        "edition made has no row of LNG of Poland for 2024; pipeline gas cannot be told from all gas: ask for Fuel.GAS",
    ),
    (
        lambda: energy.supply_shares(flows(flow("NOR", 5)), "Poland", "2024-05"),
        "edition made has no imports of natural gas (LNG included) by partner of Poland for 2024; valid: "
        "Poland: 2024; you asked for 2024-05; ask for one of these periods, or for a run of them: '2024 "
        "to 2024'",
    ),
    (
        lambda: trade(2019, import_hhi=WRONG),
        "a Herfindahl-Hirschman index: 'soon' is not usable; valid: a finite decimal number",
    ),
]


@pytest.mark.parametrize(("ask", "words"), REFUSALS, ids=names(REFUSALS))
def test_a_refusal_of_deals_says_what_was_given_what_is_valid_and_what_to_do(
    ask: Callable[[], Any], words: str
) -> None:
    assert said(ask) == words
