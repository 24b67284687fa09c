"""The documentation for those who ask a machine first: llms.txt, and the reference as plain text.

llms.txt names every page with its first sentence, in the layout that llmstxt.org describes; reference.txt is the whole
reference, as Sphinx's own writer of text gives it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.io import StringOutput
from sphinx.builders.text import TextBuilder
from sphinx.writers.text import TextWriter

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]

_PARTS = {
    "Learn": ("tutorials/",),
    "Answer a question": ("how-to/",),
    "Understand": ("explanation/", "replications/", "data", "glossary"),
    "Indicators": ("indicators/",),
    "Reference": ("reference/",),
    "En français": ("fr/",),
}


def _write(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.name != "html":
        return
    folder = Path(app.outdir)
    names = sorted(app.env.all_docs)
    lines = [
        "# natoburden",
        "",
        f"> {_first_sentence(app, 'index')}",
        "",
        "- [The whole reference](reference.txt): as plain text",
    ]
    for part, starts in _PARTS.items():
        lines += ["", f"## {part}", ""]
        lines += [
            f"- [{app.env.titles[name].astext()}]({name}.html): {_first_sentence(app, name)}".removesuffix(": ")
            for name in names
            if name.startswith(starts)
        ]
    (folder / "llms.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    reference = [name for name in names if name.startswith("reference/")]
    (folder / "reference.txt").write_text(_as_text(app, reference), encoding="utf-8")


def _first_sentence(app: Sphinx, name: str) -> str:
    for paragraph in app.env.get_doctree(name).findall(nodes.paragraph):
        if not isinstance(paragraph.parent, nodes.list_item | nodes.entry):
            words = " ".join(paragraph.astext().split())
            return words.partition(". ")[0].rstrip(".:") + "."
    return ""


def _as_text(app: Sphinx, names: list[str]) -> str:
    builder = TextBuilder(app, app.env)
    builder.init()
    texts = []
    for name in names:
        output = StringOutput(encoding="unicode")
        TextWriter(builder).write(app.env.get_and_resolve_doctree(name, builder), output)
        texts.append(str(output.destination).strip())
    return "\n\n\n".join(texts) + "\n"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register what stands above."""
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
