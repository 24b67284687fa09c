"""Groups are written as their keys, and countries as their alpha-3 codes; other groups are written in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import attrs

from natoburden.errors import UnknownNameError
from natoburden.model.countries import Country
from natoburden.model.memberships import Bloc, Entity, Group, find_entity
from natoburden.model.sources import Source
from natoburden.serialization._converter import Converter

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class _Own:
    """A group that is not one of the library's, as it is written: by list, or by rule."""

    key: str
    name: str
    countries: tuple[Country, ...] = ()
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    without: tuple[Country, ...] = ()
    note: str = ""
    source: Source | None = None


def register(made: Converter) -> None:
    def written(entity: Entity) -> Any:
        if not isinstance(entity, Group) or _is_of_the_library(entity):
            return entity.key
        said = {
            "countries": [country.alpha_3 for country in entity.countries],
            "inside": [bloc.key for bloc in entity.inside],
            "outside": [bloc.key for bloc in entity.outside],
            "without": [country.alpha_3 for country in entity.without],
            "note": entity.note,
            "source": made.unstructure(entity.source),
        }
        return {"key": entity.key, "name": entity.name} | {name: value for name, value in said.items() if value}

    def reading(find: Callable[[Any], T]) -> Callable[[Any], T | Group]:
        def read(value: Any) -> T | Group:
            if not isinstance(value, Mapping):
                return find(value)
            own = made.structure(value, _Own)
            inside, outside = (tuple(map(Bloc.find, blocs)) for blocs in (own.inside, own.outside))
            return Group(
                key=own.key,
                name=own.name,
                inside=inside,
                outside=outside,
                without=own.without,
                countries=Group.find(own.countries).countries if "countries" in value else (),
                note=own.note,
                source=own.source,
            )

        return read

    made.as_text(Group, reading(Group.find), written)
    made.as_text(Entity, reading(find_entity), written)


def _is_of_the_library(group: Group) -> bool:
    """Return whether the library finds the same group by the key; one without some countries keeps its key."""
    try:
        return Group.find(group.key) == group
    except UnknownNameError:
        return False
