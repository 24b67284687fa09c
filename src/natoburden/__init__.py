"""Who carries an alliance's burden: targets, gaps, what closing them costs, and how sure any of it is.

The public names are those in ``__all__``. Importing the package loads nothing else; each name loads what it
needs when it is first used.
"""

TYPE_CHECKING = False

if TYPE_CHECKING:
    from natoburden import datasets as datasets
    from natoburden import errors as errors
    from natoburden import fixtures as fixtures
    from natoburden import frames as frames
    from natoburden import readers as readers
    from natoburden import serialization as serialization
    from natoburden import units as units
    from natoburden.calculators import burden as burden
    from natoburden.calculators import concentration as concentration
    from natoburden.calculators import credit as credit
    from natoburden.calculators import dependency as dependency
    from natoburden.calculators import eligibility as eligibility
    from natoburden.calculators import energy as energy
    from natoburden.calculators import estimates as estimates
    from natoburden.calculators import offsets as offsets
    from natoburden.calculators import outlooks as outlooks
    from natoburden.calculators import pathways as pathways
    from natoburden.calculators import promises as promises
    from natoburden.calculators import simulation as simulation
    from natoburden.calculators import targets as targets
    from natoburden.calculators.results import Result as Result
    from natoburden.calculators.results import ResultTable as ResultTable
    from natoburden.datasets.targets import HAGUE as HAGUE
    from natoburden.datasets.targets import HAGUE_CORE as HAGUE_CORE
    from natoburden.datasets.targets import HAGUE_RELATED as HAGUE_RELATED
    from natoburden.datasets.targets import HAGUE_TOTAL as HAGUE_TOTAL
    from natoburden.datasets.targets import US_DEMAND as US_DEMAND
    from natoburden.datasets.targets import VILNIUS_FLOOR as VILNIUS_FLOOR
    from natoburden.datasets.targets import WALES_EQUIPMENT as WALES_EQUIPMENT
    from natoburden.datasets.targets import WALES_GUIDELINE as WALES_GUIDELINE
    from natoburden.errors import NatoBurdenError as NatoBurdenError
    from natoburden.errors import NatoBurdenWarning as NatoBurdenWarning
    from natoburden.fixtures import articles as articles
    from natoburden.model.aid import AidMonth as AidMonth
    from natoburden.model.aid import AidPart as AidPart
    from natoburden.model.aid import AidTracker as AidTracker
    from natoburden.model.aid import DonorShare as DonorShare
    from natoburden.model.aid import ProcurementMonth as ProcurementMonth
    from natoburden.model.aid import WeaponsGiven as WeaponsGiven
    from natoburden.model.articles import Article as Article
    from natoburden.model.articles import Aside as Aside
    from natoburden.model.articles import AsideKind as AsideKind
    from natoburden.model.articles import Link as Link
    from natoburden.model.articles import LinkKind as LinkKind
    from natoburden.model.balances import BalanceItem as BalanceItem
    from natoburden.model.balances import EnergyBalance as EnergyBalance
    from natoburden.model.capabilities import CapabilityArea as CapabilityArea
    from natoburden.model.capabilities import InteroperabilityArea as InteroperabilityArea
    from natoburden.model.capabilities import cpv_areas as cpv_areas
    from natoburden.model.capabilities import sipri_area as sipri_area
    from natoburden.model.claims import Actor as Actor
    from natoburden.model.claims import ActorKind as ActorKind
    from natoburden.model.claims import Area as Area
    from natoburden.model.claims import Attribution as Attribution
    from natoburden.model.claims import Candidate as Candidate
    from natoburden.model.claims import Claim as Claim
    from natoburden.model.claims import ClaimModality as ClaimModality
    from natoburden.model.claims import Count as Count
    from natoburden.model.commitment_record import Commitments as Commitments
    from natoburden.model.commitments import Commitment as Commitment
    from natoburden.model.commitments import CommitmentKind as CommitmentKind
    from natoburden.model.commitments import Component as Component
    from natoburden.model.commitments import CompositeTarget as CompositeTarget
    from natoburden.model.commitments import Definition as Definition
    from natoburden.model.commitments import Grade as Grade
    from natoburden.model.commitments import Modality as Modality
    from natoburden.model.commitments import ShareRange as ShareRange
    from natoburden.model.commitments import Standing as Standing
    from natoburden.model.commitments import Target as Target
    from natoburden.model.countries import Country as Country
    from natoburden.model.countries import countries as countries
    from natoburden.model.credit import CreditCategory as CreditCategory
    from natoburden.model.credit import CreditPolicy as CreditPolicy
    from natoburden.model.credit import DoubleCounting as DoubleCounting
    from natoburden.model.credit import Instalment as Instalment
    from natoburden.model.credit import Package as Package
    from natoburden.model.credit import Purchase as Purchase
    from natoburden.model.credit import PurchaseBasis as PurchaseBasis
    from natoburden.model.credit import Spreading as Spreading
    from natoburden.model.dates import Announced as Announced
    from natoburden.model.dates import Certainty as Certainty
    from natoburden.model.dates import DateSpan as DateSpan
    from natoburden.model.dates import Deadline as Deadline
    from natoburden.model.dates import Precision as Precision
    from natoburden.model.deals import DealStatus as DealStatus
    from natoburden.model.deals import EnergyDeal as EnergyDeal
    from natoburden.model.deals import EnergyDeals as EnergyDeals
    from natoburden.model.deals import EnergyPledge as EnergyPledge
    from natoburden.model.deals import Fee as Fee
    from natoburden.model.deals import PriceFormula as PriceFormula
    from natoburden.model.deals import UnitPrice as UnitPrice
    from natoburden.model.deflators import Deflator as Deflator
    from natoburden.model.deliveries import Delivery as Delivery
    from natoburden.model.deliveries import DeliverySpan as DeliverySpan
    from natoburden.model.energy import DependencyRate as DependencyRate
    from natoburden.model.energy import DependencyRates as DependencyRates
    from natoburden.model.energy import EnergyFlow as EnergyFlow
    from natoburden.model.energy import EnergyFlows as EnergyFlows
    from natoburden.model.energy import Fuel as Fuel
    from natoburden.model.energy import OtherFuel as OtherFuel
    from natoburden.model.energy import OtherPlace as OtherPlace
    from natoburden.model.exchange import ExchangeRates as ExchangeRates
    from natoburden.model.exchange import Quotation as Quotation
    from natoburden.model.exchange import RateHistory as RateHistory
    from natoburden.model.exchange import RateMethod as RateMethod
    from natoburden.model.exchange import YearlyRates as YearlyRates
    from natoburden.model.expenditure import Edition as Edition
    from natoburden.model.expenditure import ExpenditureTable as ExpenditureTable
    from natoburden.model.expenditure import Measure as Measure
    from natoburden.model.expenditure import Observation as Observation
    from natoburden.model.figures import CountryFigures as CountryFigures
    from natoburden.model.indicators import IndicatorRow as IndicatorRow
    from natoburden.model.indicators import IndicatorTable as IndicatorTable
    from natoburden.model.keyed import Keyed as Keyed
    from natoburden.model.memberships import Bloc as Bloc
    from natoburden.model.memberships import Group as Group
    from natoburden.model.memberships import Membership as Membership
    from natoburden.model.memberships import groups as groups
    from natoburden.model.money import CURRENT_PRICES as CURRENT_PRICES
    from natoburden.model.money import UNSTATED_PRICES as UNSTATED_PRICES
    from natoburden.model.money import Currency as Currency
    from natoburden.model.money import Money as Money
    from natoburden.model.money import PriceBasis as PriceBasis
    from natoburden.model.offsets import Milestone as Milestone
    from natoburden.model.offsets import OffsetAgreement as OffsetAgreement
    from natoburden.model.offsets import OffsetRule as OffsetRule
    from natoburden.model.offsets import OffsetStatistic as OffsetStatistic
    from natoburden.model.offsets import OffsetTransaction as OffsetTransaction
    from natoburden.model.offsets import OffsetType as OffsetType
    from natoburden.model.offsets import Redress as Redress
    from natoburden.model.origins import Origin as Origin
    from natoburden.model.origins import OriginBasis as OriginBasis
    from natoburden.model.origins import OriginShare as OriginShare
    from natoburden.model.origins import Supplier as Supplier
    from natoburden.model.periods import Period as Period
    from natoburden.model.periods import PeriodRun as PeriodRun
    from natoburden.model.procurement import Bound as Bound
    from natoburden.model.procurement import Cancellation as Cancellation
    from natoburden.model.procurement import Channel as Channel
    from natoburden.model.procurement import Contract as Contract
    from natoburden.model.procurement import Contracts as Contracts
    from natoburden.model.procurement import ContractStatus as ContractStatus
    from natoburden.model.procurement import ContractValue as ContractValue
    from natoburden.model.procurement import Quantity as Quantity
    from natoburden.model.procurement import RangeEnd as RangeEnd
    from natoburden.model.procurement import ValueKind as ValueKind
    from natoburden.model.procurement_rules import AimMeasure as AimMeasure
    from natoburden.model.procurement_rules import BuyersRule as BuyersRule
    from natoburden.model.procurement_rules import ContentRule as ContentRule
    from natoburden.model.procurement_rules import Joined as Joined
    from natoburden.model.procurement_rules import ProcurementAim as ProcurementAim
    from natoburden.model.quantities import CalorificBasis as CalorificBasis
    from natoburden.model.quantities import ConversionSet as ConversionSet
    from natoburden.model.quantities import Energy as Energy
    from natoburden.model.quantities import EnergyUnit as EnergyUnit
    from natoburden.model.quantities import GasBasis as GasBasis
    from natoburden.model.quantities import GasReference as GasReference
    from natoburden.model.quantities import GasUnit as GasUnit
    from natoburden.model.quantities import GasVolume as GasVolume
    from natoburden.model.quantities import LngMass as LngMass
    from natoburden.model.quantities import MassUnit as MassUnit
    from natoburden.model.quantities import OilUnit as OilUnit
    from natoburden.model.quantities import OilVolume as OilVolume
    from natoburden.model.scenarios import Override as Override
    from natoburden.model.scenarios import PathAssumptions as PathAssumptions
    from natoburden.model.scenarios import PathScenario as PathScenario
    from natoburden.model.shares import PercentagePoints as PercentagePoints
    from natoburden.model.shares import Rate as Rate
    from natoburden.model.shares import Share as Share
    from natoburden.model.sources import Source as Source
    from natoburden.model.sources import Status as Status
    from natoburden.model.transfers import Condition as Condition
    from natoburden.model.transfers import Tiv as Tiv
    from natoburden.model.transfers import TivEntry as TivEntry
    from natoburden.model.transfers import TivTable as TivTable
    from natoburden.model.transfers import TradeParty as TradeParty
    from natoburden.model.transfers import Transfer as Transfer
    from natoburden.model.transfers import Transfers as Transfers
    from natoburden.presentation import charts as charts
    from natoburden.presentation.brief_page import Brief as Brief
    from natoburden.presentation.brief_page import brief as brief
    from natoburden.presentation.citations import Bibliography as Bibliography
    from natoburden.presentation.citations import cite as cite
    from natoburden.presentation.formatting import country_name as country_name
    from natoburden.presentation.formatting import format_date as format_date
    from natoburden.presentation.formatting import format_money as format_money
    from natoburden.presentation.formatting import format_points as format_points
    from natoburden.presentation.formatting import format_rate as format_rate
    from natoburden.readers.front import inspect as inspect
    from natoburden.readers.front import read as read

    __version__: str

__all__ = [
    "CURRENT_PRICES",
    "HAGUE",
    "HAGUE_CORE",
    "HAGUE_RELATED",
    "HAGUE_TOTAL",
    "UNSTATED_PRICES",
    "US_DEMAND",
    "VILNIUS_FLOOR",
    "WALES_EQUIPMENT",
    "WALES_GUIDELINE",
    "Actor",
    "ActorKind",
    "AidMonth",
    "AidPart",
    "AidTracker",
    "AimMeasure",
    "Announced",
    "Area",
    "Article",
    "Aside",
    "AsideKind",
    "Attribution",
    "BalanceItem",
    "Bibliography",
    "Bloc",
    "Bound",
    "Brief",
    "BuyersRule",
    "CalorificBasis",
    "Cancellation",
    "Candidate",
    "CapabilityArea",
    "Certainty",
    "Channel",
    "Claim",
    "ClaimModality",
    "Commitment",
    "CommitmentKind",
    "Commitments",
    "Component",
    "CompositeTarget",
    "Condition",
    "ContentRule",
    "Contract",
    "ContractStatus",
    "ContractValue",
    "Contracts",
    "ConversionSet",
    "Count",
    "Country",
    "CountryFigures",
    "CreditCategory",
    "CreditPolicy",
    "Currency",
    "DateSpan",
    "Deadline",
    "DealStatus",
    "Definition",
    "Deflator",
    "Delivery",
    "DeliverySpan",
    "DependencyRate",
    "DependencyRates",
    "DonorShare",
    "DoubleCounting",
    "Edition",
    "Energy",
    "EnergyBalance",
    "EnergyDeal",
    "EnergyDeals",
    "EnergyFlow",
    "EnergyFlows",
    "EnergyPledge",
    "EnergyUnit",
    "ExchangeRates",
    "ExpenditureTable",
    "Fee",
    "Fuel",
    "GasBasis",
    "GasReference",
    "GasUnit",
    "GasVolume",
    "Grade",
    "Group",
    "IndicatorRow",
    "IndicatorTable",
    "Instalment",
    "InteroperabilityArea",
    "Joined",
    "Keyed",
    "Link",
    "LinkKind",
    "LngMass",
    "MassUnit",
    "Measure",
    "Membership",
    "Milestone",
    "Modality",
    "Money",
    "NatoBurdenError",
    "NatoBurdenWarning",
    "Observation",
    "OffsetAgreement",
    "OffsetRule",
    "OffsetStatistic",
    "OffsetTransaction",
    "OffsetType",
    "OilUnit",
    "OilVolume",
    "Origin",
    "OriginBasis",
    "OriginShare",
    "OtherFuel",
    "OtherPlace",
    "Override",
    "Package",
    "PathAssumptions",
    "PathScenario",
    "PercentagePoints",
    "Period",
    "PeriodRun",
    "Precision",
    "PriceBasis",
    "PriceFormula",
    "ProcurementAim",
    "ProcurementMonth",
    "Purchase",
    "PurchaseBasis",
    "Quantity",
    "Quotation",
    "RangeEnd",
    "Rate",
    "RateHistory",
    "RateMethod",
    "Redress",
    "Result",
    "ResultTable",
    "Share",
    "ShareRange",
    "Source",
    "Spreading",
    "Standing",
    "Status",
    "Supplier",
    "Target",
    "Tiv",
    "TivEntry",
    "TivTable",
    "TradeParty",
    "Transfer",
    "Transfers",
    "UnitPrice",
    "ValueKind",
    "WeaponsGiven",
    "YearlyRates",
    "__version__",
    "articles",
    "brief",
    "burden",
    "charts",
    "cite",
    "concentration",
    "countries",
    "country_name",
    "cpv_areas",
    "credit",
    "datasets",
    "dependency",
    "eligibility",
    "energy",
    "errors",
    "estimates",
    "fixtures",
    "format_date",
    "format_money",
    "format_points",
    "format_rate",
    "frames",
    "groups",
    "inspect",
    "offsets",
    "outlooks",
    "pathways",
    "promises",
    "read",
    "readers",
    "serialization",
    "simulation",
    "sipri_area",
    "targets",
    "units",
]

if not TYPE_CHECKING:
    # Names by the module that holds them; a module alone is itself the name.
    _WHERE = {
        "natoburden.calculators.results": (
            "Result",
            "ResultTable",
        ),
        "natoburden.datasets.targets": (
            "HAGUE",
            "HAGUE_CORE",
            "HAGUE_RELATED",
            "HAGUE_TOTAL",
            "US_DEMAND",
            "VILNIUS_FLOOR",
            "WALES_EQUIPMENT",
            "WALES_GUIDELINE",
        ),
        "natoburden.errors": (
            "NatoBurdenError",
            "NatoBurdenWarning",
        ),
        "natoburden.model.aid": (
            "AidMonth",
            "AidPart",
            "AidTracker",
            "DonorShare",
            "ProcurementMonth",
            "WeaponsGiven",
        ),
        "natoburden.model.articles": (
            "Article",
            "Aside",
            "AsideKind",
            "Link",
            "LinkKind",
        ),
        "natoburden.model.balances": (
            "BalanceItem",
            "EnergyBalance",
        ),
        "natoburden.model.capabilities": (
            "CapabilityArea",
            "InteroperabilityArea",
            "cpv_areas",
            "sipri_area",
        ),
        "natoburden.model.claims": (
            "Actor",
            "ActorKind",
            "Area",
            "Attribution",
            "Candidate",
            "Claim",
            "ClaimModality",
            "Count",
        ),
        "natoburden.model.commitment_record": ("Commitments",),
        "natoburden.model.commitments": (
            "Commitment",
            "CommitmentKind",
            "Component",
            "CompositeTarget",
            "Definition",
            "Grade",
            "Modality",
            "ShareRange",
            "Standing",
            "Target",
        ),
        "natoburden.model.countries": (
            "Country",
            "countries",
        ),
        "natoburden.model.credit": (
            "CreditCategory",
            "CreditPolicy",
            "DoubleCounting",
            "Instalment",
            "Package",
            "Purchase",
            "PurchaseBasis",
            "Spreading",
        ),
        "natoburden.model.dates": (
            "Announced",
            "Certainty",
            "DateSpan",
            "Deadline",
            "Precision",
        ),
        "natoburden.model.deals": (
            "DealStatus",
            "EnergyDeal",
            "EnergyDeals",
            "EnergyPledge",
            "Fee",
            "PriceFormula",
            "UnitPrice",
        ),
        "natoburden.model.deflators": ("Deflator",),
        "natoburden.model.deliveries": (
            "Delivery",
            "DeliverySpan",
        ),
        "natoburden.model.energy": (
            "DependencyRate",
            "DependencyRates",
            "EnergyFlow",
            "EnergyFlows",
            "Fuel",
            "OtherFuel",
            "OtherPlace",
        ),
        "natoburden.model.exchange": (
            "ExchangeRates",
            "Quotation",
            "RateHistory",
            "RateMethod",
            "YearlyRates",
        ),
        "natoburden.model.expenditure": (
            "Edition",
            "ExpenditureTable",
            "Measure",
            "Observation",
        ),
        "natoburden.model.figures": ("CountryFigures",),
        "natoburden.model.indicators": (
            "IndicatorRow",
            "IndicatorTable",
        ),
        "natoburden.model.keyed": ("Keyed",),
        "natoburden.model.memberships": (
            "Bloc",
            "Group",
            "Membership",
            "groups",
        ),
        "natoburden.model.money": (
            "CURRENT_PRICES",
            "Currency",
            "Money",
            "PriceBasis",
            "UNSTATED_PRICES",
        ),
        "natoburden.model.offsets": (
            "Milestone",
            "OffsetAgreement",
            "OffsetRule",
            "OffsetStatistic",
            "OffsetTransaction",
            "OffsetType",
            "Redress",
        ),
        "natoburden.model.origins": (
            "Origin",
            "OriginBasis",
            "OriginShare",
            "Supplier",
        ),
        "natoburden.model.periods": (
            "Period",
            "PeriodRun",
        ),
        "natoburden.model.procurement": (
            "Bound",
            "Cancellation",
            "Channel",
            "Contract",
            "ContractStatus",
            "ContractValue",
            "Contracts",
            "Quantity",
            "RangeEnd",
            "ValueKind",
        ),
        "natoburden.model.procurement_rules": (
            "AimMeasure",
            "BuyersRule",
            "ContentRule",
            "Joined",
            "ProcurementAim",
        ),
        "natoburden.model.quantities": (
            "CalorificBasis",
            "ConversionSet",
            "Energy",
            "EnergyUnit",
            "GasBasis",
            "GasReference",
            "GasUnit",
            "GasVolume",
            "LngMass",
            "MassUnit",
            "OilUnit",
            "OilVolume",
        ),
        "natoburden.model.scenarios": (
            "Override",
            "PathAssumptions",
            "PathScenario",
        ),
        "natoburden.model.shares": (
            "PercentagePoints",
            "Rate",
            "Share",
        ),
        "natoburden.model.sources": (
            "Source",
            "Status",
        ),
        "natoburden.model.transfers": (
            "Condition",
            "Tiv",
            "TivEntry",
            "TivTable",
            "TradeParty",
            "Transfer",
            "Transfers",
        ),
        "natoburden.presentation.brief_page": (
            "Brief",
            "brief",
        ),
        "natoburden.presentation.citations": (
            "Bibliography",
            "cite",
        ),
        "natoburden.presentation.formatting": (
            "country_name",
            "format_date",
            "format_money",
            "format_points",
            "format_rate",
        ),
        "natoburden.readers.front": (
            "inspect",
            "read",
        ),
    }
    _HOME = {name: module for module, names in _WHERE.items() for name in names}
    _MODULES = {
        "articles": "natoburden.fixtures.articles",
        "burden": "natoburden.calculators.burden",
        "charts": "natoburden.presentation.charts",
        "concentration": "natoburden.calculators.concentration",
        "datasets": "natoburden.datasets",
        "credit": "natoburden.calculators.credit",
        "dependency": "natoburden.calculators.dependency",
        "eligibility": "natoburden.calculators.eligibility",
        "energy": "natoburden.calculators.energy",
        "errors": "natoburden.errors",
        "estimates": "natoburden.calculators.estimates",
        "fixtures": "natoburden.fixtures",
        "frames": "natoburden.frames",
        "offsets": "natoburden.calculators.offsets",
        "outlooks": "natoburden.calculators.outlooks",
        "pathways": "natoburden.calculators.pathways",
        "promises": "natoburden.calculators.promises",
        "readers": "natoburden.readers",
        "serialization": "natoburden.serialization",
        "simulation": "natoburden.calculators.simulation",
        "targets": "natoburden.calculators.targets",
        "units": "natoburden.units",
    }

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name in _MODULES:
            value = import_module(_MODULES[name])
        elif name in _HOME:
            value = getattr(import_module(_HOME[name]), name)
        elif name == "__version__":
            from importlib.metadata import version

            value = version("natoburden")
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
