"""Errors about numbers, money and quantities."""

from __future__ import annotations

from natoburden.errors._root import NatoBurdenError, sentence, short

__all__ = [
    "GasBasisError",
    "InexactNumberError",
    "InvalidNumberError",
    "InvalidYearError",
    "MixedCurrenciesError",
    "MixedEditionsError",
    "MixedPriceBasesError",
    "MixedQuantitiesError",
    "MixedReportersError",
    "NotAContractError",
    "ShareOutOfRangeError",
    "UnexpectedValueError",
]


class InvalidNumberError(NatoBurdenError, ValueError):
    """A text or number is not a finite decimal number, or is out of range."""

    what: str
    value: str
    valid: str = "a finite decimal number"
    hint: str = ""

    def __str__(self) -> str:
        return sentence(f"{self.what}: {short(self.value)!r} is not usable", self.valid, self.hint)


class InexactNumberError(NatoBurdenError, TypeError):
    """A number has a type, such as float, that cannot hold a published figure exactly."""

    what: str
    value: str
    type_name: str

    def __str__(self) -> str:
        return sentence(
            f"{self.what}: {short(self.value)} is a {self.type_name}",
            "str, int or Decimal",
            "write the figure as a string, as it was published: '2.22'",
        )


class InvalidYearError(NatoBurdenError, ValueError):
    """A year is not a whole calendar year, or is outside the valid range."""

    value: str
    valid: str

    def __str__(self) -> str:
        return sentence(f"{short(self.value)} is not a usable year", self.valid)


class ShareOutOfRangeError(NatoBurdenError, ValueError):
    """A share is below 0 % or above 100 % of its whole."""

    percent: str

    def __str__(self) -> str:
        return sentence(
            f"{self.percent} % is not a share of a whole",
            "0 % to 100 %",
            "Share.percent('3.5') and Share.fraction('0.035') are the same share; "
            "use Rate for growth, PercentagePoints for differences",
        )


class MixedCurrenciesError(NatoBurdenError, ValueError):
    """Amounts in different currencies cannot be combined."""

    left: str
    right: str
    hint: str = "exchange one side first, at a rate you can name"

    def __str__(self) -> str:
        return sentence(
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
        return sentence(
            f"{self.left} and {self.right} are {'different' if known else 'perhaps different'} price bases",
            "one basis on both sides",
            "nothing deflates implicitly: read both figures at the same basis"
            if known
            else "assuming(basis) says at which prices an amount without a stated basis is taken",
        )


class MixedEditionsError(NatoBurdenError, ValueError):
    """Figures of different editions cannot be combined, because each edition revises figures of earlier years."""

    left: str
    right: str

    def __str__(self) -> str:
        return sentence(
            f"{self.left} and {self.right} are of different editions",
            "figures of one edition",
            "look both up in one table, or say mixed_editions_ok=True if you mean to mix them",
        )


class MixedReportersError(NatoBurdenError, ValueError):
    """Flows reported by importers and by exporters cannot be combined, because one cargo would count twice."""

    left: str
    right: str

    def __str__(self) -> str:
        return sentence(
            f"{self.left} and {self.right} are reported by different sides",
            "flows that one side reports",
            "one cargo stands in both, and cargoes are diverted: keep two tables, and show them side by side",
        )


class UnexpectedValueError(NatoBurdenError, ValueError):
    """A value has an unexpected kind or an unexpected form."""

    what: str
    value: str
    hint: str

    def __str__(self) -> str:
        return sentence(f"{short(self.value)} is not usable as {self.what}", "", self.hint)


class NotAContractError(NatoBurdenError, TypeError):
    """A notice to Congress was given in place of a contract; nobody agreed on the ceiling of a notice or paid it."""

    notice: str

    def __str__(self) -> str:
        return sentence(
            f"{short(self.notice, 60)} is a notice of what may be sold at most, not a contract",
            "contracts",
            "ceilings are counted apart, and never add to what was agreed on or paid",
        )


class MixedQuantitiesError(NatoBurdenError, ValueError):
    """Quantities that differ in kind, unit or calorific basis cannot be combined."""

    left: str
    right: str

    def __str__(self) -> str:
        return sentence(
            f"cannot combine {self.left} with {self.right}",
            "one kind, one unit and one basis on both sides",
            "nothing converts implicitly: natoburden.units converts, and names its factors",
        )


class GasBasisError(NatoBurdenError, ValueError):
    """A quantity has no basis or the wrong basis for a conversion of gas, or the factors are missing."""

    quantity: str
    needed: str
    hint: str

    def __str__(self) -> str:
        return sentence(f"{self.quantity} does not say what is needed", self.needed, self.hint)
