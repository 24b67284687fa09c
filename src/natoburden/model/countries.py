"""Countries of ISO 3166-1, found by any unambiguous name or code."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import attrs

from natoburden import cldr
from natoburden.cldr import bare
from natoburden.errors import AmbiguousCountryError, NoCodeError, UnexpectedValueError, UnknownCountryError
from natoburden.model._checks import twice
from natoburden.model._territories import territories_named
from natoburden.model._vocabulary import nearest, read_vocabulary

if TYPE_CHECKING:
    from natoburden.model.code_schemes import CodeScheme

__all__ = ["Country", "CountryLike"]

V = TypeVar("V")

_INITIALS = re.compile(r"(?:[A-Za-z]\.){2,6}[A-Za-z]?")
_LONGEST_NAME = 200


@attrs.frozen(order=True, eq=True)
class Country:
    """A country of ISO 3166-1, identified by its alpha-3 code.

    `Country.find` finds a country by any of its names; the constructor accepts only the alpha-3 code.

    >>> Country.find("Türkiye"), Country.find("Deutschland"), Country.find("EL")
    (Country('TUR'), Country('DEU'), Country('GRC'))
    """

    alpha_3: str = attrs.field()

    @alpha_3.validator
    def _is_listed(self, _attribute: object, value: str) -> None:
        if not isinstance(value, str):
            raise UnknownCountryError(repr(value), explanation=_not_text(value))
        if value not in _register():
            if hint := _how_to_find(value):
                raise UnknownCountryError(value, (), hint, f"{value!r} is not an alpha-3 code")
            raise UnknownCountryError(value, _nearest(value), _explanations().get(bare(value), ""))

    @classmethod
    def find(cls, name: CountryLike | int, *, scheme: CodeScheme | str | None = None) -> Country:
        """Return the country with a code or name of ISO, of a publisher, or of CLDR in any language.

        Codes are those of ISO 3166-1 (alpha-2, alpha-3, and numeric as text), and Eurostat's EL and UK. Capitals,
        accents, punctuation and articles make no difference in names. Names may also have the word order of ISO's
        lists: ``"Philippines (the)"``, ``"Korea (the Republic of)"``. English names and publishers' names come first;
        other names are looked up in every language of CLDR. With a `scheme`, the text must be a code of this scheme.
        The numeric codes of Correlates of War and of Gleditsch and Ward are not ISO's: the same number can mean another
        country.

        Raises `UnknownCountryError` with the nearest names. If a name is not a country of ISO 3166-1 (Kosovo, blocs,
        former states), the error gives the reason. Raises `AmbiguousCountryError` for a name that several countries
        share.

        >>> Country.find("Saksa").name, Country.find("255", scheme="cow").name, Country.find(260, scheme="gw").name
        ('Germany', 'Germany', 'Germany')
        >>> Country.find("Kosovo")
        Traceback (most recent call last):
            ...
        natoburden.errors.UnknownCountryError: no country is called 'Kosovo'; ...ISO 3166-1 assigns Kosovo no code...
        """
        if isinstance(name, Country):
            return name
        if scheme is not None and (code := _in_scheme(name, scheme)):
            return cls(code)
        if not isinstance(name, str):
            raise UnknownCountryError(repr(name), explanation=_not_text(name))
        if (found := country_or_none(name)) is not None:
            return found
        if explanation := _explanation(name):
            raise UnknownCountryError(name, explanation=explanation)
        raise UnknownCountryError(name, _nearest(name.strip()), _as_a_state(name.strip()))

    @classmethod
    def all(cls) -> tuple[Country, ...]:
        """Return all countries of ISO 3166-1, by alpha-3 code.

        >>> len(Country.all())
        249
        """
        return tuple(cls(code) for code in sorted(_register()))

    @property
    def key(self) -> str:
        """The alpha-3 code, which identifies the country in files."""
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

    def code(self, scheme: CodeScheme | str) -> str:
        """Return the code of the country in a scheme, as text; raises `NoCodeError` if the scheme does not list it.

        >>> Country("DEU").code("cow"), Country("DEU").code("gw_letters"), Country("GRC").code("eurostat")
        ('255', 'GFR', 'EL')
        """
        from natoburden.model.code_schemes import CodeScheme, codes_of  # most programs need none of them

        found = CodeScheme.find(scheme)
        code = codes_of(found).get(self.alpha_3)
        if code is None:
            raise NoCodeError(self.name, found.label)
        return code

    def name_in(self, locale: str) -> str:
        """Return the name in a language of CLDR, such as ``"fr"`` or ``"pt-BR"``.

        >>> Country("DEU").name_in("pl")
        'Niemcy'
        """
        return cldr.territory_name(self.alpha_2, locale)

    def __hash__(self) -> int:  # most groupings use countries as keys
        return hash(self.alpha_3)

    def __repr__(self) -> str:
        return f"Country({self.alpha_3!r})"

    def __str__(self) -> str:
        return self.name


CountryLike: TypeAlias = Country | str


def country_or_none(name: str) -> Country | None:
    """Return the country of a name, or None if the name is unknown, without a slow search for suggestions.

    Raises `AmbiguousCountryError` for a name of several countries.
    """
    if len(name) > _LONGEST_NAME:
        return None
    for text in _spellings(name.strip()):
        if bare(text) in _explanations():
            return None
        found = sorted(map(Country, _candidates(text)))
        if len(found) > 1:
            raise AmbiguousCountryError(name, tuple(map(_with_code, found)))
        if found:
            return found[0]
    code = _in_brackets(name.strip())
    return Country(code) if code else None


def by_alpha_3(code: str) -> Country | None:
    """Return the country with an alpha-3 code of ISO 3166-1; None if ISO does not list the code."""
    return Country(code) if code in _register() else None


def _explanation(name: str) -> str:
    """Return why a name does not stand for a country of ISO 3166-1; an empty text if no reason is known."""
    texts = map(bare, _spellings(name.strip()[:_LONGEST_NAME]))
    return next((_explanations()[text] for text in texts if text in _explanations()), "")


def _how_to_find(name: str) -> str:
    """Return a hint for a name that was given to the constructor; an empty text if no country has the name."""
    try:
        found = country_or_none(name)
    except AmbiguousCountryError:
        return ""
    return f"write Country.find({name!r}) or {found!r}" if found else ""


def _in_scheme(code: object, scheme: CodeScheme | str) -> str:
    """Return the alpha-3 code of the country with a code in a scheme; an empty text for the scheme of names."""
    from natoburden.model.code_schemes import CodeScheme, alpha_3_of

    found = CodeScheme.find(scheme)
    return "" if found is CodeScheme.NAME else alpha_3_of(code, found)


def _as_a_state(text: str) -> str:
    """Return a hint for a number that is in another list of states than ISO's; otherwise return an empty text."""
    if not text.isdigit():
        return ""
    from natoburden.model.code_schemes import whose_number

    alpha_3, scheme = whose_number(text)
    if not alpha_3:
        return ""
    name = _register()[alpha_3]["name"]
    return f"a number is ISO's; {text} is {name} for Country.find({text!r}, scheme={scheme!r})"


def _spellings(text: str) -> Iterator[str]:
    """Yield a name as given, then without points in initials, without its article, and in ordinary word order."""
    yield text
    if _INITIALS.fullmatch(text):
        yield text.replace(".", "")
    short = text.partition(" [")[0].rstrip()  # Falkland Islands (the) [Malvinas]
    name, _, behind = short[:-1].rpartition(" (") if short.endswith(")") else short.rpartition(", ")
    qualifier = _without_article(behind)
    if name and behind and not qualifier:
        yield name  # Philippines (the)
    elif name and behind.casefold().endswith((" of", " of the")):
        yield f"{qualifier} {name}"  # Korea (the Republic of)
    if (plain := _without_article(text)) not in ("", text):
        yield plain


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.casefold() == "the" else text


def _candidates(text: str) -> Iterable[str]:
    """Return the alpha-3 codes that a text may mean: as a code, or else as a name.

    A text in mixed case is read as a name first: "Nga" is the Vietnamese name of Russia, and "NGA" is Nigeria.
    """
    code = _codes().get(text.upper(), "")
    if code and text in (text.upper(), text.lower()):
        return (code,)
    return (
        _names().get(bare(text))
        or _of_alpha_2(territories_named(text))
        or ((code,) if code and text.isascii() else ())
        or _of_alpha_2(territories_named(text, loosely=True))
    )


def _of_alpha_2(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(_codes()[code] for code in codes if code in _codes())


@functools.cache
def _register() -> Mapping[str, Mapping[str, str]]:
    return {row["alpha_3"]: row for row in read_vocabulary("countries.csv")}


@functools.cache
def _codes() -> Mapping[str, str]:
    """Return the alpha-3 code for each code that ISO or a publisher uses; all codes are in capitals."""
    codes = {row[column]: code for code, row in _register().items() for column in ("alpha_3", "alpha_2", "numeric")}
    return codes | {row["alias"]: row["alpha_3"] for row in read_vocabulary("aliases.csv") if row["alias"].isupper()}


@functools.cache
def _names() -> Mapping[str, frozenset[str]]:
    """Return the alpha-3 codes for each English name and publisher's name; some names belong to two countries."""
    pairs = [(row["name"], row["alpha_3"]) for row in (*_register().values(), *read_vocabulary("iso_names.csv"))]
    pairs += [(row["alias"], row["alpha_3"]) for row in read_vocabulary("aliases.csv")]
    names: dict[str, frozenset[str]] = {}
    for name, code in pairs:
        names[bare(name)] = names.get(bare(name), frozenset()) | {code}
    return names


@functools.cache
def _not_countries() -> Mapping[str, str]:
    """Return the names that are known not to be countries, by their bare form; the first spelling is kept."""
    return {bare(row["name"]): row["name"] for row in reversed(read_vocabulary("explanations.csv"))}


@functools.cache
def _explanations() -> Mapping[str, str]:
    return {bare(row["name"]): row["explanation"] for row in read_vocabulary("explanations.csv")}


def _in_brackets(text: str) -> str:
    """Return the alpha-3 code of a country in the form of error messages, such as "Germany (DEU)"."""
    if not text.endswith(")") or " (" not in text or len(text) > _LONGEST_NAME:
        return ""
    for first, second in (text[:-1].rsplit(" (", 1), text[:-1].split(" (", 1)):
        both = {*_candidates(first)} & {*_candidates(second)}
        if len(both) == 1:
            return both.pop()
    return ""


def _with_code(country: Country) -> str:
    return f"{country.name} ({country.alpha_3})"


def _nearest(name: str) -> tuple[str, ...]:
    """Return up to three close names in English or of publishers, including names that are not countries."""
    others = _not_countries()
    found = nearest(bare(name[:1_000])[:100], {**others, **_names()})
    texts = (
        text
        for near in found
        for text in ([_with_code(Country(code)) for code in sorted(_names().get(near, ()))] or [others[near]])
    )
    return tuple(dict.fromkeys(texts))


def _not_text(value: object) -> str:
    return f"its type is {type(value).__name__}: give text, such as 'POL'"


def by_country(what: str, values: Mapping[Country, V] | Mapping[str, V]) -> dict[Country, V]:
    """Return a mapping by country; raises `UnexpectedValueError` for a country that is given twice.

    >>> by_country("a figure", {"Poland": 1, "FIN": 2})
    {Country('POL'): 1, Country('FIN'): 2}
    """
    found = [(Country.find(country), value) for country, value in values.items()]
    if again := twice(str(country) for country, _ in found):
        raise UnexpectedValueError(what, ", ".join(again), "give each country once, under one of its names")
    return dict(found)
