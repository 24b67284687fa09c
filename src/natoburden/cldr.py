"""Names of the Unicode CLDR in a locale, through Babel, which is loaded when a name is first needed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING

from natoburden.errors import UnknownNameError

if TYPE_CHECKING:
    import babel

__all__ = ["bare", "currency_name", "folded", "language_of", "locale_of", "territory_name"]


_WORDS = re.compile(r"\w+")


def locale_of(name: str) -> babel.Locale:
    """Return Babel's locale for a CLDR name such as ``"fr"``, ``"pt-BR"`` or ``"pt_BR"``.

    Raises `UnknownNameError` for a name that CLDR does not have. A locale is never taken from the environment.
    """
    import babel

    try:
        return babel.Locale.parse(str(name).replace("-", "_"))
    except (babel.UnknownLocaleError, ValueError) as error:
        common = ("en", "fr", "de", "es", "it", "nl", "pl", "pt", "tr")
        raise UnknownNameError("locale", str(name), (*common, "or another CLDR locale")) from error


def language_of(name: str) -> str:
    """Return the language in a locale's name; a three-letter code becomes the two-letter code if there is one.

    >>> language_of("fra"), language_of("fr_CH"), language_of("haw")
    ('fr', 'fr', 'haw')
    """
    language = str(name).replace("-", "_").partition("_")[0].lower()
    if len(language) != 3:
        return language
    from babel.core import get_global

    return str(get_global("language_aliases").get(language, language))


def territory_name(alpha_2: str, locale: str) -> str:
    """Return a territory's name in a locale, or in English if the locale has no name for it.

    Raises `UnknownNameError` for a territory that CLDR does not have.

    >>> territory_name("TR", "fr")
    'Turquie'
    """
    return _named("territory", alpha_2, locale_of(locale).territories, locale_of("en").territories)


def currency_name(code: str, locale: str) -> str:
    """Return a currency's name in a locale, or in English if the locale has no name for it.

    Raises `UnknownNameError` for a currency that CLDR does not have.

    >>> currency_name("USD", "fr")
    'dollar des États-Unis'
    """
    return _named("currency", code, locale_of(locale).currencies, locale_of("en").currencies)


def _named(kind: str, code: str, names: Mapping[str, str], in_english: Mapping[str, str]) -> str:
    found = names.get(code) or in_english.get(code)
    if found is None:
        raise UnknownNameError(kind, code, tuple(sorted(in_english)))
    return str(found)


def folded(name: str) -> str:
    """Return a name with its accents, in a form that ignores case."""
    return unicodedata.normalize("NFKC", name).casefold()


def bare(name: str) -> str:
    """Return a name in a form that ignores case, accents and punctuation.

    >>> bare("Côte d’Ivoire") == bare("COTE D'IVOIRE")
    True
    """
    if name.isascii():
        return " ".join(_WORDS.findall(name.replace("&", " and ").lower()))
    if any("\u052f" < sign < "\u1e00" or sign > "\u206f" for sign in name):
        return folded(name)  # in other scripts, marks carry the vowels
    decomposed = unicodedata.normalize("NFKD", name.replace("&", " and ").casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(_WORDS.findall(letters))
