"""Renew the hashes of packaged data files in the manifests beside them, after a file was edited by hand.

Run it from the project's root: ``.venv/bin/python scripts/renew_hashes.py``. A hash stands in a manifest under the
``file`` or ``name`` of what it is of. Look at the change of each file before you renew its hash.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "natoburden"
ENTRY = re.compile(r'^((?:file|name) = "([^"]+)"\n(?:(?!\[|\n)[^\n]*\n)*?sha256 = ")[0-9a-f]*"', re.MULTILINE)


def renew(manifest: Path) -> bool:
    """Put the present hashes of its files into a manifest, and return whether one was out of date."""

    def renewed(entry: re.Match[str]) -> str:
        digest = hashlib.sha256((manifest.parent / entry[2]).read_bytes()).hexdigest()
        return f'{entry[1]}{digest}"'

    before = manifest.read_text(encoding="utf-8")
    after = ENTRY.sub(renewed, before)
    if after != before:
        manifest.write_text(after, encoding="utf-8")
    return after != before


def manifests(package: Path = PACKAGE) -> list[Path]:
    """Return the manifests of a package that hold hashes."""
    return [path for path in sorted(package.rglob("*.toml")) if ENTRY.search(path.read_text(encoding="utf-8"))]


def main() -> None:
    """Renew all manifests, and name those that were out of date."""
    for manifest in manifests():
        if renew(manifest):
            print(manifest.relative_to(PACKAGE))


if __name__ == "__main__":
    main()
