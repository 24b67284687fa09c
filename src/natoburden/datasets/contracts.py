"""Announced contracts of European Allies, a sample with sources; and contracts of your own."""

from __future__ import annotations

import functools
from pathlib import Path

import attrs

from natoburden.datasets._documents import Document
from natoburden.datasets._files import editions
from natoburden.model.procurement import Contract, Contracts
from natoburden.model.sources import Source
from natoburden.serialization import read_document

__all__ = ["announced_contracts", "load_contracts"]


@attrs.frozen(kw_only=True)
class _Document(Document):
    """A document of contracts, as a user writes it."""

    contracts: tuple[Contract, ...]


def announced_contracts() -> Contracts:
    """Return 86 announced arms contracts of European Allies, 2016 to 2026: a sample, not a register.

    Allies also bought what is not in it, and a share computed from it describes the sample. Each contract says what
    kind of value it has (`ValueKind`) and names its sources; ranges and undisclosed values stay as they are.

    >>> contracts = announced_contracts()
    >>> print(contracts["C09"])
    C09: Poland from Boeing, AH-64E Apache (USD 10.00 bn (current prices), contract, 2024-08-13)
    >>> print(contracts["C21"].value, "|", contracts["N27"].value)
    EUR 1.00 bn (current prices) to EUR 2.50 bn (current prices), budget | undisclosed, contract
    """
    return _packaged()


def load_contracts(path: Path | str, *, into: Contracts | None = None) -> Contracts:
    """Read contracts of your own from a TOML or JSON document; all its faults are reported at once.

    They are added to a record, by default the packaged sample. Raises `DocumentError`, and `OSError` for a file that
    cannot be opened.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "mine.toml"
    >>> _ = file.write_text('''
    ... [[contracts]]
    ... key = "invented"
    ... buyers = ["Belgium"]
    ... suppliers = [{ name = "A maker", countries = ["France"], share = "60 %" }, { name = "Another", share = "40 %" }]
    ... system = "An example"
    ... areas = ["artillery"]
    ... value = { kind = "contract", low = { amount = "1000000", currency = "EUR" } }
    ... date = "2026-05"
    ... source = { title = "An example", publisher = "natoburden" }
    ... ''')
    >>> print(load_contracts(file)["invented"])
    invented: Belgium from A maker, Another, An example (EUR 1.00 m (current prices), contract, 2026-05)
    """
    document = read_document(Path(path), _Document)
    return (announced_contracts() if into is None else into).extended(document.contracts)


@functools.cache
def _packaged() -> Contracts:
    [file] = editions("contracts.toml").values()

    def dated(source: Source) -> Source:
        return attrs.evolve(source, accessed=file.collected) if source.url and not source.accessed else source

    items = (
        attrs.evolve(item, source=dated(item.source), more_sources=tuple(map(dated, item.more_sources)))
        for item in file.document(_Document).contracts
    )
    return Contracts(items=tuple(items), collected=file.collected)
