"""Pages as Excel workbooks; figures are real numbers, and notes and sources have a sheet of their own."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from natoburden.errors import MissingExtraError
from natoburden.model._numbers import CONTEXT, rounded
from natoburden.model.money import Money
from natoburden.model.shares import Rate, Share
from natoburden.presentation._harmless import visible
from natoburden.presentation.columns import Column, Figure, as_lines, figure_of, shown_columns
from natoburden.presentation.formatting import format_number
from natoburden.presentation.messages import Translate, translation

if TYPE_CHECKING:
    from natoburden.presentation.tables import Page

__all__ = ["to_xlsx"]

_WIDEST, _NARROWEST = 60, 9  # columns, in characters
_LONGEST = 32_767  # characters of a cell, by Excel's limits
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_FIGURE_OF_MONEY_SCALES = (0, 3)  # millions, or billions


@attrs.frozen
class _Number:
    """A number with the format in which Excel shows it."""

    value: Decimal
    format: str


def to_xlsx(page: Page, *, locale: str = "en") -> bytes:
    """Return a page as an Excel workbook; this needs openpyxl, which the extra ``readers`` installs.

    The first sheet is the page's table, and a further table has its own sheet. After the tables, one sheet has notes
    and sources, and one sheet has the same data as CSV. A mark beside a figure, such as *e* for an estimate, belongs to
    the cell's format; the cell's value is a number. A missing figure is ``..``: Excel cannot calculate with this text,
    but would treat an empty cell as zero.
    """
    try:
        from openpyxl import Workbook  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtraError("an Excel workbook", "openpyxl", "readers") from error
    _, book = translation(locale), Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = _text(page.title(locale=locale))
    book.properties.creator = "natoburden"
    pages = [page]
    while (last := pages[-1].further) is not None:
        pages.append(last)
    for number, part in enumerate(pages, start=1):
        name = _("Table")
        _add_table(book, name if len(pages) == 1 else f"{name} {number}", part, _)
    _add_notes(book, pages, _)
    _add_data(book, page, _)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _add_table(book: Any, name: str, page: Page, _: Translate) -> None:
    table = page.to_table(locale=_.locale).in_full
    columns = shown_columns(page._columns(_))  # noqa: SLF001 # what a page declares
    figures = [[_cell(column, row, _) for column in columns] for row in (*page._ordered(_), *page.totals)]  # noqa: SLF001
    heads = [heading.title for heading in table.headings]
    sheet = book.create_sheet(name)
    _fill(sheet, heads, figures, bold_from=len(table.rows))
    for number, heading in enumerate(table.headings, start=1):
        if heading.is_figure:
            for [cell] in sheet.iter_rows(min_col=number, max_col=number):
                cell.alignment = _alignment("right", wraps=cell.row == 1)


def _add_notes(book: Any, pages: Sequence[Page], _: Translate) -> None:
    sheet = book.create_sheet(_("Notes and sources"))
    sheet.column_dimensions["A"].width = 110
    lines: list[tuple[str, bool]] = []
    for page in pages:
        table = page.to_table(locale=_.locale)
        lines += [(table.title, True), *((line.strip(), False) for line in (*table.lead, *table.notes)), ("", False)]
    addresses = dict.fromkeys(source.url for page in pages for source in page.sources if source.url)
    for row, (line, is_title) in enumerate([*lines, *((url, False) for url in addresses)], start=1):
        _write(sheet, row, 1, line, bold=is_title)
        sheet.cell(row, 1).alignment = _alignment("left", wraps=True)


def _add_data(book: Any, page: Page, _: Translate) -> None:
    header, lines = as_lines(page._columns(translation("en")), (*page.rows, *page.totals))  # noqa: SLF001
    if header:
        _fill(book.create_sheet(_("Data")), header, ([*map(_year_as_number, line)] for line in lines))


def _year_as_number(value: object) -> object:
    """Return a year written as text as a number; any other value is unchanged."""
    return int(value) if isinstance(value, str) and _YEAR.fullmatch(value) else value


def _fill(sheet: Any, header: Sequence[str], rows: Iterable[Sequence[object]], *, bold_from: int = -1) -> None:
    """Write rows below a header that stays visible when scrolling; columns are as wide as their contents."""
    widths = [max(map(len, head.split(" "))) for head in header]
    for column, head in enumerate(header, start=1):
        _write(sheet, 1, column, head, bold=True)
        sheet.cell(1, column).alignment = _alignment("left", wraps=True)
    for number, row in enumerate(rows):
        for column, value in enumerate(row, start=1):
            shown = _write(sheet, number + 2, column, value, bold=0 <= bold_from <= number)
            widths[column - 1] = max(widths[column - 1], min(len(shown), _WIDEST))
            if len(shown) > _WIDEST:
                sheet.cell(number + 2, column).alignment = _alignment("left", wraps=True)
    for cell, width in zip(sheet[1], widths, strict=True):
        sheet.column_dimensions[cell.column_letter].width = max(width, _NARROWEST) + 2
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _write(sheet: Any, row: int, column: int, value: object, *, bold: bool = False) -> str:
    """Write a value to a cell, and return the value as text; a text is never written as a formula."""
    from openpyxl.styles import Font  # type: ignore[import-untyped]

    cell: Any = sheet.cell(row, column)
    if bold:
        cell.font = Font(bold=True)
    match value:
        case None | "":
            return ""
        case _Number():
            cell.value, cell.number_format = value.value, value.format
            return f"{value.value:.2f}"
        case bool():
            cell.value = value
        case int() | float() | Decimal():
            cell.value = value
        case dt.date():
            cell.value, cell.number_format = value, "yyyy-mm-dd"
        case _:
            cell.value = _text(str(value))
            cell.data_type = "s"  # openpyxl takes what begins with "=" for a formula
            cell.quotePrefix = True  # so does Excel, when the cell is edited
    return str(value)


def _cell(column: Column[Any], row: Any, _: Translate) -> object:
    """Return a cell's value: a number if the cell's text shows a number, otherwise the text."""
    value = column.value(row)
    text = column.format(value, _)
    if isinstance(value, bool) or (isinstance(value, int | dt.date) and text == str(value)):
        return value  # the text of a date is its ISO form
    behind = value if column.measured is None else column.measured(value)
    if not (isinstance(column.format, Figure) or column.measured):
        return text
    figure = figure_of(behind)
    if figure is None:
        return text
    is_share = isinstance(behind, Share | Rate) or column.name.endswith("_percent")
    is_money = isinstance(behind, Money) or "_million_" in column.name
    for scaled, decimals, shown in _ways(column.format, behind, figure, _):
        before, found, after = text.partition(shown)
        if found:
            exact = scaled.scaleb(-2, context=CONTEXT) if is_share else scaled
            return _Number(exact, _format(decimals, before, after, is_share=is_share, is_money=is_money))
    return text


def _ways(form: object, value: object, figure: Decimal, _: Translate) -> Iterator[tuple[Decimal, int, str]]:
    """Yield the ways in which a text may show a figure: the scaled figure, the number of decimals, and the text."""
    if isinstance(form, Figure):
        scaled = figure.scaleb(-form.scale, context=CONTEXT)
        yield scaled, form.decimals, form(value, _)
        return
    for scale in _FIGURE_OF_MONEY_SCALES if isinstance(value, Money | Decimal) else (0,):
        scaled = figure.scaleb(-scale, context=CONTEXT)
        for decimals in (2, 1, 0):
            for is_grouped in (False, True):
                yield scaled, decimals, format_number(scaled, decimals, locale=_.locale, grouped=is_grouped)
        if scaled == rounded(scaled, 1):
            yield scaled, 1, format_number(scaled, 1, locale=_.locale, trim=True)


def _format(decimals: int, before: str, after: str, *, is_share: bool, is_money: bool) -> str:
    """Return a number format of Excel, with the marks before and after the number as literal text."""
    digits = f"0.{'0' * decimals}" if decimals else "0"
    if is_money:
        digits = f"#,##{digits}"
    number = f"{digits}%" if is_share else digits
    return f"{_literal(before)}{number}{_literal(after)}"


def _literal(text: str) -> str:
    return f'"{text.replace(chr(34), "")}"' if text else ""


def _alignment(side: str, *, wraps: bool) -> Any:
    from openpyxl.styles import Alignment

    return Alignment(horizontal=side, vertical="top", wrap_text=wraps)


def _text(text: str) -> str:
    """Return a text for a workbook; characters that XML does not allow are escaped."""
    shown = _NOT_IN_XML.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), visible(text))
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
