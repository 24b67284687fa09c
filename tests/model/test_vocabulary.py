"""What a wrong name is told: the nearest of the valid ones, found among many without comparing with each."""

from __future__ import annotations

import difflib
import string

from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.cldr import bare
from natoburden.model._vocabulary import _sharing_pairs, nearest

NAMES = sorted({bare(country.name) for country in nb.Country.all()})
LONG = [name for name in NAMES if len(name) > 4]


@st.composite
def misspelt(draw: st.DrawFn) -> str:
    """Return a name with one letter left out, added or replaced, or with two letters exchanged."""
    name = draw(st.sampled_from(LONG))
    at = draw(st.integers(0, len(name) - 2))
    letter = draw(st.sampled_from(string.ascii_lowercase))
    first, second, rest = name[at], name[at + 1], name[at + 2 :]
    changed = (second, f"{first}{letter}{second}", f"{letter}{second}", f"{second}{first}")
    return name[:at] + draw(st.sampled_from(changed)) + rest


@given(misspelt())
def test_a_misspelt_name_is_told_the_one_that_a_comparison_with_all_finds(text: str) -> None:
    best = difflib.get_close_matches(text, NAMES, n=1, cutoff=0.6)
    found = nearest(text, NAMES)
    assert [*found[:1]] == best
    assert len(found) <= 3


@given(st.text(max_size=300), st.lists(st.text(max_size=30)))
def test_any_text_is_told_some_of_the_names_or_none(text: str, names: list[str]) -> None:
    assert {*nearest(text, names)} <= {*names}


def test_names_that_are_equally_like_are_compared_in_their_order() -> None:
    letters = [letter for letter in string.ascii_lowercase if letter not in "usd"]
    names = tuple(name for letter in letters for name in (f"us{letter * 2}", f"{letter * 2}sd"))
    assert _sharing_pairs("usd", names) == [*names[:20]]


def test_names_that_are_not_alike_are_not_told() -> None:
    assert nearest("xyzzy", NAMES) == ()
    assert nearest("Poland", []) == ()


def test_a_name_among_thousands_that_are_written_alike_is_found_or_not_but_never_slowly() -> None:
    keys = [f"contract-{number:06}" for number in range(20_000)]
    assert nearest("vehicles-7", [*keys, "vehicles-77"]) == ("vehicles-77",)
