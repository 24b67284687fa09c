"""How much of an ally's arms comes from abroad, computed from records, or from totals by one of two formulas."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar, Unpack

import attrs

from natoburden.calculators.concentration import Interval, in_percent
from natoburden.calculators.dependency._amounts import Amount, as_amount, in_words
from natoburden.calculators.dependency._options import Options
from natoburden.calculators.dependency._parts import foreign_part
from natoburden.calculators.dependency._records import Measured, measured
from natoburden.calculators.dependency._results import RecordResult, behind, warn_of_few
from natoburden.calculators.dependency._scope import Record
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.results import Result
from natoburden.errors import InvalidNumberError, UnexpectedValueError
from natoburden.model._numbers import CONTEXT, divide, multiply, plain, rounded
from natoburden.model.money import Money
from natoburden.model.procurement import Contract
from natoburden.model.shares import Share
from natoburden.model.transfers import Tiv

__all__ = ["ImportDependency", "ImportFormula", "ImportShare", "import_dependency", "import_share", "import_share_of"]

T = TypeVar("T", Money, Tiv)


class ImportFormula(enum.Enum):
    """A formula for dependency on imports; you must choose, since the two formulas give different numbers."""

    SUPPLY = "imports / (imports + domestic procurement − exports)"
    PROCUREMENT = "imports / (imports + domestic procurement)"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class ImportDependency(Result):
    """Imports divided by supply or by procurement, as a fraction.

    The ratio of imports to supply is above one if exports exceed domestic procurement.
    """

    ratio: Decimal
    imports: Money | Tiv
    whole: Money | Tiv
    by: ImportFormula

    @property
    def headline(self) -> str:
        return "Dependency on imports of arms"

    @property
    def formula(self) -> str:
        return str(self.by)

    @property
    def findings(self) -> Findings:
        return (
            Finding("dependency", self.ratio, lambda ratio: f"{plain(rounded(ratio.scaleb(2), 2))} %"),
            Finding("imports", self.imports),
            Finding("whole", self.whole),
        )


def import_dependency(imports: T, domestic: T, exports: T | None = None, *, formula: ImportFormula) -> ImportDependency:
    """Compute dependency on imports from totals in one unit: TIV, or money in one currency at one price basis.

    Two formulas are in use, and neither is standard; the result states which formula you chose. Give `exports` for
    ``ImportFormula.SUPPLY`` only. Raises `UnexpectedValueError` if this formula has no `exports`, or if another formula
    has them. Raises `InvalidNumberError` for a negative amount, and for a divisor that is not positive. Raises the
    errors of `Money` for amounts that cannot be added.

    >>> dependency = import_dependency(
    ...     Money.millions(60, "EUR"),
    ...     Money.millions(90, "EUR"),
    ...     Money.millions(30, "EUR"),
    ...     formula=ImportFormula.SUPPLY,
    ... )
    >>> dependency.ratio
    Decimal('0.5')
    """
    if (exports is None) is (formula is ImportFormula.SUPPLY):
        hint = "give exports=" if exports is None else "leave exports out"
        raise UnexpectedValueError("exports", str(exports), f"the formula is {formula}: {hint}")
    whole = imports + domestic
    if exports is not None:
        whole = whole - exports
    if min(_figure(imports), _figure(domestic)) < 0 or _figure(whole) <= 0:
        hint = f"imports and domestic production are zero or more: {imports} and {domestic}"
        raise InvalidNumberError("whole", str(whole), "more than zero", hint)
    return ImportDependency(ratio=divide(_figure(imports), _figure(whole)), imports=imports, whole=whole, by=formula)


def _figure(value: Money | Tiv) -> Decimal:
    return value.amount if isinstance(value, Money) else value.millions


@attrs.frozen(kw_only=True)
class ImportShare(RecordResult):
    """The share of contracts that comes from abroad, which is an interval if an origin is unknown."""

    formula = "share = Σ foreign part / Σ amount; high: what is of unknown origin is foreign too"

    scope: str
    interval: Interval
    domestic: Amount
    foreign: Amount
    unknown: Amount
    total: Amount

    @property
    def coverage(self) -> Share:
        """The share of the total that is known to be domestic or foreign."""
        return Share.fraction(CONTEXT.subtract(Decimal(1), self.interval.width))

    @property
    def headline(self) -> str:
        return f"Part of the purchases of {self.scope} that comes from abroad"

    @property
    def findings(self) -> Findings:
        return (
            Finding("from abroad", self.interval, in_percent),
            Finding("domestic", self.domestic, in_words),
            Finding("foreign", self.foreign, in_words),
            Finding("unknown", self.unknown, in_words),
            *self.cautions,
        )


def import_share(records: Iterable[Contract], **options: Unpack[Options]) -> ImportShare:
    """Compute the share of contracts that comes from abroad, that is, from outside the buyers' own countries.

    The ratio is imports divided by procurement. Takes the options of `supplier_shares`, and raises its errors; `basis`
    defines the origin.

    >>> from natoburden.model.origins import OriginBasis
    >>> from natoburden.datasets import announced_contracts
    >>> share = import_share(announced_contracts(), buyer="HUN", basis=OriginBasis.PLANT, few_records_ok=True)
    >>> print(share.findings[0])
    from abroad: 21.1 %
    >>> print(share.findings[-1])
    records: 1 counted of a sample, 2020; none left out
    """
    whole = measured(records, options)
    share = import_share_of(whole)
    warn_of_few(whole, share.rests_on)
    return share


def import_share_of(whole: Measured) -> ImportShare:
    """Compute the share of contracts from abroad, for records that already have an amount."""
    total = whole.total
    if not total:
        raise UnexpectedValueError("a scope", whole.scope, f"nothing counts: {whole.why_nothing}")
    bases = whole.bases
    home = abroad = Decimal(0)
    foreign: list[Record] = []
    for item in whole.counted:
        if not isinstance(item.record, Contract):
            raise UnexpectedValueError(
                "a contract", str(item.record), "a register of transfers holds imports only: give contracts"
            )
        own, other = foreign_part(item.record, item.record.buyers, bases)
        home = CONTEXT.add(home, multiply(item.amount, own))
        abroad = CONTEXT.add(abroad, multiply(item.amount, other))
        if other:
            foreign.append(item.record)
    unknown = max(CONTEXT.subtract(CONTEXT.subtract(total, home), abroad), Decimal(0))
    return ImportShare(
        scope=whole.scope,
        interval=Interval(divide(abroad, total), divide(CONTEXT.add(abroad, unknown), total)),
        domestic=as_amount(home, whole.unit),
        foreign=as_amount(abroad, whole.unit),
        unknown=as_amount(unknown, whole.unit),
        total=as_amount(total, whole.unit),
        numerator=tuple(foreign),
        **behind(whole),
    )
