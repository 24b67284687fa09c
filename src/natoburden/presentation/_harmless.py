"""Other people's text, escaped so that a terminal, a spreadsheet or a browser shows it and does nothing else."""

from __future__ import annotations

import html
import re

__all__ = ["for_cell", "for_markdown", "visible"]

# Characters that move a cursor, start a command or change the order of letters: control characters, line and paragraph
# separators, and bidirectional embeddings, overrides and isolates. Plain direction marks stay, since CLDR writes them
# with Arabic and Hebrew figures.
_ACTING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_FIGURE = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_MARKUP = re.compile(r"([\\`*_\[\]{}#!~])")


def visible(text: str) -> str:
    r"""Return a text with its control characters escaped.

    >>> visible("\x1b[31mred"), visible("a\nb")
    ('\\x1b[31mred', 'a\\nb')
    """
    return _ACTING.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def for_cell(text: str) -> str:
    """Return a text that a spreadsheet reads as text: one that would start a formula gets an apostrophe.

    >>> for_cell("=HYPERLINK(1)"), for_cell("-2"), for_cell("Rheinmetall")
    ("'=HYPERLINK(1)", '-2', 'Rheinmetall')
    """
    shown = visible(text)
    return f"'{shown}" if _FORMULA.match(shown) and not _FIGURE.fullmatch(shown) else shown


def for_markdown(text: str) -> str:
    r"""Return a text that Markdown shows as it is: not as HTML, a link or the end of a cell.

    >>> for_markdown("<b>a|b</b> [x](y)")
    '&lt;b&gt;a&#124;b&lt;/b&gt; \\[x\\](y)'
    """
    return _MARKUP.sub(r"\\\1", html.escape(text, quote=False)).replace("|", "&#124;")
