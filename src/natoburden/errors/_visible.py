"""Text from other people with its control characters escaped: a terminal then shows it, but does not execute it."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["BEYOND_ASCII", "SURROGATES", "escaped", "visible"]

# Characters that move a cursor, start a command or change the order of letters: control characters, line and paragraph
# separators, and bidirectional embeddings, overrides and isolates. Plain direction marks stay, since CLDR writes them
# with Arabic and Hebrew figures.
BEYOND_ASCII: Final = "\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
# Half a character, or a byte of a file's name that is not UTF-8: a file cannot hold it.
SURROGATES: Final = "\ud800-\udfff"
_ACTING = re.compile(f"[\x00-\x1f{BEYOND_ASCII}{SURROGATES}]")


def visible(text: str) -> str:
    r"""Return a text with its control characters escaped.

    >>> visible("\x1b[31mred"), visible("a\nb")
    ('\\x1b[31mred', 'a\\nb')
    """
    return _ACTING.sub(escaped, text)


def escaped(found: re.Match[str]) -> str:
    """Return the escape sequence of the character that a pattern found."""
    return found[0].encode("unicode_escape").decode("ascii")
