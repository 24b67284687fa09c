"""Configuration of the documentation: everything local, every reference checked."""

from __future__ import annotations

import functools
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import natoburden
from natoburden.presentation.charts import allies, american, burden, maps, saving, suppliers, timelines

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

project = "natoburden"
author = "The natoburden developers"
copyright = "the natoburden developers"
release = version = natoburden.__version__

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

extensions = [
    "accessible",
    "chart",
    "descriptions",
    "holding",
    "in_french",
    "myst_parser",
    "performance",
    "plain_text",
    "standing_alone",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.intersphinx",
    "sphinx_copybutton",
    "sphinx_design",
]
exclude_patterns = ["_build", "_extensions", "inv"]
nitpicky = True
nitpick_ignore_regex = [
    ("py:class", r"natoburden\..*\.(F|Item|R|R_co|T|T_co|U|Value_co)"),  # type variables have no page
    ("py:class", r"_Figures"),  # how a table keeps its figures
    ("py:class", r"natoburden\.presentation\.messages\.Translate"),  # a function that translates
    ("py:class", r"matplotlib\..*"),  # whose inventory would have to be fetched
    (
        "py:class",
        r"natoburden\.readers\.(_coverage\.Coverage|_glimpse\.Glimpse|_format\.(Reader|Stream))",
    ),  # what the front door knows inside
    ("py:class", r"natoburden\.readers\.sheets\._wording\.Wording"),  # how a fault is worded for whom
    # Autodoc takes these as they are written, where a module imports other types for checkers alone.
    ("py:class", r"dt\.date|Path|Number|DateOrder|Decimals|Format|Axes|Method"),
    ("py:class", r"Sides|InequalityIndex|BootstrapMethod|InfluenceMethod|InfluenceOn|PlansLike|AssumptionsLike"),
]

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath", "fieldlist"]
myst_heading_anchors = 3

# A copied example has neither prompts nor what Python answered.
copybutton_prompt_text = r">>> |\.\.\. "
copybutton_prompt_is_regexp = True

html_theme = "furo"
html_title = "natoburden"
html_favicon = "favicon.svg"
html_static_path = ["_static"]
html_css_files = ["print.css", "screen.css"]
html_show_sphinx = False
html_copy_source = False
html_math_renderer = "mathml"  # browsers render it themselves: a page fetches nothing

# Python's own names: a small inventory kept here, so that the build fetches nothing either.
intersphinx_mapping = {"python": ("https://docs.python.org/3", "inv/python.inv")}

# Charts import Matplotlib when they draw; their annotations are read here.
for _module in (allies, american, burden, maps, saving, suppliers, timelines):
    vars(_module).update(Axes=Axes, Figure=Figure)

# --- the reference documents each name at its public place -------------------------------------------------

default_role = "py:obj"  # docstrings write names in single backticks
autodoc_typehints = "description"
autodoc_member_order = "bysource"
autodoc_default_options = {
    "members": True,
    # what every result has is documented once, at the base class
    "exclude-members": "headline, formula, findings, evidence, working, columns, remarks, note",
}

_ROOMS = [name for name in natoburden.__all__ if isinstance(getattr(natoburden, name), types.ModuleType)]
_PLACES = {"natoburden": natoburden, **{f"natoburden.{name}": getattr(natoburden, name) for name in _ROOMS}}


@functools.cache
def _public_place(name: str) -> str:
    """Return the public path of a name by its last part: natoburden.model.shares.Share is natoburden.Share."""
    head, _, last = name.rpartition(".")
    for place, module in _PLACES.items():
        if last in module.__all__:
            return f"{place}.{last}"
    return f"{_public_place(head)}.{last}" if head else name


def _resolve(app: Sphinx, env: BuildEnvironment, node: pending_xref, text: nodes.Element) -> nodes.Element | None:
    """Look up a name inside the package at its public place."""
    if node["refdomain"] != "py":
        return None
    target = node["reftarget"]
    in_docstring = node["reftype"] == "obj"
    if not in_docstring or target[:1].isupper() or "." in target:
        found = env.domains["py"].resolve_xref(
            env, node["refdoc"], app.builder, "obj", _public_place(target), node, text
        )
        if found is not None:
            return found
    # In a docstring single backticks also mark attributes and arguments, which have no place of their own.
    return text if in_docstring else None


def _math(self: HTML5Translator, node: nodes.Element) -> None:
    block = isinstance(node, nodes.math_block)
    self.body.append(str(tex2mathml(node.astext(), as_block=block)))
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register what stands above."""
    app.connect("missing-reference", _resolve)
    app.add_html_math_renderer("mathml", (_math, None), (_math, None))
