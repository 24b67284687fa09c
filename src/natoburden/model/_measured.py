"""The base of quantities: exact amounts that can be combined only if their kind, unit and basis agree."""

from __future__ import annotations

import abc
from decimal import Decimal
from typing import Self

import attrs

from natoburden.errors import MixedQuantitiesError
from natoburden.model._amounts import Amount
from natoburden.model._numbers import Number, checked_decimal, plain, rounded

__all__ = ["_Measured", "column_name"]


def _to_amount(value: Number) -> Decimal:
    return checked_decimal(value, "quantity")


def column_name(unit: str) -> str:
    """Return a unit in the form that names of columns use."""
    return unit.lower().replace(" °c", "c").replace("³", "3").translate(str.maketrans(" ", "_", "(),"))


@attrs.frozen
class _Measured(Amount):
    """An exact signed amount in a unit; only amounts of the same kind, unit and basis can be added or compared.

    Units are never converted implicitly: `natoburden.units.convert` converts an amount to another unit.
    """

    amount: Decimal = attrs.field(converter=_to_amount)

    @property
    @abc.abstractmethod
    def kind(self) -> str:
        """The unit and the basis; two amounts can be added only if both agree."""

    @property
    def in_column(self) -> tuple[str, Decimal]:
        """The unit in the form that names of columns use, and the number in that unit."""
        return column_name(self.kind), self.amount

    def with_amount(self, amount: Number) -> Self:
        """Return a given number as an amount in the same unit and on the same basis."""
        return attrs.evolve(self, amount=amount)

    @property
    def _figure(self) -> Decimal:
        return self.amount

    def _meets(self, other: object) -> bool:
        if not isinstance(other, _Measured):
            return False
        if type(self) is not type(other) or self.kind != other.kind:
            ours, theirs = f"{type(self).__name__} in {self.kind}", f"{type(other).__name__} in {other.kind}"
            raise MixedQuantitiesError(ours, theirs)
        return True

    def __repr__(self) -> str:
        return f"{type(self).__name__}('{plain(self.amount)} {self.kind}')"

    def __str__(self) -> str:
        return f"{rounded(self.amount, 2):,f} {self.kind}"
