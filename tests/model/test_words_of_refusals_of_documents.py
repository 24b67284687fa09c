"""What articles, contracts and offsets say in full of each fault between their parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import errors, model
from natoburden.model import Milestone
from natoburden.model.claims import Attribution
from tests.calculators.test_offsets import agreement, million, work
from tests.model.test_procurement import contract
from tests.refusals import refusal

ARTICLE = nb.fixtures.article()
CLAIMS, ACTORS = tuple(ARTICLE.claims), tuple(ARTICLE.actors)
NAMED = next(actor for actor in ACTORS if actor.is_named)
BY_NAME = attrs.evolve(CLAIMS[0], said_by=NAMED.key, attribution=Attribution.OFFICIALS)
WRONG: Any = "soon"


def claims(first: model.Claim) -> model.Keyed[model.Claim]:
    return model.Keyed((first, *CLAIMS[1:]))


def contracts(*items: nb.Contract) -> model.Contracts:
    return model.Contracts(items=items, collected=dt.date(2026, 1, 1))


def steps(*given: tuple[int, int]) -> tuple[Milestone, ...]:
    return tuple(Milestone(year, nb.Share.percent(part)) for year, part in given)


REFUSALS = [
    pytest.param(
        lambda: attrs.evolve(ARTICLE, schema=2),
        errors.DocumentError,
        "article wire-report-2025-02: 1 fault\n  schema: unknown schema '2'; valid: 1",
        id="an article of another schema",
    ),
    pytest.param(
        lambda: attrs.evolve(ARTICLE, actors=model.Keyed((*ACTORS, ACTORS[0]))),
        errors.DocumentError,
        "article wire-report-2025-02: 1 fault\n  actors[33].key: 'us-administration' is used twice",
        id="an article with a key twice",
    ),
    pytest.param(
        lambda: attrs.evolve(ARTICLE, claims=claims(attrs.evolve(CLAIMS[0], said_by=f"{CLAIMS[0].said_by}x"))),
        errors.DocumentError,
        (
            "article wire-report-2025-02: 1 fault\n  claims[0].said_by: unknown actor 'officialsx'; valid: allies, "
            "bloomberg, bloomberg-economics, british-forces, eu-capitals, europe, european-forces, "
            "european-leaders, european-officials, european-suppliers, executive, hegseth and 21 more; did you "
            "mean 'officials' or 'us-officials' or 'several-officials'?"
        ),
        id="a claim by nobody on record",
    ),
    pytest.param(
        lambda: attrs.evolve(ARTICLE, claims=claims(attrs.evolve(CLAIMS[0], paragraph=99))),
        errors.DocumentError,
        "article wire-report-2025-02: 1 fault\n  claims[0].paragraph: there is no paragraph 99; valid: 1 to 16",
        id="a claim beyond the text",
    ),
    pytest.param(
        lambda: attrs.evolve(ARTICLE, claims=claims(BY_NAME)),
        errors.DocumentError,
        (
            "article wire-report-2025-02: 1 fault\n  claims[0].attribution: officials familiar does not fit "
            "'us-administration', who is named"
        ),
        id="an anonymous claim by somebody who is named",
    ),
    pytest.param(
        lambda: contracts(contract(part_of="X2")),
        errors.DocumentError,
        "contracts: 1 fault\n  contracts[X1].part_of: there is no contract 'X2'",
        id="a part of a contract that is not there",
    ),
    pytest.param(
        lambda: contracts(contract("A", part_of="B"), contract("B", part_of="A")),
        errors.DocumentError,
        (
            "contracts: 2 faults\n  contracts[A].part_of: it would be a part of itself\n  contracts[B].part_of: it "
            "would be a part of itself"
        ),
        id="contracts in a circle",
    ),
    pytest.param(
        lambda: agreement(share=None, amount=None),
        errors.DocumentError,
        (
            "offset agreement made: 1 fault\n  amount: give the contract with a share of it, or the amount of the "
            "obligation"
        ),
        id="an obligation without an amount",
    ),
    pytest.param(
        lambda: agreement(share=nb.Rate.percent(0)),
        errors.DocumentError,
        "offset agreement made: 1 fault\n  share: +0.00 % is not an obligation: give more than 0 %",
        id="an obligation of nothing",
    ),
    pytest.param(
        lambda: agreement(years=0),
        errors.DocumentError,
        "offset agreement made: 1 fault\n  years: 0; write a whole number of at least one",
        id="an obligation of no years",
    ),
    pytest.param(
        lambda: agreement(years=WRONG),
        errors.DocumentError,
        "offset agreement made: 1 fault\n  years: 'soon'; write a whole number of at least one",
        id="an obligation of years in words",
    ),
    pytest.param(
        lambda: agreement(milestones=steps((2022, 50), (2023, 20))),
        errors.DocumentError,
        "offset agreement made: 1 fault\n  milestones: years and parts rise, each year once",
        id="milestones that fall",
    ),
    pytest.param(
        lambda: agreement(milestones=steps((2022, 50), (2040, 100))),
        errors.DocumentError,
        "offset agreement made: 1 fault\n  milestones: 2022 to 2040; valid: 2021 to 2030",
        id="milestones after the end",
    ),
    pytest.param(
        lambda: agreement(penalty=nb.Share.percent(5)),
        errors.DocumentError,
        "offset agreement made: 1 fault\n  penalty: a penalty goes with redress = 'penalty', which needs one",
        id="a penalty without redress",
    ),
    pytest.param(
        lambda: agreement(transactions=(work(nb.Money(5, "PLN")),)),
        errors.DocumentError,
        (
            "offset agreement made: 1 fault\n  transactions[0].actual: PLN 5.00 (current prices) beside USD 400.00 "
            "m (current prices): convert first"
        ),
        id="work in another currency",
    ),
    pytest.param(
        lambda: agreement(transactions=(work(million(5), year=2001),)),
        errors.DocumentError,
        "offset agreement made: 1 fault\n  transactions[0].year: 2001 is before 2020",
        id="work before the agreement",
    ),
]


@pytest.mark.parametrize(("ask", "kind", "words"), REFUSALS)
def test_a_document_is_refused_in_words(ask: Callable[[], Any], kind: type[Exception], words: str) -> None:
    assert refusal(ask, kind) == words
