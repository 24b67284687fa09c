"""Values that would make wrong answers: taken as what they are, or refused with the value, on every engine."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import natoburden as nb
from natoburden import frames
from natoburden.errors import FrameError
from natoburden.model.exchange import ExchangeRates
from tests.frames.engines import ENGINES, Engine, rows_of

TYPES = {
    "key": "text",
    "part_of": "text",
    "buyer": "text",
    "supplier": "text",
    "currency": "text",
    "year": "year",
    "amount": "number",
    "part": "number",
    "whole": "year",
    "expenditure": "number",
    "gdp": "number",
    "share": "number",
}
SAFE = nb.datasets.content_rule("SAFE")
pytestmark = [
    pytest.mark.parametrize("engine", ENGINES),
    pytest.mark.filterwarnings("ignore:Dask support is moving out of Narwhals:FutureWarning"),
]


def frame(engine: Engine, **columns: list[Any]) -> Any:
    return engine.make(columns, TYPES)


def refused(call: Any) -> str:
    with pytest.raises(FrameError) as caught:
        call()
    return str(caught.value)


# --- ranks


@pytest.mark.slow
def test_the_largest_are_the_same_in_every_run(engine: Engine) -> None:
    # Many runs where threads may meet in another order each time; a single-threaded engine tells the same twice.
    runs, size = engine.runs, engine.rows
    generator = np.random.default_rng(7)
    who = generator.integers(0, 12, size)
    group = generator.integers(0, 3, size)
    year = generator.integers(2020, 2024, size)
    amount = generator.random(size) * 10.0 ** generator.choice([0, 3, 9], size)
    names = [None if number == 3 else f"g{number}" for number in (1, 2, 3)]
    lines = frame(
        engine,
        supplier=[f"S{number}" for number in who],
        buyer=[names[number] for number in group],
        year=year.tolist(),
        amount=amount.tolist(),
    )

    def leading(chosen: Any, sizes: tuple[int, ...]) -> list[float]:
        sums = np.sort(np.bincount(who[chosen], weights=amount[chosen], minlength=12))[::-1]
        return [sums[:size].sum() / sums.sum() for size in sizes]

    by_window = {
        (name, last): leading((group == number) & (year >= last - 1) & (year <= last), (2, 5))
        for number, name in enumerate(names)
        for last in range(2020, 2024)
    }
    everything = leading(slice(None), (1, 2, 4, 12))
    for run in range(runs):
        found = rows_of(frames.concentration(lines, within="buyer", window=2, top=(2, 5)))
        assert len(found) == 12
        for row in found:
            shares = by_window[row["buyer"], row["year"]]
            assert [row["cr2_low"], row["cr5_low"]] == pytest.approx(shares, abs=1e-9)
        if run % 4 == 0:
            [row] = rows_of(frames.concentration(lines, top=(1, 2, 4, 12)))
            assert [row[f"cr{size}_low"] for size in (1, 2, 4, 12)] == pytest.approx(everything, abs=1e-9)


def test_of_equal_suppliers_as_many_count_as_are_asked_for(engine: Engine) -> None:
    lines = frame(engine, supplier=["D", "B", "A", "C", None], amount=[0.1, 0.1, 0.1, 0.1, 0.1])
    [row] = rows_of(frames.concentration(lines, top=(1, 2, 3, 4, 9)))
    found = [row[f"cr{size}_low"] for size in (1, 2, 3, 4, 9)]
    assert found == pytest.approx([0.2, 0.4, 0.6, 0.8, 0.8])
    assert [row[f"cr{size}_high"] for size in (1, 4)] == pytest.approx([0.4, 1.0])


# --- what a share is, against plain Python, for any amounts


ANY_AMOUNT = st.one_of(
    st.none(),
    st.just(math.nan),
    st.floats(-1e6, 1e12).map(lambda number: round(number, 2)),
    st.sampled_from([0.0, 0.1, 0.2, 0.3, -0.3, 1e-9, 1e15]),
)
ANY_LINE = st.fixed_dictionaries(
    {
        "buyer": st.sampled_from(["POL", "DEU", None]),
        "supplier": st.sampled_from(["USA", "POL", "DEU", "KOR", None]),
        "amount": ANY_AMOUNT,
    }
)


def test_intervals_lie_between_nought_and_one_for_any_amounts(engine: Engine) -> None:
    examples = 2 if engine.is_slow else 8

    @settings(max_examples=examples, suppress_health_check=list(HealthCheck), deadline=None)
    @given(rows=st.lists(ANY_LINE, min_size=1, max_size=30))
    def examined(rows: list[dict[str, Any]]) -> None:
        lines = frame(engine, **{name: [row[name] for row in rows] for name in ("buyer", "supplier", "amount")})
        expected: dict[Any, dict[Any, list[float]]] = {}
        for row in rows:
            if row["amount"] is not None and not math.isnan(row["amount"]):
                expected.setdefault(row["buyer"], {}).setdefault(row["supplier"], []).append(row["amount"])
        found = {row["buyer"]: row for row in rows_of(frames.concentration(lines, within="buyer", top=(1, 2, 3)))}
        assert set(found) == set(expected)
        for buyer, suppliers in expected.items():
            sums = {supplier: net(amounts) for supplier, amounts in suppliers.items()}
            total, row = math.fsum(sums.values()), found[buyer]
            if total <= 0 or min(sums.values()) < 0:
                assert row["hhi_low"] is row["hhi_high"] is row["cr2_low"] is row["unknown"] is None
                continue
            assert 0 <= row["hhi_low"] <= row["hhi_high"] <= 1
            known = sorted((amount / total for supplier, amount in sums.items() if supplier), reverse=True)
            assert row["hhi_low"] == pytest.approx(sum(share**2 for share in known), abs=1e-9)
            for size in (1, 2, 3):
                assert 0 <= row[f"cr{size}_low"] <= row[f"cr{size}_high"] <= 1
                assert row[f"cr{size}_low"] == pytest.approx(sum(known[:size]), abs=1e-9)
            assert row["cr1_low"] <= row["cr2_low"] <= row["cr3_low"]
        for row in rows_of(frames.import_share(lines, within="buyer")):
            assert row["low"] is None or 0 <= row["low"] <= row["high"] <= 1
        for row in rows_of(frames.supplier_shares(lines, within="buyer")):
            assert row["share"] is None or (0 <= row["share"] <= 1 and 0 <= row["coverage"] <= 1)

    examined()


def net(amounts: list[float]) -> float:
    """A sum in which what cancels leaves nothing."""
    found = math.fsum(amounts)
    return 0.0 if abs(found) <= 1e-12 * math.fsum(map(abs, amounts)) else found


def test_amounts_that_cancel_leave_nothing(engine: Engine) -> None:
    lines = frame(engine, supplier=["USA"] * 3 + ["KOR"], amount=[0.1, 0.2, -0.3, 1.0])
    found = {row["supplier"]: row["share"] for row in rows_of(frames.supplier_shares(lines))}
    assert found == {"USA": 0.0, "KOR": 1.0}
    alone = frame(engine, supplier=["USA"] * 3, amount=[0.1, 0.2, -0.3])
    assert [row["share"] for row in rows_of(frames.supplier_shares(alone))] == [None]


def test_amendments_that_outweigh_a_contract_leave_no_shares(engine: Engine) -> None:
    lines = frame(engine, supplier=["KOR", "USA", None], amount=[10.0, -5.0, 1.0], buyer=["POL"] * 3)
    [row] = rows_of(frames.concentration(lines))
    assert row["suppliers"], row["total"] == (2, 6.0)
    assert {row[name] for name in row if name not in ("suppliers", "total")} == {None}
    assert {row["share"] for row in rows_of(frames.supplier_shares(lines))} == {None}
    unknown = frame(engine, supplier=["KOR", None], amount=[10.0, -5.0], buyer=["POL"] * 2)
    assert [(row["low"], row["high"]) for row in rows_of(frames.import_share(unknown))] == [(None, None)]
    reduced = frame(engine, supplier=["KOR", "KOR", "USA"], amount=[10.0, -5.0, 5.0])
    assert {row["share"] for row in rows_of(frames.supplier_shares(reduced))} == {0.5}


# --- nulls


def test_an_unknown_buyer_may_have_bought_anywhere(engine: Engine) -> None:
    lines = frame(engine, buyer=[None] * 3, supplier=["USA", None, "POL"], amount=[4.0, 1.0, 2.0])
    [row] = rows_of(frames.import_share(lines))
    assert (row["domestic"], row["foreign"], row["unknown"], row["total"]) == (0.0, 0.0, 7.0, 7.0)
    assert (row["low"], row["high"]) == (0.0, 1.0)


def test_nan_is_a_missing_figure(engine: Engine) -> None:
    nan = math.nan
    lines = frame(engine, supplier=["USA", "DEU", "KOR"], year=[2024] * 3, amount=[1.0, nan, 3.0], part=[1.0, nan, 1.0])
    for found in (frames.supplier_shares(lines), frames.supplier_shares(lines, part="part")):
        assert {row["supplier"]: row["share"] for row in rows_of(found)} == {"KOR": 0.75, "USA": 0.25}
    [row] = rows_of(frames.coverage(lines))
    assert (row["lines"], row["counted"], row["located"], row["total"]) == (3, 2, 2, 4.0)
    gaps = frame(engine, key=["a", "b", "c"], expenditure=[20.0, nan, 20.0], gdp=[1000.0, 1000.0, nan])
    found = {row["key"]: row for row in rows_of(frames.target_gaps(gaps, nb.HAGUE_CORE))}
    assert [found[key]["reaches"] for key in "abc"] == [False, None, None]
    assert [found[key]["gap_amount"] for key in "abc"] == [15.0, None, None]
    energy = frame(engine, expenditure=[nan, 2.0], gdp=[1.0, 1.0], share=[2.0, 2.0])
    by_imports = rows_of(frames.import_dependency(energy, imports="expenditure", exports="gdp", available="share"))
    assert sorted((row["dependency"] for row in by_imports), key=str) == [0.5, None]


def test_a_year_that_is_missing_is_in_no_period(engine: Engine) -> None:
    lines = frame(engine, supplier=["USA", "KOR"], year=[2024, None], amount=[1.0, 1.0])
    for named in ({"since": 2020}, {"until": 2024}, {"window": 2}):
        message = refused(lambda named=named: frames.supplier_shares(lines, **named))
        assert "column 'year' has 1 null; fill them, or drop the rows" in message
    shares = {row["year"]: row["share"] for row in rows_of(frames.supplier_shares(lines, within="year"))}
    assert shares == {2024: 1.0, None: 1.0}
    without = frame(engine, supplier=["USA", "KOR"], year=[2024, None], amount=[1.0, None])
    assert [row["share"] for row in rows_of(frames.supplier_shares(without, since=2020))] == [1.0]


def test_a_column_of_nothing_but_nulls_is_one_of_any_type(engine: Engine) -> None:
    types = TYPES | {"supplier": "number", "amount": "text", "year": "number"}
    columns = {"supplier": [None, None], "amount": [None, None], "year": [None, None], "part_of": [None, None]}
    lines = engine.make(columns, types)
    assert rows_of(frames.supplier_shares(lines)) == []
    assert rows_of(frames.supplier_shares(lines, since=2020, window=2)) == []
    assert [row["counted"] for row in rows_of(frames.coverage(lines))] == [0]
    assert [row["bloc"] for row in rows_of(frames.supplier_blocs(lines))] == [None, None]


# --- numbers


@pytest.mark.parametrize("infinite", [math.inf, -math.inf])
def test_infinite_numbers_are_refused(engine: Engine, infinite: float) -> None:
    lines = frame(
        engine,
        key=["a", "b"],
        supplier=["USA", "KOR"],
        amount=[1.0, infinite],
        buyer=["POL"] * 2,
        currency=["EUR"] * 2,
        part=[1.0, 1.0],
        year=[2024] * 2,
    )
    rates: ExchangeRates = nb.datasets.exchange_rates()
    for call in (
        lambda: frames.supplier_shares(lines),
        lambda: frames.concentration(lines),
        lambda: frames.coverage(lines),
        lambda: frames.import_share(lines),
        lambda: frames.eligibility_split(lines, SAFE),
        lambda: frames.convert(lines, rates, to="USD"),
        lambda: frames.target_gaps(lines, nb.HAGUE_CORE, expenditure="amount", gdp="part"),
        lambda: frames.import_dependency(lines, imports="amount", exports="part", available="part"),
    ):
        assert "column 'amount' holds infinite numbers" in refused(call)


def test_sums_that_no_number_holds_are_refused(engine: Engine) -> None:
    large = frame(engine, supplier=["USA", "USA"], whole=[2**62, 2**62])
    assert "add up to more than an int64 holds" in refused(lambda: frames.supplier_shares(large, amount="whole"))
    exact = frame(engine, supplier=["USA", "USA", "KOR"], whole=[2**61, 1, 2**61 + 1])
    found = {row["supplier"]: row for row in rows_of(frames.supplier_shares(exact, amount="whole"))}
    assert found["USA"]["amount"] == found["KOR"]["amount"] == 2**61 + 1
    assert found["USA"]["total"] == 2**62 + 2
    floats = frame(engine, supplier=["USA", "USA"], amount=[1e308, 1e308])
    assert "add up to more than a float64 holds" in refused(lambda: frames.concentration(floats))


@pytest.mark.parametrize("part", [1.5, -0.1, math.inf])
def test_parts_outside_of_a_whole_are_refused(engine: Engine, part: float) -> None:
    lines = frame(
        engine,
        key=["a", "b"],
        supplier=["USA", "KOR"],
        buyer=["POL", "POL"],
        amount=[1.0, 2.0],
        part=[1.0, part],
        year=[2024] * 2,
    )
    for call in (
        lambda: frames.supplier_shares(lines, part="part"),
        lambda: frames.concentration(lines, part="part"),
        lambda: frames.import_share(lines, part="part"),
        lambda: frames.eligibility_split(lines, SAFE),
    ):
        assert "column 'part' holds" in refused(call)
    missing = frame(engine, supplier=["USA", "KOR"], amount=[1.0, 2.0], part=[1.0, None])
    assert "column 'part' has 1 null" in refused(lambda: frames.supplier_shares(missing, part="part"))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"amount": [3.0, 4.0, 1.0]}, "the lines of 'a' differ in amount"),
        ({"amount": [3.0, None, 1.0]}, "the lines of 'a' have an amount in part"),
        ({"part": [0.75, 0.5, 1.0]}, "the lines of 'a' have parts that add up to more than one"),
        ({"year": [2025, 2026, 2026]}, "the lines of 'a' are of several years"),
    ],
)
def test_lines_of_one_contract_agree(engine: Engine, changed: dict[str, list[Any]], words: str) -> None:
    columns: dict[str, list[Any]] = {
        "key": ["a", "a", "b"],
        "supplier": ["FRA", "USA", "USA"],
        "part": [0.75, 0.25, 1.0],
        "amount": [3.0, 3.0, 1.0],
        "year": [2026] * 3,
    }
    found = {row["verdict"]: row["share"] for row in rows_of(frames.eligibility_split(frame(engine, **columns), SAFE))}
    assert found == {"eligible": 0.75, "not eligible": 0.25}
    assert words in refused(lambda: frames.eligibility_split(frame(engine, **columns | changed), SAFE))


# --- names in the place of codes


def test_names_in_the_place_of_codes_are_named(engine: Engine) -> None:
    names = ["Germany", "germany", "US", "usa", "Atlantis", "", "USA", None]
    lines = frame(
        engine,
        key=list("abcdefgh"),
        supplier=names,
        buyer=["POL"] * 7 + ["Poland"],
        amount=[1.0] * 8,
        part=[1.0] * 8,
        year=[2024] * 8,
    )
    shown = "column 'supplier' holds '', 'Atlantis', 'Germany' (DEU), 'US' (USA), 'germany' (DEU), 'usa' (USA)"
    for call in (
        lambda: frames.supplier_blocs(lines),
        lambda: frames.supplier_blocs(lines, year=None),
        lambda: frames.eligibility_split(lines, SAFE),
        lambda: frames.import_share(lines),
    ):
        assert shown in refused(call)
    assert "column 'buyer' holds 'Poland' (POL)" in refused(lambda: frames.import_share(lines))
    assert len(rows_of(frames.supplier_shares(lines))) == 8  # companies are keys too


def test_currencies_that_are_no_codes_are_named(engine: Engine) -> None:
    lines = frame(engine, amount=[1.0, 1.0, 1.0], currency=["Euro", "usd", "USD"], year=[2023] * 3)
    shown = "column 'currency' holds 'Euro', 'usd' (USD)"
    prices = nb.model.Deflator.of(
        "Index", "USD", {2023: 100}, source=nb.Source(title="Invented", publisher="natoburden")
    )
    assert shown in refused(lambda: frames.convert(lines, nb.datasets.exchange_rates(), to="EUR"))
    assert shown in refused(lambda: frames.deflate(lines, prices, base=2023))


# --- several currencies


def test_amounts_of_several_currencies_do_not_add_up(engine: Engine) -> None:
    lines = frame(
        engine,
        key=["a", "b", "c"],
        buyer=["POL", "POL", "DEU"],
        supplier=["USA", "KOR", "USA"],
        amount=[4.0, 4.0, 8.0],
        currency=["USD", "PLN", "EUR"],
        part=[1.0] * 3,
        year=[2022, 2023, 2024],
    )
    for call in (
        lambda: frames.supplier_shares(lines),
        lambda: frames.supplier_shares(lines, within="buyer"),
        lambda: frames.supplier_shares(lines, window=3),
        lambda: frames.concentration(lines),
        lambda: frames.coverage(lines),
        lambda: frames.import_share(lines),
        lambda: frames.eligibility_split(lines, SAFE),
    ):
        message = refused(call)
        assert "PLN" in message
        assert "convert them first" in message
    assert len(rows_of(frames.supplier_shares(lines, within="currency"))) == 3
    assert len(rows_of(frames.supplier_shares(lines, within="year"))) == 3
    assert [row["total"] for row in rows_of(frames.supplier_shares(lines, since=2024))] == [8.0]
    assert {row["total"] for row in rows_of(frames.supplier_shares(lines, currency=None))} == {16.0}
    euros = frames.convert(lines, nb.datasets.exchange_rates(), to="EUR")
    assert {row["coverage"] for row in rows_of(frames.supplier_shares(euros))} == {1.0}


def test_an_amount_without_currency_is_not_of_the_others_currency(engine: Engine) -> None:
    lines = frame(engine, supplier=["USA", "KOR"], amount=[4.0, 4.0], currency=["USD", None])
    assert "amounts of USD and no currency" in refused(lambda: frames.supplier_shares(lines))
    undisclosed = frame(engine, supplier=["USA", "KOR"], amount=[4.0, None], currency=["USD", None])
    assert [row["share"] for row in rows_of(frames.supplier_shares(undisclosed))] == [1.0]


# --- contracts inside others


def test_a_child_is_left_out_where_its_parent_counts(engine: Engine) -> None:
    lines = frame(
        engine,
        key=["p", "c", "g", "o"],
        part_of=[None, "p", "c", "elsewhere"],
        buyer=["ROU"] * 4,
        supplier=["USA", "KOR", "KOR", "FRA"],
        amount=[6.0, 2.0, 1.0, 2.0],
        year=[2020, 2022, 2022, 2020],
        part=[1.0] * 4,
    )
    shares = {row["supplier"]: row["share"] for row in rows_of(frames.supplier_shares(lines))}
    assert shares == {"USA": 0.75, "FRA": 0.25}
    [row] = rows_of(frames.concentration(lines))
    assert (row["suppliers"], row["total"]) == (2, 8.0)
    [row] = rows_of(frames.coverage(lines))
    assert (row["lines"], row["total"]) == (2, 8.0)
    [row] = rows_of(frames.import_share(lines))
    assert row["total"] == 8.0
    assert {row["verdict"]: row["amount"] for row in rows_of(frames.eligibility_split(lines, SAFE))} == {
        "eligible": 2.0,
        "not eligible": 6.0,
    }
    later = {row["supplier"]: row["amount"] for row in rows_of(frames.supplier_shares(lines, since=2021))}
    assert later == {"KOR": 2.0}  # whose own child is inside it
    windows = {
        (row["year"], row["supplier"]): row["amount"]
        for row in rows_of(frames.supplier_shares(lines, window=2, until=2023))
    }
    assert windows == {
        (2020, "USA"): 6.0,
        (2020, "FRA"): 2.0,
        (2021, "USA"): 6.0,
        (2021, "FRA"): 2.0,
        (2022, "KOR"): 2.0,
        (2023, "KOR"): 2.0,
    }
    assert {row["total"] for row in rows_of(frames.supplier_shares(lines, part_of=None))} == {11.0}


def test_a_parent_counts_in_its_own_group_and_with_an_amount(engine: Engine) -> None:
    lines = frame(
        engine,
        key=["p", "c", "q", "d", "r", "e"],
        part_of=[None, "p", None, "q", None, "r"],
        buyer=["ROU", "POL", "ROU", "ROU", None, None],
        supplier=["USA", "KOR", "USA", "KOR", "USA", "KOR"],
        amount=[6.0, 2.0, None, 2.0, 5.0, 4.0],
    )
    found = {
        (row["buyer"], row["supplier"]): row["amount"] for row in rows_of(frames.supplier_shares(lines, within="buyer"))
    }
    assert found == {("ROU", "USA"): 6.0, ("ROU", "KOR"): 2.0, ("POL", "KOR"): 2.0, (None, "USA"): 5.0}


def test_a_part_of_a_part_is_inside_the_whole(engine: Engine) -> None:
    """The part between has no amount, or is of another year: as in `dependency`, that changes nothing."""
    lines = frame(
        engine,
        key=["p", "c", "g", "q", "d", "h"],
        part_of=[None, "p", "c", None, "q", "d"],
        supplier=["USA", "KOR", "SWE", "FRA", "ITA", "ESP"],
        year=[2021, 2021, 2021, 2021, 2020, 2021],
        amount=[8.0, None, 1.0, 16.0, 2.0, 4.0],
    )
    of_2021 = rows_of(frames.supplier_shares(lines, since=2021))
    assert sorted((row["supplier"], row["amount"]) for row in of_2021) == [("FRA", 16.0), ("USA", 8.0)]
    of_each = rows_of(frames.supplier_shares(lines, within="year"))
    assert sorted((row["year"], row["supplier"], row["share"]) for row in of_each) == [
        (2020, "ITA", 1.0),
        (2021, "FRA", 16 / 24),
        (2021, "USA", 8 / 24),
    ]
    told = rows_of(frames.coverage(lines))[0]
    assert (told["counted"], told["total"]) == (2, 24.0)


@pytest.mark.parametrize("part_of", [["a", None], ["b", "a"]])
def test_parts_in_a_circle_are_refused(engine: Engine, part_of: list[str | None]) -> None:
    lines = frame(engine, key=["a", "b"], part_of=part_of, supplier=["USA", "KOR"], amount=[1.0, 3.0])
    assert "contract 'a' is part of itself, by column 'part_of'" in refused(lambda: frames.supplier_shares(lines))
    assert len(rows_of(frames.supplier_shares(lines, part_of=None))) == 2


def test_parts_of_nobody_knows_which_contract_are_refused(engine: Engine) -> None:
    lines = frame(
        engine, key=[None, None], supplier=["FRA", "USA"], part=[0.5, 0.5], amount=[1.0, 1.0], year=[2026, 2026]
    )
    assert "column 'key' has 2 nulls" in refused(lambda: frames.eligibility_split(lines, SAFE))


def test_parents_need_keys(engine: Engine) -> None:
    lines = frame(engine, part_of=["p", None], supplier=["USA", "KOR"], amount=[1.0, 2.0])
    assert "no column 'key'" in refused(lambda: frames.supplier_shares(lines))
