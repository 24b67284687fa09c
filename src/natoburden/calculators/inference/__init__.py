"""Uncertainty of statistics of burdens: randomisation tests, false discoveries, and bootstrap intervals."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.calculators.inference.arrangements import Randomised as Randomised
    from natoburden.calculators.inference.arrangements import permutation_spearman as permutation_spearman
    from natoburden.calculators.inference.changes import randomised_inequality_change as randomised_inequality_change
    from natoburden.calculators.inference.discoveries import Discoveries as Discoveries
    from natoburden.calculators.inference.discoveries import Discovery as Discovery
    from natoburden.calculators.inference.discoveries import false_discoveries as false_discoveries
    from natoburden.calculators.inference.intervals import BootstrapInterval as BootstrapInterval
    from natoburden.calculators.inference.intervals import bootstrap_fair_shares as bootstrap_fair_shares
    from natoburden.calculators.inference.intervals import bootstrap_inequality as bootstrap_inequality
    from natoburden.calculators.inference.rank_tests import randomised_concordance as randomised_concordance
    from natoburden.calculators.inference.rank_tests import randomised_exploitation as randomised_exploitation
    from natoburden.calculators.inference.responses import randomised_response as randomised_response
    from natoburden.calculators.inference.tests import RandomisationTest as RandomisationTest
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "arrangements": "Randomised permutation_spearman",
            "rank_tests": "randomised_concordance randomised_exploitation",
            "changes": "randomised_inequality_change",
            "responses": "randomised_response",
            "tests": "RandomisationTest",
            "discoveries": "Discoveries Discovery false_discoveries",
            "intervals": "BootstrapInterval bootstrap_fair_shares bootstrap_inequality",
        },
    )
