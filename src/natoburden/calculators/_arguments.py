"""Checks of the arguments of calculators: tables, lists of values, choices among words, and numbers."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar, get_args

import attrs

from natoburden.errors import InvalidNumberError, MixedDefinitionsWarning, UnexpectedValueError, UnknownNameError
from natoburden.model._checks import expect
from natoburden.model._numbers import checked_year
from natoburden.model.expenditure import CountedBy, ExpenditureTable
from natoburden.model.shares import Share
from natoburden.model.spending_commitments import CompositeTarget, Target, TargetLike

if TYPE_CHECKING:
    from natoburden.model.exchange import Rates
    from natoburden.model.money import Currency, Money, PriceBasis

__all__ = [
    "MOST_DRAWS",
    "checked_choice",
    "checked_draws",
    "checked_level",
    "checked_seed",
    "checked_target",
    "expect_table",
    "in_currency",
    "number_of_years",
    "several",
    "several_tables",
    "several_years",
    "two_part_target",
    "warn_of_definition",
    "with_basis",
]

T = TypeVar("T")

MOST_DRAWS = 1_000_000
_MOST_YEARS = 300  # as many as the calendar years that the library deals with


def expect_table(table: ExpenditureTable) -> None:
    """Raise unless the argument is one table; a list of all editions, for example, is refused."""
    expect(table, ExpenditureTable, "a table", "give one: natoburden.datasets.defence_expenditure()")


def checked_level(level: object, *, with_ends: bool = True) -> float:
    """Return the level of an interval or a quantile as a fraction.

    Without `with_ends`, the levels of 0 and 100 % are refused.
    """
    if not isinstance(level, Share):
        raise UnexpectedValueError("a level", repr(level), "write Share.percent(95)")
    if not with_ends and level.as_fraction in (0, 1):
        raise UnexpectedValueError(
            "a level", str(level), "it lies between 0 and 100 %, without the two: write Share.percent(95)"
        )
    return float(level.as_fraction)


def checked_target(target: TargetLike, *tables: ExpenditureTable, mixed_definitions_ok: bool = False) -> Target:
    """Return a target, given as an object or by its key; the library's own targets are read only for a key.

    Targets are defined for NATO's definition of expenditure. Warns the caller's caller if a table uses another
    definition.
    """
    warn_of_definition(tables, acknowledged=mixed_definitions_ok, stacklevel=4)
    if isinstance(target, Target):
        return target
    from natoburden.registers import target as look_up

    return look_up(target)


def warn_of_definition(tables: Iterable[ExpenditureTable], *, acknowledged: bool, stacklevel: int = 3) -> None:
    """Warn the caller's caller of tables that are compared with a target but do not use NATO's definition."""
    given: Iterable[object] = tables  # what is no table is refused by whoever reads it
    others = [
        table.edition
        for table in given
        if isinstance(table, ExpenditureTable) and table.edition.counted_by is not CountedBy.NATO
    ]
    if others and not acknowledged:
        named = ", ".join(f"{edition} counts as {edition.counted_by} does" for edition in others)
        warnings.warn(
            f"{named}, and targets are defined on NATO's figures: see natoburden.definitions, or say "
            "mixed_definitions_ok=True if you mean to hold one against the other",
            MixedDefinitionsWarning,
            stacklevel=stacklevel,
        )


def two_part_target(target: CompositeTarget | str) -> CompositeTarget:
    """Return a target of two parts, given as an object or by its key."""
    if isinstance(target, CompositeTarget):
        return target
    from natoburden.registers import two_part_target as look_up

    return look_up(target)


def with_basis(amount: Money, assuming: PriceBasis | None) -> Money:
    """Return an amount at its own price basis; an amount without a stated basis gets the basis that is assumed."""
    return amount if assuming is None or amount.basis.is_stated else amount.assuming(assuming)


def in_currency(
    table: ExpenditureTable, currency: Currency | str | None, rates: Rates | None = None, *, of_one: bool = False
) -> ExpenditureTable:
    """Return the table, converted if a currency is given; rates without a currency are refused.

    For one ally, the amounts that the edition prints in this currency are used as printed. For a group, all amounts are
    converted at the same rates.
    """
    expect_table(table)
    if currency is None:
        if rates is not None:
            raise UnexpectedValueError("rates", str(rates), "say into which currency: currency='EUR'")
        return table
    return table.in_currency(currency, rates, printed_first=of_one)


def checked_choice(what: str, value: object, choices: object) -> None:
    """Raise unless the value is one of the options of a literal type."""
    if value not in get_args(choices):
        raise UnknownNameError(what, str(value), get_args(choices))


def several(values: Iterable[T], kind: type | tuple[type, ...], what: str, hint: str) -> tuple[T, ...]:
    """Return several values of one kind; raise for a single value, for a text, and for a value of another kind."""
    alone = attrs.has(type(values)) and isinstance(values, kind)  # a table, which gives its rows
    if alone or isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise UnexpectedValueError(what, repr(values), hint)
    found = tuple(values)
    for value in found:
        expect(value, kind, what, hint)
    return found


def several_tables(tables: Iterable[ExpenditureTable]) -> tuple[ExpenditureTable, ...]:
    """Return several editions; raise for a single edition, and say what to write instead."""
    hint = "give several: natoburden.datasets.defence_expenditure_editions(), or one in a list: [table]"
    return several(tables, ExpenditureTable, "editions", hint)


def several_years(years: Iterable[int] | None, all_years: tuple[int, ...]) -> tuple[int, ...]:
    """Return the given years, sorted and each once, or all years if no years are given; raise for a single year."""
    if years is None:
        return all_years
    given = several(years, object, "years", "give several, or one in a list: [2025]")
    return tuple(sorted({checked_year(year) for year in given}))


def number_of_years(years: int, what: str = "number of years") -> int:
    """Return a whole number of years; raise unless it is at least one."""
    if type(years) is not int or not 1 <= years <= _MOST_YEARS:
        raise InvalidNumberError(what, str(years), f"a whole number of at least one, and at most {_MOST_YEARS}")
    return years


def checked_draws(draws: int, fewest: int = 100) -> int:
    """Return a number of draws; raise unless it is a whole number from `fewest` to `MOST_DRAWS`."""
    if type(draws) is not int or not fewest <= draws <= MOST_DRAWS:
        raise InvalidNumberError("draws", str(draws), f"a whole number from {fewest} to {MOST_DRAWS}")
    return draws


def checked_seed(seed: int) -> int:
    """Return the seed of a generator; raise unless it is a whole number and not negative."""
    if type(seed) is not int or seed < 0:
        raise InvalidNumberError("seed", str(seed), "a whole number, zero or more")
    return seed
