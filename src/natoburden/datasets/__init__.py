"""What ships: data files with their editions, licences and hashes, and the loaders."""

from natoburden.datasets.expenditure import defence_expenditure, defence_expenditure_editions
from natoburden.datasets.targets import target, targets

__all__ = ["defence_expenditure", "defence_expenditure_editions", "target", "targets"]
