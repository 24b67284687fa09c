"""Projections with uncertainty: what revisions show of it, and draws of what plans may come to."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.calculators.simulation.assumptions import Assumptions as Assumptions
    from natoburden.calculators.simulation.assumptions import Uncertain as Uncertain
    from natoburden.calculators.simulation.past_revisions import RevisionError as RevisionError
    from natoburden.calculators.simulation.past_revisions import RevisionErrors as RevisionErrors
    from natoburden.calculators.simulation.past_revisions import revision_errors as revision_errors
    from natoburden.calculators.simulation.runs import SimulatedYear as SimulatedYear
    from natoburden.calculators.simulation.runs import Simulation as Simulation
    from natoburden.calculators.simulation.runs import simulate as simulate
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "assumptions": "Assumptions Uncertain",
            "past_revisions": "RevisionError RevisionErrors revision_errors",
            "runs": "SimulatedYear Simulation simulate",
        },
    )
