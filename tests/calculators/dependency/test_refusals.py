"""Options and records that calculators over records refuse: one test per answer that was once wrong or obscure."""

from __future__ import annotations

from typing import Any

import pytest

import natoburden as nb
from natoburden import errors

CONTRACTS = nb.datasets.announced_contracts()
RATES = nb.datasets.exchange_rates()


def shares(**options: Any) -> Any:
    asked: dict[str, Any] = {"buyer": "EU", "rates": RATES}
    return nb.dependency.supplier_shares(CONTRACTS, **asked | options)


def test_an_option_that_there_is_none_of_is_refused_with_the_nearest() -> None:
    """It was passed over in silence, so that ``rate=`` converted nothing."""
    with pytest.raises(errors.UnknownNameError, match=r"unknown option 'rate'; valid: .* did you mean 'rates'"):
        shares(rate=RATES)


def test_the_middle_of_a_range_may_be_asked_for_by_its_text() -> None:
    """The text was taken for the lower end."""
    asked: dict[str, Any] = {"buyer": "NATO", "kinds": tuple(nb.ValueKind)}
    assert shares(range_end="mid", **asked) == shares(range_end=nb.model.RangeEnd.MID, **asked)
    assert shares(range_end="mid", **asked) != shares(range_end="low", **asked)


def test_enumerations_are_taken_by_their_text() -> None:
    assert shares(area="artillery") == shares(area=nb.model.CapabilityArea.ARTILLERY)
    assert shares(kinds="ceiling", buyer="NATO") == shares(kinds=(nb.ValueKind.CEILING,), buyer="NATO")
    assert shares(basis="plant") == shares(basis=nb.OriginBasis.PLANT)
    assert shares(basis=("content", "prime nationality")).coverage


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"range_end": "middle"}, "unknown range end 'middle'; valid: low, mid, high"),
        ({"area": "guns"}, "unknown capability area 'guns'"),
        ({"kinds": ["offer"]}, "unknown value kind 'offer'"),
        ({"basis": "flag"}, "unknown origin basis 'flag'"),
        ({"since": "2022"}, "'2022' is not a usable year"),
        ({"until": 2022.5}, "2022.5 is not a usable year"),
        ({"rates": 1.1}, r"datasets\.exchange_rates\(\)"),
        ({"rates": None}, r"nothing converts implicitly: give rates=natoburden\.datasets\.exchange_rates\(\)"),
        ({"rates": None, "currency": "USD"}, "give rates="),
    ],
)
def test_an_option_of_nonsense_is_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(errors.NatoBurdenError, match=words):
        shares(**options)


def test_what_is_no_record_is_refused() -> None:
    wrong: Any = "contracts"
    with pytest.raises(errors.UnexpectedValueError, match="'c' is not usable as a record; give contracts"):
        nb.dependency.supplier_shares(wrong)


def test_concentration_of_what_is_no_share_is_refused() -> None:
    wrong: Any = [0.5, 0.5]
    with pytest.raises(errors.UnexpectedValueError, match=r"Share\.percent\(30\)"):
        nb.concentration.hhi(wrong)


@pytest.mark.parametrize(
    "refused",
    [
        lambda by: nb.dependency.supplier_shares(CONTRACTS, by=by),
        lambda by: nb.dependency.without_largest_supplier(CONTRACTS, by=by),
        lambda by: nb.dependency.supplier_in_buyers(CONTRACTS, "USA", by=by),
        lambda by: nb.dependency.lock_in(
            CONTRACTS, year=2025, by=by, service_life=20, sustainment=nb.Share.percent(60)
        ),
    ],
)
def test_a_supplier_is_a_country_or_a_firm_and_is_asked_which(refused: Any) -> None:
    """SIPRI's supplier is a country, a contract's a firm: an alias would give the one for the other unseen."""
    with pytest.raises(errors.UnknownNameError, match="'origin' is the country, 'company' the firm") as caught:
        refused("supplier")
    assert caught.value.valid == ("origin", "bloc", "company", "area")
    with pytest.raises(errors.UnknownNameError, match="supplier_in_buyers tells buyers apart"):
        refused("country")
    with pytest.raises(errors.UnknownNameError, match=r"unknown grouping 'moon'; valid: origin, bloc, company, area$"):
        refused("moon")
