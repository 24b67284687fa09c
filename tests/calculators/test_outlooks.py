"""Scenarios of the way to a target: what they make of it, how they differ, and as documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import natoburden as nb
from natoburden import errors
from natoburden.calculators import outlooks, pathways

TABLE = nb.datasets.defence_expenditure("2026-07")
PERCENT = nb.Rate.percent
ASSUMED = nb.model.PathAssumptions(target=nb.Share.percent("3.5"), by=2035, gdp_growth=PERCENT("1.5"))
BASE = nb.model.PathScenario(title="Base", assumptions=ASSUMED)


def purchase() -> nb.Purchase:
    return nb.Purchase(
        key="lng",
        category=nb.model.CreditCategory.ENERGY,
        buyer=nb.Country("DEU"),
        amount=nb.Money.billions(10, "USD"),
        first_year=2026,
        basis=nb.model.PurchaseBasis.ASSUMPTION,
        source=nb.Source(title="An example", publisher="this test"),
    )


PACKAGE = nb.Package.of("a package", [purchase()], policy=nb.CreditPolicy(energy=nb.Share.percent(50)))


def test_an_outlook_is_what_the_path_calculators_give() -> None:
    found = outlooks.outlook(TABLE, "DEU", 2026, BASE)
    start, gdp = TABLE.share_of_gdp("DEU", 2026), TABLE.gdp("DEU", 2026, TABLE.edition.constant_prices)
    road = pathways.path(start, ASSUMED.target, first_year=2026, last_year=2035)
    cost = pathways.path_cost(road, gdp, gdp_growth=ASSUMED.gdp_growth)
    assert (found.additional, found.shortfall, found.last_year) == (cost.additional, cost.shortfall, cost.by_year[-1])
    assert found.growth == pathways.required_growth(start, ASSUMED.target, 9, gdp_growth=ASSUMED.gdp_growth).rate
    assert found.nominal_growth is None
    assert found.status is nb.Status.PROJECTION
    assert found.explain().startswith("Base: Germany from 2026 to 3.50 % by 2035")


def test_inflation_discounting_and_a_package_add_their_figures() -> None:
    whole = nb.model.PathScenario(
        title="Whole",
        assumptions=nb.model.PathAssumptions(
            target=nb.Share.percent("3.5"), by=2035, gdp_growth=PERCENT("1.5"), inflation=PERCENT(2),
            discount_rate=PERCENT(3), shape="geometric",
        ),
        package=PACKAGE,
    )  # fmt: skip
    found = outlooks.outlook(TABLE, "DEU", 2026, whole, demand=nb.US_DEMAND)
    assert found.nominal_growth == found.growth.compounded_with(PERCENT(2))
    assert found.credit is not None
    assert found.credit.credit == nb.Money.billions(5, "USD")
    text = found.explain()
    for words in ("geometric path", "inflation +2.00 %", "discounted at +3.00 %", "residual gap", "nominal growth"):
        assert words in text
    with pytest.raises(errors.UnexpectedValueError, match="no package"):
        outlooks.outlook(TABLE, "DEU", 2026, BASE, demand=nb.US_DEMAND)


def test_two_scenarios_are_compared_figure_by_figure_with_their_reasons() -> None:
    early = BASE.overridden("Early", {"by": 2029, "gdp_growth": PERCENT("0.5")}, reason="the government's plan")
    found = outlooks.compare(TABLE, "DEU", 2026, BASE, early)
    assert [str(change) for change in found.assumptions] == [
        "by: 2035 -> 2029 (the government's plan)",
        "gdp_growth: +1.50 % -> +0.50 % (the government's plan)",
    ]
    rows = {row.name: row for row in found}
    money = rows["additional, all years"]
    assert isinstance(money.change, nb.Money)
    assert found.first.additional + money.change == found.second.additional
    growth = rows["growth of expenditure a year"].change
    assert isinstance(growth, nb.PercentagePoints)
    assert "by taken as 2029: the government's plan" in found.second.explain()
    assert "change:" in found[0].explain()
    assert found.to_columns()["name"][0] == "growth of expenditure a year"


def test_a_figure_that_one_scenario_lacks_has_no_change_and_policies_are_named() -> None:
    priced = BASE.overridden("Priced", {"inflation": PERCENT(2)}, reason="to see nominal growth")
    with_package = nb.model.PathScenario(title="Bought", assumptions=ASSUMED, package=PACKAGE)
    rows = {row.name: row for row in outlooks.compare(TABLE, "DEU", 2026, BASE, priced)}
    assert rows["nominal growth a year"].first is None
    assert rows["nominal growth a year"].change is None
    assert outlooks.compare(TABLE, "DEU", 2026, BASE, BASE).assumptions == ()
    [policy] = outlooks.compare(TABLE, "DEU", 2026, BASE, with_package).assumptions
    assert str(policy).startswith("policy: None -> energy 50.00 %")


def test_the_same_scenario_differs_in_nothing() -> None:
    for row in outlooks.compare(TABLE, "POL", 2026, BASE, BASE):
        assert row.first == row.second
        assert row.change is not None
        assert not (row.change.amount if isinstance(row.change, nb.Money) else row.change.value)


def test_later_overrides_win_and_keep_the_others() -> None:
    first = BASE.overridden("One", {"by": 2030, "gdp_growth": PERCENT(1)}, reason="first")
    second = first.overridden("Two", {"by": 2032}, reason="second")
    assert (second.assumed.by, second.assumed.gdp_growth) == (2032, PERCENT(1))
    assert {item.name: item.reason for item in second.overrides} == {"gdp_growth": "first", "by": "second"}
    assert str(second) == "Two: 2 assumptions replaced"


@pytest.mark.parametrize(
    ("changes", "reason", "words"),
    [
        ({"growth": PERCENT(1)}, "why", "unknown assumption 'growth'; valid: target, by"),
        ({"by": 2030}, "  ", "say why by is replaced"),
        ({"by": PERCENT(1)}, "why", "not a usable year"),
        ({"gdp_growth": 1.5}, "why", "a growth rate"),
        ({"shape": "bent"}, "why", "unknown shape 'bent'; valid: linear, geometric, step"),
        (["by"], "why", "a mapping of assumptions"),
    ],
)
def test_an_override_of_nonsense_is_refused(changes: Any, reason: str, words: str) -> None:
    with pytest.raises(errors.NatoBurdenError, match=words):
        BASE.overridden("Odd", changes, reason=reason)


def test_one_assumption_is_taken_otherwise_once() -> None:
    twice = (nb.model.Override(name="by", value=2030, reason="a"), nb.model.Override(name="by", value=2031, reason="b"))
    with pytest.raises(errors.UnexpectedValueError, match="replace each assumption once"):
        nb.model.PathScenario(title="Twice", assumptions=ASSUMED, overrides=twice)


DOCUMENT = """
title = "Slow growth"
note = "to be shared"
[assumptions]
target = "3.5 %"
by = 2035
gdp_growth = "1.5 %"
inflation = "2 %"
[[overrides]]
name = "gdp_growth"
value = "0.5 %"
reason = "a decade as the last"
[[overrides]]
name = "by"
value = 2032
reason = "an earlier year"
[[purchases]]
key = "lng"
category = "energy"
buyer = "Germany"
amount = { amount = "10000000000", currency = "USD" }
first_year = 2026
basis = "assumption"
source = { title = "An example", publisher = "natoburden" }
[policy]
energy = "50 %"
"""


def test_a_scenario_and_its_package_are_one_document(tmp_path: Path) -> None:
    path = tmp_path / "scenario.toml"
    path.write_text(DOCUMENT, encoding="utf-8")
    found = nb.datasets.load_scenario(path)
    assert (found.title, found.note, found.assumed.by, found.assumed.gdp_growth) == (
        "Slow growth", "to be shared", 2032, PERCENT("0.5"),
    )  # fmt: skip
    assert found.package == nb.datasets.load_package(path)
    assert nb.serialization.from_data(nb.serialization.to_data(found), nb.model.PathScenario) == found
    path.write_text(DOCUMENT.partition("[[purchases]]")[0], encoding="utf-8")
    assert nb.datasets.load_scenario(path).package is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('value = "0.5 %"', "value = 0.5", "overrides[0]"),
        ('name = "by"', 'name = "when"', "overrides[1]: unknown assumption 'when'"),
        ('reason = "an earlier year"', "", "overrides[1]: "),
        ('target = "3.5 %"', "target = 3.5", "assumptions.target"),
        ('shape = "linear"\n', "", ""),
    ],
)
def test_a_faulty_scenario_says_where(tmp_path: Path, old: str, new: str, fault: str) -> None:
    path = tmp_path / "scenario.toml"
    path.write_text(DOCUMENT.replace(old, new), encoding="utf-8")
    if not fault:
        assert nb.datasets.load_scenario(path).assumed.shape == "linear"
        return
    with pytest.raises(errors.DocumentError) as caught:
        nb.datasets.load_scenario(path)
    assert fault in str(caught.value)


def test_a_package_without_assumptions_is_no_scenario(tmp_path: Path) -> None:
    path = tmp_path / "package.toml"
    path.write_text('title = "A package"\n', encoding="utf-8")
    with pytest.raises(errors.DocumentError) as caught:
        nb.datasets.load_scenario(path)
    assert "assumptions: required key missing" in str(caught.value)
