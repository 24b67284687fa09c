"""Single suppliers, imports, strategic dependency, lock-in, commonality and what would change."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given

import natoburden as nb
from natoburden.calculators.concentration import Interval
from natoburden.calculators.dependency import (
    ImportFormula,
    TradeYear,
    commonality,
    import_dependency,
    import_share,
    interoperability,
    lock_in,
    strategic_dependency,
    supplier_shares,
    sustainment_multiplier,
    what_if,
    without_largest_supplier,
)
from natoburden.errors import InvalidNumberError, UnexpectedValueError, UnknownNameError
from natoburden.model.capabilities import CapabilityArea
from tests.calculators.dependency.test_supplier_shares import ALL_KINDS, CONTRACTS, SAMPLE, priced
from tests.model.test_transfers import transfer

RATES = nb.datasets.exchange_rates()
GUNS, TANKS, SHIPS = CapabilityArea.ARTILLERY, CapabilityArea.ARMOURED_VEHICLES, CapabilityArea.NAVAL_VESSELS


def point(figure: str) -> Interval:
    return Interval(Decimal(figure), Decimal(figure))


# --- without the largest supplier ------------------------------------------------------------------------


def test_an_area_keeps_what_its_largest_supplier_does_not_deliver() -> None:
    table = without_largest_supplier(
        [priced("A", 60, "KOR"), priced("B", 40, "USA"), priced("C", 5, "FRA", areas=(SHIPS,))]
    )
    assert [(row.area, row.largest, row.surviving, row.single_supplier) for row in table] == [
        (SHIPS, "France", point("0"), True),
        (GUNS, "South Korea", point("0.4"), False),
    ]
    assert table.single_supplier_areas == (SHIPS,)
    assert table.perhaps_single_supplier_areas == ()
    assert table.weakest.area is SHIPS
    assert "single supplier: yes" in table.weakest.explain()
    assert len(table.sources) == 1


def test_an_unknown_supplier_may_be_the_largest_or_another() -> None:
    table = without_largest_supplier([priced("A", 60, "KOR"), priced("B", 40), priced("C", 9, areas=(SHIPS,))])
    rows = {row.area: row for row in table}
    assert rows[GUNS].surviving == Interval(Decimal("0.0"), Decimal("0.4"))
    assert rows[GUNS].single_supplier is None
    assert rows[GUNS].coverage == nb.Share.percent(60)
    assert (rows[SHIPS].largest, rows[SHIPS].single_supplier) == (None, None)
    assert rows[SHIPS].surviving == Interval(Decimal(0), Decimal(1))
    assert table.find("areas that may have a single supplier").text == "artillery, naval vessels"
    assert table.find("areas with a single supplier").value is None
    assert len(table.to_dict()["rows"]) == 2
    assert "an unknown supplier" in rows[SHIPS].headline


def test_records_of_no_single_area_are_named() -> None:
    table = without_largest_supplier([priced("A", 60, "KOR"), priced("B", 40, "USA", areas=(GUNS, TANKS))])
    assert [record.key for record in table.without_area] == ["B"]
    with pytest.raises(UnknownNameError):
        without_largest_supplier([], by="moon")  # type: ignore[arg-type] # refused on purpose


@given(CONTRACTS)
def test_what_survives_and_the_largest_share_are_the_whole(items: list[nb.Contract]) -> None:
    for row in without_largest_supplier(items):
        largest = row.shares.rows[0].share.as_fraction if row.shares.rows else Decimal(0)
        assert abs(row.surviving.high + largest - 1) < Decimal("1e-25")
        assert 0 <= row.surviving.low <= row.surviving.high


# --- imports ---------------------------------------------------------------------------------------------


def test_what_no_buyer_makes_comes_from_abroad() -> None:
    both = (nb.Country("DEU"), nb.Country("FRA"))
    items = [
        priced("H", 10, "POL"),
        priced("A", 20, "KOR"),
        priced("J", 30, "DEU", "FRA", buyers=both),
        priced("F", 40, "DEU", "FRA"),
        priced("U", 50, "POL", "KOR"),
        priced("N", 50),
    ]
    share = import_share(items)
    euro = [nb.Money.millions(figure, "EUR") for figure in (40, 60, 100, 200)]
    assert [share.domestic, share.foreign, share.unknown, share.total] == euro
    assert share.interval == Interval(Decimal("0.3"), Decimal("0.8"))
    assert [record.key for record in share.numerator] == ["A", "F"]
    assert "from abroad: 30 to 80 %" in share.explain()
    assert share.coverage == nb.Share.percent(50)
    assert share.coverage_of_records == nb.Share.percent(100)
    no_origin = import_share(items[:1], basis=nb.OriginBasis.CONTENT)
    assert no_origin.interval == Interval(Decimal(0), Decimal(1))


def test_transfers_are_imports_and_nothing_to_divide_by() -> None:
    with pytest.raises(UnexpectedValueError, match="holds imports only"):
        import_share([transfer()])  # type: ignore[list-item] # refused on purpose
    with pytest.raises(UnexpectedValueError, match="nothing counts"):
        import_share([])


def test_local_production_on_record_is_what_the_source_says(reference: dict[str, list[dict[str, Any]]]) -> None:
    (case,) = reference["local_content"]
    share = import_share([SAMPLE["C46"]], basis=nb.OriginBasis.PLANT)
    assert 100 - share.interval.low * 100 == Decimal(case["expected"])
    assert round(nb.Share.of(case["part"], case["whole"]).as_percent, 1) == Decimal(case["expected"])
    (case,) = reference["origin_split"]
    typhoon = supplier_shares([SAMPLE["C38"]], kinds=ALL_KINDS, basis=nb.OriginBasis.CONTENT)
    assert typhoon.share_of("United Kingdom") == nb.Share.percent(case["expected"])


def test_import_dependency_names_its_formula() -> None:
    sixty, forty, ten = (nb.Tiv(figure) for figure in (60, 40, 10))
    on_procurement = import_dependency(sixty, forty, formula=ImportFormula.PROCUREMENT)
    on_supply = import_dependency(sixty, forty, ten, formula=ImportFormula.SUPPLY)
    assert on_procurement.ratio == Decimal("0.6")
    assert (on_supply.whole, str(round(on_supply.ratio, 4))) == (nb.Tiv(90), "0.6667")
    assert "exports" in on_supply.explain()
    beyond = import_dependency(nb.Money(6, "EUR"), nb.Money(4, "EUR"), nb.Money(5, "EUR"), formula=ImportFormula.SUPPLY)
    assert beyond.ratio == Decimal("1.2")


def test_import_dependency_refuses_what_its_formula_does_not_fit() -> None:
    one = nb.Tiv(1)
    with pytest.raises(UnexpectedValueError):
        import_dependency(one, one, one, formula=ImportFormula.PROCUREMENT)
    with pytest.raises(UnexpectedValueError):
        import_dependency(one, one, formula=ImportFormula.SUPPLY)
    for imports, domestic, exports in ((one, one, nb.Tiv(2)), (nb.Tiv(-1), nb.Tiv(5), one)):
        with pytest.raises(InvalidNumberError):
            import_dependency(imports, domestic, exports, formula=ImportFormula.SUPPLY)
    with pytest.raises(TypeError):
        import_dependency(one, nb.Money(1, "EUR"), formula=ImportFormula.PROCUREMENT)  # type: ignore[type-var]


# --- strategic dependency --------------------------------------------------------------------------------


def trade(year: int, imported: str = "0.41", exported: str = "0.41", flows: tuple[int, int] = (2, 1)) -> TradeYear:
    money = [nb.Money.millions(flow, "EUR") for flow in flows]
    return TradeYear(year=year, import_hhi=imported, world_export_hhi=exported, imports=money[0], exports=money[1])


@pytest.mark.parametrize(
    ("years", "dependent"),
    [
        ([trade(2019), trade(2020), trade(2021)], True),
        ([trade(2021), trade(2019), trade(2020, imported="0.4")], True),
        ([trade(2019, imported="0.4"), trade(2020), trade(2021, exported="0.4")], False),
        ([trade(2019, flows=(1, 1)), trade(2020, flows=(1, 1)), trade(2021)], False),
        ([trade(2019, flows=(1, 0)), trade(2020, flows=(0, 0)), trade(2021, flows=(1, 1))], True),
    ],
)
def test_the_published_test_is_strict_and_needs_two_of_three_years(years: list[TradeYear], dependent: bool) -> None:
    result = strategic_dependency("magnets", years)
    assert result.is_dependent is dependent
    assert [item.trade.year for item in result.years] == [2019, 2020, 2021]
    assert f"dependent: {'yes' if dependent else 'no'}" in result.explain()


def test_without_exports_the_ratio_is_the_published_stand_in() -> None:
    assert trade(2019, flows=(1, 0)).ratio == 9999


def test_other_than_three_years_in_a_row_and_impossible_figures_are_refused() -> None:
    for years in ([trade(2019)], [trade(2019), trade(2020), trade(2022)]):
        with pytest.raises(UnexpectedValueError, match="three years in a row"):
            strategic_dependency("magnets", years)
    with pytest.raises(UnexpectedValueError, match="from 0 to 1"):
        trade(2019, imported="41")
    with pytest.raises(UnexpectedValueError, match="zero or more"):
        trade(2019, flows=(-1, 1))


# --- lock-in ---------------------------------------------------------------------------------------------


def dated(key: str, amount: int, country: str, year: int, **changes: Any) -> nb.Contract:
    return priced(key, amount, country, date=nb.Announced.parse(str(year), nb.Precision.YEAR), **changes)


def test_reference_sustainment_multiplier(reference: dict[str, list[dict[str, Any]]]) -> None:
    (case,) = reference["sustainment_multiplier"]
    multiplier = sustainment_multiplier(nb.Share.percent(case["sustainment"]))
    assert round(multiplier, 4) == Decimal(case["expected"])
    assert multiplier == sustainment_multiplier()
    with pytest.raises(UnexpectedValueError):
        sustainment_multiplier(nb.Share.percent(100))


def test_a_purchase_is_in_the_stock_for_its_service_life() -> None:
    items = [dated("A", 10, "KOR", 2000), dated("B", 30, "USA", 2010), dated("C", 50, "FRA", 2030)]
    at = {year: lock_in(items, year, service_life=15).stock for year in (2010, 2014, 2015, 2024)}
    assert [sorted(row.label for row in stock) for stock in at.values()] == [
        ["South Korea", "United States"],
        ["South Korea", "United States"],
        ["United States"],
        ["United States"],
    ]
    assert lock_in(items, 2014, service_life=15).coverage == nb.Share.percent(100)
    assert round(at[2014].total.in_millions, 2) == Decimal("133.33")  # type: ignore[union-attr] # of one currency


def test_sustainment_by_area_moves_the_stock_but_not_the_purchases() -> None:
    items = [dated("A", 10, "KOR", 2020), dated("B", 10, "USA", 2020, areas=(TANKS,))]
    result = lock_in(
        items,
        2021,
        service_life={GUNS: 20, TANKS: 30},
        sustainment={GUNS: nb.Share.percent(50), TANKS: nb.Share.percent(75)},
    )
    assert {row.label: row.share for row in result.acquisition} == {
        "South Korea": nb.Share.percent(50),
        "United States": nb.Share.percent(50),
    }
    assert round(result.stock["USA"].share.as_percent, 2) == Decimal("66.67")
    assert result.multipliers == {"artillery": 2, "armoured vehicles": 4}
    one_life = lock_in(
        items, 2021, service_life=20, sustainment={GUNS: nb.Share.percent(50), TANKS: nb.Share.percent(0)}
    )
    assert one_life.multipliers == {"artillery": 2, "armoured vehicles": 1}
    assert "artillery × 2" in one_life.explain()


def test_payments_ahead_are_spread_over_the_years_of_delivery() -> None:
    items = [
        dated("A", 40, "KOR", 2020, delivery_start=2022, delivery_end=2025),
        dated("B", 30, "USA", 2020, delivery_start=2021, delivery_end=2023),
        dated("C", 30, "FRA", 2020, delivery_start=2021),
        dated("D", 30, "GBR", 2020, delivery_start=2021, delivery_end=2022),
        dated("E", 99, "GBR", 2024, delivery_start=2025, delivery_end=2026),
    ]
    result = lock_in(items, 2022, service_life=10)
    assert result.forward is not None
    assert result.forward["KOR"].amount == nb.Money.millions(30, "EUR")
    assert result.forward["USA"].amount == nb.Money.millions(10, "EUR")
    assert len(result.forward) == 2
    assert [item.record.key for item in result.forward_left_out] == ["C"]
    assert "forward, South Korea: 75.00 %" in result.explain()
    assert result.to_dict()["forward"]["counted"] == ["A", "B"]


def test_transfers_have_a_stock_and_no_payments_ahead() -> None:
    result = lock_in([transfer(), transfer(14, delivery_years=(1990,))], 2021, service_life=20)
    assert (len(result.stock.counted), result.forward) == (1, None)
    assert "forward" not in [item.label for item in result.findings]


def test_lock_in_refuses_windows_lives_and_areas_that_do_not_fit() -> None:
    items = [dated("A", 10, "KOR", 2020), dated("B", 10, "USA", 2020, currency="USD", areas=(TANKS,))]
    with pytest.raises(UnexpectedValueError, match="are the window"):
        lock_in(items, 2021, service_life=20, since=2000)
    with pytest.raises(UnexpectedValueError, match="whole number of years"):
        lock_in(items, 2021, service_life=0)
    with pytest.raises(UnexpectedValueError, match="the one contains the other"):
        lock_in(items, 2021, service_life={GUNS: 20, CapabilityArea.LONG_RANGE_FIRES: 20})
    with pytest.raises(UnexpectedValueError, match="names no part for it"):
        lock_in(items[:1], 2021, service_life=20, sustainment={TANKS: nb.Share.percent(50)})
    with pytest.raises(UnexpectedValueError, match="name the currency"):
        lock_in(items, 2021, service_life={GUNS: 20, TANKS: 20})


# --- commonality -----------------------------------------------------------------------------------------


def fielded(key: str, family: str, buyer: str, *countries: str, amount: int = 10) -> nb.Contract:
    return priced(key, amount, *countries, family=family, buyers=(nb.Country(buyer),))


def test_commonality_counts_buyers_and_value_on_one_family() -> None:
    items = [
        fielded("A", "X", "POL", "KOR", amount=60),
        fielded("B", "X", "ROU", "USA"),
        fielded("C", "Y", "POL", "FRA"),
        fielded("D", "Z", "ESP", "FRA", amount=20),
    ]
    table = commonality(items)
    row = table.area(GUNS)
    assert (row.most_common, row.of_buyers, row.of_value) == ("X", nb.Share.of(2, 3), nb.Share.percent(70))
    assert (row.us_families, row.us_supplied_of_buyers) == (("X",), nb.Share.of(2, 3))
    assert row.us_supplied_of_value == nb.Share.percent(70)
    assert row.families["Y"] == (nb.Country("POL"),)
    assert "most common family: X" in row.explain()
    assert len(table.sources) == 1
    buyers_only = commonality(items, kinds=()).area(GUNS)
    assert (buyers_only.of_value, buyers_only.us_supplied_of_value) == (None, None)
    assert "no value counts" in buyers_only.explain()
    with pytest.raises(UnknownNameError):
        table.area(SHIPS)


def test_a_transfers_family_is_its_designation_unless_mapped() -> None:
    records = [
        transfer(designation="X-1A"),
        transfer(14, designation="X-1B", recipient=nb.model.TradeParty.named("Romania")),
    ]
    apart = commonality(records).area(TANKS)
    joined = commonality(records, families={"X-1A": "X-1", "X-1B": "X-1"}).area(TANKS)
    assert (apart.of_buyers, joined.of_buyers) == (nb.Share.percent(50), nb.Share.percent(100))
    nobody = commonality([transfer(recipient=nb.model.TradeParty.named("NATO**"))]).area(TANKS)
    assert (nobody.buyers, nobody.of_buyers) == ((), nb.Share.percent(0))


def test_records_of_no_one_family_are_left_out() -> None:
    table = commonality([SAMPLE["C01"], SAMPLE["C42"], SAMPLE["C07"]], kinds=())
    assert [item.record.key for item in table.left_out] == ["C01", "C42"]
    guns = commonality([SAMPLE["C03"], SAMPLE["C42"]], kinds=()).area(GUNS)
    assert [item.record.key for item in guns.left_out] == ["C42"]
    assert guns.coverage_of_records == nb.Share.percent(50)


def test_no_register_covers_artificial_intelligence_and_cyber_and_the_result_says_so() -> None:
    result = interoperability(commonality(SAMPLE, kinds=()))
    assert [(str(row.area), row.is_covered, bool(row.rows)) for row in result.rows] == [
        ("missile systems", True, True),
        ("ammunition", True, False),
        ("artificial intelligence", False, False),
        ("cyber", False, False),
    ]
    text = result.explain()
    assert "cyber: no register of arms covers it" in text
    assert "ammunition: no record of it" in text
    assert result.to_dict()["cyber"] == {
        "is_covered": False,
        "reason": "no register of arms covers it: they list equipment",
        "rows": [],
    }


# --- what if ---------------------------------------------------------------------------------------------


def test_every_ratio_is_there_before_and_after() -> None:
    items = [priced("A", 60, "KOR"), priced("B", 40, "USA")]
    result = what_if(
        items,
        add=[priced("C", 50, "POL")],
        replace={"A": priced("A", 60, "FRA", "GBR")},
        remove=["B"],
    )
    assert str(result["share by origin, Poland"]) == "share by origin, Poland: none -> 0.4545 (+0.4545)"
    assert str(result["share by origin, United States"]) == "share by origin, United States: 0.4 -> none (-0.4000)"
    assert result["HHI by origin"].before == point("0.52")
    assert result["HHI by origin"].change is None
    assert str(result["from abroad"].after) == "0.5455"
    assert result["unknown by origin"].before == point("0")
    assert "areas with a single supplier: 0 -> 0 to 1" in result.explain()
    assert result.to_dict()["coverage of origin"]["before"] == {"low": "1", "high": "1"}
    assert len(result.sources) == 1
    with pytest.raises(UnknownNameError):
        _ = result["moon phase"]


def test_changing_nothing_changes_nothing() -> None:
    options: dict[str, Any] = {"buyer": "POL", "rates": RATES, "currency": "EUR"}
    for ratio in what_if(SAMPLE, **options).ratios:
        assert ratio.before == ratio.after


def test_keys_that_are_not_on_record_or_taken_are_refused() -> None:
    items = [priced("A", 60, "KOR")]
    for changes in ({"remove": ["B"]}, {"replace": {"B": items[0]}}):
        with pytest.raises(UnknownNameError):
            what_if(items, **changes)
    with pytest.raises(UnexpectedValueError, match="it is on record"):
        what_if(items, add=items)


def test_where_no_supplier_is_known_there_is_no_index() -> None:
    result = what_if([priced("A", 60)])
    assert "HHI by origin" not in {ratio.name for ratio in result.ratios}
    assert result["unknown by origin"].after == point("1")


def test_a_result_becomes_data_with_its_records_by_reference() -> None:
    row = commonality([fielded("A", "X", "POL", "KOR")]).area(GUNS)
    data = row.to_dict()
    assert data["numerator"] == ["A"]
    assert data["families"] == {"X": ["POL"]}
    outcome = nb.eligibility.procurement_policies([attrs.evolve(SAMPLE["C14"])], nb.datasets.content_rule("SAFE"))[0]
    assert outcome.to_dict()["eligible"] == ["C14"]
