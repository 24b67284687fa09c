"""What holds of every class of the model and of results: what it takes, orders, shows and keeps."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

import natoburden as nb
from natoburden import calculators, model
from natoburden.calculators.results import Explained

# More than two fields in their order, since they are written that way everywhere.
IN_ORDER = {
    *("Announced", "Deadline", "Given", "Quotation", "MissingYear", "Money", "Energy", "GasVolume", "FuelMass"),
    *("LorenzPoint", "PartialCorrelation", "AtOtherPrices", "Finding", "LogT", "SigmaYear", "MissingCell"),
    *("Coefficient", "_Point"),
}
# What there is more or less of, or what stands in lists by its code.
ORDERED = {
    *("Country", "OtherPlace", "OtherFuel", "Currency", "Period", "Share", "Rate", "PercentagePoints", "Tiv"),
    *("Money", "InternationalDollars", "MilitaryDollars", "Energy", "GasVolume", "OilVolume", "FuelMass", "LngMass"),
}
# What there is much of, and each part of which shows itself.
RESTS_ON = {
    *("inputs", "given", "rests_on", "conversions", "numerator", "by_year", "cautions", "manner", "omissions"),
    *("own_rates", "further_sources", "shipments", "tables", "weight_sources", "values"),
}


def classes() -> Iterator[type[attrs.AttrsInstance]]:
    for room in (model, calculators):
        for entry in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            module = importlib.import_module(entry.name)
            own = [item for item in vars(module).values() if inspect.isclass(item)]
            yield from (item for item in own if item.__module__ == entry.name and attrs.has(item))


CLASSES = list(classes())


def test_classes_of_more_than_two_fields_take_keywords_only() -> None:
    by_place = {
        kind.__name__: [field.name for field in attrs.fields(kind) if field.init and not field.kw_only]
        for kind in CLASSES
    }
    assert {name for name, fields in by_place.items() if len(fields) > 2} == IN_ORDER


def test_fields_of_results_are_named_wherever_one_is_made() -> None:
    for kind in CLASSES:
        if issubclass(kind, Explained):
            assert all(field.kw_only for field in attrs.fields(kind) if field.init), kind


def test_only_what_has_a_size_or_stands_in_lists_has_an_order() -> None:
    ordered = {kind.__name__ for kind in CLASSES if kind.__lt__ is not object.__lt__}  # type: ignore[operator]
    assert ordered - {"_Measured"} == ORDERED


def test_nothing_can_be_assigned_to_a_value_that_exists() -> None:
    for kind in CLASSES:
        fields = attrs.fields(kind)
        if fields and not inspect.isabstract(kind):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(object.__new__(kind), fields[0].name, None)


def test_what_a_value_rests_on_is_not_in_the_line_that_shows_it() -> None:
    for kind in CLASSES:
        shown = {field.name for field in attrs.fields(kind) if field.repr is True}
        assert not shown & RESTS_ON or kind.__name__.startswith("_"), kind


def test_amounts_are_sorted_by_size_and_countries_by_code() -> None:
    euros = [nb.Money(amount, "EUR") for amount in (3, -1, 2)]
    assert [int(item.amount) for item in sorted(euros)] == [-1, 2, 3]
    assert [item.alpha_3 for item in sorted(map(nb.Country.find, ("Spain", "Belgium", "France")))] == [
        "BEL",
        "ESP",
        "FRA",
    ]
    assert max(nb.Share.percent(2), nb.Share.percent("3.5")) == nb.Share.percent("3.5")


def test_a_module_has_at_most_400_lines() -> None:
    source = Path(nb.__file__).parent
    lines = {
        str(file.relative_to(source)): len(file.read_text(encoding="utf-8").splitlines())
        for file in source.rglob("*.py")
    }
    assert len(lines) > 300
    assert {name: count for name, count in lines.items() if count > 400} == {}
