"""What all statistics of burdens share: the class of results, the measure of the burden, and figures of your own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import attrs

from natoburden.calculators.results import Result
from natoburden.errors import UnknownNameError
from natoburden.model._checks import expect, member
from natoburden.model.evidence import Evidence
from natoburden.model.expenditure import Measure
from natoburden.model.figures import CountryFigures, YearlyFigures
from natoburden.model.memberships import Group
from natoburden.model.money import PriceBasis

__all__ = ["BurdenResult", "category_name", "counted", "terms_of"]

_CATEGORIES = tuple(measure for measure in Measure if measure.is_category)


def counted(measure: Measure | str) -> Measure:
    """Return the measure that counts as the burden: expenditure, or one of its four main categories."""
    found = member(Measure, measure)
    if found is not Measure.EXPENDITURE and not found.is_category:
        valid = tuple(item.value for item in (Measure.EXPENDITURE, *_CATEGORIES))
        raise UnknownNameError("measure of a burden", found.value, valid)
    return found


def category_name(measure: Measure) -> str:
    """Return the name of a main category in words: the key of its measure without "share"."""
    return measure.value.removesuffix("_share").replace("other", "other spending")


def terms_of(terms: Sequence[CountryFigures | YearlyFigures], year: int) -> tuple[CountryFigures, ...]:
    """Return the terms that the caller adds to the burden, each with its figures for one year."""
    expect(terms, list | tuple, "terms of the burden", "give a list, even of one: terms=[figures]")
    for term in terms:
        expect(
            term, CountryFigures | YearlyFigures, "a term of the burden", "give CountryFigures.of(name, amounts, ...)"
        )
    return tuple(term.in_year(year) for term in terms)


@attrs.frozen(kw_only=True)
class BurdenResult(Result):
    """A result on a group in one year, from one edition and at one price basis.

    `given` are the figures of your own that you passed. `measure` says what counts as the burden: all expenditure, or
    one of its main categories.
    """

    is_test: ClassVar[bool] = False  # whether it has a p-value

    edition: str
    year: int
    group: Group
    basis: PriceBasis
    measure: Measure = Measure.EXPENDITURE
    given: tuple[CountryFigures, ...] = attrs.field(default=(), repr=False)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return (*self.inputs, *self.given)

    @property
    def _where(self) -> str:
        of_category = f"{category_name(self.measure)} alone, " if self.measure.is_category else ""
        return f"{of_category}{self.group}, {self.year}, edition {self.edition}, at {self.basis}"
