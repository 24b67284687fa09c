"""Pages in French: they say their language, the theme's words around them are French, and each names its English twin.

Screen readers choose their voice by the language of a part, and browsers their hyphens: so a link to a page in the
other language says which it is.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

__all__ = ["TWINS", "setup"]

# Each page in French, and the English one that says the same.
TWINS = {"fr/index": "index", "fr/premier-ecart": "tutorials/first-gap", "fr/glossaire": "glossary"}
_ENGLISH_TWINS = {english: french for french, english in TWINS.items()}

# What the theme and Sphinx write around a page.
_WORDS = {
    "Back to top": "Haut de page",
    "Home": "Accueil",
    "Index": "Index",
    "Link to this heading": "Lien vers ce titre",
    "Link to this term": "Lien vers ce terme",
    "Next": "Page suivante",
    "On this page": "Sur cette page",
    "Previous": "Page précédente",
    "Search": "Rechercher",
    "Skip to content": "Aller au contenu",
}
# What the theme writes without asking for a translation.
_FIXED = {
    'aria-label="Toggle site navigation sidebar"': 'aria-label="Afficher ou masquer la navigation du site"',
    'aria-label="Toggle table of contents sidebar"': 'aria-label="Afficher ou masquer le sommaire de la page"',
    'aria-label="Toggle Light / Dark / Auto color theme"': 'aria-label="Thème clair, sombre ou automatique"',
    "<title>Contents</title>": "<title>Sommaire</title>",
    "<title>Expand</title>": "<title>Déplier</title>",
    "<title>Light mode</title>": "<title>Thème clair</title>",
    "<title>Dark mode</title>": "<title>Thème sombre</title>",
    "<title>Auto light/dark, in light mode</title>": "<title>Thème automatique, clair en ce moment</title>",
    "<title>Auto light/dark, in dark mode</title>": "<title>Thème automatique, sombre en ce moment</title>",
    "Toggle navigation of": "Déplier la navigation de",
}
_LINK = re.compile(r'<a class="([^"]*)" href="([^"#]*)')
_CAPTION = '<span class="caption-text">En français</span>'


def _is_french(page: str) -> bool:
    return page.startswith("fr/")


def _page_of(href: str, page: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), href)).removesuffix(".html") if href else page


def _translated(text: str) -> str:
    return _WORDS.get(text, text)


def _say_languages(tree: str, page: str) -> str:
    """Return the tree of pages with the language of each link that is in another one than the page."""

    def marked(found: re.Match[str]) -> str:
        french = _is_french(_page_of(found[2], page))
        return (
            found[0]
            if french == _is_french(page)
            else found[0].replace("<a ", f'<a lang="{"fr" if french else "en"}" ')
        )

    tree = _LINK.sub(marked, tree)
    if _is_french(page):
        return re.sub(r'<span class="caption-text">(?!En français)', '<span class="caption-text" lang="en">', tree)
    return tree.replace(_CAPTION, _CAPTION.replace("<span ", '<span lang="fr" '))


def _in_its_language(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    del app, template, doctree
    context["furo_navigation_tree"] = _say_languages(context.get("furo_navigation_tree", ""), page)
    for which in ("next", "prev"):
        if other := context.get(which):
            language = "fr" if _is_french(_page_of(other["link"], page)) else "en"
            if (language == "fr") != _is_french(page):
                context[which] = {**other, "title": f'<span lang="{language}">{other["title"]}</span>'}
    if twin := {**TWINS, **_ENGLISH_TWINS}.get(page):
        language = "en" if _is_french(page) else "fr"
        link = f'<link rel="alternate" hreflang="{language}" href="{context["pathto"](twin)}">'
        context["metatags"] = context.get("metatags", "") + link
    if _is_french(page):
        context.update(language="fr", _=_translated, gettext=_translated)
        for english, french in _WORDS.items():
            context["body"] = context["body"].replace(f'title="{english}"', f'title="{french}"')


def _in_fixed_words(app: Sphinx, failed: Exception | None) -> None:
    if failed or app.builder.format != "html":
        return
    for page in TWINS:
        file = Path(app.builder.get_outfilename(page))
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            for english, french in _FIXED.items():
                text = text.replace(english, french)
            file.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register what stands above."""
    app.connect("html-page-context", _in_its_language, priority=900)  # after the theme's own
    app.connect("build-finished", _in_fixed_words)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
