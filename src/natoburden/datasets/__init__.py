"""What ships: data files with their editions, licences and hashes, and the loaders."""

from natoburden.datasets.commitments import commitments, load_commitments
from natoburden.datasets.expenditure import defence_expenditure, defence_expenditure_editions
from natoburden.datasets.targets import target, targets

__all__ = [
    "commitments",
    "defence_expenditure",
    "defence_expenditure_editions",
    "load_commitments",
    "target",
    "targets",
]
