"""Who arms an ally, how much the ally depends on one supplier, and what would change this dependency."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.calculators.dependency._options import Options as Options
    from natoburden.calculators.dependency._parts import SupplierBloc as SupplierBloc
    from natoburden.calculators.dependency._parts import bloc_of as bloc_of
    from natoburden.calculators.dependency._records import Conversion as Conversion
    from natoburden.calculators.dependency._records import LeftOut as LeftOut
    from natoburden.calculators.dependency._results import RecordResult as RecordResult
    from natoburden.calculators.dependency.by_buyer import BuyerShare as BuyerShare
    from natoburden.calculators.dependency.by_buyer import BuyerShares as BuyerShares
    from natoburden.calculators.dependency.by_buyer import supplier_in_buyers as supplier_in_buyers
    from natoburden.calculators.dependency.changed_contracts import ContractsWhatIf as ContractsWhatIf
    from natoburden.calculators.dependency.changed_contracts import Ratio as Ratio
    from natoburden.calculators.dependency.changed_contracts import Ratios as Ratios
    from natoburden.calculators.dependency.changed_contracts import what_if as what_if
    from natoburden.calculators.dependency.common_systems import AreaCommonality as AreaCommonality
    from natoburden.calculators.dependency.common_systems import Commonality as Commonality
    from natoburden.calculators.dependency.common_systems import Interoperability as Interoperability
    from natoburden.calculators.dependency.common_systems import InteroperabilityRow as InteroperabilityRow
    from natoburden.calculators.dependency.common_systems import commonality as commonality
    from natoburden.calculators.dependency.common_systems import interoperability as interoperability
    from natoburden.calculators.dependency.imports import ImportDependency as ImportDependency
    from natoburden.calculators.dependency.imports import ImportFormula as ImportFormula
    from natoburden.calculators.dependency.imports import ImportShare as ImportShare
    from natoburden.calculators.dependency.imports import import_dependency as import_dependency
    from natoburden.calculators.dependency.imports import import_share as import_share
    from natoburden.calculators.dependency.strategic import DependencyYear as DependencyYear
    from natoburden.calculators.dependency.strategic import StrategicDependency as StrategicDependency
    from natoburden.calculators.dependency.strategic import TradeYear as TradeYear
    from natoburden.calculators.dependency.strategic import strategic_dependency as strategic_dependency
    from natoburden.calculators.dependency.suppliers import SupplierShare as SupplierShare
    from natoburden.calculators.dependency.suppliers import SupplierShares as SupplierShares
    from natoburden.calculators.dependency.suppliers import supplier_shares as supplier_shares
    from natoburden.calculators.dependency.sustainment import LockIn as LockIn
    from natoburden.calculators.dependency.sustainment import lock_in as lock_in
    from natoburden.calculators.dependency.sustainment import sustainment_multiplier as sustainment_multiplier
    from natoburden.calculators.dependency.without_largest import AreaWithoutLargest as AreaWithoutLargest
    from natoburden.calculators.dependency.without_largest import WithoutLargest as WithoutLargest
    from natoburden.calculators.dependency.without_largest import without_largest_supplier as without_largest_supplier
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "_options": "Options",
            "_parts": "SupplierBloc bloc_of",
            "_records": "Conversion LeftOut",
            "_results": "RecordResult",
            "common_systems": (
                "AreaCommonality Commonality Interoperability InteroperabilityRow commonality interoperability"
            ),
            "imports": "ImportDependency ImportFormula ImportShare import_dependency import_share",
            "sustainment": "LockIn lock_in sustainment_multiplier",
            "without_largest": "AreaWithoutLargest WithoutLargest without_largest_supplier",
            "strategic": "DependencyYear StrategicDependency TradeYear strategic_dependency",
            "by_buyer": "BuyerShare BuyerShares supplier_in_buyers",
            "suppliers": "SupplierShare SupplierShares supplier_shares",
            "changed_contracts": "Ratio Ratios ContractsWhatIf what_if",
        },
    )
