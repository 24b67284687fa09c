"""Scenarios of how purchases could be counted against a demand; no official rule exists."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.calculators.credit.crediting import NO_RULE as NO_RULE
    from natoburden.calculators.credit.crediting import CreditLine as CreditLine
    from natoburden.calculators.credit.crediting import CreditScenario as CreditScenario
    from natoburden.calculators.credit.crediting import LeftOutPurchase as LeftOutPurchase
    from natoburden.calculators.credit.crediting import scenario as scenario
    from natoburden.calculators.credit.crediting import scenarios as scenarios
    from natoburden.calculators.credit.crediting import sensitivity as sensitivity
    from natoburden.calculators.credit.packages import package_of as package_of
    from natoburden.calculators.credit.records import package_from_record as package_from_record
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "packages": "package_of",
            "records": "package_from_record",
            "crediting": "NO_RULE CreditLine CreditScenario LeftOutPurchase scenario scenarios sensitivity",
        },
    )
