"""Packaged facts: SAFE loans, escape clauses, estimates of American shares, and events since the American demand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from natoburden._once import once
from natoburden.datasets._files import PackagedFile, editions
from natoburden.model.countries import Country
from natoburden.model.keyed import Keyed
from natoburden.model.money import UNSTATED_PRICES, Money
from natoburden.model.published import DatedEvent, EscapeClause, SafeLoan, ShareEstimate, Trust
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Source

__all__ = ["american_share_estimates", "escape_clauses", "events", "safe_loans"]

_MANIFEST = "macro/manifest.toml"
_CODE = 3  # a scope may be the code of a country, which has so many letters


@once
def safe_loans() -> Keyed[SafeLoan]:
    """Return the tentative loans of the Union's instrument SAFE and the Council's maxima, by the member's code.

    19 members have a tentative amount, and 12 have a maximum set by the Council; never add tentative amounts to maxima.
    The Council has decided on Poland, Lithuania, Latvia and Slovakia, but the amounts are unknown. Czechia, France and
    Hungary were not approved by 17 February 2026. Amounts that have been drawn are not recorded. The figures are from
    press copies of the Union's releases.

    >>> loans = safe_loans()
    >>> print(loans["EST"])
    Estonia: tentative EUR 2.66 bn, Council's maximum EUR 2.34 bn (decided 2026-02-17); lower than tentative
    >>> loans["POL"].maximum is None, loans["POL"].is_decided, loans["FRA"].is_decided
    (True, True, False)
    """
    [file] = editions(_MANIFEST, "safe_loans").values()
    return Keyed(tuple(_loan(row, file) for row in file.rows()))


@once
def escape_clauses() -> Keyed[EscapeClause]:
    """Return the members for which the Council activated the national escape clause for defence, by their codes.

    The clause was activated for fifteen members on 8 July 2025 and for Germany on 10 October 2025. Later activations
    were not looked for, so other members may have the clause too.

    >>> clauses = escape_clauses()
    >>> print(len(clauses), clauses["DEU"])
    16 national escape clause activated for Germany on 2025-10-10
    """
    [file] = editions(_MANIFEST, "escape_clauses").values()
    return Keyed(tuple(_clause(row, file) for row in file.rows()))


@once
def american_share_estimates() -> Keyed[ShareEstimate]:
    """Return 19 published figures on the American share of European arms buying, each with its own denominator.

    The figures count contracts, imports, deliveries or notices, with or without domestic purchases. The figures refer
    to different groups of buyers and to different years. Do not draw figures with different denominators as one line in
    a chart. `trust` and `note` show which figures were read in press copies.

    >>> found = american_share_estimates()
    >>> for key in ("iiss-2024-american", "iris-2023-american", "sipri-2020-2024-american"):
    ...     print(found[key].value, "of", found[key].denominator)
    34.00 % of value of the contracts examined, domestic purchases included
    63.00 % of disputed: acquisitions of EU members across borders, or their imports
    64.00 % of arms imports of European NATO, in trend-indicator values
    >>> found["iiss-2024-american"].is_comparable_with(found["iris-2023-american"])
    False
    """
    [file] = editions(_MANIFEST, "american_shares").values()
    return Keyed(tuple(_estimate(row, file) for row in file.rows()))


@once
def events() -> Keyed[DatedEvent]:
    """Return 16 dated facts since the American demand, including SAFE, the joint statement and two NATO summits.

    The facts are a selection, mostly from the press; the text of the declaration of Ankara was not found.

    >>> print(events()["2025-08-21-eu-us-arms"].fact[:73])
    Joint statement: EU plans to substantially increase procurement of milita
    >>> print(events()["2025-08-21-eu-us-energy"].amount)
    USD 750.00 bn (unstated prices)
    """
    [file] = editions(_MANIFEST, "events").values()
    return Keyed(tuple(_event(row, file) for row in file.rows()))


def _loan(row: Mapping[str, str], file: PackagedFile) -> SafeLoan:
    tentative: dt.date = file.more["tentative"]
    decided = dt.date.fromisoformat(row["decided"]) if row["decided"] else None
    return SafeLoan(
        country=Country(row["country"]),
        tentative=_euros(row["tentative_million_eur"]),
        precision=row["precision"],
        maximum=_euros(row["maximum_million_eur"]),
        prefinancing=_euros(row["prefinancing_million_eur"]),
        decided=decided,
        note=row["note"],
        source=_source("Report on the tentative amounts of SAFE loans", row["tentative_url"], file, tentative),
        council_source=_source("Report on the Council's decisions on SAFE loans", row["council_url"], file, decided),
    )


def _clause(row: Mapping[str, str], file: PackagedFile) -> EscapeClause:
    activated = dt.date.fromisoformat(row["activated"])
    title = "Report on the Council's activation of the national escape clause"
    return EscapeClause(
        country=Country(row["country"]), activated=activated, source=_source(title, row["url"], file, activated)
    )


def _estimate(row: Mapping[str, str], file: PackagedFile) -> ShareEstimate:
    value, unit = row["value"], row["unit"]
    scope = Country(row["scope"]).name if len(row["scope"]) == _CODE else row["scope"]
    return ShareEstimate(
        **{name: row[name] for name in ("key", "measure", "denominator", "period", "method", "published")},
        scope=scope,
        share=Share.percent(value) if unit == "percent" else None,
        growth=Rate.percent(value) if unit == "percent change" else None,
        amount=_billions(value, unit),
        trust=Trust(row["trust"]),
        note=row["note"],
        source=Source(
            title=f"{row['measure']}, {scope}, {row['period']}",
            publisher=row["publisher"],
            url=row["url"],
            accessed=file.collected,
            licence=file.source.licence,
        ),
    )


def _event(row: Mapping[str, str], file: PackagedFile) -> DatedEvent:
    date = dt.date.fromisoformat(row["date"])
    return DatedEvent(
        **{name: row[name] for name in ("key", "topic", "fact", "unit", "trust")},
        date=date,
        share=Share.percent(row["value"]) if row["unit"] == "percent" else None,
        amount=_billions(row["value"], row["unit"]),
        count=int(row["value"]) if row["unit"] == "countries" else None,
        source=_source(f"Report on {row['topic']}, {date}", row["url"], file, None),
    )


def _source(title: str, url: str, file: PackagedFile, date: dt.date | None) -> Source:
    return Source(title=title, url=url, date=date, accessed=file.collected, licence=file.source.licence)


def _euros(millions: str) -> Money | None:
    return Money.millions(millions, "EUR") if millions else None


def _billions(value: str, unit: str) -> Money | None:
    """Return an amount in billions of a currency, at unstated prices; None for another unit."""
    size, _, currency = unit.partition(" ")
    return Money.billions(value, currency, UNSTATED_PRICES) if size == "billion" else None
