"""Statistics that defence economists publish about burdens: rank tests, concordance, inequality and fair shares."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.calculators.burden.ally_burdens import AllyBurden as AllyBurden
    from natoburden.calculators.burden.ally_burdens import burdens as burdens
    from natoburden.calculators.burden.apportionment import FairKey as FairKey
    from natoburden.calculators.burden.apportionment import FairShare as FairShare
    from natoburden.calculators.burden.apportionment import fair_shares as fair_shares
    from natoburden.calculators.burden.benefits import BenefitProxy as BenefitProxy
    from natoburden.calculators.burden.benefits import ConcordanceTest as ConcordanceTest
    from natoburden.calculators.burden.benefits import concordance as concordance
    from natoburden.calculators.burden.blocs import BlocInequality as BlocInequality
    from natoburden.calculators.burden.blocs import InequalityByBloc as InequalityByBloc
    from natoburden.calculators.burden.blocs import inequality_by_bloc as inequality_by_bloc
    from natoburden.calculators.burden.capital import CapitalIntensity as CapitalIntensity
    from natoburden.calculators.burden.capital import GroupCapitalIntensity as GroupCapitalIntensity
    from natoburden.calculators.burden.capital import capital_intensity as capital_intensity
    from natoburden.calculators.burden.categories import CategoryBurden as CategoryBurden
    from natoburden.calculators.burden.categories import CategoryBurdens as CategoryBurdens
    from natoburden.calculators.burden.categories import CategoryMix as CategoryMix
    from natoburden.calculators.burden.categories import CategoryPart as CategoryPart
    from natoburden.calculators.burden.categories import category_burdens as category_burdens
    from natoburden.calculators.burden.categories import category_mix as category_mix
    from natoburden.calculators.burden.comparison import SideBySide as SideBySide
    from natoburden.calculators.burden.comparison import side_by_side as side_by_side
    from natoburden.calculators.burden.distribution import Inequality as Inequality
    from natoburden.calculators.burden.distribution import LorenzPoint as LorenzPoint
    from natoburden.calculators.burden.distribution import inequality as inequality
    from natoburden.calculators.burden.exploitation_tests import AtOtherPrices as AtOtherPrices
    from natoburden.calculators.burden.exploitation_tests import ExploitationTest as ExploitationTest
    from natoburden.calculators.burden.exploitation_tests import PartialCorrelation as PartialCorrelation
    from natoburden.calculators.burden.exploitation_tests import exploitation as exploitation
    from natoburden.calculators.burden.exploitation_tests import partial_rank_correlation as partial_rank_correlation
    from natoburden.calculators.burden.operations import Capacity as Capacity
    from natoburden.calculators.burden.operations import OperationsBurden as OperationsBurden
    from natoburden.calculators.burden.operations import operations_burdens as operations_burdens
    from natoburden.calculators.burden.over_years import Series as Series
    from natoburden.calculators.burden.over_years import series as series
    from natoburden.calculators.burden.purchasing_power import GroupPurchasingPower as GroupPurchasingPower
    from natoburden.calculators.burden.purchasing_power import PurchasingPower as PurchasingPower
    from natoburden.calculators.burden.purchasing_power import at_purchasing_power as at_purchasing_power
    from natoburden.calculators.burden.rounding import Bounds as Bounds
    from natoburden.calculators.burden.spillover import SpilloverBurden as SpilloverBurden
    from natoburden.calculators.burden.spillover import spillover_burdens as spillover_burdens
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "ally_burdens": "AllyBurden burdens",
            "benefits": "BenefitProxy ConcordanceTest concordance",
            "exploitation_tests": (
                "AtOtherPrices ExploitationTest PartialCorrelation exploitation partial_rank_correlation"
            ),
            "apportionment": "FairKey FairShare fair_shares",
            "distribution": "Inequality LorenzPoint inequality",
            "over_years": "Series series",
            "blocs": "BlocInequality InequalityByBloc inequality_by_bloc",
            "capital": "CapitalIntensity GroupCapitalIntensity capital_intensity",
            "categories": ("CategoryBurden CategoryBurdens CategoryMix CategoryPart category_burdens category_mix"),
            "rounding": "Bounds",
            "operations": "Capacity OperationsBurden operations_burdens",
            "comparison": "SideBySide side_by_side",
            "purchasing_power": "GroupPurchasingPower PurchasingPower at_purchasing_power",
            "spillover": "SpilloverBurden spillover_burdens",
        },
    )
