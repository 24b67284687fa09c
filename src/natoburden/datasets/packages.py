"""Packages of purchases, as users write and share them."""

from __future__ import annotations

from pathlib import Path

import attrs

from natoburden.datasets._documents import Document
from natoburden.model.credit import CreditPolicy, Package, Purchase
from natoburden.serialization import read_document

__all__ = ["load_package"]


@attrs.frozen(kw_only=True)
class _Document(Document):
    """A package, as a user writes it."""

    title: str
    purchases: tuple[Purchase, ...]
    policy: CreditPolicy | None = None
    note: str = ""


def load_package(path: Path | str) -> Package:
    """Load a package of purchases from a TOML or JSON document; validated whole, all faults reported at once.

    Raises `DocumentError`, and `OSError` where there is no file to read.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "package.toml"
    >>> _ = file.write_text('''
    ... title = "An invented package"
    ... [[purchases]]
    ... key = "lng"
    ... category = "energy"
    ... buyer = "Germany"
    ... amount = { amount = "30000000000", currency = "USD" }
    ... first_year = 2025
    ... last_year = 2027
    ... basis = "assumption"
    ... source = { title = "An example", publisher = "natoburden" }
    ... [policy]
    ... energy = "25 %"
    ... ''')
    >>> package = load_package(file)
    >>> print(package, "|", package.policy.energy)
    An invented package: 1 purchases | 25.00 %
    """
    document = read_document(Path(path), _Document)
    return attrs.evolve(Package.of(document.title, document.purchases, policy=document.policy), note=document.note)
