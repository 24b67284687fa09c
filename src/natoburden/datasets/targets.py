"""The targets of the alliance and the demand of the United States, from `natoburden.registers`."""

from natoburden.registers import (
    HAGUE,
    HAGUE_CORE,
    HAGUE_RELATED,
    HAGUE_TOTAL,
    US_DEMAND,
    VILNIUS_FLOOR,
    WALES_EQUIPMENT,
    WALES_GUIDELINE,
    TargetEntry,
    brief_targets,
    spending_targets,
    target,
    target_entries,
    target_that_followed,
    two_part_target,
)

__all__ = [
    "HAGUE",
    "HAGUE_CORE",
    "HAGUE_RELATED",
    "HAGUE_TOTAL",
    "US_DEMAND",
    "VILNIUS_FLOOR",
    "WALES_EQUIPMENT",
    "WALES_GUIDELINE",
    "TargetEntry",
    "brief_targets",
    "spending_targets",
    "target",
    "target_entries",
    "target_that_followed",
    "two_part_target",
]
