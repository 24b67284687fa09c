"""What ships: data files with their editions, licences and hashes, and the loaders."""

from natoburden.datasets.commitments import commitments, load_commitments
from natoburden.datasets.contracts import announced_contracts, load_contracts
from natoburden.datasets.energy import (
    conversion_set,
    conversion_sets,
    energy_deals,
    energy_dependency,
    energy_pledge,
    gas_imports,
    load_energy_deals,
)
from natoburden.datasets.exchange import exchange_rates, yearly_exchange_rates
from natoburden.datasets.expenditure import (
    defence_expenditure,
    defence_expenditure_editions,
    register,
    unregister,
)
from natoburden.datasets.offsets import (
    load_offset_agreements,
    offset_agreements,
    offset_rules,
    offset_statistics,
)
from natoburden.datasets.packages import load_package, load_scenario
from natoburden.datasets.procurement_rules import content_rule, content_rules, procurement_aims
from natoburden.datasets.targets import target, targets

__all__ = [
    "announced_contracts",
    "commitments",
    "content_rule",
    "content_rules",
    "conversion_set",
    "conversion_sets",
    "defence_expenditure",
    "defence_expenditure_editions",
    "energy_deals",
    "energy_dependency",
    "energy_pledge",
    "exchange_rates",
    "gas_imports",
    "load_commitments",
    "load_contracts",
    "load_energy_deals",
    "load_offset_agreements",
    "load_package",
    "load_scenario",
    "offset_agreements",
    "offset_rules",
    "offset_statistics",
    "procurement_aims",
    "register",
    "target",
    "targets",
    "unregister",
    "yearly_exchange_rates",
]
