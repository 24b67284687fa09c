"""The packaged contracts: a sample with sources, and no value made firmer than it was."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

import natoburden as nb
from natoburden.datasets import _files
from natoburden.errors import DocumentError
from natoburden.model.procurement import ContractStatus, OrderedQuantity

SAMPLE = nb.datasets.announced_contracts()


def test_the_packaged_file_has_its_hash_and_licence_and_calls_itself_a_sample() -> None:
    [file] = _files.editions("contracts.toml").values()
    assert hashlib.sha256(file.path.read_bytes()).hexdigest() == file.sha256
    assert file.source.licence
    assert SAMPLE.collected == file.collected
    assert "not a register" in file.note


def test_there_are_86_contracts_each_with_a_source_that_has_an_address() -> None:
    assert len(SAMPLE) == 86
    assert len({item.key for item in SAMPLE}) == 86
    assert all(item.source.url for item in SAMPLE)


def test_further_sources_have_an_address_or_the_host_and_reference_that_were_kept() -> None:
    without = {item.key for item in SAMPLE for source in item.more_sources if not source.url}
    assert without == {"C02", "C03", "C04", "C32", "C41"}
    assert all(source.url or (source.publisher and source.locator) for item in SAMPLE for source in item.more_sources)
    assert [item.key for item in SAMPLE if not any(source.url for source in item.more_sources)] == ["C32"]


def test_value_kinds_ranges_and_undisclosed_values_are_kept() -> None:
    kinds = Counter(str(item.value.kind) for item in SAMPLE)
    assert kinds == {"contract": 56, "approval": 6, "programme": 6, "ceiling": 8, "budget": 5, "estimate": 5}
    assert [item.key for item in SAMPLE if item.value.is_range] == ["C21", "C27", "C29"]
    assert [item.key for item in SAMPLE if not item.value.is_disclosed] == ["N27", "N28"]


def test_what_a_source_calls_a_ceiling_a_framework_or_an_approval_is_never_a_contract() -> None:
    words = ("ceiling", "notification", "framework", "approv", "up to", "budget", "programme", "estimate")
    firm = [item for item in SAMPLE if item.value.kind is nb.ValueKind.CONTRACT]
    assert not [item.key for item in firm if any(word in item.value.wording for word in words)]
    ceilings = {item.key for item in SAMPLE if item.value.kind is nb.ValueKind.CEILING}
    assert ceilings == {"C12", "C18", "C32", "C37", "C38", "N05", "N06", "N14"}
    assert not any(SAMPLE[key].is_firm for key in ceilings)


@pytest.mark.parametrize(
    ("key", "kind", "status"),
    [
        ("C25", "contract", "signed"),
        ("C29", "contract", "signed"),
        ("C34", "contract", "signed"),
        ("N04", "programme", "signed"),
        ("N05", "ceiling", "signed"),
        ("N06", "ceiling", "agreed"),
        ("N10", "estimate", "selected"),
        ("N11", "budget", "approved"),
        ("N13", "approval", "approved"),
        ("N14", "ceiling", "approved"),
        ("N17", "programme", "signed"),
        ("N27", "contract", "signed"),
        ("N34", "budget", "planned"),
        ("N35", "estimate", "contested"),
    ],
)
def test_what_a_value_is_and_how_far_the_purchase_has_come_are_kept_apart(key: str, kind: str, status: str) -> None:
    assert (str(SAMPLE[key].value.kind), str(SAMPLE[key].status)) == (kind, status)


def test_a_contested_purchase_is_not_firm() -> None:
    assert not ContractStatus.CONTESTED.is_firm


def test_what_a_second_look_found_is_in_the_record_and_what_was_there_before_in_its_note() -> None:
    """By hand, from the reports: amounts, days, counts and years of delivery."""
    amounts = {
        "C03": ("3.45e12", "KRW"), "C04": ("2.27e12", "KRW"), "C14": ("525.6e6", "EUR"), "C20": ("950e6", "EUR"),
        "C32": ("1.25e9", "USD"), "C41": ("328e6", "EUR"), "N24": ("1087e6", "EUR"),
    }  # fmt: skip
    for key, (amount, currency) in amounts.items():
        assert SAMPLE[key].value.low == nb.Money(Decimal(amount), currency), key
    days = {
        "C03": "2023-12-01", "C04": "2024-04-25", "C10": "2019-02-13", "C15": "2024-06-20", "C16": "2021-06-30",
        "C17": "2024-12", "C19": "2024-08", "C21": "2025-05-14", "C25": "2022-02-11", "C27": "2025-12-04",
        "C28": "2024-07-09", "C29": "2024-11-21", "C31": "2018-10", "C32": "2017-08-17", "C37": "2016-07-11",
        "C40": "2021-11-25", "C41": "2025-12-08", "C42": "2023-03-02", "N23": "2025-12-19",
    }  # fmt: skip
    assert {key: SAMPLE[key].date.text for key in days} == days
    years = {
        "C03": (2025, 2027), "C08": (2023, 2024), "C10": (2023, 2023), "C20": (2028, 2030), "C21": (2028, 2031),
        "C34": (2026, 2030), "C36": (2021, 2023), "C41": (2029, 2029),
    }  # fmt: skip
    assert {key: (SAMPLE[key].delivery_start, SAMPLE[key].delivery_end) for key in years} == years
    for key, before in {"C03": "KRW 3.4 tn", "C04": "KRW 2.2 tn", "C29": "USD 6.5 bn", "C41": "EUR 320 m"}.items():
        assert before in SAMPLE[key].note
    assert {buyer.alpha_3 for buyer in SAMPLE["C19"].buyers} == {"DEU", "DNK", "NLD", "NOR", "UKR"}
    assert {str(SAMPLE[key].value) for key in ("C27", "C29")} == {
        "EUR 650.00 m (current prices) to EUR 700.00 m (current prices), approval",
        "USD 6.00 bn (current prices) to USD 7.20 bn (current prices), contract",
    }


def test_inferred_days_and_days_of_reports_are_marked() -> None:
    marked = {
        item.key: str(item.date.precision) for item in SAMPLE if str(item.date.precision) in ("derived", "article")
    }
    assert marked == {"C12": "derived", "N34": "derived", "N07": "article", "P04": "article"}


def test_one_maker_and_plant_has_one_origin() -> None:
    """The vehicles of Czechia and Slovakia: a British owner, a Swedish plant."""
    for basis in nb.OriginBasis.PRIME_NATIONALITY, nb.OriginBasis.PLANT, nb.OriginBasis.REGISTERED_ADDRESS:
        czech, slovak = (SAMPLE[key].origin(basis) for key in ("C34", "N29"))
        assert czech
        assert czech == slovak


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
    assert known("C34", nb.OriginBasis.WORK_SHARE) == {"CZE": Decimal(40)}
    assert known("N21", nb.OriginBasis.PLANT) == {"GBR": Decimal(100)}
    assert known("N21", nb.OriginBasis.PRIME_NATIONALITY) == {"ITA": Decimal(100)}
    assert known("N01", nb.OriginBasis.PRIME_NATIONALITY) == {}


def test_counts_keep_how_they_were_stated() -> None:
    assert [(item.key, str(item.quantity)) for item in SAMPLE if item.quantity and item.quantity.wording] == [
        ("C02", "218 (of 288 framework) launchers"),
        ("C18", "up to 1000 missiles"),
        ("C26", "3 + 6 ships + aircraft"),
        ("C35", "at least 5 ships"),
        ("N06", "up to 486 launchers"),
        ("N07", "more than 1000 missiles"),
        ("N28", "up to 24 aircraft"),
    ]
    assert SAMPLE["C02"].quantity == OrderedQuantity(count=218, unit="launchers", wording="218 (of 288 framework)")


def test_the_part_of_a_programme_names_it() -> None:
    assert [(item.key, item.part_of) for item in SAMPLE if item.part_of] == [("C31", "C30")]


def test_no_part_is_worth_more_than_its_whole_and_both_have_one_buyer() -> None:
    """N24 was the first order under a framework, worth 1.087 bn; N23, a later one of 4.2 bn, cannot be a part of it."""
    for item in SAMPLE:
        if item.part_of:
            whole = SAMPLE[item.part_of]
            assert item.value.high
            assert whole.value.high
            assert item.value.high <= whole.value.high
            assert item.buyers == whole.buyers
    assert "N24" in SAMPLE["N23"].note
    assert "N23" in SAMPLE["N24"].note


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
