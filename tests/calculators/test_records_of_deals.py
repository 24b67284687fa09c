"""Results made from energy deals say what they rest on."""

from __future__ import annotations

from natoburden.calculators import energy
from natoburden.model.quantities import Energy, EnergyUnit
from natoburden.model.record_coverage import RecordKind
from tests.calculators.energy_parts import DEALS, FILING, GROSS

POLAND = DEALS.of("Poland")
DEMAND = Energy(170, EnergyUnit.TWH, GROSS)


def test_contracted_energy_says_that_it_is_a_sample_how_many_deals_count_and_why_others_do_not() -> None:
    found = energy.contracted(POLAND, [2022, 2028], using=FILING)
    assert found.rests_on.kind is RecordKind.SAMPLE
    assert found.rests_on.counted + found.rests_on.number_left_out == len(POLAND)
    assert (found.rests_on.first_year, found.rests_on.last_year) == (2022, 2028)
    assert str(found).count("records: ") == 1
    for row in found.rows:
        assert row.rests_on.counted == len(row.deals)
        assert row.to_row()["record_kind"] == found.to_row()["record_kind"] == "sample"
        assert f"records: {len(row.deals)} counted of a sample, {row.year}" in str(row)
    assert found.to_dict()["rests_on"]["left_out"]["terminated"] == 1


def test_expiry_exposure_and_changes_say_so_too() -> None:
    expiry = energy.expiry_profile(POLAND, since=2026)
    assert expiry.rests_on.counted == sum(len(row.expiring) for row in expiry.years)
    assert "counted of a sample" in str(expiry)
    assert expiry.to_row()["records_counted"] == expiry.years[0].to_row()["records_counted"]
    exposed = energy.exposure(POLAND, 2028, DEMAND, origin="USA", using=FILING)
    assert exposed.rests_on.counted == exposed.to_row()["records_counted"] == len(exposed.deals)
    assert "records: 3 counted of a sample, 2028" in str(exposed)
    changed = energy.what_if(POLAND, energy.DealChange(cancel=("E12",)), 2028, using=FILING)
    assert {when: side.counted for when, side in changed.rests_on.items()} == {"before": 3, "after": 2}
    assert "records after: 2 counted of a sample, 2028" in str(changed)
    assert changed.to_dict()["rests_on"]["before"]["kind"] == "sample"
