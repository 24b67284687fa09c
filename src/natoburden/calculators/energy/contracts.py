"""Contracted volume and energy by year, and by origin or buyer."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping

import attrs

from natoburden.calculators.energy._counted import (
    Conversion,
    Scope,
    checked_years,
    coverage_of,
    dated_words,
    given,
    summed_by_kind,
)
from natoburden.calculators.findings import Finding, Findings, listed, percent
from natoburden.calculators.results import Result, ResultTable
from natoburden.errors import GasBasisError, UnexpectedValueError
from natoburden.model._checks import member
from natoburden.model._numbers import checked_year
from natoburden.model.deals import DealStatus, EnergyDeal, EnergyDeals
from natoburden.model.procurement import Bound
from natoburden.model.quantities import CalorificBasis, ConversionSet, Energy, EnergyQuantity, EnergyUnit, GasBasis
from natoburden.model.record_coverage import RecordCoverage
from natoburden.model.shares import Share

__all__ = [
    "Contracted",
    "ContractedRow",
    "Grouping",
    "contracted",
    "yearly_energy",
]

_FIRM = (DealStatus.BINDING,)


class Grouping(enum.Enum):
    """How contracted quantities are grouped; `NATION` is the buyer's country, and excludes portfolio buyers."""

    ORIGIN = "origin"
    NATION = "nation"
    BUYER = "buyer"
    SELLER = "seller"
    ALL = "all"

    @property
    def headline(self) -> str:
        """A title for the table, in a few words."""
        return "Contracted energy" if self is Grouping.ALL else f"Contracted energy by {self}"

    def __str__(self) -> str:
        return self.value


_FORMULA = "Σ yearly quantity of the deals that deliver in the year, each kind apart; energy by the named set"


@attrs.frozen(kw_only=True)
class ContractedRow(Result):
    """One group's contracted quantities in one year: a sum for each kind of quantity and, if known, the energy.

    `without_energy` lists the deals that `energy` leaves out. `at_least` lists the deals with only a lower bound of the
    volume, and `at_most` lists the deals with only an upper bound.
    """

    formula = _FORMULA

    year: int
    group: str
    stated: tuple[EnergyQuantity, ...]
    energy: Energy | None
    deals: tuple[str, ...]
    without_energy: tuple[str, ...]
    at_least: tuple[str, ...] = ()
    at_most: tuple[str, ...] = ()
    rests_on: RecordCoverage = attrs.field(repr=False, metadata={"in_row": False})

    @property
    def columns(self) -> Mapping[str, object]:
        return self.rests_on.in_columns

    @property
    def with_energy(self) -> tuple[str, ...]:
        """The deals that `energy` includes."""
        return tuple(key for key in self.deals if key not in self.without_energy)

    @property
    def headline(self) -> str:
        return f"Contracted for {self.year}, {self.group}"

    @property
    def findings(self) -> Findings:
        found = (
            Finding("stated", self.stated, listed),
            Finding("energy", self.energy),
            Finding("energy unknown of", self.without_energy, listed),
            Finding("at least, of", self.at_least, listed),
            Finding("at most, of", self.at_most, listed),
        )
        return (*(item for item in found if item.value), Finding("records", self.rests_on))


def _counted(deals: Mapping[str, str]) -> str:
    return f"<{len(deals)} deals>"


@attrs.frozen(kw_only=True)
class Contracted(Result):
    """The contracted quantities of deals, added up year by year.

    `left_out` lists every deal that is not counted in any year, with the reason. For each year, `may_deliver` lists the
    deals in `left_out` that may deliver in that year. `unknown_energy` lists the deals that count although their energy
    is unknown, each with the reason. `rests_on` gives the kind of record, the number of deals that count, and the years
    of these deals.
    """

    formula = _FORMULA

    by: Grouping
    rows: ResultTable[ContractedRow] = attrs.field(repr=False)
    left_out: Mapping[str, str] = attrs.field(repr=_counted, hash=False)
    may_deliver: Mapping[int, tuple[str, ...]] = attrs.field(factory=dict, repr=False, hash=False)
    unknown_energy: Mapping[str, str] = attrs.field(factory=dict, repr=_counted, hash=False)
    rests_on: RecordCoverage = attrs.field(repr=False, metadata={"in_row": False})

    @property
    def columns(self) -> Mapping[str, object]:
        return self.rests_on.in_columns

    def coverage(self, year: int) -> Share | None:
        """Return the share of a year's deals with known energy, by number of deals; None if the year has no deals.

        Deals that may or may not deliver in the year count as deals with unknown energy.
        """
        rows = [row for row in self.rows if row.year == year]
        known = sum(len(row.with_energy) for row in rows)
        unknown = sum(len(row.without_energy) for row in rows) + len(self.may_deliver.get(year, ()))
        return Share.of(known, known + unknown) if known + unknown else None

    @property
    def headline(self) -> str:
        return self.by.headline

    @property
    def findings(self) -> Findings:
        rows = (Finding(f"{row.year}, {row.group}", row.stated, listed) for row in self.rows)
        years = dict.fromkeys((*(row.year for row in self.rows), *self.may_deliver))
        shares = ((year, self.coverage(year)) for year in years)
        covered = (
            Finding(f"{year}, deals with known energy", share, percent) for year, share in shares if share is not None
        )
        unknown = (Finding(f"without energy, {key}", why) for key, why in self.unknown_energy.items())
        left_out = (Finding(f"left out, {key}", why) for key, why in self.left_out.items())
        return (*rows, *covered, *unknown, *left_out, Finding("records", self.rests_on))


def contracted(
    deals: EnergyDeals,
    years: Iterable[int],
    *,
    by: Grouping | str = Grouping.ALL,
    statuses: Iterable[DealStatus] = _FIRM,
    portfolio: bool = False,
    ceilings: bool = False,
    using: ConversionSet | None = None,
    unit: EnergyUnit | str = EnergyUnit.TWH,
    assuming: GasBasis | None = None,
) -> Contracted:
    """Compute what deals deliver in each year, both in the stated quantities and converted to energy.

    Only binding deals count unless `statuses` lists other statuses; a terminated deal never counts. Portfolio buyers
    are left out unless ``portfolio=True``. Portfolio buyers can never be grouped by nation, since their purchases are
    not imports of any country. A volume "up to" an upper bound is not yet bought: deals with such a bound are left out
    unless ``ceilings=True``.

    A total that a source states is divided into equal yearly parts, even if the source also states a different yearly
    rate. A deal with an unknown first year, last year or volume is left out, and is listed in `Contracted.left_out`.

    Energy is computed with the factors of `using`, and has the calorific basis of these factors (gross or net). The
    energy of quantities without a stated basis is unknown, unless you give a basis with `assuming`. Each row lists the
    deals with unknown energy, and gives the energy of all other deals. `Contracted.coverage` gives the share of deals
    with known energy.

    Raises `UnexpectedValueError` if portfolio buyers are grouped by nation, and if the statuses include terminated
    deals.

    >>> from natoburden.datasets import conversion_set, energy_deals
    >>> filing = conversion_set("sabine-pass-filing")
    >>> result = contracted(energy_deals().of("Poland"), [2022, 2028], by=Grouping.ORIGIN, using=filing)
    >>> for row in result.rows:
    ...     print(row.year, row.group, [str(item) for item in row.stated], row.energy, result.coverage(row.year))
    2022 United States ['1.13 Mt of LNG'] 17.25 TWh (gross) 50.00 %
    2028 United States ['4.45 Mt of LNG'] 67.93 TWh (gross) 75.00 %
    >>> result.may_deliver[2028], result.left_out["E10"], result.left_out["E11"]
    (('E11',), 'terminated', 'the first or last year of deliveries is not stated')
    """
    scope = Scope(statuses=statuses, portfolio=portfolio, ceilings=ceilings)
    conversion, grouping = Conversion(unit=unit, using=using, assuming=assuming), member(Grouping, by)
    if portfolio and grouping is Grouping.NATION:
        hint = "what portfolio buyers contract is nobody's imports: leave it out, or group by another"
        raise UnexpectedValueError("an option by nation", "portfolio=True", hint)
    asked = checked_years(years)
    counted, left_out, may_deliver = _sorted(deals, asked, scope)
    basis = conversion.basis(counted)
    rows, unknown = [], dict[str, str]()
    for year in asked:
        groups: dict[str, list[EnergyDeal]] = {}
        for deal in counted:
            if deal.delivers_in(year):
                groups.setdefault(_GROUPS[grouping](deal), []).append(deal)
        for name in sorted(groups):
            covered = coverage_of(deals.kind, [(year,)] * len(groups[name]), left_out)
            row, reasons = _row(year, name, groups[name], conversion, basis, covered)
            rows.append(row)
            unknown |= reasons
    return Contracted(
        by=grouping,
        rows=ResultTable(rows=tuple(rows)),
        left_out=left_out,
        may_deliver=may_deliver,
        unknown_energy=unknown,
        rests_on=coverage_of(deals.kind, (tuple(filter(deal.delivers_in, asked)) for deal in counted), left_out),
        inputs=(*counted, *given(using)),
    )


def _sorted(
    deals: EnergyDeals, years: tuple[int, ...], scope: Scope
) -> tuple[list[EnergyDeal], dict[str, str], dict[int, tuple[str, ...]]]:
    """Return the deals that deliver in the years, the other deals with reasons, and the deals that may deliver."""
    counted: list[EnergyDeal] = []
    left_out: dict[str, str] = {}
    may_deliver: dict[int, tuple[str, ...]] = {}
    for deal in deals:
        outside, uncountable = scope.outside(deal), scope.uncountable(deal)
        if outside or uncountable:
            left_out[deal.key] = outside or uncountable
            for year in years:
                if not outside and deal.may_deliver_in(year):
                    may_deliver[year] = (*may_deliver.get(year, ()), deal.key)
        elif any(map(deal.delivers_in, years)):
            counted.append(deal)
        else:
            left_out[deal.key] = f"delivers in none of these years, but {dated_words(deal)}"
    return counted, left_out, may_deliver


_GROUPS: Mapping[Grouping, Callable[[EnergyDeal], str]] = {
    Grouping.ORIGIN: lambda deal: deal.origin.name if deal.origin else "origin not told",
    Grouping.NATION: lambda deal: deal.buyer_country.name,
    Grouping.BUYER: lambda deal: deal.buyer,
    Grouping.SELLER: lambda deal: deal.seller,
    Grouping.ALL: lambda _deal: "all",
}


def yearly_energy(
    deal: EnergyDeal,
    unit: EnergyUnit | str,
    using: ConversionSet | None,
    assuming: GasBasis | None = None,
    *,
    year: int | None = None,
) -> Energy:
    """Return the energy that a deal delivers in a year; give the `year` if the deal has several spans.

    Raises `GasBasisError` if the energy is not known. Raises `UnexpectedValueError` for a year without deliveries, and
    if the `year` of a deal with several spans is missing.

    >>> from natoburden.datasets import conversion_set, energy_deals
    >>> filing = conversion_set("sabine-pass-filing")
    >>> print(yearly_energy(energy_deals()["E12"], EnergyUnit.TWH, filing))
    15.27 TWh (gross)
    >>> print(yearly_energy(energy_deals()["E09"], EnergyUnit.TWH, filing, year=2030))
    22.14 TWh (gross)
    """
    if year is None:
        if len(deal.deliveries) > 1:
            raise UnexpectedValueError(f"deal {deal.key}", "no year", "its volume differs by year: give year=")
        told = deal.deliveries[0].yearly
        quantities: tuple[EnergyQuantity, ...] = () if told is None else (told,)
    else:
        if not deal.delivers_in(checked_year(year)):
            raise UnexpectedValueError(f"a year of deal {deal.key}", str(year), f"it delivers {dated_words(deal)}")
        quantities = deal.quantities_in(year)
    if not quantities:
        raise GasBasisError(f"deal {deal.key}", "a volume", "its sources tell none")
    return Conversion(unit=unit, using=using, assuming=assuming).energy(deal, quantities)


def _row(
    year: int,
    name: str,
    deals: list[EnergyDeal],
    conversion: Conversion,
    basis: CalorificBasis | None,
    covered: RecordCoverage,
) -> tuple[ContractedRow, dict[str, str]]:
    found = {deal.key: conversion.energy_or_reason(deal, year, basis) for deal in deals}
    energies = [energy for energy in found.values() if isinstance(energy, Energy)]
    unknown = {key: reason for key, reason in found.items() if isinstance(reason, str)}
    row = ContractedRow(
        year=year,
        group=name,
        stated=summed_by_kind(quantity for deal in deals for quantity in deal.quantities_in(year)),
        energy=Energy.total(energies) if energies else None,
        deals=tuple(found),
        without_energy=tuple(unknown),
        at_least=tuple(deal.key for deal in deals if deal.bound is Bound.AT_LEAST),
        at_most=tuple(deal.key for deal in deals if deal.bound is Bound.UP_TO),
        rests_on=covered,
        inputs=(*deals, *given(conversion.using)),
    )
    return row, unknown
