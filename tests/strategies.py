"""Hypothesis strategies for the model's values, drawn from what publishers print."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st

from natoburden.model.countries import Country
from natoburden.model.money import CURRENT_PRICES, Currency, Money, PriceBasis
from natoburden.model.quantities import (
    CalorificBasis,
    Energy,
    EnergyQuantity,
    EnergyUnit,
    FuelFamily,
    FuelMass,
    FuelMassUnit,
    GasBasis,
    GasReference,
    GasUnit,
    GasVolume,
    LngMass,
    MassUnit,
    OilUnit,
    OilVolume,
)
from natoburden.model.shares import PercentagePoints, Rate, Share
from natoburden.model.sources import Source
from natoburden.model.spending_commitments import Component, Modality, Target


def up_to(examples: int) -> int:
    """Return how many examples a test has: those it needs, or the fewer of the profile of further runs."""
    asked = int(settings().max_examples)
    return min(examples, asked) if asked < 100 else examples  # Hypothesis has 100 unless told


def figures(low: int, high: int, places: int = 4) -> st.SearchStrategy[Decimal]:
    """Draw figures with some decimals, as tables print them."""
    return st.decimals(min_value=low, max_value=high, places=places)


def texts() -> st.SearchStrategy[str]:
    """Draw any text that is not blank."""
    return st.text(min_size=1, max_size=20).filter(lambda text: bool(text.strip()))


SHARES = figures(0, 100).map(Share.percent)
POINTS = figures(-100, 100).map(PercentagePoints)
RATES = figures(-99, 500).map(Rate.percent)
YEARS = st.integers(1900, 2200)
DATES = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))
BASES: st.SearchStrategy[PriceBasis] = st.just(CURRENT_PRICES) | YEARS.map(PriceBasis.constant)
CURRENCIES = st.sampled_from(["CAD", "EUR", "GBP", "JPY", "NOK", "TRY", "USD"]).map(Currency)
AMOUNTS = figures(-(10**14), 10**14, places=2)
DOLLARS = AMOUNTS.map(lambda amount: Money(amount, "USD"))
MONEY: st.SearchStrategy[Money] = st.builds(Money, AMOUNTS, CURRENCIES, BASES)
COUNTRIES: st.SearchStrategy[Country] = st.sampled_from(Country.all())
SOURCES = st.builds(
    Source,
    title=texts(),
    publisher=texts(),
    url=st.sampled_from(["", "https://example.org/paper.pdf?page=2", "http://example.org", "example.org/paper"]),
    date=st.none() | DATES,
    accessed=st.none() | DATES,
    locator=st.text(max_size=20),
)
TARGETS = st.builds(
    Target,
    key=texts(),
    name=texts(),
    share=SHARES,
    component=st.sampled_from(Component),
    modality=st.sampled_from(Modality),
    adopted=DATES,
    deadline=st.none() | YEARS,
    source=SOURCES,
    note=st.text(max_size=20),
)
CALORIFIC = st.sampled_from(CalorificBasis)
GAS_BASES = st.builds(
    GasBasis, st.sampled_from([CalorificBasis.GROSS, CalorificBasis.NET]), st.sampled_from(GasReference)
)
QUANTITY_AMOUNTS = figures(-(10**9), 10**9, places=3)
ENERGIES = st.builds(Energy, QUANTITY_AMOUNTS, st.sampled_from(EnergyUnit), CALORIFIC)
GAS_VOLUMES = st.builds(GasVolume, QUANTITY_AMOUNTS, st.sampled_from(GasUnit), st.none() | GAS_BASES)
LNG_MASSES = st.builds(LngMass, QUANTITY_AMOUNTS, st.sampled_from(MassUnit))
OIL_VOLUMES = st.builds(OilVolume, QUANTITY_AMOUNTS, st.sampled_from(OilUnit))
FUEL_MASSES = st.builds(FuelMass, QUANTITY_AMOUNTS, st.sampled_from(FuelMassUnit), st.sampled_from(FuelFamily))
QUANTITIES: st.SearchStrategy[EnergyQuantity] = st.one_of(ENERGIES, GAS_VOLUMES, LNG_MASSES, OIL_VOLUMES, FUEL_MASSES)
