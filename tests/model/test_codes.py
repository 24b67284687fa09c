"""Codes of countries by scheme: the lists of states that scholars use, and what the schemes have in common."""

from __future__ import annotations

from typing import Any

import pytest

import natoburden as nb
from natoburden.errors import NoCodeError, UnknownCountryError, UnknownNameError
from natoburden.model import CodeScheme
from natoburden.model._vocabulary import read_vocabulary

# Read in the state list of Correlates of War itself, version 2016: number, letters, alpha-3 code.
ALLIES = """
339 ALB ALB, 211 BEL BEL, 355 BUL BGR, 20 CAN CAN, 344 CRO HRV, 316 CZR CZE, 390 DEN DNK, 366 EST EST, 375 FIN FIN,
220 FRN FRA, 255 GMY DEU, 350 GRC GRC, 310 HUN HUN, 395 ICE ISL, 325 ITA ITA, 367 LAT LVA, 368 LIT LTU, 212 LUX LUX,
341 MNG MNE, 210 NTH NLD, 343 MAC MKD, 385 NOR NOR, 290 POL POL, 235 POR PRT, 360 ROM ROU, 317 SLO SVK, 349 SLV SVN,
230 SPN ESP, 380 SWD SWE, 640 TUR TUR, 200 UKG GBR, 2 USA USA
"""


def test_every_ally_has_the_code_of_the_list_of_states() -> None:
    listed = [line.split() for line in ALLIES.replace("\n", " ").split(",")]
    assert {code for *_, code in listed} == {ally.alpha_3 for ally in nb.Group.find("NATO").members(2026)}
    for number, letters, alpha_3 in listed:
        country = nb.Country(alpha_3)
        assert (country.code("cow"), country.code("cow_letters")) == (number, letters)
        assert nb.Country.find(number, scheme="cow") == nb.Country.find(letters.lower(), scheme="cowc") == country


@pytest.mark.parametrize(
    ("scheme", "code", "alpha_3"),
    [
        ("gw", 260, "DEU"),  # where Correlates of War has 255
        ("gw", "340", "SRB"),
        ("cow", "345", "SRB"),
        ("gw", "816", "VNM"),
        ("gw", "678", "YEM"),
        ("cow", 679, "YEM"),
        ("gw_letters", "RUM", "ROU"),
        ("iso_numeric", "4", "AFG"),
        ("iso3n", 276, "DEU"),
        ("eurostat", "UK", "GBR"),
        ("wb", "ROU", "ROU"),
        ("iso2", " gr ", "GRC"),
        ("name", "Grèce", "GRC"),
    ],
)
def test_a_code_is_read_in_its_scheme(scheme: str, code: Any, alpha_3: str) -> None:
    assert nb.Country.find(code, scheme=scheme) == nb.Country(alpha_3)


def test_a_country_is_found_by_itself_in_any_scheme() -> None:
    assert nb.Country.find(nb.Country("DEU"), scheme="cow") == nb.Country("DEU")
    assert nb.Country.find("DEU", scheme=CodeScheme.ISO3) == nb.Country("DEU")


@pytest.mark.parametrize(
    ("code", "scheme", "words"),
    [
        ("265", "cow", "no country has the code '265' .Correlates of War, number.; it is German Democratic Republic"),
        ("999", "gw", "no country has the code '999' .Gleditsch and Ward, number.$"),
        ("GB", "eurostat", "no country has the code 'GB' .Eurostat."),
        (True, "cow", "True"),
        (2.0, "cow", r"2\.0"),
    ],
)
def test_a_code_of_no_country_says_whose_code_it_is(code: Any, scheme: str, words: str) -> None:
    with pytest.raises(UnknownCountryError, match=words):
        nb.Country.find(code, scheme=scheme)


def test_numbers_of_states_are_not_taken_for_names() -> None:
    with pytest.raises(UnknownCountryError, match=r"255 is Germany for Country\.find\('255', scheme='cow'\)"):
        nb.Country.find("255")
    with pytest.raises(UnknownCountryError, match=r"815|816 is Vietnam for Country\.find\('816', scheme='cow'\)"):
        nb.Country.find("816")
    with pytest.raises(UnknownCountryError, match="no country is called '9999'"):
        nb.Country.find("9999")


def test_the_constructor_says_how_a_name_is_found() -> None:
    with pytest.raises(UnknownCountryError, match=r"write Country\.find\('Belgium'\) or Country\('BEL'\)"):
        nb.Country("Belgium")
    with pytest.raises(UnknownCountryError, match="no country is called 'Congo'"):
        nb.Country("Congo")


def test_a_country_without_a_code_says_so() -> None:
    with pytest.raises(NoCodeError, match="Grenada has no code in the scheme: Gleditsch and Ward, number"):
        nb.Country("GRD").code("gw")
    with pytest.raises(NoCodeError):
        nb.Country("ABW").code("cow")


def test_a_scheme_is_found_by_its_name_and_by_that_of_countrycode() -> None:
    assert CodeScheme.find("ISO3C") is CodeScheme.ISO3
    assert CodeScheme.find("World Bank") is CodeScheme.find("wb") is CodeScheme.WORLD_BANK
    assert all(scheme.label for scheme in CodeScheme)
    with pytest.raises(UnknownNameError, match="did you mean 'eurostat'"):
        CodeScheme.find("eurostatt")


def test_no_code_of_a_list_stands_for_two_countries() -> None:
    rows = read_vocabulary("state_codes.csv")
    for scheme in ("cow", "gw"):
        of = [row for row in rows if row["scheme"] == scheme]
        for column in ("number", "letters"):
            assert len({row[column] for row in of}) == len(of)
        countries = [row["alpha_3"] for row in of if row["alpha_3"]]
        assert len(set(countries)) == len(countries)
        assert all(nb.Country(code) for code in countries)
    assert sum(row["scheme"] == "cow" and bool(row["alpha_3"]) for row in rows) == 194
    assert sum(row["scheme"] == "gw" and bool(row["alpha_3"]) for row in rows) == 173
