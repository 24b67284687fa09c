"""Memberships by year, as expressions without a join, which every engine can compute."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import narwhals as nw

from natoburden.model._numbers import LAST_YEAR
from natoburden.model.countries import Country
from natoburden.model.memberships import Bloc

__all__ = ["in_bloc", "spans_of", "where"]

_FIRST = 1949


def in_bloc(keys: Sequence[str], country: Any, year: Any | None) -> Any:
    """Return whether a country is in any of several blocs in the line's year."""
    return where(_spans(tuple(keys)), country, year)


def where(spans: Sequence[tuple[int, int, tuple[str, ...]]], country: Any, year: Any | None) -> Any:
    """Return whether a country is a member in the line's year; members are given by spans of years."""
    when = nw.lit(LAST_YEAR) if year is None else year.fill_null(LAST_YEAR)
    found: Any = None
    for first, last, codes in spans:
        if year is None and last < LAST_YEAR:
            continue
        inside = country.is_in(codes)
        if year is not None and first > _FIRST:
            inside = inside & (when >= first)
        if year is not None and last < LAST_YEAR:
            inside = inside & (when <= last)
        found = inside if found is None else found | inside
    return nw.lit(False) if found is None else found  # an expression that is never true


def spans_of(members: Callable[[int], Iterable[Country]]) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """Return spans of membership: a first year, a last year, and the countries that join and leave in these years."""
    found: dict[tuple[int, int], list[str]] = {}
    since: dict[str, int] = {}
    for year in range(_FIRST, LAST_YEAR + 2):
        now = {country.alpha_3 for country in members(year)} if year <= LAST_YEAR else set()
        for code in sorted(since.keys() - now):
            found.setdefault((since.pop(code), year - 1), []).append(code)
        since |= dict.fromkeys(now - since.keys(), year)
    return tuple((first, last, tuple(sorted(codes))) for (first, last), codes in sorted(found.items()))


@functools.cache
def _spans(keys: tuple[str, ...]) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    blocs = [Bloc.find(key) for key in keys]
    return spans_of(lambda year: [country for bloc in blocs for country in bloc.members(year)])
