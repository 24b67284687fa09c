"""How far from each target, who meets it, what the rest costs, and what editions make of it."""

from natoburden.calculators.targets.aggregates import (
    AggregateShare,
    CategoryAmount,
    ShareOfGdp,
    ShareOfGroup,
    aggregate_share,
    category_amount,
    share_of_gdp,
    share_of_group,
)
from natoburden.calculators.targets.changes import (
    ChangeMode,
    Contribution,
    Contributions,
    RealChange,
    contributions,
    real_change,
)
from natoburden.calculators.targets.compliance import (
    AllyCompliance,
    AllyQuadrant,
    Compliance,
    Quadrant,
    compliance,
    quadrants,
)
from natoburden.calculators.targets.counts import MeetingCounts
from natoburden.calculators.targets.gaps import (
    CumulativeShortfall,
    GroupGap,
    PointsGap,
    TargetGap,
    cumulative_shortfall,
    gap,
    gap_in_points,
    group_gap,
)
from natoburden.calculators.targets.revisions import Revision, Revisions, revisions
from natoburden.calculators.targets.two_part import TwoPart, two_part, two_part_test

__all__ = [
    "AggregateShare",
    "AllyCompliance",
    "AllyQuadrant",
    "CategoryAmount",
    "ChangeMode",
    "Compliance",
    "Contribution",
    "Contributions",
    "CumulativeShortfall",
    "GroupGap",
    "MeetingCounts",
    "PointsGap",
    "Quadrant",
    "RealChange",
    "Revision",
    "Revisions",
    "ShareOfGdp",
    "ShareOfGroup",
    "TargetGap",
    "TwoPart",
    "aggregate_share",
    "category_amount",
    "compliance",
    "contributions",
    "cumulative_shortfall",
    "gap",
    "gap_in_points",
    "group_gap",
    "quadrants",
    "real_change",
    "revisions",
    "share_of_gdp",
    "share_of_group",
    "two_part",
    "two_part_test",
]
