"""Who carries an alliance's burden: targets, gaps, the costs of closing gaps, and the uncertainty of the results.

The public names are those in ``__all__``. Importing the package loads nothing else; each name loads what it needs at
its first use. Further classes of the model are in `natoburden.model`.
"""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden import datasets as datasets
    from natoburden import errors as errors
    from natoburden import fixtures as fixtures
    from natoburden import frames as frames
    from natoburden import model as model
    from natoburden import readers as readers
    from natoburden import serialization as serialization
    from natoburden import units as units
    from natoburden._version import __version__ as __version__
    from natoburden.calculators import burden as burden
    from natoburden.calculators import concentration as concentration
    from natoburden.calculators import credit as credit
    from natoburden.calculators import definitions as definitions
    from natoburden.calculators import dependency as dependency
    from natoburden.calculators import eligibility as eligibility
    from natoburden.calculators import energy as energy
    from natoburden.calculators import estimates as estimates
    from natoburden.calculators import fiscal as fiscal
    from natoburden.calculators import inference as inference
    from natoburden.calculators import offsets as offsets
    from natoburden.calculators import outlooks as outlooks
    from natoburden.calculators import panels as panels
    from natoburden.calculators import pathways as pathways
    from natoburden.calculators import promises as promises
    from natoburden.calculators import purchases as purchases
    from natoburden.calculators import simulation as simulation
    from natoburden.calculators import targets as targets
    from natoburden.calculators.results import Result as Result
    from natoburden.calculators.results import ResultTable as ResultTable
    from natoburden.errors import NatoBurdenError as NatoBurdenError
    from natoburden.errors import NatoBurdenWarning as NatoBurdenWarning
    from natoburden.model.countries import Country as Country
    from natoburden.model.credit import CreditPolicy as CreditPolicy
    from natoburden.model.credit import Package as Package
    from natoburden.model.credit import Purchase as Purchase
    from natoburden.model.dates import Announced as Announced
    from natoburden.model.dates import Precision as Precision
    from natoburden.model.energy import Fuel as Fuel
    from natoburden.model.expenditure import ExpenditureTable as ExpenditureTable
    from natoburden.model.expenditure import Measure as Measure
    from natoburden.model.memberships import Group as Group
    from natoburden.model.money import CURRENT_PRICES as CURRENT_PRICES
    from natoburden.model.money import UNSTATED_PRICES as UNSTATED_PRICES
    from natoburden.model.money import Currency as Currency
    from natoburden.model.money import Money as Money
    from natoburden.model.money import PriceBasis as PriceBasis
    from natoburden.model.origins import Origin as Origin
    from natoburden.model.origins import OriginBasis as OriginBasis
    from natoburden.model.origins import Supplier as Supplier
    from natoburden.model.procurement import Contract as Contract
    from natoburden.model.procurement import ContractStatus as ContractStatus
    from natoburden.model.procurement import ContractValue as ContractValue
    from natoburden.model.procurement import ValueKind as ValueKind
    from natoburden.model.quantities import CalorificBasis as CalorificBasis
    from natoburden.model.quantities import Energy as Energy
    from natoburden.model.quantities import EnergyUnit as EnergyUnit
    from natoburden.model.shares import PercentagePoints as PercentagePoints
    from natoburden.model.shares import Rate as Rate
    from natoburden.model.shares import Share as Share
    from natoburden.model.sources import Source as Source
    from natoburden.model.sources import Status as Status
    from natoburden.model.spending_commitments import Commitment as Commitment
    from natoburden.model.spending_commitments import Modality as Modality
    from natoburden.model.spending_commitments import Target as Target
    from natoburden.model.transfers import Tiv as Tiv
    from natoburden.presentation import charts as charts
    from natoburden.presentation.brief_page import Brief as Brief
    from natoburden.presentation.brief_page import brief as brief
    from natoburden.presentation.citations import cite as cite
    from natoburden.presentation.formatting import country_name as country_name
    from natoburden.presentation.formatting import format_date as format_date
    from natoburden.presentation.formatting import format_money as format_money
    from natoburden.presentation.formatting import format_points as format_points
    from natoburden.presentation.formatting import format_rate as format_rate
    from natoburden.readers import inspect as inspect
    from natoburden.readers import read as read
    from natoburden.registers import HAGUE as HAGUE
    from natoburden.registers import HAGUE_CORE as HAGUE_CORE
    from natoburden.registers import HAGUE_RELATED as HAGUE_RELATED
    from natoburden.registers import HAGUE_TOTAL as HAGUE_TOTAL
    from natoburden.registers import US_DEMAND as US_DEMAND
    from natoburden.registers import VILNIUS_FLOOR as VILNIUS_FLOOR
    from natoburden.registers import WALES_EQUIPMENT as WALES_EQUIPMENT
    from natoburden.registers import WALES_GUIDELINE as WALES_GUIDELINE
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "calculators.burden": ".",
            "calculators.concentration": ".",
            "calculators.credit": ".",
            "calculators.definitions": ".",
            "calculators.dependency": ".",
            "calculators.eligibility": ".",
            "calculators.energy": ".",
            "calculators.estimates": ".",
            "calculators.fiscal": ".",
            "calculators.inference": ".",
            "calculators.offsets": ".",
            "calculators.outlooks": ".",
            "calculators.panels": ".",
            "calculators.pathways": ".",
            "calculators.promises": ".",
            "calculators.purchases": ".",
            "calculators.results": "Result ResultTable",
            "calculators.simulation": ".",
            "calculators.targets": ".",
            "datasets": ".",
            "registers": (
                "HAGUE HAGUE_CORE HAGUE_RELATED HAGUE_TOTAL US_DEMAND VILNIUS_FLOOR WALES_EQUIPMENT WALES_GUIDELINE"
            ),
            "errors": ". NatoBurdenError NatoBurdenWarning",
            "fixtures": ".",
            "frames": ".",
            "model": ".",
            "model.countries": "Country",
            "model.credit": "CreditPolicy Package Purchase",
            "model.dates": "Announced Precision",
            "model.energy": "Fuel",
            "model.expenditure": "ExpenditureTable Measure",
            "model.memberships": "Group",
            "model.money": "CURRENT_PRICES UNSTATED_PRICES Currency Money PriceBasis",
            "model.origins": "Origin OriginBasis Supplier",
            "model.procurement": "Contract ContractStatus ContractValue ValueKind",
            "model.quantities": "CalorificBasis Energy EnergyUnit",
            "model.shares": "PercentagePoints Rate Share",
            "model.sources": "Source Status",
            "model.spending_commitments": "Commitment Modality Target",
            "model.transfers": "Tiv",
            "presentation.brief_page": "Brief brief",
            "presentation.charts": ".",
            "presentation.citations": "cite",
            "presentation.formatting": "country_name format_date format_money format_points format_rate",
            "readers": ". inspect read",
            "serialization": ".",
            "units": ".",
            "_version": "__version__",
        },
    )
