"""Draw the chart of the README, which is the first of the documentation's first page, from the code that stands there.

Run it from the project's root after that code or what it reads has changed; a test says when:
``.venv/bin/python scripts/draw_readme_chart.py``.
"""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

from natoburden.presentation.html_page import svg_of

ROOT = Path(__file__).parents[1]
FILE = ROOT / "docs" / "_static" / "who-meets-what.svg"


def first_chart() -> str:
    """Return the first chart of the first page as SVG, on white paper, so that it shows by day and by night."""
    sys.path.insert(0, str(ROOT / "docs" / "_extensions"))
    drawn = importlib.import_module("chart").drawn
    page = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    found = re.search(r"^```\{chart\}\n(.*?)^```", page, re.M | re.S)
    size = re.search(r"^:size: (.*)$", page, re.M)
    if found is None or size is None:
        raise SystemExit("docs/index.md has no chart with a size")
    return svg_of(drawn(found[1].splitlines(), size[1])["ax"])


def main() -> None:
    """Write the picture."""
    FILE.write_text(first_chart(), encoding="utf-8")


if __name__ == "__main__":
    main()
