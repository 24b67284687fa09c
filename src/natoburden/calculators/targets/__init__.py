"""How far allies are from targets, which allies meet targets, what the shortfall costs, and how editions differ."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.calculators.targets.aggregates import AggregateShare as AggregateShare
    from natoburden.calculators.targets.aggregates import CategoryAmount as CategoryAmount
    from natoburden.calculators.targets.aggregates import ShareOfGdp as ShareOfGdp
    from natoburden.calculators.targets.aggregates import ShareOfGroup as ShareOfGroup
    from natoburden.calculators.targets.aggregates import aggregate_share as aggregate_share
    from natoburden.calculators.targets.aggregates import category_amount as category_amount
    from natoburden.calculators.targets.aggregates import share_of_gdp as share_of_gdp
    from natoburden.calculators.targets.aggregates import share_of_group as share_of_group
    from natoburden.calculators.targets.allies import AllyCompliance as AllyCompliance
    from natoburden.calculators.targets.allies import AllyQuadrant as AllyQuadrant
    from natoburden.calculators.targets.allies import Compliance as Compliance
    from natoburden.calculators.targets.allies import Quadrant as Quadrant
    from natoburden.calculators.targets.allies import compliance as compliance
    from natoburden.calculators.targets.allies import quadrants as quadrants
    from natoburden.calculators.targets.changes import ChangeMode as ChangeMode
    from natoburden.calculators.targets.changes import Contribution as Contribution
    from natoburden.calculators.targets.changes import Contributions as Contributions
    from natoburden.calculators.targets.changes import RealChange as RealChange
    from natoburden.calculators.targets.changes import contributions as contributions
    from natoburden.calculators.targets.changes import real_change as real_change
    from natoburden.calculators.targets.counts import MeetingCounts as MeetingCounts
    from natoburden.calculators.targets.gaps import CumulativeShortfall as CumulativeShortfall
    from natoburden.calculators.targets.gaps import GroupGap as GroupGap
    from natoburden.calculators.targets.gaps import PointsGap as PointsGap
    from natoburden.calculators.targets.gaps import TargetGap as TargetGap
    from natoburden.calculators.targets.gaps import cumulative_shortfall as cumulative_shortfall
    from natoburden.calculators.targets.gaps import gap as gap
    from natoburden.calculators.targets.gaps import gap_in_points as gap_in_points
    from natoburden.calculators.targets.gaps import group_gap as group_gap
    from natoburden.calculators.targets.headlines import Crossing as Crossing
    from natoburden.calculators.targets.headlines import HeadlineCount as HeadlineCount
    from natoburden.calculators.targets.headlines import HeadlineCounts as HeadlineCounts
    from natoburden.calculators.targets.headlines import LaterCount as LaterCount
    from natoburden.calculators.targets.headlines import headline_counts as headline_counts
    from natoburden.calculators.targets.meeting import MeetingCount as MeetingCount
    from natoburden.calculators.targets.meeting import MeetingHistory as MeetingHistory
    from natoburden.calculators.targets.meeting import meeting_counts as meeting_counts
    from natoburden.calculators.targets.parts_over_time import SharesOfGroup as SharesOfGroup
    from natoburden.calculators.targets.parts_over_time import shares_of_group as shares_of_group
    from natoburden.calculators.targets.per_person import ExpenditurePerPerson as ExpenditurePerPerson
    from natoburden.calculators.targets.per_person import expenditure_per_head as expenditure_per_head
    from natoburden.calculators.targets.per_person import expenditure_per_soldier as expenditure_per_soldier
    from natoburden.calculators.targets.rankings import Rank as Rank
    from natoburden.calculators.targets.rankings import Ranking as Ranking
    from natoburden.calculators.targets.rankings import ranking as ranking
    from natoburden.calculators.targets.revised import Revision as Revision
    from natoburden.calculators.targets.revised import Revisions as Revisions
    from natoburden.calculators.targets.revised import revisions as revisions
    from natoburden.calculators.targets.two_tests import TwoPart as TwoPart
    from natoburden.calculators.targets.two_tests import two_part as two_part
    from natoburden.calculators.targets.two_tests import two_part_test as two_part_test
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "aggregates": (
                "AggregateShare CategoryAmount ShareOfGdp ShareOfGroup aggregate_share category_amount share_of_gdp "
                "share_of_group"
            ),
            "changes": "ChangeMode Contribution Contributions RealChange contributions real_change",
            "allies": "AllyCompliance AllyQuadrant Compliance Quadrant compliance quadrants",
            "counts": "MeetingCounts",
            "headlines": "Crossing HeadlineCount HeadlineCounts LaterCount headline_counts",
            "gaps": "CumulativeShortfall GroupGap PointsGap TargetGap cumulative_shortfall gap gap_in_points group_gap",
            "meeting": "MeetingCount MeetingHistory meeting_counts",
            "parts_over_time": "SharesOfGroup shares_of_group",
            "per_person": "ExpenditurePerPerson expenditure_per_head expenditure_per_soldier",
            "rankings": "Rank Ranking ranking",
            "revised": "Revision Revisions revisions",
            "two_tests": "TwoPart two_part two_part_test",
        },
    )
