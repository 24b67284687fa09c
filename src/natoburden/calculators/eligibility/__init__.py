"""European preference: content tests, aims for procurement, and three procurement policies with their delays."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.calculators.eligibility.aims import AimTest as AimTest
    from natoburden.calculators.eligibility.aims import aim_test as aim_test
    from natoburden.calculators.eligibility.buyers import BuyersTest as BuyersTest
    from natoburden.calculators.eligibility.buyers import buyers_test as buyers_test
    from natoburden.calculators.eligibility.content import ContentTest as ContentTest
    from natoburden.calculators.eligibility.content import Verdict as Verdict
    from natoburden.calculators.eligibility.content import content_test as content_test
    from natoburden.calculators.eligibility.content import content_test_of_share as content_test_of_share
    from natoburden.calculators.eligibility.policies import AreaDelay as AreaDelay
    from natoburden.calculators.eligibility.policies import PolicyOutcome as PolicyOutcome
    from natoburden.calculators.eligibility.policies import ProcurementPolicy as ProcurementPolicy
    from natoburden.calculators.eligibility.policies import procurement_policies as procurement_policies
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "aims": "AimTest aim_test",
            "buyers": "BuyersTest buyers_test",
            "content": "ContentTest Verdict content_test content_test_of_share",
            "policies": "AreaDelay PolicyOutcome ProcurementPolicy procurement_policies",
        },
    )
