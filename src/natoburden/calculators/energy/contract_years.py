"""Take or pay: what a buyer pays for gas that was not taken, and the gas that may be taken later instead."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import attrs

from natoburden.calculators.findings import Finding, Findings, percent
from natoburden.calculators.results import Result, ResultTable
from natoburden.errors import InvalidNumberError, InvalidYearError
from natoburden.model._numbers import checked_year
from natoburden.model.evidence import Given
from natoburden.model.money import Money
from natoburden.model.prices import UnitPrice
from natoburden.model.quantities import Energy
from natoburden.model.shares import Share
from natoburden.model.sources import Source

__all__ = ["ContractYear", "TakeOrPay", "TakeOrPayYear", "take_or_pay"]


@attrs.frozen(kw_only=True)
class ContractYear:
    """One year of a contract: its annual quantity, the quantity taken, reductions of the quantity due, and the price.

    `undelivered` is the energy that the seller failed to make available. `excused` is the energy that the buyer was
    excused from taking.
    """

    year: int = attrs.field(converter=checked_year)
    quantity: Energy
    taken: Energy
    undelivered: Energy | None = None
    excused: Energy | None = None
    price: UnitPrice


@attrs.frozen(kw_only=True)
class TakeOrPayYear(Result):
    """One year under take or pay: the quantity, the minimum to pay for, the deficiency, and the make-up balance."""

    formula = (
        "adjusted = annual quantity − undelivered − excused; deficiency = max(0, share × adjusted − taken); "
        "made up = min(balance, what is taken beyond the minimum)"
    )

    year: int
    adjusted: Energy
    minimum: Energy
    taken: Energy
    deficiency: Energy
    payment: Money
    made_up: Energy
    forfeited: Energy
    balance: Energy

    @property
    def headline(self) -> str:
        return f"Take or pay in {self.year}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("deficiency", self.deficiency),
            Finding("payment", self.payment),
            Finding("made up", self.made_up),
            Finding("balance", self.balance),
        )


@attrs.frozen(kw_only=True)
class TakeOrPay(Result):
    """A contract's years under take or pay, with their total payment."""

    formula = "payment = Σ price × deficiency"

    minimum: Share
    payment: Money
    years: ResultTable[TakeOrPayYear] = attrs.field(repr=False)

    @property
    def balance(self) -> Energy:
        """The energy that the buyer may still make up after the last year."""
        return self.years[-1].balance

    @property
    def headline(self) -> str:
        return f"Take or pay at {percent(self.minimum)}, {self.years[0].year} to {self.years[-1].year}"

    @property
    def findings(self) -> Findings:
        return (Finding("payment", self.payment), Finding("balance", self.balance))


def take_or_pay(
    years: Iterable[ContractYear], *, minimum: Share, cap: Energy | None = None, source: Source | None = None
) -> TakeOrPay:
    """Compute each year of a contract under take or pay: its deficiency, its payment, and the make-up balance.

    The minimum to pay for is `minimum` × (annual quantity − undelivered − excused). A deficiency is paid at the year's
    price and added to the make-up balance. If the buyer takes more than the minimum of a later year, the excess reduces
    the balance. A `cap` limits the balance, and any energy above the cap is forfeited. A buyer does not pay again for
    make-up gas. Carry-forward of early liftings is not modelled.

    Raises `InvalidYearError` for years that are not consecutive, `InvalidNumberError` for negative quantities, and
    `MixedQuantitiesError` for quantities that are not in the unit of the price.

    The calculation follows published clauses of sale and purchase agreements. The order in which gas is made up is this
    library's own convention.

    >>> from natoburden.model.quantities import EnergyUnit
    >>> def tbtu(figure: int) -> Energy:
    ...     return Energy(figure, EnergyUnit.TBTU)
    >>> price = UnitPrice(Money.millions(7, "USD"), EnergyUnit.TBTU)
    >>> result = take_or_pay(
    ...     [
    ...         ContractYear(year=2027, quantity=tbtu(100), taken=tbtu(70), price=price),
    ...         ContractYear(year=2028, quantity=tbtu(100), taken=tbtu(96), price=price),
    ...     ],
    ...     minimum=Share.percent(90),
    ... )
    >>> for row in result.years:
    ...     print(row.year, row.deficiency, "|", row.payment, "|", row.balance)
    2027 20.00 TBtu | USD 140.00 m (current prices) | 20.00 TBtu
    2028 0.00 TBtu | USD 0.00 (current prices) | 14.00 TBtu
    """
    rows: list[TakeOrPayYear] = []
    told = (Given("terms and liftings as given", source),) if source else ()
    for item in years:
        if rows and item.year != rows[-1].year + 1:
            raise InvalidYearError(str(item.year), f"{rows[-1].year + 1}, as the balance is carried from year to year")
        before = rows[-1].balance if rows else item.quantity.with_amount(0)
        rows.append(_year(item, before, minimum, cap, told))
    if not rows:
        raise InvalidNumberError("years of a contract", "none", "at least one year")
    return TakeOrPay(
        minimum=minimum,
        payment=Money.total(row.payment for row in rows),
        years=ResultTable(rows=tuple(rows)),
        inputs=told,
    )


def _year(
    item: ContractYear, before: Energy, minimum: Share, cap: Energy | None, told: tuple[Given, ...]
) -> TakeOrPayYear:
    nothing = item.quantity.with_amount(0)
    adjusted = item.quantity - (item.undelivered or nothing) - (item.excused or nothing)
    given = {"taken": item.taken, "undelivered": item.undelivered, "excused": item.excused, "adjusted": adjusted}
    for name, quantity in given.items():
        if quantity is not None and quantity.amount < 0:
            raise InvalidNumberError(f"quantity {name} in {item.year}", str(quantity), "zero or more")
    least = adjusted * minimum
    beyond = item.taken - least
    deficiency = beyond.with_amount(max(Decimal(0), (-beyond).amount))
    made_up = beyond.with_amount(min(before.amount, max(Decimal(0), beyond.amount)))
    carried = before + deficiency - made_up
    balance = carried if cap is None else min(carried, cap)
    return TakeOrPayYear(
        year=item.year,
        adjusted=adjusted,
        minimum=least,
        taken=item.taken,
        deficiency=deficiency,
        payment=item.price.cost_of(deficiency),
        made_up=made_up,
        forfeited=carried - balance,
        balance=balance,
        inputs=told,
    )
