"""Names of the CLDR: localised, and never from the environment."""

from __future__ import annotations

import pytest

from natoburden.cldr import currency_name, locale_of, territory_name
from natoburden.errors import UnknownNameError


@pytest.mark.parametrize(
    ("name", "text"), [("fr", "fr"), ("pt-BR", "pt_BR"), ("pt_BR", "pt_BR"), ("zh-Hant", "zh_Hant")]
)
def test_a_locale_is_named_with_a_hyphen_or_an_underscore(name: str, text: str) -> None:
    assert str(locale_of(name)) == text


@pytest.mark.parametrize("name", ["xx", "", "deutsch", "de-DE-x-y-z", "../en", "1"])
def test_an_unknown_locale_is_refused_with_common_ones(name: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        locale_of(name)
    assert (caught.value.kind, caught.value.name) == ("locale", name)
    assert caught.value.valid[:2] == ("en", "fr")
    assert caught.value.valid[-1] == "or another CLDR locale"


def test_no_locale_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert territory_name("TR", "de") == "Türkei"
    with pytest.raises(UnknownNameError):
        locale_of("")


@pytest.mark.parametrize(
    ("locale", "name"), [("en", "Germany"), ("fr", "Allemagne"), ("de", "Deutschland"), ("ja", "ドイツ")]
)
def test_a_territory_has_a_name_in_a_language(locale: str, name: str) -> None:
    assert territory_name("DE", locale) == name


@pytest.mark.parametrize(
    ("locale", "name"), [("en", "US Dollar"), ("fr", "dollar des États-Unis"), ("de", "US-Dollar")]
)
def test_a_currency_has_a_name_in_a_language(locale: str, name: str) -> None:
    assert currency_name("USD", locale) == name


def test_a_code_without_a_name_is_refused_as_unknown() -> None:
    with pytest.raises(UnknownNameError, match="ZQ"):
        territory_name("ZQ", "en")
    with pytest.raises(UnknownNameError, match="ZQZ"):
        currency_name("ZQZ", "en")
