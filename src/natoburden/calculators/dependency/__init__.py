"""Who arms an ally, how much hangs on one supplier, and what it would take to change it."""

from natoburden.calculators.dependency._parts import SupplierBloc, bloc_of
from natoburden.calculators.dependency._records import LeftOut, Options
from natoburden.calculators.dependency._results import RecordResult
from natoburden.calculators.dependency.supplier_shares import SupplierShare, SupplierShares, supplier_shares

__all__ = [
    "LeftOut",
    "Options",
    "RecordResult",
    "SupplierBloc",
    "SupplierShare",
    "SupplierShares",
    "bloc_of",
    "supplier_shares",
]
