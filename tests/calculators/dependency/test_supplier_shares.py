"""Supplier shares: unknown stays in the whole, nothing is chosen silently, every share names its records."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.calculators.dependency import SupplierShares, supplier_shares
from natoburden.errors import MixedCurrenciesError, UnexpectedValueError, UnknownNameError
from tests.model.test_procurement import RATES, contract
from tests.model.test_transfers import transfer

SAMPLE = nb.datasets.announced_contracts()
DAY = nb.Announced.parse("2024-05-01", nb.Precision.DAY)
ALL_KINDS = tuple(nb.ValueKind)


def priced(key: str, amount: int, *countries: str, currency: str = "EUR", **changes: Any) -> nb.Contract:
    value = nb.ContractValue(kind=nb.ValueKind.CONTRACT, low=nb.Money.millions(amount, currency))
    supplier = nb.Supplier(name=f"Maker {key}", countries=tuple(map(nb.Country, countries)))
    return contract(key, **{"value": value, "suppliers": (supplier,), "date": DAY, **changes})


def percents(shares: SupplierShares) -> dict[str, Decimal]:
    return {row.label: row.share.as_percent for row in shares}


def test_shares_are_sums_over_the_whole_largest_first() -> None:
    shares = supplier_shares([priced("A", 10, "KOR"), priced("B", 60, "USA"), priced("C", 30, "KOR")])
    assert percents(shares) == {"United States": 60, "South Korea": 40}
    assert list(percents(shares)) == ["United States", "South Korea"]
    assert shares["USA"].amount == nb.Money.millions(60, "EUR")
    assert [record.key for record in shares["KOR"].numerator if isinstance(record, nb.Contract)] == ["A", "C"]
    assert shares["KOR"].denominator == shares.counted
    assert shares.coverage == nb.Share.percent(100)


def test_several_suppliers_without_a_split_count_as_unknown() -> None:
    joint = priced("J", 50, suppliers=tuple(nb.Supplier(name=c, countries=(nb.Country(c),)) for c in ("FRA", "GBR")))
    shares = supplier_shares([priced("A", 50, "USA"), joint])
    assert percents(shares) == {"United States": 50}
    assert shares.unknown == nb.Share.percent(50)
    assert shares.with_unknown == (joint,)
    assert percents(supplier_shares([joint, priced("A", 50, "USA")], by="company")) == {"Maker A": 50}
    with pytest.raises(UnexpectedValueError, match="unknown"):
        _ = shares.concentration.hhi.value


def test_a_split_that_does_not_matter_is_no_gap() -> None:
    koreans = priced("K", 50, suppliers=tuple(nb.Supplier(name=n, countries=(nb.Country("KOR"),)) for n in "XY"))
    assert percents(supplier_shares([koreans])) == {"South Korea": 100}
    assert supplier_shares([koreans], by="company").unknown == nb.Share.percent(100)
    europeans = priced("E", 50, "FRA", "ITA")
    assert supplier_shares([europeans]).unknown == nb.Share.percent(100)
    assert percents(supplier_shares([europeans], by="bloc")) == {"EU and EEA-EFTA": 100}
    assert supplier_shares([priced("M", 1, "FRA", "USA")], by="bloc").unknown == nb.Share.percent(100)


def test_suppliers_with_stated_shares_are_split() -> None:
    sellers = tuple(
        nb.Supplier(name=name, countries=(nb.Country(name),), share=nb.Share.percent(share))
        for name, share in (("FRA", 60), ("USA", 30))
    )
    shares = supplier_shares([priced("A", 10, suppliers=sellers)], by="company")
    assert percents(shares) == {"FRA": 60, "USA": 30}
    assert shares.unknown == nb.Share.percent(10)


def test_blocs_are_those_of_the_year_and_the_united_kingdom_stands_apart() -> None:
    items = [priced(code, 10, code) for code in ("GBR", "NOR", "DEU", "USA", "TUR")]
    assert percents(supplier_shares(items, by="bloc")) == {
        "EU and EEA-EFTA": 40,
        "United Kingdom": 20,
        "United States": 20,
        "other": 20,
    }


def test_the_basis_of_origin_is_named_and_may_be_a_preference() -> None:
    typhoon = [SAMPLE["C38"]]
    by_content = supplier_shares(typhoon, kinds=ALL_KINDS, basis=nb.OriginBasis.CONTENT)
    assert percents(by_content) == {"United Kingdom": 37}
    assert by_content.unknown == nb.Share.percent(63)
    preferred = (nb.OriginBasis.CONTENT, nb.OriginBasis.PRIME_NATIONALITY)
    mixed = supplier_shares([SAMPLE["C38"], SAMPLE["C35"]], kinds=ALL_KINDS, basis=preferred)
    assert mixed.share_of("United Kingdom") > nb.Share.percent(37)
    nothing = supplier_shares([SAMPLE["C35"]], kinds=ALL_KINDS, basis=nb.OriginBasis.CONTENT)
    assert (len(nothing), nothing.unknown) == (0, nb.Share.percent(100))
    assert supplier_shares([SAMPLE["C35"]], kinds=ALL_KINDS, by="bloc", basis=nb.OriginBasis.PLANT).rows == ()


@pytest.mark.parametrize(
    ("changes", "options", "reason"),
    [
        ({"value": nb.ContractValue(kind=nb.ValueKind.CONTRACT)}, {}, "value undisclosed"),
        (
            {"value": nb.ContractValue(kind=nb.ValueKind.CEILING, low=nb.Money(1, "EUR"))},
            {},
            "value is of kind ceiling, which is not among those asked for",
        ),
        (
            {"value": nb.ContractValue(kind=nb.ValueKind.CONTRACT, low=nb.Money(1, "EUR"), high=nb.Money(2, "EUR"))},
            {},
            "value is a range: choose low, mid or high",
        ),
        ({"date": nb.Announced.unknown()}, {"since": 2020}, "undated, so in no window"),
        (
            {"buyers": (nb.Country("POL"), nb.Country("DEU"))},
            {"buyer": "POL"},
            "several buyers without a split",
        ),
        (
            {"areas": (nb.model.CapabilityArea.ARTILLERY, nb.model.CapabilityArea.CYBER)},
            {"area": nb.model.CapabilityArea.ARTILLERY},
            "several capability areas without a split",
        ),
        ({"part_of": "A"}, {}, "its value is inside that of A"),
        ({}, {"counting": "units"}, "no single count"),
        (
            {"quantity": nb.model.OrderedQuantity(count=9, unit="guns", bound=nb.model.Bound.UP_TO, wording="up to 9")},
            {"counting": "units"},
            "count is not exact: up to 9",
        ),
    ],
)
def test_what_cannot_be_counted_is_left_out_with_its_reason(
    changes: dict[str, Any], options: dict[str, Any], reason: str
) -> None:
    counts = priced("A", 10, "KOR", quantity=nb.model.OrderedQuantity(count=5, unit="guns"))
    shares = supplier_shares([counts, priced("B", 10, "USA", **changes)], **options)
    assert percents(shares) == {"South Korea": 100}
    assert [str(item) for item in shares.left_out] == [f"B: {reason}"]
    assert shares.rows[0].coverage_of_records == nb.Share.percent(50)
    assert f"left out B: {reason}" in shares.explain()


def test_a_range_counts_at_the_end_that_is_chosen() -> None:
    found = [
        supplier_shares([SAMPLE["C21"]], kinds=ALL_KINDS, range_end=end).total
        for end in (nb.model.RangeEnd.LOW, nb.model.RangeEnd.MID, nb.model.RangeEnd.HIGH)
    ]
    assert [str(amount) for amount in found] == [
        f"EUR {figure} bn (current prices)" for figure in ("1.00", "1.75", "2.50")
    ]


def test_buyers_may_be_a_group_and_its_members_are_those_of_the_year() -> None:
    early = priced("E", 10, "USA", buyers=(nb.Country("FIN"),), date=nb.Announced.parse("2021", nb.Precision.YEAR))
    late = attrs.evolve(early, key="L", date=DAY)
    undated = attrs.evolve(early, key="U", date=nb.Announced.unknown())
    keys = [record.key for record in supplier_shares([early, late, undated], buyer="NATO Europe").counted]
    assert keys == ["L", "U"]
    joint = priced("J", 10, "USA", buyers=(nb.Country("FIN"), nb.Country("SWE")))
    assert len(supplier_shares([joint], buyer="NATO Europe").counted) == 1


def test_a_window_that_is_open_on_one_side_says_so() -> None:
    contracts = [priced("A", 5, "USA"), priced("B", 5, "KOR")]
    told = [supplier_shares(contracts, since=2024).scope, supplier_shares(contracts, until=2024).scope]
    assert told == ["all buyers, 2024-...", "all buyers, ...-2024"]


def test_windows_and_areas_narrow_the_scope() -> None:
    tank = priced("T", 10, "USA", areas=(nb.model.CapabilityArea.ARMOURED_VEHICLES,))
    launcher = priced("R", 10, "KOR", areas=(nb.model.CapabilityArea.LONG_RANGE_FIRES,))
    shares = supplier_shares([tank, launcher], area=nb.model.CapabilityArea.ARTILLERY, since=2024, until=2024)
    assert shares.counted == (launcher,)
    assert shares.scope == "all buyers, artillery, 2024-2024"
    with pytest.raises(UnexpectedValueError, match="nothing counts: no record is in it"):
        supplier_shares([tank], since=2025)
    with pytest.raises(UnexpectedValueError, match="the first year comes first"):
        supplier_shares([tank], since=2025, until=2024)


def test_several_currencies_need_rates() -> None:
    items = [priced("A", 100, "KOR"), priced("B", 125, "USA", currency="USD")]
    with pytest.raises(MixedCurrenciesError):
        supplier_shares(items)
    with pytest.raises(MixedCurrenciesError):
        supplier_shares(items, currency="USD")
    in_euros = supplier_shares(items, rates=RATES)
    in_dollars = supplier_shares(items, rates=RATES, currency=nb.Currency("USD"))
    assert in_euros.total == nb.Money.millions(200, "EUR")
    assert in_dollars.total == nb.Money.millions(250, "USD")
    assert percents(in_euros) == percents(in_dollars) == {"South Korea": 50, "United States": 50}
    assert supplier_shares(items[:1], rates=RATES).total == nb.Money.millions(100, "EUR")


def test_units_of_different_kinds_do_not_add() -> None:
    guns = priced("A", 1, "KOR", quantity=nb.model.OrderedQuantity(count=5, unit="guns"))
    ships = attrs.evolve(guns, key="B", areas=(nb.model.CapabilityArea.NAVAL_VESSELS,))
    assert supplier_shares([guns], counting="units").total == 5
    with pytest.raises(UnexpectedValueError, match="artillery, naval vessels"):
        supplier_shares([guns, ships], counting="units")
    with pytest.raises(UnexpectedValueError, match="unknown area"):
        supplier_shares([transfer(), transfer(14, area=None)], counting="units")


def test_contracts_and_transfers_do_not_mix_and_neither_counts_as_the_other() -> None:
    with pytest.raises(UnexpectedValueError, match="count the two apart"):
        supplier_shares([contract(), transfer()])
    with pytest.raises(UnexpectedValueError, match="TIV and units"):
        supplier_shares([transfer()], counting="value")
    with pytest.raises(UnexpectedValueError, match="no value to contracts"):
        supplier_shares([contract()], counting="tiv")
    for options in ({"by": "moon"}, {"counting": "weight"}):
        with pytest.raises(UnknownNameError):
            supplier_shares([contract()], **options)  # type: ignore[arg-type]


# --- transfers -------------------------------------------------------------------------------------------


def test_transfers_count_at_their_volume_and_unknown_suppliers_stay_unknown() -> None:
    unknown = transfer(14, supplier=nb.model.TradeParty.named("unknown supplier(s)"), tiv_delivered=nb.Tiv(30))
    soviet = transfer(15, supplier=nb.model.TradeParty.named("Soviet Union"))
    shares = supplier_shares([transfer(), unknown, soviet], buyer="Poland")
    assert percents(shares) == {"Soviet Union": 20, "United States": 20}
    assert (shares.total, shares.unknown) == (nb.Tiv(50), nb.Share.percent(60))
    assert shares.row("soviet union").country is None
    assert "line 14 (14)" in shares.to_dict()["counted"]
    by_bloc = supplier_shares([transfer(), unknown, soviet, transfer(16, delivery_years=(2020,))], by="bloc")
    assert list(percents(by_bloc)) == ["United States", "other"]
    assert [row.amount for row in by_bloc] == [nb.Tiv(20), nb.Tiv(10)]
    assert (by_bloc.total, by_bloc.unknown) == (nb.Tiv(60), nb.Share.percent(50))
    assert supplier_shares([transfer()], by="company").unknown == nb.Share.percent(100)
    assert percents(supplier_shares([transfer()], by="area")) == {"armoured vehicles": 100}
    assert supplier_shares([transfer(area=None)], by="area").unknown == nb.Share.percent(100)


def test_deliveries_beyond_the_window_are_spread_only_if_told_so() -> None:
    long = transfer(14, delivery_years=(2019, 2020, 2021), tiv_delivered=nb.Tiv(30), delivered=6)
    kept = supplier_shares([transfer(), long], since=2020, until=2020)
    assert kept.total == nb.Tiv(10)
    assert "spread_evenly=True would" in kept.left_out[0].reason
    assert supplier_shares([transfer(), long], since=2020, until=2020, spread_evenly=True).total == nb.Tiv(20)
    assert supplier_shares([long], since=2020, spread_evenly=True, counting="units").total == 4


def test_what_was_not_delivered_or_bears_no_volume_is_left_out() -> None:
    records = [transfer(), transfer(14, delivery_years=()), transfer(15, tiv_delivered=None)]
    shares = supplier_shares(records)
    assert [item.reason for item in shares.left_out] == ["nothing delivered", "no TIV of what was delivered"]
    in_area = supplier_shares([transfer(), transfer(16, area=None)], area=nb.model.CapabilityArea.ARMOURED_VEHICLES)
    assert [item.reason for item in in_area.left_out] == ["capability area unknown"]


def test_an_unknown_recipient_is_in_no_group() -> None:
    nobody = transfer(14, recipient=nb.model.TradeParty.named("unknown recipient(s)"))
    assert supplier_shares([transfer(), nobody], buyer="NATO Europe").counted == (transfer(),)


# --- results ---------------------------------------------------------------------------------------------


def test_shares_explain_themselves_and_become_data() -> None:
    shares = supplier_shares(SAMPLE, buyer="POL", rates=nb.datasets.exchange_rates(), currency="USD")
    text = shares.explain()
    assert "coverage 88.06 %" in text
    assert "source   Report on Poland" in text
    data = shares.to_dict()
    assert data["rows"][1]["numerator"] == ["C01", "C02", "C03", "C04", "C05", "N15"]
    assert data["total"]["currency"] == "USD"
    row = shares["United States"]
    assert row.coverage == shares.coverage
    assert "part     8 of the 21 records that count" in row.explain()
    assert row.to_row()["share_percent"] == pytest.approx(38.02, abs=0.01)
    assert shares.to_frame("polars").height == 6  # five suppliers, and what is unknown
    assert (shares.status, row.status) == (nb.Status.ACTUAL, nb.Status.ACTUAL)
    assert supplier_shares([SAMPLE["C12"]], kinds=ALL_KINDS).status is nb.Status.ESTIMATE
    with pytest.raises(UnknownNameError):
        shares.row("Atlantis")
    units = supplier_shares([SAMPLE["C23"]], counting="units")
    assert "6 units" in units.explain()


# --- laws ------------------------------------------------------------------------------------------------

CONTRACTS = st.lists(
    st.builds(
        lambda amount, countries: (amount, countries),
        st.integers(1, 10**6),
        st.lists(st.sampled_from(["USA", "DEU", "FRA", "KOR", "GBR"]), max_size=2, unique=True),
    ),
    min_size=1,
    max_size=8,
).map(lambda drawn: [priced(f"K{n}", amount, *countries) for n, (amount, countries) in enumerate(drawn)])


@given(CONTRACTS, st.sampled_from(["origin", "bloc", "company", "area"]))
def test_shares_and_the_unknown_part_add_up_to_the_whole(items: list[nb.Contract], by: Any) -> None:
    shares = supplier_shares(items, by=by)
    total = sum(row.share.as_fraction for row in shares) + shares.unknown.as_fraction
    assert abs(total - 1) < Decimal("1e-25")


@given(CONTRACTS, st.randoms())
def test_order_and_currency_unit_change_nothing(items: list[nb.Contract], random: Any) -> None:
    before = supplier_shares(items)
    shuffled = list(items)
    random.shuffle(shuffled)
    after = supplier_shares(shuffled, rates=RATES, currency="USD")
    for row in before:
        assert abs(after.share_of(row.label).as_fraction - row.share.as_fraction) < Decimal("1e-25")
    assert abs(after.unknown.as_fraction - before.unknown.as_fraction) < Decimal("1e-25")


def test_a_bloc_without_a_year_is_todays() -> None:
    assert nb.dependency.bloc_of(nb.Country("POL")) is nb.dependency.SupplierBloc.EUROPEAN
    assert nb.dependency.bloc_of(nb.Country("POL"), 2003) is nb.dependency.SupplierBloc.OTHER
