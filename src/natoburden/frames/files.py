"""Parquet and CSV files as lazy frames; Polars or DuckDB reads only what a question needs."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from natoburden._once import once
from natoburden.errors import MissingExtraError, ReaderError, UnknownNameError

__all__ = ["ENGINES", "readable", "scan", "streamed"]

ENGINES: Final = ("polars", "duckdb")
_SPEAKERS = frozenset({"polars", "duckdb", "_duckdb", "narwhals"})
_INTERRUPTED = "Query interrupted"  # DuckDB's error for an interrupt from the keyboard
_EXPECTED = "a Parquet or CSV file of award lines"
_ENDINGS = {".parquet": "parquet", ".pq": "parquet", ".csv": "csv", ".tsv": "csv"}


def scan(path: Path | str, *, engine: str | None = None) -> Any:
    """Open a file as a lazy frame of Polars or, without Polars, as a relation of DuckDB; no lines are read yet.

    Raises `ReaderError` for a file that is neither Parquet nor CSV, `MissingExtraError` if neither Polars nor DuckDB is
    installed, and `OSError` if the file does not exist.
    """
    file = Path(path)
    with file.open("rb") as opened:
        start = opened.read(4)
    kind = "parquet" if start == b"PAR1" else _ENDINGS.get(file.suffix.lower(), "")
    if not kind or not start:
        raise ReaderError(file.name, "", "no Parquet, and not called .csv" if start else "the file is empty", _EXPECTED)
    if str(file).encode("utf-8", "replace").decode() != str(file):
        raise ReaderError(file.name, "", "its name is not UTF-8, and no engine opens it", "a name in UTF-8: rename it")
    return _SCANS[_engine(engine)](file, kind)


def streamed(frame: Any) -> list[dict[str, Any]]:
    """Compute a frame that `scan` opened, in bounded memory, and return its rows."""
    if hasattr(frame, "collect"):
        rows: list[dict[str, Any]] = frame.collect(engine="streaming").to_dicts()
        return rows
    names = frame.columns
    return [dict(zip(names, row, strict=True)) for row in frame.fetchall()]


@contextlib.contextmanager
def readable(path: Path | str) -> Iterator[None]:
    """Convert an engine's error about an unreadable file to a `ReaderError`, when the file is opened or read."""
    try:
        yield
    except Exception as error:  # each engine has errors of its own, which are recognised below
        if str(error) == _INTERRUPTED:
            raise KeyboardInterrupt from error
        if type(error).__module__.partition(".")[0] not in _SPEAKERS:
            raise
        said = str(error).splitlines()[0]
        raise ReaderError(Path(path).name, "", f"it cannot be read: {said[:160]}", _EXPECTED) from error


def _engine(asked: str | None) -> str:
    if asked is not None and asked not in ENGINES:
        raise UnknownNameError("engine", asked, ENGINES)
    for name in (asked,) if asked else ENGINES:
        if importlib.util.find_spec(name) is not None:
            return name
    raise MissingExtraError("reading Parquet and CSV", asked or "polars or duckdb", "frames")


def _in_polars(file: Path, kind: str) -> Any:
    polars = importlib.import_module("polars")
    if kind == "parquet":
        return polars.scan_parquet(file)
    return polars.scan_csv(file, separator="\t" if file.suffix.lower() == ".tsv" else ",", infer_schema_length=10_000)


def _in_duckdb(file: Path, kind: str) -> Any:
    connection = _connection()
    return connection.read_parquet(str(file)) if kind == "parquet" else connection.read_csv(str(file))


@once
def _connection() -> Any:
    """Return one connection that stays open: before DuckDB 2, a relation does not keep its connection open."""
    return importlib.import_module("duckdb").connect()


_SCANS: dict[str, Callable[[Path, str], Any]] = {"polars": _in_polars, "duckdb": _in_duckdb}
