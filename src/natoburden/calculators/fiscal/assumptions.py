"""Assumptions of a debt path: how the extra expenditure is paid for, and values after the outlook's last year."""

from __future__ import annotations

from decimal import Decimal

import attrs

from natoburden.errors import UnexpectedValueError
from natoburden.model._checks import exactly
from natoburden.model._numbers import add_up, multiply
from natoburden.model.shares import PercentagePoints, Rate, Share

__all__ = ["Financing", "LaterYears"]

_NOTHING = Share.percent(0)
_is_share = exactly(Share, "a part of the financing")
_is_rate = exactly(Rate, "a rate", optional=True)
_is_points = exactly(PercentagePoints, "points of GDP", optional=True)


@attrs.frozen(kw_only=True)
class Financing:
    """How extra expenditure is paid for: which parts are borrowed, raised as taxes, or saved by cuts elsewhere.

    Raises `UnexpectedValueError` for parts that do not add up to 100 %.

    >>> print(Financing(debt=Share.percent(50), taxes=Share.percent(30), cuts=Share.percent(20)))
    50.00 % by debt, 30.00 % by taxes, 20.00 % by cuts elsewhere
    >>> Financing(debt=Share.percent(50))
    Traceback (most recent call last):
        ...
    natoburden.errors.UnexpectedValueError: ...
    """

    debt: Share = attrs.field(default=_NOTHING, validator=_is_share)
    taxes: Share = attrs.field(default=_NOTHING, validator=_is_share)
    cuts: Share = attrs.field(default=_NOTHING, validator=_is_share)

    def __attrs_post_init__(self) -> None:
        whole = add_up(part.as_fraction for part in (self.debt, self.taxes, self.cuts))
        if whole != 1:
            hint = "together they are 100 %: write Financing(debt=Share.percent(60), taxes=Share.percent(40))"
            raise UnexpectedValueError("parts of the financing", f"{multiply(whole, Decimal(100)):f} % in sum", hint)

    def __str__(self) -> str:
        return f"{self.debt} by debt, {self.taxes} by taxes, {self.cuts} by cuts elsewhere"


@attrs.frozen(kw_only=True)
class LaterYears:
    """Assumptions for each year after the outlook's last year; None keeps the value of the outlook's last year.

    `growth` is the nominal growth of GDP, and `interest` is the nominal effective rate. `primary_balance` is positive
    for a surplus. `stock_flow` is the change of debt that the balance does not explain, for example if assets are
    bought on credit.
    """

    growth: Rate | None = attrs.field(default=None, validator=_is_rate)
    interest: Rate | None = attrs.field(default=None, validator=_is_rate)
    primary_balance: PercentagePoints | None = attrs.field(default=None, validator=_is_points)
    stock_flow: PercentagePoints | None = attrs.field(default=None, validator=_is_points)
