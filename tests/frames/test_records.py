"""Contracts as columns and back, tables as frames, and arguments that frame functions refuse."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import natoburden as nb
from natoburden import frames
from natoburden.errors import FrameError, UnexpectedValueError, UnknownNameError
from natoburden.frames._engine import opened
from natoburden.model.record_coverage import RecordKind
from tests.frames.engines import rows_of

SOURCE = nb.Source(title="Invented lines", publisher="natoburden")
CONTRACTS = nb.datasets.announced_contracts()


@pytest.mark.parametrize("backend", ["polars", "pandas", "pyarrow"])
def test_contracts_as_lines_give_the_shares_of_the_calculator(backend: Any) -> None:
    lines = frames.contracts_to_frame(CONTRACTS, backend)
    import narwhals as nw

    of_contracts = nw.from_native(lines).filter(nw.col("kind") == "contract", ~nw.col("buyer").is_null()).to_native()
    converted = frames.convert(of_contracts, nb.datasets.exchange_rates(), to="USD")
    found = {
        (row["buyer"], row["supplier"]): row
        for row in rows_of(frames.supplier_shares(converted, within="buyer", part="part"))
    }
    for buyer in ("POL", "EST", "NLD"):
        records = [item for item in CONTRACTS if item.buyers == (nb.Country(buyer),) and item.part_of is None]
        scalar = nb.dependency.supplier_shares(records, rates=nb.datasets.exchange_rates(), currency="USD")
        own = {row.country.alpha_3: row.share for row in scalar if row.country}
        assert own
        for supplier, share in own.items():
            assert abs(found[buyer, supplier]["share"] - float(share.as_fraction)) < 1e-9


def test_lines_of_contracts_hold_their_whole_schema_and_every_part() -> None:
    lines = frames.contracts_to_frame(CONTRACTS, "polars")
    assert tuple(lines.columns) == tuple(frames.SCHEMA)
    parts = lines.group_by("key").agg(pl.col("part").sum())
    assert parts["part"].round(9).unique().to_list() == [1.0]
    for name, (_, may_be_null, _) in frames.SCHEMA.items():
        assert may_be_null or lines[name].null_count() == 0


def test_lines_become_the_contracts_that_they_were() -> None:
    single = [item for item in CONTRACTS if len(item.buyers) == len(item.suppliers) == len(item.areas) == 1]
    lines = frames.contracts_to_frame(single, "pyarrow")
    back = frames.frame_to_contracts(lines, source=SOURCE)
    assert len(back.items) == len(single) > 20
    assert any(item.part_of for item in single)
    for item in single:
        found = back[item.key]
        for name in ("buyers", "areas", "system", "year", "status", "part_of"):
            assert getattr(found, name) == getattr(item, name)
        assert found.suppliers[0].name == item.suppliers[0].name
        assert found.value.kind is item.value.kind
        assert found.value.low == item.value.at(None)
        own, given = found.origins[0], item.origin(nb.OriginBasis.PRIME_NATIONALITY)
        assert given is not None
        assert own.known == given.known


def test_lines_say_whether_they_are_of_a_sample_or_a_register_and_become_what_they_say() -> None:
    made = frames.contracts_to_frame(CONTRACTS.of("Poland"), "polars")
    assert made["record"].unique().to_list() == ["sample"]
    single = made.filter(pl.col("buyer") == "POL", ~pl.col("area").is_null(), ~pl.col("amount").is_null())
    assert frames.frame_to_contracts(single, source=SOURCE).kind is RecordKind.SAMPLE
    register = single.with_columns(record=pl.lit("register"))
    assert frames.frame_to_contracts(register, source=SOURCE).kind is RecordKind.SELECTION
    assert frames.frame_to_contracts(lines(), source=SOURCE).kind is RecordKind.LIST
    mixed = pl.concat([register, single.head(1).with_columns(key=pl.lit("mine"))])
    assert frames.frame_to_contracts(mixed, source=SOURCE).kind is RecordKind.LIST
    assert frames.contracts_to_frame([CONTRACTS["C09"]], "polars")["record"].to_list() == ["list of the caller's own"]
    with pytest.raises(FrameError, match="'census'"):
        frames.frame_to_contracts(single.with_columns(record=pl.lit("census")), source=SOURCE)


def lines(**changed: Any) -> pl.DataFrame:
    columns: dict[str, Any] = {
        "key": ["a", "a"],
        "buyer": ["POL", "POL"],
        "supplier": ["USA", None],
        "part": [0.75, 0.25],
        "year": [2024, 2024],
        "amount": [1e6, 1e6],
        "currency": ["USD", "USD"],
    }
    return pl.DataFrame(columns | changed)


def test_what_is_unknown_in_lines_stays_unknown() -> None:
    [contract] = frames.frame_to_contracts(lines().lazy(), source=SOURCE)
    assert str(contract.origins[0]) == "United States 75.00 %, unknown 25.00 % (prime nationality)"
    assert contract.value.low == nb.Money.millions(1, "USD")
    [undated] = frames.frame_to_contracts(lines(year=pl.Series([None, None], dtype=pl.Int64)), source=SOURCE)
    assert undated.date == nb.Announced.unknown()


def test_a_part_of_a_contract_that_is_not_there_makes_a_selection() -> None:
    part = lines(key=["a", "a"], part_of=["b", "b"])
    found = frames.frame_to_contracts(part, source=SOURCE)
    assert (found["a"].part_of, found.is_selection) == ("b", True)
    both = pl.concat([part, lines(key=["b", "b"], part_of=pl.Series([None, None], dtype=pl.String))])
    whole = frames.frame_to_contracts(both, source=SOURCE)
    assert (whole["a"].part_of, whole["b"].part_of, whole.is_selection) == ("b", None, False)
    found_again = frames.contracts_to_frame(whole, "polars")
    assert dict(found_again.select("key", "part_of").rows()) == {"a": "b", "b": None}
    assert frames.coverage(found_again)["lines"].to_list() == [2]


def test_missing_values_of_pandas_make_no_contract_of_their_own() -> None:
    import pandas as pd  # type: ignore[import-untyped] # it ships no types

    given = pd.DataFrame(
        {
            "key": ["a", "a", "b"],
            "buyer": ["POL", "CZE", "DEU"],
            "supplier": ["USA", pd.NA, "FRA"],
            "part": [0.75, 0.25, 1],
            "year": [2024, 2024, None],
            "amount": [1e6, 1e6, float("nan")],
            "currency": ["USD", "USD", pd.NaT],
            "area": [None, float("nan"), "air and missile defence"],
        }
    )
    with pytest.raises(FrameError, match="a: column 'buyer' differs"):
        frames.frame_to_contracts(given, source=SOURCE)
    one, other = frames.frame_to_contracts(given.assign(buyer=["POL", "POL", "DEU"]), source=SOURCE)
    assert (one.value.low, one.year, str(one.origins[0].unknown)) == (nb.Money.millions(1, "USD"), 2024, "25.00 %")
    assert (other.value.low, other.year) == (None, None)
    without_part = given.assign(buyer="POL", part=[None, 0.25, 1])
    with pytest.raises(FrameError, match="a: column 'part' is null beside a supplier"):
        frames.frame_to_contracts(without_part, source=SOURCE)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"buyer": ["POL", "DEU"]}, "a: column 'buyer' differs between the lines of one contract"),
        ({"amount": [1e6, 2e6]}, "a: column 'amount' differs"),
        ({"buyer": ["POL", None]}, "column 'buyer' has 1 null;"),
        ({"buyer": ["Atlantis", "Atlantis"]}, "a: no country"),
        ({"currency": ["Taler", "Taler"]}, "a: unknown currency 'Taler'"),
        ({"part": [0.75, 0.5], "supplier": ["USA", "KOR"]}, "a: "),
        ({"kind": ["gift", "gift"]}, "a: "),
        ({"amount": ["1", "1"]}, "column 'amount' is String"),
    ],
)
def test_lines_that_make_no_contract_are_refused_with_their_key(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(FrameError) as caught:
        frames.frame_to_contracts(lines(**changed), source=SOURCE)
    assert words in str(caught.value)


def test_every_contract_at_fault_is_named() -> None:
    many = pl.concat([lines(key=["a", "a"], buyer=["X", "X"]), lines(key=["b", "b"], buyer=["Y", "Y"])])
    with pytest.raises(FrameError, match=r"a: .*b: .*2 of 2 contracts cannot be made"):
        frames.frame_to_contracts(many, source=SOURCE)


@pytest.mark.parametrize("backend", ["polars", "pandas", "pyarrow"])
def test_a_table_of_expenditure_becomes_a_frame(table: nb.ExpenditureTable, backend: Any) -> None:
    rows = rows_of(table.to_frame(backend))
    assert len(rows) == len(table.observations)
    [row] = [
        row
        for row in rows
        if (row["measure"], row["entity"], row["year"]) == (nb.Measure.SHARE_OF_GDP.value, "DEU", 2025)
    ]
    assert (row["value"], row["unit"], row["status"], row["edition"]) == (2.22, "percent", "estimate", "2026-07")
    units = {row["unit"] for row in rows}
    assert {"USD", "percent", "persons"} <= units


INDEX = nb.model.Deflator.of("Index", "USD", {2021: 100, 2024: 120}, source=SOURCE)
NOTHING: Any = "not of the kind that is wanted"


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: frames.supplier_shares([1, 2]), FrameError, "a list is not a frame"),
        (lambda: frames.supplier_shares(lines(), by=()), FrameError, "by names no column; say whose shares"),
        (lambda: frames.supplier_shares(lines(), within="supplier"), FrameError, "'supplier' is in by and in within"),
        (
            lambda: frames.supplier_shares(lines().rename({"buyer": "share"}), within="share"),
            FrameError,
            "the result has a column 'share' of its own",
        ),
        (
            lambda: frames.concentration(lines().rename({"buyer": "unknown"}), within="unknown"),
            FrameError,
            "rename the column of that name",
        ),
        (lambda: frames.supplier_shares(lines(), window=0), FrameError, "window is a whole number from 1 to 300"),
        (lambda: frames.concentration(lines(), top=0), FrameError, "top is a whole number from 1"),
        (lambda: frames.concentration(lines(), top=[1, True]), FrameError, "top=True cannot be used"),
        (lambda: frames.convert(lines(), {2024: NOTHING}, to="USD"), UnexpectedValueError, "exchange rates"),
        (
            lambda: frames.convert(lines(), nb.datasets.exchange_rates(), to="XPF"),
            nb.errors.UnknownNameError,
            "XPF",
        ),
        (lambda: frames.deflate(lines(), [NOTHING], base=2021), UnexpectedValueError, "a price index"),
        (
            lambda: frames.deflate(lines(), [INDEX, INDEX], base=2021),
            UnexpectedValueError,
            "give one for each currency",
        ),
        (lambda: frames.deflate(lines(), INDEX, base=1999), nb.errors.InvalidYearError, "1999"),
        (lambda: frames.eligibility_split(lines(), NOTHING), UnexpectedValueError, "a rule of content"),
        (lambda: frames.target_gaps(lines(), NOTHING), UnknownNameError, "unknown target"),
        (lambda: frames.target_gaps(lines(), nb.WALES_EQUIPMENT), UnexpectedValueError, "a target of GDP"),
    ],
)
def test_arguments_of_another_kind_are_refused(call: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error) as caught:
        call()
    assert words in str(caught.value)


def test_a_ceiling_is_reached_by_staying_below_it() -> None:
    import attrs

    ceiling = attrs.evolve(nb.HAGUE_CORE, modality=nb.Modality.CEILING)
    allies = pl.DataFrame({"expenditure": [20.0, 40.0, None], "gdp": [1000.0, 1000.0, 1000.0]})
    assert frames.target_gaps(allies, ceiling)["reaches"].to_list() == [True, False, None]


def test_decimals_are_refused_as_amounts_since_engines_divide_them_differently() -> None:
    amounts = pl.Series([1, 2], dtype=pl.Decimal(18, 2))
    with pytest.raises(FrameError, match="must be a number: float64, or a whole number of minor units"):
        frames.supplier_shares(pl.DataFrame({"supplier": ["A", "B"], "amount": amounts}))


def test_whole_minor_units_are_added_exactly() -> None:
    cents = pl.DataFrame({"supplier": ["A", "A", "B"], "amount": [2**53, 1, 1]})
    found = frames.supplier_shares(cents)
    assert found["amount"].to_list() == [2**53 + 1, 1]


def test_missing_narwhals_is_told_by_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib
    import sys

    from natoburden.frames import _engine

    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(nb.errors.MissingExtraError, match=r"natoburden\[frames\]"):
        importlib.reload(_engine)
    monkeypatch.undo()
    importlib.reload(_engine)


def test_an_eager_frame_comes_back_in_order() -> None:
    found = frames.supplier_shares(
        pl.DataFrame({"buyer": ["B", "A", "A"], "supplier": ["X", "Y", "Z"], "amount": [1.0, 1.0, 2.0]}), within="buyer"
    )
    assert found.select("buyer", "supplier").rows() == [("A", "Z"), ("A", "Y"), ("B", "X")]
    assert opened(found).is_eager


def categorical(frame: str) -> Any:
    """Lines whose texts are categories, and not the same in each column."""
    import pandas as pd

    columns = {
        "buyer": ["POL", "POL", "DEU"],
        "supplier": ["USA", None, "DEU"],
        "amount": [3.0, 1.0, 2.0],
        "currency": ["USD", "USD", "EUR"],
    }
    texts = ["buyer", "supplier", "currency"]
    if frame == "pandas":
        return pd.DataFrame(columns).astype(dict.fromkeys(texts, "category"))
    return pl.DataFrame(columns).with_columns(pl.col(*texts).cast(pl.Categorical))


@pytest.mark.parametrize("frame", ["pandas", "polars"])
def test_categories_are_texts(frame: str) -> None:
    given = categorical(frame)
    found = rows_of(frames.concentration(given, within="buyer", top=(1, 2)))
    assert [(row["hhi_low"], row["cr2_high"]) for row in found] == [(1.0, 1.0), (0.5625, 1.0)]
    assert [row["low"] for row in rows_of(frames.import_share(given, within="buyer"))] == [0.0, 0.75]
    assert [row["bloc"] for row in rows_of(frames.supplier_blocs(given, year=None))] == [
        "United States",
        None,
        "EU and EEA-EFTA",
    ]
    euros = rows_of(frames.convert(given, nb.datasets.exchange_rates(), to="EUR"))
    assert [row["amount"] < given_amount for row, given_amount in zip(euros, [3.0, 1.0, 2.0], strict=True)] == [
        True,
        True,
        False,
    ]
    assert len(rows_of(frames.supplier_shares(given, within="buyer"))) == 3


def test_a_group_that_is_named_twice_is_one_group() -> None:
    assert rows_of(frames.supplier_shares(lines(), within=("buyer", "buyer"))) == rows_of(
        frames.supplier_shares(lines(), within="buyer")
    )
