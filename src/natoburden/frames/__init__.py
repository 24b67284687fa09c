"""Calculators for columns of data that use your own engine: Polars, pandas, PyArrow, DuckDB, Dask, PySpark or Ibis."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.frames.codes import to_codes as to_codes
    from natoburden.frames.dependency import import_dependency as import_dependency
    from natoburden.frames.dependency import import_share as import_share
    from natoburden.frames.eligibility import eligibility_split as eligibility_split
    from natoburden.frames.gaps import target_gaps as target_gaps
    from natoburden.frames.indices import concentration as concentration
    from natoburden.frames.money import convert as convert
    from natoburden.frames.money import deflate as deflate
    from natoburden.frames.records import SCHEMA as SCHEMA
    from natoburden.frames.records import contracts_to_frame as contracts_to_frame
    from natoburden.frames.records import frame_to_contracts as frame_to_contracts
    from natoburden.frames.shares import coverage as coverage
    from natoburden.frames.shares import supplier_blocs as supplier_blocs
    from natoburden.frames.shares import supplier_shares as supplier_shares
    from natoburden.frames.tables import to_frame as to_frame
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "indices": "concentration",
            "codes": "to_codes",
            "dependency": "import_dependency import_share",
            "eligibility": "eligibility_split",
            "gaps": "target_gaps",
            "money": "convert deflate",
            "records": "SCHEMA contracts_to_frame frame_to_contracts",
            "shares": "coverage supplier_blocs supplier_shares",
            "tables": "to_frame",
        },
    )
