"""Names of territories in every language of CLDR, from a table made at build time: no look-up loads Babel."""

from __future__ import annotations

import functools
from bisect import bisect_left

from natoburden.cldr import bare, folded
from natoburden.model._vocabulary import FOLDER

__all__ = ["territories_named"]


def territories_named(name: str, *, loosely: bool = False) -> frozenset[str]:
    """Return the alpha-2 codes of the territories that have a name in any language; an unknown name has none.

    Accents count unless `loosely` is set, since in some languages they alone tell two countries apart.

    >>> sorted(territories_named("Allemagne")), sorted(territories_named("Osterreich", loosely=True))
    (['DE'], ['AT'])
    """
    lines, exact = _lines(), folded(name)
    key = f"{bare(name)}\t".encode(errors="surrogatepass")
    found: set[str] = set()
    place = bisect_left(lines, key)
    while place < len(lines) and lines[place].startswith(key):
        plain, accented, codes = lines[place].decode().split("\t")
        if loosely or (accented or plain) == exact:
            found.update(codes.split())
        place += 1
    return frozenset(found)


@functools.cache
def _lines() -> list[bytes]:
    """Return a line for each name, in order: without accents, with them where it has any, and whose it is."""
    return (FOLDER / "territory_names.tsv").read_bytes().splitlines()
