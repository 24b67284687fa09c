"""Notices to the Congress of the United States that arms may be sold to allies."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from natoburden._once import once
from natoburden.datasets._files import PackagedFile, editions
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.countries import Country
from natoburden.model.memberships import Bloc
from natoburden.model.money import Money
from natoburden.model.notices import NoticeStanding, SaleNotification, SaleNotifications, find_buyer
from natoburden.model.sources import Source

__all__ = ["us_arms_notifications"]


def us_arms_notifications() -> SaleNotifications:
    """Return 405 notices to Congress that arms may be sold to allies and partners, February 2017 to June 2026.

    A ceiling is the largest value that a sale may have according to its notice to Congress. A ceiling is not a contract
    or a payment, and often differs from the value of the purchase. Buyers are NATO's European members, Canada, agencies
    of NATO, Switzerland, Austria, Ireland, Ukraine, Japan, Korea and Australia. Four offers are known to have led to no
    purchase (`NoticeStanding`); the outcome of all other offers is not recorded. If a release was corrected, only the
    last version counts.

    Nine notices that are missing from the publisher's library were added by hand; three of these notices have an
    inferred day. A few more notices are probably missing, mainly for the United Kingdom and for NATO's procurement
    agency before 2024. Cost increases after a notice are not included. Sales that need no notice are not included. The
    capability areas are the library's own, judged by the name of the system. Support, training and upgrades have the
    area of the system that they serve.

    >>> notices = us_arms_notifications()
    >>> print(notices["DNK 25-51"])
    DNK 25-51: Denmark, IBCS Enabled Patriot (at most USD 3.20 bn (current prices), told to Congress on 2025-08-29, ...)
    >>> of_2025 = notices.of("NATO").between(2025, 2025)
    >>> print(len(of_2025), "|", Money.total(item.ceiling for item in of_2025))
    35 | USD 34.35 bn (current prices)
    """
    return _packaged()


@once
def _packaged() -> SaleNotifications:
    [file] = editions("american/arms.toml").values()
    items = tuple(
        SaleNotification(
            key=row["key"],
            notified_on=dt.date.fromisoformat(row["notified_on"]),
            transmittal=row["transmittal"],
            buyer=find_buyer(row["buyer"]),
            system=row["system"],
            areas=tuple(map(CapabilityArea, row["areas"].split("; "))),
            ceiling=Money.millions(row["ceiling_million_usd"], "USD"),
            standing=NoticeStanding(row["standing"]),
            is_added_by_hand=row["by_hand"] == "yes",
            note=row["note"],
            source=_source(row, file),
        )
        for row in file.rows()
    )
    partners = {item.buyer for item in items if isinstance(item.buyer, Country)}
    buyers = {*Bloc.find("NATO").members(file.collected), *partners} - {Country("USA")}  # it sells
    return SaleNotifications(items=items, collected=file.collected, buyers=tuple(sorted(buyers)))


def _source(row: dict[str, str], file: PackagedFile) -> Source:
    """Return the release of a notice, or the report from which the notice was copied."""
    host, press = urlsplit(row["url"]).hostname, file.more["press"]
    return Source(
        title=f"Notice to Congress {row['key']}: {row['system']}",
        publisher=press[host] if host in press else file.more["publishers"][host],
        url=row["url"],
        accessed=file.collected,
        licence=file.more["press_licence"] if host in press else file.source.licence,
        locator=row["locator"],
    )
