"""Where allies lie: every one has a capital, and the borders are those of the map."""

from __future__ import annotations

import hashlib

import natoburden as nb
from natoburden.datasets import _files
from natoburden.datasets._shapes import outlines

ALLIES = nb.Group.find("NATO").members(2026)
PAIRS = {frozenset((border.one.alpha_3, border.other.alpha_3)) for border in nb.datasets.land_borders()}


def test_the_packaged_files_have_their_hashes_and_licences() -> None:
    for file in _files.editions("geography/manifest.toml").values():
        assert hashlib.sha256(file.path.read_bytes()).hexdigest() == file.sha256
        assert file.source.licence == "public domain"


def test_every_ally_has_a_capital() -> None:
    assert sorted(capital.country for capital in nb.datasets.capitals()) == sorted(ALLIES)


def test_coordinates_are_degrees_north_and_east() -> None:
    places = {capital.name: capital for capital in nb.datasets.capitals()}
    assert (float(places["Lisbon"].latitude), float(places["Lisbon"].longitude)) == (38 + 43 / 60, -(9 + 8 / 60))
    assert float(places["Brussels"].longitude) == 4 + 20 / 60


def test_a_european_capital_lies_among_the_points_of_its_country() -> None:
    drawn = outlines()
    for capital in nb.datasets.capitals():
        parts = drawn.get(capital.country.alpha_3, ())
        near = [part for part in parts if _within(part, float(capital.longitude), float(capital.latitude))]
        assert near or capital.country.alpha_3 in ("USA", "CAN"), capital


def _within(part: tuple[tuple[float, float], ...], east: float, north: float) -> bool:
    """Return whether a place lies in the box around a part, with half a degree to spare for what is simplified."""
    easts, norths = [point[0] for point in part], [point[1] for point in part]
    return min(easts) - 0.5 <= east <= max(easts) + 0.5 and min(norths) - 0.5 <= north <= max(norths) + 0.5


def test_pairs_that_share_points_of_the_map_share_a_border() -> None:
    """The outlines of neighbours share their vertices, so that the map is a witness of the list of borders."""
    points = {code: {point for part in parts for point in part} for code, parts in outlines().items()}
    codes = sorted({ally.alpha_3 for ally in ALLIES} & set(points))
    drawn = {
        frozenset((one, other))
        for place, one in enumerate(codes)
        for other in codes[place + 1 :]
        if len(points[one] & points[other]) > 1
    }
    listed = {pair for pair in PAIRS if pair <= set(codes)}
    assert drawn <= listed
    assert listed - drawn == {frozenset(("HRV", "MNE"))}  # 19 km, of which the simplified map keeps one point


def test_islands_share_no_border_with_an_ally() -> None:
    named = {code for pair in PAIRS for code in pair}
    assert {ally.alpha_3 for ally in ALLIES} - named == {"GBR", "ISL"}
