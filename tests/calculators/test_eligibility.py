"""European preference: the boundary passes, the unknown decides only where it can, delays come with their counts."""

from __future__ import annotations

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
    content_test,
    content_test_of_share,
    procurement_policies,
)
from natoburden.errors import UnexpectedValueError, UnknownNameError
from tests.calculators.dependency.test_supplier_shares import ALL_KINDS, CONTRACTS, SAMPLE, priced
from tests.model.test_transfers import transfer

SAFE, EDIRPA = nb.datasets.content_rule("SAFE"), nb.datasets.content_rule("EDIRPA")
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
    assert EDIRPA.least_buyers == 3
    assert all(rule.source.url and rule.not_tested for rule in nb.datasets.content_rules().values())
    with pytest.raises(UnknownNameError, match="SAFE"):
        nb.datasets.content_rule("SAFER")


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
    assert "not tested: design authority" in text
    assert "2025/1106" in text
    joint = content_test_of_share(EDIRPA, nb.Share.percent(0)).explain()
    assert "not tested: at least 3 states buying together; control" in joint
    silent = attrs.evolve(SAFE, not_tested="")
    assert "not tested" not in content_test_of_share(silent, nb.Share.percent(0)).explain()


def test_outside_and_unknown_are_parts_of_one_whole() -> None:
    result = content_test_of_share(SAFE, nb.Share.percent(30), unknown=nb.Share.percent(10))
    assert (result.verdict, str(result.outside)) == (Verdict.UNDECIDED, "0.3 to 0.4")
    with pytest.raises(UnexpectedValueError, match="together they exceed it"):
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
    with pytest.raises(UnexpectedValueError, match="no procurement"):
        aim_test([transfer()], AIMS["edis-within-eu-2030"])  # type: ignore[list-item] # refused on purpose
    with pytest.raises(UnexpectedValueError, match="nothing counts"):
        aim_test([], AIMS["edis-within-eu-2030"])
