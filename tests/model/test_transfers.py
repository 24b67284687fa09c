"""SIPRI's volumes are no money, and its names no guess."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

import natoburden as nb
from natoburden.errors import InvalidNumberError, UnexpectedValueError
from tests.strategies import figures

VOLUMES = figures(0, 10**6, places=3).map(nb.Tiv)
SOURCE = nb.Source(title="Invented register", publisher="tests")


def transfer(line: int = 13, **changes: Any) -> nb.model.Transfer:
    given = {
        "key": str(line),
        "recipient": nb.model.TradeParty.named("Poland"),
        "supplier": nb.model.TradeParty.named("United States"),
        "designation": "X-1",
        "description": "tank",
        "area": nb.model.CapabilityArea.ARMOURED_VEHICLES,
        "condition": nb.model.Condition.NEW,
        "delivered": 4,
        "delivery_years": (2020,),
        "tiv_delivered": nb.Tiv("10"),
        "line": line,
        "source": SOURCE,
    }
    return nb.model.Transfer(**{**given, **changes})


@pytest.mark.parametrize("money", [nb.Money(1, "USD"), 1, Decimal(1)])
def test_a_volume_adds_to_its_own_kind_only(money: Any) -> None:
    with pytest.raises(TypeError):
        nb.Tiv(1) + money
    with pytest.raises(TypeError):
        money + nb.Tiv(1)
    with pytest.raises(TypeError):
        nb.Tiv(1) - money
    with pytest.raises(TypeError, match="cannot combine Tiv"):
        nb.Tiv.total([nb.Tiv(1), money])


def test_a_volume_is_multiplied_and_divided_by_numbers_only() -> None:
    assert 2 * nb.Tiv(3) == nb.Tiv(3) * 2 == nb.Tiv(6)
    assert nb.Tiv(6) / 2 == nb.Tiv(3)
    assert nb.Tiv(6) / nb.Tiv(4) == Decimal("1.5")
    with pytest.raises(TypeError):
        nb.Tiv(1) * nb.Money(1, "USD")  # type: ignore[operator] # refused on purpose
    with pytest.raises(TypeError):
        nb.Tiv(1) / "2"  # type: ignore[operator] # refused on purpose
    assert str(nb.Tiv("1234.5")) == "1234.5 m TIV"
    for nothing in (0, nb.Tiv(0)):
        with pytest.raises(InvalidNumberError):
            nb.Tiv(1) / nothing


@given(VOLUMES, VOLUMES)
def test_sums_and_differences_undo_each_other(left: nb.Tiv, right: nb.Tiv) -> None:
    assert left + right - right == left
    assert nb.Tiv.total([left, right]) == nb.Tiv.total([right, left]) == left + right


def test_reference_volume(reference: dict[str, list[dict[str, Any]]]) -> None:
    for case in reference["tiv"]:
        assert nb.Tiv(case["per_unit"]) * case["count"] == nb.Tiv(case["expected"])


def test_a_party_without_an_iso_country_keeps_its_name() -> None:
    gone, unknown = nb.model.TradeParty.named("Soviet Union"), nb.model.TradeParty.named("unknown supplier(s)")
    assert (gone.country, gone.label, gone.is_unknown) == (None, "Soviet Union", False)
    assert unknown.is_unknown
    assert str(nb.model.TradeParty.named("Turkiye")) == "Türkiye"


def test_conditions_print_as_words() -> None:
    assert [str(item) for item in nb.model.Condition] == ["new", "second hand", "second hand but modernised"]


def test_a_transfer_reads_as_a_line_and_knows_marks_of_doubt() -> None:
    assert str(transfer()) == "United States to Poland: 4 X-1 (2020)"
    assert str(transfer(delivery_years=(), delivered=0)).endswith("(not delivered)")
    assert not transfer().is_estimate
    assert transfer(delivered_is_estimate=True).is_estimate


def test_a_register_has_one_of_two_layouts() -> None:
    register = nb.model.Transfers(items=(transfer(), transfer(14)), layout="order", source=SOURCE)
    assert len(register.select(lambda item: item.line == 14)) == 1
    with pytest.raises(UnexpectedValueError, match="order"):
        nb.model.Transfers(items=(), layout="wide", source=SOURCE)
