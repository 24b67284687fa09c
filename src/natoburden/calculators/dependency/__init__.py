"""Who arms an ally, how much hangs on one supplier, and what it would take to change it."""

from natoburden.calculators.dependency._options import Options
from natoburden.calculators.dependency._parts import SupplierBloc, bloc_of
from natoburden.calculators.dependency._records import Conversion, LeftOut
from natoburden.calculators.dependency._results import RecordResult
from natoburden.calculators.dependency.commonality import (
    AreaCommonality,
    Commonality,
    Interoperability,
    InteroperabilityRow,
    commonality,
    interoperability,
)
from natoburden.calculators.dependency.imports import (
    ImportDependency,
    ImportFormula,
    ImportShare,
    import_dependency,
    import_share,
)
from natoburden.calculators.dependency.lock_in import LockIn, lock_in, sustainment_multiplier
from natoburden.calculators.dependency.n_minus_1 import AreaWithoutLargest, WithoutLargest, without_largest_supplier
from natoburden.calculators.dependency.strategic import (
    DependencyYear,
    StrategicDependency,
    TradeYear,
    strategic_dependency,
)
from natoburden.calculators.dependency.supplier_shares import SupplierShare, SupplierShares, supplier_shares
from natoburden.calculators.dependency.what_if import Ratio, Ratios, WhatIf, what_if

__all__ = [
    "AreaCommonality",
    "AreaWithoutLargest",
    "Commonality",
    "Conversion",
    "DependencyYear",
    "ImportDependency",
    "ImportFormula",
    "ImportShare",
    "Interoperability",
    "InteroperabilityRow",
    "LeftOut",
    "LockIn",
    "Options",
    "Ratio",
    "Ratios",
    "RecordResult",
    "StrategicDependency",
    "SupplierBloc",
    "SupplierShare",
    "SupplierShares",
    "TradeYear",
    "WhatIf",
    "WithoutLargest",
    "bloc_of",
    "commonality",
    "import_dependency",
    "import_share",
    "interoperability",
    "lock_in",
    "strategic_dependency",
    "supplier_shares",
    "sustainment_multiplier",
    "what_if",
    "without_largest_supplier",
]
