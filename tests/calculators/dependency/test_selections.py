"""Which records count together: parts of contracts, cancellations, records given twice; one rule for all."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.calculators.credit import package_of
from natoburden.calculators.dependency import (
    commonality,
    import_share,
    lock_in,
    supplier_shares,
    what_if,
    without_largest_supplier,
)
from natoburden.calculators.eligibility import aim_test, procurement_policies
from natoburden.errors import DocumentError, UnexpectedValueError
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.procurement import ContractStatus, containers
from tests.calculators.dependency.test_supplier_shares import percents, priced
from tests.model.test_procurement import SOURCE
from tests.model.test_transfers import transfer

GUNS, TANKS = CapabilityArea.ARTILLERY, CapabilityArea.ARMOURED_VEHICLES
SAFE = nb.datasets.content_rule("SAFE")
PROGRAMME = nb.ContractValue(kind=nb.ValueKind.PROGRAMME, low=nb.Money.millions(100, "EUR"))


def dated(year: int) -> nb.Announced:
    return nb.Announced.parse(str(year), nb.Precision.YEAR)


def cancelled(date: str = "2022-06-30", **changes: Any) -> nb.model.Cancellation:
    day = nb.Announced.parse(date, nb.Precision.DAY) if date else nb.Announced.unknown()
    return nb.model.Cancellation(**{"date": day, "source": SOURCE, **changes})


def keys(records: Any) -> list[str]:
    return [record.key for record in records]


# --- parts -----------------------------------------------------------------------------------------------


def test_a_part_counts_where_the_kind_of_value_of_its_whole_does_not() -> None:
    whole, part, other = (
        priced("W", 100, "USA", value=PROGRAMME),
        priced("P", 30, "USA", part_of="W"),
        priced("O", 10, "KOR"),
    )
    given = [whole, part, other]
    assert percents(supplier_shares(given)) == {"United States": 75, "South Korea": 25}
    both = supplier_shares(given, kinds=(nb.ValueKind.CONTRACT, nb.ValueKind.PROGRAMME))
    assert keys(both.counted) == ["W", "O"]
    assert "P: its value is inside that of W" in both.explain()


def test_an_option_counts_although_its_programme_does_not() -> None:
    """By hand: 1 670 m dollars, beside 849 m euros at 1.0389 dollars a euro."""
    programme = nb.ContractValue(kind=nb.ValueKind.PROGRAMME, low=nb.Money.millions(3900, "USD"))
    given = [
        priced("C30", 0, "USA", value=programme),
        priced("C31", 1670, "USA", currency="USD", part_of="C30", date=nb.Announced.unknown()),
        priced("K9", 849, "KOR"),
    ]
    shares = supplier_shares(given, rates=nb.datasets.exchange_rates(), currency="USD")
    expected = Fraction(1670) / (1670 + 849 * Fraction("1.0389"))
    assert abs(Fraction(shares["USA"].share.as_fraction) - expected) < Fraction(1, 10**25)


@pytest.mark.parametrize(
    ("whole", "options"),
    [
        ({"date": dated(2015)}, {"since": 2020}),
        ({"buyers": (nb.Country("POL"), nb.Country("DEU"))}, {"buyer": "POL"}),
        ({"areas": (GUNS, TANKS)}, {"area": GUNS}),
        ({"value": nb.ContractValue(kind=nb.ValueKind.CONTRACT)}, {}),
        ({"cancellation": cancelled()}, {}),
        ({"status": ContractStatus.CANCELLED}, {}),
    ],
)
def test_a_part_counts_where_its_whole_is_not_in_the_selection(whole: dict[str, Any], options: Any) -> None:
    given = [priced("W", 100, "KOR", **whole), priced("P", 30, "USA", part_of="W")]
    assert keys(supplier_shares(given, **options).counted) == ["P"]


def test_a_part_of_a_part_is_inside_what_counts_above_it() -> None:
    chain = [priced("A", 100, "KOR"), priced("B", 50, "USA", part_of="A"), priced("C", 5, "FRA", part_of="B")]
    assert keys(supplier_shares(chain).counted) == ["A"]
    chain[0] = attrs.evolve(chain[0], value=PROGRAMME)
    assert keys(supplier_shares(chain).counted) == ["B"]
    chain[0] = priced("A", 100, "KOR")
    chain[1] = attrs.evolve(chain[1], value=PROGRAMME)
    assert keys(supplier_shares(chain).counted) == ["A"]
    assert keys(supplier_shares(chain[1:]).counted) == ["C"]


def test_all_calculators_keep_the_rule() -> None:
    whole, part = priced("W", 100, "USA", value=PROGRAMME), priced("P", 30, "USA", part_of="W", family="F")
    given = [whole, part, priced("O", 10, "POL", family="G")]
    assert str(import_share(given).findings[0]) == "from abroad: 75 %"
    assert keys(without_largest_supplier(given)[0].denominator) == ["P", "O"]
    assert commonality(given).area(GUNS).of_value == nb.Share.percent(75)
    policies = procurement_policies(given, SAFE)
    assert keys(policies[2].numerator) == ["P", "O"]
    aim = nb.datasets.procurement_aims()["edis-within-eu-2030"]
    assert aim_test(given, aim).interval.low == Decimal("0.25")
    assert lock_in(given, 2024, service_life=30, sustainment=nb.Share.percent(50)).stock[
        "USA"
    ].share == nb.Share.percent(75)
    assert what_if(given, remove=["P"])["share by origin, United States"].before is not None
    package = package_of("all", contracts=given, skip=True)
    assert keys(package.purchases) == ["P"]
    assert "W: value is of kind programme" in package.note


def test_each_area_is_a_selection_of_its_own() -> None:
    whole = priced("W", 100, "KOR", areas=(GUNS, TANKS), family="W")
    given = [whole, priced("P", 30, "USA", part_of="W", family="P"), priced("O", 10, "KOR", family="O")]
    assert keys(supplier_shares(given).counted) == ["W", "O"]
    table = without_largest_supplier(given)
    assert [(str(row.area), row.largest) for row in table] == [("artillery", "United States")]
    assert keys(table.without_area) == ["W"]
    assert commonality(given).area(GUNS).us_supplied_of_value == nb.Share.percent(75)


def test_a_part_has_payments_ahead_where_those_of_its_whole_are_not_known() -> None:
    whole = priced("W", 100, "KOR")
    part = priced("P", 30, "USA", part_of="W", delivery_start=2025, delivery_end=2026)
    silent = lock_in([whole, part], 2025, service_life=30)
    assert silent.forward is not None
    assert keys(silent.forward.counted) == ["P"]
    assert keys(silent.stock.counted) == ["W"]
    told = lock_in([attrs.evolve(whole, delivery_start=2024, delivery_end=2027), part], 2025, service_life=30)
    assert told.forward is not None
    assert keys(told.forward.counted) == ["W"]
    assert told.forward.total == nb.Money.millions(50, "EUR")
    assert "P: its value is inside that of W" in [str(item) for item in told.forward_left_out]
    past = lock_in([attrs.evolve(whole, delivery_start=2024, delivery_end=2025), part], 2025, service_life=30)
    assert past.forward is None


def test_parts_that_go_round_in_a_circle_are_refused() -> None:
    round_trip = [priced("A", 1, "KOR", part_of="B"), priced("B", 1, "KOR", part_of="A")]
    with pytest.raises(UnexpectedValueError, match="a part of itself"):
        supplier_shares(round_trip)
    with pytest.raises(DocumentError) as caught:
        nb.model.Contracts(items=tuple(round_trip), collected=dt.date(2026, 1, 1))
    assert [str(fault) for fault in caught.value.faults] == [
        "contracts[A].part_of: it would be a part of itself",
        "contracts[B].part_of: it would be a part of itself",
    ]
    with pytest.raises(UnexpectedValueError, match="not a part of itself"):
        priced("A", 1, "KOR", part_of="A")


@given(st.lists(st.tuples(st.integers(0, 7), st.booleans()), min_size=1, max_size=8))
def test_no_value_counts_twice_and_none_is_lost(wholes: list[tuple[int, bool]]) -> None:
    """An oracle by recursion: a contract counts if it has a value that counts and nothing above it does."""
    kinds = (nb.ValueKind.PROGRAMME, nb.ValueKind.CONTRACT)
    items = {
        f"K{at}": priced(
            f"K{at}",
            at + 1,
            "KOR",
            part_of=f"K{above}" if above < at else None,
            value=nb.ContractValue(kind=kinds[counts], low=nb.Money.millions(at + 1, "EUR")),
        )
        for at, (above, counts) in enumerate(wholes)
    }

    def is_covered(key: str | None) -> bool:
        return key is not None and (items[key].value.kind is nb.ValueKind.CONTRACT or is_covered(items[key].part_of))

    expected = [
        key for key, item in items.items() if item.value.kind is nb.ValueKind.CONTRACT and not is_covered(item.part_of)
    ]
    if not expected:
        return
    assert keys(supplier_shares(items.values()).counted) == expected
    counting = [key for key, item in items.items() if item.value.kind is nb.ValueKind.CONTRACT]
    assert set(counting) - set(containers(counting, items)) == set(expected)


# --- cancellations ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("until", "counted"), [(None, ["O"]), (2021, ["A", "O"]), (2022, ["O"]), (2023, ["O"])])
def test_a_cancelled_contract_counts_until_it_was_cancelled(until: int | None, counted: list[str]) -> None:
    given = [
        priced("A", 30, "USA", date=dated(2020), cancellation=cancelled("2022-06-30")),
        priced("O", 10, "KOR", date=dated(2020)),
    ]
    shares = supplier_shares(given, until=until)
    assert keys(shares.counted) == counted
    assert ("A: cancelled, 2022-06-30" in shares.explain()) is (counted == ["O"])


def test_of_a_contract_cancelled_in_part_the_rest_counts() -> None:
    guns = nb.model.OrderedQuantity(count=30, unit="guns")
    part = priced("A", 30, "USA", date=dated(2020), quantity=guns, cancellation=cancelled(part=nb.Share.percent(40)))
    given = [part, priced("O", 9, "KOR", quantity=nb.model.OrderedQuantity(count=2, unit="guns"), date=dated(2020))]
    after, before = supplier_shares(given), supplier_shares(given, until=2021)
    assert (after["USA"].amount, before["USA"].amount) == (nb.Money.millions(18, "EUR"), nb.Money.millions(30, "EUR"))
    assert Fraction(after["KOR"].share.as_fraction).limit_denominator(100) == Fraction(9, 27)
    assert supplier_shares(given, counting="units")["USA"].amount == 18
    assert part.is_firm is attrs.evolve(part, cancellation=None).is_firm
    assert str(part.cancellation) == "40.00 % cancelled, 2022-06-30"


def test_what_was_cancelled_is_in_no_stock_no_payment_and_no_count_of_buyers() -> None:
    gone = priced(
        "A",
        30,
        "USA",
        date=dated(2020),
        family="X",
        delivery_start=2021,
        delivery_end=2030,
        cancellation=cancelled("2023-01-15"),
    )
    given = [gone, priced("O", 10, "KOR", date=dated(2020), family="Y", delivery_start=2021, delivery_end=2030)]
    before, after = (lock_in(given, year, service_life=30) for year in (2022, 2023))
    assert before.forward is not None
    assert after.forward is not None
    assert (keys(before.stock.counted), keys(before.forward.counted)) == (["A", "O"], ["A", "O"])
    assert (keys(after.stock.counted), keys(after.forward.counted)) == (["O"], ["O"])
    table = commonality(given)
    assert table.area(GUNS).us_families == ()
    assert keys(table.area(GUNS).denominator) == ["O"]
    assert [str(item) for item in table.left_out] == ["A: cancelled, 2023-01-15"]
    anybody = procurement_policies(given, SAFE)[2]
    assert keys(anybody.eligible) == ["O"]
    assert [str(item) for item in anybody.left_out] == ["A: cancelled, 2023-01-15"]


def test_a_cancellation_without_a_date_holds_at_all_times() -> None:
    for changes in ({"cancellation": cancelled("")}, {"status": ContractStatus.CANCELLED}):
        given = [priced("A", 30, "USA", **changes), priced("O", 10, "KOR")]
        assert keys(supplier_shares(given, until=2024).counted) == ["O"]
        assert not given[0].is_firm


def test_a_cancellation_that_cannot_be_meant_is_refused() -> None:
    with pytest.raises(UnexpectedValueError, match="more than 0 %"):
        cancelled(part=nb.Share.percent(0))
    with pytest.raises(UnexpectedValueError, match="only a part of it"):
        priced("A", 1, "KOR", status=ContractStatus.CANCELLED, cancellation=cancelled(part=nb.Share.percent(5)))


# --- records given twice ---------------------------------------------------------------------------------


def test_records_given_twice_are_refused_by_all() -> None:
    twice = [priced("A", 30, "USA"), priced("O", 10, "KOR"), priced("A", 31, "USA")]
    calls: list[Any] = [
        supplier_shares,
        import_share,
        without_largest_supplier,
        commonality,
        what_if,
        lambda items: lock_in(items, 2024, service_life=30),
        lambda items: procurement_policies(items, SAFE),
        lambda items: aim_test(items, nb.datasets.procurement_aims()["edis-within-eu-2030"]),
        lambda items: package_of("a package", contracts=items),
    ]
    for call in calls:
        with pytest.raises(UnexpectedValueError, match="A is not usable as records; each is given more than once"):
            call(twice)


def test_the_first_five_of_what_is_given_twice_are_named() -> None:
    items = [priced(f"C{number}", 1, "USA") for number in range(7)]
    with pytest.raises(UnexpectedValueError) as caught:
        supplier_shares([*items, *items])
    assert str(caught.value) == (
        "C0, C1, C2, C3, C4 is not usable as records; each is given more than once: give it once, or another key"
    )


def test_a_line_of_a_register_given_twice_is_refused() -> None:
    with pytest.raises(UnexpectedValueError, match="given more than once"):
        supplier_shares([transfer(), transfer()])
    assert supplier_shares([transfer(), attrs.evolve(transfer(), line=99)]).counted


# --- what if ---------------------------------------------------------------------------------------------


def test_the_only_contract_may_go_or_come() -> None:
    only = priced("A", 30, "USA")
    gone = what_if([only], remove=["A"])
    assert gone.after is None
    assert str(gone["share by origin, United States"]) == "share by origin, United States: 1 -> none (-1.0000)"
    assert gone["HHI by origin"].change is None
    assert "records before: 1 counted of a list of the caller's own, 2024; none left out" in gone.explain()
    assert gone.to_dict()["from abroad"]["after"] is None
    assert gone.sources == (SOURCE,)
    come = what_if([], add=[only])
    assert come.before is None
    assert come["share by origin, United States"].change == 1
    with pytest.raises(UnexpectedValueError, match="nothing counts"):
        what_if([])
