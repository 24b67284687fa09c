"""Memberships with their days, and groups as rules over them."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natoburden.errors import InvalidYearError, NotAMemberError, UnknownCountryError, UnknownNameError
from natoburden.model import _vocabulary
from natoburden.model.countries import Country
from natoburden.model.memberships import Bloc, Group, Membership, find_entity
from tests.strategies import DATES, YEARS

FOLDER = _vocabulary.FOLDER
NATO, EU, EURO, EEA = map(Bloc.find, ("NATO", "EU", "EURO", "EEA-EFTA"))
BLOCS = (NATO, EU, EURO, EEA)


def names(countries: tuple[Country, ...]) -> set[str]:
    return {country.alpha_3 for country in countries}


# --- dated memberships -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "size"),
    [
        (1949, 12),
        (1952, 14),
        (1955, 15),
        (1982, 16),
        (1999, 19),
        (2004, 26),
        (2009, 28),
        (2014, 28),
        (2016, 28),
        (2017, 29),
        (2019, 29),
        (2020, 30),
        (2022, 30),
        (2023, 31),
        (2024, 32),
        (2026, 32),
    ],
)
def test_the_alliance_grew(year: int, size: int) -> None:
    assert len(NATO.members(year)) == size


@pytest.mark.parametrize(
    ("bloc", "country", "day"),
    [
        (NATO, "TUR", dt.date(1952, 2, 18)),
        (NATO, "DEU", dt.date(1955, 5, 6)),
        (NATO, "POL", dt.date(1999, 3, 12)),
        (NATO, "MNE", dt.date(2017, 6, 5)),
        (NATO, "MKD", dt.date(2020, 3, 27)),
        (NATO, "FIN", dt.date(2023, 4, 4)),
        (NATO, "SWE", dt.date(2024, 3, 7)),
        (EU, "HRV", dt.date(2013, 7, 1)),
        (EURO, "BGR", dt.date(2026, 1, 1)),
        (EEA, "LIE", dt.date(1995, 5, 1)),
    ],
)
def test_a_country_belongs_from_the_day_it_joined(bloc: Bloc, country: str, day: dt.date) -> None:
    assert bloc.has_member(country, day)
    assert not bloc.has_member(country, day - dt.timedelta(days=1))
    assert bloc.membership(country).start == day


def test_notes_of_memberships_and_groups_are_those_of_the_register() -> None:
    notes = {item.country.alpha_3: item.note for item in Bloc.find("EU").memberships}
    assert (notes["GBR"], notes["BEL"], notes["POL"]) == (
        "left at 24:00 CET on 31 January 2020",
        "European Economic Community, later the Union",
        "",
    )


def test_the_united_kingdom_left_the_union_at_the_end_of_january_2020() -> None:
    assert EU.has_member("UK", dt.date(2020, 1, 31))
    assert not EU.has_member("UK", dt.date(2020, 2, 1))
    assert EU.has_member("UK", 2019)
    assert not EU.has_member("UK", 2020)
    assert str(EU.membership("UK")) == "from 1973-01-01 to 2020-01-31"


@pytest.mark.parametrize(
    ("bloc", "year", "size"),
    [
        (EU, 1958, 6),
        (EU, 1973, 9),
        (EU, 1995, 15),
        (EU, 2004, 25),
        (EU, 2013, 28),
        (EU, 2020, 27),
        (EURO, 1999, 11),
        (EURO, 2015, 19),
        (EURO, 2023, 20),
        (EURO, 2026, 21),
        (EEA, 2025, 3),
    ],
)
def test_the_union_the_euro_area_and_the_economic_area_changed(bloc: Bloc, year: int, size: int) -> None:
    assert len(bloc.members(year)) == size


@given(st.sampled_from(BLOCS), YEARS)
def test_a_year_counts_as_its_last_day(bloc: Bloc, year: int) -> None:
    assert bloc.members(year) == bloc.members(dt.date(year, 12, 31))


def test_a_moment_counts_as_its_day() -> None:
    assert NATO.members(dt.datetime(2024, 3, 7, 12, 0)) == NATO.members(dt.date(2024, 3, 7))


@given(st.sampled_from(BLOCS), DATES)
def test_members_come_once_and_in_the_order_of_their_codes(bloc: Bloc, day: dt.date) -> None:
    members = bloc.members(day)
    assert list(members) == sorted(set(members))
    assert all(bloc.has_member(country, day) for country in members)


@given(DATES, DATES)
def test_nobody_has_left_the_alliance(one: dt.date, two: dt.date) -> None:
    earlier, later = sorted((one, two))
    assert set(NATO.members(earlier)) <= set(NATO.members(later))


@given(DATES)
def test_whoever_has_the_euro_is_in_the_union_and_nobody_is_in_both_areas(day: dt.date) -> None:
    assert set(EURO.members(day)) <= set(EU.members(day))
    assert not set(EEA.members(day)) & set(EU.members(day))


@pytest.mark.parametrize("when", ["2025", 2025.7, True, None, 25])
def test_members_are_asked_for_a_day_or_a_whole_year(when: object) -> None:
    with pytest.raises(InvalidYearError, match="is not a usable year"):
        NATO.members(when)  # type: ignore[arg-type] # refused on purpose


def test_a_membership_covers_both_of_its_ends() -> None:
    stay = Membership(country=Country("GBR"), start=dt.date(1973, 1, 1), end=dt.date(2020, 1, 31))
    assert [stay.covers(day) for day in (dt.date(1972, 12, 31), stay.start, dt.date(2020, 1, 31), 2020)] == [
        False,
        True,
        True,
        False,
    ]
    assert str(Membership(country=Country("NOR"), start=dt.date(1949, 8, 24))) == "from 1949-08-24"


@pytest.mark.parametrize("country", ["AUT", "CHE"])
def test_a_country_that_never_joined_has_no_membership(country: str) -> None:
    with pytest.raises(NotAMemberError) as caught:
        NATO.membership(country)
    assert (caught.value.country, caught.value.group) == (Country(country).name, NATO.name)


def test_a_bloc_reads_as_its_name_and_names_its_source() -> None:
    assert str(EU) == "European Union"
    assert all(bloc.source.publisher for bloc in BLOCS)


# --- groups ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "year", "size"),
    [
        ("NATO", 2024, 32),
        ("NATO_EUR_CAN", 2024, 31),
        ("NATO_EUROPE", 2024, 30),
        ("NATO_EUROPE_WITHOUT_TURKIYE", 2024, 29),
        ("NATO_EU", 2014, 22),
        ("NATO_EU", 2024, 23),
        ("NATO_NON_EU", 2019, 7),
        ("NATO_NON_EU", 2024, 9),
        ("NATO_EURO_AREA", 2024, 16),
        ("NATO_EURO_AREA", 2026, 17),
        ("EU", 2024, 27),
        ("EEA-EFTA", 2024, 3),
        ("EURO", 2026, 21),
    ],
)
def test_a_groups_size_is_that_of_the_year(key: str, year: int, size: int) -> None:
    assert len(Group.find(key).members(year)) == size


def test_allies_outside_the_union_are_named() -> None:
    assert names(Group.find("NATO_NON_EU").members(2026)) == {
        "ALB",
        "CAN",
        "GBR",
        "ISL",
        "MKD",
        "MNE",
        "NOR",
        "TUR",
        "USA",
    }


@given(DATES)
def test_allies_are_in_the_union_or_outside_it(day: dt.date) -> None:
    inside, outside = (set(Group.find(key).members(day)) for key in ("NATO_EU", "NATO_NON_EU"))
    assert not inside & outside
    assert inside | outside == set(NATO.members(day))


@given(DATES)
def test_europe_and_north_america_are_the_alliance(day: dt.date) -> None:
    europe = set(Group.find("NATO_EUROPE").members(day))
    north_america = {country for country in NATO.members(day) if country.alpha_3 in ("CAN", "USA")}
    assert not europe & north_america
    assert europe | north_america == set(NATO.members(day))
    assert set(Group.find("NATO Europe and Canada").members(day)) == set(NATO.members(day)) - {Country("USA")}


@pytest.mark.parametrize("group", Group.all(), ids=lambda group: str(group.key))
def test_a_group_is_found_by_itself_its_key_or_its_name_in_any_case(group: Group) -> None:
    for name in (group, group.key, group.name, group.key.lower(), f" {group.name.upper()} "):
        assert Group.find(name) == group
    assert str(group) == group.name


@pytest.mark.parametrize(
    ("find", "name", "message"),
    [
        (Group.find, "NATO Europ", "unknown group 'NATO Europ'; valid: NATO, .*did you mean 'NATO_EUROPE'"),
        (Group.find, "", "unknown group ''; valid: NATO, "),
        (Bloc.find, "nata", "unknown bloc 'nata'; valid: EEA-EFTA, EU, EURO, NATO; did you mean 'NATO'"),
        (Bloc.find, "WEU", "unknown bloc 'WEU'; valid: EEA-EFTA, EU, EURO, NATO"),
    ],
)
def test_an_unknown_group_or_bloc_is_refused_with_the_known_ones(
    find: Callable[[str], object], name: str, message: str
) -> None:
    with pytest.raises(UnknownNameError, match=message):
        find(name)


@pytest.mark.parametrize("name", [5, None, 2.5])
@pytest.mark.parametrize("find", [Group.find, Bloc.find, find_entity])
def test_a_group_bloc_or_entity_is_named_in_text(find: Callable[[Any], object], name: object) -> None:
    with pytest.raises((UnknownNameError, UnknownCountryError), match=str(name)):
        find(name)


@pytest.mark.parametrize(
    ("group", "country", "when", "periods"),
    [
        ("NATO", "Finland", 2020, "NATO from 2023-04-04"),
        ("NATO", "Austria", 2020, "no day: it was never a member"),
        ("NATO_EU", "UK", dt.date(2020, 2, 1), "NATO from 1949-08-24; EU from 1973-01-01 to 2020-01-31"),
    ],
)
def test_a_country_that_is_not_in_the_group_then_is_refused_with_its_periods(
    group: str, country: str, when: int | dt.date, periods: str
) -> None:
    with pytest.raises(NotAMemberError) as caught:
        Group.find(group).require_member(country, when)
    assert (caught.value.periods, caught.value.when) == (periods, str(when))
    assert str(caught.value).endswith(f"in {when}; valid: {periods}")


def test_a_country_that_is_left_out_by_the_groups_rule_is_not_told_that_it_was_a_valid_member() -> None:
    with pytest.raises(NotAMemberError) as caught:
        Group.find("NATO_EUR_CAN").require_member("USA", 2025)
    assert caught.value.periods != "NATO from 1949-08-24"


def test_a_member_is_given_back_as_a_country() -> None:
    assert Group.find("NATO").require_member("Finlande", 2023) == Country("FIN")


def test_a_group_of_ones_own_follows_the_same_rules() -> None:
    nordic = Group(key="X", name="Euro without Germany", inside=(EURO,), outside=(NATO,), without=(Country("AUT"),))
    assert names(nordic.members(2026)) == {"CYP", "IRL", "MLT"}


@pytest.mark.parametrize(
    ("name", "key"),
    [("NATO", "NATO"), ("nato europe", "NATO_EUROPE"), ("European Union", "EU"), ("Italia", "ITA"), ("EL", "GRC")],
)
def test_a_rows_label_is_a_group_or_a_country(name: str, key: str) -> None:
    entity = find_entity(name)
    assert entity.key == key
    assert find_entity(entity) is entity


def test_a_label_that_is_neither_is_refused() -> None:
    with pytest.raises(UnknownCountryError, match="Atlantis"):
        find_entity("Atlantis")


# --- the files -------------------------------------------------------------------------------------------


def test_every_listed_membership_is_of_a_country_and_begins_before_it_ends() -> None:
    rows = _vocabulary.read_vocabulary("memberships.csv")
    listed = [item for bloc in BLOCS for item in bloc.memberships]
    assert len(listed) == len(rows)
    assert all(item.end is None or item.start < item.end for item in listed)
    assert len({(row["bloc"], row["country"]) for row in rows}) == len(rows)


def test_every_file_of_the_vocabulary_is_listed_with_its_hash() -> None:
    manifest = tomllib.loads((FOLDER / "manifest.toml").read_text(encoding="utf-8"))["file"]
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.[ct]sv")}
    assert {entry["name"]: entry["sha256"] for entry in manifest} == found
    assert all(entry["licence"] and entry["publisher"] and entry["edition"] for entry in manifest)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: str(path.name))
def test_every_row_of_the_vocabulary_has_the_columns_of_its_header(path: Any) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert rows
    assert {len(row) for row in rows} == {len(header)}


def test_an_unknown_entity_is_told_the_nearest_groups_too() -> None:
    with pytest.raises(UnknownCountryError, match=r"did you mean NATO Europe \(NATO_EUROPE\)"):
        find_entity("NATO Europ")
    with pytest.raises(UnknownCountryError, match=r"did you mean Germany \(DEU\)"):
        find_entity("Germny")
