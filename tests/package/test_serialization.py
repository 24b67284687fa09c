"""Values to plain data and back; a bad document is read whole and fails with all its faults at once."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from natoburden.errors import DocumentError
from natoburden.model.countries import Country
from natoburden.model.dates import Announced, Certainty, DateSpan, Deadline, Precision
from natoburden.model.expenditure import Edition, Measure, Omission
from natoburden.model.memberships import Bloc, Entity, Group, Membership
from natoburden.model.money import CURRENT_PRICES, UNSTATED_PRICES, Currency, Money, PriceBasis
from natoburden.model.shares import PercentagePoints, Rate, Share, ShareRange
from natoburden.model.sources import Source, Status
from natoburden.model.spending_commitments import Component, CompositeTarget, Modality, Target
from natoburden.serialization import from_data, read_document, to_data
from tests.strategies import BASES, COUNTRIES, CURRENCIES, DATES, MONEY, POINTS, RATES, SHARES, SOURCES, TARGETS


def faults(data: object, kind: Any) -> dict[str, str]:
    """Give what is wrong with a document, by path."""
    with pytest.raises(DocumentError) as caught:
        from_data(data, kind, "mine.toml")
    assert caught.value.document == "mine.toml"
    return told(caught.value)


def told(error: DocumentError) -> dict[str, str]:
    """Give the faults of a document, by path."""
    return {fault.path: fault.message for fault in error.faults}


def fault(data: object, kind: Any) -> str:
    """Give the one thing that is wrong with a value that stands alone."""
    (path,), (message,) = faults(data, kind).keys(), faults(data, kind).values()
    assert path == "document"
    return message


# --- there and back --------------------------------------------------------------------------------------

LOOSE = st.sampled_from([Precision.ARTICLE, Precision.DERIVED])
ANNOUNCEMENTS = st.one_of(
    st.just(Announced.unknown()),
    st.builds(Announced.parse, DATES.map(str), LOOSE | st.just(Precision.DAY)),
    st.builds(Announced.parse, DATES.map(lambda day: str(day)[:7]), LOOSE | st.just(Precision.MONTH)),
    st.builds(Announced.parse, DATES.map(lambda day: str(day)[:4]), LOOSE | st.just(Precision.YEAR)),
)
DEADLINES = DATES.map(lambda day: Deadline.parse(str(day)[:7])) | st.tuples(
    st.integers(1900, 2199), st.integers(0, 1)
).map(lambda drawn: Deadline(drawn[0], drawn[0] + drawn[1]))
RANGES = st.tuples(SHARES, SHARES).map(lambda pair: ShareRange(*sorted(pair)))
KINDS: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (Share, SHARES),
    (PercentagePoints, POINTS),
    (Rate, RATES),
    (Money, MONEY),
    (Currency, CURRENCIES),
    (PriceBasis, BASES),
    (Country, COUNTRIES),
    (Group, st.sampled_from(Group.all())),
    (Entity, COUNTRIES | st.sampled_from(Group.all())),
    (Source, SOURCES),
    (Target, TARGETS),
    (dt.date, DATES),
    (Status, st.sampled_from(Status)),
    (Measure, st.sampled_from(Measure)),
    (ShareRange, RANGES),
    (Announced, ANNOUNCEMENTS),
    (Deadline, DEADLINES),
    (tuple[Share, ...], st.lists(SHARES).map(tuple)),
    (Decimal, st.decimals(-(10**9), 10**9, places=4)),
]


@pytest.mark.parametrize(("kind", "values"), KINDS, ids=[str(getattr(kind, "__name__", kind)) for kind, _ in KINDS])
def test_a_value_reads_back_from_the_json_it_was_written_to(kind: Any, values: st.SearchStrategy[Any]) -> None:
    @given(values)
    def reads_back(value: object) -> None:
        assert from_data(json.loads(json.dumps(to_data(value))), kind) == value

    reads_back()


@given(TARGETS, TARGETS, TARGETS)
def test_values_inside_values_read_back(total: Target, core: Target, related: Target) -> None:
    composite = CompositeTarget(key="x", name="X", total=total, core=core, related=related)
    assert from_data(json.loads(json.dumps(to_data(composite))), CompositeTarget) == composite


def test_editions_blocs_and_memberships_read_back() -> None:
    edition = Edition(
        key="2030-01",
        source=Source(title="T", publisher="P", accessed=dt.date(2030, 1, 2)),
        constant_year=2021,
        estimated_years=(2029, 2030),
        omissions=(Omission(entity=Country("ISL"), measures=(Measure.GDP,), years=(), reason="none"),),
    )
    assert from_data(to_data(edition), Edition) == edition
    assert from_data(to_data(Bloc.find("EU")), Bloc) == Bloc.find("EU")
    stay = Bloc.find("EU").membership("UK")
    assert from_data(to_data(stay), Membership) == stay


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (Share.percent("3.50"), "3.5 %"),
        (Rate.percent("-7"), "-7 %"),
        (PercentagePoints("1.28"), "1.28 pp"),
        (
            Money.millions("1.5", "USD", PriceBasis.constant(2021)),
            {"amount": "1500000", "currency": "USD", "basis": "constant 2021"},
        ),
        (CURRENT_PRICES, "current"),
        (UNSTATED_PRICES, "unstated"),
        (Country("DEU"), "DEU"),
        (Group.find("NATO_EU"), "NATO_EU"),
        (dt.date(2025, 6, 25), "2025-06-25"),
        (Status.ESTIMATE, "estimate"),
        (Decimal("1E+3"), "1000"),
        (ShareRange.parse("3-3.5 %"), "3-3.5 %"),
        (ShareRange.parse("3.50 %"), "3.5 %"),
        (Deadline.parse("2026-03"), "2026-03"),
        (Announced.parse("2025-06", Precision.ARTICLE), {"date": "2025-06", "precision": "article"}),
        ([Share.percent(1), {"x": Country("POL")}], ["1 %", {"x": "POL"}]),
    ],
)
def test_values_are_written_as_people_would_write_them(value: object, data: object) -> None:
    assert to_data(value) == data


@pytest.mark.parametrize(
    ("data", "kind", "value"),
    [
        (" 3.5% ", Share, Share.percent("3.5")),
        ("Deutschland", Country, Country("DEU")),
        ("NATO Europe", Entity, Group.find("NATO_EUROPE")),
        (dt.date(2025, 6, 25), dt.date, dt.date(2025, 6, 25)),
        ({"amount": 5, "currency": "USD"}, Money, Money(5, "USD")),
        ({"amount": Decimal("1.5"), "currency": "USD"}, Money, Money("1.5", "USD")),
        (2035, Deadline, Deadline.parse("2035")),
        ("", Announced, Announced.unknown()),
        (dt.date(2025, 6, 25), Announced, Announced.parse("2025-06-25", Precision.DAY)),
        ("2025", Announced, Announced.parse("2025", Precision.YEAR)),
        ("2025-02", DateSpan, DateSpan.parse("2025-02")),
        (2025, DateSpan, DateSpan.parse("2025")),
        (dt.date(2025, 2, 12), DateSpan, DateSpan.parse("2025-02-12")),
        (
            {"earliest": "2025-02-10", "certainty": "medium", "note": "inferred"},
            DateSpan,
            DateSpan(earliest=dt.date(2025, 2, 10), certainty=Certainty.MEDIUM, note="inferred"),
        ),
        ({}, DateSpan, DateSpan()),
        (["1 %"], tuple[Share, ...], (Share.percent(1),)),
    ],
)
def test_what_people_write_is_read(data: object, kind: Any, value: object) -> None:
    assert from_data(data, kind) == value


@given(SHARES, MONEY, POINTS)
def test_writing_does_not_depend_on_the_callers_decimal_context(
    share: Share, money: Money, points: PercentagePoints
) -> None:
    expected = to_data([share, money, points])
    with localcontext(prec=3):
        assert to_data([share, money, points]) == expected
        assert from_data(expected[1], Money) == money


# --- what is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        ("3.5", Share, "write the sign with the figure: '3.5 %'"),
        (3.5, Share, "write the sign with the figure: '3.5 %'"),
        (None, Share, "write the sign with the figure: '3.5 %'"),
        ("3.5 pp", Share, "write the sign with the figure: '3.5 %'"),
        ("1.28 %", PercentagePoints, "write the sign with the figure: '3.5 pp'"),
        ("", Rate, "write the sign with the figure: '3.5 %'"),
        ("%", Share, "'' is not usable"),
        ("3,5 %", Share, "write decimals with a point"),
        ("1_0 %", Share, "write decimals with a point"),
        ("NaN %", Share, "'NaN' is not usable"),
        ("٣ %", Share, "'٣' is not usable"),
        ("350 %", Share, "350 % is not a share of a whole"),
        ("1e400 %", Rate, "below 1e31"),
        ("usd", Currency, "did you mean 'USD'"),
        ("constant", PriceBasis, "unknown price basis 'constant'; valid: current, constant YEAR, unstated"),
        ("constant 2021.5", PriceBasis, "valid: current, constant YEAR"),
        ("constant 1800", PriceBasis, "1800 is not a usable year"),
        (2021, PriceBasis, "unknown price basis '2021'"),
        ("Kosovo", Country, "ISO 3166-1 assigns Kosovo no code"),
        (276, Country, "no country is called '276'"),
        ("NATO_EUROPA", Group, "did you mean 'NATO_EUROPE'"),
        ("Atlantis", Entity, "no country is called 'Atlantis'"),
        ("final", Status, "unknown status 'final'; valid: actual, estimate, projection"),
        ([], Modality, "unknown modality '[]'"),
        ("2025-02-30", dt.date, "day is out of range"),
        ("June 2025", dt.date, "June 2025"),
        (2025.7, dt.date, "write it as 2025-06-25"),
        (20250625, dt.date, "write it as 2025-06-25"),
        (dt.datetime(2025, 1, 1), dt.date, "write it as 2025-06-25"),
        (2025.7, int, "its type is float"),
        (True, int, "its type is bool"),
        ("2025", int, "its type is str"),
        (5, str, "its type is int"),
        ("no", bool, "its type is str"),
        (1.5, Decimal, "1.5 is a float"),
        (True, Decimal, "True is a bool"),
        ("abc", tuple[str, ...], "its type is str"),
        (5, tuple[str, ...], "its type is int"),
        ("3.5", ShareRange, "write the sign"),
        ("3.5-3 %", ShareRange, "the lower share comes first"),
        (3.5, ShareRange, "write it as text, with its sign"),
        ("soon", Deadline, "'soon' is not a usable year"),
        (True, Deadline, "its type is bool"),
        (2025.7, DateSpan, "write it as 2025, 2025-02 or 2025-02-12"),
        (True, DateSpan, "write it as 2025, 2025-02 or 2025-02-12"),
        ("2025-02-30", DateSpan, "a day from 01 to 28"),
        ({"earliest": "2025-02-16", "latest": "2025-02-10"}, DateSpan, "the earlier day comes first"),
        ({"from": "2025-02-16"}, DateSpan, "unknown key from"),
        ({"date": "2025", "precision": "exact"}, Announced, "unknown precision 'exact'; valid: day, month"),
        ({"date": "2025", "place": "Rome"}, Announced, "write {date = ..., precision = ...}, or the date alone"),
    ],
)
def test_what_cannot_be_read_says_why(data: object, kind: Any, says: str) -> None:
    assert says in fault(data, kind)


@pytest.mark.parametrize("data", ["constant ٢٠٢١", "constant ２０２１"])
def test_a_base_year_is_written_in_the_digits_of_every_other_figure(data: str) -> None:
    assert "price basis" in fault(data, PriceBasis)


@pytest.mark.parametrize("data", ["2025-W01-1", "20250625", "2025-W01"])
def test_a_day_is_written_as_year_month_and_day(data: str) -> None:
    assert "2025-06-25" in fault(data, dt.date)


@pytest.mark.parametrize(
    ("data", "kind"),
    [(2025.7, dt.date), ("abc", tuple[str, ...]), (5, str), (1.5, Deadline), ({"place": "Rome"}, Announced)],
)
def test_what_should_be_no_figure_is_not_told_to_be_a_finite_decimal_number(data: object, kind: Any) -> None:
    assert "decimal number" not in fault(data, kind)


@pytest.mark.parametrize("data", ["3.5", "abc", "3.5 pp"])
def test_an_offending_text_is_quoted_once(data: str) -> None:
    assert f'"{data!r}"' not in fault(data, Share)


@pytest.mark.parametrize("data", [None, 5, "5 USD", [], [1]])
def test_a_table_that_is_no_table_is_refused_in_words(data: object) -> None:
    message = fault(data, Money)
    assert "has no attribute" not in message
    assert "is not iterable" not in message


@pytest.mark.parametrize("kind", [Group, Entity])
def test_a_group_that_is_no_text_is_refused_in_words(kind: Any) -> None:
    assert "has no attribute" not in fault(5, kind)


SOURCE = {"title": "T", "publisher": "P"}
TARGET = {
    "key": "x",
    "name": "X",
    "share": "3.5 %",
    "component": "core",
    "modality": "floor",
    "adopted": "2025-06-25",
    "source": SOURCE,
}


@attrs.frozen(kw_only=True)
class Document:
    target: tuple[Target, ...]
    title: str = ""


def test_a_document_is_read_into_values() -> None:
    document = from_data({"target": [TARGET]}, Document)
    assert document.target[0].share == Share.percent("3.5")
    assert document.target[0].component is Component.CORE
    assert document.target[0].deadline is None


def test_all_faults_of_a_document_are_told_at_once_with_their_paths() -> None:
    bad = {**TARGET, "share": "3.5", "deadline": 2025.7, "adopted": "2025-02-30", "source": {"publisher": 5}}
    found = faults({"target": [TARGET, bad], "title": 5}, Document)
    assert sorted(found) == [
        "target[1].adopted",
        "target[1].deadline",
        "target[1].share",
        "target[1].source.publisher",
        "target[1].source.title",
        "title",
    ]
    assert found["target[1].source.title"] == "required key missing"


def test_a_source_without_publisher_is_told_with_its_path() -> None:
    found = faults({"target": [{**TARGET, "source": {"title": "T"}}]}, Document)
    assert found == {"target[0].source": "T names no source; valid: a title, and a publisher or an address"}


@pytest.mark.parametrize(("extra", "message"), [({"x": 1}, "unknown key x"), ({"y": 1, "x": 2}, "unknown keys x, y")])
def test_unknown_keys_are_told(extra: dict[str, int], message: str) -> None:
    assert faults({"target": [{**TARGET, **extra}]}, Document) == {"target[0]": message}


def test_a_fault_keeps_its_cause() -> None:
    with pytest.raises(DocumentError) as caught:
        from_data("3.5", Share)
    assert caught.value.__cause__ is not None
    assert str(caught.value).startswith("document: 1 fault\n  document: ")


# --- files -----------------------------------------------------------------------------------------------


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.toml", 'amount = 0.1\ncurrency = "USD"'),
        ("a.TOML", 'amount = "0.1"\ncurrency = "USD"'),
        ("a.json", '{"amount": 0.1, "currency": "USD"}'),
        ("a.JSON", '{"amount": "0.1", "currency": "USD"}'),
    ],
)
def test_a_figure_in_a_file_is_read_exactly(write: Callable[[str, str], Path], name: str, text: str) -> None:
    assert read_document(write(name, text), Money) == Money("0.1", "USD")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.yaml", "amount: 1", "its name ends in neither .toml nor .json"),
        ("a", "", "its name ends in neither .toml nor .json"),
        ("a.toml", "amount = ", "cannot be read: "),
        ("a.toml", "amount = 1\namount = 2", "cannot be read: "),
        ("a.toml", b"amount = '\xff'", "cannot be read: 'utf-8' codec"),
        ("a.json", "{", "cannot be read: "),
        ("a.json", "", "cannot be read: "),
        ("a.json", '{"amount": NaN}', "cannot be read: NaN is not a figure"),
        ("a.json", '{"amount": -Infinity}', "cannot be read: -Infinity is not a figure"),
        ("a.json", '{"b": 1, "a": 2, "b": 3, "a": 4}', "the key a, b stands twice in one object"),
        ("a.json", "[" * 100_000, "cannot be read: "),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    write: Callable[[str, str | bytes], Path], name: str, content: str | bytes, says: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(write(name, content), Money)
    assert caught.value.document == name
    assert list(told(caught.value)) == ["document"]
    assert says in str(caught.value)


def test_very_many_keys_that_stand_twice_are_found_in_one_pass(write: Callable[[str, str], Path]) -> None:
    pairs = ",".join(f'"{number:05}": 1' for number in range(20_000))
    with pytest.raises(DocumentError) as caught:
        read_document(write("a.json", f"{{{pairs},{pairs}}}"), Money)
    assert "the key 00000, 00001, 00002" in str(caught.value)
    assert "00011 and 19988 more stands twice in one object" in str(caught.value)


@pytest.mark.parametrize("name", ["a.toml", "a.json"])
def test_a_files_faults_name_the_file(write: Callable[[str, str], Path], name: str) -> None:
    text = 'amount = "1,5"' if name.endswith("toml") else '{"amount": "1,5"}'
    with pytest.raises(DocumentError) as caught:
        read_document(write(name, text), Money)
    assert str(caught.value).splitlines()[0] == f"{name}: 2 faults"
    assert set(told(caught.value)) == {"amount", "currency"}


def test_a_file_that_is_not_there_is_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_document(tmp_path / "none.toml", Money)


def test_a_packaged_table_does_not_depend_on_the_callers_decimal_context() -> None:
    code = """
import decimal, natoburden as nb
decimal.getcontext().prec = {prec}
print(repr(nb.datasets.defence_expenditure("2026-07").gdp("DEU", 2025).value))
"""
    shown = {
        subprocess.run(
            [sys.executable, "-c", code.format(prec=prec)], capture_output=True, text=True, check=True
        ).stdout
        for prec in (3, 28)
    }
    assert len(shown) == 1, shown
