"""Suppliers of oil and coal, as Eurostat's tables give them: in thousand tonnes, by month, for one place or a group."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

import natoburden as nb
from natoburden import errors
from natoburden.calculators import energy
from natoburden.model.energy import EnergyFlows, Fuel, OtherFuel, ReportedBy
from natoburden.model.quantities import FuelFamily, FuelMass, FuelMassUnit, LngMass
from tests.calculators.energy_parts import flow, flows, tj

# Made up, in the layout of Eurostat's monthly table of oil.
OIL = (
    "freq,siec,partner,unit,geo\\TIME_PERIOD\t2019-12 \t2020-01 \t2020-02 \n"
    "M,O4100_TOT,US,THS_T,DE\t100.0 \t200.0 \t300.0 p\n"
    "M,O4100_TOT,KZ,THS_T,DE\t50.0 \t: c\t70.5 \n"
    "M,O4100_TOT,NL,THS_T,DE\t10.0 \t20.0 \t30.0 \n"
    "M,O4100_TOT,NSP,THS_T,DE\t5.0 \t5.0 \t5.0 \n"
    "M,O4100_TOT,THRD,THS_T,DE\t150.0 \t200.0 \t370.5 \n"
    "M,O4100_TOT,TOTAL,THS_T,DE\t180.0 \t300.0 \t410.5 \n"
    "M,O4100_TOT,US,THS_T,UK\t40.0 \t40.0 \t40.0 \n"
    "M,O4100_TOT,TOTAL,THS_T,UK\t40.0 \t60.0 \t80.0 \n"
    "M,O4100_TOT,UK,THS_T,FR\t1.0 \t2.0 \t4.0 \n"
    "M,O4100_TOT,TOTAL,THS_T,FR\t11.0 \t12.0 \t14.0 \n"
    "M,O4671XR5220B,US,THS_T,DE\t8.0 \t9.0 \t10.0 \n"
    "M,O4000XBIO,US,THS_T,DE\t110.0 \t215.0 \t320.0 \n"
    "M,O4652,US,THS_T,DE\t1.0 \t2.0 \t3.0 \n"
)
COAL = (
    "freq,siec,partner,unit,geo\\TIME_PERIOD\t2023 \t2024 \n"
    "A,C0000X0350-0370,US,THS_T,PL\t600 \t300 \n"
    "A,C0000X0350-0370,AU,THS_T,PL\t200 \t: \n"
    "A,C0000X0350-0370,TOTAL,THS_T,PL\t1000 \t500 \n"
    "A,C0121,US,THS_T,PL\t400 \t250 \n"
    "A,C0121,AU,THS_T,PL\t100 \t250 \n"
    "A,P1100,LV,THS_T,PL\t7 \t8 \n"
)
EU, QUARTER = nb.Group.find("EU"), "2019-12 to 2020-02"


def kt(figure: str | int | Decimal, family: FuelFamily = FuelFamily.OIL) -> FuelMass:
    return FuelMass(str(figure), FuelMassUnit.KT, family)


def read(folder: Path, text: str, name: str) -> EnergyFlows:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return nb.readers.eurostat.read_dataset(path).flows()


@pytest.fixture
def oil(tmp_path: Path) -> EnergyFlows:
    return read(tmp_path, OIL, "estat_nrg_ti_oilm.tsv")


@pytest.fixture
def coal(tmp_path: Path) -> EnergyFlows:
    return read(tmp_path, COAL, "estat_nrg_ti_sff.tsv")


def summed(text: str, siec: str, members: dict[str, set[str]]) -> dict[str, Decimal]:
    """Add up the cells of a fuel by partner, of those who count in each period: the file and addition alone."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    header, *lines = csv.reader(text.splitlines(), delimiter="\t")
    for keys, *cells in lines:
        _, code, partner, _, geo = keys.split(",")
        for period, cell in zip(header[1:], cells, strict=True):
            figure = cell.split(" ")[0]
            if code == siec and figure != ":" and geo in members[period.strip()]:
                sums[partner] += Decimal(figure)
    return sums


def test_a_month_of_crude_oil_divides_in_thousand_tonnes(oil: EnergyFlows) -> None:
    """By hand, February 2020: 300 and 70.5 and 30 of 410.5; 5 not specified and 5 in no row are unallocated."""
    found = energy.supply_shares(oil, "Germany", "2020-02", fuel=Fuel.CRUDE)
    assert (found.total, found.unallocated) == (kt("410.5"), kt(10))
    assert [(row.partner.key, row.quantity) for row in found.suppliers] == [
        ("USA", kt(300)),
        ("KAZ", kt("70.5")),
        ("NLD", kt(30)),
    ]
    assert found.share_of("USA") == nb.Share.of(300, Decimal("410.5"))
    assert found.left_out == ("THRD",)
    assert found.status is nb.Status.ESTIMATE
    assert "total: 410.50 kt of oil" in found.explain()


def test_months_add_up_and_a_confidential_cell_is_named(oil: EnergyFlows) -> None:
    found = energy.supply_shares(oil, "DE", QUARTER, fuel="O4100_TOT")
    sums = summed(OIL, "O4100_TOT", {month: {"DE"} for month in ("2019-12", "2020-01", "2020-02")})
    assert found.total == kt(sums["TOTAL"])
    assert found.share_of("KZ") == nb.Share.of(sums["KZ"], sums["TOTAL"])
    assert found.missing == ("Germany, 2020-01: no figure of crude oil from Kazakhstan",)
    named = sums["US"] + sums["KZ"] + sums["NL"]
    assert found.unallocated == kt(sums["TOTAL"] - named)


@pytest.mark.parametrize("between", [True, False])
def test_a_group_is_its_members_of_each_month(oil: EnergyFlows, between: bool) -> None:
    """The United Kingdom counts to January 2020; from February what it sends is from outside."""
    found = energy.supply_shares(oil, EU, QUARTER, fuel=Fuel.CRUDE, between_members=between)
    then = {"2019-12": {"DE", "FR", "UK"}, "2020-01": {"DE", "FR", "UK"}, "2020-02": {"DE", "FR"}}
    sums = summed(OIL, "O4100_TOT", then)
    among_members = sums["NL"] + 1 + 2  # the United Kingdom's of two months
    assert found.between_members == kt(among_members)
    whole = sums["TOTAL"] - (0 if between else among_members)
    assert found.total == kt(whole)
    assert found.share_of("GBR") == nb.Share.of(4, whole)
    assert found.share_of("USA") == nb.Share.of(sums["US"], whole)
    assert [place.key for place in found.members] == ["DEU", "FRA", "GBR"]
    lacking = [words for words in found.missing if words.startswith("Malta")]
    assert lacking == [f"Malta, {month}: no figure of crude oil" for month in then]


def test_each_fuel_of_a_table_is_divided_apart(oil: EnergyFlows) -> None:
    assert energy.supply_shares(oil, "DE", "2020-01", fuel=Fuel.DISTILLATE).total == kt(9)
    assert energy.supply_shares(oil, "DE", "2020-01", fuel=Fuel.OIL).total == kt(215)
    petrol = energy.supply_shares(oil, "DE", "2020-01", fuel="O4652")
    assert petrol == energy.supply_shares(oil, "DE", "2020-01", fuel=OtherFuel("O4652"))
    assert (petrol.fuel, petrol.is_total_published, petrol.headline) == (
        OtherFuel("O4652"),
        False,
        "Suppliers of O4652 to Germany, 2020-01",
    )


def test_coal_divides_by_year(coal: EnergyFlows) -> None:
    """By hand, 2023: 600 and 200 of 1000. In 2024 Australia has no figure, which is not zero."""
    found = energy.supply_shares(coal, "Poland", 2023, fuel=Fuel.SOLID)
    assert [str(row.share) for row in found.suppliers] == ["60.00 %", "20.00 %"]
    assert found.unallocated == kt(200, FuelFamily.COAL)
    later = energy.supply_shares(coal, "Poland", 2024, fuel=Fuel.SOLID)
    assert (str(later.share_of("US")), str(later.coverage)) == ("60.00 %", "60.00 %")
    assert later.missing == ("Poland, 2024: no figure of solid fossil fuels from Australia",)
    assert str(energy.supply_shares(coal, "PL", 2024, fuel="C0121").share_of("AU")) == "50.00 %"
    assert energy.supply_shares(coal, "PL", 2024, fuel="P1100").total == kt(8, FuelFamily.PEAT)


def test_a_fuel_that_the_table_has_not_is_refused_with_those_it_has(coal: EnergyFlows) -> None:
    with pytest.raises(errors.UnknownNameError, match="unknown fuel 'C0120'; valid: C0000X0350-0370, C0121, P1100"):
        energy.supply_shares(coal, "PL", 2024, fuel="C0120")
    with pytest.raises(errors.NoObservationError, match=r"imports of crude oil .*; valid: C0121, P1100, solid fossil"):
        energy.supply_shares(coal, "PL", 2024, fuel=Fuel.CRUDE)
    with pytest.raises(errors.NoObservationError, match="valid: Poland: 2023 to 2024; you asked for 2024-01"):
        energy.supply_shares(coal, "PL", "2024-01", fuel=Fuel.SOLID)


def test_thousand_tonnes_and_energy_do_not_add_and_nothing_converts() -> None:
    table = flows(flow("US", kt(5), Fuel.CRUDE), flow("NO", tj(7), Fuel.CRUDE))
    with pytest.raises(errors.UnexpectedValueError, match=r"5\.00 kt of oil and 7.00 TJ .* all by volume or by mass"):
        energy.supply_shares(table, "PL", 2024, fuel=Fuel.CRUDE)


def test_an_exporters_oil_is_refused() -> None:
    table = flows(flow("US", nb.model.OilVolume(2), Fuel.CRUDE, reported_by=ReportedBy.EXPORTER))
    with pytest.raises(errors.MixedReportersError):
        energy.supply_shares(table, "PL", 2024, fuel=Fuel.CRUDE)


def test_importers_volumes_of_oil_and_masses_of_lng_divide_as_they_stand() -> None:
    barrels = flows(flow("US", nb.model.OilVolume(3), Fuel.OIL), flow("NO", nb.model.OilVolume(1), Fuel.OIL))
    assert str(energy.supply_shares(barrels, "PL", 2024, fuel=Fuel.OIL).share_of("US")) == "75.00 %"
    liquid = flows(flow("US", LngMass(2), Fuel.LNG), flow("QA", LngMass(3), Fuel.LNG))
    assert energy.supply_shares(liquid, "PL", 2024, fuel=Fuel.LNG).total == LngMass(5)


# --- published dependency on a partner -------------------------------------------------------------------

# Made up, in the layout of Eurostat's tables of dependency on countries outside the Union, and by origin.
OUTSIDE = (
    "freq,siec,partner,unit,geo\\TIME_PERIOD\t2022 \t2023 \n"
    "A,O4000XBIO,THRD,PC,PL\t95.12 \t88.4 p\n"
    "A,TOTAL,THRD,PC,PL\t: \t41.75 \n"
)


def test_a_published_dependency_on_a_partner_is_looked_up_with_its_source(tmp_path: Path) -> None:
    path = tmp_path / "estat_nrg_ind_id3cf.tsv"
    path.write_text(OUTSIDE, encoding="utf-8")
    rates = nb.readers.eurostat.read_dataset(path).dependency()
    found = energy.published_dependency(rates, "PL", 2023, fuel="O4000XBIO", partner="THRD")
    assert found.rate == nb.model.Rate.percent("88.4")
    assert found.status is nb.Status.ESTIMATE
    assert "on THRD in 2023, oil and petroleum products" in found.headline
    assert "dependency on THRD, oil and petroleum products, Poland, 2023: 88.4 % p" in found.explain()
    assert [source.locator for source in found.sources] == ["estat_nrg_ind_id3cf.tsv"]
    with pytest.raises(errors.NoObservationError, match=r"rate on THRD of all fuels of Poland for 2022; valid: .*2023"):
        energy.published_dependency(rates, "PL", 2022, partner="THRD")


def test_a_published_dependency_on_everyone_is_the_one_that_ships() -> None:
    found = energy.published_dependency(nb.datasets.energy_dependency(), "Germany", 2024)
    assert found.rate.as_percent == Decimal("66.812")
    assert found.headline == "Published import dependency of Germany in 2024, all fuels"
