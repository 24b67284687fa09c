"""The packaged files on energy: complete, sourced, as collected."""

from __future__ import annotations

import csv
import hashlib
import os
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

import natoburden as nb
from natoburden import DealStatus, Fuel
from natoburden.datasets import _files
from natoburden.errors import DocumentError, UnknownNameError

FOLDER = _files.DATA / "energy"
MANIFEST = tomllib.loads((FOLDER / "manifest.toml").read_text(encoding="utf-8"))
DEALS = nb.datasets.energy_deals()
COLLECTION = Path(os.environ.get("NATOBURDEN_COLLECTION", "../shared/data"))
at_hand = pytest.mark.skipif(not COLLECTION.exists(), reason=f"the collection is not at {COLLECTION}")


def collected(name: str) -> list[dict[str, str]]:
    with (COLLECTION / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_packaged_file_has_its_hash_and_is_in_the_manifest() -> None:
    entries = [MANIFEST["deals"], *MANIFEST["flows"], MANIFEST["dependency"]]
    assert {entry["file"] for entry in entries} == {path.name for path in FOLDER.glob("*.csv")}
    for entry in entries:
        assert hashlib.sha256((FOLDER / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


def test_eurostats_tables_carry_their_attribution() -> None:
    for flows in (nb.datasets.gas_imports(), nb.datasets.gas_imports("2022-04")):
        assert [(source.publisher, "CC BY 4.0" in source.licence) for source in flows.sources] == [("Eurostat", True)]
    assert "CC BY 4.0" in next(iter(nb.datasets.energy_dependency())).source.licence


def test_every_deal_has_a_source_with_an_address() -> None:
    assert len(DEALS) == 29
    assert all(source.url.startswith("http") for deal in DEALS for source in deal.sources)


def test_statuses_are_those_of_the_record() -> None:
    assert Counter(str(deal.status) for deal in DEALS) == {"binding": 27, "conditional": 1, "terminated": 1}
    assert DEALS["E10"].status is DealStatus.TERMINATED
    assert DEALS["E10"].status_note == "2021-07"


def test_a_volume_that_was_only_remembered_does_not_ship() -> None:
    assert [deal.key for deal in DEALS if deal.per_year is None and deal.total is None] == ["E15", "E24"]


def test_a_reported_total_need_not_be_rate_times_years() -> None:
    botas = DEALS["E25"]
    assert botas.per_year is not None
    assert botas.years is not None
    assert (str(botas.total), str(botas.per_year * botas.years)) == ("70.00 bcm", "80.00 bcm")


def test_the_seller_of_american_gas_need_not_be_american() -> None:
    america = nb.Country("USA")
    assert {deal.key for deal in DEALS if deal.origin == america != deal.seller_country} == {"E24", "E25", "E26"}


def test_every_deal_reads_back_from_its_own_data() -> None:
    for deal in DEALS:
        assert nb.serialization.from_data(nb.serialization.to_data(deal), nb.EnergyDeal) == deal


@at_hand
def test_no_deal_of_the_collection_is_lost_and_no_figure_changed() -> None:
    for row in collected("energy_deals.csv"):
        deal = DEALS[row["deal_id"]]
        assert (deal.buyer, deal.seller, deal.project) == (row["buyer"], row["seller"], row["project"])
        assert (deal.buyer_country.key, deal.seller_country.key) == (row["buyer_country"], row["seller_country"])
        assert str(deal.years or "") == row["years"]
        assert str(deal.end or "") == row["end_year"]
        assert str(deal.start or "early 2030s" if row["start_year"] else "") == row["start_year"]
        assert deal.signed.text == row["sign_date"]
        assert row["status"].startswith(str(deal.status))
        assert {source.url for source in deal.sources} <= set(f"{row['source_url']} {row['second_source_url']}".split())
        if deal.per_year and "total" not in row["volume_unit"]:
            assert deal.per_year.amount == Decimal(row["volume_value"])
        if row["total_value"]:
            assert deal.value == nb.Money(row["total_value"], row["total_value_currency"], nb.UNSTATED_PRICES)


@at_hand
@pytest.mark.parametrize(
    ("packaged", "name"),
    [
        ("gas_imports.csv", "eurostat_gas_imports.csv"),
        ("gas_import_totals.csv", "eurostat_gas_import_totals.csv"),
        ("dependency.csv", "eurostat_energy_dependency.csv"),
    ],
)
def test_eurostats_tables_hold_every_value_of_the_collection_untouched(packaged: str, name: str) -> None:
    with (FOLDER / packaged).open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == collected(name)


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
