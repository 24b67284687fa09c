"""Say which versions an environment has that are not those of constraints.txt: where a failure may come from.

``make test-newest`` does it before the tests, and again after a failure.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def pinned(text: str) -> dict[str, set[str]]:
    """Return the versions of each package in constraints, of which one may have several, for several Pythons."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def differing(installed: dict[str, str], constraints: str) -> list[str]:
    """Return a line for each package that is installed in another version than those that are pinned."""
    known = pinned(constraints)
    return [
        f"{name} {version}, not {' or '.join(sorted(known.get(name, {'pinned'})))}"
        for name, version in sorted(installed.items())
        if name != "natoburden" and version not in known.get(name, ())
    ]


def main(environment: str) -> None:
    """Print what differs in an environment, one package a line."""
    command = [sys.executable, "-m", "uv", "pip", "list", "--quiet", "--format", "json", "--python", environment]
    listed = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    installed = {item["name"]: item["version"] for item in listed}
    found = differing(installed, (ROOT / "constraints.txt").read_text(encoding="utf-8"))
    print(f"{environment}: {len(installed)} packages, {len(found)} in other versions than constraints.txt")
    print("".join(f"  {line}\n" for line in found), end="")


if __name__ == "__main__":
    main(*sys.argv[1:])
