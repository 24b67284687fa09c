"""Figures, dates and names in a locale, by the rules of CLDR; the locale is always an argument."""

from __future__ import annotations

import copy
import datetime as dt
import functools
from collections.abc import Callable, Iterable
from decimal import Context, Decimal, localcontext
from typing import TYPE_CHECKING, Any

from babel.dates import format_date as babel_date
from babel.numbers import format_currency, format_decimal, format_percent

from natoburden.cldr import bare, currency_name, locale_of, territory_name
from natoburden.model._numbers import plain, rounded
from natoburden.model._vocabulary import read_vocabulary
from natoburden.model.countries import Country
from natoburden.model.memberships import EntityLike, find_entity
from natoburden.model.money import Money, PriceBasis
from natoburden.model.shares import PercentagePoints, Rate, Share
from natoburden.model.spending_commitments import Target
from natoburden.presentation.messages import translation

if TYPE_CHECKING:
    from babel import Locale

__all__ = [
    "MISSING",
    "basis_text",
    "by_name",
    "country_name",
    "day_in_text",
    "format_date",
    "format_money",
    "format_number",
    "format_points",
    "format_rate",
    "format_share",
    "names_of",
    "target_text",
]

MISSING = ".."  # as in NATO's tables

_GROUP = 3  # the digits of the last group, in every locale of CLDR
_ROOMY = Context(prec=120)  # Babel rounds in the caller's context, which may have fewer digits than the figure


def _formatted(write: Callable[..., str], figure: Decimal, *given: str, locale: Locale, **more: Any) -> str:
    """Return a figure written by Babel; numbers with too few digits, by CLDR, have no separator of thousands."""
    with localcontext(_ROOMY):
        shown = figure.scaleb(2) if write is format_percent else figure
        digits = _minimum_digits().get(str(locale).lower()) or _minimum_digits().get(locale.language) or 1
        is_grouped = shown.adjusted() >= _GROUP + digits - 1
        return str(write(figure, *given, locale=locale, group_separator=is_grouped, **more))


@functools.cache
def _minimum_digits() -> dict[str, int]:
    rows = read_vocabulary("minimum_grouping_digits.csv")
    return {row["locale"].replace("-", "_").lower(): int(row["minimum_grouping_digits"]) for row in rows}


def format_number(
    value: Decimal, decimals: int, *, locale: str = "en", trim: bool = False, grouped: bool = True
) -> str:
    """Return a number with the given decimals, rounded half away from zero.

    `trim` removes zeros at the end of the decimals. Thousands are separated as CLDR requires; in Polish and Spanish,
    only numbers of five or more digits have separators. ``grouped=False`` omits the separators.

    >>> format_number(Decimal("1304.375"), 2), format_number(Decimal("1304.375"), 2, locale="de")
    ('1,304.38', '1.304,38')
    >>> format_number(Decimal(1304), 0, locale="es"), format_number(Decimal(13040), 0, locale="es")
    ('1304', '13.040')
    """
    figure = rounded(value, decimals) or Decimal(0)  # never "-0.00"
    # Babel rounds half to even; the figure is exact at these decimals already.
    language = locale_of(locale)
    pattern = copy.copy(language.decimal_formats[None])  # groups of the locale: 12,34,567 in India
    pattern.frac_prec = (0 if trim else decimals, decimals)
    if not grouped:
        pattern.grouping = (1_000, 1_000)
    return _formatted(format_decimal, figure, locale=language, format=pattern)


def format_share(share: Share, decimals: int | None = None, *, locale: str = "en") -> str:
    """Return a share with its percent sign; without `decimals`, the result has the share's own decimals, up to two.

    >>> [format_share(Share.fraction("0.035"), locale=name) for name in ("en", "tr")]
    ['3.5%', '%3,5']
    >>> format_share(Share.percent(2), 2)
    '2.00%'
    """
    language = locale_of(locale)
    pattern = copy.copy(language.percent_formats[None])
    pattern.frac_prec = (0, 2) if decimals is None else (decimals, decimals)
    figure = share.published(2 if decimals is None else decimals)
    return _formatted(format_percent, figure.as_fraction, locale=language, format=pattern)


def format_rate(rate: Rate, decimals: int = 1, *, locale: str = "en") -> str:
    r"""Return a rate of change with a percent sign and, below zero, a minus sign, placed as the locale requires.

    >>> [format_rate(Rate.percent("-2.25"), locale=name) for name in ("en", "de", "tr")]
    ['-2.3%', '-2,3\xa0%', '-%2,3']
    """
    language = locale_of(locale)
    pattern = copy.copy(language.percent_formats[None])
    pattern.frac_prec = (decimals, decimals)
    figure = rounded(rate.as_percent, decimals).scaleb(-2)
    return _formatted(format_percent, figure, locale=language, format=pattern)


def format_points(points: PercentagePoints, decimals: int = 2, *, locale: str = "en") -> str:
    r"""Return a difference of shares in percentage points, with a plus or minus sign.

    >>> [format_points(PercentagePoints("1.28"), locale=name) for name in ("en", "fr")]
    ['+1.28 pp', '+1,28\xa0pt']
    """
    sign = "+" if points.value >= 0 else ""
    space = " " if locale.startswith("en") else "\N{NO-BREAK SPACE}"
    return f"{sign}{format_number(points.value, decimals, locale=locale)}{space}{translation(locale)('pp')}"


def format_money(money: Money, decimals: int | None = None, *, locale: str = "en", named: bool = False) -> str:
    r"""Return an amount in full with the sign or the name of its currency, placed as the locale requires.

    Without `decimals`, the result has the amount's own decimals, but at most the usual decimals of the currency. The
    price basis is not part of the result: state it beside the figure.

    >>> amount = Money("64841085000", "USD")
    >>> format_money(amount), format_money(amount, locale="de"), format_money(amount, locale="fr", named=True)
    ('$64,841,085,000', '64.841.085.000\xa0$', '64\u202f841\u202f085\u202f000 dollar des États-Unis')
    >>> format_money(Money(1, "EUR") / 3), format_money(Money(1, "EUR") / 3, 4)
    ('€0.33', '€0.3333')
    """
    code = str(money.currency)
    places = (
        min(len(plain(money.amount).partition(".")[2]), money.currency.minor_units) if decimals is None else decimals
    )
    figure = rounded(money.amount, places)
    if named:
        return f"{format_number(figure, places, locale=locale)} {currency_name(code, locale)}"
    language = locale_of(locale)
    pattern = copy.copy(language.currency_formats["standard"])
    pattern.frac_prec = (places, places)
    return _formatted(format_currency, figure, code, locale=language, format=pattern, currency_digits=False)


def format_date(day: dt.date, *, locale: str = "en") -> str:
    """Return a day with the name of its month.

    >>> format_date(dt.date(2025, 6, 25)), format_date(dt.date(2025, 6, 1), locale="fr")
    ('June 25, 2025', '1er juin 2025')
    """
    language = locale_of(locale)
    text = str(babel_date(day, format="long", locale=language))
    return text.replace("1 ", "1er ", 1) if language.language == "fr" and day.day == 1 else text


def day_in_text(day: dt.date, *, locale: str = "en") -> str:
    """Return a day for use in a sentence: in ISO 8601 in English, and with the name of the month in other languages.

    >>> day_in_text(dt.date(2025, 6, 25)), day_in_text(dt.date(2025, 6, 25), locale="fr")
    ('2025-06-25', '25 juin 2025')
    """
    return day.isoformat() if locale_of(locale).language == "en" else format_date(day, locale=locale)


def country_name(entity: EntityLike, *, locale: str = "en") -> str:
    """Return the name of a country or group in a locale; English names are those of the library.

    Raises `UnknownCountryError` or `UnknownNameError` for an unknown name.

    >>> country_name(Country("TUR"), locale="fr"), country_name(Country("TUR"))
    ('Turquie', 'Türkiye')
    """
    found = find_entity(entity)
    if isinstance(found, Country):
        return found.name if locale_of(locale).language == "en" else territory_name(found.alpha_2, locale)
    return translation(locale)(found.name)


def by_name(entity: EntityLike, *, locale: str = "en") -> str:
    """Return a sort key for a country or group by its name in a locale, regardless of accents and case.

    >>> sorted(map(Country, ("EST", "USA", "FIN")), key=lambda country: by_name(country, locale="fr"))
    [Country('EST'), Country('USA'), Country('FIN')]
    """
    return bare(country_name(entity, locale=locale))


def names_of(entities: Iterable[EntityLike], *, locale: str = "en") -> str:
    """Return the names of countries and groups in a locale, in the alphabetical order of the locale.

    >>> names_of([Country("BEL"), Country("USA"), Country("EST"), Country("DEU")], locale="fr")
    'Allemagne, Belgique, Estonie, États-Unis'
    """
    ordered = sorted(entities, key=lambda entity: by_name(entity, locale=locale))
    return ", ".join(country_name(entity, locale=locale) for entity in ordered)


def basis_text(basis: PriceBasis, *, locale: str = "en") -> str:
    """Return a price basis in words.

    >>> basis_text(PriceBasis.constant(2021), locale="fr")
    'prix constants de 2021'
    """
    _ = translation(locale)
    return _("constant {year} prices").format(year=basis.year) if basis.year else _(str(basis))


def target_text(target: Target, *, locale: str = "en") -> str:
    r"""Return a target's name with its modality, share and deadline.

    >>> from natoburden.datasets.targets import HAGUE_CORE
    >>> target_text(HAGUE_CORE, locale="fr")
    'Objectif central de La Haye (plancher\xa0: 3,50\xa0% du PIB d’ici 2035)'
    """
    _ = translation(locale)
    if _.is_english:
        return str(target)
    by = _(" by {year}").format(year=target.deadline) if target.deadline else ""
    return _("{name} ({modality}: {share} {of_whole}{by})").format(
        name=_(target.name),
        modality=_(target.modality.value),
        share=format_share(target.share, 2, locale=locale),
        of_whole=_(f"of {target.component.whole}"),
        by=by,
    )
