"""Purchases on one page: by year and by other keys, in every format and in French, and on a narrow terminal."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl  # type: ignore[import-untyped] # it ships no types
import pytest

import natoburden as nb
from natoburden.__main__ import main
from natoburden.calculators.purchases.notices import By
from natoburden.datasets import american
from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model.energy import Fuel
from natoburden.presentation.purchases_page import purchase_list

DATA = Path(american.__file__).parent / "data/american"
TABLE = nb.datasets.defence_expenditure("2026-07")


def test_a_year_has_notices_energy_expenditure_and_the_gap() -> None:
    page = purchase_list("Germany", table=TABLE, since=2025)
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
    page = purchase_list("Germany", table=TABLE)
    first, last = page.rows[0], page.rows[-1]
    assert (first.label, first.count, first.notices and first.notices.ceilings) == ("2017", 0, nb.Money(0, "USD"))
    assert first.value_of(Fuel.CRUDE) is None
    assert first.energy_of_gdp is None
    assert (last.label, last.value_of(Fuel.LNG)) == ("2026", None)
    [line] = [line for line in str(page).splitlines() if line.startswith("2026")]
    assert ".." in line


def test_all_formats_say_the_same_unrounded() -> None:
    page = purchase_list("POL", table=TABLE, since=2024)
    rows = list(csv.DictReader(io.StringIO(page.to_csv())))
    data = json.loads(page.to_json())
    assert [row["label"] for row in rows] == [row["label"] for row in data["rows"]] == ["2024", "2025", "2026"]
    assert Decimal(rows[1]["lng_million_usd"]) == Decimal(data["rows"][1]["lng_million_usd"])
    assert rows[1]["notice_keys"].split(" POL")[0] == data["rows"][1]["notice_keys"][0]
    assert data["changed"]["months"] == 16
    assert "| 2025 |" in page.to_table().to_markdown()
    assert '<td class="text">2025</td>' in page.to_html()


@pytest.mark.parametrize("by", ["quarter", "fiscal year", "buyer", "area", "standing"])
def test_rows_by_another_key_are_notices_alone_with_a_total(by: By) -> None:
    page = purchase_list(table=TABLE, since=2024, by=by)
    assert sum(row.count or 0 for row in page.rows) == page.totals[0].count
    assert "lng" not in page.to_csv()
    assert "LNG" not in str(page)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_the_page_fits_80_columns_as_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], locale: str
) -> None:
    monkeypatch.setattr("natoburden.presentation.layout.width_of", lambda _file: 80)
    assert main(["purchases", "--locale", locale]) == 0
    lines = capsys.readouterr().out.splitlines()
    table = [line for line in lines if line[:4].isdigit() and line[4] in " *" and " months" not in line]
    assert len(table) >= 10
    assert max(map(len, table)) <= 80


def test_in_french_words_and_figures_are_french() -> None:
    text = purchase_list("Italy", table=TABLE, since=2025).to_text(locale="fr")
    for said in ("Achats aux États-Unis\N{NO-BREAK SPACE}: Italie", "Notifiés", "pétrole", "2,79"):
        assert said in text


def test_an_ally_that_no_table_names_is_told_in_a_note() -> None:
    page = purchase_list("Hungary", table=TABLE, since=2024)
    assert (
        "No figure for Hungary in the tables of American exports, which is not zero: crude oil."
        in page.to_dict()["notes"]
    )
    assert page.rows[1].shipped(Fuel.CRUDE) is None


def test_what_a_ceiling_is_stands_below_the_figures() -> None:
    notes = " ".join(purchase_list("POL", table=TABLE).to_dict()["notes"])
    for said in (
        "not contracts, not payments",
        "February 1, 2017 to June 25, 2026",
        "do not add up",
        "exact, two-sided",
    ):
        assert said in notes


def test_a_first_year_after_the_record_is_refused() -> None:
    with pytest.raises(UnexpectedValueError, match="2017-02-01 to 2026-06-25"):
        purchase_list(table=TABLE, since=2030)


def test_years_before_the_record_have_no_figure_and_years_before_all_tables_no_row() -> None:
    page = purchase_list("Poland", table=TABLE, since=1990)
    first = page.rows[0]
    assert (first.label, first.notices, first.count, first.keys) == ("2016", None, None, ())
    assert page.to_table().rows[0][1:4] == ("..", "..", "..")
    row = next(csv.DictReader(io.StringIO(page.to_csv())))
    assert (row["notices"], row["ceilings_million_usd"], row["ceilings_of_gdp_percent"]) == ("", "", "")


def test_sums_of_a_group_say_whom_they_leave_out() -> None:
    page = purchase_list("NATO_EUR_CAN", table=TABLE, since=2025)
    row = page.rows[0]
    with (DATA / "lng_exports_by_year.csv").open(encoding="utf-8", newline="") as file:
        european = {key.alpha_3 for key in nb.Group.find("NATO_EUROPE").members(2025)}
        lines = [line for line in csv.DictReader(file) if line["period"] == "2025"]
        volume = sum(Decimal([*line.values()][2] or 0) for line in lines if line["destination"] in european)
    assert row.volume_of(Fuel.LNG) == volume == 3_760_926
    assert row.is_at_least(Fuel.LNG)
    assert row.without_figure.startswith("lng: Canada; crude: Albania")
    cells = page.to_table().rows[0]
    assert {"≥3761", "≥29.78"} <= set(cells)
    assert "≥: at least; LNG of 2025 is without a figure for Canada." in page.to_dict()["notes"]
    assert not any("≥" in cell for cell in purchase_list("DEU", table=TABLE, since=2025).to_table().rows[0])


@pytest.mark.parametrize(("group", "since"), [("NATO", 2017), ("NATO_EUROPE", 2025), ("NATO_EUROPE", 2026)])
def test_gas_is_compared_in_the_last_two_years_of_the_table_whatever_the_rows(group: str, since: int) -> None:
    page = purchase_list(group, table=TABLE, since=since)
    assert page.gas is not None
    assert [str(item.period) for item in page.gas] == ["2024", "2025"]
    assert [item.quantity.amount for item in page.gas] == [2_311_231, 3_760_926]
    mark = "\N{GREATER-THAN OR EQUAL TO}" if group == "NATO" else ""  # no figure for Canada
    assert f"{mark}2,311.2 bcf in 2024 and {mark}3,760.9 bcf in 2025, both whole years (+62.7%)" in str(page)
    assert json.loads(page.to_json())["gas"][1]["period"] == "2025"


def test_a_group_counts_without_the_seller_which_has_no_page() -> None:
    nato, others = (purchase_list(key, table=TABLE, since=2024) for key in ("NATO", "NATO_EUR_CAN"))
    assert nato.to_csv() == others.to_csv()
    outside = purchase_list("NATO_NON_EU", table=TABLE, since=2025).rows[0]
    assert outside.gdp is not None
    assert outside.gdp < nb.Money(10, "USD") * 10**12
    with pytest.raises(UnexpectedValueError, match="the United States sells"):
        purchase_list("USA", table=TABLE)


def test_a_year_of_the_record_without_a_notice_is_zero_of_gdp_too() -> None:
    row = purchase_list("Hungary", table=TABLE, since=2025).rows[0]
    assert (row.count, row.ceilings_of_gdp) == (0, nb.Rate.percent(0))


def test_what_was_never_bought_is_told_apart() -> None:
    refused = nb.datasets.us_arms_notifications().of("Canada").select(lambda item: str(item.standing) == "never bought")
    notes = purchase_list("Canada", table=TABLE).to_dict()["notes"]
    money = f"{sum(item.ceiling.in_billions for item in refused):.2f}"
    assert f"Among them, known never to have been bought: {len(refused)}, ceilings of USD {money} bn." in notes


@pytest.mark.parametrize(("by", "said"), [("buyer", "Allemagne"), ("area", "autres domaines"), ("standing", "notifié")])
def test_labels_of_rows_are_french_for_people_and_english_for_programs(by: By, said: str) -> None:
    page = purchase_list(table=TABLE, by=by)
    assert said in [cells[0] for cells in page.to_table(locale="fr").rows]
    assert said not in page.to_csv()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Poland", "--group", "EU"], "give one of the two"),
        (["USA"], "the United States sells"),
        (["--since", "2030"], "2030 is not usable as a first year"),
        (["Atlantis"], "Atlantis"),
        (["--group", "Atlantis"], "Atlantis"),
        (["--target", "none"], "none"),
    ],
)
def test_bad_arguments_get_one_line_and_exit_code_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["purchases", *arguments])
    captured = capsys.readouterr()
    assert left.value.code == 2
    assert captured.err.count("\n") == 1
    assert words in captured.err


def test_the_command_takes_an_ally_a_key_and_a_target(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["purchases", "POL", "--by", "area", "--since", "2025", "--target", "us-demand", "--format", "csv"]) == 0
    )
    assert "missiles," in capsys.readouterr().out


def test_a_country_that_was_not_collected_has_no_page_and_members_of_a_group_are_named() -> None:
    with pytest.raises(NoObservationError, match="none was collected"):
        purchase_list("Israel", table=TABLE)
    page = purchase_list("EU", table=TABLE, since=2025)
    assert "No notices were collected for Cyprus, Malta, which is not zero." in str(page)
    assert "Chypre, Malte" in page.to_text(locale="fr")
    assert "collected" not in str(purchase_list("NATO", table=TABLE, since=2025))


def test_sums_in_words_are_marked_where_they_leave_out_members() -> None:
    at_least = "\N{GREATER-THAN OR EQUAL TO}"
    words = f"American LNG: {at_least}1,851.4 bcf in 2024 and {at_least}3,032.4 bcf in 2025"
    assert words in str(purchase_list("EU", table=TABLE, since=2025))
    assert "American LNG: 212.3 bcf" in str(purchase_list("DEU", table=TABLE, since=2025))


def test_the_first_of_a_month_is_written_as_french_does() -> None:
    assert "du 1er janvier 2025 au 25 juin" in purchase_list("POL", table=TABLE, since=2025).to_text(locale="fr")


def test_a_word_that_is_broken_in_a_terminal_is_whole_in_html() -> None:
    text = purchase_list("POL", table=TABLE, since=2025).to_html()
    assert ">notices</button>" in text
    assert ">LNG<br>USD bn</button>" in text


def test_a_year_that_is_not_over_says_so_in_the_table_and_in_the_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["purchases", "Poland"]) == 0
    printed = capsys.readouterr().out
    assert "\n2026* " in printed
    assert "*: notices to June 25, 2026 only." in printed
    assert main(["purchases", "Poland", "--format", "csv"]) == 0
    rows = {row["label"]: row["notices_until"] for row in csv.DictReader(capsys.readouterr().out.splitlines())}
    assert (rows["2025"], rows["2026"]) == ("", "2026-06-25")


def test_no_notice_on_either_side_has_no_p(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["purchases", "Estonia"]) == 0
    printed = capsys.readouterr().out
    assert "16 months before February 14, 2025 and from that day on: no notice." in printed
    assert "p of equal rates" not in printed


def test_years_in_a_workbook_are_numbers() -> None:
    page = purchase_list("POL", table=nb.datasets.defence_expenditure("2026-07"))
    book = openpyxl.load_workbook(io.BytesIO(page.to_xlsx()))
    for sheet in (book.worksheets[0], book.worksheets[-1]):
        years = [row[0].value for row in sheet.iter_rows(min_row=2)]
        assert years[:2] == [2017, 2018]
        assert all(isinstance(year, int) or str(year).endswith("*") for year in years)
