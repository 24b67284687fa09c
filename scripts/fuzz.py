"""Fuzz every reader with atheris, guided by coverage: a value or a NatoBurdenError, nothing else.

``make fuzz`` runs it for a minute, ``make fuzz SECONDS=3600`` for an hour. Inputs that break the law stay in
``.fuzz/``, one file each; what it has found before is where it begins.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["natoburden.readers", "csv", "json", "zipfile"]):
    from tests.readers.small_files import READERS, SMALL

    from natoburden.errors import NatoBurdenError
    from natoburden.readers import inspect

NAMES = tuple(SMALL)
FOLDER = Path(tempfile.mkdtemp(prefix="natoburden-fuzz-"))


def one_input(data: bytes) -> None:
    """Give a file to one reader, which its first byte chooses, and to the front door."""
    if not data:
        return
    name = NAMES[data[0] % len(NAMES)]
    file = FOLDER / name
    file.write_bytes(data[1:])
    for reader in (READERS[name], inspect):
        try:
            repr(reader(file))
        except NatoBurdenError as error:
            str(error)


def main() -> None:
    """Write the seeds, and fuzz with the options of libFuzzer given."""
    corpus = ROOT / ".fuzz" / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(SMALL.values()):
        (corpus / f"seed-{number}").write_bytes(bytes([number]) + content)
    atheris.Setup([sys.argv[0], *sys.argv[1:], f"-artifact_prefix={ROOT / '.fuzz'}/", str(corpus)], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
