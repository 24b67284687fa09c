"""A check is written as a table whose ``check`` says which kind of check its other keys make."""

from __future__ import annotations

from typing import Any

from natoburden.errors import UnknownNameError
from natoburden.model.claim_checks import CHECKS, Check
from natoburden.serialization._converter import Converter, unexpected

_KINDS: dict[object, type[Check]] = {kind.tag: kind for kind in CHECKS}


def register(made: Converter) -> None:
    def to_check(value: object, _kind: object) -> Check:
        if not isinstance(value, dict) or "check" not in value:
            raise unexpected("a check", value, "write {check = ..., ...}")
        tag = value["check"]
        if not isinstance(tag, str) or tag not in _KINDS:
            raise UnknownNameError("check", str(tag), tuple(map(str, _KINDS)))
        check: Check = made.structure({key: part for key, part in value.items() if key != "check"}, _KINDS[tag])
        return check

    def check_data(value: Check) -> dict[str, Any]:
        return {"check": value.tag, **made.unstructure(value)}

    made.register_structure_hook_func(lambda kind: kind == Check, to_check)
    made.register_unstructure_hook_func(lambda kind: kind == Check, check_data)
