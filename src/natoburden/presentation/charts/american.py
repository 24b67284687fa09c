"""Charts of allies' purchases from the United States: LNG by month, ceilings by area, and shares beside targets."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from natoburden.calculators import purchases
from natoburden.calculators._arguments import several
from natoburden.calculators.energy import SupplyShares, supply_shares
from natoburden.calculators.purchases.shipments import exporter_of
from natoburden.errors import NoObservationError, TooFewError, UnexpectedValueError
from natoburden.model._checks import checked_day, expect
from natoburden.model.energy import EnergyFlows, Fuel
from natoburden.model.memberships import Entity, EntityLike, find_entity
from natoburden.model.notices import Agency, NoticeStanding, SaleNotification
from natoburden.model.periods import Period, PeriodRun
from natoburden.model.quantities import GasUnit, GasVolume
from natoburden.presentation.charts._fonts import in_letters
from natoburden.presentation.charts._style import (
    COLOURS,
    DARK,
    HATCHES,
    PAGE,
    UNKNOWN,
    axes_for,
    finished,
    is_narrow,
    percent_axis,
    points,
    whole_years,
)
from natoburden.presentation.formatting import country_name, format_date, format_number, format_share
from natoburden.presentation.messages import N_, translation
from natoburden.units import convert

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["american_share", "ceilings_by_area", "effort", "lng_by_month"]

_PALE = "#E8E8E8"


@in_letters
def lng_by_month(
    exports: EnergyFlows,
    buyer: EntityLike,
    day: dt.date,
    *,
    ax: Axes | None = None,
    locale: str = "en",
) -> Axes:
    """Return axes with the American LNG shipped to an ally or group in each month, and a line at the day of the demand.

    A month without a figure is a gap on a grey ground, never zero. A hollow mark means that a member of the group has
    no figure for that month; the true sum may therefore be larger. Volumes are the exporter's figures, by declared
    destination.

    Raises `TooFewError` if no month has a figure, and `MixedReportersError` for a table of imports.

    >>> from natoburden.datasets import us_energy_exports
    >>> ax = lng_by_month(us_energy_exports("lng", every="month"), "Poland", dt.date(2025, 2, 13))
    >>> ax.get_title(loc="left").partition(chr(10))[0]
    'American LNG by month: Poland'
    """
    _ = translation(locale)
    whose, around = find_entity(buyer), checked_day(day)
    exporter_of(exports)
    found = _by_month(exports, buyer)
    if not found:
        raise TooFewError("a chart of months of LNG", 0, 1)
    ax = axes_for(ax, (PAGE, 4.4))
    run = list(PeriodRun(min(found), max(found)))
    heights = [_volume(found[at]) if at in found else math.nan for at in run]
    for number, at in enumerate(gaps := [at for at in run if at not in found]):
        label = _("months without a figure: a gap, not zero") if number == 0 else None
        ax.axvspan(_middle(at) - 1 / 24, _middle(at) + 1 / 24, color=_PALE, linewidth=0, label=label)
    label = _("shipped, by declared destination")
    ax.plot([_middle(at) for at in run], heights, color=DARK, marker="o", markersize=3, linewidth=1.3, label=label)
    partly = [at for at in run if at in found and found[at].missing]
    if partly:
        ax.scatter(
            [_middle(at) for at in partly],
            [_volume(found[at]) for at in partly],
            s=24,
            facecolors="white",
            edgecolors=DARK,
            zorder=3,
            label=_("at least this: a member's cell is blank"),
        )
    said = _("{day}: the demand").format(day=format_date(around, locale=locale))
    at_day = around.year + (around.timetuple().tm_yday - 1) / 365.25
    ax.axvline(at_day, color=COLOURS[2], linestyle="--", linewidth=1.4, label=said)
    ax.set_ylim(0, 1.05 * max(height for height in heights if not math.isnan(height)) or 1)
    ax.set_ylabel(_("billion cubic feet a month"))
    ax.yaxis.set_major_formatter(
        lambda value, _at: format_number(Decimal(str(round(value, 4))), 2, locale=locale, trim=True)
    )
    whole_years(ax)
    # Above the axes, the legend hides neither the grey ground of months without a figure nor the line of the day.
    place: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderpad": 0.2, "borderaxespad": 0.3}
    columns = 1 if is_narrow() else 2
    legend = ax.legend(fontsize=points(8), ncols=columns, frameon=False, **place)
    lines = math.ceil(len(legend.get_texts()) / columns)
    whom = country_name(whose, locale=locale)
    title = _("American LNG by month: {buyer}\n{count} of {all} months on record; the exporter's figures")
    title = title.format(buyer=whom, count=len(run) - len(gaps), all=len(run))
    return finished(ax, title, list(found.values()), _, above=6 + 1.7 * points(8) * lines)


def _by_month(exports: EnergyFlows, buyer: EntityLike) -> dict[Period, purchases.Shipments]:
    """Return the volume shipped in each month that has a figure."""
    purchases_of: dict[Period, purchases.Shipments] = {}
    for at in sorted({item.period for item in exports if item.fuel is Fuel.LNG and item.period.kind == "M"}):
        try:
            purchases_of[at] = purchases.energy(exports, None, buyer, at)
        except NoObservationError:
            continue  # a month without a figure is a gap
    return purchases_of


def _volume(found: purchases.Shipments) -> float:
    volume = found.quantity
    assert isinstance(volume, GasVolume)
    return float(convert(volume, GasUnit.BCF).amount)


def _middle(at: Period) -> float:
    return at.year + (at.last_day.month - 0.5) / 12


@in_letters
def ceilings_by_area(
    table: purchases.NotifiedTable, *, largest: int = 6, ax: Axes | None = None, locale: str = "en"
) -> Axes:
    """Return axes with the ceilings notified in each year, stacked by capability area; small areas are drawn together.

    A year without a notice has no bar. Ceilings of notices that led to no purchase are drawn in a pale colour at the
    top of the bar. A star marks the first or last year if the record covers only a part of that year. Raises
    `UnexpectedValueError` for a table with rows other than years, and `TooFewError` for a table without a notice.

    >>> from natoburden.datasets import us_arms_notifications
    >>> ax = ceilings_by_area(purchases.notified(us_arms_notifications(), "Poland"))
    >>> [text.get_text() for text in ax.get_legend().texts][:2]
    ['air and missile defence', 'combat aircraft']
    """
    _ = translation(locale)
    expect(table, purchases.NotifiedTable, "ceilings to draw", "give purchases.notified(...)")
    if table.by != "year":
        raise UnexpectedValueError("a table to draw by year", f"by {table.by}", 'give notified(..., by="year")')
    if not table.rows:
        raise TooFewError("a chart of notices", 0, 1)
    parts = {year: _by_area(row.inputs if row else ()) for year, row in _every_year(table).items()}
    sums: dict[str, float] = {}
    for of_year in parts.values():
        for name, amount in of_year.items():
            sums[name] = sums.get(name, 0.0) + amount
    named = sorted((name for name in sums if name not in (_NEVER, _OTHER)), key=lambda name: -sums[name])[:largest]
    smaller = set(sums) - {*named, _NEVER}
    shown = [*named, *([_OTHER] if smaller else []), *([_NEVER] if _NEVER in sums else [])]
    ax = axes_for(ax, (PAGE, 4.6))
    labels = [f"{label}*" if _is_partly_covered(table, label) else label for label in parts]
    base = [0.0] * len(parts)
    for number, name in enumerate(shown):
        heights = [
            sum(amount for key, amount in of_year.items() if (key if key in (*named, _NEVER) else _OTHER) == name)
            for of_year in parts.values()
        ]
        pale = name == _NEVER
        colour = _PALE if pale else UNKNOWN if name == _OTHER else COLOURS[number % len(COLOURS)]
        hatch = "///" if pale else HATCHES[number % len(HATCHES)] if name in named else ""
        said = _("other areas") if name == _OTHER else _(name)
        ax.bar(labels, heights, bottom=base, color=colour, hatch=hatch, edgecolor="white", linewidth=0.4, label=said)
        base = [low + height for low, height in zip(base, heights, strict=True)]
    ax.tick_params(axis="x", labelsize=points(8), rotation=90 if is_narrow() else 0)  # ten years side by side
    ax.set_ylabel(_("ceilings, USD bn"))
    ax.yaxis.set_major_formatter(
        lambda value, _at: format_number(Decimal(str(round(value, 4))), 2, locale=locale, trim=True)
    )
    ax.legend(frameon=False, fontsize=points(8), loc="upper left", bbox_to_anchor=(1.0, 1.0))
    whom = _("all buyers on record") if table.of is None else _name_of(table.of, locale)
    first, last = (format_date(day, locale=locale) for day in (table.since, table.until))
    title = _(
        "Notices to Congress: {buyer}\nceilings, not contracts; {count} notices, {first} to {last} (*: part of a year)"
    )
    return finished(ax, title.format(buyer=whom, count=table.total.count, first=first, last=last), table.rows, _)


@in_letters
def american_share(
    imports: EnergyFlows,
    buyer: EntityLike,
    *,
    fuel: Fuel | str = Fuel.LNG,
    ax: Axes | None = None,
    locale: str = "en",
) -> Axes:
    """Return axes with the yearly American share of an ally's or group's fuel imports, as importers report them.

    A year without a figure is drawn as a gap. If a table has no total of all partners, the share is based on the listed
    partners only, and the title states this. Raises `TooFewError` if no year has a figure.

    >>> from natoburden.datasets import gas_imports
    >>> float(american_share(gas_imports(), "Poland").lines[0].get_ydata()[-1].round(1))
    55.1
    """
    _ = translation(locale)
    whose, burnt = find_entity(buyer), Fuel.find(fuel)
    years = sorted({item.period.year for item in imports if item.period.is_year})
    found = {year: shares for year in years if (shares := _supplies(imports, whose, year, burnt)) is not None}
    if not found:
        raise TooFewError("a chart of American shares", 0, 1)
    ax = axes_for(ax, (7.0, 4.2))
    run = range(min(found), max(found) + 1)
    heights = [float(found[year].share_of("USA").as_percent) if year in found else math.nan for year in run]
    ax.plot(list(run), heights, color=DARK, marker="o", linewidth=1.6)
    ax.set_ylim(0, 100)
    percent_axis(ax.yaxis, locale=locale)
    whole_years(ax)
    is_whole = all(item.is_total_published for item in found.values())
    of = _("of the published total") if is_whole else _("of named partners")
    title = _("American share of {fuel}: {buyer}\n{of}, as importers report")
    whom = country_name(whose, locale=locale)
    return finished(ax, title.format(fuel=_(str(burnt)), buyer=whom, of=of), list(found.values()), _)


@in_letters
def effort(efforts: Sequence[purchases.Effort], *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """Return axes with allies' expenditure, American energy and notified ceilings in percent of GDP, beside targets.

    Expenditure, energy and ceilings are stacked in one bar, and dotted lines show the targets. The sum of expenditure,
    energy and ceilings has no meaning, and the title states this. Raises `TooFewError` if there is no ally.

    >>> import natoburden as nb
    >>> made = nb.purchases.effort(
    ...     nb.datasets.defence_expenditure("2026-07"), "Poland", 2025, exports=[nb.datasets.us_energy_exports("lng")],
    ...     prices=nb.datasets.energy_prices(), notices=nb.datasets.us_arms_notifications(), spread_over=5,
    ... )
    >>> [text.get_text() for text in effort([made]).get_legend().texts][:3]
    ['expenditure', 'American energy', 'notified, a year of 5']
    """
    _ = translation(locale)
    given = several(efforts, purchases.Effort, "efforts", "give several: [purchases.effort(...)]")
    if not given:
        raise TooFewError("a chart of efforts", 0, 1)
    ax = axes_for(ax, (7.5, 4.6))
    labels = [f"{country_name(item.country, locale=locale)}\n{item.year}" for item in given]
    years = ", ".join(map(str, dict.fromkeys(item.spread_over for item in given)))
    parts = (
        (_("expenditure"), [item.expenditure_of_gdp for item in given], COLOURS[0], ""),
        (_("American energy"), [item.energy_of_gdp for item in given], COLOURS[1], "//"),
        (_("notified, a year of {years}").format(years=years), [item.ceilings_of_gdp for item in given], _PALE, ".."),
    )
    base = [0.0] * len(given)
    for name, rates, colour, hatch in parts:
        heights = [float(rate.as_percent) for rate in rates]
        look: dict[str, Any] = {"color": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 0.4}
        ax.bar(labels, heights, 0.55, bottom=base, label=name, **look)
        base = [low + height for low, height in zip(base, heights, strict=True)]
    for share in dict.fromkeys(share for item in given for share in item.beside):
        ax.axhline(float(share.as_percent), color="black", linestyle=":", linewidth=1)
        said = format_share(share, locale=locale)
        ax.text(-0.58, float(share.as_percent), said, fontsize=points(8), va="bottom")
    percent_axis(ax.yaxis, locale=locale)
    ax.set_ylabel(_("of GDP"))
    ax.set_xlim(-0.6, max(len(given), 2) - 0.4)
    ax.legend(frameon=False, fontsize=points(8), loc="upper left", bbox_to_anchor=(1.0, 1.0))
    title = _("Expenditure, American energy and notified arms\nthree kinds of figure that do not add up")
    return finished(ax, title, list(given), _)


_NEVER, _OTHER = N_("never bought"), "other"


def _by_area(inputs: Iterable[object]) -> dict[str, float]:
    """Return ceilings in billions by area; several areas count as other, and ceilings never bought are separate."""
    found: dict[str, float] = {}
    for item in inputs:
        if isinstance(item, SaleNotification):
            name = _OTHER if item.area is None else str(item.area)
            name = _NEVER if item.standing is NoticeStanding.NEVER_BOUGHT else name
            found[name] = found.get(name, 0.0) + float(item.ceiling.in_billions)
    return found


def _every_year(table: purchases.NotifiedTable) -> dict[str, purchases.Notified | None]:
    """Return a row for each year asked for; if the record lacks some years, only from the first to the last notice."""
    rows = {row.label: row for row in table}
    first, last = int(table.rows[0].label), int(table.rows[-1].label)
    if not table.remarks:  # the record covers all years that were asked for
        first, last = table.since.year, table.until.year
    return {str(year): rows.get(str(year)) for year in range(first, last + 1)}


def _is_partly_covered(table: purchases.NotifiedTable, label: str) -> bool:
    year = int(label)
    return dt.date(year, 1, 1) < table.since or dt.date(year, 12, 31) > table.until


def _name_of(buyer: Entity | Agency, locale: str) -> str:
    return str(buyer) if isinstance(buyer, Agency) else country_name(buyer, locale=locale)


def _supplies(imports: EnergyFlows, buyer: Entity, year: int, fuel: Fuel) -> SupplyShares | None:
    try:
        return supply_shares(imports, buyer, year, fuel=fuel)
    except NoObservationError:
        return None
