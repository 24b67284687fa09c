"""Contracts, values, suppliers and origins: nothing is split, chosen or guessed silently."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.errors import (
    DocumentError,
    InvalidNumberError,
    MixedCurrenciesError,
    MixedPriceBasesError,
    UnexpectedValueError,
    UnknownNameError,
)
from natoburden.model.capabilities import CapabilityArea, InteroperabilityArea, cpv_areas, sipri_area
from natoburden.model.origins import origin_of_suppliers
from natoburden.model.procurement import ContractStatus
from tests.strategies import SHARES

KOREA, POLAND, GERMANY, FRANCE = map(nb.Country, ("KOR", "POL", "DEU", "FRA"))
SOURCE = nb.Source(title="Invented", publisher="tests")


def contract(key: str = "X1", **changes: Any) -> nb.Contract:
    given = {
        "key": key,
        "buyers": (POLAND,),
        "suppliers": (nb.Supplier(name="A maker", countries=(KOREA,)),),
        "system": "A system",
        "areas": (CapabilityArea.ARTILLERY,),
        "value": nb.ContractValue(kind=nb.ValueKind.CONTRACT, low=nb.Money.millions(10, "EUR")),
        "source": SOURCE,
    }
    return nb.Contract(**{**given, **changes})


# --- values ----------------------------------------------------------------------------------------------


def test_a_range_is_used_only_at_the_end_that_is_chosen() -> None:
    value = nb.ContractValue(
        kind=nb.ValueKind.BUDGET, low=nb.Money.billions(1, "EUR"), high=nb.Money.billions("2.5", "EUR")
    )
    assert value.is_range
    assert value.at(None) is None
    assert value.at(nb.model.RangeEnd.LOW) == value.low
    assert value.at(nb.model.RangeEnd.MID) == nb.Money.billions("1.75", "EUR")
    assert value.at(nb.model.RangeEnd.HIGH) == value.high
    assert str(value) == "EUR 1.00 bn (current prices) to EUR 2.50 bn (current prices), budget"


def test_one_amount_needs_no_choice_and_an_undisclosed_value_has_none() -> None:
    value = nb.ContractValue(kind=nb.ValueKind.CONTRACT, low=nb.Money(1, "EUR"))
    assert not value.is_range
    assert {value.at(end) for end in (None, *nb.model.RangeEnd)} == {nb.Money(1, "EUR")}
    silent = nb.ContractValue(kind=nb.ValueKind.CONTRACT)
    assert not silent.is_disclosed
    assert silent.at(nb.model.RangeEnd.HIGH) is None


@pytest.mark.parametrize(
    "ends",
    [
        {"low": nb.Money(2, "EUR"), "high": nb.Money(1, "EUR")},
        {"low": nb.Money(-1, "EUR")},
        {"high": nb.Money(1, "EUR")},
        {"low": "1"},
    ],
)
def test_an_impossible_value_is_refused(ends: dict[str, Any]) -> None:
    with pytest.raises(UnexpectedValueError):
        nb.ContractValue(kind=nb.ValueKind.CONTRACT, **ends)


def test_ends_in_two_currencies_are_refused() -> None:
    with pytest.raises(MixedCurrenciesError):
        nb.ContractValue(kind=nb.ValueKind.CONTRACT, low=nb.Money(1, "EUR"), high=nb.Money(2, "USD"))


# --- origins ---------------------------------------------------------------------------------------------


def test_the_rest_of_an_origin_is_unknown_unless_one_country_has_it_alone() -> None:
    content = nb.Origin.of(nb.OriginBasis.CONTENT, {"GBR": nb.Share.percent(37)})
    assert (content.unknown, len(content.known)) == (nb.Share.percent(63), 1)
    plant = nb.Origin.of(nb.OriginBasis.PLANT, {"HUN": nb.Share.percent("78.9")}, unsplit=["DEU"])
    assert plant.unknown == nb.Share.percent(0)
    assert str(plant) == "Hungary 78.90 %, Germany 21.10 % (plant)"
    whole = nb.Origin.of(nb.OriginBasis.PLANT, {"HUN": nb.Share.percent(100)}, unsplit=["DEU"])
    assert len(whole.known) == 1


def test_a_consortium_is_not_split() -> None:
    origin = nb.Origin.of(nb.OriginBasis.PRIME_NATIONALITY, unsplit=["DEU", "FRA"])
    assert origin.unknown == nb.Share.percent(100)
    assert str(origin) == "unknown among Germany, France 100.00 % (prime nationality)"
    assert str(nb.Origin(basis=nb.OriginBasis.PLANT)) == "unknown 100.00 % (plant)"


@pytest.mark.parametrize(
    ("shares", "unsplit"),
    [({"DEU": nb.Share.percent(60), "FRA": nb.Share.percent(50)}, ()), ({"DEU": nb.Share.percent(60)}, ("Germany",))],
)
def test_more_than_the_whole_and_a_country_twice_are_refused(shares: dict[str, nb.Share], unsplit: Any) -> None:
    with pytest.raises(UnexpectedValueError):
        nb.Origin.of(nb.OriginBasis.PLANT, shares, unsplit=unsplit)


@given(st.lists(SHARES, max_size=4))
def test_known_and_unknown_parts_of_an_origin_add_up_to_the_whole(shares: list[nb.Share]) -> None:
    countries = dict(zip(("DEU", "FRA", "ITA", "ESP"), shares, strict=False))
    if sum(share.as_fraction for share in shares) > 1:
        return
    origin = nb.Origin.of(nb.OriginBasis.WORK_SHARE, countries)
    assert sum(item.share.as_fraction for item in origin.known) + origin.unknown.as_fraction == 1


def test_two_suppliers_without_a_split_have_one_origin_only_if_they_share_a_country() -> None:
    one, other = nb.Supplier(name="One", countries=(KOREA,)), nb.Supplier(name="Other", countries=(FRANCE,))
    assert origin_of_suppliers([one, attrs.evolve(one, name="Second")]).unknown == nb.Share.percent(0)
    assert origin_of_suppliers([one, other]).unknown == nb.Share.percent(100)
    assert origin_of_suppliers([one, nb.Supplier(name="From somewhere")]).unsplit == ()


def test_suppliers_with_shares_are_added_up_by_country() -> None:
    def seller(share: int, *countries: nb.Country) -> nb.Supplier:
        return nb.Supplier(name=f"{share}", countries=countries, share=nb.Share.percent(share))

    origin = origin_of_suppliers([seller(30, KOREA), seller(20, KOREA), seller(40, GERMANY, FRANCE), seller(10)])
    assert [(item.country, item.share) for item in origin.known] == [(KOREA, nb.Share.percent(50))]
    assert origin.unknown == nb.Share.percent(50)


# --- contracts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"buyers": ()},
        {"suppliers": ()},
        {"areas": ()},
        {"delivery_start": 2030, "delivery_end": 2029},
        {"origins": (nb.Origin(basis=nb.OriginBasis.PLANT), nb.Origin(basis=nb.OriginBasis.PLANT))},
        {"suppliers": (nb.Supplier(name="A", share=nb.Share.percent(50)), nb.Supplier(name="B"))},
    ],
)
def test_an_incomplete_or_contradictory_contract_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UnexpectedValueError):
        contract(**changes)


def test_a_contract_says_its_year_area_and_whether_it_is_firm() -> None:
    plain = contract(status=ContractStatus.SIGNED)
    assert (plain.year, plain.area, plain.is_firm) == (None, CapabilityArea.ARTILLERY, True)
    joint = contract(
        buyers=(POLAND, GERMANY),
        areas=(CapabilityArea.ARTILLERY, CapabilityArea.AMMUNITION),
        date=nb.Announced.parse("2024-05", nb.Precision.MONTH),
    )
    assert (joint.year, joint.area, joint.is_firm, joint.is_collaborative) == (2024, None, False, True)
    ceiling = attrs.evolve(plain, value=attrs.evolve(plain.value, kind=nb.ValueKind.CEILING))
    assert not ceiling.is_firm
    assert not plain.is_collaborative


def test_origin_on_a_basis_that_was_not_given_is_none_but_for_the_suppliers_nationality() -> None:
    plant = nb.Origin.of(nb.OriginBasis.PLANT, unsplit=["POL"])
    item = contract(origins=(plant,))
    assert item.origin(nb.OriginBasis.PLANT) is plant
    assert item.origin(nb.OriginBasis.CONTENT) is None
    nationality = item.origin(nb.OriginBasis.PRIME_NATIONALITY)
    assert nationality is not None
    assert nationality.known[0].country == KOREA


def test_a_record_of_contracts_is_looked_up_by_key_extended_and_selected() -> None:
    record = nb.model.Contracts(
        items=(contract("X1"), contract("X2", buyers=(GERMANY,))), collected=dt.date(2026, 1, 1)
    )
    assert record["X2"].buyers == (GERMANY,)
    assert [item.key for item in record.of("Germany")] == ["X2"]
    assert len(record.of("EU")) == 2
    assert len(record.extended([contract("X3")])) == 3
    with pytest.raises(UnknownNameError, match="valid: X1, X2"):
        record["X9"]


def test_keys_used_twice_and_parts_of_nothing_are_reported_together() -> None:
    with pytest.raises(DocumentError) as caught:
        nb.model.Contracts(items=(contract("X1"), contract("X1", part_of="X7")), collected=dt.date(2026, 1, 1))
    assert [fault.path for fault in caught.value.faults] == ["contracts[X1].key", "contracts[X1].part_of"]


@pytest.mark.parametrize(
    "kind",
    [
        nb.ValueKind,
        nb.model.RangeEnd,
        nb.model.Bound,
        nb.model.Channel,
        nb.ContractStatus,
        nb.OriginBasis,
        nb.model.Certainty,
    ],
)
def test_words_print_as_files_write_them(kind: Any) -> None:
    assert [str(word) for word in kind] == [word.value for word in kind]


# --- capability areas ------------------------------------------------------------------------------------


def test_an_area_covers_itself_and_what_lies_within_it() -> None:
    assert CapabilityArea.AIRCRAFT.covers(CapabilityArea.HELICOPTERS)
    assert not CapabilityArea.HELICOPTERS.covers(CapabilityArea.AIRCRAFT)
    assert CapabilityArea.CYBER.covers(CapabilityArea.CYBER)


def test_sipri_and_cpv_map_onto_areas_and_unknown_words_onto_none() -> None:
    assert sipri_area("anti-tank missile") is sipri_area("ASM", "Aircraft") is CapabilityArea.MISSILES
    assert sipri_area("a new word", "Ships") is CapabilityArea.NAVAL_VESSELS
    assert sipri_area("a new word") is None
    assert cpv_areas("35400000-4")[0] is CapabilityArea.ARMOURED_VEHICLES
    assert cpv_areas("33000000") == ()


def test_no_register_covers_artificial_intelligence_and_cyber() -> None:
    assert [str(area) for area in InteroperabilityArea if not area.is_covered] == ["artificial intelligence", "cyber"]
    assert all(area.areas for area in InteroperabilityArea)


# --- exchange rates --------------------------------------------------------------------------------------

RATES = nb.model.ExchangeRates(
    base=nb.Currency("EUR"),
    date=dt.date(2024, 12, 31),
    quotations=(nb.model.Quotation(nb.Currency("USD"), "1.25"), nb.model.Quotation(nb.Currency("KRW"), "1500")),
    source=SOURCE,
)


def test_amounts_convert_through_the_base_currency() -> None:
    assert RATES.convert(nb.Money(100, "EUR"), "USD") == nb.Money(125, "USD")
    assert RATES.convert(nb.Money(125, "USD"), nb.Currency("KRW")) == nb.Money(150000, "KRW")
    assert RATES.convert(nb.Money(5, "KRW"), "KRW") == nb.Money(5, "KRW")
    assert str(RATES) == "tests, 2024-12-31"


def test_a_currency_without_rate_a_constant_amount_and_a_rate_of_nothing_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="EUR, KRW, USD"):
        RATES.convert(nb.Money(1, "EUR"), "PLN")
    with pytest.raises(MixedPriceBasesError):
        RATES.convert(nb.Money(1, "EUR", nb.PriceBasis.constant(2021)), "USD")
    with pytest.raises(InvalidNumberError, match="more than zero"):
        nb.model.Quotation(nb.Currency("USD"), 0)
