"""Records that a user writes: one form of document for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from natoburden.errors import DocumentFault, UnknownNameError

__all__ = ["Document"]


@attrs.frozen(kw_only=True)
class Document:
    """A document of records, as a user writes it: one section or more of items, each with a key of its own."""

    schema: int = attrs.field(default=1)

    @schema.validator
    def _is_known(self, _attribute: object, value: int) -> None:
        if value != 1:
            raise UnknownNameError("schema", str(value), ("1",))

    @classmethod
    def faults_in(cls, document: Mapping[str, Any]) -> Iterator[DocumentFault]:
        """Yield the keys used twice in plain data, which may be faulty in other ways as well."""
        for section, items in document.items():
            seen: set[str] = set()
            for number, item in enumerate(items if isinstance(items, list) else ()):
                key = item.get("key") if isinstance(item, Mapping) else None
                if isinstance(key, str):
                    if key in seen:
                        yield DocumentFault(f"{section}[{number}].key", f"{key!r} is used twice")
                    seen.add(key)
