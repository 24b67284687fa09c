"""Periods, places, flows and rates: as published, missing where they are missing."""

from __future__ import annotations

import attrs
import pytest

import natoburden as nb
from natoburden import Energy, EnergyUnit, Fuel
from natoburden.errors import MixedReportersError, NoObservationError, UnexpectedValueError
from natoburden.model import (
    AnyFuel,
    EnergyFlow,
    EnergyFlows,
    FlowOmission,
    FuelFamily,
    FuelMass,
    FuelMassUnit,
    GasUnit,
    GasVolume,
    LngMass,
    OilVolume,
    OtherFuel,
    OtherPlace,
    Period,
    PeriodRun,
    ReportedBy,
)
from natoburden.model.energy import find_place, status_of

SOURCE = nb.Source(title="A table", publisher="A statistical office")


def flow(importer: str, partner: str, amount: str | None, fuel: AnyFuel = Fuel.GAS, **given: object) -> EnergyFlow:
    quantity = None if amount is None else Energy(amount, EnergyUnit.TJ, nb.CalorificBasis.GROSS)
    made = EnergyFlow(
        importer=find_place(importer),
        partner=find_place(partner),
        fuel=fuel,
        period=Period(2022),
        quantity=quantity,
        source=SOURCE,
    )
    return attrs.evolve(made, **given)  # type: ignore[arg-type] # fields of a flow


FLOWS = EnergyFlows(
    edition="e",
    items=(
        flow("BE", "NO", "30"),
        flow("BE", "US", None, flags="c"),
        flow("BE", "US", "5", period=Period(2022, "01")),
    ),
)


def test_a_place_is_a_country_or_keeps_its_label() -> None:
    assert find_place("EL") == nb.Country("GRC")
    assert find_place("UK") == nb.Country("GBR")
    for code in ("EU27_2020", "XK", "TOTAL", "NSP"):
        place = find_place(code)
        assert (place, place.key, place.name, str(place)) == (OtherPlace(code), code, code, code)
    assert find_place(OtherPlace("TOTAL")) == OtherPlace("TOTAL")


@pytest.mark.parametrize(
    ("flags", "status"),
    [("", "actual"), ("b", "actual"), ("p", "estimate"), ("bep", "estimate"), ("c", "actual"), ("f", "projection")],
)
def test_flags_say_how_firm_a_figure_is(flags: str, status: str) -> None:
    assert str(status_of(flags)) == status
    assert str(flow("BE", "NO", "1", flags=flags).status) == status


def test_a_flow_is_found_by_its_cell_and_prints_what_it_is() -> None:
    found = FLOWS.flow("Belgium", "Norway", Fuel.GAS, 2022)
    assert str(found) == "natural gas (LNG included), Belgium from Norway, 2022: 30.00 TJ (gross)"
    assert len(FLOWS.of("BEL", 2022)) == 2
    assert len(FLOWS.of("BEL")) == 3
    assert FLOWS.sources == (SOURCE,)


def test_a_missing_figure_is_not_zero_and_keeps_its_flags() -> None:
    cell = FLOWS.cell("BE", "US", Fuel.GAS, 2022)
    assert cell is not None
    assert (cell.quantity, cell.flags) == (None, "c")
    assert str(cell).endswith("2022: missing c")
    with pytest.raises(NoObservationError, match="of Belgium for 2022; valid: United States: 2022-01"):
        FLOWS.flow("BE", "US", Fuel.GAS, 2022)
    with pytest.raises(NoObservationError, match="imports of Belgium for 2022; valid: United States: 2022-01"):
        FLOWS.flow("BE", "US", Fuel.GAS, Period(2022, "02"))
    with pytest.raises(NoObservationError, match="valid: 2 other partners"):
        FLOWS.flow("BE", "QA", Fuel.GAS, Period(2022, "02"))


def test_two_figures_for_one_cell_are_refused() -> None:
    with pytest.raises(UnexpectedValueError, match="two figures stand for one cell: Belgium, Norway, "):
        EnergyFlows(edition="e", items=(flow("BE", "NO", "30"), flow("BE", "NO", "31")))


def test_only_flows_of_one_edition_merge() -> None:
    other = EnergyFlows(edition="e", items=(flow("NL", "NO", "40"),))
    assert len(FLOWS.merged(other)) == 4
    with pytest.raises(UnexpectedValueError, match="take both from one"):
        FLOWS.merged(attrs.evolve(other, edition="f"))


def test_fuels_have_words() -> None:
    assert [str(fuel) for fuel in (Fuel.LNG, Fuel.PIPELINE_GAS)] == ["LNG", "pipeline gas"]


US, LNG_2025 = nb.Country("USA"), Period(2025, "01")
RULES = (
    FlowOmission(
        partner=US, fuel=Fuel.LNG, periods=PeriodRun.parse("2025-01 to 2025-01"), importers=(nb.Country("CAN"),),
        reason="a blank is not zero",
    ),
    FlowOmission(
        partner=US, fuel=Fuel.LNG, periods=PeriodRun.parse("2024-04 to 2024-12"), reason="only the total is printed",
        instead="the total of each month",
    ),
    FlowOmission(
        partner=US, fuel=Fuel.LNG, periods=PeriodRun.parse("2025-01 to 2025-02"), zero=GasVolume(0, GasUnit.MMCF),
        reason="no row means no cargo", source=SOURCE,
    ),
)  # fmt: skip


def sent(importer: str, amount: str | None, period: str, **given: object) -> EnergyFlow:
    quantity = None if amount is None else GasVolume(amount, GasUnit.MMCF)
    changed = {"period": Period.parse(period), "quantity": quantity, "reported_by": ReportedBy.EXPORTER, **given}
    return flow(importer, "US", None, Fuel.LNG, **changed)


EXPORTS = EnergyFlows(
    edition="x",
    omissions=RULES,
    items=(
        sent("DE", "20", "2025-01"),
        sent("CA", None, "2025-01"),
        sent("DE", "30", "2025-03"),
        sent("TOTAL", "99", "2024-04"),
    ),
)


def test_an_exporters_figures_never_stand_in_one_table_with_an_importers() -> None:
    with pytest.raises(MixedReportersError, match=r"as the exporter reports.* are reported by different sides"):
        EnergyFlows(edition="x", items=(*EXPORTS, flow("DE", "NO", "3")))
    with pytest.raises(MixedReportersError, match=r"e \(importer\) and x \(exporter\)"):
        FLOWS.merged(EXPORTS)
    assert (FLOWS.reported_by, EXPORTS.reported_by) == (ReportedBy.IMPORTER, ReportedBy.EXPORTER)
    assert EnergyFlows(edition="x", items=()).reported_by is None
    assert str(next(iter(EXPORTS))) == "LNG, Germany from United States, 2025-01: 20.00 MMcf, as the exporter reports"


def test_a_hole_says_why_and_what_there_is_instead() -> None:
    words = "valid: United States: 2025-01, 2025-03; the total of each month; only the total is printed"
    with pytest.raises(NoObservationError, match=words):
        EXPORTS.flow("DE", "US", Fuel.LNG, "2024-05")
    with pytest.raises(NoObservationError, match="valid: the total of each month; only"):
        EXPORTS.flow("FR", "US", Fuel.LNG, "2024-05")
    assert EXPORTS.omission("DE", "US", Fuel.LNG, "2024-05") is RULES[1]
    assert EXPORTS.flow("TOTAL", "US", Fuel.LNG, "2024-04").quantity == GasVolume(99, GasUnit.MMCF)


def test_no_row_is_zero_only_where_the_table_says_so() -> None:
    found = EXPORTS.flow("FR", "US", Fuel.LNG, "2025-02")
    assert found.quantity == GasVolume(0, GasUnit.MMCF)
    assert (found.reported_by, found.source.note) == (ReportedBy.EXPORTER, "no row means no cargo")
    assert EXPORTS.flow("DE", "US", Fuel.LNG, "2025-01").quantity == GasVolume(20, GasUnit.MMCF)
    assert EXPORTS.omission("DE", "US", Fuel.LNG, "2025-01") is None
    for importer, partner, period in [
        ("CA", "US", "2025-01"),  # a row without a figure
        ("FR", "RU", "2025-01"),  # another partner
        ("FR", "US", "2025-04"),  # a month that no rule covers
        ("FR", "US", "2025"),
        ("EU27_2020", "US", "2025-01"),  # not a country: a sum that the table lacks
        ("TOTAL", "US", "2025-01"),
    ]:
        with pytest.raises(NoObservationError):
            EXPORTS.flow(importer, partner, Fuel.LNG, period)
    nobody = EnergyFlows(edition="x", items=(), omissions=RULES)
    assert nobody.flow("FR", "US", Fuel.LNG, "2025-01").reported_by is ReportedBy.IMPORTER


def test_a_row_without_a_figure_is_no_zero_though_a_missing_row_were_one() -> None:
    table = attrs.evolve(EXPORTS, omissions=RULES[2:])
    assert table.omission("CA", "US", Fuel.LNG, "2025-01") is None
    with pytest.raises(NoObservationError):
        table.flow("CA", "US", Fuel.LNG, "2025-01")


def test_in_a_selection_a_missing_row_is_not_zero() -> None:
    selected = EXPORTS.select(lambda item: item.importer == nb.Country("DEU"))
    with pytest.raises(NoObservationError):
        selected.flow("FR", "US", Fuel.LNG, "2025-02")
    assert selected.omission("FR", "US", Fuel.LNG, "2024-05") == RULES[1]
    france = EXPORTS.of("FR")
    assert france.flow("FR", "US", Fuel.LNG, "2025-02").quantity == GasVolume(0, GasUnit.MMCF)
    with pytest.raises(NoObservationError):
        france.flow("ES", "US", Fuel.LNG, "2025-02")
    assert len(EXPORTS.of("DE", "2025-01").omissions) == 1
    with pytest.raises(NoObservationError):
        EXPORTS.of("FR", "2025-01").flow("FR", "US", Fuel.LNG, "2025-02")


def test_tables_of_one_side_merge_with_their_omissions() -> None:
    more = attrs.evolve(EXPORTS, items=(sent("ES", "1", "2025-01"),))
    assert EXPORTS.merged(more).omissions == RULES
    assert len(EXPORTS.merged(more)) == 5


@pytest.mark.parametrize("zero", [{"zero": GasVolume(1, GasUnit.MMCF)}, {"source": None}])
def test_nothing_sent_is_zero_and_has_a_source(zero: dict[str, object]) -> None:
    with pytest.raises(UnexpectedValueError, match="give zero in its unit, and the source"):
        attrs.evolve(RULES[2], **zero)  # type: ignore[arg-type] # fields of an omission


@pytest.mark.parametrize(
    ("fuel", "quantity"),
    [
        (Fuel.LNG, OilVolume(1)),
        (Fuel.GAS, LngMass(1)),
        (Fuel.CRUDE, GasVolume(1, GasUnit.BCM)),
        (Fuel.ALL, OilVolume(1)),
        (Fuel.LNG, FuelMass(1, FuelMassUnit.KT, FuelFamily.OTHER)),
    ],
)
def test_a_quantity_must_fit_the_fuel(fuel: Fuel, quantity: object) -> None:
    with pytest.raises(UnexpectedValueError, match=f"as a quantity of .*{fuel.label[:5]}.*give it as Energy"):
        flow("DE", "US", None, fuel, quantity=quantity)
    assert flow("DE", "US", None, OtherFuel("X"), quantity=quantity).quantity == quantity


@pytest.mark.parametrize(("fuel", "family"), [(Fuel.CRUDE, FuelFamily.COAL), (OtherFuel("C0121"), FuelFamily.OIL)])
def test_a_mass_must_be_of_the_fuel(fuel: Fuel | OtherFuel, family: FuelFamily) -> None:
    with pytest.raises(UnexpectedValueError, match=r"a mass of .*; give it as a mass of (oil|coal)"):
        flow("DE", "US", None, fuel, quantity=FuelMass(1, FuelMassUnit.KT, family))


def test_a_rate_is_found_by_place_year_and_fuel() -> None:
    rates = nb.datasets.energy_dependency()
    assert rates.rate("Norway", 2024).as_percent < 0
    assert next(iter(rates)).status is nb.Status.ACTUAL
    with pytest.raises(NoObservationError, match="valid: Ukraine: 2014-2020"):
        rates.rate("Ukraine", 2022)
    with pytest.raises(NoObservationError, match="no year"):
        rates.rate("Canada", 2022)
    with pytest.raises(UnexpectedValueError, match="two figures"):
        attrs.evolve(rates, items=rates.items * 2)


def test_a_rate_of_dependency_on_all_partners_names_none() -> None:
    rate = nb.model.DependencyRate(
        place=nb.Country("POL"), fuel=nb.Fuel.OIL, year=2023, rate=nb.Rate.percent("88.4"),
        source=nb.Source(title="A table", publisher="an office"),
    )  # fmt: skip
    assert str(rate) == "dependency, oil and petroleum products, Poland, 2023: 88.4 %"
    on_norway = attrs.evolve(rate, partner=nb.Country("NOR"))
    assert str(on_norway) == "dependency on Norway, oil and petroleum products, Poland, 2023: 88.4 %"
