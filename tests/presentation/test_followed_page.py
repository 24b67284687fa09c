"""What followed a demand: below the brief of an article for people, beside its figures for programs."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import attrs
import pytest

import natoburden as nb
from natoburden.presentation.article_page import article_brief
from natoburden.presentation.followed_page import what_followed

TABLE, DAY = nb.datasets.defence_expenditure("2026-07"), dt.date(2025, 2, 14)
PAGE = article_brief(table=TABLE)
NOTICES = nb.datasets.us_arms_notifications()


@pytest.mark.parametrize("ally", ["POL", "DEU", "NLD"])
def test_ceilings_and_gas_are_those_of_the_calculators(ally: str) -> None:
    found = what_followed([nb.Country(ally)], DAY)[nb.Country(ally)]
    before = [item.ceiling for item in NOTICES.of(ally) if dt.date(2024, 2, 14) <= item.notified_on < DAY]
    since = [item.ceiling for item in NOTICES.of(ally) if item.notified_on >= DAY]
    assert found.notified_before == nb.Money.total(before)
    assert found.notified_since == nb.Money.total(since)
    exports, prices = nb.datasets.us_energy_exports("lng"), nb.datasets.energy_prices()
    assert found.lng_before == nb.purchases.energy(exports, prices, ally, 2024).value
    assert found.lng_since == nb.purchases.energy(exports, prices, ally, 2025).value


def test_people_see_what_followed_below_the_demand() -> None:
    for text in (PAGE.to_text(), PAGE.to_markdown(), PAGE.to_html(), PAGE.to_text(locale="fr")):
        assert "2026-06" in text or "June 25, 2026" in text or "25 juin 2026" in text
    below = str(PAGE).split("What followed: arms")[1]
    assert "Poland" in below
    assert "Hungary" not in below
    assert "not contracts" in below


def test_programs_find_it_in_the_rows() -> None:
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(PAGE.to_csv()))}
    followed = what_followed([nb.Country("POL")], DAY)[nb.Country("POL")]
    assert Decimal(rows["POL"]["notified_since_million_usd"]) == followed.notified_since.in_millions
    assert rows["USA"]["lng_year_of_million_usd"] == ""
    assert rows["CAN"]["lng_year_of_million_usd"] == ""
    assert "followed" not in PAGE.to_dict()["title"].lower()


def test_an_article_after_the_record_has_nothing_below() -> None:
    late = attrs.evolve(PAGE.article, source=attrs.evolve(PAGE.article.source, date=dt.date(2026, 10, 1)))
    page = article_brief(late, table=TABLE)
    assert page.further is None
    assert page.rows[0].purchases is None
    assert "What followed: arms" not in str(page)


def test_sums_of_gas_of_groups_are_there_and_say_whom_they_leave_out() -> None:
    assert PAGE.further is not None
    group = next(row for row in PAGE.further.totals if row.entity.key == "NATO_EUR_CAN")
    exports, prices = nb.datasets.us_energy_exports("lng"), nb.datasets.energy_prices()
    assert group.lng_since == nb.purchases.energy(exports, prices, "NATO_EUROPE", 2025).value
    assert group.lng_without == ("Canada",)
    table = PAGE.further.to_table()
    assert table.totals[0][3:] == ("≥14.82", "≥29.78")
    assert any("no figure for Canada" in note for note in table.notes)


def test_allies_stand_by_their_names_in_the_readers_language_or_as_they_were_sorted() -> None:
    assert PAGE.further is not None
    assert PAGE.further.to_table(locale="fr").rows[0][0] == "Allemagne"
    sorted_page = article_brief(table=TABLE, sort="share").further
    assert sorted_page is not None
    assert sorted_page.to_table(locale="fr").rows[0][0] in ("Lituanie", "Pologne")


def test_spans_of_two_lengths_are_not_read_as_a_rise() -> None:
    assert "longer than the first, 16 months: a larger sum is not yet a rise" in str(PAGE)
    assert "16 mois\N{NO-BREAK SPACE}: une somme plus grande" in PAGE.to_text(locale="fr")
