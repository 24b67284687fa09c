"""The parts of an award notice in eForms: its lots, organizations, tenders and contracts, each read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element

import attrs

from natoburden.model.countries import Country
from natoburden.readers._xml import text_of
from natoburden.readers.awards import Winner, place
from natoburden.readers.ted.masks import NOT_PUBLISHED, date_of, words_of

__all__ = ["Parts", "gathered", "lot_of"]

_EX_ANTE, _EX_ANTE_TYPES = "veat", frozenset({"25", "26", "27", "28"})
_PARTY: Final = "PartyIdentification/ID"
_NOT_NAMED: Final = Winner(name="not named")


@attrs.frozen
class Lot:
    """The facts that a notice states about a lot."""

    title: str
    cpv: tuple[str, ...]
    is_framework: bool | None  # None if the lot does not say


@attrs.frozen
class Contract:
    """The facts that a notice states about a contract; its tenders are listed in order, and again by lot."""

    label: str
    reference: str
    concluded: str
    awarded: str
    tenders: tuple[str, ...]
    tenders_of: Mapping[str, Sequence[tuple[int, str]]]


@attrs.frozen
class Parts:
    """The parts of a notice by their identifiers, and facts that all awards of the notice share."""

    key: str
    file: str
    root: Element
    result: Element
    organizations: Mapping[str, Winner]
    tenders: Mapping[str, Element]
    lots_of_tenders: Mapping[str, str]
    parties: Mapping[str, tuple[Winner, ...]]
    contracts: Mapping[str, Contract]
    contract_of: Mapping[str, Contract]  # tenders and the contracts that name them
    contracted_for: Mapping[str, Sequence[str]]  # lots and the tenders for them that a contract names
    lots: Mapping[str, Lot]
    title: str
    cpv: tuple[str, ...]
    buyers: tuple[Country, ...]
    buyer_said: str
    is_intended: bool
    is_modification: bool


def gathered(root: Element, result: Element, key: str, file: str, fallback: Country | None) -> Parts:
    """Return the parts of a notice; `result` is the XML element with its results."""
    organizations = {
        text_of(holder, _PARTY): _organization(holder)
        for organization in root.iter("Organization")
        for holder in (*organization.iterfind("Company"), *organization.iterfind("TouchPoint"))
    }
    references = [text_of(party, f"Party/{_PARTY}") for party in root.iterfind("ContractingParty")]
    buyers = [organizations[name].country for name in references if name in organizations]
    known = tuple(dict.fromkeys(country for country in buyers if country is not None))
    subtype = text_of(next(root.iter("NoticeSubType"), None), "SubTypeCode")
    language = text_of(root, "NoticeLanguageCode")
    tenders = {text_of(item, "ID"): item for item in result.iterfind("LotTender")}
    lots_of_tenders = {name: lot_of(item) for name, item in tenders.items()}
    contracts = [_contract(item, lots_of_tenders) for item in result.iterfind("SettledContract")]
    contract_of = {name: contract for contract in contracts for name in contract.tenders}
    contracted_for: dict[str, list[str]] = {}
    for name in contract_of:
        contracted_for.setdefault(lots_of_tenders.get(name, ""), []).append(name)
    return Parts(
        key=key,
        file=file,
        root=root,
        result=result,
        organizations=organizations,
        tenders=tenders,
        lots_of_tenders=lots_of_tenders,
        parties={
            text_of(party, "ID"): tuple(
                organizations.get(text_of(item, "ID"), _NOT_NAMED) for item in party.iterfind("Tenderer")
            )
            for party in result.iterfind("TenderingParty")
        },
        contracts={contract.label: contract for contract in contracts},
        contract_of=contract_of,
        contracted_for=contracted_for,
        lots={
            text_of(lot, "ID"): Lot(_name(lot, language), _codes(lot), _is_framework(lot))
            for lot in root.iterfind("ProcurementProjectLot")
        },
        title=_name(root, language),
        cpv=_codes(root),
        buyers=known or (() if fallback is None else (fallback,)),
        buyer_said=", ".join(references),
        is_intended=text_of(root, "NoticeTypeCode") == _EX_ANTE or subtype in _EX_ANTE_TYPES,
        is_modification=next(root.iter("ContractModification"), None) is not None,
    )


def _contract(item: Element, lots_of_tenders: Mapping[str, str]) -> Contract:
    named = tuple(text_of(tender, "ID") for tender in item.iterfind("LotTender"))
    tenders_of: dict[str, list[tuple[int, str]]] = {}
    for place_in_contract, name in enumerate(named):
        tenders_of.setdefault(lots_of_tenders.get(name, ""), []).append((place_in_contract, name))
    return Contract(
        label=text_of(item, "ID"),
        reference=words_of(item, "ContractReference/ID"),
        concluded=date_of(item, "IssueDate"),
        awarded=date_of(item, "AwardDate"),
        tenders=named,
        tenders_of=tenders_of,
    )


def _organization(holder: Element) -> Winner:
    """Return an organization's name and country; contact data are not read."""
    name = text_of(holder, "PartyName/Name")
    country = words_of(holder, "PostalAddress/Country/IdentificationCode")
    shown = words_of(holder, "PartyName/Name") or (NOT_PUBLISHED if name else "not named")
    return Winner(name=shown, country=place(country))


def lot_of(holder: Element | None) -> str:
    """Return the lot of a tender or a result; an empty text if no lot is stated."""
    return text_of(holder, "TenderLot/ID")


def _name(holder: Element, language: str) -> str:
    """Return the name of a notice or lot; of names in several languages, the name in the notice's language."""
    names = list(holder.iterfind("ProcurementProject/Name"))
    first = names[0] if names else None
    return words_of(next((item for item in names if item.get("languageID") == language), first))


def _codes(holder: Element) -> tuple[str, ...]:
    kinds = ("MainCommodityClassification", "AdditionalCommodityClassification")
    found = [
        text_of(item)
        for kind in kinds
        for item in holder.iterfind(f"ProcurementProject/{kind}/ItemClassificationCode")
        if item.get("listName", "cpv") == "cpv"
    ]
    return tuple(dict.fromkeys(filter(None, found)))


def _is_framework(lot: Element) -> bool | None:
    """Return whether a lot is a framework agreement; None if the lot does not state this."""
    systems = lot.iterfind("TenderingProcess/ContractingSystem/ContractingSystemTypeCode")
    said = [text_of(item) for item in systems if item.get("listName") == "framework-agreement"]
    return any(code != "none" for code in said) if said else None
