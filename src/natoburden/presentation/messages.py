"""What is written for people, in their language: catalogues of Babel, by locale."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import TypeAlias

from natoburden.errors import UnknownNameError

__all__ = ["LANGUAGES", "NAMES", "N_", "Translate", "translation"]

Translate: TypeAlias = Callable[[str], str]

LANGUAGES = ("en", "fr")


def translation(locale: str) -> Translate:
    """Give the function that translates a text of the library's into a locale's language.

    Numbers, dates and names of countries follow any locale; texts are written in English and French. A locale of
    another language has English texts. Raises `UnknownNameError` for what is no locale.

    >>> translation("fr_CH")("unknown")
    'inconnu'
    """
    language = locale.replace("-", "_").partition("_")[0].lower()
    if not language.isalpha():
        raise UnknownNameError("locale", locale, LANGUAGES)
    if language not in LANGUAGES or language == "en":
        return str
    catalogue = _catalogue(language)
    return lambda text: catalogue.get(text) or text


def N_(text: str) -> str:  # noqa: N802 # the mark that tools for catalogues look for
    """Mark a text of the model's for translation, which is translated where it is shown."""
    return text


NAMES = (
    *(N_("NATO Total"), N_("NATO Europe and Canada"), N_("NATO Europe"), N_("European NATO without Türkiye")),
    *(N_("EU members of NATO"), N_("Allies outside the EU"), N_("Allies in the euro area"), N_("European Union")),
    *(N_("EEA-EFTA states"), N_("Euro area"), N_("Vilnius commitment"), N_("Hague core target")),
    *(N_("Hague related spending"), N_("Hague total"), N_("US demand"), N_("Wales guideline")),
    *(N_("Wales equipment guideline"), N_("aim"), N_("floor"), N_("ceiling"), N_("threshold"), N_("reached")),
    *(N_("of GDP"), N_("of defence expenditure"), N_("EU and EEA-EFTA"), N_("United Kingdom")),
    *(N_("United States"), N_("other"), N_("unknown"), N_("others")),
)


@functools.cache
def _catalogue(language: str) -> Mapping[str, str]:
    from babel.messages.pofile import read_po

    place = files("natoburden.presentation") / "locale" / language / "LC_MESSAGES" / "natoburden.po"
    with place.open("rb") as file:
        return {str(item.id): str(item.string) for item in read_po(file) if item.id and item.string and not item.fuzzy}
