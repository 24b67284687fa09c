"""Charts in the documentation, drawn when it is built from the code that stands above them."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from matplotlib.figure import Figure

from natoburden.presentation.html_page import svg_of

__all__ = ["setup"]

_SIZE = re.compile(r'(<svg[^>]*?) width="([\d.]+)pt" height="[\d.]+pt"')


class Chart(Directive):
    """Show a doctest, and the chart that its last name, ``ax``, holds: axes, or a figure of several."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Run the code, and give its text and its picture."""
        text = "\n".join(self.content)
        code = "\n".join(line[4:] for line in self.content if line.startswith((">>> ", "... ")))
        names: dict[str, Any] = {}
        exec(code, names)  # the documentation's own code, which is a doctest too
        ax = names["ax"]
        several = isinstance(ax, Figure)
        # A width and a height in points would hold it wide: with a view box alone it shrinks to a phone.
        drawn = _SIZE.sub(r'\1 style="width:\2pt;max-width:100%;height:auto"', svg_of(ax.axes[0] if several else ax))
        title = ax.get_suptitle() if several else ax.get_title(loc="left")
        label = re.sub(r"[<>&\"]", "", title).strip().replace("\n", "; ")
        style = 'style="background:white;max-width:100%"'
        picture = f'<figure class="chart" role="img" aria-label="{label}" {style}>{drawn}</figure>'
        return [nodes.literal_block(text, text, language="pycon"), nodes.raw("", picture, format="html")]


def setup(app: Any) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("chart", Chart)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
