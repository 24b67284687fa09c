"""Files that would take a reader's time or memory, made where a test needs them; none is larger than some megabytes."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tests.readers.small_files import SMALL

__all__ = ["MAKERS", "book_with"]

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_NATO: Final = SMALL["def-exp-2027-en.xlsx"]


def book_with(changes: dict[str, Callable[[bytes], bytes]], extra: dict[str, bytes] | None = None) -> bytes:
    """Return NATO's small workbook with some of its parts changed, and others added."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_NATO)) as source, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, changes.get(name, bytes)(source.read(name)))
        for name, part in (extra or {}).items():
            target.writestr(name, part)
    return content.getvalue()


def _in_sheet(body: bytes, mark: bytes = b"<sheetData>") -> bytes:
    return book_with(
        {
            "xl/worksheets/sheet1.xml": lambda part: part.replace(
                mark, body + mark if mark[1:2] == b"/" else mark + body, 1
            )
        }
    )


def _styles(item: bytes, count: int, holder: bytes) -> bytes:
    return book_with({"xl/styles.xml": lambda part: part.replace(b"</" + holder, item * count + b"</" + holder, 1)})


def _strings(count: int) -> bytes:
    table = f'<sst xmlns="{_MAIN}">'.encode() + b"<si><t>a</t></si>" * count + b"</sst>"
    return book_with({"xl/sharedStrings.xml": lambda _: table})


def _many_sheets(count: int) -> bytes:
    """Return a workbook in which one large part is many sheets, of which each is read for itself."""
    names = "".join(f'<sheet name="Table {n}" sheetId="{n + 50}" q:id="rId1"/>' for n in range(count)).encode()
    link = b' xmlns:q="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    return book_with(
        {
            "xl/workbook.xml": lambda part: part.replace(b"<workbook", b"<workbook" + link, 1).replace(
                b"</sheets>", names + b"</sheets>"
            ),
            "xl/worksheets/sheet1.xml": lambda part: part.replace(b"<sheetData>", b"<sheetData>" + b"<row/>" * 300_000),
        }
    )


def _renamed(part: bytes, link: bytes, names: bytes) -> bytes:
    return part.replace(b"<workbook", b"<workbook" + link, 1).replace(b"</sheets>", names + b"</sheets>")


def _zip(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def _many_parts(count: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.csv", b"")
    return packed.getvalue()


def _names(count: int) -> Iterator[str]:
    """Yield invented names that no country has, and that are like many."""
    generator = random.Random(7)
    for _ in range(count):
        yield "".join(generator.choices("aeionrstlmdpc ", k=14)).strip() + "ia"


def _again(seed: bytes, count: int, *columns: int) -> bytes:
    """Return a table with its last line many times, each with another invented name in some columns."""
    last = seed.decode().splitlines()[-1].split(",")
    lines = [seed.decode().rstrip("\n")]
    for name in _names(count):
        lines.append(",".join(name if at in columns else cell for at, cell in enumerate(last)))
    return "\n".join(lines).encode()


def _wide(seed: bytes, count: int) -> bytes:
    """Return a table with more columns, whose headers are invented names."""
    more = ",".join(_names(count))
    return "\n".join(f"{line},{more}" for line in seed.decode().splitlines()).encode()


def _repeated(seed: bytes, tag: bytes, count: int, changed: bytes = b"") -> bytes:
    """Return XML with its first element of a name many times; `changed` is a text in it that is numbered."""
    start = min(at for mark in (b">", b" ") if (at := seed.find(b"<" + tag + mark)) >= 0)
    end = seed.index(b"</" + tag + b">", start) + len(tag) + 3
    element = seed[start:end]
    more = (element.replace(changed, changed + b"%d" % n) if changed else element for n in range(count))
    return seed[:end] + b"".join(more) + seed[end:]


_RELEASE: Final = b'{"ocid":"a","releases":'
_CONTRACTS: Final = b"Buyer,Supplier,Origin,Value (EUR m),Currency\n"
_STYLE: Final = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
_TEXT: Final = b"<row><c t='inlineStr'><is><t>"
_PRODUCT: Final = b'{"class":"dataset","id":["a","time"],"size":[99999,99999],"dimension":{},"value":{}}'
_FORM: Final = b"<TED_EXPORT>"

MAKERS: Final[dict[str, Callable[[], bytes]]] = {
    "cells-without-place.xlsx": lambda: _in_sheet(b"<row>" + b"<c/>" * 900_000 + b"</row>"),
    "cells-in-many-rows.xlsx": lambda: _in_sheet((b"<row>" + b"<c><v>1</v></c>" * 40 + b"</row>") * 11_000),
    "texts-in-cells.xlsx": lambda: _in_sheet(b'<row><c t="inlineStr"><is><t>a</t></is></c></row>' * 190_000),
    "rows.xlsx": lambda: _in_sheet(b"<row/>" * 950_000),
    "rows-with-height.xlsx": lambda: _in_sheet(b'<row ht="2"/>' * 950_000),
    "a-cell-in-each-far-column.xlsx": lambda: _in_sheet(b'<row><c r="XFD1"><v>1</v></c></row>' * 100_000),
    "merged-cells.xlsx": lambda: _in_sheet(
        b"<mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 900_000 + b"</mergeCells>", b"</worksheet>"
    ),
    "sheets-that-share-a-part.xlsx": lambda: _many_sheets(1_000),
    "styles.xlsx": lambda: _styles(
        b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>', 110_000, b"cellXfs"
    ),
    "fonts.xlsx": lambda: _styles(b"<font><b/></font>", 55_000, b"fonts"),
    "strings.xlsx": lambda: _strings(55_000),
    "a-long-string.xlsx": lambda: _in_sheet(
        b"<row><c t='inlineStr'><is><t>" + b"a" * 60_000_000 + b"</t></is></c></row>"
    ),
    "deep.xlsx": lambda: _in_sheet(b"<row>" * 400_000 + b"</row>" * 400_000),
    "names-of-a-long-namespace.xlsx": lambda: _in_sheet(
        b'<row xmlns:p="' + b"x" * 500_000 + b'">' + b"".join(b"<p:a%d/>" % n for n in range(60_000)) + b"</row>"
    ),
    "formulas.xlsx": lambda: _in_sheet(b"<row>" + b"<c><f>1</f></c>" * 450_000 + b"</row>"),
    "many-parts.zip": lambda: _many_parts(60_000),
    "zip-in-zip.zip": lambda: _zip("inner.csv", _zip("a.csv", b"0" * 60_000_000)),
    "one-line.csv.gz": lambda: gzip.compress(b"a" * 63_000_000),
    "header.csv.gz": lambda: gzip.compress(b"Date,USD" + b"," * 60_000_000 + b"\n"),
    "header-in-quotes.csv.gz": lambda: gzip.compress(b"Date,USD\n" + b',,,,,,,,,"\n' * 5_000_000),
    "lines.csv.gz": lambda: gzip.compress(b"Date,USD\n" + b"\n" * 60_000_000),
    "ecb.csv.gz": lambda: gzip.compress(b"Date,USD,JPY,\n" + b"2024-12-31,1.0389,163.06,\n" * 400_000),
    "tsv.gz": lambda: gzip.compress(
        b"freq,siec,partner,unit,geo\\TIME_PERIOD"
        + b"".join(b"\t%d" % n for n in range(1000, 1900))
        + b"\n"
        + (b"A,G3000,NO,MIO_M3,PL" + b"\t: " * 900 + b"\n") * 2_100
    ),
    "ted.csv.gz": lambda: gzip.compress(
        SMALL["export_CAN_2022.csv"].split(b"\n")[0] + b"\n" + b"," * 8 + b"\n" * 100 + b'"' + b"x\n" * 20_000_000
    ),
    "lists.json": lambda: _RELEASE + b"[" + b"[]," * 900_000 + b"[]]}",
    "objects.json.gz": lambda: gzip.compress(_RELEASE + b"[" + b"{}," * 15_000_000 + b"{}]}"),
    "texts.json.gz": lambda: gzip.compress(_RELEASE + b"[" + b'"",' * 15_000_000 + b'""]}'),
    "quotes.json.gz": lambda: gzip.compress(_RELEASE + b"[" + b'"' * 60_000_000),
    "deep.json": lambda: _RELEASE + b"[" * 99 + b"1" + b"]" * 99 + b"}",
    "deeper.json": lambda: _RELEASE + b'{"a":' * 400_000 + b"1" + b"}" * 400_000 + b"}",
    "deep-lists.json": lambda: _RELEASE + b"[" * 90 + b"[]," * 900_000 + b"[]" + b"]" * 91,
    "lines.jsonl.gz": lambda: gzip.compress((b'{"ocid":"a","awards":[' + b"{}," * 5_000 + b"{}]}\n") * 1_000),
    "product.json": lambda: _PRODUCT,
    "elements.xml": lambda: _FORM + b"<a/>" * 8_000_000 + b"</TED_EXPORT>",
    "attributes.xml": lambda: _FORM + b"<a " + b" ".join(b'a%d=""' % n for n in range(990_000)) + b"/></TED_EXPORT>",
    "a-long-attribute.xml": lambda: _FORM + b'<a b="' + b"x" * 60_000_000 + b'"/></TED_EXPORT>',
    "a-long-namespace.xml": lambda: (
        b'<TED_EXPORT xmlns="'
        + b"x" * 1_000_000
        + b'">'
        + b"".join(b"<a%d/>" % n for n in range(100_000))
        + b"</TED_EXPORT>"
    ),
    "deep.xml": lambda: _FORM + b"<a>" * 400_000 + b"</a>" * 400_000 + b"</TED_EXPORT>",
    "utf-16.csv.gz": lambda: gzip.compress(("WEO Country Code\tISO\t" + "\U0001f600" * 15_000_000).encode("utf-16")),
    "wide.csv.gz": lambda: gzip.compress(b"Date,USD\n" + "\U0001f600".encode() + b"a" * 60_000_000),
    "blanks.html": lambda: b"<html>" + b"<title" * 10_000 + b" " * 50_000,
    "declarations.xml": lambda: b"<!DOCTYPE " * 6_000,
    "comments.xml": lambda: b"<!--" * 16_000,
    "names-of-no-country.csv": lambda: _again(SMALL["contracts.csv"], 45_000, 1, 3),
    "one-name-of-no-country.csv": lambda: (
        SMALL["contracts.csv"] + b"Atlantis,A maker,Lemuria,5760000000,USD,2022-08-26\n" * 49_000
    ),
    "contracts.csv": lambda: SMALL["contracts.csv"] + b"Poland,A maker,USA,5760000000,USD,2022-08-26\n" * 300_000,
    "contracts-of-49-thousand-rows.csv": lambda: (
        SMALL["contracts.csv"] + b"Poland,A maker,USA,5760000000,USD,2022-08-26\n" * 49_000
    ),
    "wide.csv": lambda: _wide(SMALL["contracts.csv"], 16_000),
    "parties-of-no-country.csv": lambda: _again(SMALL["import-values.csv"], 60_000, 0),
    "codes-of-no-country.csv": lambda: _again(SMALL["Data_Extract_From_WDI.csv"], 60_000, 1),
    "awards.xml": lambda: _repeated(SMALL["notice.xml"], b"AWARD_CONTRACT", 12_000),
    "tenders.xml": lambda: _repeated(SMALL["eform.xml"], b"LotTender", 12_000, b"<ID>T"),
    "tabs.tsv": lambda: b"a" + b"\t" * 65_000 + b"b",
    "digits.csv": lambda: b"a;" + b"1" * 65_000 + b"x",
}


def write(folder: Path, name: str) -> Path:
    """Write one of the files and return its path."""
    path = folder / name
    path.write_bytes(MAKERS[name]())
    return path
