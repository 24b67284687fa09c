"""Energy: what is contracted and at what price, who supplies, how dependent that makes, and what would change it."""

from natoburden.calculators.energy._results import EnergyResult, Evidence
from natoburden.calculators.energy.contracts import (
    Contracted,
    ContractedRow,
    Grouping,
    contracted,
    yearly_energy,
)
from natoburden.calculators.energy.expiry import Expiry, ExpiryRow, expiry_profile
from natoburden.calculators.energy.exposures import Exposure, exposure
from natoburden.calculators.energy.pledges import PledgeSize, pledge_size
from natoburden.calculators.energy.prices import (
    Cancellation,
    DeliveredPrice,
    ImpliedPrice,
    IndexedPrice,
    delivered_price,
    fixed_charge,
    implied_price,
    indexed_price,
    lift_or_cancel,
)
from natoburden.calculators.energy.security import (
    ImportDependency,
    NMinusOne,
    dependency_ratio,
    import_dependency,
    n_minus_1,
)
from natoburden.calculators.energy.supply import SupplierShare, SupplyShares, supply_shares
from natoburden.calculators.energy.take_or_pay import ContractYear, TakeOrPay, TakeOrPayYear, take_or_pay
from natoburden.calculators.energy.what_if import DealChange, WhatIf, WhatIfRow, what_if

__all__ = [
    "Cancellation",
    "ContractYear",
    "Contracted",
    "ContractedRow",
    "DealChange",
    "DeliveredPrice",
    "EnergyResult",
    "Evidence",
    "Expiry",
    "ExpiryRow",
    "Exposure",
    "Grouping",
    "ImpliedPrice",
    "ImportDependency",
    "IndexedPrice",
    "NMinusOne",
    "PledgeSize",
    "SupplierShare",
    "SupplyShares",
    "TakeOrPay",
    "TakeOrPayYear",
    "WhatIf",
    "WhatIfRow",
    "contracted",
    "delivered_price",
    "dependency_ratio",
    "expiry_profile",
    "exposure",
    "fixed_charge",
    "implied_price",
    "import_dependency",
    "indexed_price",
    "lift_or_cancel",
    "n_minus_1",
    "pledge_size",
    "supply_shares",
    "take_or_pay",
    "what_if",
    "yearly_energy",
]
