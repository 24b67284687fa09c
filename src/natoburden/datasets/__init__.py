"""What ships: data files with their editions, licences and hashes, and the loaders."""

from natoburden.datasets.commitments import commitments, load_commitments
from natoburden.datasets.energy import (
    conversion_set,
    conversion_sets,
    energy_deals,
    energy_dependency,
    energy_pledge,
    gas_imports,
    load_energy_deals,
)
from natoburden.datasets.expenditure import defence_expenditure, defence_expenditure_editions
from natoburden.datasets.targets import target, targets

__all__ = [
    "commitments",
    "conversion_set",
    "conversion_sets",
    "defence_expenditure",
    "defence_expenditure_editions",
    "energy_deals",
    "energy_dependency",
    "energy_pledge",
    "gas_imports",
    "load_commitments",
    "load_energy_deals",
    "target",
    "targets",
]
