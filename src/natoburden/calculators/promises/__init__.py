"""Who promised what, what the promises imply, and whether they are kept."""

from natoburden.calculators.promises.arrival import Arrival, Credibility, arrival, credibility
from natoburden.calculators.promises.keeping import Outcome, PromiseTest, promise_tests
from natoburden.calculators.promises.paths import Interpolation, StatedPath, stated_path
from natoburden.calculators.promises.totals import AllyPromise, OptOut, PromisedYear, SumOfPromises, sum_of_promises

__all__ = [
    "AllyPromise",
    "Arrival",
    "Credibility",
    "Interpolation",
    "OptOut",
    "Outcome",
    "PromiseTest",
    "PromisedYear",
    "StatedPath",
    "SumOfPromises",
    "arrival",
    "credibility",
    "promise_tests",
    "stated_path",
    "sum_of_promises",
]
