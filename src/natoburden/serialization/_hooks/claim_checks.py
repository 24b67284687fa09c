"""Checks and follow-ups are written as tables; the key ``check`` or ``follow`` states the kind."""

from __future__ import annotations

from typing import Any

from natoburden.errors import UnknownNameError
from natoburden.model.claim_checks import CHECKS, Check
from natoburden.model.follow_ups import FOLLOW_UPS, FollowUp
from natoburden.serialization._converter import Converter, unexpected


def register(made: Converter) -> None:
    _tagged(made, Check, "check", "a check", {kind.tag: kind for kind in CHECKS})
    _tagged(made, FollowUp, "follow", "a follow-up", {kind.tag: kind for kind in FOLLOW_UPS})


def _tagged(made: Converter, union: Any, key: str, what: str, kinds: dict[str, Any]) -> None:
    """Register a union of classes; the tag of each class is written under the same key."""

    def read(value: object, _kind: object) -> Any:
        if not isinstance(value, dict) or key not in value:
            raise unexpected(what, value, f"write {{{key} = ..., ...}}")
        tag = value[key]
        if not isinstance(tag, str) or tag not in kinds:
            raise UnknownNameError(what.partition(" ")[2], str(tag), tuple(kinds))
        return made.structure({name: part for name, part in value.items() if name != key}, kinds[tag])

    def write(value: Any) -> dict[str, Any]:
        return {key: value.tag, **made.unstructure(value)}

    made.reads(union, read)
    made.writes(union, write)
