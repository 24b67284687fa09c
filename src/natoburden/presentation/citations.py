"""The documents on which numbers are based, as text, BibTeX and CSL-JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from natoburden._version import __version__
from natoburden.calculators.results import Explained
from natoburden.errors import MissingSourceError, UnexpectedValueError
from natoburden.model.sources import Source, distinct
from natoburden.model.spending_commitments import UNSOURCED
from natoburden.presentation._harmless import for_json, visible
from natoburden.presentation.columns import Column, Columns, to_csv
from natoburden.presentation.formats import Format
from natoburden.presentation.formatting import format_date
from natoburden.presentation.messages import Translate, translation
from natoburden.presentation.tables import Page

__all__ = ["Bibliography", "cite", "library"]

_MOST_INPUTS = 6  # a footnote lists at most this many

_TEX = {
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}


@attrs.frozen(repr=False)
class Bibliography(Page):
    """Documents and the calculations based on them; each document has a key made of publisher, year and title."""

    items: tuple[Source, ...]
    calculations: tuple[Explained, ...] = attrs.field(default=(), repr=False)

    @property
    def rows(self) -> tuple[tuple[str, Source], ...]:
        """The documents, each with its key."""
        return tuple(zip(self.keys, self.items, strict=True))

    def _title(self, _: Translate) -> str:
        return _("Sources")

    def _columns(self, _: Translate) -> Columns[tuple[str, Source]]:
        return (
            Column("key", lambda row: row[0], (_("key"),)),
            Column("reference", lambda row: _reference(row[1], _.locale), (_("reference"),)),
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """A unique key for each document; the same documents give the same keys in every run."""
        found: list[str] = []
        for source in self.items:
            if source == library():
                found.append("natoburden")
                continue
            year = str(source.date.year) if source.date else "nd"
            key = f"{_word(source.publisher or source.url)}{year}{_word(source.title)}"
            same = sum(known.partition("-")[0] == key for known in found)
            found.append(f"{key}-{same + 1}" if same else key)
        return tuple(found)

    def _as_lines(self, _: Translate) -> Iterator[str]:
        return (_reference(source, _.locale) for source in self.items)

    def to_bibtex(self) -> str:
        """Return the documents as BibTeX; characters that TeX would read as commands are escaped."""
        entries = []
        for key, source in self.rows:
            fields = {
                "author": f"{{{_tex(source.publisher)}}}" if source.publisher else "",
                "title": f"{{{_tex(source.title)}}}",
                "year": str(source.date.year) if source.date else "",
                "date": source.date.isoformat() if source.date else "",
                "url": source.url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"),
                "urldate": source.accessed.isoformat() if source.accessed and source.url else "",
                "version": _tex(_version_of(source)),
                "note": _tex("; ".join(part for part in (source.locator, source.licence) if part)),
            }
            lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
            entries.append("\n".join([f"@misc{{{key},", *lines, "}"]))
        return "\n\n".join(entries) + "\n"

    def to_footnote(self) -> str:
        """Return the text of a footnote: each calculation with its inputs, edition, formula and library version.

        Figures and calculations are in English, as in `explain`. Without a calculation, the text has only references.
        """
        if not self.calculations:
            return "\n".join(map(visible, self._as_lines(translation("en"))))
        return "\n\n".join(visible(_footnote(result)) for result in self.calculations)

    def to_json(self) -> str:
        """Return the documents as CSL-JSON, which reference managers read."""
        return for_json(json.dumps([*self._csl()], ensure_ascii=False, indent=2)) + "\n"

    def to_csv(self, *, locale: str = "en") -> str:
        """Return the references as CSV, one per line, each with its key."""
        return to_csv(self._columns(translation(locale)), self.rows)

    def _writers(self, *, locale: str) -> dict[Format, Callable[[], str | bytes]]:
        of_its_own: dict[Format, Callable[[], str | bytes]] = {
            "bibtex": self.to_bibtex,
            "csv": lambda: self.to_csv(locale=locale),
        }
        return super()._writers(locale=locale) | of_its_own

    def _csl(self) -> Iterator[dict[str, Any]]:
        for key, source in self.rows:
            version = _version_of(source)
            item: dict[str, Any] = {"id": key, "type": "software" if version else "report", "title": source.title}
            if version:
                item["version"] = version
            if source.publisher:
                item |= {"author": [{"literal": source.publisher}], "publisher": source.publisher}
            if source.date:
                item["issued"] = {"date-parts": [[source.date.year, source.date.month, source.date.day]]}
            if source.accessed:
                day = source.accessed
                item["accessed"] = {"date-parts": [[day.year, day.month, day.day]]}
            if source.url:
                item["URL"] = source.url
            if note := "; ".join(part for part in (source.locator, source.licence, source.note) if part):
                item["note"] = note
            yield item


def cite(*values: object) -> Bibliography:
    """Return every document on which values are based: results, tables, observations, contracts, claims or sources.

    Documents that differ only by their notes count as one. `Bibliography.to_footnote` describes how a result was
    calculated. Raises `UnexpectedValueError` for a value without a source, and `MissingSourceError` for a target of
    your own without a source.

    >>> import natoburden as nb
    >>> gap = nb.targets.gap(nb.datasets.defence_expenditure("2026-07"), "DEU", 2025, nb.HAGUE_CORE)
    >>> print(cite(gap).to_text(), end="")
    NATO, Defence Investment of NATO Countries (2014-2026), July 10, 2026.
    NATO, The Hague Summit Declaration, June 25, 2025.
    >>> cite(gap).keys
    ('nato2026defence', 'nato2025hague')
    """
    calculations = tuple(value for value in values if isinstance(value, Explained))
    found = distinct(source for value in values for source in _of(value))
    if bare := next((value for value in calculations if not any(True for _ in _of(value))), None):
        raise MissingSourceError(f"the result {bare.headline!r}, whose figures were given without documents,")
    if UNSOURCED in found:
        raise MissingSourceError("your own target, which Target.floor(..., source=Source(...)) gives one,")
    return Bibliography(found, calculations)


def library() -> Source:
    """Return the library itself as a source, with its version.

    >>> print(library().title, "|", library().publisher)
    natoburden: who carries an alliance's burden | The natoburden developers
    """
    return Source(
        title="natoburden: who carries an alliance's burden",
        publisher="The natoburden developers",
        locator=f"version {__version__}",
        licence="MIT",
    )


def _version_of(source: Source) -> str:
    """Return the library's version if the source is the library; an empty text for any other document."""
    return __version__ if source == library() else ""


def _footnote(result: Explained) -> str:
    """Return a calculation as one text."""
    found = "; ".join(map(str, result.findings))
    inputs = [said for what, said in result.working if what == "input"]
    editions = sorted({str(edition) for item in result.evidence if (edition := getattr(item, "edition", None))})
    if len(inputs) > _MOST_INPUTS:
        of = f" of edition {', '.join(editions)}" if editions else ""
        inputs = [f"{len(inputs)} figures{of}, which explain() lists"]
    documents = "; ".join(_reference(source, "en").removesuffix(".") for source in result.sources)
    parts = (
        f"{result.headline}: {found}",
        result.note,
        f"Own calculation with natoburden {__version__}: {result.formula}",
        f"Status: {result.status.value}",
        f"Inputs: {'; '.join(inputs)}" if inputs else "",
        f"Sources: {documents}" if documents else "",
    )
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _of(value: object) -> Iterator[Source]:
    if isinstance(value, Source):
        yield value
        return
    several = getattr(value, "sources", None)
    if several is not None and not callable(several):
        yield from several
        return
    for holder in (value, getattr(value, "edition", None)):
        if isinstance(one := getattr(holder, "source", None), Source):
            yield one
            yield from getattr(holder, "more_sources", ())
            return
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _of(item)
        return
    raise UnexpectedValueError("something with a source", repr(value)[:80], "give a result, table or record")


def _reference(source: Source, locale: str) -> str:
    day = format_date(source.date, locale=locale) if source.date else ""
    parts = (source.publisher, source.title, day, source.locator)
    where = f" {source.url}" if source.url else ""
    return f"{', '.join(part for part in parts if part)}.{where}"


def _word(text: str) -> str:
    """Return the first significant word in plain lower-case letters, for a key."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"^https?://(www\.)?", "", plain))
    return next((word for word in words if word not in {"the", "a", "of", "on", "for"}), "source")


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in visible(text))
