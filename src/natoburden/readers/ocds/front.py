"""Contracts from a file of releases, read whole or as a stream of lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final, TypeAlias

from natoburden.errors import ReaderError
from natoburden.model.countries import Country, CountryLike
from natoburden.model.procurement import Contract
from natoburden.readers._format import FileFormat
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._limits import Budget, Limits
from natoburden.readers._stream import Progress, opened
from natoburden.readers.awards import AwardFile, LeftOutAward, award_coverage, collect
from natoburden.readers.ocds.documents import (
    EXPECTED,
    Found,
    documents_in,
    is_lines,
    line_documents,
    parsed,
    releases_in,
)
from natoburden.readers.ocds.processes import awards_of
from natoburden.readers.ocds.shapes import Release
from natoburden.readers.ocds.states import latest

__all__ = ["FORMAT", "read_contracts", "stream_contracts"]

_MOST_HELD = 16_000_000  # bytes of JSON Lines; in memory they take about six times as much
_MOST_READINGS = 5  # of a file, on an average of its lines
_LINE_BITS = 40
_LINE_MASK = (1 << _LINE_BITS) - 1
_KEEP_THE_REST = "bad_releases_ok=True keeps the rest"

_Releases: TypeAlias = dict[str, list[tuple[str, Release]]]


def _recognises(glimpse: Glimpse) -> bool:
    """Return whether JSON has one of the keys of releases."""
    return glimpse.kind == "JSON" and re.search(r'"(ocid|releases|records)"\s*:', glimpse.text) is not None


def read_contracts(
    path: Path | str,
    *,
    buyer: CountryLike | None = None,
    bad_releases_ok: bool = False,
    limits: Limits | None = None,
) -> AwardFile:
    """Read the awards of OCDS releases as contracts, from the latest state of each contracting process.

    A file may contain release or record packages, compiled or versioned releases, single releases, several documents or
    JSON Lines, in OCDS 1.0 or 1.1. The content decides how the file is read. The value of a contract is the value of
    the award. If the award states no value, the sum of the values of its contracts is used. If neither the award nor
    its contracts state a value, the tender's value is used as an estimate, provided that the process has only one
    award. The value of a framework agreement is a ceiling.

    Cancelled awards and contracts are left out. A supplier's country is the country of its address, in any spelling.
    `buyer` is the buyer's country, for a file that does not state the country. Contact data of persons are not kept.

    Raises `ReaderError` for an unreadable release, and states where the release is in the file. With `bad_releases_ok`,
    an unreadable release is left out and listed in `left_out`, and reading continues.

    >>> import json, pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "release.json"
    >>> award = {"id": "1", "status": "active", "title": "Radar", "value": {"amount": 5000000, "currency": "GBP"},
    ...          "suppliers": [{"id": "A", "name": "A Ltd"}]}
    >>> party = {"id": "A", "name": "A Ltd", "roles": ["supplier"], "address": {"countryName": "Sverige"}}
    >>> _ = file.write_text(json.dumps({"ocid": "ocds-1", "awards": [award], "parties": [party]}))
    >>> for contract in read_contracts(file, buyer="United Kingdom").contracts:
    ...     print(contract, *contract.origins, sep=" | ")
    ocds-1/1: United Kingdom from A Ltd, Radar (GBP 5.00 m (current prices), contract, undated) | Sweden 100.00 % (registered address)
    """  # noqa: E501 # a contract is one line
    file = Path(path)
    return collect(stream_contracts(file, buyer=buyer, bad_releases_ok=bad_releases_ok, limits=limits), file)


def stream_contracts(
    path: Path | str,
    *,
    buyer: CountryLike | None = None,
    bad_releases_ok: bool = False,
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> Iterator[Contract | LeftOutAward]:
    """Yield each award of a file as a contract, or with the reason why it becomes no contract.

    A file of JSON Lines above 16 MB is read twice. The first pass makes an index of each process's releases, of about
    150 bytes a process. The second pass keeps the releases of only one process in memory at a time. A smaller file, or
    a file that is not JSON Lines, is read into memory as a whole. `progress` is called with the number of bytes read
    and the number of bytes in the file. An unreadable release raises `ReaderError` before any award is yielded. With
    `bad_releases_ok`, an unreadable release is instead yielded as left out, with the reason.
    """
    file = Path(path)
    fallback = None if buyer is None else Country.find(buyer)
    try:
        with opened(file, EXPECTED, limits) as content:
            if not is_lines(content, Budget(limits, file.name)):
                found = documents_in(file, limits)
                releases = (item for where, document in found for item in releases_in(where, document))
                yield from _held(releases, file.name, fallback, bad_ok=bad_releases_ok)
            elif content.seek(0, 2) <= _MOST_HELD:
                lines = line_documents(content, file.name, progress)
                budget = Budget(limits, file.name)  # one budget for all lines, since all are held
                releases = (item for number, _, line in lines for item in parsed(f"line {number}", line, budget))
                yield from _held(releases, file.name, fallback, bad_ok=bad_releases_ok)
            else:
                yield from _streamed(content, file.name, fallback, progress, limits, bad_ok=bad_releases_ok)
    except RecursionError as error:
        raise ReaderError(file.name, "", "values nested too deep", EXPECTED) from error


def _held(
    releases: Iterable[Found], file: str, buyer: Country | None, *, bad_ok: bool
) -> Iterator[Contract | LeftOutAward]:
    """Read releases that fit into memory, all together."""
    found: _Releases = {}
    left_out: list[LeftOutAward] = []
    for item in releases:
        if reason := _refused(item, file, bad_ok=bad_ok):
            left_out.append(LeftOutAward(key=item.ocid or "without ocid", where=item.where, reason=reason))
        else:
            found.setdefault(item.ocid, []).append((item.where, item.release))
    yield from left_out
    yield from _of_processes(file, found, buyer)


def _streamed(
    content: IO[bytes],
    file: str,
    buyer: Country | None,
    progress: Progress | None,
    limits: Limits | None,
    *,
    bad_ok: bool,
) -> Iterator[Contract | LeftOutAward]:
    # For each process, by the hash of its ocid: the offsets and numbers of its lines, two numbers in one.
    places: dict[int, int | list[int]] = {}
    left_out: list[LeftOutAward] = []
    for number, offset, line in line_documents(content, file, progress):
        place = offset << _LINE_BITS | number
        for item in parsed(f"line {number}", line, Budget(limits, file)):
            if reason := _refused(item, file, bad_ok=bad_ok):
                left_out.append(LeftOutAward(key=item.ocid or "without ocid", where=item.where, reason=reason))
                continue
            key = hash(item.ocid)
            known = places.setdefault(key, place)
            if isinstance(known, list):
                known += [place] if known[-1] != place else []
            elif known != place:
                places[key] = [known, place]
    yield from left_out
    read = _Reread(content, file, limits)
    for key, known in places.items():
        found: _Releases = {}
        for place in known if isinstance(known, list) else [known]:
            for item in read.items(place):
                if hash(item.ocid) == key and not (item.fault or item.refusal):
                    found.setdefault(item.ocid, []).append((item.where, item.release))
        yield from _of_processes(file, found, buyer)


class _Reread:
    """The releases of lines that are read again; the last line is kept, for lines that contain several processes."""

    def __init__(self, content: IO[bytes], file: str, limits: Limits | None) -> None:
        self._content, self._file, self._limits = content, file, limits
        self._most = _MOST_READINGS * content.seek(0, 2)
        self._place, self._items = -1, list[Found]()

    def items(self, place: int) -> list[Found]:
        """Return the releases of a line; raises `ReaderError` if lines with many processes are read too often."""
        if place != self._place:
            where = f"line {place & _LINE_MASK}"
            self._content.seek(place >> _LINE_BITS)
            line = self._content.readline()
            self._most -= len(line)
            if self._most < 0:
                problem = "lines that hold many processes, each with releases in several of these lines"
                raise ReaderError(self._file, where, problem, "one release for each line")
            self._items = list(parsed(where, line, Budget(self._limits, self._file)))
            self._place = place
        return self._items


def _refused(item: Found, file: str, *, bad_ok: bool) -> str:
    """Return why a release is left out; without `bad_ok`, raises `ReaderError` for a release that cannot be read."""
    if item.fault and not bad_ok:
        raise ReaderError(file, item.where, item.fault, f"{EXPECTED}; {_KEEP_THE_REST}")
    return item.fault or item.refusal


def _of_processes(file: str, found: _Releases, buyer: Country | None) -> Iterator[Contract | LeftOutAward]:
    for ocid in list(found):
        releases = found.pop(ocid)  # a process is not kept in memory after it has been read
        state = latest(releases, file)
        for problem in state.problems:
            yield LeftOutAward(key=f"{ocid}/{problem.key}", where=problem.where, reason=problem.reason)
        yield from awards_of(file, ocid, releases[0][0], state.release, buyer)


FORMAT: Final = FileFormat[Iterable[Contract | LeftOutAward]](
    name="releases",
    publisher="OCDS",
    read=read_contracts,
    recognises=_recognises,
    covers=award_coverage,
    stream=stream_contracts,
    seed=(
        "release.json",
        '{"ocid": "ocds-x-1", "date": "2024-06-01T00:00:00Z", "buyer": {"id": "B", "name": "Ministry", "address": '
        '{"countryName": "Norge"}}, "tender": {"value": {"amount": 1, "currency": "SEK"}}, "awards": [{"id": "1", '
        '"status": "active", "title": "Radars", "value": {"amount": 5000000, "currency": "SEK"}, "suppliers": '
        '[{"name": "Radar AB", "address": {"countryName": "SE"}}]}]}',
    ),
)
