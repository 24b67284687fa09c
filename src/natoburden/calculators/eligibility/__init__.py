"""European preference: content tests, the three procurement policies with the delay they imply, and aims."""

from natoburden.calculators.eligibility.aims import AimTest, aim_test
from natoburden.calculators.eligibility.buyers import BuyersTest, buyers_test
from natoburden.calculators.eligibility.content import ContentTest, Verdict, content_test, content_test_of_share
from natoburden.calculators.eligibility.policies import (
    AreaDelay,
    PolicyOutcome,
    ProcurementPolicy,
    procurement_policies,
)

__all__ = [
    "AimTest",
    "AreaDelay",
    "BuyersTest",
    "ContentTest",
    "PolicyOutcome",
    "ProcurementPolicy",
    "Verdict",
    "aim_test",
    "buyers_test",
    "content_test",
    "content_test_of_share",
    "procurement_policies",
]
