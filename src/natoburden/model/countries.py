"""Countries of ISO 3166-1, found by any unambiguous name or code."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from typing import TypeAlias

import attrs

from natoburden import cldr
from natoburden.errors import AmbiguousCountryError, UnknownCountryError
from natoburden.model._vocabulary import nearest, read_vocabulary

__all__ = ["Country", "CountryLike", "countries"]


@attrs.frozen(order=True, eq=True)
class Country:
    """A country of ISO 3166-1, identified by its alpha-3 code.

    Get one with `Country.find`; the constructor takes the alpha-3 code alone and refuses any other.

    >>> Country.find("Türkiye"), Country.find("Deutschland"), Country.find("EL")
    (Country('TUR'), Country('DEU'), Country('GRC'))
    """

    alpha_3: str = attrs.field()

    @alpha_3.validator
    def _is_listed(self, _attribute: object, value: str) -> None:
        if value not in _register():
            raise UnknownCountryError(str(value), _nearest(str(value)), _explanations().get(_key(str(value)), ""))

    @classmethod
    def find(cls, name: CountryLike) -> Country:
        """Find a country by code, by a publisher's name for it, or by its CLDR name in any language.

        Codes are ISO 3166-1 alpha-2, alpha-3 and numeric (as text), and Eurostat's EL and UK. Names are matched
        without regard to case, accents and punctuation. English and publishers' names come first; a name that
        is none of them is sought in every language of CLDR, which loads Babel.

        Raises `UnknownCountryError` with the nearest names, or with the reason why a name is no country of
        ISO 3166-1 (Kosovo, blocs, former states); `AmbiguousCountryError` for a name of several countries.

        >>> Country.find("Saksa").name
        'Germany'
        >>> Country.find("Kosovo")
        Traceback (most recent call last):
            ...
        natoburden.errors.UnknownCountryError: no country is called 'Kosovo'; ...ISO 3166-1 assigns Kosovo no code...
        """
        if isinstance(name, Country):
            return name
        if not isinstance(name, str):
            raise UnknownCountryError(repr(name))
        text = name.strip()
        if alpha_3 := _codes().get(text.upper() if text.isascii() else text) or _names().get(_key(text)):
            return cls(alpha_3)
        if explanation := _explanations().get(_key(text)):
            raise UnknownCountryError(name, explanation=explanation)
        found = sorted(cls(_codes()[code]) for code in cldr.territories_named(text) if code in _codes())
        if len(found) > 1:
            raise AmbiguousCountryError(name, tuple(f"{country.alpha_3} ({country.name})" for country in found))
        if not found:
            raise UnknownCountryError(name, _nearest(text))
        return found[0]

    @property
    def key(self) -> str:
        """The code that stands for the country in files: alpha-3."""
        return self.alpha_3

    @property
    def alpha_2(self) -> str:
        """The two-letter code of ISO 3166-1."""
        return _register()[self.alpha_3]["alpha_2"]

    @property
    def numeric(self) -> str:
        """The three-digit code of ISO 3166-1, as text."""
        return _register()[self.alpha_3]["numeric"]

    @property
    def name(self) -> str:
        """The short English name."""
        return _register()[self.alpha_3]["name"]

    def name_in(self, locale: str) -> str:
        """Give the name in a language of CLDR, for example ``"fr"`` or ``"pt-BR"``.

        >>> Country("DEU").name_in("pl")
        'Niemcy'
        """
        return cldr.territory_name(self.alpha_2, locale)

    def __repr__(self) -> str:
        return f"Country({self.alpha_3!r})"

    def __str__(self) -> str:
        return self.name


CountryLike: TypeAlias = Country | str


def countries() -> tuple[Country, ...]:
    """Give all countries of ISO 3166-1, by alpha-3 code.

    >>> len(countries())
    249
    """
    return tuple(Country(code) for code in sorted(_register()))


@functools.cache
def _register() -> Mapping[str, Mapping[str, str]]:
    return {row["alpha_3"]: row for row in read_vocabulary("countries.csv")}


@functools.cache
def _codes() -> Mapping[str, str]:
    """Every code that publishers use, to alpha-3; codes match in capitals, names do not."""
    codes = {row[column]: code for code, row in _register().items() for column in ("alpha_3", "alpha_2", "numeric")}
    return codes | {row["alias"]: row["alpha_3"] for row in read_vocabulary("aliases.csv") if row["alias"].isupper()}


@functools.cache
def _names() -> Mapping[str, str]:
    rows = [*_register().values(), *read_vocabulary("iso_names.csv")]
    names = {_key(row["name"]): row["alpha_3"] for row in rows}
    names.update({_key(row["alias"]): row["alpha_3"] for row in read_vocabulary("aliases.csv")})
    return {name: code for name, code in names.items() if name not in _explanations()}


@functools.cache
def _explanations() -> Mapping[str, str]:
    return {_key(row["name"]): row["explanation"] for row in read_vocabulary("explanations.csv")}


def _key(name: str) -> str:
    """Reduce a name to what spellings have in common: no case, accents or punctuation."""
    decomposed = unicodedata.normalize("NFKD", name.replace("&", " and ").casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", letters))


def _nearest(name: str) -> tuple[str, ...]:
    """Suggest up to three countries whose English or publishers' names are close."""
    codes = dict.fromkeys(_names()[found] for found in nearest(_key(name), _names()))
    return tuple(f"{_register()[code]['name']} ({code})" for code in codes)
