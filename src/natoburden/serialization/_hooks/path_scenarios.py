"""An override is written with the name of its assumption, a value of the assumption's type, and the reason."""

from __future__ import annotations

from typing import Any

import attrs

from natoburden.errors import UnknownNameError
from natoburden.model.path_scenarios import Override, PathAssumptions
from natoburden.serialization._converter import Converter, unexpected


def register(made: Converter) -> None:
    kinds: dict[object, Any] = {field.name: field.type for field in attrs.fields(attrs.resolve_types(PathAssumptions))}

    def to_override(value: object, _kind: object) -> Override:
        if not isinstance(value, dict) or set(value) != {"name", "value", "reason"}:
            raise unexpected("an override", value, "write {name = ..., value = ..., reason = ...}")
        name = value["name"]
        if not isinstance(name, str) or name not in kinds:
            raise UnknownNameError("assumption", str(name), tuple(map(str, kinds)))
        return Override(name=name, value=made.part(value, "value", kinds[name]), reason=made.part(value, "reason", str))

    made.reads(Override, to_override)
