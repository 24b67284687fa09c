"""Figures of your own from a small CSV file: country, year, value, source."""

from __future__ import annotations

import csv
from pathlib import Path

from natoburden.errors import DocumentError, DocumentFault
from natoburden.model.figures import YearlyFigures
from natoburden.model.sources import Source

__all__ = ["load_yearly_figures"]


def load_yearly_figures(path: Path | str, name: str, *, source: Source | None = None) -> YearlyFigures:
    """Read figures by country and year from a CSV file with the columns country, year, value and source.

    Countries may be written by any name or code. Values have a point and no separators; a row with a blank value is
    left out. The column ``source`` has the title of each row's document; a file without this column needs one `source`
    for all rows. Raises one `DocumentError` that lists every fault by row, counted from zero. Raises `OSError` for a
    file that cannot be opened.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "attacks.csv"
    >>> _ = file.write_text('''country,year,value,source
    ... Poland,2025,3,An invented register
    ... FIN,2025,0,An invented register
    ... ''')
    >>> print(load_yearly_figures(file, "terrorist attacks"))
    terrorist attacks, 2025, 2 countries
    """
    where = Path(path)
    with where.open(encoding="utf-8-sig", newline="") as file:
        try:
            rows = list(csv.DictReader(file))
        except UnicodeDecodeError as error:
            fault = DocumentFault("file", f"it is not UTF-8, from byte {error.start} on: save it as CSV UTF-8")
            raise DocumentError(where.name, [fault]) from error
        except csv.Error as error:
            raise DocumentError(where.name, [DocumentFault("file", f"it is no CSV: {error}")]) from error
    return YearlyFigures.from_rows(name, rows, source=source, document=where.name)
