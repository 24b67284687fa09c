"""Which tests a mutant meets: those that are known to run its function, then those that use the names of its module."""

from __future__ import annotations

import ast
import inspect
import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from coverage import CoverageData
from mutants import OUTCOMES, ROOT, Mutant

__all__ = ["Batch", "Nearest", "batches"]

# Which test runs which line: written by one run of the tests, before the first mutant.
COVERAGE: Final = OUTCOMES / "coverage"
# What holds of every class, and what every result says: a mutant that the nearest tests do not notice meets these.
LAWS: Final = {
    "model": ("tests/package/test_shapes_of_classes.py", "tests/package/test_what_classes_take.py"),
    "calculators": (
        *("tests/package/test_shapes_of_classes.py", "tests/package/test_what_classes_take.py"),
        "tests/calculators/test_results.py::test_what_results_say_changes_only_where_somebody_means_it",
    ),
}
# How many tests a mutant meets at most.
ITEMS: Final = int(os.environ.get("MUTANT_TESTS", "1000"))


@cache
def _defined(path: Path) -> frozenset[str]:
    """Return the names that a module defines and others may use: classes, functions, constants, methods."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("__"):
            names.add(node.name)
    return frozenset(names)


@cache
def _words(path: Path) -> Counter[str]:
    return Counter(re.findall(r"\w+", path.read_text(encoding="utf-8")))


@cache
def _test_files() -> tuple[Path, ...]:
    tests = ROOT / "tests"
    rooms = ["model", "calculators", "registers", "fixtures", "package", "readers", "datasets"]
    found = [path for room in rooms for path in sorted((tests / room).rglob("test_*.py"))]
    slow = {"test_next_edition.py", "test_quick.py", "test_replications.py", "test_namespace.py", "test_patterns.py"}
    pages = [*sorted((ROOT / "docs/indicators").glob("*.md")), *sorted((ROOT / "docs/how-to").glob("*.md"))]
    return tuple(path for path in [*found, *pages] if path.name not in slow)


def _on_engines(path: Path) -> tuple[Path, ...]:
    """Return the tests of frames, which are slow on their engines and are run for frames only."""
    return tuple(sorted((ROOT / "tests/frames").glob("test_*.py"))) if "frames" in path.parts else ()


@cache
def _modules() -> tuple[Path, ...]:
    return tuple(sorted((ROOT / "src/natoburden").rglob("*.py")))


class Places(NamedTuple):
    """The functions of a module with their first and last lines, and the tests that run each."""

    spans: tuple[tuple[str, int, int], ...]
    tests: tuple[frozenset[str], ...]

    def around(self, line: int) -> frozenset[str]:
        """Return the tests that run the function of a line; of a line that is run on import, those of its class."""
        within = [number for number, (_, first, last) in enumerate(self.spans) if first <= line <= last]
        if not within:
            return frozenset().union(*self.tests)
        inmost = max(within, key=lambda number: self.spans[number][1])
        name = self.spans[inmost][0]
        inside = [found for (other, *_), found in zip(self.spans, self.tests, strict=True) if other.startswith(name)]
        return frozenset().union(*inside)


@cache
def _places(path: Path) -> Places:
    """Return which tests run each function and class of a module, as coverage.py kept it."""
    data = CoverageData(str(COVERAGE))
    data.read()
    contexts = data.contexts_by_lineno(str(path))
    spans, found = [], []
    for name, node in _definitions(ast.parse(path.read_text(encoding="utf-8"))):
        first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
        last = node.end_lineno or first
        spans.append((name, first, last))
        # The line of a definition is run on import, by whichever test is the first.
        inside = range(node.body[0].lineno, last + 1) if isinstance(node, ast.FunctionDef) else ()
        found.append(frozenset(text.partition("|")[0] for line in inside for text in contexts.get(line, ()) if text))
    return Places(tuple(spans), tuple(found))


def _definitions(node: ast.AST, name: str = "") -> Iterator[tuple[str, ast.ClassDef | ast.FunctionDef]]:
    for item in ast.iter_child_nodes(node):
        if isinstance(item, ast.ClassDef | ast.FunctionDef):
            yield f"{name}{item.name}.", item
            yield from _definitions(item, f"{name}{item.name}.")


@cache
def _measured() -> frozenset[str]:
    """Return all tests of which it is known what they run."""
    data = CoverageData(str(COVERAGE))
    data.read()
    return frozenset(text.partition("|")[0] for text in data.measured_contexts())


@cache
def _sizes() -> Counter[str]:
    """Return how many tests each file has, of those that were run."""
    return Counter(map(_file_of, _measured()))


def _file_of(test: str) -> str:
    return test.partition("::")[0]


def running(mutant: Mutant, most: int) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the files of the tests that run the function of a mutant, and these tests; none where it is not known.

    A file comes first where few of its tests run anything else.
    """
    if not COVERAGE.exists():
        return (), frozenset()
    tests = _places(ROOT / mutant.path).around(mutant.line)
    counts = Counter(map(_file_of, tests))
    files = sorted((file for file in counts if file), key=lambda file: -counts[file] / (9 + _sizes()[file]))
    return tuple(files[:most]), tests


@cache
def tests_of(path: Path, most: int) -> tuple[str, ...]:
    """Return the tests that can see a module, nearest first: its own examples, then files that use its names.

    They are those of a mutant whose function no test is known to run. A name counts for more the fewer files use it.
    Names of the modules that import this one count a third.
    """
    own = _defined(path)
    users = [
        other
        for other in _modules()
        if other != path and re.search(rf"\b{path.stem}\b import", other.read_text(encoding="utf-8"))
    ]
    weights = {name: 0.34 for user in users for name in _defined(user)} | dict.fromkeys(own, 1.0)
    files = [*_test_files(), *_on_engines(path)]
    rare = {name: 1 / (1 + sum(name in _words(file) for file in files)) for name in weights}
    room = path.relative_to(ROOT / "src/natoburden").parts[0]
    marks = {}
    for file in files:
        words = _words(file)
        mark = sum(weight * rare[name] * min(words[name], 3) for name, weight in weights.items())
        near = 3.0 if path.stem.strip("_") in file.stem and room in file.parts else 1.0
        marks[file] = mark * near * (1.5 if room in file.parts else 1.0)
    best = sorted((file for file in files if marks[file]), key=lambda file: -marks[file])[:most]
    return (str(path.relative_to(ROOT)), *(str(file.relative_to(ROOT)) for file in best))


class Nearest:
    """Runs the tests first that name what is changed, and at most so many: most mutants fall to the first few."""

    def __init__(self, mutant: Mutant, tests: frozenset[str] = frozenset()) -> None:
        self.tests = tests
        self.around = set(_around(mutant))
        self.names = _defined(ROOT / mutant.path) | self.around

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Order the tests; examples in documents stay in their order, behind."""
        items[:] = sorted(filter(self._runs, items), key=self._mark, reverse=True)[:ITEMS]

    def _runs(self, item: Any) -> bool:
        """Return whether a test may run what is changed; an example of a document goes on from those before it."""
        is_example = getattr(item, "function", None) is None
        return not self.tests or is_example or item.nodeid in self.tests or item.nodeid not in _measured()

    def _mark(self, item: Any) -> float:
        function = getattr(item, "function", None)
        if function is None:
            return 1e9 if item.nodeid.startswith("src/") else 0.5
        words = set(re.findall(r"\w+", inspect.getsource(function)))
        return len(words & self.names) / (3 + len(words)) + 5 * len(words & self.around)


def _around(mutant: Mutant) -> Iterator[str]:
    """Yield the names of the functions and classes that a mutant stands in."""
    for node in ast.walk(ast.parse((ROOT / mutant.path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            if first <= mutant.line <= (node.end_lineno or 0) and not node.name.startswith("__"):
                yield node.name


class Batch(NamedTuple):
    """Files of tests to run together, and which of their tests; all where none is named."""

    files: tuple[str, ...]
    tests: frozenset[str] = frozenset()


def batches(mutant: Mutant, most: int) -> tuple[Batch, ...]:
    """Return the tests that a mutant meets: most fall to the nearest, before others are collected."""
    near, (files, tests) = tests_of(ROOT / mutant.path, most), running(mutant, 2 * most)
    laws = Batch(LAWS.get(Path(mutant.path).parts[2], ()))
    if not tests:
        return Batch(near[:2]), laws, Batch(near[2:])
    return Batch((*near[:2], *files[:2]), tests), laws, Batch(files[2:], tests)
