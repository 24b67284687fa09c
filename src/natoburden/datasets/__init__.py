"""What ships: data files with their editions, licences and hashes, and the loaders."""

from natoburden.datasets.commitments import commitments, load_commitments
from natoburden.datasets.contracts import announced_contracts, load_contracts
from natoburden.datasets.exchange import exchange_rates
from natoburden.datasets.expenditure import defence_expenditure, defence_expenditure_editions
from natoburden.datasets.offsets import (
    load_offset_agreements,
    offset_agreements,
    offset_rules,
    offset_statistics,
)
from natoburden.datasets.procurement_rules import content_rule, content_rules, procurement_aims
from natoburden.datasets.targets import target, targets

__all__ = [
    "announced_contracts",
    "commitments",
    "content_rule",
    "content_rules",
    "defence_expenditure",
    "defence_expenditure_editions",
    "exchange_rates",
    "load_commitments",
    "load_contracts",
    "load_offset_agreements",
    "offset_agreements",
    "offset_rules",
    "offset_statistics",
    "procurement_aims",
    "target",
    "targets",
]
