"""Figures of a table: columns until somebody asks, then objects, each made once; equal whatever they were made from."""

from __future__ import annotations

import pickle

import attrs
import pytest

import natoburden as nb
from natoburden.datasets import expenditure
from natoburden.model._figures import Figures
from natoburden.model.expenditure import ExpenditureTable


class Made:
    """Counts what is made of columns."""

    def __init__(self) -> None:
        self.places: list[int] = []

    def __call__(self, place: int) -> str:
        self.places.append(place)
        return "abc"[place]


KIND: tuple[str, None, None] = ("a measure", None, None)
DEU, FRA = nb.Country("DEU"), nb.Country("FRA")


def figures(made: Made) -> Figures[str]:
    return Figures({(KIND, DEU): {2014: 0, 2015: 1}, (KIND, FRA): {2014: 2}}, 3, made)


def row(item: str) -> tuple[tuple[str, None, None], nb.Country, int]:
    return (item, None, None), DEU, 2014


def test_a_figure_is_made_when_it_is_asked_for_and_once() -> None:
    made = Made()
    found = figures(made)
    assert (len(found), made.places) == (3, [])
    assert [found[1], found[1], found[-1]] == ["b", "b", "c"]
    assert made.places == [1, -1]
    assert found[:2] == ("a", "b")
    assert tuple(found) == ("a", "b", "c")
    with pytest.raises(IndexError):
        found[3]


def test_figures_are_equal_by_what_they_are_and_not_by_how_they_were_made() -> None:
    lazy, again = figures(Made()), Figures.of(("a", "b", "c"), row)
    assert lazy == lazy  # noqa: PLR0124 # the same object is not looked into
    assert lazy == again
    assert hash(lazy) == hash(again)
    assert lazy != Figures.of(("a", "b"), row)
    assert lazy != ("a", "b", "c")
    assert again.series == {((item, None, None), DEU): {2014: place} for place, item in enumerate("abc")}


def test_a_table_from_columns_is_the_table_of_its_observations() -> None:
    fresh = expenditure._table.__wrapped__("2024-06")
    apart = ExpenditureTable(edition=fresh.edition, observations=fresh.observations)
    assert fresh == apart
    assert hash(fresh) == hash(apart)
    assert fresh.years == apart.years
    assert fresh.countries == apart.countries
    assert attrs.evolve(fresh, edition=fresh.edition) == fresh
    assert list(fresh.select(measure="gdp", entity="ISL")) == list(apart.select(measure="gdp", entity="ISL"))


def test_a_table_from_columns_is_sent_as_its_figures() -> None:
    table = nb.datasets.defence_expenditure("2025-08")
    same = pickle.loads(pickle.dumps(table))
    assert same == table
    assert same.share_of_gdp("DEU", 2024) == table.share_of_gdp("DEU", 2024)


def test_looking_up_one_figure_makes_no_other() -> None:
    fresh = expenditure._table.__wrapped__("2026-07")
    assert fresh.share_of_gdp("DEU", 2025) is fresh.share_of_gdp("Germany", 2025)
    assert sum(made is not None for made in fresh._figures._made) == 1
