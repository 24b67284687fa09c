"""Pages on a table that counts as another publisher does: the page says so, and warns of nothing."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import attrs
import pytest

import natoburden as nb
from natoburden.model import CountedBy
from natoburden.presentation.commitments_page import commitment_list
from natoburden.presentation.fiscal_page import ally_fiscal_space
from natoburden.presentation.gap_page import ally_gaps
from natoburden.presentation.purchases_page import purchase_list
from natoburden.presentation.tables import Page

NATO = nb.datasets.defence_expenditure("2026-07")
PAGES: dict[str, Callable[[nb.ExpenditureTable], Page]] = {
    "brief": lambda table: nb.brief(table, year=2026, chances=True),
    "brief of a group": lambda table: nb.brief(table, year=2025, group="EU"),
    "gap": lambda table: ally_gaps("DEU", table=table, year=2025),
    "gap of a group": lambda table: ally_gaps("NATO_EUROPE", table=table, year=2025),
    "commitments": lambda table: commitment_list(table=table),
    "purchases": lambda table: purchase_list("DEU", table=table, since=2024),
    "fiscal": lambda table: ally_fiscal_space("ITA", table=table, year=2026),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("locale", "said"), [("en", "count as SIPRI does"), ("fr", "la définition «\u00a0SIPRI\u00a0»")]
)
def test_a_page_says_that_its_table_counts_otherwise_and_does_not_warn(name: str, locale: str, said: str) -> None:
    table = attrs.evolve(NATO, edition=attrs.evolve(NATO.edition, counted_by=CountedBy.SIPRI))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page = PAGES[name](table)
        notes = page.to_table(locale=locale).notes
    assert sum(said in note for note in notes) == 1


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_natos_own_table_has_nothing_to_say_of_it(name: str) -> None:
    assert not any("two definitions" in note for note in PAGES[name](NATO).to_table().notes)
