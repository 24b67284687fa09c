"""What the newest edition costs to load beside earlier ones, as a ratio to a package that ships it alone, in one run.

Each program runs in a fresh process, in turn with the other, and its own processor time is counted: the ratio is taken
pair by pair, so that both meet the same machine.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import natoburden

ROUNDS = 25
BAR = 1.05
CODE = "import natoburden as nb; nb.datasets.defence_expenditure().share_of_gdp('USA', 2024)"


def alone(folder: Path) -> Path:
    """Return a folder with a copy of the package whose manifest lists the newest edition alone."""
    package = folder / "natoburden"
    shutil.copytree(Path(natoburden.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    manifest = package / "datasets" / "data" / "nato" / "editions.toml"
    head, *editions = re.split(r"(?m)^(?=\[\[edition\]\]$)", manifest.read_text(encoding="utf-8"))
    manifest.write_text(head + editions[-1], encoding="utf-8")
    return folder


def run(source: Path, compiled: Path) -> float:
    """Return the processor time of a fresh process that loads the newest edition, in seconds."""
    environment = {**os.environ, "PYTHONPATH": str(source), "PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", CODE], check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the median times of both, the median of their ratios, and the bar beside."""
    with tempfile.TemporaryDirectory() as name:
        folder, whole = Path(name), Path(natoburden.__file__).parents[1]
        other, compiled = alone(folder / "alone"), folder / "compiled"
        pairs = [(run(whole, compiled), run(other, compiled)) for _ in range(ROUNDS + 1)][1:]  # the first compiles
    ours, bare = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(one / two for one, two in pairs)
    editions = len(natoburden.datasets.defence_expenditure_editions())
    print(f"newest of {editions} editions {ours * 1000:.1f} ms; shipped alone {bare * 1000:.1f} ms; median of {ROUNDS}")
    print(f"ratio {ratio:.2f}  bar {BAR}  {'met' if ratio <= BAR else 'NOT MET'}")


if __name__ == "__main__":
    main()
