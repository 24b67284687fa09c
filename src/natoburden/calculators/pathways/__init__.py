"""Paths to a target: required growth, number of years, costs, and effects on debt."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.calculators.pathways.costs import PathCost as PathCost
    from natoburden.calculators.pathways.costs import path_cost as path_cost
    from natoburden.calculators.pathways.debt import DebtPath as DebtPath
    from natoburden.calculators.pathways.debt import StabilisingBalance as StabilisingBalance
    from natoburden.calculators.pathways.debt import debt_path as debt_path
    from natoburden.calculators.pathways.debt import stabilising_balance as stabilising_balance
    from natoburden.calculators.pathways.growth import RequiredGrowth as RequiredGrowth
    from natoburden.calculators.pathways.growth import YearsToReach as YearsToReach
    from natoburden.calculators.pathways.growth import required_growth as required_growth
    from natoburden.calculators.pathways.growth import years_to_reach as years_to_reach
    from natoburden.calculators.pathways.shapes import PathShape as PathShape
    from natoburden.calculators.pathways.shapes import SharePath as SharePath
    from natoburden.calculators.pathways.shapes import path as path
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "costs": "PathCost path_cost",
            "debt": "DebtPath StabilisingBalance debt_path stabilising_balance",
            "growth": "RequiredGrowth YearsToReach required_growth years_to_reach",
            "shapes": "PathShape SharePath path",
        },
    )
