"""Published facts: what is unknown stays unknown, and figures with different denominators are not compared."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden.errors import MissingSourceError, UnexpectedValueError
from natoburden.model.published import DatedEvent, SafeLoan, ShareEstimate, Trust

SOURCE = nb.Source(title="Invented", publisher="a test")
COUNCIL = nb.Source(title="A decision", publisher="a test")
LOAN = SafeLoan(
    country=nb.Country("ROU"), tentative=nb.Money.millions(16680, "EUR"), maximum=nb.Money.millions(16680, "EUR"),
    prefinancing=nb.Money.millions(2502, "EUR"), decided=dt.date(2026, 2, 11), source=SOURCE, council_source=COUNCIL,
)  # fmt: skip
SHARE = ShareEstimate(
    key="a", scope="European NATO", measure="American share", denominator="arms imports", period="2020-2024",
    share=nb.Share.percent(64), method="deliveries", published="2025-03", trust=Trust.HIGH, source=SOURCE,
)  # fmt: skip


def test_a_loan_tells_its_amounts_apart_and_what_is_unknown() -> None:
    assert str(LOAN) == "Romania: tentative EUR 16.68 bn, Council's maximum EUR 16.68 bn (decided 2026-02-11)"
    assert (LOAN.key, LOAN.sources, LOAN.firmness) == ("ROU", (SOURCE, COUNCIL), nb.Status.PROJECTION)
    bare = SafeLoan(country=nb.Country("FRA"), note="not approved", source=SOURCE)
    assert str(bare) == "France: tentative unknown, Council's maximum unknown (not decided); not approved"
    assert (bare.is_decided, bare.sources) == (False, (SOURCE,))


@pytest.mark.parametrize(
    "changes",
    [
        {"council_source": None},
        {"maximum": None},
        {"prefinancing": nb.Money.millions(16681, "EUR")},
        {"tentative": 5},
    ],
)
def test_a_loan_that_does_not_fit_together_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UnexpectedValueError):
        attrs.evolve(LOAN, **changes)


def test_an_estimate_is_one_figure_with_its_denominator() -> None:
    assert str(SHARE) == (
        "European NATO, American share, 2020-2024: 64.00 % of arms imports (a test, 2025-03; trust: high)"
    )
    assert (SHARE.value, SHARE.firmness, SHARE.reference) == (nb.Share.percent(64), nb.Status.ESTIMATE, "a")
    amount = attrs.evolve(SHARE, share=None, amount=nb.Money(5, "USD"), denominator="")
    assert amount.value == nb.Money(5, "USD")
    assert "USD 5.00 (current prices) (a test" in str(amount)
    for changes in ({"share": None}, {"growth": nb.Rate.percent(210)}, {"denominator": ""}):
        with pytest.raises(UnexpectedValueError, match="estimate a"):
            attrs.evolve(SHARE, **changes)


def test_only_shares_of_one_denominator_method_and_publisher_are_comparable() -> None:
    assert SHARE.is_comparable_with(attrs.evolve(SHARE, key="b", period="2015-2019", share=nb.Share.percent(52)))
    others = (
        attrs.evolve(SHARE, denominator="contracts"),
        attrs.evolve(SHARE, method="contracts"),
        attrs.evolve(SHARE, scope="Europe"),
        attrs.evolve(SHARE, measure="Union's share"),
        attrs.evolve(SHARE, source=nb.Source(title="Another", publisher="another test")),
        attrs.evolve(SHARE, share=None, growth=nb.Rate.percent(5)),
    )
    assert not any(SHARE.is_comparable_with(other) or other.is_comparable_with(SHARE) for other in others)


def test_an_event_has_its_day_and_a_source() -> None:
    event = DatedEvent(key="x", date=dt.date(2025, 6, 25), topic="NATO", fact="A summit", source=SOURCE)
    assert (str(event), event.reference) == ("2025-06-25, NATO: A summit", "x")
    with pytest.raises(UnexpectedValueError):
        attrs.evolve(event, source=None)  # type: ignore[arg-type] # refused on purpose
    with pytest.raises(MissingSourceError):
        attrs.evolve(event, source=nb.Source(title=""))
