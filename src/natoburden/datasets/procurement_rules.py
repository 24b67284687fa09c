"""Packaged rules: content tests of SAFE, EDIP and EDIRPA, and the aims of the European industrial strategy."""

from __future__ import annotations

from collections.abc import Mapping

from natoburden._once import once
from natoburden.datasets._files import document, named
from natoburden.model.procurement_rules import ContentRule, ProcurementAim

__all__ = ["content_rule", "content_rules", "procurement_aims"]

_FILE = "procurement_rules.toml"


@once
def content_rules() -> Mapping[str, ContentRule]:
    """Return the packaged content tests, by key.

    >>> for rule in content_rules().values():
    ...     print(rule)
    SAFE (at most 35.00 % from outside)
    European Defence Industry Programme (at most 35.00 % from outside)
    EDIRPA (at most 35.00 % from outside)
    """
    return {rule.key: rule for rule in document(_FILE, tuple[ContentRule, ...], "content")}


def content_rule(key: str) -> ContentRule:
    """Return one content test by its key; raises `UnknownNameError` with the most similar keys."""
    return named("content rule", key, content_rules())


@once
def procurement_aims() -> Mapping[str, ProcurementAim]:
    """Return the aims of the European Defence Industrial Strategy of March 2024, by key.

    >>> for aim in procurement_aims().values():
    ...     print(aim)
    EDIS, bought together (at least 40.00 % by 2030)
    EDIS, bought within the EU (at least 50.00 % by 2030)
    EDIS, bought within the EU (at least 60.00 % by 2035)
    EDIS, trade between members (at least 35.00 % by 2030)
    """
    return {aim.key: aim for aim in document(_FILE, tuple[ProcurementAim, ...], "aims")}
