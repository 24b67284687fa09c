"""What fiscal space, pathways, promises, outlooks and estimates say in full when they refuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import fiscal, model, outlooks, pathways, promises
from tests.refusals import Refusal, names, said

TABLE = nb.datasets.defence_expenditure("2026-07")
MACRO = nb.datasets.macro()
CLAUSES = nb.datasets.escape_clauses()
LOANS = nb.datasets.safe_loans()
RECORD = nb.datasets.commitments()
ON = dt.date(2026, 7, 1)
PERCENT, SHARE, PP = nb.Rate.percent, nb.Share.percent, nb.PercentagePoints
WRONG: Any = "soon"
ANY: Any = {}
CEILING = attrs.evolve(nb.HAGUE_CORE, key="cap", name="Cap", modality=nb.Modality.CEILING)
OPEN_ENDED = attrs.evolve(nb.HAGUE_CORE, key="open", name="Open", deadline=None)
ITALY = fiscal.space(TABLE, MACRO, "ITA", 2026)
GERMAN_STEPS = pathways.path(TABLE.share_of_gdp("DEU", 2026), SHARE("3.5"), first_year=2026, last_year=2035)
SCENARIO = model.PathScenario(
    title="Base", assumptions=model.PathAssumptions(target=SHARE("3.5"), by=2035, gdp_growth=PERCENT("1.5"))
)
UNSTATED = nb.Money.billions(3100, "USD", nb.UNSTATED_PRICES)
STEEP = pathways.path(TABLE.share_of_gdp("ITA", 2026), SHARE(30), first_year=2026, last_year=2030)
NO_DEBT = model.MacroTable(
    edition="made",
    last_outcome=2025,
    source=MACRO.source,
    figures=[
        attrs.evolve(item, value=PERCENT(0)) if item.measure.value == "government_gross_debt" else item
        for item in MACRO.select(country="ITA")
    ],
)


def room(ally: str = "DEU", **options: Any) -> fiscal.EscapeClauseRoom:
    given: dict[str, Any] = {"base_year": 2021, "clauses": CLAUSES, "outlook": MACRO}
    return fiscal.escape_clause_room(TABLE, ally, **given | options)


def cost(growth: Any, **options: Any) -> Any:
    return nb.promises.sum_of_promises(
        TABLE,
        RECORD,
        ["DEU", "POL"],
        on=ON,
        target=nb.HAGUE_CORE,
        gdp_growth=growth,
        mixed_definitions_ok=True,
        **options,
    )


def estimate(**options: Any) -> Any:
    given: dict[str, Any] = {"target": SHARE("3.5"), "gdp_growth": PERCENT(1)} | options
    countries, years = given.pop("countries", ["DEU"]), given.pop("years", 10)
    return nb.estimates.compare(UNSTATED, years, TABLE, countries, 2026, **given)


def debt(deficits: Any, **options: Any) -> pathways.DebtPath:
    given: dict[str, Any] = {"first_year": 2025, "interest": PERCENT(3), "growth": PERCENT(4)}
    return pathways.debt_path(PP(60), deficits, **given | options)


REFUSALS: list[Refusal] = [
    (
        lambda: fiscal.Financing(debt=SHARE(60), taxes=SHARE(30)),
        "90.00 % in sum is not usable as parts of the financing; together they are 100 %: write "
        "Financing(debt=Share.percent(60), taxes=Share.percent(40))",
    ),
    (
        lambda: fiscal.Financing(debt=SHARE(60), taxes=SHARE(60)),
        "120.00 % in sum is not usable as parts of the financing; together they are 100 %: write "
        "Financing(debt=Share.percent(60), taxes=Share.percent(40))",
    ),
    (
        lambda: fiscal.space(TABLE, MACRO, "ITA", 2026, multiplier=11),
        "multiplier: '11' is not usable; valid: from −5 to 5",
    ),
    (
        lambda: fiscal.space(TABLE, MACRO, "ITA", 2026, multiplier=-5, target=STEEP),
        "multiplier: '-5' is not usable; valid: one that leaves GDP above zero in each year of the path",
    ),
    (
        lambda: fiscal.space(TABLE, MACRO, "ITA", 2026, target=OPEN_ENDED),
        "None is not usable as by; the Open (floor: 3.50 % of GDP) has no deadline: name the year, as by=2035",
    ),
    (
        lambda: fiscal.space(TABLE, MACRO, "ITA", 2026, target=CEILING),
        "Cap (ceiling: 3.50 % of GDP by 2035) cannot be measured here; valid: a floor or an aim for core "
        "expenditure, which is what paths are of",
    ),
    (
        lambda: fiscal.space(TABLE, MACRO, "ITA", 2026, target=GERMAN_STEPS),
        "Germany is not usable as a path of Italy; both are of one country",
    ),
    (
        lambda: fiscal.space(TABLE, MACRO, "DEU", 2025, target=GERMAN_STEPS),
        "first year 2025 is not a usable year; valid: 2026, in which the path starts",
    ),
    (
        lambda: fiscal.space(TABLE, MACRO, "DEU", 2026, target=GERMAN_STEPS, by=2035),
        "2035 is not usable as by; the path ends in 2035",
    ),
    (
        lambda: room(base_year=2026),
        "years 2025 to 2028 is not a usable year; valid: years in order, after the base year 2026",
    ),
    (
        lambda: room(first_year=2028, last_year=2027),
        "years 2028 to 2027 is not a usable year; valid: years in order, after the base year 2021",
    ),
    (lambda: room(most=PP(0)), "+0.00 pp is not usable as the room; give more than nothing: PercentagePoints('1.5')"),
    (lambda: room("USA"), "United States is not in European Union in 2025; valid: a member of the Union"),
    (
        lambda: fiscal.safe_cover(ITALY, LOANS["POL"]),
        "Poland is not usable as a loan to Italy; both are of one country",
    ),
    (
        lambda: fiscal.safe_cover(ITALY, attrs.evolve(LOANS["ITA"], maximum=None, tentative=None, prefinancing=None)),
        "Italy: tentative unknown, Council's … (96 characters) is not usable as a loan; its size is "
        "unknown: give a loan with a maximum or a tentative amount",
    ),
    (
        lambda: fiscal.safe_cover(ITALY, LOANS["ITA"], first_year=2040),
        "years 2040 to 2035 is not a usable year; valid: years from 2027 to 2035",
    ),
    (
        lambda: pathways.required_growth(SHARE(0), SHARE(3), 9, gdp_growth=PERCENT(1)),
        "the start is 0.00 %; growth from or to nothing is no finite rate: give a share above 0 %",
    ),
    (
        lambda: pathways.required_growth(SHARE(2), SHARE(0), 9, gdp_growth=PERCENT(1)),
        "the target is 0.00 %; growth from or to nothing is no finite rate: give a share above 0 %",
    ),
    (
        lambda: pathways.required_growth(SHARE(2), SHARE(3), 9, gdp_growth=PERCENT(-100)),
        "growth: '-100.00 %' is not usable; valid: more than −100 % a year",
    ),
    (
        lambda: pathways.required_growth(SHARE(2), SHARE(3), 0, gdp_growth=PERCENT(1)),
        "number of years: '0' is not usable; valid: a whole number of at least one, and at most 300",
    ),
    (
        lambda: pathways.required_growth(SHARE(2), SHARE(3), 301, gdp_growth=PERCENT(1)),
        "number of years: '301' is not usable; valid: a whole number of at least one, and at most 300",
    ),
    (
        lambda: cost(PERCENT(1), growth_of_others=PERCENT(2)),
        "+2.00 % is not usable as growth_of_others; it goes with a mapping: one rate is for all",
    ),
    (
        lambda: cost({"DEU": PERCENT(1)}),
        "a mapping of 1 is not usable as growth of GDP by ally; it lacks Poland: name them, or say "
        "growth_of_others=Rate.percent('1.5')",
    ),
    (
        lambda: cost({"DEU": PERCENT(1), "POL": PERCENT(1), "JPN": PERCENT(1)}),
        "a mapping of 3 is not usable as growth of GDP by ally; Japan: not among those asked for; leave them out",
    ),
    (
        lambda: cost({"DEU": PERCENT(-100)}, growth_of_others=PERCENT(1)),
        "growth of GDP of Germany: '-100.00 %' is not usable; valid: more than −100 % a year",
    ),
    (lambda: debt([]), "an empty list is not usable as primary deficits; give one for each year after the first"),
    (lambda: debt(5), "5 is not usable as primary deficits; give a list with one for each year after the first"),
    (lambda: debt([1]), "1 is not usable as a primary deficit; write PercentagePoints('1.5')"),
    (lambda: debt(GERMAN_STEPS), "first year 2025 is not a usable year; valid: 2026, in which the path starts"),
    (
        lambda: promises.credibility({}, nb.HAGUE_CORE),
        "an empty mapping is not usable as a plan; give at least one year with its share",
    ),
    (
        lambda: promises.credibility({2030: ANY}, nb.HAGUE_CORE),
        "{} is not usable as the share of 2030; write Share.percent('2.5')",
    ),
    (
        lambda: promises.arrival(TABLE, promises.stated_path(TABLE, RECORD, "DEU", on=ON), CEILING),
        "Cap (ceiling: 3.50 % of GDP by 2035) cannot be measured here; valid: a floor or an aim for core "
        "expenditure, which is what paths are of",
    ),
    (
        lambda: promises.arrival(TABLE, promises.stated_path(TABLE, RECORD, "DEU", on=ON), nb.HAGUE_RELATED),
        "Hague related spending (ceiling: 1.50 % of GDP by 2035) cannot be measured here; valid: a floor "
        "or an aim for core expenditure, which is what paths are of",
    ),
    (
        lambda: promises.stated_path(TABLE, RECORD, "DEU", on=ON, until=2026),
        "until 2026 is not a usable year; valid: a year after 2026, from which the path starts",
    ),
    (
        lambda: outlooks.outlook(TABLE, "DEU", 2026, SCENARIO, demand=nb.US_DEMAND),
        "Base is not usable as a scenario; it has no package to set against a demand: give it one, or leave demand out",
    ),
    (lambda: estimate(countries=[]), "number of countries: '0' is not usable; valid: a whole number of at least one"),
    (
        lambda: estimate(years=0),
        "number of years: '0' is not usable; valid: a whole number of at least one, and at most 300",
    ),
    (
        lambda: fiscal.debt_outlook(NO_DEBT, "ITA", first_year=2026),
        "0 % is not usable as debt of Italy in 2025; no effective rate follows from no debt: begin with a later year",
    ),
    (
        lambda: cost({"DEU": PERCENT(1)}, growth_of_others=PERCENT(-100)),
        "growth of GDP of the others: '-100.00 %' is not usable; valid: more than −100 % a year",
    ),
    (
        lambda: cost(WRONG),
        "'soon' is not usable as growth of GDP; write Rate.percent('1.5'), or a mapping: {'DEU': Rate.percent(1)}",
    ),
    (
        lambda: estimate(countries="DEU"),
        "'DEU' is not usable as countries; give several: ['DEU', 'FRA'], or Group.find('NATO').members(2025)",
    ),
    (lambda: estimate(name=5), "5 is not usable as a name; give a text: name='five largest'"),
    (
        lambda: pathways.path_cost(
            GERMAN_STEPS,
            nb.Money.billions(5, "EUR"),
            gdp_growth=PERCENT(1),
            discount_rate=WRONG,
            current_prices_ok=True,
        ),
        "'soon' is not usable as a rate of discount; write Rate.percent('1.5')",
    ),
    (
        lambda: promises.arrival(
            TABLE, promises.stated_path(TABLE, RECORD, "DEU", on=ON), nb.HAGUE_CORE, trend_years=0
        ),
        "years of trend: '0' is not usable; valid: a whole number of at least one, and at most 300",
    ),
]


@pytest.mark.parametrize(("ask", "words"), REFUSALS, ids=names(REFUSALS))
def test_a_refusal_of_paths_says_what_was_given_what_is_valid_and_what_to_do(
    ask: Callable[[], Any], words: str
) -> None:
    assert said(ask) == words
