"""Names of territories in every language: the packaged table says what Babel says, and no look-up loads Babel."""

from __future__ import annotations

import functools
import subprocess
import sys

import babel
import pytest
from babel import localedata

from natoburden.cldr import bare, folded
from natoburden.model._territories import territories_named
from natoburden.model._vocabulary import FOLDER
from tests.model.packaged_names import OF_THEIR_BABEL


@functools.cache
def names() -> dict[str, set[str]]:
    """The names of territories in all languages, by Babel, which takes seconds to read them."""
    found: dict[str, set[str]] = {}
    for language in localedata.locale_identifiers():
        if "_" not in language:
            for code, territory in babel.Locale.parse(language).territories.items():
                if len(code) == 2:
                    found.setdefault(territory, set()).add(code)
    return found


@OF_THEIR_BABEL
def test_every_name_in_every_language_finds_the_territories_that_have_it() -> None:
    exact: dict[str, set[str]] = {}
    loose: dict[str, set[str]] = {}
    for name, codes in names().items():
        exact.setdefault(folded(name), set()).update(codes)
        loose.setdefault(bare(name), set()).update(codes)
    assert len(exact) > 30_000
    assert {name: codes for name, codes in exact.items() if not territories_named(name) >= codes} == {}
    assert {name: codes for name, codes in loose.items() if not territories_named(name, loosely=True) >= codes} == {}


@OF_THEIR_BABEL
def test_the_table_holds_the_names_of_the_version_of_babel_that_it_was_made_with_and_no_others() -> None:
    lines = (FOLDER / "territory_names.tsv").read_text(encoding="utf-8").splitlines()
    held = {
        (accented or plain, code)
        for plain, accented, codes in (line.split("\t") for line in lines)
        for code in codes.split()
    }
    assert held == {(folded(name), code) for name, codes in names().items() for code in codes}


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Allemagne", {"DE"}),
        ("ALLEMAGNE", {"DE"}),
        ("Saksa", {"DE"}),
        ("Niemcy", {"DE"}),
        ("Германия", {"DE"}),
        ("ألمانيا", {"DE"}),
        ("Áo", {"AT"}),
        ("A\u0301o", {"AT"}),
        ("Avrupa Birliği", {"EU"}),
        ("Atlantis", set()),
        ("", set()),
    ],
)
def test_territories_are_found_by_name_in_every_language(name: str, codes: set[str]) -> None:
    assert territories_named(name) == codes


def test_continents_are_no_territories() -> None:
    assert territories_named("Europe") == frozenset()


@pytest.mark.parametrize("name", ["Allemagne", "Atlantis", "Republik von Nirgendwo"])
def test_a_look_up_does_not_load_babel(name: str) -> None:
    code = f"""
import contextlib, sys
import natoburden as nb
with contextlib.suppress(nb.errors.UnknownCountryError):
    nb.Country.find({name!r})
print("babel" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("name", ["\ud800", "a\tb", "\n", "\t", "allemagne\t"])
def test_a_name_that_breaks_the_lines_of_the_table_is_nobodys(name: str) -> None:
    assert territories_named(name) in (frozenset(), {"DE"})
    assert territories_named(f"x{name}x", loosely=True) == frozenset()
