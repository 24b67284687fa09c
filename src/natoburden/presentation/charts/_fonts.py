"""Fonts of charts: an installed font with the letters of a locale; without such a font, the chart is in English."""

from __future__ import annotations

import contextlib
import functools
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from typing import Any, ParamSpec, TypeVar

from natoburden.cldr import locale_of
from natoburden.errors import MissingFontWarning
from natoburden.presentation._harmless import for_chart

__all__ = ["in_letters"]

P = ParamSpec("P")
T = TypeVar("T")

_OWN = "DejaVu Sans"  # Matplotlib's own font, which is always installed


def in_letters(chart: Callable[P, T]) -> Callable[P, T]:
    """Return a function that draws a chart with a font for its ``locale``, or in English if no such font is installed.

    Matplotlib would read text between two dollar signs as a formula; this is turned off.
    """

    @functools.wraps(chart)
    def drawn(*args: P.args, **given: P.kwargs) -> T:
        locale: Any = given.get("locale", "en")
        with _letters_of(locale) as (readable, families):
            chosen: Any = {**given, "locale": readable}
            ax = chart(*args, **chosen)
        from matplotlib.text import Text

        drawn_on: Any = ax
        for text in drawn_on.findobj(Text):
            text.set_parse_math(False)
            if text.get_text() != (shown := for_chart(text.get_text())):
                text.set_text(shown)
            if families:  # ticks of existing axes are not made again
                text.set_fontfamily(families)
        return ax

    return drawn


@contextlib.contextmanager
def _letters_of(locale: str) -> Iterator[tuple[str, list[str]]]:
    """Set a font for a locale; yield the locale to write in, and the font families if they were changed."""
    letters = _letters(locale)
    if letters <= _basic():  # in most of Europe no other font is needed
        yield locale, []
        return
    font = _font_for(letters, is_shaped=_is_shaped(locale, letters))
    if font is None:
        hint = f"install a font that has them, such as Noto Sans {_script(letters)}, and clear Matplotlib's cache"
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


@functools.cache
def _basic() -> frozenset[str]:
    """Return the letters of the Latin, Greek and Cyrillic scripts, which Matplotlib's own font has."""
    return frozenset(map(chr, (*range(0x20, 0x530), *range(0x1E00, 0x2070))))


@functools.cache
def _letters(locale: str) -> frozenset[str]:
    """Return the letters in a locale's names of countries; these names are most of a chart's text."""
    names = locale_of(locale).territories
    return frozenset(unicodedata.normalize("NFC", "".join(name for code, name in names.items() if len(code) == 2)))


def _script(letters: frozenset[str]) -> str:
    """Return the script of most letters, as in the names of fonts; Chinese, Japanese and Korean are CJK."""
    further = [unicodedata.name(letter, "").partition(" ")[0] for letter in sorted(letters - _basic())]
    most = max(dict.fromkeys(further), key=further.count)
    return "CJK" if most in ("CJK", "HANGUL", "HIRAGANA", "KATAKANA") else most.capitalize()


def _is_shaped(locale: str, letters: frozenset[str]) -> bool:
    """Return whether letters change their form with their neighbours, or are written from right to left."""
    combining = any(unicodedata.category(letter) in ("Mn", "Mc") for letter in letters)
    return combining or locale_of(locale).character_order == "right-to-left"


@functools.cache
def _font_for(letters: frozenset[str], *, is_shaped: bool) -> str | None:
    """Return an installed font that has the letters, if possible Matplotlib's own font; None if no font has them."""
    from matplotlib import font_manager, ft2font

    if is_shaped and not hasattr(ft2font, "__libraqm_version__"):
        return None  # before version 3.11 Matplotlib sets letters one by one, left to right
    codes = {ord(letter) for letter in letters if letter.isprintable()}
    entries = sorted(font_manager.fontManager.ttflist, key=lambda entry: (entry.name != _OWN, entry.name))
    for entry in entries:
        if entry.style == "normal" and entry.weight == 400 and not entry.name.startswith("Last Resort"):
            with contextlib.suppress(OSError, RuntimeError):  # a font that is missing or unreadable
                if codes <= ft2font.FT2Font(entry.fname).get_charmap().keys():
                    return str(entry.name)
    return None
