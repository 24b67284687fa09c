"""The packaged contracts: a sample with sources, and no value made firmer than it was."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import os
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

import natoburden as nb
from natoburden.datasets import _files
from natoburden.errors import DocumentError

SAMPLE = nb.datasets.announced_contracts()
COLLECTION = Path(os.environ.get("NATOBURDEN_COLLECTION", "../shared/data")) / "contracts.csv"


def test_the_packaged_file_has_its_hash_and_licence_and_calls_itself_a_sample() -> None:
    manifest = tomllib.loads((_files.DATA / "contracts.toml").read_text(encoding="utf-8"))
    content = (_files.DATA / manifest["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == manifest["sha256"]
    assert manifest["licence"]
    assert SAMPLE.collected == manifest["collected"]
    assert "not a register" in manifest["note"]


def test_there_are_46_contracts_each_with_the_address_of_its_source() -> None:
    assert len(SAMPLE) == 46
    assert all(source.url for item in SAMPLE for source in (item.source, *item.more_sources))


@pytest.mark.skipif(not COLLECTION.exists(), reason=f"the collection of contracts is not at {COLLECTION}")
def test_no_row_of_the_collection_is_lost_and_no_figure_changed() -> None:
    with COLLECTION.open(encoding="utf-8", newline="") as file:
        rows = {row["contract_id"]: row for row in csv.DictReader(file)}
    assert {item.key for item in SAMPLE} == rows.keys()
    for key, row in rows.items():
        item = SAMPLE[key]
        ends = [nb.Money(end, row["currency"]) for end in row["value_reported"].split("-") if end]
        assert (item.value.low, item.value.high) == ((ends[0], ends[-1]) if ends else (None, None))
        assert item.value.wording == row["value_kind"]
        assert item.date.text == row["date"]
        assert str(item.delivery_start or "") == row["delivery_start"]
        assert str(item.delivery_end or "") == row["delivery_end"][:4]
        assert (item.status_note or str(item.status)) == row["status"]
        assert item.is_maker_named == (row["supplier_named_in_source"] == "yes")
        assert row["source_url"].startswith(item.source.url)


def test_value_kinds_ranges_and_undisclosed_values_are_kept() -> None:
    kinds = Counter(str(item.value.kind) for item in SAMPLE)
    assert kinds == {"contract": 24, "approval": 6, "programme": 4, "ceiling": 5, "budget": 4, "estimate": 3}
    assert [item.key for item in SAMPLE if item.value.is_range] == ["C21"]
    assert [item.key for item in SAMPLE if not item.value.is_disclosed] == ["C20", "C27"]


def test_the_edge_cases_of_origin_are_on_record() -> None:
    def known(key: str, basis: nb.OriginBasis) -> dict[str, Decimal]:
        origin = SAMPLE[key].origin(basis)
        assert origin is not None
        return {item.country.alpha_3: item.share.as_percent for item in origin.known}

    assert known("C38", nb.OriginBasis.CONTENT) == {"GBR": Decimal(37)}
    assert known("C38", nb.OriginBasis.PRIME_NATIONALITY) == {}
    assert known("C34", nb.OriginBasis.PRIME_NATIONALITY) == {"GBR": Decimal(100)}
    assert known("C34", nb.OriginBasis.PLANT) == {"SWE": Decimal(100)}
    assert known("C46", nb.OriginBasis.PLANT) == {"HUN": Decimal("78.9"), "DEU": Decimal("21.1")}
    assert known("C18", nb.OriginBasis.PRIME_NATIONALITY) == {}
    assert known("C33", nb.OriginBasis.WORK_SHARE) == {"USA": Decimal("75.8")}


def test_counts_keep_how_they_were_stated() -> None:
    assert [(item.key, str(item.quantity)) for item in SAMPLE if item.quantity and item.quantity.wording] == [
        ("C02", "~200 (of 288 framework) launchers"),
        ("C18", "up to 1000 missiles"),
        ("C26", "3 + 6 ships + aircraft"),
        ("C35", "at least 5 ships"),
    ]


def test_the_part_of_a_programme_names_it() -> None:
    assert [(item.key, item.part_of) for item in SAMPLE if item.part_of] == [("C31", "C30")]


def test_every_contract_reads_back_from_its_own_data() -> None:
    for item in SAMPLE:
        assert nb.serialization.from_data(nb.serialization.to_data(item), nb.Contract) == item


def test_a_document_with_faults_reports_all_of_them_with_their_places(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        """
[[contracts]]
key = "X1"
buyers = ["Atlantis"]
suppliers = [{ name = "A", countries = ["KOR"], share = 0.5 }]
system = "S"
areas = ["swords"]
value = { kind = "hope", low = { amount = "1", currency = "EUR" } }
source = { title = "T", publisher = "P" }
""",
        encoding="utf-8",
    )
    with pytest.raises(DocumentError) as caught:
        nb.datasets.load_contracts(path)
    assert {fault.path for fault in caught.value.faults} == {
        "contracts[0].buyers[0]",
        "contracts[0].suppliers[0].share",
        "contracts[0].areas[0]",
        "contracts[0].value.kind",
    }
    path.write_text("schema = 2\ncontracts = []\n", encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        nb.datasets.load_contracts(path)
    assert "unknown schema '2'" in str(caught.value)


def test_yearly_averages_ship_and_say_what_is_incomplete() -> None:
    rates = nb.datasets.yearly_exchange_rates()
    assert rates.years == tuple(range(2008, 2027))
    notes = {
        (table.year, str(item.currency)): item.note for table in rates.tables for item in table.quotations if item.note
    }
    assert notes[2008, "ISK"] == "mean of 242 of 256 days"
    assert notes[2018, "ISK"] == "mean of 233 of 255 days"
    assert notes[2026, "USD"] == "mean of 213 days to 2026-10-30, the year is incomplete"
    assert notes[2026, "BGN"] == "fixed since 2026-01-01"
    assert (2025, "USD") not in notes
    assert rates.for_year(2024).source.publisher == "European Central Bank"
    currencies = {item.value.low.currency for item in SAMPLE if item.value.low}
    assert currencies <= set(rates.for_year(2025).currencies)


def test_a_cancelled_contract_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        """
[[contracts]]
key = "gone"
buyers = ["Belgium"]
suppliers = [{ name = "A maker", countries = ["France"] }]
system = "An example"
areas = ["artillery"]
value = { kind = "contract", low = { amount = "1000000", currency = "EUR" } }
date = "2020-05"
cancellation = { date = "2022-03-01", part = "40 %", source = { title = "An example", publisher = "natoburden" } }
source = { title = "An example", publisher = "natoburden" }
""",
        encoding="utf-8",
    )
    gone = nb.datasets.load_contracts(path)["gone"]
    assert gone.standing() == nb.Share.percent(60)
    assert gone.standing(dt.date(2022, 2, 28)) == nb.Share.percent(100)
    assert nb.serialization.from_data(nb.serialization.to_data(gone), nb.Contract) == gone


def test_exchange_rates_ship_for_every_currency_of_the_sample() -> None:
    rates = nb.datasets.exchange_rates()
    needed = {item.value.low.currency for item in SAMPLE if item.value.low}
    assert needed <= set(rates.currencies)
    assert rates.per_base(nb.Currency("KRW")) == Decimal("1532.15")
