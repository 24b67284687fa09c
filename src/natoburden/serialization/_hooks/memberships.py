"""Groups are written by their keys, and entities by theirs or by the alpha-3 code of a country."""

from __future__ import annotations

import operator

from natoburden.model.memberships import Entity, Group, find_entity
from natoburden.serialization._converter import Converter


def register(made: Converter) -> None:
    made.as_text(Group, Group.find, operator.attrgetter("key"))
    made.as_text(Entity, find_entity, operator.attrgetter("key"))
