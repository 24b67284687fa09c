"""Results made from records say what they rest on, and few records of a sample warn."""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden.calculators.dependency import (
    commonality,
    import_share,
    lock_in,
    supplier_shares,
    what_if,
    without_largest_supplier,
)
from natoburden.calculators.eligibility import aim_test, procurement_policies
from natoburden.errors import FewRecordsWarning, UnexpectedValueError
from natoburden.model.record_coverage import RecordCoverage, RecordKind
from natoburden.serialization import to_data

SAMPLE = nb.datasets.announced_contracts()
RATES = nb.datasets.exchange_rates()
AIM = nb.datasets.procurement_aims()["edis-within-eu-2030"]
SAFE = nb.datasets.content_rule("SAFE")
ALLIES = ("Poland", "Germany", "Romania", "Estonia", "Netherlands")


def raw(buyer: str) -> list[dict[str, Any]]:
    """The contracts of a buyer in the packaged file."""
    text = files("natoburden.datasets").joinpath("data/announced_contracts.toml").read_text(encoding="utf-8")
    return [item for item in tomllib.loads(text)["contracts"] if nb.Country(buyer).alpha_3 in codes(item["buyers"])]


def codes(names: list[str]) -> set[str]:
    return {nb.Country.find(name).alpha_3 for name in names}


@pytest.mark.parametrize("ally", ALLIES)
def test_what_is_counted_and_left_out_is_everything_of_the_buyer_in_the_file(ally: str) -> None:
    found = supplier_shares(SAMPLE, buyer=ally, rates=RATES, few_records_ok=True).rests_on
    assert found.kind is RecordKind.SAMPLE
    assert found.counted + found.number_left_out == len(raw(nb.Country.find(ally).alpha_3))
    years = [item.year for item in SAMPLE.of(ally)]
    assert found.first_year is not None
    assert found.first_year in years
    assert found.last_year in years


def test_text_table_frame_data_and_html_say_it_once() -> None:
    shares = supplier_shares(SAMPLE, buyer="POL", rates=RATES, currency="USD")
    line = "records: 21 counted of a sample, 2018 to 2026; 1 left out: value is of kind ceiling"
    assert str(shares).count("records: ") == 1
    assert str(shares).endswith(line)
    assert shares.explain().count(line) == 1
    assert f">Supplies of Poland, by origin<br>{line}<br>Source: " in shares._repr_html_()
    assert shares.to_dict()["rests_on"] == {
        "kind": "sample",
        "counted": 21,
        "left_out": {"value is of kind ceiling": 1},
        "first_year": 2018,
        "last_year": 2026,
        "undated": 0,
    }
    assert json.dumps(shares.to_dict())
    for row in shares.to_frame("polars").iter_rows(named=True):
        assert (row["record_kind"], row["records_counted"], row["records_left_out"]) == ("sample", 21, 1)
        assert (row["records_first_year"], row["records_last_year"]) == (2018, 2026)
    assert str(shares["USA"]).endswith(line)
    assert str(shares.concentration).count(line) == 1
    assert str(shares.concentration.hhi).endswith(line)
    assert shares.concentration.to_row()["record_kind"] == "sample"
    assert shares.concentration.hhi.to_row()["records_counted"] == 21


def test_what_is_unknown_is_the_last_row_of_frames_and_html_and_the_rows_are_the_whole() -> None:
    shares = supplier_shares(SAMPLE, buyer="POL", rates=RATES, currency="USD")
    frame = shares.to_frame("polars")
    assert frame["origin"].to_list()[-1] == "unknown"
    assert frame["share_percent"].to_list()[-1] == pytest.approx(11.94, abs=0.005)
    assert frame["share_percent"].sum() == pytest.approx(100)
    assert frame["amount_million_usd"].sum() == pytest.approx(float(shares.total.in_column[1]))  # type: ignore[union-attr]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", shares._repr_html_())
    assert "unknown" in map(html.unescape, cells)
    assert len(shares) == len(shares.rows) == frame.height - 1
    assert shares.unknown_row is not None
    assert shares.unknown_row.numerator == shares.with_unknown


def test_the_unknown_row_counts_units_and_volumes_too() -> None:
    contracts = [attrs.evolve(item, origins=(), suppliers=(nb.Supplier(name="?"),)) for item in (SAMPLE["C09"],)]
    units = supplier_shares([SAMPLE["C09"]], counting="units")
    assert units.unknown_row is None
    assert "unknown" not in units.to_columns()["origin"]
    unknown = supplier_shares(contracts, counting="units")
    assert unknown.rows == ()
    assert unknown.unknown_row is not None
    assert unknown.unknown_row.amount == unknown.total
    assert unknown.to_columns()["origin"] == ["unknown"]


CALLS: dict[str, Callable[..., Any]] = {
    "supplier_shares": lambda **given: supplier_shares(SAMPLE, buyer="NLD", rates=RATES, **given),
    "import_share": lambda **given: import_share(SAMPLE, buyer="NLD", rates=RATES, **given),
    "without_largest": lambda **given: without_largest_supplier(SAMPLE, buyer="NLD", rates=RATES, **given),
    "lock_in": lambda **given: lock_in(SAMPLE, 2026, service_life=30, buyer="NLD", rates=RATES, **given),
    "aim_test": lambda **given: aim_test(SAMPLE, AIM, buyer="NLD", rates=RATES, **given),
    "policies": lambda **given: procurement_policies(SAMPLE, SAFE, buyer="NLD", rates=RATES, **given)[0],
}


@pytest.mark.parametrize("name", CALLS)
def test_a_composition_of_few_records_of_a_sample_warns_the_caller_and_can_be_acknowledged(name: str) -> None:
    with pytest.warns(FewRecordsWarning, match="1 counted of a sample.*few_records_ok=True") as told:
        warned = CALLS[name]()
    assert len(told) == 1
    assert told[0].filename == __file__
    assert warned == CALLS[name](few_records_ok=True)
    assert warned.rests_on.counted == 1
    assert "records: 1 counted of a sample, 2023" in str(warned)


def test_five_records_do_not_warn_and_four_do() -> None:
    some = [item.key for item in SAMPLE.of("POL") if item.key in ("C09", "C06", "C03", "C04", "C10")]
    five = SAMPLE.select(lambda item: item.key in some)
    assert supplier_shares(five, rates=RATES).rests_on.counted == len(some) == 5
    four = SAMPLE.select(lambda item: item.key in some[1:])
    with pytest.warns(FewRecordsWarning):
        supplier_shares(four, rates=RATES)


def test_lists_of_your_own_and_registers_do_not_warn_and_say_what_they_are() -> None:
    listed = supplier_shares([SAMPLE["C09"]])
    assert listed.rests_on.kind is RecordKind.LIST
    assert str(listed).endswith("records: 1 counted of a list of the caller's own, 2024; none left out")
    register = attrs.evolve(SAMPLE, items=(SAMPLE["C09"],), kind=RecordKind.REGISTER)
    assert str(supplier_shares(register)).endswith("1 counted of a register, 2024; none left out")
    part = supplier_shares(register.select(lambda item: item.key == "C09"))
    assert str(part).endswith("1 counted of a selection of a register, 2024; none left out")


def test_what_if_tells_the_records_on_both_sides_and_does_not_warn() -> None:
    result = what_if(SAMPLE, remove=["C09"], buyer="POL", rates=RATES, currency="USD")
    assert {when: found.counted for when, found in result.rests_on.items()} == {"before": 21, "after": 20}
    assert "records after: 20 counted of a sample, 2018 to 2026" in str(result)
    data = result.to_dict()
    assert data["records"]["after"]["counted"] == 20
    ratios = {item.name: {"before": to_data(item.before), "after": to_data(item.after)} for item in result.ratios}
    assert data == ratios | {"records": data["records"]}
    assert all(row["before"] != row["after"] for name, row in ratios.items() if name == "share United States")
    one = SAMPLE.select(lambda item: item.key == "C09")
    gone = what_if(one, remove=["C09"])
    assert list(gone.rests_on) == ["before"]
    register = attrs.evolve(SAMPLE, kind=RecordKind.REGISTER)
    less = what_if(register, remove=["C09"], buyer="POL", rates=RATES).rests_on
    assert [found.kind for found in less.values()] == [RecordKind.REGISTER, RecordKind.SELECTION]
    more = what_if(register, add=[attrs.evolve(SAMPLE["C09"], key="mine")], buyer="POL", rates=RATES).rests_on
    assert more["after"].kind is RecordKind.LIST


def test_each_area_rests_on_its_own_records() -> None:
    table = without_largest_supplier(SAMPLE, buyer="POL", rates=RATES, currency="USD")
    assert table.rests_on.counted == 21
    assert sum(row.rests_on.counted for row in table) + len(table.without_area) == 21
    assert "records: 21 counted of a sample" in table._repr_html_()
    common = commonality(SAMPLE, kinds=())
    for row in common:
        assert row.rests_on.kind is RecordKind.SAMPLE
        assert row.rests_on.counted == len(row.denominator)


def test_nothing_counted_is_refused_and_not_warned_of() -> None:
    with pytest.raises(UnexpectedValueError, match="nothing counts"):  # and not with a warning, which is an error here
        supplier_shares(SAMPLE, buyer="NOR", rates=RATES)


def test_awards_are_a_selection_of_a_register_and_own_records_make_a_list() -> None:
    assert SAMPLE.kind is SAMPLE.of("POL").kind is SAMPLE.extended(()).kind is RecordKind.SAMPLE
    notices = nb.datasets.us_arms_notifications()
    assert notices.kind is RecordKind.REGISTER
    assert notices.of("POL").kind is RecordKind.SELECTION
    assert notices.extended(()).kind is RecordKind.LIST
    deals = nb.datasets.energy_deals()
    assert deals.kind is deals.of("Poland").kind is RecordKind.SAMPLE


def test_a_coverage_counts_reasons_years_and_what_is_undated() -> None:
    found = RecordCoverage.of(RecordKind.LIST, [(2022, 2024), (), (2020,)], ["b", "a", "b"])
    assert str(found) == "3 counted of a list of the caller's own, 2020 to 2024, 1 undated; 3 left out: b (2), a (1)"
    assert str(RecordCoverage.of(RecordKind.SAMPLE, [()])) == "1 counted of a sample, 1 undated; none left out"
    assert RecordCoverage.of(RecordKind.SAMPLE, []).is_few
    assert not RecordCoverage.of(RecordKind.LIST, []).is_few
    assert RecordKind.of(SAMPLE) is RecordKind.SAMPLE
    assert RecordKind.of(iter(())) is RecordKind.LIST
