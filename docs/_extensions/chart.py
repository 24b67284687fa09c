"""Charts in the documentation, drawn when it is built from the code that stands above them."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive

from natoburden.presentation.html_page import svg_of

__all__ = ["setup"]


class Chart(Directive):
    """Show a doctest, and the chart that its last name, ``ax``, holds."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Run the code, and give its text and its picture."""
        text = "\n".join(self.content)
        code = "\n".join(line[4:] for line in self.content if line.startswith((">>> ", "... ")))
        names: dict[str, Any] = {}
        exec(code, names)  # the documentation's own code, which is a doctest too
        ax = names["ax"]
        drawn = svg_of(ax)
        label = re.sub(r"[<>&\"]", "", ax.get_title(loc="left")).strip()
        style = 'style="background:white;max-width:100%;overflow-x:auto"'
        picture = f'<figure class="chart" role="img" aria-label="{label}" {style}>{drawn}</figure>'
        return [nodes.literal_block(text, text, language="pycon"), nodes.raw("", picture, format="html")]


def setup(app: Any) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("chart", Chart)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
