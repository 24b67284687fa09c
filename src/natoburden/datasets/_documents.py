"""Records that a user writes, all in one form of document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from natoburden.errors import DocumentFault, UnknownNameError

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
            seen: set[str] = set()
            for number, item in enumerate(items if isinstance(items, list) else ()):
                key = item.get("key") if isinstance(item, Mapping) else None
                if isinstance(key, str):
                    if key in seen:
                        yield DocumentFault(f"{section}[{number}].key", f"{key!r} is used twice")
                    seen.add(key)
