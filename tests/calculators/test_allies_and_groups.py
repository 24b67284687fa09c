"""An ally where a group is asked for, a group where an ally is, a list where either may be: every public function."""

from __future__ import annotations

import datetime as dt
import functools
import importlib
import inspect
import pkgutil
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import calculators, errors
from natoburden.calculators.simulation import Assumptions, Uncertain
from natoburden.model.path_scenarios import PathAssumptions, PathScenario

TABLE = nb.datasets.defence_expenditure("2026-07")
EDITIONS = nb.datasets.defence_expenditure_editions("2025-08", "2026-07")
DAY = dt.date(2026, 7, 1)
TWO, ONE = nb.Share.percent(2), nb.Share.percent(1)
GROWTH = nb.Rate.percent("1.5")
BASE = PathScenario(
    title="Base", assumptions=PathAssumptions(target=nb.Share.percent("3.5"), by=2035, gdp_growth=GROWTH)
)
PLAN = {year: nb.Share.percent("3.5") for year in range(2027, 2031)}
NONE = Uncertain(nb.Rate.percent(0), nb.Rate.percent(0))
CERTAIN = Assumptions(
    gdp_growth=NONE, inflation=NONE, exchange_rate=NONE, execution=NONE, revision=NONE, correlation=ONE
)
SENT = nb.model.CountryFigures.of(
    "soldiers sent", dict.fromkeys(TABLE.countries, 100), source=nb.Source(title="An example", publisher="this test")
)
COUNTED_BY_EDA = attrs.evolve(TABLE, edition=attrs.evolve(TABLE.edition, counted_by=nb.model.CountedBy.EDA))

N = functools.cache(nb.datasets.us_arms_notifications)
PRICES = functools.cache(nb.datasets.energy_prices)
RECORD = functools.cache(nb.datasets.commitments)
CONTRACTS = functools.cache(nb.datasets.announced_contracts)
GAS = functools.cache(nb.datasets.gas_imports)
MACRO = functools.cache(nb.datasets.macro)
LNG = functools.cache(lambda: nb.datasets.us_energy_exports("lng"))

# Every public function that asks for a country or a group, called with one.
Call = Callable[[Any], Any]
OF_ALLIES: dict[str, Call] = {
    "credit.package_from_record": lambda who: nb.credit.package_from_record(
        who, 2025, exports=[LNG()], prices=PRICES()
    ),
    "credit.package_of": lambda who: nb.credit.package_of("a package", contracts=CONTRACTS(), origin=who, skip=True),
    "dependency.supplier_in_buyers": lambda who: nb.dependency.supplier_in_buyers(
        CONTRACTS(), who, rates=nb.datasets.exchange_rates(), currency="USD", few_records_ok=True
    ),
    "energy.exposure": lambda who: nb.energy.exposure(
        nb.datasets.energy_deals().of("Poland"),
        2028,
        nb.Energy(170, "TWh", "gross"),
        origin=who,
        using=nb.datasets.conversion_set("sabine-pass-filing"),
    ),
    "fiscal.debt_outlook": lambda who: nb.fiscal.debt_outlook(MACRO(), who),
    "fiscal.escape_clause_room": lambda who: nb.fiscal.escape_clause_room(TABLE, who, base_year=2021),
    "fiscal.space": lambda who: nb.fiscal.space(TABLE, MACRO(), who, 2026),
    "definitions.beside": lambda who: nb.definitions.beside(TABLE, [], who, years=[2025]),
    "outlooks.compare": lambda who: nb.outlooks.compare(TABLE, who, 2026, BASE, BASE),
    "outlooks.outlook": lambda who: nb.outlooks.outlook(TABLE, who, 2026, BASE),
    "promises.stated_path": lambda who: nb.promises.stated_path(TABLE, RECORD(), who, on=DAY),
    "purchases.effort": lambda who: nb.purchases.effort(
        TABLE, who, 2025, exports=[LNG()], prices=PRICES(), notices=N(), spread_over=5
    ),
    "simulation.chance_of_meeting": lambda who: nb.simulation.chance_of_meeting(
        TABLE, who, 2026, "wales-guideline", nb.simulation.revision_errors(EDITIONS)
    ),
    "targets.category_amount": lambda who: nb.targets.category_amount(TABLE, "equipment_share", who, 2025),
    "targets.cumulative_shortfall": lambda who: nb.targets.cumulative_shortfall(
        TABLE, who, "wales-guideline", since=2020
    ),
    "targets.gap": lambda who: nb.targets.gap(TABLE, who, 2025, "hague-core"),
    "targets.gap_in_points": lambda who: nb.targets.gap_in_points(TABLE, who, 2025, "hague-core"),
    "targets.share_of_group, country": lambda who: nb.targets.share_of_group(TABLE, who, "NATO", 2025),
    "targets.two_part": lambda who: nb.targets.two_part(TABLE, who, 2025, ONE, "hague"),
}
OF_GROUPS: dict[str, Call] = {
    "burden.at_purchasing_power": lambda who: nb.burden.at_purchasing_power(
        TABLE, 2025, nb.datasets.macro(), group=who
    ),
    "burden.burdens": lambda who: nb.burden.burdens(TABLE, 2025, group=who),
    "burden.capital_intensity": lambda who: nb.burden.capital_intensity(TABLE, 2025, group=who),
    "burden.category_burdens": lambda who: nb.burden.category_burdens(TABLE, 2025, "equipment_share", group=who),
    "burden.inequality_by_bloc": lambda who: nb.burden.inequality_by_bloc(
        TABLE, 2025, [["EST"], ["LVA", "LTU"]], group=who
    ),
    "burden.operations_burdens": lambda who: nb.burden.operations_burdens(TABLE, 2025, SENT, group=who),
    "burden.concordance": lambda who: nb.burden.concordance(TABLE, 2025, group=who, draws=99),
    "burden.exploitation": lambda who: nb.burden.exploitation(TABLE, 2025, group=who),
    "burden.fair_shares": lambda who: nb.burden.fair_shares(TABLE, 2025, group=who),
    "burden.inequality": lambda who: nb.burden.inequality(TABLE, 2025, group=who),
    "burden.side_by_side": lambda who: nb.burden.side_by_side(TABLE, 2025, group=who),
    "burden.spillover_burdens": lambda who: nb.burden.spillover_burdens(TABLE, 2025, TWO, group=who),
    "panels.beta_convergence": lambda who: nb.panels.beta_convergence(TABLE, group=who),
    "panels.club_convergence": lambda who: nb.panels.club_convergence(TABLE, group=who),
    "panels.panel": lambda who: nb.panels.panel(TABLE, group=who),
    "panels.response": lambda who: nb.panels.response(TABLE, group=who),
    "panels.sigma_convergence": lambda who: nb.panels.sigma_convergence(TABLE, group=who),
    "panels.spend_in": lambda who: nb.panels.spend_in(
        TABLE, nb.panels.SpatialWeights.everyone(TABLE.countries), group=who
    ),
    "credit.scenarios": lambda who: nb.credit.scenarios(TABLE, who, 2025, demand="us-demand", package=[]),
    "fiscal.spaces": lambda who: nb.fiscal.spaces(TABLE, MACRO(), who, 2026),
    "inference.bootstrap_fair_shares": lambda who: nb.inference.bootstrap_fair_shares(TABLE, 2025, group=who, draws=99),
    "inference.bootstrap_inequality": lambda who: nb.inference.bootstrap_inequality(TABLE, 2025, group=who, draws=99),
    "inference.randomised_concordance": lambda who: nb.inference.randomised_concordance(
        TABLE, 2025, group=who, draws=99
    ),
    "inference.randomised_exploitation": lambda who: nb.inference.randomised_exploitation(
        TABLE, 2025, group=who, draws=99
    ),
    "inference.randomised_inequality_change": lambda who: nb.inference.randomised_inequality_change(
        TABLE, 2014, 2025, group=who, draws=99
    ),
    "inference.randomised_response": lambda who: nb.inference.randomised_response(TABLE, group=who, draws=99),
    "definitions.who_meets": lambda who: nb.definitions.who_meets(TABLE, [], 2025, "hague-core", group=who),
    "definitions.rank_agreement": lambda who: nb.definitions.rank_agreement(TABLE, [COUNTED_BY_EDA], 2025, group=who),
    "promises.sum_of_promises": lambda who: nb.promises.sum_of_promises(
        TABLE, RECORD(), who, on=DAY, target="hague-core", gdp_growth=GROWTH, mixed_definitions_ok=True
    ),
    "simulation.assumptions_as_revised": lambda who: nb.simulation.assumptions_as_revised(
        EDITIONS, nb.datasets.macro(), since=2023, until=2030, group=who
    ),
    "simulation.count_distribution": lambda who: nb.simulation.count_distribution(
        TABLE, dict.fromkeys(("EST", "LVA", "LTU"), PLAN), CERTAIN, "hague-core", seed=1, draws=100, group=who
    ),
    "simulation.sensitivity": lambda who: nb.simulation.sensitivity(
        TABLE,
        dict.fromkeys(("EST", "LVA", "LTU"), PLAN),
        attrs.evolve(CERTAIN, execution=Uncertain(nb.Rate.percent(0), nb.Rate.percent(2))),
        "hague-core",
        seed=1,
        draws=100,
        group=who,
    ),
    "simulation.revision_errors": lambda who: nb.simulation.revision_errors(EDITIONS, group=who),
    "simulation.vintages": lambda who: nb.simulation.vintages(EDITIONS, group=who),
    "targets.headline_counts": lambda who: nb.targets.headline_counts(EDITIONS, "wales-guideline", group=who),
    "simulation.simulate": lambda who: nb.simulation.simulate(
        TABLE,
        dict.fromkeys(("EST", "LVA", "LTU"), PLAN),
        CERTAIN,
        seed=1,
        draws=100,
        group=who,
        targets="hague-core",
    ),
    "targets.aggregate_share": lambda who: nb.targets.aggregate_share(TABLE, who, 2025),
    "targets.compliance": lambda who: nb.targets.compliance(TABLE, 2025, "hague-core", group=who),
    "targets.contributions": lambda who: nb.targets.contributions(TABLE, who, 2025),
    "targets.group_gap": lambda who: nb.targets.group_gap(TABLE, who, 2025, "hague-core"),
    "targets.meeting_counts": lambda who: nb.targets.meeting_counts(TABLE, "hague-core", years=[2025], group=who),
    "targets.ranking": lambda who: nb.targets.ranking(TABLE, 2025, group=who),
    "targets.shares_of_group": lambda who: nb.targets.shares_of_group(TABLE, who, years=[2025]),
    "targets.quadrants": lambda who: nb.targets.quadrants(TABLE, 2025, "wales-guideline", "wales-equipment", group=who),
    "targets.revisions": lambda who: nb.targets.revisions(EDITIONS, "share_of_gdp", 2025, group=who),
    "targets.share_of_group, group": lambda who: nb.targets.share_of_group(TABLE, "EST", who, 2025),
}
OF_BOTH: dict[str, Call] = {
    "burden.category_mix": lambda who: nb.burden.category_mix(TABLE, 2025, of=who),
    "credit.scenario": lambda who: nb.credit.scenario(TABLE, who, 2025, demand="us-demand", package=[]),
    "credit.sensitivity": lambda who: nb.credit.sensitivity(
        TABLE, who, 2025, demand="us-demand", package=[], weights={"energy": [ONE]}
    ),
    "energy.supply_shares": lambda who: nb.energy.supply_shares(GAS(), who, 2022, fuel="LNG"),
    "purchases.before_and_after": lambda who: nb.purchases.before_and_after(N(), dt.date(2025, 2, 14), of=who),
    "purchases.energy": lambda who: nb.purchases.energy(LNG(), PRICES(), who, 2024),
    "purchases.notified": lambda who: nb.purchases.notified(N(), who),
    "purchases.pledge_beside_record": lambda who: nb.purchases.pledge_beside_record(
        nb.datasets.energy_pledge("eu-us-2025"), [LNG()], PRICES(), 2025, buyer=who
    ),
    "targets.expenditure_per_head": lambda who: nb.targets.expenditure_per_head(TABLE, who, 2025),
    "targets.expenditure_per_soldier": lambda who: nb.targets.expenditure_per_soldier(TABLE, who, 2025),
    "targets.real_change": lambda who: nb.targets.real_change(TABLE, who, 2025),
    "targets.share_of_gdp": lambda who: nb.targets.share_of_gdp(TABLE, who, 2025),
}
# Which ask for one place of a table, whose labels are its own.
OF_PLACES = {"energy.net_import_dependency", "energy.published_dependency"}
# Which ask for several countries, and say so.
BY_LIST = {"eligibility.buyers_test", "estimates.compare"}


def parameters() -> Iterator[tuple[str, str]]:
    """Yield each public function of the calculators with the kind of what it asks for."""
    for module in pkgutil.iter_modules(calculators.__path__):
        if module.name.startswith("_") or module.name in ("results", "findings"):
            continue
        room = importlib.import_module(f"natoburden.calculators.{module.name}")
        for name in dir(room):
            if inspect.isfunction(found := getattr(room, name)):
                for parameter in inspect.signature(found).parameters.values():
                    if kind := re.search(r"\b(Country|Group|Entity|Place)Like\b", str(parameter.annotation)):
                        yield f"{module.name}.{name}", kind[1]


def test_every_public_function_that_asks_for_a_country_or_group_is_called_here() -> None:
    called = {name.partition(",")[0] for name in (*OF_ALLIES, *OF_GROUPS, *OF_BOTH)} | OF_PLACES | BY_LIST
    assert {name for name, _ in parameters()} == called


def names_a_way_out(message: str) -> bool:
    """Return whether a message names a public function, or how to ask of each ally or of one alone."""
    functions = re.findall(r"natoburden\.(\w+)\.(\w+)", message.split("; ", 1)[-1])
    assert all(callable(getattr(getattr(nb, room), name)) for room, name in functions)
    return bool(functions) or "ask of each of" in message or re.search(r"\[['\"]\w+['\"]\]", message) is not None


@pytest.mark.parametrize("call", OF_ALLIES.values(), ids=OF_ALLIES)
@pytest.mark.parametrize(
    "group", ["NATO", nb.Group.find("NATO_EUROPE"), ["EST", "LVA"], nb.Group.of("Baltics", ["EST", "LVA", "LTU"])]
)
def test_a_group_given_to_a_function_of_allies_is_told_what_to_use(call: Call, group: Any) -> None:
    with pytest.raises(errors.UnknownCountryError, match="is a group of countries") as caught:
        call(group)
    assert names_a_way_out(str(caught.value))


@pytest.mark.parametrize("call", OF_GROUPS.values(), ids=OF_GROUPS)
@pytest.mark.parametrize("ally", ["Poland", "pl", nb.Country("POL")])
def test_an_ally_given_to_a_function_of_groups_is_told_what_to_use(call: Call, ally: Any) -> None:
    with pytest.raises(errors.UnknownNameError, match=r"is (one|a) country") as caught:
        call(ally)
    assert names_a_way_out(str(caught.value))


def asked(call: Call, who: Any) -> str:
    """Return what a function says, be it an error such as too few countries for a statistic."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", errors.NatoBurdenWarning)
        try:
            return str(call(who))
        except errors.NatoBurdenError as error:
            return str(error)


@pytest.mark.parametrize("call", [*OF_GROUPS.values(), *OF_BOTH.values()], ids=[*OF_GROUPS, *OF_BOTH])
def test_a_list_of_countries_stands_where_a_group_does(call: Call) -> None:
    several = ["EST", "Latvia", "LT"]

    told = asked(call, several)
    assert told == asked(call, tuple(several)) == asked(call, nb.Group.find(several))
    assert "unknown" not in told
    named = nb.Group.of("The three", several)
    assert asked(call, named) == told.replace("Estonia, Latvia and Lithuania", "The three")


@pytest.mark.parametrize("call", OF_BOTH.values(), ids=OF_BOTH)
@pytest.mark.parametrize("who", ["Poland", "NATO_EU"])
def test_what_is_of_allies_and_groups_answers_for_both_or_names_the_function(call: Call, who: str) -> None:
    told = asked(call, who)
    assert "unknown" not in told
    assert "no country is called" not in told
    if "has no" in told:
        assert "natoburden." in told or "partial_ok" in told


def test_a_nearest_name_is_still_told() -> None:
    with pytest.raises(errors.UnknownCountryError, match="did you mean Germany"):
        nb.targets.gap(TABLE, "Germny", 2025, "hague-core")
    with pytest.raises(errors.UnknownNameError, match="did you mean 'NATO_EUROPE'"):
        nb.targets.group_gap(TABLE, "NATO EUROP", 2025, "hague-core")


def test_one_place_is_no_list() -> None:
    flows: Any = GAS()
    for several in (["POL", "DEU"], nb.Group.find("NATO")):
        with pytest.raises(errors.UnexpectedValueError, match="one place is asked for"):
            flows.flow(several, "USA", "LNG", 2024)


def test_a_group_of_ones_own_is_told_in_results_with_its_source() -> None:
    source = nb.Source(title="Where the three are named", publisher="this test")
    group = nb.Group.of("Baltics", ["EST", "LVA", "LTU"], note="as the press calls them", source=source)
    found = nb.targets.aggregate_share(TABLE, group, 2025)
    assert "  group    Baltics: Estonia, Latvia, Lithuania; as the press calls them" in found.explain()
    assert found.sources[-1] == source
    spent = sum(
        TABLE.expenditure(one, 2025, TABLE.edition.constant_prices).value.in_millions for one in group.members(2025)
    )
    gdp = sum(TABLE.gdp(one, 2025, TABLE.edition.constant_prices).value.in_millions for one in group.members(2025))
    assert float(found.share.as_fraction) == pytest.approx(float(spent / gdp))
    assert "group " not in nb.targets.aggregate_share(TABLE, "NATO_EU", 2025).explain().split("formula")[1]


def test_a_group_loses_the_seller_of_what_it_buys() -> None:
    with_seller = nb.purchases.notified(N(), ["USA", "POL", "DEU"], table=TABLE)
    assert [row.count for row in with_seller] == [row.count for row in nb.purchases.notified(N(), ["POL", "DEU"])]


# --- targets by key, and of one's own --------------------------------------------------------------------


@pytest.mark.parametrize("key", ["hague-core", "HAGUE_CORE", " Hague core "])
def test_a_target_is_had_by_its_key_in_any_spelling(key: str) -> None:
    assert nb.targets.gap(TABLE, "DEU", 2025, key) == nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE)


def test_a_target_of_two_parts_is_had_by_its_key() -> None:
    assert nb.targets.two_part_test(TWO, ONE, "hague") == nb.targets.two_part_test(TWO, ONE, nb.HAGUE)
    wrong: Any = nb.HAGUE_CORE
    with pytest.raises(errors.UnexpectedValueError, match="a target of one part has a gap"):
        nb.targets.two_part_test(TWO, ONE, wrong)
    with pytest.raises(errors.UnknownNameError, match="unknown target of two parts 'hague-core'"):
        nb.targets.two_part_test(TWO, ONE, "hague-core")
    with pytest.raises(errors.UnexpectedValueError, match="it has two parts: give 'hague-core'"):
        nb.targets.gap(TABLE, "DEU", 2025, "hague")
    path = nb.promises.stated_path(TABLE, RECORD(), "EST", on=DAY, hague="hague", mixed_definitions_ok=True)
    assert path.hague == nb.HAGUE


def test_an_own_target_takes_one_line_and_says_that_it_is_unsourced() -> None:
    target = nb.Target.floor("4 %", by=2030)
    found = nb.targets.gap(TABLE, "DEU", 2025, target)
    assert found.points == nb.PercentagePoints("1.78")
    assert "source   own target, unsourced" in found.explain()
    with pytest.raises(errors.MissingSourceError, match=r"Target\.floor\(\.\.\., source=Source"):
        nb.cite(found)
    sourced = nb.Target.floor("4 %", by=2030, source=nb.Source(title="A speech", publisher="a minister"))
    assert "a minister, A speech" in nb.cite(nb.targets.gap(TABLE, "DEU", 2025, sourced)).to_text()


def test_an_own_target_without_a_year_holds_always() -> None:
    target = nb.Target.aim(nb.Share.percent(20), component="equipment", name="A fifth")
    assert (target.is_due(1949), target.due_from, target.key) == (True, None, "own-aim-20-equipment")
    assert nb.targets.gap(TABLE, "DEU", 2025, target).points.value < 0
    path = nb.promises.stated_path(TABLE, RECORD(), "EST", on=DAY, mixed_definitions_ok=True)
    assert nb.promises.arrival(TABLE, path, nb.Target.floor("1 %")).lateness(2030) == 0
    ceiling = nb.Target.ceiling("1.5 %", component="related")
    assert (ceiling.sign, ceiling.is_unsourced) == ("≤", True)


@pytest.mark.parametrize("share", [4, "4", "3-4 %", None])
def test_an_own_target_needs_one_share_with_its_sign(share: Any) -> None:
    with pytest.raises(errors.UnexpectedValueError, match=r"write the sign with the figure: '(4|3\.5) %'"):
        nb.Target.floor(share)


# --- rows by label and by year ---------------------------------------------------------------------------


def test_rows_are_found_by_their_label_or_year() -> None:
    by_year = nb.purchases.notified(N(), "NATO")
    assert by_year["2025"].label == "2025"
    years = nb.targets.cumulative_shortfall(TABLE, "DEU", "wales-guideline", since=2014).years
    assert years["2020"].year == 2020
    gaps = nb.targets.group_gap(TABLE, "NATO", 2025, "hague-core").members
    with pytest.raises(errors.UnexpectedValueError, match="31 rows are of it"):
        gaps["2025"]
    assert years[2020] is years["2020"]
    assert years[-1].year == 2026


def test_an_agency_is_found_by_its_initials_and_full_name() -> None:
    agency = nb.purchases.notified(N(), "NSPA")
    assert agency.of == nb.purchases.notified(N(), "NATO Support and Procurement Agency").of
    assert sum(row.count for row in agency) == len(N().by_agencies) == 6
    assert N().of("namp") == N().by_agencies
