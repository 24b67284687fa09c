"""Paths to a target: the growth it takes, the years it takes, what it costs on the way, and the debt it leaves."""

from natoburden.calculators.pathways.costs import PathCost, path_cost
from natoburden.calculators.pathways.debt import DebtPath, StabilisingBalance, debt_path, stabilising_balance
from natoburden.calculators.pathways.growth import RequiredGrowth, YearsToReach, required_growth, years_to_reach
from natoburden.calculators.pathways.paths import PathShape, SharePath, path

__all__ = [
    "DebtPath",
    "PathCost",
    "PathShape",
    "RequiredGrowth",
    "SharePath",
    "StabilisingBalance",
    "YearsToReach",
    "debt_path",
    "path",
    "path_cost",
    "required_growth",
    "stabilising_balance",
    "years_to_reach",
]
