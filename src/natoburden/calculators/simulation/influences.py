"""Which ally's uncertainty matters most for a count of allies, or for the missing sum."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, Literal, TypeAlias

import attrs

from natoburden.calculators._arguments import checked_choice, warn_of_definition
from natoburden.calculators.findings import Finding, Findings, places
from natoburden.calculators.results import Projection, ResultTable
from natoburden.calculators.simulation._plans import AssumptionsLike, PlansLike, sources_with, words_of
from natoburden.calculators.simulation.assumptions import Assumptions
from natoburden.calculators.simulation.counts import drawn_of
from natoburden.errors import MissingExtraError, UnexpectedValueError
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.sources import Source
from natoburden.model.spending_commitments import Target, TargetLike

__all__ = ["AllyInfluence", "InfluenceMethod", "InfluenceOn", "sensitivity"]

InfluenceOn: TypeAlias = Literal["count", "gross", "net"]
InfluenceMethod: TypeAlias = Literal["sobol", "rank"]

_OF = {
    "count": "the number of allies that meet it",
    "gross": "the sum that allies below it lack",
    "net": "the sum that all together lack",
}
_FEWEST, _MOST, _RESAMPLES = 10, 100, 50
_DRAWS_FOR_ONE = 100  # harmonic: a step, as of a count, needs many, and each adds noise


@attrs.frozen(kw_only=True)
class AllyInfluence(Projection):
    """How much one ally's outcome influences a figure of all allies.

    With ``"sobol"``, `index` is the first-order Sobol index: the share of the variance that would vanish if the ally's
    outcome were known. `half_width` is half the width of the 95 % interval of the index. Every figure is a sum over
    allies; therefore, the indices of independent allies add up to one. Common shocks are counted with each ally, so the
    indices may add up to more than one. With ``"rank"``, `index` is the square of Spearman's rank correlation, without
    an interval. With either method, the sign of `rank_correlation` shows the direction of the influence.
    """

    country: Country
    group: Group
    year: int
    target: Target
    of: InfluenceOn
    method: InfluenceMethod
    how: str
    index: float
    half_width: float | None
    rank_correlation: float
    draws: int
    seed: int
    assumed: tuple[tuple[Country, Assumptions], ...] = attrs.field(repr=False)
    manner: str = attrs.field(repr=False)

    @property
    def headline(self) -> str:
        return f"What {self.country} decides of {_OF[self.of]}: {self.target}, {self.year}, {self.group}"

    @property
    def formula(self) -> str:
        own = "its share of GDP" if self.of == "count" else "what it lacks itself"
        return f"{self.how}, of {_OF[self.of]} and {own}; {self.manner}; {words_of(self.assumed)}"

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents used for the plans' GDP and for the estimated assumptions."""
        return sources_with(super().sources, self.assumed)

    @property
    def findings(self) -> Findings:
        around = "" if self.half_width is None else f" ± {self.half_width:.3f}"
        name = "first-order index" if self.method == "sobol" else "squared rank correlation"
        return (
            Finding(name, self.index, lambda index: f"{index:.3f}{around}"),
            Finding("rank correlation", self.rank_correlation, places(3)),
            Finding("method", self.how),
        )


def sensitivity(
    table: ExpenditureTable,
    plans: PlansLike,
    assumptions: AssumptionsLike,
    target: TargetLike,
    *,
    seed: int,
    of: InfluenceOn = "count",
    method: InfluenceMethod | None = None,
    year: int | None = None,
    start_year: int | None = None,
    draws: int = 10_000,
    follows_gdp: bool = False,
    group: GroupLike = "NATO",
    currencies: Mapping[Country, str] | Mapping[str, str] | None = None,
    mixed_definitions_ok: bool = False,
) -> ResultTable[AllyInfluence]:
    """Compute which ally's uncertainty matters most for a count or for the missing sum, most influential first.

    The draws are those of `count_distribution` with the same arguments. ``"sobol"`` estimates first-order indices by
    RBD-FAST, which needs SALib (extra ``econometrics``). RBD-FAST uses one harmonic for each hundred draws, but at
    least 10 and at most 100 harmonics. Fewer harmonics would understate the index of allies that nearly always meet or
    miss the target. ``"rank"`` squares rank correlations, which needs SciPy. The default is ``"sobol"`` if SALib is
    installed; each row states its method. `of` is ``"count"`` for the count of allies, or ``"gross"`` or ``"net"`` for
    the missing sum. Source: Saltelli and others, "Global Sensitivity Analysis" (2008); Plischke (2010).

    Raises the errors of `count_distribution`, `UnexpectedValueError` if nothing varies, and `UnknownNameError` for an
    unknown figure or method. Raises `MissingExtraError` for ``"sobol"`` without SALib. Warns as `count_distribution`
    does.

    >>> from natoburden.calculators.simulation import assumptions_as_revised
    >>> from natoburden.datasets import defence_expenditure_editions, macro
    >>> editions = defence_expenditure_editions("2023-07", "2024-06", "2025-08", "2026-07")
    >>> assumed = assumptions_as_revised(editions, macro(), since=2023, until=2030)
    >>> table = editions[-1]
    >>> plans = {ally: dict.fromkeys(range(2027, 2031), table.share_of_gdp(ally, 2026).value) for ally in assumed}
    >>> found = sensitivity(table, plans, assumed, "wales-guideline", seed=1, of="gross", method="rank")
    >>> for row in found[:3]:
    ...     print(row.country, f"{row.index:.2f}")
    Spain 0.52
    Canada 0.21
    Hungary 0.20
    """
    checked_choice("figure", of, InfluenceOn)
    if method is not None:
        checked_choice("method", method, InfluenceMethod)
    warn_of_definition([table], acknowledged=mixed_definitions_ok)
    asked = drawn_of(
        table,
        plans,
        assumptions,
        target,
        seed=seed,
        year=year,
        start_year=start_year,
        draws=draws,
        follows_gdp=follows_gdp,
        group=group,
        currencies=currencies,
    )
    import numpy as np

    own = asked.drawn.share if of == "count" else asked.missing
    parts = {"count": lambda: asked.met, "gross": lambda: np.maximum(own, 0), "net": lambda: own}[of]()
    whole = parts.sum(axis=0).astype(float)
    if np.ptp(whole) == 0:
        raise UnexpectedValueError(
            _OF[of],
            "the same in all draws",
            "nothing is uncertain, so that nothing decides it: give assumptions with a spread",
        )
    ranks = _rank_correlations(own, whole)
    found, how = _indices(own, whole, seed, method)
    rows = [
        AllyInfluence(
            country=country,
            group=asked.together,
            year=asked.year,
            target=asked.target,
            of=of,
            method="rank" if found is None else "sobol",
            how=how,
            index=rank * rank if found is None else found[number][0],
            half_width=None if found is None else found[number][1],
            rank_correlation=rank,
            draws=draws,
            seed=seed,
            assumed=tuple(asked.plans.assumed.items()),
            manner=asked.manner,
            inputs=(asked.plans.gdps[country],),
        )
        for number, (country, rank) in enumerate(zip(asked.plans.planned, ranks, strict=True))
    ]
    return ResultTable(rows=tuple(sorted(rows, key=lambda row: -row.index)))


def _rank_correlations(own: Any, whole: Any) -> list[float]:
    """Return Spearman's rho of each ally's draws with those of the figure; zero for an ally that does not vary."""
    import numpy as np

    try:
        from scipy.stats import rankdata
    except ImportError as error:
        raise MissingExtraError("a rank correlation", "scipy", "stats") from error
    ranks, of_whole = rankdata(own, axis=-1), rankdata(whole)
    ranks -= ranks.mean(axis=-1, keepdims=True)
    of_whole -= of_whole.mean()
    sizes = np.sqrt((ranks**2).sum(axis=-1) * (of_whole**2).sum())
    return [float(rho) for rho in np.where(sizes > 0, ranks @ of_whole / np.where(sizes > 0, sizes, 1.0), 0.0)]


def _indices(
    own: Any, whole: Any, seed: int, method: InfluenceMethod | None
) -> tuple[list[tuple[float, float]] | None, str]:
    """Return first-order indices with half the widths of their intervals, and the name of the method.

    The indices are None for rank correlations.
    """
    if method == "rank":
        return None, "squared Spearman rank correlation, by SciPy"
    try:
        from SALib.analyze import rbd_fast
    except ImportError as error:
        if method == "sobol":
            raise MissingExtraError("a first-order Sobol index", "SALib", "econometrics") from error
        return None, "squared Spearman rank correlation, by SciPy, since SALib is not installed"
    import numpy as np

    harmonics = min(_MOST, max(_FEWEST, len(whole) // _DRAWS_FOR_ONE))
    names = [str(number) for number in range(len(own))]
    problem = {"num_vars": len(own), "names": names, "bounds": [[0.0, 1.0]] * len(own)}  # which only sampling uses
    state = np.random.get_state()
    try:  # before SALib 1.6 a seed is that of NumPy's one generator for all, and 0 is none
        found = rbd_fast.analyze(problem, own.T, whole, M=harmonics, num_resamples=_RESAMPLES, seed=seed % 2**31 + 1)
    finally:
        np.random.set_state(state)
    varies = own.max(axis=1) > own.min(axis=1)
    indices = [
        (float(index), float(half)) if moves else (0.0, 0.0)
        for index, half, moves in zip(found["S1"], found["S1_conf"], varies, strict=True)
    ]
    return indices, f"first-order Sobol index by RBD-FAST, {harmonics} harmonics, SALib {version('salib')}"
