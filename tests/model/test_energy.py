"""Periods, places, flows and rates: as published, missing where they are missing."""

from __future__ import annotations

import attrs
import pytest

import natoburden as nb
from natoburden import Energy, EnergyUnit, Fuel
from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model import EnergyFlow, EnergyFlows, OtherPlace, Period
from natoburden.model.energy import find_place, status_of

SOURCE = nb.Source(title="A table", publisher="A statistical office")


def flow(importer: str, partner: str, amount: str | None, fuel: Fuel = Fuel.GAS, **given: object) -> EnergyFlow:
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
    with pytest.raises(NoObservationError, match="of Belgium for 2022; valid: 2 other partners"):
        FLOWS.flow("BE", "US", Fuel.GAS, 2022)
    with pytest.raises(NoObservationError, match="in 2022-02 of Belgium for 2022; valid: United States: 2022-01"):
        FLOWS.flow("BE", "US", Fuel.GAS, Period(2022, "02"))
    with pytest.raises(NoObservationError, match="valid: 2 other partners"):
        FLOWS.flow("BE", "QA", Fuel.GAS, Period(2022, "02"))


def test_two_figures_for_one_cell_are_refused() -> None:
    with pytest.raises(UnexpectedValueError, match="two figures stand for one cell"):
        EnergyFlows(edition="e", items=(flow("BE", "NO", "30"), flow("BE", "NO", "31")))


def test_only_flows_of_one_edition_merge() -> None:
    other = EnergyFlows(edition="e", items=(flow("NL", "NO", "40"),))
    assert len(FLOWS.merged(other)) == 4
    with pytest.raises(UnexpectedValueError, match="not mixed"):
        FLOWS.merged(attrs.evolve(other, edition="f"))


def test_fuels_have_words() -> None:
    assert [str(fuel) for fuel in (Fuel.LNG, Fuel.PIPELINE_GAS)] == ["LNG", "pipeline gas"]


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
