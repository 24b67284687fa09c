"""The table and chart of what benchmarks/frames.py measured, from docs/performance.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList

__all__ = ["setup"]

_RESULTS = Path(__file__).parent.parent / "performance.json"
_BARS = ("ours", "Polars by hand", "pandas by hand")
_WIDTH, _LABEL, _HEIGHT = 640, 190, 20


class PerformanceTable(Directive):
    """Ratios as a table, milliseconds as bars."""

    def run(self) -> list[nodes.Node]:
        """Make the nodes."""
        measured = json.loads(_RESULTS.read_text(encoding="utf-8"))
        versions = ", ".join(f"{name} {version}" for name, version in measured["versions"].items())
        lines = [
            "| lines | | ours, ms | ours / Polars by hand | pandas by hand / ours | ours / DuckDB by hand, on DuckDB |",
            "|---:|---|---:|---:|---:|---:|",
            *(_row(item) for item in measured["memory"]),
            "",
            "| lines from Parquet | seconds | MiB at the peak |",
            "|---:|---:|---:|",
            *(
                f"| {item['rows']:,} | {item['seconds']:.2f} | {item['peak_mib']:,.0f} |"
                for item in measured["from_parquet"]
            ),
            "",
            f"A call on 1,000 rows of Polars takes {measured['small_call_ms']:.1f} ms. "
            f"Measured on {measured['machine']}, {versions}.",
        ]
        holder = nodes.container()
        holder += nodes.raw("", _chart(measured["memory"]), format="html")
        self.state.nested_parse(StringList(lines, source=str(_RESULTS)), self.content_offset, holder)
        return holder.children


def _from_parquet(item: dict[str, Any]) -> str:
    return f"| {item['rows']:,} | {item['seconds']:.2f} | {item['peak_mib']:,.0f} |"


def _row(item: dict[str, Any]) -> str:
    cells = [
        f"{item['rows']:,}",
        item["case"],
        f"{1000 * item['ours']:.0f}",
        f"{item['ours'] / item['Polars by hand']:.2f}",
        f"{item['pandas by hand'] / item['ours']:.1f}" if "pandas by hand" in item else "",
        f"{item['ours on DuckDB'] / item['DuckDB by hand']:.2f}" if "ours on DuckDB" in item else "",
    ]
    return f"| {' | '.join(cells)} |"


def _chart(measured: list[dict[str, Any]]) -> str:
    """Draw bars of the largest size, in the colours of the text, so that they read in light and dark."""
    rows = max(item["rows"] for item in measured)
    bars = [
        (item["case"], name, item[name]) for item in measured if item["rows"] == rows for name in _BARS if name in item
    ]
    longest = max(seconds for *_, seconds in bars)
    height = _HEIGHT * len(bars) + 24
    parts = []
    for number, (case, name, seconds) in enumerate(bars):
        top = 20 + _HEIGHT * number
        width = (_WIDTH - _LABEL - 80) * seconds / longest
        opacity = (1, 0.55, 0.25)[_BARS.index(name)]
        label = f"{case}: {name}" if name == "ours" else name
        parts.append(
            f'<text x="{_LABEL - 8}" y="{top + 13}" text-anchor="end">{label}</text>'
            f'<rect x="{_LABEL}" y="{top + 2}" width="{width:.1f}" height="{_HEIGHT - 5}" opacity="{opacity}"/>'
            f'<text x="{_LABEL + width + 6:.1f}" y="{top + 13}">{1000 * seconds:.0f} ms</text>'
        )
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="Milliseconds at {rows:,} lines" '
        f'style="max-width:100%;height:auto;fill:currentColor;font-size:12px">'
        f'<text x="0" y="12">Milliseconds at {rows:,} lines; shorter is faster</text>{"".join(parts)}</svg>'
    )


def setup(app: Any) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("performance-table", PerformanceTable)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
