"""What can go wrong, as types: one root, each error with its data as attributes.

Every error shows the offending value, what would have been valid and what to do; each also inherits the
builtin that a caller would expect, and pickles and copies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Self, dataclass_transform

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


@dataclass_transform(eq_default=False)
class NatoBurdenError(Exception):
    """Root of every error that the library raises on purpose; the annotations of a class are what its errors carry."""

    _names: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._names = tuple(cls.__annotations__)

    def __init__(self, *given: Any, **named: Any) -> None:
        """Take the data in the order of the annotations, or by name.

        It is written once, since generated methods of thirty classes would take as long as importing attrs.
        """
        names = self._names
        data = dict(zip(names, given, strict=False)) | named
        if names and (len(data) < len(given) + len(named) or not data.keys() <= {*names}):
            raise TypeError(f"{type(self).__name__} takes {', '.join(names)}")
        try:
            values = [data[name] if name in data else getattr(type(self), name) for name in names]
        except AttributeError:
            raise TypeError(f"{type(self).__name__} needs {', '.join(names)}") from None
        super().__init__(*(values if names else given))
        self.__dict__.update(zip(names, values, strict=True))


def _sentence(problem: str, valid: str = "", hint: str = "") -> str:
    """Return a message from its three parts: what is wrong, what is valid, what to do."""
    parts = [problem, f"valid: {valid}" if valid else "", hint]
    return "; ".join(part for part in parts if part)


def _short(text: str, most: int = 36) -> str:
    """Return an offending value as text, cut where it would drown the message."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text)} characters)"


def listed(names: Sequence[str], most: int = 12) -> str:
    """Return the valid set as text, cut where it would drown the message."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


# --- numbers ---------------------------------------------------------------------------------------------


class InvalidNumberError(NatoBurdenError, ValueError):
    """A text or number is not a finite decimal number, or is out of range."""

    what: str
    value: str
    valid: str = "a finite decimal number"
    hint: str = ""

    def __str__(self) -> str:
        return _sentence(f"{self.what}: {_short(self.value)!r} is not usable", self.valid, self.hint)


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


class InvalidYearError(NatoBurdenError, ValueError):
    """A year is not a calendar year in the range of the library."""

    value: str
    valid: str

    def __str__(self) -> str:
        return _sentence(f"{_short(self.value)} is not a usable year", self.valid)


class ShareOutOfRangeError(NatoBurdenError, ValueError):
    """A part is less than nothing or more than its whole."""

    percent: str

    def __str__(self) -> str:
        return _sentence(
            f"{self.percent} % is not a share of a whole",
            "0 % to 100 %",
            "Share.percent('3.5') and Share.fraction('0.035') are the same share; "
            "use Rate for growth, PercentagePoints for differences",
        )


# --- money -----------------------------------------------------------------------------------------------


class MixedCurrenciesError(NatoBurdenError, ValueError):
    """Amounts in different currencies cannot be combined."""

    left: str
    right: str
    hint: str = "exchange one side first, at a rate you can name"

    def __str__(self) -> str:
        return _sentence(
            f"{self.left} and {self.right} are different currencies",
            "one currency on both sides",
            f"nothing converts implicitly: {self.hint}",
        )


class MixedPriceBasesError(NatoBurdenError, ValueError):
    """Amounts at different price bases cannot be combined."""

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


class MixedEditionsError(NatoBurdenError, ValueError):
    """Figures of different editions cannot be combined: each edition revises the same years."""

    left: str
    right: str

    def __str__(self) -> str:
        return _sentence(
            f"{self.left} and {self.right} are of different editions",
            "figures of one edition",
            "look both up in one table, or say mixed_editions_ok=True if you mean to mix them",
        )


class UnexpectedValueError(NatoBurdenError, ValueError):
    """A value is of another kind, or written in another way, than expected."""

    what: str
    value: str
    hint: str

    def __str__(self) -> str:
        return _sentence(f"{_short(self.value)} is not usable as {self.what}", "", self.hint)


# --- quantities ------------------------------------------------------------------------------------------


class MixedQuantitiesError(NatoBurdenError, ValueError):
    """Quantities of different kind, unit or calorific basis cannot be combined."""

    left: str
    right: str

    def __str__(self) -> str:
        return _sentence(
            f"cannot combine {self.left} with {self.right}",
            "one kind, one unit and one basis on both sides",
            "nothing converts implicitly: natoburden.units converts, and names its factors",
        )


class GasBasisError(NatoBurdenError, ValueError):
    """Gas cannot be converted, since its basis is not known or is another one."""

    quantity: str
    needed: str
    hint: str

    def __str__(self) -> str:
        return _sentence(f"{self.quantity} does not say what is needed", self.needed, self.hint)


# --- names -----------------------------------------------------------------------------------------------


class UnknownNameError(NatoBurdenError, LookupError):
    """A name is not one of the valid names (of a currency, group, edition, target, measure ...)."""

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


class UnknownCountryError(NatoBurdenError, LookupError):
    """No country matches this name or code."""

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


class NotAMemberError(NatoBurdenError, LookupError):
    """A country is not in the group it is asked about, on that date or in that year."""

    country: str
    group: str
    when: str
    periods: str

    def __str__(self) -> str:
        return _sentence(f"{self.country} is not in {self.group} in {self.when}", self.periods)


# --- tables ----------------------------------------------------------------------------------------------


class NoObservationError(NatoBurdenError, LookupError):
    """A table has no such figure; missing is never zero."""

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


class MissingFiguresError(NatoBurdenError, LookupError):
    """Your figures lack some of the countries that a statistic counts; there are no partial statistics."""

    name: str
    countries: tuple[str, ...]

    def __str__(self) -> str:
        return _sentence(
            f"no {self.name} of {listed(self.countries)}",
            "",
            "give a figure for every member of the group in that year, zero where there is none, or another group",
        )


class TooFewError(NatoBurdenError, ValueError):
    """A statistic needs more countries than were given."""

    what: str
    count: int
    needed: int

    def __str__(self) -> str:
        return _sentence(f"{self.what} of {self.count}", f"at least {self.needed}")


class TargetMismatchError(NatoBurdenError, ValueError):
    """A calculator cannot measure this target from what it was given."""

    target: str
    needed: str

    def __str__(self) -> str:
        return _sentence(f"{self.target} cannot be measured here", self.needed)


class UnreachableError(NatoBurdenError, ValueError):
    """No number satisfies the path that was asked for."""

    what: str
    hint: str

    def __str__(self) -> str:
        return _sentence(self.what, "", self.hint)


# --- documents, data, installation -----------------------------------------------------------------------


class MissingSourceError(NatoBurdenError, ValueError):
    """A figure has no source."""

    what: str

    def __str__(self) -> str:
        return _sentence(f"{self.what} names no source", "a title, and a publisher or an address")


class DataIntegrityError(NatoBurdenError, RuntimeError):
    """A packaged data file is not the one that was published with this version."""

    file: str
    problem: str

    def __str__(self) -> str:
        return _sentence(f"packaged file {self.file}: {self.problem}", "", "reinstall natoburden")


class DocumentFault(NatoBurdenError, ValueError):  # noqa: N818 # a fault is one part of a DocumentError
    """One thing that is wrong in a document, with the path to it."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class DocumentError(NatoBurdenError, ExceptionGroup[DocumentFault]):
    """Everything that is wrong in one document, each fault with its path.

    >>> error = DocumentError("targets.toml", [DocumentFault("targets[0].share", "unknown key")])
    >>> print(error)
    targets.toml: 1 fault
      targets[0].share: unknown key
    """

    def __new__(cls, document: str, faults: Sequence[DocumentFault]) -> Self:  # noqa: D102 # the class says it
        return super().__new__(cls, document, faults)

    def __init__(self, document: str, faults: Sequence[DocumentFault]) -> None:
        super().__init__(document, faults)

    @property
    def document(self) -> str:
        """The name of the document."""
        return self.message

    @property
    def faults(self) -> tuple[DocumentFault, ...]:
        """Everything that is wrong, in the order of the document."""
        return tuple(fault for fault in self.exceptions if isinstance(fault, DocumentFault))

    def derive(self, excs: Sequence[DocumentFault], /) -> DocumentError:  # type: ignore[override] # the faults keep their type
        """Return a group of the same type, as ``except*`` needs when it splits one."""
        return DocumentError(self.document, excs)

    def __str__(self) -> str:
        count = len(self.exceptions)
        lines = [f"{self.document}: {count} fault{'s' if count > 1 else ''}"]
        return "\n  ".join([*lines, *map(str, self.exceptions)])


class ReaderError(NatoBurdenError, ValueError):
    """A publisher's file is not what a reader expects; nothing of it is read.

    `position` is the line, or the sheet and row, of the problem; empty where it concerns the whole file.
    """

    file: str
    position: str
    problem: str
    expected: str = ""

    def __str__(self) -> str:
        where = f"{self.file}, {self.position}" if self.position else self.file
        return _sentence(f"{where}: {self.problem}", self.expected)


class FrameError(NatoBurdenError, ValueError):
    """A data frame lacks a column, or has values that a calculator cannot use; every fault is named."""

    faults: tuple[str, ...]
    columns: tuple[str, ...] = ()
    hint: str = ""

    def __str__(self) -> str:
        there = f"the columns are {listed(self.columns)}" if self.columns else ""
        return "; ".join(part for part in (*self.faults, there, self.hint) if part)


class MissingExtraError(NatoBurdenError, ImportError):
    """A feature needs a library that the core does not install."""

    feature: str
    library: str
    extra: str

    @property
    def name(self) -> str:  # type: ignore[override] # where users of ImportError look
        """The library that is missing."""
        return self.library

    def __str__(self) -> str:
        return _sentence(
            f"{self.feature} needs {self.library}", "", f"pip install 'natoburden[{self.extra}]' provides it"
        )


# --- warnings --------------------------------------------------------------------------------------------


class NatoBurdenWarning(UserWarning):
    """Root of the library's warnings; make it fatal with ``warnings.simplefilter("error", NatoBurdenWarning)``."""


class CurrentPricesWarning(NatoBurdenWarning):
    """Amounts at current prices of different years were added, although their price levels differ."""


class OppositeSignsWarning(NatoBurdenWarning):
    """A share meets a target while the money falls short of it, or vice versa: the two are deflated differently."""


class MixedDefinitionsWarning(NatoBurdenWarning):
    """A promise in a national definition was compared with NATO's figure: the two count different spending."""


class DoubleCountingWarning(NatoBurdenWarning):
    """Purchases were credited that an ally's expenditure already includes."""


class MixedSetsWarning(NatoBurdenWarning):
    """A purchase of one group was compared with the gap of another: the two are different sets of countries."""


class MissingFontWarning(NatoBurdenWarning):
    """No installed font has the letters of a locale, so that a chart is in English."""


class CollinearVariablesWarning(NatoBurdenWarning):
    """The control variables of a partial correlation determine, or nearly determine, the one that is correlated."""
