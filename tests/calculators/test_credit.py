"""Credit scenarios: the reference illustration, hand calculations, and the laws of weights and caps."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden import errors
from natoburden.calculators import credit
from natoburden.model.credit import (
    CreditCategory,
    CreditPolicy,
    DoubleCounting,
    Instalment,
    Package,
    Purchase,
    PurchaseBasis,
    Spreading,
)

TABLE = nb.datasets.defence_expenditure("2026-07")
SOURCE = nb.Source(title="An example", publisher="this test")
EUROPE = "NATO_EUR_CAN"
PLEDGE = nb.datasets.energy_pledge("eu-us-2025")
PERCENT = nb.Share.percent


def purchase(category: str = "energy", billions: Any = 10, **changes: Any) -> Purchase:
    made: dict[str, Any] = {
        "key": category,
        "category": CreditCategory(category),
        "buyer": nb.Country("DEU"),
        "amount": nb.Money.billions(billions, "USD"),
        "first_year": 2025,
        "basis": PurchaseBasis.ASSUMPTION,
        "source": SOURCE,
    }
    return Purchase(**made | changes)


def run(package: Any, policy: CreditPolicy | None = None, entity: Any = "DEU", **options: Any) -> credit.CreditScenario:
    return credit.scenario(TABLE, entity, 2025, demand=nb.US_DEMAND, package=package, policy=policy, **options)


def test_reference_illustration_of_the_unions_pledge() -> None:
    """R090: 250 bn a year against 764.3 bn leave 514.3; 0.327 of it; no weight below 3.06 closes it."""
    package = credit.package_of("pledge", pledges=[PLEDGE], assuming=nb.CURRENT_PRICES)
    full = CreditPolicy(energy=PERCENT(100))
    with pytest.warns(errors.MixedSetsWarning, match="eu-us-2025 of European Union: another set"):
        found = run(package, full, EUROPE, purchases_year=2026)
    assert round(found.gap.in_billions, 1) == Decimal("764.3")
    assert round(found.residual.in_billions, 1) == Decimal("514.3")
    assert round(found.credit / found.gap, 3) == Decimal("0.327")
    assert found.break_even is not None
    assert round(found.break_even, 2) == Decimal("3.06")
    assert "so that no weight closes the gap" in found.explain()
    assert "another set of countries: eu-us-2025 of European Union" in found.explain()
    assert found == run(package, full, EUROPE, purchases_year=2026, mixed_sets_ok=True)


def test_by_hand_for_germany() -> None:
    found = run([purchase(), purchase("investment", 4)], CreditPolicy(energy=PERCENT(50), investment=PERCENT(25)))
    gap = nb.targets.gap(TABLE, "DEU", 2025, nb.US_DEMAND).amount
    assert found.gap == gap
    assert [found.countable.in_billions, found.credit.in_billions] == [14, 6]
    assert found.residual == gap - nb.Money.billions(6, "USD")
    spent, gdp = TABLE.expenditure("DEU", 2025).value, TABLE.gdp("DEU", 2025).value
    assert found.effort == (spent + nb.Money.billions(6, "USD")).share_of(gdp)
    assert abs(found.points.value - 100 * Decimal(6000) / gdp.in_millions) < Decimal("1e-20")
    assert found.break_even == gap / nb.Money.billions(14, "USD")
    assert not found.is_closed
    assert found.status is nb.Status.PROJECTION


def test_every_output_says_that_no_rule_exists_and_each_assumption() -> None:
    found = run([purchase()], CreditPolicy(energy=PERCENT(50), cap=PERCENT("0.01"), first_year=2025, last_year=2030))
    text = found.explain()
    assert f"note     {credit.NO_RULE}" in text
    assert "assumed: energy 50.00 %, all else 0 %; cap 0.01 % of GDP; double counting: exclude; spread evenly" in text
    assert "counted from 2025 to 2030 year" in text
    assert "capped from USD 5.00 bn" in text
    assert found.to_dict()["note"] == credit.NO_RULE
    assert SOURCE in found.sources


@given(st.integers(0, 10**6), st.sampled_from(CreditCategory), st.sampled_from(DoubleCounting))
def test_weights_of_zero_change_nothing(millions: int, category: CreditCategory, way: DoubleCounting) -> None:
    area = nb.model.InteroperabilityArea.CYBER if category is CreditCategory.INTEROPERABILITY else None
    item = purchase(category.value, amount=nb.Money.millions(millions, "USD"), area=area)
    found = run([item], CreditPolicy(double_counting=way))
    assert found.credit.amount == 0
    assert found.residual == found.gap
    assert found.effort == found.expenditure.share_of(found.gdp)


@given(st.integers(0, 10**6), st.integers(0, 100), st.integers(1, 300))
def test_a_cap_binds_exactly_and_credit_never_exceeds_it(millions: int, weight: int, cap: int) -> None:
    policy = CreditPolicy(energy=PERCENT(weight), cap=nb.Share.fraction(Decimal(cap) / 10000))
    found = run([purchase(amount=nb.Money.millions(millions, "USD"))], policy)
    assert policy.cap is not None
    most = found.gdp * policy.cap
    assert found.credit == min(found.weighted, most)
    assert found.residual.amount >= 0
    assert found.is_closed is (found.credit >= found.gap)


def test_the_break_even_weight_closes_the_gap() -> None:
    large = [purchase(billions=1000)]
    weight = run(large).break_even
    assert weight is not None
    assert weight < 1
    at_it = run(large, CreditPolicy(energy=nb.Share.fraction(round(weight, 20))))
    assert abs(at_it.residual.amount) < 1
    assert run([]).break_even is None
    assert "none: nothing may count" in run([]).explain()
    poland = credit.scenario(TABLE, "POL", 2025, demand=nb.HAGUE_CORE, package=[purchase(buyer=nb.Country("POL"))])
    assert [poland.break_even, poland.residual.amount] == [0, 0]


# --- double counting -------------------------------------------------------------------------------------

ARMS = purchase("arms", 8)
ALL = CreditPolicy(arms=PERCENT(100), energy=PERCENT(100))


def test_exclude_never_credits_arms_and_the_energy_only_modes_agree() -> None:
    excluded = run([ARMS, purchase()], ALL)
    premium = run([ARMS, purchase()], attrs.evolve(ALL, double_counting=DoubleCounting.PREMIUM))
    assert excluded.credit == premium.credit == nb.Money.billions(10, "USD")
    outside = attrs.evolve(ARMS, within=PERCENT(25))
    only_exclude = run([outside], ALL)
    assert only_exclude.credit.amount == 0
    above = run([outside], attrs.evolve(ALL, double_counting=DoubleCounting.PREMIUM))
    assert above.credit == nb.Money.billions(6, "USD")


def test_naive_counting_warns_and_can_be_acknowledged() -> None:
    naive = attrs.evolve(ALL, double_counting=DoubleCounting.NAIVE)
    with pytest.warns(errors.DoubleCountingWarning, match="arms: expenditure already holds"):
        found = run([ARMS], naive)
    assert found.credit == nb.Money.billions(8, "USD")
    assert "counted twice: arms" in found.explain()
    assert run([ARMS], naive, double_counting_ok=True) == found
    assert run([purchase()], naive).counted_twice == ()


@pytest.mark.parametrize("area", nb.model.InteroperabilityArea)
def test_each_area_of_interoperability_has_a_weight(area: nb.model.InteroperabilityArea) -> None:
    item = purchase("interoperability", 2, area=area, within=PERCENT(0))
    weights: dict[str, Any] = {area.value.replace(" ", "_"): PERCENT(50)}
    found = run([item], CreditPolicy(double_counting=DoubleCounting.PREMIUM, **weights))
    assert found.credit == nb.Money.billions(1, "USD")


# --- years -----------------------------------------------------------------------------------------------


def test_a_purchase_is_spread_evenly_by_schedule_or_at_once() -> None:
    half = nb.Money.billions(5, "USD")
    item = purchase(last_year=2029, schedule=(Instalment(2025, half), Instalment(2028, half)))
    flows = {
        spreading: [item.in_year(year, spreading).in_billions for year in (2024, 2025, 2028, 2029, 2030)]
        for spreading in Spreading
    }
    assert flows == {
        Spreading.EVENLY: [0, 2, 2, 2, 0],
        Spreading.SCHEDULE: [0, 5, 5, 0, 0],
        Spreading.AT_ONCE: [0, 10, 0, 0, 0],
    }
    assert [item.in_year(year, Spreading.EVENLY, 2).in_billions for year in (2025, 2026, 2027)] == [5, 5, 0]
    with pytest.raises(errors.UnexpectedValueError, match="it has none"):
        purchase().in_year(2025, Spreading.SCHEDULE)
    assert "spread by schedule" in str(CreditPolicy(spreading=Spreading.SCHEDULE))
    assert "spread over 3 years" in str(CreditPolicy(counted_over=3))


@given(st.integers(1, 12), st.integers(2020, 2030), st.integers(0, 8))
def test_spreading_keeps_the_amount(over: int, first: int, length: int) -> None:
    item = purchase(first_year=first, last_year=first + length)
    for counted in (None, over):
        years = [item.in_year(year, Spreading.EVENLY, counted) for year in range(2015, 2050)]
        assert abs((nb.Money.total(years) - item.amount).amount) < Decimal("1e-15")


def test_purchases_count_in_the_years_of_the_policy_only() -> None:
    item = purchase(last_year=2030, billions=60)
    window = CreditPolicy(energy=PERCENT(100), first_year=2026, last_year=2027)
    amounts = [run([item], window, purchases_year=year).credit.in_billions for year in (2025, 2026, 2027, 2028)]
    assert amounts == [0, 10, 10, 0]


# --- whose purchases, which money ------------------------------------------------------------------------


def test_an_ally_is_credited_with_its_own_and_a_group_with_its_members() -> None:
    mine, theirs = purchase(), purchase(key="fr", buyer=nb.Country("FRA"))
    us = purchase(key="us", buyer=nb.Country("USA"))
    joint = purchase(key="joint", buyer=nb.Group.find(EUROPE))
    policy = CreditPolicy(energy=PERCENT(100))
    ally = run([mine, theirs, joint], policy)
    assert [line.purchase.key for line in ally.lines] == ["energy"]
    assert [item.reason for item in ally.left_out] == [
        "bought by France, in no stated part for Germany",
        "bought by NATO Europe and Canada, in no stated part for Germany",
    ]
    group = run([mine, theirs, joint, us], policy, EUROPE)
    assert group.credit.in_billions == 30
    [left_out] = group.left_out
    assert left_out.reason == "United States is not a member of NATO Europe and Canada in 2025"


def test_all_members_and_the_group_at_last() -> None:
    rows = credit.scenarios(TABLE, EUROPE, 2025, demand=nb.US_DEMAND, package=[purchase()], policy=ALL)
    assert len(rows) == 31
    assert nb.Money.total(row.credit for row in rows[:-1]) == rows[-1].credit
    assert nb.Money.total(max(row.gap, nb.Money(0, "USD")) for row in rows[:-1]) == rows[-1].gap
    named = Package.of("named", [purchase()])
    assert credit.scenarios(TABLE, EUROPE, 2025, demand=nb.US_DEMAND, package=named)[0].package == "named"


def test_another_currency_or_basis_is_refused_unless_a_rate_is_given() -> None:
    euros = [purchase(amount=nb.Money.billions(10, "EUR"))]
    with pytest.raises(errors.MixedCurrenciesError):
        run(euros)
    rates = nb.model.ExchangeRates(
        base=nb.Currency("EUR"),
        date=dt.date(2024, 12, 31),
        quotations=(nb.model.Quotation(nb.Currency("USD"), "1.0389"),),
        source=SOURCE,
    )
    found = run(euros, CreditPolicy(energy=PERCENT(100)), rates=rates)
    assert found.credit.in_billions == Decimal("10.389")
    assert SOURCE in found.sources
    with pytest.raises(errors.MixedPriceBasesError, match="assuming"):
        run(credit.package_of("pledge", pledges=[PLEDGE]), entity=EUROPE, purchases_year=2026)
    with pytest.raises(errors.MixedPriceBasesError):
        run([purchase()], basis=TABLE.edition.constant_prices)


@pytest.mark.parametrize("demand", [nb.HAGUE_TOTAL, nb.WALES_EQUIPMENT, "wales-equipment"])
def test_a_demand_that_cannot_be_measured_is_refused(demand: Any) -> None:
    with pytest.raises(errors.NatoBurdenError):
        credit.scenario(TABLE, "DEU", 2025, demand=demand, package=[])


# --- sensitivity -----------------------------------------------------------------------------------------


def test_sensitivity_tries_every_combination() -> None:
    tried = {"energy": [PERCENT(0), PERCENT(50), PERCENT(100)], "investment": [PERCENT(0), PERCENT(100)]}
    found = credit.sensitivity(
        TABLE, "DEU", 2025, demand=nb.US_DEMAND, package=Package.of("two", [purchase(), purchase("investment", 4)]),
        weights=tried, caps=[None, PERCENT("0.1")],
    )  # fmt: skip
    assert len(found) == 12
    columns = found.to_columns()
    assert columns["weight_energy_percent"][:4] == [0, 0, 0, 0]
    assert columns["cap_percent"][:2] == [None, pytest.approx(0.1)]
    amounts = [row.credit.amount for row in found if row.policy.cap is None]
    assert amounts == sorted(amounts)
    with pytest.raises(errors.UnknownNameError, match="unknown weight 'oil'"):
        credit.sensitivity(TABLE, "DEU", 2025, demand=nb.US_DEMAND, package=[], weights={"oil": [PERCENT(1)]})


# --- what makes purchases, policies, packages ------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"billions": -1}, "amount"),
        ({"last_year": 2024}, "last_year"),
        ({"area": nb.model.InteroperabilityArea.CYBER}, "area"),
        ({"category": "interoperability"}, "area"),
        ({"within": PERCENT(5)}, "within"),
        ({"schedule": (Instalment(2024, nb.Money.billions(10, "USD")),)}, "schedule"),
        ({"schedule": (Instalment(2025, nb.Money.billions(9, "USD")),)}, "schedule"),
        ({"schedule": (Instalment(2025, nb.Money.billions(10, "EUR")),)}, "schedule[0].amount"),
    ],
)
def test_a_purchase_that_does_not_fit_together_is_refused(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(errors.DocumentError) as caught:
        purchase(**changes)
    assert path in [fault.path for fault in caught.value.faults]


@pytest.mark.parametrize(
    "changes",
    [
        {"energy": 0.5},
        {"cap": "1 %"},
        {"counted_over": 0},
        {"counted_over": 2, "spreading": Spreading.AT_ONCE},
        {"first_year": 2030, "last_year": 2025},
        {"double_counting": "twice"},
    ],
)
def test_a_policy_of_nonsense_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(errors.NatoBurdenError):
        CreditPolicy(**changes)


def test_a_key_used_twice_in_a_package_is_refused() -> None:
    with pytest.raises(errors.DocumentError) as caught:
        Package.of("twice", [purchase(), purchase()])
    assert "'energy' is used twice" in str(caught.value)


DOCUMENT = """
title = "An invented package"
note = "to be shared"
[[purchases]]
key = "jets"
category = "arms"
buyer = "Germany"
amount = { amount = "8000000000", currency = "USD" }
first_year = 2025
last_year = 2026
schedule = [
    { year = 2025, amount = { amount = "3000000000", currency = "USD" } },
    { year = 2026, amount = { amount = "5000000000", currency = "USD" } },
]
within = "75 %"
basis = "contract"
source = { title = "An example", publisher = "natoburden" }
[[purchases]]
key = "cyber"
category = "interoperability"
area = "cyber"
buyer = "NATO_EUR_CAN"
amount = { amount = "1000000000", currency = "USD" }
first_year = 2026
basis = "intention"
source = { title = "An example", publisher = "natoburden" }
[policy]
energy = "25 %"
cap = "0.5 %"
double_counting = "premium"
spreading = "schedule"
"""


def test_a_package_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "package.toml"
    path.write_text(DOCUMENT, encoding="utf-8")
    package = nb.datasets.load_package(path)
    assert (str(package), package.note) == ("An invented package: 2 purchases", "to be shared")
    assert package.policy == CreditPolicy(
        energy=PERCENT(25), cap=PERCENT("0.5"), double_counting=DoubleCounting.PREMIUM, spreading=Spreading.SCHEDULE
    )
    assert run(attrs.evolve(package, purchases=nb.model.Keyed(package.purchases.items[:1]))).policy == package.policy
    assert nb.serialization.from_data(nb.serialization.to_data(package), Package) == package
    assert (
        str(package.purchases["jets"])
        == "jets: arms for Germany, USD 8.00 bn (current prices), 2025 to 2026 (contract)"
    )


def test_a_faulty_package_reports_all_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "package.toml"
    faulty = DOCUMENT.replace('"Germany"', '"Atlantis"').replace('area = "cyber"\n', "").replace('"0.5 %"', '"0.5"')
    path.write_text(faulty.replace('key = "cyber"', 'key = "jets"'), encoding="utf-8")
    with pytest.raises(errors.DocumentError) as caught:
        nb.datasets.load_package(path)
    assert [fault.path for fault in caught.value.faults] == [
        "purchases[0].buyer", "purchases[1].area", "policy.cap", "purchases[1].key",
    ]  # fmt: skip


# --- packages of what is on record -----------------------------------------------------------------------


def why_not(contract: nb.Contract, **options: Any) -> str:
    """Give the reason why a contract makes no purchase."""
    note = credit.package_of("one", contracts=[contract], skip=True, **options).note
    return note.removeprefix(f"left out: {contract.key}: ")


def test_contracts_count_for_their_american_part_in_their_years() -> None:
    contracts = nb.datasets.announced_contracts()
    package = credit.package_of("arms", contracts=contracts, skip=True, end=nb.model.RangeEnd.LOW)
    apache = package.purchases["C09"]
    assert (apache.amount, apache.category, apache.within) == (
        nb.Money.billions(10, "USD"), CreditCategory.ARMS, PERCENT(100),
    )  # fmt: skip
    assert "C18: what part comes from United States is not known" in package.note
    hidden = attrs.evolve(contracts["C09"], value=contracts["N27"].value)
    assert why_not(hidden) == "value undisclosed"
    ranged = attrs.evolve(contracts["C09"], value=attrs.evolve(contracts["C21"].value, kind=nb.ValueKind.CONTRACT))
    assert why_not(ranged) == "value is a range: choose low, mid or high"
    with pytest.raises(errors.UnexpectedValueError, match=r"say skip=True: .*C18: what part"):
        credit.package_of("arms", contracts=contracts)
    asked = [contract for contract in contracts if contract.value.kind is nb.ValueKind.APPROVAL]
    assert len(credit.package_of("approvals", contracts=asked, skip=True).purchases) == 0
    approvals = credit.package_of("approvals", contracts=asked, kinds=["approval"], skip=True)
    assert {item.basis for item in approvals.purchases} == {PurchaseBasis.APPROVAL}


def test_the_american_part_is_the_works_share_that_the_record_states() -> None:
    """C33: 75.8 % of CZK 150 bn, a programme, which is no purchase unless it is asked for."""
    contract = nb.datasets.announced_contracts()["C33"]
    assert why_not(contract) == "value is of kind programme, which is not among those asked for"
    asked = credit.package_of("jets", contracts=[contract], kinds=[nb.ValueKind.PROGRAMME])
    jets = asked.purchases["C33"]
    assert (jets.amount, jets.basis) == (nb.Money.billions("113.7", "CZK"), PurchaseBasis.INTENTION)
    assert (jets.first_year, jets.last_year, jets.is_end_known, asked.note) == (2031, 2035, True, "")
    by_maker = credit.package_of(
        "jets", contracts=[contract], kinds="programme", basis=nb.OriginBasis.PRIME_NATIONALITY
    )
    assert by_maker.purchases["C33"].amount == nb.Money.billions(150, "CZK")
    assert why_not(contract, basis=nb.OriginBasis.CONTENT) == "what part comes from United States is not known"


def test_a_package_counts_no_value_twice_and_nothing_cancelled() -> None:
    contracts = nb.datasets.announced_contracts()
    whole = attrs.evolve(contracts["C09"], delivery_end=2032)
    part = attrs.evolve(whole, key="part", part_of="C09")
    both = credit.package_of("both", contracts=[whole, part])
    assert [item.key for item in both.purchases] == ["C09"]
    assert both.note == "left out: part: its value is inside that of C09"
    programme = attrs.evolve(whole, value=attrs.evolve(whole.value, kind=nb.ValueKind.PROGRAMME))
    alone = credit.package_of("alone", contracts=[programme, part], skip=True)
    assert [item.key for item in alone.purchases] == ["part"]
    gone = nb.model.Cancellation(date=nb.Announced.parse("2025-01-31", nb.Precision.DAY), source=SOURCE)
    assert why_not(attrs.evolve(whole, cancellation=gone)) == "cancelled, 2025-01-31"
    half = attrs.evolve(whole, cancellation=attrs.evolve(gone, part=PERCENT(50)))
    assert credit.package_of("half", contracts=[half]).purchases["C09"].amount == nb.Money.billions(5, "USD")


def test_a_package_names_what_falls_in_one_year_for_want_of_an_end() -> None:
    contracts = nb.datasets.announced_contracts()
    package = credit.package_of("arms", contracts=[contracts["C07"], contracts["C08"], contracts["C09"]])
    assert [item.is_end_known for item in package.purchases] == [True, True, False]
    assert package.note == "in one year, since the last is not known: C09"
    late = attrs.evolve(contracts["C09"], date=nb.Announced.unknown(), delivery_start=None, delivery_end=2030)
    assert credit.package_of("late", contracts=[late]).purchases["C09"].first_year == 2030
    with pytest.raises(errors.DocumentError) as caught:
        purchase(last_year=2026, is_end_known=False)
    assert [str(fault) for fault in caught.value.faults] == ["is_end_known: it is known: 2026"]


def test_deals_count_at_a_price_and_pledges_over_their_years() -> None:
    deals = nb.datasets.energy_deals()
    price = nb.model.UnitPrice(nb.Money(10, "USD"))
    filing = nb.datasets.conversion_set("sabine-pass-filing")
    package = credit.package_of("energy", deals=deals, price=price, using=filing, pledges=[PLEDGE], skip=True)
    orlen = package.purchases["E12"]
    assert (orlen.first_year, orlen.last_year, orlen.basis) == (2027, 2046, PurchaseBasis.CONTRACT)
    assert abs(orlen.in_year(2030, Spreading.EVENLY).in_millions - Decimal("520.9")) < Decimal("0.001")
    assert package.purchases["eu-us-2025"].buyer == nb.Group.find("EU")
    assert "E10: it was terminated" in package.note
    assert "a portfolio buyer's" in package.note
    assert "the set has no such factor" in package.note
    without = credit.package_of("energy", deals=deals, skip=True)
    assert len(without.purchases) == 0
    assert "give price=" in without.note
    qatari = credit.package_of(
        "none", contracts=nb.datasets.announced_contracts(), deals=deals, pledges=[PLEDGE], origin="Qatar", skip=True
    )
    assert len(qatari.purchases) == 0


def test_what_has_no_origin_or_date_or_one_buyer_is_left_out_with_the_reason() -> None:
    apache = nb.datasets.announced_contracts()["C09"]
    reasons = {
        "it bears no date": attrs.evolve(apache, date=nb.Announced.unknown(), delivery_start=None),
        "several buy it, in no stated parts": attrs.evolve(apache, buyers=(nb.Country("POL"), nb.Country("DEU"))),
        "what part comes from United States is not known": attrs.evolve(
            apache, suppliers=(nb.Supplier(name="a maker"),), origins=()
        ),
    }
    for reason, contract in reasons.items():
        assert why_not(contract) == reason
    deal = attrs.evolve(nb.datasets.energy_deals()["E12"], origin=None)
    package = credit.package_of("one", deals=[deal], skip=True)
    assert package.note == "left out: E12: its origin is not stated"


def test_words_of_enumerations() -> None:
    kinds: list[Any] = [CreditCategory, PurchaseBasis, DoubleCounting, Spreading]
    assert all(str(item) == item.value for kind in kinds for item in kind)
