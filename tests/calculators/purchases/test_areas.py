"""Areas of notices beside contracts: parts of the ceilings, and who else supplies."""

from __future__ import annotations

import pytest

import natoburden as nb
from natoburden.errors import NoObservationError, NotAContractError, UnexpectedValueError
from natoburden.model import CapabilityArea
from tests.calculators.purchases.made import notice, notices

CONTRACTS, RATES = nb.datasets.announced_contracts(), nb.datasets.yearly_exchange_rates()
SENSORS = (CapabilityArea.SENSORS,)
WORKED = notices(
    notice("2023-05-01", 300), notice("2024-05-01", 100, areas=SENSORS), notice("2024-06-01", 500, "DEU"),
    notice("2024-07-01", 100, areas=(CapabilityArea.MISSILES, CapabilityArea.SENSORS)),
)  # fmt: skip


def test_parts_are_of_all_ceilings_and_what_is_not_divided_is_in_no_row() -> None:
    found = nb.purchases.areas_beside_contracts(WORKED, CONTRACTS, buyer="POL", rates=RATES)
    assert [(row.area, row.part) for row in found] == [
        (CapabilityArea.MISSILES, nb.Share.percent(60)),
        (CapabilityArea.SENSORS, nb.Share.percent(20)),
    ]
    assert found.several_areas == 1
    assert "Poland" in found.headline


def test_contracts_of_an_area_are_those_of_supplier_shares() -> None:
    found = nb.purchases.areas_beside_contracts(WORKED, CONTRACTS, buyer="POL", rates=RATES)
    shares = nb.dependency.supplier_shares(
        CONTRACTS, buyer="POL", area=CapabilityArea.MISSILES, rates=RATES, few_records_ok=True
    )
    row = found.rows[0]
    assert (row.american, row.unknown) == (shares.share_of("United States"), shares.unknown)
    assert row.contracts == len(shares.counted)
    assert row.others == tuple(item.label for item in shares if item.label != "United States")


def test_an_area_without_a_contract_says_so() -> None:
    row = nb.purchases.areas_beside_contracts(WORKED, [], buyer="POL").rows[1]
    assert (row.contracts, row.american, row.others) == (0, None, ())
    assert "American share of the contracts: no contract on record" in str(row)


def test_years_and_buyers_hold_for_notices_too() -> None:
    found = nb.purchases.areas_beside_contracts(WORKED, CONTRACTS, since=2024, until=2024, rates=RATES)
    assert [row.notified.count for row in found] == [1, 1]
    assert "all buyers on record" in found.headline


def test_a_notice_is_not_taken_for_a_contract_nor_the_other_way_round() -> None:
    with pytest.raises(NotAContractError):
        nb.purchases.areas_beside_contracts(WORKED, WORKED, buyer="POL")  # type: ignore[arg-type] # refused on purpose
    with pytest.raises(UnexpectedValueError, match="us_arms_notifications"):
        nb.purchases.areas_beside_contracts(CONTRACTS, CONTRACTS)  # type: ignore[arg-type] # refused on purpose


def test_days_outside_the_record_and_an_area_are_refused() -> None:
    record, compare = nb.datasets.us_arms_notifications(), nb.purchases.areas_beside_contracts
    with pytest.raises(NoObservationError, match="valid: 2017-02-01 to 2026-06-25"):
        compare(record, CONTRACTS, buyer="Poland", rates=RATES, since=2010, until=2012)
    with pytest.raises(NoObservationError, match="valid: 2017-02-01 to 2026-06-25"):
        compare(record, CONTRACTS, buyer="Poland", rates=RATES, since=2030)
    found = compare(record, CONTRACTS, buyer="Poland", rates=RATES, since=2010, until=2030)
    assert found.remarks == ("notices are on record from 2017-02-01", "notices are on record only to 2026-06-25")
    with pytest.raises(UnexpectedValueError, match="each area has its row"):
        compare(record, CONTRACTS, buyer="Poland", rates=RATES, area=CapabilityArea.MISSILES)
