"""Quantities of energy, gas, oil and LNG: exact, each in its unit, and gas with the basis that it is counted on."""

from __future__ import annotations

import abc
import contextlib
import enum
import itertools
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self, TypeAlias, overload

import attrs

from natoburden.errors import GasBasisError, InvalidNumberError, MixedQuantitiesError, UnexpectedValueError
from natoburden.model._checks import exactly, not_from_zero
from natoburden.model._numbers import CONTEXT, Number, checked_decimal, divide, multiply, plain, rounded
from natoburden.model.shares import Share
from natoburden.model.sources import Source

__all__ = [
    "CalorificBasis",
    "ConversionSet",
    "Energy",
    "EnergyQuantity",
    "EnergyUnit",
    "GasBasis",
    "GasReference",
    "GasUnit",
    "GasVolume",
    "LngMass",
    "MassUnit",
    "OilUnit",
    "OilVolume",
    "parse_quantity",
]

_QUANTITY = re.compile(r"(?P<amount>[0-9eE.+-]+) (?P<unit>[^()]+?)(?: \((?P<basis>[^()]+)\))?")


class EnergyUnit(enum.Enum):
    """A unit of energy; ``MMBTU`` is a million Btu, as gas is traded, and ``TBTU`` a million of those."""

    MJ = "MJ"
    GJ = "GJ"
    TJ = "TJ"
    PJ = "PJ"
    MWH = "MWh"
    GWH = "GWh"
    TWH = "TWh"
    THERM = "therm"
    MMBTU = "MMBtu"
    TBTU = "TBtu"
    TOE = "toe"
    KTOE = "ktoe"
    MTOE = "Mtoe"
    BOE = "boe"

    def __str__(self) -> str:
        return self.value


class GasUnit(enum.Enum):
    """A unit of gas volume; ``MCM`` is a million and ``BCM`` a thousand million cubic metres, ``BCF`` so many feet."""

    M3 = "m³"
    MCM = "mcm"
    BCM = "bcm"
    BCF = "bcf"

    def __str__(self) -> str:
        return self.value


class OilUnit(enum.Enum):
    """A unit of oil volume; the barrel is the oil trade's, of 42 American gallons."""

    BARREL = "barrel"
    CUBIC_METRE = "m³ of oil"

    def __str__(self) -> str:
        return self.value


class MassUnit(enum.Enum):
    """A unit of LNG's mass: tonnes, and millions of them."""

    T = "t"
    MT = "Mt"

    def __str__(self) -> str:
        return self.value


class CalorificBasis(enum.Enum):
    """Whether the heat in the steam that burning makes is counted (gross) or not (net).

    ``UNSTATED`` is what a source leaves open. Gas is sold by gross energy; most energy balances are net.
    """

    GROSS = "gross"
    NET = "net"
    UNSTATED = "unstated"

    def __str__(self) -> str:
        return self.value


class GasReference(enum.Enum):
    """The temperature at which a volume of gas is counted: normal cubic metres at 0 °C, standard ones at 15 °C."""

    NORMAL = "0 °C"
    STANDARD = "15 °C"

    def __str__(self) -> str:
        return self.value


def _is_stated(_instance: object, _attribute: object, value: CalorificBasis) -> None:
    if value is CalorificBasis.UNSTATED:
        raise GasBasisError("a basis for gas", "gross or net", "leave the basis out where it is not stated")


@attrs.frozen
class GasBasis:
    """What makes a volume of gas an amount of energy: gross or net heat, and the reference temperature.

    >>> print(GasBasis(CalorificBasis.GROSS, GasReference.STANDARD))
    gross, 15 °C
    """

    calorific: CalorificBasis = attrs.field(validator=[exactly(CalorificBasis, "gross or net"), _is_stated])
    reference: GasReference = attrs.field(validator=exactly(GasReference, "a reference temperature"))

    def __str__(self) -> str:
        return f"{self.calorific}, {self.reference}"


def _to_amount(value: Number) -> Decimal:
    return checked_decimal(value, "quantity")


@attrs.frozen
class _Measured(abc.ABC):
    """An exact signed amount in a unit; adds and compares only with its own kind, unit and basis.

    Nothing converts implicitly: `natoburden.units.convert` changes the unit.
    """

    amount: Decimal = attrs.field(converter=_to_amount)

    @property
    @abc.abstractmethod
    def kind(self) -> str:
        """The unit with all that keeps two amounts apart."""

    def with_amount(self, amount: Number) -> Self:
        """Give another amount of the same unit and basis."""
        return attrs.evolve(self, amount=amount)

    @classmethod
    def total(cls, quantities: Iterable[Self]) -> Self:
        """Add up quantities of one kind exactly; an empty sum has no unit and raises `InvalidNumberError`."""
        iterator = iter(quantities)
        first = next(iterator, None)
        if first is None:
            raise InvalidNumberError("total of quantities", "nothing", "at least one, to know the unit")
        whole = Decimal(0)
        for item in itertools.chain((first,), iterator):
            _check_same_kind(item, first)
            whole = CONTEXT.add(whole, item.amount)
        return first.with_amount(whole)

    def share_of(self, whole: Self) -> Share:
        """Give this quantity as a share of a whole of the same kind."""
        _check_same_kind(self, whole)
        return Share.of(self.amount, whole.amount)

    def __add__(self, other: Self) -> Self:
        _check_same_kind(self, other)
        return self.with_amount(CONTEXT.add(self.amount, other.amount))

    if not TYPE_CHECKING:  # a type checker refuses sum() by itself

        def __radd__(self, other: object) -> Any:
            return not_from_zero(other, "write the class's own total, such as Energy.total(quantities)")

    def __sub__(self, other: Self) -> Self:
        _check_same_kind(self, other)
        return self.with_amount(CONTEXT.subtract(self.amount, other.amount))

    def __mul__(self, other: int | Decimal | Share) -> Self:
        if isinstance(other, Share):
            return self.with_amount(multiply(self.amount, other.as_fraction))
        if not isinstance(other, int | Decimal):
            return NotImplemented
        return self.with_amount(multiply(self.amount, checked_decimal(other, "factor")))

    __rmul__ = __mul__

    @overload
    def __truediv__(self, other: int | Decimal) -> Self: ...
    @overload
    def __truediv__(self, other: Self) -> Decimal: ...
    def __truediv__(self, other: Any) -> Self | Decimal:
        """Divide by a number, or by a quantity of the same kind to get a plain ratio."""
        if isinstance(other, _Measured):
            _check_same_kind(self, other)
            return divide(self.amount, _divisor(other.amount))
        if not isinstance(other, int | Decimal):
            return NotImplemented
        return self.with_amount(divide(self.amount, _divisor(checked_decimal(other, "divisor"))))

    def __neg__(self) -> Self:
        return self.with_amount(self.amount.copy_negate())

    def __lt__(self, other: Self) -> bool:
        _check_same_kind(self, other)
        return self.amount < other.amount

    def __le__(self, other: Self) -> bool:
        _check_same_kind(self, other)
        return self.amount <= other.amount

    def __gt__(self, other: Self) -> bool:
        _check_same_kind(self, other)
        return self.amount > other.amount

    def __ge__(self, other: Self) -> bool:
        _check_same_kind(self, other)
        return self.amount >= other.amount

    def __repr__(self) -> str:
        return f"{type(self).__name__}('{plain(self.amount)} {self.kind}')"

    def __str__(self) -> str:
        return f"{rounded(self.amount, 2):,f} {self.kind}"


def _check_same_kind(left: _Measured, right: object) -> None:
    if not isinstance(right, _Measured):
        raise TypeError(f"a quantity meets only quantities here, not {right!r}")
    if type(left) is not type(right) or left.kind != right.kind:
        raise MixedQuantitiesError(f"{type(left).__name__} in {left.kind}", f"{type(right).__name__} in {right.kind}")


def _divisor(value: Decimal) -> Decimal:
    if not value:
        raise InvalidNumberError("divisor", "0", "anything but zero", "a ratio to nothing is not a number")
    return value


@attrs.frozen(repr=False)
class Energy(_Measured):
    """An amount of energy, in its unit, gross or net where the source says so.

    Adding and comparing need one unit and one calorific basis. Raises `MixedQuantitiesError`,
    `InvalidNumberError`, `InexactNumberError`.

    >>> Energy("36", EnergyUnit.PJ, CalorificBasis.NET) * 2
    Energy('72 PJ (net)')
    >>> Energy(1, EnergyUnit.TWH, CalorificBasis.NET) + Energy(1, EnergyUnit.TWH, CalorificBasis.GROSS)
    Traceback (most recent call last):
        ...
    natoburden.errors.MixedQuantitiesError: Energy in TWh (net) and Energy in TWh (gross) do not meet; ...
    """

    unit: EnergyUnit = attrs.field(validator=exactly(EnergyUnit, "a unit of energy"))
    calorific: CalorificBasis = attrs.field(
        default=CalorificBasis.UNSTATED, validator=exactly(CalorificBasis, "gross, net or unstated")
    )

    @property
    def kind(self) -> str:
        """The unit, and gross or net."""
        return str(self.unit) if self.calorific is CalorificBasis.UNSTATED else f"{self.unit} ({self.calorific})"

    def assuming(self, calorific: CalorificBasis) -> Energy:
        """Take an amount whose basis was not stated as gross or net: an assumption, made in sight.

        Raises `GasBasisError` for an amount whose basis is known.
        """
        if self.calorific is not CalorificBasis.UNSTATED:
            raise GasBasisError(str(self), "an amount whose basis is unstated", "a stated basis is not assumed away")
        return Energy(self.amount, self.unit, calorific)


@attrs.frozen(repr=False)
class GasVolume(_Measured):
    """A volume of gas, with the basis that it is counted on where the source says so.

    A volume is no amount of energy: `natoburden.units.to_energy` needs its basis and a named set of factors.

    >>> GasVolume("0.7", GasUnit.BCM)
    GasVolume('0.7 bcm')
    >>> GasVolume("0.7", GasUnit.BCM).assuming(GasBasis(CalorificBasis.GROSS, GasReference.STANDARD))
    GasVolume('0.7 bcm (gross, 15 °C)')
    """

    unit: GasUnit = attrs.field(validator=exactly(GasUnit, "a unit of gas volume"))
    basis: GasBasis | None = attrs.field(default=None, validator=exactly(GasBasis, "a basis for gas", optional=True))

    @property
    def kind(self) -> str:
        """The unit, and the basis."""
        return str(self.unit) if self.basis is None else f"{self.unit} ({self.basis})"

    def assuming(self, basis: GasBasis) -> GasVolume:
        """Take a volume without a stated basis as if it were on one: an assumption, made in sight.

        Raises `GasBasisError` for a volume whose basis is known.
        """
        if self.basis is not None:
            raise GasBasisError(str(self), "a volume without a basis", "a stated basis is not assumed away")
        return GasVolume(self.amount, self.unit, basis)


@attrs.frozen(repr=False)
class LngMass(_Measured):
    """A mass of liquefied natural gas.

    >>> print(LngMass("5.5", MassUnit.MT))
    5.50 Mt of LNG
    """

    unit: MassUnit = attrs.field(default=MassUnit.MT, validator=exactly(MassUnit, "a unit of mass"))

    @property
    def kind(self) -> str:
        """The unit, of LNG."""
        return f"{self.unit} of LNG"


@attrs.frozen(repr=False)
class OilVolume(_Measured):
    """A volume of oil.

    >>> OilVolume(1, OilUnit.BARREL)
    OilVolume('1 barrel')
    """

    unit: OilUnit = attrs.field(default=OilUnit.BARREL, validator=exactly(OilUnit, "a unit of oil volume"))

    @property
    def kind(self) -> str:
        """The unit."""
        return str(self.unit)


EnergyQuantity: TypeAlias = Energy | GasVolume | LngMass | OilVolume


def parse_quantity(text: str) -> EnergyQuantity:
    """Read a quantity as it is written: ``2 Mt of LNG``, ``0.7 bcm``, ``4 bcm (gross, 15 °C)``, ``36 PJ (net)``.

    Raises `UnexpectedValueError` for what names no known unit.

    >>> parse_quantity("0.7 bcm"), parse_quantity("36 PJ (net)"), parse_quantity("2 Mt of LNG")
    (GasVolume('0.7 bcm'), Energy('36 PJ (net)'), LngMass('2 Mt of LNG'))
    """
    found = _QUANTITY.fullmatch(text.strip())
    if found:
        amount, unit, basis = found["amount"], found["unit"], found["basis"]
        with contextlib.suppress(ValueError):  # the name of no member
            if unit in _ENERGY_UNITS:
                return Energy(amount, EnergyUnit(unit), CalorificBasis(basis or "unstated"))
            if unit in _GAS_UNITS:
                return GasVolume(amount, GasUnit(unit), _parse_basis(basis) if basis else None)
            if basis is None:
                return (
                    LngMass(amount, MassUnit(unit[:-7]))
                    if unit.endswith(" of LNG")
                    else OilVolume(amount, OilUnit(unit))
                )
    raise UnexpectedValueError("a quantity", repr(text), "write it as 2 Mt of LNG, 0.7 bcm or 36 PJ (net)")


_ENERGY_UNITS = {unit.value for unit in EnergyUnit}
_GAS_UNITS = {unit.value for unit in GasUnit}


def _parse_basis(text: str) -> GasBasis:
    calorific, _, reference = text.partition(", ")
    return GasBasis(CalorificBasis(calorific), GasReference(reference))


@attrs.frozen(kw_only=True)
class ConversionSet:
    """Factors that one publisher uses between mass, volume and energy of gas; what it does not give stays empty.

    `heat_of_gas` is the energy in a cubic metre counted at `reference`; `heat_of_lng` the energy in a tonne of LNG;
    `gas_from_lng` the volume that a tonne becomes. A set is always named: there is none by default. `further_sources`
    are those of a set that completes it.
    """

    key: str
    name: str
    heat_of_gas: Energy | None = None
    reference: GasReference | None = None
    heat_of_lng: Energy | None = None
    gas_from_lng: GasVolume | None = None
    source: Source
    further_sources: tuple[Source, ...] = attrs.field(default=(), repr=False)
    note: str = attrs.field(default="", repr=False)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that the factors come from."""
        return (self.source, *self.further_sources)

    @property
    def calorific(self) -> CalorificBasis | None:
        """Whether its factors count heat gross or net; None where none of them tells."""
        heats = (self.heat_of_gas, self.heat_of_lng)
        told = [heat.calorific for heat in heats if heat is not None]
        if self.gas_from_lng is not None and self.gas_from_lng.basis is not None:
            told.append(self.gas_from_lng.basis.calorific)
        return next(iter(told), None)

    def completed_by(self, other: ConversionSet) -> ConversionSet:
        """Return this set with the factors of another where it has none; both stay named, and both keep their sources.

        Raises `GasBasisError` where one counts heat gross and the other net.

        >>> from natoburden.datasets import conversion_set
        >>> both = conversion_set("sabine-pass-filing").completed_by(conversion_set("norwegian-shelf"))
        >>> print(both, "|", both.heat_of_lng, "|", both.heat_of_gas)
        Sabine Pass contract filing, 2012, completed by Norwegian shelf | 52.09 MMBtu (gross) | 40.00 MJ (gross)
        """
        bases = {self.calorific, other.calorific} - {None}
        if len(bases) > 1:
            needed = f"a set that counts heat {self.calorific}"
            raise GasBasisError(f"{self} and {other}", needed, "gross and net factors are not mixed in one set")
        own = self.heat_of_gas is not None
        return ConversionSet(
            key=f"{self.key}+{other.key}",
            name=f"{self}, completed by {other}",
            heat_of_gas=self.heat_of_gas if own else other.heat_of_gas,
            reference=self.reference if own else other.reference,
            heat_of_lng=self.heat_of_lng or other.heat_of_lng,
            gas_from_lng=self.gas_from_lng or other.gas_from_lng,
            source=self.source,
            further_sources=(*self.further_sources, *other.sources),
            note=" ".join(filter(None, (self.note, other.note))),
        )

    def __str__(self) -> str:
        return self.name
