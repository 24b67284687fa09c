"""What allies buy from the United States: American LNG by month, around a day such as that of the demand."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import TYPE_CHECKING

from natoburden.calculators import purchases
from natoburden.errors import NoObservationError, TooFewError
from natoburden.model._checks import checked_day
from natoburden.model.energy import EnergyFlows, Fuel
from natoburden.model.memberships import EntityLike, find_entity
from natoburden.model.periods import Period, PeriodRun
from natoburden.model.quantities import GasUnit, GasVolume
from natoburden.presentation.charts._fonts import in_letters
from natoburden.presentation.charts._style import COLOURS, DARK, axes_for, finished, whole_years
from natoburden.presentation.formatting import country_name, format_date, format_number
from natoburden.presentation.messages import translation
from natoburden.units import convert

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["lng_by_month"]

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
    """Return axes with American LNG shipped to an ally or group by month, and a line at the day of the demand.

    A month without a figure is a gap on a grey ground, never zero. An open mark is a month in which a member's cell
    is printed without a figure, so that the sum is at least this. Volumes are the exporter's, by declared destination.

    Raises `TooFewError` where no month has a figure, `MixedReportersError` for a table of imports.

    >>> from natoburden.datasets import us_energy_exports
    >>> ax = lng_by_month(us_energy_exports("lng", every="month"), "Poland", dt.date(2025, 2, 13))
    >>> ax.get_title(loc="left").partition(chr(10))[0]
    'American LNG by month: Poland'
    """
    _ = translation(locale)
    whose, around = find_entity(buyer), checked_day(day)
    found = _by_month(exports, buyer)
    if not found:
        raise TooFewError("a chart of months of LNG", 0, 1)
    ax = axes_for(ax, (8.5, 4.4))
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
    ax.set_ylim(0, 1.4 * max(height for height in heights if not math.isnan(height)) or 1)
    ax.set_ylabel(_("billion cubic feet a month"))
    ax.yaxis.set_major_formatter(
        lambda value, _at: format_number(Decimal(str(round(value, 4))), 2, locale=locale, trim=True)
    )
    whole_years(ax)
    ax.legend(frameon=False, fontsize=8, loc="upper left", ncols=2)
    whom = country_name(whose, locale=locale)
    title = _("American LNG by month: {buyer}\n{count} of {all} months on record; the exporter's figures")
    title = title.format(buyer=whom, count=len(run) - len(gaps), all=len(run))
    return finished(ax, title, list(found.values()), _)


def _by_month(exports: EnergyFlows, buyer: EntityLike) -> dict[Period, purchases.Shipments]:
    """Return what was shipped in each month that has a figure."""
    purchases_of: dict[Period, purchases.Shipments] = {}
    for at in sorted({item.period for item in exports if item.fuel is Fuel.LNG and item.period.kind == "M"}):
        try:
            purchases_of[at] = purchases.energy(exports, None, buyer, at)
        except NoObservationError:
            continue  # a hole
    return purchases_of


def _volume(found: purchases.Shipments) -> float:
    volume = found.quantity
    assert isinstance(volume, GasVolume)
    return float(convert(volume, GasUnit.BCF).amount)


def _middle(at: Period) -> float:
    return at.year + (at.last_day.month - 0.5) / 12
