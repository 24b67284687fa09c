"""Which of many tests are discoveries: p-values are adjusted to limit the rate of false discoveries."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal

import attrs

from natoburden.calculators._arguments import checked_level, several
from natoburden.calculators.findings import Finding, Findings, percent, places
from natoburden.calculators.results import Result, Summary
from natoburden.errors import MissingExtraError, TooFewError, UnexpectedValueError, UnknownNameError
from natoburden.model.evidence import Evidence
from natoburden.model.shares import Share

__all__ = ["Discoveries", "Discovery", "false_discoveries"]

_LEVEL = Share.percent(5)


@attrs.frozen(kw_only=True)
class Discovery(Result):
    """One test of a family: its p-value, and the p-values adjusted by Benjamini-Hochberg and by Benjamini-Yekutieli.

    An adjusted p-value is the lowest false discovery rate at which the test is still a discovery. The p-value adjusted
    by Benjamini-Yekutieli is valid for any dependence between the tests, and is never smaller than the p-value adjusted
    by Benjamini-Hochberg.
    """

    formula = (
        "of m p-values in order, adjusted p of the k-th = least of m p / j over j from k to m; by Yekutieli times "
        "1 + 1/2 + ... + 1/m"
    )

    family: str
    label: str
    p: float
    by_hochberg: float
    by_yekutieli: float

    @property
    def headline(self) -> str:
        return f"{self.label}, one of {self.family}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("p", self.p, places(4)),
            Finding("adjusted by Hochberg", self.by_hochberg, places(4)),
            Finding("adjusted by Yekutieli", self.by_yekutieli, places(4)),
        )


@attrs.frozen(kw_only=True)
class Discoveries(Summary[Discovery]):
    """The tests of a family with adjusted p-values, and how many are discoveries at a false discovery rate.

    `family` describes the tests that were adjusted together. The adjusted p-value of a test depends on the family.
    """

    note = (
        "The level is the part of false ones that is expected among the discoveries, not the chance that one of them "
        "is false."
    )
    formula = "discoveries = tests whose adjusted p is at most the level"

    family: str
    level: Share

    @property
    def by_hochberg(self) -> tuple[Discovery, ...]:
        """The discoveries by Benjamini-Hochberg, valid for tests that are independent or positively dependent."""
        return tuple(row for row in self.rows if row.by_hochberg <= self.level.as_fraction)

    @property
    def by_yekutieli(self) -> tuple[Discovery, ...]:
        """The discoveries by Benjamini-Yekutieli, valid for any dependence between the tests."""
        return tuple(row for row in self.rows if row.by_yekutieli <= self.level.as_fraction)

    @property
    def headline(self) -> str:
        return f"Discoveries at a false discovery rate of {percent(self.level, 0)} among {self.family}"

    @property
    def findings(self) -> Findings:
        alone = sum(row.p <= self.level.as_fraction for row in self.rows)
        return (
            Finding("tests", len(self.rows)),
            Finding("p at most the level, each by itself", alone),
            Finding("discoveries by Hochberg", self.by_hochberg, _labels),
            Finding("discoveries by Yekutieli, under any dependence", self.by_yekutieli, _labels),
        )


def _labels(rows: tuple[Discovery, ...]) -> str:
    return "; ".join(row.label for row in rows) or "none"


def false_discoveries(
    tests: Iterable[Result] | Mapping[str, float | Decimal],
    *,
    family: str | None = None,
    p: str = "p",
    level: Share = _LEVEL,
) -> Discoveries:
    """Compute which of many tests are discoveries, by p-values adjusted by Benjamini-Hochberg and Benjamini-Yekutieli.

    `tests` are results with a p-value, or a mapping of names to p-values. Results can be, for example, a series over
    years or a table over proxies. `p` is the name of the attribute with the p-value, such as ``"rho_p"`` of
    `burden.exploitation`. `family` is a description of the tests; the default states the number of tests, the first
    test and the last test. Tests of the same allies in several years depend on each other. For dependent tests, only
    the p-values adjusted by Benjamini-Yekutieli are always valid. Source: Benjamini and Hochberg (1995), Benjamini and
    Yekutieli (2001).

    For response functions, give the p-values by name, such as ``{"by distance": found.responses[0].p}``.

    Raises `UnknownNameError` if results have p-values, but none with the name `p`. Raises `UnexpectedValueError` for
    results without any p-value. Raises `UnexpectedValueError` also for a p that is unknown or outside 0 to 1, and
    `TooFewError` for fewer than two tests. Needs the extra ``stats``.

    >>> from natoburden.calculators.burden import exploitation, series
    >>> from natoburden.datasets import defence_expenditure
    >>> tests = series(exploitation, defence_expenditure("2026-07"))
    >>> print(false_discoveries(tests, p="rho_p", family="13 rank tests of exploitation, 2014 to 2026"))
    Discoveries at a false discovery rate of 5 % among 13 rank tests of exploitation, 2014 to 2026
      tests: 13
      p at most the level, each by itself: 0
      discoveries by Hochberg: none
      discoveries by Yekutieli, under any dependence: none
    """
    checked_level(level)
    if isinstance(tests, Mapping):
        named: list[tuple[str, float | Decimal | None]] = [(str(name), value) for name, value in tests.items()]
        evidence: list[tuple[Evidence, ...]] = [()] * len(tests)
    else:
        rows = several(tests, Result, "tests", "give results with a p-value, or p-values by name")
        named, evidence = [(_label(row), _p_of(row, p)) for row in rows], [row.evidence for row in rows]
    if len(named) < 2:
        raise TooFewError("a family", len(named), 2, "tests")
    figures = [_checked(label, value) for label, value in named]
    of_all = family or f"{len(named)} tests: {named[0][0]} to {named[-1][0]}"
    hochberg, yekutieli = (_adjusted(figures, method) for method in ("bh", "by"))
    return Discoveries(
        family=of_all,
        level=level,
        rows=tuple(
            Discovery(family=of_all, label=label, p=value, by_hochberg=bh, by_yekutieli=by, inputs=inputs)
            for (label, _), value, bh, by, inputs in zip(named, figures, hochberg, yekutieli, evidence, strict=True)
        ),
    )


def _adjusted(figures: list[float], method: str) -> list[float]:
    try:
        from scipy.stats import false_discovery_control
    except ImportError as error:
        raise MissingExtraError("a false discovery rate", "scipy", "stats") from error
    return [float(value) for value in false_discovery_control(figures, method=method)]


def _label(row: Result) -> str:
    label = getattr(row, "label", None)
    return row.headline if label is None else str(label)


def _p_of(row: Result, name: str) -> float | Decimal | None:
    if not hasattr(row, name):
        kind: type[attrs.AttrsInstance] = type(row)
        there = tuple(field.name for field in attrs.fields(kind) if "p" in field.name.split("_"))
        if not there:
            hint = "it has no p of its own: give p-values by name, as {'by distance': found.responses[0].p}"
            raise UnexpectedValueError("tests", kind.__name__, hint)
        raise UnknownNameError("p-value", name, there)
    value: float | Decimal | None = getattr(row, name)
    return value


def _checked(label: str, value: float | Decimal | None) -> float:
    if value is None:
        raise UnexpectedValueError(f"the p of {label}", str(value), "it is not known: leave the test out, and say so")
    found = float(value)
    if math.isnan(found) or not 0 <= found <= 1:
        raise UnexpectedValueError(f"the p of {label}", str(value), "a probability lies between 0 and 1")
    return found
