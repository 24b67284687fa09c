"""The bundled tables: complete, as published, and traceable."""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from decimal import Decimal
from pathlib import Path

import attrs
import pytest

import natoburden as nb
from natoburden.datasets import _files, expenditure
from natoburden.errors import DataIntegrityError, NoObservationError, UnknownNameError

FOLDER = _files.DATA / "nato"
MANIFEST = tomllib.loads((FOLDER / "editions.toml").read_text(encoding="utf-8"))
KEYS = tuple(str(entry["key"]) for entry in MANIFEST["edition"])


@pytest.mark.parametrize("entry", MANIFEST["edition"], ids=lambda entry: str(entry["key"]))
def test_every_packaged_table_has_its_hash_licence_and_source(entry: dict[str, object]) -> None:
    content = (FOLDER / str(entry["file"])).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    table = nb.datasets.defence_expenditure(str(entry["key"]))
    assert table.edition.source.publisher == "NATO"
    assert "credit" in table.edition.source.licence
    assert table.edition.source.accessed is not None


def test_every_packaged_csv_file_is_in_the_manifest() -> None:
    assert {entry["file"] for entry in MANIFEST["edition"]} == {path.name for path in FOLDER.glob("*.csv")}


@pytest.mark.parametrize(
    ("key", "count"),
    [
        ("2016-01", 2776),
        ("2019-06", 2681),
        ("2022-06", 3827),
        ("2023-07", 30),
        ("2024-06", 5355),
        ("2025-08", 714),
        ("2026-07", 6247),
    ],
)
def test_every_line_of_the_files_becomes_one_observation(key: str, count: int) -> None:
    table = nb.datasets.defence_expenditure(key)
    assert len(table.observations) == count
    assert len({(item.measure, item.entity, item.year, str(item.value)) for item in table.observations}) <= count
    found = [table.observation(i.measure, i.entity, i.year, *kind(i)) for i in table.observations]
    assert found == list(table.observations)


def kind(item: nb.model.Observation[object]) -> tuple[nb.PriceBasis, nb.Currency] | tuple[()]:  # type: ignore[type-var] # any value
    return (item.value.basis, item.value.currency) if isinstance(item.value, nb.Money) else ()


@pytest.mark.newest
def test_the_newest_edition_is_the_default_and_editions_come_oldest_first() -> None:
    editions = nb.datasets.defence_expenditure_editions()
    assert nb.datasets.defence_expenditure() is editions[-1]
    assert [table.edition.key for table in editions] == [
        "2016-01", "2019-06", "2022-06", "2023-07", "2024-06", "2025-08", "2026-07",
    ]  # fmt: skip
    assert [table.edition.constant_year for table in editions] == [2010, 2015, 2015, 2015, 2015, 2021, 2021]
    assert sorted(KEYS) == [table.edition.key for table in editions]


def test_editions_are_pinned_by_their_keys() -> None:
    pinned = nb.datasets.defence_expenditure_editions("2026-07", "2019-06", "2026-07")
    assert [table.edition.key for table in pinned] == ["2019-06", "2026-07"]
    with pytest.raises(UnknownNameError, match="2020-06"):
        nb.datasets.defence_expenditure_editions("2020-06")


def test_an_edition_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(
        UnknownNameError,
        match=r"'2026-08'; valid: 2016-01, 2019-06, 2022-06, .*2025-08, 2026-07.*; did you mean '2026-07'",
    ):
        nb.datasets.defence_expenditure("2026-08")


@pytest.mark.parametrize("key", KEYS)
def test_estimates_are_those_of_the_last_two_years(key: str) -> None:
    table = nb.datasets.defence_expenditure(key)
    estimated = {item.year for item in table.observations if item.is_estimate}
    firm = {item.year for item in table.observations if item.status is nb.Status.ACTUAL}
    marked = 1 if key == "2016-01" else 2  # that of January gives one year, the last, as an estimate
    assert estimated == set(table.edition.estimated_years) == set(table.years[-marked:])
    assert not estimated & firm


@pytest.mark.parametrize(
    ("key", "members", "groups"),
    [
        ("2016-01", 2015, {"NATO", "NATO_EUROPE", "NORTH_AMERICA"}),
        ("2019-06", 2019, set()),
        ("2022-06", 2022, {"NATO", "NATO_EUR_CAN"}),
        ("2023-07", 2023, set()),
        ("2024-06", 2024, {"NATO", "NATO_EUR_CAN"}),
        ("2025-08", 2025, {"NATO", "NATO_EUR_CAN"}),
        ("2026-07", 2026, {"NATO", "NATO_EUR_CAN"}),
    ],
)
def test_every_edition_has_the_allies_of_its_day_with_armed_forces(key: str, members: int, groups: set[str]) -> None:
    table = nb.datasets.defence_expenditure(key)
    entities = {item.entity for item in table.observations}
    assert {entity.key for entity in entities if isinstance(entity, nb.Group)} == groups
    assert set(table.countries) == set(nb.model.Bloc.find("NATO").members(members)) - {nb.Country("ISL")}


def test_shares_of_2019_are_expenditure_over_gdp_at_constant_prices() -> None:
    table = nb.datasets.defence_expenditure("2019-06")
    prices = nb.PriceBasis.constant(2015)
    shares = list(table.select(measure=nb.Measure.SHARE_OF_GDP))
    assert len(shares) == 28 * 8
    for item in shares:
        spent, produced = (find(item.entity, item.year, prices).value for find in (table.expenditure, table.gdp))
        assert abs(100 * spent.amount / produced.amount - item.value.as_percent) < Decimal("1e-12")


def test_categories_of_2019_add_up_to_the_whole_where_all_four_are_there() -> None:
    table = nb.datasets.defence_expenditure("2019-06")
    categories = [measure for measure in nb.Measure if measure.is_category]
    sums: dict[tuple[object, int], list[Decimal]] = {}
    for measure in categories:
        for item in table.select(measure=measure):
            sums.setdefault((item.entity, item.year), []).append(item.value.as_percent)
    whole = [sum(parts, Decimal(0)) for parts in sums.values() if len(parts) == 4]
    assert len(whole) == 28 * 8 - 8
    assert all(abs(found - 100) < Decimal("0.0055") for found in whole)  # most: Lithuania 2012


def test_the_publication_of_july_2026_bears_its_title_its_day_and_natos_terms() -> None:
    source = nb.datasets.defence_expenditure("2026-07").edition.source
    assert source.title == "Defence Investment of NATO Countries (2014-2026)"
    assert source.date == dt.date(2026, 7, 10)
    assert "cut-off of the figures: 3 July 2026" in source.note
    for key in KEYS:
        terms = nb.datasets.defence_expenditure(key).edition.source.licence
        assert "credit NATO" in terms
        assert "not to be sold" in terms
        assert "advertising" in terms


def test_every_member_of_nato_has_every_measure_of_the_newest_edition(table: nb.ExpenditureTable) -> None:
    measures = set(nb.Measure) - {nb.Measure.REAL_CHANGE_SINCE_2014}
    for country in table.countries:
        for year in table.years:
            there = {item.measure for item in table.select(entity=country, year=year)}
            blank = {
                nb.Measure.PERSONNEL_SHARE,
                nb.Measure.INFRASTRUCTURE_SHARE,
                nb.Measure.OTHER_SHARE,
            }
            expected = measures - blank if (country.alpha_3, year) in {("NLD", 2026), ("PRT", 2026)} else measures
            assert there == expected


@pytest.mark.parametrize(
    ("key", "entity", "year", "reason"),
    [
        ("2025-08", "DEU", 2025, "Germany in August 2025"),
        ("2026-07", "ISL", 2025, "no armed forces"),
        ("2024-06", "ISL", 2024, "no armed forces"),
        ("2025-08", "DNK", 2025, "2014-2024"),
        ("2023-07", "NATO", 2023, "aggregates are not in the collection"),
        ("2023-07", "SWE", 2023, "joined NATO after this edition"),
        ("2023-07", "ISL", 2023, "no armed forces"),
        ("2023-07", "DEU", 2022, "the shares of 2023 only"),
        ("2019-06", "NATO", 2019, "aggregate_share computes them"),
        ("2019-06", "SWE", 2019, "joined NATO after this edition"),
        ("2019-06", "ISL", 2019, "no armed forces"),
    ],
)
def test_a_missing_share_stays_missing_and_says_why(key: str, entity: str, year: int, reason: str) -> None:
    with pytest.raises(NoObservationError, match=reason):
        nb.datasets.defence_expenditure(key).share_of_gdp(entity, year)


def test_the_edition_of_july_2023_holds_shares_of_one_year_and_says_what_it_lacks() -> None:
    table = nb.datasets.defence_expenditure("2023-07")
    assert (table.years, {item.measure for item in table.observations}) == ((2023,), {nb.Measure.SHARE_OF_GDP})
    assert sum(item.value.as_percent >= 2 for item in table.observations) == 11  # as NATO said on 7 July 2023
    with pytest.raises(NoObservationError, match="the shares of 2023 only"):
        table.expenditure("DEU", 2023)
    with pytest.raises(NoObservationError, match="the shares of 2023 only"):
        table.gdp("ISL", 2023)
    with pytest.raises(NoObservationError, match="no armed forces"):
        table.expenditure("ISL", 2023)


def test_categories_that_were_not_collected_say_so() -> None:
    with pytest.raises(NoObservationError, match="was not seen"):
        nb.datasets.defence_expenditure("2019-06").category_share("personnel_share", "DEU", 2019)


def test_icelands_gdp_ends_with_the_edition_of_2024(editions: tuple[nb.ExpenditureTable, ...]) -> None:
    assert editions[0].gdp("ISL", 2024).value.in_millions == Decimal("32894.48965627492")
    with pytest.raises(NoObservationError, match="counts it in both aggregates"):
        editions[2].gdp("ISL", 2024)


def test_figures_are_exactly_those_of_the_file(table: nb.ExpenditureTable) -> None:
    assert table.expenditure("DEU", 2025).value == nb.Money("112141000000", "USD")
    assert table.expenditure("BGR", 2025, currency="EUR").value.currency == nb.Currency("EUR")
    assert table.military_personnel("DEU", 2025).value == 182300
    assert table.gdp_per_capita("DEU", 2025).value == nb.Money(52600, "USD", nb.PriceBasis.constant(2021))
    assert table.expenditure_per_capita("DEU", 2025).value == nb.Money(1167, "USD", nb.PriceBasis.constant(2021))
    assert table.real_change("DEU", 2025).value == nb.Rate.percent("11.26")
    assert table.category_share(nb.Measure.EQUIPMENT_SHARE, "DEU", 2025).value == nb.Share.percent("25.21")


def test_both_per_head_figures_imply_the_same_population(table: nb.ExpenditureTable) -> None:
    """Population is not printed; the two rounded figures agree to within their own rounding."""
    prices = table.edition.constant_prices
    for country in table.countries:
        for year in table.years:
            spent, produced = table.expenditure(country, year, prices).value, table.gdp(country, year, prices).value
            by_spending = spent.amount / table.expenditure_per_capita(country, year).value.amount
            by_gdp = produced.amount / table.gdp_per_capita(country, year).value.amount
            spent_rounding = Decimal("0.5") / table.expenditure_per_capita(country, year).value.amount
            gdp_rounding = Decimal(50) / table.gdp_per_capita(country, year).value.amount
            amount_rounding = Decimal(500000) / spent.amount
            assert abs(by_spending / by_gdp - 1) <= (spent_rounding + gdp_rounding + amount_rounding) * Decimal("1.1")


def test_a_damaged_or_missing_file_is_refused(tmp_path: Path) -> None:
    [file] = _files.editions("commitments.toml").values()
    damaged = tmp_path / "table.csv"
    damaged.write_text("entity\n", encoding="utf-8")
    with pytest.raises(DataIntegrityError, match=r"table\.csv: is not the file that was published"):
        attrs.evolve(file, path=damaged).text()
    with pytest.raises(DataIntegrityError, match=r"none\.csv: is missing"):
        attrs.evolve(file, path=tmp_path / "none.csv").text()
    with pytest.raises(DataIntegrityError, match="does not say when it was collected"):
        _ = attrs.evolve(file, source=attrs.evolve(file.source, accessed=None)).collected


def test_a_manifest_that_is_not_toml_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(_files, "DATA", tmp_path)
    (tmp_path / "broken.toml").write_text("[[edition]\n", encoding="utf-8")
    with pytest.raises(DataIntegrityError, match=r"broken\.toml: cannot be read: "):
        _files.editions("broken.toml")


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"file": "a.csv"}, "edition 1: 'key' is missing"),
        (
            {"key": "2030-01", "file": "a.csv", "sha256": "0", "source": {"title": "T"}},
            "edition 2030-01: T names no source",
        ),
        ({"key": "2030-01", "file": "a.csv", "sha256": "0", "source": {"titel": "T"}}, "2030-01: .*'titel'"),
    ],
)
def test_an_entry_that_cannot_be_made_is_named(
    monkeypatch: pytest.MonkeyPatch, entry: dict[str, object], problem: str
) -> None:
    monkeypatch.setattr(_files, "_parsed", lambda _file: {"edition": [entry]})
    with pytest.raises(DataIntegrityError, match=f"made up.toml: .*{problem}"):
        _files.editions("made up.toml")


def test_an_edition_is_loaded_once() -> None:
    assert expenditure.defence_expenditure("2024-06") is expenditure.defence_expenditure("2024-06")


@pytest.mark.parametrize("year", range(1949, 2031, 9))
def test_north_america_is_canada_and_the_united_states_whoever_joins(year: int) -> None:
    assert [ally.key for ally in nb.Group.find("NORTH_AMERICA").members(year)] == ["CAN", "USA"]
