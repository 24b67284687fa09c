"""Industry offsets: what is owed, what has been credited, what is left, what follows, and what it costs."""

from natoburden.calculators.offsets.performance import (
    OffsetPerformance,
    Settlement,
    Standing,
    performance,
    settlement,
)
from natoburden.calculators.offsets.portfolio import OffsetPortfolio, portfolio
from natoburden.calculators.offsets.terms import (
    EDA_CAP,
    Abatement,
    CapTest,
    CostToMeet,
    Obligation,
    abatement,
    cap_test,
    cost_to_meet,
    obligation_under,
)

__all__ = [
    "EDA_CAP",
    "Abatement",
    "CapTest",
    "CostToMeet",
    "Obligation",
    "OffsetPerformance",
    "OffsetPortfolio",
    "Settlement",
    "Standing",
    "abatement",
    "cap_test",
    "cost_to_meet",
    "obligation_under",
    "performance",
    "portfolio",
    "settlement",
]
