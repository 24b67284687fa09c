"""Run the tests of what was changed: the rooms, modules and pages that differ from the branch that this one left.

``make quick`` compares the files as they are with the merge base of ``main``; on ``main``, with the last commit.
Another base: ``.venv/bin/python scripts/quick.py COMMIT``. Slow tests are left out; ``make test`` runs everything.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
# What every room stands on: a change of it may show anywhere, and shows in these first.
BASE = ["tests/package", "tests/model"]


def changed(base: str | None) -> list[str]:
    """Return the paths that differ from a commit, new files among them, as git names them."""
    since = base or _git("merge-base", "HEAD", _main())[0]
    return sorted({*_git("diff", "--name-only", since), *_git("ls-files", "--others", "--exclude-standard")})


def _main() -> str:
    known = _git("for-each-ref", "--format=%(refname:short)", "refs/heads/main", "refs/remotes/origin/main")
    return known[0] if known else "HEAD"


def _git(*arguments: str) -> list[str]:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def tests_of(path: str) -> list[str]:
    """Return what to run for one changed file: tests, a module with its examples, or a page."""
    parts = path.split("/")
    if parts[0] == "src" and path.endswith((".py", ".toml", ".csv", ".txt")):
        room = parts[2] if len(parts) > 3 else "package"
        tests = [f"tests/{room}"] if room in ROOMS else BASE
        return [*tests, path] if path.endswith(".py") else tests
    if parts[0] == "tests":
        is_test = parts[-1].startswith("test_")
        return [path] if is_test else [f"tests/{parts[1]}"] if len(parts) > 2 else BASE
    if path.endswith(".md") and parts[0] in ("docs", "README.md"):
        return [path]
    if parts[0] == "scripts":
        return ["tests/datasets/test_scripts.py", "tests/package/test_next_edition.py"]
    return BASE if path in ("pyproject.toml", "conftest.py") else []


def chosen(paths: Iterable[str]) -> list[str]:
    """Return what to run for changed files, each once, and nothing inside of what runs whole."""
    wanted = sorted({test for path in paths for test in tests_of(path) if (ROOT / test).exists()})
    folders = {test for test in wanted if not Path(test).suffix}
    return [test for test in wanted if not folders & {str(parent) for parent in Path(test).parents}]


def main(base: str | None) -> int:
    """Run the style checker over the changed files, and the tests that they have."""
    paths = changed(base)
    sources = [path for path in paths if path.endswith(".py") and (ROOT / path).exists()]
    if sources and subprocess.run([sys.executable, "-m", "ruff", "check", *sources], cwd=ROOT, check=False).returncode:
        return 1
    tests = chosen(paths)
    print(f"{len(paths)} files changed: {' '.join(tests) or 'nothing to test'}")
    options = ["-q", "-n", "auto", "--dist", "loadfile", "-m", "not slow"]
    command = [sys.executable, "-m", "pytest", *options, *tests]
    return subprocess.run(command, cwd=ROOT, check=False).returncode if tests else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else None))
