"""Exposed borders: the Factbook's lengths, by the Allies of each year."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

import natoburden as nb
from natoburden.datasets._files import DATA
from natoburden.model.memberships import Group

with (DATA / "borders" / "borders.csv").open(encoding="utf-8") as _file:
    ROWS = list(csv.DictReader(_file))


def test_each_ally_has_one_coast_and_each_neighbour_once() -> None:
    allies = {ally.alpha_3 for ally in Group.find("NATO").members(2026)}
    assert {row["country"] for row in ROWS if row["neighbour"] == "coast"} == allies
    assert len({(row["country"], row["neighbour"]) for row in ROWS}) == len(ROWS)
    assert all(Decimal(row["km"]) >= 0 for row in ROWS)


def test_neighbours_are_countries_but_kosovo() -> None:
    for row in ROWS:
        if row["neighbour"] not in ("coast", "Kosovo"):
            assert nb.Country.find(row["neighbour"]).alpha_3 == row["neighbour"]


def test_both_sides_of_a_border_between_allies_name_each_other() -> None:
    allies = {row["country"] for row in ROWS}
    pairs = {(row["country"], row["neighbour"]) for row in ROWS if row["neighbour"] in allies}
    # The United Kingdom's own profile leaves Gibraltar's border with Spain to Gibraltar's.
    assert {pair for pair in pairs if pair[::-1] not in pairs} == {("ESP", "GBR")}
    lengths = {(row["country"], row["neighbour"]): Decimal(row["km"]) for row in ROWS}
    apart = {pair for pair in pairs if pair[::-1] in pairs and abs(lengths[pair] - lengths[pair[::-1]]) > 1}
    assert apart == {("DEU", "POL"), ("POL", "DEU")}


@pytest.mark.parametrize(
    ("ally", "year", "land", "whole"),
    [
        ("POL", 2025, 375 + 209 + 498, 375 + 209 + 498 + 440),  # Belarus, Kaliningrad, Ukraine
        ("FIN", 2023, 545 + 1309, 545 + 1309 + 1250),  # Sweden joined in 2024
        ("FIN", 2024, 1309, 1309 + 1250),
        ("GRC", 2008, 212 + 234, 212 + 234 + 13676),  # Albania joined in 2009, North Macedonia in 2020
        ("GRC", 2020, 0, 13676),
        ("LUX", 2025, 0, 0),
        ("USA", 2025, 3111, 3111 + 19924),
    ],
)
def test_a_border_is_exposed_until_its_neighbour_joins(ally: str, year: int, land: int, whole: int) -> None:
    country = nb.Country(ally)
    assert nb.datasets.exposed_borders(coast=False).in_year(year).figure(country) == land
    assert nb.datasets.exposed_borders().in_year(year).figure(country) == whole


def test_a_year_has_the_allies_of_its_end() -> None:
    borders = nb.datasets.exposed_borders()
    assert borders.years == tuple(range(2008, 2027))
    for year in (2008, 2017, 2026):
        assert {ally for ally, _ in borders.in_year(year).values} == set(Group.find("NATO").members(year))


def test_the_set_of_proxies_takes_figures_on_terrorism() -> None:
    source = nb.Source(title="Invented figures", publisher="this test")
    attacks = nb.model.CountryFigures.of("attacks", {"POL": 1}, source=source)
    proxies = nb.datasets.benefit_proxies(attacks, coast=False)
    assert proxies == ("gdp", "population", nb.datasets.exposed_borders(coast=False), attacks)
