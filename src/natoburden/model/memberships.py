"""Blocs with dated memberships, and groups that are defined by rules on these blocs or by lists."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import attrs

from natoburden.errors import (
    AmbiguousCountryError,
    NotAMemberError,
    UnexpectedValueError,
    UnknownCountryError,
    UnknownNameError,
)
from natoburden.model._checks import exactly, expect
from natoburden.model._numbers import checked_year
from natoburden.model._vocabulary import nearest, read_vocabulary
from natoburden.model.countries import Country, CountryLike, country_or_none
from natoburden.model.sources import Source

__all__ = [
    "Bloc",
    "Entity",
    "EntityLike",
    "Group",
    "GroupLike",
    "Membership",
    "When",
]

When: TypeAlias = int | dt.date


def last_day(when: When) -> dt.date:
    """Return a given day, or the last day of a given year; statistics count a country from its year of accession."""
    if isinstance(when, dt.datetime):
        return when.date()
    return when if isinstance(when, dt.date) else dt.date(checked_year(when), 12, 31)


@attrs.frozen(kw_only=True)
class Membership:
    """A country's membership in a bloc: its first day, and its last day if the country has left."""

    country: Country
    start: dt.date = attrs.field(validator=exactly(dt.date, "a first day"))
    end: dt.date | None = attrs.field(default=None, validator=exactly(dt.date, "a last day", optional=True))
    note: str = ""

    def __attrs_post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise UnexpectedValueError("a last day", str(self.end), f"it is before the first, {self.start}")

    def covers(self, when: When) -> bool:
        """Return whether the country is a member on a day, or on the last day of a year."""
        day = last_day(when)
        return self.start <= day and (self.end is None or day <= self.end)

    def __str__(self) -> str:
        return f"from {self.start}" + (f" to {self.end}" if self.end else "")


@attrs.frozen(kw_only=True)
class Bloc:
    """An organisation or area that countries join and leave on known days.

    >>> Bloc.find("EU").has_member("United Kingdom", dt.date(2020, 1, 31))
    True
    >>> Bloc.find("EU").has_member("United Kingdom", 2020)
    False
    """

    key: str
    name: str
    source: Source
    memberships: tuple[Membership, ...] = attrs.field(repr=False)

    @classmethod
    def find(cls, key: Bloc | str) -> Bloc:
        """Return a bloc by its key, NATO, EU, EEA-EFTA or EURO, in any case; another key raises `UnknownNameError`."""
        if isinstance(key, Bloc):
            return key
        name = str(key).strip().upper()
        if name not in _blocs():
            raise UnknownNameError("bloc", str(key), tuple(_blocs()), nearest(name, _blocs()))
        return _blocs()[name]

    def members(self, when: When) -> tuple[Country, ...]:
        """Return the members on a day, or on the last day of a year, by alpha-3 code.

        >>> len(Bloc.find("NATO").members(2022)), len(Bloc.find("NATO").members(2024))
        (30, 32)
        """
        return tuple(sorted(item.country for item in self.memberships if item.covers(when)))

    def has_member(self, country: CountryLike, when: When) -> bool:
        """Return whether a country is a member on a day, or on the last day of a year."""
        return Country.find(country) in self.members(when)

    def membership(self, country: CountryLike) -> Membership:
        """Return a country's membership; raises `NotAMemberError` for a country that never joined."""
        sought = Country.find(country)
        for item in self.memberships:
            if item.country == sought:
                return item
        raise NotAMemberError(sought.name, self.name, "any year", "a country that joined at some time")

    def __str__(self) -> str:
        return self.name


@attrs.frozen(kw_only=True)
class Group:
    """A named set of countries, by rule or by list.

    A group by rule has the members that all blocs in `inside` have in common. Members of a bloc in `outside` are left
    out, and so are the countries in `without`. Membership of a group by rule depends on the day or year. The members of
    a group by list are the `countries`, in every year. `Group.of` makes a group by list. Functions that take a group
    also take a list of countries.

    >>> Group.find("NATO Europe and Canada").key
    'NATO_EUR_CAN'
    >>> [country.name for country in Group.find("NATO_NON_EU").members(2026)][:3]
    ['Albania', 'Canada', 'United Kingdom']
    """

    key: str
    name: str
    inside: tuple[Bloc, ...] = attrs.field(default=(), repr=False)
    outside: tuple[Bloc, ...] = attrs.field(default=(), repr=False)
    without: tuple[Country, ...] = ()
    countries: tuple[Country, ...] = ()
    note: str = attrs.field(default="", repr=False)
    source: Source | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        if bool(self.inside) is bool(self.countries) or (self.countries and (self.outside or self.without)):
            hint = "it needs at least one bloc that its members are in, or else a list of countries: see Group.of"
            raise UnexpectedValueError("a group", self.key, hint)

    @classmethod
    def of(cls, name: str, countries: Iterable[CountryLike], *, note: str = "", source: Source | None = None) -> Group:
        """Return a group of your own: the same countries in every year, each once.

        Your `note` and `source` appear in the working of results. Raises `UnexpectedValueError` for a blank name, for
        the name of a country or of a group of the library, and for an empty list. Raises `UnknownCountryError` for an
        unknown country.

        >>> baltics = Group.of("Baltics", ["EST", "Latvia", "LTU"])
        >>> print(baltics, [country.alpha_3 for country in baltics.members(2025)])
        Baltics ['EST', 'LVA', 'LTU']
        """
        expect(name, str, "a group", "its name comes first: Group.of('Baltics', ['EST', 'LVA', 'LTU'])")
        text = name.strip() if name.isprintable() else ""
        if not text or text.casefold() in _groups_by_name() or _is_country(text):
            hint = "give it a name of its own, which no country and no group of the library has"
            raise UnexpectedValueError("a group", repr(name), hint)
        return cls(key=text, name=text, countries=_listed(countries), note=note, source=source)

    @classmethod
    def find(cls, name: GroupLike) -> Group:
        """Return a group by its key or name, in capitals or not, or make a group from a list of countries.

        Raises `UnknownNameError` with the nearest groups, or with a hint if the name is that of a country.

        >>> print(Group.find(["EST", "LVA", "LTU"]))
        Estonia, Latvia and Lithuania
        """
        if isinstance(name, Group):
            return name
        if not isinstance(name, str | bytes | Mapping | Country) and isinstance(name, Iterable):
            countries = _listed(name)
            return cls(
                key="+".join(country.alpha_3 for country in countries), name=_in_words(countries), countries=countries
            )
        if found := _groups_by_name().get(str(name).strip().casefold()):
            return found
        keys = tuple(group.key for group in Group.all())
        if isinstance(name, Country) or _is_country(str(name)):
            raise UnknownNameError("group", str(name), keys, explanation=_of_one(str(name)))
        raise UnknownNameError("group", str(name), keys, nearest(str(name).upper(), keys))

    @classmethod
    def all(cls) -> tuple[Group, ...]:
        """Return the groups that the library defines."""
        return _groups()

    def members(self, when: When) -> tuple[Country, ...]:
        """Return the members on a day or on the last day of a year, by alpha-3 code; a list keeps its own order."""
        last_day(when)
        if self.countries:
            return self.countries
        common = set.intersection(*(set(bloc.members(when)) for bloc in self.inside))
        common.difference_update(self.without, *(bloc.members(when) for bloc in self.outside))
        return tuple(sorted(common))

    def excluding(self, *countries: Country) -> Group:
        """Return the group without some countries, under its own name; raises `UnexpectedValueError` for an empty list.

        >>> [country.alpha_3 for country in Group.of("The two", ["USA", "CAN"]).excluding(Country("USA")).members(2025)]
        ['CAN']
        """
        if self.countries:
            return attrs.evolve(self, countries=tuple(item for item in self.countries if item not in countries))
        return attrs.evolve(self, without=tuple(dict.fromkeys((*self.without, *countries))))

    def require_member(self, country: CountryLike, when: When) -> Country:
        """Return a country; raises `NotAMemberError` if the country is not a member on the day or in the year."""
        sought = Country.find(country)
        if sought not in self.members(when):
            periods = [
                f"{bloc.key} {item}" for bloc in self.inside for item in bloc.memberships if item.country == sought
            ]
            if sought in self.without:
                periods = [f"no day, since the group is defined without {sought}"]
            if self.countries:
                periods = [f"no day, since its members are {', '.join(country.name for country in self.countries)}"]
            raise NotAMemberError(
                sought.name, self.name, str(when), "; ".join(periods) or "no day: it was never a member"
            )
        return sought

    @property
    def told(self) -> str:
        """The group in words; a group of your own is described with its countries and your note."""
        held = ", ".join(country.name for country in self.countries)
        return "; ".join(part for part in (f"{self}: {held}" if held else str(self), self.note) if part)

    def __str__(self) -> str:
        return self.name


GroupLike: TypeAlias = Group | str | Iterable[CountryLike]
Entity: TypeAlias = Country | Group
EntityLike: TypeAlias = Entity | str | Iterable[CountryLike]

_MOST_IN_WORDS = 4


def _listed(countries: Iterable[CountryLike]) -> tuple[Country, ...]:
    """Return the countries of a list, each once and in order; raises an error for an empty list or a single country."""
    if isinstance(countries, str | bytes | Mapping | Country) or not isinstance(countries, Iterable):
        raise UnexpectedValueError("countries", repr(countries), "give several in a list: ['EST', 'LVA', 'LTU']")
    found = tuple(dict.fromkeys(map(Country.find, countries)))
    if isinstance(countries, set | frozenset):  # the order of a set differs from run to run
        found = tuple(sorted(found))
    if not found:
        raise UnexpectedValueError("countries", "an empty list", "a group has at least one country")
    return found


def _in_words(countries: tuple[Country, ...]) -> str:
    """Return a name for a list of countries without a name."""
    names = [country.name for country in countries]
    if len(names) > _MOST_IN_WORDS:
        return f"{len(names)} countries ({', '.join(country.alpha_3 for country in countries)})"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _is_country(text: str) -> bool:
    try:
        return country_or_none(text) is not None
    except AmbiguousCountryError:
        return False


def _of_one(name: str) -> str:
    return f"{name!r} is a country: a group of it alone is [{name!r}]"


def find_entity(name: EntityLike) -> Entity:
    """Return the group with a given key or name, or the country with that name; an error lists the nearest names.

    A list of countries becomes a group of these countries.

    >>> find_entity("NATO Europe and Canada").key, find_entity("Italia").key
    ('NATO_EUR_CAN', 'ITA')
    """
    if isinstance(name, Country | Group):
        return name
    if not isinstance(name, str):
        return Group.find(name)
    text = name.strip().casefold()
    if text in _groups_by_name():
        return _groups_by_name()[text]
    try:
        return Country.find(name)
    except UnknownCountryError as error:
        alike = dict.fromkeys(map(_groups_by_name().__getitem__, nearest(text[:100], _groups_by_name())))
        if not alike:
            raise
        near = (*(f"{group} ({group.key})" for group in alike), *error.nearest)
        raise UnknownCountryError(error.name, near, error.explanation) from None


def entity_or_none(name: str) -> Entity | None:
    """Return the group or country with a given name, or None if the name is unknown.

    Raises `AmbiguousCountryError` for a name that several countries share.
    """
    return _groups_by_name().get(name.strip().casefold()) or country_or_none(name)


@functools.cache
def _groups() -> tuple[Group, ...]:
    return tuple(
        Group(
            key=row["key"],
            name=row["name"],
            inside=tuple(map(Bloc.find, row["inside"].split())),
            outside=tuple(map(Bloc.find, row["outside"].split())),
            without=tuple(map(Country, row["without"].split())),
            note=row["note"],
        )
        for row in read_vocabulary("groups.csv")
    )


@functools.cache
def _groups_by_name() -> dict[str, Group]:
    named = {text.casefold(): group for group in _groups() for text in (group.key, group.name)}
    return named | {"nato_total": named["nato"]}  # NATO's label in files


@functools.cache
def _blocs() -> dict[str, Bloc]:
    rows = read_vocabulary("memberships.csv")
    return {
        bloc["key"]: Bloc(
            key=bloc["key"],
            name=bloc["name"],
            source=Source(title=bloc["source_title"], publisher=bloc["source_publisher"], url=bloc["source_url"]),
            memberships=tuple(
                Membership(
                    country=Country(row["country"]),
                    start=dt.date.fromisoformat(row["from"]),
                    end=dt.date.fromisoformat(row["until"]) if row["until"] else None,
                    note=row["note"],
                )
                for row in rows
                if row["bloc"] == bloc["key"]
            ),
        )
        for bloc in read_vocabulary("blocs.csv")
    }
