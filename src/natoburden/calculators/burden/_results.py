"""What all statistics of a group in a year have in common."""

from __future__ import annotations

from typing import ClassVar

import attrs

from natoburden.calculators.results import Result
from natoburden.model.evidence import Evidence
from natoburden.model.figures import CountryFigures
from natoburden.model.memberships import Group
from natoburden.model.money import PriceBasis

__all__ = ["BurdenResult"]


@attrs.frozen(kw_only=True)
class BurdenResult(Result):
    """A result on a group in a year of one edition, at one price basis; `given` are figures of the caller's own."""

    is_test: ClassVar[bool] = False  # whether it has a p-value

    edition: str
    year: int
    group: Group
    basis: PriceBasis
    given: tuple[CountryFigures, ...] = attrs.field(default=(), repr=False)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return (*self.inputs, *self.given)

    @property
    def _where(self) -> str:
        return f"{self.group}, {self.year}, edition {self.edition}, at {self.basis}"
