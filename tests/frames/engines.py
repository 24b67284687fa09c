"""The engines that frame functions run on: how each makes a frame of columns, and how its rows are read back."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import math
import os
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import narwhals as nw
import pytest

__all__ = ["ENGINES", "Engine", "Types", "rows_of"]

Columns = Mapping[str, Any]
Types = Mapping[str, str]  # of each column: text, number or year

ALWAYS = ("polars", "polars lazy", "pandas", "pandas of Arrow", "PyArrow", "DuckDB", "DuckDB connection")
# With the process that runs each in `make test-engines`: Dask takes as long as the others together.
HEAVY = {"Dask": "first", "PySpark": "second", "Ibis": "second"}
ALL_ENGINES = os.environ.get("NATOBURDEN_ENGINES") == "1"


@attrs.frozen
class Engine:
    """An engine by name, with what makes its frames."""

    name: str
    make: Callable[[Columns, Types], Any]

    @property
    def is_lazy(self) -> bool:
        return self.name not in ("polars", "pandas", "pandas of Arrow", "PyArrow")

    @property
    def is_slow(self) -> bool:
        return self.name in ("Dask", "PySpark")

    @property
    def runs(self) -> int:
        """How often to ask the same where threads may give another answer: often, where they are quick to start."""
        return {"polars": 20, "polars lazy": 20, "DuckDB": 20, "PyArrow": 5}.get(self.name, 2)

    @property
    def rows(self) -> int:
        """How many rows keep several threads busy: DuckDB gives each thread 122 880, others split any frame."""
        return 6_000 if self.is_slow else 400_000


def arrow(columns: Columns, types: Types) -> Any:
    import pyarrow as pa  # type: ignore[import-untyped] # it ships no types

    kinds = {"text": pa.string(), "number": pa.float64(), "year": pa.int64()}
    return pa.table({name: pa.array(columns[name], kinds[types[name]]) for name in columns})


def polars(columns: Columns, types: Types) -> Any:
    import polars as pl

    kinds = {"text": pl.String, "number": pl.Float64, "year": pl.Int64}
    return pl.DataFrame(dict(columns), schema={name: kinds[types[name]] for name in columns})


def arrow_pandas(columns: Columns, types: Types) -> Any:
    import pandas as pd  # type: ignore[import-untyped] # it ships no types

    return arrow(columns, types).to_pandas(types_mapper=pd.ArrowDtype)


def duckdb_connection(columns: Columns, types: Types) -> Any:
    return connection().from_arrow(arrow(columns, types))


@functools.cache
def connection() -> Any:
    return importlib.import_module("duckdb").connect()


def dask(columns: Columns, types: Types) -> Any:
    frame = importlib.import_module("dask.dataframe")
    return frame.from_pandas(arrow(columns, types).to_pandas(), npartitions=3)


def spark(columns: Columns, types: Types) -> Any:
    return session().createDataFrame(arrow(columns, types))


@functools.cache
def session() -> Any:
    builder = importlib.import_module("pyspark.sql").SparkSession.builder
    settings = {
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        # Tables of a few rows are computed in the time that it takes to compile a plan for many.
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": "false",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.ui.enabled": "false",
        "spark.log.level": "ERROR",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.master("local[2]").appName("natoburden").getOrCreate()


MAKERS: dict[str, Callable[[Columns, Types], Any]] = {
    "polars": polars,
    "polars lazy": lambda columns, types: polars(columns, types).lazy(),
    "pandas": lambda columns, types: arrow(columns, types).to_pandas(),
    "pandas of Arrow": arrow_pandas,
    "PyArrow": arrow,
    "DuckDB": lambda columns, types: importlib.import_module("duckdb").from_arrow(arrow(columns, types)),
    "DuckDB connection": duckdb_connection,
    "Dask": dask,
    "PySpark": spark,
    "Ibis": lambda columns, types: importlib.import_module("ibis").memtable(arrow(columns, types)),
}
MODULES = {"DuckDB": "duckdb", "DuckDB connection": "duckdb"}


def _parameter(name: str) -> Any:
    module = MODULES.get(name)
    marks = [pytest.mark.xdist_group(HEAVY[name])] if name in HEAVY else []
    if name in HEAVY and not ALL_ENGINES:
        marks.append(pytest.mark.skip(reason="make test-engines runs Dask, PySpark and Ibis"))
    elif module is not None:
        marks.append(pytest.mark.skipif(importlib.util.find_spec(module) is None, reason=f"{module} is not here"))
    return pytest.param(Engine(name, MAKERS[name]), id=name.replace(" ", "-"), marks=marks)


ENGINES = [_parameter(name) for name in (*ALWAYS, *HEAVY)]


def rows_of(native: Any) -> list[dict[str, Any]]:
    """Compute a frame, and give its rows; what an engine calls NaN for want of a null is None."""
    frame: Any = nw.from_native(native)
    collected = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    return [{name: _plain(value) for name, value in row.items()} for row in collected.iter_rows(named=True)]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, float) and math.isnan(value):
        return None
    return value.item() if hasattr(value, "item") else value
