"""The groups by which a web page of allies can be filtered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from natoburden.model.memberships import Entity, Group
from natoburden.presentation.formatting import country_name
from natoburden.presentation.html_page import RowFilter
from natoburden.presentation.messages import Translate

__all__ = ["group_filters"]

_GROUPS = ("NATO_EUROPE", "NATO_EUR_CAN", "NATO_EUROPE_WITHOUT_TURKIYE", "NATO_EU", "NATO_NON_EU", "NATO_EURO_AREA")


def group_filters(entities: Sequence[Entity], group: Group, year: int, _: Translate) -> tuple[RowFilter, ...]:
    """Return the groups that contain some rows of a page, but not all rows; memberships are those of one year."""

    def found() -> Iterator[RowFilter]:
        for key in _GROUPS:
            part = Group.find(key)
            members = set(part.members(year))
            rows = tuple(entity in members for entity in entities)
            if part != group and any(rows) and not all(rows):
                yield RowFilter(part.key, country_name(part, locale=_.locale), rows)

    return tuple(found())
