"""What records of arms, notices, offsets, loans and aid say in full when they refuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import errors, model
from natoburden.model import Agency
from natoburden.model.procurement import containers
from tests.model.test_notices import notice, record
from tests.model.test_procurement import contract
from tests.model.test_published import LOAN, SHARE
from tests.model.test_transfers import transfer
from tests.refusals import refusal

SOURCE = nb.Source(title="An example", publisher="this test")
PARTLY = model.Cancellation(part=nb.Share.percent(5), source=SOURCE)
WRONG: Any = "soon"
NOTICE: Any = notice("N")
KOREA, POLAND = nb.Country("KOR"), nb.Country("POL")
TRACKER = model.AidTracker(edition="release 1", source=SOURCE)
PARTS = ("total", "financial", "humanitarian", "military", "commitments", "to_be_allocated")
MONTH = model.AidMonth(
    donor="Germany", country=nb.Country("DEU"), year=2024, month=1,
    **dict.fromkeys(PARTS, nb.Money(1, "EUR")),
)  # fmt: skip


def euros(amount: int) -> nb.Money:
    return nb.Money(amount, "EUR")


def worth(**ends: Any) -> nb.ContractValue:
    return nb.ContractValue(kind=nb.ValueKind.CONTRACT, **ends)


def origin(**parts: Any) -> nb.Origin:
    return nb.Origin(basis=nb.OriginBasis.CONTENT, **parts)


def part(country: nb.Country, percent: int) -> model.OriginShare:
    return model.OriginShare(country=country, share=nb.Share.percent(percent))


def work(**changes: Any) -> model.OffsetTransaction:
    given: dict[str, Any] = {
        "type": model.OffsetType.TRAINING, "is_direct": True, "year": 2024, "actual": euros(5), "source": SOURCE,
    }  # fmt: skip
    return model.OffsetTransaction(**given | changes)


REFUSALS = [
    pytest.param(
        lambda: worth(high=euros(5)),
        errors.UnexpectedValueError,
        "EUR 5.00 (current prices) is not usable as a value; give the lower end of the range too",
        id="a value with no lower end",
    ),
    pytest.param(
        lambda: worth(low=euros(-5)),
        errors.UnexpectedValueError,
        "EUR -5.00 (current prices) is not usable as a value; amounts are not negative",
        id="a value below zero",
    ),
    pytest.param(
        lambda: worth(low=euros(5), high=euros(1)),
        errors.UnexpectedValueError,
        "EUR 5.00 to EUR 1.00 is not usable as a value; the lower amount comes first",
        id="a value with its ends the wrong way round",
    ),
    pytest.param(
        lambda: model.Cancellation(part=nb.Share.percent(0), source=SOURCE),
        errors.UnexpectedValueError,
        "0.00 % is not usable as a cancelled part; give more than 0 %, or no cancellation",
        id="a cancellation of nothing",
    ),
    pytest.param(
        lambda: contract(buyers=()),
        errors.UnexpectedValueError,
        "X1 is not usable as a contract; it needs a buyer, a supplier and a capability area",
        id="a contract without a buyer",
    ),
    pytest.param(
        lambda: contract(origins=(origin(), origin())),
        errors.UnexpectedValueError,
        "X1 is not usable as a contract; it gives two origins on one basis: keep one",
        id="a contract with two origins on one basis",
    ),
    pytest.param(
        lambda: contract(delivery_start=2026, delivery_end=2025),
        errors.UnexpectedValueError,
        "2026 to 2025 is not usable as years of delivery; the first year comes first",
        id="a contract delivered before it begins",
    ),
    pytest.param(
        lambda: contract(suppliers=(nb.Supplier(name="A", share=nb.Share.percent(5)), nb.Supplier(name="B"))),
        errors.UnexpectedValueError,
        "X1 is not usable as a split; give every supplier a share, or none",
        id="a contract with a share of one supplier only",
    ),
    pytest.param(
        lambda: contract(part_of="X1"),
        errors.UnexpectedValueError,
        "X1 is not usable as a contract; it is not a part of itself: name another in part_of",
        id="a contract inside itself",
    ),
    pytest.param(
        lambda: contract(status=nb.ContractStatus.CANCELLED, cancellation=PARTLY),
        errors.UnexpectedValueError,
        "X1, cancelled is not usable as a status; only a part of it is cancelled: give the status of the rest",
        id="a contract cancelled in part and altogether",
    ),
    pytest.param(
        lambda: model.Contracts(items=(contract(), contract()), collected=dt.date(2026, 1, 1)),
        errors.DocumentError,
        "contracts: 1 fault\n  contracts[X1].key: this key is used twice",
        id="contracts with one key",
    ),
    pytest.param(
        lambda: containers(["A"], {"A": contract("A", part_of="B"), "B": contract("B", part_of="A")}),
        errors.UnexpectedValueError,
        "A is not usable as a contract; through B, A it would be a part of itself",
        id="contracts inside each other",
    ),
    pytest.param(
        lambda: model.Contracts(items=(NOTICE,), collected=dt.date(2026, 1, 1)),
        errors.NotAContractError,
        (
            "N: Finland, Missiles (at most USD 100.00 m (current prices),… (92 characters) is a notice of what may "
            "be sold at most, not a contract; valid: contracts; ceilings are counted apart, and never add to what "
            "was agreed on or paid"
        ),
        id="a notice among contracts",
    ),
    pytest.param(
        lambda: origin(shares=(part(POLAND, 5),), unsplit=(POLAND,)),
        errors.UnexpectedValueError,
        "Poland, Poland is not usable as an origin; name each country once",
        id="an origin with a country twice",
    ),
    pytest.param(
        lambda: origin(shares=(part(POLAND, 70), part(KOREA, 50))),
        errors.UnexpectedValueError,
        "120.00 % is not usable as an origin; the shares of one whole add up to 100 % at most",
        id="an origin of more than the whole",
    ),
    pytest.param(
        lambda: model.BuyersRule(least=0, source=SOURCE),
        errors.UnexpectedValueError,
        "0 is not usable as a number of buyers; write a whole number, such as 3",
        id="a rule of no buyers",
    ),
    pytest.param(
        lambda: model.BuyersRule(least=2, least_members=-1, source=SOURCE),
        errors.UnexpectedValueError,
        "-1 is not usable as a number of buyers; write a whole number, such as 3",
        id="a rule of fewer members than none",
    ),
    pytest.param(
        lambda: model.BuyersRule(least=2, least_members=3, source=SOURCE),
        errors.UnexpectedValueError,
        "3 members of 2 buyers is not usable as a rule on buyers; members are among the buyers",
        id="a rule of more members than buyers",
    ),
    pytest.param(
        lambda: Agency("Support Agency"),
        errors.UnexpectedValueError,
        (
            "'Support Agency' is not usable as an agency of NATO; the name of an agency begins with NATO: 'NATO "
            "Support and Procurement Agency'"
        ),
        id="an agency whose name is not of NATO",
    ),
    pytest.param(
        lambda: Agency("NATO Total"),
        errors.UnexpectedValueError,
        "'NATO Total' is not usable as an agency of NATO; it is a group of countries: name the agency that buys",
        id="an agency that is a group of countries",
    ),
    pytest.param(
        lambda: notice("N", WRONG),
        errors.UnexpectedValueError,
        "'soon' is not usable as a buyer; give a Country, or an Agency of NATO",
        id="a buyer in words",
    ),
    pytest.param(
        lambda: notice("N", areas=()),
        errors.UnexpectedValueError,
        "N is not usable as a notice; it needs a capability area, if only 'other'",
        id="a notice without a capability area",
    ),
    pytest.param(
        lambda: notice("N", ceiling=euros(5)),
        errors.UnexpectedValueError,
        (
            "EUR 5.00 (current prices) is not usable as a ceiling; Congress is told an amount above zero, in US "
            "dollars at the prices of its time"
        ),
        id="a ceiling in euros",
    ),
    pytest.param(
        lambda: record(notice("N"), notice("N")),
        errors.DocumentError,
        "sale notifications: 1 fault\n  notices[N].key: this key is used twice",
        id="notices with one key",
    ),
    pytest.param(
        lambda: record(notice("N")).between(2025, 2024),
        errors.UnexpectedValueError,
        "2025-01-01 to 2024-12-31 is not usable as a span of days; the first day comes first",
        id="a span of days of notices that ends before it starts",
    ),
    pytest.param(
        lambda: work(actual=euros(-5)),
        errors.UnexpectedValueError,
        "EUR -5.00 (current prices) is not usable as an actual value; it is zero or more",
        id="an activity of less than nothing",
    ),
    pytest.param(
        lambda: work(multiplier=0),
        errors.InvalidNumberError,
        "a multiplier: '0' is not usable; valid: more than zero",
        id="an activity with a multiplier of zero",
    ),
    pytest.param(
        lambda: attrs.evolve(LOAN, council_source=None),
        errors.UnexpectedValueError,
        "EUR 16.68 bn (current prices) is not usable as a maximum; name the document that sets it",
        id="a loan without the document of its maximum",
    ),
    pytest.param(
        lambda: attrs.evolve(LOAN, maximum=None),
        errors.UnexpectedValueError,
        "EUR 2.50 bn (current prices) is not usable as prefinancing; it is part of a known maximum",
        id="prefinancing without a maximum",
    ),
    pytest.param(
        lambda: attrs.evolve(SHARE, share=None),
        errors.UnexpectedValueError,
        "0 figures is not usable as estimate a; give one: a share, a growth or an amount",
        id="an estimate without a figure",
    ),
    pytest.param(
        lambda: attrs.evolve(SHARE, denominator=""),
        errors.UnexpectedValueError,
        "no denominator is not usable as estimate a; say what it is a share of",
        id="an estimate without its denominator",
    ),
    pytest.param(
        lambda: model.Transfers(items=(transfer(),), layout="wide", source=SOURCE),
        errors.UnexpectedValueError,
        "'wide' is not usable as a layout of the register; it is 'order' or 'delivery'",
        id="a layout of transfers",
    ),
    pytest.param(
        lambda: TRACKER.allocated(part="military"),
        errors.UnexpectedValueError,
        "no months is not usable as a tracker of allocations; read the tracker's file data_explorer.csv too",
        id="a tracker without months",
    ),
    pytest.param(
        lambda: TRACKER.allocated("Poland"),
        errors.UnexpectedValueError,
        "no months is not usable as a tracker of allocations; read the tracker's file data_explorer.csv too",
        id="a donor of a tracker without months",
    ),
    pytest.param(
        lambda: attrs.evolve(TRACKER, months=(MONTH,)).allocated("Poland"),
        errors.UnknownNameError,
        "unknown donor 'Poland'; valid: Germany",
        id="a donor that a tracker does not have",
    ),
]


@pytest.mark.parametrize(("ask", "kind", "words"), REFUSALS)
def test_a_record_of_arms_is_refused_in_words(ask: Callable[[], Any], kind: type[Exception], words: str) -> None:
    assert refusal(ask, kind) == words
