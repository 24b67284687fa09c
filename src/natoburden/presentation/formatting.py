"""Figures as a reader of a language writes them, through CLDR; the locale is always an argument."""

from __future__ import annotations

import copy
from decimal import Decimal

from babel.numbers import format_decimal, format_percent

from natoburden.cldr import locale_of
from natoburden.model._numbers import rounded
from natoburden.model.shares import Share

__all__ = ["MISSING", "format_number", "format_share"]

MISSING = ".."  # how NATO's tables print a figure that is missing


def format_number(
    value: Decimal, decimals: int, *, locale: str = "en", trim: bool = False, grouped: bool = True
) -> str:
    """Write a number with so many decimals, rounded half away from zero.

    Trimmed, without idle zeros; not grouped, without separators of thousands.

    >>> format_number(Decimal("1304.375"), 2), format_number(Decimal("1304.375"), 2, locale="de")
    ('1,304.38', '1.304,38')
    """
    figure = rounded(value, decimals) or Decimal(0)  # never "-0.00"
    # Babel rounds half to even; the figure is exact at these decimals already.
    whole = "#,##0" if grouped else "0"
    pattern = f"{whole}.{('#' if trim else '0') * decimals}" if decimals else whole
    return str(format_decimal(figure, format=pattern, locale=locale_of(locale)))


def format_share(share: Share, decimals: int | None = None, *, locale: str = "en") -> str:
    """Write a share with its percent sign: with so many decimals, or with as many as it has, up to two.

    >>> [format_share(Share.fraction("0.035"), locale=name) for name in ("en", "tr")]
    ['3.5%', '%3,5']
    >>> format_share(Share.percent(2), 2)
    '2.00%'
    """
    language = locale_of(locale)
    pattern = copy.copy(language.percent_formats[None])
    pattern.frac_prec = (0, 2) if decimals is None else (decimals, decimals)
    figure = share.published(2 if decimals is None else decimals)
    return str(format_percent(figure.as_fraction, format=pattern, locale=language))
