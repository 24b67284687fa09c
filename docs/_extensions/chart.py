"""Charts in the documentation, drawn when it is built from the code that stands with them."""

from __future__ import annotations

import contextlib
import html
import re
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from matplotlib.figure import Figure

from natoburden.presentation.html_page import svg_of

__all__ = ["drawn", "said", "setup"]

_SIZE = re.compile(r'(<svg[^>]*?) width="([\d.]+)pt" height="[\d.]+pt"')


def drawn(lines: list[str], size: str = "") -> dict[str, Any]:
    """Return the names that a doctest makes; ``ax``, its last, holds axes or a figure, which gets a size in inches."""
    names: dict[str, Any] = {}
    code = "\n".join(line[4:] for line in lines if line.startswith((">>> ", "... ")))
    with contextlib.redirect_stdout(None):
        exec(code, names)  # the documentation's own code, which is a doctest too
    if size:
        names["ax"].figure.set_size_inches(*map(float, size.split()))
    return names


def said(text: str, names: dict[str, Any]) -> str:
    """Return an alternative text whose parts in braces are computed, as in an f-string, from what the code made."""
    written: str = eval(f'f"""{text}"""', names)  # the documentation's own, as its code is
    return written


class Chart(Directive):
    """Show a doctest, and the chart that its last name, ``ax``, holds: axes, or a figure of several.

    `alt` says what the chart shows to those who do not see it, with figures computed from what the code made.
    `size`, in inches, is for a place that is smaller than a page of its own. `picture-first` puts the code below.
    """

    has_content = True
    option_spec = {  # noqa: RUF012 # as docutils has it
        "alt": directives.unchanged_required,
        "size": directives.unchanged_required,
        "picture-first": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Run the code, and give its text and its picture."""
        text, names = "\n".join(self.content), drawn([*self.content], self.options.get("size", ""))
        ax = names["ax"]
        several = isinstance(ax, Figure)
        title = ax.get_suptitle() if several else ax.get_title(loc="left")
        label = said(self.options["alt"], names) if "alt" in self.options else title.strip().replace("\n", "; ")
        # A width and a height in points would hold it wide: with a view box alone it shrinks to a phone.
        svg = _SIZE.sub(r'\1 style="width:\2pt;max-width:100%;height:auto"', svg_of(ax.axes[0] if several else ax))
        picture = f'<figure class="chart" role="img" aria-label="{html.escape(label)}">{svg}</figure>'
        shown = [nodes.literal_block(text, text, language="pycon"), nodes.raw("", picture, format="html")]
        return shown[::-1] if "picture-first" in self.options else shown


def setup(app: Any) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("chart", Chart)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
