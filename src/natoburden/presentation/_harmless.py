"""Text from other people, escaped: terminals, spreadsheets and browsers then show it, but do not execute it."""

from __future__ import annotations

import html
import re

from natoburden.errors._visible import BEYOND_ASCII, SURROGATES, escaped, visible

__all__ = ["encodable", "for_cell", "for_chart", "for_json", "for_markdown", "visible"]

_ACTING_IN_JSON, _NOT_ENCODABLE = re.compile(f"[{BEYOND_ASCII}]"), re.compile(f"[{SURROGATES}]")
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_FIGURE = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_MARKUP = re.compile(r"([\\`*_\[\]{}#!~])")


def encodable(text: str) -> str:
    r"""Return a text that can be written to a file; bytes of a file's name that are not UTF-8 are escaped.

    >>> encodable("Türkiye\udcff.csv")
    'Türkiye\\udcff.csv'
    """
    return _NOT_ENCODABLE.sub(escaped, text)


def for_json(text: str) -> str:
    r"""Return JSON with the same content and without characters that could control a terminal.

    A byte of a file's name that is not UTF-8 is escaped twice, since some programs reject JSON with such a byte.

    >>> for_json('"\u202egnp.exe"')
    '"\\u202egnp.exe"'
    """
    plain = _NOT_ENCODABLE.sub(lambda found: f"\\{escaped(found)}", text)
    return _ACTING_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", plain)


def for_cell(text: str) -> str:
    """Return a text that a spreadsheet reads as text; a text that looks like a formula begins with an apostrophe.

    >>> for_cell("=HYPERLINK(1)"), for_cell("-2"), for_cell("Rheinmetall")
    ("'=HYPERLINK(1)", '-2', 'Rheinmetall')
    """
    shown = visible(text)
    return f"'{shown}" if _FORMULA.match(shown) and not _FIGURE.fullmatch(shown) else shown


def for_chart(text: str) -> str:
    """Return a text for a chart, with control characters escaped and line breaks unchanged."""
    return "\n".join(map(visible, text.split("\n")))


def for_markdown(text: str) -> str:
    r"""Return a text that Markdown shows unchanged, because HTML, links and bars between cells are escaped.

    >>> for_markdown("<b>a|b</b> [x](y)")
    '&lt;b&gt;a&#124;b&lt;/b&gt; \\[x\\](y)'
    """
    return _MARKUP.sub(r"\\\1", html.escape(text, quote=False)).replace("|", "&#124;")
