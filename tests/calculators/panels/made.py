"""Made-up panels whose coefficients are known, and least squares by dummies to hold estimators against."""

from __future__ import annotations

from typing import Any

import numpy as np

import natoburden as nb
from natoburden.calculators.panels import Panel, SpatialWeights

SOURCE = nb.Source(title="Invented", publisher="a test")
TABLE = nb.datasets.defence_expenditure("2026-07")
ALLIES = TABLE.countries
YEARS = tuple(range(2014, 2027))
PANEL = nb.panels.panel(TABLE)
NEAR = SpatialWeights.inverse_distance(ALLIES, nb.datasets.capitals()).normalised()
NEIGHBOURS = SpatialWeights.contiguity(ALLIES, nb.datasets.land_borders()).augmented("USA")


def of_arrays(**variables: Any) -> Panel:
    """Return a panel of all allies and years from arrays with a row for each ally."""
    return Panel.of(
        "made up",
        {
            name: {(ally, year): float(values[i, t]) for i, ally in enumerate(ALLIES) for t, year in enumerate(YEARS)}
            for name, values in variables.items()
        },
        source=SOURCE,
    )


def matrix(weights: SpatialWeights = NEAR) -> Any:
    """Return the weights as a matrix, normalised by row."""
    rows = np.array(weights.rows)
    return rows / rows.sum(axis=1, keepdims=True)


def spatial(seed: int, *, rho: float = -0.4, beta: float = 0.8, noise: float = 0.3) -> Panel:
    """Return a panel in which y = rho × W y + beta × x + effects of allies and years + noise, solved for y."""
    draw = np.random.default_rng(seed)
    n, t = len(ALLIES), len(YEARS)
    x = draw.normal(size=(n, t)) + draw.normal(size=(n, 1))
    right = beta * x + draw.normal(size=(n, 1)) + draw.normal(size=(1, t)) + noise * draw.normal(size=(n, t))
    return of_arrays(y=np.linalg.solve(np.eye(n) - rho * matrix(), right), x=x)


def exogenous(seed: int, *, slope: float = -0.5, beta: float = 0.8, carried: float = 0.5) -> Panel:
    """Return a panel in which y follows the others' z, which nobody decides, and x; errors carry on within an ally."""
    draw = np.random.default_rng(seed)
    n, t = len(ALLIES), len(YEARS)
    x, z = draw.normal(size=(2, n, t))
    errors = draw.normal(size=(n, t))
    for year in range(1, t):
        errors[:, year] += carried * errors[:, year - 1]
    y = slope * matrix() @ z + beta * x + draw.normal(size=(n, 1)) + draw.normal(size=(1, t)) + 0.5 * errors
    return of_arrays(y=y, x=x, z=z)


def by_dummies(y: Any, columns: list[Any], *, years: bool) -> Any:
    """Return slopes by NumPy's least squares with a dummy for each ally, and for each year but one."""
    n, t = y.shape
    dummies = [np.repeat(np.eye(n), t, axis=0)]
    if years:
        dummies.append(np.tile(np.eye(t), (n, 1))[:, 1:])
    design = np.column_stack([*(column.ravel() for column in columns), *dummies])
    return np.linalg.lstsq(design, y.ravel(), rcond=None)[0][: len(columns)]


def array(panel: Panel, variable: str) -> Any:
    """Return a variable as an array with a row for each ally."""
    figures = panel.of_variable(variable)
    return np.array([[figures[ally, year] for year in panel.years] for ally in panel.countries])
