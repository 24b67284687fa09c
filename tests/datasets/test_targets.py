"""The targets that ship: terms, dates and sources."""

from __future__ import annotations

import datetime as dt

import pytest

import natoburden as nb
from natoburden.errors import UnknownNameError


@pytest.mark.parametrize(
    ("target", "percent", "component", "modality", "adopted", "deadline"),
    [
        (nb.WALES_GUIDELINE, "2", "core", "aim", dt.date(2014, 9, 5), 2024),
        (nb.WALES_EQUIPMENT, "20", "equipment", "aim", dt.date(2014, 9, 5), 2024),
        (nb.VILNIUS_FLOOR, "2", "core", "floor", dt.date(2023, 7, 11), None),
        (nb.US_DEMAND, "5", "core", "floor", dt.date(2025, 2, 14), None),
        (nb.HAGUE_CORE, "3.5", "core", "floor", dt.date(2025, 6, 25), 2035),
        (nb.HAGUE_RELATED, "1.5", "related", "ceiling", dt.date(2025, 6, 25), 2035),
        (nb.HAGUE_TOTAL, "5", "total", "floor", dt.date(2025, 6, 25), 2035),
    ],
    ids=str,
)
def test_terms_of_each_target(
    target: nb.Target, percent: str, component: str, modality: str, adopted: dt.date, deadline: int | None
) -> None:
    assert target.share == nb.Share.percent(percent)
    assert target.component.value == component
    assert target.modality.value == modality
    assert (target.adopted, target.deadline) == (adopted, deadline)
    assert target.source.date == adopted


def test_every_target_can_be_had_by_its_key() -> None:
    for key, target in nb.datasets.spending_targets().items():
        assert nb.datasets.target(key) is target
    with pytest.raises(UnknownNameError, match="did you mean 'hague-core'"):
        nb.datasets.target("hague_core")


def test_the_hague_commitment_is_the_sum_of_its_parts() -> None:
    related = nb.HAGUE.related.share - nb.Share.percent(0)
    assert nb.HAGUE.core.share + related == nb.HAGUE.total.share
    assert nb.HAGUE.source.title == "The Hague Summit Declaration"
    assert str(nb.HAGUE).count("floor") == 2


def test_readings_that_the_texts_do_not_state_are_called_readings() -> None:
    assert "that it is a floor is a reading" in nb.HAGUE_TOTAL.note
    assert "named in January 2025" in nb.US_DEMAND.note
