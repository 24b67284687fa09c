"""Values are frozen, hashable, and the same after copying and pickling."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given

from natoburden.datasets import content_rule, conversion_set, energy_deals, energy_pledge, procurement_aims
from natoburden.model.countries import Country
from natoburden.model.dates import Announced, DateSpan, Deadline, Precision
from natoburden.model.energy import OtherPlace
from natoburden.model.exchange import YearlyRates
from natoburden.model.memberships import Bloc, Group
from natoburden.model.money import CURRENT_PRICES, UNSTATED_PRICES, Currency, Money, PriceBasis
from natoburden.model.origins import Origin, OriginBasis
from natoburden.model.periods import Period
from natoburden.model.procurement import Cancellation, Contracts
from natoburden.model.quantities import CalorificBasis, Energy, EnergyUnit, parse_quantity
from natoburden.model.shares import PercentagePoints, Rate, Share
from natoburden.model.spending_commitments import CompositeTarget
from natoburden.model.transfers import Tiv, Transfers
from tests.model.test_commitments import CORE, RELATED
from tests.model.test_expenditure import EDITION, TABLE
from tests.model.test_procurement import RATES as EXCHANGE
from tests.model.test_procurement import contract
from tests.model.test_transfers import transfer
from tests.strategies import BASES, COUNTRIES, MONEY, POINTS, RATES, SHARES, SOURCES, TARGETS

VALUES = [
    Share.percent("2.22"),
    PercentagePoints("-0.75"),
    Rate.percent("19.02"),
    Money.millions("64841.085", "USD", PriceBasis.constant(2021)),
    Currency("EUR"),
    CURRENT_PRICES,
    UNSTATED_PRICES,
    DateSpan.parse("2025-02"),
    Deadline.parse("2025-2027"),
    Announced.parse("2025-06", Precision.MONTH),
    PriceBasis.constant(2015),
    Country("DEU"),
    Group.find("NATO_NON_EU"),
    Bloc.find("EU"),
    Bloc.find("EU").membership("UK"),
    CORE.source,
    CORE,
    CompositeTarget(key="x", name="X", total=CORE, core=CORE, related=RELATED),
    EDITION,
    EDITION.omissions[0],
    TABLE.share_of_gdp("DEU", 2021),
    TABLE.expenditure("DEU", 2021),
    TABLE,
    Tiv("1.5"),
    EXCHANGE,
    YearlyRates(tables=(EXCHANGE,)),
    contract(cancellation=Cancellation(part=Share.percent(40), source=CORE.source)),
    content_rule("EDIP"),
    contract(origins=(Origin.of(OriginBasis.CONTENT, {"GBR": Share.percent("37")}),)),
    Contracts(items=(contract(),), collected=dt.date(2026, 1, 1)),
    transfer(),
    Transfers(items=(transfer(),), layout="order", source=CORE.source),
    content_rule("SAFE"),
    procurement_aims()["edis-within-eu-2030"],
    Energy("36", EnergyUnit.PJ, CalorificBasis.NET),
    parse_quantity("4 bcm (gross, 15 °C)"),
    parse_quantity("2 Mt of LNG"),
    parse_quantity("1 barrel"),
    energy_deals()["E29"],
    energy_deals(),
    energy_pledge("eu-us-2025"),
    conversion_set("bp-2021"),
    Period(2022, "01"),
    OtherPlace("EU27_2020"),
]
COPIES: list[Callable[[Any], Any]] = [
    copy.copy,
    copy.deepcopy,
    *(lambda value, protocol=protocol: pickle.loads(pickle.dumps(value, protocol)) for protocol in range(6)),
]


def named(value: object) -> str:
    return type(value).__name__


@pytest.mark.parametrize("copied", COPIES)
@pytest.mark.parametrize("value", VALUES, ids=named)
def test_a_value_survives_copying_and_pickling(value: object, copied: Callable[[Any], Any]) -> None:
    same = copied(value)
    assert type(same) is type(value)
    assert (same, hash(same), repr(same)) == (value, hash(value), repr(value))


@pytest.mark.parametrize("copied", COPIES)
def test_a_copied_table_still_finds_its_figures(copied: Callable[[Any], Any]) -> None:
    same = copied(TABLE)
    assert (same.years, same.countries) == (TABLE.years, TABLE.countries)
    assert same.gdp("DEU", 2021) == TABLE.gdp("DEU", 2021)


@pytest.mark.parametrize("value", VALUES, ids=named)
def test_a_value_cannot_be_changed(value: Any) -> None:
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, getattr(value, field.name))


@pytest.mark.parametrize("value", VALUES, ids=named)
def test_a_value_has_no_place_for_misspelt_attributes(value: Any) -> None:
    assert not hasattr(value, "__dict__")


@given(SHARES | POINTS | RATES | BASES | MONEY | COUNTRIES | SOURCES | TARGETS)
def test_any_value_survives_pickling(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
