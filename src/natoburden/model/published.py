"""Published facts from the time after the American demand: loans, estimates of American shares, and dated events."""

from __future__ import annotations

import datetime as dt

import attrs

from natoburden.errors import UnexpectedValueError
from natoburden.model._checks import exactly
from natoburden.model._terms import Term
from natoburden.model.countries import Country
from natoburden.model.evidence import Documented
from natoburden.model.money import Money
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Source, Status

__all__ = ["DatedEvent", "EscapeClause", "SafeLoan", "ShareEstimate", "Trust"]


class Trust(Term):
    """How reliable a published estimate is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


_is_money = exactly(Money, "an amount", optional=True)


@attrs.frozen(kw_only=True)
class SafeLoan(Documented):
    """A loan to a member under the European Union's instrument SAFE: the tentative amount and the Council's maximum.

    `tentative` is the Commission's allocation before it judged the plans, with the `precision` of the report. `maximum`
    is the largest loan that the Council's decision allows. `prefinancing` is the part of the maximum that may be paid
    at once. Amounts that are not known are None, never zero. A maximum is not an amount that was drawn or spent.

    Raises `UnexpectedValueError` for prefinancing above the maximum, or for a maximum without its source.
    """

    country: Country = attrs.field(validator=exactly(Country, "a country"))
    tentative: Money | None = attrs.field(default=None, validator=_is_money)
    precision: str = ""
    maximum: Money | None = attrs.field(default=None, validator=_is_money)
    prefinancing: Money | None = attrs.field(default=None, validator=_is_money)
    decided: dt.date | None = attrs.field(default=None, validator=exactly(dt.date, "a date", optional=True))
    note: str = ""
    source: Source = attrs.field(validator=exactly(Source, "a source"), repr=False)
    council_source: Source | None = attrs.field(
        default=None, validator=exactly(Source, "a source", optional=True), repr=False
    )

    def __attrs_post_init__(self) -> None:
        if self.maximum is not None and self.council_source is None:
            raise UnexpectedValueError("a maximum", str(self.maximum), "name the document that sets it")
        if self.prefinancing is not None and (self.maximum is None or self.prefinancing > self.maximum):
            raise UnexpectedValueError("prefinancing", str(self.prefinancing), "it is part of a known maximum")

    @property
    def key(self) -> str:
        """The country's code."""
        return self.country.alpha_3

    @property
    def is_decided(self) -> bool:
        """Whether the Council had decided on the member's plan when the record was closed."""
        return self.decided is not None

    @property
    def firmness(self) -> Status:
        """The status of the loan: always an estimate, because a loan that may be drawn is not yet spending."""
        return Status.PROJECTION

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents of the tentative amount and of the Council's decision."""
        return (self.source, *((self.council_source,) if self.council_source else ()))

    def __str__(self) -> str:
        decision = f"decided {self.decided}" if self.decided else "not decided"
        amounts = f"tentative {_short(self.tentative)}, Council's maximum {_short(self.maximum)} ({decision})"
        return f"{self.country}: {amounts}{f'; {self.note}' if self.note else ''}"


@attrs.frozen(kw_only=True)
class EscapeClause(Documented):
    """The Council's activation of the national escape clause of the Stability and Growth Pact for defence."""

    country: Country = attrs.field(validator=exactly(Country, "a country"))
    activated: dt.date = attrs.field(validator=exactly(dt.date, "a date"))
    source: Source = attrs.field(validator=exactly(Source, "a source"), repr=False)

    @property
    def key(self) -> str:
        """The country's code."""
        return self.country.alpha_3

    def __str__(self) -> str:
        return f"national escape clause activated for {self.country} on {self.activated}"


def _short(amount: Money | None) -> str:
    """Return the amount of a loan as text, without a price basis."""
    return "unknown" if amount is None else str(amount).partition(" (")[0]


@attrs.frozen(kw_only=True)
class ShareEstimate(Documented):
    """A published figure on the suppliers of European arms: a share, a growth rate or an amount.

    Publishers differ in `scope`, `denominator`, `method` and `period`. Only shares for which `is_comparable_with` is
    true belong in one line of a chart. The denominator of an amount is empty.

    Raises `UnexpectedValueError` unless exactly one of share, growth and amount is given. `UnexpectedValueError` is
    also raised for a share or growth rate without a denominator.
    """

    key: str = attrs.field(validator=exactly(str, "a key"))
    scope: str
    measure: str
    denominator: str = ""
    period: str
    share: Share | None = attrs.field(default=None, validator=exactly(Share, "a share", optional=True))
    growth: Rate | None = attrs.field(default=None, validator=exactly(Rate, "a growth", optional=True))
    amount: Money | None = attrs.field(default=None, validator=_is_money)
    method: str
    published: str
    trust: Trust = attrs.field(validator=exactly(Trust, "a trust"))
    note: str = ""
    source: Source = attrs.field(validator=exactly(Source, "a source"), repr=False)

    def __attrs_post_init__(self) -> None:
        given = [item for item in (self.share, self.growth, self.amount) if item is not None]
        if len(given) != 1:
            raise UnexpectedValueError(
                f"estimate {self.key}", f"{len(given)} figures", "give one: a share, a growth or an amount"
            )
        if self.amount is None and not self.denominator:
            raise UnexpectedValueError(f"estimate {self.key}", "no denominator", "say what it is a share of")

    @property
    def value(self) -> Share | Rate | Money:
        """The share, the growth rate or the amount of the estimate."""
        [found] = (item for item in (self.share, self.growth, self.amount) if item is not None)
        return found

    @property
    def firmness(self) -> Status:
        """The status of the figure: always an estimate, because a publisher estimated the figure."""
        return Status.ESTIMATE

    @property
    def reference(self) -> str:
        """The key of the estimate."""
        return self.key

    def is_comparable_with(self, other: ShareEstimate) -> bool:
        """Return whether two figures are shares of the same scope, measure, denominator, method and publisher."""
        return None not in (self.share, other.share) and _kind(self) == _kind(other)

    def __str__(self) -> str:
        of = f" of {self.denominator}" if self.denominator else ""
        told = f"{self.source.publisher}, {self.published}; trust: {self.trust}"
        return f"{self.scope}, {self.measure}, {self.period}: {self.value}{of} ({told})"


def _kind(item: ShareEstimate) -> tuple[str, ...]:
    return item.scope, item.measure, item.denominator, item.method, item.source.publisher


@attrs.frozen(kw_only=True)
class DatedEvent(Documented):
    """An event on a day, described in one sentence, with any figure that the sentence contains.

    The event's figure is a `share`, an `amount` or a `count`, and `unit` describes what is counted. `trust` states
    whether the event was read at its source or in another publication.
    """

    key: str = attrs.field(validator=exactly(str, "a key"))
    date: dt.date = attrs.field(validator=exactly(dt.date, "a date"))
    topic: str
    fact: str = attrs.field(validator=exactly(str, "a fact"))
    share: Share | None = attrs.field(default=None, validator=exactly(Share, "a share", optional=True))
    amount: Money | None = attrs.field(default=None, validator=_is_money)
    count: int | None = attrs.field(default=None, validator=exactly(int, "a count", optional=True))
    unit: str = ""
    trust: str = ""
    source: Source = attrs.field(validator=exactly(Source, "a source"), repr=False)

    @property
    def reference(self) -> str:
        """The key of the event."""
        return self.key

    def __str__(self) -> str:
        return f"{self.date}, {self.topic}: {self.fact}"
