"""Projections with uncertainty: what revisions show of it, and draws of what plans may come to."""

from natoburden.calculators.simulation.assumptions import Assumptions, Uncertain
from natoburden.calculators.simulation.revision_errors import RevisionError, RevisionErrors, revision_errors
from natoburden.calculators.simulation.runs import SimulatedYear, Simulation, simulate

__all__ = [
    "Assumptions",
    "RevisionError",
    "RevisionErrors",
    "SimulatedYear",
    "Simulation",
    "Uncertain",
    "revision_errors",
    "simulate",
]
