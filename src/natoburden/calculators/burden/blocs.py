"""Inequality of burdens within blocs and between blocs, by a decomposition of Theil's index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import attrs

from natoburden.calculators._arguments import several
from natoburden.calculators._members import group_of
from natoburden.calculators.burden._results import BurdenResult, terms_of
from natoburden.calculators.burden.ally_burdens import AllyBurden, burdens
from natoburden.calculators.findings import Finding, Findings, places
from natoburden.calculators.results import Summary
from natoburden.errors import UnexpectedValueError
from natoburden.model._numbers import CONTEXT, add_up, divide, multiply
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.figures import CountryFigures, YearlyFigures
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.money import PriceBasis
from natoburden.model.shares import Share

__all__ = ["BlocInequality", "InequalityByBloc", "inequality_by_bloc"]


@attrs.frozen(kw_only=True)
class BlocInequality(BurdenResult):
    """One bloc: its shares of the group's burden and GDP, and its contribution to the group's inequality.

    `theil` is Theil's index of the bloc's own members. `within` and `between` are the bloc's two contributions to the
    group's index. `between` is negative if the bloc's share of the burden is below its share of GDP.
    """

    formula = (
        "S, G: the bloc's parts of the group's burden and GDP; theil = Σ (s/S) ln((s/S)/(g/G)) over its members; "
        "within = S × theil; between = S ln(S/G)"
    )

    label: str
    allies: int
    expenditure: Share
    gdp: Share
    theil: Decimal
    within: Decimal
    between: Decimal

    @property
    def headline(self) -> str:
        return f"Inequality of burdens in {self.label}, {self._where}, {self.allies} allies"

    @property
    def findings(self) -> Findings:
        return (
            Finding("part of the burden", self.expenditure),
            Finding("part of GDP", self.gdp),
            Finding("Theil in the bloc", self.theil, places(4)),
            Finding("adds within", self.within, places(4)),
            Finding("adds between", self.between, places(4)),
        )


@attrs.frozen(kw_only=True)
class InequalityByBloc(Summary[BlocInequality]):
    """Theil's index of a group, as the sum of inequality within blocs and between blocs, with a row for each bloc.

    `within` + `between` equals `theil` to within 1e-28, and `theil` equals the index that `inequality` gives.
    """

    formula = (
        "s, g: parts of the group's burden and GDP; theil = Σ s ln(s/g) = Σ S × theil of the bloc + Σ S ln(S/G), the "
        "first sum within blocs, the second between them"
    )

    edition: str
    year: int
    group: Group
    basis: PriceBasis
    measure: Measure
    theil: Decimal
    within: Decimal
    between: Decimal

    @property
    def part_between(self) -> Share | None:
        """The share of the group's inequality that is between blocs; None if there is no inequality."""
        if not self.theil:
            return None
        part = divide(self.between, self.theil)  # which rounding may put a hair outside of a whole
        return Share.fraction(min(max(part, Decimal(0)), Decimal(1)))

    @property
    def headline(self) -> str:
        names = " / ".join(row.label for row in self.rows)
        return f"Inequality of burdens by bloc ({names}), {self.group}, {self.year}, edition {self.edition}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("Theil", self.theil, places(4)),
            Finding("within blocs", self.within, places(4)),
            Finding("between blocs", self.between, places(4)),
            Finding("part between", self.part_between, lambda part: "none" if part is None else str(part)),
        )


def inequality_by_bloc(
    table: ExpenditureTable,
    year: int,
    blocs: Mapping[str, GroupLike] | Iterable[GroupLike],
    *,
    measure: Measure | str = Measure.EXPENDITURE,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
    terms: Sequence[CountryFigures | YearlyFigures] = (),
) -> InequalityByBloc:
    """Compute how much of the inequality of burdens is within blocs of allies, and how much is between blocs.

    `blocs` are the blocs into which the group is divided. Each bloc is the name of a group or a list of allies. Give a
    mapping to name the blocs yourself. Members of a bloc that are outside the group, or spend nothing, are not counted.
    Of the measures Gini, Theil and dissimilarity, only Theil's index can be decomposed without a remainder. Raises
    `UnexpectedValueError` for an ally in two blocs or in none, for a bloc without a member, and for fewer than two
    blocs.

    >>> from natoburden.datasets import defence_expenditure
    >>> table = defence_expenditure("2026-07")
    >>> for year in (2014, 2025):
    ...     found = inequality_by_bloc(table, year, {"America": ["USA", "CAN"], "Europe": "NATO Europe"})
    ...     print(year, f"{found.theil:.4f} = {found.within:.4f} + {found.between:.4f}", found.part_between)
    2014 0.1186 = 0.0347 + 0.0839 70.74 %
    2025 0.0196 = 0.0105 + 0.0092 46.70 %
    """
    added = terms_of(terms, year)
    rows = burdens(table, year, measure=measure, group=group, basis=basis, terms=added).rows
    divided = _divided(blocs, {row.country: row for row in rows}, group_of(group), year)
    spent, produced = add_up(row.carried.amount for row in rows), add_up(row.gdp.amount for row in rows)
    if not spent:
        raise UnexpectedValueError(
            "expenditure of the group", "0 in sum", "it has no parts: take another group or year"
        )
    made = [_bloc(name, members, spent, produced, added) for name, members in divided.items()]
    return InequalityByBloc(
        edition=table.edition.key,
        year=year,
        group=group_of(group),
        basis=rows[0].basis,
        measure=rows[0].measure,
        theil=add_up(_term(divide(row.carried.amount, spent), divide(row.gdp.amount, produced)) for row in rows),
        within=add_up(row.within for row in made),
        between=add_up(row.between for row in made),
        rows=tuple(made),
    )


def _bloc(
    name: str,
    members: Sequence[AllyBurden],
    spent: Decimal,
    produced: Decimal,
    given: tuple[CountryFigures, ...],
) -> BlocInequality:
    own, product = add_up(row.carried.amount for row in members), add_up(row.gdp.amount for row in members)
    share, of_gdp = divide(own, spent), divide(product, produced)
    theil = Decimal(0)
    if own:
        theil = add_up(_term(divide(row.carried.amount, own), divide(row.gdp.amount, product)) for row in members)
    first = members[0]
    return BlocInequality(
        edition=first.edition,
        year=first.year,
        group=first.group,
        basis=first.basis,
        measure=first.measure,
        given=given,
        label=name,
        allies=len(members),
        expenditure=Share.fraction(share),
        gdp=Share.fraction(of_gdp),
        theil=theil,
        within=multiply(share, theil),
        between=_term(share, of_gdp),
        inputs=tuple(dict.fromkeys(figure for row in members for figure in row.inputs)),
    )


def _term(part: Decimal, of_gdp: Decimal) -> Decimal:
    """Return s ln(s/g), which is zero for an ally that contributes nothing."""
    return multiply(part, CONTEXT.ln(divide(part, of_gdp))) if part else Decimal(0)


_HINT = "give two or more: {'America': ['USA', 'CAN'], 'Europe': 'NATO Europe'}"


def _divided(
    blocs: Mapping[str, GroupLike] | Iterable[GroupLike], rows: Mapping[Country, AllyBurden], group: Group, year: int
) -> dict[str, list[AllyBurden]]:
    """Return the rows of each bloc; raise an error unless each ally is in exactly one bloc."""
    if isinstance(blocs, Mapping):
        named = {str(name): group_of(bloc) for name, bloc in blocs.items()}
    else:
        given = several(blocs, object, "blocs", _HINT)
        named = {str(found): found for found in map(group_of, given)}
        if len(named) < len(given):
            raise UnexpectedValueError("blocs", ", ".join(named), "one is given twice; give each once")
    if len(named) < 2:
        raise UnexpectedValueError("blocs", ", ".join(named) or "none", _HINT)
    found: dict[str, list[AllyBurden]] = {}
    placed: dict[Country, str] = {}
    for name, bloc in named.items():
        members = [rows[country] for country in bloc.members(year) if country in rows]
        if not members:
            raise UnexpectedValueError("a bloc", name, f"it has no member in {group} in {year} that spends")
        for row in members:
            if row.country in placed:
                hint = f"{row.country} is in both; blocs divide the group, each ally is in one"
                raise UnexpectedValueError("blocs", f"{placed[row.country]} and {name}", hint)
            placed[row.country] = name
        found[name] = members
    if left := [str(country) for country in rows if country not in placed]:
        raise UnexpectedValueError("blocs", ", ".join(named), f"in none of them: {', '.join(left)}; put each in one")
    return found
