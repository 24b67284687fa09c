"""Packages of purchases, and scenarios, as documents that users write and share."""

from __future__ import annotations

from pathlib import Path

import attrs

from natoburden.datasets._documents import Document
from natoburden.errors import DocumentError, DocumentFault
from natoburden.model.credit import CreditPolicy, Package, Purchase
from natoburden.model.path_scenarios import Override, PathAssumptions, PathScenario
from natoburden.serialization import read_document

__all__ = ["load_package", "load_scenario"]


@attrs.frozen(kw_only=True)
class _Document(Document):
    """A scenario with a package, or only a package, as a user writes it."""

    title: str
    note: str = ""
    purchases: tuple[Purchase, ...] = ()
    policy: CreditPolicy | None = None
    assumptions: PathAssumptions | None = None
    overrides: tuple[Override, ...] = ()

    def package(self) -> Package:
        """Return the package of purchases in the document."""
        return attrs.evolve(Package.of(self.title, self.purchases, policy=self.policy), note=self.note)


def load_package(path: Path | str) -> Package:
    """Read a package of purchases from a TOML or JSON document; all its faults are reported at once.

    If the document is a scenario, its package is returned. Raises `DocumentError` for a faulty document, and `OSError`
    for a file that cannot be opened.

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
    return read_document(Path(path), _Document).package()


def load_scenario(path: Path | str) -> PathScenario:
    """Read a scenario of the path to a target, and any package of purchases in it, from a TOML or JSON document.

    Raises `DocumentError` with all faults of the document, such as missing assumptions, and `OSError` for a file that
    cannot be opened.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "scenario.toml"
    >>> _ = file.write_text('''
    ... title = "Slow growth"
    ... [assumptions]
    ... target = "3.5 %"
    ... by = 2035
    ... gdp_growth = "1.5 %"
    ... [[overrides]]
    ... name = "gdp_growth"
    ... value = "0.5 %"
    ... reason = "a decade as the last"
    ... ''')
    >>> print(load_scenario(file).assumed.gdp_growth)
    +0.50 %
    """
    found = read_document(Path(path), _Document)
    if found.assumptions is None:
        fault = DocumentFault("assumptions", "required key missing: target, by, gdp_growth")
        raise DocumentError(Path(path).name, [fault])
    return PathScenario(
        title=found.title,
        assumptions=found.assumptions,
        overrides=found.overrides,
        package=found.package() if found.purchases else None,
        note=found.note,
    )
