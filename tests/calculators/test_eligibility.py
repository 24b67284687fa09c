"""European preference: the boundary passes, the unknown decides only where it can, delays come with their counts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given

import natoburden as nb
from natoburden.calculators.concentration import Interval
from natoburden.calculators.eligibility import (
    ProcurementPolicy,
    Verdict,
    aim_test,
    buyers_test,
    content_test,
    content_test_of_share,
    procurement_policies,
)
from natoburden.errors import UnexpectedValueError, UnknownNameError
from tests.calculators.dependency.test_supplier_shares import ALL_KINDS, CONTRACTS, SAMPLE, priced
from tests.model.test_transfers import transfer

SAFE, EDIP, EDIRPA = map(nb.datasets.content_rule, ("SAFE", "EDIP", "EDIRPA"))
AIMS = nb.datasets.procurement_aims()
CONTENT = nb.OriginBasis.CONTENT


def content(*unsplit: str, **percents: str) -> nb.Origin:
    return nb.Origin.of(CONTENT, {name: nb.Share.percent(part) for name, part in percents.items()}, unsplit=unsplit)


# --- rules -----------------------------------------------------------------------------------------------


def test_the_rules_say_who_is_inside_and_when() -> None:
    assert SAFE.includes("Norway", 2026)
    assert SAFE.includes("Ukraine", 2026)
    assert not SAFE.includes("United Kingdom", 2026)
    assert not EDIRPA.includes("Ukraine", 2024)
    assert [rule.buyers and rule.buyers.least for rule in (SAFE, EDIP, EDIRPA)] == [2, 3, 3]
    assert all(rule.source.url and rule.not_tested for rule in nb.datasets.content_rules().values())
    with pytest.raises(UnknownNameError, match="SAFE"):
        nb.datasets.content_rule("SAFER")


def test_edip_counts_ukraine_as_outside_by_its_general_rule() -> None:
    assert not EDIP.includes("Ukraine", 2026)
    assert EDIP.includes("Norway", 2026)
    half = content(FRA="60", UKR="40")
    assert (content_test(SAFE, half, when=2026).verdict, content_test(EDIP, half, when=2026).verdict) == (
        Verdict.ELIGIBLE,
        Verdict.NOT_ELIGIBLE,
    )
    assert "Ukraine support instrument" in EDIP.not_tested


def test_canada_is_inside_safe_from_the_day_of_its_agreement() -> None:
    days = (dt.date(2025, 11, 30), dt.date(2025, 12, 1))
    assert [SAFE.includes("Canada", day) for day in days] == [False, True]
    assert [SAFE.includes("Canada", year) for year in (2024, 2025)] == [False, True]
    assert not EDIP.includes("Canada", 2026)


def test_what_was_not_read_at_its_source_is_marked_as_secondary() -> None:
    rules = nb.datasets.content_rules().values()
    assert all(rule.source.note.startswith("secondary: ") for rule in rules)
    assert all(rule.buyers and rule.buyers.source.note.startswith("secondary: ") for rule in rules)


# --- buyers ----------------------------------------------------------------------------------------------

BEFORE, AFTER = dt.date(2026, 5, 30), dt.date(2026, 5, 31)


@pytest.mark.parametrize(
    ("rule", "buyers", "when", "loans", "verdict"),
    [
        ("EDIP", "POL NOR LVA", 2026, None, Verdict.ELIGIBLE),
        ("EDIP", "POL LVA", 2026, None, Verdict.NOT_ELIGIBLE),
        ("EDIP", "POL POL LVA", 2026, None, Verdict.NOT_ELIGIBLE),
        ("EDIP", "POL NOR UKR", 2026, None, Verdict.NOT_ELIGIBLE),
        ("EDIP", "POL", BEFORE, None, Verdict.NOT_ELIGIBLE),
        ("SAFE", "POL UKR", 2026, ["Poland"], Verdict.ELIGIBLE),
        ("SAFE", "POL UKR", 2026, None, Verdict.UNDECIDED),
        ("SAFE", "DEU NOR", 2026, ["Poland"], Verdict.NOT_ELIGIBLE),
        ("SAFE", "NOR UKR", 2026, ["Norway"], Verdict.NOT_ELIGIBLE),
        ("SAFE", "POL", BEFORE, ["Poland"], Verdict.ELIGIBLE),
        ("SAFE", "POL", AFTER, ["Poland"], Verdict.NOT_ELIGIBLE),
        ("SAFE", "POL", 2025, ["Poland"], Verdict.ELIGIBLE),
        ("SAFE", "POL", 2026, ["Poland"], Verdict.UNDECIDED),
        ("SAFE", "POL", 2027, ["Poland"], Verdict.NOT_ELIGIBLE),
        ("EDIRPA", "POL LVA NOR", 2024, None, Verdict.NOT_ELIGIBLE),
        ("EDIRPA", "POL LVA FIN", 2024, None, Verdict.ELIGIBLE),
    ],
)
def test_a_rule_asks_for_so_many_buyers_and_so_many_members(
    rule: str, buyers: str, when: Any, loans: list[str] | None, verdict: Verdict
) -> None:
    result = buyers_test(nb.datasets.content_rule(rule), buyers.split(), when=when, with_loan=loans)
    assert result.verdict is verdict
    assert bool(result.reasons) is (verdict is not Verdict.ELIGIBLE)
    assert f"verdict: {verdict}" in result.explain()
    assert result.sources[0].note.startswith("secondary: ")


def test_without_a_rule_on_buyers_there_is_nothing_to_test() -> None:
    silent = attrs.evolve(SAFE, buyers=None)
    with pytest.raises(UnexpectedValueError, match="does not say how many"):
        buyers_test(silent, ["Poland"], when=2026)
    assert silent.buyers is None
    with pytest.raises(UnexpectedValueError, match="name at least one state"):
        buyers_test(SAFE, [], when=2026)
    for counts, message in (((2, 3), "members are among the buyers"), ((0, 0), "whole number"), ((2, -1), "whole")):
        with pytest.raises(UnexpectedValueError, match=message):
            nb.model.BuyersRule(least=counts[0], least_members=counts[1], source=SAFE.source)
    assert nb.model.BuyersRule(least=1, source=SAFE.source).least_members == 0


# --- content ---------------------------------------------------------------------------------------------


def test_reference_boundary_passes(reference: dict[str, list[dict[str, Any]]]) -> None:
    for case in reference["content"]:
        result = content_test_of_share(SAFE, nb.Share.percent(case["non_eligible"]))
        assert (result.verdict is Verdict.ELIGIBLE) is case["eligible"]


@pytest.mark.parametrize(
    ("origin", "verdict"),
    [
        (content(FRA="65", USA="35"), Verdict.ELIGIBLE),
        (content(FRA="64.99", USA="35.01"), Verdict.NOT_ELIGIBLE),
        (content(FRA="64.99", UKR="10", USA="25.01"), Verdict.ELIGIBLE),
        (content(FRA="65"), Verdict.ELIGIBLE),
        (content(FRA="60"), Verdict.UNDECIDED),
        (content(USA="36"), Verdict.NOT_ELIGIBLE),
        (content("DEU", "ITA", FRA="10"), Verdict.ELIGIBLE),
        (content("USA", "KOR", FRA="10"), Verdict.NOT_ELIGIBLE),
        (content("USA", "DEU", FRA="10"), Verdict.UNDECIDED),
    ],
)
def test_unknown_content_decides_only_where_it_can(origin: nb.Origin, verdict: Verdict) -> None:
    assert content_test(SAFE, origin, when=2026).verdict is verdict


def test_a_content_test_names_its_basis_its_source_and_what_it_does_not_test() -> None:
    text = content_test(SAFE, content(FRA="65", USA="35"), when=2026).explain()
    assert "from outside: 35 %" in text
    assert "by: content" in text
    assert "not tested: at least 2 states buying together" in text
    assert "; design authority over complex products" in text
    assert "2025/1106" in text
    joint = content_test_of_share(EDIRPA, nb.Share.percent(0)).explain()
    assert "not tested: at least 3 states buying together, 3 of them of the EU; control" in joint
    silent = attrs.evolve(SAFE, not_tested="", buyers=None)
    assert "not tested" not in content_test_of_share(silent, nb.Share.percent(0)).explain()


def test_outside_and_unknown_are_parts_of_one_whole() -> None:
    result = content_test_of_share(SAFE, nb.Share.percent(30), unknown=nb.Share.percent(10))
    assert (result.verdict, str(result.outside)) == (Verdict.UNDECIDED, "0.3 to 0.4")
    with pytest.raises(UnexpectedValueError, match="together they exceed 100 %"):
        content_test_of_share(SAFE, nb.Share.percent(60), unknown=nb.Share.percent(50))


# --- policies --------------------------------------------------------------------------------------------


def year(of: int) -> nb.Announced:
    return nb.Announced.parse(str(of), nb.Precision.YEAR)


def test_each_policy_lets_through_its_suppliers_and_implies_a_delay() -> None:
    items = [
        priced("F", 40, "FRA", date=year(2024), delivery_start=2030),
        priced("B", 30, "GBR", date=year(2024), delivery_start=2027),
        priced("U", 20, "USA", date=year(2024), delivery_start=2025),
        priced("X", 10, date=year(2024)),
    ]
    european, british, anybody = procurement_policies(items, SAFE)
    assert [item.key for item in european.eligible] == ["F"]
    assert [item.key for item in european.not_eligible] == ["B", "U"]
    assert [item.key for item in european.undecided] == ["X"]
    assert european.eligible_share == Interval(Decimal("0.4"), Decimal("0.5"))
    assert [row.delay for row in (european, british, anybody)] == [Decimal(3), Decimal("1.5"), Decimal(0)]
    assert [item.key for item in british.eligible] == ["F", "B"]
    assert len(anybody.eligible) == 4
    assert anybody.eligible_share == Interval(Decimal(1), Decimal(1))
    assert european.without_dates == 1
    assert european.coverage == nb.Share.percent(90)
    assert [str(area) for area in european.areas] == ["artillery: 3 years (1 of 3 contracts)"]
    assert "delay, artillery: 3 years" in european.explain()


def test_without_an_eligible_supplier_there_is_no_delay_to_tell() -> None:
    european, *_ = procurement_policies([priced("U", 20, "USA", date=year(2024), delivery_start=2025)], SAFE)
    assert european.delay is None
    assert str(european.areas[0]).startswith("artillery: no eligible supplier with known dates")
    assert "delay: not implied" in european.explain()


def test_contracts_without_a_value_that_counts_are_sorted_out_all_the_same() -> None:
    silent = attrs.evolve(priced("F", 1, "FRA"), value=nb.ContractValue(kind=nb.ValueKind.CONTRACT))
    european, *_ = procurement_policies([silent], SAFE)
    assert european.eligible == (silent,)
    assert european.numerator == ()
    assert european.eligible_share == Interval(Decimal(0), Decimal(1))


def test_mixed_origin_is_decided_by_the_rules_boundary_on_the_basis_that_is_named() -> None:
    basis = (CONTENT, nb.OriginBasis.PRIME_NATIONALITY)
    european, british, _ = procurement_policies(
        [SAMPLE["C38"], SAMPLE["C34"]], SAFE, kinds=ALL_KINDS, rates=nb.datasets.exchange_rates(), basis=basis
    )
    assert [item.key for item in european.not_eligible] == ["C38", "C34"]
    assert [item.key for item in british.undecided] == ["C38"]
    assert [item.key for item in british.eligible] == ["C34"]
    by_plant, *_ = procurement_policies([SAMPLE["C34"]], SAFE, kinds=ALL_KINDS, basis=nb.OriginBasis.PLANT)
    assert [item.key for item in by_plant.eligible] == ["C34"]
    nowhere, *_ = procurement_policies([SAMPLE["C34"]], SAFE, kinds=ALL_KINDS, basis=CONTENT)
    assert len(nowhere.undecided) == 1


def test_a_register_of_transfers_has_no_dates_of_contract() -> None:
    with pytest.raises(UnexpectedValueError, match="transfers bear no date"):
        procurement_policies([transfer()], SAFE)  # type: ignore[list-item] # refused on purpose


@given(CONTRACTS)
def test_every_contract_is_sorted_once_and_wider_policies_let_more_through(items: list[nb.Contract]) -> None:
    table = procurement_policies(items, SAFE)
    assert [row.policy for row in table] == list(ProcurementPolicy)
    for row in table:
        assert len(row.eligible) + len(row.not_eligible) + len(row.undecided) == len(items)
    assert set(table[0].eligible) <= set(table[1].eligible) <= set(table[2].eligible)


# --- aims ------------------------------------------------------------------------------------------------


def test_the_aims_count_what_was_bought_together_within_the_union_and_between_members() -> None:
    both = (nb.Country("POL"), nb.Country("FRA"))
    items = [
        priced("J", 20, "FRA", buyers=both),
        priced("H", 20, "POL"),
        priced("D", 20, "DEU"),
        priced("U", 30, "USA"),
        priced("X", 10),
    ]
    found = {key: aim_test(items, aim) for key, aim in AIMS.items()}
    assert found["edis-collaborative-2030"].interval == Interval(Decimal("0.2"), Decimal("0.2"))
    assert found["edis-within-eu-2030"].interval == Interval(Decimal("0.6"), Decimal("0.7"))
    assert found["edis-intra-eu-trade-2030"].interval == Interval(Decimal("0.2"), Decimal("0.3"))
    assert [test.is_met for test in found.values()] == [False, True, True, False]
    assert [item.key for item in found["edis-intra-eu-trade-2030"].numerator if isinstance(item, nb.Contract)] == ["D"]
    assert found["edis-within-eu-2030"].sources[0].title.startswith("A new European")
    assert "met: yes" in found["edis-within-eu-2030"].explain()


def test_an_aim_is_undecided_where_the_unknown_decides() -> None:
    test = aim_test([priced("D", 40, "DEU"), priced("X", 60)], AIMS["edis-within-eu-2030"])
    assert test.is_met is None
    assert test.coverage == nb.Share.percent(40)
    assert "met: undecided" in test.explain()


def test_trade_between_members_needs_members_as_buyers() -> None:
    test = aim_test([priced("N", 10, "DEU", buyers=(nb.Country("NOR"),))], AIMS["edis-intra-eu-trade-2030"])
    assert test.interval == Interval(Decimal(0), Decimal(0))


def test_origin_on_a_basis_that_is_not_on_record_is_unknown() -> None:
    test = aim_test([priced("D", 10, "DEU")], AIMS["edis-within-eu-2030"], basis=CONTENT)
    assert test.interval == Interval(Decimal(0), Decimal(1))


def test_transfers_and_nothing_are_no_procurement() -> None:
    with pytest.raises(UnexpectedValueError, match="not procurement: give contracts"):
        aim_test([transfer()], AIMS["edis-within-eu-2030"])  # type: ignore[list-item] # refused on purpose
    with pytest.raises(UnexpectedValueError, match="nothing counts"):
        aim_test([], AIMS["edis-within-eu-2030"])
