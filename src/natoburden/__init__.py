"""Who carries an alliance's burden: targets, gaps, what closing them costs, and how sure any of it is.

The public names are those in ``__all__``. Importing the package loads nothing else; each name loads what it
needs when it is first used.
"""

TYPE_CHECKING = False

if TYPE_CHECKING:
    from natoburden import datasets as datasets
    from natoburden import errors as errors
    from natoburden import fixtures as fixtures
    from natoburden import serialization as serialization
    from natoburden.calculators import burden as burden
    from natoburden.calculators import estimates as estimates
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
    from natoburden.model.articles import Article as Article
    from natoburden.model.articles import Aside as Aside
    from natoburden.model.articles import AsideKind as AsideKind
    from natoburden.model.articles import Link as Link
    from natoburden.model.articles import LinkKind as LinkKind
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
    from natoburden.model.dates import Announced as Announced
    from natoburden.model.dates import Certainty as Certainty
    from natoburden.model.dates import DateSpan as DateSpan
    from natoburden.model.dates import Deadline as Deadline
    from natoburden.model.dates import Precision as Precision
    from natoburden.model.expenditure import Edition as Edition
    from natoburden.model.expenditure import ExpenditureTable as ExpenditureTable
    from natoburden.model.expenditure import Measure as Measure
    from natoburden.model.expenditure import Observation as Observation
    from natoburden.model.figures import CountryFigures as CountryFigures
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
    from natoburden.model.shares import PercentagePoints as PercentagePoints
    from natoburden.model.shares import Rate as Rate
    from natoburden.model.shares import Share as Share
    from natoburden.model.sources import Source as Source
    from natoburden.model.sources import Status as Status
    from natoburden.presentation.brief import Brief as Brief
    from natoburden.presentation.brief import brief as brief

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
    "Announced",
    "Area",
    "Article",
    "Aside",
    "AsideKind",
    "Attribution",
    "Bloc",
    "Brief",
    "Candidate",
    "Certainty",
    "Claim",
    "ClaimModality",
    "Commitment",
    "CommitmentKind",
    "Commitments",
    "Component",
    "CompositeTarget",
    "Count",
    "Country",
    "CountryFigures",
    "Currency",
    "DateSpan",
    "Deadline",
    "Definition",
    "Edition",
    "ExpenditureTable",
    "Grade",
    "Group",
    "Keyed",
    "Link",
    "LinkKind",
    "Measure",
    "Membership",
    "Modality",
    "Money",
    "NatoBurdenError",
    "NatoBurdenWarning",
    "Observation",
    "PercentagePoints",
    "Precision",
    "PriceBasis",
    "Rate",
    "Result",
    "ResultTable",
    "Share",
    "ShareRange",
    "Source",
    "Standing",
    "Status",
    "Target",
    "__version__",
    "articles",
    "brief",
    "burden",
    "countries",
    "datasets",
    "errors",
    "estimates",
    "fixtures",
    "groups",
    "pathways",
    "promises",
    "serialization",
    "simulation",
    "targets",
]

if not TYPE_CHECKING:
    # Names by the module that holds them; a module alone is itself the name.
    _WHERE = {
        "natoburden.calculators.results": ("Result", "ResultTable"),
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
        "natoburden.errors": ("NatoBurdenError", "NatoBurdenWarning"),
        "natoburden.model.articles": ("Article", "Aside", "AsideKind", "Link", "LinkKind"),
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
        "natoburden.model.countries": ("Country", "countries"),
        "natoburden.model.dates": ("Announced", "Certainty", "DateSpan", "Deadline", "Precision"),
        "natoburden.model.expenditure": ("Edition", "ExpenditureTable", "Measure", "Observation"),
        "natoburden.model.figures": ("CountryFigures",),
        "natoburden.model.keyed": ("Keyed",),
        "natoburden.model.memberships": ("Bloc", "Group", "Membership", "groups"),
        "natoburden.model.money": ("CURRENT_PRICES", "UNSTATED_PRICES", "Currency", "Money", "PriceBasis"),
        "natoburden.model.shares": ("PercentagePoints", "Rate", "Share"),
        "natoburden.model.sources": ("Source", "Status"),
        "natoburden.presentation.brief": ("Brief", "brief"),
    }
    _HOME = {name: module for module, names in _WHERE.items() for name in names}
    _MODULES = {
        "articles": "natoburden.fixtures.articles",
        "burden": "natoburden.calculators.burden",
        "datasets": "natoburden.datasets",
        "errors": "natoburden.errors",
        "estimates": "natoburden.calculators.estimates",
        "fixtures": "natoburden.fixtures",
        "pathways": "natoburden.calculators.pathways",
        "promises": "natoburden.calculators.promises",
        "serialization": "natoburden.serialization",
        "simulation": "natoburden.calculators.simulation",
        "targets": "natoburden.calculators.targets",
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
