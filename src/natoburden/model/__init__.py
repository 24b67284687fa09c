"""The model: frozen values, which do no input or output and need no library except attrs."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
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
    from natoburden.model.claim_checks import Check as Check
    from natoburden.model.claim_checks import EstimateCheck as EstimateCheck
    from natoburden.model.claim_checks import MembershipCheck as MembershipCheck
    from natoburden.model.claim_checks import ReportedPart as ReportedPart
    from natoburden.model.claim_checks import ShareReachedCheck as ShareReachedCheck
    from natoburden.model.claim_checks import SpendingCheck as SpendingCheck
    from natoburden.model.claim_checks import TargetMetCheck as TargetMetCheck
    from natoburden.model.claim_checks import Weekday as Weekday
    from natoburden.model.claim_checks import WeekdayCheck as WeekdayCheck
    from natoburden.model.claims import Actor as Actor
    from natoburden.model.claims import ActorKind as ActorKind
    from natoburden.model.claims import Area as Area
    from natoburden.model.claims import Attribution as Attribution
    from natoburden.model.claims import Candidate as Candidate
    from natoburden.model.claims import Claim as Claim
    from natoburden.model.claims import ClaimedQuantity as ClaimedQuantity
    from natoburden.model.claims import ClaimModality as ClaimModality
    from natoburden.model.claims import Count as Count
    from natoburden.model.code_schemes import CodeScheme as CodeScheme
    from natoburden.model.commitment_record import Commitments as Commitments
    from natoburden.model.countries import Country as Country
    from natoburden.model.countries import CountryLike as CountryLike
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
    from natoburden.model.deflators import Deflator as Deflator
    from natoburden.model.deliveries import Delivery as Delivery
    from natoburden.model.deliveries import DeliverySpan as DeliverySpan
    from natoburden.model.dependency_rates import DependencyRate as DependencyRate
    from natoburden.model.dependency_rates import DependencyRates as DependencyRates
    from natoburden.model.energy import TOTAL as TOTAL
    from natoburden.model.energy import AnyFuel as AnyFuel
    from natoburden.model.energy import EnergyFlow as EnergyFlow
    from natoburden.model.energy import EnergyFlows as EnergyFlows
    from natoburden.model.energy import FlowOmission as FlowOmission
    from natoburden.model.energy import Fuel as Fuel
    from natoburden.model.energy import FuelLike as FuelLike
    from natoburden.model.energy import OtherFuel as OtherFuel
    from natoburden.model.energy import OtherPlace as OtherPlace
    from natoburden.model.energy import Place as Place
    from natoburden.model.energy import PlaceLike as PlaceLike
    from natoburden.model.energy import ReportedBy as ReportedBy
    from natoburden.model.evidence import Evidence as Evidence
    from natoburden.model.evidence import Given as Given
    from natoburden.model.exchange import ExchangeRates as ExchangeRates
    from natoburden.model.exchange import Quotation as Quotation
    from natoburden.model.exchange import RateHistory as RateHistory
    from natoburden.model.exchange import RateMethod as RateMethod
    from natoburden.model.exchange import Rates as Rates
    from natoburden.model.exchange import YearlyRates as YearlyRates
    from natoburden.model.expenditure import MONEY_MEASURES as MONEY_MEASURES
    from natoburden.model.expenditure import CountedBy as CountedBy
    from natoburden.model.expenditure import Edition as Edition
    from natoburden.model.expenditure import ExpenditureTable as ExpenditureTable
    from natoburden.model.expenditure import Measure as Measure
    from natoburden.model.expenditure import Observation as Observation
    from natoburden.model.expenditure import Omission as Omission
    from natoburden.model.figures import CountryFigures as CountryFigures
    from natoburden.model.figures import YearlyFigures as YearlyFigures
    from natoburden.model.follow_ups import EnergyFollowUp as EnergyFollowUp
    from natoburden.model.follow_ups import EventsFollowUp as EventsFollowUp
    from natoburden.model.follow_ups import FollowUp as FollowUp
    from natoburden.model.follow_ups import NoFollowUp as NoFollowUp
    from natoburden.model.follow_ups import NoticesFollowUp as NoticesFollowUp
    from natoburden.model.follow_ups import SharesFollowUp as SharesFollowUp
    from natoburden.model.follow_ups import TargetFollowUp as TargetFollowUp
    from natoburden.model.geography import Capital as Capital
    from natoburden.model.geography import LandBorder as LandBorder
    from natoburden.model.indicators import IndicatorRow as IndicatorRow
    from natoburden.model.indicators import IndicatorTable as IndicatorTable
    from natoburden.model.keyed import Keyed as Keyed
    from natoburden.model.keyed import Records as Records
    from natoburden.model.macro_measures import InternationalDollars as InternationalDollars
    from natoburden.model.macro_measures import MacroMeasure as MacroMeasure
    from natoburden.model.macro_measures import MacroUnit as MacroUnit
    from natoburden.model.macro_tables import MacroFigure as MacroFigure
    from natoburden.model.macro_tables import MacroTable as MacroTable
    from natoburden.model.memberships import Bloc as Bloc
    from natoburden.model.memberships import Entity as Entity
    from natoburden.model.memberships import EntityLike as EntityLike
    from natoburden.model.memberships import Group as Group
    from natoburden.model.memberships import GroupLike as GroupLike
    from natoburden.model.memberships import Membership as Membership
    from natoburden.model.memberships import When as When
    from natoburden.model.missing_years import MissingYear as MissingYear
    from natoburden.model.money import CURRENT_PRICES as CURRENT_PRICES
    from natoburden.model.money import UNSTATED_PRICES as UNSTATED_PRICES
    from natoburden.model.money import Currency as Currency
    from natoburden.model.money import Money as Money
    from natoburden.model.money import PriceBasis as PriceBasis
    from natoburden.model.money import currencies as currencies
    from natoburden.model.notices import Agency as Agency
    from natoburden.model.notices import Buyer as Buyer
    from natoburden.model.notices import NoticeStanding as NoticeStanding
    from natoburden.model.notices import SaleNotification as SaleNotification
    from natoburden.model.notices import SaleNotifications as SaleNotifications
    from natoburden.model.notices import us_fiscal_year as us_fiscal_year
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
    from natoburden.model.parities import MilitaryDollars as MilitaryDollars
    from natoburden.model.parities import MilitaryParities as MilitaryParities
    from natoburden.model.path_scenarios import Override as Override
    from natoburden.model.path_scenarios import PathAssumptions as PathAssumptions
    from natoburden.model.path_scenarios import PathScenario as PathScenario
    from natoburden.model.periods import Period as Period
    from natoburden.model.periods import PeriodLike as PeriodLike
    from natoburden.model.periods import PeriodRun as PeriodRun
    from natoburden.model.prices import EnergyPrices as EnergyPrices
    from natoburden.model.prices import PricePoint as PricePoint
    from natoburden.model.prices import PriceSeries as PriceSeries
    from natoburden.model.prices import PriceUnit as PriceUnit
    from natoburden.model.prices import UnitPrice as UnitPrice
    from natoburden.model.procurement import PURCHASES as PURCHASES
    from natoburden.model.procurement import Bound as Bound
    from natoburden.model.procurement import Cancellation as Cancellation
    from natoburden.model.procurement import Channel as Channel
    from natoburden.model.procurement import Contract as Contract
    from natoburden.model.procurement import Contracts as Contracts
    from natoburden.model.procurement import ContractStatus as ContractStatus
    from natoburden.model.procurement import ContractValue as ContractValue
    from natoburden.model.procurement import OrderedQuantity as OrderedQuantity
    from natoburden.model.procurement import RangeEnd as RangeEnd
    from natoburden.model.procurement import ValueKind as ValueKind
    from natoburden.model.procurement_rules import AimMeasure as AimMeasure
    from natoburden.model.procurement_rules import BuyersRule as BuyersRule
    from natoburden.model.procurement_rules import ContentRule as ContentRule
    from natoburden.model.procurement_rules import Joined as Joined
    from natoburden.model.procurement_rules import ProcurementAim as ProcurementAim
    from natoburden.model.published import DatedEvent as DatedEvent
    from natoburden.model.published import EscapeClause as EscapeClause
    from natoburden.model.published import SafeLoan as SafeLoan
    from natoburden.model.published import ShareEstimate as ShareEstimate
    from natoburden.model.published import Trust as Trust
    from natoburden.model.quantities import CalorificBasis as CalorificBasis
    from natoburden.model.quantities import CoalUnit as CoalUnit
    from natoburden.model.quantities import ConversionSet as ConversionSet
    from natoburden.model.quantities import Energy as Energy
    from natoburden.model.quantities import EnergyQuantity as EnergyQuantity
    from natoburden.model.quantities import EnergyUnit as EnergyUnit
    from natoburden.model.quantities import FuelFamily as FuelFamily
    from natoburden.model.quantities import FuelMass as FuelMass
    from natoburden.model.quantities import FuelMassUnit as FuelMassUnit
    from natoburden.model.quantities import GasBasis as GasBasis
    from natoburden.model.quantities import GasReference as GasReference
    from natoburden.model.quantities import GasUnit as GasUnit
    from natoburden.model.quantities import GasVolume as GasVolume
    from natoburden.model.quantities import LngMass as LngMass
    from natoburden.model.quantities import MassUnit as MassUnit
    from natoburden.model.quantities import OilUnit as OilUnit
    from natoburden.model.quantities import OilVolume as OilVolume
    from natoburden.model.quantities import parse_quantity as parse_quantity
    from natoburden.model.record_coverage import RecordCoverage as RecordCoverage
    from natoburden.model.record_coverage import RecordKind as RecordKind
    from natoburden.model.record_readings import ColumnUse as ColumnUse
    from natoburden.model.record_readings import RecordReading as RecordReading
    from natoburden.model.shares import PercentagePoints as PercentagePoints
    from natoburden.model.shares import Rate as Rate
    from natoburden.model.shares import Share as Share
    from natoburden.model.shares import ShareRange as ShareRange
    from natoburden.model.sources import Source as Source
    from natoburden.model.sources import Status as Status
    from natoburden.model.sources import distinct as distinct
    from natoburden.model.spending_commitments import Commitment as Commitment
    from natoburden.model.spending_commitments import CommitmentKind as CommitmentKind
    from natoburden.model.spending_commitments import Component as Component
    from natoburden.model.spending_commitments import CompositeTarget as CompositeTarget
    from natoburden.model.spending_commitments import Definition as Definition
    from natoburden.model.spending_commitments import Grade as Grade
    from natoburden.model.spending_commitments import Modality as Modality
    from natoburden.model.spending_commitments import Standing as Standing
    from natoburden.model.spending_commitments import Target as Target
    from natoburden.model.spending_commitments import TargetLike as TargetLike
    from natoburden.model.transfers import Condition as Condition
    from natoburden.model.transfers import Tiv as Tiv
    from natoburden.model.transfers import TivEntry as TivEntry
    from natoburden.model.transfers import TivTable as TivTable
    from natoburden.model.transfers import TradeParty as TradeParty
    from natoburden.model.transfers import Transfer as Transfer
    from natoburden.model.transfers import Transfers as Transfers
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "aid": "AidMonth AidPart AidTracker DonorShare ProcurementMonth WeaponsGiven",
            "articles": "Article Aside AsideKind Link LinkKind",
            "balances": "BalanceItem EnergyBalance",
            "capabilities": "CapabilityArea InteroperabilityArea cpv_areas sipri_area",
            "claim_checks": (
                "Check EstimateCheck MembershipCheck ReportedPart ShareReachedCheck SpendingCheck TargetMetCheck "
                "Weekday WeekdayCheck"
            ),
            "claims": "Actor ActorKind Area Attribution Candidate Claim ClaimModality ClaimedQuantity Count",
            "code_schemes": "CodeScheme",
            "commitment_record": "Commitments",
            "countries": "Country CountryLike",
            "credit": "CreditCategory CreditPolicy DoubleCounting Instalment Package Purchase PurchaseBasis Spreading",
            "dates": "Announced Certainty DateSpan Deadline Precision",
            "deals": "DealStatus EnergyDeal EnergyDeals EnergyPledge Fee PriceFormula",
            "deflators": "Deflator",
            "deliveries": "Delivery DeliverySpan",
            "dependency_rates": "DependencyRate DependencyRates",
            "energy": (
                "TOTAL AnyFuel EnergyFlow EnergyFlows FlowOmission Fuel FuelLike OtherFuel OtherPlace Place "
                "PlaceLike ReportedBy"
            ),
            "evidence": "Evidence Given",
            "exchange": "ExchangeRates Quotation RateHistory RateMethod Rates YearlyRates",
            "expenditure": "MONEY_MEASURES CountedBy Edition ExpenditureTable Measure Observation Omission",
            "figures": "CountryFigures YearlyFigures",
            "follow_ups": (
                "EnergyFollowUp EventsFollowUp FollowUp NoFollowUp NoticesFollowUp SharesFollowUp TargetFollowUp"
            ),
            "geography": "Capital LandBorder",
            "indicators": "IndicatorRow IndicatorTable",
            "keyed": "Keyed Records",
            "macro_measures": "InternationalDollars MacroMeasure MacroUnit",
            "macro_tables": "MacroFigure MacroTable",
            "memberships": "Bloc Entity EntityLike Group GroupLike Membership When",
            "missing_years": "MissingYear",
            "money": "CURRENT_PRICES UNSTATED_PRICES Currency Money PriceBasis currencies",
            "notices": "Agency Buyer NoticeStanding SaleNotification SaleNotifications us_fiscal_year",
            "offsets": "Milestone OffsetAgreement OffsetRule OffsetStatistic OffsetTransaction OffsetType Redress",
            "origins": "Origin OriginBasis OriginShare Supplier",
            "parities": "MilitaryDollars MilitaryParities",
            "path_scenarios": "Override PathAssumptions PathScenario",
            "periods": "Period PeriodLike PeriodRun",
            "prices": "EnergyPrices PricePoint PriceSeries PriceUnit UnitPrice",
            "procurement": (
                "PURCHASES Bound Cancellation Channel Contract ContractStatus ContractValue Contracts "
                "OrderedQuantity RangeEnd ValueKind"
            ),
            "procurement_rules": "AimMeasure BuyersRule ContentRule Joined ProcurementAim",
            "published": "DatedEvent EscapeClause SafeLoan ShareEstimate Trust",
            "quantities": (
                "CalorificBasis CoalUnit ConversionSet Energy EnergyQuantity EnergyUnit FuelFamily FuelMass "
                "FuelMassUnit GasBasis GasReference GasUnit GasVolume LngMass MassUnit OilUnit OilVolume "
                "parse_quantity"
            ),
            "record_coverage": "RecordCoverage RecordKind",
            "record_readings": "ColumnUse RecordReading",
            "shares": "PercentagePoints Rate Share ShareRange",
            "sources": "Source Status distinct",
            "spending_commitments": (
                "Commitment CommitmentKind Component CompositeTarget Definition Grade Modality Standing Target "
                "TargetLike"
            ),
            "transfers": "Condition Tiv TivEntry TivTable TradeParty Transfer Transfers",
        },
    )
