"""How far each ally is from a target, over columns."""

from __future__ import annotations

from typing import TypeVar

import narwhals as nw

from natoburden.errors import UnexpectedValueError
from natoburden.frames._engine import opened
from natoburden.model._checks import expect
from natoburden.model.commitments import Modality, Target
from natoburden.model.expenditure import Measure

__all__ = ["target_gaps"]

F = TypeVar("F")


def target_gaps(
    allies: F,
    target: Target,
    *,
    expenditure: str = "expenditure",
    gdp: str = "gdp",
    share: str | None = None,
) -> F:
    """Add the gap of every row to a target of GDP: ``gap_amount``, ``gap_points`` and ``reaches``.

    The amount is target × GDP − expenditure, in the unit of both; positive where something lacks. The points are the
    target less the `share` column, NATO's published share in per cent; without one, less expenditure / GDP. The two
    differ: NATO's share divides constant prices. ``reaches`` compares the
    same share, which must not exceed a ceiling. Nulls stay null. Raises
    `FrameError`, `UnexpectedValueError` for a target that is not of GDP, such as one of equipment.

    The same as `targets.gap`, which is its test.

    >>> import polars as pl
    >>> from natoburden.datasets.targets import HAGUE_CORE
    >>> allies = pl.DataFrame({"country": ["AAA"], "expenditure": [20.0], "gdp": [1000.0]})
    >>> target_gaps(allies, HAGUE_CORE).select("gap_amount", "gap_points", "reaches").rows()
    [(15.0, 1.5, False)]
    """
    expect(target, Target, "a target", "give one of natoburden.datasets.targets")
    if target.component.measure is not Measure.SHARE_OF_GDP:
        raise UnexpectedValueError("a target of GDP", target.key, "columns of categories are not compared here")
    frame = opened(allies)
    frame.need(numbers=[expenditure, gdp, *([share] if share else [])])
    goal = float(target.share.as_percent)
    percent = nw.col(share) if share else 100 * nw.col(expenditure) / nw.col(gdp)
    usable, found_share = nw.col(gdp) > 0, nw.col("natoburden_share")
    meets = found_share <= goal if target.modality is Modality.CEILING else found_share >= goal
    found = frame.lazy.with_columns(
        (nw.col(gdp) * (goal / 100) - nw.col(expenditure)).alias("gap_amount"),
        nw.when(usable).then(percent).alias("natoburden_share"),
    ).with_columns(
        (goal - found_share).alias("gap_points"),
        nw.when(~found_share.is_null()).then(meets).alias("reaches"),
    )
    return frame.close(found.drop("natoburden_share"))
