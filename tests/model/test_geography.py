"""Capitals and land borders: what they refuse."""

from __future__ import annotations

import pytest

import natoburden as nb
from natoburden.errors import UnexpectedValueError
from natoburden.model import Capital, LandBorder

SOURCE = nb.Source(title="Invented", publisher="a test")
POL, DEU = nb.Country("POL"), nb.Country("DEU")


@pytest.mark.parametrize(("latitude", "longitude"), [("90.1", 0), (-91, 0), (0, "180.5"), (0, -181)])
def test_a_capital_lies_on_the_globe(latitude: str | int, longitude: str | int) -> None:
    with pytest.raises(UnexpectedValueError, match="degrees"):
        Capital(country=POL, name="Nowhere", latitude=latitude, longitude=longitude, source=SOURCE)


def test_a_border_lies_between_two_countries() -> None:
    with pytest.raises(UnexpectedValueError, match="between two countries"):
        LandBorder(one=POL, other=POL, source=SOURCE)
    assert LandBorder(one=POL, other=DEU, source=SOURCE).sources == (SOURCE,)


def test_places_are_written_for_people() -> None:
    warsaw = Capital(country=POL, name="Warsaw", latitude="52.25", longitude=21, source=SOURCE)
    assert str(warsaw) == "Warsaw, Poland: 52.25, 21"
    assert str(LandBorder(one=POL, other=DEU, source=SOURCE)) == "Poland and Germany"
