"""Mutation testing: change one place of a module, run the tests that can see it, and see whether one fails.

``make mutate`` samples SAMPLE (100) mutants of ROOMS (model and calculators) by SEED (1), prints those that no test
notices, and the score. Every outcome is kept in ``.mutate/``, so that a run which was stopped goes on where it was.

The operators are mutmut's. Its runner is not used: it leaves out the decorators of classes and whatever is decorated
itself, which are the flags, defaults and properties of which this model is made. Here a mutant is a module whose source
is replaced while it is imported, in a fork of a process that has imported pytest and the libraries once; no file is
written. Texts of types, imports and docstrings are not mutated.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import importlib
import inspect
import json
import os
import random
import re
import resource
import signal
import sys
import time
import tomllib
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, Final, NamedTuple, TypeAlias

import libcst as cst
from coverage import CoverageData
from mutmut.mutation.mutators import mutation_operators

ROOT: Final = Path(__file__).parents[1]
OUTCOMES: Final = ROOT / ".mutate"
# Which test runs which line: written by one run of the tests, before the first mutant.
COVERAGE: Final = OUTCOMES / "coverage"
EQUIVALENT: Final = Path(__file__).parent / "equivalent_mutants.toml"
# What a child needs and no mutant changes: imported once, before the first fork.
WARM: Final = (
    *("_pytest.assertion.rewrite", "hypothesis.strategies", "hypothesis.extra.pytestplugin", "sybil.parsers.rest"),
    *("sybil.evaluators.python", "sybil.parsers.markdown", "attrs", "cattrs", "pint", "babel.numbers", "babel.dates"),
    *("numpy", "scipy.stats", "openpyxl", "defusedxml.ElementTree", "narwhals"),
)
_NOTHING_TO_RUN: Final = 5  # the code of pytest where no test was collected
TYPES_ONLY: Final = {"TypeVar", "NewType", "ParamSpec", "TypeVarTuple", "cast"}
Operator: TypeAlias = Callable[[Any], Iterable[cst.CSTNode]]
# What holds of every class, and what every result says: a mutant that the nearest tests do not notice meets these.
LAWS: Final = {
    "model": ("tests/package/test_shapes_of_classes.py", "tests/package/test_what_classes_take.py"),
    "calculators": (
        *("tests/package/test_shapes_of_classes.py", "tests/package/test_what_classes_take.py"),
        "tests/calculators/test_results.py::test_what_results_say_changes_only_where_somebody_means_it",
    ),
}
# How many tests a mutant meets at most, and how long.
ITEMS: Final = int(os.environ.get("MUTANT_TESTS", "1000"))
CPU_SECONDS: Final = int(os.environ.get("MUTANT_SECONDS", "120"))


class Mutant(NamedTuple):
    """One change of one module: where it is, and the lines before and after."""

    path: str
    line: int
    before: str
    after: str
    source: str

    @property
    def key(self) -> str:
        """Return what names the mutant wherever its line moves."""
        return f"{self.path}: {self.before} -> {self.after}"


class _Places(cst.CSTVisitor):
    """Collects the nodes that a mutation may mean something for, each with an operator and its statement."""

    def __init__(self) -> None:
        self.found: list[tuple[cst.CSTNode, Operator]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Take a node, unless nothing in it is run, or only for type checkers."""
        if _is_idle(node):
            return False
        self.found += [(node, operator) for kind, operator in mutation_operators if isinstance(node, kind)]
        return True


def _is_idle(node: cst.CSTNode) -> bool:
    """Return whether nothing in a node is run, or only for type checkers, or it names what is public."""
    match node:
        case cst.Annotation() | cst.Import() | cst.ImportFrom() | cst.TypeAlias() | cst.Expr(value=cst.BaseString()):
            return True
        case cst.If(test=cst.Name("TYPE_CHECKING")):
            return True
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name("__all__"))]):
            return True
        case cst.FunctionDef():
            return any(_named(one.decorator) == "overload" for one in node.decorators)
    return isinstance(node, cst.Call) and _named(node.func) in TYPES_ONLY


def _named(node: cst.CSTNode) -> str:
    return node.value if isinstance(node, cst.Name) else ""


def mutants(paths: Sequence[Path], sample: int, seed: int) -> Iterator[Mutant]:
    """Return mutants of some modules: every place and operator is as likely, whatever the number of its variants."""
    generator = random.Random(seed)
    places: list[tuple[Path, cst.Module, cst.CSTNode, cst.CSTNode, Operator]] = []
    for path in paths:
        module = cst.parse_module(path.read_text(encoding="utf-8"))
        for statement in module.body:
            visitor = _Places()
            statement.visit(visitor)
            places += [(path, module, statement, node, operator) for node, operator in visitor.found]
    generator.shuffle(places)
    made: set[str] = set()
    for path, module, whole, node, operator in places:
        changed = list(operator(node))
        mutant = _mutant(path, module, whole, node, generator.choice(changed)) if changed else None
        if mutant and mutant.key not in made:
            made.add(mutant.key)
            yield mutant
        if len(made) == sample:
            return


def _sampled(paths: Sequence[Path], sample: int, seed: int) -> list[Mutant]:
    """Return the sample, from ``.mutate/`` where the same of the same sources has been drawn before."""
    digest = hashlib.sha256(f"{sample} {seed}".encode())
    for path in paths:
        digest.update(path.read_bytes())
    kept = OUTCOMES / f"sample-{digest.hexdigest()[:16]}.json"
    if kept.exists():
        return [Mutant(*entry) for entry in json.loads(kept.read_text(encoding="utf-8"))]
    found = list(mutants(paths, sample, seed))
    kept.write_text(json.dumps(found), encoding="utf-8")
    return found


def _mutant(
    path: Path, module: cst.Module, statement: cst.CSTNode, old: cst.CSTNode, new: cst.CSTNode
) -> Mutant | None:
    changed: Any = statement.deep_replace(old, new)
    text, was, now = path.read_text(encoding="utf-8"), module.code_for_node(statement), module.code_for_node(changed)
    if was == now or text.count(was) != 1:
        return None
    source = text.replace(was, now)
    try:
        compile(source, str(path), "exec", dont_inherit=True)
    except SyntaxError:
        return None
    before, after = text.splitlines(), source.splitlines()
    start = next(n for n, pair in enumerate(zip([*before, ""], [*after, ""], strict=False)) if pair[0] != pair[1])
    end = next(n for n, pair in enumerate(zip(reversed(before), reversed(after), strict=False)) if pair[0] != pair[1])
    end = min(end, len(before) - start - 1, len(after) - start - 1)
    name = str(path.relative_to(ROOT))
    return Mutant(name, start + 1, _joined(before, start, end), _joined(after, start, end), source)


def _joined(lines: list[str], start: int, end: int) -> str:
    return " ".join(line.strip() for line in lines[start : len(lines) - end])


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


class _Replaced(SourceFileLoader):
    """Imports one module from a source that is not on disk."""

    def __init__(self, name: str, path: str, source: str) -> None:
        SourceFileLoader.__init__(self, name, path)
        self.source = source

    def find_spec(self, name: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return the replaced module's place, for its name only."""
        del path, target
        if name != self.name:
            return None
        where = self.path if Path(self.path).name == "__init__.py" else None
        folders = [str(Path(self.path).parent)] if where else None
        return spec_from_file_location(name, self.path, loader=self, submodule_search_locations=folders)

    def get_code(self, fullname: str) -> CodeType:
        """Return the code of the mutant."""
        del fullname
        return compile(self.source, self.path, "exec", dont_inherit=True)


class _Nearest:
    """Runs the tests first that name what is changed, and at most so many: most mutants fall to the first few."""

    def __init__(self, mutant: Mutant, most: int, tests: frozenset[str] = frozenset()) -> None:
        self.tests = tests
        self.around = set(_around(mutant))
        self.names = _defined(ROOT / mutant.path) | self.around
        self.most = most

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Order the tests; examples in documents stay in their order, behind."""
        items[:] = sorted(filter(self._runs, items), key=self._mark, reverse=True)[: self.most]

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


def outcome(mutant: Mutant, meets: Sequence[Batch], log: Path) -> str:
    """Return killed, survived, timeout or broken (the tests did not run), from a fork of this process."""
    child = os.fork()
    if not child:
        _run(mutant, meets, log)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "timeout" if os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL) else "killed"
    code = os.WEXITSTATUS(status)
    if code == 4 and "ImportError while loading conftest" in log.read_text(encoding="utf-8", errors="replace"):
        return "killed"
    return {0: "survived", 1: "killed", 2: "killed"}.get(code, "broken")


def _run(mutant: Mutant, meets: Sequence[Batch], log: Path) -> None:
    import pytest

    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    if mutant.source:
        path = Path(mutant.path)
        name = ".".join(path.relative_to("src").with_suffix("").parts).removesuffix(".__init__")
        finder: Any = _Replaced(name, str(ROOT / path), mutant.source)
        sys.meta_path.insert(0, finder)
    # A mutant that cannot even be imported fails in collection, which is a failure too.
    options = ["-x", "-q", "--no-header", "-p", "no:cacheprovider", "-n", "0", "-m", "not slow"]
    # Assertions as they are: pytest would take a module whose own examples are run from disk to rewrite its assertions.
    options += ["--assert=plain", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    code = 3
    try:
        for batch in (batch for batch in meets if batch.files):
            plugins = [_Nearest(mutant, ITEMS, batch.tests)]
            code = int(pytest.main([*options, *batch.files], plugins=plugins)) % _NOTHING_TO_RUN
            if code:
                break
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        sys.stdout.flush()
        os._exit(code)


def is_equivalent(mutant: Mutant) -> bool:
    """Return whether a mutant was judged to change nothing that anybody can see: at its place, or everywhere."""
    listed = _equivalents()
    return any(
        (mutant.path, mutant.before, mutant.after) == (one["path"], one["before"], one["after"])
        if "path" in one
        else one["before"] in mutant.before and mutant.before.replace(one["before"], one["after"]) == mutant.after
        for one in listed
    )


@cache
def _equivalents() -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["mutant"]
    return found


def main() -> int:
    """Sample, run, and print the survivors and the score."""
    parser = argparse.ArgumentParser(description="Sample mutants, and run the tests that can see each.")
    parser.add_argument("rooms", nargs="*", default=["model", "calculators"], help="rooms or modules of natoburden")
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=int, default=6, help="how many files of tests a mutant meets at most")
    parser.add_argument("--again", action="store_true", help="run the survivors that are on record once more")
    parser.add_argument("--part", default="1/1", help="which of several processes this is, such as 2/3")
    arguments = parser.parse_args()
    os.chdir(ROOT)
    os.environ.setdefault("HYPOTHESIS_PROFILE", "brief")
    sys.path.insert(0, str(ROOT))
    paths = [path for room in arguments.rooms for path in _paths(ROOT / "src/natoburden" / room)]
    OUTCOMES.mkdir(exist_ok=True)
    part, parts = map(int, arguments.part.split("/"))
    record = (
        OUTCOMES / f"{'-'.join(arguments.rooms).replace('/', '.')}-{arguments.sample}-{arguments.seed}-{part}.jsonl"
    )
    known = _known(record)
    for name in WARM:
        importlib.import_module(name)
    counts: Counter[str] = Counter()
    for number, mutant in enumerate(_sampled(paths, arguments.sample, arguments.seed)):
        if number % parts != part - 1:
            continue
        before = known.get(mutant.key)
        if is_equivalent(mutant):
            result = "equivalent"
        elif before is None or (arguments.again and before != "killed"):
            start = time.perf_counter()
            log = OUTCOMES / f"{record.stem}.log"
            result = outcome(mutant, batches(mutant, arguments.files), log)
            entry = {"key": mutant.key, "outcome": result, "line": mutant.line, "seconds": time.perf_counter() - start}
            entry["by"] = _failed(log)
            with record.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        else:
            result = before
        counts[result] += 1
        if result not in ("killed", "equivalent"):
            print(f"{result}: {mutant.path}:{mutant.line}\n  - {mutant.before}\n  + {mutant.after}", flush=True)
    real = counts.total() - counts["equivalent"]
    print(dict(counts), f"{100 * counts['killed'] / max(real, 1):.1f} % of {real} that are not equivalent")
    return 0


def _paths(place: Path) -> list[Path]:
    if place.is_dir():
        return sorted(place.rglob("*.py"))
    return [place.with_suffix(".py")]


def _known(record: Path) -> dict[str, str]:
    if not record.exists():
        return {}
    entries = map(json.loads, record.read_text(encoding="utf-8").splitlines())
    return {entry["key"]: entry["outcome"] for entry in entries}


def _failed(log: Path) -> str:
    found = re.findall(r"^(?:FAILED|ERROR) (.*)$", log.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
    return found[0][:160] if found else ""


if __name__ == "__main__":
    sys.exit(main())
