"""Currencies and scales as people write them in headers and cells: ``EUR m``, ``M€``, ``in Mio. EUR``, ``mln zł``."""

from __future__ import annotations

import functools
import re
from typing import Final

import attrs

from natoburden.cldr import folded
from natoburden.model.money import currencies

__all__ = ["Unit", "scale_named", "unit_in"]

SCALES: Final = {
    "one": 0,
    **dict.fromkeys(("thousand", "thousands", "tsd", "tausend", "tys", "k", "mille", "milliers", "miles", "'000"), 3),
    **dict.fromkeys(("m", "mn", "mil", "mill", "mio", "mln", "million", "millions", "millionen", "mlns"), 6),
    **dict.fromkeys(("millones", "milioni", "miljoen", "milion", "milionów", "miljoner", "millioner"), 6),
    **dict.fromkeys(("bn", "bln", "billion", "billions", "md", "mds", "mrd", "mld", "mia"), 9),
    **dict.fromkeys(("milliard", "milliards", "milliarde", "milliarden", "miliardi", "miljard", "miliard"), 9),
}
_SIGNS: Final = {
    **dict.fromkeys(("€", "euro", "euros"), "EUR"),
    **dict.fromkeys(("£",), "GBP"),
    **dict.fromkeys(("us$", "$us", "usd"), "USD"),
    **dict.fromkeys(("zł", "zl", "pln"), "PLN"),
    **dict.fromkeys(("kč", "kc"), "CZK"),
    **dict.fromkeys(("₺", "tl"), "TRY"),
}
_SEVERAL: Final = {
    "$": "USD, CAD or another dollar",
    **dict.fromkeys(("dollar", "dollars"), "USD, CAD or another dollar"),
    **dict.fromkeys(("kr", "kroner", "kronor"), "DKK, NOK, SEK or ISK"),
}
_FILLERS: Final = frozenset({"in", "en", "w", "of", "de", "d", "nominal", "current", "prices", "courants"})
_LONGEST = 1_000  # characters of a text that may be a unit
_TOKEN = re.compile(r"US\$|\$US|[€£$₺]|'000|[^\W\d_]+", re.IGNORECASE)
_COMPOUND = re.compile(r"(k|t|m|md|mrd|mio|mln|bn)?(eur|usd|gbp)(k|m|mn|mio|mln|bn|mrd)?")


@attrs.frozen
class Unit:
    """A currency and a power of ten, as far as a text states them; `words` is the rest of the text.

    `several` names the currencies that an ambiguous sign can mean.
    """

    currency: str = ""
    scale: int | None = None
    words: str = ""
    several: str = ""

    @property
    def says_nothing(self) -> bool:
        """Whether neither a currency nor a scale is named."""
        return not self.currency and self.scale is None and not self.several

    @property
    def is_whole_text(self) -> bool:
        """Whether the text names a currency or a scale and nothing else."""
        return not self.says_nothing and not self.words


@functools.lru_cache(maxsize=4_096)
def unit_in(text: str) -> Unit:
    """Return the currency and the scale in a text.

    >>> unit_in("Amount (EUR m)")
    Unit(currency='EUR', scale=6, words='Amount', several='')
    >>> unit_in("Montant en Md€").scale, unit_in("Wartość (mln zł)").currency, unit_in("Value, $").several
    (9, 'PLN', 'USD, CAD or another dollar')
    """
    if len(text) > _LONGEST:
        return Unit(words=text.strip())
    currency, scale, several = "", None, ""
    rest: list[str] = []
    marked = _marked(text)
    tokens = list(_TOKEN.finditer(text))
    named = [_read(token[0], is_marked=False) for token in tokens]
    for place, token in enumerate(tokens):
        beside = (named[at] for at in (place - 1, place + 1) if 0 <= at < len(named))
        is_beside_currency = any(unit is not None and (unit.currency or unit.several) for unit in beside)
        is_marked = is_beside_currency or any(first <= token.start() < last for first, last in marked)
        found = _read(token[0], is_marked=is_marked)
        if found is None:
            rest.append(token[0])
            continue
        currency, several = currency or found.currency, several or found.several
        scale = found.scale if scale is None else scale
    if not currency and scale is None and not several:
        return Unit(words=text.strip())
    return Unit(currency, scale, " ".join(rest), several if not currency else "")


def scale_named(name: str) -> int | None:
    """Return the power of ten of a scale by its name, such as ``million`` or ``bn``; None for another text."""
    word = folded(name.strip().rstrip("."))
    return SCALES.get(word)


def _marked(text: str) -> list[tuple[int, int]]:
    """Return the parts of a text in which short words are units: in brackets, after a comma or *in*, beside figures."""
    found = [match.span() for match in re.finditer(r"\([^()]*\)|\[[^\[\]]*\]|,.*$|\b(?:in|en)\b.*$", text, re.I)]
    return [(0, len(text))] if not re.search(r"[^\W\d_]{4}", text) else found


def _read(token: str, *, is_marked: bool) -> Unit | None:
    word = folded(token)
    if word in _SIGNS:
        return Unit(_SIGNS[word])
    if word in _SEVERAL:
        return Unit(several=_SEVERAL[word])
    if (token.isupper() or is_marked) and word in _codes():
        return Unit(word.upper())
    if word in SCALES and (is_marked or len(word) > 3):
        return Unit(scale=SCALES[word])
    return _compound(word) or (Unit() if is_marked and word in _FILLERS else None)


def _compound(word: str) -> Unit | None:
    """Return the currency and scale in one word, such as ``MEUR`` or ``TEUR``, which German accounts use."""
    found = _COMPOUND.fullmatch(word)
    if not found or not (found[1] or found[3]):
        return None
    before = "k" if found[1] == "t" else found[1]
    return Unit(found[2].upper(), SCALES[before or found[3]])


@functools.cache
def _codes() -> frozenset[str]:
    return frozenset(str(currency).lower() for currency in currencies())
