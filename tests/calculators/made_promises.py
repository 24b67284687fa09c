"""Promises made up for tests of what promises imply, and the figures that they are held against."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
from hypothesis import strategies as st

import natoburden as nb

TABLE = nb.datasets.defence_expenditure("2026-07")
RECORD = nb.datasets.commitments()
ON = dt.date(2026, 7, 1)
SOURCE = nb.Source(title="A test", publisher="the tests")
GROWTH = nb.Rate.percent("1.5")
PERCENT = st.decimals(min_value="0.5", max_value=9, places=1)
YEARS = st.integers(2027, 2035)
ROUNDING = Decimal("1e-30")  # a share of a step is rounded at its 34th digit


def promise(percent: str, deadline: str | None = None, **given: object) -> nb.Commitment:
    base = nb.Commitment(
        key=f"test-{percent}-{deadline}-{sorted(given)}",
        party=nb.Country("NOR"),
        share=nb.model.ShareRange.parse(f"{percent} %"),
        component=nb.model.Component.CORE,
        kind=nb.model.CommitmentKind.PLAN,
        modality=nb.Modality.FLOOR,
        deadline=nb.model.Deadline.parse(deadline) if deadline else None,
        announced=nb.Announced.parse("2026-01-01", nb.Precision.DAY),
        source=SOURCE,
    )
    return attrs.evolve(base, **given)  # type: ignore[arg-type] # each case gives fields of a commitment


def record(*items: nb.Commitment) -> nb.model.Commitments:
    unique = [attrs.evolve(item, key=f"{number}-{item.key}") for number, item in enumerate(items)]
    return nb.model.Commitments(items=tuple(unique), collected=dt.date(2026, 11, 24))
