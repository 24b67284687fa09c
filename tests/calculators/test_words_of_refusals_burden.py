"""What burdens, concentration, definitions, targets and credits say in full when they refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import burden, concentration, definitions, model, targets
from natoburden.calculators.burden import _statistics
from natoburden.model.expenditure import Measure, Observation
from tests.refusals import Refusal, names, said

TABLE = nb.datasets.defence_expenditure("2026-07")
EARLIER = nb.datasets.defence_expenditure("2025-08")
EDITIONS = nb.datasets.defence_expenditure_editions("2024-06", "2025-08", "2026-07")
SOURCE = nb.Source(title="An example", publisher="this test")
RATES = nb.datasets.exchange_rates()
PAIR = ["POL", "DEU"]
FIVE = ["EST", "LVA", "LTU", "POL", "DEU"]
WRONG: Any = "soon"
SEVERAL: Any = FIVE
SHARE = nb.Share.percent
CEILING = attrs.evolve(nb.HAGUE_CORE, key="cap", name="Cap", modality=nb.Modality.CEILING)


def figures(name: str, **values: Any) -> model.CountryFigures:
    return model.CountryFigures.of(name, values, source=SOURCE)


def nothing_of(*measures: Measure, countries: list[str] = FIVE) -> nb.ExpenditureTable:
    """Return the table with a zero for measures of some allies."""
    who = set(map(nb.Country, countries))

    def changed(row: Observation[Any]) -> Observation[Any]:
        if row.measure not in measures or row.entity not in who:
            return row
        return attrs.evolve(row, value=SHARE(0) if isinstance(row.value, nb.Share) else row.value * 0)

    return nb.ExpenditureTable(edition=TABLE.edition, observations=tuple(map(changed, TABLE.select())))


def counted_by(key: str, by: model.CountedBy = model.CountedBy.EDA) -> nb.ExpenditureTable:
    return attrs.evolve(TABLE, edition=attrs.evolve(TABLE.edition, counted_by=by, key=key))


def bought(**changes: Any) -> nb.Purchase:
    made: dict[str, Any] = {
        "key": "lng",
        "category": "energy",
        "buyer": "Germany",
        "amount": nb.Money.billions(10, "USD"),
        "first_year": 2025,
        "basis": "assumption",
        "source": SOURCE,
    }
    return nb.Purchase(**made | changes)


ZERO = nothing_of(Measure.EXPENDITURE)
UNARMED = nothing_of(Measure.MILITARY_PERSONNEL)
UNPAID = nothing_of(Measure.PERSONNEL_SHARE)
NO_TROOPS = figures("troops", POL=0, DEU=0)

REFUSALS: list[Refusal] = [
    (
        lambda: burden.burdens(TABLE, 2025, measure="gdp"),
        "unknown measure of a burden 'gdp'; valid: expenditure, equipment_share, personnel_share, "
        "infrastructure_share, other_share",
    ),
    (
        lambda: burden.burdens(TABLE, 2025, terms=[NO_TROOPS], group=PAIR),
        "troops of 2 countries is not usable as a term of the burden; its figures are numbers; give amounts: Money",
    ),
    (
        lambda: _statistics.spearman([1, 1, 1], [1, 2, 3]),
        "1 is not usable as figures to rank; all are equal, and equal figures have no order",
    ),
    (lambda: _statistics.partial(2, 0, 0), "2 is not usable as correlation r12; a correlation lies between −1 and 1"),
    (
        lambda: _statistics.partial(0.5, 0, -1.5),
        "-1.5 is not usable as correlation r23; a correlation lies between −1 and 1",
    ),
    (
        lambda: _statistics.partial(0.5, 1, 0.5),
        "r13 = 1, r23 = 0.5 is not usable as a variable to hold; it ranks the allies as one of the "
        "others does, and nothing is left to hold: leave it out",
    ),
    (
        lambda: _statistics.partial_p(0.5, 4, 2),
        "a correlation with 2 variables held has too few allies: 4; valid: at least 5; take a wider "
        "group, more years or more editions",
    ),
    (
        lambda: _statistics.signed_ranks([0, 0, 1, 2]),
        "a signed-rank test has too few pairs that differ: 2; valid: at least 3; take a wider group, "
        "more years or more editions",
    ),
    (
        lambda: burden.fair_shares(TABLE, 2025, "gdp", elasticity=1),
        "1 is not usable as an elasticity; it goes with the key 'progressive', which needs one: 0 is "
        "flat, 1 in proportion to income per head",
    ),
    (
        lambda: burden.fair_shares(TABLE, 2025, "progressive"),
        "None is not usable as an elasticity; it goes with the key 'progressive', which needs one: 0 is "
        "flat, 1 in proportion to income per head",
    ),
    (
        lambda: burden.fair_shares(TABLE, 2025, "progressive", elasticity=11),
        "elasticity: '11' is not usable; valid: 0, which is flat, to 10; less would ask less of the "
        "richer, and more leaves all to the richest",
    ),
    (
        lambda: burden.fair_shares(TABLE, 2025, figures("aid", POL=1, DEU=0), group=PAIR),
        "zero of Germany is not usable as a key; each member of the group needs a figure above zero",
    ),
    (
        lambda: burden.concordance(TABLE, 2025, draws=9),
        "9 is not usable as draws; 99 or more, as an int; 9999 is usual",
    ),
    (
        lambda: burden.concordance(TABLE, 2025, draws=WRONG),
        "'soon' is not usable as draws; 99 or more, as an int; 9999 is usual",
    ),
    (
        lambda: burden.concordance(TABLE, 2025, proxies=["gdp"]),
        "gdp is not usable as proxies of benefit; give two or more, each once: one shows no sensitivity",
    ),
    (
        lambda: burden.concordance(TABLE, 2025, proxies=["gdp", "gdp"]),
        "gdp, gdp is not usable as proxies of benefit; give two or more, each once: one shows no sensitivity",
    ),
    (
        lambda: burden.concordance(TABLE, 2025, proxies=[]),
        "none is not usable as proxies of benefit; give two or more, each once: one shows no sensitivity",
    ),
    (
        lambda: burden.concordance(TABLE, 2025, proxies=["gdp", NO_TROOPS], group=PAIR),
        "0 in sum is not usable as figures of troops; give a figure above zero for one ally at least",
    ),
    (
        lambda: burden.inequality_by_bloc(ZERO, 2025, [["EST", "LVA", "LTU"], PAIR], group=FIVE),
        "0 in sum is not usable as expenditure of the group; it has no parts: take another group or year",
    ),
    (
        lambda: burden.inequality_by_bloc(TABLE, 2025, [PAIR, PAIR], group=PAIR),
        "Poland and Germany is not usable as blocs; one is given twice; give each once",
    ),
    (
        lambda: burden.inequality_by_bloc(TABLE, 2025, [PAIR], group=PAIR),
        "Poland and Germany is not usable as blocs; give two or more: {'America': ['USA', 'CAN'], "
        "'Europe': 'NATO Europe'}",
    ),
    (
        lambda: burden.inequality_by_bloc(TABLE, 2025, {}, group=PAIR),
        "none is not usable as blocs; give two or more: {'America': ['USA', 'CAN'], 'Europe': 'NATO Europe'}",
    ),
    (
        lambda: burden.inequality_by_bloc(TABLE, 2025, [PAIR, ["FRA"]], group=PAIR),
        "France is not usable as a bloc; it has no member in Poland and Germany in 2025 that spends",
    ),
    (
        lambda: burden.inequality_by_bloc(TABLE, 2025, {"one": PAIR, "two": ["POL"]}, group=PAIR),
        "one and two is not usable as blocs; Poland is in both; blocs divide the group, each ally is in one",
    ),
    (
        lambda: burden.inequality_by_bloc(TABLE, 2025, {"one": ["POL"], "two": ["DEU"]}, group=FIVE),
        "one, two is not usable as blocs; in none of them: Estonia, Latvia, Lithuania; put each in one",
    ),
    (
        lambda: burden.capital_intensity(UNARMED, 2025, group=FIVE),
        "zero, or too small for its rounding is not usable as military personnel of Estonia; nothing can "
        "be divided by it: leave the ally out of the group",
    ),
    (
        lambda: burden.capital_intensity(UNPAID, 2025, group=FIVE),
        "zero, or too small for its rounding is not usable as personnel expenditure of Estonia; nothing "
        "can be divided by it: leave the ally out of the group",
    ),
    (
        lambda: burden.operations_burdens(TABLE, 2025, figures("a", POL=1, DEU=1), relative_to=NO_TROOPS, group=PAIR),
        "zero of Poland, Germany is not usable as a capacity; an ally without capacity has no ratio: "
        "leave it out of the group",
    ),
    (
        lambda: burden.operations_burdens(TABLE, 2025, NO_TROOPS, group=PAIR),
        "0 in sum is not usable as contributions: troops; give a figure above zero for one ally at least",
    ),
    (
        lambda: burden.series(WRONG, TABLE),
        "'soon' is not usable as a statistic; give a function, such as burden.inequality",
    ),
    (
        lambda: concentration.hhi([SHARE(50), SHARE(30)]),
        "80 % is not usable as shares of one whole; say what is missing: unknown=...",
    ),
    (
        lambda: concentration.measures([SHARE(50), SHARE(50)]).top(0),
        "0 is not usable as a number of suppliers; it is a whole number from 1",
    ),
    (
        lambda: concentration.measures([SHARE(50), SHARE(50)]).top(WRONG),
        "'soon' is not usable as a number of suppliers; it is a whole number from 1",
    ),
    (
        lambda: nb.credit.scenario(TABLE, "DEU", 2025, demand=nb.WALES_EQUIPMENT, package=[bought()]),
        "Wales equipment guideline (aim: 20.0… (71 characters) is not usable as a demand; give one that "
        "is a share of GDP",
    ),
    (
        lambda: definitions.who_meets(TABLE, [], 2025, nb.WALES_EQUIPMENT),
        "Wales equipment guideline (aim: 20.00 % of defence expenditure by 2024) cannot be measured "
        "here; valid: a target for core expenditure: all four publishers print its share of GDP",
    ),
    (
        lambda: definitions.beside(TABLE, [], "DEU", years=[]),
        "none is not usable as years; give at least one, or leave them out for all",
    ),
    (
        lambda: definitions.beside(counted_by("EDA, made"), [], "DEU"),
        "EDA, made of EDA is not usable as a table; give NATO's table first, and this one among the others",
    ),
    (
        lambda: definitions.beside(TABLE, [EARLIER], "DEU"),
        "NATO is not usable as tables to set side by side; 2026-07 and 2025-08 count on one definition: "
        "give one of each",
    ),
    (
        lambda: definitions.beside(TABLE, [counted_by("one"), counted_by("two")], "DEU"),
        "EDA is not usable as tables to set side by side; one and two count on one definition: give one of each",
    ),
    (
        lambda: targets.gap(TABLE, "DEU", 2025, nb.HAGUE_RELATED),
        "Hague related spending (ceiling: 1.50 % of GDP by 2035) cannot be measured here; valid: a "
        "target for core expenditure or for equipment: NATO publishes no related spending, so bring your "
        "own figure to natoburden.targets.two_part",
    ),
    (
        lambda: targets.cumulative_shortfall(TABLE, "DEU", CEILING, since=2020),
        "Cap (ceiling: 3.50 % of GDP by 2035) cannot be measured here; valid: an aim or a floor: nobody "
        "falls short of a ceiling",
    ),
    (
        lambda: targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE, rates=RATES),
        "European Central Bank, 2024-12-31 is not usable as rates; say into which currency: currency='EUR'",
    ),
    (
        lambda: targets.cumulative_shortfall(TABLE, "DEU", nb.WALES_GUIDELINE, since=2020, until=2019),
        "until 2019 is not a usable year; valid: 2020 or later, as since is 2020",
    ),
    (
        lambda: targets.headline_counts(EDITIONS, nb.WALES_GUIDELINE).of("2025-08", 2014),
        "edition 2025-08 has no headline count of NATO Total for 2014; valid: 2023 in 2024-06, 2024 in "
        "2024-06, 2024 in 2025-08, 2025 in 2025-08, 2025 in 2026-07, 2026 in 2026-07",
    ),
    (
        lambda: targets.headline_counts(EDITIONS, nb.WALES_GUIDELINE).of("2023-07"),
        "edition 2023-07 has no headline count of NATO Total for 2023; valid: 2023 in 2024-06, 2024 in "
        "2024-06, 2024 in 2025-08, 2025 in 2025-08, 2025 in 2026-07, 2026 in 2026-07",
    ),
    (
        lambda: targets.ranking(TABLE, 2025, "gdp_per_capita", group=["USA", "ISL"], basis=nb.CURRENT_PRICES),
        "edition 2026-07 has no GDP per head of United States and Iceland for 2025; valid: another measure or edition",
    ),
    (
        lambda: targets.revisions([], "share_of_gdp", 2024),
        "none is not usable as editions; give several: natoburden.datasets.defence_expenditure_editions()",
    ),
    (
        lambda: targets.revisions(EDITIONS, "share_of_gdp", 2002),
        "edition 2024-06 or 2025-08 or 2026-07 has no defence expenditure as a share of GDP of NATO "
        "Total for 2002; valid: another year",
    ),
    (
        lambda: targets.revisions(EDITIONS, "expenditure", 2024),
        "expenditure is not usable as revisions; amounts need basis= and currency=",
    ),
    (
        lambda: targets.revisions(EDITIONS, "share_of_gdp", 2024)["JPN"],
        "unknown row 'Japan'; valid: Albania, Belgium, Bulgaria, Canada, Czechia, Germany, Denmark, "
        "Spain, Estonia, Finland, France, United Kingdom and 19 more",
    ),
    (
        lambda: concentration.hhi([SHARE(80), SHARE(30)]),
        "110 % is not usable as shares of one whole; they are more than the whole: is one given twice?",
    ),
    (
        lambda: targets.meeting_counts([TABLE, EARLIER], nb.WALES_GUIDELINE, years=[2024])["2024"],
        "'2024' is not usable as the name of one row; 2 rows are of it: take them by position, or write "
        "[row for row in table if ...]",
    ),
    (lambda: burden.fair_shares(TABLE, 2025, cap=WRONG), "'soon' is not usable as a cap; write Share.percent(22)"),
    (
        lambda: burden.fair_shares(TABLE, 2025, cap=SHARE(1)),
        "1.00 % is not usable as a cap; 31 allies must carry the whole: at least 3.23 %",
    ),
    (
        lambda: targets.gap_in_points(TABLE, SEVERAL, 2025, nb.HAGUE_CORE),
        "'5 countries (EST, LVA, LTU, POL, DEU)' is a group of countries, and one country is asked for; "
        "use natoburden.targets.aggregate_share, or ask of each of them",
    ),
    (lambda: definitions.reasons(WRONG), "unknown counted by 'soon'; valid: NATO, SIPRI, Eurostat, EDA"),
]


@pytest.mark.parametrize(("ask", "words"), REFUSALS, ids=names(REFUSALS))
def test_a_refusal_of_burdens_says_what_was_given_what_is_valid_and_what_to_do(
    ask: Callable[[], Any], words: str
) -> None:
    assert said(ask) == words


def test_a_row_beyond_the_last_is_refused_with_how_many_there_are_and_how_a_year_is_found() -> None:
    with pytest.raises(IndexError) as caught:
        targets.compliance(TABLE, 2025, nb.WALES_GUIDELINE)[40]
    assert str(caught.value) == ("there is no row 40: the table has 31")
