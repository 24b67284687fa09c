"""The brief: all allies, honest about what is missing, in every format."""

from __future__ import annotations

import csv
import io
import json
import sys
from decimal import Decimal

import openpyxl  # type: ignore[import-untyped] # it ships no types
import pytest

import natoburden as nb
from natoburden.errors import MissingExtraError, NoObservationError, UnknownNameError
from natoburden.presentation.cli import main
from natoburden.presentation.commitments_page import commitment_list
from natoburden.presentation.layout import Heading, TextTable

TABLE = nb.datasets.defence_expenditure("2026-07")


def row(page: nb.Brief, name: str) -> dict[str, str]:
    table = page.to_table()
    titles = [f"{heading.title} {number}" for number, heading in enumerate(table.headings)]
    cells = next(line for line in (*table.rows, *table.totals) if line[0] == name)
    return dict(zip(titles, cells, strict=True))


@pytest.mark.newest
def test_the_newest_year_of_the_newest_edition_lists_all_32_allies() -> None:
    page = nb.brief()
    assert (page.table.edition.key, page.year, len(page.rows)) == ("2026-07", 2026, 32)
    assert [total.entity.name for total in page.totals] == ["NATO Europe and Canada", "NATO Total"]


def test_a_year_lists_the_members_of_that_year() -> None:
    names = [line.entity.name for line in nb.brief(TABLE, year=2023).rows]
    assert len(names) == 31
    assert "Finland" in names
    assert "Sweden" not in names


def test_a_row_shows_the_published_figures_and_the_gaps() -> None:
    germany = row(nb.brief(TABLE, year=2025), "Germany")
    assert list(germany.values()) == [
        "Germany", "2.22e", "11.26", "-0.22", "-11.01", "1.28", "64.84", "2.78", "140.69", "25.2", "3.5/29",
    ]  # fmt: skip


def test_group_totals_are_gross_and_carry_the_net_in_data() -> None:
    page = nb.brief(TABLE, year=2025, targets=[nb.HAGUE_CORE])
    europe = page.totals[0].gaps[0]
    assert europe.amount is not None
    assert europe.net is not None
    assert round(europe.amount.in_billions, 1) == Decimal("347.4")
    assert round(europe.net.in_billions, 1) == Decimal("338.8")
    assert str(europe.points) == "+1.19 pp"


def test_a_computed_total_stands_where_nato_prints_none() -> None:
    page = nb.brief(TABLE, year=2025, group="NATO Europe")
    assert len(page.rows) == 30
    assert str(page.totals[0].share) == "2.33 %"


def test_missing_figures_are_dots_and_named_never_zero() -> None:
    page = nb.brief(TABLE, year=2025)
    assert set(list(row(page, "Iceland").values())[1:]) == {".."}
    assert any("Iceland" in note and "missing is not zero" in note for note in page.to_table().notes)
    august = nb.brief(nb.datasets.defence_expenditure("2025-08"), year=2025)
    assert row(august, "Germany")["share % GDP 1"] == ".."
    assert august.rows[0].gaps[0].amount is None
    assert august.totals[0].gaps[0].amount is None
    assert august.totals[0].share == nb.Share.percent("2.27")


def test_a_group_with_countries_outside_the_table_has_no_total() -> None:
    page = nb.brief(TABLE, year=2025, group="EU")
    assert page.totals[0].share is None
    assert page.totals[0].gaps[0].points is None


def test_an_equipment_target_is_measured_in_expenditure() -> None:
    page = nb.brief(TABLE, year=2025, targets=[nb.WALES_EQUIPMENT])
    belgium = next(line for line in page.rows if line.entity == nb.Country("BEL"))
    assert str(belgium.gaps[0].points) == "+6.64 pp"
    assert page.totals[0].gaps[0].points is None


def test_firm_years_carry_no_estimate_mark() -> None:
    page = nb.brief(TABLE, year=2024)
    assert row(page, "Germany")["share % GDP 1"] == "2.00"
    assert not any(note.startswith("e:") for note in page.to_table().notes)


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("name", "Albania"),
        ("share", "Poland"),
        ("change", "Luxembourg"),
        ("gap", "Albania"),
        ("amount", "United States"),
        ("equipment", "Luxembourg"),
    ],
)
def test_rows_sort_by_name_or_by_the_largest_figure(sort: str, first: str) -> None:
    rows = nb.brief(TABLE, year=2025, sort=sort).rows  # type: ignore[arg-type] # the cases are the literals
    assert rows[0].entity.name == first
    if sort != "name":
        assert rows[-1].entity.name == "Iceland"


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="name, share, change"):
        nb.brief(TABLE, sort="size")  # type: ignore[arg-type] # refused on purpose
    with pytest.raises(NoObservationError, match="2014-2026"):
        nb.brief(TABLE, year=2013)
    with pytest.raises(UnknownNameError, match="NATO_EUROPE"):
        nb.brief(TABLE, group="NATO Europa")


def test_csv_holds_one_line_per_row_and_target_with_unrounded_figures() -> None:
    lines = list(csv.DictReader(io.StringIO(nb.brief(TABLE, year=2025).to_csv())))
    assert len(lines) == (32 + 2) * 3
    germany = next(line for line in lines if line["key"] == "DEU" and line["target"] == "hague-core")
    assert Decimal(germany["gap_million_usd"]) == Decimal("64841.085")
    assert Decimal(germany["gap_points"]) == Decimal("1.28")
    iceland = next(line for line in lines if line["key"] == "ISL")
    assert iceland["share_of_gdp_percent"] == iceland["gap_million_usd"] == ""


def test_json_holds_the_figures_of_csv_unrounded() -> None:
    data = json.loads(nb.brief(TABLE, year=2025).to_json())
    germany = next(ally for ally in data["rows"] if ally["key"] == "DEU")
    assert germany["share_of_gdp_percent"] == "2.22"
    assert germany["gaps"][1] == {
        "target": "hague-core",
        "target_percent": "3.5",
        "gap_points": "1.28",
        "gap_million_usd": "64841.085",
        "net_gap_million_usd": None,
    }
    assert [target["key"] for target in data["targets"]] == ["vilnius-floor", "hague-core", "us-demand"]
    assert data["sources"][0]["publisher"] == "NATO"
    assert len(data["totals"]) == 2


def test_markdown_is_a_table_with_bold_totals() -> None:
    lines = nb.brief(TABLE, year=2025).to_table().to_markdown().splitlines()
    assert lines[2].startswith("| Ally | share % GDP |")
    assert lines[3].startswith("| :--- | ---: |")
    assert sum(line.startswith("| **NATO") for line in lines) == 2
    assert "&#124;" in TextTable(title="t", headings=(Heading("a"),), rows=(("x|y",),)).to_markdown()


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_every_format_can_be_written_to_a_file(form: str) -> None:
    file = io.StringIO()
    nb.brief(TABLE, year=2025).write(file, form)  # type: ignore[arg-type] # the cases are the literals
    assert "Germany" in file.getvalue()
    assert "\x1b" not in file.getvalue()


def test_the_footer_names_edition_targets_and_sources() -> None:
    text = "\n".join(nb.brief(TABLE).to_table().notes)
    assert "Defence Investment of NATO Countries (2014-2026)" in text
    assert "Target: Hague core target (floor: 3.50 % of GDP by 2035)" in text


def test_a_plain_table_without_totals_has_no_blank_line_inside() -> None:
    file = io.StringIO()
    TextTable(title="t", headings=(Heading("a"), Heading("b")), rows=(("x", "1"),)).write_text(file)
    assert file.getvalue().splitlines() == ["t", "", "a b", "x 1", ""]


def test_without_rich_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rich.console", None)
    with pytest.raises(MissingExtraError, match=r"natoburden\[cli\]"):
        nb.brief(TABLE).write(io.StringIO())


def test_a_locale_writes_its_own_separators() -> None:
    table = nb.brief(TABLE, year=2025).to_table(locale="de")
    germany = next(line for line in table.rows if line[0] == "Deutschland")
    assert germany[1] == "2,22e"
    with pytest.raises(UnknownNameError, match="locale"):
        nb.brief(TABLE).to_table(locale="xx-nowhere")


@pytest.mark.parametrize(
    ("ally", "text"),
    [
        ("Germany", "3.5/29"),
        ("Lithuania", "5-6/30"),
        ("Canada", "3.5*/35"),
        ("Spain", "≤2.1!"),
        ("Slovenia", "3/30!"),
        ("Slovakia", "3.5*/35!"),
        ("Czechia", "2.1/26!"),
        ("Poland", "4.8/26"),
        ("Latvia", "3n/27"),
        ("Belgium", "2.5/34"),
        ("Italy", "2.5/28"),
        ("Montenegro", ""),
        ("Iceland", ".."),
        ("NATO Total", ""),
    ],
)
def test_the_promised_column_shows_the_last_dated_promise_in_short(ally: str, text: str) -> None:
    page = nb.brief(TABLE, year=2026)
    cells = next(line for line in (*page.to_table().rows, *page.to_table().totals) if line[0] == ally)
    assert cells[-1] == text


def test_promises_are_those_in_force_when_the_edition_came_out() -> None:
    page = nb.brief(nb.datasets.defence_expenditure("2024-06"))
    spain = next(line for line in page.rows if line.entity == nb.Country("ESP"))
    assert spain.promised is not None
    assert (str(spain.promised.share), spain.promised.by) == ("2.00 %", 2029)
    assert any("in force on 2024-06-17" in note for note in page.to_table().notes)


def test_promises_stand_in_the_data_with_their_keys() -> None:
    page = nb.brief(TABLE, year=2026)
    data = next(ally for ally in json.loads(page.to_json())["rows"] if ally["key"] == "FRA")
    assert data["promised_low_percent"] == "3.5"
    assert "FRA-2025-3-3.5" in data["promised_keys"]
    lines = list(csv.DictReader(io.StringIO(page.to_csv())))
    lithuania = next(line for line in lines if line["key"] == "LTU")
    assert [lithuania[f"promised_{name}"] for name in ("low_percent", "high_percent", "by")] == ["5", "6", "2030"]


def test_notes_speak_only_of_what_the_page_shows() -> None:
    notes = nb.brief(TABLE, year=2024, group="NATO_EUROPE_WITHOUT_TURKIYE").to_table().notes
    assert any(note.startswith("..:") for note in notes)
    notes = nb.brief(TABLE, year=2024, group="NATO_EU").to_table().notes
    assert not any(note.startswith(("..:", "e:")) for note in notes)


@pytest.mark.parametrize("edition", ["2024-06", "2025-08", "2026-07"])
def test_the_column_and_the_list_of_commitments_tell_the_same_last_year(edition: str) -> None:
    """What the legend says: the last promise of core spending, or of a total, in force on the day, with a year to come.

    An aim is to be reached by its deadline, a floor from its start on, or by its deadline if it has none.
    """
    table = nb.datasets.defence_expenditure(edition)
    day = table.edition.source.date
    assert day is not None
    page = nb.brief(table)
    assert any(f"'natoburden commitments --on {day}'" in note for note in page.to_table().notes)
    for line in page.rows:
        if line.promised is None or line.promised.is_ceiling:
            continue
        listed = [found.commitment for found in commitment_list(line.entity, table=table, on=day).rows]
        refused = any(item.refused for item in listed)
        years = {
            item.start if item.modality is nb.Modality.FLOOR and item.start else item.deadline and item.deadline.latest
            for item in listed
            if item.component in (nb.model.Component.CORE, nb.model.Component.TOTAL)
            and item.modality in (nb.Modality.AIM, nb.Modality.FLOOR)
            and item.kind is not nb.model.CommitmentKind.DEMAND
            and not item.refused
            and not (refused and item.standing is nb.model.Standing.CONTESTED)
        }
        to_come = [year for year in years if year and year >= day.year]
        assert line.promised.by == max(to_come, default=None), line.entity


def test_a_promise_due_in_the_year_of_the_edition_is_shown() -> None:
    poland = next(line for line in nb.brief(TABLE, year=2026).rows if line.entity == nb.Country("POL")).promised
    assert poland is not None
    assert (str(poland.share), poland.by) == ("4.80 %", 2026)
    listed = commitment_list("POL", on=TABLE.edition.source.date).to_table().rows
    assert ("aim 4.80 % core", "2026") in [row[1:3] for row in listed]


def test_the_page_names_the_allies_whose_points_and_money_have_opposite_signs() -> None:
    notes = nb.brief(nb.datasets.defence_expenditure("2026-07"), year=2024).to_table().notes
    assert (
        "Points and money have opposite signs (Netherlands): the share is of constant prices, not current ones."
        in notes
    )
    assert not any("opposite" in note for note in nb.brief(TABLE, year=2026).to_table().notes)


def test_the_column_of_promises_is_explained_with_its_blanks_and_marks() -> None:
    notes = " ".join(nb.brief(TABLE).to_table().notes)
    for sign in ("blank: no promise with such a year", "*: of a promise", "n: in a national definition", "!: the ally"):
        assert sign in notes


def test_a_promise_is_shown_where_the_edition_lacks_the_newest_figure() -> None:
    """The edition of August 2025 has no German share of 2025; the path starts from 2024."""
    page = nb.brief(nb.datasets.defence_expenditure("2025-08"))
    assert list(row(page, "Germany").values())[-1] == "3.5/29"
    assert row(page, "Germany")["share % GDP 1"] == ".."


def test_refusals_stand_in_the_data() -> None:
    page = nb.brief(TABLE, year=2026)
    lines = {line["key"]: line for line in csv.DictReader(io.StringIO(page.to_csv()))}
    assert lines["SVN"]["promised_refusals"] == "SVN-2025-5.0-OPTOUT"
    assert (lines["ESP"]["promised_is_ceiling"], lines["CZE"]["promised_high_percent"]) == ("yes", "2.1")
    assert lines["ISL"]["promised_refusals"] == ""
    slovenia = next(ally for ally in json.loads(page.to_json())["rows"] if ally["key"] == "SVN")
    assert slovenia["promised_high_percent"] == "3"


def test_an_estimate_has_its_chance_where_it_is_asked_for_and_the_default_has_none() -> None:
    tables = nb.datasets.defence_expenditure_editions(
        "2016-01", "2019-06", "2022-06", "2023-07", "2024-06", "2025-08", "2026-07"
    )
    asked = nb.brief(tables[-1], chances=True)
    errors = nb.simulation.revision_errors(tables)
    spain = next(row for row in asked.rows if row.entity == nb.Country("ESP"))
    for gap in spain.gaps:
        found = nb.simulation.chance_of_meeting(tables[-1], "ESP", 2026, gap.target, errors)
        assert gap.chance == found.chance
    assert asked.revisions == sum(row.ahead == 1 for row in errors) == 145
    assert "part of 145 earlier revisions" in asked.to_table().to_markdown()
    assert "chance_percent" in asked.to_csv()
    plain = nb.brief(tables[-1])
    assert "chance_percent" not in plain.to_csv()
    assert {gap.chance for row in plain.rows for gap in row.gaps} == {None}


def test_the_brief_of_an_estimated_year_says_how_often_earlier_counts_came_down() -> None:
    def notes(edition: str, year: int) -> str:
        return "\n".join(nb.brief(nb.datasets.defence_expenditure(edition), year=year).to_table().notes)

    assert "came down in 5 of 5 earlier editions" in notes("2026-07", 2026)
    assert "came down" not in notes("2026-07", 2025)
    assert "came down" not in notes("2016-01", 2015)
    equipment = nb.brief(nb.datasets.defence_expenditure("2026-07"), targets=[nb.WALES_EQUIPMENT])
    assert "came down" not in "\n".join(equipment.to_table().notes)


def test_an_edition_with_no_earlier_one_has_no_chances_and_says_so_by_the_count() -> None:
    first = nb.brief(nb.datasets.defence_expenditure("2016-01"), chances=True)
    assert first.revisions == 0
    assert {gap.chance for row in first.rows for gap in row.gaps} == {None}
    outcomes = nb.brief(nb.datasets.defence_expenditure("2026-07"), year=2020, chances=True, targets=[nb.HAGUE_CORE])
    assert {gap.chance for row in outcomes.rows for gap in row.gaps} == {None}


def test_gaps_to_several_targets_are_told_apart_in_a_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(nb.brief(nb.datasets.defence_expenditure("2026-07"), year=2025).to_xlsx()))
    heads = [cell.value for cell in book.worksheets[0][1]]
    assert len(set(heads)) == len(heads)
    assert "gap 3.5% USD bn" in heads


def test_a_brief_is_given_in_the_currency_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """All at one rate a year: members add up, and points and shares stay as they are."""
    euros, dollars = (nb.brief(TABLE, year=2025, currency=code) for code in ("EUR", None))
    rate = nb.datasets.yearly_exchange_rates().for_year(2025)
    for line, other in zip((*euros.rows, *euros.totals), (*dollars.rows, *dollars.totals), strict=True):
        assert (line.share, [gap.points for gap in line.gaps]) == (other.share, [gap.points for gap in other.gaps])
        for one, two in zip(line.gaps, other.gaps, strict=True):
            assert (one.amount is None) == (two.amount is None)
            if one.amount is not None and two.amount is not None:
                assert round(one.amount.in_millions, 6) == round(rate.convert(two.amount, "EUR").in_millions, 6)
    assert any("gap_million_eur" in line for line in euros.to_csv().splitlines()[:1])
    assert "usd" not in euros.to_csv()
    assert [heading.second_line for heading in euros.to_table().headings].count("EUR bn") == 3
    assert "Not in dollars" in euros.to_text()
    assert "Not in dollars" not in dollars.to_text()
    asked = ["brief", "--year", "2025", "--edition", "2026-07", "--target", "hague-core", "--currency", "EUR"]
    assert main([*asked, "--locale", "fr"]) == 0
    said = capsys.readouterr().out
    assert "Md EUR" in said
    assert "Hors dollars" in said


def test_a_brief_in_a_currency_fits_80_columns(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("natoburden.presentation.layout.width_of", lambda _file: 80)
    for locale in ("en", "fr"):
        asked = ["brief", "--year", "2025", "--edition", "2026-07", "--currency", "GBP", "--locale", locale]
        assert main(asked) == 0
        assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--currency", "own"], "NATO has none of its own; name one, such as EUR"),
        (["--currency", "EURO"], "did you mean 'EUR'?"),
        (["--article", "--currency", "EUR"], "an article's demand is in dollars"),
    ],
)
def test_a_currency_that_a_brief_cannot_have_is_refused(
    capsys: pytest.CaptureFixture[str], asked: list[str], told: str
) -> None:
    with pytest.raises(SystemExit):
        main(["brief", "--edition", "2026-07", *asked])
    assert told in capsys.readouterr().err
