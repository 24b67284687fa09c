"""What changed after a day: in notices to Congress, or in monthly shipments of a fuel."""

from __future__ import annotations

import datetime as dt
from typing import overload

from natoburden.calculators._arguments import number_of_years
from natoburden.calculators.purchases.month_changes import MonthsCompared, later_months, months_compared
from natoburden.calculators.purchases.notice_changes import NoticesCompared, notices_compared
from natoburden.calculators.purchases.shipments import exporter_of
from natoburden.errors import UnexpectedValueError
from natoburden.model._checks import checked_day
from natoburden.model.energy import EnergyFlows, Fuel
from natoburden.model.memberships import EntityLike, find_entity
from natoburden.model.notices import Agency, SaleNotifications
from natoburden.model.periods import Period, to_period

__all__ = ["before_and_after"]


@overload
def before_and_after(
    series: SaleNotifications,
    day: dt.date,
    *,
    of: EntityLike | Agency | None = "NATO",
    months: int | None = None,
) -> NoticesCompared: ...
@overload
def before_and_after(
    series: EnergyFlows,
    day: dt.date,
    *,
    of: EntityLike,
    months: int | None = None,
    fuel: Fuel | str = Fuel.LNG,
    first: Period | str | None = None,
    years_before: int = 1,
) -> MonthsCompared: ...
def before_and_after(
    series: SaleNotifications | EnergyFlows,
    day: dt.date,
    *,
    of: EntityLike | Agency | None = "NATO",
    months: int | None = None,
    fuel: Fuel | str = Fuel.LNG,
    first: Period | str | None = None,
    years_before: int = 1,
) -> NoticesCompared | MonthsCompared:
    """Compute whether notices to Congress, or monthly shipments of a fuel, changed after a day.

    Notices are counted in a number of `months` up to the day, and in the same number of months from the day on. Without
    `months`, both periods are as long as the record of notices allows. For a fuel, the later months begin after the
    month of the day, or with the month `first`. Without `months`, at most twelve later months of a fuel are compared.
    With ``years_before=1``, at most eleven months are compared, because the earlier months must end before the day.
    Each month is compared with the same calendar month `years_before` years earlier, in the same season. A group has
    the same members before and after the day: its members on the day.

    The comparison shows a change, but not the reason for the change: see the note of the result. Raises
    `NoObservationError` for months without a figure; the message lists the months with figures. Raises
    `UnexpectedValueError` for a window that the record does not cover.

    >>> from natoburden.datasets import us_arms_notifications
    >>> found = before_and_after(us_arms_notifications(), dt.date(2025, 2, 14), of="NATO")
    >>> found.months, found.before.count, found.after.count, round(found.p, 3)
    (16, 66, 48, Decimal('0.111'))
    """
    around = checked_day(day)
    if isinstance(series, SaleNotifications):
        of_fuel = {"fuel": (fuel, Fuel.LNG), "first": (first, None), "years_before": (years_before, 1)}
        if given := [name for name, (value, usual) in of_fuel.items() if value != usual]:
            raise UnexpectedValueError(
                "an option of notices", ", ".join(given), "it is for months of a fuel: leave it out"
            )
        return notices_compared(series, around, of, months)
    exporter_of(series)
    if of is None or isinstance(of, Agency):
        raise UnexpectedValueError("a buyer of energy", str(of), "name a country or a group")
    asked = Fuel.find(fuel)
    back = number_of_years(years_before)
    later = later_months(series, around, asked, None if first is None else to_period(first), months, back)
    return months_compared(series, around, find_entity(of), asked, later, back)
