"""Energy: contracted quantities and prices, suppliers, the dependency of buyers, and the effect of changed deals."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.calculators.energy.changed_deals import DealChange as DealChange
    from natoburden.calculators.energy.changed_deals import DealsWhatIf as DealsWhatIf
    from natoburden.calculators.energy.changed_deals import DealsWhatIfRow as DealsWhatIfRow
    from natoburden.calculators.energy.changed_deals import what_if as what_if
    from natoburden.calculators.energy.contract_years import ContractYear as ContractYear
    from natoburden.calculators.energy.contract_years import TakeOrPay as TakeOrPay
    from natoburden.calculators.energy.contract_years import TakeOrPayYear as TakeOrPayYear
    from natoburden.calculators.energy.contract_years import take_or_pay as take_or_pay
    from natoburden.calculators.energy.contracts import Contracted as Contracted
    from natoburden.calculators.energy.contracts import ContractedRow as ContractedRow
    from natoburden.calculators.energy.contracts import Grouping as Grouping
    from natoburden.calculators.energy.contracts import contracted as contracted
    from natoburden.calculators.energy.contracts import yearly_energy as yearly_energy
    from natoburden.calculators.energy.expiry import Expiry as Expiry
    from natoburden.calculators.energy.expiry import ExpiryRow as ExpiryRow
    from natoburden.calculators.energy.expiry import expiry_profile as expiry_profile
    from natoburden.calculators.energy.exposures import Exposure as Exposure
    from natoburden.calculators.energy.exposures import exposure as exposure
    from natoburden.calculators.energy.pledges import PledgeSize as PledgeSize
    from natoburden.calculators.energy.pledges import pledge_size as pledge_size
    from natoburden.calculators.energy.prices import CargoCancellation as CargoCancellation
    from natoburden.calculators.energy.prices import DeliveredPrice as DeliveredPrice
    from natoburden.calculators.energy.prices import ImpliedPrice as ImpliedPrice
    from natoburden.calculators.energy.prices import IndexedPrice as IndexedPrice
    from natoburden.calculators.energy.prices import delivered_price as delivered_price
    from natoburden.calculators.energy.prices import fixed_charge as fixed_charge
    from natoburden.calculators.energy.prices import implied_price as implied_price
    from natoburden.calculators.energy.prices import indexed_price as indexed_price
    from natoburden.calculators.energy.prices import lift_or_cancel as lift_or_cancel
    from natoburden.calculators.energy.security import NetImportDependency as NetImportDependency
    from natoburden.calculators.energy.security import NMinusOne as NMinusOne
    from natoburden.calculators.energy.security import PublishedDependency as PublishedDependency
    from natoburden.calculators.energy.security import dependency_ratio as dependency_ratio
    from natoburden.calculators.energy.security import n_minus_1 as n_minus_1
    from natoburden.calculators.energy.security import net_import_dependency as net_import_dependency
    from natoburden.calculators.energy.security import published_dependency as published_dependency
    from natoburden.calculators.energy.supply import SupplyShare as SupplyShare
    from natoburden.calculators.energy.supply import SupplyShares as SupplyShares
    from natoburden.calculators.energy.supply import supply_shares as supply_shares
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "contracts": "Contracted ContractedRow Grouping contracted yearly_energy",
            "expiry": "Expiry ExpiryRow expiry_profile",
            "exposures": "Exposure exposure",
            "pledges": "PledgeSize pledge_size",
            "prices": (
                "CargoCancellation DeliveredPrice ImpliedPrice IndexedPrice delivered_price fixed_charge "
                "implied_price indexed_price lift_or_cancel"
            ),
            "security": (
                "NetImportDependency NMinusOne PublishedDependency dependency_ratio net_import_dependency n_minus_1 "
                "published_dependency"
            ),
            "supply": "SupplyShare SupplyShares supply_shares",
            "contract_years": "ContractYear TakeOrPay TakeOrPayYear take_or_pay",
            "changed_deals": "DealChange DealsWhatIf DealsWhatIfRow what_if",
        },
    )
