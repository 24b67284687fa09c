"""A spreadsheet for your own contracts, with the columns, the valid words, and an example row that is not read."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from natoburden._whole import written_whole
from natoburden.errors import MissingExtraError, UnknownNameError
from natoburden.presentation.columns import Column, Columns
from natoburden.presentation.messages import N_, Translate
from natoburden.presentation.tables import Page
from natoburden.readers.sheets._fields import FIELDS, Field

__all__ = ["TemplatePage", "write_contract_template"]

_SUFFIXES: Final = (".csv", ".xlsx")
# What a column holds.
_MEANINGS: Final = {
    "key": N_("A name of your choice, once in the file; without it, rows are called by their number."),
    "buyer": N_("The country that buys, by any name or code; several with semicolons between them."),
    "supplier": N_("The company that sells; several with semicolons between them. Needed, unless origin is given."),
    "origin": N_("The supplier's country; several with semicolons between them are not split. Empty is unknown."),
    "system": N_("What is bought."),
    "area": N_("The capability area; several with semicolons between them are not split. Empty counts as other."),
    "value": N_("The amount, as it was published; empty is undisclosed. The scale is in the header: value (EUR m)."),
    "value_high": N_("The upper end, where the value is a range."),
    "currency": N_("The currency of the amount, by its code."),
    "kind": N_("What the amount is; a ceiling or a budget is not a contract. Empty counts as contract."),
    "date": N_("When it was signed or announced: 2025, 2025-06 or 2025-06-25. Empty is undated."),
    "status": N_("How far the purchase has come. Empty counts as announced."),
    "quantity": N_("How many, as a whole number or in words."),
    "part_of": N_("The key of the contract whose value holds this one's, so that it does not count twice."),
    "source": N_("The document that says so; without it, the file itself is the source."),
    "url": N_("The address of that document."),
    "note": N_("Anything else."),
}
_ROWS = 1_000  # rows with a list of valid words
_LISTS = 7  # the column of the second sheet with the first of these lists


@attrs.frozen(kw_only=True, repr=False)
class TemplatePage(Page):
    """A page that lists the template's columns and the valid words of each column; `file` is the file written."""

    file: str = ""

    @property
    def rows(self) -> Sequence[Field]:
        """The fields of a contract, in the order of the columns."""
        return FIELDS

    def _title(self, _: Translate) -> str:
        return _("{file} is written; its columns").format(file=self.file) if self.file else _("Columns of contracts")

    def _columns(self, _: Translate) -> Columns[Field]:
        return (
            Column("column", lambda field: field.name, (_("column"),)),
            Column("holds", lambda field: _(_MEANINGS[field.name]), (_("holds"),)),
            Column("valid", _valid, (_("valid words"),)),
        )

    def _notes(self, _: Translate) -> tuple[str, ...]:
        return (_("Needed are buyer, value, and supplier or origin. Rows that begin with # are not read."),)


def write_contract_template(path: Path | str) -> None:
    """Write the template as .xlsx, which needs the extra ``readers``, or as .csv.

    Raises `FileExistsError` for an existing file, which is never replaced. Raises `UnknownNameError` for a suffix other
    than .xlsx and .csv.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "contracts.csv"
    >>> write_contract_template(file)
    >>> print(file.read_text(encoding="utf-8-sig")[:47])
    key,buyer,supplier,origin,system,area,value,val
    """
    file = Path(path)
    if file.suffix.lower() not in _SUFFIXES:
        raise UnknownNameError("kind of template", file.suffix or file.name, _SUFFIXES)
    content = _as_workbook() if file.suffix.lower() == ".xlsx" else _as_csv()
    with written_whole(file, "wb", replaces=False) as opened:
        opened.write(content)


def _valid(field: Field) -> str:
    return ", ".join(field.valid)


def _example() -> list[str]:
    first, *others = (field.example for field in FIELDS)
    return [f"# {first}", *others]


def _as_csv() -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([[field.name for field in FIELDS], _example()])
    return text.getvalue().encode("utf-8-sig")  # Excel recognises the encoding by its mark


def _as_workbook() -> bytes:
    try:
        import openpyxl  # type: ignore[import-untyped] # it ships no types
        from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]
        from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtraError("writing a workbook", "openpyxl", "readers") from error
    book = openpyxl.Workbook()
    sheet, about = book.active, book.create_sheet("Columns")
    sheet.title = "Contracts"
    sheet.append([field.name for field in FIELDS])
    sheet.append(_example())
    about.append(["column", "needed", "holds", "valid words", "example"])
    for field in FIELDS:
        about.append([field.name, _needed(field), _MEANINGS[field.name], _valid(field), field.example])
    for cells, font in ((sheet[1], Font(bold=True)), (sheet[2], Font(italic=True, color="808080"))):
        for cell in cells:
            cell.font = font
    for cell in about[1]:
        cell.font = Font(bold=True)
    for number, field in enumerate(FIELDS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(12, len(field.example) + 2)
    for place, field in enumerate(field for field in FIELDS if field.valid):
        _offer_words(sheet, about, get_column_letter(FIELDS.index(field) + 1), get_column_letter(_LISTS + place), field)
    for letter, width in zip("ABCDE", (12, 10, 70, 60, 32), strict=True):
        about.column_dimensions[letter].width = width
        for cell in about[letter]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = about.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _needed(field: Field) -> str:
    return "yes" if field.is_needed else "or origin" if field.name == "supplier" else ""


def _offer_words(sheet: Any, about: Any, letter: str, beside: str, field: Field) -> None:
    """Offer the valid words of a column in a list; other text in a cell, such as two areas, only causes a warning."""
    from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped] # it ships no types

    for number, word in enumerate(("valid: " + field.name, *field.valid), start=1):
        about[f"{beside}{number}"] = word
    words = f"Columns!${beside}$2:${beside}${len(field.valid) + 1}"
    rule = DataValidation(type="list", formula1=words, allow_blank=True, errorStyle="warning")
    sheet.add_data_validation(rule)
    rule.add(f"{letter}3:{letter}{_ROWS}")
