"""Cautions for a response function: few clusters, mirrored spend-ins, weak instruments, and estimates."""

from __future__ import annotations

from collections.abc import Sequence

from natoburden.calculators.panels._fits import Effects, Errors, Estimator, Fit, own_correlation
from natoburden.calculators.panels._regressands import Rows
from natoburden.calculators.panels.observed import Panel
from natoburden.calculators.panels.weights import SpatialWeights

__all__ = ["countries_outside", "mirrored", "of_the_fit"]

_MIRRORED = 0.5  # of the variance of a spend-in, once the effects are out
_WEAK = 10.0  # of F, a rule of thumb


def countries_outside(found: Panel, weights: Sequence[SpatialWeights]) -> list[str]:
    """Return a caution if weights name countries outside the panel, which count for no ally."""
    there = set(found.countries)
    said = []
    for item in weights:
        inside = [place for place, country in enumerate(item.countries) if country in there]
        lost = [
            country
            for place, country in enumerate(item.countries)
            if country not in there and any(item.rows[row][place] for row in inside)
        ]
        if lost:
            said.append(
                f"spend-in by {item}: not in the panel, and counted for nobody: {', '.join(map(str, lost))}; to count "
                "allies that are not regressed, take them into the panel and name them in left_out"
            )
    return said


def mirrored(rows: Rows, effects: Effects, of: str) -> list[str]:
    """Return a caution if, after the effects, a spend-in is mostly the ally's own spending with the sign reversed."""
    if effects not in ("year", "two-way"):
        return []
    parts = {
        name: own_correlation(values, rows.own, rows.allies, rows.years, effects)
        for name, values in rows.spend_ins.items()
    }
    return [
        f"{name}: {part**2:.0%} of what the effects leave of it is the ally's own {of}, with the sign turned"
        for name, part in parts.items()
        if part < 0 and part**2 > _MIRRORED
    ]


def of_the_fit(
    rows: Rows, fit: Fit, found: Panel, *, effects: Effects, errors: Errors, estimator: Estimator, lags: int, lag: int
) -> list[str]:
    """Return the cautions that follow from the options and the size of a fit."""
    allies, periods = len(set(rows.allies)), len(set(rows.years))
    said = []
    if errors == "by ally" and allies < 50:
        said.append(f"{allies} clusters are few, and unlike in size: p-values are approximate")
    if errors == "driscoll-kraay":
        said.append(f"Driscoll-Kraay errors rest on many years; there are {periods}: intervals may be too narrow")
    if effects in ("none", "ally"):
        said.append(
            "no effects of years: what moves all allies at once, as 2022 did, counts as a response to the others"
        )
    if effects in ("none", "year"):
        said.append("no effects of allies: what sets allies apart for good counts as a response")
    if lags and effects in ("ally", "two-way"):
        said.append(
            f"lags beside effects of allies are biased downwards in {periods} years (Nickell), by about (1 + b) / "
            f"{max(periods - 1, 1)} with one lag, and other coefficients with them"
        )
    if estimator == "least squares" and not lag:
        said.append("the others respond too: spend-in and outcome are determined together; compare two-stage or a lag")
    if fit.first_stage_f is not None and fit.first_stage_f < _WEAK:
        said.append(f"instruments are weak: F of the first stage is {fit.first_stage_f:.1f}, below {_WEAK:.0f}")
    if rows.dropped:
        said.append(
            f"{rows.dropped} of {len(found.cells)} cells are not regressed: lags, changes, figures missing, left out"
        )
    estimates = sorted({item.year for item in found.inputs if getattr(item, "is_estimate", False)})  # type: ignore[attr-defined] # figures of a table
    if estimates:
        said.append(f"figures of {', '.join(map(str, estimates))} are estimates")
    return said
