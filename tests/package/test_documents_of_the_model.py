"""Every class of the model is written to a document and read back from it, or says that it is not for documents."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import json
import pkgutil
import types
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

import natoburden as nb
import natoburden.model
from natoburden.calculators.results import ResultTable
from natoburden.datasets.targets import spending_targets
from natoburden.errors import DocumentError
from natoburden.model.aid import DonorShare, ProcurementMonth, WeaponsGiven
from natoburden.model.claim_checks import SpendingCheck
from natoburden.model.credit import CreditCategory, CreditPolicy, Instalment, Package, Purchase, PurchaseBasis
from natoburden.model.energy import FlowOmission, OtherFuel
from natoburden.model.evidence import Given
from natoburden.model.figures import CountryFigures, YearlyFigures
from natoburden.model.keyed import Keyed
from natoburden.model.macro_tables import MacroFigure, MacroTable
from natoburden.model.offsets import Milestone, OffsetTransaction, OffsetType
from natoburden.model.path_scenarios import PathAssumptions, PathScenario
from natoburden.model.periods import Period, PeriodRun
from natoburden.model.prices import EnergyPrices, PricePoint, PriceSeries
from natoburden.model.procurement import Cancellation
from natoburden.model.quantities import CoalUnit, FuelFamily, FuelMass, FuelMassUnit, OilUnit, OilVolume
from natoburden.model.record_coverage import RecordCoverage, RecordKind
from natoburden.model.sources import Source
from natoburden.readers import read
from natoburden.serialization import _hooks, from_data, to_data
from natoburden.serialization._converter import Converter
from tests.readers.small_files import SMALL

SOURCE = Source(title="Invented", publisher="a test")
HALF = nb.Share.percent("0.5")


def classes() -> set[type]:
    """Find every public attrs class of the model."""
    found: set[type] = set()
    for entry in pkgutil.iter_modules(natoburden.model.__path__):
        module = importlib.import_module(f"natoburden.model.{entry.name}")
        own = [item for item in vars(module).values() if inspect.isclass(item) and item.__module__ == module.__name__]
        found |= {item for item in own if attrs.has(item) and not item.__name__.startswith("_")}
    return found


def price_record() -> EnergyPrices:
    """Give prices of coal, in a series."""
    price = nb.model.UnitPrice(nb.Money("98.7", "USD"), CoalUnit.T)
    point = PricePoint(series="coal", period=Period(2024), price=price, is_provisional=True, source=SOURCE, note="x")
    series = PriceSeries(key="coal", title="Coal", place="a port", per=CoalUnit.T, edition="e", points=(point,))
    return EnergyPrices(items=(series,))


def values(folder: Path) -> Iterator[Any]:
    """Give values in which every class of the model stands somewhere."""
    data = nb.datasets
    table = data.defence_expenditure("2026-07")
    base = PathAssumptions(target=nb.Share.percent("3.5"), by=2035, gdp_growth=nb.Rate.percent("1.5"))
    yield from (
        table,
        table.share_of_gdp("DEU", 2025),
        data.commitments(),
        data.announced_contracts(),
        data.energy_deals(),
        data.gas_imports(),
    )
    yield from (data.energy_dependency(), data.exchange_rates(), nb.fixtures.article(), *spending_targets().values())
    yield from (data.energy_pledge("eu-us-2025"), data.content_rules(), data.procurement_aims(), data.conversion_sets())
    yield from (data.offset_agreements(), nb.HAGUE, CreditPolicy(), nb.PercentagePoints("1.28"), nb.Tiv("1.5"))
    yield from (
        OtherFuel("RA000"),
        OilVolume("2.5", OilUnit.BARREL),
        FuelMass("2.5", FuelMassUnit.KT, FuelFamily.OIL),
        Instalment(2026, nb.Money(5, "EUR")),
    )
    yield nb.model.DependencyRate(
        place=nb.Country("POL"), fuel=nb.Fuel.OIL, year=2023, rate=nb.model.Rate.percent("88.4"), flags="p",
        partner=nb.model.OtherPlace("THRD"), source=SOURCE,
    )  # fmt: skip
    yield from (data.offset_rules(), data.offset_statistics())
    yield OffsetTransaction(
        type=OffsetType.TRAINING, is_direct=True, year=2024, actual=nb.Money(5, "EUR"), source=SOURCE
    )
    gas = Purchase(
        key="gas", category=CreditCategory.ENERGY, buyer=nb.Country("DEU"), amount=nb.Money(6, "EUR"), first_year=2026,
        last_year=2027, basis=PurchaseBasis.ASSUMPTION, source=SOURCE,
        schedule=(Instalment(2026, nb.Money(2, "EUR")), Instalment(2027, nb.Money(4, "EUR"))),
    )  # fmt: skip
    yield Package.of("A package", [gas], policy=CreditPolicy(energy=nb.Share.percent(25)))
    euro = nb.Money("1.5", "EUR")
    yield DonorShare(donor="EU", country=None, bilateral=HALF, through_eu=HALF, total=HALF, amount_through_eu=euro)
    yield ProcurementMonth(year=2025, month=2, stockpile=euro, procurement=euro, unspecified=euro, through_purl=euro)
    yield WeaponsGiven(donor="EU", country=None, category="tank", number=Decimal(5), value=euro, listed="yes")
    yield data.us_arms_notifications()
    yield Milestone(2030, nb.Share.percent(50))
    yield nb.model.Deflator.implied_by(table, "Poland", "PLN")
    yield CountryFigures.of("border, km", {"POL": "1163", "FIN": "1340.5"}, source=SOURCE)
    yield YearlyFigures.of("attacks", {2024: {"POL": "1"}, 2025: {"POL": "2.5", "FIN": "0"}}, source=SOURCE)
    yield YearlyFigures.from_rows("attacks", [{"country": "POL", "year": 2024, "value": "3", "source": "A register"}])
    parities = nb.model.MilitaryParities.of("P", {"POL": {2025: nb.Money("2.10", "PLN")}}, source=SOURCE)
    yield from (parities, nb.model.MilitaryDollars("5 bn"))
    yield Given("terms as given", SOURCE, nb.Status.ESTIMATE)
    yield CountryFigures.of("aid", {nb.Country("POL"): nb.Money(5, "EUR")}, source=SOURCE)
    yield PathScenario(title="Base", assumptions=base).overridden("Slow", {"by": 2040}, reason="a test")
    yield from (data.yearly_exchange_rates(), PeriodRun.parse("2024-01 to 2024-06"))
    outlook = data.macro()
    units = ("national currency", "international dollars", "persons", "percent", "percent of GDP")
    picked = (item for unit in units for item in outlook.select(country="DEU", year=2026, unit=unit))
    yield MacroTable(edition=outlook.edition, last_outcome=2025, source=outlook.source, figures=picked)
    yield from (
        *outlook.select(country="DEU", year=2024),
        data.safe_loans(),
        data.escape_clauses(),
        data.american_share_estimates(),
    )
    yield data.events()
    yield SpendingCheck(entity=nb.Country("DEU"), than=nb.Country("USA"), year=2024)
    yield Cancellation(date=nb.Announced.parse("2025-06", nb.Precision.MONTH), part=HALF, source=SOURCE, note="half")
    sent = nb.model.GasVolume("0", nb.model.GasUnit.MMCF)
    yield FlowOmission(
        partner=nb.Country("USA"), fuel=nb.Fuel.LNG, periods=PeriodRun.parse("2024-01 to 2024-06"), zero=sent,
        importers=(nb.Country("POL"), nb.model.TOTAL), reason="a reason", source=SOURCE,
    )  # fmt: skip
    yield nb.model.MissingYear("2025-08", 2025, "a reason")
    yield RecordCoverage.of(RecordKind.SAMPLE, [(2024,), ()], ["value undisclosed"])
    yield price_record()
    yield from (*data.capitals()[:3], data.land_borders()[0])
    for name, content in SMALL.items():
        (folder / name).write_bytes(content)
        found: Any = read(folder / name)
        yield found.balance() if name == "nrg_bal_c.csv" else found


def parts(value: Any, seen: dict[int, Any]) -> None:
    """Walk through a value's parts, each object once."""
    if isinstance(value, tuple | list | Keyed):
        for item in list(value)[:200]:
            parts(item, seen)
    elif isinstance(value, dict):
        parts(list(value.values()), seen)
    if attrs.has(type(value)) and id(value) not in seen:
        seen[id(value)] = value
        for field in attrs.fields(type(value)):
            parts(getattr(value, field.name), seen)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[type, list[Any]]:
    seen: dict[int, Any] = {}
    kept = list(values(tmp_path_factory.mktemp("files")))  # so that no id is given twice
    for value in kept:
        parts(value, seen)
    by_class: dict[type, list[Any]] = {}
    for value in seen.values():
        by_class.setdefault(type(value), []).append(value)
    return by_class


def test_the_values_tried_hold_every_class_of_the_model(found: dict[type, list[Any]]) -> None:
    assert {kind.__name__ for kind in classes() - set(found)} == set()


@pytest.mark.parametrize("kind", sorted(classes() - {Keyed}, key=str))
def test_what_is_written_is_read_back(kind: type, found: dict[type, list[Any]]) -> None:
    for value in spread(found[kind]):
        data = json.loads(json.dumps(to_data(value)))
        assert from_data(data, kind) == value


@pytest.mark.parametrize("kind", sorted(classes() - {Keyed}, key=str))
def test_what_is_written_does_not_depend_on_the_classes_met_before(kind: type, found: dict[type, list[Any]]) -> None:
    value = found[kind][0]
    data = Converter().unstructure(value)
    assert data == to_data(value)
    assert Converter().structure(data, kind) == value


def test_the_hooks_of_a_class_are_in_the_twin_of_its_module() -> None:
    twins = {entry.name for entry in pkgutil.iter_modules(_hooks.__path__)}
    assert twins <= {entry.name for entry in pkgutil.iter_modules(natoburden.model.__path__)}


def spread(items: list[Any]) -> Iterable[Any]:
    """Give some thirty of many, from first to last."""
    return items[:: max(1, len(items) // 30)]


def told(data: object, kind: Any) -> str:
    """Give what is wrong with a document, in one text."""
    with pytest.raises(DocumentError) as caught:
        from_data(data, kind)
    return "; ".join(fault.message for fault in caught.value.faults)


def test_a_collection_needs_the_class_of_its_items() -> None:
    assert "Keyed[Commitment]" in told([], Keyed)


def test_results_go_one_way() -> None:
    table = nb.datasets.defence_expenditure("2026-07")
    gap = nb.targets.gap(table, "Germany", 2025, nb.HAGUE_CORE)
    for value in (gap, nb.targets.compliance(table, 2025, nb.HAGUE_CORE), ResultTable(rows=(gap,))):
        assert "one way" in told(to_data(value), type(value))
    assert "one way" in told([to_data(gap)], types.GenericAlias(tuple, (type(gap), ...)))


def test_a_bad_table_tells_all_its_faults() -> None:
    data = to_data(nb.datasets.defence_expenditure("2026-07"))
    figures = data["figures"][:5]
    figures[1] |= {"value": "soon"}
    figures[2] |= {"year": 1800}
    figures[3] |= {"measure": "size"}
    figures[4] |= {"extra": 1}
    with pytest.raises(DocumentError) as caught:
        from_data({**data, "figures": figures}, nb.ExpenditureTable)
    paths = [fault.path for fault in caught.value.faults]
    assert paths == ["figures[1].value", "figures[2]", "figures[3].measure", "figures[4]"]
    broken: Any
    for broken in ({}, [], {"edition": data["edition"], "figures": 5}, {**data, "figures": []}):
        with pytest.raises(DocumentError):
            from_data(broken, nb.ExpenditureTable)


BROKEN = {"edition": "x", "last_outcome": 2025, "note": "", "source": {"title": "T", "publisher": "P"}}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({}, nb.model.Observation),
        ({"edition": 5}, nb.model.Observation),
        ({}, MacroFigure),
        ({"edition": "x"}, MacroTable),
        (BROKEN | {"figures": 5}, MacroTable),
        (BROKEN | {"figures": [{}]}, MacroTable),
        (5, OtherFuel),
        ("", OtherFuel),
        (5, dt.datetime),
        ("soon", dt.datetime),
        ({"name": "x", "values": [["POL", "five"]], "source": {"title": "T", "publisher": "P"}}, CountryFigures),
    ],
)
def test_parts_of_tables_that_cannot_be_read_are_refused(data: object, kind: Any) -> None:
    with pytest.raises(DocumentError):
        from_data(data, kind)
