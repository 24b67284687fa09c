"""The measures in tables of defence expenditure, and the definitions by which tables count."""

from __future__ import annotations

from natoburden.model._terms import Term

__all__ = ["CATEGORIES", "MONEY_MEASURES", "CountedBy", "Measure"]


class CountedBy(Term):
    """The definition by which a table counts defence expenditure; figures on two definitions form two separate series.

    ``EUROSTAT`` is the function defence (GF02) of the classification of the functions of government (COFOG), in
    national accounts (ESA 2010). ``EDA`` is the expenditure that ministries of defence report to the European Defence
    Agency.
    """

    NATO = "NATO"
    SIPRI = "SIPRI"
    EUROSTAT = "Eurostat"
    EDA = "EDA"


class Measure(Term):
    """A quantity that NATO's tables print; the value of each member is the key of the quantity in files."""

    EXPENDITURE = "expenditure"
    GDP = "gdp"
    SHARE_OF_GDP = "share_of_gdp"
    REAL_CHANGE = "real_change"
    REAL_CHANGE_SINCE_2014 = "real_change_since_2014"
    EXPENDITURE_PER_CAPITA = "expenditure_per_capita"
    GDP_PER_CAPITA = "gdp_per_capita"
    MILITARY_PERSONNEL = "military_personnel"
    EQUIPMENT_SHARE = "equipment_share"
    PERSONNEL_SHARE = "personnel_share"
    INFRASTRUCTURE_SHARE = "infrastructure_share"
    OTHER_SHARE = "other_share"

    @property
    def label(self) -> str:
        """The heading of the measure in NATO's tables."""
        return _LABELS[self]

    @property
    def is_category(self) -> bool:
        """Whether the measure is one of the four main categories of expenditure."""
        return self in CATEGORIES

    @property
    def is_change(self) -> bool:
        """Whether the figures of the measure are rates of change."""
        return self in (Measure.REAL_CHANGE, Measure.REAL_CHANGE_SINCE_2014)

    def __str__(self) -> str:
        return self.label


MONEY_MEASURES = (Measure.EXPENDITURE, Measure.GDP, Measure.EXPENDITURE_PER_CAPITA, Measure.GDP_PER_CAPITA)
_LABELS = {
    Measure.EXPENDITURE: "defence expenditure",
    Measure.GDP: "gross domestic product",
    Measure.SHARE_OF_GDP: "defence expenditure as a share of GDP",
    Measure.REAL_CHANGE: "annual real change of defence expenditure",
    Measure.REAL_CHANGE_SINCE_2014: "real change of defence expenditure since 2014",
    Measure.EXPENDITURE_PER_CAPITA: "defence expenditure per head",
    Measure.GDP_PER_CAPITA: "GDP per head",
    Measure.MILITARY_PERSONNEL: "military personnel",
    Measure.EQUIPMENT_SHARE: "equipment as a share of defence expenditure",
    Measure.PERSONNEL_SHARE: "personnel as a share of defence expenditure",
    Measure.INFRASTRUCTURE_SHARE: "infrastructure as a share of defence expenditure",
    Measure.OTHER_SHARE: "other spending as a share of defence expenditure",
}
CATEGORIES = (Measure.EQUIPMENT_SHARE, Measure.PERSONNEL_SHARE, Measure.INFRASTRUCTURE_SHARE, Measure.OTHER_SHARE)
