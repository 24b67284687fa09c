"""Industry offsets: published portfolios and rules, hand calculations, and laws."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden import errors
from natoburden.calculators import offsets
from natoburden.model.offsets import (
    Milestone,
    OffsetAgreement,
    OffsetStatistic,
    OffsetTransaction,
    OffsetType,
    Redress,
)

SOURCE = nb.Source(title="An example", publisher="this test")
AMOUNTS = st.integers(0, 1000).map(lambda millions: nb.Money.millions(millions, "USD"))
MULTIPLIERS = st.decimals(min_value="0.5", max_value=7, places=2)


def million(amount: int, currency: str = "USD") -> nb.Money:
    return nb.Money.millions(amount, currency)


def work(actual: nb.Money, multiplier: Any = 1, *, year: int = 2022, is_direct: bool = True) -> OffsetTransaction:
    return OffsetTransaction(
        type=OffsetType.SUBCONTRACT,
        is_direct=is_direct,
        year=year,
        actual=actual,
        multiplier=multiplier,
        source=SOURCE,
    )


def agreement(**changes: Any) -> OffsetAgreement:
    given_: dict[str, Any] = {
        "key": "made",
        "buyer": nb.Country("POL"),
        "supplier": "a maker",
        "contract": million(400),
        "share": nb.Rate.percent(120),
        "signed": 2020,
        "years": 10,
        "source": SOURCE,
    }
    return OffsetAgreement(**given_ | changes)


WORKS = st.lists(
    st.builds(work, AMOUNTS, MULTIPLIERS, year=st.integers(2020, 2035), is_direct=st.booleans()), max_size=6
).map(tuple)


# --- published values ------------------------------------------------------------------------------------


def test_reference_obligation_of_a_hundred_and_twenty_percent() -> None:
    """R057."""
    assert agreement().obligation == million(480)


def test_reference_settlement_under_the_rule_of_the_emirates() -> None:
    """R058: AED 50 m, 60 %, 10 m of credit, 8.5 % of what is lacking; USD 10 m at the peg is the least contract."""
    rule = nb.datasets.offset_rules()["UAE"]
    peg = nb.model.ExchangeRates(
        base=nb.Currency("USD"),
        date=dt.date(2019, 1, 1),
        quotations=(nb.model.Quotation(nb.Currency("AED"), "3.6725"),),
        source=SOURCE,
    )
    asked = offsets.obligation_under(rule, million(50, "AED"), rates=peg)
    assert (asked.applies, asked.obligation) == (True, million(30, "AED"))
    assert SOURCE in asked.sources
    ended = agreement(
        contract=million(50, "AED"), share=rule.share, redress=Redress.PENALTY, penalty=rule.penalty,
        transactions=(work(million(10, "AED")),),
    )  # fmt: skip
    found = offsets.settlement(ended)
    assert (found.obligation, found.shortfall) == (million(30, "AED"), million(20, "AED"))
    assert found.payment.in_millions == Decimal("1.7")
    assert found.carried_over.amount == 0
    assert "penalty = shortfall × 8.50 %" in found.explain()


@pytest.mark.parametrize(("contract", "applies"), [("9.99", False), ("10", True), ("20", True)])
def test_a_rule_begins_at_just_its_least_contract(contract: str, applies: bool) -> None:
    found = offsets.obligation_under(nb.datasets.offset_rules()["UAE"], nb.Money.millions(contract, "USD"))
    assert found.applies is applies
    assert (found.obligation.amount > 0) is applies
    assert f"applies: {'yes' if applies else 'no'}" in found.explain()
    assert ("another source says in excess of it" in found.explain()) is (contract == "10")


def test_a_rule_in_another_currency_needs_rates() -> None:
    with pytest.raises(errors.MixedCurrenciesError):
        offsets.obligation_under(nb.datasets.offset_rules()["UAE"], million(50, "AED"))
    wrong: Any = 50
    with pytest.raises(errors.UnexpectedValueError, match=r"Money\.millions"):
        offsets.obligation_under(nb.datasets.offset_rules()["UAE"], wrong)


def test_reference_portfolio_of_the_wisla_agreements() -> None:
    """R059."""
    found = offsets.portfolio(nb.datasets.offset_agreements(), 2020)
    assert found.obligation.in_millions == Decimal("948.88")
    assert (found.ratio, found.multiplier, found.direct_by_credit, found.behind) == (None, None, None, 2)
    assert "no contract's value is known" in found.explain()
    assert len(found.sources) == 1


@pytest.mark.parametrize(
    ("key", "ratio", "multiplier"),
    [("bis-2011", "50.9", None), ("bis-1993-2022", "56.5", "1.172"), ("bis-2022", "32.8", None)],
)
def test_reference_ratios_of_the_bureau(key: str, ratio: str, multiplier: str | None) -> None:
    """R056, and the sums of the twenty-eighth study."""
    found = nb.datasets.offset_statistics()[key]
    assert f"{found.ratio.as_percent:.1f}" == ratio
    assert (None if found.multiplier is None else f"{found.multiplier:.3f}") == multiplier


def test_reference_cap_of_the_european_defence_agency() -> None:
    """R061: at most the value of the contract, which is still within."""
    assert not offsets.cap_test(agreement()).is_within
    assert offsets.cap_test(agreement(share=nb.Rate.percent(100))).is_within
    assert "120.00 % of the contract" in offsets.cap_test(agreement()).explain()
    with pytest.raises(errors.UnexpectedValueError, match="not known"):
        offsets.cap_test(agreement(contract=None, share=None, amount=million(10)))


# --- performance -----------------------------------------------------------------------------------------


def test_performance_by_hand() -> None:
    works = (work(million(60), 2), work(million(30), 7, is_direct=False), work(million(10), 1, year=2028))
    found = offsets.performance(agreement(transactions=works, least_direct=nb.Share.percent(50)), 2025)
    assert (found.actual, found.credit, found.due) == (million(90), million(330), million(240))
    assert found.remaining == million(150)
    assert found.multiplier == million(330) / million(90)
    assert (str(found.direct_by_actual), str(found.direct_by_credit)) == ("66.67 %", "36.36 %")
    assert found.standing is offsets.OffsetStanding.ON_SCHEDULE
    assert found.is_direct_enough is False
    assert "direct enough: no" in found.explain()


@given(WORKS, st.integers(2020, 2035))
def test_credit_and_what_remains_cover_the_obligation(works: tuple[OffsetTransaction, ...], year: int) -> None:
    found = offsets.performance(agreement(transactions=works), year)
    assert found.credit + found.remaining >= found.obligation
    assert found.remaining.amount >= 0
    assert found.due <= found.obligation
    assert (found.standing is offsets.OffsetStanding.FULFILLED) is (found.remaining.amount == 0)
    later = offsets.performance(agreement(transactions=works), year + 1)
    assert later.credit >= found.credit
    assert later.due >= found.due


@given(WORKS)
def test_settling_pays_or_carries_over_the_whole_shortfall(works: tuple[OffsetTransaction, ...]) -> None:
    ended = agreement(transactions=works, redress=Redress.CARRY_OVER)
    carried = offsets.settlement(ended)
    assert carried.carried_over == carried.shortfall
    assert carried.payment.amount == 0
    penal = agreement(transactions=works, redress=Redress.PENALTY, penalty=nb.Share.percent(10))
    paid = offsets.settlement(penal)
    assert paid.payment * 10 == paid.shortfall
    assert offsets.settlement(penal, redress="carry-over").carried_over == paid.shortfall


def test_settling_needs_to_know_what_follows() -> None:
    with pytest.raises(errors.UnexpectedValueError, match="the agreement names none"):
        offsets.settlement(agreement())
    with pytest.raises(errors.UnexpectedValueError, match="names no penalty"):
        offsets.settlement(agreement(), redress="penalty")


def test_a_milestone_may_be_in_the_first_year_after_signature_and_in_the_last() -> None:
    steps = (Milestone(2021, nb.Share.percent(10)), Milestone(2030, nb.Share.percent(100)))
    assert agreement(milestones=steps).last_year == 2030


def test_milestones_set_what_is_due() -> None:
    steps = (Milestone(2023, nb.Share.percent(20)), Milestone(2027, nb.Share.percent(80)))
    due = [offsets.performance(agreement(milestones=steps), year).due for year in (2022, 2023, 2026, 2027, 2030)]
    assert [amount.in_millions for amount in due] == [0, 96, 96, 384, 480]
    assert offsets.performance(agreement(milestones=steps), 2024).formula.endswith("; due by milestones")
    assert offsets.performance(agreement(), 2024).formula.endswith("; due evenly over its years")
    with pytest.raises(errors.InvalidYearError, match="2020, when it was signed"):
        offsets.performance(agreement(), 2019)


# --- terms -----------------------------------------------------------------------------------------------


@given(AMOUNTS, AMOUNTS)
def test_abatement_takes_the_same_off_both_and_leaves_one(ours: nb.Money, theirs: nb.Money) -> None:
    found = offsets.abatement(ours, theirs)
    assert found.ours_left + found.abated == ours
    assert found.theirs_left + found.abated == theirs
    assert 0 in (found.ours_left.amount, found.theirs_left.amount)
    assert "abated" in found.explain()


def test_abatement_of_nonsense_is_refused() -> None:
    with pytest.raises(errors.UnexpectedValueError, match="zero or more"):
        offsets.abatement(million(-1), million(1))
    with pytest.raises(errors.MixedCurrenciesError):
        offsets.abatement(million(1), million(1, "EUR"))


@given(MULTIPLIERS)
def test_what_it_costs_to_fulfil_is_undone_by_the_multiplier(multiplier: Decimal) -> None:
    found = offsets.cost_to_meet(agreement(), multiplier=multiplier)
    assert abs((found.actual * multiplier - found.remaining).amount) < Decimal("1e-20")
    assert found.net_price == million(400)


def test_what_has_been_credited_is_not_met_again() -> None:
    for_300 = offsets.cost_to_meet(agreement(transactions=(work(million(60), 3),)), multiplier=2)
    assert (for_300.remaining, for_300.actual) == (million(300), million(150))  # of 480, 180 are credited
    met = offsets.cost_to_meet(agreement(transactions=(work(million(500)),)), multiplier=2)
    assert (met.remaining, met.actual) == (million(0), million(0))


def test_benefits_are_discounted_to_the_year_of_signature() -> None:
    found = offsets.cost_to_meet(
        agreement(), multiplier=2, benefits={2021: million(110), 2022: million(121)}, discount_rate=nb.Rate.percent(10)
    )
    assert abs(found.benefits.in_millions - 200) < Decimal("1e-20")
    assert found.net_price is not None
    assert abs(found.net_price.in_millions - 200) < Decimal("1e-20")
    assert found.status is nb.Status.PROJECTION
    assert "present value of benefits: USD 200.00 m" in found.explain()


def test_a_cost_of_nonsense_is_refused() -> None:
    with pytest.raises(errors.InvalidNumberError, match="more than zero"):
        offsets.cost_to_meet(agreement(), multiplier=0)
    with pytest.raises(errors.UnexpectedValueError, match="zero if need be"):
        offsets.cost_to_meet(agreement(), multiplier=1, benefits={2021: million(1)})


def test_a_portfolio_adds_up_and_keeps_what_remains_apart() -> None:
    first = agreement(transactions=(work(million(600), 1),))
    second = agreement(key="other", transactions=(work(million(10), 2, is_direct=False),))
    found = offsets.portfolio([first, second], 2025)
    assert (found.obligation, found.credit) == (million(960), million(620))
    assert found.remaining == million(460)
    assert (found.ratio, found.behind) == (nb.Rate.percent(120), 1)
    assert (str(found.direct_by_credit), found.multiplier) == ("96.77 %", million(620) / million(610))
    assert "behind schedule: 1 of 2" in found.explain()
    with pytest.raises(errors.UnexpectedValueError, match="no agreement"):
        offsets.portfolio([], 2025)
    with pytest.raises(errors.MixedCurrenciesError):
        offsets.portfolio([first, *nb.datasets.offset_agreements()], 2025)


# --- what makes an agreement -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"share": None}, "amount"),
        ({"contract": None}, "amount"),
        ({"amount": million(5)}, "amount"),
        ({"share": nb.Rate.percent(0)}, "share"),
        ({"years": 0}, "years"),
        ({"years": "ten"}, "years"),
        ({"penalty": nb.Share.percent(5)}, "penalty"),
        ({"redress": Redress.PENALTY}, "penalty"),
        ({"transactions": (work(million(1, "EUR")),)}, "transactions[0].actual"),
        ({"transactions": (work(million(1), year=2019),)}, "transactions[0].year"),
        ({"milestones": (Milestone(2035, nb.Share.percent(5)),)}, "milestones"),
        ({"milestones": (Milestone(2022, nb.Share.percent(5)), Milestone(2021, nb.Share.percent(9)))}, "milestones"),
    ],
)
def test_what_does_not_fit_together_is_refused_with_its_path(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(errors.DocumentError) as caught:
        agreement(**changes)
    assert [fault.path for fault in caught.value.faults] == [path]


@pytest.mark.parametrize(
    "make",
    [
        lambda: work(million(1), 0),
        lambda: work(million(1), -2),
        lambda: work(million(-1)),
        lambda: work(million(1), year=1.5),  # type: ignore[arg-type]
        lambda: Milestone(2025, 0.5),  # type: ignore[arg-type]
    ],
)
def test_a_transaction_is_sound(make: Any) -> None:
    with pytest.raises(errors.NatoBurdenError):
        make()


def test_agreements_of_ones_own_read_back_and_report_all_faults(tmp_path: Path) -> None:
    item = agreement(transactions=(work(million(5), 2),), milestones=(Milestone(2023, nb.Share.percent(20)),))
    assert nb.serialization.from_data(nb.serialization.to_data(item), OffsetAgreement) == item
    path = tmp_path / "offsets.toml"
    path.write_text(
        '[[agreements]]\nkey = "a"\nbuyer = "Atlantis"\nsupplier = "x"\nsigned = 2020\nyears = 1\nfoo = 1\n'
        'source = { title = "t", publisher = "p" }\n[[agreements]]\nkey = "a"\nbuyer = "POL"\nsupplier = "x"\n'
        'signed = 2020\nyears = 1\nsource = { title = "t", publisher = "p" }\n',
        encoding="utf-8",
    )
    with pytest.raises(errors.DocumentError) as caught:
        nb.datasets.load_offset_agreements(path)
    paths = [fault.path for fault in caught.value.faults]
    assert paths == ["agreements[0].buyer", "agreements[0]", "agreements[1].amount", "agreements[1].key"]


def test_words_of_enumerations_and_records() -> None:
    assert [str(item) for item in (OffsetType.TRAINING, Redress.PENALTY, offsets.OffsetStanding.BEHIND)] == [
        "training", "penalty", "behind",
    ]  # fmt: skip
    statistic = nb.datasets.offset_statistics()["bis-2011"]
    assert isinstance(statistic, OffsetStatistic)
    assert "50.93 %" in str(statistic)
    assert str(agreement()) == "made: a maker to Poland, USD 480.00 m (current prices) by 2030"


def test_an_agreement_before_any_transaction_has_no_multiplier() -> None:
    found = offsets.performance(agreement(), 2021)
    assert "effective multiplier" not in [item.label for item in found.findings]
    assert "direct enough" not in [item.label for item in found.findings]
    assert found.actual == million(0)
    assert found.standing is offsets.OffsetStanding.BEHIND
