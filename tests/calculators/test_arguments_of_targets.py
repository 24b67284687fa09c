"""Arguments of another kind, in the rooms of targets, paths and promises: each gets the library's own error."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

import natoburden as nb
from natoburden.errors import (
    InvalidNumberError,
    InvalidYearError,
    NatoBurdenError,
    UnexpectedValueError,
    UnknownNameError,
)
from natoburden.presentation import charts
from natoburden.presentation.commitments_page import commitment_list

TABLE = nb.datasets.defence_expenditure("2026-07")
EDITIONS = nb.datasets.defence_expenditure_editions("2019-06", "2024-06", "2025-08", "2026-07")
RECORD = nb.datasets.commitments()
TWO, GOAL, ONE, DEBT = nb.Share.percent(2), nb.Share.percent("3.5"), nb.Rate.percent(1), nb.PercentagePoints(60)
CONSTANT = TABLE.edition.constant_prices
MONEY = nb.Money.billions(3100, "USD", nb.PriceBasis.constant(2024))
DAY = dt.date(2026, 7, 1)
STEPS = nb.pathways.path(TWO, GOAL, first_year=2025, last_year=2030)
STATED = nb.promises.stated_path(TABLE, RECORD, "DEU", on=DAY)
SCENARIO = nb.model.PathScenario(title="B", assumptions=nb.model.PathAssumptions(target=GOAL, by=2035, gdp_growth=ONE))
MACRO, BORROWED = nb.datasets.macro(), nb.fiscal.Financing(debt=nb.Share.percent(100))
FALLING = nb.pathways.path(GOAL, TWO, first_year=2026, last_year=2030)
T, P, PR = nb.targets, nb.pathways, nb.promises
SUM = {"commitments": RECORD, "group": "NATO_NON_EU", "on": DAY, "target": nb.HAGUE_CORE, "gdp_growth": ONE}
REVISED = {"measure": "expenditure", "year": 2023, "basis": nb.PriceBasis.constant(2021), "currency": "USD"}
SHAPED = {"start": TWO, "target": GOAL, "first_year": 2025, "last_year": 2030}

CALLS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "gap": (T.gap, {"table": TABLE, "country": "DEU", "year": 2025, "target": nb.HAGUE_CORE, "basis": CONSTANT}),
    "gap_in_points": (T.gap_in_points, {"table": TABLE, "country": "DEU", "year": 2025, "target": nb.HAGUE_CORE}),
    "group_gap": (T.group_gap, {"table": TABLE, "group": "NATO_NON_EU", "year": 2025, "target": nb.HAGUE_CORE}),
    "cumulative_shortfall": (
        T.cumulative_shortfall,
        {"table": TABLE, "country": "DEU", "target": nb.HAGUE_CORE, "since": 2024, "until": 2025, "basis": CONSTANT},
    ),
    "share_of_gdp": (T.share_of_gdp, {"table": TABLE, "entity": "DEU", "year": 2025, "basis": CONSTANT}),
    "aggregate_share": (T.aggregate_share, {"table": TABLE, "group": "NATO", "year": 2025, "basis": CONSTANT}),
    "share_of_group": (
        T.share_of_group,
        {"table": TABLE, "country": "DEU", "group": "NATO", "year": 2025, "measure": "gdp", "basis": CONSTANT},
    ),
    "category_amount": (
        T.category_amount,
        {"table": TABLE, "category": "equipment_share", "country": "DEU", "year": 2025, "basis": CONSTANT},
    ),
    "compliance": (T.compliance, {"table": TABLE, "year": 2025, "target": nb.HAGUE_CORE, "group": "NATO"}),
    "quadrants": (
        T.quadrants,
        {"table": TABLE, "year": 2025, "share_target": nb.WALES_GUIDELINE, "equipment_target": nb.WALES_EQUIPMENT},
    ),
    "two_part": (T.two_part, {"table": TABLE, "country": "DEU", "year": 2025, "related": TWO, "target": nb.HAGUE}),
    "two_part_test": (T.two_part_test, {"core": TWO, "related": TWO, "target": nb.HAGUE}),
    "real_change": (T.real_change, {"table": TABLE, "entity": "DEU", "year": 2025, "mode": "like for like"}),
    "contributions": (T.contributions, {"table": TABLE, "group": "NATO", "year": 2025}),
    "meeting_counts": (
        T.meeting_counts,
        {"tables": [TABLE], "target": nb.HAGUE_CORE, "years": [2025], "group": "NATO_NON_EU"},
    ),
    "ranking": (
        T.ranking,
        {"table": TABLE, "year": 2025, "measure": "expenditure", "group": "NATO_NON_EU", "basis": CONSTANT},
    ),
    "shares_of_group": (
        T.shares_of_group,
        {"table": TABLE, "group": "NATO_NON_EU", "years": [2025], "measure": "gdp", "basis": CONSTANT},
    ),
    "expenditure_per_soldier": (
        T.expenditure_per_soldier, {"table": TABLE, "entity": "DEU", "year": 2025, "basis": CONSTANT},
    ),
    "expenditure_per_head": (
        T.expenditure_per_head, {"table": TABLE, "entity": "DEU", "year": 2025, "basis": CONSTANT},
    ),
    "revisions": (T.revisions, {"editions": EDITIONS, **REVISED}),
    "headline_counts": (T.headline_counts, {"editions": EDITIONS, "target": nb.HAGUE_CORE, "group": "NATO_NON_EU"}),
    "count_meeting": (T.revisions(EDITIONS, "share_of_gdp", 2024).count_meeting, {"target": nb.HAGUE_CORE}),
    "figure": (T.revisions(EDITIONS, "share_of_gdp", 2024)["DEU"].figure, {"edition": "2024-06"}),
    "required_growth": (P.required_growth, {"start": TWO, "target": GOAL, "years": 10, "gdp_growth": ONE}),
    "years_to_reach": (
        P.years_to_reach,
        {"start": TWO, "target": GOAL, "spending_growth": nb.Rate.percent(5), "gdp_growth": ONE},
    ),
    "path": (P.path, {**SHAPED, "shape": "front-loaded", "front_loading": 2}),
    "growing_path": (P.path, {**SHAPED, "shape": "constant-growth", "gdp_growth": ONE}),
    "path_cost": (
        P.path_cost,
        {"steps": STEPS, "gdp": nb.Money(100, "USD", CONSTANT), "gdp_growth": ONE, "discount_rate": ONE},
    ),
    "debt_path": (
        P.debt_path,
        {"debt": DEBT, "deficits": [DEBT], "first_year": 2025, "interest": ONE, "growth": ONE},
    ),
    "stabilising_balance": (P.stabilising_balance, {"debt": DEBT, "interest": ONE, "growth": ONE}),
    "stated_path": (
        PR.stated_path,
        {
            "table": TABLE, "commitments": RECORD, "country": "DEU", "on": DAY, "until": 2035, "start_year": 2025,
            "method": "linear", "hague": nb.HAGUE,
        },
    ),
    "arrival": (PR.arrival, {"table": TABLE, "stated": STATED, "target": nb.HAGUE_CORE, "trend_years": 5}),
    "credibility": (PR.credibility, {"plan": STEPS.by_year, "target": nb.HAGUE_CORE}),
    "promise_tests": (PR.promise_tests, {"tables": [TABLE], "commitments": [RECORD["PRT-2025-2.0-2025"]]}),
    "sum_of_promises": (PR.sum_of_promises, {"table": TABLE, **SUM, "method": "linear", "hague": nb.HAGUE}),
    "outlook": (nb.outlooks.outlook, {"table": TABLE, "country": "DEU", "year": 2026, "scenario": SCENARIO}),
    "compare_outlooks": (
        nb.outlooks.compare,
        {"table": TABLE, "country": "DEU", "year": 2026, "first": SCENARIO, "second": SCENARIO},
    ),
    "debt_outlook": (
        nb.fiscal.debt_outlook,
        {"outlook": MACRO, "ally": "DEU", "first_year": 2026, "last_year": 2035, "later": nb.fiscal.LaterYears()},
    ),
    "fiscal_space": (
        nb.fiscal.space,
        {
            "table": TABLE, "outlook": MACRO, "ally": "DEU", "year": 2026, "target": "hague-core", "by": 2035,
            "shape": "linear", "financing": BORROWED, "multiplier": 1, "already_in_baseline": TWO, "interest": ONE,
            "later": nb.fiscal.LaterYears(),
        },
    ),
    "escape_clause_room": (
        nb.fiscal.escape_clause_room,
        {
            "table": TABLE, "ally": "DEU", "base_year": 2021, "clauses": nb.datasets.escape_clauses(), "steps": None,
            "outlook": MACRO, "most": DEBT, "first_year": 2025, "last_year": 2028,
        },
    ),
    "safe_cover": (
        nb.fiscal.safe_cover,
        {
            "found": nb.fiscal.space(TABLE, MACRO, "POL", 2026, target=FALLING),
            "loan": nb.datasets.safe_loans()["POL"], "first_year": 2027, "last_year": 2030, "rate": ONE,
            "rates": nb.datasets.exchange_rates(),
        },
    ),
    "compare_estimate": (
        nb.estimates.compare,
        {
            "estimate": MONEY, "years": 10, "table": TABLE, "countries": ["DEU"], "year": 2024, "target": GOAL,
            "gdp_growth": ONE,
        },
    ),
    "brief": (
        nb.brief,
        {"table": TABLE, "year": 2025, "targets": [nb.HAGUE_CORE], "group": "NATO_NON_EU", "sort": "name"},
    ),
    "commitment_list": (commitment_list, {"party": "NLD", "commitments": RECORD, "table": TABLE, "on": DAY}),
    "revision_fan": (charts.revision_fan, {"tables": EDITIONS, "entity": "DEU"}),
    "select": (TABLE.select, {"measure": "gdp", "entity": "DEU", "year": 2025, "basis": nb.CURRENT_PRICES}),
    "observation": (
        TABLE.observation,
        {"measure": "expenditure", "entity": "DEU", "year": 2025, "basis": nb.CURRENT_PRICES, "currency": "EUR"},
    ),
}  # fmt: skip
WRONG: list[Any] = [
    "2025", 2025.0, True, 10**9, -1, 10**40, Decimal("0.02"), float("nan"), "nothing of the kind", object(), b"x",
    nb.HAGUE_CORE, nb.HAGUE, nb.WALES_EQUIPMENT, GOAL, ONE, DEBT, MONEY, TABLE, EDITIONS, RECORD, DAY,
    RECORD["PRT-2025-2.0-2025"], [None], ["DEU"], {"2025": TWO}, {2025: nb.HAGUE_CORE}, {}, nb.Measure.REAL_CHANGE,
    nb.Group.find("EU"), STEPS, STATED, SCENARIO, TABLE.gdp("DEU", 2025), nb.CURRENT_PRICES,
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "argument"), [(name, argument) for name, (_, good) in CALLS.items() for argument in good]
)
def test_an_argument_of_another_kind_is_taken_or_refused_by_the_library_itself(
    name: str, argument: str, recwarn: pytest.WarningsRecorder
) -> None:
    ask, good = CALLS[name]
    ask(**good)
    refused = 0
    for wrong in WRONG:
        try:
            ask(**good | {argument: wrong})
        except NatoBurdenError as error:
            refused += bool(str(error))
    assert refused > len(WRONG) / 2, "most of these are of another kind"
    assert all(issubclass(warning.category, nb.NatoBurdenWarning) for warning in recwarn)


@pytest.mark.parametrize(
    ("ask", "error", "words"),
    [
        (lambda: PR.promise_tests(TABLE, RECORD), UnexpectedValueError, r"or one in a list: \[table\]"),  # type: ignore[arg-type]
        (lambda: charts.revision_fan(TABLE, "DEU"), UnexpectedValueError, r"or one in a list"),  # type: ignore[arg-type]
        (lambda: T.compliance(EDITIONS, 2025, nb.HAGUE_CORE), UnexpectedValueError, "give one: natoburden"),  # type: ignore[arg-type]
        (lambda: T.compliance(TABLE, "2025", nb.HAGUE_CORE), InvalidYearError, "'2025' is not a usable year"),  # type: ignore[arg-type]
        (lambda: T.real_change(TABLE, "DEU", "2025"), InvalidYearError, "'2025' is not a usable year"),  # type: ignore[arg-type]
        (lambda: nb.brief(year="2025"), InvalidYearError, "'2025' is not a usable year"),  # type: ignore[arg-type]
        (
            lambda: P.years_to_reach(TWO, nb.HAGUE_CORE, spending_growth=ONE, gdp_growth=ONE),  # type: ignore[arg-type]
            UnexpectedValueError,
            "of a target, give its share",
        ),
        (lambda: PR.credibility({2035: nb.HAGUE_CORE}, nb.HAGUE_CORE), UnexpectedValueError, "the share of 2035"),  # type: ignore[dict-item]
        (lambda: PR.arrival(TABLE, STATED, nb.HAGUE), UnexpectedValueError, "it has two parts: give 'hague-core'"),  # type: ignore[arg-type]
        (lambda: P.required_growth(TWO, GOAL, 10**9, gdp_growth=ONE), InvalidNumberError, "at most 300"),
        (lambda: nb.brief(targets=nb.HAGUE), UnexpectedValueError, r"give several: \[HAGUE_CORE"),  # type: ignore[arg-type]
        (
            lambda: nb.burden.fair_shares(TABLE, 2025, "progressive", elasticity=10**9),
            InvalidNumberError,
            "0, which is flat, to 10",
        ),
    ],
)
def test_the_error_says_what_to_write_instead(ask: Callable[[], Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        ask()


@pytest.mark.parametrize("measure", nb.Measure)
def test_a_measure_is_found_by_its_key(measure: nb.Measure) -> None:
    table = nb.datasets.defence_expenditure("2024-06")  # the one that prints every measure
    assert list(table.select(measure=measure.value)) == list(table.select(measure=measure))
    found = next(table.select(measure=measure, entity="DEU"))
    basis, currency = (found.value.basis, found.value.currency) if isinstance(found.value, nb.Money) else (None, None)
    assert table.observation(measure.value, "DEU", found.year, basis, currency) is found


@pytest.mark.parametrize("measure", ["share_of_gpd", "", "GDP", "equipment", 3, ["gdp"]])
def test_a_measure_that_is_none_is_refused_with_the_valid_ones_before_anything_is_read(measure: Any) -> None:
    for ask in (TABLE.select, lambda measure: TABLE.observation(measure, "DEU", 2025)):
        with pytest.raises(UnknownNameError, match="valid: expenditure, gdp, share_of_gdp"):
            ask(measure=measure)


def test_no_function_of_these_rooms_is_left_out() -> None:
    rooms = itertools.chain(dir(T), dir(P), dir(PR))
    functions = {name for name in rooms if name.islower()}
    assert functions <= set(CALLS)


@pytest.mark.parametrize("text", ["2.5 %", "2.5%", " 2.50 % "])
def test_a_share_with_its_sign_is_a_floor_of_ones_own(text: str) -> None:
    table = nb.datasets.defence_expenditure("2026-07")
    own = nb.targets.gap(table, "BEL", 2025, nb.Target.floor("2.5 %"))
    assert nb.targets.gap(table, "BEL", 2025, text) == own


@pytest.mark.parametrize(("text", "words"), [("%", "'%' is not usable as a share"), ("300 %", "300 % is not a share")])
def test_an_unusable_share_is_no_target(text: str, words: str) -> None:
    with pytest.raises(NatoBurdenError, match=words):
        nb.targets.gap(nb.datasets.defence_expenditure("2026-07"), "BEL", 2025, text)
