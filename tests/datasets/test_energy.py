"""The packaged files on energy: complete, sourced, as collected."""

from __future__ import annotations

import hashlib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

import natoburden as nb
from natoburden import Fuel
from natoburden.datasets import _files
from natoburden.errors import DocumentError, UnknownNameError
from natoburden.model import DealStatus

FOLDER = _files.DATA / "energy"
DEALS = nb.datasets.energy_deals()


def test_every_packaged_file_has_its_hash_and_is_in_the_manifest() -> None:
    sections = ("deals", "flows", "dependency")
    files = [file for section in sections for file in _files.editions("energy/manifest.toml", section).values()]
    assert {file.path for file in files} == {*FOLDER.glob("*.csv")}
    for file in files:
        assert hashlib.sha256(file.path.read_bytes()).hexdigest() == file.sha256


def test_eurostats_tables_carry_their_attribution() -> None:
    for flows in (nb.datasets.gas_imports(), nb.datasets.gas_imports("2022-04")):
        assert [(source.publisher, "CC BY 4.0" in source.licence) for source in flows.sources] == [("Eurostat", True)]
    assert "CC BY 4.0" in next(iter(nb.datasets.energy_dependency())).source.licence


def test_every_deal_has_a_source_with_an_address() -> None:
    assert len(DEALS) == 45
    assert all(source.url.startswith("http") for deal in DEALS for source in deal.sources)


def test_every_deal_but_one_has_two_hosts() -> None:
    hosts = {deal.key: {source.url.split("/")[2] for source in deal.sources} for deal in DEALS}
    assert [key for key, found in hosts.items() if len(found) < 2] == ["F07"]


def test_statuses_are_those_of_the_record() -> None:
    statuses = {"binding": 36, "conditional": 3, "preliminary": 4, "terminated": 1, "unstated": 1}
    assert Counter(str(deal.status) for deal in DEALS) == statuses
    assert [deal.key for deal in DEALS if deal.status is DealStatus.UNSTATED] == ["F05"]
    assert DEALS["E10"].status is DealStatus.TERMINATED
    assert DEALS["E10"].status_note == "2021-07"


def test_a_volume_that_was_only_remembered_does_not_ship() -> None:
    without = [deal.key for deal in DEALS if all(span.yearly is span.total is None for span in deal.deliveries)]
    assert without == ["E15", "F09", "F10", "F14"]


def test_a_reported_total_counts_before_a_rate_that_does_not_add_up_to_it() -> None:
    """BOTAS and Mercuria: 70 bcm in all over 20 years, so 3.5 a year, though about 4 a year is told too."""
    botas = DEALS["E25"]
    assert botas.per_year is not None
    assert botas.years is not None
    assert (str(botas.total), str(botas.per_year * botas.years)) == ("70.00 bcm", "80.00 bcm")
    due = [quantity for year in range(2020, 2060) for quantity in botas.quantities_in(year)]
    assert sum(quantity.amount for quantity in due) == 70


def test_a_deal_has_several_spans_where_its_volume_changes() -> None:
    """PGNiG: with Cheniere 0.52 Mt in all to 2022, then 29 Mt in all to 2042; with Venture Global 1 a year, then 2."""
    years = range(2018, 2047)
    due = {
        key: {year: sum(item.amount for item in DEALS[key].quantities_in(year)) for year in years}
        for key in ("E08", "E09")
    }
    assert sum(amount for year, amount in due["E09"].items() if year <= 2022) == Decimal("0.52")
    assert sum(due["E09"].values()) == Decimal("29.52")
    assert [due["E08"][year] for year in (2021, 2022, 2025, 2026, 2041, 2042, 2045, 2046)] == [0, 1, 1, 2, 2, 1, 1, 0]


def test_the_seller_of_american_gas_need_not_be_american() -> None:
    america = nb.Country("USA")
    assert {deal.key for deal in DEALS if deal.origin == america != deal.seller_country} == {
        "E24", "E25", "E26", "F08", "F09", "F10", "F14",
    }  # fmt: skip


def test_gas_of_an_origin_that_is_not_told_is_nobodys() -> None:
    without = [deal.key for deal in DEALS if deal.origin is None]
    assert without == ["F01", "F02", "F03", "F04", "F05", "F16"]
    assert {deal.buyer_country.key for deal in DEALS if deal.key in without} == {"HUN", "TUR"}


def test_an_upper_or_lower_bound_is_not_a_volume() -> None:
    bounds = {deal.key: str(deal.bound) for deal in DEALS if deal.bound is not nb.model.Bound.EXACT}
    assert bounds == {"E16": "up to", "E27": "at least", "F04": "up to", "F05": "up to", "F06": "up to"}


@pytest.mark.parametrize(
    ("key", "field", "expected"),
    [
        ("E03", "start", 2019), ("E04", "start", 2025), ("E05", "start", 2025), ("E06", "start", 2025),
        ("E07", "start", 2025), ("E18", "start", 2027), ("E22", "start", None), ("E16", "end", 2043),
        ("F12", "start", 2019), ("F12", "years", 20),
        ("E07", "delivery", nb.model.Delivery.FOB), ("E19", "delivery", nb.model.Delivery.FOB),
        ("E24", "delivery", nb.model.Delivery.FOB), ("E16", "delivery", nb.model.Delivery.FOB),
        ("E24", "per_year", nb.model.LngMass("0.7", nb.model.MassUnit.MT)), ("E16", "status", DealStatus.CONDITIONAL),
        ("F06", "status", DealStatus.BINDING), ("F12", "value", nb.Money("5500000000", "USD", nb.UNSTATED_PRICES)),
        ("E05", "signed", nb.Announced.parse("2018-05-02", nb.Precision.DAY)),
        ("E07", "signed", nb.Announced.parse("2018-05", nb.Precision.DERIVED)),
        ("E08", "signed", nb.Announced.parse("2018", nb.Precision.YEAR)),
        ("E26", "signed", nb.Announced.parse("2025-12-29", nb.Precision.DAY)),
        ("E28", "signed", nb.Announced.parse("2025-12-16", nb.Precision.DAY)),
        ("F06", "signed", nb.Announced.parse("2026-03-04", nb.Precision.DAY)),
        ("F12", "signed", nb.Announced.parse("2013-03-25", nb.Precision.ARTICLE)),
    ],
)  # fmt: skip
def test_what_a_second_look_found_stands_in_the_record(key: str, field: str, expected: object) -> None:
    assert getattr(DEALS[key], field) == expected


def test_a_corrected_deal_keeps_in_its_note_what_was_told_first() -> None:
    first = {"E09": "1.95 bcm", "E08": "2 Mt a year from 2022", "E22": "2027 as planned", "E03": "2018"}
    for key, words in first.items():
        assert words in DEALS[key].note


def test_every_line_becomes_one_flow_or_rate_and_empty_is_missing() -> None:
    assert [len(nb.datasets.gas_imports(key)) for key in ("to-2022", "2022-04")] == [2490, 303]
    rates = nb.datasets.energy_dependency()
    assert (len(rates), sum(item.rate is None for item in rates)) == (902, 22)


@pytest.mark.parametrize(
    ("place", "year", "expected"),
    [
        ("EU27_2020", 2020, "57.459"), ("EU27_2020", 2022, "62.513"), ("EU27_2020", 2023, "58.342"),
        ("EU27_2020", 2024, "57.286"), ("DE", 2024, "66.812"), ("FR", 2024, "41.672"), ("IT", 2024, "73.884"),
        ("ES", 2024, "68.871"), ("PL", 2024, "45.669"), ("EE", 2024, "4.622"), ("NO", 2024, "-677.196"),
    ],
)  # fmt: skip
def test_published_dependency_rates(place: str, year: int, expected: str) -> None:
    assert nb.datasets.energy_dependency().rate(place, year).as_percent == Decimal(expected)


def test_natural_gas_includes_lng_in_the_packaged_table() -> None:
    """G3000 is never below G3200 but where a country re-exports or rounds; the exceptions are counted."""
    flows = nb.datasets.gas_imports()
    odd = []
    for item in flows:
        whole = flows.cell(item.importer, item.partner, Fuel.GAS, item.period)
        if item.fuel is Fuel.LNG and item.quantity and whole and whole.quantity:
            odd += [item] if whole.quantity.amount < item.quantity.amount else []
    assert odd == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda: nb.datasets.gas_imports("2021"),
        lambda: nb.datasets.energy_pledge("eu"),
        lambda: nb.datasets.conversion_set("bp"),
    ],
)
def test_what_does_not_ship_is_refused_by_name(ask: object) -> None:
    with pytest.raises(UnknownNameError):
        ask()  # type: ignore[operator] # each is a function


def test_a_faulty_document_of_deals_reports_all_its_faults_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[deals]]\nkey = "a"\nbuyer = "B"\nbuyer_country = "Atlantis"\nseller = "S"\nseller_country = "USA"\n'
        'per_year = "4 furlong"\nstatus = "rumoured"\nsources = []\n',
        encoding="utf-8",
    )
    with pytest.raises(DocumentError) as caught:
        nb.datasets.load_energy_deals(path)
    assert [fault.path for fault in caught.value.faults] == [
        "deals[0].buyer_country", "deals[0].per_year", "deals[0].status",
    ]  # fmt: skip
