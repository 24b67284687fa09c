"""Industry offsets: obligations and credit, the settlement at an agreement's end, and the cost of fulfilment."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.calculators.offsets.agreements import OffsetPortfolio as OffsetPortfolio
    from natoburden.calculators.offsets.agreements import portfolio as portfolio
    from natoburden.calculators.offsets.fulfilment import OffsetPerformance as OffsetPerformance
    from natoburden.calculators.offsets.fulfilment import OffsetStanding as OffsetStanding
    from natoburden.calculators.offsets.fulfilment import Settlement as Settlement
    from natoburden.calculators.offsets.fulfilment import performance as performance
    from natoburden.calculators.offsets.fulfilment import settlement as settlement
    from natoburden.calculators.offsets.terms import EDA_CAP as EDA_CAP
    from natoburden.calculators.offsets.terms import Abatement as Abatement
    from natoburden.calculators.offsets.terms import CapTest as CapTest
    from natoburden.calculators.offsets.terms import CostToMeet as CostToMeet
    from natoburden.calculators.offsets.terms import Obligation as Obligation
    from natoburden.calculators.offsets.terms import abatement as abatement
    from natoburden.calculators.offsets.terms import cap_test as cap_test
    from natoburden.calculators.offsets.terms import cost_to_meet as cost_to_meet
    from natoburden.calculators.offsets.terms import obligation_under as obligation_under
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "fulfilment": "OffsetPerformance Settlement OffsetStanding performance settlement",
            "agreements": "OffsetPortfolio portfolio",
            "terms": "EDA_CAP Abatement CapTest CostToMeet Obligation abatement cap_test cost_to_meet obligation_under",
        },
    )
