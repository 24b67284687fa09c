"""Collections of items that are found by their keys."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import attrs

from natoburden.errors import AmbiguousCountryError, DocumentFault, UnknownNameError
from natoburden.model._checks import noun
from natoburden.model._frames import Cell, Tabular
from natoburden.model._rows import caption_of, columns_of
from natoburden.model._vocabulary import nearest
from natoburden.model.countries import Country, CountryLike, country_or_none

__all__ = ["Keyed", "Records"]


class _HasKey(Protocol):
    @property
    def key(self) -> str: ...


R_co = TypeVar("R_co", covariant=True)
T_co = TypeVar("T_co", bound=_HasKey, covariant=True)


class Records(Tabular, Generic[R_co]):
    """Records of one kind in order, which become a data frame, an Arrow stream or a table in notebooks."""

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def items(self) -> tuple[R_co, ...]:
            """The records."""

    @property
    def caption(self) -> tuple[str, ...]:
        """The table's subject, its edition or closing day, and its sources."""
        return caption_of(self, self.items)

    def to_columns(self) -> dict[str, list[Cell]]:
        """Return one row per record, in order; amounts are in millions, with the currency or unit in another column."""
        return columns_of(self.items)

    def __iter__(self) -> Iterator[R_co]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@attrs.frozen
class Keyed(Records[T_co], Generic[T_co]):
    """A collection of items that are found by key; an unknown key raises `UnknownNameError` with the nearest keys.

    If the keys are codes of countries, items are found by any name of the country.
    """

    items: tuple[T_co, ...] = attrs.field(default=(), repr=lambda items: f"<{len(items)} items>")

    @functools.cached_property
    def by_key(self) -> Mapping[str, T_co]:
        """The items by their keys; if a key is used twice, the first item counts."""
        keyed: dict[str, T_co] = {}
        for item in self.items:
            keyed.setdefault(item.key, item)
        return keyed

    def __contains__(self, key: object) -> bool:
        return key in self.by_key or self._code_of(key) in self.by_key

    def __getitem__(self, key: CountryLike) -> T_co:
        found = key if isinstance(key, str) and key in self.by_key else self._code_of(key)
        if found not in self.by_key:
            what = noun(type(self.items[0])) if self.items else "key"
            raise UnknownNameError(what, str(key), tuple(self.by_key), nearest(str(key), self.by_key))
        return self.by_key[found]

    def _code_of(self, key: object) -> str:
        """Return the code of the country behind a key, if items are kept by country; otherwise an empty text."""
        country = getattr(self.items[0], "country", None) if self.items else None
        if not isinstance(key, str | Country) or not isinstance(country, Country) or self.items[0].key != country.key:
            return ""
        try:
            found = key if isinstance(key, Country) else country_or_none(key)
        except AmbiguousCountryError:
            return ""
        return found.alpha_3 if found else ""


def used_twice(section: str, keys: Iterable[object]) -> Iterator[DocumentFault]:
    """Yield a fault for each item of a section whose key an earlier item has; `keys` are the keys of all items."""
    seen: set[str] = set()
    for number, key in enumerate(keys):
        if isinstance(key, str):
            if key in seen:
                yield DocumentFault(f"{section}[{number}].key", f"{key!r} is used twice")
            seen.add(key)
