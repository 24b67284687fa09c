"""Notices to Congress: whose they are and when, and that a ceiling is never taken for a contract."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden.errors import DocumentError, NotAContractError, UnexpectedValueError, UnknownCountryError
from natoburden.frames import contracts_to_frame
from natoburden.model import Agency, NoticeStanding, SaleNotification, SaleNotifications, Source, us_fiscal_year
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.notices import Buyer, find_buyer
from natoburden.serialization import from_data, to_data

SOURCE = Source(title="A release", publisher="A department")
AGENCY = Agency("NATO Support and Procurement Agency")
FINLAND = nb.Country("FIN")  # an Ally since 4 April 2023


def notice(key: str, buyer: Buyer = FINLAND, day: str = "2024-05-06", **more: Any) -> SaleNotification:
    given: dict[str, Any] = {
        "system": "Missiles",
        "areas": (CapabilityArea.MISSILES,),
        "ceiling": nb.Money.millions(100, "USD"),
        "source": SOURCE,
    }
    return SaleNotification(key=key, buyer=buyer, notified_on=dt.date.fromisoformat(day), **(given | more))


def record(*items: SaleNotification) -> SaleNotifications:
    return SaleNotifications(items=items, collected=dt.date(2026, 11, 27))


def keys(notices: SaleNotifications) -> list[str]:
    return [item.key for item in notices]


def test_a_notice_says_that_its_figure_is_the_most_that_congress_was_told() -> None:
    text = "A: Finland, Missiles (at most USD 100.00 m (current prices), told to Congress on 2024-05-06"
    assert str(notice("A")) == f"{text})"
    assert str(notice("A", standing=NoticeStanding.NEVER_BOUGHT)) == f"{text}, never bought)"
    assert str(notice("A", standing=NoticeStanding.REVISED)) == f"{text}, revised)"


def test_a_member_that_leaves_counts_until_the_end_of_its_last_day() -> None:
    britain = nb.Country("GBR")  # a member of the European Union to 31 January 2020
    found = record(notice("last", britain, "2020-01-31"), notice("after", britain, "2020-02-01"))
    assert keys(found.of("EU")) == ["last"]


def test_a_ceiling_of_less_than_a_dollar_is_above_zero() -> None:
    assert notice("A", ceiling=nb.Money("0.50", "USD")).ceiling.amount == nb.Money("0.50", "USD").amount


def test_a_notice_is_evidence_that_is_not_an_outcome() -> None:
    found = notice("A")
    assert (found.firmness, found.reference, found.sources) == (nb.Status.ESTIMATE, "A", (SOURCE,))
    assert found.working == str(found)


@pytest.mark.parametrize(
    ("day", "year", "quarter", "fiscal"),
    [
        ("2024-01-01", 2024, "2024-Q1", 2024),
        ("2024-03-31", 2024, "2024-Q1", 2024),
        ("2024-04-01", 2024, "2024-Q2", 2024),
        ("2024-09-30", 2024, "2024-Q3", 2024),
        ("2024-10-01", 2024, "2024-Q4", 2025),
        ("2024-12-31", 2024, "2024-Q4", 2025),
    ],
)
def test_a_day_lies_in_a_year_a_quarter_and_a_fiscal_year(day: str, year: int, quarter: str, fiscal: int) -> None:
    found = notice("A", day=day)
    assert (found.year, str(found.quarter), found.us_fiscal_year) == (year, quarter, fiscal)
    assert us_fiscal_year(dt.date.fromisoformat(day)) == fiscal


def test_a_notice_of_several_areas_has_no_one_area() -> None:
    both = (CapabilityArea.MISSILES, CapabilityArea.HELICOPTERS)
    assert notice("A", areas=both).area is None
    assert notice("A").area is CapabilityArea.MISSILES


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"areas": ()}, "capability area"),
        ({"ceiling": nb.Money.millions(100, "EUR")}, "US dollars"),
        ({"ceiling": nb.Money.millions(100, "USD", nb.model.PriceBasis.constant(2021))}, "prices of its time"),
        ({"ceiling": nb.Money(0, "USD")}, "above zero"),
        ({"ceiling": nb.Money("-0.01", "USD")}, "above zero"),
        ({"ceiling": 100}, "int"),
        ({"buyer": "Finland"}, "give a Country"),
        ({"source": None}, "NoneType"),
        ({"notified_on": dt.datetime(2024, 5, 6)}, "datetime"),
    ],
)
def test_what_is_no_notice_is_refused(change: dict[str, Any], told: str) -> None:
    with pytest.raises(UnexpectedValueError, match=told):
        attrs.evolve(notice("A"), **change)


@pytest.mark.parametrize("name", ["NSPA", "NATO", "NATO ", "NATO Europe and Canada", 5])
def test_an_agency_is_named_with_nato_and_is_no_group(name: Any) -> None:
    with pytest.raises(UnexpectedValueError):
        Agency(name)


def test_a_buyer_is_a_country_by_any_name_or_an_agency() -> None:
    assert find_buyer("Suomi") == find_buyer(FINLAND) == FINLAND
    assert find_buyer(AGENCY.name) == find_buyer(AGENCY) == AGENCY
    assert (AGENCY.key, str(AGENCY)) == (AGENCY.name, AGENCY.name)
    with pytest.raises(UnknownCountryError):
        find_buyer("Fineland")


def test_notices_of_an_agency_are_found_by_its_name_in_full_and_by_its_initials() -> None:
    agency = Agency("NATO Support and Procurement Agency (NSPA)")
    kept = record(notice("A"), notice("B", agency))
    for name in ("NATO Support and Procurement Agency", "nspa", "NSPA", agency.name):
        assert keys(kept.of(name)) == ["B"]


def test_all_keys_that_are_used_twice_are_told_at_once() -> None:
    with pytest.raises(DocumentError) as caught:
        record(notice("A"), notice("B"), notice("A"), notice("B"))
    assert [fault.path for fault in caught.value.faults] == ["notices[A].key", "notices[B].key"]
    with pytest.raises(DocumentError):
        record(notice("A")).extended([notice("A")])
    assert keys(record(notice("A")).extended([notice("B")])) == ["A", "B"]


def test_a_country_counts_with_a_group_from_the_day_on_which_it_joined() -> None:
    found = record(notice("before", day="2023-04-03"), notice("after", day="2023-04-04"))
    assert keys(found.of("NATO")) == ["after"]
    assert keys(found.of("NATO", members=2026)) == ["before", "after"]
    assert keys(found.of("NATO", members=dt.date(2023, 1, 1))) == []
    assert keys(found.of("Finland")) == ["before", "after"]
    assert found.of("NATO").is_selection
    assert not found.is_selection


def test_an_agency_counts_with_all_allies_and_with_no_part_of_them() -> None:
    found = record(notice("agency", AGENCY), notice("ally"))
    assert keys(found.of("NATO")) == keys(found.of("NATO Europe and Canada")) == ["agency", "ally"]
    assert keys(found.of("NATO_EUROPE")) == keys(found.of("EU")) == keys(found.of("Finland")) == ["ally"]
    assert keys(found.of(AGENCY)) == keys(found.of(AGENCY.name.lower())) == keys(found.by_agencies) == ["agency"]


def test_an_unknown_buyer_is_told_with_the_nearest_names() -> None:
    with pytest.raises(UnknownCountryError):
        record(notice("A")).of("Fineland")


def test_a_span_holds_its_first_and_its_last_day() -> None:
    days = ("2023-12-31", "2024-01-01", "2024-06-30", "2024-07-01", "2024-12-31", "2025-01-01")
    found = record(*(notice(day, day=day) for day in days))
    assert keys(found.between(2024, 2024)) == list(days[1:5])
    assert keys(found.between(dt.date(2024, 1, 1), dt.date(2024, 6, 30))) == list(days[1:3])
    with pytest.raises(UnexpectedValueError, match="first day comes first"):
        found.between(2025, 2024)


def test_a_record_tells_how_many_notices_it_holds_and_finds_them() -> None:
    found = record(notice("A"), notice("B"))
    assert "<2 notices>" in repr(found)
    assert found["B"].key == "B"


def test_a_record_of_notices_holds_nothing_else() -> None:
    contracts: Any = nb.datasets.announced_contracts().items[:1]
    with pytest.raises(UnexpectedValueError, match="SaleNotification only"):
        record(*contracts)


def test_a_notice_never_stands_where_contracts_are_wanted() -> None:
    notices: Any = record(notice("A"))
    with pytest.raises(NotAContractError, match="A: Finland, Missiles"):
        nb.dependency.supplier_shares(notices)
    with pytest.raises(NotAContractError):
        nb.datasets.announced_contracts().extended(notices)
    with pytest.raises(NotAContractError):
        nb.credit.package_of("A package", contracts=notices)
    with pytest.raises(NotAContractError):
        contracts_to_frame(notices, "polars")


def test_notices_are_written_and_read_back() -> None:
    found = record(notice("A"), notice("B", AGENCY))
    data = to_data(found)
    assert [item["buyer"] for item in data["items"]] == ["FIN", AGENCY.name]
    assert from_data(data, SaleNotifications) == found
    data["items"][0]["buyer"] = 5
    with pytest.raises(DocumentError) as caught:
        from_data(data, SaleNotifications)
    assert [fault.path for fault in caught.value.faults] == ["items[0].buyer"]


def test_a_country_that_was_not_collected_is_told_apart_from_one_without_a_notice() -> None:
    packaged = nb.datasets.us_arms_notifications()
    assert [country.alpha_3 for country in packaged.uncollected("Israel")] == ["ISR"]
    assert [country.alpha_3 for country in packaged.between(2025, 2025).uncollected("EU")] == ["CYP", "MLT"]
    assert [packaged.uncollected(who) for who in ("Iceland", "NATO", "USA", AGENCY)] == [()] * 4
    assert record(notice("A")).uncollected("Israel") == ()
    mine = packaged.extended([attrs.evolve(notice("A"), buyer=nb.Country("ISR"))])
    assert mine.uncollected("Israel") == ()
    wrong: Any = ["POL"]
    with pytest.raises(UnexpectedValueError, match="a buyer that is on record"):
        attrs.evolve(packaged, buyers=wrong)
