"""Groups of one's own, and lists of countries in their place."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden.errors import (
    InvalidYearError,
    NotAMemberError,
    UnexpectedValueError,
    UnknownCountryError,
    UnknownNameError,
)
from natoburden.model.memberships import find_entity
from natoburden.serialization import from_data, to_data

BALTICS = nb.Group.of("Baltics", ["EST", "Latvia", nb.Country("LTU")])
SOURCE = nb.Source(title="Where they are named", publisher="this test")


def test_a_group_of_ones_own_has_the_same_members_in_every_year() -> None:
    assert [country.alpha_3 for country in BALTICS.members(1990)] == ["EST", "LVA", "LTU"]
    assert BALTICS.members(dt.date(2030, 1, 1)) == BALTICS.members(2000)
    assert str(BALTICS) == BALTICS.key == "Baltics"
    with pytest.raises(InvalidYearError):
        BALTICS.members(20255)


def test_a_country_counts_once() -> None:
    assert len(nb.Group.of("The two", ["EST", "Eesti", "LVA"]).countries) == 2


@pytest.mark.parametrize("listed", [["EST", "LVA"], ("EST", "LVA"), {"EST": 1, "LVA": 2}.keys(), iter(["EST", "LVA"])])
def test_a_list_of_countries_is_a_group(listed: Any) -> None:
    group = nb.Group.find(listed)
    assert (group.key, group.name) == ("EST+LVA", "Estonia and Latvia")
    assert find_entity(["EST", "LVA"]) == group


def test_a_list_is_called_by_its_countries() -> None:
    assert nb.Group.find(["POL"]).name == "Poland"
    assert nb.Group.find(["EST", "LVA", "LTU", "POL", "FIN"]).name == "5 countries (EST, LVA, LTU, POL, FIN)"


@pytest.mark.parametrize(
    ("name", "countries", "words"),
    [
        ("NATO", ["EST"], "give it a name of its own"),
        ("Poland", ["EST"], "give it a name of its own"),
        (" ", ["EST"], "give it a name of its own"),
        ("a\nb", ["EST"], "give it a name of its own"),
        (["EST"], ["EST"], r"Group\.of\('Baltics'"),
        ("Mine", [], "at least one country"),
        ("Mi\x00ne", ["EST"], "a name of its own"),
        ("Mine", "EST", "give several in a list"),
        ("Mine", {"EST": 1}, "give several in a list"),
        ("Mine", nb.Country("EST"), "give several in a list"),
        ("Mine", 3, "give several in a list"),
    ],
)
def test_what_is_no_group_is_refused(name: Any, countries: Any, words: str) -> None:
    with pytest.raises(UnexpectedValueError, match=words):
        nb.Group.of(name, countries)


def test_a_country_that_is_none_is_named() -> None:
    with pytest.raises(UnknownCountryError, match="Atlantis"):
        nb.Group.find(["EST", "Atlantis"])


@pytest.mark.parametrize("wrong", [3, None, {"EST": 1}])
def test_what_is_neither_name_nor_list_is_an_unknown_group(wrong: Any) -> None:
    with pytest.raises(UnknownNameError, match="unknown group"):
        nb.Group.find(wrong)


def test_a_country_is_no_group_and_its_list_is() -> None:
    for country in ("Poland", nb.Country("POL")):
        with pytest.raises(UnknownNameError, match="is a country: a group of it alone is"):
            nb.Group.find(country)  # type: ignore[arg-type] # refused on purpose


def test_a_group_is_a_rule_or_a_list() -> None:
    nato = nb.Group.find("NATO")
    for changed in ({"inside": ()}, {"countries": BALTICS.countries}):
        with pytest.raises(UnexpectedValueError, match="at least one bloc"):
            attrs.evolve(nato, **changed)
    with pytest.raises(UnexpectedValueError, match="a list of countries"):
        attrs.evolve(BALTICS, without=(nb.Country("EST"),))


def test_a_group_without_one_of_its_members() -> None:
    assert BALTICS.excluding(nb.Country("EST")).members(2025) == (nb.Country("LVA"), nb.Country("LTU"))
    without = nb.Group.find("NATO").excluding(nb.Country("USA"), nb.Country("USA"))
    assert without.members(2025) == nb.Group.find("NATO_EUR_CAN").members(2025)
    with pytest.raises(UnexpectedValueError, match="a group"):
        nb.Group.find(["USA"]).excluding(nb.Country("USA"))


def test_who_is_not_in_it_is_told_who_is() -> None:
    assert BALTICS.require_member("Estonia", 2025) == nb.Country("EST")
    with pytest.raises(NotAMemberError, match="its members are Estonia, Latvia, Lithuania"):
        BALTICS.require_member("Poland", 2025)


@pytest.mark.parametrize(
    "group",
    [
        BALTICS,
        nb.Group.find(["EST", "LVA"]),
        nb.Group.of("Baltics", ["EST"], note="a note", source=SOURCE),
        nb.Group.find("NATO"),
    ],
)
def test_a_group_reads_back_from_a_document(group: nb.Group) -> None:
    assert from_data(to_data(group), nb.Group) == group
    assert from_data(to_data(group), nb.model.Entity) == group  # type: ignore[arg-type] # a union of classes


def test_a_group_tells_whom_it_holds() -> None:
    assert nb.Group.of("Baltics", ["EST"], note="a note").told == "Baltics: Estonia; a note"
    assert nb.Group.find("NATO_EUROPE").told == "NATO Europe; European Allies and Türkiye"


def test_a_set_of_countries_is_in_one_order_in_every_run() -> None:
    assert (
        nb.Group.find({"LTU", "EST", "LVA"}).key == nb.Group.find(frozenset(["EST", "LVA", "LTU"])).key == "EST+LTU+LVA"
    )
    assert nb.Group.find(["LVA", "EST"]).key == "LVA+EST"
