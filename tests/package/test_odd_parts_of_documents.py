"""A document keeps nothing that nobody reads: keys, tables and texts out of place are refused, for every class."""

from __future__ import annotations

import copy
import functools
import importlib
import json
import pkgutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden.datasets._documents import Document
from natoburden.errors import DocumentError
from natoburden.model.articles import Article
from natoburden.model.dates import Announced, Precision
from natoburden.model.energy import OtherFuel, OtherPlace, Place
from natoburden.model.keyed import Keyed
from natoburden.model.macro_tables import MacroFigure, MacroTable
from natoburden.model.memberships import Entity, Group
from natoburden.model.money import Money
from natoburden.model.notices import Buyer
from natoburden.model.offsets import OffsetAgreement
from natoburden.model.path_scenarios import Override
from natoburden.serialization import from_data, to_data
from natoburden.serialization.lines import from_json, read_lines
from tests.package.small_documents import small_documents

SOURCE = {"title": "A statement", "publisher": "A ministry"}
BALTICS = {"key": "k", "name": "Baltics", "countries": ["EST", "LVA", "LTU"], "note": "three", "source": SOURCE}
AGREEMENT: dict[str, Any] = {
    "key": "C",
    "buyer": "BEL",
    "supplier": "A maker",
    "amount": {"amount": "4", "currency": "USD"},
}
AGREEMENT |= {"signed": 2020, "years": 8, "source": SOURCE}


def whole_tables() -> Iterator[tuple[Any, Any]]:
    """Give tables of a few figures."""
    spent: Any = to_data(nb.datasets.defence_expenditure("2026-07"))
    yield nb.ExpenditureTable, {**spent, "figures": spent["figures"][:3]}
    outlook = nb.datasets.macro()
    few = tuple(outlook.select(country="DEU", year=2026, unit="persons"))
    yield MacroTable, to_data(MacroTable(edition="e", last_outcome=2025, source=outlook.source, figures=few))
    yield MacroFigure, to_data(few[0])


@functools.cache
def documents() -> dict[str, tuple[Any, Any]]:
    """Give a document of each class, and of each further form in which a class is written, by name."""
    found: list[tuple[Any, Any]] = [(kind, json.loads(text)) for kind, text in small_documents().items()]
    found += [(Group, BALTICS), (Entity, BALTICS), (Override, {"name": "by", "value": 2040, "reason": "a test"})]
    found += [(Keyed[OffsetAgreement], [AGREEMENT]), (Announced, {"date": "2025", "precision": "year"}), (Buyer, "POL")]
    found += [(Buyer, "NATO Support and Procurement Agency"), (Place, "EU27_2020"), (nb.Fuel | OtherFuel, "RA000")]
    found += whole_tables()
    return {f"{getattr(kind, '__name__', kind)} {number}": (kind, data) for number, (kind, data) in enumerate(found)}


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Give every part of plain data with its path."""
    yield path, data
    for step, part in data.items() if isinstance(data, dict) else enumerate(data if isinstance(data, list) else ()):
        yield from places(part, (*path, step))


def replaced(data: Any, path: tuple[Any, ...], part: Any) -> Any:
    """Give plain data with another part at a path."""
    if not path:
        return part
    made = copy.copy(data)
    made[path[0]] = replaced(data[path[0]], path[1:], part)
    return made


def taken(kind: Any, data: Any, change: Callable[[Any], Any], wanted: type) -> list[tuple[Any, ...]]:
    """Give the paths of the parts of a type that may be changed, without an error."""
    found = []
    for path, part in places(data):
        if isinstance(part, wanted):
            try:
                from_data(replaced(data, path, change(part)), kind)
            except DocumentError:
                continue
            found.append(path)
    return found


def test_an_unknown_key_is_refused_in_every_table_of_every_document() -> None:
    for name, (kind, data) in documents().items():
        assert from_data(data, kind) is not None
        assert (name, taken(kind, data, lambda table: {**table, "wihtout": ["FRA"]}, dict)) == (name, [])


ODD: dict[str, Any] = {"a table": {"x": 1}, "a list of a number": [1], "half a character": "\ud800", "true": True}


@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_text_is_refused_in_place_of_every_text(odd: str) -> None:
    for name, (kind, data) in documents().items():
        assert (name, taken(kind, data, lambda _text: ODD[odd], str)) == (name, [])


def told(data: object, kind: Any) -> dict[str, str]:
    """Give what is wrong with a document, by path."""
    with pytest.raises(DocumentError) as caught:
        from_data(data, kind)
    return {fault.path: fault.message for fault in caught.value.faults}


def test_all_faults_of_a_group_that_is_written_in_a_document_are_told() -> None:
    odd = {"key": [1], "name": {"x": 1}, "note": 5, "countries": ["DEU", "Atlantis"], "wihtout": ["EU"]}
    found = told(odd, Group)
    assert set(found) == {"key", "name", "note", "countries[1]", "document"}
    assert found["document"] == "unknown key wihtout"
    assert told({"countries": "DEU"}, Group).keys() == {"key", "name", "countries"}
    assert "an empty list" in told({**BALTICS, "countries": []}, Group)["document"]


def test_an_overrides_value_and_reason_are_told_with_their_paths() -> None:
    assert told({"name": "by", "value": 2040, "reason": {"x": 1}}, Override).keys() == {"reason"}
    assert told({"name": "by", "value": "soon", "reason": "a test"}, Override).keys() == {"value"}


def test_the_date_of_an_announcement_is_a_text_a_day_or_a_whole_year() -> None:
    assert from_data({"date": 2025, "precision": "year"}, Announced) == Announced.parse("2025", Precision.YEAR)
    for date in (Decimal(2025), True, None, ["2025"]):
        assert "document" in told({"date": date, "precision": "year"}, Announced)


@pytest.mark.parametrize("kind", [OtherPlace, OtherFuel, Place, Buyer], ids=str)
def test_half_a_character_is_no_part_of_a_code(tmp_path: Path, kind: Any) -> None:
    file = tmp_path / "places.jsonl"
    file.write_text(r'"NATO \ud800"', encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        list(read_lines(file, kind))
    with pytest.raises(DocumentError) as bulk:
        from_json(r'["NATO \ud800"]', tuple[kind, ...])
    assert "half a character" in str(caught.value)
    assert "half a character" in str(bulk.value)


@pytest.mark.parametrize("kind", [nb.ExpenditureTable, MacroTable], ids=["expenditure", "macro"])
def test_a_table_of_very_many_faults_reports_a_thousand_and_stops(kind: Any) -> None:
    [whole] = [data for other, data in whole_tables() if other is kind]

    class Figures(list[Any]):
        """Figures that tell how many of them are read."""

        read = 0

        def __iter__(self) -> Iterator[Any]:
            for item in super().__iter__():
                self.read += 1
                yield item

    figures = Figures([1] * 100_000)
    with pytest.raises(DocumentError) as caught:
        from_data({**whole, "figures": figures}, kind)
    assert len(caught.value.faults) == 1_001
    assert caught.value.faults[0].path == "figures[0]"
    assert figures.read == 1_001


# --- keys that are used twice ------------------------------------------------------------------------------

OTHERS = {
    "load_contracts": ("contracts", nb.datasets.announced_contracts()["C09"]),
    "load_commitments": ("commitments", nb.datasets.commitments().items[0]),
    "load_energy_deals": ("deals", nb.datasets.energy_deals().items[0]),
}
PURCHASE: dict[str, Any] = {"key": "C", "category": "energy", "buyer": "DEU", "first_year": 2025, "basis": "assumption"}
PURCHASE |= {"amount": {"amount": "4", "currency": "USD"}, "source": SOURCE}
TWICE: dict[str, dict[str, Any]] = {
    "load_offset_agreements": {"agreements": [AGREEMENT, {**AGREEMENT, "supplier": "Another"}]},
    "load_package": {"title": "A", "purchases": [PURCHASE, PURCHASE]},
    **{name: {section: [to_data(item)] * 2} for name, (section, item) in OTHERS.items()},
}


def test_every_document_that_users_write_is_tried_with_a_key_that_is_used_twice() -> None:
    names = [entry.name for entry in pkgutil.iter_modules(nb.datasets.__path__)]
    modules = [importlib.import_module(f"natoburden.datasets.{name}") for name in names]
    kinds = {item for module in modules for item in vars(module).values() if isinstance(item, type)}
    assert len({kind for kind in kinds if issubclass(kind, Document)} - {Document}) == len(TWICE)


@pytest.mark.parametrize("loader", TWICE)
def test_two_records_of_one_key_are_refused_with_the_key(tmp_path: Path, loader: str) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(TWICE[loader]), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        getattr(nb.datasets, loader)(file)
    section = next(name for name, items in TWICE[loader].items() if isinstance(items, list))
    key = TWICE[loader][section][0]["key"]
    assert "used twice" in str(caught.value)
    assert key in str(caught.value)


def test_a_collection_of_two_items_with_one_key_is_refused_once_with_its_path() -> None:
    kind: Any = Keyed[OffsetAgreement]
    other = {**AGREEMENT, "key": "D"}
    assert [item.key for item in from_data([AGREEMENT, other], kind)] == ["C", "D"]
    assert told([AGREEMENT, other, AGREEMENT], kind) == {"[2].key": "'C' is used twice"}


def test_a_key_that_is_used_twice_in_an_article_is_told_once() -> None:
    article: Any = to_data(nb.fixtures.article())
    article["actors"].append(article["actors"][0])
    with pytest.raises(DocumentError) as caught:
        from_data(article, Article)
    [fault] = caught.value.faults
    assert fault.path == f"actors[{len(article['actors']) - 1}].key"


def test_an_amount_of_nothing_is_written_shortly() -> None:
    for exponent in (-99_999, -70, 0, 40, 99_999):
        amount = from_data({"amount": Decimal(f"0e{exponent}"), "currency": "USD"}, Money)
        assert len(to_data(amount)["amount"]) < 70


@pytest.mark.parametrize(
    "group",
    [
        nb.Group.find("NATO").excluding(nb.Country("USA")),
        nb.Group.find("NATO Europe").excluding(nb.Country("FRA"), nb.Country("DEU")),
        attrs.evolve(nb.Group.find("NATO_NON_EU"), key="mine", name="Mine", note="by rule"),
        nb.Group.of("Baltics", ["EST", "LVA", "LTU"]),
        nb.Group.find("NATO"),
    ],
    ids=str,
)
def test_a_group_is_read_as_it_was_written(group: nb.Group) -> None:
    again = from_data(json.loads(json.dumps(to_data(group))), nb.Group)
    assert again == group
    assert again.members(2025) == group.members(2025)
