"""Countries: every spelling that publishers use, no guess, no wrong country."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import babel
import pycountry
import pytest
from babel import localedata
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.errors import AmbiguousCountryError, UnknownCountryError, UnknownNameError
from natoburden.model import countries
from natoburden.model.countries import Country
from tests.model.packaged_names import OF_THEIR_BABEL
from tests.strategies import COUNTRIES

VALID = "an ISO 3166-1 code, or a name as NATO, SIPRI, Eurostat, the World Bank, the IMF or CLDR writes it"

# --- the register ----------------------------------------------------------------------------------------


def test_the_register_is_iso_3166_1() -> None:
    listed = {(item.alpha_3, item.alpha_2, item.numeric) for item in pycountry.countries}
    assert {(country.alpha_3, country.alpha_2, country.numeric) for country in Country.all()} == listed
    assert len(Country.all()) == 249
    assert list(Country.all()) == sorted(Country.all())


def test_a_country_has_a_key_a_name_and_a_short_form() -> None:
    germany = Country("DEU")
    assert (germany.key, germany.name, str(germany), repr(germany)) == ("DEU", "Germany", "Germany", "Country('DEU')")


@given(COUNTRIES)
def test_every_code_and_name_of_iso_leads_to_its_country(country: Country) -> None:
    for code in (country.alpha_3, country.alpha_2, country.numeric, country.alpha_3.lower(), f" {country.alpha_2}\n"):
        assert Country.find(code) == country
    listed = pycountry.countries.get(alpha_3=country.alpha_3)
    assert listed is not None
    for name in {country.name, listed.name, getattr(listed, "official_name", listed.name)} - {"Congo"}:
        assert Country.find(name) == country


def test_a_country_is_found_as_itself() -> None:
    assert Country.find(Country("NOR")) == Country("NOR")


# --- publishers' names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("publisher", "name", "code"),
    [
        ("World Bank", "Slovak Republic", "SVK"),
        ("World Bank", "Turkiye", "TUR"),
        ("World Bank", "Korea, Rep.", "KOR"),
        ("World Bank", "Korea, Dem. People's Rep.", "PRK"),
        ("World Bank", "Egypt, Arab Rep.", "EGY"),
        ("World Bank", "Congo, Dem. Rep.", "COD"),
        ("World Bank", "Congo, Rep.", "COG"),
        ("World Bank", "Bahamas, The", "BHS"),
        ("World Bank", "Hong Kong SAR, China", "HKG"),
        ("SIPRI", "Bosnia-Herzegovina", "BIH"),
        ("SIPRI", "UAE", "ARE"),
        ("SIPRI", "Viet Nam", "VNM"),
        ("SIPRI", "Cote d'Ivoire", "CIV"),
        ("SIPRI", "DR Congo", "COD"),
        ("SIPRI", "South Korea", "KOR"),
        ("Eurostat", "EL", "GRC"),
        ("Eurostat", "UK", "GBR"),
        ("Eurostat", "Czechia", "CZE"),
        ("IMF", "Islamic Republic of Iran", "IRN"),
        ("IMF", "Taiwan Province of China", "TWN"),
        ("IMF", "Lao P.D.R.", "LAO"),
        ("IMF", "The Gambia", "GMB"),
        ("NATO", "Türkiye", "TUR"),
        ("NATO", "North Macedonia", "MKD"),
        ("NATO", "The former Yugoslav Republic of Macedonia", "MKD"),
        ("press", "Turkey", "TUR"),
        ("press", "Britain", "GBR"),
        ("press", "Holland", "NLD"),
        ("press", "U.S.", "USA"),
        ("press", "America", "USA"),
    ],
)
def test_a_name_as_a_publisher_writes_it_is_found(publisher: str, name: str, code: str) -> None:
    assert (publisher, Country.find(name)) == (publisher, Country(code))


@pytest.mark.parametrize(
    "name", ["côte d’ivoire", "COTE D'IVOIRE", "Cote d Ivoire", "Côte-d'Ivoire", "Co\u0302te d'Ivoire"]
)
def test_english_names_match_without_case_accents_and_punctuation(name: str) -> None:
    assert Country.find(name) == Country("CIV")


@given(COUNTRIES)
def test_an_article_before_or_behind_a_name_changes_nothing(country: Country) -> None:
    ambiguous = country.alpha_3 in ("COD", "COG", "PRK", "KOR")
    for form in ("{} (the)", "{}, the", "The {}", "the {}"):
        assert ambiguous or Country.find(form.format(country.name)) == country


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Korea (the Republic of)", "KOR"),
        ("Korea (the Democratic People's Republic of)", "PRK"),
        ("Congo (the)", "COG"),
        ("Congo (the Democratic Republic of the)", "COD"),
        ("Netherlands, Kingdom of the", "NLD"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Tanzania, the United Republic of", "TZA"),
        ("Falkland Islands (the) [Malvinas]", "FLK"),
        ("Taiwan (Province of China)", "TWN"),
        ("Virgin Islands (British)", "VGB"),
        ("Holy See (the)", "VAT"),
        ("Türkiye, Republic of", "TUR"),
        ("Ireland (Republic of)", "IRL"),
        ("U.S.A.", "USA"),
        ("u.s.a", "USA"),
        ("U.A.E.", "ARE"),
    ],
)
def test_a_name_in_the_order_of_isos_lists_is_found(name: str, code: str) -> None:
    assert Country.find(name) == Country(code)


@pytest.mark.parametrize("name", ["Kosovo (the Republic of)", "European Union (the)", "The World"])
def test_an_article_does_not_hide_why_a_name_is_no_country(name: str) -> None:
    with pytest.raises(UnknownCountryError) as caught:
        Country.find(name)
    assert caught.value.explanation


def test_an_article_alone_is_refused() -> None:
    for name in ("the", "The ", "(the)", ", the", " (the Republic of)"):
        with pytest.raises(UnknownCountryError):
            Country.find(name)


@given(COUNTRIES, st.sampled_from([str.upper, str.lower, str.title]))
def test_the_case_of_an_english_name_does_not_matter(country: Country, change: Callable[[str], str]) -> None:
    assert Country.find(change(country.name)) == country


@given(COUNTRIES)
def test_the_way_accents_are_encoded_does_not_matter(country: Country) -> None:
    assert Country.find(unicodedata.normalize("NFD", country.name)) == country


def test_an_ampersand_is_an_and() -> None:
    assert Country.find("Bosnia & Herzegovina") == Country("BIH")


# --- CLDR's names ----------------------------------------------------------------------------------------


@OF_THEIR_BABEL
@pytest.mark.parametrize("locale", ["en", "fr", "de", "tr", "el", "uk", "ar", "ja", "pl", "fi"])
def test_every_cldr_name_finds_its_country_or_says_that_it_is_ambiguous(locale: str) -> None:
    names = babel.Locale(locale).territories
    for country in Country.all():
        try:
            found = {Country.find(names[country.alpha_2]).alpha_3}
        except AmbiguousCountryError as error:
            found = {candidate[-4:-1] for candidate in error.candidates}
        assert country.alpha_3 in found


@OF_THEIR_BABEL
def test_no_name_of_cldr_in_any_language_finds_a_country_that_does_not_bear_it() -> None:
    bearers: dict[str, set[str]] = {}
    for language in (name for name in localedata.locale_identifiers() if "_" not in name):
        for code, name in babel.Locale.parse(language).territories.items():
            if len(code) == 2:
                bearers.setdefault(name, set()).add(code)
    wrong = {}
    for name, codes in bearers.items():
        try:
            found = Country.find(name)
        except (AmbiguousCountryError, UnknownCountryError):
            continue
        if found.alpha_2 not in codes:
            wrong[name] = (found.alpha_3, codes)
    assert wrong == {}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Deutschland", "DEU"),
        ("Saksa", "DEU"),
        ("Niemcy", "DEU"),
        ("Германия", "DEU"),
        ("ドイツ", "DEU"),
        ("ألمانيا", "DEU"),
        ("Ελλάδα", "GRC"),
        ("საქართველო", "GEO"),
        ("Україна", "UKR"),
        ("Áo", "AUT"),
        ("A\u0301o", "AUT"),
        ("AO", "AGO"),
        ("Ao", "AGO"),
    ],
)
def test_a_name_in_any_language_and_script_is_found(name: str, code: str) -> None:
    assert Country.find(name) == Country(code)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("norvège", "NOR"),
        ("NORVÈGE", "NOR"),
        ("Norvege", "NOR"),
        ("Etats-Unis", "USA"),
        ("Royaume Uni", "GBR"),
        ("Osterreich", "AUT"),
        ("ΕΛΛΆΔΑ", "GRC"),
        ("ΕΛΛΑΔΑ", "GRC"),
        ("İSVEÇ", "SWE"),
        ("isveç", "SWE"),
    ],
)
def test_case_accents_and_punctuation_do_not_matter_in_any_language(name: str, code: str) -> None:
    assert Country.find(name) == Country(code)


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("Congo", ("DR Congo (COD)", "Republic of the Congo (COG)")),
        ("korea", ("South Korea (KOR)", "North Korea (PRK)")),
    ],
)
def test_a_name_of_two_countries_is_refused_with_both(name: str, candidates: tuple[str, ...]) -> None:
    with pytest.raises(AmbiguousCountryError) as caught:
        Country.find(name)
    assert caught.value.candidates == candidates
    assert str(caught.value) == f"{name!r} names 2 countries; valid: {' or '.join(candidates)}; use a code"


def test_a_name_that_several_countries_bear_is_refused_with_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(countries, "territories_named", lambda _name, **_: frozenset({"SK", "SI", "EU"}))
    with pytest.raises(AmbiguousCountryError) as caught:
        Country.find("Slov")
    assert str(caught.value) == ("'Slov' names 2 countries; valid: Slovakia (SVK) or Slovenia (SVN); use a code")


@pytest.mark.parametrize(
    ("locale", "name"),
    [("en", "Germany"), ("fr", "Allemagne"), ("pt-BR", "Alemanha"), ("pt_BR", "Alemanha"), ("zh-Hant", "德國")],
)
def test_a_country_gives_its_name_in_a_language(locale: str, name: str) -> None:
    assert Country("DEU").name_in(locale) == name


@pytest.mark.parametrize(
    "locale",
    [
        "bg",
        "cs",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "fi",
        "fr",
        "ga",
        "hr",
        "hu",
        "is",
        "it",
        "lb",
        "lt",
        "lv",
        "mk",
        "mt",
        "nb",
        "nl",
        "nn",
        "no",
        "pl",
        "pt",
        "ro",
        "sk",
        "sl",
        "sq",
        "sv",
        "tr",
    ],
)
def test_every_country_has_a_name_in_every_language_of_the_alliance_and_the_union(locale: str) -> None:
    assert all(country.name_in(locale) for country in Country.all())


@pytest.mark.parametrize("locale", ["xx", "", "de/../en", "english", "de-XX-YY-ZZ"])
def test_an_unknown_language_is_refused(locale: str) -> None:
    with pytest.raises(UnknownNameError, match=r"unknown locale .*; valid: en, fr, de, .*, or another CLDR locale"):
        Country("DEU").name_in(locale)


# --- what is no country ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Kosovo", "ISO 3166-1 assigns Kosovo no code"),
        ("kosovo", "ISO 3166-1 assigns Kosovo no code"),
        ("XK", "user-assigned code for Kosovo"),
        ("XKX", "World Bank's user-assigned code"),
        ("UVK", "IMF's own code"),
        ("European Union", "Bloc.find('EU')"),
        ("EU", "Bloc.find('EU')"),
        ("EU27_2020", "aggregate of the 27 members since February 2020"),
        ("Nato", "Bloc.find('NATO')"),
        ("USSR", "its figures are not Russia's"),
        ("Soviet Union", "its figures are not Russia's"),
        ("Yugoslavia", "no present country continues its figures"),
        ("East Germany (GDR)", "its figures are not Germany's"),
    ],
)
@pytest.mark.parametrize("build", [Country.find, Country])
def test_what_is_no_country_of_iso_is_explained(name: str, why: str, build: type[Country]) -> None:
    with pytest.raises(UnknownCountryError) as caught:
        build(name)
    error = caught.value
    assert error.name == name
    assert str(error).startswith(f"no country is called {name!r}; valid: {VALID}; ")
    assert why in error.explanation
    assert error.explanation in str(error)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Germny", "Germany (DEU)"),
        ("Untied Kingdom", "United Kingdom (GBR)"),
        ("Afghanstan", "Afghanistan (AFG)"),
        ("Kosvo", "Kosovo"),
        ("Yugoslvia", "Yugoslavia"),
    ],
)
def test_an_unknown_name_suggests_near_ones(name: str, meant: str) -> None:
    with pytest.raises(UnknownCountryError) as caught:
        Country.find(name)
    assert caught.value.nearest[0] == meant
    assert str(caught.value).endswith(f"did you mean {' or '.join(caught.value.nearest)}?")
    assert len(caught.value.nearest) <= 3


@pytest.mark.parametrize("country", Country.all(), ids=str)
def test_a_country_is_found_under_its_name_with_its_code_as_errors_write_it(country: Country) -> None:
    assert Country.find(f"{country.name} ({country.alpha_3})") == country
    assert Country.find(f"{country.alpha_3} ({country.name})") == country


@pytest.mark.parametrize(
    "name", ["Germany (POL)", "Turkey (TUR", "Germany (XYZ)", "Korea (Korea)", "Turkey (TUR) (POL)"]
)
def test_a_name_with_the_code_of_another_country_is_refused(name: str) -> None:
    with pytest.raises(UnknownCountryError):
        Country.find(name)


@pytest.mark.parametrize(
    "name", ["", "   ", "!!!", "not found", "D", "276.0", "٢٧٦", "DEU\u200b", "ＤＥＵ", "Atlantis"]
)
def test_what_is_nobodys_name_is_refused(name: str) -> None:
    with pytest.raises(UnknownCountryError) as caught:
        Country.find(name)
    assert str(caught.value).startswith(f"no country is called {name!r}; valid: {VALID}")


@pytest.mark.parametrize("name", [276, None, 2.5, ["DEU"], b"DEU"])
def test_a_country_is_named_in_text(name: object) -> None:
    with pytest.raises(UnknownCountryError) as caught:
        Country.find(name)  # type: ignore[arg-type] # refused on purpose
    assert caught.value.name == repr(name)


@pytest.mark.parametrize("code", ["deu", "DE", "Germany", "276", "", None])
def test_the_constructor_takes_the_alpha_3_code_alone(code: str) -> None:
    with pytest.raises(UnknownCountryError, match=f"'{code}' is not an alpha-3 code|no country is called '{code}'"):
        Country(code)


def test_a_very_long_name_is_not_repeated_in_full() -> None:
    with pytest.raises(UnknownCountryError) as caught:
        Country.find("x" * 100_000)
    assert len(str(caught.value)) < 1000


def test_a_name_of_several_countries_is_no_country_where_any_text_may_stand() -> None:
    assert nb.model.TradeParty.named("Korea").country is None
    assert "Korea" not in nb.datasets.safe_loans()
    with pytest.raises(UnknownNameError, match="unknown group 'Korea'"):
        nb.Group.find("Korea")


@pytest.mark.parametrize("text", ["a" * 300, "b " * 300, "c, " * 300])
def test_a_text_longer_than_any_name_is_not_looked_up(text: str) -> None:
    with pytest.raises(UnknownCountryError, match="no country is called"):
        nb.Country.find(text)
