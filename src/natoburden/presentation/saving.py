"""Pages and results saved as files; the suffix of the file's name decides the format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from natoburden.calculators.results import Explained, ResultTable
from natoburden.errors import UnexpectedValueError
from natoburden.presentation.formats import Format
from natoburden.presentation.tables import Page

if TYPE_CHECKING:
    from natoburden.presentation.results_page import Columnar

__all__ = ["save"]


def save(
    what: Page | Explained | ResultTable[Any] | Columnar,
    path: Path | str,
    form: Format | None = None,
    *,
    locale: str = "en",
) -> None:
    """Write a page, a result or a table of results to a file, in the format of its suffix.

    An object with a method `to_columns`, such as a collection of records, can be saved too.

    The suffixes are ``.xlsx``, ``.csv``, ``.json``, ``.md``, ``.html``, ``.tex``, ``.parquet`` and ``.txt``; for a name
    without a suffix, `form` is the format. An existing file is replaced only after everything is written; if writing
    fails, the file is unchanged. Raises `UnknownNameError` for an unknown suffix, `UnexpectedValueError` if suffix and
    format do not agree, and `MissingExtraError` if the library for a format is missing.

    >>> import tempfile
    >>> import natoburden as nb
    >>> gaps = nb.targets.group_gap(nb.datasets.defence_expenditure("2026-07"), "NATO", 2025, nb.HAGUE_CORE).members
    >>> file = Path(tempfile.mkdtemp()) / "gaps.md"
    >>> save(gaps, file)
    >>> print(file.read_text(encoding="utf-8")[:51])
    **Gap of each ally in 2025 to the Hague core target
    """
    if isinstance(what, Page):
        what.save(path, form, locale=locale)
    elif isinstance(what, Explained) or callable(getattr(what, "to_columns", None)):
        from natoburden.presentation.results_page import page_of_results

        page_of_results(what).save(path, form, locale=locale)
    else:
        raise UnexpectedValueError("what to save", repr(what)[:80], "give a result, a table of results or a page")
