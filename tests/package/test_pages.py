"""Pages of the documentation: each shows an example, each picture says what it shows, answers are what code prints."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import natoburden as nb

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md"])
EXAMPLE = re.compile(r"^ *```(?:python|\{chart\}|sh|r)\n", re.M)

# Pages without an example, and why.
WITHOUT_EXAMPLE = {
    "explanation/performance.md": "its table is measured by the benchmarks",
    "explanation/security.md": "it lists what attacks were tried",
    "explanation/what-cannot-be-known.md": "it says what no code can compute",
    "fr/glossaire.md": "it defines words, as the English one does",
    "glossary.md": "it defines words, each with a link to the page that shows it",
}


def _exempt(page: Path) -> bool:
    """Return whether a page is a list of pages, or of docstrings, which have their own examples."""
    name = page.relative_to(ROOT).as_posix().removeprefix("docs/")
    return (page.name == "index.md" and page.parent != DOCS) or name.startswith("reference/") or name in WITHOUT_EXAMPLE


def _loaded(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_has_an_example(page: Path) -> None:
    assert _exempt(page) or EXAMPLE.search(page.read_text(encoding="utf-8"))


def test_no_page_is_excused_that_there_is_not_or_that_has_an_example() -> None:
    texts = {name: (DOCS / name).read_text(encoding="utf-8") for name in WITHOUT_EXAMPLE}
    assert [name for name, text in texts.items() if EXAMPLE.search(text)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_chart_and_a_picture_say_what_they_show(page: Path) -> None:
    """In a sentence, which those hear who do not see them."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\{(?:chart|image|figure)\}[^\n]*\n(.*?)^```", text, re.M | re.S)
    told = [re.search(r"^:alt: (.*)$", block, re.M) for block in blocks]
    assert all(told), "give each chart an :alt: with its finding"
    pictures = re.findall(r"!\[([^\]]*)\]\(", text)
    assert [words for words in [*pictures, *(alt[1] for alt in told if alt)] if len(words.split()) < 6] == []


FRONT = {
    "docs/index.md": r"^:::\{div\} answer\n(.*?)^:::",
    "README.md": r"^\*\*(?=In |What |Did )(.*?)\n\n",
}


@pytest.mark.parametrize("name", FRONT)
def test_figures_of_an_answer_are_what_its_example_prints(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    answers = [*re.finditer(FRONT[name], text, re.M | re.S)]
    assert len(answers) == 3
    for answer in answers:
        end = next((other.start() for other in answers if other.start() > answer.start()), len(text))
        blocks = re.findall(r"^```(?:python|\{chart\})\n(.*?)^```", text[answer.end() : end], re.M | re.S)
        lines = "\n".join(blocks).splitlines()
        code = " ".join(line for line in lines if line.startswith((">>> ", "... ")))
        printed = " ".join(line for line in lines if not line.startswith((">>> ", "... ", ":")))
        dates = r"(?:February|in|by|of) 20\d\d"
        figures = set(re.findall(r"\d[\d.]*\d|\d", re.sub(dates, "", answer[1])))
        years = {figure for figure in figures if re.fullmatch(r"20\d\d", figure)}
        assert {year for year in years if year not in code} == set()
        assert figures - years, "an answer has a figure"
        assert {each for each in figures - years if not _is_printed(each, printed, code)} == set()


def _is_printed(figure: str, printed: str, code: str) -> bool:
    """Return whether a figure is in what is printed, to its last digit or rounded, or is a target that code names."""
    targets = {"2": "WALES_GUIDELINE", "3.5": "HAGUE_CORE"}
    if figure in targets and targets[figure] in code:
        return True
    shown = re.findall(r"\d+(?:\.\d+)?", printed)
    return figure in shown or any("." in each and figure == f"{float(each):.0f}" for each in shown)


def test_the_chart_of_the_readme_is_what_its_code_draws() -> None:
    """Numbers may differ in their last digit from machine to machine, and names of parts with them."""
    mpl = pytest.importorskip("matplotlib")
    pytest.importorskip("docutils")
    if mpl.__version_info__ < (3, 11):
        pytest.skip("Matplotlib 3.11 draws text otherwise than before")
    script = _loaded(ROOT / "scripts" / "draw_readme_chart.py")
    texts = [script.FILE.read_text(encoding="utf-8"), script.first_chart()]
    number = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")
    plain = [re.sub(r'(?:\bid|href)="[^"]*"|url\(#[^)]*\)', "", text) for text in texts]
    kept, drawn = ([float(found) for found in number.findall(text)] for text in plain)
    assert [number.sub("", text) for text in plain[:1]] == [number.sub("", text) for text in plain[1:]]
    assert drawn == pytest.approx(kept, abs=0.5)


# --- what a reader copies ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def standing_alone() -> ModuleType:
    return _loaded(DOCS / "_extensions" / "standing_alone.py")


def _documented() -> Iterator[tuple[str, Any]]:
    """Yield what the reference documents, with the members of classes."""
    for page in sorted((DOCS / "reference").glob("*.md")):
        for name in re.findall(r"^\.\. auto\w+:: (natoburden\.[\w.]+)", page.read_text(encoding="utf-8"), re.M):
            thing = _found(name)
            yield name, thing
            if inspect.isclass(thing):
                for member, value in vars(thing).items():
                    if not member.startswith("_"):
                        yield f"{name}.{member}", getattr(value, "__func__", value)


def _found(name: str) -> Any:
    thing: Any = nb
    place = "natoburden"
    for part in name.split(".")[1:]:
        place = f"{place}.{part}"
        thing = getattr(thing, part, None) or importlib.import_module(place)
    return thing


def test_an_example_of_the_reference_stands_alone(standing_alone: ModuleType) -> None:
    """With the lines that the page puts above it, which import what it uses, each from its public place."""
    lines: set[str] = set()
    homeless = {}
    examples = 0
    for name, thing in _documented():
        text, home = inspect.getdoc(thing) or "", standing_alone.home_of(thing)
        if ">>> " not in text or home is None:
            continue
        examples += 1
        needed, lacking = standing_alone.imports(text, home)
        lines.update(needed)
        if lacking:
            homeless[name] = lacking
    assert examples > 250
    assert homeless == {}, "import these in the example, or write it with public names"
    for line in lines:
        exec(line, {})
        assert not re.search(r"natoburden\.(?:\w+\.)*_|natoburden\.calculators\.(?!findings)", line)


def test_an_import_is_added_only_for_what_an_example_does_not_make(standing_alone: ModuleType) -> None:
    text = """Return nothing.

    >>> import datetime as dt
    >>> with open(__file__) as file:
    ...     lines = [line for line in file]
    >>> gap(table, Decimal(2), dt, Share, nowhere)
    """
    home = ModuleType("made_up")
    vars(home).update(gap=nb.targets.gap, Decimal=importlib.import_module("decimal").Decimal, Share=nb.Share, table=3)
    assert standing_alone.imports(text, home) == (
        ["from decimal import Decimal", "from natoburden import Share", "from natoburden.targets import gap"],
        ["__file__", "nowhere", "table"],
    )


# --- what is built -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def holding() -> ModuleType:
    pytest.importorskip("sphinx")
    return _loaded(DOCS / "_extensions" / "holding.py")


def test_a_link_without_its_anchor_and_a_picture_without_a_text_are_told(holding: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "how-to").mkdir()
    (tmp_path / "reference.txt").write_text("all of it", encoding="utf-8")
    (tmp_path / "index.html").write_text(
        '<article id="top-of-it"><h1 id="start">Start</h1><a class="x" href="how-to/a.html#one">a</a>'
        '<a href="how-to/a.html#two">gone</a><a href="how-to/b.html">gone</a><a href="reference.txt">text</a>'
        '<a href="https://example.org/#x">out</a><a href="mailto:x@example.org">mail</a>'
        '<img src="a.png"><img src="b.png" alt="Bars"><figure class="chart" aria-label="Bars"><svg></svg></figure>'
        "<figure><svg viewBox='0 0 1 1'></svg></figure></article>",
        encoding="utf-8",
    )
    (tmp_path / "how-to" / "a.html").write_text(
        '<p id="one"></p><a href="../index.html#start">up</a><a href="#one"></a>'
    )
    assert holding.faults(tmp_path) == [
        "index.html: the link how-to/a.html#two leads nowhere",
        "index.html: the link how-to/b.html leads nowhere",
        'index.html: a picture without a text: <img src="a.png">',
        "index.html: a picture without a text: <svg viewBox='0 0 1 1'>",
    ]


def test_an_alternative_text_is_computed_from_what_the_code_of_a_chart_made() -> None:
    pytest.importorskip("matplotlib")
    pytest.importorskip("docutils")
    chart = _loaded(DOCS / "_extensions" / "chart.py")
    names = chart.drawn([">>> import types", ">>> ax = types.SimpleNamespace(count=4)", "a line that is printed"])
    assert chart.said("""Poland's {ax.count} of {', '.join(["31"])}""", names) == "Poland's 4 of 31"
