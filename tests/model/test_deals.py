"""Deals, prices and pledges: what they tell, and what they leave open."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden.errors import (
    DocumentError,
    InvalidNumberError,
    InvalidYearError,
    MissingSourceError,
    UnexpectedValueError,
    UnknownNameError,
)
from natoburden.model import Bound, DealStatus, DeliverySpan

DEALS = nb.datasets.energy_deals()


def deal(**given: Any) -> nb.model.EnergyDeal:
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
    with pytest.raises((InvalidYearError, UnexpectedValueError)):
        deal(**given)


def mt(figure: str) -> nb.model.LngMass:
    return nb.model.LngMass(figure, nb.model.MassUnit.MT)


def bcm(figure: str) -> nb.model.GasVolume:
    return nb.model.GasVolume(figure, nb.model.GasUnit.BCM)


SPANS = (
    DeliverySpan(start=2019, end=2022, total=mt("0.52")),
    DeliverySpan(start=2022, years=2, per_year=mt("2")),
)
OWN: dict[str, Any] = {"per_year": None, "years": None, "start": None}


def test_a_deal_with_spans_delivers_what_each_tells_for_its_years() -> None:
    """By hand: 0.52 over four years is 0.13; in 2022 both spans deliver."""
    told = deal(**OWN, spans=SPANS)
    assert (told.first_year, told.last_year, told.is_dated) == (2019, 2023, True)
    due = {year: [str(item.amount) for item in told.quantities_in(year)] for year in range(2018, 2025)}
    assert due == {2018: [], 2019: ["0.13"], 2020: ["0.13"], 2021: ["0.13"], 2022: ["0.13", "2"], 2023: ["2"], 2024: []}
    assert [year for year in due if told.delivers_in(year)] == [2019, 2020, 2021, 2022, 2023]
    ended = attrs.evolve(told, status=DealStatus.TERMINATED)
    assert (ended.quantities_in(2022), ended.delivers_in(2022), ended.may_deliver_in(2022)) == ((), False, False)
    assert "0.52 Mt of LNG in all, 2019 to 2022; 2.00 Mt of LNG a year, 2022 to 2023 (binding)" in str(told)


def test_a_span_that_is_open_on_one_side_says_so() -> None:
    ton = mt("1")
    told = [
        str(DeliverySpan(total=ton)),
        str(DeliverySpan(total=ton, start=2019)),
        str(DeliverySpan(total=ton, end=2022)),
    ]
    whole = "1.00 Mt of LNG in all"
    assert told == [whole, f"{whole}, 2019 to ?", f"{whole}, ? to 2022"]


def test_a_deal_with_a_span_of_unknown_years_is_not_dated_but_may_deliver() -> None:
    told = deal(**OWN, spans=(*SPANS, DeliverySpan(start=2030, per_year=mt("1"))))
    assert (told.first_year, told.last_year, told.is_dated) == (2019, None, False)
    assert [told.may_deliver_in(year) for year in (2018, 2023, 2026, 2060)] == [False, True, False, True]
    assert deal(**OWN, spans=(DeliverySpan(end=2050),)).first_year is None
    assert deal(**OWN, spans=(DeliverySpan(start=2020, years=2),)).quantities_in(2021) == ()


@pytest.mark.parametrize(
    ("told", "yearly", "whole"),
    [
        ({"per_year": bcm("4"), "total": bcm("70"), "years": 20}, bcm("3.5"), bcm("70")),
        ({"per_year": mt("0.5"), "total": bcm("5.8"), "years": 9}, mt("0.5"), bcm("5.8")),
        ({"per_year": mt("2"), "start": 2020, "end": 2029}, mt("2"), mt("20")),
        ({"per_year": mt("2")}, mt("2"), None),
        ({"total": mt("20"), "start": 2020, "end": 2029}, mt("2"), mt("20")),
        ({"total": mt("20")}, None, mt("20")),
        ({"per_year": mt("2"), "total": mt("30")}, mt("2"), mt("30")),
    ],
)
def test_years_add_up_to_the_total_that_is_told(told: dict[str, Any], yearly: object, whole: object) -> None:
    span = DeliverySpan(**told)
    assert (span.yearly, span.whole) == (yearly, whole)


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: deal(spans=SPANS), UnexpectedValueError),
        (lambda: deal(per_year=mt("0")), InvalidNumberError),
        (lambda: DeliverySpan(total=mt("-1")), InvalidNumberError),
        (lambda: DeliverySpan(start=2030, end=2029), InvalidYearError),
    ],
)
def test_years_and_volumes_of_nonsense_are_refused(make: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        make()


def test_a_deal_without_a_source_is_refused() -> None:
    with pytest.raises(MissingSourceError):
        deal(sources=())


def test_a_deal_prints_what_is_told_of_it() -> None:
    assert str(deal(per_year=None, start=None, years=None)).endswith("Sempra Infrastructure, volume unstated (binding)")
    assert str(deal(per_year=None)).endswith("volume unstated, 2027 to 2046 (binding)")
    assert str(deal(years=None)).endswith("2027 to ? (binding)")
    assert str(deal(bound=Bound.UP_TO)).endswith("Infrastructure, up to 1.00 Mt of LNG a year, 2027 to 2046 (binding)")


def test_the_purchases_of_a_portfolio_buyer_are_nobodys_imports() -> None:
    assert {item.key for item in DEALS.of("France")} == {"F13"}
    assert {item.key for item in DEALS if item.is_portfolio} == {"E01", "E06", "E07", "E20", "E21", "F11"}
    assert not DEALS["E20"].is_national


def test_deals_are_found_by_key_and_kept_apart() -> None:
    assert len(DEALS.extended([deal(key="mine")])) == len(DEALS) + 1
    assert "E12" not in DEALS.without("E12").by_key
    with pytest.raises(UnknownNameError, match="did you mean"):
        DEALS["E1"]
    with pytest.raises(DocumentError) as caught:
        DEALS.extended([deal()])
    assert "this key is used twice" in str(caught.value)


def test_a_pledge_divides_into_equal_years() -> None:
    pledge = nb.datasets.energy_pledge("eu-us-2025")
    assert pledge.years == 3
    assert pledge.per_year.in_billions == 250
    with pytest.raises(InvalidYearError):
        attrs.evolve(pledge, last_year=2025)


def test_words_print_as_values() -> None:
    assert [str(nb.model.Delivery.FOB), str(DealStatus.BINDING)] == ["FOB", "binding"]
