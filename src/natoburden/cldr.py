"""Names of the Unicode CLDR, through Babel, loaded when first asked for."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING

from natoburden.errors import UnknownNameError

if TYPE_CHECKING:
    import babel

__all__ = ["bare", "currency_name", "locale_of", "territories_named", "territory_name"]


def locale_of(name: str) -> babel.Locale:
    """Give Babel's locale for a CLDR name such as ``"fr"``, ``"pt-BR"`` or ``"pt_BR"``.

    Raises `UnknownNameError` for what CLDR does not know; a locale is never taken from the environment.
    """
    import babel

    try:
        return babel.Locale.parse(str(name).replace("-", "_"))
    except (babel.UnknownLocaleError, ValueError) as error:
        common = ("en", "fr", "de", "es", "it", "nl", "pl", "pt", "tr")
        raise UnknownNameError("locale", str(name), (*common, "or another CLDR locale")) from error


def territory_name(alpha_2: str, locale: str) -> str:
    """Give a territory's name in a locale, or in English where the locale has none.

    Raises `UnknownNameError` for what CLDR does not know.

    >>> territory_name("TR", "fr")
    'Turquie'
    """
    return _named("territory", alpha_2, locale_of(locale).territories, locale_of("en").territories)


def currency_name(code: str, locale: str) -> str:
    """Give a currency's name in a locale, or in English where the locale has none.

    Raises `UnknownNameError` for what CLDR does not know.

    >>> currency_name("USD", "fr")
    'dollar des États-Unis'
    """
    return _named("currency", code, locale_of(locale).currencies, locale_of("en").currencies)


def _named(kind: str, code: str, names: Mapping[str, str], in_english: Mapping[str, str]) -> str:
    found = names.get(code) or in_english.get(code)
    if found is None:
        raise UnknownNameError(kind, code, tuple(sorted(in_english)))
    return str(found)


def territories_named(name: str, *, loosely: bool = False) -> frozenset[str]:
    """Give the alpha-2 codes of the territories that bear a name in any language of CLDR; none if no one does.

    Accents count, since in some languages they are all that tells two countries apart, unless `loosely` is set.

    >>> sorted(territories_named("Allemagne")), sorted(territories_named("Osterreich", loosely=True))
    (['DE'], ['AT'])
    """
    with_accents, without = _territories()
    return (without.get(bare(name)) if loosely else with_accents.get(_folded(name))) or frozenset()


@functools.cache
def _territories() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Index the names in all languages, with accents and without: some seven tenths of a second, once."""
    import babel
    from babel import localedata

    exactly: dict[str, set[str]] = {}
    loosely: dict[str, set[str]] = {}
    for language in localedata.locale_identifiers():
        if "_" not in language:
            for code, name in babel.Locale.parse(language).territories.items():
                if len(code) == 2:
                    exactly.setdefault(_folded(name), set()).add(code)
                    loosely.setdefault(bare(name), set()).add(code)
    return _frozen(exactly), _frozen(loosely)


def _frozen(index: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(codes) for name, codes in index.items()}


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def bare(name: str) -> str:
    """Reduce a name to what its spellings have in common: no case, accents or punctuation.

    >>> bare("Côte d’Ivoire") == bare("COTE D'IVOIRE")
    True
    """
    if any("\u052f" < sign < "\u1e00" or sign > "\u206f" for sign in name):
        return _folded(name)  # beyond Latin, Greek and Cyrillic, marks carry the vowels
    decomposed = unicodedata.normalize("NFKD", name.replace("&", " and ").casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", letters))
