"""A collection that consists only of items is written as the list of its items."""

from __future__ import annotations

import types
from typing import Any, get_args, get_origin

from natoburden.errors import UnexpectedValueError
from natoburden.errors._documents import raise_faults
from natoburden.model.keyed import Keyed, used_twice
from natoburden.serialization._converter import Converter


def register(made: Converter) -> None:
    def to_keyed(value: object, kind: Any) -> Keyed[Any]:
        if kind is Keyed:
            hint = "name the class of its items too: from_data(data, Keyed[Commitment])"
            raise UnexpectedValueError("a kind of document", "Keyed", hint)
        several: Any = types.GenericAlias(tuple, (get_args(kind)[0], ...))
        found = Keyed(made.structure(value, several))
        raise_faults("a list", used_twice("", (item.key for item in found)))
        return found

    made.register_structure_hook_func(_is_keyed, to_keyed)
    made.register_unstructure_hook_func(_is_keyed, lambda value: [made.unstructure(item) for item in value])


def _is_keyed(kind: Any) -> bool:
    return Keyed in (kind, get_origin(kind))
