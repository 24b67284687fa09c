"""What is shown of a value can be written back, or it plainly says that it leaves something out."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import model
from tests.package.test_documents_of_the_model import classes, values

SCOPE = {name: getattr(model, name) for name in dir(model)} | {"datetime": dt, "Decimal": Decimal}
QUANTITIES = {"Energy", "GasVolume", "OilVolume", "FuelMass", "LngMass"}  # their units are text behind the figure


def leaves_out(kind: type) -> bool:
    """Return whether a class hides a field, or shows how many there are in place of them."""
    return any(field.repr is not True for field in attrs.fields(kind))


def parts(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple | list):
        for item in value[:10]:
            yield from parts(item)
    elif attrs.has(type(value)):
        yield value
        for field in attrs.fields(type(value)):
            yield from parts(getattr(value, field.name))


def shows_all(value: Any) -> bool:
    return all(not leaves_out(type(item)) and type(item).__name__ not in QUANTITIES for item in parts(value))


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[type, Any]:
    """Give one value of each public class of the model that shows all that it holds."""
    folder: Path = tmp_path_factory.mktemp("files")
    found: dict[type, Any] = {}
    for whole in values(folder):
        for value in parts(whole):
            if type(value) in classes() and type(value) not in found and shows_all(value):
                found[type(value)] = value
    return found


def test_what_shows_all_of_itself_can_be_written_back(shown: dict[type, Any]) -> None:
    assert len(shown) >= 40
    wrong = [kind.__name__ for kind, value in shown.items() if eval(repr(value), SCOPE) != value]  # own text
    assert not wrong


@pytest.mark.parametrize(
    "value",
    [
        nb.Share.percent("3.5"),
        nb.model.Rate.percent("-1.25"),
        nb.PercentagePoints("1.28"),
        nb.Money("64841085000", "USD"),
        nb.Money("-12.5", "EUR", nb.PriceBasis.constant(2021)),
        nb.Money("3.1 tn", "USD", model.UNSTATED_PRICES),
        nb.Tiv("1.5"),
        model.InternationalDollars("86835251046"),
        model.Currency("EUR"),
        nb.Country("DEU"),
    ],
    ids=repr,
)
def test_a_figure_reads_its_own_repr(value: object) -> None:
    assert eval(repr(value), SCOPE) == value  # own text


def test_a_member_of_an_enumeration_reads_its_own_repr() -> None:
    kinds = [kind for kind in SCOPE.values() if isinstance(kind, type) and issubclass(kind, enum.Enum)]
    assert len(kinds) > 30
    assert all(eval(repr(item), SCOPE) is item for kind in kinds for item in kind)  # own text
