"""What countries, their places and groups of them say in full when they refuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import errors, model
from natoburden.model.code_schemes import alpha_3_of
from tests.refusals import refusal

SOURCE = nb.Source(title="An example", publisher="this test")
EU = model.Bloc.find("EU")
NUMBER: Any = 616
LIST: Any = ["EST"]
BORDER = model.LandBorder(one=nb.Country("POL"), other=nb.Country("DEU"), source=SOURCE)
CAPITAL = model.Capital(country=nb.Country("POL"), name="Warsaw", latitude=52, longitude=21, source=SOURCE)


REFUSALS = [
    pytest.param(
        lambda: attrs.evolve(CAPITAL, latitude=91),
        errors.UnexpectedValueError,
        "91 is not usable as a latitude; it lies between -90 and 90 degrees",
        id="a latitude beyond the pole",
    ),
    pytest.param(
        lambda: attrs.evolve(CAPITAL, longitude="-180.5"),
        errors.UnexpectedValueError,
        "-180.5 is not usable as a longitude; it lies between -180 and 180 degrees",
        id="a longitude beyond the date line",
    ),
    pytest.param(
        lambda: attrs.evolve(BORDER, other=BORDER.one),
        errors.UnexpectedValueError,
        "Poland is not usable as a land border; a border lies between two countries: name the other",
        id="a border with itself",
    ),
    pytest.param(
        lambda: attrs.evolve(EU.memberships[0], start=dt.date(1958, 1, 1), end=dt.date(1957, 1, 1)),
        errors.UnexpectedValueError,
        "1957-01-01 is not usable as a last day; it is before the first, 1958-01-01",
        id="a membership that ends before it starts",
    ),
    pytest.param(
        lambda: EU.membership("Canada"),
        errors.NotAMemberError,
        "Canada is not in European Union in any year; valid: a country that joined at some time",
        id="a country that never joined",
    ),
    pytest.param(
        lambda: nb.Group.find("NATO").require_member("Sweden", 2020),
        errors.NotAMemberError,
        "Sweden is not in NATO Total in 2020; valid: NATO from 2024-03-07",
        id="a country outside a group",
    ),
    pytest.param(
        lambda: nb.Group.find(["POL", "DEU"]).require_member("Sweden", 2020),
        errors.NotAMemberError,
        "Sweden is not in Poland and Germany in 2020; valid: no day, since its members are Poland, Germany",
        id="a country outside a list",
    ),
    pytest.param(
        lambda: nb.Group.find("NATO_EUR_CAN").require_member("United States", 2024),
        errors.NotAMemberError,
        (
            "United States is not in NATO Europe and Canada in 2024; valid: no day, since the group is defined "
            "without United States"
        ),
        id="a country that a group leaves out",
    ),
    pytest.param(
        lambda: nb.Group.find("NATO").require_member("Brazil", 2024),
        errors.NotAMemberError,
        "Brazil is not in NATO Total in 2024; valid: no day: it was never a member",
        id="a country that was never a member",
    ),
    pytest.param(
        lambda: nb.Group.find("EU").require_member("United Kingdom", 2024),
        errors.NotAMemberError,
        "United Kingdom is not in European Union in 2024; valid: EU from 1973-01-01 to 2020-01-31",
        id="a country that was a member in two spans",
    ),
    pytest.param(
        lambda: nb.Group.find("Poland"),
        errors.UnknownNameError,
        (
            "unknown group 'Poland'; valid: NATO, NATO_EUR_CAN, NATO_EUROPE, NORTH_AMERICA, "
            "NATO_EUROPE_WITHOUT_TURKIYE, NATO_EU, NATO_NON_EU, NATO_EURO_AREA, EU, EEA-EFTA, EURO; 'Poland' is a "
            "country: a group of it alone is ['Poland']"
        ),
        id="a country for a group",
    ),
    pytest.param(
        lambda: nb.Group.find("NATTO"),
        errors.UnknownNameError,
        (
            "unknown group 'NATTO'; valid: NATO, NATO_EUR_CAN, NATO_EUROPE, NORTH_AMERICA, "
            "NATO_EUROPE_WITHOUT_TURKIYE, NATO_EU, NATO_NON_EU, NATO_EURO_AREA, EU, EEA-EFTA, EURO; did you mean "
            "'NATO' or 'NATO_EU'?"
        ),
        id="an unknown group",
    ),
    pytest.param(
        lambda: model.Bloc.find("Benelux"),
        errors.UnknownNameError,
        "unknown bloc 'Benelux'; valid: EEA-EFTA, EU, EURO, NATO",
        id="an unknown bloc",
    ),
    pytest.param(
        lambda: nb.Group.of("Baltics", "EST"),
        errors.UnexpectedValueError,
        "'EST' is not usable as countries; give several in a list: ['EST', 'LVA', 'LTU']",
        id="a text for countries",
    ),
    pytest.param(
        lambda: nb.Group.of("Baltics", []),
        errors.UnexpectedValueError,
        "an empty list is not usable as countries; a group has at least one country",
        id="an empty list of countries",
    ),
    pytest.param(
        lambda: nb.Group.of("Estonia", ["EST"]),
        errors.UnexpectedValueError,
        (
            "'Estonia' is not usable as a group; give it a name of its own, which no country and no group of the "
            "library has"
        ),
        id="a group with the name of a country",
    ),
    pytest.param(
        lambda: nb.Group(key="mine", name="Mine"),
        errors.UnexpectedValueError,
        (
            "mine is not usable as a group; it needs at least one bloc that its members are in, or else a list of "
            "countries: see Group.of"
        ),
        id="a group without a rule",
    ),
    pytest.param(
        lambda: nb.Group.of(LIST, ["EST"]),
        errors.UnexpectedValueError,
        "['EST'] is not usable as a group; its name comes first: Group.of('Baltics', ['EST', 'LVA', 'LTU'])",
        id="a group without its name first",
    ),
    pytest.param(
        lambda: model.memberships.find_entity("Natto Europe"),
        errors.UnknownCountryError,
        (
            "no country is called 'Natto Europe'; valid: an ISO 3166-1 code, or a name as NATO, SIPRI, Eurostat, "
            "the World Bank, the IMF or CLDR writes it; did you mean NATO Europe (NATO_EUROPE) or Allies in the "
            "euro area (NATO_EURO_AREA)?"
        ),
        id="a name close to a group's",
    ),
    pytest.param(
        lambda: nb.Country.find("Pollandia"),
        errors.UnknownCountryError,
        (
            "no country is called 'Pollandia'; valid: an ISO 3166-1 code, or a name as NATO, SIPRI, Eurostat, the "
            "World Bank, the IMF or CLDR writes it; did you mean Poland (POL) or Netherlands (NLD) or Romania "
            "(ROU)?"
        ),
        id="an unknown country",
    ),
    pytest.param(
        lambda: nb.Country("pol"),
        errors.UnknownCountryError,
        "'pol' is not an alpha-3 code; write Country.find('pol') or Country('POL')",
        id="a code in small letters",
    ),
    pytest.param(
        lambda: nb.Country("Poland"),
        errors.UnknownCountryError,
        "'Poland' is not an alpha-3 code; write Country.find('Poland') or Country('POL')",
        id="a name for a code",
    ),
    pytest.param(
        lambda: nb.Country("XYZ"),
        errors.UnknownCountryError,
        (
            "no country is called 'XYZ'; valid: an ISO 3166-1 code, or a name as NATO, SIPRI, Eurostat, the World "
            "Bank, the IMF or CLDR writes it"
        ),
        id="an unknown code",
    ),
    pytest.param(
        lambda: nb.Country(NUMBER),
        errors.UnknownCountryError,
        (
            "no country is called '616'; valid: an ISO 3166-1 code, or a name as NATO, SIPRI, Eurostat, the World "
            "Bank, the IMF or CLDR writes it; its type is int: give text, such as 'POL'"
        ),
        id="a number for a code",
    ),
    pytest.param(
        lambda: nb.Country.find(616),
        errors.UnknownCountryError,
        (
            "no country is called '616'; valid: an ISO 3166-1 code, or a name as NATO, SIPRI, Eurostat, the World "
            "Bank, the IMF or CLDR writes it; its type is int: give text, such as 'POL'"
        ),
        id="a number for a name",
    ),
    pytest.param(
        lambda: nb.Country.find("Kosovo"),
        errors.UnknownCountryError,
        (
            "no country is called 'Kosovo'; valid: an ISO 3166-1 code, or a name as NATO, SIPRI, Eurostat, the "
            "World Bank, the IMF or CLDR writes it; ISO 3166-1 assigns Kosovo no code: XK (European Union) and XKX "
            "(World Bank) are user-assigned, UVK is the IMF's; the library invents none, so keep such rows apart "
            "under the label of their source"
        ),
        id="a name with an explanation",
    ),
    pytest.param(
        lambda: nb.Country.find("Korea"),
        errors.AmbiguousCountryError,
        "'Korea' names 2 countries; valid: South Korea (KOR) or North Korea (PRK); use a code",
        id="a name of two countries",
    ),
    pytest.param(
        lambda: nb.Country.find("255", scheme="cows"),
        errors.UnknownNameError,
        (
            "unknown scheme of codes 'cows'; valid: name, iso3, iso2, iso_numeric, eurostat, world_bank, cow, "
            "cow_letters, gw, gw_letters; did you mean 'cow'?"
        ),
        id="an unknown scheme of codes",
    ),
    pytest.param(
        lambda: nb.Country.find("999", scheme="iso_numeric"),
        errors.UnknownCountryError,
        "no country has the code '999' (ISO 3166-1 numeric)",
        id="a code that a scheme does not have",
    ),
    pytest.param(
        lambda: nb.Country.find("260", scheme="cow"),
        errors.UnknownCountryError,
        (
            "no country has the code '260' (Correlates of War, number); it is German Federal Republic there, which "
            "ISO 3166-1 does not list"
        ),
        id="a code of a former state",
    ),
    pytest.param(
        lambda: alpha_3_of(True, model.CodeScheme.COW),
        errors.UnknownCountryError,
        (
            "no country is called 'True'; valid: an ISO 3166-1 code, or a name as NATO, SIPRI, Eurostat, the World "
            "Bank, the IMF or CLDR writes it; its type is bool: give a code as text or as a whole number"
        ),
        id="true for a code",
    ),
    pytest.param(
        lambda: nb.Country.find("Greenland").code("cow"),
        errors.NoCodeError,
        "Greenland has no code in the scheme: Correlates of War, number; its list has no such state",
        id="a country that a scheme does not have",
    ),
]


@pytest.mark.parametrize(("ask", "kind", "words"), REFUSALS)
def test_a_country_or_group_is_refused_in_words(ask: Callable[[], Any], kind: type[Exception], words: str) -> None:
    assert refusal(ask, kind) == words
