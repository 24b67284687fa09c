"""Warnings about figures that are correct but easily misread."""

from __future__ import annotations

from natoburden.errors._root import NatoBurdenWarning

__all__ = [
    "CollinearVariablesWarning",
    "CurrentPricesWarning",
    "DoubleCountingWarning",
    "FewRecordsWarning",
    "MissingFontWarning",
    "MixedDefinitionsWarning",
    "MixedSetsWarning",
    "OppositeSignsWarning",
    "UnmatchedNamesWarning",
]


class CurrentPricesWarning(NatoBurdenWarning):
    """Amounts at current prices of different years were added, although their price levels differ."""


class OppositeSignsWarning(NatoBurdenWarning):
    """Share and money contradict each other on whether a target is met, because they are deflated differently."""


class MixedDefinitionsWarning(NatoBurdenWarning):
    """A promise or target was compared with figures on another definition, which counts different spending."""


class DoubleCountingWarning(NatoBurdenWarning):
    """The credit includes purchases that an ally's defence expenditure already contains."""


class FewRecordsWarning(NatoBurdenWarning):
    """A composition rests on fewer than five records of a sample, and a single record can decide the result."""


class MixedSetsWarning(NatoBurdenWarning):
    """A purchase by one group was compared with the gap of a different group of countries."""


class MissingFontWarning(NatoBurdenWarning):
    """No installed font has the letters of the locale, so the chart is in English."""


class CollinearVariablesWarning(NatoBurdenWarning):
    """The control variables of a partial correlation exactly or nearly determine one of the correlated variables."""


class UnmatchedNamesWarning(NatoBurdenWarning):
    """Some values of a column match no country and became nulls."""
