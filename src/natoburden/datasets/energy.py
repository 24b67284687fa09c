"""Energy: deals and pledges, gas imports by partner, dependency rates, and named sets of conversion factors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from natoburden._once import once
from natoburden.datasets._documents import Document
from natoburden.datasets._files import document, editions, named
from natoburden.model.deals import EnergyDeal, EnergyDeals, EnergyPledge, PriceFormula
from natoburden.model.dependency_rates import DependencyRate, DependencyRates
from natoburden.model.energy import (
    EnergyFlow,
    EnergyFlows,
    Fuel,
    find_place,
)
from natoburden.model.periods import Period
from natoburden.model.quantities import CalorificBasis, ConversionSet, Energy, EnergyUnit
from natoburden.model.shares import Rate
from natoburden.serialization import from_data, read_document

__all__ = [
    "conversion_set",
    "conversion_sets",
    "energy_deals",
    "energy_dependency",
    "energy_pledge",
    "gas_imports",
    "load_energy_deals",
]

_MANIFEST = "energy/manifest.toml"


@attrs.frozen(kw_only=True)
class _Price:
    deal: str
    formula: PriceFormula


@attrs.frozen(kw_only=True)
class _Document(Document):
    """A document of deals, as a user writes it."""

    deals: tuple[EnergyDeal, ...]


# --- deals and pledges -----------------------------------------------------------------------------------


def energy_deals() -> EnergyDeals:
    """Return the packaged energy deals: LNG and gas that Europeans and Turks buy, most of it American.

    The deals are a sample from filings and the press, not a register. Conditional, preliminary and terminated deals are
    marked. Deals of portfolio buyers are marked too, since their purchases are not imports of any country. A deal has
    no origin if no source states the origin. One deal of a Korean buyer is included because its full price formula is
    known.

    >>> deals = energy_deals()
    >>> print(deals["E25"])
    E25: BOTAS from Mercuria, 4.00 bcm a year, 70.00 bcm in all, 2026 to 2045 (binding)
    >>> deals["E24"].seller_country.name, deals["E24"].origin.name
    ('United Kingdom', 'United States')
    """
    return _deals()


@once
def _deals() -> EnergyDeals:
    [file] = editions(_MANIFEST, "deals").values()
    prices = {item.deal: item.formula for item in document("energy/prices.toml", tuple[_Price, ...], "prices")}
    items = from_data(
        [_as_document(row, file.collected) for row in file.rows()], tuple[EnergyDeal, ...], file.path.name
    )
    priced = (attrs.evolve(item, price=prices.get(item.key)) for item in items)
    return EnergyDeals(items=tuple(priced), collected=file.collected)


def load_energy_deals(path: Path | str, *, into: EnergyDeals | None = None) -> EnergyDeals:
    """Read deals of your own from a TOML or JSON document; all its faults are reported at once.

    The deals are added to a record, by default the packaged one. Raises `DocumentError`, and `OSError` for a file that
    cannot be opened.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "mine.toml"
    >>> _ = file.write_text('''
    ... [[deals]]
    ... key = "invented"
    ... buyer = "A buyer"
    ... buyer_country = "Belgium"
    ... seller = "A seller"
    ... seller_country = "USA"
    ... origin = "USA"
    ... per_year = "1 Mt of LNG"
    ... years = 10
    ... start = 2028
    ... status = "preliminary"
    ... sources = [{ title = "An example", publisher = "natoburden" }]
    ... ''')
    >>> print(load_energy_deals(file)["invented"])
    invented: A buyer from A seller, 1.00 Mt of LNG a year, 2028 to 2037 (preliminary)
    """
    deals = read_document(Path(path), _Document).deals
    return (energy_deals() if into is None else into).extended(deals)


def energy_pledge(key: str) -> EnergyPledge:
    """Return a stated intention to buy energy by its key, ``"eu-us-2025"``; another key raises `UnknownNameError`.

    >>> pledge = energy_pledge("eu-us-2025")
    >>> print(pledge.per_year)
    USD 250.00 bn (unstated prices)
    """
    return named(
        "pledge", key, {item.key: item for item in document("energy/pledges.toml", tuple[EnergyPledge, ...], "pledges")}
    )


def _as_document(row: Mapping[str, str], accessed: dt.date) -> dict[str, Any]:
    """Return a row of the packaged file as a user would write it in a document."""
    numbers = ("years", "start", "end")
    special = {*numbers, "is_portfolio", "spans", "signed", "precision", "value", "currency", "option", "urls"}
    given: dict[str, Any] = {name: text for name, text in row.items() if text and name not in special}
    given |= {name: int(row[name]) for name in numbers if row[name]}
    if row["signed"]:
        given["signed"] = {"date": row["signed"], "precision": row["precision"]}
    if row["value"]:
        given["value"] = {"amount": row["value"], "currency": row["currency"], "basis": "unstated"}
    title = f"Report on {row['buyer']} and {row['seller']}"
    return given | {
        "is_portfolio": bool(row["is_portfolio"]),
        "options": [row["option"]] if row["option"] else [],
        "spans": [_span(text) for text in row["spans"].split("; ") if text],
        "sources": [{"title": title, "url": url, "accessed": accessed.isoformat()} for url in row["urls"].split()],
    }


def _span(text: str) -> dict[str, Any]:
    """Return ``29 Mt of LNG in all, 2023 to 2042`` as a user would write it in a document."""
    volume, _, dates = text.rpartition(", ")
    start, _, end = dates.partition(" to ")
    kind = "total" if volume.endswith(" in all") else "per_year"
    quantity = volume.removesuffix(" in all").removesuffix(" a year")
    return {"start": int(start), "end": int(end), kind: quantity}


# --- Eurostat's tables -----------------------------------------------------------------------------------


def gas_imports(edition: str | None = None) -> EnergyFlows:
    """Return gas imports by partner, in TJ of gross calorific value, from Eurostat's table nrg_ti_gas (CC BY 4.0).

    The default edition ``"to-2022"`` has imports by named partner for 34 reporters from 2018 to 2022, without totals.
    The older edition ``"2022-04"`` has totals and imports from Russia for 2018 to 2020. Natural gas includes LNG.
    Austria reports no partners, and Germany reports few; see the page on data. Raises `UnknownNameError` for an edition
    that is not packaged.

    >>> flows = gas_imports()
    >>> print(flows.flow("Poland", "USA", Fuel.LNG, 2022))
    LNG, Poland from United States, 2022: 133,275.15 TJ (gross)
    """
    known = editions(_MANIFEST, "flows")
    return _flows(named("edition", "to-2022" if edition is None else edition, known).key)


@once
def _flows(key: str) -> EnergyFlows:
    file = editions(_MANIFEST, "flows")[key]
    items = (
        EnergyFlow(
            importer=find_place(row["reporter"]),
            partner=find_place(row["partner"]),
            fuel=Fuel(row["siec"]),
            period=Period(int(row["year"])),
            quantity=Energy(row["value_tj_gcv"], EnergyUnit.TJ, CalorificBasis.GROSS) if row["value_tj_gcv"] else None,
            source=file.source,
        )
        for row in file.rows()
    )
    return EnergyFlows(edition=file.key, items=tuple(items), note=file.note)


def energy_dependency() -> DependencyRates:
    """Return published rates of energy import dependency, for all fuels and for gas: Eurostat's nrg_ind_id, CC BY 4.0.

    The rates cover 41 countries and aggregates, 2014 to 2024. Net exporters have a dependency rate below 0 %. A country
    that builds up stocks may have a dependency rate above 100 %.

    >>> rates = energy_dependency()
    >>> print(rates.rate("EU27_2020", 2024).as_percent, rates.rate("Norway", 2024).as_percent)
    57.286 -677.196
    """
    return _dependency()


@once
def _dependency() -> DependencyRates:
    [file] = editions(_MANIFEST, "dependency").values()
    items = (
        DependencyRate(
            place=find_place(row["geo"]),
            fuel=Fuel(row["siec"]),
            year=int(row["year"]),
            rate=Rate.percent(row["value_pc"]) if row["value_pc"] else None,
            source=file.source,
        )
        for row in file.rows()
    )
    return DependencyRates(edition=file.key, items=tuple(items))


# --- conversion sets -------------------------------------------------------------------------------------


@once
def conversion_sets() -> Mapping[str, ConversionSet]:
    """Return the sets of factors between mass, volume and energy of gas, by key; there is no default set.

    >>> for key, factors in conversion_sets().items():
    ...     print(key, "|", factors)
    bp-2021 | BP/EI set, 2021
    sabine-pass-filing | Sabine Pass contract filing, 2012
    giignl-type | importers' handbook type
    enerdynamics | Enerdynamics
    norwegian-shelf | Norwegian shelf
    uk-average | United Kingdom, average gross values
    """
    return {item.key: item for item in document("energy/conversion_sets.toml", tuple[ConversionSet, ...], "sets")}


def conversion_set(key: str) -> ConversionSet:
    """Return one set of factors by its key; raises `UnknownNameError` with the most similar keys.

    >>> conversion_set("bp-2021").heat_of_gas
    Energy('36 MJ (net)')
    """
    return named("conversion set", key, conversion_sets())
