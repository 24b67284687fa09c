"""Suppliers of gas where totals, months or members lack: named, never zero."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden import errors
from natoburden.calculators import energy
from natoburden.model.energy import TOTAL, EnergyFlow, EnergyFlows, Fuel, ReportedBy
from natoburden.model.periods import Period
from tests.calculators.energy_parts import bcm, flow, flows, tj

FOLDER = Path(nb.__file__).parent / "datasets/data/energy"
PIPELINE = Fuel.PIPELINE_GAS
JANUARY, FEBRUARY, MARCH = (Period(2024, month) for month in ("01", "02", "03"))


def shares_of(found: energy.SupplyShares) -> dict[str, str]:
    return {row.partner.key: str(row.share) for row in found.suppliers}


# --- totals ----------------------------------------------------------------------------------------------


def test_a_published_total_stands_where_lng_has_none() -> None:
    """Germany's pipeline gas in 2020, by hand: 2,045,449.486 of 3,092,272.826 TJ from Russia; it had no terminal."""
    found = energy.supply_shares(nb.datasets.gas_imports("2022-04"), "Germany", 2020, fuel=PIPELINE)
    assert abs(found.share_of("RUS").as_fraction - Decimal("2045449.486") / Decimal("3092272.826")) < Decimal("1e-20")
    assert str(found.share_of("RUS")) == "66.15 %"
    assert found.is_total_published
    assert found.coverage == found.share_of("RUS")
    [note] = found.notes
    assert note == "Germany, 2020: no total of LNG is published, nor a partner; the total of all gas stands"
    assert note in found.explain()


def test_what_partners_of_lng_sent_is_taken_off_a_total_of_all_gas() -> None:
    """By hand: 100 in all less 30 + 5 of LNG is 65; Norway sent 50 − 5 by pipe, and 20 have no partner."""
    table = [flow("USA", 30), flow("USA", 30, Fuel.LNG), flow("NO", 50), flow("NO", 5, Fuel.LNG), flow(TOTAL, 100)]
    for lacking in ([], [flow(TOTAL, None, Fuel.LNG)]):
        found = energy.supply_shares(flows(*table, *lacking), "Poland", 2024, fuel=PIPELINE)
        assert (found.total, found.unallocated, shares_of(found)) == (tj(65), tj(20), {"NOR": "69.23 %"})
        assert "35.00 TJ (gross), is taken off all gas" in found.notes[0]


def test_a_partner_whose_lng_has_no_figure_is_named_and_stays_unallocated() -> None:
    table = flows(flow("NO", 60), flow("NO", None, Fuel.LNG), flow("DZ", 5), flow(TOTAL, 65))
    found = energy.supply_shares(table, "Poland", 2024, fuel="G3000-G3200")
    assert (shares_of(found), found.unallocated, found.is_total_published) == ({"DZA": "7.69 %"}, tj(60), True)
    assert found.missing == ("Poland, 2024: no figure of LNG from Norway",)
    assert "missing: Poland, 2024" in str(found)


def test_a_cell_without_a_figure_is_named() -> None:
    found = energy.supply_shares(flows(flow("NO", 60), flow("DZ", None), flow(TOTAL, 100)), "Poland", 2024)
    assert (found.missing, str(found.coverage)) == (
        ("Poland, 2024: no figure of natural gas (LNG included) from Algeria",),
        "60.00 %",
    )


def test_a_total_without_any_partner_is_all_unallocated() -> None:
    """Austria: 636,210 TJ in 2020, of which no partner is named."""
    found = energy.supply_shares(nb.datasets.gas_imports("2022-04"), "Austria", 2020)
    assert (found.total, found.unallocated, found.suppliers.rows) == (tj(636210), tj(636210), ())
    assert (str(found.coverage), str(found.hhi.interval)) == ("0.00 %", "0 to 1")
    with pytest.raises(errors.NoObservationError, match="valid: other places"):
        energy.supply_shares(nb.datasets.gas_imports(), "Austria", 2020)


def test_an_empty_table_of_totals_is_not_the_table_of_partners() -> None:
    table = flows(flow("NO", 60), flow(TOTAL, 100))
    found = energy.supply_shares(table, "Poland", 2024, totals=flows())
    assert (found.is_total_published, found.total) == (False, tj(60))


# --- months ----------------------------------------------------------------------------------------------

MONTHS = flows(
    flow("NO", 10, period=JANUARY), flow("NO", 20, period=FEBRUARY), flow("NO", 30, period=MARCH),
    flow("DZ", 5, period=JANUARY), flow("DZ", None, period=FEBRUARY),
    flow("QA", 1, period=MARCH),
    flow(TOTAL, 16, period=JANUARY), flow(TOTAL, 28, period=FEBRUARY), flow(TOTAL, 31, period=MARCH),
)  # fmt: skip


def test_months_of_a_run_add_up_and_what_is_missing_is_named() -> None:
    """By hand: 16 + 28 + 31 = 75; Norway 60, Algeria 5 in January alone, Qatar 1, and 9 without a partner."""
    found = energy.supply_shares(MONTHS, "Poland", "2024-01 to 2024-03")
    assert (found.total, found.unallocated) == (tj(75), tj(9))
    assert shares_of(found) == {"NOR": "80.00 %", "DZA": "6.67 %", "QAT": "1.33 %"}
    assert set(found.missing) == {
        "Poland, 2024-02: no figure of natural gas (LNG included) from Algeria",
        "Poland, 2024-03: no row from Algeria",
        "Poland, 2024-01, 2024-02: no row from Qatar",
    }
    assert found.headline.endswith("to Poland, 2024-01 to 2024-03")
    assert found.to_dict()["period"] == "2024-01 to 2024-03"


def test_a_month_without_any_row_is_named() -> None:
    found = energy.supply_shares(MONTHS, "Poland", nb.model.PeriodRun.parse("2024-03 to 2024-05"))
    assert found.total == tj(31)
    assert [words for words in found.missing if words.startswith("Poland, 2024-0")] == [
        "Poland, 2024-04: no figure of natural gas (LNG included)",
        "Poland, 2024-05: no figure of natural gas (LNG included)",
    ]


def test_a_month_without_a_total_leaves_the_whole_unpublished() -> None:
    table = MONTHS.select(lambda item: (item.partner, item.period) != (TOTAL, FEBRUARY))
    found = energy.supply_shares(table, "Poland", "2024-01 to 2024-03")
    assert (found.total, found.is_total_published, found.coverage) == (tj(16 + 20 + 31), False, None)


def test_months_are_not_a_year_unless_asked() -> None:
    with pytest.raises(errors.NoObservationError, match=r"valid: Poland: 2024-01 to 2024-03; ask for .* a run of them"):
        energy.supply_shares(MONTHS, "Poland", 2024)
    assert energy.supply_shares(MONTHS, "Poland", "2024-01").total == tj(16)


def test_a_table_of_eurostats_months_divides_over_a_run(tmp_path: Path) -> None:
    path = tmp_path / "estat_nrg_ti_gasm.tsv"
    path.write_text(
        "freq,siec,partner,unit,geo\\TIME_PERIOD\t2024-01 \t2024-02 \n"
        "M,G3000,NO,MIO_M3,PL\t100.0 \t300.0 p\n"
        "M,G3000,US,MIO_M3,PL\t50.0 \t: \n"
        "M,G3000,TOTAL,MIO_M3,PL\t200.0 \t400.0 \n",
        encoding="utf-8",
    )
    table = nb.readers.eurostat.read_dataset(path).flows()
    found = energy.supply_shares(table, "PL", "2024-01 to 2024-02")
    assert shares_of(found) == {"NOR": "66.67 %", "USA": "8.33 %"}
    assert found.missing == ("Poland, 2024-02: no figure of natural gas (LNG included) from United States",)
    assert found.status is nb.Status.ESTIMATE


# --- what an exporter reports ----------------------------------------------------------------------------


def test_an_exporters_flows_are_not_shares_of_what_a_place_imports() -> None:
    table = flows(flow("US", 10, Fuel.LNG, reported_by=ReportedBy.EXPORTER))
    imports = flows(flow("US", 9, Fuel.LNG), flow("QA", 9, Fuel.LNG))
    for asked, totals in ((table, None), (imports, table)):
        with pytest.raises(errors.MixedReportersError, match=r"flows of made \(exporter\) and what a place imports"):
            energy.supply_shares(asked, "PL", 2024, fuel=Fuel.LNG, totals=totals)


# --- groups ----------------------------------------------------------------------------------------------


def member_flow(importer: str, partner: Any, amount: int, **changes: Any) -> EnergyFlow:
    return flow(partner, amount, importer=nb.Country(importer), **changes)


GROUP_TABLE = flows(
    member_flow("DEU", "NO", 60), member_flow("DEU", "NL", 20), member_flow("DEU", TOTAL, 100),
    member_flow("FRA", "NO", 30), member_flow("FRA", "DE", 10), member_flow("FRA", TOTAL, 50),
    member_flow("NOR", "SE", 7),
)  # fmt: skip


def test_a_group_is_its_members_of_the_year_and_the_missing_are_named() -> None:
    """By hand: 150 in all, of which 90 from Norway, 30 between members, and 30 without a partner."""
    found = energy.supply_shares(GROUP_TABLE, "EU", 2024)
    assert found.importer == nb.Group.find("EU")
    assert (found.total, found.between_members, found.unallocated) == (tj(150), tj(30), tj(60))
    assert shares_of(found) == {"NOR": "60.00 %"}
    assert [place.key for place in found.members] == ["DEU", "FRA"]
    assert len(found.missing) == 27 - 2
    assert "Malta, 2024: no figure of natural gas (LNG included)" in found.missing
    assert "between members: 30.00 TJ (gross)" in found.explain()
    assert found.to_dict()["importer"] == "EU"


def test_trade_between_members_is_left_out_when_asked() -> None:
    found = energy.supply_shares(GROUP_TABLE, nb.Group.find("EU"), 2024, between_members=False)
    assert (found.total, found.unallocated, shares_of(found)) == (tj(120), tj(30), {"NOR": "75.00 %"})


def test_members_are_those_of_each_period() -> None:
    """The United Kingdom was a member to 31 January 2020."""
    table = flows(
        *(member_flow("GBR", "NO", 5, period=Period(2020, month)) for month in ("01", "02")),
        *(member_flow("DEU", "NO", 5, period=Period(2020, month)) for month in ("01", "02")),
    )
    totals = {text: energy.supply_shares(table, "EU", text).total for text in ("2020-01", "2020-02")}
    assert totals == {"2020-01": tj(10), "2020-02": tj(5)}
    assert energy.supply_shares(table, "EU", "2020-01 to 2020-02").total == tj(15)


def test_a_label_that_the_table_has_rows_of_is_a_place() -> None:
    table = flows(flow("NO", 5, importer=nb.model.OtherPlace("EU")), member_flow("DEU", "NO", 7))
    assert energy.supply_shares(table, "EU", 2024).total == tj(5)
    assert energy.supply_shares(table, nb.Group.find("EU"), 2024).total == tj(7)
    with pytest.raises(errors.NoObservationError, match="of EU27_2020 for 2024; valid: other places"):
        energy.supply_shares(table, "EU27_2020", 2024)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (2030, "of European Union for 2030; valid: European Union: 2018 to 2022$"),
        ("2022-01", "valid: European Union: 2018 to 2022; you asked for 2022-01; ask for one of these periods"),
        ("2022-10 to 2023-03", "valid: European Union: 2018 to 2022; you asked for 2022-10 to 2023-03; ask for one"),
    ],
)
def test_a_group_without_figures_is_told_the_periods_of_its_members(period: int | str, words: str) -> None:
    with pytest.raises(errors.NoObservationError, match=words):
        energy.supply_shares(nb.datasets.gas_imports(), "EU", period)


def test_a_group_whose_table_names_no_member_as_partner_says_so() -> None:
    found = energy.supply_shares(nb.datasets.gas_imports("2022-04"), "EU", 2020)
    assert (found.between_members, found.missing) == (None, ("Cyprus, 2020: no figure of natural gas (LNG included)",))
    assert "what they sent each other stays in the whole" in found.notes[-1]


def test_members_in_energy_and_by_volume_do_not_add() -> None:
    table = flows(member_flow("DEU", "NO", 5), flow("NO", bcm(1), importer=nb.Country("FRA")))
    with pytest.raises(errors.UnexpectedValueError, match="all in energy, or all by volume"):
        energy.supply_shares(table, "EU", 2024)


def packaged(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


EU27 = [
    "BE",
    "BG",
    "CZ",
    "DK",
    "DE",
    "EE",
    "IE",
    "EL",
    "ES",
    "FR",
    "HR",
    "IT",
    "CY",
    "LV",
    "LT",
    "LU",
    "HU",
    "MT",
    "NL",
    "AT",
    "PL",
    "PT",
    "RO",
    "SI",
    "SK",
    "FI",
    "SE",
]


@pytest.mark.parametrize(("year", "share", "outside"), [("2021", "26.83", "27.13"), ("2022", "41.43", "41.82")])
def test_reference_american_share_of_the_unions_lng(year: str, share: str, outside: str) -> None:
    """The published check, 26.8 and 41.4 % of named partners, from the packaged table by addition alone."""
    of_partner: dict[str, Decimal] = defaultdict(Decimal)
    for row in packaged("gas_imports.csv"):
        if (row["siec"], row["year"]) == ("G3200", year) and row["reporter"] in EU27 and row["value_tj_gcv"]:
            of_partner[row["partner"]] += Decimal(row["value_tj_gcv"])
    american, everything = of_partner["US"], sum(of_partner.values())
    from_outside = sum(amount for partner, amount in of_partner.items() if partner not in EU27)
    assert [f"{100 * american / whole:.2f}" for whole in (everything, from_outside)] == [share, outside]
    table = nb.datasets.gas_imports()
    for between, whole in ((True, everything), (False, from_outside)):
        found = energy.supply_shares(table, "EU", int(year), fuel=Fuel.LNG, between_members=between)
        assert (found.total.amount, found.share_of("USA").as_fraction) == (
            whole,
            nb.Share.of(american, whole).as_fraction,
        )


def test_reference_total_and_russian_share_of_the_unions_gas() -> None:
    whole = russian = Decimal(0)
    for row in packaged("gas_import_totals.csv"):
        if (row["siec"], row["year"]) == ("G3000", "2020") and row["reporter"] in EU27 and row["value_tj_gcv"]:
            whole += Decimal(row["value_tj_gcv"]) if row["partner"] == "TOTAL" else 0
            russian += Decimal(row["value_tj_gcv"]) if row["partner"] == "RU" else 0
    found = energy.supply_shares(nb.datasets.gas_imports("2022-04"), "EU", 2020)
    assert found.total.amount == whole
    assert abs(found.share_of("RU").as_fraction - russian / whole) < Decimal("1e-20")


def test_reference_russian_share_of_pipeline_gas_wherever_lng_has_no_total() -> None:
    """Every place and year of the edition of April 2022 with a total of gas and none of LNG: Russia over the total."""
    cells = {
        (row["siec"], row["reporter"], row["partner"], int(row["year"])): Decimal(row["value_tj_gcv"])
        for row in packaged("gas_import_totals.csv")
        if row["value_tj_gcv"]
    }
    table, checked = nb.datasets.gas_imports("2022-04"), 0
    for (siec, place, partner, year), whole in cells.items():
        if (siec, partner) != ("G3000", "TOTAL") or not whole or ("G3200", place, "TOTAL", year) in cells:
            continue
        russian = cells.get(("G3000", place, "RU", year), Decimal(0))
        found = energy.supply_shares(table, place, year, fuel=PIPELINE)
        assert found.total.amount == max(whole, russian), (place, year)
        assert abs(found.share_of("RU").as_fraction - russian / whole) < Decimal("1e-6"), (place, year)
        assert "no total of LNG is published" in found.notes[0]
        checked += 1
    assert checked > 40


@given(
    st.dictionaries(
        st.sampled_from(["DEU", "FRA", "POL"]), st.lists(st.integers(0, 50), min_size=3, max_size=3), min_size=1
    ),
    st.integers(0, 20),
)
def test_groups_and_runs_add_up_what_their_parts_hold(amounts: dict[str, list[int]], rest: int) -> None:
    """Each member sends figures of three partners, one of them a member, over two months; the oracle is addition."""
    months = (JANUARY, FEBRUARY)
    cells = [
        member_flow(importer, partner, amount, period=month)
        for importer, three in amounts.items()
        for partner, amount in zip(("NO", "DZ", "NL"), three, strict=True)
        for month in months
    ]
    totals = [
        member_flow(importer, TOTAL, sum(three) + rest, period=month)
        for importer, three in amounts.items()
        for month in months
    ]
    table = EnergyFlows(edition="made", items=(*cells, *totals))
    whole = 2 * sum(sum(three) + rest for three in amounts.values())
    if not whole:
        with pytest.raises(errors.UnexpectedValueError, match="imported none"):
            energy.supply_shares(table, "EU", "2024-01 to 2024-02")
        return
    found = energy.supply_shares(table, "EU", "2024-01 to 2024-02")
    between = 2 * sum(three[2] for three in amounts.values())
    assert (found.total, found.between_members) == (tj(whole), tj(between))
    assert found.unallocated == tj(2 * rest * len(amounts) + between)
    norway = 2 * sum(three[0] for three in amounts.values())
    assert found.share_of("NO") == nb.Share.of(norway, whole)
    parts = [
        energy.supply_shares(table, key, "2024-01 to 2024-02").total for key in amounts if sum(amounts[key]) + rest
    ]
    assert nb.Energy.total(part for part in parts if isinstance(part, nb.Energy)) == found.total
