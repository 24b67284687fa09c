"""Sources and statuses: nothing without a reference, nothing firmer than its weakest part."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natoburden.errors import MissingSourceError, UnexpectedValueError
from natoburden.model.sources import Source, Status
from tests.strategies import SOURCES

STATUSES = st.sampled_from(Status)


def test_a_source_reads_as_a_reference() -> None:
    source = Source(
        title="Wales Summit Declaration", publisher="NATO", date=dt.date(2014, 9, 5), locator="paragraph 14", note="n"
    )
    assert str(source) == "NATO, Wales Summit Declaration, 2014-09-05, paragraph 14"
    assert str(Source(title="A page", url="https://example.org")) == "A page, https://example.org"


@pytest.mark.parametrize(("publisher", "url"), [("NATO", ""), ("", "https://nato.int")])
def test_a_title_with_a_publisher_or_an_address_is_enough(publisher: str, url: str) -> None:
    source = Source(title="Tables", publisher=publisher, url=url)
    assert (source.publisher, source.url) == (publisher, url)


@pytest.mark.parametrize(
    ("title", "publisher", "what"),
    [("", "NATO", "a figure"), ("  ", "NATO", "a figure"), ("Tables", "", "Tables"), (" Tables ", " ", "Tables")],
)
def test_a_source_that_cannot_be_traced_is_refused(title: str, publisher: str, what: str) -> None:
    with pytest.raises(MissingSourceError) as caught:
        Source(title=title, publisher=publisher, url=" ")
    assert str(caught.value) == f"{what} names no source; valid: a title, and a publisher or an address"


def test_an_address_that_is_no_text_is_refused() -> None:
    with pytest.raises(UnexpectedValueError, match="None is not usable as an address"):
        Source(title="Tables", publisher="NATO", url=None)  # type: ignore[arg-type] # what is tested


@given(SOURCES)
def test_a_reference_names_title_and_publisher(source: Source) -> None:
    assert source.title in str(source)
    assert str(source).startswith(source.publisher)


@pytest.mark.parametrize(
    ("statuses", "weakest"),
    [
        ([], Status.ACTUAL),
        ([Status.ACTUAL], Status.ACTUAL),
        ([Status.ACTUAL, Status.ESTIMATE], Status.ESTIMATE),
        ([Status.PROJECTION, Status.ESTIMATE, Status.ACTUAL], Status.PROJECTION),
    ],
)
def test_what_follows_from_several_figures_is_as_firm_as_the_least_firm(
    statuses: list[Status], weakest: Status
) -> None:
    assert Status.weakest(iter(statuses)) is weakest


@given(st.lists(STATUSES), st.lists(STATUSES))
def test_the_weakest_of_two_lists_is_the_weaker_of_their_weakest(one: list[Status], two: list[Status]) -> None:
    assert Status.weakest(one + two) is Status.weakest([Status.weakest(one), Status.weakest(two)])


def test_a_status_reads_as_its_value() -> None:
    assert [str(status) for status in Status] == ["actual", "estimate", "projection"]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " JavaScript:x", "java\nscript:x", "data:text/html,x", "\ud800"]
)
def test_an_address_is_one_of_the_web(url: str) -> None:
    with pytest.raises(UnexpectedValueError, match="it begins with https:// or http://"):
        Source(title="A page", url=url)


@pytest.mark.parametrize("url", ["https://example.org/a:b?c=d:e", "HTTP://example.org", "example.org/a:b"])
def test_an_address_may_hold_colons_after_its_host(url: str) -> None:
    assert Source(title="A page", url=url).url == url
