"""Errors about unknown names and missing figures."""

from __future__ import annotations

from natoburden.errors._root import NatoBurdenError, listed, sentence, short

__all__ = [
    "AmbiguousCountryError",
    "MissingFiguresError",
    "NoCodeError",
    "NoObservationError",
    "NotAMemberError",
    "TargetMismatchError",
    "TooFewError",
    "UnknownCountryError",
    "UnknownNameError",
    "UnreachableError",
]


class UnknownNameError(NatoBurdenError, LookupError):
    """A name is unknown: no currency, group, edition, target or other item of the wanted kind has this name."""

    kind: str
    name: str
    valid: tuple[str, ...]
    nearest: tuple[str, ...] = ()
    explanation: str = ""

    def __str__(self) -> str:
        near = f"did you mean {' or '.join(repr(name) for name in self.nearest)}?" if self.nearest else ""
        return sentence(f"unknown {self.kind} {short(self.name)!r}", listed(self.valid), self.explanation or near)


class UnknownCountryError(NatoBurdenError, LookupError):
    """No country matches this name or code; a given `problem` replaces the usual beginning of the message."""

    name: str
    nearest: tuple[str, ...] = ()
    explanation: str = ""
    problem: str = ""

    def __str__(self) -> str:
        if self.problem:
            return sentence(self.problem, "", self.explanation)
        near = f"did you mean {' or '.join(self.nearest)}?" if self.nearest else ""
        return sentence(
            f"no country is called {short(self.name)!r}",
            "an ISO 3166-1 code, or a name as NATO, SIPRI, Eurostat, the World Bank, the IMF or CLDR writes it",
            self.explanation or near,
        )


class AmbiguousCountryError(NatoBurdenError, LookupError):
    """A name is used for more than one country."""

    name: str
    candidates: tuple[str, ...]

    def __str__(self) -> str:
        return sentence(
            f"{self.name!r} names {len(self.candidates)} countries",
            " or ".join(self.candidates),
            "use a code",
        )


class NoCodeError(NatoBurdenError, LookupError):
    """A country has no code in a scheme of codes."""

    country: str
    scheme: str

    def __str__(self) -> str:
        return sentence(f"{self.country} has no code in the scheme: {self.scheme}", "", "its list has no such state")


class NotAMemberError(NatoBurdenError, LookupError):
    """A country is not a member of the group on the given date or in the given year."""

    country: str
    group: str
    when: str
    periods: str

    def __str__(self) -> str:
        return sentence(f"{self.country} is not in {self.group} in {self.when}", self.periods)


class NoObservationError(NatoBurdenError, LookupError):
    """A table has no figure for the query; a missing figure never counts as zero."""

    measure: str
    entity: str
    year: int
    edition: str
    available: str
    reason: str = ""

    def __str__(self) -> str:
        lacking = f"no {self.measure} of {self.entity} for {self.year}"
        is_record = self.edition.startswith(("the record ", "these ", "your own "))  # a record has no editions
        where = f"{self.edition}: {lacking}" if is_record else f"edition {self.edition} has {lacking}"
        return sentence(where, self.available, self.reason)


class MissingFiguresError(NatoBurdenError, LookupError):
    """Your figures lack a country that a statistic needs; the library computes no partial statistics."""

    name: str
    countries: tuple[str, ...]

    def __str__(self) -> str:
        return sentence(
            f"no {self.name} of {listed(self.countries)}",
            "",
            "give a figure for every member of the group in that year, zero where there is none, or another group",
        )


class TooFewError(NatoBurdenError, ValueError):
    """A statistic has too few countries, or too few other items, such as years, which `counted` names."""

    what: str
    count: int
    needed: int
    counted: str = ""

    def __str__(self) -> str:
        hint = (
            "take a wider group, more years or more editions"
            if self.count
            else "look what there is: another group or year may have some"
        )
        problem = (
            f"{self.what} has too few {self.counted}: {self.count}" if self.counted else f"{self.what} of {self.count}"
        )
        return sentence(problem, f"at least {self.needed}", hint)


class TargetMismatchError(NatoBurdenError, ValueError):
    """A calculator cannot measure this target with the data that it was given."""

    target: str
    needed: str

    def __str__(self) -> str:
        return sentence(f"{self.target} cannot be measured here", self.needed)


class UnreachableError(NatoBurdenError, ValueError):
    """No number satisfies the conditions of the requested path."""

    what: str
    hint: str

    def __str__(self) -> str:
        return sentence(self.what, "", self.hint)
