"""What is written for people, in their language: catalogues of Babel, by locale."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import TypeAlias

import attrs

from natoburden.errors import UnknownNameError

__all__ = ["LANGUAGES", "NAMES", "N_", "Said", "Translate", "translation"]

Translate: TypeAlias = Callable[[str], str]

LANGUAGES = ("en", "fr")


def translation(locale: str) -> Translate:
    """Give the function that translates a text of the library's into a locale's language.

    Numbers, dates and names of countries follow any locale; texts are written in English and French. A locale of
    another language has English texts. Raises `UnknownNameError` for what is no locale.

    >>> translation("fr_CH")("unknown")
    'inconnu'
    """
    language = str(locale).replace("-", "_").partition("_")[0].lower()
    if not language.isalpha():
        raise UnknownNameError("locale", str(locale), (*LANGUAGES, "or another CLDR locale"))
    if language not in LANGUAGES or language == "en":
        return str
    catalogue = _catalogue(language)
    return lambda text: catalogue.get(text) or text


def N_(text: str) -> str:  # noqa: N802 # the mark that tools for catalogues look for
    """Mark a text of the model's for translation, which is translated where it is shown."""
    return text


@attrs.frozen
class Said:
    """A text whose parts are filled in: English by itself, in any language where it is shown.

    >>> what = Said(N_("superseded by {key}"), {"key": "ESP-2025-2.0-2025"})
    >>> str(what), what.in_language(translation("fr"))
    ('superseded by ESP-2025-2.0-2025', 'remplacé par ESP-2025-2.0-2025')
    """

    text: str
    parts: Mapping[str, Said | str] = attrs.field(factory=dict)

    def in_language(self, translate: Translate) -> str:
        """Give the text as a function of `translation` writes it, with its parts."""
        parts = {
            name: part.in_language(translate) if isinstance(part, Said) else part for name, part in self.parts.items()
        }
        return translate(self.text).format(**parts)

    def __str__(self) -> str:
        return self.in_language(str)


NAMES = (
    *(N_("NATO Total"), N_("NATO Europe and Canada"), N_("NATO Europe"), N_("European NATO without Türkiye")),
    *(N_("EU members of NATO"), N_("Allies outside the EU"), N_("Allies in the euro area"), N_("European Union")),
    *(N_("EEA-EFTA states"), N_("Euro area"), N_("Vilnius commitment"), N_("Hague core target")),
    *(N_("Hague related spending"), N_("Hague total"), N_("US demand"), N_("Wales guideline")),
    *(N_("Wales equipment guideline"), N_("aim"), N_("floor"), N_("ceiling"), N_("threshold"), N_("reached")),
    *(N_("of GDP"), N_("of defence expenditure"), N_("EU and EEA-EFTA"), N_("United Kingdom")),
    *(N_("United States"), N_("other"), N_("unknown"), N_("others")),
    *(N_("core"), N_("related"), N_("total"), N_("equipment"), N_("ukraine aid")),
    *(N_("alliance declaration"), N_("law"), N_("budget"), N_("plan"), N_("agreement"), N_("resolution")),
    *(N_("statement"), N_("demand"), N_("opt-out")),
    *(N_("in force"), N_("superseded"), N_("withdrawn"), N_("proposal"), N_("contested"), N_("expired")),
    *(N_("kept"), N_("missed"), N_("not yet due"), N_("not testable")),
    *(N_("article"), N_("derived"), N_("undated")),
    *(N_("current prices"), N_("unstated prices")),
    *(N_("arms"), N_("energy"), N_("investment"), N_("missile systems"), N_("ammunition"), N_("cyber")),
    *(N_("artificial intelligence"), N_("exclude"), N_("premium"), N_("naive"), N_("evenly"), N_("at once")),
    N_("schedule"),
    N_("A scenario: no official rule says that purchases count against the demand."),
    *(N_("asserted"), N_("reported"), N_("implied"), N_("inferred"), N_("estimated"), N_("opinion")),
    *(N_("officials familiar"), N_("people familiar"), N_("named spokesperson"), N_("named speech")),
    *(N_("unnamed executive"), N_("calculation"), N_("document"), N_("reporter")),
    *(N_("certain"), N_("high"), N_("medium"), N_("low")),
    *(N_("checked"), N_("consistent"), N_("contradicted"), N_("not reproducible")),
    *(N_("figures"), N_("allies and groups"), N_("years"), N_("estimates"), N_("uncertain figures"), N_("layout")),
    *(N_("transfers"), N_("suppliers"), N_("recipients"), N_("years of delivery"), N_("volumes"), N_("dataset")),
    *(N_("dimensions"), N_("cells"), N_("periods"), N_("indicators"), N_("countries"), N_("rows"), N_("days")),
    *(N_("base"), N_("currencies"), N_("months of donors"), N_("shares of donors"), N_("months of procurement")),
    *(N_("weapons"), N_("contracts"), N_("with a value"), N_("with the supplier's country")),
    N_("buyers' countries"),
)


@functools.cache
def _catalogue(language: str) -> Mapping[str, str]:
    from babel.messages.pofile import read_po

    place = files("natoburden.presentation") / "locale" / language / "LC_MESSAGES" / "natoburden.po"
    with place.open("rb") as file:
        return {str(item.id): str(item.string) for item in read_po(file) if item.id and item.string and not item.fuzzy}
