"""What energy, its prices and deals say in full when they refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import errors, model
from natoburden.model import Period
from natoburden.model.prices import find_price_unit
from tests.model import test_energy as energy
from tests.model import test_prices as prices
from tests.refusals import refusal

SOURCE = nb.Source(title="An example", publisher="this test")
COAL = model.FuelMass(5, model.FuelMassUnit.KT, model.FuelFamily.COAL)
WRONG: Any = "soon"
FLOWS, PRICES, DEALS = energy.FLOWS, prices.POINTS, nb.datasets.energy_deals()
EXPORTED = attrs.evolve(FLOWS, items=(energy.flow("BE", "NO", "30", reported_by=model.ReportedBy.EXPORTER),))
SERIES = model.PriceSeries(
    key="lng", title="LNG", place="at the hub", per=model.GasUnit.MCF, edition="2026", points=prices.POINTS
)
BASIS = model.GasBasis(nb.CalorificBasis.GROSS, model.GasReference.STANDARD)
GROSS, NET = nb.CalorificBasis.GROSS, nb.CalorificBasis.NET
DEAL = next(iter(DEALS))
BALANCE = model.BalanceItem(
    place=nb.Country("BEL"), item="IMP", fuel=nb.Fuel.ALL, period=Period(2024),
    quantity=nb.Energy(5, nb.EnergyUnit.KTOE), source=SOURCE,
)  # fmt: skip
DEPENDENCY = model.DependencyRate(
    place=nb.Country("POL"), fuel=nb.Fuel.OIL, year=2023, rate=nb.Rate.percent("88.4"), source=SOURCE
)


def joules(amount: int, basis: nb.CalorificBasis) -> nb.Energy:
    return nb.Energy(amount, nb.EnergyUnit.PJ, basis)


def conversion(heat: nb.Energy) -> model.ConversionSet:
    return model.ConversionSet(key="mine", name=f"my set ({heat.calorific})", heat_of_lng=heat, source=SOURCE)


REFUSALS = [
    pytest.param(
        lambda: model.parse_quantity("a cargo"),
        errors.UnexpectedValueError,
        "'a cargo' is not usable as a quantity; write it as 2 Mt of LNG, 0.7 bcm or 36 PJ (net)",
        id="a quantity in words",
    ),
    pytest.param(
        lambda: model.GasBasis(nb.CalorificBasis.UNSTATED, model.GasReference.STANDARD),
        errors.GasBasisError,
        (
            "the basis 'unstated' does not say what is needed; valid: gross or net; leave the basis out where it "
            "is not stated"
        ),
        id="gas on a basis that is not stated",
    ),
    pytest.param(
        lambda: joules(5, NET).assuming(GROSS),
        errors.GasBasisError,
        (
            "5.00 PJ (net) does not say what is needed; valid: an amount whose basis is unstated; a stated basis "
            "cannot be assumed away"
        ),
        id="a basis assumed where it is stated",
    ),
    pytest.param(
        lambda: model.GasVolume(5, model.GasUnit.BCM, BASIS).assuming(BASIS),
        errors.GasBasisError,
        (
            "5.00 bcm (gross, 15 °C) does not say what is needed; valid: a volume without a basis; a stated basis "
            "cannot be assumed away"
        ),
        id="a reference assumed where it is stated",
    ),
    pytest.param(
        lambda: joules(5, NET) + joules(5, GROSS),
        errors.MixedQuantitiesError,
        (
            "cannot combine Energy in PJ (net) with Energy in PJ (gross); valid: one kind, one unit and one basis "
            "on both sides; nothing converts implicitly: natoburden.units converts, and names its factors"
        ),
        id="energy on two bases",
    ),
    pytest.param(
        lambda: conversion(joules(5, NET)).completed_by(conversion(joules(5, GROSS))),
        errors.GasBasisError,
        (
            "my set (net) with my set (gross) does not say what is needed; valid: a set that counts heat net; "
            "gross and net factors are not mixed in one set"
        ),
        id="factors on two bases",
    ),
    pytest.param(
        lambda: energy.flow("BE", "NO", None, quantity=model.OilVolume(5, model.OilUnit.BARREL)),
        errors.UnexpectedValueError,
        "5.00 barrel is not usable as a quantity of natural gas (LNG included); give it as Energy or GasVolume",
        id="barrels of gas",
    ),
    pytest.param(
        lambda: energy.flow("BE", "NO", None, nb.Fuel.CRUDE, quantity=COAL),
        errors.UnexpectedValueError,
        "5.00 kt of coal is not usable as a mass of crude oil; give it as a mass of oil",
        id="coal as crude oil",
    ),
    pytest.param(
        lambda: attrs.evolve(FLOWS, items=(*FLOWS.items, FLOWS.items[0])),
        errors.UnexpectedValueError,
        (
            "e is not usable as flows of energy; two figures stand for one cell: Belgium, Norway, natural gas (LNG "
            "included), 2022; keep one"
        ),
        id="flows with a cell twice",
    ),
    pytest.param(
        lambda: attrs.evolve(FLOWS, items=(*FLOWS.items, *EXPORTED.items)),
        errors.MixedReportersError,
        (
            "natural gas (LNG included), Belgium from United States, 2022-01: 5.00 TJ (gross) and natural gas (LNG "
            "included), Belgium from Norway, 2022: 30.00 TJ (gross), as the exporter reports are reported by "
            "different sides; valid: flows that one side reports; one cargo stands in both, and cargoes are "
            "diverted: keep two tables, and show them side by side"
        ),
        id="flows of two sides",
    ),
    pytest.param(
        lambda: FLOWS.merged(EXPORTED),
        errors.MixedReportersError,
        (
            "e (importer) and e (exporter) are reported by different sides; valid: flows that one side reports; "
            "one cargo stands in both, and cargoes are diverted: keep two tables, and show them side by side"
        ),
        id="flows of two sides to merge",
    ),
    pytest.param(
        lambda: FLOWS.merged(attrs.evolve(FLOWS, edition="f", items=())),
        errors.UnexpectedValueError,
        "e and f is not usable as flows to merge; editions differ by revision: take both from one",
        id="flows of two editions to merge",
    ),
    pytest.param(
        lambda: FLOWS.flow("BE", "DZ", nb.Fuel.GAS, 2022),
        errors.NoObservationError,
        (
            "edition e has no natural gas (LNG included) from Algeria among the imports of Belgium for 2022; "
            "valid: 2 other partners"
        ),
        id="a flow that is missing",
    ),
    pytest.param(
        lambda: model.EnergyBalance(edition="e", items=(BALANCE, BALANCE)),
        errors.UnexpectedValueError,
        (
            "e is not usable as an energy balance; two figures stand for one cell: Belgium, IMP, all fuels, 2024; "
            "keep one"
        ),
        id="a balance with a cell twice",
    ),
    pytest.param(
        lambda: model.EnergyBalance(edition="e", items=(BALANCE,)).figure("Belgium", "EXP", 2024),
        errors.NoObservationError,
        "edition e has no EXP of all fuels of Belgium for 2024; valid: the balance holds IMP",
        id="a figure that a balance does not have",
    ),
    pytest.param(
        lambda: model.DependencyRates(edition="e", items=(DEPENDENCY, DEPENDENCY)),
        errors.UnexpectedValueError,
        (
            "e is not usable as rates of dependency; two figures stand for one cell: Poland, 2023, oil and "
            "petroleum products, TOTAL; keep one"
        ),
        id="a rate of dependency twice",
    ),
    pytest.param(
        lambda: model.DependencyRates(edition="e", items=(DEPENDENCY,)).rate("Poland", 2020, nb.Fuel.OIL),
        errors.NoObservationError,
        "edition e has no dependency rate of oil and petroleum products of Poland for 2020; valid: Poland: 2023",
        id="a rate of dependency that is missing",
    ),
    pytest.param(
        lambda: find_price_unit("barrell"),
        errors.UnknownNameError,
        (
            "unknown unit of a price 'barrell'; valid: MJ, GJ, TJ, PJ, MWh, GWh, TWh, therm, MMBtu, TBtu, toe, "
            "ktoe and 15 more; did you mean 'barrel'?"
        ),
        id="a unit of a price in words",
    ),
    pytest.param(
        lambda: PRICES[0].price.energy_unit,
        errors.UnexpectedValueError,
        (
            "USD 5.00 (current prices) per Mcf is not usable as a price of energy; give it per unit of energy, "
            "such as MMBtu: a volume is energy only by a named set of factors"
        ),
        id="a price of a volume for one of energy",
    ),
    pytest.param(
        lambda: PRICES[0].price.cost_of(model.LngMass(5, model.MassUnit.MT)),
        errors.MixedQuantitiesError,
        (
            "cannot combine a price per Mcf with LngMass in Mt; valid: one kind, one unit and one basis on both "
            "sides; nothing converts implicitly: natoburden.units converts, and names its factors"
        ),
        id="a price of another unit",
    ),
    pytest.param(
        lambda: PRICES[0].price - model.UnitPrice(nb.Money(3, "USD")),
        errors.MixedQuantitiesError,
        (
            "cannot combine a price per Mcf with a price per MMBtu; valid: one kind, one unit and one basis on "
            "both sides; nothing converts implicitly: natoburden.units converts, and names its factors"
        ),
        id="prices in two units",
    ),
    pytest.param(
        lambda: attrs.evolve(SERIES, points=(attrs.evolve(PRICES[0], series="pipeline"),)),
        errors.UnexpectedValueError,
        (
            "pipeline, 2023: USD 5.00 (current pr… (49 characters) is not usable as a price of this series; it "
            "holds prices of lng per Mcf"
        ),
        id="a price of another series",
    ),
    pytest.param(
        lambda: attrs.evolve(SERIES, points=(*PRICES, PRICES[0])),
        errors.UnexpectedValueError,
        "lng is not usable as prices; two prices stand for one period: 2023; keep one",
        id="a price twice",
    ),
    pytest.param(
        lambda: attrs.evolve(SERIES, points=PRICES[1:]).price(2023),
        errors.NoObservationError,
        (
            "edition 2026 has no price of the year of lng for 2023; valid: 2023-01 to 2023-02, 2023-04; a mean of "
            "months is not the price of a year, nor a year's price that of a month"
        ),
        id="a year of which there are only months",
    ),
    pytest.param(
        lambda: model.EnergyPrices(items=(SERIES, SERIES)),
        errors.UnexpectedValueError,
        "lng is not usable as series of prices; give each key once",
        id="series of prices with one key",
    ),
    pytest.param(
        lambda: model.EnergyPrices(items=(SERIES,))["lnng"],
        errors.UnknownNameError,
        "unknown price series 'lnng'; valid: lng; did you mean 'lng'?",
        id="an unknown series of prices",
    ),
    pytest.param(
        lambda: model.DeliverySpan(years=0),
        errors.UnexpectedValueError,
        "0 is not usable as a number of years; a whole number from 1 to 100",
        id="a term of no years",
    ),
    pytest.param(
        lambda: model.DeliverySpan(years=WRONG),
        errors.UnexpectedValueError,
        "'soon' is not usable as a number of years; a whole number from 1 to 100",
        id="a term in words",
    ),
    pytest.param(
        lambda: model.DeliverySpan(per_year=model.LngMass(0, model.MassUnit.MT)),
        errors.InvalidNumberError,
        "quantity per_year: '0.00 Mt of LNG' is not usable; valid: more than zero, or None if unknown",
        id="a volume of nothing",
    ),
    pytest.param(
        lambda: model.DeliverySpan(start=2026, end=2025),
        errors.InvalidYearError,
        "an end in 2025 is not a usable year; valid: 2026 or later, when deliveries start",
        id="deliveries that end before they start",
    ),
    pytest.param(
        lambda: attrs.evolve(DEAL, sources=()),
        errors.MissingSourceError,
        "deal E01 names no source; valid: a title, and a publisher or an address",
        id="a deal without a source",
    ),
    pytest.param(
        lambda: attrs.evolve(DEAL, start=2026, spans=(model.DeliverySpan(start=2026),)),
        errors.UnexpectedValueError,
        (
            "per_year, years, start is not usable as deal E01; a deal with spans gives its years and volumes in "
            "the spans"
        ),
        id="a deal with years beside its spans",
    ),
    pytest.param(
        lambda: attrs.evolve(DEALS, items=(DEAL, attrs.evolve(DEAL, note="again"))),
        errors.DocumentError,
        "energy deals: 1 fault\n  deals[E01].key: this key is used twice",
        id="deals with one key",
    ),
]


@pytest.mark.parametrize(("ask", "kind", "words"), REFUSALS)
def test_energy_or_a_price_is_refused_in_words(ask: Callable[[], Any], kind: type[Exception], words: str) -> None:
    assert refusal(ask, kind) == words
