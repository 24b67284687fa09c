"""The calculators over columns, on your own engine: Polars, pandas, PyArrow, DuckDB, Dask, PySpark or Ibis."""

from natoburden.frames.concentration import concentration
from natoburden.frames.dependency import import_dependency, import_share
from natoburden.frames.eligibility import eligibility_split
from natoburden.frames.gaps import target_gaps
from natoburden.frames.money import convert, deflate
from natoburden.frames.records import SCHEMA, contracts_to_frame, frame_to_contracts
from natoburden.frames.shares import coverage, supplier_blocs, supplier_shares

__all__ = [
    "SCHEMA",
    "concentration",
    "contracts_to_frame",
    "convert",
    "coverage",
    "deflate",
    "eligibility_split",
    "frame_to_contracts",
    "import_dependency",
    "import_share",
    "supplier_blocs",
    "supplier_shares",
    "target_gaps",
]
