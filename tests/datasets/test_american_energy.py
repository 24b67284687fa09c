"""American exports and prices of energy: as the packaged tables hold them, and what their holes mean."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import runpy
import subprocess
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import natoburden as nb
from natoburden import Fuel, Money
from natoburden.datasets import _files, energy_prices, us_energy_exports
from natoburden.errors import MixedReportersError, NoObservationError, UnexpectedValueError, UnknownNameError
from natoburden.model import TOTAL, EnergyFlows, GasUnit, GasVolume, OilUnit, OilVolume, ReportedBy
from natoburden.serialization import from_data, to_data
from natoburden.units import convert

SCRIPTS = Path(__file__).parents[2] / "scripts"
FOLDER = _files.DATA / "american"
FILES = {
    ("lng", "year"): "lng_exports_by_year.csv",
    ("lng", "month"): "lng_exports_by_month.csv",
    ("crude", "year"): "crude_exports_by_year.csv",
    ("distillate", "year"): "distillate_exports_by_year.csv",
}
ALLIES = nb.Group.find("NATO_EUROPE").members(2025)


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def exports(fuel: str, every: str = "year") -> EnergyFlows:
    return us_energy_exports(fuel, every=every)


def volume(flows: EnergyFlows, importer: Any, period: Any) -> Decimal:
    """Look one volume of LNG up, in million cubic feet."""
    found = flows.flow(importer, "USA", Fuel.LNG, period).quantity
    assert isinstance(found, GasVolume)
    assert found.unit is GasUnit.MMCF
    return found.amount


# --- what ships ------------------------------------------------------------------------------------------


def test_every_table_has_its_hash_edition_licence_and_day() -> None:
    files = [*_files.editions("american/energy.toml", "exports").values()]
    assert {file.more["edition"] for file in files} == {"2026-09"}
    files += _files.editions("american/energy.toml", "prices").values()
    assert {file.path.name for file in files} == {*FILES.values(), "energy_prices.csv"}
    for file in files:
        assert hashlib.sha256(file.path.read_bytes()).hexdigest() == file.sha256
        assert file.source.accessed == dt.date(2026, 11, 27)
        assert "public domain" in file.source.licence


@pytest.mark.parametrize(("fuel", "every"), FILES)
def test_every_row_is_a_flow_that_the_exporter_reports(fuel: str, every: str) -> None:
    table, flows = rows(FILES[fuel, every]), exports(fuel, every)
    column = "million_cubic_feet" if fuel == "lng" else "thousand_barrels"
    told = [(item.importer.key, str(item.period), item.quantity and item.quantity.amount) for item in flows]
    assert told == [(row["destination"], row["period"], Decimal(row[column]) if row[column] else None) for row in table]
    assert {(item.partner.key, item.reported_by) for item in flows} == {("USA", ReportedBy.EXPORTER)}
    assert {type(item.importer) for item in flows if item.importer != TOTAL} == {nb.Country}
    assert nb.Country("GIB") in {item.importer for item in flows} or fuel != "distillate"


def test_fuels_go_by_name_code_or_member() -> None:
    assert us_energy_exports(Fuel.LNG) is us_energy_exports("lng") is us_energy_exports("G3200", "year")
    assert us_energy_exports(Fuel.CRUDE) is us_energy_exports("crude")
    crude = us_energy_exports("crude").flow("Netherlands", "USA", Fuel.CRUDE, 2025).quantity
    assert isinstance(crude, OilVolume)
    assert crude.unit is OilUnit.THOUSAND_BARRELS


@pytest.mark.parametrize("fuel", ["lgn", Fuel.SOLID, "G3000"])
def test_another_fuel_is_refused_with_those_there_are(fuel: Any) -> None:
    with pytest.raises(UnknownNameError, match="valid: lng, crude, distillate"):
        us_energy_exports(fuel)


def test_oil_by_month_is_refused() -> None:
    with pytest.raises(UnexpectedValueError, match="how often crude oil is given; the tables give it every 'year'"):
        us_energy_exports("crude", every="month")
    with pytest.raises(UnexpectedValueError, match="every 'year', 'month'"):
        us_energy_exports("lng", every="week")


def test_a_table_loads_only_when_it_is_asked_for() -> None:
    code = (
        "import sys, natoburden as nb; nb.datasets.energy_deals(); "
        "print([name for name in sys.modules if 'american' in name or name.endswith('model.prices')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['natoburden.model.prices']"  # deals have prices
    assert us_energy_exports("lng") is us_energy_exports("lng")
    assert energy_prices() is energy_prices()


# --- sums ------------------------------------------------------------------------------------------------


def test_the_months_of_2025_add_up_to_the_year_for_every_destination() -> None:
    """Whole numbers by month, so that twelve of them may miss the year by rounding; the world's do not."""
    months: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows(FILES["lng", "month"]):
        if row["period"].startswith("2025"):
            months[row["destination"]] += Decimal(row["million_cubic_feet"] or 0)
    yearly = exports("lng")
    of_2025 = [item for item in yearly if item.period.year == 2025]
    assert len(of_2025) == 22
    for item in of_2025:
        assert item.quantity is not None
        assert abs(item.quantity.amount - months[item.importer.key]) <= 2, item
    assert volume(yearly, TOTAL, 2025) == months["TOTAL"]


@pytest.mark.parametrize(
    ("year", "last", "total"),
    [(2024, None, 2311231), (2025, None, 3760926), (2025, 7, 2078369), (2026, 7, 2056073)],
)
def test_lng_to_natos_european_members_is_the_published_sum(year: int, last: int | None, total: int) -> None:
    flows = exports("lng", "year" if last is None else "month")
    periods = [str(year)] if last is None else [f"{year}-{month:02}" for month in range(1, last + 1)]
    assert sum(volume(flows, ally, period) for ally in ALLIES for period in periods) == total


@pytest.mark.parametrize(("year", "billions"), [(2024, "14.8"), (2025, "29.8")])
def test_what_natos_european_members_bought_is_worth_the_published_sum(year: int, billions: str) -> None:
    total = GasVolume.total(GasVolume(volume(exports("lng"), ally, year), GasUnit.MMCF) for ally in ALLIES)
    price = energy_prices().price("us_lng_export_price", year).price
    assert round(price.cost_of(convert(total, GasUnit.MCF)).in_billions, 1) == Decimal(billions)


def test_destinations_add_up_to_the_world_in_every_month_that_the_table_covers_whole() -> None:
    by_month: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows(FILES["lng", "month"]):
        by_month[row["period"]][row["destination"]] = int(row["million_cubic_feet"] or 0)
    whole = [month for month, found in by_month.items() if len(found) > 1 and month < "2025"]
    assert len(whole) == 48 + 11
    for month in whole:
        world = by_month[month].pop("TOTAL")
        assert abs(world - sum(by_month[month].values())) <= max(2, world * 5 // 10000), month


# --- holes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("month", ["2020-02", "2021-03", "2021-12", "2023-04", "2024-04", "2024-12"])
def test_a_month_without_destinations_says_what_there_is_instead(month: str) -> None:
    flows = exports("lng", "month")
    with pytest.raises(NoObservationError) as caught:
        flows.flow("Germany", "USA", Fuel.LNG, month)
    told = str(caught.value)
    assert "no table by destination is on record" in told
    assert "2023-05 to 2024-03, 2025-01 to 2026-07" in told
    assert "21 destinations by year, every='year'; the total of each month, importer TOTAL" in told
    assert volume(flows, TOTAL, month) > 0


def test_a_hole_is_nowhere_a_zero() -> None:
    """Every month of 2021 and 2022, for every destination that ever bought any."""
    flows = exports("lng", "month")
    buyers = {item.importer for item in flows if item.importer != TOTAL}
    for buyer in buyers:
        for month in (f"{year}-{month:02}" for year in (2021, 2022) for month in range(1, 13)):
            with pytest.raises(NoObservationError):
                flows.flow(buyer, "USA", Fuel.LNG, month)


@pytest.mark.parametrize(
    ("importer", "period"),
    [
        ("Germany", "2019-03"),
        ("Sweden", "2017-07"),
        ("Ireland", "2023-06"),
        ("Romania", "2025-02"),
        ("Norway", "2026-07"),
    ],
)
def test_no_row_in_a_month_that_the_table_covers_means_no_cargo(importer: str, period: str) -> None:
    table = rows(FILES["lng", "month"])
    assert (nb.Country.find(importer).alpha_3, period) not in {(row["destination"], row["period"]) for row in table}
    assert volume(exports("lng", "month"), importer, period) == 0


@pytest.mark.parametrize(
    ("importer", "period", "words"),
    [
        ("Canada", "2025-03", "a blank is not published"),
        ("United Kingdom", "2025-08", "a blank is not published"),
        ("Colombia", "2025-03", "the table names 25 destinations"),
        ("Colombia", "2026-07", "the table names 25 destinations"),
        ("EU27_2020", "2019-03", "of EU27_2020 for 2019; by declared destination"),
        ("Germany", "2026-08", "by vessel, February 2016 to July 2026"),
        ("Germany", "2025", "by vessel, February 2016 to July 2026"),
    ],
)
def test_what_is_not_known_of_a_month_raises_with_the_reason(importer: str, period: str, words: str) -> None:
    with pytest.raises(NoObservationError) as caught:
        exports("lng", "month").flow(importer, "USA", Fuel.LNG, period)
    assert words in str(caught.value)


def test_no_row_of_a_year_is_zero_for_european_allies_only() -> None:
    flows = exports("lng")
    assert volume(flows, "Sweden", 2024) == 0
    assert volume(flows, "Germany", 2017) == 0
    assert volume(flows, "Peru", 2019) == 0
    for importer in ("Peru", "Canada"):
        with pytest.raises(NoObservationError, match="the table names 21 destinations"):
            flows.flow(importer, "USA", Fuel.LNG, 2024)
    with pytest.raises(NoObservationError):
        flows.flow("Germany", "Qatar", Fuel.LNG, 2024)


def test_a_blank_of_oil_is_never_a_zero() -> None:
    assert sum(not row["thousand_barrels"] for row in rows(FILES["crude", "year"])) == 30
    with pytest.raises(NoObservationError, match=r"Greece.*a blank is not published, and is not zero"):
        exports("crude").flow("Greece", "USA", Fuel.CRUDE, 2025)
    with pytest.raises(NoObservationError, match="28 destinations of crude oil are on record, and no total"):
        exports("crude").flow("Romania", "USA", Fuel.CRUDE, 2025)
    with pytest.raises(NoObservationError, match="without a total"):
        exports("crude").flow(TOTAL, "USA", Fuel.CRUDE, 2025)
    with pytest.raises(NoObservationError, match="the total of the year"):
        exports("distillate").flow("Peru", "USA", Fuel.DISTILLATE, 2025)


def test_a_sum_says_in_its_source_that_it_is_one() -> None:
    lng = exports("lng", "month")
    cargoes = lng.flow("Spain", "USA", Fuel.LNG, "2023-06").source
    assert (cargoes.publisher, cargoes.title[:5]) == ("U.S. Department of Energy", "Lists")
    assert lng.flow("Spain", "USA", Fuel.LNG, "2025-06").source.publisher == "U.S. Energy Information Administration"
    assert "sum of the months" in exports("lng").flow("Spain", "USA", Fuel.LNG, 2018).source.note
    assert "declared destination" in exports("lng").flow("Spain", "USA", Fuel.LNG, 2025).source.note
    bases = Counter(row["basis"] for row in rows(FILES["lng", "month"]))
    assert bases == {"": 1482 - 382, "cargoes": 382}


def test_exports_do_not_mix_with_what_importers_report() -> None:
    imports = nb.datasets.gas_imports()
    with pytest.raises(MixedReportersError):
        imports.merged(exports("lng"))
    with pytest.raises(MixedReportersError):
        EnergyFlows(edition="mine", items=(*exports("lng"), *imports))
    with pytest.raises(MixedReportersError):
        nb.energy.supply_shares(exports("lng"), "Poland", 2025, fuel=Fuel.LNG)


@pytest.mark.parametrize(("fuel", "every"), FILES)
def test_exports_read_back_from_a_document(fuel: str, every: str) -> None:
    table = exports(fuel, every)
    assert from_data(to_data(table), EnergyFlows) == table


# --- prices ----------------------------------------------------------------------------------------------


def test_every_price_is_that_of_the_table() -> None:
    prices, table = energy_prices(), rows("energy_prices.csv")
    assert len(prices) == 13
    assert sum(len(series.points) for series in prices) == len(table) == 1936
    for row in table:
        found = prices.price(row["series"], row["period"])
        assert found.price.amount == Money(row["value"], "USD")
        assert found.is_provisional is (row["provisional"] == "yes")


def test_every_series_says_where_it_holds_and_under_which_licence() -> None:
    units = Counter(str(series.per) for series in energy_prices())
    assert units == {"MMBtu": 4, "barrel": 5, "t of coal": 2, "Mcf": 1, "gallon": 1}
    for series in energy_prices():
        assert series.place
        assert series.edition[:2] == "20"
        [source] = series.sources
        assert ("CC BY 4.0" in source.licence) is (source.publisher == "World Bank")
        assert ("public domain" in source.licence) is ("Energy Information" in source.publisher)


def test_a_price_says_how_it_was_made() -> None:
    prices = energy_prices()
    lng = prices.series("us_lng_export_price")
    assert "not what Europe paid" in lng.note
    assert lng.price(2016).note.startswith("volume-weighted over 11 months")
    assert lng.price(2025).note.startswith("volume-weighted over 12 months")
    assert lng.price("2015-03").note.endswith("before the first lower-48 cargo (2016-02)")
    assert lng.price("2022-03").note == "average of reported cargo prices at the export point"
    assert prices.price("wb_gas_europe", 2024).note == "mean of 12 monthly values"
    provisional = {str(point) for series in prices for point in series.points if point.is_provisional}
    assert {words.split(":")[0] for words in provisional} == {
        "wb_lng_japan, 2026-09",
        "us_gulf_ulsd_spot, 2025-12",
        "us_gulf_ulsd_spot, 2025",
    }


def test_a_price_that_is_not_there_says_what_is() -> None:
    with pytest.raises(NoObservationError, match="2016-2025; 2015-01 to 2026-05; a mean of months is not the price"):
        energy_prices().price("us_lng_export_price", 2026)
    with pytest.raises(UnknownNameError, match="did you mean 'henry_hub_spot'"):
        energy_prices().series("henry_hub")


def test_the_price_of_a_gallon_of_diesel_costs_a_volume_of_oil() -> None:
    price = energy_prices().price("us_gulf_ulsd_spot", 2024).price
    gallons = convert(OilVolume(1, OilUnit.THOUSAND_BARRELS), OilUnit.GALLON)
    assert price.cost_of(gallons) == price.amount * 42000


# --- the script ------------------------------------------------------------------------------------------


def test_the_script_copies_figures_and_keeps_blanks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(SCRIPTS)
    script = runpy.run_path(str(SCRIPTS / "build_american.py"))

    def source(name: str, text: str) -> None:
        (tmp_path / name).write_text(text, encoding="utf-8")

    source(
        "us_lng_exports_monthly.csv",
        "month,destination,million_cubic_feet,mode,basis,source\n"
        "2025-02,WLD,9,vessel,EIA by destination,x\n2025-02,WLD,10,vessel and truck,EIA by destination,x\n"
        "2025-02,CAN,,vessel,EIA by destination,x\n2025-01,ESP,7,vessel,DOE cargoes summed,x\n",
    )
    source(
        "us_lng_exports_annual.csv",
        "destination,year,million_cubic_feet,status,source\nESP,2016,4,sum of months,x\nESP,2025,5,published,x\n",
    )
    source(
        "us_oil_exports_annual.csv",
        "destination,year,product,thousand_barrels,status,source_url,edition\n"
        "ESP,2025,crude oil,3,published,x,x\nWORLD,2025,distillate fuel oil,8,published,x,x\n",
    )
    source(
        "energy_prices.csv",
        "series,frequency,period,value,unit,source,vintage,licence,note\n"
        "a,monthly,2025-01,1.5,u,s,v,l,common\na,monthly,2025-02,1.6,u,s,v,l,common\na,monthly,2025-03,1,u,s,v,l,odd\n"
        "wb_lng_japan,monthly,2026-09,14.25,u,s,v,l,\n",
    )
    source(
        "us_arms_notifications.csv",
        "notified_on,us_fiscal_year,transmittal,buyer_iso3,buyer,system,ceiling_million_usd,collected,note,source_url\n"
        "2025-12-22,2026,25-100,ESP,Spain,F-404 Engine Fans,200,,,https://media.defense.gov/x\n",
    )
    target = tmp_path / "american"
    target.mkdir()
    (target / "m.toml").write_text('[[x]]\nfile = "lng_exports_by_year.csv"\nsha256 = ""\n', encoding="utf-8")
    script["main"](tmp_path, target)
    texts = {path.name: path.read_text(encoding="utf-8") for path in target.iterdir()}
    head = "period,destination,million_cubic_feet,basis\n"
    assert texts["lng_exports_by_month.csv"] == f"{head}2025-01,ESP,7,cargoes\n2025-02,CAN,,\n2025-02,TOTAL,9,\n"
    assert texts["lng_exports_by_year.csv"] == f"{head}2016,ESP,4,months\n2025,ESP,5,\n"
    assert texts["crude_exports_by_year.csv"] == "period,destination,thousand_barrels\n2025,ESP,3\n"
    assert texts["distillate_exports_by_year.csv"] == "period,destination,thousand_barrels\n2025,TOTAL,8\n"
    assert texts["energy_prices.csv"].splitlines()[1:] == [
        "a,2025-01,1.5,,",
        "a,2025-02,1.6,,",
        "a,2025-03,1,,odd",
        "wb_lng_japan,2026-09,14.25,yes,",
    ]
    assert hashlib.sha256(texts["lng_exports_by_year.csv"].encode()).hexdigest() in texts["m.toml"]


@pytest.mark.parametrize("fuel", [5, None])
def test_a_fuel_that_is_not_a_text_is_refused(fuel: Any) -> None:
    with pytest.raises(UnknownNameError, match="valid: lng, crude, distillate"):
        us_energy_exports(fuel)
