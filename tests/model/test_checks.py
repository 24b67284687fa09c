"""What a type checker would refuse is refused at run time too, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden.errors import MissingExtraError, UnexpectedValueError, UnknownNameError

DAY = dt.date(2025, 6, 25)
NOON = dt.datetime(2025, 6, 25, 12, tzinfo=dt.UTC)
TABLE = nb.datasets.defence_expenditure("2026-07")
NOTHING: Any = None
TEXT: Any = "1955-05-06"
SHARE: Any = nb.Share.percent(1)
GERMANY: Any = nb.Country("DEU")


@pytest.mark.parametrize(
    "build",
    [
        lambda: nb.Source(title=NOTHING, publisher="P"),
        lambda: nb.Source(title="T", publisher="P", date=TEXT),
        lambda: nb.Source(title="T", publisher="P", accessed=NOON),
        lambda: nb.Money(1, "USD", NOTHING),
        lambda: nb.model.Membership(country=nb.Country("DEU"), start=TEXT),
        lambda: nb.model.Membership(country=nb.Country("DEU"), start=DAY, end=NOON),
        lambda: nb.model.Membership(country=nb.Country("DEU"), start=DAY, end=dt.date(2024, 1, 1)),
        lambda: nb.Group(key="X", name="X", inside=()),
        lambda: nb.ExpenditureTable(edition=TABLE.edition, observations=()),
        lambda: nb.ExpenditureTable(edition=TABLE.edition, observations=(TABLE.observations[0],) * 2),
        lambda: nb.model.ShareRange.parse("3.5"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_in_words(build: Callable[[], object]) -> None:
    with pytest.raises(UnexpectedValueError, match=r"is not usable as an? "):
        build()


@pytest.mark.parametrize("build", [lambda: nb.Rate.percent(1).compounded_with(SHARE), lambda: GERMANY < 1])
def test_meanings_that_do_not_mix_are_type_errors(build: Callable[[], object]) -> None:
    with pytest.raises(TypeError):
        build()


def test_a_locale_is_a_text() -> None:
    with pytest.raises(UnknownNameError, match="unknown locale 'None'"):
        nb.Country("DEU").name_in(NOTHING)


def test_a_missing_extra_carries_the_library_where_import_errors_do() -> None:
    assert MissingExtraError("a table", "rich", "cli").name == "rich"


def test_a_share_range_may_stand_in_blanks() -> None:
    assert nb.model.ShareRange.parse(" 3.5 % ") == nb.model.ShareRange.parse("3.5%")


def test_a_table_may_be_made_from_some_of_anothers_figures() -> None:
    some = attrs.evolve(TABLE, observations=TABLE.observations[:10])
    assert len(list(some.select())) == 10
