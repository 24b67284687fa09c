"""Commonality: how many buyers use the same family of systems, and how many use a US-supplied family."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Unpack

import attrs

from natoburden.calculators.dependency._amounts import standing
from natoburden.calculators.dependency._options import Options
from natoburden.calculators.dependency._parts import SupplierBloc, parts
from natoburden.calculators.dependency._records import LeftOut, Measured, coverage_of, measured
from natoburden.calculators.dependency._results import RecordResult
from natoburden.calculators.dependency._scope import Record
from natoburden.calculators.findings import Finding, Findings, or_none
from natoburden.calculators.results import ResultTable
from natoburden.errors import UnknownNameError
from natoburden.model._numbers import add_up, divide
from natoburden.model.capabilities import CapabilityArea, InteroperabilityArea
from natoburden.model.countries import Country
from natoburden.model.procurement import Contract
from natoburden.model.record_coverage import RecordKind
from natoburden.model.shares import Share

__all__ = [
    "AreaCommonality",
    "Commonality",
    "Interoperability",
    "InteroperabilityRow",
    "commonality",
    "interoperability",
]


@attrs.frozen(kw_only=True)
class AreaCommonality(RecordResult):
    """One capability area: its families of systems, and the shares of its buyers that use the same family.

    `of_buyers` is the share of buyers that use the most common family. `of_value` is the share of value that was paid
    for the largest family; it is None if no value counts. `us_supplied_of_buyers` is the share of buyers with a
    US-supplied family. A family is US-supplied if the United States supplies the family to any buyer in the records.
    """

    formula = (
        "of buyers = buyers with the most common family / buyers; of value = largest family's amount / all; "
        "US-supplied: the same with the families that the United States supplies"
    )

    area: CapabilityArea
    buyers: tuple[Country, ...]
    families: Mapping[str, tuple[Country, ...]] = attrs.field(hash=False)
    most_common: str
    of_buyers: Share
    of_value: Share | None
    us_families: tuple[str, ...]
    us_supplied_of_buyers: Share
    us_supplied_of_value: Share | None

    @property
    def headline(self) -> str:
        return f"Commonality in {self.area} among {len(self.buyers)} buyers"

    @property
    def findings(self) -> Findings:
        return (
            Finding("most common family", self.most_common),
            Finding("of buyers", self.of_buyers),
            Finding("of value", self.of_value, or_none(str, "no value counts")),
            Finding("on a US-supplied family, of buyers", self.us_supplied_of_buyers),
            Finding("on a US-supplied family, of value", self.us_supplied_of_value, or_none(str, "no value counts")),
            *self.cautions,
        )


@attrs.frozen(kw_only=True)
class Commonality(ResultTable[AreaCommonality]):
    """Commonality by capability area; `left_out` lists records that were cancelled or have no single named family."""

    left_out: tuple[LeftOut, ...] = attrs.field(repr=False)

    def area(self, area: CapabilityArea) -> AreaCommonality:
        """Return the row of one area; raises `UnknownNameError` if no record of the area counts."""
        for row in self.rows:
            if row.area is area:
                return row
        raise UnknownNameError("area", str(area), tuple(str(row.area) for row in self.rows))


def commonality(
    records: Iterable[Record], *, families: Mapping[str, str] | None = None, **options: Unpack[Options]
) -> Commonality:
    """Compute the most common family of systems in each capability area, and its shares of buyers and of value.

    Shared equipment is the aspect of interoperability that can be measured. The record of a contract states the family
    of systems. A transfer's family is its designation, unless `families` maps it to another name
    (``{"F-35A": "F-35"}``). A buyer is counted even if the value of its purchases is not known. With ``kinds=()``,
    only buyers are counted, and no rates are needed. Takes the options of `supplier_shares`. The measure is the
    library's own.

    >>> from natoburden.datasets import announced_contracts
    >>> table = commonality(announced_contracts(), kinds=())
    >>> row = table.area(CapabilityArea.COMBAT_AIRCRAFT)
    >>> row.most_common, str(row.of_buyers), str(row.us_supplied_of_buyers)
    ('F-35', '58.33 %', '83.33 %')
    """
    given = tuple(records)
    whole = measured(given, options, kind=RecordKind.of(records))
    bases = whole.bases
    placed: dict[CapabilityArea, list[tuple[str, Record]]] = {}
    left_out = [item for item in whole.left_out if not standing(item.record, whole.when).as_fraction]
    for record in whole.standing:
        family = _family(record, families or {})
        if record.area is None or not family:
            left_out.append(LeftOut(record=record, reason="no one family of systems in one capability area"))
        else:
            placed.setdefault(record.area, []).append((family, record))
    american = {
        _family(record, families or {})
        for record in given
        if standing(record, whole.when).as_fraction and str(SupplierBloc.UNITED_STATES) in parts(record, "bloc", bases)
    }
    rows = [_area(area, found, _within(whole, found), american, left_out) for area, found in placed.items()]
    return Commonality(rows=tuple(sorted(rows, key=lambda row: str(row.area))), left_out=tuple(left_out))


def _family(record: Record, families: Mapping[str, str]) -> str:
    name = record.family if isinstance(record, Contract) else record.designation
    return families.get(name, name)


def _buyers(record: Record) -> tuple[Country, ...]:
    if isinstance(record, Contract):
        return record.buyers
    return (record.recipient.country,) if record.recipient.country else ()


def _area(
    area: CapabilityArea,
    found: list[tuple[str, Record]],
    whole: Measured,
    american: set[str],
    left_out: list[LeftOut],
) -> AreaCommonality:
    fielded: dict[str, set[Country]] = {}
    for family, record in found:
        fielded.setdefault(family, set()).update(_buyers(record))
    buyers = set[Country]().union(*fielded.values())
    amounts = {id(item.record): item.amount for item in whole.counted}
    values = {
        family: add_up(amounts[id(record)] for name, record in found if name == family and id(record) in amounts)
        for family in fielded
    }
    total = add_up(values.values())
    most_common = max(sorted(fielded), key=lambda family: len(fielded[family]))
    on_american = set[Country]().union(*(fielded[family] for family in fielded if family in american))
    american_value = add_up(value for family, value in values.items() if family in american)
    in_area = tuple(item for item in left_out if item.record.area is area)
    return AreaCommonality(
        area=area,
        buyers=tuple(sorted(buyers)),
        families={family: tuple(sorted(fielded[family])) for family in sorted(fielded)},
        most_common=most_common,
        of_buyers=_share(len(fielded[most_common]), len(buyers)),
        of_value=Share.fraction(divide(max(values.values()), total)) if total else None,
        us_families=tuple(sorted(american & fielded.keys())),
        us_supplied_of_buyers=_share(len(on_american), len(buyers)),
        us_supplied_of_value=Share.fraction(divide(american_value, total)) if total else None,
        numerator=tuple(record for family, record in found if family == most_common),
        denominator=tuple(record for _, record in found),
        left_out=in_area,
        conversions=whole.conversions,
        rests_on=coverage_of(whole.kind, (record for _, record in found), in_area),
    )


def _within(whole: Measured, found: list[tuple[str, Record]]) -> Measured:
    """Return only the records of one area; a part of a contract counts if the whole contract is not in the area."""
    records = {id(record) for _, record in found}
    return attrs.evolve(whole, valued=tuple(item for item in whole.valued if id(item.record) in records))


def _share(part: int, whole: int) -> Share:
    return Share.of(part, whole) if whole else Share.fraction(0)


# --- the article's four areas ----------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class InteroperabilityRow:
    """One of the article's four areas of interoperability: its capability areas, or the reason why it has none."""

    area: InteroperabilityArea
    is_covered: bool
    rows: tuple[AreaCommonality, ...]
    reason: str = ""

    def __str__(self) -> str:
        if self.reason:
            return f"{self.area}: {self.reason}"
        found = ", ".join(
            f"{row.area} {row.us_supplied_of_buyers} of buyers on a US-supplied family"
            f" (records: {row.rests_on.counted} of a {row.rests_on.kind}, {row.rests_on.years or 'undated'})"
            for row in self.rows
        )
        return f"{self.area}: {found}"


@attrs.frozen(kw_only=True)
class Interoperability:
    """What arms records show about the four areas in which American officials asked for interoperability."""

    rows: tuple[InteroperabilityRow, ...]

    def explain(self) -> str:
        """Return a line for each area, including areas that no register covers."""
        return "\n".join(map(str, self.rows))

    def to_dict(self) -> dict[str, Any]:
        """Return the areas as plain data, ready for JSON."""
        return {
            str(row.area): {
                "is_covered": row.is_covered,
                "reason": row.reason,
                "rows": [item.to_dict() for item in row.rows],
            }
            for row in self.rows
        }


def interoperability(table: Commonality) -> Interoperability:
    """Return commonality by the article's four areas; no register of arms covers two of these areas.

    >>> from natoburden.datasets import announced_contracts
    >>> print(interoperability(commonality(announced_contracts(), kinds=())).explain())
    missile systems: air and missile defence 88.89 % of buyers on a US-supplied family (records: 19 of a sample, ...
    ammunition: no record of it among those given
    artificial intelligence: no register of arms covers it: they list equipment
    cyber: no register of arms covers it: they list equipment
    """
    return Interoperability(rows=tuple(_interoperability_row(area, table) for area in InteroperabilityArea))


def _interoperability_row(area: InteroperabilityArea, table: Commonality) -> InteroperabilityRow:
    rows = tuple(row for row in table if row.area in area.areas)
    if not area.is_covered:
        reason = "no register of arms covers it: they list equipment"
    else:
        reason = "" if rows else "no record of it among those given"
    return InteroperabilityRow(area=area, is_covered=area.is_covered, rows=rows, reason=reason)
