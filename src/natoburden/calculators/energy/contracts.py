"""What is contracted: volume and energy by year, by origin or buyer, and when it expires."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from natoburden import units
from natoburden.calculators.energy._results import EnergyResult, evidence_of, factors
from natoburden.calculators.results import ResultTable
from natoburden.errors import GasBasisError, UnexpectedValueError
from natoburden.model._checks import expect, member
from natoburden.model.deals import DealStatus, EnergyDeal, EnergyDeals
from natoburden.model.quantities import (
    ConversionSet,
    Energy,
    EnergyUnit,
    GasBasis,
    GasUnit,
    GasVolume,
    LngMass,
    MassUnit,
    OilUnit,
    Quantity,
)

__all__ = [
    "Contracted",
    "ContractedRow",
    "Expiry",
    "ExpiryRow",
    "Grouping",
    "contracted",
    "expiry_profile",
    "yearly_energy",
]

_LARGE: Mapping[type[Any], Any] = {
    Energy: EnergyUnit.MMBTU,
    GasVolume: GasUnit.BCM,
    LngMass: MassUnit.MT,
}
_FIRM = (DealStatus.BINDING,)


class Grouping(enum.Enum):
    """What contracted quantities are grouped by; `NATION` is the buyer's country, without portfolio buyers."""

    ORIGIN = "origin"
    NATION = "nation"
    BUYER = "buyer"
    SELLER = "seller"
    ALL = "all"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class ContractedRow(EnergyResult):
    """What is contracted for one year by one group: as stated, kind by kind, and as energy where that is known."""

    year: int
    group: str
    stated: tuple[Quantity, ...]
    energy: Energy | None
    deals: tuple[str, ...]
    without_energy: tuple[str, ...]

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Contracted for {self.year}, {self.group}"

    @property
    def formula(self) -> str:
        """Sums over deals."""
        return "Σ yearly quantity of the deals that deliver in the year, each kind apart; energy by the named set"

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """The stated quantities, the energy, and the deals whose energy is not known."""
        energy = (("energy", str(self.energy)),) if self.energy else ()
        unknown = (("energy unknown of", ", ".join(self.without_energy)),) if self.without_energy else ()
        return (("stated", ", ".join(map(str, self.stated))), *energy, *unknown)


@attrs.frozen(kw_only=True)
class Contracted(EnergyResult):
    """What deals add up to, year by year; `left_out` names every deal that is not in it, and why."""

    by: Grouping
    rows: ResultTable[ContractedRow] = attrs.field(repr=False)
    left_out: Mapping[str, str]

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Contracted energy by {self.by}"

    @property
    def formula(self) -> str:
        """Sums over deals."""
        return "Σ yearly quantity of the deals that deliver in the year, each kind apart; energy by the named set"

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """Each year and group, and what is left out."""
        rows = ((f"{row.year}, {row.group}", ", ".join(map(str, row.stated))) for row in self.rows)
        return (*rows, *((f"left out, {key}", why) for key, why in self.left_out.items()))


def contracted(
    deals: EnergyDeals,
    years: Iterable[int],
    *,
    by: Grouping | str = Grouping.ALL,
    statuses: Iterable[DealStatus] = _FIRM,
    portfolio: bool = False,
    using: ConversionSet | None = None,
    unit: EnergyUnit = EnergyUnit.TWH,
    assuming: GasBasis | None = None,
) -> Contracted:
    """Add up what deals deliver in each year: as stated, LNG and gas and energy apart, and as energy.

    Only binding deals count unless `statuses` names more; a terminated one never does. Portfolio buyers are left
    out unless ``portfolio=True``, and can never be grouped by nation: what they buy is nobody's import. A deal that
    only has a total is taken in equal yearly parts. One without a start, a term or a volume is left out and named:
    nothing is guessed.

    Energy needs a named set of factors. Volumes of gas without a basis stay without energy unless `assuming` one;
    the deals whose energy is unknown are named in each row, and its energy is that of the others.

    Raises `UnexpectedValueError` for portfolio buyers by nation, and for terminated among the statuses.

    >>> from natoburden.datasets import conversion_set, energy_deals
    >>> filing = conversion_set("sabine-pass-filing")
    >>> result = contracted(energy_deals().of("Poland"), [2026, 2028], by=Grouping.ORIGIN, using=filing)
    >>> for row in result.rows:
    ...     print(row.year, row.group, [str(item) for item in row.stated], row.energy, row.without_energy)
    2026 United States ['2.00 Mt of LNG', '1.95 bcm'] 30.53 TWh (gross) ('E09',)
    2028 United States ['3.00 Mt of LNG', '1.95 bcm'] 45.80 TWh (gross) ('E09',)
    >>> result.left_out["E10"], result.left_out["E11"]
    ('terminated', 'the first or last year of deliveries is not told')
    """
    accepted, grouping = tuple(statuses), member(Grouping, by)
    if isinstance(years, int):
        raise UnexpectedValueError("years", repr(years), f"give several: [{years}]")
    if using is not None:
        expect(using, ConversionSet, "a set of factors", "give natoburden.datasets.conversion_set('bp-2021')")
    expect(unit, EnergyUnit, "a unit of energy", "write EnergyUnit.TWH")
    if DealStatus.TERMINATED in accepted:
        raise UnexpectedValueError("a status to count", "terminated", "a terminated deal adds nothing")
    if portfolio and grouping is Grouping.NATION:
        raise UnexpectedValueError("portfolio buyers by nation", "portfolio=True", "they are nobody's imports")
    left_out: dict[str, str] = {}
    counted: list[EnergyDeal] = []
    for deal in deals:
        why = _why_not(deal, accepted, portfolio=portfolio)
        if why:
            left_out[deal.key] = why
        else:
            counted.append(deal)
    rows = []
    for year in years:
        groups: dict[str, list[EnergyDeal]] = {}
        for deal in counted:
            if deal.delivers_in(year):
                groups.setdefault(_GROUPS[grouping](deal), []).append(deal)
        rows += [_row(year, name, groups[name], using, unit, assuming) for name in sorted(groups)]
    return Contracted(
        by=grouping,
        rows=ResultTable(rows=tuple(rows)),
        left_out=left_out,
        evidence=(*map(evidence_of, counted), *factors(using)),
    )


def _why_not(deal: EnergyDeal, accepted: tuple[DealStatus, ...], *, portfolio: bool) -> str:
    if deal.status not in accepted:
        return str(deal.status)
    if deal.is_portfolio and not portfolio:
        return "a portfolio buyer: nobody's imports"
    if not deal.is_dated:
        return "the first or last year of deliveries is not told"
    return "" if _yearly(deal) else "no volume is told"


def _yearly(deal: EnergyDeal) -> Quantity | None:
    """Give the yearly quantity as told, or a told total in equal parts over the years of delivery."""
    if deal.per_year is not None or deal.total is None or deal.start is None or deal.last_year is None:
        return deal.per_year
    return deal.total / (deal.last_year - deal.start + 1)


_GROUPS: Mapping[Grouping, Callable[[EnergyDeal], str]] = {
    Grouping.ORIGIN: lambda deal: deal.origin.name if deal.origin else "origin not told",
    Grouping.NATION: lambda deal: deal.buyer_country.name,
    Grouping.BUYER: lambda deal: deal.buyer,
    Grouping.SELLER: lambda deal: deal.seller,
    Grouping.ALL: lambda _deal: "all",
}


def yearly_energy(
    deal: EnergyDeal, unit: EnergyUnit, using: ConversionSet | None, assuming: GasBasis | None = None
) -> Energy:
    """Give what a deal delivers a year as energy; raises `GasBasisError` where it cannot be known.

    >>> from natoburden.datasets import conversion_set, energy_deals
    >>> print(yearly_energy(energy_deals()["E12"], EnergyUnit.TWH, conversion_set("sabine-pass-filing")))
    15.27 TWh (gross)
    """
    quantity = _yearly(deal)
    if quantity is None:
        raise GasBasisError(f"deal {deal.key}", "a volume", "its sources tell none")
    if isinstance(quantity, GasVolume) and quantity.basis is None and assuming is not None:
        quantity = quantity.assuming(assuming)
    if isinstance(quantity, Energy):
        return units.convert(quantity, unit)
    if using is None:
        raise GasBasisError(f"deal {deal.key}", "a named set of factors", "give using=")
    return units.to_energy(quantity, unit, using)


def _stated(deals: Iterable[EnergyDeal]) -> tuple[Quantity, ...]:
    """Add up quantities as told, each kind and basis apart."""
    sums: dict[tuple[type[Any], str], Any] = {}
    for deal in deals:
        quantity: Any = _yearly(deal)
        same = units.convert(quantity, _LARGE.get(type(quantity), OilUnit.BARREL))
        kind = type(same), same.kind
        sums[kind] = sums[kind] + same if kind in sums else same
    return tuple(sums.values())


def _row(
    year: int,
    name: str,
    deals: list[EnergyDeal],
    using: ConversionSet | None,
    unit: EnergyUnit,
    assuming: GasBasis | None,
) -> ContractedRow:
    energy: Energy | None = None
    unknown: list[str] = []
    for deal in deals:
        try:
            more = yearly_energy(deal, unit, using, assuming)
        except GasBasisError:
            unknown.append(deal.key)
            continue
        if energy is not None and more.calorific is not energy.calorific:
            unknown.append(deal.key)  # gross and net do not add
        else:
            energy = more if energy is None else energy + more
    return ContractedRow(
        year=year,
        group=name,
        stated=_stated(deals),
        energy=energy,
        deals=tuple(deal.key for deal in deals),
        without_energy=tuple(unknown),
        evidence=(*map(evidence_of, deals), *factors(using)),
    )


# --- expiry ----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ExpiryRow(EnergyResult):
    """What ends with a year, and what goes on after it, as stated."""

    year: int
    expiring: tuple[str, ...]
    ends: tuple[Quantity, ...]
    remains: tuple[Quantity, ...]

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Contracts that end with {self.year}"

    @property
    def formula(self) -> str:
        """Sums over deals."""
        return "ends = Σ yearly quantity of deals in their last year; remains = Σ of those that deliver in the next"

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """What ends and what remains."""
        return (("ends", ", ".join(map(str, self.ends))), ("remains", ", ".join(map(str, self.remains)) or "nothing"))


@attrs.frozen(kw_only=True)
class Expiry(EnergyResult):
    """The years in which contracts end; `left_out` names every deal that is not in it, and why."""

    years: ResultTable[ExpiryRow] = attrs.field(repr=False)
    left_out: Mapping[str, str]

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return "Expiry of contracts"

    @property
    def formula(self) -> str:
        """Sums over deals."""
        return "each deal ends with its last year; options to extend are not counted"

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """What ends in each year."""
        return tuple((str(row.year), ", ".join(row.expiring)) for row in self.years)


def expiry_profile(
    deals: EnergyDeals, *, since: int, statuses: Iterable[DealStatus] = _FIRM, portfolio: bool = False
) -> Expiry:
    """Say in which years contracts end, from a year on, and what goes on after each.

    Options to extend do not count. Deals left out are named with the reason, as `contracted` does.

    >>> from natoburden.datasets import energy_deals
    >>> for row in expiry_profile(energy_deals().of("Poland"), since=2026).years:
    ...     print(row.year, row.expiring, [str(item) for item in row.remains])
    2041 ('E08',) ['1.95 bcm', '1.00 Mt of LNG']
    2042 ('E09',) ['1.00 Mt of LNG']
    2046 ('E12',) []
    """
    whole = contracted(deals, (), statuses=statuses, portfolio=portfolio)
    counted = [deal for deal in deals if deal.key not in whole.left_out]
    last_years = sorted({deal.last_year for deal in counted if deal.last_year is not None and deal.last_year >= since})
    rows = []
    for year in last_years:
        ending = [deal for deal in counted if deal.last_year == year]
        rows.append(
            ExpiryRow(
                year=year,
                expiring=tuple(deal.key for deal in ending),
                ends=_stated(ending),
                remains=_stated(deal for deal in counted if deal.delivers_in(year + 1)),
                evidence=tuple(map(evidence_of, ending)),
            )
        )
    return Expiry(years=ResultTable(rows=tuple(rows)), left_out=whole.left_out, evidence=whole.evidence)
