"""What tests of chance, intervals and families of tests say in full when they refuse."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import inference, model
from natoburden.calculators.inference import permutation_spearman
from tests.refusals import Refusal, names, said

TABLE = nb.datasets.defence_expenditure("2026-07")
SOURCE = nb.Source(title="An example", publisher="this test")
PAIR, WRONG = ["POL", "DEU"], "soon"
ANY: Any = WRONG
NOTHING: Any = None
FIVE = ["EST", "LVA", "LTU", "POL", "DEU"]


def figures(name: str, values: Any) -> model.CountryFigures:
    return model.CountryFigures.of(name, values, source=SOURCE)


def alike(table: nb.ExpenditureTable) -> nb.ExpenditureTable:
    """Return the table with the same expenditure and GDP for all allies."""
    amounts = (nb.Measure.EXPENDITURE, nb.Measure.GDP)
    rows = (
        attrs.evolve(row, value=row.value.with_amount(100)) if row.measure in amounts else row for row in table.select()
    )
    return nb.ExpenditureTable(edition=table.edition, observations=tuple(rows))


REFUSALS: list[Refusal] = [
    (
        lambda: permutation_spearman([1, 2, 3], [1, 2]),
        "3 beside 2 is not usable as figures to rank; give two rows of the same length",
    ),
    (
        lambda: permutation_spearman([1, 2], [1, 2]),
        "a rank correlation of 2; valid: at least 3; take a wider group, more years or more editions",
    ),
    (
        lambda: permutation_spearman([1, ANY, 3], [1, 2, 3]),
        "'soon' is not usable as figures to rank; give plain numbers, and leave out what is unknown",
    ),
    (
        lambda: permutation_spearman([1, 2, 3], [1, 2, float("inf")]),
        "inf is not usable as figures to rank; it is not a finite number: leave out what is unknown, in both rows",
    ),
    (
        lambda: permutation_spearman([1, 2, 3], [2, 2, 2]),
        "2 is not usable as figures to rank; all are equal, and equal figures have no order",
    ),
    (
        lambda: permutation_spearman([1, 2, 3], [3, 2, 1], sides=ANY),
        "unknown sides 'soon'; valid: two-sided, greater, less",
    ),
    (
        lambda: permutation_spearman([1, 2, 3], [3, 2, 1], draws=10),
        "draws: '10' is not usable; valid: a whole number from 99 to 1000000",
    ),
    (
        lambda: permutation_spearman([1, 2, 3], [3, 2, 1], seed=-1),
        "seed: '-1' is not usable; valid: a whole number, zero or more",
    ),
    (
        lambda: inference.randomised_inequality_change(TABLE, 2014, 2026, group=["POL"]),
        "a change of inequality has too few allies that are members in both years: 1; valid: at least 2; "
        "take a wider group, more years or more editions",
    ),
    (
        lambda: inference.randomised_inequality_change(TABLE, 2026, 2014),
        "2014 is not a usable year; valid: a year after 2026",
    ),
    (
        lambda: inference.randomised_inequality_change(TABLE, 2014, 2026, ANY),
        "unknown index of inequality 'soon'; valid: gini, theil",
    ),
    (
        lambda: inference.false_discoveries({"one": 0.5}),
        "a family has too few tests: 1; valid: at least 2; take a wider group, more years or more editions",
    ),
    (
        lambda: inference.false_discoveries({"one": 0.5, "two": NOTHING}),
        "None is not usable as the p of two; it is not known: leave the test out, and say so",
    ),
    (
        lambda: inference.false_discoveries({"one": 0.5, "two": 1.5}),
        "1.5 is not usable as the p of two; a probability lies between 0 and 1",
    ),
    (
        lambda: inference.false_discoveries({"one": 0.5, "two": float("nan")}),
        "nan is not usable as the p of two; a probability lies between 0 and 1",
    ),
    (
        lambda: inference.false_discoveries({"one": 0.5, "two": 0.1}, level=ANY),
        "'soon' is not usable as a level; write Share.percent(95)",
    ),
    (
        lambda: inference.bootstrap_inequality(TABLE, 2025, group=PAIR),
        "a bootstrap has too few allies: 2; valid: at least 3; take a wider group, more years or more editions",
    ),
    (lambda: inference.bootstrap_inequality(TABLE, 2025, method=ANY), "unknown method 'soon'; valid: BCa, percentile"),
    (
        lambda: inference.bootstrap_inequality(TABLE, 2025, draws=10),
        "draws: '10' is not usable; valid: a whole number from 99 to 1000000",
    ),
    (
        lambda: inference.bootstrap_inequality(TABLE, 2025, draws=99, seed=ANY),
        "seed: 'soon' is not usable; valid: a whole number, zero or more",
    ),
    (
        lambda: inference.bootstrap_inequality(TABLE, 2025, draws=99, level=nb.Share.percent(0)),
        "0.00 % is not usable as a level; it lies between 0 and 100 %, without the two: write Share.percent(95)",
    ),
    (
        lambda: inference.randomised_concordance(TABLE, 2025, group=PAIR),
        "a test of concordance has too few allies: 2; valid: at least 3; take a wider group, more years "
        "or more editions",
    ),
    (
        lambda: inference.randomised_concordance(TABLE, 2025, proxies=["gdp", "gdp"]),
        "gdp, gdp is not usable as proxies of benefit; give two or more, each once: one shows no sensitivity",
    ),
    (
        lambda: inference.randomised_concordance(TABLE, 2025, proxies=[]),
        "none is not usable as proxies of benefit; give two or more, each once: one shows no sensitivity",
    ),
    (
        lambda: inference.randomised_response(TABLE, [2020, 2022]),
        "2020, 2022 is not a usable year; valid: years that follow each other",
    ),
    (
        lambda: inference.randomised_response(TABLE, []),
        "none is not a usable year; valid: years that follow each other",
    ),
    (
        lambda: inference.randomised_response(TABLE, [2020, 2021]),
        "a response has too few years: 2; valid: at least 4; take a wider group, more years or more editions",
    ),
    (
        lambda: inference.randomised_response(TABLE, group=PAIR),
        "a response has too few allies with a figure above zero in every year: 2; valid: at least 3; "
        "take a wider group, more years or more editions",
    ),
    (
        lambda: inference.bootstrap_inequality(alike(TABLE), 2025, draws=99, group=FIVE),
        "all alike is not usable as draws of allies; there is nothing to make an interval of: take a wider group",
    ),
    (
        lambda: inference.false_discoveries([nb.targets.share_of_gdp(TABLE, "DEU", 2025)] * 2),
        "ShareOfGdp is not usable as tests; it has no p of its own: give p-values by name, as {'by "
        "distance': found.responses[0].p}",
    ),
    (
        lambda: inference.randomised_concordance(
            TABLE, 2025, group=FIVE, proxies=["gdp", figures("aid", dict.fromkeys(FIVE, 1) | {"DEU": 0})]
        ),
        "0 is not usable as the benefit of Germany; it has no ratio of burden to benefit to deal out: "
        "leave it out of the group",
    ),
]


@pytest.mark.parametrize(("ask", "words"), REFUSALS, ids=names(REFUSALS))
def test_a_refusal_of_inference_says_what_was_given_what_is_valid_and_what_to_do(
    ask: Callable[[], Any], words: str
) -> None:
    assert said(ask) == words


EXTRAS: list[tuple[str, Callable[[], Any], str]] = [
    (
        "numpy",
        lambda: permutation_spearman([1, 2, 3], [3, 2, 1]),
        "a randomisation test needs numpy; pip install 'natoburden[stats]' provides it",
    ),
    (
        "scipy.stats",
        lambda: inference.false_discoveries({"one": 0.5, "two": 0.1}),
        "a false discovery rate needs scipy; pip install 'natoburden[stats]' provides it",
    ),
]


@pytest.mark.parametrize(("absent", "ask", "words"), EXTRAS, ids=[absent for absent, _, _ in EXTRAS])
def test_a_missing_library_is_named_with_what_needs_it_and_the_extra_to_install(
    absent: str, ask: Callable[[], Any], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, absent, None)
    assert said(ask) == words
