"""What defence economists publish about how a burden lies: rank tests, concordance, inequality, fair shares."""

from natoburden.calculators.burden.burdens import AllyBurden, burdens
from natoburden.calculators.burden.concordance import BenefitProxy, ConcordanceTest, concordance
from natoburden.calculators.burden.exploitation import (
    AtOtherPrices,
    ExploitationTest,
    PartialCorrelation,
    exploitation,
    partial_rank_correlation,
)
from natoburden.calculators.burden.fair_shares import FairKey, FairShare, fair_shares
from natoburden.calculators.burden.inequality import Inequality, LorenzPoint, inequality
from natoburden.calculators.burden.series import MissingYear, Series, series
from natoburden.calculators.burden.side_by_side import SideBySide, side_by_side
from natoburden.calculators.burden.spillover import SpilloverBurden, spillover_burdens

__all__ = [
    "AllyBurden",
    "AtOtherPrices",
    "BenefitProxy",
    "ConcordanceTest",
    "ExploitationTest",
    "FairKey",
    "FairShare",
    "Inequality",
    "LorenzPoint",
    "MissingYear",
    "PartialCorrelation",
    "Series",
    "SideBySide",
    "SpilloverBurden",
    "burdens",
    "concordance",
    "exploitation",
    "fair_shares",
    "inequality",
    "partial_rank_correlation",
    "series",
    "side_by_side",
    "spillover_burdens",
]
