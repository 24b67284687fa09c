"""The reference documents every public name, at the path under which it is imported, and every parameter of it."""

from __future__ import annotations

import importlib.util
import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest

import natoburden as nb

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
DOCUMENTED = {
    name
    for page in REFERENCE.glob("*.md")
    for name in re.findall(r"^\.\. (?:auto|py:)\w+:: (natoburden\.[\w.]+)", page.read_text(encoding="utf-8"), re.M)
}


@pytest.mark.parametrize("name", dir(nb.model))
def test_a_name_of_the_model_is_in_the_reference(name: str) -> None:
    home = "natoburden" if name in dir(nb) else "natoburden.model"
    assert f"{home}.{name}" in DOCUMENTED


@pytest.fixture(scope="module")
def descriptions() -> ModuleType:
    path = REFERENCE.parent / "_extensions" / "descriptions.py"
    spec = importlib.util.spec_from_file_location("descriptions", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_public_parameter_is_described(descriptions: ModuleType) -> None:
    lacking = descriptions.undescribed(nb)
    assert not lacking, "describe in docs/parameters.toml or docs/attributes.toml: " + ", ".join(lacking)


def test_no_description_is_of_what_there_is_not(descriptions: ModuleType) -> None:
    assert not descriptions.unused(nb)


def test_what_a_room_or_a_class_means_wins_over_what_all_mean(descriptions: ModuleType) -> None:
    year = descriptions.described("targets.gap", nb.targets.gap)["year"]
    column = descriptions.described("frames.coverage", nb.frames.coverage)["year"]
    assert year == "The calendar year."
    assert column == "Name of the column of years; None if there is no such column."
    inherited = descriptions.described("targets.TargetGap", nb.targets.TargetGap)
    assert inherited["points"] == descriptions.described("targets.PointsGap", nb.targets.PointsGap)["points"]


def test_a_description_names_only_what_there_is() -> None:
    files = (REFERENCE.parent / name for name in ("attributes.toml", "parameters.toml"))
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    named = set(re.findall(r"`([a-z]+)\.([A-Za-z_]+)", text))
    assert ("datasets", "commitments") in named
    assert [f"{room}.{name}" for room, name in sorted(named) if not hasattr(getattr(nb, room), name)] == []


def test_a_parameter_that_lost_its_description_is_told(
    descriptions: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(descriptions._texts()["parameters"], "table")
    assert "targets.gap(table)" in descriptions.undescribed(nb)


@pytest.mark.parametrize(
    ("table", "name", "lacking"),
    [
        ("presentation.formatting.format_number", "trim", "presentation.formatting.format_number(trim)"),
        ("readers.ocds.read_contracts", "bad_releases_ok", "readers.ocds.read_contracts(bad_releases_ok)"),
    ],
)
def test_what_only_a_page_of_the_reference_names_is_checked_too(
    descriptions: ModuleType, monkeypatch: pytest.MonkeyPatch, table: str, name: str, lacking: str
) -> None:
    monkeypatch.delitem(descriptions._texts()["functions"][table], name)
    assert descriptions.undescribed(nb) == [lacking]


@pytest.mark.parametrize(
    ("shown", "described", "thing"),
    [
        ("Rate.between", "model.Rate.between", nb.Rate.between.__func__),  # type: ignore[attr-defined] # a class method
        ("read", "readers.read", nb.read),
        ("presentation.charts.composition", "charts.composition", nb.charts.composition),
    ],
)
def test_a_description_holds_wherever_the_reference_shows_the_thing(
    descriptions: ModuleType, shown: str, described: str, thing: object
) -> None:
    found = descriptions.described(shown, thing)
    assert found == descriptions.described(described, thing)
    assert list(found) == list(descriptions.parameters(thing))


def test_a_name_that_ends_in_an_underscore_is_no_reference(descriptions: ModuleType) -> None:
    lines: list[str] = []
    descriptions._describe(None, "function", "natoburden.frames.to_codes", nb.frames.to_codes, None, lines)
    assert any(line.startswith(r":param from\_: ") for line in lines)


def test_every_error_says_when_it_is_raised_and_what_to_do(descriptions: ModuleType) -> None:
    said = descriptions.errors()
    assert sorted(said) == nb.errors.__all__
    assert [name for name, parts in said.items() if sorted(parts) != ["do", "raised"] or not all(parts.values())] == []


def test_an_attribute_of_an_error_without_a_description_is_told(
    descriptions: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(descriptions._texts()["classes"]["UnknownNameError"], "nearest")
    assert descriptions.undescribed(nb) == ["errors.UnknownNameError(nearest)"]


def test_a_new_error_is_described_by_its_annotations(descriptions: ModuleType) -> None:
    class NewError(nb.errors.UnexpectedValueError):
        colour: str

    assert descriptions.parameters(NewError) == ("what", "value", "hint", "colour")
    assert "colour" not in descriptions.described("errors.NewError", NewError)
    assert descriptions.described("errors.NewError", NewError)["hint"] == "What to do."


def test_the_reference_of_an_error_names_who_raises_it(descriptions: ModuleType) -> None:
    lines: list[str] = []
    error = nb.errors.UnknownCountryError
    descriptions._describe(None, "exception", "natoburden.errors.UnknownCountryError", error, None, lines)
    text = "\n".join(lines)
    assert "`model.Country.find`" in text
    assert ":param nearest: The countries with the most similar names" in text


def test_a_description_agrees_with_the_type(descriptions: ModuleType) -> None:
    """A text that many share may be wrong of one: it tells of None, or of a truth value, where there is none."""
    faults = []
    for place, thing in descriptions.public(nb):
        for name, text in descriptions.described(place, thing).items():
            parameter = inspect.signature(thing).parameters.get(name)
            kind = str(parameter.annotation) if parameter is not None else ""
            if re.search(r"\bNone\b", text) and "None" not in kind and getattr(parameter, "default", 0) is not None:
                faults.append(f"{place}({name}: {kind}) is never None")
            if kind == "bool" and not text.startswith("Whether"):
                faults.append(f"{place}({name}) is true or false")
            if kind in {"int", "Money", "Decimal", "Share"} and text.startswith("Whether"):
                faults.append(f"{place}({name}) is {kind}")
    assert faults == []
