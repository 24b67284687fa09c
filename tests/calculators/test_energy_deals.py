"""Contracted energy, exposure and what deals would change: what is due is counted or named, and nothing else is."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden import errors
from natoburden.calculators import energy
from natoburden.model.deals import DealStatus, EnergyDeal
from natoburden.model.deliveries import DeliverySpan
from natoburden.model.procurement import Bound
from natoburden.model.quantities import (
    CalorificBasis,
    Energy,
    EnergyUnit,
    GasBasis,
    GasReference,
    LngMass,
)
from tests.calculators.energy_parts import DEALS, FILING, GROSS, NORWAY, SOURCE, bcm, deal, record

BOTH = FILING.completed_by(NORWAY)
STANDARD = GasBasis(GROSS, GasReference.STANDARD)
DEMAND = Energy(170, EnergyUnit.TWH, GROSS)
TWH_A_MT = Decimal("52.09") * Decimal("1.05505585262") / Decimal("3.6")  # MMBtu a tonne, GJ an MMBtu
QATAR = nb.Country("QAT")
POLAND = DEALS.of("Poland")


def near(energy_: Energy | None, figure: Decimal) -> bool:
    return energy_ is not None and abs(energy_.amount - figure) < Decimal("1e-6")


# --- exposure --------------------------------------------------------------------------------------------


def test_polands_exposure_counts_every_deal_that_is_due_and_names_the_others() -> None:
    """By hand: 2 Mt with Venture Global, 1.45 with Cheniere and 1 with Sempra, over 170 TWh; 3 of 4 binding deals."""
    found = energy.exposure(POLAND, 2028, DEMAND, origin="USA", using=FILING)
    assert near(found.contracted, Decimal("4.45") * TWH_A_MT)
    assert f"{found.rate.as_percent:.2f}" == "39.96"
    assert (found.deals, str(found.coverage)) == (("E08", "E09", "E12"), "75.00 %")
    assert set(found.left_out) == {"E10", "E11", "F14", "F15"}
    told = found.explain()
    assert "exposure: 39.96 % at least" in told
    inputs = [line for line in told.splitlines() if line.startswith("  input")]
    assert [line.split()[1].rstrip(":") for line in inputs] == ["E08", "E09", "E12", "conversion"]


def test_a_deal_whose_energy_is_unknown_is_left_out_by_name_until_a_basis_and_a_factor_are_named() -> None:
    """1.95 bcm at 40 MJ a cubic metre is 21.67 TWh, by hand."""
    gas = deal(key="X2", per_year=bcm("1.95"))
    found = energy.exposure(record(deal(), gas), 2028, DEMAND, origin="USA", using=FILING)
    assert (found.deals, str(found.coverage)) == (("X1",), "50.00 %")
    assert found.left_out == {
        "X2": "its energy is not known: Sabine Pass contract filing, 2012 lacks an energy per cubic metre"
    }
    assert (
        "1.95 bcm lacks gross or net"
        in energy.exposure(record(deal(), gas), 2028, DEMAND, origin="USA", using=BOTH).left_out["X2"]
    )
    assert "X2: a buyer" not in found.explain()
    more = energy.exposure(record(deal(), gas), 2028, DEMAND, origin="USA", using=BOTH, assuming=STANDARD)
    assert near(more.contracted, TWH_A_MT + Decimal("1.95") * 40 / Decimal("3.6"))
    assert (str(more.coverage), more.left_out) == ("100.00 %", {})
    assert more.find("exposure").text == f"{more.rate.as_percent:.2f} %"
    assert {source.publisher for source in more.sources} >= {"Norwegian Offshore Directorate"}


def test_a_deal_of_unknown_origin_is_named_and_never_american() -> None:
    unknown, theirs = deal(key="X2", origin=None), deal(key="X3", origin=QATAR)
    found = energy.exposure(record(deal(), unknown, theirs), 2028, DEMAND, origin="USA", using=FILING)
    assert (found.deals, found.left_out, str(found.coverage)) == (
        ("X1",),
        {"X2": "its origin is not stated"},
        "50.00 %",
    )
    with pytest.raises(errors.NoObservationError, match="F04: its volume is an upper bound"):
        energy.exposure(DEALS.select(lambda item: item.origin is None), 2028, DEMAND, origin="USA", using=FILING)


def test_an_exposure_of_which_no_energy_is_known_is_refused_with_the_reason() -> None:
    gas = deal(per_year=bcm("1.95"))
    with pytest.raises(errors.NoObservationError, match="X1: its energy is not known"):
        energy.exposure(record(gas), 2028, DEMAND, origin="USA", using=FILING)


def test_a_conditional_deal_counts_when_its_status_is_named() -> None:
    conditional = deal(key="X2", status=DealStatus.CONDITIONAL)
    statuses = (DealStatus.BINDING, DealStatus.CONDITIONAL)
    found = energy.exposure(record(deal(), conditional), 2028, DEMAND, origin="USA", using=FILING, statuses=statuses)
    assert found.deals == ("X1", "X2")


# --- contracted ------------------------------------------------------------------------------------------


def test_every_deal_is_in_a_year_or_left_out_with_a_reason() -> None:
    made = record(
        deal(), deal(key="early", start=2010, years=5), deal(key="undated", start=None),
        deal(key="empty", per_year=None),
        deal(key="most", bound=Bound.UP_TO), deal(key="rumour", status=DealStatus.UNSTATED),
        deal(key="shell", is_portfolio=True), deal(key="over", status=DealStatus.TERMINATED),
    )  # fmt: skip
    found = energy.contracted(made, [2026, 2030], using=FILING)
    assert {key for row in found.rows for key in row.deals} | set(found.left_out) == set(made.by_key)
    assert found.left_out == {
        "early": "delivers in none of these years, but from 2010 to 2014",
        "undated": "the first or last year of deliveries is not stated",
        "empty": "no volume is stated",
        "most": "its volume is an upper bound",
        "rumour": "its status is not stated",
        "shell": "a portfolio buyer: nobody's imports",
        "over": "terminated",
    }
    assert found.may_deliver == {2026: ("undated", "empty", "most"), 2030: ("undated", "empty", "most")}
    assert [str(found.coverage(year)) for year in (2026, 2030)] == ["25.00 %", "25.00 %"]
    assert found.coverage(2000) is None
    assert "2026, deals with known energy: 25.00 %" in found.explain()
    assert [item.working.split(":")[0] for item in found.evidence] == ["X1", "conversion"]


def test_an_upper_bound_counts_only_when_asked_and_is_marked() -> None:
    made = record(deal(bound=Bound.AT_LEAST), deal(key="X2", bound=Bound.UP_TO))
    [row] = energy.contracted(made, [2026]).rows
    assert (row.deals, row.at_least, row.at_most) == (("X1",), ("X1",), ())
    [row] = energy.contracted(made, [2026], ceilings=True).rows
    assert (row.deals, row.at_least, row.at_most) == (("X1", "X2"), ("X1",), ("X2",))
    assert "at most, of: X2" in row.explain()
    assert "at least, of: X1" in row.explain()


@pytest.mark.parametrize("order", [1, -1])
def test_energy_is_on_the_sets_basis_whatever_comes_first(order: int) -> None:
    """A net amount never decides for the gross ones, in either order."""
    net = deal(key="X2", per_year=Energy("1", EnergyUnit.TWH, CalorificBasis.NET))
    [row] = energy.contracted(record(*[net, deal()][::order]), [2026], using=FILING).rows
    assert (row.with_energy, row.without_energy) == (("X1",), ("X2",))
    assert near(row.energy, TWH_A_MT)


def test_gross_and_net_energies_as_told_do_not_add_without_a_set() -> None:
    def told(key: str, basis: CalorificBasis) -> EnergyDeal:
        return deal(key=key, per_year=Energy("1", EnergyUnit.TWH, basis))

    gross, net, open_ = told("G", GROSS), told("N", CalorificBasis.NET), told("U", CalorificBasis.UNSTATED)
    found = energy.contracted(record(gross, net), [2026])
    assert (found.rows[0].energy, found.rows[0].without_energy) == (None, ("G", "N"))
    assert "gross and net do not add" in found.unknown_energy["G"]
    assert energy.contracted(record(gross, open_), [2026]).rows[0].without_energy == ("U",)
    assert str(energy.contracted(record(gross, open_), [2026], assuming=STANDARD).rows[0].energy) == "2.00 TWh (gross)"
    assert str(energy.contracted(record(open_), [2026]).rows[0].energy) == "1.00 TWh"
    assert str(energy.contracted(record(gross), [2026], assuming=STANDARD).rows[0].energy) == "1.00 TWh (gross)"
    assert energy.contracted(record(deal()), [2026]).rows[0].without_energy == ("X1",)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: energy.contracted(record(deal()), 2026), "give several"),  # type: ignore[arg-type]
        (lambda: energy.contracted(record(deal()), ["2026"]), "2026"),  # type: ignore[list-item]
        (lambda: energy.contracted(record(deal()), [2026], statuses="binding"), "statuses to count"),  # type: ignore[arg-type]
        (lambda: energy.contracted(record(deal()), [2026], assuming=GROSS), "a basis for gas"),  # type: ignore[arg-type]
    ],
)
def test_arguments_of_another_kind_are_refused(ask: Any, words: str) -> None:
    with pytest.raises(errors.NatoBurdenError, match=words):
        ask()


def test_a_year_given_twice_counts_once() -> None:
    assert len(energy.contracted(record(deal()), [2026, 2026]).rows) == 1


SPANS = deal(
    key="X2", per_year=None, years=None, start=None,
    spans=(
        DeliverySpan(start=2026, end=2027, total=LngMass("1")),
        DeliverySpan(start=2027, years=2, per_year=LngMass("3")),
    ),
)  # fmt: skip


def test_the_years_of_a_deal_with_spans_differ() -> None:
    """By hand: 0.5, 0.5 + 3 and 3 Mt, beside 1 of another deal."""
    found = energy.contracted(record(deal(), SPANS), [2026, 2027, 2028, 2029], using=FILING)
    assert [str(row.stated[0]) for row in found.rows] == [
        "1.50 Mt of LNG", "4.50 Mt of LNG", "4.00 Mt of LNG", "1.00 Mt of LNG",
    ]  # fmt: skip
    assert near(energy.yearly_energy(SPANS, EnergyUnit.TWH, FILING, year=2027), Decimal("3.5") * TWH_A_MT)
    with pytest.raises(errors.UnexpectedValueError, match="its volume differs by year"):
        energy.yearly_energy(SPANS, EnergyUnit.TWH, FILING)
    with pytest.raises(errors.UnexpectedValueError, match="it delivers from 2026 to 2028"):
        energy.yearly_energy(SPANS, EnergyUnit.TWH, FILING, year=2029)
    with pytest.raises(errors.UnexpectedValueError, match="it was terminated"):
        energy.yearly_energy(deal(status=DealStatus.TERMINATED), EnergyUnit.TWH, FILING, year=2029)
    with pytest.raises(errors.UnexpectedValueError, match=r"from 2026 to \?"):
        energy.yearly_energy(deal(years=None), EnergyUnit.TWH, FILING, year=2029)


def test_a_deal_with_spans_ends_once_and_is_priced_whole() -> None:
    """By hand: 1 Mt and 6 Mt at 52.09 MMBtu a tonne, for 3.6463 bn dollars: 10 dollars a MMBtu."""
    found = energy.expiry_profile(record(deal(), SPANS), since=2026)
    assert [(row.year, row.expiring, str(row.ends[0])) for row in found.years] == [
        (2028, ("X2",), "3.00 Mt of LNG"), (2035, ("X1",), "1.00 Mt of LNG"),
    ]  # fmt: skip
    assert str(found.years[0].remains[0]) == "1.00 Mt of LNG"
    priced = attrs.evolve(SPANS, value=nb.Money("3646300000", "USD"))
    assert energy.implied_price(priced, using=FILING).price.amount.amount == 10
    half = attrs.evolve(priced, spans=(*SPANS.spans, DeliverySpan(start=2030)))
    with pytest.raises(errors.UnexpectedValueError, match="do not tell all"):
        energy.implied_price(half, using=FILING)


def test_expiry_names_what_ended_before_and_what_cannot_be_counted() -> None:
    found = energy.expiry_profile(record(deal(), deal(key="X2", start=2010), deal(key="X3", start=None)), since=2026)
    assert found.left_out == {
        "X2": "ended before 2026: delivered from 2010 to 2019",
        "X3": "the first or last year of deliveries is not stated",
    }
    assert "left out, X2: ended before 2026" in found.explain()
    assert [item.working.split(":")[0] for item in found.evidence] == ["X1"]


def test_an_implied_price_of_a_volume_needs_a_basis() -> None:
    """BOTAS and Mercuria by hand: 43 bn dollars over 70 bcm of 40 MJ, which is 2,653.9 million MMBtu."""
    with pytest.raises(errors.GasBasisError):
        energy.implied_price(DEALS["E25"], using=NORWAY)
    found = energy.implied_price(DEALS["E25"], using=NORWAY, assuming=STANDARD)
    expected = Decimal(43_000) / (70 * 40 / Decimal("1.05505585262"))
    assert abs(found.price.amount.amount - expected) < Decimal("1e-6")
    assert f"{found.price.amount.amount:.2f}" == "16.20"


def test_reference_fixed_charge_of_centricas_contract() -> None:
    """A press report has 273.8 million dollars a year: 3.00 on 91.25 million MMBtu."""
    assert energy.fixed_charge(DEALS["F12"]).in_millions == Decimal("273.75")


# --- what if ---------------------------------------------------------------------------------------------


def test_a_change_says_how_many_deals_it_knows_the_energy_of() -> None:
    gas = deal(key="X2", per_year=bcm(1), origin=QATAR)
    made = record(deal(), gas, deal(key="X3", origin=QATAR))
    found = energy.what_if(made, energy.DealChange(cancel=("X2",)), 2026, using=FILING)
    assert [str(share) for share in (found.coverage_before, found.coverage_after)] == ["66.67 %", "100.00 %"]
    assert list(found.left_out) == ["X2"]
    assert found.left_out["X2"].endswith("lacks an energy per cubic metre (before)")
    assert "deals with known energy: 66.67 % before, 100.00 % after" in found.explain()
    assert {item.working.split(":")[0] for item in found.evidence} == {"X1", "X3", "conversion"}


def test_a_deal_that_becomes_dated_counts_after_and_is_named_before() -> None:
    change = energy.DealChange(replace={"X2": deal(key="X2", origin=QATAR)})
    found = energy.what_if(record(deal(), deal(key="X2", origin=QATAR, years=None)), change, 2026, using=FILING)
    assert found.left_out == {"X2": "the first or last year of deliveries is not stated (before)"}
    assert {row.group: str(row.share_after) for row in found.rows} == {"Qatar": "50.00 %", "United States": "50.00 %"}
    signed = energy.DealChange(sign=(deal(key="X9", start=None),))
    assert energy.what_if(record(deal()), signed, 2026, using=FILING).left_out == {
        "X9": "the first or last year of deliveries is not stated (after)"
    }


def test_shares_of_what_is_known_of_nothing_are_refused_not_zero() -> None:
    gas = deal(key="X2", per_year=bcm(1))
    with pytest.raises(errors.NoObservationError, match="X2: its energy is not known"):
        energy.what_if(record(deal(), gas), energy.DealChange(cancel=("X1",)), 2026, using=FILING)
    found = energy.what_if(record(deal()), energy.DealChange(cancel=("X1",)), 2026, using=FILING)
    assert (found.coverage_after, str(found.coverage_before)) == (None, "100.00 %")


# --- conversion sets -------------------------------------------------------------------------------------


def test_a_set_completed_by_another_has_the_factors_and_sources_of_both() -> None:
    assert (BOTH.heat_of_lng, BOTH.heat_of_gas) == (FILING.heat_of_lng, NORWAY.heat_of_gas)
    assert BOTH.sources == (FILING.source, NORWAY.source)
    assert str(BOTH) == "Sabine Pass contract filing, 2012, completed by Norwegian shelf"
    own = nb.datasets.conversion_set("bp-2021")
    with pytest.raises(errors.GasBasisError, match="gross and net factors are not mixed"):
        FILING.completed_by(own)
    both = NORWAY.completed_by(nb.datasets.conversion_set("uk-average"))
    assert (both.heat_of_gas, both.reference) == (NORWAY.heat_of_gas, GasReference.STANDARD)
    plain = nb.datasets.conversion_set("enerdynamics")
    assert plain.calorific is None
    assert plain.completed_by(own).calorific is CalorificBasis.NET


def test_the_heat_of_gas_follows_from_the_heat_and_the_volume_of_a_tonne() -> None:
    """By hand: 51.02 MMBtu over 1,270 normal cubic metres is 42.385 MJ each."""
    handbook = nb.datasets.conversion_set("giignl-type")
    found = nb.units.to_energy(bcm(1).assuming(GasBasis(GROSS, GasReference.NORMAL)), EnergyUnit.PJ, handbook)
    assert abs(found.amount - Decimal("51.02") * Decimal("1055.05585262") / 1270) < Decimal("1e-6")
    with pytest.raises(errors.GasBasisError, match="complete it"):
        nb.units.to_energy(bcm(1).assuming(STANDARD), EnergyUnit.PJ, FILING)


@pytest.mark.parametrize(("key", "heat"), [("norwegian-shelf", "40"), ("uk-average", "39.6")])
def test_gross_sets_for_cubic_metres_ship_and_say_what_is_unverified(key: str, heat: str) -> None:
    found = nb.datasets.conversion_set(key)
    assert found.heat_of_gas == Energy(heat, EnergyUnit.MJ, GROSS)
    assert found.reference is GasReference.STANDARD
    assert "unverified" in found.note
    assert found.source.url.startswith("https://")


# --- the record, recomputed ------------------------------------------------------------------------------


def by_hand(year: int) -> dict[str, dict[str, Decimal]]:
    """Add up the packaged file for a year, without the model: binding, dated, national, no upper bounds."""
    path = Path(nb.__file__).parent / "datasets/data/energy/deals.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sums: dict[str, dict[str, Decimal]] = {}
    for row in rows:
        if row["status"] != "binding" or row["is_portfolio"] or row["bound"] == "up to":
            continue
        spans: list[tuple[int, int, str, bool]] = []
        if row["spans"]:
            for text in row["spans"].split("; "):
                volume, dates = text.rsplit(", ", 1)
                first, last = dates.split(" to ")
                spans.append(
                    (int(first), int(last), volume.removesuffix(" in all").removesuffix(" a year"), "all" in volume)
                )
        elif row["start"] and (row["years"] or row["end"]):
            last_year = int(row["start"]) + int(row["years"]) - 1 if row["years"] else int(row["end"])
            same = row["per_year"].split(" ", 1)[1:] == row["total"].split(" ", 1)[1:]
            use_total = bool(row["total"]) and (not row["per_year"] or same)
            spans.append((int(row["start"]), last_year, row["total"] if use_total else row["per_year"], use_total))
        for start, end, volume, is_total in spans:
            if volume and start <= year <= end:
                figure, unit = volume.split(" ", 1)
                amount = Decimal(figure) / (end - start + 1 if is_total else 1)
                kinds = sums.setdefault(row["buyer_country"], {})
                kinds[unit] = kinds.get(unit, Decimal(0)) + amount
    return sums


@pytest.mark.parametrize("year", [2019, 2020, 2022, 2023, 2026, 2028, 2030, 2035, 2040, 2045, 2050])
def test_the_record_by_nation_is_what_the_file_adds_up_to(year: int) -> None:
    found = energy.contracted(DEALS, [year], by="nation")
    ours = {
        nb.Country.find(row.group).key: {item.kind: item.amount for item in row.stated} for row in found.rows
    }  # fmt: skip
    assert ours == by_hand(year)


@pytest.mark.parametrize(
    ("country", "year", "stated"),
    [
        ("Poland", 2020, ["0.13 Mt of LNG"]), ("Poland", 2022, ["1.13 Mt of LNG"]),
        ("Poland", 2026, ["3.45 Mt of LNG"]),
        ("Poland", 2028, ["4.45 Mt of LNG"]), ("Poland", 2045, ["2.00 Mt of LNG"]),
        ("Türkiye", 2026, ["3.50 bcm"]), ("Türkiye", 2030, ["3.50 bcm", "0.50 Mt of LNG"]),
        ("United Kingdom", 2028, ["91,250,000.00 MMBtu (gross)"]), ("Italy", 2028, ["1.70 Mt of LNG"]),
        ("Portugal", 2028, ["2.00 Mt of LNG"]), ("Spain", 2038, ["1.50 Mt of LNG"]), ("Hungary", 2028, ["0.60 bcm"]),
        ("Germany", 2028, ["1.50 Mt of LNG"]), ("Greece", 2030, ["0.70 bcm"]),
    ],
)  # fmt: skip
def test_reference_contracted_volumes(country: str, year: int, stated: list[str]) -> None:
    """Each by hand from the deals of the country."""
    [row] = energy.contracted(DEALS.of(country), [year]).rows
    assert [str(item) for item in row.stated] == stated


def test_no_deal_of_an_untold_origin_is_american() -> None:
    found = energy.contracted(DEALS, range(2020, 2046), by=energy.Grouping.ORIGIN, ceilings=True)
    american = {key for row in found.rows if row.group == "United States" for key in row.deals}
    assert not american & {deal.key for deal in DEALS if deal.buyer_country.key == "HUN"}
    assert {key for key in american if DEALS[key].buyer_country.key == "TUR"} == {"E25", "E26"}


@given(
    st.lists(
        st.tuples(st.integers(2024, 2030), st.integers(1, 6), st.integers(1, 9), st.booleans()), min_size=1, max_size=6
    )
)
def test_deals_are_counted_or_named_whatever_their_years_and_volumes(told: list[tuple[int, int, int, bool]]) -> None:
    """Each deal is gas or LNG; what is contracted in 2028, what is left out and coverage follow by counting."""
    deals = [
        deal(key=f"X{n}", start=start, years=years, per_year=bcm(volume) if is_gas else LngMass(volume))
        for n, (start, years, volume, is_gas) in enumerate(told)
    ]
    due = [(volume, is_gas) for start, years, volume, is_gas in told if start <= 2028 < start + years]
    found = energy.contracted(record(*deals), [2028], using=FILING)
    lng = sum(volume for volume, is_gas in due if not is_gas)
    assert len(found.left_out) == len(told) - len(due)
    if due:
        [row] = found.rows
        assert near(row.energy, lng * TWH_A_MT) or (row.energy is None and not lng)
        assert found.coverage(2028) == nb.Share.of(sum(not is_gas for _, is_gas in due), len(due))
    if lng:
        exposed = energy.exposure(record(*deals), 2028, DEMAND, origin="USA", using=FILING)
        assert len(exposed.deals) + len(exposed.left_out) == len(told)
        assert exposed.sources[0] == SOURCE
