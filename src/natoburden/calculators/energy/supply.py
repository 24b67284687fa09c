"""Who supplies a place with a fuel: shares by partner, LNG and pipeline gas separately, and unallocated imports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import attrs

from natoburden.calculators.concentration import Hhi, hhi
from natoburden.calculators.energy._counted import share_and_quantity
from natoburden.calculators.energy._imports import (
    ImportsOfOne,
    imports_of_one,
    minus,
    rows_by_place,
    summed,
)
from natoburden.calculators.findings import Finding, Findings, percent
from natoburden.calculators.results import Result, ResultTable
from natoburden.errors import MixedReportersError, NoObservationError, UnexpectedValueError, UnknownNameError
from natoburden.model._checks import member
from natoburden.model._fuels import fuel_named
from natoburden.model._numbers import CONTEXT, divide
from natoburden.model._vocabulary import nearest
from natoburden.model.countries import Country
from natoburden.model.energy import (
    AnyFuel,
    EnergyFlow,
    EnergyFlows,
    Fuel,
    FuelLike,
    OtherFuel,
    OtherPlace,
    Place,
    PlaceLike,
    ReportedBy,
    find_place,
)
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.periods import Period, PeriodLike, PeriodRun, to_run
from natoburden.model.quantities import EnergyQuantity
from natoburden.model.shares import Share

__all__ = ["SupplyShare", "SupplyShares", "supply_shares"]


@attrs.frozen(kw_only=True)
class SupplyShare(Result):
    """What one partner supplies, and its share of the total; the total includes unallocated imports."""

    formula = "share = imports from the partner / all imports"

    partner: Country
    quantity: EnergyQuantity
    share: Share

    @property
    def headline(self) -> str:
        return f"Supplied by {self.partner}"

    @property
    def findings(self) -> Findings:
        return (Finding("quantity", self.quantity), Finding("share", self.share, percent))


@attrs.frozen(kw_only=True)
class SupplyShares(Result):
    """A place's suppliers of a fuel, largest first; imports without a named partner are `unallocated`.

    Unallocated imports are included in `total`. `is_total_published` is false if the table lacks a total. Without a
    published total, `total` is the sum of partners, and imports from unnamed partners are unknown. For a group,
    `members` are the members with figures in the total. `between_members` is the quantity that members sent each other;
    it is None if no member is a partner in the table. By default, quantities between members are unallocated; the
    option ``between_members=False`` leaves them out of `total`.

    `missing` lists, in words, each country and period without a figure, and each partner without a figure. A missing
    figure never counts as zero. `notes` state
    what was done if LNG has no total. `left_out` lists rows that are not partners, such as sums over several partners.
    """

    importer: Place | Group
    period: Period | PeriodRun
    fuel: AnyFuel
    total: EnergyQuantity
    is_total_published: bool
    unallocated: EnergyQuantity
    hhi: Hhi
    suppliers: ResultTable[SupplyShare] = attrs.field(repr=False)
    members: tuple[Place, ...] = attrs.field(default=(), repr=False)
    between_members: EnergyQuantity | None = None
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def coverage(self) -> Share | None:
        """The share of the total from named partners; None if the total is only the sum of partners."""
        if not self.is_total_published:
            return None
        return Share.fraction(CONTEXT.subtract(Decimal(1), self.hhi.unknown.as_fraction))

    def share_of(self, partner: PlaceLike) -> Share:
        """Return one partner's share; zero if the table does not list the partner."""
        wanted = find_place(partner)
        return next((row.share for row in self.suppliers if row.partner == wanted), Share.percent(0))

    @property
    def headline(self) -> str:
        return f"Suppliers of {self.fuel} to {self.importer}, {self.period}"

    @property
    def formula(self) -> str:
        pipeline = "; pipeline gas = natural gas − LNG, partner by partner" if self.fuel is Fuel.PIPELINE_GAS else ""
        whole = "the published total" if self.is_total_published else "the sum of partners: no total is published"
        return f"share = imports from the partner / {whole}; unallocated = total − Σ partners, never spread{pipeline}"

    @property
    def findings(self) -> Findings:
        between = (Finding("between members", self.between_members),) if self.between_members is not None else ()
        return (
            Finding("total", self.total),
            *(Finding(str(row.partner), (row.share, row.quantity), share_and_quantity) for row in self.suppliers),
            Finding("unallocated", (self.hhi.unknown, self.unallocated), share_and_quantity),
            *between,
            Finding("HHI", self.hhi.points, lambda points: points.in_words),
            *(Finding("note", words) for words in self.notes),
            *(Finding("missing", words) for words in self.missing),
        )


def supply_shares(
    flows: EnergyFlows,
    importer: PlaceLike | GroupLike,
    period: PeriodLike,
    *,
    fuel: FuelLike = Fuel.GAS,
    totals: EnergyFlows | None = None,
    between_members: bool = True,
) -> SupplyShares:
    """Compute each partner's share of a place's imports of a fuel: gas, LNG, pipeline gas, oil, coal or another fuel.

    Give a fuel as a `Fuel` or by its code in the table. All quantities must be of one kind, such as energy or mass.
    Eurostat's figures for oil and coal in thousand tonnes are not converted. Natural gas (G3000) includes LNG (G3200).
    Pipeline gas is gas minus LNG for each partner; a partner without a row of LNG counts as sending no LNG. All fuels
    except pipeline gas are read from the table; oil, for example, is not added up from its products.

    Each share is a share of the table's own total, or of the total in `totals`, which may be another edition. Imports
    without a named partner are unallocated, and make the index of concentration an interval. Without a published total,
    each share is a share of the sum of partners, and the result states this basis. If a table has a total but no
    partner, all imports are unallocated. If only LNG has no total, the known LNG of the partners is subtracted from the
    total of all gas, and `SupplyShares.notes` records the subtraction. Residual partners ("not specified", "other") are
    unallocated, and sums over several partners are left out.

    The importer may be a group, such as ``"EU"``; the imports of its members in each period are then added. Supplies
    between members have no outside supplier, and are unallocated. With ``between_members=False``, supplies between
    members are left out of the total. The period may be a run of periods, such as ``"2024-01 to 2024-06"``; months are
    added only if you ask for a run. `SupplyShares.missing` lists each missing figure in words.

    The importer reports the partner: the country where gas was bought, or where gas crossed the border. For example,
    Germany is a partner of Poland for gas that Germany does not produce.

    Raises `NoObservationError` if there is no figure, and for pipeline gas if the whole table has no row of LNG. Raises
    `UnknownNameError` for a code that the table lacks. Raises `UnexpectedValueError` if partners exceed the total, if
    one partner sent more LNG than gas, or if all named partners have figures of zero. Raises `UnexpectedValueError`
    also if energy is mixed with volume or mass. Raises `MixedReportersError` for flows that an exporter reports: an
    exporter's flows have one partner, and cannot be added to the figures of other reporters.

    Source on unallocated imports: Eurostat's tables, which give a total but no partners for Austria's gas.

    >>> from natoburden.datasets import gas_imports
    >>> found = supply_shares(gas_imports(), "Poland", 2022, fuel="G3200")
    >>> [(row.partner.name, str(row.share)) for row in found.suppliers][:2], found.is_total_published
    ([('United States', '55.12 %'), ('Qatar', '37.53 %')], False)
    """
    where, when = _importer(flows, importer), to_run(period)
    with_totals = flows if totals is None else totals
    asked = _fuel(fuel, flows, with_totals)
    for table in (flows, with_totals):
        if table.reported_by is ReportedBy.EXPORTER:
            raise MixedReportersError(f"flows of {table.edition} (exporter)", "what a place imports from each partner")
    has_lng = any(item.fuel is Fuel.LNG for table in (flows, with_totals) for item in table)
    if asked is Fuel.PIPELINE_GAS and not has_lng:
        hint = "pipeline gas cannot be told from all gas: ask for Fuel.GAS"
        raise NoObservationError(f"row of {Fuel.LNG}", str(where), when.year, flows.edition, "", hint)
    rows = rows_by_place(flows)
    parts: dict[tuple[Place, Period], ImportsOfOne] = {}
    missing: list[str] = []
    for one, at in _cells(where, when):
        found = imports_of_one(rows, flows, with_totals, one, at, asked)
        if found is None:
            missing.append(f"{one}, {at}: no figure of {asked}")
        else:
            parts[one, at] = found
            missing.extend(found.missing)
    if not parts:
        other = _other_fuels([item for item in flows if item.importer in _places(where, when)] or flows, asked)
        what, available = f"imports of {asked} by partner", other or _available(flows, where)
        raise NoObservationError(what, str(where), when.year, flows.edition, available, _asked(flows, where, when))
    return _shares(where, when, asked, parts, [*missing, *_gaps(parts)], between_members=between_members)


def _fuel(fuel: FuelLike, *tables: EnergyFlows) -> AnyFuel:
    """Return a fuel, given as a `Fuel` or by its code; raise for a code that neither the library nor a table has."""
    found = fuel_named(fuel)
    if not isinstance(found, OtherFuel):
        return member(Fuel, found)
    codes = tuple(sorted({item.fuel.value for table in tables for item in table}))
    if found.code not in codes:
        raise UnknownNameError("fuel", found.code, codes, nearest(found.code, codes))
    return found


def _places(where: Place | Group, when: Period | PeriodRun) -> set[Place]:
    """Return the place, or the members of a group in the periods."""
    return {place for place, _ in _cells(where, when)}


def _other_fuels(flows: Iterable[EnergyFlow], fuel: AnyFuel) -> str:
    """Return the names of the fuels of flows if the given fuel is not among them; otherwise, an empty text."""
    fuels = {item.fuel for item in flows}
    whole = Fuel.GAS if fuel is Fuel.PIPELINE_GAS else fuel
    return "" if whole in fuels else ", ".join(sorted(map(str, fuels)))


def _importer(flows: EnergyFlows, importer: PlaceLike | GroupLike) -> Place | Group:
    """Return the given group, the given place if the table has rows of the place, or the group of that name."""
    if not isinstance(importer, Country | OtherPlace | str):
        return Group.find(importer)
    place = find_place(importer)
    if isinstance(place, OtherPlace) and all(item.importer != place for item in flows):
        try:
            return Group.find(place.code)
        except UnknownNameError:
            return place
    return place


def _cells(where: Place | Group, when: Period | PeriodRun) -> Iterator[tuple[Place, Period]]:
    """Return each place and period asked for; a group is replaced by its members at the end of each period."""
    for period in (when,) if isinstance(when, Period) else when:
        for place in where.members(period.last_day) if isinstance(where, Group) else (where,):
            yield place, period


def _available(flows: EnergyFlows, where: Place | Group) -> str:
    """Return the periods that the table has for a place or a group, as text for an error message."""
    periods = _periods(flows, where)
    if not periods:
        return "other places"
    said = f"{periods[0]} to {periods[-1]}" if len(periods) > 1 else str(periods[0])
    return f"{where}: {said}"


def _asked(flows: EnergyFlows, where: Place | Group, when: Period | PeriodRun) -> str:
    """Return a hint for an error message: the period asked for, and the table's periods if they are of another kind."""
    first = when if isinstance(when, Period) else when.first
    said = [] if isinstance(when, Period) and when.is_year else [f"you asked for {when}"]
    periods = _periods(flows, where)
    if periods and all(period.kind != first.kind for period in periods):
        said.append(f"ask for one of these periods, or for a run of them: '{periods[0]} to {periods[-1]}'")
    return "; ".join(said)


def _periods(flows: EnergyFlows, where: Place | Group) -> list[Period]:
    """Return the periods that the table has for a place, or for any member of a group, in order."""
    if not isinstance(where, Group):
        return sorted({item.period for item in flows if item.importer == where})
    by_period: dict[Period, set[Place]] = {}
    for item in flows:
        by_period.setdefault(item.period, set()).add(item.importer)
    return sorted(period for period, places in by_period.items() if places & set(where.members(period.last_day)))


def _gaps(parts: dict[tuple[Place, Period], ImportsOfOne]) -> Iterator[str]:
    """Yield the name of each partner that has figures in some periods of a place and no row in other periods."""
    of_place: dict[Place, dict[Period, ImportsOfOne]] = {}
    for (place, period), found in parts.items():
        of_place.setdefault(place, {})[period] = found
    for place, found_in in of_place.items():
        for partner in sorted({partner for found in found_in.values() for partner in found.named}):
            without = [
                str(period)
                for period, found in found_in.items()
                if partner not in found.named and not any(words.endswith(f" from {partner}") for words in found.missing)
            ]
            if without:
                yield f"{place}, {', '.join(without)}: no row from {partner}"


def _shares(
    where: Place | Group,
    when: Period | PeriodRun,
    fuel: AnyFuel,
    parts: dict[tuple[Place, Period], ImportsOfOne],
    missing: list[str],
    *,
    between_members: bool,
) -> SupplyShares:
    found = list(parts.values())
    whole = summed(part.whole for part in found)
    nothing = whole.with_amount(0)
    named: dict[Country, EnergyQuantity] = {}
    cells: dict[Country, list[EnergyFlow]] = {}
    between: EnergyQuantity | None = None
    for (_, period), part in parts.items():
        members = where.members(period.last_day) if isinstance(where, Group) else ()
        for partner, amount in part.named.items():
            if partner in members:
                between = summed((between or nothing, amount))
            else:
                named[partner] = summed((named.get(partner, nothing), amount))
                cells.setdefault(partner, []).extend(part.cells[partner])
    notes = [note for part in found for note in part.notes]
    if between is not None and not between_members:
        whole = minus(whole, between)
    if isinstance(where, Group) and between is None:
        notes.append(f"no member of {where} is named as a partner: what they sent each other stays in the whole")
    is_published = all(part.total is not None for part in found)
    if not whole.amount:
        hint = f"{where} imported none: there are no shares"
        if not is_published:
            hint = "all partners have zero and no total is published: that does not prove that none came; give totals="
        raise UnexpectedValueError(f"imports of {fuel}", f"0 in {when}", hint)
    unallocated = minus(whole, summed([nothing, *named.values()]))
    suppliers = [
        SupplyShare(
            partner=partner,
            quantity=amount,
            share=_share(amount, whole),
            inputs=tuple(cells[partner]),
        )
        for partner, amount in sorted(named.items(), key=lambda pair: (-pair[1].amount, pair[0]))
        if amount.amount
    ]
    used = [cell for part in found for pair in (*part.cells.values(), part.behind) for cell in pair]
    return SupplyShares(
        importer=where,
        period=when,
        fuel=fuel,
        total=whole,
        is_total_published=is_published,
        unallocated=unallocated,
        hhi=hhi([row.share for row in suppliers], unknown=_share(unallocated, whole)),
        suppliers=ResultTable(rows=tuple(suppliers)),
        members=tuple(dict.fromkeys(place for place, _ in parts)) if isinstance(where, Group) else (),
        between_members=between,
        missing=tuple(missing),
        notes=tuple(notes),
        left_out=tuple(sorted({label for part in found for label in part.sums})),
        inputs=tuple(used),
    )


def _share(part: EnergyQuantity, whole: EnergyQuantity) -> Share:
    return Share(as_fraction=divide(part.amount, whole.amount))
