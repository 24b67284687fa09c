"""Scenarios of paths to a target: named assumptions, and replacements of assumptions with a reason for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from natoburden.errors import UnexpectedValueError, UnknownNameError
from natoburden.model._checks import exactly, expect, twice
from natoburden.model._numbers import checked_year
from natoburden.model._vocabulary import nearest
from natoburden.model.credit import Package
from natoburden.model.shares import Rate, Share

__all__ = ["Override", "PathAssumptions", "PathScenario"]

_SHAPES = ("linear", "geometric", "step")


def _is_year(_instance: object, _attribute: object, value: Any) -> None:
    checked_year(value)


@attrs.frozen(kw_only=True)
class PathAssumptions:
    """The assumptions of a path to a target: the share, the year, the shape, GDP growth, and optional others.

    `gdp_growth` and `discount_rate` are real rates. With `inflation`, results have nominal amounts beside the real
    amounts. The shape is linear, geometric or step.
    """

    target: Share = attrs.field(validator=exactly(Share, "a target"))
    by: int = attrs.field(validator=_is_year)
    shape: str = attrs.field(default="linear")
    gdp_growth: Rate = attrs.field(validator=exactly(Rate, "a growth rate"))
    inflation: Rate | None = attrs.field(default=None, validator=exactly(Rate, "a rate", optional=True))
    discount_rate: Rate | None = attrs.field(default=None, validator=exactly(Rate, "a rate", optional=True))

    @shape.validator
    def _is_shape(self, _attribute: object, value: str) -> None:
        if value not in _SHAPES:
            raise UnknownNameError("shape", str(value), _SHAPES)


@attrs.frozen(kw_only=True)
class Override:
    """A new value for one assumption, with the reason."""

    name: str
    value: Share | Rate | int | str | None
    reason: str

    def __attrs_post_init__(self) -> None:
        known = tuple(field.name for field in attrs.fields(PathAssumptions))
        if self.name not in known:
            raise UnknownNameError("assumption", str(self.name), known, nearest(str(self.name), known))
        if not str(self.reason or "").strip():
            raise UnexpectedValueError("a reason", repr(self.reason), f"say why {self.name} is replaced")


@attrs.frozen(kw_only=True)
class PathScenario:
    """A titled set of assumptions with its overrides and, optionally, a package of purchases.

    `assumed` has the assumptions after the overrides. A value of the wrong kind raises an error, for example a growth
    rate in place of a year.

    >>> base = PathScenario(
    ...     title="Base",
    ...     assumptions=PathAssumptions(target=Share.percent("3.5"), by=2035, gdp_growth=Rate.percent("1.5")),
    ... )
    >>> slow = base.overridden("Slow", {"gdp_growth": Rate.percent("0.5")}, reason="a decade as the last")
    >>> print(slow.assumed.gdp_growth, "|", slow.overrides[0].reason)
    +0.50 % | a decade as the last
    """

    title: str = attrs.field(validator=exactly(str, "a title"))
    assumptions: PathAssumptions = attrs.field(validator=exactly(PathAssumptions, "assumptions"))
    overrides: tuple[Override, ...] = ()
    package: Package | None = None
    note: str = ""

    def __attrs_post_init__(self) -> None:
        if again := twice(item.name for item in self.overrides):
            raise UnexpectedValueError("overrides", ", ".join(again), "replace each assumption once")
        _ = self.assumed

    @property
    def assumed(self) -> PathAssumptions:
        """The assumptions after the overrides."""
        changes: dict[str, Any] = {item.name: item.value for item in self.overrides}
        return attrs.evolve(self.assumptions, **changes)

    def overridden(self, title: str, changes: Mapping[str, Any], *, reason: str) -> PathScenario:
        """Return a scenario with further overrides; a new override of an assumption replaces the old override."""
        expect(changes, Mapping, "changes", "give a mapping of assumptions: {'gdp_growth': Rate.percent('0.5')}")
        kept = tuple(item for item in self.overrides if item.name not in changes)
        made = tuple(Override(name=name, value=value, reason=reason) for name, value in changes.items())
        return attrs.evolve(self, title=title, overrides=(*kept, *made))

    def __str__(self) -> str:
        return f"{self.title}: {len(self.overrides)} assumptions replaced"
