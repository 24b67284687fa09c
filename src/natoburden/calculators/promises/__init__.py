"""Promises of allies: who promised what, what each promise implies, and whether each promise is kept."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.calculators.promises.arrivals import Arrival as Arrival
    from natoburden.calculators.promises.arrivals import Credibility as Credibility
    from natoburden.calculators.promises.arrivals import arrival as arrival
    from natoburden.calculators.promises.arrivals import credibility as credibility
    from natoburden.calculators.promises.keeping import Outcome as Outcome
    from natoburden.calculators.promises.keeping import PromiseTest as PromiseTest
    from natoburden.calculators.promises.keeping import promise_tests as promise_tests
    from natoburden.calculators.promises.stated import Interpolation as Interpolation
    from natoburden.calculators.promises.stated import StatedPath as StatedPath
    from natoburden.calculators.promises.stated import stated_path as stated_path
    from natoburden.calculators.promises.totals import AllyPromise as AllyPromise
    from natoburden.calculators.promises.totals import OptOut as OptOut
    from natoburden.calculators.promises.totals import PromisedYear as PromisedYear
    from natoburden.calculators.promises.totals import SumOfPromises as SumOfPromises
    from natoburden.calculators.promises.totals import sum_of_promises as sum_of_promises
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "arrivals": "Arrival Credibility arrival credibility",
            "keeping": "Outcome PromiseTest promise_tests",
            "stated": "Interpolation StatedPath stated_path",
            "totals": "AllyPromise OptOut PromisedYear SumOfPromises sum_of_promises",
        },
    )
