"""Figures as people in several countries type them; for an ambiguous comma or point, an error asks for its meaning."""

from __future__ import annotations

import functools
import re
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from natoburden.errors import NatoBurdenError
from natoburden.model._numbers import checked_decimal

__all__ = ["Decimals", "decimals_of", "figure_in", "number_of"]

Decimals: TypeAlias = Literal[",", "."]
_EITHER: Final = "either"
_SPACES = re.compile(r"[\s  ]+")
_GROUPED_BY_SPACE = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?")
_FIGURE = re.compile(r"\d(?:[\d.,'’ ]*\d)?")


@functools.lru_cache(maxsize=4_096)
def figure_in(text: str) -> tuple[str, str] | None:
    """Return the only figure in a text, and the text around it; None if the text has no figure or several figures.

    >>> figure_in("EUR 1 234,5 m"), figure_in("100-200"), figure_in("(12)")
    (('1 234,5', 'EUR  m'), None, ('-12', ''))
    """
    plain = _SPACES.sub(" ", text.replace("−", "-")).strip()
    figures = list(_FIGURE.finditer(plain))
    if len(figures) != 1:
        return None
    before, after = plain[: figures[0].start()], plain[figures[0].end() :]
    figure = figures[0][0]
    if before.rstrip().endswith("(") and after.lstrip().startswith(")"):
        before, after, figure = before.rstrip()[:-1], after.lstrip()[1:], f"-{figure}"
    elif before.rstrip().endswith("-") or before.startswith("-"):
        before, figure = before.replace("-", "", 1), f"-{figure}"
    return figure, f"{before}{after}".strip()


@functools.lru_cache(maxsize=4_096)
def decimals_of(figure: str) -> str:
    """Return a figure's decimal sign, ``,`` or ``.``; empty without a sign; ``either`` or ``neither`` if it is unclear.

    >>> [decimals_of(figure) for figure in ("1.234,5", "1,234,567", "12,5", "1 234", "1.234", "1.23.4")]
    [',', '.', ',', '', 'either', 'neither']
    """
    bare = figure.lstrip("-")
    if re.search(r"[ '’]", bare):
        if not _GROUPED_BY_SPACE.fullmatch(bare):
            return "neither"
        return next((sign for sign in ",." if sign in bare), "")
    commas, points = bare.count(","), bare.count(".")
    if not commas and not points:
        return ""
    if commas and points:
        sign = max(",.", key=bare.rfind)
        return sign if _is_grouped(bare, sign) else "neither"
    sign = "," if commas else "."
    if commas + points > 1:
        other = "." if commas else ","
        return other if _is_grouped(bare, other) else "neither"
    before, _, after = bare.partition(sign)
    return _EITHER if len(after) == 3 and len(before) <= 3 and not before.startswith("0") else sign


def _is_grouped(bare: str, decimals: str) -> bool:
    whole, sign, part = bare.partition(decimals)
    if sign and not part.isdigit():
        return False
    return bool(re.fullmatch(r"\d{1,3}(?:[.,]\d{3})*", whole)) and len({*whole} & {*".,"}) <= 1


def number_of(figure: str, decimals: str) -> Decimal | None:
    """Return the value of a figure for a given decimal sign; None if the figure does not fit this sign."""
    found = decimals_of(figure)
    if found == "neither" or found not in ("", _EITHER, decimals):
        return None
    groups = "." if decimals == "," else ","
    plain = re.sub(r"[ '’]", "", figure).replace(groups, "").replace(decimals, ".")
    try:
        return checked_decimal(plain, "amount")
    except NatoBurdenError:
        return None
