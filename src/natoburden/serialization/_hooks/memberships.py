"""Groups are written as their keys, and countries as their alpha-3 codes; your own groups are written in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from natoburden.model.memberships import Entity, Group, find_entity
from natoburden.model.sources import Source
from natoburden.serialization._converter import Converter

T = TypeVar("T")


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
            return Group(
                key=value["key"],
                name=value["name"],
                countries=Group.find(value["countries"]).countries,
                note=value.get("note", ""),
                source=made.structure(value["source"], Source) if "source" in value else None,
            )

        return read

    made.as_text(Group, reading(Group.find), written)
    made.as_text(Entity, reading(find_entity), written)
