"""Fuzz a reader with atheris, guided by coverage: a value or a NatoBurdenError, nothing else.

``make fuzz READER=ted`` runs one for a minute, with ``SECONDS=3600`` for an hour; without READER each has its turn.
READER is a publisher in ``natoburden.readers``, or ``documents``. With FORM, such as ``FORM=".csv .tsv"``, only files
of these endings are bent: a workbook takes many times as long as a text. Fuzzing begins with an invented file of every
form and schema version, and with a dictionary of what these are made of. A workbook is bent part by part, so that it
stays a workbook. The seeds lie beside the file that is bent, and some readers take their folder. Inputs that break the
law stay in ``.fuzz/READER/``, one file each. A further run begins with what was found.

The same law on files that stay nearly valid is in the tests, as Hypothesis strategies: ``tests/readers/bent_files.py``.
"""

from __future__ import annotations

import functools
import io
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import atheris

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["natoburden.readers", "natoburden.serialization"]):
    from tests.package.small_documents import small_documents
    from tests.readers.bent_files import INSERTS
    from tests.readers.seeds import SEEDS, words_of

    from natoburden.errors import NatoBurdenError
    from natoburden.readers import inspect
    from natoburden.serialization import read_document

INSPECTED = 8
SHARED_MEMORY = Path("/dev/shm")
FOLDER = Path(tempfile.mkdtemp(prefix="natoburden-fuzz-", dir=SHARED_MEMORY if SHARED_MEMORY.is_dir() else None))


class Target(NamedTuple):
    """One kind of input: its name as a file, what makes a file of it, where it begins, and what takes it."""

    file: str
    whole: Callable[[bytes], bytes]
    seed: bytes
    takers: tuple[Callable[[Path], Any], ...]


def targets_of(name: str) -> list[Target]:
    """Return what a name on the command line stands for."""
    if name == "documents":
        return list(_documents())
    found: list[Target] = []
    for seed in SEEDS[name]:
        takers = (seed.reader, inspect, functools.partial(_of_folder, seed.reader))
        if not seed.content.startswith(b"PK"):
            found.append(Target(seed.file, _same, seed.content, takers))
            continue
        parts = _unpacked(seed.content)
        found += [
            Target(seed.file, _packer(parts, part), parts[part], takers)
            for part in parts
            if part.endswith(".xml") and "docProps" not in part and "theme" not in part
        ]
    return found


def _of_folder(reader: Callable[[Path], Any], file: Path) -> Any:
    return reader(file.parent)


def _documents() -> Iterator[Target]:
    """Yield a document of each class of the model: the shortest of those that the tests make."""
    for kind, text in [*small_documents().items()][:255]:
        yield Target(f"{kind.__name__}.json", _same, text, (functools.partial(read_document, kind=kind),))


def _same(data: bytes) -> bytes:
    return data


def _unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packer(parts: dict[str, bytes], changed: str) -> Callable[[bytes], bytes]:
    def packed(data: bytes) -> bytes:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, data if name == changed else part)
        return content.getvalue()

    return packed


def attempt(target: Target, data: bytes) -> None:
    """Give a file to what takes it; anything but a value or an error of the library ends the run."""
    file = FOLDER / target.file
    file.write_bytes(target.whole(data))
    # `inspect` takes twice as long as the reader, and reads by it: it sees a part of the files.
    for taker in target.takers if len(data) % INSPECTED == 0 else target.takers[:1]:
        try:
            repr(taker(file))
        except NatoBurdenError as error:
            str(error)
    restore(target)


def restore(target: Target) -> None:
    """Put the seed back, so that an input does the same whatever came before it."""
    (FOLDER / target.file).write_bytes(target.whole(target.seed))


def main() -> None:
    """Write seeds and dictionary, and fuzz with the options of libFuzzer given."""
    names = (*SEEDS, "documents")
    if sys.argv[1:] == ["--readers"]:
        print(*names)
        return
    name = os.environ.get("READER", "")
    if name not in names:
        sys.exit(f"READER={name!r} is none of: {', '.join(names)}")
    endings = tuple(os.environ.get("FORM", "").split())
    targets = [target for target in targets_of(name) if not endings or target.file.endswith(endings)]
    if not targets:
        sys.exit(f"FORM={' '.join(endings)!r} is the ending of none of the files of {name}")
    folder = ROOT / ".fuzz" / "".join((name, *endings))
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, target in enumerate(targets):
        restore(target)
        (corpus / f"seed-{number}").write_bytes(bytes([number]) + target.seed)
    words = {*INSERTS, *(words_of(name) if name in SEEDS else _keys(targets))}
    lines = ["".join(f"\\x{byte:02x}" for byte in word[:60]) for word in sorted(words) if word]
    (folder / "dictionary").write_text("".join(f'"{line}"\n' for line in lines), encoding="utf-8")

    def one_input(data: bytes) -> None:
        if data:
            attempt(targets[data[0] % len(targets)], data[1:])

    options = [f"-dict={folder / 'dictionary'}", f"-artifact_prefix={folder}/", str(corpus)]
    atheris.Setup([sys.argv[0], *sys.argv[1:], *options], one_input)
    atheris.Fuzz()


def _keys(targets: list[Target]) -> set[bytes]:
    found: set[bytes] = set()
    for target in targets:
        found |= {piece for piece in target.seed.split(b'"') if 1 < len(piece) < 40}
    return found


if __name__ == "__main__":
    main()
