"""Every frame function on every engine, against the calculators over records and plain sums as oracles."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import natoburden as nb
from natoburden import frames
from natoburden.calculators.concentration import measures
from natoburden.calculators.dependency import bloc_of
from natoburden.calculators.eligibility import content_test
from natoburden.model.exchange import ExchangeRates, Quotation
from tests.frames.engines import ENGINES, Engine, rows_of

Line = dict[str, Any]
TYPES = {
    "case": "year",
    "buyer": "text",
    "supplier": "text",
    "company": "text",
    "year": "year",
    "amount": "number",
    "part": "number",
    "currency": "text",
    "key": "text",
}
SOURCE = nb.Source(title="Invented lines", publisher="natoburden")
pytestmark = [
    pytest.mark.parametrize("engine", ENGINES),
    pytest.mark.filterwarnings("ignore:Dask support is moving out of Narwhals:FutureWarning"),
]

# Quarters, so that sums of floats are exact; zeros, negative amendments, nulls, NaN and equal lines come up.
AMOUNTS = st.one_of(
    st.none(), st.integers(-40, 400).map(lambda quarters: quarters / 4), st.just(0.0), st.just(math.nan)
)
LINES = st.fixed_dictionaries(
    {
        "buyer": st.sampled_from(("POL", "USA", "DEU", None)),
        "supplier": st.sampled_from(("USA", "KOR", "POL", "DEU", "GBR", "NOR", "HRV", "BRA", None)),
        "company": st.sampled_from(("A", "B", None)),
        "year": st.integers(2012, 2021),
        "amount": AMOUNTS,
        "part": st.sampled_from((1.0, 0.5, 0.25)),
        "currency": st.sampled_from(("EUR", "USD", "PLN", "XXX", None)),
    }
)
LINES_OF_A_CASE = st.lists(LINES, min_size=1, max_size=12).map(lambda lines: lines + lines[:1])
CASES = st.lists(LINES_OF_A_CASE, min_size=1, max_size=6)


def tables(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test on many cases, few times where the engine is slow: each example is many tables, told apart by case."""

    def run(engine: Engine) -> None:
        examples = 2 if engine.is_slow else 4

        @settings(max_examples=examples, suppress_health_check=list(HealthCheck), deadline=None)
        @given(cases=CASES)
        def examined(cases: list[list[Line]]) -> None:
            test(engine, cases)

        examined()

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    return run


def frame_of(engine: Engine, cases: list[list[Line]], *names: str) -> Any:
    """All cases in one frame, in the columns asked for."""
    lines = [line | {"case": case} for case, group in enumerate(cases) for line in group]
    columns = {name: [line[name] for line in lines] for name in ("case", *names)}
    return engine.make(columns, TYPES)


def summed(lines: Iterable[Line], key: Callable[[Line], Any], *, part: bool = False) -> dict[Any, Fraction]:
    found: dict[Any, Fraction] = {}
    for line in lines:
        if has_amount(line):
            weight = Fraction(line["part"]) if part else Fraction(1)
            found[key(line)] = found.get(key(line), Fraction(0)) + Fraction(line["amount"]) * weight
    return found


def has_amount(line: Line) -> bool:
    return line["amount"] is not None and not math.isnan(line["amount"])


def share_of(part: Any, amounts: Iterable[Any]) -> Any:
    """A part of a whole; nothing where the whole is not positive, or amendments outweigh one of its parts."""
    given = list(amounts)
    return part / sum(given) if sum(given) > 0 and min(given) >= 0 else None


def close(left: Any, right: Any) -> bool:
    if left is None or right is None:
        return left is right
    return abs(float(left) - float(right)) <= 1e-9 * max(1.0, abs(float(right)))


def check_shares(
    found: list[Line], expected: dict[tuple[Any, ...], dict[Any, Fraction]], keys: list[str], group: list[str]
) -> None:
    """Hold shares against plain sums: keys, amounts, totals, shares and coverage."""
    left = dict(expected)
    seen: dict[tuple[Any, ...], dict[Any, Line]] = defaultdict(dict)
    for row in found:
        seen[tuple(row[name] for name in group)][tuple(row[name] for name in keys)] = row
    assert set(seen) == {place for place, amounts in left.items() if amounts}
    for place, rows in seen.items():
        amounts = {key if isinstance(key, tuple) else (key,): value for key, value in left[place].items()}
        assert set(rows) == set(amounts)
        total = sum(amounts.values())
        known = sum(value for key, value in amounts.items() if None not in key)
        for key, row in rows.items():
            assert close(row["amount"], amounts[key])
            assert close(row["total"], total)
            assert close(row["share"], share_of(amounts[key], amounts.values()))
            assert close(row["coverage"], share_of(known, amounts.values()))


# --- shares


@tables
def test_shares_are_those_of_plain_sums(engine: Engine, cases: list[list[Line]]) -> None:
    lines = frame_of(engine, cases, "supplier", "amount")
    expected = {(case,): summed(group, lambda line: line["supplier"]) for case, group in enumerate(cases)}
    check_shares(rows_of(frames.supplier_shares(lines, within="case")), expected, ["supplier"], ["case"])


@tables
def test_shares_of_everything_need_no_group(engine: Engine, cases: list[list[Line]]) -> None:
    lines = frame_of(engine, cases, "supplier", "amount")
    everything = [line for group in cases for line in group]
    expected = {(): summed(everything, lambda line: line["supplier"])}
    check_shares(rows_of(frames.supplier_shares(lines)), expected, ["supplier"], [])


@tables
def test_shares_by_two_keys_are_unknown_where_either_is(engine: Engine, cases: list[list[Line]]) -> None:
    lines = frame_of(engine, cases, "supplier", "company", "amount", "part")
    found = frames.supplier_shares(lines, by=("supplier", "company"), within="case", part="part")
    expected = {
        (case,): summed(group, lambda line: (line["supplier"], line["company"]), part=True)
        for case, group in enumerate(cases)
    }
    check_shares(rows_of(found), expected, ["supplier", "company"], ["case"])


@tables
def test_years_can_be_bounded(engine: Engine, cases: list[list[Line]]) -> None:
    lines = frame_of(engine, cases, "supplier", "amount", "year")
    found = frames.supplier_shares(lines, within=["case", "year"], since=2014, until=2018)
    expected: dict[tuple[Any, ...], dict[Any, Fraction]] = {}
    for case, group in enumerate(cases):
        for year in range(2014, 2019):
            within = [line for line in group if line["year"] == year]
            expected[case, year] = summed(within, lambda line: line["supplier"])
    check_shares(rows_of(found), expected, ["supplier"], ["case", "year"])


@pytest.mark.parametrize(("since", "until"), [(None, None), (2015, None), (None, 2019), (2015, 2023)])
def test_windows_are_of_calendar_years(engine: Engine, since: int | None, until: int | None) -> None:
    @tables
    def examined(engine: Engine, cases: list[list[Line]]) -> None:
        lines = frame_of(engine, cases, "supplier", "amount", "year")
        found = frames.supplier_shares(lines, within="case", window=3, since=since, until=until)
        counted = [
            line
            for group in cases
            for line in group
            if has_amount(line)
            and (since is None or line["year"] >= since - 2)
            and (until is None or line["year"] <= until)
        ]
        last = until or max((line["year"] for line in counted), default=2012)
        expected: dict[tuple[Any, ...], dict[Any, Fraction]] = {}
        for case, group in enumerate(cases):
            for year in range(since or 2012, last + 1):
                within = [line for line in group if year - 2 <= line["year"] <= year]
                expected[case, year] = summed(within, lambda line: line["supplier"])
        check_shares(rows_of(found), expected, ["supplier"], ["case", "year"])

    examined(engine)


@tables
def test_shares_are_those_of_the_calculator_over_contracts(engine: Engine, cases: list[list[Line]]) -> None:
    lines = frame_of(engine, cases, "supplier", "amount")
    found = {(row["case"], row["supplier"]): row for row in rows_of(frames.supplier_shares(lines, within="case"))}
    for case, group in enumerate(cases):
        contracts = [as_contract(number, line) for number, line in enumerate(group) if countable(line)]
        if len(contracts) < len(group) or not any(line["amount"] for line in group):
            continue
        scalar = nb.dependency.supplier_shares(contracts, basis=nb.OriginBasis.REGISTERED_ADDRESS)
        for row in scalar:
            assert row.country is not None
            assert close(found[case, row.country.alpha_3]["share"], row.share.as_fraction)
            assert close(found[case, row.country.alpha_3]["coverage"], scalar.coverage.as_fraction)
        unknown = found.get((case, None), {"share": 0})
        assert close(unknown["share"], scalar.unknown.as_fraction)


def countable(line: Line) -> bool:
    return has_amount(line) and line["amount"] >= 0


def as_contract(number: int, line: Line, *, buyer: str = "POL") -> nb.Contract:
    """A line as a contract, for the calculators over records."""
    basis, supplier = nb.OriginBasis.REGISTERED_ADDRESS, line["supplier"]
    return nb.Contract(
        key=str(number),
        buyers=(nb.Country(buyer),),
        suppliers=(nb.Supplier(name="A"),),
        system="x",
        areas=(nb.model.CapabilityArea.OTHER,),
        value=nb.ContractValue(kind=nb.ValueKind.CONTRACT, low=nb.Money(str(line["amount"]), "EUR")),
        origins=(nb.Origin.of(basis, {} if supplier is None else {supplier: nb.Share.fraction(1)}),),
        source=SOURCE,
    )


@tables
def test_coverage_counts_lines_amounts_and_known_suppliers(engine: Engine, cases: list[list[Line]]) -> None:
    lines = frame_of(engine, cases, "supplier", "amount")
    found = {row["case"]: row for row in rows_of(frames.coverage(lines, within="case"))}
    for case, group in enumerate(cases):
        counted = [line for line in group if has_amount(line)]
        assert found[case]["lines"] == len(group)
        assert found[case]["counted"] == len(counted)
        assert found[case]["located"] == sum(line["supplier"] is not None for line in counted)
        assert close(found[case]["total"], sum(line["amount"] for line in counted))
    [whole] = rows_of(frames.coverage(lines))
    assert whole["lines"] == sum(map(len, cases))


@tables
def test_coverage_tells_the_years_of_the_lines_that_count(engine: Engine, cases: list[list[Line]]) -> None:
    lines = frame_of(engine, cases, "supplier", "amount", "year")
    found = {row["case"]: row for row in rows_of(frames.coverage(lines, within="case", year="year"))}
    for case, group in enumerate(cases):
        years = [line["year"] for line in group if has_amount(line)]
        ends = found[case]["first_year"], found[case]["last_year"]
        assert ends == ((min(years), max(years)) if years else (None, None))


# --- concentration


@tables
def test_concentration_is_that_of_the_calculator(engine: Engine, cases: list[list[Line]]) -> None:
    lines = frame_of(engine, cases, "supplier", "amount")
    found = {row["case"]: row for row in rows_of(frames.concentration(lines, within="case", top=(1, 2, 4)))}
    for case, group in enumerate(cases):
        amounts = summed(group, lambda line: line["supplier"])
        if not amounts:
            assert case not in found
            continue
        total, row = sum(amounts.values()), found[case]
        known = {key: amount for key, amount in amounts.items() if key is not None}
        assert row["suppliers"] == len(known)
        assert close(row["total"], total)
        if total <= 0 or min(amounts.values()) < 0:
            assert {row[name] for name in row if name not in ("case", "suppliers", "total")} == {None}
            continue
        if not known:
            continue
        shares = [nb.Share.of(int(amount * 4), int(total * 4)) for amount in known.values()]
        unknown = nb.Share.of(int(amounts.get(None, Fraction(0)) * 4), int(total * 4))
        scalar = measures(shares, unknown=unknown)
        assert close(row["unknown"], unknown.as_fraction)
        assert close(row["hhi_low"], scalar.hhi.interval.low)
        assert close(row["hhi_high"], scalar.hhi.interval.high)
        for size in (1, 2, 4):
            assert close(row[f"cr{size}_low"], scalar.top(size).low)
            assert close(row[f"cr{size}_high"], scalar.top(size).high)
        number = scalar.effective_number
        assert close(row["effective_low"], number.low if number else None)
        assert close(row["effective_high"], number.high if number else None)


@tables
def test_concentration_of_everything_and_of_windows(engine: Engine, cases: list[list[Line]]) -> None:
    lines = frame_of(engine, cases, "supplier", "amount", "year")
    everything = [line for group in cases for line in group]
    found = rows_of(frames.concentration(lines, top=2))
    amounts = summed(everything, lambda line: line["supplier"])
    assert len(found) == bool(amounts)
    if amounts:
        squares = sum(amount**2 for key, amount in amounts.items() if key is not None)
        assert close(found[0]["hhi_low"], share_of(squares / (sum(amounts.values()) or 1), amounts.values()))
    windows = rows_of(frames.concentration(lines, window=2, top=1))
    assert len({row["year"] for row in windows}) == len(windows)


# --- blocs, imports, eligibility


@tables
def test_blocs_are_those_of_the_lines_year(engine: Engine, cases: list[list[Line]]) -> None:
    lines = frame_of(engine, cases, "supplier", "year")
    dated = rows_of(frames.supplier_blocs(lines))
    undated = rows_of(frames.supplier_blocs(lines, year=None, named="now"))
    assert len(dated) == len(undated) == sum(map(len, cases))
    for row in dated:
        assert row["bloc"] == expected_bloc(row["supplier"], row["year"])
    for row in undated:
        assert row["now"] == expected_bloc(row["supplier"], None)


def expected_bloc(supplier: str | None, year: int | None) -> str | None:
    if supplier is None:
        return None
    return str(bloc_of(nb.Country(supplier), year))


@tables
def test_imports_are_an_interval_over_what_is_unknown(engine: Engine, cases: list[list[Line]]) -> None:
    lines = frame_of(engine, cases, "buyer", "supplier", "amount")
    found = rows_of(frames.import_share(lines, within=["case", "buyer"]))
    assert {(row["case"], row["buyer"]) for row in found} == {
        (case, line["buyer"]) for case, group in enumerate(cases) for line in group
    }
    for row in found:
        group = [line for line in cases[row["case"]] if line["buyer"] == row["buyer"] and has_amount(line)]
        sides = dict.fromkeys(("domestic", "foreign", "unknown"), 0.0)
        for line in group:
            nobody_knows = line["supplier"] is None or line["buyer"] is None
            side = "domestic" if line["supplier"] == line["buyer"] else "foreign"
            sides["unknown" if nobody_knows else side] += line["amount"]
        assert close(row["total"], sum(sides.values()))
        for side, amount in sides.items():
            assert close(row[side], amount)
        assert close(row["low"], share_of(sides["foreign"], sides.values()))
        assert close(row["high"], share_of(sides["foreign"] + sides["unknown"], sides.values()))
        if row["buyer"] is None:
            assert row["low"] is None or (row["low"], row["high"]) == (0.0, 1.0)
            continue
        contracts = [
            as_contract(number, line, buyer=row["buyer"]) for number, line in enumerate(group) if countable(line)
        ]
        if len(contracts) == len(group) and row["total"] > 0:
            scalar = nb.dependency.import_share(contracts, basis=nb.OriginBasis.REGISTERED_ADDRESS)
            assert close(row["low"], scalar.interval.low)
            assert close(row["high"], scalar.interval.high)


@tables
def test_eligibility_is_that_of_the_test_contract_by_contract(engine: Engine, cases: list[list[Line]]) -> None:
    rule = nb.datasets.content_rule("SAFE")
    parts: list[Line] = []
    expected: dict[tuple[int, str], list[float]] = defaultdict(list)
    for case, group in enumerate(cases):
        for number, line in enumerate(group):
            shares: dict[str, float] = {}
            key = f"{case}-{number}"
            for supplier, part in ((line["supplier"], 0.25), ("FRA", 0.5), ("KOR", line["part"] / 4)):
                parts.append(line | {"case": case, "key": key, "supplier": supplier, "part": part})
                if supplier is not None:
                    shares[supplier] = shares.get(supplier, 0.0) + part
            fractions = {country: nb.Share.fraction(str(share)) for country, share in shares.items()}
            origin = nb.Origin.of(nb.OriginBasis.CONTENT, fractions)
            if has_amount(line):
                verdict = str(content_test(rule, origin, when=line["year"]).verdict)
                expected[case, verdict].append(line["amount"])
    columns = {name: [part[name] for part in parts] for name in ("case", "key", "supplier", "part", "amount", "year")}
    found = rows_of(frames.eligibility_split(engine.make(columns, TYPES), rule, within="case"))
    assert {(row["case"], row["verdict"]) for row in found} == set(expected)
    for row in found:
        amounts = expected[row["case"], row["verdict"]]
        sums = [sum(part) for (case, _), part in expected.items() if case == row["case"]]
        assert row["contracts"] == len(amounts)
        assert close(row["amount"], sum(amounts))
        assert close(row["share"], share_of(sum(amounts), sums))


# --- money


def rates(year: int) -> ExchangeRates:
    quoted = (Quotation(nb.Currency("USD"), f"1.{year - 2000}"), Quotation(nb.Currency("PLN"), "4.25"))
    return ExchangeRates(base=nb.Currency("EUR"), date=dt.date(year, 12, 31), quotations=quoted, source=SOURCE)


@tables
def test_conversion_is_that_of_the_rates(engine: Engine, cases: list[list[Line]]) -> None:
    lines = frame_of(engine, cases, "currency", "year", "amount")
    one, by_year = rates(2020), {year: rates(year) for year in range(2013, 2022)}
    for found, of in (
        (frames.convert(lines, one, to="USD", named="usd"), lambda _year: one),
        (frames.convert(lines, by_year, to="USD", named="usd"), by_year.get),
    ):
        rows = rows_of(found)
        assert len(rows) == sum(map(len, cases))
        for row in rows:
            table = of(row["year"])
            if row["currency"] in ("XXX", None) or row["amount"] is None or table is None:
                assert row["usd"] is None
            else:
                assert close(row["usd"], table.convert(nb.Money(str(row["amount"]), row["currency"]), "USD").amount)
        if not engine.is_lazy:
            given = [line["amount"] if has_amount(line) else None for group in cases for line in group]
            assert [row["amount"] for row in rows] == given


@tables
def test_deflation_is_that_of_the_index(engine: Engine, cases: list[list[Line]]) -> None:
    lines = frame_of(engine, cases, "currency", "year", "amount")
    levels = {year: 100 + 3 * (year - 2012) for year in range(2012, 2021)}
    prices = [nb.model.Deflator.of("Index", code, levels, source=SOURCE) for code in ("EUR", "PLN")]
    for row in rows_of(frames.deflate(lines, prices, base=2015, named="real")):
        if row["currency"] not in ("EUR", "PLN") or row["amount"] is None or row["year"] not in levels:
            assert row["real"] is None
        else:
            money = nb.Money(str(row["amount"]), row["currency"])
            index = prices[0 if row["currency"] == "EUR" else 1]
            assert close(row["real"], index.to_constant(money, year=row["year"], base=2015).amount)


# --- tables of allies and of energy


def test_gaps_are_those_of_the_calculator_for_every_ally_and_year(engine: Engine, table: nb.ExpenditureTable) -> None:
    rows = [
        (
            country.alpha_3,
            year,
            table.share_of_gdp(country, year).value,
            table.expenditure(country, year),
            table.gdp(country, year),
        )
        for country in nb.Group.find("NATO").members(2026)
        for year in (2024, 2025)
        if country.alpha_3 not in ("ISL",)
    ]
    columns = {
        "key": [row[0] for row in rows],
        "year": [row[1] for row in rows],
        "part": [float(row[2].as_percent) for row in rows],
        "amount": [float(row[3].value.amount) for row in rows],
        "gdp": [float(row[4].value.amount) for row in rows],
    }
    allies = engine.make(columns, TYPES | {"gdp": "number"})
    found = rows_of(frames.target_gaps(allies, nb.HAGUE_CORE, expenditure="amount", share="part"))
    assert len(found) == len(rows) > 60
    for row in found:
        scalar = nb.targets.gap(table, row["key"], row["year"], nb.HAGUE_CORE)
        assert close(row["gap_amount"], scalar.amount.amount)
        assert close(row["gap_points"], scalar.points.value)
        assert row["reaches"] is nb.HAGUE_CORE.is_met_by(scalar.share)
    unrounded = rows_of(frames.target_gaps(allies, nb.HAGUE_CORE, expenditure="amount"))
    assert all(abs(row["gap_points"] - 3.5 + 100 * row["amount"] / row["gdp"]) < 1e-9 for row in unrounded)


def test_energy_dependency_is_that_of_the_calculator_and_null_without_a_whole(engine: Engine) -> None:
    columns = {
        "imports": [900.0, 1.0, None, 3.0],
        "exports": [200.0, 5.0, 1.0, 1.0],
        "available": [1400.0, 2.0, 3.0, 0.0],
    }
    frame = engine.make(columns, dict.fromkeys(columns, "number"))
    found = rows_of(frames.import_dependency(frame))
    by_imports = {row["imports"]: row["dependency"] for row in found}
    for imports, exports, available in ((900, 200, 1400), (1, 5, 2)):
        figures = [nb.Energy(figure, nb.EnergyUnit.TJ) for figure in (imports, exports, available)]
        assert close(by_imports[imports], nb.energy.dependency_ratio(*figures).as_fraction)
    assert by_imports[3.0] is None
    assert by_imports[None] is None


# --- what comes in and what goes out


def test_a_frame_comes_back_as_what_it_was(engine: Engine) -> None:
    columns = {"supplier": ["USA", None], "amount": [1.0, 2.0]}
    lines = engine.make(columns, TYPES)
    found = frames.supplier_shares(lines)
    assert type(found) is type(lines)


def test_what_a_frame_lacks_is_said_at_once(engine: Engine) -> None:
    columns = {"supplier": ["USA", None], "amount": ["1", "2"], "year": [1.5, 2.5]}
    lines = engine.make(columns, {"supplier": "text", "amount": "text", "year": "number"})
    with pytest.raises(nb.errors.FrameError) as caught:
        frames.supplier_shares(lines, by=("supplier", "maker"), since=2020)
    message = str(caught.value)
    assert "no column 'maker'" in message
    assert "column 'amount' is String, and must be a number" in message
    assert "column 'year' is Float64, and must be a whole number" in message
    assert "the columns are supplier, amount, year" in message


def test_a_null_is_a_group_like_any_other(engine: Engine) -> None:
    columns = {"buyer": ["POL", None, None], "supplier": ["USA", "USA", "KOR"], "amount": [1.0, 3.0, 1.0]}
    lines = engine.make(columns, TYPES)
    shares = {
        (row["buyer"], row["supplier"]): row["share"] for row in rows_of(frames.supplier_shares(lines, within="buyer"))
    }
    assert shares == {("POL", "USA"): 1.0, (None, "USA"): 0.75, (None, "KOR"): 0.25}
    found = {row["buyer"]: row for row in rows_of(frames.concentration(lines, within="buyer", top=(1, 2)))}
    assert (found[None]["cr1_low"], found[None]["cr2_low"], found[None]["hhi_low"]) == (0.75, 1.0, 0.625)
    assert {row["buyer"]: row["lines"] for row in rows_of(frames.coverage(lines, within="buyer"))} == {
        "POL": 1,
        None: 2,
    }


def test_an_empty_frame_has_no_shares(engine: Engine) -> None:
    lines = engine.make({"supplier": ["USA"], "amount": [None]}, TYPES)
    assert rows_of(frames.supplier_shares(lines)) == []
