"""Tables of defence expenditure, with their editions and observations."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

import attrs

from natoburden.errors import NoObservationError, UnexpectedValueError, UnknownNameError
from natoburden.model._checks import exactly, expect, first_twice, member
from natoburden.model._expenditure_measures import CATEGORIES, MONEY_MEASURES, CountedBy, Measure
from natoburden.model._figures import Figures, Kind, spans
from natoburden.model._frames import Cell, Tabular
from natoburden.model._numbers import checked_decimal, checked_year
from natoburden.model.countries import Country
from natoburden.model.evidence import Documented
from natoburden.model.memberships import Entity, EntityLike, Group, GroupLike, find_entity
from natoburden.model.money import CURRENT_PRICES, Currency, Money, PriceBasis
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Source, Status

if TYPE_CHECKING:
    from natoburden.model.exchange import Rates

__all__ = ["MONEY_MEASURES", "CountedBy", "Edition", "ExpenditureTable", "Measure", "Observation", "Omission"]

Value_co = TypeVar("Value_co", bound=Money | Share | Rate | Decimal, covariant=True)

_DOLLAR = Currency("USD")
_BASIS_HINT = "write CURRENT_PRICES or PriceBasis.constant(2021)"


def _is_year(_instance: object, _attribute: object, value: Any) -> None:
    checked_year(value)


def _is_year_or_none(instance: object, attribute: object, value: Any) -> None:
    if value is not None:
        _is_year(instance, attribute, value)


def _is_entity(_instance: object, _attribute: object, value: Any) -> None:
    expect(value, (Country, Group), "a country or group", "find it first: Country.find('Germany')")


def _is_figure(_instance: object, _attribute: object, value: Any) -> None:
    """Raise an error unless a number is exact and finite; money, shares and rates check this themselves."""
    expect(value, (Money, Share, Rate, Decimal), "a figure", "give Money, a Share, a Rate or a Decimal")
    if isinstance(value, Decimal):
        checked_decimal(value, "figure")


@attrs.frozen(kw_only=True)
class Omission:
    """Cells that an edition leaves empty, with the reason.

    Without an `entity`, the cells of all countries and groups are empty. Without `years`, the cells of all years are.
    """

    entity: Entity | None = None
    measures: tuple[Measure, ...]
    years: tuple[int, ...]
    reason: str


@attrs.frozen(kw_only=True)
class Edition:
    """One publication of a table; later editions revise figures of the same years.

    `key` is the year and month of publication. `constant_year` is the base year of the constant prices, or None if the
    edition has only current prices. `estimated_years` are the years that the edition marks as estimates. `counted_by`
    identifies the definition of defence expenditure.
    """

    key: str = attrs.field(validator=exactly(str, "the key of an edition"))
    source: Source = attrs.field(validator=exactly(Source, "a source"))
    constant_year: int | None = attrs.field(validator=_is_year_or_none)
    estimated_years: tuple[int, ...] = ()
    omissions: tuple[Omission, ...] = attrs.field(default=(), repr=False)
    note: str = attrs.field(default="", repr=False)
    counted_by: CountedBy = attrs.field(default=CountedBy.NATO, validator=exactly(CountedBy, "a definition"))

    @property
    def constant_prices(self) -> PriceBasis:
        """The edition's constant price basis; raises `UnexpectedValueError` if it has none."""
        if self.constant_year is None:
            raise UnexpectedValueError(
                "an edition at constant prices", self.key, "it has amounts at current prices only: take another"
            )
        return PriceBasis.constant(self.constant_year)

    def __str__(self) -> str:
        return self.key


@attrs.frozen(kw_only=True)
class Observation(Documented, Generic[Value_co]):
    """One published figure with its measure, country or group, year, status and edition.

    The value is `Money`, a `Share` or a `Rate`; for military personnel, the value is a `Decimal` number of persons.
    """

    measure: Measure = attrs.field(validator=exactly(Measure, "a measure"))
    entity: Entity = attrs.field(validator=_is_entity)
    year: int = attrs.field(validator=_is_year)
    value: Value_co = attrs.field(validator=_is_figure)
    status: Status = attrs.field(validator=exactly(Status, "a status"))
    edition: Edition = attrs.field(validator=exactly(Edition, "an edition"), repr=lambda edition: edition.key)

    @property
    def working(self) -> str:
        """The figure with its measure, entity and year, at full precision, as needed for checks by hand."""
        value = self.value
        if isinstance(value, Money):
            is_large = abs(value.amount) >= 1_000_000
            figure = f"{value.in_millions:,f} m" if is_large else f"{value.amount:,f}"
            written = f"{figure} {value.currency}, {value.basis}"
        else:
            written = f"{value.as_percent:f} %" if isinstance(value, Share | Rate) else f"{value:,f}"
        return f"{self.measure}, {self.entity}, {self.year}: {written} ({self.status}, edition {self.edition})"

    @property
    def firmness(self) -> Status:
        """Whether the figure is an outcome or an estimate, as its publisher marks it."""
        return self.status

    @property
    def reference(self) -> dict[str, object]:
        """Plain values that identify the figure: measure, entity, year, edition, value and status."""
        return {
            "measure": self.measure,
            "entity": self.entity,
            "year": self.year,
            "value": self.value,
            "status": self.status,
            "edition": self.edition.key,
        }

    @property
    def source(self) -> Source:
        """The document that prints the figure."""
        return self.edition.source

    @property
    def is_estimate(self) -> bool:
        """Whether the publisher marks the figure as an estimate."""
        return self.status is not Status.ACTUAL

    @property
    def in_full(self) -> str:
        """The figure with its measure, entity, year, status and edition."""
        return f"{self.measure} of {self.entity}, {self.year}: {self} ({self.status}, {self.edition})"

    def __str__(self) -> str:
        """Return the figure alone, as printed; `in_full` adds its measure, entity, year, status and edition."""
        return f"{self.value:,f}" if isinstance(self.value, Decimal) else str(self.value)


_Figures: TypeAlias = Figures[Observation[Any]]


def _as_figures(observations: Iterable[Observation[Any]] | _Figures) -> _Figures:
    return observations if isinstance(observations, Figures) else Figures.of(observations, _row)


def _row(item: Observation[Any]) -> tuple[Kind, Entity, int]:
    """Return the kind, entity and year of a figure; the kind of an amount includes its currency and price basis."""
    if isinstance(item.value, Money):
        return (item.measure, item.value.currency, item.value.basis), item.entity, item.year
    return (item.measure, None, None), item.entity, item.year


@attrs.frozen(kw_only=True)
class ExpenditureTable(Tabular):
    """One edition of a table of defence expenditure, with methods that look up its figures.

    Look-ups take a year, and a country or group that may be given by any of its names. A figure that the edition lacks
    raises `NoObservationError`, because a missing figure is never zero.

    `own_rates` gives the default rates of `in_currency`; only tables of the bundled data have default rates.
    """

    edition: Edition
    _figures: _Figures = attrs.field(alias="observations", converter=_as_figures)
    own_rates: Callable[[], Any] | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self._figures:
            raise UnexpectedValueError("a table", self.edition.key, "it holds no figure: give at least one")
        if sum(map(len, self._figures.series.values())) < len(self._figures):
            cells = map(_row, self._figures)
            cell = first_twice((self._figures.there_is(kind, entity)[0], entity, year) for kind, entity, year in cells)
            raise UnexpectedValueError("a table", self.edition.key, f"two figures stand for one cell: {cell}; keep one")

    def __repr__(self) -> str:
        return f"<ExpenditureTable {self.edition}: {len(self.countries)} countries, {spans(self.years)}>"

    @functools.cached_property
    def observations(self) -> tuple[Observation[Any], ...]:
        """All figures of the edition, in the order of the file."""
        return tuple(self._figures)

    @functools.cached_property
    def years(self) -> tuple[int, ...]:
        """The years that the edition covers, in order."""
        return tuple(sorted(set().union(*self._figures.series.values())))

    @property
    def latest_year(self) -> int:
        """The newest year of the edition."""
        return self.years[-1]

    @functools.cached_property
    def countries(self) -> tuple[Country, ...]:
        """The countries with a row of defence expenditure; Iceland has no row, because it has no armed forces."""
        rows = {entity for (kind, entity) in self._figures.series if kind[0] is Measure.SHARE_OF_GDP}
        return tuple(sorted(entity for entity in rows if isinstance(entity, Country)))

    def reporting_members(self, group: GroupLike, year: int) -> tuple[Country, ...]:
        """Return the members of a group in a year, without the members that have no row of defence expenditure."""
        return tuple(country for country in Group.find(group).members(year) if country in self.countries)

    def expenditure(
        self,
        entity: EntityLike,
        year: int,
        basis: PriceBasis = CURRENT_PRICES,
        currency: Currency | str | None = None,
    ) -> Observation[Money]:
        """Return defence expenditure, in dollars at current prices by default."""
        if currency is None:
            return self._amount(Measure.EXPENDITURE, entity, year, basis)
        return self._find(Measure.EXPENDITURE, entity, year, basis, currency)

    def gdp(self, entity: EntityLike, year: int, basis: PriceBasis = CURRENT_PRICES) -> Observation[Money]:
        """Return gross domestic product, in dollars at current prices by default."""
        return self._amount(Measure.GDP, entity, year, basis)

    def share_of_gdp(self, entity: EntityLike, year: int) -> Observation[Share]:
        """Return defence expenditure as a published share of GDP, which NATO computes at constant prices."""
        return self._find(Measure.SHARE_OF_GDP, entity, year)

    def real_change(self, entity: EntityLike, year: int) -> Observation[Rate]:
        """Return the published real change of defence expenditure from the year before."""
        return self._find(Measure.REAL_CHANGE, entity, year)

    def category_share(self, category: Measure | str, entity: EntityLike, year: int) -> Observation[Share]:
        """Return the share of expenditure that goes to one main category, such as ``Measure.EQUIPMENT_SHARE``."""
        found = member(Measure, category)
        if not found.is_category:
            raise UnknownNameError("category", found.value, tuple(item.value for item in CATEGORIES))
        return self._find(found, entity, year)

    def military_personnel(self, entity: EntityLike, year: int) -> Observation[Decimal]:
        """Return the number of military personnel, in persons."""
        return self._find(Measure.MILITARY_PERSONNEL, entity, year)

    def expenditure_per_capita(self, entity: EntityLike, year: int) -> Observation[Money]:
        """Return defence expenditure per head, in dollars at the edition's constant prices."""
        return self._amount(Measure.EXPENDITURE_PER_CAPITA, entity, year, self.edition.constant_prices)

    def gdp_per_capita(self, entity: EntityLike, year: int) -> Observation[Money]:
        """Return GDP per head, in dollars at the edition's constant prices."""
        return self._amount(Measure.GDP_PER_CAPITA, entity, year, self.edition.constant_prices)

    def observation(
        self,
        measure: Measure | str,
        entity: EntityLike,
        year: int,
        basis: PriceBasis | None = None,
        currency: Currency | str | None = None,
    ) -> Observation[Any]:
        """Return the figure of any measure, or of a measure's key; amounts need a price basis and a currency.

        Raises `UnknownNameError` for an unknown measure, and `NoObservationError` for a figure that the edition lacks.
        """
        return self._find(member(Measure, measure), entity, year, basis, currency)

    def to_columns(self) -> dict[str, list[Cell]]:
        """Return one row per figure: measure, entity, year, value, unit, price basis, status and edition.

        Values are floats: shares and changes in percent, money in units of its currency, and personnel in persons.
        """
        rows = [(item, *_flat(item.value)) for item in self.observations]
        return {
            "measure": [item.measure.value for item, *_ in rows],
            "entity": [item.entity.key for item, *_ in rows],
            "entity_name": [str(item.entity) for item, *_ in rows],
            "year": [item.year for item, *_ in rows],
            "value": [value for _, value, *_ in rows],
            "unit": [unit for _, _, unit, _ in rows],
            "basis": [basis for *_, basis in rows],
            "status": [item.status.value for item, *_ in rows],
            "edition": [item.edition.key for item, *_ in rows],
        }

    @property
    def caption(self) -> tuple[str, ...]:
        """The edition and its source."""
        return (repr(self).strip("<>"), f"Source: {self.edition.source}")

    def select(
        self,
        *,
        measure: Measure | str | None = None,
        entity: EntityLike | None = None,
        year: int | None = None,
        basis: PriceBasis | None = None,
    ) -> Iterator[Observation[Any]]:
        """Return the observations that match all given arguments, in the order of the file.

        Raises `UnknownNameError` for an unknown measure or group, and `UnknownCountryError` for an unknown country.
        Raises `InvalidYearError` for anything but a year, and `UnexpectedValueError` for anything but a price basis.
        """
        counted = None if measure is None else member(Measure, measure)
        wanted = None if entity is None else find_entity(entity)
        asked = None if year is None else checked_year(year)
        if basis is not None:
            expect(basis, PriceBasis, "a price basis", _BASIS_HINT)
        places = (
            place
            for (kind, row), years in self._figures.series.items()
            if (counted is None or kind[0] is counted)
            and (wanted is None or row == wanted)
            and (basis is None or kind[2] == basis)
            for when, place in years.items()
            if asked is None or when == asked
        )
        return map(self._figures.__getitem__, sorted(places))

    def in_currency(
        self, currency: Currency | str, rates: Rates | None = None, *, printed_first: bool = False
    ) -> ExpenditureTable:
        """Return the table with its amounts in a currency; ``"own"`` means each ally's own currency.

        Each amount is converted at the rates of its year. With ``printed_first=True``, expenditure that the edition
        prints in that currency is used as printed. GDP and other amounts are converted at the rate implied by
        expenditure that is printed in both currencies. Each converted figure states its rate. `select` and `to_frame`
        return the printed figures.
        """
        from natoburden.model._converted_tables import converted

        return converted(self, currency, rates, printed_first=printed_first)

    def _amount(self, measure: Measure, entity: EntityLike, year: int, basis: PriceBasis) -> Observation[Money]:
        """Return an amount in the currency of the table."""
        return self._find(measure, entity, year, basis, _DOLLAR)

    def _find(
        self,
        measure: Measure,
        entity: EntityLike,
        year: int,
        basis: PriceBasis | None = None,
        currency: Currency | str | None = None,
    ) -> Observation[Any]:
        wanted, year = find_entity(entity), checked_year(year)
        if basis is not None:
            expect(basis, PriceBasis, "a price basis", _BASIS_HINT)
        code = Currency(currency) if isinstance(currency, str) else currency
        if code is not None:
            expect(code, Currency, "a currency", "write its code: 'USD'")
        kind = (measure, code, basis)
        place = self._figures.series.get((kind, wanted), {}).get(year)
        if place is None:
            raise self._missing(kind, wanted, year)
        return self._figures[place]

    def _missing(self, kind: Kind, entity: Entity, year: int) -> NoObservationError:
        what, available = self._figures.there_is(kind, entity)
        return NoObservationError(
            what, str(entity), year, self.edition.key, available, self._reason(kind, entity, year)
        )

    def _reason(self, kind: Kind, entity: Entity, year: int) -> str:
        for item in self.edition.omissions:
            if item.entity in (None, entity) and kind[0] in item.measures and (not item.years or year in item.years):
                return item.reason
        if isinstance(entity, Group) and (kind, entity) not in self._figures.series:
            return "the table prints no such aggregate; natoburden.targets.aggregate_share computes it"
        return ""


def _flat(value: Money | Share | Rate | Decimal) -> tuple[float, str, str]:
    """Return a figure as a float, with its unit and price basis."""
    if isinstance(value, Money):
        return float(value.amount), str(value.currency), str(value.basis)
    if isinstance(value, Share | Rate):
        return float(value.as_percent), "percent", ""
    return float(value), "persons", ""
