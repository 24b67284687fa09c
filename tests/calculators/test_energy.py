"""Energy: filings' and Eurostat's published numbers, hand calculations, and laws."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden import errors
from natoburden.calculators import energy
from natoburden.calculators.energy import Grouping
from natoburden.model._fuels import find_fuel
from natoburden.model.balances import BalanceItem, EnergyBalance
from natoburden.model.deals import DealStatus, Fee, PriceFormula
from natoburden.model.energy import TOTAL, EnergyFlows, Fuel, OtherPlace
from natoburden.model.periods import Period
from natoburden.model.prices import UnitPrice
from natoburden.model.quantities import (
    CalorificBasis,
    Energy,
    EnergyUnit,
    GasBasis,
    GasReference,
    GasUnit,
    GasVolume,
    LngMass,
    MassUnit,
)
from tests.calculators.energy_parts import DEALS, FILING, GROSS, SOURCE, deal, flow, flows, record, tj


def usd(figure: str) -> UnitPrice:
    return UnitPrice(nb.Money(figure, "USD"))


# --- prices ----------------------------------------------------------------------------------------------


def test_reference_fixed_charge_of_the_bg_contract() -> None:
    """R084: 2.25 on 182.5 million and 3.00 on 104.0 million MMBtu."""
    assert energy.fixed_charge(DEALS["E01"]).in_millions == Decimal("722.625")


@pytest.mark.parametrize(("hub", "price"), [("3.00", "6.45"), ("4.00", "7.60")])
def test_reference_price_of_the_kogas_contract(hub: str, price: str) -> None:
    """R085: 3.00 + 1.15 × Henry Hub."""
    found = energy.indexed_price(DEALS["E29"], usd(hub))
    assert found.price.amount.amount == Decimal(price)
    assert found.variable + found.fee == found.price
    assert found.sources == DEALS["E29"].sources


def test_reference_cost_of_a_cancelled_cargo() -> None:
    """R086: a cargo of 3.7 TBtu at a fee of 3.00."""
    cargo = Energy("3.7", EnergyUnit.TBTU, GROSS)
    found = energy.lift_or_cancel(DEALS["E29"], cargo, index=usd("4"), destination=usd("5"), on_the_way=usd("1.20"))
    assert found.cancelled.in_millions == Decimal("-11.1")
    assert not found.lifts
    assert "better: cancel" in found.explain()
    assert energy.lift_or_cancel(
        DEALS["E29"], cargo, index=usd("4"), destination=usd("5.80"), on_the_way=usd("1.20")
    ).lifts


def test_reference_implied_price_of_the_centrica_contract() -> None:
    """R088: 8 bn over 15 Mt at 52 MMBtu a tonne is 10.26; the filing's own factor gives 10.24."""
    found = energy.implied_price(DEALS["E22"], using=FILING)
    assert abs(found.price.amount.amount - Decimal("10.26")) < Decimal("0.03")
    own = attrs.evolve(FILING, heat_of_lng=Energy(52, EnergyUnit.MMBTU, GROSS))
    assert abs(energy.implied_price(DEALS["E22"], using=own).price.amount.amount - Decimal("10.26")) < Decimal("0.005")
    with pytest.raises(errors.UnexpectedValueError, match="do not tell all"):
        energy.implied_price(DEALS["E15"], using=FILING)


def test_a_fee_partly_follows_consumer_prices() -> None:
    """11.5 % of KOGAS's fee is indexed: after 20 % of inflation 3.00 is 3.069."""
    terms = PriceFormula(
        index="Henry Hub", slope="1.15", fees=(Fee(price=usd("3.00"), indexed=nb.Share.percent("11.5")),)
    )
    found = energy.indexed_price(deal(), usd("3.00"), inflation=nb.Rate.percent(20), terms=terms)
    assert found.fee.amount.amount == Decimal("3.069")
    assert found.price.amount.amount == Decimal("6.519")


def test_several_fees_are_averaged_by_their_quantities() -> None:
    terms = attrs.evolve(DEALS["E01"].price, slope=Decimal("1.15")) if DEALS["E01"].price else None
    found = energy.indexed_price(DEALS["E01"], usd("3.00"), terms=terms)
    assert abs(found.fee.amount.amount - Decimal("722.625") / Decimal("286.5")) < Decimal("1e-20")


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: energy.indexed_price(deal(), usd("3")), "does not state it; give terms="),
        (lambda: energy.indexed_price(DEALS["E01"], usd("3")), "does not state the slope"),
        (
            lambda: energy.fixed_charge(deal(price=PriceFormula(index="x", slope=1, fees=(Fee(price=usd("3")),)))),
            "on which quantity",
        ),
    ],
)
def test_what_a_source_does_not_state_is_not_guessed(ask: Any, words: str) -> None:
    with pytest.raises(errors.UnexpectedValueError, match=words):
        ask()


def test_delivered_prices_grow_with_every_cost_on_the_way() -> None:
    found = energy.delivered_price(
        usd("7.60"), freight=usd("0.90"), boil_off=nb.Share.percent(5), regasification=usd("0.40"), source=SOURCE
    )
    assert found.price.amount.amount == Decimal("9.30")
    assert (found.status, found.sources) == (nb.Status.ESTIMATE, (SOURCE,))
    with pytest.raises(errors.InvalidNumberError, match="something must arrive"):
        energy.delivered_price(usd("7.60"), freight=usd("1"), boil_off=nb.Share.percent(100))


# --- contracted quantities -------------------------------------------------------------------------------


def test_a_terminated_deal_adds_nothing_and_is_named() -> None:
    ended = deal(key="X2", status=DealStatus.TERMINATED)
    found = energy.contracted(record(deal(), ended), [2026], using=FILING)
    assert found.rows[0].deals == ("X1",)
    assert found.left_out == {"X2": "terminated"}
    alone = energy.contracted(record(deal()), [2026], using=FILING)
    assert found.rows[0].energy == alone.rows[0].energy
    with pytest.raises(errors.UnexpectedValueError, match="adds nothing"):
        energy.contracted(record(ended), [2026], statuses=[DealStatus.TERMINATED])


def test_portfolio_buyers_are_nobodys_imports() -> None:
    shell = deal(key="X2", is_portfolio=True)
    assert energy.contracted(record(shell), [2026]).left_out == {"X2": "a portfolio buyer: nobody's imports"}
    assert len(energy.contracted(record(shell), [2026], portfolio=True).rows) == 1
    with pytest.raises(errors.UnexpectedValueError, match="nobody's imports"):
        energy.contracted(record(shell), [2026], portfolio=True, by=Grouping.NATION)


@pytest.mark.parametrize(
    ("by", "group"),
    [
        (Grouping.ALL, "all"),
        (Grouping.ORIGIN, "United States"),
        (Grouping.NATION, "Poland"),
        (Grouping.BUYER, "a buyer"),
        (Grouping.SELLER, "a seller"),
    ],
)
def test_deals_are_grouped_by_what_is_asked(by: Grouping, group: str) -> None:
    found = energy.contracted(record(deal()), [2026], by=by, using=FILING)
    assert [row.group for row in found.rows] == [group]
    assert found.headline == ("Contracted energy" if by is Grouping.ALL else f"Contracted energy by {by}")
    assert "1.00 Mt of LNG" in found.explain()
    assert "energy" in [item.label for item in found.rows[0].findings]


def test_what_is_not_told_is_left_out_with_the_reason() -> None:
    lacking = record(
        deal(key="no-term", years=None), deal(key="no-volume", per_year=None), deal(key="no-origin", origin=None)
    )
    found = energy.contracted(lacking, [2026], by=Grouping.ORIGIN)
    assert found.left_out["no-term"] == "the first or last year of deliveries is not stated"
    assert found.left_out["no-volume"] == "no volume is stated"
    assert [row.group for row in found.rows] == ["origin not told"]


def test_a_total_is_taken_in_equal_parts_and_kinds_stay_apart() -> None:
    gas = deal(key="X2", per_year=None, total=GasVolume("10", GasUnit.BCM), years=5)
    found = energy.contracted(record(deal(), gas), [2026], using=FILING)
    assert [str(quantity) for quantity in found.rows[0].stated] == ["1.00 Mt of LNG", "2.00 bcm"]
    assert found.rows[0].without_energy == ("X2",)
    assert "energy unknown of" in [item.label for item in found.rows[0].findings]
    basis = GasBasis(GROSS, GasReference.STANDARD)
    with pytest.raises(errors.GasBasisError):
        energy.yearly_energy(gas, EnergyUnit.TWH, FILING)
    bp = nb.datasets.conversion_set("bp-2021")
    net = energy.contracted(record(gas), [2026], using=bp, assuming=GasBasis(CalorificBasis.NET, GasReference.STANDARD))
    assert str(net.rows[0].energy) == "20.00 TWh (net)"
    assert basis.calorific is GROSS


def test_gross_and_net_do_not_add() -> None:
    net = deal(key="X2", per_year=Energy("1", EnergyUnit.TWH, CalorificBasis.NET))
    found = energy.contracted(record(deal(), net), [2026], using=FILING)
    assert found.rows[0].without_energy == ("X2",)
    with pytest.raises(errors.GasBasisError, match="a named set of factors"):
        energy.yearly_energy(deal(), EnergyUnit.TWH, None)
    with pytest.raises(errors.GasBasisError, match="its sources tell none"):
        energy.yearly_energy(deal(per_year=None), EnergyUnit.TWH, FILING)
    assert energy.yearly_energy(net, EnergyUnit.GWH, None).amount == 1000


def test_contracts_end_with_their_last_year() -> None:
    later = deal(key="X2", start=2030)
    found = energy.expiry_profile(record(deal(), later), since=2026)
    assert [(row.year, row.expiring, len(row.remains)) for row in found.years] == [
        (2035, ("X1",), 1), (2039, ("X2",), 0),
    ]  # fmt: skip
    assert "2035: X1" in found.explain()
    assert "remains: nothing" in found.years[1].explain()
    assert energy.expiry_profile(record(deal()), since=2040).years.rows == ()


@given(st.lists(st.integers(1, 50), min_size=1, max_size=6))
def test_contracted_quantities_add_up_over_deals(volumes: list[int]) -> None:
    deals = [deal(key=f"X{n}", per_year=LngMass(volume, MassUnit.MT)) for n, volume in enumerate(volumes)]
    [row] = energy.contracted(record(*deals), [2026], using=FILING).rows
    assert row.stated == (LngMass(sum(volumes), MassUnit.MT),)
    parts = [energy.yearly_energy(item, EnergyUnit.TWH, FILING) for item in deals]
    assert row.energy is not None
    assert abs((row.energy - Energy.total(parts)).amount) < Decimal("1e-20")


# --- what if, exposure -----------------------------------------------------------------------------------

QATAR = nb.Country("QAT")


def test_signing_cancelling_and_replacing_move_shares() -> None:
    before = record(deal(), deal(key="X2", origin=QATAR))
    signed = energy.DealChange(sign=(deal(key="X3", per_year=LngMass("2", MassUnit.MT)),))
    found = energy.what_if(before, signed, 2026, using=FILING)
    rows = {row.group: (str(row.share_before), str(row.share_after), str(row.change)) for row in found.rows}
    assert rows == {"Qatar": ("50.00 %", "25.00 %", "-25.00 pp"), "United States": ("50.00 %", "75.00 %", "+25.00 pp")}
    assert found.hhi_before is not None
    assert found.hhi_after is not None
    assert (found.hhi_before.value, found.hhi_after.value) == (Decimal("0.5"), Decimal("0.625"))
    assert "HHI: 5000 before, 6250 after" in found.explain()
    replaced = energy.DealChange(replace={"X2": deal(key="X4")})
    only = energy.what_if(before, replaced, 2026, using=FILING)
    assert {row.group: str(row.share_after) for row in only.rows} == {"Qatar": "0.00 %", "United States": "100.00 %"}
    assert "before" in only.rows[0].explain()


def test_cancelling_all_leaves_no_share_and_no_concentration() -> None:
    found = energy.what_if(record(deal()), energy.DealChange(cancel=("X1",)), 2026, using=FILING)
    assert (found.rows[0].share_after, found.hhi_after) == (nb.Share.percent(0), None)
    assert "none after" in found.explain()
    with pytest.raises(errors.UnknownNameError, match="unknown energy deal 'X9'"):
        energy.what_if(record(deal()), energy.DealChange(cancel=("X9",)), 2026, using=FILING)
    with pytest.raises(errors.NoObservationError, match="years in which some deliver"):
        energy.what_if(record(deal()), energy.DealChange(), 2020, using=FILING)


def test_a_change_to_nothing_changes_nothing_and_names_what_has_no_energy() -> None:
    gas = deal(key="X2", per_year=GasVolume("1", GasUnit.BCM))
    found = energy.what_if(record(deal(), gas), energy.DealChange(), 2026, using=FILING)
    assert {row.change.value for row in found.rows} == {0}
    assert "its energy is not known" in found.left_out["X2"]


def test_exposure_is_contracted_over_demand() -> None:
    demand = Energy("152.66", EnergyUnit.TWH, GROSS)
    found = energy.exposure(record(deal()), 2026, demand, origin="USA", using=FILING)
    assert abs(found.rate.as_percent - 10) < Decimal("0.05")
    assert "contracted" in found.explain()
    with pytest.raises(errors.NoObservationError, match=r"contracted from Qatar .* valid: United States"):
        energy.exposure(record(deal()), 2026, demand, origin="Qatar", using=FILING)
    with pytest.raises(errors.UnexpectedValueError, match="more than zero"):
        energy.exposure(record(deal()), 2026, demand.with_amount(0), origin="USA", using=FILING)


# --- supply ----------------------------------------------------------------------------------------------


MIXED = flows(
    flow("USA", 40), flow("USA", 40, Fuel.LNG), flow("NO", 50), flow("NO", 10, Fuel.LNG), flow("NSP", 5),
    flow("EUR_OTH", None), flow("EU27_2020", 50), flow("DE", 0), flow(TOTAL, 100), flow(TOTAL, 50, Fuel.LNG),
)  # fmt: skip


def test_all_gas_counts_lng_once_and_keeps_the_residual() -> None:
    found = energy.supply_shares(MIXED, "Poland", 2024)
    assert [(row.partner.key, str(row.share)) for row in found.suppliers] == [("NOR", "50.00 %"), ("USA", "40.00 %")]
    assert (str(found.unallocated), str(found.coverage)) == ("10.00 TJ (gross)", "90.00 %")
    assert found.left_out == ("EU27_2020",)
    assert str(found.hhi.interval) == "0.41 to 0.52"
    assert (str(found.share_of("NO")), str(found.share_of("Algeria"))) == ("50.00 %", "0.00 %")
    assert "unallocated: 10.00 %" in found.explain()
    assert "share: 50.00 %" in found.suppliers[0].explain()


def test_pipeline_gas_and_lng_are_kept_apart() -> None:
    lng = energy.supply_shares(MIXED, "Poland", 2024, fuel=Fuel.LNG)
    pipeline = energy.supply_shares(MIXED, "Poland", 2024, fuel=Fuel.PIPELINE_GAS)
    assert [(row.partner.key, str(row.share)) for row in lng.suppliers] == [("USA", "80.00 %"), ("NOR", "20.00 %")]
    assert [(row.partner.key, str(row.share)) for row in pipeline.suppliers] == [("NOR", "80.00 %")]
    assert str(pipeline.unallocated) == "10.00 TJ (gross)"
    assert pipeline.total == tj(50)
    assert "natural gas − LNG" in pipeline.formula


def test_without_a_total_the_sum_stands_in_and_says_so() -> None:
    found = energy.supply_shares(flows(flow("USA", 40), flow("NO", 60)), "Poland", 2024)
    assert (found.is_total_published, found.coverage, found.hhi.value) == (False, None, Decimal("0.52"))
    assert "no total is published" in found.formula
    assert not found.notes


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=8), st.integers(0, 500))
def test_shares_and_residual_add_up_to_the_whole(amounts: list[int], rest: int) -> None:
    partners = ["NO", "USA", "DZ", "QA", "RU", "AZ", "NG", "NL"]
    cells = [flow(partner, amount) for partner, amount in zip(partners, amounts, strict=False)]
    table = flows(*cells, flow(TOTAL, sum(amounts) + rest))
    if not sum(amounts) + rest:
        with pytest.raises(errors.UnexpectedValueError, match="imported none"):
            energy.supply_shares(table, "Poland", 2024)
        return
    found = energy.supply_shares(table, "Poland", 2024)
    shares = sum((row.share.as_fraction for row in found.suppliers), found.hhi.unknown.as_fraction)
    assert abs(shares - 1) < Decimal("1e-25")
    assert found.unallocated == tj(rest)


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=8))
def test_merging_flows_conserves_totals(amounts: list[int]) -> None:
    partners = ["NO", "USA", "DZ", "QA", "RU", "AZ", "NG", "NL"]
    cells = [flow(partner, amount) for partner, amount in zip(partners, amounts, strict=False)]
    merged = flows(*cells[:1]).merged(flows(*cells[1:]))
    quantities = [item.quantity for item in merged if isinstance(item.quantity, Energy)]
    assert Energy.total(quantities) == tj(sum(amounts))
    with pytest.raises(errors.UnexpectedValueError, match="two figures stand for one cell"):
        merged.merged(flows(cells[0]))


@pytest.mark.parametrize(
    ("table", "options", "words"),
    [
        (MIXED, {"fuel": "TOTAL"}, r"imports of all fuels .*; valid: LNG, natural gas \(LNG included\)"),
        (MIXED, {"fuel": "coal"}, "unknown fuel 'coal'; valid: G3000, G3200"),
        (flows(flow("NO", 60), flow(TOTAL, 50)), {}, "not of one edition"),
        (flows(flow("NO", 60), flow("NO", 70, Fuel.LNG)), {"fuel": "G3000-G3200"}, "more than all gas"),
        (flows(flow("NO", 60), flow("USA", GasVolume("1", GasUnit.BCM))), {}, "all in energy, or all by volume"),
        (
            flows(flow("NO", 60), flow("NO", GasVolume("1", GasUnit.BCM), Fuel.LNG)),
            {"fuel": "G3000-G3200"},
            "both in energy",
        ),
        (MIXED, {"fuel": 7}, "unknown fuel '7'"),
        (flows(flow("NO", None)), {}, "valid: Poland: 2024"),
        (flows(flow("NO", None, importer=nb.Country("DEU"))), {}, "valid: other places"),
        (flows(flow("NO", 60)), {"fuel": "G3000-G3200"}, "cannot be told from all gas"),
        (flows(flow("NO", 0), flow("DZ", 0)), {}, "does not prove that none came"),
        (flows(flow("NO", 60), flow("NSP", 50), flow(TOTAL, 100)), {}, "not of one edition"),
    ],
)
def test_supply_that_cannot_be_divided_is_refused(table: EnergyFlows, options: dict[str, Any], words: str) -> None:
    with pytest.raises(errors.NatoBurdenError, match=words):
        energy.supply_shares(table, "Poland", 2024, **options)


def test_volumes_divide_as_energy_does() -> None:
    table = flows(flow("NO", GasVolume("3", GasUnit.BCM)), flow("NO", GasVolume("1", GasUnit.BCM), Fuel.LNG))
    assert energy.supply_shares(table, "Poland", 2024, fuel=Fuel.PIPELINE_GAS).total == GasVolume("2", GasUnit.BCM)


def test_totals_of_another_edition_show_what_named_partners_leave() -> None:
    """Russia's part of the imports of 2018 to 2020, of the edition with totals, by hand from its two cells."""
    totals = nb.datasets.gas_imports("2022-04")
    found = energy.supply_shares(totals, "Italy", 2020)
    russia = totals.flow("Italy", "RU", Fuel.GAS, 2020).quantity
    whole = totals.flow("Italy", TOTAL, Fuel.GAS, 2020).quantity
    assert isinstance(russia, Energy)
    assert isinstance(whole, Energy)
    assert found.share_of("RU") == russia.share_of(whole)
    assert found.coverage == found.share_of("RU")
    named = energy.supply_shares(nb.datasets.gas_imports(), "Italy", 2020, totals=totals)
    assert named.is_total_published
    assert named.total == whole


# --- dependency, N − 1 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "rate"), [(2020, "57.5"), (2022, "62.5"), (2024, "57.3")])
def test_reference_dependency_of_the_union(year: int, rate: str) -> None:
    """R052, and Eurostat's published rates of other years."""
    assert f"{nb.datasets.energy_dependency().rate('EU27_2020', year).as_percent:.1f}" == rate


def balance(imports: int, exports: int, available: int) -> EnergyBalance:
    return EnergyBalance(
        edition="made",
        items=tuple(
            BalanceItem(
                place=nb.Country("NOR"),
                item=item,
                fuel=Fuel.ALL,
                period=Period(2024),
                quantity=Energy(figure, EnergyUnit.KTOE),
                source=SOURCE,
            )
            for item, figure in (("IMP", imports), ("EXP", exports), ("GAE", available))
        ),
    )


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 10**6))
def test_dependency_is_net_imports_over_what_is_available(imports: int, exports: int, available: int) -> None:
    found = energy.net_import_dependency(balance(imports, exports, available), "Norway", 2024)
    assert abs(found.rate.as_fraction - Decimal(imports - exports) / available) < Decimal("1e-20")
    assert (found.rate.as_fraction < 0) is (exports > imports)


def test_dependency_is_set_beside_the_published_rate() -> None:
    found = energy.net_import_dependency(
        balance(1000, 200, 1000), "Norway", 2024, published=nb.datasets.energy_dependency()
    )
    assert found.difference == nb.PercentagePoints("757.196")
    assert "published: -677.196 %" in found.explain()
    assert energy.net_import_dependency(balance(1000, 200, 1000), "Norway", 2024).difference is None
    with pytest.raises(errors.NoObservationError):
        energy.net_import_dependency(balance(1, 1, 1), "Norway", 2023)


def mcm(figure: int) -> GasVolume:
    return GasVolume(figure, GasUnit.MCM)


N_MINUS_1: dict[str, Any] = {
    "entry_points": mcm(200), "production": mcm(50), "storage": mcm(60), "lng": mcm(40), "largest": mcm(70),
    "demand": mcm(260), "source": SOURCE,
}  # fmt: skip


@pytest.mark.parametrize("name", ["storage", "largest", "demand", "demand_side", "source"])
def test_n_minus_1_of_bare_numbers_says_what_to_write(name: str) -> None:
    wrong: dict[str, Any] = N_MINUS_1 | {name: 60}
    with pytest.raises(errors.UnexpectedValueError, match=r"^60 is not usable as .*; write "):
        energy.n_minus_1("an area", **wrong)


def test_reference_n_minus_1() -> None:
    """R053."""
    found = energy.n_minus_1("an area", **N_MINUS_1)
    assert round(found.rate.as_percent, 3) == Decimal("107.692")
    assert (found.is_met, found.margin) == (True, mcm(20))
    assert not energy.n_minus_1("an area", **N_MINUS_1 | {"demand": mcm(281)}).is_met
    assert energy.n_minus_1("an area", **N_MINUS_1 | {"demand": mcm(280)}).is_met
    assert "not met" in energy.n_minus_1("an area", **N_MINUS_1 | {"demand": mcm(300)}).explain()


def test_demand_side_measures_come_off_the_divisor() -> None:
    """By hand: 280 left over 260 less 60 is 140 %; what is taken off is margin."""
    found = energy.n_minus_1("an area", **N_MINUS_1, demand_side=mcm(60))
    assert (found.rate, found.margin) == (nb.Rate.percent(140), mcm(80))
    assert "/ (Dmax − Deff)" in found.formula
    assert "demand-side measures: 60.00 mcm a day" in found.explain()
    assert energy.n_minus_1("an area", **N_MINUS_1 | {"demand": mcm(300)}, demand_side=mcm(20)).is_met
    nothing = energy.n_minus_1("an area", **N_MINUS_1, demand_side=mcm(0))
    assert nothing.rate == energy.n_minus_1("an area", **N_MINUS_1).rate


@given(*[st.integers(0, 200) for _ in range(5)], st.integers(1, 500), st.integers(0, 500))
def test_n_minus_1_is_what_remains_over_demand(
    entry: int, production: int, storage: int, lng: int, largest: int, demand: int, measures: int
) -> None:
    capacities = {"entry_points": entry, "production": production, "storage": storage, "lng": lng}
    asked: dict[str, Any] = {name: mcm(figure) for name, figure in capacities.items()}
    asked |= {"largest": mcm(largest), "demand": mcm(demand), "demand_side": mcm(measures), "source": SOURCE}
    if largest > max(capacities.values()) or measures >= demand:
        with pytest.raises(errors.InvalidNumberError):
            energy.n_minus_1("an area", **asked)
        return
    expected = Decimal(sum(capacities.values()) - largest) / (demand - measures)
    assert abs(energy.n_minus_1("an area", **asked).rate.as_fraction - expected) < Decimal("1e-20")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"storage": mcm(-1)}, "zero or more"),
        ({"demand": mcm(0)}, "without demand"),
        ({"largest": mcm(400)}, "one item within"),
        ({"largest": mcm(201)}, "no more than 200.00 mcm, the capacity of entry points"),
        ({"demand_side": mcm(-1)}, "from zero to less than demand"),
        ({"demand_side": mcm(260)}, "from zero to less than demand"),
        ({"lng": GasVolume(1, GasUnit.BCM)}, "bcm"),
    ],
)
def test_a_network_of_nonsense_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(errors.NatoBurdenError, match=words):
        energy.n_minus_1("an area", **N_MINUS_1 | changes)


# --- take or pay -----------------------------------------------------------------------------------------


def tbtu(figure: Any) -> Energy:
    return Energy(str(figure), EnergyUnit.TBTU)


PRICE = UnitPrice(nb.Money.millions(7, "USD"), EnergyUnit.TBTU)


def years(*taken: int, **changes: Any) -> list[energy.ContractYear]:
    return [
        energy.ContractYear(year=2027 + number, quantity=tbtu(100), taken=tbtu(amount), price=PRICE, **changes)
        for number, amount in enumerate(taken)
    ]


@given(st.lists(st.integers(0, 120), min_size=1, max_size=8), st.integers(50, 100))
def test_every_deficiency_is_paid_and_carried_until_it_is_made_up(taken: list[int], share: int) -> None:
    found = energy.take_or_pay(years(*taken), minimum=nb.Share.percent(share))
    lacking = Energy.total(row.deficiency for row in found.years)
    made_up = Energy.total(row.made_up for row in found.years)
    assert found.balance == lacking - made_up
    assert found.payment == PRICE.cost_of(lacking)
    assert all(row.balance.amount >= 0 for row in found.years)


def test_a_cap_forfeits_what_exceeds_it_and_excuses_lower_the_minimum() -> None:
    capped = energy.take_or_pay(years(0, 0), minimum=nb.Share.percent(90), cap=tbtu(100), source=SOURCE)
    assert [str(row.forfeited) for row in capped.years] == ["0.00 TBtu", "80.00 TBtu"]
    assert "payment" in capped.explain()
    assert SOURCE in capped.sources
    excused = energy.take_or_pay(years(60, undelivered=tbtu(20), excused=tbtu(10)), minimum=nb.Share.percent(90)).years[
        0
    ]
    assert (excused.adjusted, excused.minimum, excused.deficiency) == (tbtu(70), tbtu(63), tbtu(3))


@pytest.mark.parametrize(
    ("given_years", "words"),
    [
        ([], "at least one year"),
        ([*years(90), *years(90)], "2028, as the balance"),
        (years(-1), "zero or more"),
        (years(90, undelivered=tbtu(120)), "zero or more"),
    ],
)
def test_contract_years_of_nonsense_are_refused(given_years: list[Any], words: str) -> None:
    with pytest.raises(errors.NatoBurdenError, match=words):
        energy.take_or_pay(given_years, minimum=nb.Share.percent(90))


# --- pledges ---------------------------------------------------------------------------------------------

PLEDGE = nb.datasets.energy_pledge("eu-us-2025")


def test_a_pledge_is_set_beside_imports_of_money_or_energy() -> None:
    money = energy.pledge_size(PLEDGE, nb.Money.billions(500, "USD"), source=SOURCE, assuming=nb.CURRENT_PRICES)
    assert money.rate == nb.Rate.percent(50)
    assert money.bought is None
    in_energy = energy.pledge_size(
        PLEDGE, Energy("25000", EnergyUnit.TBTU, GROSS), source=SOURCE, price=usd("10"), assuming=nb.CURRENT_PRICES
    )
    assert in_energy.rate == nb.Rate.percent(100)
    assert "buys: 25,000.00 TBtu" in in_energy.explain()
    assert in_energy.status is nb.Status.PROJECTION
    assert "pledge a year / imports" in money.formula


def test_a_pledge_that_states_its_price_basis_keeps_it() -> None:
    prices = nb.PriceBasis.constant(2024)
    stated = attrs.evolve(PLEDGE, amount=PLEDGE.amount.assuming(prices))
    imports = nb.Money.billions(500, "USD", prices)
    for assumed in (None, nb.CURRENT_PRICES, prices):
        assert energy.pledge_size(stated, imports, source=SOURCE, assuming=assumed).rate == nb.Rate.percent(50)
        package = nb.credit.package_of("pledges", pledges=[stated], assuming=assumed)
        assert [purchase.amount.basis for purchase in package.purchases] == [prices]
    both = nb.credit.package_of(
        "pledges", pledges=[attrs.evolve(stated, key="stated"), PLEDGE], assuming=nb.CURRENT_PRICES
    )
    assert [purchase.amount.basis for purchase in both.purchases] == [prices, nb.CURRENT_PRICES]


@pytest.mark.parametrize(
    ("imports", "options", "error"),
    [
        (tj(5), {}, errors.UnexpectedValueError),
        (nb.Money(5, "USD"), {"price": usd("3")}, errors.UnexpectedValueError),
        (nb.Money(5, "USD"), {}, errors.MixedPriceBasesError),
        (nb.Money(5, "EUR"), {"assuming": nb.CURRENT_PRICES}, errors.MixedCurrenciesError),
    ],
)
def test_a_pledge_beside_something_else_is_refused(
    imports: Any, options: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        energy.pledge_size(PLEDGE, imports, source=SOURCE, **options)


# --- results ---------------------------------------------------------------------------------------------


def test_results_on_energy_make_rows_and_plain_data() -> None:
    result = energy.supply_shares(MIXED, "Poland", 2024)
    row = result.suppliers.to_columns()
    assert row["quantity_tj_gross"] == [50.0, 40.0]
    assert result.to_dict()["inputs"]
    price = energy.indexed_price(DEALS["E29"], usd("3.00")).to_row()
    assert price["price_usd_per_mmbtu"] == 6.45
    assert OtherPlace("NSP").name == "NSP"


def test_each_result_says_what_was_asked() -> None:
    cargo = Energy("3.7", EnergyUnit.TBTU, GROSS)
    cancelled = energy.lift_or_cancel(DEALS["E29"], cargo, index=usd("4"), destination=usd("5"), on_the_way=usd("1"))
    delivered = energy.delivered_price(usd("7"), freight=usd("1"), boil_off=nb.Share.percent(5))
    contract = energy.take_or_pay(years(90), minimum=nb.Share.percent(90))
    deliveries = energy.contracted(record(deal()), [2026], using=FILING)
    changed = energy.what_if(record(deal()), energy.DealChange(), 2026, using=FILING)
    told: list[tuple[Any, str]] = [
        (energy.indexed_price(DEALS["E29"], usd("3")), "LNG price at an index of USD 3.00"),
        (cancelled, "To lift or to cancel 3.70 TBtu"),
        (delivered, "Delivered price from USD 7.00"),
        (energy.implied_price(DEALS["E22"], using=FILING), "Price that the reported value of deal E22 implies"),
        (contract, "Take or pay at 90.00 %, 2027 to 2027"),
        (contract.years[0], "Take or pay in 2027"),
        (energy.expiry_profile(record(deal()), since=2026), "Expiry of contracts"),
        (deliveries.rows[0], "Contracted for 2026, all"),
        (changed, "Contracted energy by origin in 2026"),
        (changed.rows[0], "Contracted with United States"),
    ]
    for result, words in told:
        assert result.explain().startswith(words)
        assert result.formula in result.explain()


def test_a_balance_counts_its_figures_and_names_what_it_lacks() -> None:
    made = balance(1, 2, 3)
    assert [item.item for item in made] == ["IMP", "EXP", "GAE"]
    assert len(made) == 3
    with pytest.raises(errors.UnexpectedValueError, match=r"two figures stand for one cell: .*, IMP, "):
        EnergyBalance(edition="made", items=made.items * 2)
    with pytest.raises(errors.NoObservationError, match="the balance holds EXP, GAE, IMP"):
        made.figure("Norway", "GIC", 2024)


def test_a_fuel_of_no_name_keeps_its_code() -> None:
    odd = find_fuel("RA000")
    assert (odd.value, str(odd), str(Fuel.GAS)) == ("RA000", "RA000", "natural gas (LNG included)")


def test_sums_of_deals_have_short_reprs() -> None:
    deals = nb.datasets.energy_deals()
    for found in (nb.energy.contracted(deals, range(2026, 2031)), nb.energy.expiry_profile(deals, since=2026)):
        assert "deals>" in repr(found)
        assert len(repr(found)) < 300
