"""A table on one definition and a target on another: every function that takes both warns, once, where it is called."""

from __future__ import annotations

import datetime as dt
import inspect
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden.errors import MixedDefinitionsWarning
from natoburden.model import CountedBy
from tests.calculators.made_promises import promise

NATO = nb.datasets.defence_expenditure("2026-07")
EDITIONS = nb.datasets.defence_expenditure_editions("2024-06", "2025-08", "2026-07")
RECORD = nb.datasets.commitments()
DAY, GOAL, GROWTH = dt.date(2026, 7, 1), nb.HAGUE_CORE, nb.Rate.percent(1)
STATED = nb.promises.stated_path(NATO, RECORD, "DEU", on=DAY)
BASE = nb.model.PathScenario(
    title="B",
    assumptions=nb.model.PathAssumptions(target=nb.Share.percent("3.5"), by=2035, gdp_growth=GROWTH),
    package=nb.Package.of("none", []),
)
NONE = nb.simulation.Uncertain(nb.Rate.percent(0), nb.Rate.percent(0))
CERTAIN = nb.simulation.Assumptions(
    gdp_growth=NONE,
    inflation=NONE,
    exchange_rate=NONE,
    execution=NONE,
    revision=NONE,
    correlation=nb.Share.percent(100),
)
UNCERTAIN = attrs.evolve(CERTAIN, execution=nb.simulation.Uncertain(nb.Rate.percent(0), nb.Rate.percent(5)))
PLAN = {"DEU": {2027: nb.Share.percent(3)}}


def other(table: nb.ExpenditureTable) -> nb.ExpenditureTable:
    return attrs.evolve(table, edition=attrs.evolve(table.edition, counted_by=CountedBy.SIPRI))


TABLE = other(NATO)
TABLES = [other(table) for table in EDITIONS]

CALLS: dict[str, Callable[..., Any]] = {
    "targets.gap": lambda **ok: nb.targets.gap(TABLE, "DEU", 2025, GOAL, **ok),
    "targets.gap_in_points": lambda **ok: nb.targets.gap_in_points(TABLE, "DEU", 2025, GOAL, **ok),
    "targets.group_gap": lambda **ok: nb.targets.group_gap(TABLE, "NATO_NON_EU", 2025, GOAL, **ok),
    "targets.cumulative_shortfall": lambda **ok: nb.targets.cumulative_shortfall(TABLE, "DEU", GOAL, since=2024, **ok),
    "targets.compliance": lambda **ok: nb.targets.compliance(TABLE, 2025, GOAL, **ok),
    "targets.quadrants": lambda **ok: nb.targets.quadrants(TABLE, 2025, GOAL, nb.WALES_EQUIPMENT, **ok),
    "targets.meeting_counts": lambda **ok: nb.targets.meeting_counts(TABLE, GOAL, years=[2024, 2025], **ok),
    "targets.headline_counts": lambda **ok: nb.targets.headline_counts(TABLES, GOAL, **ok),
    "targets.two_part": lambda **ok: nb.targets.two_part(TABLE, "DEU", 2025, nb.Share.percent(1), nb.HAGUE, **ok),
    "Revisions.count_meeting": lambda **ok: nb.targets.revisions(TABLES, "share_of_gdp", 2024).count_meeting(
        GOAL, **ok
    ),
    "promises.stated_path": lambda **ok: nb.promises.stated_path(TABLE, RECORD, "DEU", on=DAY, **ok),
    "promises.arrival": lambda **ok: nb.promises.arrival(TABLE, STATED, GOAL, mixed_editions_ok=True, **ok),
    "promises.promise_tests": lambda **ok: nb.promises.promise_tests([TABLE], [promise("2", "2025")], **ok),
    "promises.sum_of_promises": lambda **ok: nb.promises.sum_of_promises(
        TABLE, RECORD, ["DEU", "FRA"], on=DAY, target=GOAL, gdp_growth=GROWTH, **ok
    ),
    "credit.scenario": lambda **ok: nb.credit.scenario(TABLE, "DEU", 2025, demand=GOAL, package=[], **ok),
    "credit.scenarios": lambda **ok: nb.credit.scenarios(TABLE, ["DEU", "FRA"], 2025, demand=GOAL, package=[], **ok),
    "simulation.chance_of_meeting": lambda **ok: nb.simulation.chance_of_meeting(
        TABLE, "ESP", 2026, GOAL, nb.simulation.revision_errors(EDITIONS), **ok
    ),
    "simulation.simulate": lambda **ok: nb.simulation.simulate(
        TABLE, PLAN, CERTAIN, seed=1, draws=100, targets=GOAL, **ok
    ),
    "simulation.count_distribution": lambda **ok: nb.simulation.count_distribution(
        TABLE, PLAN, CERTAIN, GOAL, seed=1, draws=100, **ok
    ),
    "simulation.sensitivity": lambda **ok: nb.simulation.sensitivity(
        TABLE, PLAN, UNCERTAIN, GOAL, seed=1, draws=100, of="net", method="rank", **ok
    ),
    "fiscal.space": lambda **ok: nb.fiscal.space(TABLE, nb.datasets.macro(), "DEU", 2026, **ok),
    "fiscal.spaces": lambda **ok: nb.fiscal.spaces(TABLE, nb.datasets.macro(), ["DEU", "FRA"], 2026, **ok),
    "outlooks.outlook": lambda **ok: nb.outlooks.outlook(TABLE, "DEU", 2026, BASE, demand=GOAL, **ok),
    "outlooks.compare": lambda **ok: nb.outlooks.compare(TABLE, "DEU", 2026, BASE, BASE, demand=GOAL, **ok),
}
BY_DESIGN = {"definitions.who_meets"}  # it sets definitions side by side, and says so in every row
PASSED_ON = {"credit.scenarios", "credit.sensitivity"}  # by their options
ROOMS = [name for name in dir(nb) if getattr(getattr(nb, name), "__name__", "").startswith("natoburden.calculators.")]


@pytest.mark.parametrize("name", CALLS)
def test_a_table_on_another_definition_warns_once_at_the_line_that_asks(name: str) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        CALLS[name]()
    [found] = [item for item in caught if issubclass(item.category, MixedDefinitionsWarning)]
    assert "counts as SIPRI does, and targets are defined on NATO's figures" in str(found.message)
    assert found.filename == __file__


@pytest.mark.parametrize("name", CALLS)
def test_it_can_be_acknowledged_and_changes_no_figure(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", MixedDefinitionsWarning)
        acknowledged = CALLS[name](mixed_definitions_ok=True)
    with pytest.warns(MixedDefinitionsWarning):
        assert repr(CALLS[name]()) == repr(acknowledged)


def test_natos_own_tables_do_not_warn() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nb.targets.gap(NATO, "DEU", 2025, GOAL)
        nb.outlooks.outlook(TABLE, "DEU", 2026, BASE)  # without a demand nothing is held against a target


def functions() -> Iterator[tuple[str, inspect.Signature]]:
    for room in ROOMS:
        module = getattr(nb, room)
        for name in dir(module):
            if name.islower() and inspect.isfunction(getattr(module, name)):
                yield f"{room}.{name}", inspect.signature(getattr(module, name))


def test_no_function_that_takes_a_table_and_a_target_is_left_out() -> None:
    found = set()
    for name, signature in functions():
        kinds = [str(parameter.annotation) for parameter in signature.parameters.values()]
        has_target = any("TargetLike" in kind or "CompositeTarget" in kind for kind in kinds)
        if has_target and any("ExpenditureTable" in kind for kind in kinds):
            found.add(name)
            can_say = "mixed_definitions_ok" in signature.parameters
            assert can_say or name in BY_DESIGN | PASSED_ON, f"{name} must take mixed_definitions_ok"
    assert len(found) > 15
    assert found - BY_DESIGN - PASSED_ON <= set(CALLS)
