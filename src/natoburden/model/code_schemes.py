"""Country codes by scheme: ISO codes, publishers' codes, and codes of two lists of states that scholars use."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from natoburden.errors import UnknownCountryError, UnknownNameError
from natoburden.model._terms import Term
from natoburden.model._vocabulary import nearest, read_vocabulary

__all__ = ["CodeScheme"]


class CodeScheme(Term):
    """A scheme of country codes; the same number or letters can mean different countries in different schemes.

    ``COW`` has the numbers of the Correlates of War list of states, and ``COW_LETTERS`` has its abbreviations. ``GW``
    and ``GW_LETTERS`` have the numbers and abbreviations of the list of Gleditsch and Ward. Eurostat uses ISO's
    two-letter codes except EL and UK. The World Bank uses ISO's three-letter codes. ``NAME`` accepts any name or code
    that `Country.find` accepts, and returns the short English name.
    """

    NAME = "name"
    ISO3 = "iso3"
    ISO2 = "iso2"
    ISO_NUMERIC = "iso_numeric"
    EUROSTAT = "eurostat"
    WORLD_BANK = "world_bank"
    COW = "cow"
    COW_LETTERS = "cow_letters"
    GW = "gw"
    GW_LETTERS = "gw_letters"

    @classmethod
    def find(cls, scheme: CodeScheme | str) -> CodeScheme:
        """Return a scheme by its name in this library or in R's countrycode.

        Raises `UnknownNameError` for an unknown name.

        >>> CodeScheme.find("gw"), CodeScheme.find("cown"), CodeScheme.find("iso3c")
        (CodeScheme.GW, CodeScheme.COW, CodeScheme.ISO3)
        """
        if isinstance(scheme, cls):
            return scheme
        wanted = str(scheme).strip().casefold().replace(" ", "_").replace("-", "_")
        named = {item.value: item for item in cls} | _AS_IN_R
        if wanted not in named:
            valid = tuple(str(item) for item in cls)
            raise UnknownNameError("scheme of codes", str(scheme), valid, nearest(wanted, valid))
        return named[wanted]

    @property
    def is_number(self) -> bool:
        """Whether the codes of the scheme are numbers without leading zeros."""
        return self in (CodeScheme.COW, CodeScheme.GW)

    @property
    def label(self) -> str:
        """The scheme in words."""
        return _LABELS[self]


_AS_IN_R = {
    "country.name": CodeScheme.NAME,
    "iso3c": CodeScheme.ISO3,
    "iso2c": CodeScheme.ISO2,
    "iso3n": CodeScheme.ISO_NUMERIC,
    "numeric": CodeScheme.ISO_NUMERIC,
    "wb": CodeScheme.WORLD_BANK,
    "cown": CodeScheme.COW,
    "cowc": CodeScheme.COW_LETTERS,
    "gwn": CodeScheme.GW,
    "gwc": CodeScheme.GW_LETTERS,
}
_LABELS = {
    CodeScheme.NAME: "a name",
    CodeScheme.ISO3: "ISO 3166-1 alpha-3",
    CodeScheme.ISO2: "ISO 3166-1 alpha-2",
    CodeScheme.ISO_NUMERIC: "ISO 3166-1 numeric",
    CodeScheme.EUROSTAT: "Eurostat",
    CodeScheme.WORLD_BANK: "World Bank",
    CodeScheme.COW: "Correlates of War, number",
    CodeScheme.COW_LETTERS: "Correlates of War, letters",
    CodeScheme.GW: "Gleditsch and Ward, number",
    CodeScheme.GW_LETTERS: "Gleditsch and Ward, letters",
}
_OF_EUROSTAT = {"GRC": "EL", "GBR": "UK"}
_COLUMNS = {
    CodeScheme.ISO3: "alpha_3",
    CodeScheme.WORLD_BANK: "alpha_3",
    CodeScheme.ISO2: "alpha_2",
    CodeScheme.EUROSTAT: "alpha_2",
    CodeScheme.ISO_NUMERIC: "numeric",
    CodeScheme.NAME: "name",
}


@functools.cache
def codes_of(scheme: CodeScheme) -> Mapping[str, str]:
    """Return the codes of a scheme by alpha-3 code; countries that the scheme does not list are left out."""
    if scheme in _COLUMNS:
        column = _COLUMNS[scheme]
        codes = {row["alpha_3"]: row[column] for row in read_vocabulary("countries.csv")}
        return codes | _OF_EUROSTAT if scheme is CodeScheme.EUROSTAT else codes
    return {row["alpha_3"]: row[_kind(scheme)] for row in _states(scheme) if row["alpha_3"]}


def _state_behind(scheme: CodeScheme, code: str) -> str:
    """Return the name of the state with a code in a list of states; an empty text if no state has the code."""
    kind = _kind(scheme)
    return next((row["name"] for row in _states(scheme) if row[kind] == code), "")


def _kind(scheme: CodeScheme) -> str:
    return "number" if scheme.is_number else "letters"


@functools.cache
def _states(scheme: CodeScheme) -> tuple[Mapping[str, str], ...]:
    of = scheme.value.partition("_")[0]
    return tuple(row for row in read_vocabulary("state_codes.csv") if row["scheme"] == of)


def alpha_3_of(code: object, scheme: CodeScheme) -> str:
    """Convert a code of a scheme to the country's alpha-3 code; raises `UnknownCountryError` for an unknown code."""
    if isinstance(code, bool) or not isinstance(code, int | str):
        hint = f"its type is {type(code).__name__}: give a code as text or as a whole number"
        raise UnknownCountryError(repr(code), explanation=hint)
    text = str(code).strip().upper()
    if scheme.is_number or scheme is CodeScheme.ISO_NUMERIC:
        text = text.lstrip("0").zfill(3 if scheme is CodeScheme.ISO_NUMERIC else 1)
    found = _alpha_3(scheme).get(text)
    if found is None:
        state = "" if scheme in _PUBLISHED else _state_behind(scheme, text)
        raise UnknownCountryError(
            str(code),
            explanation=f"it is {state} there, which ISO 3166-1 does not list" if state else "",
            problem=f"no country has the code {str(code)!r} ({scheme.label})",
        )
    return found


_PUBLISHED = (CodeScheme.ISO3, CodeScheme.ISO2, CodeScheme.ISO_NUMERIC, CodeScheme.EUROSTAT, CodeScheme.WORLD_BANK)


@functools.cache
def _alpha_3(scheme: CodeScheme) -> Mapping[str, str]:
    return {code: alpha_3 for alpha_3, code in codes_of(scheme).items()}


def whose_number(text: str) -> tuple[str, str]:
    """Return the alpha-3 code of the country with a state number, and the scheme that contains the number.

    Returns two empty texts for an unknown number.

    >>> whose_number("255"), whose_number("9999")
    (('DEU', 'cow'), ('', ''))
    """
    for scheme in (CodeScheme.COW, CodeScheme.GW):
        if found := _alpha_3(scheme).get(text):
            return found, scheme.value
    return "", ""
