"""Files in every format: what the suffix says, whole or not at all, with real numbers and nothing that acts."""

from __future__ import annotations

import inspect
import io
import json
import re
import shutil
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import openpyxl  # type: ignore[import-untyped]
import polars as pl
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

import natoburden as nb
from natoburden.errors import MissingExtraError, UnexpectedValueError, UnknownNameError
from natoburden.model.sources import Source
from natoburden.presentation.cli import main
from natoburden.presentation.columns import Column, Columns, Figure
from natoburden.presentation.formats import SUFFIXES, form_of
from natoburden.presentation.latex import escaped
from natoburden.presentation.messages import Translate
from natoburden.presentation.purchases_page import purchase_list
from natoburden.presentation.results_page import page_of_results
from natoburden.presentation.saving import save
from natoburden.presentation.tables import Page

TABLE = nb.datasets.defence_expenditure("2026-07")
BRIEF = nb.brief(TABLE, year=2025, targets=[nb.HAGUE_CORE])
EVIL = '=HYPERLINK("http://x","y")'


@attrs.frozen(repr=False)
class Odd(Page):
    """A page of other people's texts and of every kind of cell."""

    rows: tuple[Any, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        return (Source(title="@evil", publisher="=1+1", url="https://example.org/"),)

    def _title(self, _: Translate) -> str:
        return "=1+1"

    def _columns(self, _: Translate) -> Columns[Any]:
        return (
            Column("a", lambda row: row[0], ("=a",)),
            Column("b", lambda row: row[1], ("b",), Figure()),
            Column("c", lambda row: row[2], ("c",)),
        )


def book_of(page: Page, **options: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(page.to_xlsx(**options)))


# --- the suffix -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix != ".bib"])
def test_a_suffix_decides_the_format(suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / f"gap{suffix}"
    assert main(["gap", "Germany", "--edition", "2026-07", "--year", "2025", "-o", str(file)]) == 0
    assert capsys.readouterr().out == ""
    begins = {".xlsx": b"PK", ".parquet": b"PAR1", ".json": b"{", ".html": b"<!DOCTYPE html>", ".csv": b"edition,"}
    begins |= {".tex": b"% \\usepackage{booktabs", ".md": b"**Gap to targets", ".txt": b"Gap to targets"}
    assert file.read_bytes().startswith(begins[suffix])
    assert [*tmp_path.iterdir()] == [file]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("-o brief.pdf", "unknown suffix '.pdf'; valid: .txt, .csv, .json, .md, .html, .xlsx, .tex, .parquet"),
        ("-o brief.xls", "did you mean '.xlsx'"),
        ("-o brief.bib", "unknown suffix '.bib'"),
        ("-o brief.csv --format json", "the suffix of brief.csv says csv: leave the format out"),
    ],
)
def test_a_suffix_that_is_none_or_disagrees_is_refused_before_anything_is_written(
    arguments: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        main(["brief", *arguments.split()])
    assert left.value.code == 2
    assert words in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []


def test_a_format_may_agree_and_a_name_without_a_suffix_takes_it() -> None:
    assert form_of("x.CSV", "csv") == form_of("x.csv") == form_of("x", "csv") == "csv"
    with pytest.raises(UnknownNameError, match="unknown format 'excel'"):
        form_of("x", "excel")  # type: ignore[arg-type]


def test_a_file_stays_as_it_was_if_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "brief.csv"
    file.write_text("as it was")

    def fail(_self: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(Page, "to_csv", fail)
    with pytest.raises(KeyboardInterrupt):
        BRIEF.save(file)
    assert file.read_text() == "as it was"
    assert [*tmp_path.iterdir()] == [file]


def test_bytes_go_down_a_pipe_and_never_to_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped = subprocess.run(
        [sys.executable, "-m", "natoburden", "brief", "--format", "xlsx"], capture_output=True, check=True
    )
    assert openpyxl.load_workbook(io.BytesIO(piped.stdout)).sheetnames[0] == "Table"
    monkeypatch.setattr("natoburden.presentation.cli._is_a_terminal", lambda: True)
    with pytest.raises(SystemExit):
        main(["brief", "--format", "parquet"])
    assert "name a file with -o" in capsys.readouterr().err


# --- Excel ------------------------------------------------------------------------------------------------


def test_a_workbook_has_numbers_marks_and_units_a_frozen_header_and_its_notes_on_a_second_sheet() -> None:
    book = book_of(BRIEF)
    assert book.sheetnames == ["Table", "Notes and sources", "Data"]
    sheet = book["Table"]
    heads = [cell.value for cell in sheet[1]]
    assert heads == [
        "Ally",
        "share % GDP",
        "real change %",
        "3.5% pp",
        "gap 3.5% USD bn",
        "equipment %",
        "promised % GDP",
    ]
    assert sheet.freeze_panes == "B2"
    germany = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "Germany")
    assert [cell.value for cell in germany[1:]] == pytest.approx([0.0222, 0.1126, 1.28, 64.841085, 0.2521, 0.035])
    shown = [cell.number_format for cell in germany[1:]]
    assert shown == ['0.00%"e"', "0.00%", "0.00", "#,##0.00", "0.0%", '0.0%"/29"']
    iceland = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "Iceland")
    assert iceland[1].value == ".."
    assert sheet.column_dimensions["A"].width > len("NATO Europe and Canada")
    told = [row[0].value for row in book["Notes and sources"].iter_rows()]
    assert "Source: NATO, The Hague Summit Declaration, 2025-06-25" in told
    assert "e: estimate." in told


def test_the_sheet_of_data_is_the_csv_with_numbers() -> None:
    rows = [*book_of(BRIEF)["Data"].iter_rows(values_only=True)]
    names, germany = rows[0], next(row for row in rows if row[3] == "DEU")
    assert ",".join(names) == BRIEF.to_csv().splitlines()[0]
    assert germany[names.index("gap_million_usd")] == pytest.approx(64841.085)


def test_a_mark_before_a_figure_is_part_of_its_format() -> None:
    page = purchase_list("NATO_EUROPE", table=TABLE, since=2022)
    cells = [cell for row in book_of(page)["Table"].iter_rows(min_row=2) for cell in row]
    marked = [cell for cell in cells if cell.number_format.startswith('"≥"')]
    assert marked
    assert all(isinstance(cell.value, int | float) for cell in marked)


def test_a_workbook_in_french_has_french_headings_and_the_same_numbers() -> None:
    sheet = book_of(BRIEF, locale="fr")["Tableau"]
    assert [cell.value for cell in sheet[1]][:3] == ["Allié", "part % PIB", "variation réelle %"]
    germany = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "Allemagne")
    assert germany[4].value == pytest.approx(64.841085)


def test_other_peoples_formulas_are_texts_in_a_workbook() -> None:
    page = Odd(((EVIL, None, "\x1b]2;x\ud800"), ("+1", Decimal("1.5"), "x" * 40_000), ("@x", Decimal(-2), None)))
    book = book_of(page)
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    table = book["Table"]
    assert table["A2"].value == EVIL
    assert table["A2"].quotePrefix
    assert table["C2"].value == r"\x1b]2;x\ud800"
    assert len(table["C3"].value) == 32_767
    assert [table[f"B{row}"].value for row in (2, 3, 4)] == ["..", 1.5, -2]


def test_a_second_table_has_a_sheet_of_its_own() -> None:
    from natoburden.presentation.article_page import article_brief

    assert book_of(article_brief(table=TABLE)).sheetnames == ["Table 1", "Table 2", "Notes and sources", "Data"]


def test_what_writes_a_workbook_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match="openpyxl"):
        BRIEF.to_xlsx()


# --- LaTeX ------------------------------------------------------------------------------------------------


def test_latex_has_booktabs_a_caption_with_the_edition_and_the_sources() -> None:
    text = BRIEF.to_latex()
    assert text.startswith("% \\usepackage{booktabs}\n\\begin{table}\n")
    assert "\\caption{Defence expenditure and gaps to targets, NATO Total, 2025 (edition 2026-07)}" in text
    assert "\\begin{tabular}{lrrrrrr}" in text
    assert re.search(r"^Germany & 2\.22e & 11\.26 & 1\.28 & 64\.84 & 25\.2 & 3\.5/29 \\\\$", text, re.MULTILINE)
    assert re.search(r"^Estonia & 3\.93e & 19\.31 & \$-\$0\.43 & \$-\$0\.20 ", text, re.MULTILINE)
    assert "Source: NATO, The Hague Summit Declaration, 2025-06-25" in text
    for rule in ("toprule", "midrule", "bottomrule"):
        assert f"\\{rule}" in text


@pytest.mark.parametrize("page", [BRIEF, Odd(((EVIL, Decimal(-1), "\\input{x}"),)), nb.cite(nb.datasets.events())])
def test_every_row_of_latex_has_every_cell_and_every_brace_its_fellow(page: Page) -> None:
    text = page.to_latex()
    table = page.to_table()
    lines = [line for line in text.splitlines() if line.endswith(r" \\")]
    assert {line.replace(r"\&", "").count("&") for line in lines} == {len(table.headings) - 1}
    assert len(lines) >= len(table.rows) + 1
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}")
    assert text.count("\\begin{") == text.count("\\end{")
    assert "\\input" not in text


def test_a_long_table_goes_over_pages_with_its_header() -> None:
    text = nb.cite(nb.datasets.announced_contracts()).to_latex()
    assert text.startswith("% \\usepackage{booktabs,longtable,array}\n")
    assert "\\endhead" in text


def test_signs_of_other_languages_and_of_tex_are_escaped() -> None:
    assert escaped("≥ 5 % of $ & #_{}~^\\") == (
        r"$\geq$ 5 \% of \$ \& \#\_\{\}\textasciitilde{}\textasciicircum{}\textbackslash{}"
    )


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="there is no TeX here")
def test_latex_compiles(tmp_path: Path) -> None:
    packages = "\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}\\usepackage{textcomp,booktabs,longtable,array}"
    for name, page in (("brief", BRIEF), ("sources", nb.cite(nb.datasets.events()))):
        text = f"\\documentclass{{article}}{packages}\\begin{{document}}{page.to_latex()}\\end{{document}}"
        (tmp_path / f"{name}.tex").write_text(text, encoding="utf-8")
        subprocess.run(["pdflatex", "-halt-on-error", f"{name}.tex"], cwd=tmp_path, check=True, capture_output=True)


# --- Parquet ----------------------------------------------------------------------------------------------


def metadata_of(content: bytes) -> Any:
    return json.loads(pq.ParquetFile(io.BytesIO(content)).metadata.metadata[b"natoburden"])


def test_parquet_has_the_columns_of_csv_as_numbers_with_the_sources_in_its_metadata() -> None:
    table = pq.read_table(io.BytesIO(BRIEF.to_parquet()))
    assert table.column_names == BRIEF.to_csv().splitlines()[0].split(",")
    rows = {row["key"]: row for row in table.to_pylist()}
    assert rows["DEU"]["gap_million_usd"] == pytest.approx(64841.085)
    assert (rows["DEU"]["year"], rows["ISL"]["gap_million_usd"]) == (2025, None)
    told = metadata_of(BRIEF.to_parquet())
    assert told["edition"] == "2026-07"
    assert [source["publisher"] for source in told["sources"]] == ["NATO", "NATO"]


def test_parquet_is_written_by_polars_where_pyarrow_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pq.read_table(io.BytesIO(BRIEF.to_parquet()))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    if "metadata" not in inspect.signature(pl.DataFrame.write_parquet).parameters:  # an older Polars
        with pytest.raises(MissingExtraError, match="with its sources"):
            BRIEF.to_parquet()
        return
    content = BRIEF.to_parquet()
    monkeypatch.undo()
    other = pq.read_table(io.BytesIO(content))
    assert other.to_pylist() == whole.to_pylist()
    assert metadata_of(content) == metadata_of(BRIEF.to_parquet())


def test_parquet_without_a_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingExtraError, match="frames"):
        BRIEF.to_parquet()


@pytest.mark.parametrize(
    "page",
    [nb.cite(nb.datasets.events()), Odd(()), Odd(((True, Decimal(1), 2), ("a", None, "b")))],
)
def test_columns_of_any_kind_fit_into_parquet(page: Page) -> None:
    assert pq.read_table(io.BytesIO(page.to_parquet())).num_rows == len(page.rows)


# --- results ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix != ".bib"])
def test_results_and_tables_of_results_are_saved_in_every_format(suffix: str, tmp_path: Path) -> None:
    gap = nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE)
    group = nb.targets.group_gap(TABLE, "NATO_EUROPE", 2025, nb.VILNIUS_FLOOR)
    whats: tuple[Any, ...] = (gap, group, nb.targets.compliance(TABLE, 2025, nb.HAGUE_CORE), BRIEF)
    for number, what in enumerate(whats):
        file = tmp_path / f"{number}{suffix}"
        save(what, file)
        assert file.stat().st_size > 100


def test_a_workbook_of_results_has_numbers_units_and_the_formula(tmp_path: Path) -> None:
    gap = nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE)
    save(gap, tmp_path / "gap.xlsx")
    book = openpyxl.load_workbook(tmp_path / "gap.xlsx")
    heads, figures = ([cell.value for cell in row] for row in book["Table"].iter_rows())
    row = dict(zip(heads, figures, strict=True))
    assert row["amount million USD"] == pytest.approx(64841.085)
    assert row["share %"] == pytest.approx(0.0222)
    assert row["year"] == 2025
    told = [cell.value for [cell] in book["Notes and sources"].iter_rows()]
    assert f"Formula: {gap.formula}" in told
    assert "Source: NATO, The Hague Summit Declaration, 2025-06-25" in told


def test_what_cannot_be_saved_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnexpectedValueError, match="give a result"):
        save("text", tmp_path / "x.csv")  # type: ignore[arg-type]


def test_whatever_has_columns_can_be_saved(tmp_path: Path) -> None:
    class Records:
        sources = (nb.HAGUE_CORE.source,)

        def to_columns(self) -> dict[str, list[Any]]:
            return {"name": ["a", None], "value_million_usd": [1.5, None]}

    save(Records(), tmp_path / "records.csv")
    assert (tmp_path / "records.csv").read_text() == "name,value_million_usd\na,1.5\n,\n"
    assert page_of_results(Records()).sources == Records.sources


def test_an_empty_table_of_results_is_a_page_too() -> None:
    assert page_of_results(nb.ResultTable[Any](rows=())).title() == "Nothing found"


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_request_to_end_leaves_no_half_written_file(tmp_path: Path) -> None:
    program = (
        "import os, signal\n"
        "from natoburden.presentation.cli import main\n"
        "from natoburden.presentation.tables import Page\n"
        "Page.to_csv = lambda page: os.kill(os.getpid(), signal.SIGTERM)\n"
        f"main(['brief', '-o', {str(tmp_path / 'brief.csv')!r}])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
    assert done.returncode == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []
