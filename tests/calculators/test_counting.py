"""Counts over all years, ranks, parts over time, expenditure by person: each against the file itself."""

from __future__ import annotations

import csv
import itertools
import warnings
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from scipy import stats

import natoburden as nb
from natoburden import errors
from natoburden.model import CapabilityArea
from tests.calculators.examples import TABLE

EDITIONS = nb.datasets.defence_expenditure_editions("2019-06", "2024-06", "2025-08", "2026-07")
DATA = Path(nb.datasets.__file__).parent / "data" / "nato"
ALLIES = {ally.key for ally in nb.Group.find("NATO").members(2025)}


def raw(edition: str, basis: str = "") -> dict[tuple[str, int], dict[str, Decimal]]:
    """Return the figures of an edition's file by measure and year, then by ally; amounts at one price basis."""
    found: dict[tuple[str, int], dict[str, Decimal]] = defaultdict(dict)
    with (DATA / f"defence_expenditure_{edition}.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            is_amount = line["unit"] not in ("percent", "thousand persons")
            if not is_amount or (line["price_basis"] == basis and line["unit"] in ("USD", "million USD")):
                scale = 1000 if line["unit"] == "thousand persons" else 1
                found[line["measure"], int(line["year"])][line["entity"]] = scale * Decimal(line["value"])
    return {place: {ally: figures[ally] for ally in figures if ally in ALLIES} for place, figures in found.items()}


# --- counts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", ["2019-06", "2024-06", "2026-07"])
def test_counts_of_every_year_are_those_of_the_file(edition: str) -> None:
    counts = nb.targets.meeting_counts(nb.datasets.defence_expenditure(edition), nb.WALES_GUIDELINE)
    shares = raw(edition)
    by_hand = {}
    for row in counts:
        members = {ally.key for ally in nb.Group.find("NATO").members(row.year)}
        there = {ally: share for ally, share in shares["share_of_gdp", row.year].items() if ally in members}
        by_hand[row.year] = {ally for ally, share in there.items() if round(share, 2) >= 2}
    assert {row.year: {ally.key for ally in row.meeting} for row in counts} == by_hand
    assert {row.year: row.count for row in counts} == {year: len(allies) for year, allies in by_hand.items()}
    assert len(counts) > 5


def test_a_year_is_looked_up_in_the_newest_edition_that_covers_it() -> None:
    counts = nb.targets.meeting_counts(EDITIONS, nb.WALES_GUIDELINE)
    assert [counts.of(2024, edition).count for edition in ("2024-06", "2025-08", "2026-07")] == [23, 18, 17]
    assert (counts.of(2024).edition, counts.of(2012).edition) == ("2026-07", "2019-06")
    with pytest.raises(errors.NoObservationError, match="2024 in 2024-06"):
        counts.of(2030)


def test_a_partial_count_is_none_and_still_names_who_meets() -> None:
    row = nb.targets.meeting_counts(EDITIONS[2], nb.VILNIUS_FLOOR, years=[2025])[0]
    assert (row.count, len(row.meeting), len(row.without_figure), row.members) == (None, 18, 14, 32)
    assert row.find("count").text == "partial: a member has no figure"
    assert row.to_row()["without_figure"] == ", ".join(ally.name for ally in row.without_figure)


def test_years_that_an_edition_does_not_cover_are_named() -> None:
    counts = nb.targets.meeting_counts([EDITIONS[0], EDITIONS[3]], nb.WALES_GUIDELINE, years=[2026, 2013])
    assert [(row.edition, row.year) for row in counts] == [("2019-06", 2013), ("2026-07", 2026)]
    assert counts.remarks == (
        "edition 2019-06, 2026: the edition does not cover it",
        "edition 2026-07, 2013: the edition does not cover it",
    )
    assert str(counts).endswith(counts.remarks[-1])


def test_no_year_and_no_edition_at_all_are_errors() -> None:
    with pytest.raises(errors.NoObservationError):
        nb.targets.meeting_counts(EDITIONS, nb.WALES_GUIDELINE, years=[1999])
    with pytest.raises(errors.UnexpectedValueError, match="none is not usable as editions; give several"):
        nb.targets.meeting_counts([], nb.WALES_GUIDELINE)
    with pytest.raises(errors.UnexpectedValueError, match="none is not usable as years; give at least one"):
        nb.targets.meeting_counts(EDITIONS, nb.WALES_GUIDELINE, years=[])


# --- ranks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", TABLE.years)
def test_ranks_are_those_of_scipy(year: int) -> None:
    shares = raw("2026-07")["share_of_gdp", year]
    members = [ally.key for ally in nb.Group.find("NATO").members(year) if ally.key in shares]
    by_scipy = stats.rankdata([-float(round(shares[ally], 2)) for ally in members], method="min")
    ranks = nb.targets.ranking(TABLE, year)
    assert {row.country.key: row.rank for row in ranks} == dict(zip(members, by_scipy.tolist(), strict=True))
    assert [row.rank for row in ranks] == sorted(row.rank for row in ranks)
    for row in ranks:
        assert {other.rank for other in (ranks[ally] for ally in row.tied_with)} <= {row.rank}
        assert sum(other.rank == row.rank for other in ranks) == 1 + len(row.tied_with)


@pytest.mark.parametrize(
    ("measure", "basis"),
    [
        ("expenditure", "current"),
        ("military_personnel", ""),
        ("real_change", ""),
        ("expenditure_per_capita", "constant 2021"),
        ("equipment_share", ""),
    ],
)
def test_any_measure_can_be_ranked(measure: str, basis: str) -> None:
    figures = raw("2026-07", basis)[measure, 2025]
    ranks = nb.targets.ranking(TABLE, 2025, measure)
    first, last = max(figures, key=figures.__getitem__), min(figures, key=figures.__getitem__)
    assert (ranks[0].country.key, ranks[-1].country.key, len(ranks)) == (first, last, len(figures))
    assert ranks[0].find("figure").text


def test_a_rank_at_another_basis_and_persons_are_written_as_people_write_them() -> None:
    constant = nb.targets.ranking(TABLE, 2025, "expenditure", basis=TABLE.edition.constant_prices)
    assert str(constant[0].value) == str(TABLE.expenditure("USA", 2025, TABLE.edition.constant_prices).value)
    assert nb.targets.ranking(TABLE, 2025, "military_personnel")[0].find("figure").text == "1,298,100"


def test_members_without_a_figure_have_no_rank_and_are_named() -> None:
    ranks = nb.targets.ranking(EDITIONS[2], 2025)
    assert (len(ranks), len(ranks.without_figure)) == (18, 13)
    assert ranks.remarks[0].startswith("without a figure: Germany, Denmark")
    assert nb.targets.ranking(TABLE, 2025).remarks == ()
    assert "edition 2026-07" in nb.targets.ranking(TABLE, 2025)._repr_html_()


def test_a_measure_that_nobody_has_is_an_error() -> None:
    with pytest.raises(errors.NoObservationError, match="real change"):
        nb.targets.ranking(nb.datasets.defence_expenditure("2023-07"), 2023, "real_change")


# --- parts over time -------------------------------------------------------------------------------------


def test_parts_of_every_year_add_up_and_are_those_of_the_file() -> None:
    parts = nb.targets.shares_of_group(TABLE)
    spent = raw("2026-07", "constant 2021")
    assert {row.year for row in parts} == set(TABLE.years)
    for year in TABLE.years:
        amounts = {row.country.key: row for row in parts.of(year)}
        total = sum(spent["expenditure", year][ally] for ally in amounts)
        for ally, row in amounts.items():
            assert row.share.as_fraction == pytest.approx(spent["expenditure", year][ally] / total)
        assert sum(row.share.as_fraction for row in parts.of(year)) == pytest.approx(1)
        amounts_in_order = [row.amount.amount for row in parts.of(year)]
        assert all(larger >= smaller for larger, smaller in itertools.pairwise(amounts_in_order))


def test_a_year_in_which_a_member_has_no_figure_has_no_total() -> None:
    parts = nb.targets.shares_of_group(EDITIONS[2], "NATO_EU", measure="expenditure")
    assert [item.year for item in parts.missing] == [2025]
    assert not parts.of(2025).rows
    assert parts.of(2025).remarks == parts.remarks
    assert "2025" in parts.remarks[0]
    assert not nb.targets.shares_of_group(EDITIONS[2], years=[2025], measure="gdp").rows


# --- by person -------------------------------------------------------------------------------------------


def test_expenditure_per_soldier_is_a_sum_over_a_sum() -> None:
    spent, soldiers = raw("2026-07", "constant 2021")["expenditure", 2025], raw("2026-07")["military_personnel", 2025]
    members = [ally.key for ally in nb.Group.find("NATO Europe").members(2025) if ally.key in spent]
    by_hand = 1_000_000 * sum(spent[ally] for ally in members) / sum(soldiers[ally] for ally in members)
    found = nb.targets.expenditure_per_soldier(TABLE, "NATO Europe", 2025)
    assert found.amount.amount == pytest.approx(by_hand)
    assert found.persons == sum(soldiers[ally] for ally in members)
    assert "military personnel" in found.formula


@pytest.mark.parametrize("year", [2014, 2020, 2025])
def test_expenditure_per_head_is_what_nato_prints(year: int) -> None:
    printed = raw("2026-07", "constant 2021")["expenditure_per_capita", year]
    assert len(printed) > 20
    for ally, figure in printed.items():
        found = nb.targets.expenditure_per_head(TABLE, ally, year)
        assert abs(found.amount.amount - figure) < max(Decimal(2), figure / 100), (
            ally
        )  # GDP per head is printed in hundreds


# --- one supplier in all buyers --------------------------------------------------------------------------


def test_each_buyers_share_is_that_of_its_own_supplier_shares() -> None:
    contracts, rates = nb.datasets.announced_contracts(), nb.datasets.exchange_rates()
    shares, of_one = nb.dependency.supplier_shares, nb.dependency.supplier_in_buyers
    for by, supplier in (("origin", "USA"), ("bloc", "eu and eea-efta"), ("company", "Lockheed Martin")):
        found = of_one(contracts, supplier, by=by, rates=rates, currency="USD", few_records_ok=True)  # type: ignore[arg-type]
        assert len(found) > 10
        for row in found:
            alone = shares(
                contracts,
                buyer=row.country,
                by=by,  # type: ignore[arg-type]
                rates=rates,
                currency="USD",
                few_records_ok=True,
            )
            assert (row.share, row.total, row.unknown) == (alone.share_of(found.supplier), alone.total, alone.unknown)
            assert {item.record.key for item in row.left_out} == {item.record.key for item in alone.left_out}
        assert found.share == shares(contracts, by=by, rates=rates, currency="USD").share_of(found.supplier)  # type: ignore[arg-type]


def test_buyers_with_nothing_that_counts_have_no_share() -> None:
    contracts, rates = nb.datasets.announced_contracts(), nb.datasets.exchange_rates()
    found = nb.dependency.supplier_in_buyers(contracts, "USA", rates=rates, currency="USD", few_records_ok=True)
    assert nb.Country("ITA") in found.without_amount
    assert nb.Country("ITA") not in {row.country for row in found}
    assert found.find("Spain").text == "38.63 %, and 61.37 % unknown"
    assert found.rests_on.counted == len(found.together.counted)
    assert "by buyer" in found.caption[0]


def test_few_records_of_a_buyer_are_told_once_with_the_names() -> None:
    contracts, rates = nb.datasets.announced_contracts(), nb.datasets.exchange_rates()
    with pytest.warns(errors.FewRecordsWarning, match=r"count for Czechia, .*Sweden, so") as told:
        nb.dependency.supplier_in_buyers(contracts, "USA", rates=rates, currency="USD")
    assert len(told) == 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nb.dependency.supplier_in_buyers(contracts, "USA", buyer="POL", rates=rates, currency="USD")


def test_units_of_one_area_count_by_buyer_too() -> None:
    contracts = nb.datasets.announced_contracts()
    area = CapabilityArea.COMBAT_AIRCRAFT
    found = nb.dependency.supplier_in_buyers(contracts, "USA", counting="units", area=area, few_records_ok=True)
    assert found["Poland"].share.as_fraction > 0
    assert {row.amount for row in found if not row.share.as_fraction} <= {Decimal(0)}


def test_a_supplier_of_nobody_is_an_error_by_company_and_nothing_by_origin() -> None:
    contracts, rates = nb.datasets.announced_contracts(), nb.datasets.exchange_rates()
    of_one = nb.dependency.supplier_in_buyers
    assert of_one(contracts, "Iceland", rates=rates, currency="USD", few_records_ok=True).share == nb.Share.percent(0)
    with pytest.raises(errors.UnknownNameError, match="Lockheed Martin"):
        of_one(contracts, "Lockheed Martn", by="company", rates=rates, currency="USD")
