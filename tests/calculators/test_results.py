"""What every result can do: explain itself, name its sources, become data, rows, frames and HTML."""

from __future__ import annotations

import functools
import html
import importlib
import inspect
import itertools
import json
import os
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

import natoburden as nb
import natoburden.calculators
import natoburden.fixtures
from natoburden.calculators import results
from natoburden.calculators.results import Explained, Projection, Result, ResultTable
from natoburden.errors import MissingExtraError, UnknownNameError
from natoburden.fixtures import ClaimCheck, WhatFollowed
from tests.calculators.examples import EDITIONS, TABLE, examples

# What SALib resamples differs from version to version.
OF_A_VERSION = re.compile(r"(?<=SALib) [\d.]+\d|(?<=first-order index: 0.981) ± [\d.]+|(?<=half_width: )[\d.]+")
SAID = Path(__file__).parent / "references/results.txt"
COLUMNS = Path(__file__).parent / "references/columns.txt"


def every_class(base: type[Explained] = Explained) -> Iterator[type[Explained]]:
    """Yield the classes of results that have instances of their own, in every room."""
    for kind in base.__subclasses__():
        yield from every_class(kind)
        if not getattr(kind, "__abstractmethods__", None) and kind.__module__.startswith("natoburden."):
            yield kind


for room in (natoburden.calculators, natoburden.fixtures):  # whatever was loaded before
    for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
        importlib.import_module(module.name)
CLASSES = {f"{kind.__module__}.{kind.__qualname__}" for kind in every_class()}  # by name: slots make a class anew
EVERY_CLASS = pytest.mark.parametrize("name", sorted(CLASSES))


@functools.cache
def by_class() -> dict[str, list[Explained]]:
    """The examples by class, computed by the first test and not while tests are collected."""
    classes: dict[str, list[Explained]] = {}
    for result in examples():
        classes.setdefault(f"{type(result).__module__}.{type(result).__qualname__}", []).append(result)
    return classes


@pytest.fixture
def found(name: str) -> list[Explained]:
    """The examples of a class."""
    return by_class()[name]


@EVERY_CLASS
def test_every_class_of_results_has_an_example(name: str) -> None:
    assert by_class()[name]


def test_all_rooms_have_been_looked_at() -> None:
    rooms = [
        name for name in dir(nb) if getattr(getattr(nb, name), "__name__", "").startswith("natoburden.calculators.")
    ]
    assert {name.split(".")[2] for name in CLASSES if ".calculators." in name} == set(rooms)


@EVERY_CLASS
def test_every_result_explains_formula_evidence_findings_and_sources(found: list[Explained]) -> None:
    for result in found:
        text = result.explain()
        assert text.startswith(result.headline)
        assert f"\n  formula  {result.formula}\n" in text
        assert all(f"  {what:<9}{said}" in text for what, said in result.working)
        assert all(f"  result   {item.label}: {item.text}" in text for item in result.findings)
        assert all(f"  source   {source}" in text for source in result.sources)
        assert len(set(result.sources)) == len(result.sources)
        if type(result).working is Explained.working:
            assert text.count("\n  input ") == len(result.evidence)


@EVERY_CLASS
def test_every_printed_result_says_what_was_asked_and_found(found: list[Explained]) -> None:
    for result in found:
        lines = str(result).split("\n")
        assert lines[0] == result.headline.split("\n")[0]
        assert result.findings or isinstance(result, ResultTable)
        assert all(f"{item.label}: {item.text}" in str(result) for item in result.findings)


def said(result: Explained) -> str:
    """Give what a reader meets of a result: headline and findings, how it was worked out, and what to know of it."""
    told = [str(result), f"formula: {result.formula}", f"note: {result.note}" if result.note else ""]
    told += [f"{what}: {text}" for what, text in result.working if what not in ("input", "source")]
    return OF_A_VERSION.sub("", "\n".join(line for line in told if line))


def columns(result: Any) -> str:
    """Give the columns that a result becomes in a frame, each with its first and its last value."""
    ends = {name: dict.fromkeys(map(_cell, cells[:1] + cells[-1:])) for name, cells in result.to_columns().items()}
    return OF_A_VERSION.sub("", "\n".join(f"{name}: {' ... '.join(values)}" for name, values in ends.items()))


def _cell(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize(("reference", "told"), [(SAID, said), (COLUMNS, columns)], ids=["words", "columns"])
def test_what_results_say_changes_only_where_somebody_means_it(
    reference: Path, told: Callable[[Explained], str]
) -> None:
    """Draw the references anew with NATOBURDEN_RENEW=1, and read what changed in them."""
    counts: Counter[str] = Counter()
    entries = []
    for result in itertools.chain.from_iterable(by_class().values()):
        counts[type(result).__name__] += 1
        entries.append(f"## {type(result).__name__} {counts[type(result).__name__]}\n{told(result)}\n")
    if os.environ.get("NATOBURDEN_RENEW") == "1":
        reference.write_text("\n".join(entries), encoding="utf-8")
    assert "\n".join(entries).split("\n") == reference.read_text(encoding="utf-8").split("\n")


@EVERY_CLASS
def test_the_values_of_findings_are_typed(found: list[Explained]) -> None:
    """A text stands only for what is a text: a reason, a name, a note."""
    for result in found:
        told = [item for item in result.findings if isinstance(item.value, str) and item.value[:1].isdigit()]
        assert told == [] or isinstance(result, ClaimCheck | WhatFollowed)  # whose finding is a sentence


@EVERY_CLASS
def test_findings_of_one_label_are_of_one_kind(found: list[Explained]) -> None:
    for result in found:
        kinds: dict[str, type] = {}
        for item in result.findings:
            assert kinds.setdefault(item.label, type(item.value)) is type(item.value), item.label


@EVERY_CLASS
def test_every_result_is_an_element_of_a_set(found: list[Explained]) -> None:
    for result in found:
        assert len({result, result}) == 1


@EVERY_CLASS
def test_every_result_becomes_json_with_its_evidence(found: list[Any]) -> None:
    for result in found:
        data = json.loads(json.dumps(result.to_dict()))
        assert data
        if isinstance(result, Result):
            assert data["formula"] == result.formula
            assert len(data["inputs"]) == len(result.evidence)
            assert len(data["sources"]) == len(result.sources)


@EVERY_CLASS
def test_every_result_becomes_a_flat_row(found: list[Explained]) -> None:
    for result in found:
        if isinstance(result, Result):
            row = result.to_row()
            assert row["status"] == result.status.value
            assert all(value is None or isinstance(value, str | int | float) for value in row.values())
            assert not [name for name, value in row.items() if isinstance(value, str) and "\n" in value]


@EVERY_CLASS
def test_every_result_shows_as_html(found: list[Explained]) -> None:
    for result in found:
        shown = result._repr_html_()
        assert shown.startswith("<table>")
        if not isinstance(result, ResultTable):
            assert all(html.escape(item.text) in shown for item in result.findings)


@EVERY_CLASS
def test_a_result_is_as_firm_as_its_evidence_or_a_projection(found: list[Explained]) -> None:
    for result in found:
        weakest = nb.Status.weakest(item.firmness for item in result.evidence)
        assert result.status is (nb.Status.PROJECTION if isinstance(result, Projection) else weakest)


@EVERY_CLASS
def test_every_public_name_of_a_result_is_documented(found: list[Explained]) -> None:
    kind = type(found[0])
    names = [
        name for name, value in inspect.getmembers(kind) if not name.startswith("_") and isinstance(value, property)
    ]
    assert [name for name in names if not inspect.getdoc(getattr(kind, name))] == []


def test_a_finding_is_looked_up_by_its_label() -> None:
    gap = nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE)
    assert gap.find("gap").value == gap.points
    with pytest.raises(UnknownNameError, match="valid: share, gap"):
        gap.find("surplus")


def test_a_result_is_no_firmer_than_its_inputs() -> None:
    assert nb.targets.gap(TABLE, "DEU", 2024, nb.HAGUE_CORE).status is nb.Status.ACTUAL
    assert nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE).status is nb.Status.ESTIMATE
    assert nb.targets.real_change(TABLE, "DEU", 2025).status is nb.Status.ESTIMATE


def test_a_gaps_data_can_be_read_back_without_rounding() -> None:
    data = nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE).to_dict()
    assert data["country"] == "DEU"
    assert data["target"] == "hague-core"
    assert data["points"] == "1.28 pp"
    assert data["amount"] == {"amount": "64841085000", "currency": "USD", "basis": "current"}
    assert (
        nb.serialization.from_data(data["amount"], nb.Money).in_millions
        == nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE).amount.in_millions
    )


def test_a_groups_data_holds_its_members() -> None:
    data = nb.targets.group_gap(TABLE, "NATO", 2025, nb.HAGUE_CORE).to_dict()
    assert [member["country"] for member in data["members"]][:2] == ["ALB", "BEL"]
    assert data["without_row"] == ["ISL"]


# --- tables ----------------------------------------------------------------------------------------------

GAPS = nb.targets.group_gap(TABLE, "NATO", 2025, nb.HAGUE_CORE).members


def test_a_table_is_looked_up_by_position_slice_and_country() -> None:
    assert GAPS[0].country == nb.Country("ALB")
    assert GAPS["Deutschland"] is GAPS[nb.Country("DEU")]
    assert [row.country.alpha_3 for row in GAPS[1:3]] == ["BEL", "BGR"]
    assert list(GAPS)[-1].country.alpha_3 == "USA"
    with pytest.raises(UnknownNameError, match="Iceland"):
        GAPS["Iceland"]


def test_a_table_names_the_sources_of_all_rows_once() -> None:
    assert [source.publisher for source in GAPS.sources] == ["NATO", "NATO"]
    assert len(GAPS.to_dicts()) == len(GAPS)


@pytest.mark.parametrize("backend", ["polars", "pandas", "pyarrow"])
def test_a_table_becomes_a_frame_of_the_readers_own_library(backend: results.Backend) -> None:
    frame = GAPS.to_frame(backend)
    assert type(frame).__module__.split(".")[0] == backend
    columns = frame.to_pydict() if backend == "pyarrow" else frame.to_dict() if backend == "pandas" else frame
    germany = list(GAPS).index(GAPS["DEU"])
    value = columns["points_points"][germany]
    assert value == 1.28


def test_an_unknown_frame_library_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="polars, pandas, pyarrow"):
        GAPS.to_frame("excel")  # type: ignore[arg-type] # refused on purpose


def test_without_narwhals_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(MissingExtraError, match=r"natoburden\[frames\]"):
        GAPS.to_frame("polars")


def test_a_table_shows_as_escaped_html() -> None:
    shown = nb.targets.revisions(EDITIONS, "share_of_gdp", 2024)._repr_html_()
    assert shown.startswith("<table>")
    assert shown.count("<tr>") == 32
    assert "<script" not in results.ResultTable(rows=(evil_result(),))._repr_html_()


def evil_result() -> nb.Result:
    target = nb.Target(
        key="<script>",
        name="<script>",
        share=nb.Share.percent(2),
        component=nb.model.Component.CORE,
        modality=nb.Modality.FLOOR,
        adopted=nb.HAGUE_CORE.adopted,
        source=nb.HAGUE_CORE.source,
    )
    return nb.targets.gap(TABLE, "DEU", 2025, target)


def test_an_empty_table_has_no_columns() -> None:
    empty = GAPS[:0]
    assert empty.to_columns() == {}
    assert len(empty) == 0


def test_a_result_shows_as_a_table_with_everything_escaped(table: nb.ExpenditureTable) -> None:
    gap = nb.targets.gap(table, "Spain", 2025, nb.HAGUE_CORE)
    shown = gap._repr_html_()
    assert "<th>gap</th><td>+1.50 pp</td>" in shown
    evil = attrs.evolve(gap, target=attrs.evolve(gap.target, name="<script>&"))
    assert "&lt;script&gt;&amp;" in evil._repr_html_()
    assert "<script>" not in evil._repr_html_()


def test_a_printed_result_says_what_was_asked_and_found_and_no_more(table: nb.ExpenditureTable) -> None:
    gap = nb.targets.gap(table, "Spain", 2025, nb.HAGUE_CORE)
    lines = str(gap).splitlines()
    assert lines[0] == "Gap of Spain in 2025 to the Hague core target (floor: 3.50 % of GDP by 2035)"
    assert lines[1:] == ["  share: 2.00 %", "  gap: +1.50 pp", "  gap in money: USD 28.58 bn (current prices)"]
    members = nb.targets.group_gap(table, "NATO Europe", 2025, nb.HAGUE_CORE).members
    assert str(members[:2]) == f"{members[0]}\n{members[1]}"
    met = nb.targets.compliance(table, 2025, nb.HAGUE_CORE)
    assert str(met).splitlines()[1] == "  4 of 31: Estonia, Lithuania, Latvia, Poland"


def test_printed_supplier_shares_name_what_is_unknown() -> None:
    contracts = nb.datasets.announced_contracts()
    printed = [
        "Supplies of Poland, by origin",
        "United States",
        "South Korea",
        "United Kingdom",
        "Sweden",
        "Italy",
        "unknown",
    ]
    by_year, one_day = (
        [line.split(":")[0].strip() for line in str(found).splitlines()]
        for found in (
            nb.dependency.supplier_shares(contracts, buyer="Poland", rates=rates)
            for rates in (nb.datasets.yearly_exchange_rates(), nb.datasets.exchange_rates())
        )
    )
    assert by_year == [*printed, "converted at rates of an incomplete year", "records"]
    assert one_day == [*printed, "converted at rates of another year", "records"]


def test_a_row_of_a_year_is_found_by_its_number_and_a_missing_year_lists_the_years() -> None:
    table = nb.datasets.defence_expenditure("2026-07")
    found = nb.fiscal.space(table, nb.datasets.macro(), "Belgium", 2026, target=nb.Target.floor("2.5 %", by=2027)).years
    assert found[2027] is found["2027"] is found[-1]
    for absent in (2035, "2035"):
        with pytest.raises(UnknownNameError, match="unknown row '2035'; valid: 2026, 2027"):
            found[absent]
    with pytest.raises(IndexError, match=r"^there is no row 7: the table has 2$"):
        found[7]
    with pytest.raises(UnknownNameError, match="unknown row '2035'"):
        nb.targets.compliance(table, 2025, nb.HAGUE_CORE)[2035]
