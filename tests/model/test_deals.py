"""Deals, prices and pledges: what they tell, and what they leave open."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import DealStatus, EnergyUnit, Money, UnitPrice
from natoburden.errors import (
    DocumentError,
    InvalidYearError,
    MissingSourceError,
    MixedQuantitiesError,
    UnexpectedValueError,
    UnknownNameError,
)

DEALS = nb.datasets.energy_deals()
PRICE = UnitPrice(Money("3", "USD"))


def deal(**given: Any) -> nb.EnergyDeal:
    return attrs.evolve(DEALS["E12"], **given)


def test_a_deal_runs_by_start_and_term_or_else_to_its_reported_end() -> None:
    assert deal().last_year == 2046
    assert deal(years=None, end=2050).last_year == 2050
    assert deal(end=2050).last_year == 2046
    assert deal(years=None).last_year is None
    assert not deal(years=None).is_dated


def test_a_deal_delivers_within_its_term_only_and_never_once_terminated() -> None:
    assert [year for year in (2026, 2027, 2046, 2047) if deal().delivers_in(year)] == [2027, 2046]
    assert not deal(status=DealStatus.TERMINATED).delivers_in(2030)
    assert not deal(start=None).delivers_in(2030)


@pytest.mark.parametrize("given", [{"years": 0}, {"years": 101}, {"years": True}, {"start": 1066}, {"end": 2026}])
def test_what_is_no_term_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(InvalidYearError):
        deal(**given)


def test_a_deal_without_a_source_is_refused() -> None:
    with pytest.raises(MissingSourceError):
        deal(sources=())


def test_a_deal_prints_what_is_told_of_it() -> None:
    assert str(deal(per_year=None, start=None, years=None)).endswith("Sempra Infrastructure, volume unstated (binding)")
    assert str(deal(years=None)).endswith("2027 to ? (binding)")


def test_the_purchases_of_a_portfolio_buyer_are_nobodys_imports() -> None:
    assert {item.key for item in DEALS.of("France")} == set()
    assert {item.key for item in DEALS if item.is_portfolio} == {"E01", "E06", "E07", "E20", "E21"}
    assert not DEALS["E20"].is_national


def test_deals_are_found_by_key_and_kept_apart() -> None:
    assert len(DEALS.extended([deal(key="mine")])) == len(DEALS) + 1
    assert "E12" not in DEALS.without("E12").by_key
    with pytest.raises(UnknownNameError, match="did you mean"):
        DEALS["E1"]
    with pytest.raises(DocumentError) as caught:
        DEALS.extended([deal()])
    assert "this key is used twice" in str(caught.value)


def test_a_price_costs_energy_in_its_own_unit() -> None:
    assert PRICE.cost_of(nb.Energy("3700000", EnergyUnit.MMBTU)) == Money.millions("11.1", "USD")
    with pytest.raises(MixedQuantitiesError):
        PRICE.cost_of(nb.Energy(1, EnergyUnit.TWH))
    per_twh = UnitPrice(Money(1, "USD"), EnergyUnit.TWH)
    with pytest.raises(MixedQuantitiesError):
        PRICE + per_twh
    assert PRICE - PRICE * nb.Share.percent(50) == UnitPrice(Money("1.5", "USD"))
    assert str(PRICE) == "USD 3.00 (current prices) per MMBtu"
    with pytest.raises(UnexpectedValueError):
        UnitPrice("3")  # type: ignore[arg-type] # refused on purpose


def test_a_pledge_divides_into_equal_years() -> None:
    pledge = nb.datasets.energy_pledge("eu-us-2025")
    assert pledge.years == 3
    assert pledge.per_year.in_billions == 250
    with pytest.raises(InvalidYearError):
        attrs.evolve(pledge, last_year=2025)


def test_words_print_as_values() -> None:
    assert [str(nb.Delivery.FOB), str(DealStatus.BINDING)] == ["FOB", "binding"]
