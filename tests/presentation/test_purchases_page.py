"""Purchases on one page: by year and by other keys, in every format and in French, and on a narrow terminal."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

import natoburden as nb
from natoburden.__main__ import main
from natoburden.calculators.purchases.notices import By
from natoburden.errors import UnexpectedValueError
from natoburden.model.energy import Fuel
from natoburden.presentation.purchases_page import purchases_page

TABLE = nb.datasets.defence_expenditure("2026-07")


def test_a_year_has_notices_energy_expenditure_and_the_gap() -> None:
    page = purchases_page("Germany", table=TABLE, since=2025)
    row = page.rows[0]
    lng = nb.purchases.energy(nb.datasets.us_energy_exports("lng"), nb.datasets.energy_prices(), "DEU", 2025)
    gap = nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE)
    assert row.value_of(Fuel.LNG) == lng.value
    assert row.spending is not None
    assert (row.spending.share, row.spending.gaps[0].amount) == (gap.share, gap.amount)
    assert (
        row.count
        == len(row.keys)
        == nb.purchases.notified(nb.datasets.us_arms_notifications(), "DEU", since=2025)[0].count
    )


def test_a_year_without_a_notice_has_none_and_a_year_without_a_table_no_figure() -> None:
    page = purchases_page("Germany", table=TABLE)
    first, last = page.rows[0], page.rows[-1]
    assert first.notices is not None
    assert (first.label, first.count, first.notices.ceilings) == ("2017", 0, nb.Money(0, "USD"))
    assert first.value_of(Fuel.CRUDE) is None
    assert first.energy_of_gdp is None
    assert (last.label, last.value_of(Fuel.LNG)) == ("2026", None)
    [line] = [line for line in str(page).splitlines() if line.startswith("2026")]
    assert ".." in line


def test_all_formats_say_the_same_unrounded() -> None:
    page = purchases_page("POL", table=TABLE, since=2024)
    rows = list(csv.DictReader(io.StringIO(page.to_csv())))
    data = json.loads(page.to_json())
    assert [row["label"] for row in rows] == [row["label"] for row in data["rows"]] == ["2024", "2025", "2026"]
    assert Decimal(rows[1]["lng_million_usd"]) == Decimal(data["rows"][1]["lng_million_usd"])
    assert rows[1]["notice_keys"].split(" POL")[0] == data["rows"][1]["notice_keys"][0]
    assert data["changed"]["months"] == 16
    assert "| 2025 |" in page.to_table().to_markdown()
    assert "<td>2025</td>" in page.to_html()


@pytest.mark.parametrize("by", ["quarter", "fiscal year", "buyer", "area", "standing"])
def test_rows_by_another_key_are_notices_alone_with_a_total(by: By) -> None:
    page = purchases_page(table=TABLE, since=2024, by=by)
    assert sum(row.count or 0 for row in page.rows) == page.totals[0].count
    assert "lng" not in page.to_csv()
    assert "LNG" not in str(page)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_the_page_fits_80_columns_as_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], locale: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["purchases", "--locale", locale]) == 0
    lines = capsys.readouterr().out.splitlines()
    table = [line for line in lines if line[:4].isdigit() and line[4] == " " and " months" not in line]
    assert len(table) >= 10
    assert max(map(len, table)) <= 80


def test_in_french_words_and_figures_are_french() -> None:
    text = purchases_page("Italy", table=TABLE, since=2025).to_text(locale="fr")
    for said in ("Achats aux États-Unis\N{NO-BREAK SPACE}: Italie", "notifié", "pétrole", "2,79"):
        assert said in text


def test_an_ally_that_no_table_names_is_told_in_a_note() -> None:
    page = purchases_page("Hungary", table=TABLE, since=2024)
    assert "No table of exports names them: crude oil." in page.to_dict()["notes"]
    assert page.rows[1].shipped(Fuel.CRUDE) is None


def test_what_a_ceiling_is_stands_below_the_figures() -> None:
    notes = " ".join(purchases_page("POL", table=TABLE).to_dict()["notes"])
    for said in (
        "not contracts, not payments",
        "February 1, 2017 to June 25, 2026",
        "do not add up",
        "exact, two-sided",
    ):
        assert said in notes


def test_a_first_year_after_the_record_is_refused() -> None:
    with pytest.raises(UnexpectedValueError, match="2017-02-01 to 2026-06-25"):
        purchases_page(table=TABLE, since=2030)


def test_the_command_takes_an_ally_a_key_and_a_target(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["purchases", "POL", "--by", "area", "--since", "2025", "--target", "us-demand", "--format", "csv"]) == 0
    )
    assert "missiles," in capsys.readouterr().out


def test_a_year_before_the_record_has_no_notices_which_is_not_zero() -> None:
    page = purchases_page("Germany", table=TABLE, since=2016)
    first = page.rows[0]
    assert (first.label, first.notices, first.count, first.keys) == ("2016", None, None, ())
    assert first.value_of(Fuel.LNG) == nb.Money(0, "USD")
    [line] = [line for line in str(page).splitlines() if line.startswith("2016")]
    assert line.split()[1:4] == ["..", "..", "0.00"]
    row = next(csv.DictReader(io.StringIO(page.to_csv())))
    assert row["notices"] == row["never_bought"] == row["ceilings_million_usd"] == ""


def test_a_fuel_is_unnamed_only_where_a_table_covers_a_year_of_the_page() -> None:
    assert purchases_page("Germany", table=TABLE, since=2026).lacking == ()
    assert len(purchases_page("Luxembourg", table=TABLE, since=2024).lacking) == 2


def test_sources_are_those_of_what_the_page_shows_and_a_rise_has_its_sign() -> None:
    page = purchases_page("Germany", table=TABLE, since=2024)
    assert TABLE.edition.source in page.sources
    assert purchases_page("Germany", table=TABLE, by="area").sources == ()
    assert "+67.6% by volume, +107.0% by value" in str(page)


def test_the_united_states_do_not_buy_from_themselves() -> None:
    with pytest.raises(UnexpectedValueError, match="name another country or a group"):
        purchases_page("USA", table=TABLE)


def test_sums_of_a_group_without_all_members_are_told_apart() -> None:
    assert "at least what stands here" in " ".join(str(purchases_page(table=TABLE, since=2025)).split())
    assert "at least what" not in str(purchases_page("DEU", table=TABLE, since=2025))
    assert "LNG: no sum for the group" in str(purchases_page("NATO", table=TABLE, since=2025))
