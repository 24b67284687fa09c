"""American energy: published sums and values, months and years, blanks, holes, and what stands beside."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import natoburden as nb
from natoburden.datasets import _files
from natoburden.errors import (
    GasBasisError,
    MixedReportersError,
    NoObservationError,
    UnexpectedValueError,
    UnknownNameError,
)
from natoburden.model import (
    CalorificBasis,
    EnergyFlow,
    EnergyFlows,
    EnergyUnit,
    Fuel,
    GasBasis,
    GasReference,
    GasUnit,
    GasVolume,
    OtherFuel,
    Period,
    ReportedBy,
)
from tests.calculators.purchases.made import SOURCE, exports, place, prices

PRICES = nb.datasets.energy_prices()
energy = nb.purchases.energy


def column(name: str, value: str) -> dict[tuple[str, str], Decimal]:
    with (_files.DATA / "american" / name).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row[value]]
    return {(row["destination"], row["period"]): Decimal(row[value]) for row in rows}


@pytest.mark.parametrize(("year", "volume", "billions"), [(2024, 2311231, "14.8"), (2025, 3760926, "29.8")])
def test_lng_to_european_allies_has_the_published_volume_and_value(year: int, volume: int, billions: str) -> None:
    found = energy(nb.datasets.us_energy_exports("lng"), PRICES, "NATO Europe", year)
    assert found.quantity == GasVolume(volume, GasUnit.MMCF)
    assert found.value is not None
    assert round(found.value.in_billions, 1) == Decimal(billions)


@pytest.mark.parametrize(("months", "volume"), [("2025-01 to 2025-07", 2078369), ("2026-01 to 2026-07", 2056073)])
def test_months_add_up_to_the_published_volume(months: str, volume: int) -> None:
    found = energy(nb.datasets.us_energy_exports("lng", every="month"), None, "NATO Europe", months)
    assert found.quantity.amount == volume
    assert found.value is None


def test_every_month_counts_at_its_own_price() -> None:
    volumes = column("lng_exports_by_month.csv", "million_cubic_feet")
    with (_files.DATA / "american/energy_prices.csv").open(encoding="utf-8", newline="") as file:
        dollars = {
            r["period"]: Decimal(r["value"]) for r in csv.DictReader(file) if r["series"] == "us_lng_export_price"
        }
    months = [f"2025-{month:02}" for month in range(1, 13)]
    found = energy(nb.datasets.us_energy_exports("lng", every="month"), PRICES, "Germany", "2025-01 to 2025-12")
    assert found.value is not None
    assert found.value.amount == sum(volumes["DEU", month] * 1000 * dollars[month] for month in months)
    assert found.of_exports is not None
    whole = sum(volumes["TOTAL", month] for month in months)
    assert float(found.of_exports.as_fraction) == pytest.approx(float(found.quantity.amount / whole), rel=1e-15)


def test_a_month_without_a_price_counts_at_that_of_its_year() -> None:
    found = energy(
        exports({("POL", "2025-01"): 2, ("POL", "2025-02"): 3}),
        prices({"2025-01": "5", "2025": "7"}), "POL", "2025-01 to 2025-02",
    )  # fmt: skip
    assert found.value == nb.Money(2 * 1000 * 5 + 3 * 1000 * 7, "USD")
    assert found.at_years_price == (Period(2025, "02"),)
    assert "months at the price of their year: 2025-02" in str(found)
    assert found.of_exports is None
    with pytest.raises(NoObservationError, match="us_lng_export_price"):
        energy(exports({("POL", "2025-01"): 2}), prices({"2024": "7"}), "POL", "2025-01")


def test_a_share_over_a_hole_is_refused_with_what_there_is() -> None:
    by_month = nb.datasets.us_energy_exports("lng", every="month")
    with pytest.raises(NoObservationError, match="every='year'; the total of each month"):
        energy(by_month, PRICES, "Poland", "2021-03")
    with pytest.raises(NoObservationError, match="every='year'"):
        energy(by_month, PRICES, "NATO Europe", "2021-01 to 2021-06")


def test_a_blank_of_one_member_is_named_and_of_a_buyer_alone_refused() -> None:
    members = {(one.alpha_3, "2025-03"): 0 for one in nb.Group.find("NATO_EU").members(2025)}
    volumes: dict[tuple[str, str], int | None] = {**members, ("POL", "2025-03"): 5, ("DEU", "2025-03"): None}
    found = energy(exports(volumes), None, "NATO_EU", "2025-03")
    assert (found.quantity, found.missing) == (GasVolume(5, GasUnit.MMCF), ("Germany, 2025-03",))
    assert "without a published figure, so that the sum is at least this: Germany, 2025-03" in str(found)
    with pytest.raises(NoObservationError):
        energy(exports(volumes), None, "DEU", "2025-03")
    with pytest.raises(NoObservationError, match="no member has one"):
        energy(exports(dict.fromkeys(volumes)), None, "NATO_EU", "2025-03")


def test_the_exporter_is_not_one_of_its_buyers() -> None:
    members = {(one.alpha_3, "2025"): 1 for one in nb.Group.find("NATO").members(2025) if one.alpha_3 != "USA"}
    assert energy(exports(members), None, "NATO", 2025).quantity.amount == 31


def test_oil_is_valued_at_a_spot_price_and_says_so() -> None:
    crude = energy(nb.datasets.us_energy_exports("crude"), PRICES, "Netherlands", 2025, fuel=Fuel.CRUDE)
    barrels = column("crude_exports_by_year.csv", "thousand_barrels")["NLD", "2025"] * 1000
    assert crude.value == PRICES.price("wti_spot", 2025).price.amount * barrels
    assert "WTI" in crude.find("remark").text
    diesel = energy(nb.datasets.us_energy_exports("distillate"), PRICES, "Netherlands", 2025, fuel=Fuel.DISTILLATE)
    gallons = column("distillate_exports_by_year.csv", "thousand_barrels")["NLD", "2025"] * 42000
    assert diesel.value == PRICES.price("us_gulf_ulsd_spot", 2025).price.amount * gallons
    named = energy(nb.datasets.us_energy_exports("crude"), PRICES, "NLD", 2025, fuel=Fuel.CRUDE, price="brent_spot")
    assert named.series == "brent_spot"
    assert named.remarks == ("valued at brent_spot, the series that was named: not a price of these exports",)
    lng = nb.datasets.us_energy_exports("lng")
    assert energy(lng, PRICES, "NLD", 2025, price="us_lng_export_price").remarks == ()


def test_energy_needs_a_named_set_and_a_basis() -> None:
    flows, using = nb.datasets.us_energy_exports("lng"), nb.datasets.conversion_set("sabine-pass-filing")
    completed = using.completed_by(nb.datasets.conversion_set("norwegian-shelf"))
    gross = GasBasis(CalorificBasis.GROSS, GasReference.STANDARD)
    found = energy(flows, PRICES, "POL", 2025, using=completed, assuming=gross)
    volume = GasVolume(found.quantity.amount, GasUnit.MMCF, gross)
    assert found.energy == nb.units.to_energy(volume, EnergyUnit.TWH, completed)
    assert completed in found.evidence
    with pytest.raises(GasBasisError, match="assuming"):
        energy(flows, PRICES, "POL", 2025, using=completed)


def test_the_buyers_own_imports_stand_beside() -> None:
    found = energy(nb.datasets.us_energy_exports("lng"), PRICES, "POL", 2022, imports=nb.datasets.gas_imports())
    own = nb.energy.supply_shares(nb.datasets.gas_imports(), "POL", 2022, fuel=Fuel.LNG)
    assert (found.imports, found.share_of_imports) == (own.total, own.share_of("USA"))
    assert "share of United States in them, as the buyer reports: 55.12 %" in str(found)
    assert found.remarks == energy(nb.datasets.us_energy_exports("lng"), PRICES, "POL", 2022).remarks
    later = energy(nb.datasets.us_energy_exports("lng"), PRICES, "POL", 2025, imports=nb.datasets.gas_imports())
    assert later.imports is None
    assert "no imports beside" in later.find("remark").text


def test_the_buyers_crude_oil_in_tonnes_stands_beside_the_exporters_barrels(tmp_path: Path) -> None:
    """Made-up imports: 30 of 120 thousand tonnes. Barrels and tonnes do not meet."""
    path = tmp_path / "estat_nrg_ti_oil.tsv"
    rows = ("O4100_TOT,US,THS_T,NL\t30 ", "O4100_TOT,TOTAL,THS_T,NL\t120 ")
    header = "freq,siec,partner,unit,geo\\TIME_PERIOD\t2024 "
    path.write_text("\n".join((header, *(f"A,{row}" for row in rows), "")), encoding="utf-8")
    imports = nb.readers.eurostat.read_dataset(path).flows()
    crude = nb.datasets.us_energy_exports("crude")
    found = energy(crude, PRICES, "NLD", 2024, fuel=Fuel.CRUDE, imports=imports)
    assert isinstance(found.quantity, nb.model.OilVolume)
    assert (str(found.imports), str(found.share_of_imports)) == ("120.00 kt of oil", "25.00 %")


def flow(**more: Any) -> EnergyFlow:
    given: dict[str, Any] = {"fuel": Fuel.LNG, "partner": nb.Country("USA"), "quantity": GasVolume(1, GasUnit.MMCF)}
    return EnergyFlow(
        importer=place("POL"), period=Period(2025), reported_by=ReportedBy.EXPORTER, source=SOURCE, **(given | more)
    )


@pytest.mark.parametrize(
    ("table", "kind", "told"),
    [
        (nb.datasets.gas_imports(), MixedReportersError, "importer"),
        (EnergyFlows(edition="empty", items=()), MixedReportersError, "empty"),
        (
            EnergyFlows(edition="two", items=(flow(), flow(partner=nb.Country("CAN")))),
            UnexpectedValueError, "Canada, United States is not usable as a table of exports",
        ),
        (EnergyFlows(edition="none", items=(flow(partner=place("WORLD")),)), UnexpectedValueError, "of one country"),
        (nb.datasets.announced_contracts(), UnexpectedValueError, "us_energy_exports"),
    ],
)  # fmt: skip
def test_only_a_table_of_one_exporter_is_taken(table: Any, kind: type[Exception], told: str) -> None:
    with pytest.raises(kind, match=told):
        energy(table, PRICES, "POL", 2025)


def test_a_fuel_without_a_price_of_its_own_needs_one_named() -> None:
    table = EnergyFlows(edition="gas", items=(flow(fuel=Fuel.GAS),))
    with pytest.raises(UnexpectedValueError, match="name one with price="):
        energy(table, PRICES, "POL", 2025, fuel=Fuel.GAS)
    with pytest.raises(UnknownNameError, match="did you mean 'us_lng_export_price'"):
        energy(table, PRICES, "POL", 2025, fuel=Fuel.GAS, price="us_lng_export_prise")


def test_a_table_of_several_fuels_is_refused_where_one_is_counted() -> None:
    both = EnergyFlows(edition="both", items=(flow(), flow(fuel=Fuel.GAS)))
    other = EnergyFlows(edition="other", items=(flow(fuel=OtherFuel("X1")),))
    for given, told in (([both], "give that of one fuel"), ([other], "give that of one fuel")):
        with pytest.raises(UnexpectedValueError, match=told):
            nb.credit.package_from_record("POL", 2025, exports=given, prices=PRICES)
    one = EnergyFlows(edition="one", items=(flow(),))
    with pytest.raises(UnexpectedValueError, match="one table for each fuel"):
        nb.credit.package_from_record("POL", 2025, exports=[one, one], prices=PRICES)


@pytest.mark.parametrize("fuel", ["lng", "LNG", "G3200", Fuel.LNG])
def test_a_fuel_is_found_by_its_name_or_code(fuel: Any) -> None:
    assert energy(nb.datasets.us_energy_exports(fuel), PRICES, "POL", 2025, fuel=fuel).fuel is Fuel.LNG
    with pytest.raises(UnknownNameError, match="unknown fuel 'coke'"):
        energy(nb.datasets.us_energy_exports("lng"), PRICES, "POL", 2025, fuel="coke")


def test_a_table_of_another_fuel_says_how_to_name_it() -> None:
    crude, prices = nb.datasets.us_energy_exports("crude"), nb.datasets.energy_prices()
    for period in (2025, "2024 to 2025"):
        with pytest.raises(
            NoObservationError, match=r"exports of LNG with the destination of Poland .*crude oil; name"
        ):
            nb.purchases.energy(crude, prices, "Poland", period)


def test_a_hole_of_an_exporters_table_is_not_told_as_one_of_imports() -> None:
    lng = nb.datasets.us_energy_exports("lng", every="month")
    with pytest.raises(
        NoObservationError, match="no exports of LNG from United States in 2021-05 with the destination"
    ):
        nb.purchases.energy(lng, None, "Germany", "2021-05")


def test_a_set_of_factors_is_one() -> None:
    lng, wrong = nb.datasets.us_energy_exports("lng"), "bp-2021"
    with pytest.raises(UnexpectedValueError, match="conversion_set"):
        nb.purchases.energy(lng, None, "Germany", 2025, using=wrong)  # type: ignore[arg-type] # refused on purpose


def test_a_named_price_per_energy_needs_a_set_of_gross_factors_and_is_told() -> None:
    lng, prices = nb.datasets.us_energy_exports("lng"), nb.datasets.energy_prices()
    basis = GasBasis(CalorificBasis.GROSS, GasReference.STANDARD)
    gross = nb.datasets.conversion_set("uk-average")

    def valued(**more: Any) -> Any:
        return nb.purchases.energy(lng, prices, "Poland", 2025, price="henry_hub_spot", **more)

    found = valued(using=gross, assuming=basis)
    btu = nb.units.convert(found.energy, EnergyUnit.MMBTU).amount
    expected = prices.price("henry_hub_spot", 2025).price.amount * btu
    assert found.value.amount == pytest.approx(expected.amount)
    assert "valued at henry_hub_spot" in str(found)
    with pytest.raises(UnexpectedValueError, match="it is per energy: give using="):
        valued()
    net = GasBasis(CalorificBasis.NET, GasReference.STANDARD)
    with pytest.raises(UnexpectedValueError, match="prices per MMBtu are of gross energy"):
        valued(using=nb.datasets.conversion_set("bp-2021"), assuming=net)


def test_the_exporter_is_not_a_buyer_and_a_series_needs_prices() -> None:
    exports = nb.datasets.us_energy_exports("LNG")
    with pytest.raises(nb.errors.UnexpectedValueError, match="it is the exporter"):
        nb.purchases.energy(exports, nb.datasets.energy_prices(), "USA", 2025)
    with pytest.raises(nb.errors.UnexpectedValueError, match="give the prices too"):
        nb.purchases.energy(exports, None, "DEU", 2025, price="henry_hub_spot")
