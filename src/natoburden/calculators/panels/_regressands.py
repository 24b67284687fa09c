"""The variables of a response function: transformed, lagged and weighted, with incomplete rows dropped."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import attrs

from natoburden.calculators.panels.observed import Panel, Place
from natoburden.calculators.panels.spend_ins import spilled
from natoburden.calculators.panels.weights import SpatialWeights
from natoburden.errors import TooFewError, UnexpectedValueError
from natoburden.model.countries import Country

__all__ = ["Form", "Rows", "rows_of"]

Form: TypeAlias = Literal["levels", "logs", "growth"]
Figures: TypeAlias = Mapping[Place, float]


@attrs.frozen(kw_only=True)
class Rows:
    """The rows of a regression: outcome, spend-ins, regressors and instruments by name, and the ally and year."""

    y: list[float]
    own: list[float | None]
    spend_ins: dict[str, list[float]]
    x: dict[str, list[float]]
    instruments: dict[str, list[float]]
    allies: list[str]
    years: list[int]
    dropped: int


def rows_of(
    panel: Panel,
    weights: Sequence[SpatialWeights],
    *,
    outcome: str,
    of: str,
    form: Form,
    regressors: Sequence[str],
    in_levels: Sequence[str],
    lags: int,
    spend_in_lag: int,
    left_out: frozenset[Country],
    instruments: bool,
) -> Rows:
    """Return the rows of a panel in which no figure is missing."""
    if outcome in regressors:
        raise UnexpectedValueError("regressors", outcome, "it is the outcome; its lags are asked for by lags=1")
    if outside := sorted(set(in_levels) - set(regressors)):
        raise UnexpectedValueError("regressors in levels", ", ".join(outside), "name them among the regressors too")

    def changed(name: str, figures: Figures) -> Figures:
        return _transformed(name, figures, form, plain=name in in_levels)

    def kept_of(figures: Figures) -> Figures:
        return {place: figure for place, figure in figures.items() if place[0] not in left_out}

    y = changed(outcome, panel.of_variable(outcome))
    columns: dict[str, Figures] = {}
    spend_ins = {}
    for item in weights:
        name = f"spend-in by {item}{f', lag {spend_in_lag}' if spend_in_lag else ''}"
        moved = _transformed(f"spend-in by {item}", kept_of(spilled(panel, item, of)), form, plain=False)
        spend_ins[name] = columns[name] = _lagged(moved, spend_in_lag)
    x = {f"{outcome}, lag {lag}": _lagged(y, lag) for lag in range(1, lags + 1)}
    x |= {name: changed(name, panel.of_variable(name)) for name in regressors}
    tools = {}
    if instruments:
        for item in weights:
            for name in regressors:
                figures = kept_of(spilled(panel, item, name))
                told = f"{name} of others by {item}"
                tools[told] = _transformed(told, figures, form, plain=name in in_levels)
    columns |= x | tools
    own = changed(of, panel.of_variable(of))
    needed = (y, *columns.values())
    kept = [place for place in panel.cells if place[0] not in left_out and all(place in figures for figures in needed)]
    if len(kept) < 3:
        raise TooFewError("a panel regression", len(kept), 3, "rows without a missing figure")

    def column(figures: Figures) -> list[float]:
        return [figures[place] for place in kept]

    return Rows(
        y=column(y),
        own=[own.get(place) for place in kept],
        spend_ins={name: column(figures) for name, figures in spend_ins.items()},
        x={name: column(figures) for name, figures in x.items()},
        instruments={name: column(figures) for name, figures in tools.items()},
        allies=[country.alpha_3 for country, _ in kept],
        years=[year for _, year in kept],
        dropped=len(panel.cells) - len(kept),
    )


def _transformed(name: str, figures: Figures, form: Form, *, plain: bool) -> Figures:
    """Return figures or their logs, or the change of either from the year before."""
    if form != "levels" and not plain:
        low = sorted({place for place, figure in figures.items() if figure <= 0})
        if low:
            allies = ", ".join(str(country) for country in sorted({country for country, _ in low})[:5])
            hint = (
                f"not above zero for {allies}: leave those without a neighbour out by left_out=, use other weights or "
                "form='levels', or name the regressor in in_levels"
            )
            raise UnexpectedValueError(f"{name} in logs", f"{figures[low[0]]:g}", hint)
        figures = {place: math.log(figure) for place, figure in figures.items()}
    if form != "growth":
        return figures
    before = _lagged(figures, 1)
    return {place: figure - before[place] for place, figure in figures.items() if place in before}


def _lagged(figures: Figures, lag: int) -> Figures:
    """Return figures moved to `lag` years later; a missing figure stays missing."""
    return {(country, year + lag): figure for (country, year), figure in figures.items()}
