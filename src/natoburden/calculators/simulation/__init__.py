"""Projections with uncertainty: past revisions of estimates, and random draws of the outcomes of plans."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.calculators.simulation.assumptions import Assumptions as Assumptions
    from natoburden.calculators.simulation.assumptions import Uncertain as Uncertain
    from natoburden.calculators.simulation.chances import BandCoverage as BandCoverage
    from natoburden.calculators.simulation.chances import ChanceOfMeeting as ChanceOfMeeting
    from natoburden.calculators.simulation.chances import band_coverage as band_coverage
    from natoburden.calculators.simulation.chances import chance_of_meeting as chance_of_meeting
    from natoburden.calculators.simulation.counts import CountDistribution as CountDistribution
    from natoburden.calculators.simulation.counts import count_distribution as count_distribution
    from natoburden.calculators.simulation.estimated import assumptions_as_revised as assumptions_as_revised
    from natoburden.calculators.simulation.influences import AllyInfluence as AllyInfluence
    from natoburden.calculators.simulation.influences import sensitivity as sensitivity
    from natoburden.calculators.simulation.past_revisions import RevisionError as RevisionError
    from natoburden.calculators.simulation.past_revisions import RevisionErrors as RevisionErrors
    from natoburden.calculators.simulation.past_revisions import revision_errors as revision_errors
    from natoburden.calculators.simulation.predictability import RevisionRegression as RevisionRegression
    from natoburden.calculators.simulation.predictability import RevisionTest as RevisionTest
    from natoburden.calculators.simulation.predictability import mincer_zarnowitz as mincer_zarnowitz
    from natoburden.calculators.simulation.predictability import news_or_noise as news_or_noise
    from natoburden.calculators.simulation.real_time import Horizon as Horizon
    from natoburden.calculators.simulation.real_time import RevisionSummary as RevisionSummary
    from natoburden.calculators.simulation.real_time import Vintage as Vintage
    from natoburden.calculators.simulation.real_time import Vintages as Vintages
    from natoburden.calculators.simulation.real_time import vintages as vintages
    from natoburden.calculators.simulation.runs import SimulatedYear as SimulatedYear
    from natoburden.calculators.simulation.runs import Simulation as Simulation
    from natoburden.calculators.simulation.runs import simulate as simulate
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "assumptions": "Assumptions Uncertain",
            "counts": "CountDistribution count_distribution",
            "estimated": "assumptions_as_revised",
            "influences": "AllyInfluence sensitivity",
            "past_revisions": "RevisionError RevisionErrors revision_errors",
            "real_time": "Horizon RevisionSummary Vintage Vintages vintages",
            "predictability": "RevisionRegression RevisionTest mincer_zarnowitz news_or_noise",
            "chances": "BandCoverage ChanceOfMeeting band_coverage chance_of_meeting",
            "runs": "SimulatedYear Simulation simulate",
        },
    )
