"""Records that a user writes, all in one form of document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from natoburden.errors import DocumentFault, UnknownNameError
from natoburden.model.keyed import used_twice

__all__ = ["Document"]


@attrs.frozen(kw_only=True)
class Document:
    """A document of records that a user writes: one section or more of items, each with its own key."""

    schema: int = attrs.field(default=1)

    @schema.validator
    def _is_known(self, _attribute: object, value: int) -> None:
        if value != 1:
            raise UnknownNameError("schema", str(value), ("1",))

    @classmethod
    def faults_in(cls, document: Mapping[str, Any]) -> Iterator[DocumentFault]:
        """Yield the keys that appear twice in plain data; the data may also have other faults."""
        for section, items in document.items():
            parts = items if isinstance(items, list) else ()
            yield from used_twice(section, (item.get("key") if isinstance(item, Mapping) else None for item in parts))
