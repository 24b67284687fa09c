"""Burdens by several definitions: why the definitions differ, and which allies meet a target on each definition."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.calculators.definitions.agreement import DefinitionMeeting as DefinitionMeeting
    from natoburden.calculators.definitions.agreement import RankAgreement as RankAgreement
    from natoburden.calculators.definitions.agreement import rank_agreement as rank_agreement
    from natoburden.calculators.definitions.agreement import who_meets as who_meets
    from natoburden.calculators.definitions.counted_otherwise import Reason as Reason
    from natoburden.calculators.definitions.counted_otherwise import reasons as reasons
    from natoburden.calculators.definitions.publishers import DefinitionBurden as DefinitionBurden
    from natoburden.calculators.definitions.publishers import DefinitionBurdens as DefinitionBurdens
    from natoburden.calculators.definitions.publishers import beside as beside
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "publishers": "DefinitionBurden DefinitionBurdens beside",
            "counted_otherwise": "Reason reasons",
            "agreement": "DefinitionMeeting RankAgreement rank_agreement who_meets",
        },
    )
