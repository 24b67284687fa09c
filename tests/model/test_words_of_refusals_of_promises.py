"""What promises, claims, scenarios, sources and packages say in full when they refuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import errors, model
from natoburden.model import Commitments, ShareRange
from tests.calculators.test_words_of_refusals import purchase
from tests.model.test_commitments import PLEDGE
from tests.refusals import refusal

REACHED = model.ShareReachedCheck(group=nb.Group.find("NATO"), year=2025)
ESTIMATED = model.EstimateCheck(candidates_of="a", year=2025, shares=(), gdp_growth=())
WRONG: Any = "soon"
NUMBER: Any = 5
PURCHASE = purchase()
ARTICLE = nb.fixtures.article()
CLAIM = next(claim for claim in ARTICLE.claims if isinstance(claim.quantity, nb.Share))
SCENARIO = model.PathScenario(
    title="Base",
    assumptions=model.PathAssumptions(target=nb.Share.percent("3.5"), by=2035, gdp_growth=nb.Rate.percent("1.5")),
)
SLOW = model.Override(name="gdp_growth", value=nb.Rate.percent("0.5"), reason="a decade as the last")


def euros(amount: int) -> nb.Money:
    return nb.Money(amount, "EUR")


def record_of(*items: nb.Commitment) -> Commitments:
    return Commitments(items=items, collected=dt.date(2026, 1, 1))


REFUSALS = [
    pytest.param(
        lambda: ShareRange.parse("two per cent"),
        errors.UnexpectedValueError,
        "'two per cent' is not usable as a share; write the sign with the figure: '3.5 %' or '3-3.5 %'",
        id="a promise of a share in words",
    ),
    pytest.param(
        lambda: ShareRange(nb.Share.percent(5), nb.Share.percent(2)),
        errors.UnexpectedValueError,
        "5.00 % to 2.00 % is not usable as a range of shares; the lower share comes first",
        id="a range of shares the wrong way round",
    ),
    pytest.param(
        lambda: nb.Target.floor("4"),
        errors.UnexpectedValueError,
        "'4' is not usable as a share; write the sign with the figure: '3.5 %' or '3-3.5 %'",
        id="a target without a sign",
    ),
    pytest.param(
        lambda: nb.Target.floor("3-4 %"),
        errors.UnexpectedValueError,
        "'3-4 %' is not usable as a share; write the sign with the figure: '4 %', or Share.percent(4)",
        id="a target of a range",
    ),
    pytest.param(
        lambda: nb.Target.ceiling(NUMBER, by=2030),
        errors.UnexpectedValueError,
        "5 is not usable as a share; write the sign with the figure: '4 %', or Share.percent(4)",
        id="a target that is a number",
    ),
    pytest.param(
        lambda: attrs.evolve(PLEDGE, key="x\n"),
        errors.UnexpectedValueError,
        "'x\\n' is not usable as a key; write a name that prints, without blanks around it",
        id="a key with a line break",
    ),
    pytest.param(
        lambda: attrs.evolve(PLEDGE, start=2028, deadline=model.Deadline.parse("2025-2027")),
        errors.UnexpectedValueError,
        "2028 is not usable as a start; the deadline is 2025-2027",
        id="a start after the deadline",
    ),
    pytest.param(
        lambda: attrs.evolve(PLEDGE, refused=True),
        errors.UnexpectedValueError,
        "refused = true in a statement is not usable as a refusal; only an opt-out refuses",
        id="a refusal of a promise",
    ),
    pytest.param(
        lambda: record_of(PLEDGE, attrs.evolve(PLEDGE, note="again")),
        errors.DocumentError,
        "commitments: 1 fault\n  commitments[x].key: this key is used twice",
        id="promises with one key",
    ),
    pytest.param(
        lambda: record_of(attrs.evolve(PLEDGE, standing=model.Standing.SUPERSEDED, superseded_by="x", repeats="x")),
        errors.DocumentError,
        (
            "commitments: 2 faults\n  commitments[x].superseded_by: it would replace itself, directly or through "
            "others\n  commitments[x].repeats: it would repeat itself, directly or through others"
        ),
        id="a promise that replaces itself",
    ),
    pytest.param(
        lambda: record_of(attrs.evolve(PLEDGE, superseded_by="y")),
        errors.DocumentError,
        (
            "commitments: 2 faults\n  commitments[x].superseded_by: there is no commitment 'y'\n  "
            "commitments[x].standing: the standing superseded and superseded_by go together"
        ),
        id="a promise that replaces another that is not there",
    ),
    pytest.param(
        lambda: model.Count(3, WRONG),
        errors.UnexpectedValueError,
        "3 to 'soon' is not usable as a count; give whole numbers, the smaller first",
        id="a count in words",
    ),
    pytest.param(
        lambda: model.Count(3, 2),
        errors.UnexpectedValueError,
        "3 to 2 is not usable as a count; give whole numbers, the smaller first",
        id="a count the wrong way round",
    ),
    pytest.param(
        lambda: attrs.evolve(CLAIM, quantity=None, checks=(REACHED,)),
        errors.UnexpectedValueError,
        "A07 is not usable as a claim with the check 'share reached'; it needs a share",
        id="a claim without the share that is checked",
    ),
    pytest.param(
        lambda: attrs.evolve(CLAIM, quantity=euros(5), years=None, checks=(ESTIMATED,)),
        errors.UnexpectedValueError,
        "A07 is not usable as a claim with the check 'estimate'; it needs the years that the amount is spread over",
        id="a claim without the years of its estimate",
    ),
    pytest.param(
        lambda: model.Candidate(name="some"),
        errors.UnexpectedValueError,
        "some is not usable as a candidate; give either countries or a group",
        id="a candidate of nothing",
    ),
    pytest.param(
        lambda: ARTICLE.select(topic="weather"),
        errors.UnknownNameError,
        (
            "unknown topic 'weather'; valid: arms purchases, conditionality, venue, energy purchases, issue "
            "linkage, spending target, relief, interoperability, investment in US firms, burden sharing, framing, "
            "Ukraine talks and 10 more"
        ),
        id="a topic that an article does not have",
    ),
    pytest.param(
        lambda: ARTICLE.select(paragraph=10_000),
        errors.UnexpectedValueError,
        "10000 is not usable as a paragraph; valid: 1 to 16",
        id="a paragraph beyond an article",
    ),
    pytest.param(
        lambda: attrs.evolve(ARTICLE, demand=("nobody",)),
        errors.DocumentError,
        (
            "article wire-report-2025-02: 1 fault\n  demand[0]: unknown claim 'nobody'; valid: A01, A02, A03, A04, "
            "A05, A06, A07, A08, A09, A10, A11, A12 and 19 more"
        ),
        id="an article with a demand that it does not state",
    ),
    pytest.param(
        lambda: attrs.evolve(SCENARIO.assumptions, shape="zigzag"),
        errors.UnknownNameError,
        "unknown shape 'zigzag'; valid: linear, geometric, step",
        id="an unknown shape of a path",
    ),
    pytest.param(
        lambda: model.Override(name="gdp_grwth", value=None, reason="a test"),
        errors.UnknownNameError,
        (
            "unknown assumption 'gdp_grwth'; valid: target, by, shape, gdp_growth, inflation, discount_rate; did "
            "you mean 'gdp_growth'?"
        ),
        id="an unknown assumption",
    ),
    pytest.param(
        lambda: model.Override(name="gdp_growth", value=None, reason=" "),
        errors.UnexpectedValueError,
        "' ' is not usable as a reason; say why gdp_growth is replaced",
        id="an assumption replaced without a reason",
    ),
    pytest.param(
        lambda: attrs.evolve(SCENARIO, overrides=(SLOW, SLOW)),
        errors.UnexpectedValueError,
        "gdp_growth is not usable as overrides; replace each assumption once",
        id="an assumption replaced twice",
    ),
    pytest.param(
        lambda: nb.Source(title=" "),
        errors.MissingSourceError,
        "a figure names no source; valid: a title, and a publisher or an address",
        id="a figure without a source",
    ),
    pytest.param(
        lambda: nb.Source(title="A table"),
        errors.MissingSourceError,
        "A table names no source; valid: a title, and a publisher or an address",
        id="a source without a publisher",
    ),
    pytest.param(
        lambda: nb.Source(title="A table", url="ftp://example.org"),
        errors.UnexpectedValueError,
        "'ftp://example.org' is not usable as an address; it begins with https:// or http://",
        id="an address that is not one of the web",
    ),
    pytest.param(
        lambda: nb.Source(title="A table", url=NUMBER),
        errors.UnexpectedValueError,
        "5 is not usable as an address; its type is int, not str",
        id="an address that is not a text",
    ),
    pytest.param(
        lambda: nb.Package.of("A package", [PURCHASE, PURCHASE]),
        errors.DocumentError,
        "A package: 1 fault\n  purchases: 'a' is used twice",
        id="purchases with one key",
    ),
    pytest.param(
        lambda: nb.Package.of("A package", [WRONG]),
        errors.UnexpectedValueError,
        "'soon' is not usable as a purchase; give purchases; natoburden.datasets.load_package reads a document",
        id="purchases in words",
    ),
    pytest.param(
        lambda: nb.datasets.announced_contracts()["nothing"],
        errors.UnknownNameError,
        "unknown contract 'nothing'; valid: C01, C02, C03, C04, C05, C06, C07, C08, C09, C10, C11, C12 and 74 more",
        id="an unknown key of a record",
    ),
]


@pytest.mark.parametrize(("ask", "kind", "words"), REFUSALS)
def test_a_promise_or_claim_is_refused_in_words(ask: Callable[[], Any], kind: type[Exception], words: str) -> None:
    assert refusal(ask, kind) == words
