"""Fonts for the letters of a locale: one that is installed, or else English, and a warning that says so."""

from __future__ import annotations

import contextlib
import functools
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from typing import Any, ParamSpec, TypeVar

from natoburden.cldr import locale_of
from natoburden.errors import MissingFontWarning

__all__ = ["in_letters"]

P = ParamSpec("P")
T = TypeVar("T")

_OWN = "DejaVu Sans"  # Matplotlib's own, which is always there


def in_letters(chart: Callable[P, T]) -> Callable[P, T]:
    """Make a chart draw with a font that has the letters of its ``locale``, or in English where none has."""

    @functools.wraps(chart)
    def drawn(*args: P.args, **given: P.kwargs) -> T:
        locale: Any = given.get("locale", "en")
        with _letters_of(locale) as (readable, families):
            chosen: Any = {**given, "locale": readable}
            ax = chart(*args, **chosen)
        if families:
            _set_family(ax, families)  # ticks of axes that were there before are not made anew
        return ax

    return drawn


@contextlib.contextmanager
def _letters_of(locale: str) -> Iterator[tuple[str, list[str]]]:
    """Set a font for a locale; give the locale to write in, and the families of fonts where they are others."""
    letters = _letters(locale)
    if letters <= _basic():  # as most of Europe's: without a look at any font
        yield locale, []
        return
    font = _font_for(letters, is_shaped=_is_shaped(locale, letters))
    if font is None:
        hint = "install a font that has them, such as Noto Sans CJK, and clear Matplotlib's cache of fonts"
        warnings.warn(
            f"no installed font has the letters of {locale_of(locale).english_name} as Matplotlib would set them; "
            f"the chart is in English; {hint}",
            MissingFontWarning,
            stacklevel=5,
        )
        yield "en", []
        return
    import matplotlib as mpl

    families = list(dict.fromkeys([*mpl.rcParams["font.family"], font]))
    with mpl.rc_context({"font.family": families}):
        yield locale, families


def _set_family(ax: Any, families: list[str]) -> None:
    from matplotlib.text import Text

    for text in ax.findobj(Text):
        text.set_fontfamily(families)


@functools.cache
def _basic() -> frozenset[str]:
    """Return the letters of Latin, Greek and Cyrillic script, which Matplotlib's own font has."""
    return frozenset(map(chr, (*range(0x20, 0x530), *range(0x1E00, 0x2070))))


@functools.cache
def _letters(locale: str) -> frozenset[str]:
    """Return the characters in a locale's names of countries, which are most of what a chart writes in it."""
    names = locale_of(locale).territories
    return frozenset(unicodedata.normalize("NFC", "".join(name for code, name in names.items() if len(code) == 2)))


def _is_shaped(locale: str, letters: frozenset[str]) -> bool:
    """Return whether letters change with their neighbours, or run from right to left."""
    combining = any(unicodedata.category(letter) in ("Mn", "Mc") for letter in letters)
    return combining or locale_of(locale).character_order == "right-to-left"


@functools.cache
def _font_for(letters: frozenset[str], *, is_shaped: bool) -> str | None:
    """Return the name of an installed font that has the letters, Matplotlib's own first; None where there is none."""
    from matplotlib import font_manager, ft2font

    if is_shaped and not hasattr(ft2font, "__libraqm_version__"):
        return None  # before version 3.11 Matplotlib sets letter after letter, left to right
    codes = {ord(letter) for letter in letters if letter.isprintable()}
    entries = sorted(font_manager.fontManager.ttflist, key=lambda entry: (entry.name != _OWN, entry.name))
    for entry in entries:
        if entry.style == "normal" and entry.weight == 400 and not entry.name.startswith("Last Resort"):
            with contextlib.suppress(OSError, RuntimeError):  # a font that is gone, or that cannot be read
                if codes <= ft2font.FT2Font(entry.fname).get_charmap().keys():
                    return str(entry.name)
    return None
