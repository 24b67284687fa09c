"""What can go wrong, as types: one root, each error with its data as attributes.

Every error shows the offending value, what would have been valid and what to do; each also inherits the
builtin that a caller would expect, and pickles and copies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import attrs

__all__ = [
    "AmbiguousCountryError",
    "CollinearVariablesWarning",
    "CurrentPricesWarning",
    "DataIntegrityError",
    "DocumentError",
    "DocumentFault",
    "DoubleCountingWarning",
    "FrameError",
    "GasBasisError",
    "InexactNumberError",
    "InvalidNumberError",
    "InvalidYearError",
    "MissingExtraError",
    "MissingFiguresError",
    "MissingFontWarning",
    "MissingSourceError",
    "MixedCurrenciesError",
    "MixedDefinitionsWarning",
    "MixedEditionsError",
    "MixedPriceBasesError",
    "MixedQuantitiesError",
    "MixedSetsWarning",
    "NatoBurdenError",
    "NatoBurdenWarning",
    "NoObservationError",
    "NotAMemberError",
    "OppositeSignsWarning",
    "ReaderError",
    "ShareOutOfRangeError",
    "TargetMismatchError",
    "TooFewError",
    "UnexpectedValueError",
    "UnknownCountryError",
    "UnknownNameError",
    "UnreachableError",
]


def __dir__() -> list[str]:
    return list(__all__)


class NatoBurdenError(Exception):
    """Root of every error that the library raises on purpose."""


def _sentence(problem: str, valid: str = "", hint: str = "") -> str:
    """Join the three parts of a message: what is wrong, what is valid, what to do."""
    parts = [problem, f"valid: {valid}" if valid else "", hint]
    return "; ".join(part for part in parts if part)


def _short(text: str, most: int = 36) -> str:
    """Show an offending value whole, unless it would drown the message."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text)} characters)"


def listed(names: Sequence[str], most: int = 12) -> str:
    """Show the valid set, cut where it would drown the message."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


# --- numbers ---------------------------------------------------------------------------------------------


@attrs.define(slots=False)
class InvalidNumberError(NatoBurdenError, ValueError):
    """A text or number is no finite decimal number, or outside what it may be here."""

    what: str
    value: str
    valid: str = "a finite decimal number"
    hint: str = ""

    def __str__(self) -> str:
        return _sentence(f"{self.what}: {_short(self.value)!r} is not usable", self.valid, self.hint)


@attrs.define(slots=False)
class InexactNumberError(NatoBurdenError, TypeError):
    """A number came in a type that cannot carry a published figure exactly."""

    what: str
    value: str
    type_name: str

    def __str__(self) -> str:
        return _sentence(
            f"{self.what}: {_short(self.value)} is a {self.type_name}",
            "str, int or Decimal",
            "write the figure as a string, as it was published: '2.22'",
        )


@attrs.define(slots=False)
class InvalidYearError(NatoBurdenError, ValueError):
    """A year is no calendar year in the range the library deals with."""

    value: str
    valid: str

    def __str__(self) -> str:
        return _sentence(f"{_short(self.value)} is not a usable year", self.valid)


@attrs.define(slots=False)
class ShareOutOfRangeError(NatoBurdenError, ValueError):
    """A part is said to be less than nothing or more than its whole."""

    percent: str

    def __str__(self) -> str:
        return _sentence(
            f"{self.percent} % is no share of a whole",
            "0 % to 100 %",
            "Share.percent('3.5') and Share.fraction('0.035') are the same share; "
            "use Rate for growth, PercentagePoints for differences",
        )


# --- money -----------------------------------------------------------------------------------------------


@attrs.define(slots=False)
class MixedCurrenciesError(NatoBurdenError, ValueError):
    """Amounts in different currencies met in one operation."""

    left: str
    right: str
    hint: str = "exchange one side first, at a rate you can name"

    def __str__(self) -> str:
        return _sentence(
            f"{self.left} and {self.right} are different currencies",
            "one currency on both sides",
            f"nothing converts implicitly: {self.hint}",
        )


@attrs.define(slots=False)
class MixedPriceBasesError(NatoBurdenError, ValueError):
    """Amounts at different price bases met in one operation."""

    left: str
    right: str

    def __str__(self) -> str:
        known = "unstated prices" not in (self.left, self.right)
        return _sentence(
            f"{self.left} and {self.right} are {'different' if known else 'perhaps different'} price bases",
            "one basis on both sides",
            "nothing deflates implicitly: read both figures at the same basis"
            if known
            else "assuming(basis) says at which prices an amount without a stated basis is taken",
        )


@attrs.define(slots=False)
class MixedEditionsError(NatoBurdenError, ValueError):
    """Figures of different editions met in one calculation: each edition revises the same years."""

    left: str
    right: str

    def __str__(self) -> str:
        return _sentence(
            f"{self.left} and {self.right} are of different editions",
            "figures of one edition",
            "look both up in one table, or say mixed_editions_ok=True if you mean to mix them",
        )


@attrs.define(slots=False)
class UnexpectedValueError(NatoBurdenError, ValueError):
    """A value is of another kind, or written in another way, than what is expected in its place."""

    what: str
    value: str
    hint: str

    def __str__(self) -> str:
        return _sentence(f"{_short(self.value)} is not usable as {self.what}", "", self.hint)


# --- quantities ------------------------------------------------------------------------------------------


@attrs.define(slots=False)
class MixedQuantitiesError(NatoBurdenError, ValueError):
    """Quantities of different kind, unit or calorific basis met in one operation."""

    left: str
    right: str

    def __str__(self) -> str:
        return _sentence(
            f"{self.left} and {self.right} do not meet",
            "one kind, one unit and one basis on both sides",
            "nothing converts implicitly: natoburden.units converts, and names its factors",
        )


@attrs.define(slots=False)
class GasBasisError(NatoBurdenError, ValueError):
    """Gas was to be turned into something else without knowing on what basis it is counted, or on another basis."""

    quantity: str
    needed: str
    hint: str

    def __str__(self) -> str:
        return _sentence(f"{self.quantity} does not say what is needed", self.needed, self.hint)


# --- names -----------------------------------------------------------------------------------------------


@attrs.define(slots=False)
class UnknownNameError(NatoBurdenError, LookupError):
    """A name is not in the set it should come from (a currency, group, edition, target, measure ...)."""

    kind: str
    name: str
    valid: tuple[str, ...]
    nearest: tuple[str, ...] = ()

    def __str__(self) -> str:
        return _sentence(
            f"unknown {self.kind} {_short(self.name)!r}",
            listed(self.valid),
            f"did you mean {' or '.join(repr(name) for name in self.nearest)}?" if self.nearest else "",
        )


@attrs.define(slots=False)
class UnknownCountryError(NatoBurdenError, LookupError):
    """A name or code is no country's."""

    name: str
    nearest: tuple[str, ...] = ()
    explanation: str = ""

    def __str__(self) -> str:
        near = f"did you mean {' or '.join(self.nearest)}?" if self.nearest else ""
        return _sentence(
            f"no country is called {_short(self.name)!r}",
            "an ISO 3166-1 code, or a name as NATO, SIPRI, Eurostat, the World Bank, the IMF or CLDR writes it",
            self.explanation or near,
        )


@attrs.define(slots=False)
class AmbiguousCountryError(NatoBurdenError, LookupError):
    """A name is used for more than one country."""

    name: str
    candidates: tuple[str, ...]

    def __str__(self) -> str:
        return _sentence(
            f"{self.name!r} names {len(self.candidates)} countries",
            " or ".join(self.candidates),
            "use a code",
        )


@attrs.define(slots=False)
class NotAMemberError(NatoBurdenError, LookupError):
    """A country is not in the group it is asked about, on that date or in that year."""

    country: str
    group: str
    when: str
    periods: str

    def __str__(self) -> str:
        return _sentence(f"{self.country} is not in {self.group} in {self.when}", self.periods)


# --- tables ----------------------------------------------------------------------------------------------


@attrs.define(slots=False)
class NoObservationError(NatoBurdenError, LookupError):
    """A table holds no figure for what was asked; missing is never zero."""

    measure: str
    entity: str
    year: int
    edition: str
    available: str
    reason: str = ""

    def __str__(self) -> str:
        return _sentence(
            f"edition {self.edition} has no {self.measure} of {self.entity} for {self.year}",
            self.available,
            self.reason,
        )


@attrs.define(slots=False)
class MissingFiguresError(NatoBurdenError, LookupError):
    """Figures of one's own lack some of the countries that a statistic counts; there are no partial ones."""

    name: str
    countries: tuple[str, ...]

    def __str__(self) -> str:
        return _sentence(
            f"no {self.name} of {listed(self.countries)}",
            "",
            "give a figure for every member of the group in that year, zero where there is none, or another group",
        )


@attrs.define(slots=False)
class TooFewError(NatoBurdenError, ValueError):
    """A statistic was asked of fewer countries than it means anything for."""

    what: str
    count: int
    needed: int

    def __str__(self) -> str:
        return _sentence(f"{self.what} of {self.count}", f"at least {self.needed}")


@attrs.define(slots=False)
class TargetMismatchError(NatoBurdenError, ValueError):
    """A calculator was given a target that it cannot measure from what it has."""

    target: str
    needed: str

    def __str__(self) -> str:
        return _sentence(f"{self.target} cannot be measured here", self.needed)


@attrs.define(slots=False)
class UnreachableError(NatoBurdenError, ValueError):
    """A path was asked for that no number satisfies."""

    what: str
    hint: str

    def __str__(self) -> str:
        return _sentence(self.what, "", self.hint)


# --- documents, data, installation -----------------------------------------------------------------------


@attrs.define(slots=False)
class MissingSourceError(NatoBurdenError, ValueError):
    """A figure was to be recorded without saying where it comes from."""

    what: str

    def __str__(self) -> str:
        return _sentence(f"{self.what} names no source", "a title, and a publisher or an address")


@attrs.define(slots=False)
class DataIntegrityError(NatoBurdenError, RuntimeError):
    """A packaged data file is not the one that was published with this version."""

    file: str
    problem: str

    def __str__(self) -> str:
        return _sentence(f"packaged file {self.file}: {self.problem}", "", "reinstall natoburden")


@attrs.define(slots=False)
class DocumentFault(NatoBurdenError, ValueError):  # noqa: N818 # a fault is one part of a DocumentError
    """One thing that is wrong in a document, with the path to it."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class DocumentError(NatoBurdenError, ExceptionGroup[DocumentFault]):
    """All that is wrong in one document, each fault with its path.

    >>> error = DocumentError("targets.toml", [DocumentFault("targets[0].share", "unknown key")])
    >>> print(error)
    targets.toml: 1 fault
      targets[0].share: unknown key
    """

    document: str

    def __new__(cls, document: str, faults: Sequence[DocumentFault]) -> Self:  # noqa: D102 # the class says it
        made = super().__new__(cls, document, faults)
        made.document = document
        return made

    def __init__(self, document: str, faults: Sequence[DocumentFault]) -> None:
        super().__init__(document, faults)

    @property
    def faults(self) -> tuple[DocumentFault, ...]:
        """Everything that is wrong, in the order of the document."""
        return tuple(fault for fault in self.exceptions if isinstance(fault, DocumentFault))

    def derive(self, excs: Sequence[DocumentFault], /) -> DocumentError:  # type: ignore[override] # the faults keep their type
        """Keep the type when ``except*`` splits the group."""
        return DocumentError(self.document, excs)

    def __str__(self) -> str:
        count = len(self.exceptions)
        lines = [f"{self.document}: {count} fault{'s' if count > 1 else ''}"]
        return "\n  ".join([*lines, *map(str, self.exceptions)])


@attrs.define(slots=False)
class ReaderError(NatoBurdenError, ValueError):
    """Somebody else's file is not what a reader expects; nothing of it is taken.

    `position` is the line, or the sheet and row, that shows it; empty where the file as a whole does.
    """

    file: str
    position: str
    problem: str
    expected: str = ""

    def __str__(self) -> str:
        where = f"{self.file}, {self.position}" if self.position else self.file
        return _sentence(f"{where}: {self.problem}", self.expected)


@attrs.define(slots=False)
class FrameError(NatoBurdenError, ValueError):
    """A data frame lacks a column, or holds something in one that a calculator cannot take; every fault is named."""

    faults: tuple[str, ...]
    columns: tuple[str, ...] = ()
    hint: str = ""

    def __str__(self) -> str:
        there = f"the columns are {listed(self.columns)}" if self.columns else ""
        return "; ".join(part for part in (*self.faults, there, self.hint) if part)


@attrs.define(slots=False)
class MissingExtraError(NatoBurdenError, ImportError):
    """A feature needs a library that the core does not install."""

    feature: str
    library: str
    extra: str

    def __attrs_post_init__(self) -> None:
        ImportError.__init__(self, *self.args, name=self.library)  # where users of ImportError look

    def __str__(self) -> str:
        return _sentence(
            f"{self.feature} needs {self.library}", "", f"pip install 'natoburden[{self.extra}]' provides it"
        )


# --- warnings --------------------------------------------------------------------------------------------


class NatoBurdenWarning(UserWarning):
    """Root of the library's warnings; make it fatal with ``warnings.simplefilter("error", NatoBurdenWarning)``."""


class CurrentPricesWarning(NatoBurdenWarning):
    """Amounts at current prices of different years were added up: their price levels differ."""


class OppositeSignsWarning(NatoBurdenWarning):
    """A share meets a target while the money falls short of it, or the other way round: they are deflated apart."""


class MixedDefinitionsWarning(NatoBurdenWarning):
    """A promise in a national definition was set beside NATO's figure: the two count different spending."""


class DoubleCountingWarning(NatoBurdenWarning):
    """Purchases were credited that an ally's expenditure already holds."""


class MixedSetsWarning(NatoBurdenWarning):
    """A purchase of one group was set against the gap of another: the two are different sets of countries."""


class MissingFontWarning(NatoBurdenWarning):
    """No installed font has the letters of a locale, so that a chart is in English."""


class CollinearVariablesWarning(NatoBurdenWarning):
    """The variables held in a partial correlation determine, or nearly determine, the one that is correlated."""
