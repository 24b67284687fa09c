"""One example or more of every class of result, from the data that ship."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

import natoburden as nb
from natoburden import model
from natoburden.calculators.energy import ContractYear, DealChange
from natoburden.calculators.results import Explained
from natoburden.calculators.simulation import Assumptions, Uncertain

TABLE = nb.datasets.defence_expenditure("2026-07")
EDITIONS = nb.datasets.defence_expenditure_editions("2019-06", "2024-06", "2025-08", "2026-07")
STEPS = nb.pathways.path(TABLE.share_of_gdp("DEU", 2025), nb.HAGUE_CORE.share, first_year=2025, last_year=2035)
PERCENT = nb.Rate.percent
SOURCE = nb.Source(title="An example", publisher="this test")


def examples() -> Iterator[Explained]:
    """Yield results of every room."""
    yield from of_targets()
    yield from of_pathways()
    yield from of_fiscal_space()
    yield from of_promises()
    yield from of_burden()
    yield from of_inference()
    yield from of_panels()
    yield from of_dependency()
    yield from of_eligibility()
    yield from of_energy()
    yield from of_offsets()
    yield from of_credit_and_scenarios()
    yield from of_purchases()
    yield from of_definitions()
    checked = nb.fixtures.check(nb.fixtures.article())
    yield from checked
    yield from (item for row in checked for item in row.followed)


def of_definitions() -> Iterator[Explained]:
    """Yield results of a table that says that it counts as the European Defence Agency does."""
    edition = attrs.evolve(TABLE.edition, counted_by=model.CountedBy.EDA, key="EDA, as an example")
    other = attrs.evolve(TABLE, edition=edition)
    yield nb.definitions.beside(TABLE, [other], "DEU", years=[2025])[1]
    yield nb.definitions.rank_agreement(TABLE, [other], 2025)[0]
    yield nb.definitions.who_meets(TABLE, [other], 2025, nb.HAGUE_CORE)[1]


def of_purchases() -> Iterator[Explained]:
    purchases, day = nb.purchases, dt.date(2025, 2, 13)
    notices, prices = nb.datasets.us_arms_notifications(), nb.datasets.energy_prices()
    by_year, by_month = (nb.datasets.us_energy_exports("lng", every=every) for every in ("year", "month"))
    yield (years := purchases.notified(notices, "NATO Europe and Canada", table=TABLE))
    yield years[-2]
    contracts = nb.datasets.announced_contracts()
    yield (
        areas := purchases.areas_beside_contracts(notices, contracts, buyer="POL", rates=nb.datasets.exchange_rates())
    )
    yield areas.rows[0]
    yield (changed := purchases.before_and_after(notices, day))
    yield changed.other_days[0]
    yield purchases.energy(by_year, prices, "NATO Europe", 2025)
    yield (months := purchases.before_and_after(by_month, day, of="FRA", first="2025-05", months=11, years_before=2))
    yield months.pairs[0]
    yield purchases.effort(TABLE, "POL", 2025, exports=[by_year], prices=prices, notices=notices, spread_over=5)
    pledge = nb.datasets.energy_pledge("eu-us-2025")
    yield purchases.pledge_beside_record(pledge, [by_year], prices, 2025, buyer="NATO_EU")


def of_targets() -> Iterator[Explained]:
    targets = nb.targets
    yield targets.share_of_gdp(TABLE, "DEU", 2025)
    yield targets.gap_in_points(TABLE, "DEU", 2025, nb.HAGUE_CORE)
    yield targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE)
    yield targets.group_gap(TABLE, "NATO", 2025, nb.HAGUE_CORE)
    yield targets.cumulative_shortfall(TABLE, "DEU", nb.WALES_GUIDELINE, since=2014)
    yield targets.aggregate_share(TABLE, "NATO", 2025)
    yield targets.aggregate_share(TABLE, "NATO_EU", 2025)
    yield targets.share_of_group(TABLE, "USA", "NATO", 2025)
    yield targets.category_amount(TABLE, nb.Measure.EQUIPMENT_SHARE, "DEU", 2025)
    yield targets.real_change(TABLE, "NATO_EUROPE", 2025)
    yield targets.contributions(TABLE, "NATO", 2025)[0]
    yield targets.headline_counts(EDITIONS, nb.WALES_GUIDELINE)[0]
    yield (compliance := targets.compliance(EDITIONS[2], 2025, nb.VILNIUS_FLOOR))
    yield compliance[0]
    yield targets.quadrants(TABLE, 2025, nb.WALES_GUIDELINE, nb.WALES_EQUIPMENT)[0]
    yield targets.two_part(TABLE, "DEU", 2025, nb.Share.percent(1), nb.HAGUE)
    yield targets.two_part_test(nb.Share.percent(3), nb.Share.percent(1), nb.HAGUE)
    yield targets.revisions(EDITIONS, "share_of_gdp", 2024)["DEU"]
    yield from targets.meeting_counts(EDITIONS[2], nb.VILNIUS_FLOOR, years=[2024, 2025])
    yield targets.ranking(TABLE, 2025)["Spain"]
    yield targets.shares_of_group(TABLE, years=[2025])[0]
    yield targets.expenditure_per_soldier(TABLE, "NATO Europe", 2025)
    yield targets.expenditure_per_head(TABLE, "DEU", 2025)


def of_pathways() -> Iterator[Explained]:
    pathways = nb.pathways
    two, three = nb.Share.percent(2), nb.Share.percent(3)
    yield pathways.required_growth(two, three, 9, gdp_growth=PERCENT(1))
    yield pathways.years_to_reach(
        TABLE.share_of_gdp("DEU", 2025), three, spending_growth=PERCENT(5), gdp_growth=PERCENT(1)
    )
    yield STEPS
    yield pathways.path_cost(STEPS, TABLE.gdp("DEU", 2025, TABLE.edition.constant_prices), gdp_growth=PERCENT(1))
    ratio = nb.PercentagePoints(60)
    yield pathways.debt_path(
        ratio, [nb.PercentagePoints(1)] * 2, first_year=2025, interest=PERCENT(3), growth=PERCENT(4)
    )
    yield pathways.stabilising_balance(ratio, interest=PERCENT(4), growth=PERCENT(2))


def of_fiscal_space() -> Iterator[Explained]:
    fiscal, outlook = nb.fiscal, nb.datasets.macro()
    yield (baseline := fiscal.debt_outlook(outlook, "ITA", first_year=2026))
    yield from baseline[:1]
    yield (found := fiscal.space(TABLE, outlook, "ITA", 2026))
    yield found.last
    clauses = nb.datasets.escape_clauses()
    yield (room := fiscal.escape_clause_room(TABLE, "DEU", base_year=2021, clauses=clauses, outlook=outlook))
    yield room.rows[0]
    yield (cover := fiscal.safe_cover(found, nb.datasets.safe_loans()["ITA"], rate=PERCENT(3)))
    yield cover.rows[0]


def of_promises() -> Iterator[Explained]:
    record, on = nb.datasets.commitments(), dt.date(2026, 7, 1)
    stated = nb.promises.stated_path(TABLE, record, "DEU", on=on)
    total = nb.promises.sum_of_promises(
        TABLE, record, "NATO", on=on, target=nb.HAGUE_CORE, gdp_growth=PERCENT(1), mixed_definitions_ok=True
    )
    yield stated
    yield total
    yield total.years[0]
    yield total.allies[2030]["DEU"]
    yield total.opt_outs[0]
    yield nb.promises.promise_tests([TABLE], [record["PRT-2025-2.0-2025"]])[0]
    yield nb.promises.arrival(TABLE, stated, nb.HAGUE_CORE)
    yield nb.promises.credibility(STEPS.by_year, nb.HAGUE_CORE)


def of_burden() -> Iterator[Explained]:
    burden = nb.burden
    borders = model.CountryFigures.of("border, km", dict.fromkeys(TABLE.countries, 100), source=SOURCE)
    yield burden.burdens(TABLE, 2025)["POL"]
    yield burden.at_purchasing_power(TABLE, 2025, nb.datasets.macro())["POL"]
    money = {"POL": {2025: nb.Money("2.10", "PLN")}, "DEU": {2025: nb.Money("0.95", "EUR")}}
    military = model.MilitaryParities.of("invented parities", money, source=SOURCE)
    pair = ["POL", "DEU"]
    yield (parity := burden.at_purchasing_power(TABLE, 2025, nb.datasets.macro(), group=pair, military=military))
    yield parity["POL"]
    yield burden.exploitation(TABLE, 2025, measure="equipment_share")
    yield (equipment := burden.category_burdens(TABLE, 2025, "equipment_share"))
    yield equipment["POL"]
    yield burden.category_mix(TABLE, 2025, of="POL")
    yield (capital := burden.capital_intensity(TABLE, 2025))
    yield capital["POL"]
    yield (blocs := burden.inequality_by_bloc(TABLE, 2025, {"America": ["USA", "CAN"], "Europe": "NATO Europe"}))
    yield blocs[0]
    yield burden.operations_burdens(TABLE, 2025, borders, relative_to="population")["POL"]
    yield burden.concordance(TABLE, 2025, draws=99)[0]
    yield burden.exploitation(TABLE, 2025, held=["gdp per head"])
    yield burden.fair_shares(TABLE, 2025, borders)["POL"]
    yield burden.inequality(TABLE, 2025)
    yield burden.side_by_side(TABLE, 2025)["USA"]
    yield burden.spillover_burdens(TABLE, 2025, nb.Share.percent(10))["POL"]
    shares = [nb.Share.percent(part) for part in (50, 30, 10)]
    yield nb.concentration.measures([*shares, nb.Share.percent(10)])
    yield nb.concentration.hhi(shares, unknown=nb.Share.percent(10))


def of_inference() -> Iterator[Explained]:
    inference, five = nb.inference, ["EST", "LVA", "LTU", "POL", "DEU"]
    yield inference.randomised_exploitation(TABLE, 2025, group=five)
    yield inference.randomised_inequality_change(TABLE, 2014, 2026, draws=99)
    yield (found := inference.false_discoveries(inference.randomised_concordance(TABLE, 2025, group=five)))
    yield found[0]
    yield inference.bootstrap_inequality(TABLE, 2025, draws=99)
    yield inference.bootstrap_fair_shares(TABLE, 2025, group=five, draws=99)["DEU"]


def of_panels() -> Iterator[Explained]:
    panels, countries = nb.panels, TABLE.countries
    near = panels.SpatialWeights.contiguity(countries, nb.datasets.land_borders()).augmented("USA")
    far = panels.SpatialWeights.inverse_distance(countries, nb.datasets.capitals()).normalised()
    yield panels.spend_in(TABLE, near, years=[2025])[0]
    yield panels.response(TABLE, near, effects="two-way", lags=1)
    yield panels.response(TABLE, far, estimator="two-stage", years=range(2014, 2025))
    yield panels.response(TABLE, [near, far], form="growth", errors="driscoll-kraay", spend_in_lag=1, effects="none")
    yield panels.sigma_convergence(TABLE)
    yield panels.beta_convergence(TABLE, group=["EST", "LVA", "LTU", "POL", "DEU"])
    yield (clubs := panels.club_convergence(TABLE, smoothing=400))
    yield clubs.rows[0]


def of_dependency() -> Iterator[Explained]:
    dependency, contracts = nb.dependency, nb.datasets.announced_contracts()
    rates = nb.datasets.yearly_exchange_rates()
    yield (buyers := dependency.supplier_in_buyers(contracts, "USA", rates=rates, currency="USD", few_records_ok=True))
    yield buyers[0]
    yield (shares := dependency.supplier_shares(contracts, buyer="POL", rates=rates))
    yield shares[0]
    yield dependency.import_share(contracts, buyer="POL", rates=rates)
    yield (without := dependency.without_largest_supplier(contracts, buyer="POL", rates=rates))
    yield without[0]
    yield dependency.commonality(contracts, kinds=())[0]
    yield dependency.lock_in(contracts, 2026, service_life=30, buyer="POL", rates=rates)
    yield dependency.what_if(contracts, remove=["C09"], buyer="POL", rates=rates)
    sixty, forty = nb.Money.millions(60, "EUR"), nb.Money.millions(40, "EUR")
    yield dependency.import_dependency(sixty, forty, formula=dependency.ImportFormula.PROCUREMENT)
    years = [
        dependency.TradeYear(year=year, import_hhi="0.5", world_export_hhi="0.41", imports=sixty, exports=forty)
        for year in range(2019, 2022)
    ]
    yield dependency.strategic_dependency("a product", years)


def of_eligibility() -> Iterator[Explained]:
    eligibility, contracts = nb.eligibility, nb.datasets.announced_contracts()
    rule, rates = nb.datasets.content_rule("EDIP"), nb.datasets.exchange_rates()
    yield eligibility.content_test_of_share(rule, nb.Share.percent("35.01"))
    yield eligibility.buyers_test(rule, ["Poland", "Norway", "Latvia"], when=2026)
    yield eligibility.procurement_policies(contracts, rule, buyer="EU", rates=rates)[0]
    yield eligibility.aim_test(
        contracts, nb.datasets.procurement_aims()["edis-within-eu-2030"], buyer="EU", rates=rates
    )


def of_energy() -> Iterator[Explained]:
    energy, deals, filing = nb.energy, nb.datasets.energy_deals(), nb.datasets.conversion_set("sabine-pass-filing")
    three, eight = (model.UnitPrice(nb.Money(figure, "USD")) for figure in ("3.00", "8.00"))
    yield (contracted := energy.contracted(deals, [2028], using=filing))
    yield contracted.rows[0]
    yield (expiry := energy.expiry_profile(deals.of("Poland"), since=2026))
    yield expiry.years[0]
    demand = nb.Energy(200, nb.EnergyUnit.TWH, nb.CalorificBasis.GROSS)
    poland = deals.of("Poland")
    yield energy.exposure(poland, 2028, demand, origin="USA", using=filing)
    yield (changed := energy.what_if(poland, DealChange(cancel=("E12",)), 2028, using=filing))
    yield changed.rows[0]
    yield energy.pledge_size(
        nb.datasets.energy_pledge("eu-us-2025"), demand, price=eight, assuming=nb.CURRENT_PRICES, source=SOURCE
    )
    yield energy.indexed_price(deals["E29"], three)
    cargo = nb.Energy("3.7", nb.EnergyUnit.TBTU, nb.CalorificBasis.GROSS)
    yield energy.lift_or_cancel(deals["E29"], cargo, index=three, destination=eight, on_the_way=three)
    yield energy.delivered_price(eight, freight=three, boil_off=nb.Share.percent(5), source=SOURCE)
    yield energy.implied_price(deals["E22"], using=filing)
    yield (lng := energy.supply_shares(nb.datasets.gas_imports(), "Poland", 2022, fuel=nb.Fuel.LNG))
    yield lng.suppliers[0]
    hundred, seventy = (nb.Energy(figure, nb.EnergyUnit.TBTU) for figure in (100, 70))
    price = model.UnitPrice(nb.Money.millions(7, "USD"), nb.EnergyUnit.TBTU)
    year = ContractYear(year=2027, quantity=hundred, taken=seventy, price=price)
    yield (paid := energy.take_or_pay([year], minimum=nb.Share.percent(90), source=SOURCE))
    yield paid.years[0]
    volumes = [model.GasVolume(figure, model.GasUnit.MCM) for figure in (200, 50, 60, 40, 70, 260)]
    yield energy.n_minus_1(
        "an example",
        entry_points=volumes[0],
        production=volumes[1],
        storage=volumes[2],
        lng=volumes[3],
        largest=volumes[4],
        demand=volumes[5],
        source=SOURCE,
    )
    items = tuple(
        model.BalanceItem(
            place=nb.Country("BEL"),
            item=item,
            fuel=nb.Fuel.ALL,
            period=model.Period(2024),
            quantity=nb.Energy(figure, nb.EnergyUnit.KTOE),
            source=SOURCE,
        )
        for item, figure in (("IMP", 90000), ("EXP", 40000), ("GAE", 62000))
    )
    yield energy.net_import_dependency(model.EnergyBalance(edition="example", items=items), "Belgium", 2024)
    yield energy.published_dependency(nb.datasets.energy_dependency(), "Germany", 2024)


def of_offsets() -> Iterator[Explained]:
    offsets, agreements = nb.offsets, nb.datasets.offset_agreements()
    agreement = agreements["wisla-1-raytheon"]
    earned = model.OffsetTransaction(
        type=model.OffsetType.OTHER, is_direct=False, year=2020, actual=nb.Money.millions(10, "AED"), source=SOURCE
    )
    ended = model.OffsetAgreement(
        key="uae",
        buyer=nb.Country("ARE"),
        supplier="a supplier",
        contract=nb.Money.millions(50, "AED"),
        share=PERCENT(60),
        signed=2019,
        years=7,
        redress=model.Redress.PENALTY,
        penalty=nb.Share.percent("8.5"),
        transactions=(earned,),
        source=SOURCE,
    )
    yield offsets.performance(ended, 2024)
    yield offsets.settlement(ended)
    yield offsets.portfolio(agreements, 2025)
    yield offsets.obligation_under(nb.datasets.offset_rules()["UAE"], nb.Money.millions(20, "USD"))
    yield offsets.cap_test(ended)
    yield offsets.abatement(nb.Money.millions(300, "EUR"), nb.Money.millions(120, "EUR"))
    yield offsets.cost_to_meet(agreement, multiplier=2)


def of_credit_and_scenarios() -> Iterator[Explained]:
    bought = nb.Purchase(
        key="lng",
        category="energy",
        buyer="Germany",
        amount=nb.Money.billions(10, "USD"),
        first_year=2025,
        basis="assumption",
        source=SOURCE,
    )
    policy = nb.CreditPolicy(energy=nb.Share.percent(25))
    yield nb.credit.scenario(TABLE, "DEU", 2025, demand=nb.US_DEMAND, package=[bought], policy=policy)
    assumed = model.PathAssumptions(target=nb.Share.percent("3.5"), by=2035, gdp_growth=PERCENT("1.5"))
    base = model.PathScenario(title="Base", assumptions=assumed)
    yield nb.outlooks.outlook(TABLE, "DEU", 2026, base)
    yield nb.outlooks.compare(TABLE, "DEU", 2026, base, base.overridden("Early", {"by": 2029}, reason="a plan"))[0]
    estimate = nb.Money.billions(3100, "USD", nb.UNSTATED_PRICES)
    yield nb.estimates.compare(
        estimate, 10, EDITIONS[1], ["DEU", "GBR"], 2024, target=nb.Share.percent("3.5"), gdp_growth=PERCENT(0)
    )
    sure = Uncertain.surely(PERCENT(0))
    certain = Assumptions(
        gdp_growth=sure,
        inflation=sure,
        exchange_rate=sure,
        execution=sure,
        revision=sure,
        correlation=nb.Share.percent(0),
    )
    plans = {"DEU": nb.pathways.path(nb.Share.percent(2), nb.Share.percent(3), first_year=2026, last_year=2028).by_year}
    drawn = nb.simulation.simulate(TABLE, plans, certain, seed=7, draws=100, targets=[nb.HAGUE_CORE])
    yield drawn[0]
    spread = attrs.evolve(certain, execution=Uncertain(PERCENT(0), PERCENT(3)))
    yield nb.simulation.count_distribution(TABLE, plans, spread, nb.WALES_GUIDELINE, seed=7, draws=100)
    yield nb.simulation.sensitivity(TABLE, plans, spread, nb.HAGUE_CORE, seed=7, draws=500, of="net")[0]
    yield (errors := nb.simulation.revision_errors(EDITIONS))[0]
    yield nb.simulation.chance_of_meeting(TABLE, "ESP", 2026, nb.WALES_GUIDELINE, errors)
    yield nb.simulation.band_coverage(errors, errors)
    yield (revised := nb.simulation.vintages(EDITIONS))[0]
    yield revised.summaries[0]
    yield nb.simulation.mincer_zarnowitz(revised.of(nb.simulation.Horizon.YEAR_BEFORE), cluster="ally")
