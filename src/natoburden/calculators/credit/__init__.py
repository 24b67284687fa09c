"""Purchases counted against a demand: scenarios, since no official rule exists, with every assumption in sight."""

from natoburden.calculators.credit.packages import package_of
from natoburden.calculators.credit.scenarios import (
    NO_RULE,
    CreditLine,
    CreditScenario,
    LeftOutPurchase,
    scenario,
    scenarios,
    sensitivity,
)

__all__ = [
    "NO_RULE",
    "CreditLine",
    "CreditScenario",
    "LeftOutPurchase",
    "package_of",
    "scenario",
    "scenarios",
    "sensitivity",
]
