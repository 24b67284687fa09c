"""Whether a product is a strategic dependency of the European Union, by the test that CEPII published."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import attrs

from natoburden.calculators.findings import Finding, Findings, yes_or_no
from natoburden.calculators.results import Result
from natoburden.errors import UnexpectedValueError
from natoburden.model._numbers import Number, checked_decimal, plain, rounded
from natoburden.model.money import Money

__all__ = ["DependencyYear", "StrategicDependency", "TradeYear", "strategic_dependency"]

_CONCENTRATED = Decimal("0.4")
_NO_EXPORTS = Decimal(9999)  # CEPII's value where nothing is exported


def _to_index(value: Number) -> Decimal:
    return checked_decimal(value, "a Herfindahl-Hirschman index")


@attrs.frozen(kw_only=True)
class TradeYear:
    """A product's trade in one year: the concentration of imports and of world exports, and the value of both flows."""

    year: int
    import_hhi: Decimal = attrs.field(converter=_to_index)
    world_export_hhi: Decimal = attrs.field(converter=_to_index)
    imports: Money
    exports: Money

    def __attrs_post_init__(self) -> None:
        if not (0 <= self.import_hhi <= 1 and 0 <= self.world_export_hhi <= 1):
            indices = f"{self.import_hhi} and {self.world_export_hhi}"
            raise UnexpectedValueError("indices of concentration", indices, "each runs from 0 to 1")
        for what, flow in (("imports", self.imports), ("exports", self.exports)):
            if flow.amount < 0:
                raise UnexpectedValueError(f"{what} of a product", str(flow), "a trade flow is zero or more")

    @property
    def ratio(self) -> Decimal:
        """Imports divided by exports; 9999 if nothing is exported, as in CEPII's database."""
        return self.imports / self.exports if self.exports.amount else _NO_EXPORTS


@attrs.frozen(kw_only=True)
class DependencyYear:
    """Which of the three conditions of a strategic dependency are fulfilled in one year."""

    trade: TradeYear
    imports_concentrated: bool
    exports_concentrated: bool
    imports_exceed_exports: bool

    @property
    def holds(self) -> bool:
        """Whether all three conditions of a strategic dependency are fulfilled."""
        return self.imports_concentrated and self.exports_concentrated and self.imports_exceed_exports


@attrs.frozen(kw_only=True)
class StrategicDependency(Result):
    """Whether a product is a strategic dependency, and which conditions were fulfilled in which year."""

    formula = "import HHI > 0.4, world-export HHI > 0.4 and imports / exports > 1, in at least 2 of 3 years (CEPII)"

    product: str
    years: tuple[DependencyYear, ...]
    is_dependent: bool

    @property
    def yearly(self) -> dict[int, dict[str, object]]:
        return {
            item.trade.year: {
                "import_hhi": item.trade.import_hhi,
                "world_export_hhi": item.trade.world_export_hhi,
                "imports_to_exports": item.trade.ratio,
                "holds": item.holds,
            }
            for item in self.years
        }

    @property
    def headline(self) -> str:
        return (
            f"Strategic dependency on imports of {self.product}, {self.years[0].trade.year}-{self.years[-1].trade.year}"
        )

    @property
    def findings(self) -> Findings:
        rows = tuple(Finding(str(item.trade.year), _in_words(item)) for item in self.years)
        return (Finding("dependent", self.is_dependent, yes_or_no), *rows)


def _in_words(item: DependencyYear) -> str:
    verdict = "holds" if item.holds else "does not hold"
    concentrations = f"import HHI {plain(item.trade.import_hhi)}, world-export HHI {plain(item.trade.world_export_hhi)}"
    return f"{verdict}: {concentrations}, imports / exports {plain(rounded(item.trade.ratio, 4))}"


def strategic_dependency(product: str, years: Iterable[TradeYear]) -> StrategicDependency:
    """Compute whether a product is a strategic dependency, from three years of trade, as in CEPII's GeoDep database.

    Each condition is a strict inequality. The European Commission's test of 2021 uses different conditions from CEPII's
    test. The library does not offer the Commission's test, because the test's thresholds were not read at their source.
    Raises `UnexpectedValueError` unless there are three consecutive years.

    >>> flows = dict(imports=Money.millions(3, "EUR"), exports=Money.millions(0, "EUR"))
    >>> years = [TradeYear(year=year, import_hhi="0.5", world_export_hhi="0.41", **flows) for year in range(2019, 2022)]
    >>> strategic_dependency("a product", years).is_dependent
    True
    """
    ordered = sorted(years, key=lambda item: item.year)
    given = [item.year for item in ordered]
    if len(given) != 3 or given != [given[0], given[0] + 1, given[0] + 2]:
        raise UnexpectedValueError("years of trade", ", ".join(map(str, given)), "the test takes three years in a row")
    tested = tuple(
        DependencyYear(
            trade=item,
            imports_concentrated=item.import_hhi > _CONCENTRATED,
            exports_concentrated=item.world_export_hhi > _CONCENTRATED,
            imports_exceed_exports=item.ratio > 1,
        )
        for item in ordered
    )
    return StrategicDependency(product=product, years=tested, is_dependent=sum(item.holds for item in tested) >= 2)
