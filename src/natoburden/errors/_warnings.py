"""Warnings of figures that are right and easily misread."""

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
    """A share meets a target while the money falls short of it, or vice versa: the two are deflated differently."""


class MixedDefinitionsWarning(NatoBurdenWarning):
    """A promise or target on one definition was held against figures on another: the two count different spending."""


class DoubleCountingWarning(NatoBurdenWarning):
    """Purchases were credited that an ally's expenditure already includes."""


class FewRecordsWarning(NatoBurdenWarning):
    """A composition was computed from fewer than five records of a sample: each of them decides what it is."""


class MixedSetsWarning(NatoBurdenWarning):
    """A purchase of one group was compared with the gap of another: the two are different sets of countries."""


class MissingFontWarning(NatoBurdenWarning):
    """No installed font has the letters of a locale, so that a chart is in English."""


class CollinearVariablesWarning(NatoBurdenWarning):
    """The control variables of a partial correlation determine, or nearly determine, the one that is correlated."""


class UnmatchedNamesWarning(NatoBurdenWarning):
    """Values of a column are of no country; they became nulls."""
