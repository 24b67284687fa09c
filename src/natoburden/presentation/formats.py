"""The formats of files, which follow from the suffixes of their names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from natoburden.errors import UnexpectedValueError, UnknownNameError
from natoburden.model._vocabulary import nearest

__all__ = ["BINARY", "SUFFIXES", "Format", "form_of"]

Format: TypeAlias = Literal["table", "csv", "json", "markdown", "html", "xlsx", "latex", "parquet", "bibtex"]

SUFFIXES: Mapping[str, Format] = {
    ".txt": "table",
    ".csv": "csv",
    ".json": "json",
    ".md": "markdown",
    ".html": "html",
    ".xlsx": "xlsx",
    ".tex": "latex",
    ".parquet": "parquet",
    ".bib": "bibtex",
}
BINARY: Collection[Format] = frozenset({"xlsx", "parquet"})


def form_of(path: Path | str | None, form: Format | None = None, *, valid: Collection[str] | None = None) -> Format:
    """Return the format of a file by its suffix; without a suffix, return the given format or ``table``.

    Raises `UnknownNameError` for an unknown suffix, and `UnexpectedValueError` if suffix and format do not agree.

    >>> form_of("gap.xlsx"), form_of(None), form_of("gap", "csv")
    ('xlsx', 'table', 'csv')
    """
    forms = [*SUFFIXES.values()] if valid is None else [*valid]
    if form is not None and form not in forms:
        raise UnknownNameError("format", str(form), tuple(forms), nearest(str(form), forms))
    suffix = "" if path is None else Path(path).suffix.lower()
    if not suffix:
        return form or "table"
    known = {name: of for name, of in SUFFIXES.items() if of in forms}
    if suffix not in known:
        raise UnknownNameError("suffix", suffix, tuple(known), nearest(suffix, known))
    if form not in (None, known[suffix]):
        hint = f"the suffix of {Path(path or '').name} says {known[suffix]}: leave the format out, or change the name"
        raise UnexpectedValueError("its format", str(form), hint)
    return known[suffix]
