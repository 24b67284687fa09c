"""Names of territories in every language of CLDR, from a table made at build time; Babel is not loaded."""

from __future__ import annotations

import functools

from natoburden.cldr import bare, folded
from natoburden.model._vocabulary import FOLDER

__all__ = ["territories_named"]


def territories_named(name: str, *, loosely: bool = False) -> frozenset[str]:
    """Return the alpha-2 codes of all territories with a given name in any language; an unknown name gives no codes.

    Accents count unless `loosely` is set, because in some languages only an accent distinguishes two countries.

    >>> sorted(territories_named("Allemagne")), sorted(territories_named("Osterreich", loosely=True))
    (['DE'], ['AT'])
    """
    table, exact = _table(), folded(name)
    key = f"{bare(name)}\t".encode(errors="surrogatepass")
    found: set[str] = set()
    start = _first_line(table, key)
    while table.startswith(key, start):
        end = table.index(b"\n", start)
        plain, accented, codes = table[start:end].decode().split("\t")
        if loosely or (accented or plain) == exact:
            found.update(codes.split())
        start = end + 1
    return frozenset(found)


def _first_line(table: bytes, key: bytes) -> int:
    """Return the position of the first line that is not below a key, by binary search."""
    low, high = 0, len(table)
    while low < high:
        start = table.rfind(b"\n", 0, (low + high) // 2) + 1
        end = table.index(b"\n", start)
        low, high = (end + 1, high) if table[start:end] < key else (low, start)
    return low


@functools.cache
def _table() -> bytes:
    """Return the sorted table; each line has a name without accents, its form with accents, and the territories."""
    return (FOLDER / "territory_names.tsv").read_bytes()
