"""Names of the Unicode CLDR, through Babel, loaded when first asked for."""

from __future__ import annotations

import functools
import unicodedata
from typing import TYPE_CHECKING

from natoburden.errors import UnknownNameError

if TYPE_CHECKING:
    import babel

__all__ = ["currency_name", "locale_of", "territories_named", "territory_name"]


def locale_of(name: str) -> babel.Locale:
    """Give Babel's locale for a CLDR name such as ``"fr"``, ``"pt-BR"`` or ``"pt_BR"``.

    Raises `UnknownNameError` for what CLDR does not know; a locale is never taken from the environment.
    """
    import babel

    try:
        return babel.Locale.parse(name.replace("-", "_"))
    except (babel.UnknownLocaleError, ValueError) as error:
        common = ("en", "fr", "de", "es", "it", "nl", "pl", "pt", "tr")
        raise UnknownNameError("locale", name, (*common, "or another CLDR locale")) from error


def territory_name(alpha_2: str, locale: str) -> str:
    """Give a territory's name in a locale.

    >>> territory_name("TR", "fr")
    'Turquie'
    """
    return str(locale_of(locale).territories[alpha_2])


def currency_name(code: str, locale: str) -> str:
    """Give a currency's name in a locale.

    >>> currency_name("USD", "fr")
    'dollar des États-Unis'
    """
    return str(locale_of(locale).currencies[code])


def territories_named(name: str) -> frozenset[str]:
    """Give the alpha-2 codes of the territories that bear a name in any language of CLDR; none if no one does.

    >>> sorted(territories_named("Allemagne"))
    ['DE']
    """
    return _territories().get(_folded(name), frozenset())


@functools.cache
def _territories() -> dict[str, frozenset[str]]:
    """Index the names in all languages: some half a second, once."""
    from babel import localedata

    index: dict[str, set[str]] = {}
    for language in localedata.locale_identifiers():
        if "_" not in language:
            for code, name in localedata.load(language, merge_inherited=False).get("territories", {}).items():
                if len(code) == 2:
                    index.setdefault(_folded(name), set()).add(code)
    return {name: frozenset(codes) for name, codes in index.items()}


def _folded(name: str) -> str:
    # Accents stay: in some languages they are all that tells two countries apart.
    return unicodedata.normalize("NFKC", name).casefold()
