"""Texts in the reader's language, from catalogues of translations."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from importlib.resources import files

import attrs

from natoburden.cldr import language_of
from natoburden.errors import UnknownNameError

__all__ = ["LANGUAGES", "NAMES", "N_", "Said", "Translate", "translation"]

LANGUAGES = ("en", "fr")


@attrs.frozen
class Translate:
    """The translation of the library's texts into the language of a locale."""

    locale: str
    _catalogue: Mapping[str, str] = attrs.field(factory=dict, repr=False)

    @property
    def is_english(self) -> bool:
        """Whether texts stay in English."""
        return not self._catalogue

    def __call__(self, text: str) -> str:
        """Return a text in the reader's language."""
        return self._catalogue.get(text) or text


def translation(locale: str) -> Translate:
    """Return a function that translates the library's texts into the language of a locale.

    Numbers, dates and names of countries are written in any locale, but texts exist only in English and French. For
    every other language, the texts are in English. Raises `UnknownNameError` for a text that cannot be a locale.

    >>> translation("fr_CH")("unknown"), translation("fra")("unknown")
    ('inconnu', 'inconnu')
    """
    language = language_of(locale)
    if not language.isalpha():
        raise UnknownNameError("locale", str(locale), (*LANGUAGES, "or another CLDR locale"))
    return Translate(locale, _catalogue(language) if language in LANGUAGES and language != "en" else {})


def N_(text: str) -> str:  # noqa: N802 # the mark that tools for catalogues look for
    """Return a text unchanged; a call of this function marks the text as one to be translated later."""
    return text


@attrs.frozen
class Said:
    """A text with parts to fill in; `str` returns it in English, and `in_language` in the reader's language.

    >>> what = Said(N_("superseded by {key}"), {"key": "ESP-2025-2.0-2025"})
    >>> str(what), what.in_language(translation("fr"))
    ('superseded by ESP-2025-2.0-2025', 'remplacé par ESP-2025-2.0-2025')
    """

    text: str
    parts: Mapping[str, Said | str] = attrs.field(factory=dict)

    def in_language(self, translate: Callable[[str], str]) -> str:
        """Return the text with its parts, translated by the given function; `translation` returns such a function."""
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
    *(N_("actual"), N_("estimate"), N_("projection")),
    *(N_("arms"), N_("energy"), N_("investment"), N_("missile systems"), N_("ammunition"), N_("cyber")),
    *(N_("artificial intelligence"), N_("exclude"), N_("premium"), N_("naive"), N_("evenly"), N_("at once")),
    N_("schedule"),
    N_("A scenario: no official rule says that purchases count against the demand."),
    *(N_("asserted"), N_("reported"), N_("implied"), N_("inferred"), N_("estimated"), N_("opinion")),
    *(N_("officials familiar"), N_("people familiar"), N_("named spokesperson"), N_("named speech")),
    *(N_("unnamed executive"), N_("calculation"), N_("document"), N_("reporter")),
    *(N_("certain"), N_("high"), N_("medium"), N_("low")),
    *(N_("checked"), N_("consistent"), N_("contradicted"), N_("not reproducible")),
    *(N_("more"), N_("less"), N_("no clear change"), N_("on record"), N_("data do not reach")),
    *(N_("figures"), N_("allies and groups"), N_("years"), N_("estimates"), N_("uncertain figures"), N_("layout")),
    *(N_("transfers"), N_("suppliers"), N_("recipients"), N_("years of delivery"), N_("volumes"), N_("dataset")),
    *(
        N_("dimensions"),
        N_("cells"),
        N_("periods"),
        N_("indicators"),
        N_("countries"),
        N_("rows"),
        N_("days"),
        N_("dates"),
    ),
    *(N_("base"), N_("currencies"), N_("months of donors"), N_("shares of donors"), N_("months of procurement")),
    *(N_("weapons"), N_("contracts"), N_("with a value"), N_("with the supplier's country")),
    *(N_("buyers' countries"), N_("dates")),
    *(N_("defence expenditure as a share of GDP"), N_("annual real change of defence expenditure")),
    *(N_("real change of defence expenditure since 2014"), N_("military personnel")),
    *(N_("equipment as a share of defence expenditure"), N_("personnel as a share of defence expenditure")),
    N_("infrastructure as a share of defence expenditure"),
    N_("other spending as a share of defence expenditure"),
    *(N_("aircraft"), N_("combat aircraft"), N_("helicopters"), N_("maritime patrol aircraft")),
    *(N_("uncrewed aircraft"), N_("other aircraft"), N_("armoured vehicles"), N_("artillery")),
    *(N_("long-range fires"), N_("air and missile defence"), N_("missiles"), N_("naval vessels")),
    *(N_("naval weapons"), N_("engines"), N_("sensors"), N_("space"), N_("electronic systems")),
    *(N_("notified"), N_("revised"), N_("never bought")),
)


@functools.cache
def _catalogue(language: str) -> Mapping[str, str]:
    from babel.messages.pofile import read_po

    place = files("natoburden.presentation") / "locale" / language / "LC_MESSAGES" / "natoburden.po"
    with place.open("rb") as file:
        return {str(item.id): str(item.string) for item in read_po(file) if item.id and item.string and not item.fuzzy}
