"""What a refusal says in full: what was given, what is valid, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import model
from natoburden.calculators.dependency import import_share, lock_in
from natoburden.errors import NatoBurdenError
from natoburden.model.energy import FlowOmission
from natoburden.model.periods import PeriodRun
from tests.calculators.dependency.test_supplier_shares import priced
from tests.model.test_transfers import transfer

DEALS = nb.datasets.energy_deals()
PLEDGE = nb.datasets.energy_pledge("eu-us-2025")
SOURCE = nb.Source(title="An example", publisher="this test")
GUNS, TANKS = model.CapabilityArea.ARTILLERY, model.CapabilityArea.ARMOURED_VEHICLES
LIVES = {GUNS: 30, TANKS: 30}
IN_TWO_UNITS = [priced("A", 5, "KOR"), priced("B", 5, "USA", currency="USD", areas=(TANKS,))]
WRONG: Any = "soon"
OTHER: Any = transfer()


def omission(**changes: Any) -> FlowOmission:
    given: dict[str, Any] = {
        "partner": nb.Country("USA"),
        "fuel": nb.Fuel.LNG,
        "periods": PeriodRun.parse("2024-01 to 2024-06"),
        "reason": "a reason",
    }
    return FlowOmission(**given | changes)


def purchase(**changes: Any) -> nb.Purchase:
    made: dict[str, Any] = {
        "key": "a",
        "category": "energy",
        "buyer": "Germany",
        "amount": nb.Money.billions(3, "USD"),
        "first_year": 2025,
        "last_year": 2027,
        "basis": "assumption",
        "source": SOURCE,
    }
    return nb.Purchase(**made | changes)


REFUSALS: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: import_share([OTHER]),
        "United States to Poland: 4 X-1 (2020… (37 characters) is not usable as a contract; "
        "a register of transfers holds imports only: give contracts",
    ),
    (lambda: import_share([]), "all buyers is not usable as a scope; nothing counts: no record is in it"),
    (
        lambda: lock_in(IN_TWO_UNITS, 2026, service_life=LIVES),
        "EUR, USD is not usable as one unit; name the currency and the rates",
    ),
    (
        lambda: lock_in(IN_TWO_UNITS, 2026, service_life=30, since=2020),
        "since, until is not usable as a window; the service life and the year are the window",
    ),
    (
        lambda: omission(zero=model.GasVolume(5, model.GasUnit.MMCF), source=SOURCE),
        "5.00 MMcf is not usable as nothing sent; give zero in its unit, and the source",
    ),
    (
        lambda: nb.energy.contracted(DEALS, [2026], statuses=[model.DealStatus.TERMINATED]),
        "terminated is not usable as a status to count; a terminated deal adds nothing",
    ),
    (lambda: nb.energy.contracted(DEALS, 2026), "2026 is not usable as years; give several: [2026]"),  # type: ignore[arg-type]
    (lambda: attrs.evolve(PLEDGE, last_year=2025), "a last year 2025 is not a usable year; valid: 2026 or later"),
    (
        lambda: attrs.evolve(PLEDGE, last_year=WRONG),
        "'soon' is not a usable year; valid: a whole calendar year between 1900 and 2200, as an int",
    ),
    (
        lambda: attrs.evolve(PLEDGE, first_year=WRONG),
        "'soon' is not a usable year; valid: a whole calendar year between 1900 and 2200, as an int",
    ),
    (lambda: purchase(last_year=2024), "purchase a: 1 fault\n  last_year: 2024; valid: 2025 or later"),
    (
        lambda: purchase(first_year=WRONG),
        "'soon' is not a usable year; valid: a whole calendar year between 1900 and 2200, as an int",
    ),
    (
        lambda: purchase(amount=nb.Money.billions(-3, "USD")),
        "purchase a: 1 fault\n  amount: USD -3.00 bn (current prices); it is zero or more",
    ),
    (
        lambda: purchase(area="cyber"),
        "purchase a: 1 fault\n  area: it goes with the category 'interoperability', which needs one",
    ),
    (
        lambda: purchase(within=nb.Share.percent(50)),
        "purchase a: 1 fault\n  within: no part of energy is defence expenditure",
    ),
    (lambda: purchase(is_end_known=False), "purchase a: 1 fault\n  is_end_known: it is known: 2027"),
    (
        lambda: purchase().in_year(2025, model.Spreading.SCHEDULE),
        "a is not usable as a schedule; it has none: give one, or spread it evenly",
    ),
    (
        lambda: purchase(schedule=(model.Instalment(2024, nb.Money.billions(3, "USD")),)),
        "purchase a: 1 fault\n  schedule: years, each once; valid: 2025 to 2027",
    ),
    (
        lambda: purchase(schedule=(model.Instalment(2025, nb.Money.billions(3, "EUR")),)),
        "purchase a: 1 fault\n  schedule[0].amount: EUR 3.00 bn (current prices) beside USD 3.00 bn (current prices): "
        "convert first",
    ),
    (
        lambda: purchase(schedule=(model.Instalment(2025, nb.Money.billions(2, "USD")),)),
        "purchase a: 1 fault\n  schedule: it does not add up to USD 3.00 bn (current prices)",
    ),
    (
        lambda: nb.CreditPolicy(counted_over=0),
        "years that a purchase counts over: '0' is not usable; valid: a whole number from 1 to 100",
    ),
    (
        lambda: nb.CreditPolicy(counted_over=101),
        "years that a purchase counts over: '101' is not usable; valid: a whole number from 1 to 100",
    ),
    (
        lambda: nb.CreditPolicy(counted_over=3, spreading="at once"),
        "3 is not usable as counted_over; it goes with spreading evenly",
    ),
    (
        lambda: nb.CreditPolicy(first_year=2026, last_year=2025),
        "last year 2025 is not a usable year; valid: 2026 or later",
    ),
    (lambda: nb.CreditPolicy(arms=WRONG), "'soon' is not usable as a weight of arms; write Share.percent(25)"),
]


@pytest.mark.parametrize(("ask", "words"), REFUSALS, ids=[words[:60] for _, words in REFUSALS])
def test_a_refusal_says_what_was_given_what_is_valid_and_what_to_do(ask: Callable[[], Any], words: str) -> None:
    with pytest.raises(NatoBurdenError) as caught:
        ask()
    assert str(caught.value) == words


def billions(money: nb.Money) -> float:
    return float(money.in_billions)


def test_a_purchase_counts_in_its_years_and_in_no_other() -> None:
    evenly, at_once = model.Spreading.EVENLY, model.Spreading.AT_ONCE
    assert [billions(purchase().in_year(year, evenly)) for year in range(2024, 2029)] == [0, 1, 1, 1, 0]
    assert [billions(purchase().in_year(year, at_once)) for year in range(2024, 2027)] == [0, 3, 0]
    longer = [billions(purchase().in_year(year, evenly, 6)) for year in (2024, 2025, 2030, 2031)]
    assert longer == [0, 0.5, 0.5, 0]
    assert attrs.evolve(purchase(), first_year=2027).last_year == 2027


def test_a_schedule_says_how_much_falls_in_each_of_its_years() -> None:
    parts = tuple(model.Instalment(year, nb.Money.billions(amount, "USD")) for year, amount in ((2025, 1), (2027, 2)))
    by_schedule = purchase(schedule=parts)
    asked = [by_schedule.in_year(year, model.Spreading.SCHEDULE) for year in range(2024, 2029)]
    assert [billions(money) for money in asked] == [0, 1, 0, 2, 0]


def test_a_policy_counts_from_its_first_year_to_its_last_both_included() -> None:
    policy = nb.CreditPolicy(energy=nb.Share.percent(25), first_year=2026, last_year=2026)
    assert [billions(policy.countable(purchase(), year)) for year in (2025, 2026, 2027)] == [0, 1, 0]
    open_ended = nb.CreditPolicy(first_year=2026)
    assert [billions(open_ended.countable(purchase(), year)) for year in (2025, 2026, 2027)] == [0, 1, 1]
    assert str(policy).endswith("spread evenly; counted from 2026 to 2026 year")
    assert str(open_ended).endswith("counted from 2026 to the last year")
    assert str(nb.CreditPolicy(last_year=2026)).endswith("counted from the first to 2026 year")


@pytest.mark.parametrize("over", [1, 100])
def test_a_purchase_may_count_over_one_to_a_hundred_years(over: int) -> None:
    policy = nb.CreditPolicy(counted_over=over)
    assert policy.countable(purchase(), 2025) * over == nb.Money.billions(3, "USD")
    assert f"spread over {over} years" in str(policy)


def test_what_an_ally_counts_as_defence_already_is_not_counted_again() -> None:
    arms = purchase(category="arms", within=nb.Share.percent(60))
    counted = {
        str(how): billions(nb.CreditPolicy(double_counting=how).countable(arms, 2025)) for how in model.DoubleCounting
    }
    assert counted == {"exclude": 0, "premium": 0.4, "naive": 1}


def test_a_pledge_says_all_of_its_years() -> None:
    assert (PLEDGE.first_year, PLEDGE.last_year, PLEDGE.years) == (2026, 2028, 3)
    with pytest.raises(TypeError, match="last_year"):
        model.EnergyPledge(  # type: ignore[call-arg] # without its last year
            key="a", buyer="b", seller=nb.Country("USA"), amount=PLEDGE.amount, first_year=2026, source=SOURCE
        )


def test_what_is_kept_by_country_is_found_by_any_of_its_names() -> None:
    loans = nb.datasets.safe_loans()
    assert loans["Poland"] is loans["POL"]
    assert "Poland" in loans
    assert "Atlantis" not in loans


def test_a_rate_needs_its_day_and_a_contract_year_its_year() -> None:
    rates = nb.datasets.exchange_rates()
    with pytest.raises(NatoBurdenError, match="'soon' is not usable as a date"):
        attrs.evolve(rates, date=WRONG)
    with pytest.raises(NatoBurdenError, match="'soon' is not a usable year"):
        nb.energy.ContractYear(year=WRONG, quantity=WRONG, taken=WRONG, price=WRONG)


def test_words_of_a_sheet_that_are_not_used_are_listed_apart() -> None:
    reading = model.RecordReading(file="a.csv", columns=(), unused=("Colour", "Size"))
    assert "not used: 'Colour', 'Size'" in str(reading)
