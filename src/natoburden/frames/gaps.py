"""The gap of each ally to a target, for columns of data."""

from __future__ import annotations

from typing import Final, TypeVar

import narwhals as nw

from natoburden.errors import UnexpectedValueError
from natoburden.frames._arguments import column
from natoburden.frames._columns import Columns
from natoburden.frames._engine import opened
from natoburden.frames._look import Look, refuse
from natoburden.model.expenditure import Measure
from natoburden.model.spending_commitments import Modality, TargetLike
from natoburden.registers import target as look_up

__all__ = ["target_gaps"]

F = TypeVar("F")

_SHARE = "natoburden_share"
_SLACK: Final = 1e-9  # percentage points: a computed share may differ from a target only in the last digits of a float


def target_gaps(
    allies: F,
    target: TargetLike,
    *,
    expenditure: str = "expenditure",
    gdp: str = "gdp",
    share: str | None = None,
) -> F:
    """Compute each row's gap to a target share of GDP in three columns: ``gap_amount``, ``gap_points``, ``reaches``.

    ``gap_amount`` is target × GDP − expenditure, in the unit of GDP and expenditure; a positive amount is a shortfall.
    ``gap_points`` is the target minus the share of GDP, in percentage points. The column `share` contains NATO's
    published share, in percent. Without `share`, the share is expenditure / GDP. The published share differs from
    expenditure / GDP, since NATO divides amounts at constant prices. ``reaches`` is true if the share is at or above
    the target; for a ceiling, if the share is at or below the ceiling. If a needed value is null or NaN, the result is
    null; if GDP is not positive, all results are null. Raises `FrameError` for faulty columns, and
    `UnexpectedValueError` for a target that is not a share of GDP, such as an equipment target.

    The tests check that `targets.gap` gives the same result.

    >>> import polars as pl
    >>> from natoburden.datasets.targets import HAGUE_CORE
    >>> allies = pl.DataFrame({"country": ["AAA"], "expenditure": [20.0], "gdp": [1000.0]})
    >>> target_gaps(allies, HAGUE_CORE).select("gap_amount", "gap_points", "reaches").rows()
    [(15.0, 1.5, False)]
    """
    sought = look_up(target)
    if sought.component.measure is not Measure.SHARE_OF_GDP:
        raise UnexpectedValueError("a target of GDP", sought.key, "columns of categories are not compared here")
    frame = opened(allies)
    used = [
        column(expenditure, "expenditure"),
        column(gdp, "gdp"),
        *([] if share is None else [column(share, "share")]),
    ]
    columns = Columns(frame, numbers=used)
    look = Look(columns)
    for name in used:
        look.finite(name)
    refuse(columns, look.faults(look.answers()))
    goal = float(sought.share.as_percent)
    spent, whole = columns.real(expenditure), columns.real(gdp)
    percent = 100 * spent / whole if share is None else columns.real(share)
    found_share = nw.col(_SHARE)
    is_ceiling = sought.modality is Modality.CEILING
    meets = found_share <= goal + _SLACK if is_ceiling else found_share >= goal - _SLACK
    found = columns.frame.lazy.with_columns(nw.when(whole > 0).then(percent).alias(_SHARE)).with_columns(
        nw.when(whole > 0).then(whole * (goal / 100) - spent).alias("gap_amount"),
        (goal - found_share).alias("gap_points"),
        nw.when(~found_share.is_null()).then(meets).alias("reaches"),
    )
    return frame.close_rows(found, "gap_amount", "gap_points", "reaches")
