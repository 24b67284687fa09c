"""What promises add up to, and what opt-outs take off."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import attrs
import pytest

import natoburden as nb
from natoburden.calculators.promises import (
    Interpolation,
    SumOfPromises,
    arrival,
    stated_path,
    sum_of_promises,
)
from natoburden.errors import InvalidYearError, MixedDefinitionsWarning, TargetMismatchError, UnexpectedValueError
from tests.calculators.made_promises import GROWTH, ON, RECORD, TABLE, promise, record


def alliance(group: str, target: nb.Target) -> SumOfPromises:
    return sum_of_promises(TABLE, RECORD, group, on=ON, target=target, gdp_growth=GROWTH, mixed_definitions_ok=True)


def test_the_sum_over_allies_is_the_aggregate() -> None:
    result = alliance("NATO_EUR_CAN", nb.HAGUE_CORE)
    for row in result.years:
        allies = result.allies[row.year]
        assert row.low == nb.Money.total(ally.low for ally in allies)
        assert row.high == nb.Money.total(ally.high for ally in allies)
        assert row.share_low == row.low.share_of(row.gdp)
        assert row.shortfall_most == nb.Money.total(ally.shortfall("low") for ally in allies)
        assert row.shortfall_least <= row.shortfall_most
        assert row.share_low <= row.share_high
    assert [row.year for row in result.years] == list(range(2027, 2036))
    assert "Italy" in result.explain()
    assert nb.Country("LUX") in result.without_promise


def test_gdp_grows_from_the_published_figure() -> None:
    result = alliance("NATO_EUR_CAN", nb.HAGUE_CORE)
    germany = result.allies[2028]["DEU"]
    base = TABLE.gdp("DEU", 2026, TABLE.edition.constant_prices).value
    assert abs((germany.gdp - base * Decimal("1.030225")).amount) < Decimal("1e-9")
    assert abs((germany.low - germany.gdp * nb.Share.percent("3.23")).amount) < Decimal("1e-9")


def test_all_commitments_at_the_target_leave_no_shortfall() -> None:
    allies = TABLE.reporting_members("NATO", 2026)
    everyone = record(*(attrs.evolve(promise("3.5", "2035"), party=ally) for ally in allies))
    result = sum_of_promises(TABLE, everyone, "NATO", on=ON, target=nb.HAGUE_CORE, gdp_growth=GROWTH)
    assert all(row.shortfall_most.amount == 0 for row in result.years)
    assert result.without_promise == ()
    assert "no dated promise" not in result.explain()


def opted_out(commitments: nb.model.Commitments = RECORD, **options: object) -> SumOfPromises:
    ask = {"on": ON, "target": nb.HAGUE_CORE, "gdp_growth": GROWTH, "mixed_definitions_ok": True} | options
    return sum_of_promises(TABLE, commitments, "NATO_EUR_CAN", **ask)  # type: ignore[arg-type] # one set of options


def test_an_opt_out_lowers_the_sum_and_is_shown() -> None:
    result = opted_out()
    spain = result.opt_outs["Spain"]
    assert [item.key for item in spain.commitments] == ["ESP-2025-2.1-CEILING"]
    last = result.allies[2035]["Spain"]
    assert spain.lowers[2035] == last.asked - last.low
    assert spain.lowers[2035].amount > 0
    row = result.years[-1]
    assert row.opted_out == spain.lowers[2035] + result.opt_outs["Czechia"].lowers[2035]
    assert row.low < result.without_opt_outs(2035) == row.low + row.opted_out
    assert row.opted_out < row.shortfall_most
    assert f"of it {row.opted_out} opted out" in result.explain()
    assert f"opt-out of Spain: lowers 2035 by {spain.lowers[2035]}" in result.explain()
    assert "2.10 % of GDP, core (opt-out, 2025-06-22)" in spain.explain()
    assert nb.Country("ESP") not in result.without_promise
    path = next(path for path in result.paths if path.country == nb.Country("ESP"))
    assert str(path.ceilings[2035]) == "2.10 %"


def test_without_its_opt_outs_an_ally_has_none_and_promises_what_it_said() -> None:
    """By default Spain said nothing else of core spending; read with the totals, its signature counts again."""
    outs = RECORD.select(
        lambda item: not (item.party == nb.Country("ESP") and item.kind is nb.model.CommitmentKind.OPT_OUT)
    )
    silent = opted_out(outs)
    assert nb.Country("ESP") in silent.without_promise
    assert all(row.country != nb.Country("ESP") for row in silent.opt_outs)
    assert opted_out(hague=nb.HAGUE).years[-1].high < opted_out(outs, hague=nb.HAGUE).years[-1].high


def test_an_opt_out_from_more_than_the_target_is_none_from_it() -> None:
    """The United States refuse 5 % for themselves, which says nothing of 3.5 %."""
    result = sum_of_promises(
        TABLE, RECORD, "NATO", on=ON, target=nb.HAGUE_CORE, gdp_growth=GROWTH, mixed_definitions_ok=True
    )
    assert [row.country.key for row in result.opt_outs] == ["CZE", "ESP"]
    whole = opted_out(hague=nb.HAGUE)
    assert [row.country.key for row in whole.opt_outs] == ["CZE", "ESP", "SVK", "SVN"]
    assert whole.opt_outs["Slovakia"].lowers[2035].amount == 0


def test_a_group_without_opt_outs_has_nothing_opted_out() -> None:
    result = sum_of_promises(TABLE, RECORD, "NATO_NON_EU", on=ON, target=nb.HAGUE_CORE, gdp_growth=GROWTH)
    assert len(result.opt_outs) == 0
    assert all(row.opted_out.amount == 0 for row in result.years)


def test_paths_and_sums_are_plain_data() -> None:
    ceiling = promise("3.5", modality=nb.Modality.CEILING)
    path = stated_path(TABLE, record(ceiling, promise("4", "2028")), "NOR", on=ON)
    assert json.loads(json.dumps(path.to_dict()))["conflicts"][0][1]["share"] == "4 %"
    data = json.loads(json.dumps(opted_out().to_dict()))
    assert [row["country"] for row in data["opt_outs"]] == ["CZE", "ESP"]


def test_no_year_outside_the_sum_is_told_without_opt_outs() -> None:
    with pytest.raises(InvalidYearError, match="2027 to 2035"):
        opted_out().without_opt_outs(2036)


def test_a_sum_explains_its_method_its_promises_and_what_bears_no_date() -> None:
    text = opted_out(hague=nb.HAGUE, method=Interpolation.STEP).explain()
    assert "between promises no change; totals are read as core spending, less 1.50 %" in text
    assert "undated, not counted yet: BEL-2026-2.0-LPM, " in text
    assert "ITA-2025-5.0-TENYEARS" in text
    assert "totals are not read as core spending" in opted_out().formula
    assert RECORD["ESP-2025-2.1-CEILING"].source in opted_out().sources


@pytest.mark.parametrize(
    "target",
    [nb.WALES_EQUIPMENT, nb.HAGUE_TOTAL, nb.HAGUE_RELATED, attrs.evolve(nb.HAGUE_CORE, modality=nb.Modality.CEILING)],
)
def test_only_a_target_of_core_expenditure_can_be_reached_on_a_path(target: nb.Target) -> None:
    with pytest.raises(TargetMismatchError, match="which is what paths are of"):
        opted_out(target=target)
    with pytest.raises(TargetMismatchError, match="which is what paths are of"):
        arrival(TABLE, stated_path(TABLE, RECORD, "DEU", on=ON), target)


def test_a_warning_of_definitions_points_to_the_caller() -> None:
    item = record(promise("4", "2028", definition=nb.model.Definition.NATIONAL))
    with pytest.warns(MixedDefinitionsWarning) as of_path:
        stated_path(TABLE, item, "NOR", on=ON)
    with pytest.warns(MixedDefinitionsWarning) as of_sum:
        sum_of_promises(TABLE, item, "NATO", on=ON, target=nb.HAGUE_CORE, gdp_growth=GROWTH)
    assert [warning.filename for warning in (*of_path, *of_sum)] == [__file__, __file__]
    gni = record(promise("4", "2028", of_gni=True))
    with pytest.warns(MixedDefinitionsWarning, match="of GNI"):
        stated_path(TABLE, gni, "NOR", on=ON)


def test_a_target_without_a_deadline_is_asked_for_in_the_next_year() -> None:
    result = alliance("NATO", nb.VILNIUS_FLOOR)
    assert [row.year for row in result.years] == [2027]


@pytest.mark.parametrize("day", ["2026-07-01", dt.datetime(2026, 7, 1)])
@pytest.mark.parametrize("target", [nb.HAGUE_CORE, nb.VILNIUS_FLOOR])
def test_paths_and_sums_ask_for_a_day(day: object, target: nb.Target) -> None:
    with pytest.raises(UnexpectedValueError, match="not usable as a day"):
        stated_path(TABLE, RECORD, "DEU", on=day)  # type: ignore[arg-type] # refused on purpose
    with pytest.raises(UnexpectedValueError, match="not usable as a day"):
        opted_out(on=day, target=target)


def test_growth_of_a_country_that_is_not_in_the_group_is_refused() -> None:
    table, day = nb.datasets.defence_expenditure("2026-07"), dt.date(2026, 7, 1)
    growth = {"NOR": nb.Rate.percent(1), "JPN": nb.Rate.percent(1)}
    with pytest.raises(nb.errors.UnexpectedValueError, match="Japan: not among those asked for"):
        nb.promises.sum_of_promises(
            table, nb.datasets.commitments(), "NATO_NON_EU", on=day, target=nb.HAGUE_CORE, gdp_growth=growth,
            growth_of_others=nb.Rate.percent(1),
        )  # fmt: skip
