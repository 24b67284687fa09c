"""Many values as JSON: one text, or lines that are read and written one at a time."""

from __future__ import annotations

import gc
import itertools
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.errors import DocumentError
from natoburden.serialization import from_data
from natoburden.serialization.lines import from_json, read_lines, to_json, write_lines

CONTRACTS = nb.datasets.announced_contracts().items


@pytest.fixture(params=["json", "msgspec"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The standard library's JSON, or that of the extra ``fast``."""
    name: str = request.param
    if name == "json":
        monkeypatch.setitem(sys.modules, "msgspec", None)
        monkeypatch.setitem(sys.modules, "natoburden.serialization._bulk", None)
    else:
        pytest.importorskip("msgspec")
    return name


@pytest.mark.usefixtures("parser")
def test_contracts_survive_lines(tmp_path: Path) -> None:
    file = tmp_path / "contracts.jsonl"
    assert write_lines(file, iter(CONTRACTS)) == len(CONTRACTS)
    assert tuple(read_lines(file, nb.Contract)) == CONTRACTS


@pytest.mark.usefixtures("parser")
def test_contracts_survive_one_text() -> None:
    text = to_json(CONTRACTS)
    assert text.startswith('[{"key":"')
    assert json.loads(text) == nb.serialization.to_data(CONTRACTS)
    assert from_json(text, tuple[nb.Contract, ...]) == CONTRACTS
    assert from_json(text.encode(), tuple[nb.Contract, ...]) == CONTRACTS
    assert from_json(to_json(CONTRACTS[0]), nb.Contract) == CONTRACTS[0]
    assert from_json(" [ ]\n", tuple[nb.Contract, ...]) == ()


@pytest.mark.usefixtures("parser")
def test_lines_are_read_one_at_a_time(tmp_path: Path) -> None:
    file = tmp_path / "shares.jsonl"
    file.write_text('"1 %"\n\n"2 %"\nbroken\n', encoding="utf-8")
    found = read_lines(file, nb.Share)
    assert list(itertools.islice(found, 2)) == [nb.Share.percent(1), nb.Share.percent(2)]
    with pytest.raises(DocumentError, match=r"shares\.jsonl, line 4") as caught:
        next(found)
    assert "cannot be read" in str(caught.value.exceptions[0] if hasattr(caught.value, "exceptions") else caught.value)


@pytest.mark.usefixtures("parser")
def test_a_fault_in_a_line_has_its_path(tmp_path: Path) -> None:
    file = tmp_path / "m.jsonl"
    file.write_text('{"amount": "1", "currency": "Taler", "basis": "current"}\n', encoding="utf-8")
    with pytest.raises(DocumentError, match=r"m\.jsonl, line 1"):
        list(read_lines(file, nb.Money))


@pytest.mark.usefixtures("parser")
def test_half_a_character_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "contracts.jsonl"
    text = json.dumps(nb.serialization.to_data(CONTRACTS[0]) | {"system": "\ud800"})
    file.write_text(text, encoding="utf-8")
    for read in (
        lambda: list(read_lines(file, nb.Contract)),
        lambda: from_json(f"[{text}]", tuple[nb.Contract, ...]),
    ):
        with pytest.raises(DocumentError) as caught:
            read()
        [fault] = caught.value.faults
        assert fault.path.endswith("system")
        assert "half a character" in fault.message


@pytest.mark.usefixtures("parser")
def test_exact_decimals_are_kept_and_floats_never_made(tmp_path: Path) -> None:
    file = tmp_path / "m.jsonl"
    file.write_text('{"amount": 1.10, "currency": "EUR", "basis": "current"}\n', encoding="utf-8")
    [money] = read_lines(file, nb.Money)
    assert str(money.amount) == "1.10"


@pytest.mark.usefixtures("parser")
def test_faults_of_a_list_are_told_all_at_once_with_their_places() -> None:
    with pytest.raises(DocumentError) as caught:
        from_json('["1 %", "2", "3 %", 4]', tuple[nb.Share, ...], "mine.json")
    assert [fault.path.partition(".")[0] for fault in caught.value.faults] == ["[1]", "[3]"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        '["1 %"',
        '["1 %" "2 %"]',
        '["1 %",]',
        '["1 %"] x',
        "[1e99999999999999999999]",
        "[NaN]",
        '[{"a": 1, "a": 2}]',
        "[" * 9_999,
    ],
)
@pytest.mark.usefixtures("parser")
def test_what_is_no_json_is_one_error(text: str) -> None:
    kind: Any = tuple[nb.Share, ...]
    with pytest.raises(DocumentError):
        from_json(text, kind)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "twin", ['"note": "x", ', '"note": "a:b", ', '"note" : 5, ', '"origins": [{"basis": "content"}], ']
)
def test_a_key_that_stands_twice_in_an_item_of_a_list_is_noticed(twin: str) -> None:
    item = to_json(CONTRACTS[0])
    escaped = item.replace("http:", "http\\u003a").replace("https:", "https\\u003A")
    assert from_json(f"[{escaped}]", tuple[nb.Contract, ...]) == CONTRACTS[:1]
    for one in (item, escaped):
        with pytest.raises(DocumentError) as caught:
            from_json(f"[{item}, {{{twin}{one[1:]}]", tuple[nb.Contract, ...])
        assert "stands twice" in str(caught.value)


@pytest.mark.usefixtures("parser")
def test_a_key_with_a_default_may_be_left_out(tmp_path: Path) -> None:
    data = {key: part for key, part in nb.serialization.to_data(CONTRACTS[0]).items() if part not in ("", None, [])}
    file = tmp_path / "short.jsonl"
    file.write_text(json.dumps(data) + "\n", encoding="utf-8")
    assert tuple(read_lines(file, nb.Contract)) == CONTRACTS[:1]
    assert from_json(json.dumps([data]), tuple[nb.Contract, ...]) == CONTRACTS[:1]


@pytest.mark.usefixtures("parser")
def test_the_collector_of_cycles_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("disable", "enable", "freeze"):
        monkeypatch.delattr(gc, name)
    assert from_json('["1 %"]', tuple[nb.Share, ...])
    assert to_json(CONTRACTS)


def test_a_generator_is_written_as_it_runs(tmp_path: Path) -> None:
    held: list[int] = []

    def values() -> Iterator[nb.Share]:
        for number in range(3):
            held.append(number)
            yield nb.Share.percent(number)

    assert write_lines(tmp_path / "a.jsonl", values()) == len(held) == 3


@pytest.mark.parametrize(
    ("name", "text"), [("a.json", "[1e99999999999999999999]"), ("a.toml", "a = 1e99999999999999999999")]
)
def test_a_number_too_large_for_any_decimal_is_a_fault_of_the_document(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=name):
        nb.serialization.read_document(tmp_path / name, nb.Money)


@pytest.mark.parametrize(
    "values",
    [
        CONTRACTS,
        nb.datasets.energy_deals().items,
        nb.datasets.commitments().items,
        nb.datasets.offset_agreements().items,
        nb.fixtures.article().claims.items,
        (nb.fixtures.article(),),
        (nb.Share.percent("3.5"), nb.Share.percent(0)),
    ],
    ids=lambda values: type(values[0]).__name__,
)
def test_all_that_is_written_is_read_in_bulk_without_a_second_look(values: tuple[Any, ...]) -> None:
    pytest.importorskip("msgspec")
    from natoburden.serialization._bulk import reader

    read = reader(type(values[0]))
    assert tuple(read(to_json(value).encode()) for value in values) == values


def places(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a document."""
    yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(["2 %", "POL", "2025", "1e5"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=6), inner, max_size=2),
    max_leaves=3,
)


@given(st.data())
def test_a_bent_document_is_read_in_bulk_as_it_is_read_at_leisure_or_not_at_all(data: st.DataObject) -> None:
    pytest.importorskip("msgspec")
    from natoburden.serialization._bulk import reader

    document = nb.serialization.to_data(data.draw(st.sampled_from(CONTRACTS)))
    *path, last = data.draw(st.sampled_from([place for place in places(document) if place]))
    part = document
    for key in path:
        part = part[key]
    if isinstance(last, str) and data.draw(st.booleans()):
        del part[last]
    else:
        part[data.draw(st.sampled_from([last, "unheard of"])) if isinstance(last, str) else last] = data.draw(JSON)
    try:
        found = reader(nb.Contract)(json.dumps(document).encode())
    except Exception:
        return
    assert found == from_data(document, nb.Contract)
