"""How large a pledge is: the energy that its money buys at a price, relative to imports."""

from __future__ import annotations

import attrs

from natoburden.calculators._arguments import with_basis
from natoburden.calculators.findings import Finding, Findings, percent
from natoburden.calculators.results import Result
from natoburden.errors import UnexpectedValueError
from natoburden.model.deals import EnergyPledge
from natoburden.model.evidence import Given
from natoburden.model.money import Money, PriceBasis
from natoburden.model.prices import UnitPrice
from natoburden.model.quantities import Energy
from natoburden.model.shares import Rate
from natoburden.model.sources import Source, Status
from natoburden.units import convert

__all__ = ["PledgeSize", "pledge_size"]


@attrs.frozen(kw_only=True)
class PledgeSize(Result):
    """A pledge's yearly amount relative to imports, in money or in energy; the rate may exceed 100 %."""

    pledge: str
    per_year: Money
    imports: Money | Energy
    price: UnitPrice | None
    bought: Energy | None
    rate: Rate

    @property
    def headline(self) -> str:
        return f"Pledge {self.pledge}, a year, beside imports of {self.imports}"

    @property
    def formula(self) -> str:
        if self.price is None:
            return "pledge a year / imports a year; the pledge in equal parts"
        return f"(pledge a year / price) / imports a year; the pledge in equal parts, at {self.price}"

    @property
    def findings(self) -> Findings:
        bought = (Finding("buys", self.bought),) if self.bought else ()
        return (Finding("a year", self.per_year), *bought, Finding("beside imports", self.rate, percent))


def pledge_size(
    pledge: EnergyPledge,
    imports: Money | Energy,
    *,
    source: Source,
    price: UnitPrice | None = None,
    assuming: PriceBasis | None = None,
) -> PledgeSize:
    """Compute a pledge's yearly amount relative to a year's imports: in money, or in energy at a price.

    The pledge is divided into equal yearly parts, at the price basis `assuming` if the pledge does not state a price
    basis. The pledge may cover fuels that the imports do not include. The ratio shows how large the pledge is, not
    whether the pledge can be kept. `source` is the document that states the imports. Raises `UnexpectedValueError` for
    imports of energy without a price, and for imports in money with a price. Raises `MixedPriceBasesError` if price
    bases differ.

    >>> from natoburden.datasets import energy_pledge
    >>> from natoburden.model.money import CURRENT_PRICES
    >>> from natoburden.model.quantities import CalorificBasis, EnergyUnit
    >>> found = pledge_size(
    ...     energy_pledge("eu-us-2025"), Energy(3000, EnergyUnit.TWH, CalorificBasis.GROSS),
    ...     price=UnitPrice(Money(10, "USD")), assuming=CURRENT_PRICES,
    ...     source=Source(title="An example", publisher="natoburden"),
    ... )
    >>> print(found.bought, f"{found.rate.as_percent:.2f} %")
    7,326.78 TWh (gross) 244.23 %
    """
    yearly = with_basis(pledge.per_year, assuming)
    bought: Energy | None = None
    if isinstance(imports, Energy) and price is not None:
        counted = convert(imports, price.energy_unit)
        bought = convert(counted.with_amount(yearly / price.amount), imports.unit)
        ratio = bought / imports
    elif isinstance(imports, Money) and price is None:
        ratio = yearly / imports
    else:
        hint = "imports in energy need a price, imports in money have none"
        raise UnexpectedValueError("a price", str(price), hint)
    return PledgeSize(
        pledge=pledge.key,
        per_year=yearly,
        imports=imports,
        price=price,
        bought=bought,
        rate=Rate(as_fraction=ratio),
        inputs=(
            Given(f"pledge {pledge.amount} over its years", pledge.source, Status.PROJECTION),
            Given(f"imports a year: {imports}", source),
        ),
    )
