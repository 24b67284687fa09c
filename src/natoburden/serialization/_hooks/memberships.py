"""Groups are written as their keys, and countries as their alpha-3 codes; your own groups are written in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import attrs

from natoburden.model.countries import Country
from natoburden.model.memberships import Entity, Group, find_entity
from natoburden.model.sources import Source
from natoburden.serialization._converter import Converter

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class _Listed:
    """A group of your own, as it is written."""

    key: str
    name: str
    countries: tuple[Country, ...]
    note: str = ""
    source: Source | None = None


def register(made: Converter) -> None:
    def written(entity: Entity) -> Any:
        if not isinstance(entity, Group) or not entity.countries:
            return entity.key
        said = {"note": entity.note, "source": made.unstructure(entity.source)}
        own = {"key": entity.key, "name": entity.name, "countries": [country.alpha_3 for country in entity.countries]}
        return own | {name: value for name, value in said.items() if value}

    def reading(find: Callable[[Any], T]) -> Callable[[Any], T | Group]:
        def read(value: Any) -> T | Group:
            if not isinstance(value, Mapping):
                return find(value)
            own = made.structure(value, _Listed)
            countries = Group.find(own.countries).countries
            return Group(key=own.key, name=own.name, countries=countries, note=own.note, source=own.source)

        return read

    made.as_text(Group, reading(Group.find), written)
    made.as_text(Entity, reading(find_entity), written)
