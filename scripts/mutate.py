"""Mutation testing: change one place of a module, run the tests that can see it, and see whether one fails.

``make mutate`` samples SAMPLE (100) mutants of ROOMS (model and calculators) by SEED (1), prints those that no test
notices, and the score. Every outcome is kept in ``.mutate/``, so that a run which was stopped goes on where it was.

The operators are mutmut's. Its runner is not used: it leaves out the decorators of classes and whatever is decorated
itself, which are the flags, defaults and properties of which this model is made. Here a mutant is a module whose source
is replaced while it is imported, in a fork of a process that has imported pytest and the libraries once; no file is
written. Texts of types, imports and docstrings are not mutated. `mutants` draws the sample, and `mutant_tests` chooses
the tests.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import re
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, Final

from mutant_tests import Batch, Nearest, batches
from mutants import OUTCOMES, ROOT, Mutant, is_equivalent, modules_of, sampled

# What a child needs and no mutant changes: imported once, before the first fork.
WARM: Final = (
    *("_pytest.assertion.rewrite", "hypothesis.strategies", "hypothesis.extra.pytestplugin", "sybil.parsers.rest"),
    *("sybil.evaluators.python", "sybil.parsers.markdown", "attrs", "cattrs", "pint", "babel.numbers", "babel.dates"),
    *("numpy", "scipy.stats", "openpyxl", "defusedxml.ElementTree", "narwhals"),
)
CPU_SECONDS: Final = int(os.environ.get("MUTANT_SECONDS", "120"))
_NOTHING_TO_RUN: Final = 5  # the code of pytest where no test was collected


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
            plugins = [Nearest(mutant, batch.tests)]
            code = int(pytest.main([*options, *batch.files], plugins=plugins)) % _NOTHING_TO_RUN
            if code:
                break
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        sys.stdout.flush()
        os._exit(code)


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
    paths = [path for room in arguments.rooms for path in modules_of(room)]
    OUTCOMES.mkdir(exist_ok=True)
    part, parts = map(int, arguments.part.split("/"))
    record = (
        OUTCOMES / f"{'-'.join(arguments.rooms).replace('/', '.')}-{arguments.sample}-{arguments.seed}-{part}.jsonl"
    )
    known = _known(record)
    for name in WARM:
        importlib.import_module(name)
    counts: Counter[str] = Counter()
    for number, mutant in enumerate(sampled(paths, arguments.sample, arguments.seed)):
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
