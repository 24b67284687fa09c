"""Burdens by publisher: an invented table beside NATO's, worked by hand; what parts them adds up."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
import scipy.stats

import natoburden as nb
from natoburden.errors import (
    NoObservationError,
    TargetMismatchError,
    TooFewError,
    UnexpectedValueError,
    UnknownNameError,
)
from natoburden.model import CountedBy, Edition, Observation

TABLE = nb.datasets.defence_expenditure("2026-07")
SOURCE = nb.Source(title="Invented", publisher="this test")
DEU, POL, FRA, ITA, USA = map(nb.Country, ("DEU", "POL", "FRA", "ITA", "USA"))
SHARES = {"DEU": "1.4", "POL": "3.1", "FRA": "2.00", "ITA": "1.2"}


def made(
    counted_by: CountedBy = CountedBy.EDA,
    shares: Mapping[str, str] = SHARES,
    amounts: Mapping[str, nb.Money] | None = None,
    year: int = 2023,
) -> nb.ExpenditureTable:
    edition = Edition(key=f"{counted_by} x", source=SOURCE, constant_year=None, counted_by=counted_by)

    def item(measure: nb.Measure, code: str, value: Any) -> Observation[Any]:
        return Observation(
            measure=measure, entity=nb.Country(code), year=year, value=value, status=nb.Status.ACTUAL, edition=edition
        )

    return nb.ExpenditureTable(
        edition=edition,
        observations=[
            *(item(nb.Measure.SHARE_OF_GDP, code, nb.Share.percent(text)) for code, text in shares.items()),
            *(item(nb.Measure.EXPENDITURE, code, money) for code, money in (amounts or {}).items()),
        ],
    )


def test_the_difference_is_the_sum_of_its_three_parts() -> None:
    other = made(amounts={"DEU": nb.Money.billions("60", "EUR")})
    row = nb.definitions.beside(TABLE, [other], "DEU", years=[2023]).of("EDA", 2023)
    assert row.difference is not None
    assert row.by_spending is not None
    assert row.by_gdp is not None
    assert row.by_prices is not None
    parts = row.by_spending.value + row.by_gdp.value + row.by_prices.value
    assert abs(row.difference.value - parts) < Decimal("1e-20")
    assert row.difference == nb.Share.percent("1.4") - TABLE.share_of_gdp("DEU", 2023).value


def test_one_gdp_stands_under_both_in_the_currency_of_the_amount() -> None:
    other = made(CountedBy.SIPRI, amounts={"POL": nb.Money.billions(20, "USD")})
    row = nb.definitions.beside(TABLE, [other], "POL", years=[2023]).of(CountedBy.SIPRI, 2023)
    gdp, spent = TABLE.gdp("POL", 2023).value.amount, TABLE.expenditure("POL", 2023).value.amount
    assert row.on_nato_gdp == nb.Share.of(Decimal(20_000_000_000), gdp)
    assert row.by_spending is not None
    assert row.by_spending.value == pytest.approx(100 * (Decimal(20_000_000_000) - spent) / gdp)


def test_natos_own_row_has_no_parts_and_no_reasons() -> None:
    row = nb.definitions.beside(TABLE, [made()], "DEU", years=[2023])[0]
    assert (row.definition, row.difference) == (CountedBy.NATO, nb.PercentagePoints(0))
    assert (row.by_spending, row.by_gdp, row.by_prices, row.reasons) == (None, None, None, ())


def test_what_the_sources_do_not_allow_is_none_and_not_zero() -> None:
    row = nb.definitions.beside(TABLE, [made()], "DEU", years=[2023]).of("EDA", 2023)
    assert row.difference is not None
    assert (row.amount, row.on_nato_gdp, row.by_spending, row.by_gdp, row.by_prices) == (None,) * 5
    only = made(shares={"POL": "3"}, amounts={"DEU": nb.Money.billions(60, "EUR")})
    row = nb.definitions.beside(TABLE, [only], "DEU", years=[2023]).of("EDA", 2023)
    assert (row.share, row.difference, row.by_gdp) == (None, None, None)
    assert row.by_spending is not None


def test_a_year_that_natos_table_lacks_leaves_the_amount_without_a_gdp() -> None:
    other = made(year=2000, amounts={"DEU": nb.Money.billions(30, "EUR")})
    found = nb.definitions.beside(TABLE, [other], "DEU", years=[2000])
    assert [row.definition for row in found] == [CountedBy.EDA]
    assert (found[0].on_nato_gdp, found[0].difference) == (None, None)
    assert found.without_figure == ((CountedBy.NATO, 2000),)
    assert found.remarks[0] == "without a figure: NATO 2000"


def test_years_that_a_publisher_lacks_are_named() -> None:
    found = nb.definitions.beside(TABLE, [made()], "DEU", years=[2023, 2024])
    assert found.without_figure == ((CountedBy.EDA, 2024),)
    assert "defined on NATO's figures" in found.remarks[-1]
    assert "Germany" in found.caption[0]
    with pytest.raises(NoObservationError, match="EDA has no burden of Germany for 2024; valid: 2023"):
        found.of("EDA", 2024)
    with pytest.raises(UnknownNameError, match="Eurostat"):
        found.of("eurostat", 2023)
    with pytest.raises(NoObservationError, match="none"):
        found.of("Eurostat", 2023)


def test_reasons_have_sources_and_marks_of_sipri_are_among_them() -> None:
    for definition in CountedBy:
        assert all(item.source.publisher and str(item) for item in nb.definitions.reasons(definition))
    assert nb.definitions.reasons("NATO") == ()
    found = nb.definitions.beside(TABLE, [made(CountedBy.SIPRI)], "DEU", years=[2023], notes={DEU: "†"})
    assert found.of("SIPRI", 2023).reasons[-1].text == "the workbook marks the country †: see its sheet of footnotes"
    assert "footnotes" in found.of("SIPRI", 2023).explain()
    without = nb.definitions.beside(TABLE, [made()], "DEU", years=[2023], notes={DEU: "†"})
    assert without.of("EDA", 2023).reasons == nb.definitions.reasons("EDA")


def test_ranks_are_compared_over_the_allies_that_both_have() -> None:
    [row] = nb.definitions.rank_agreement(TABLE, [made()], 2023)
    allies = [item for item in nb.Group.find("NATO").members(2023) if item.key in SHARES]
    natos = [float(TABLE.share_of_gdp(ally, 2023).value.as_percent) for ally in allies]
    oracle = scipy.stats.spearmanr(natos, [float(SHARES[ally.key]) for ally in allies])
    assert row.count == 4
    assert row.rho == pytest.approx(oracle.statistic)
    assert row.p == pytest.approx(oracle.pvalue)
    assert "4 allies" in str(row)
    assert USA in row.without_figure
    assert "United States" in str(row.to_row()["without_figure"])
    assert "null" in row.formula


def test_two_allies_have_no_rank_correlation() -> None:
    with pytest.raises(TooFewError, match="of EDA with NATO in 2023 has too few allies that both have: 2"):
        nb.definitions.rank_agreement(TABLE, [made(shares={"DEU": "1", "POL": "2"})], 2023)


def test_who_would_meet_a_target_is_told_for_each_definition_and_that_it_is_natos() -> None:
    natos, other = nb.definitions.who_meets(TABLE, [made()], 2023, "wales-guideline")
    assert set(natos.met_by) == set(nb.targets.compliance(TABLE, 2023, nb.WALES_GUIDELINE).meeting)
    assert set(other.met_by) == {POL, FRA}
    assert (other.only_here, other.only_nato, set(other.not_met_by)) == ((FRA,), (), {DEU, ITA})
    assert USA in other.without_figure
    assert "no test of it" in other.explain()
    frame = nb.definitions.who_meets(TABLE, [made()], 2023, "wales-guideline").to_columns()
    assert (frame["count"][1], frame["met_by"][1], frame["only_here"][1]) == (2, "France, Poland", "France")
    swapped = nb.definitions.who_meets(TABLE, [made(shares={"POL": "1.9"})], 2023, nb.WALES_GUIDELINE)[1]
    assert swapped.only_nato == (POL,)


def test_a_share_of_one_decimal_does_not_tell_on_which_side_of_a_target_it_lies() -> None:
    """Eurostat's 2.0 % stands for anything from 1.95 %; the Agency's shares are not rounded like that."""
    shares = {"POL": "2.0", "FRA": "1.9", "DEU": "2.1", "ITA": "0.0"}
    [_, other] = nb.definitions.who_meets(TABLE, [made(CountedBy.EUROSTAT, shares=shares)], 2023, "wales-guideline")
    assert other.within_rounding == (POL,)
    assert POL in other.met_by
    assert "rounded too much to tell: Poland" in str(other)
    [natos, agency] = nb.definitions.who_meets(TABLE, [made(shares=shares)], 2023, "wales-guideline")
    assert natos.within_rounding == agency.within_rounding == ()


def test_an_equipment_target_is_refused() -> None:
    with pytest.raises(TargetMismatchError, match="core expenditure"):
        nb.definitions.who_meets(TABLE, [made()], 2023, nb.WALES_EQUIPMENT)


def test_natos_table_comes_first_and_each_definition_once() -> None:
    with pytest.raises(UnexpectedValueError, match="give NATO's table first"):
        nb.definitions.beside(made(), [TABLE], "DEU")
    with pytest.raises(UnexpectedValueError, match="give one of each"):
        nb.definitions.beside(TABLE, [made(), made()], "DEU")
    with pytest.raises(NoObservationError, match="another year"):
        nb.definitions.beside(TABLE, [made()], "DEU", years=[1999])
    with pytest.raises(UnexpectedValueError, match="at least one"):
        nb.definitions.beside(TABLE, [made()], "DEU", years=[])
    with pytest.raises(UnexpectedValueError, match=r"read_defence_data\(file\).table"):
        nb.definitions.beside(TABLE, made(), "DEU")  # type: ignore[arg-type]
