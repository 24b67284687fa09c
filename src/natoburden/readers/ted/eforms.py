"""Award notices in eForms, which TED uses since 2023: results, tenders and organizations that refer to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

import attrs

from natoburden.model.countries import Country
from natoburden.model.procurement import ContractStatus, ContractValue, ValueKind
from natoburden.readers._xml import text_of
from natoburden.readers.awards import Award, Winner, place, value_of
from natoburden.readers.ted.source import notice_source

__all__ = ["ROOT", "awards_of_eform", "without_result"]

ROOT: Final = "ContractAwardNotice"

_SELECTED = "selec-w"
_PARTY = "PartyIdentification/ID"


@attrs.frozen
class _Notice:
    """A notice's parts by their identifiers, and what all its awards share."""

    key: str
    file: str
    root: Element
    organizations: Mapping[str, Winner]
    tenders: Mapping[str, Element]
    parties: Mapping[str, Element]
    settled: Mapping[str, Element]  # the contract that was settled, by its tender
    lots: Mapping[str, Element]
    buyers: tuple[Country, ...]
    buyer_said: str


def awards_of_eform(root: Element, file: str, fallback: Country | None) -> Iterator[Award]:
    """Give the awards of a notice: one for each tender that a lot's result selects; it must have a result."""
    result = next(root.iter("NoticeResult"))
    notice = _gathered(root, result, file, fallback)
    for number, lot_result in enumerate(result.iterfind("LotResult"), start=1):
        name = text_of(lot_result, "ID") or str(number)
        code = text_of(lot_result, "TenderResultCode")
        selected = [text_of(tender, "ID") for tender in lot_result.iterfind("LotTender")]
        if code != _SELECTED or not selected:
            why = f"no winner was selected ({code or 'no code'})" if code != _SELECTED else "no tender is referred to"
            yield _award(notice, name, lot_result, None, why)
        for tender in selected if code == _SELECTED else ():
            yield _award(notice, tender, lot_result, notice.tenders.get(tender), "")


def without_result(root: Element) -> str:
    """Say what a notice without results is; empty for one with results."""
    if any(len(result) for result in root.iter("NoticeResult")):
        return ""
    return f"a notice without results ({text_of(root, 'NoticeTypeCode')[:60] or 'of no stated type'})"


def _award(notice: _Notice, name: str, result: Element, tender: Element | None, refusal: str) -> Award:
    lot = notice.lots.get(text_of(result, "TenderLot/ID"))
    settled = notice.settled.get(name)
    is_framework = lot is not None and _framework(lot)
    party = notice.parties.get(text_of(tender, "TenderingParty/ID"))
    tenderers = [] if party is None else party.iterfind("Tenderer")
    winners = [notice.organizations.get(text_of(item, "ID")) for item in tenderers]
    is_intended = text_of(notice.root, "NoticeTypeCode") == "veat"
    concluded = text_of(settled, "IssueDate")
    return Award(
        key=f"{notice.key}/{name}",
        where=f"{notice.file}, result {text_of(result, 'ID')}",
        buyers=notice.buyers,
        buyer_said=notice.buyer_said,
        winners=tuple(winner or Winner(name="not named") for winner in winners),
        title=": ".join(dict.fromkeys(part for part in (_name(notice.root, notice), _name(lot, notice)) if part)),
        cpv=_codes(lot) or _codes(notice.root),
        value=_value(result, tender, is_framework=is_framework),
        date=concluded or text_of(settled, "AwardDate"),
        status=ContractStatus.SELECTED
        if is_intended
        else ContractStatus.SIGNED
        if concluded
        else ContractStatus.AGREED,
        source=notice_source(notice.key, notice.file),
        refusal=refusal,
    )


def _gathered(root: Element, result: Element, file: str, fallback: Country | None) -> _Notice:
    organizations = {
        text_of(holder, _PARTY): _organization(holder)
        for organization in root.iter("Organization")
        for holder in (*organization.iterfind("Company"), *organization.iterfind("TouchPoint"))
    }
    references = [text_of(party, f"Party/{_PARTY}") for party in root.iterfind("ContractingParty")]
    buyers = [organizations[name].country for name in references if name in organizations]
    known = tuple(dict.fromkeys(country for country in buyers if country is not None))
    published = next((text_of(item) for item in root.iter("NoticePublicationID")), "")
    return _Notice(
        key=published or text_of(root, "ID") or file,
        file=file,
        root=root,
        organizations=organizations,
        tenders={text_of(item, "ID"): item for item in result.iterfind("LotTender")},
        parties={text_of(item, "ID"): item for item in result.iterfind("TenderingParty")},
        settled={
            text_of(tender, "ID"): item
            for item in result.iterfind("SettledContract")
            for tender in item.iterfind("LotTender")
        },
        lots={text_of(item, "ID"): item for item in root.iterfind("ProcurementProjectLot")},
        buyers=known or (() if fallback is None else (fallback,)),
        buyer_said=", ".join(references),
    )


def _organization(holder: Element) -> Winner:
    """Give an organization's name and country; of its contacts nothing is read."""
    country = text_of(holder, "PostalAddress/Country/IdentificationCode")
    return Winner(name=text_of(holder, "PartyName/Name") or "not named", country=place(country))


def _name(holder: Element | None, notice: _Notice) -> str:
    """Give the name of a notice or lot, in the notice's own language where it stands in several."""
    names = [] if holder is None else list(holder.iterfind("ProcurementProject/Name"))
    own = text_of(notice.root, "NoticeLanguageCode")
    return text_of(next((item for item in names if item.get("languageID") == own), names[0] if names else None))


def _codes(holder: Element | None) -> tuple[str, ...]:
    if holder is None:
        return ()
    kinds = ("MainCommodityClassification", "AdditionalCommodityClassification")
    found = [
        text_of(item)
        for kind in kinds
        for item in holder.iterfind(f"ProcurementProject/{kind}/ItemClassificationCode")
        if item.get("listName", "cpv") == "cpv"
    ]
    return tuple(dict.fromkeys(filter(None, found)))


def _framework(lot: Element) -> bool:
    return any(
        item.get("listName") == "framework-agreement" and text_of(item) != "none"
        for item in lot.iterfind("TenderingProcess/ContractingSystem/ContractingSystemTypeCode")
    )


def _value(result: Element, tender: Element | None, *, is_framework: bool) -> ContractValue:
    """Give a tender's value; for a framework without one, the most that may be called off."""
    kind, wording = (ValueKind.CEILING, "framework") if is_framework else (ValueKind.CONTRACT, "")
    amount = None if tender is None else tender.find("LegalMonetaryTotal/PayableAmount")
    if amount is None and is_framework:
        amount = result.find("FrameworkAgreementValues/MaximumValueAmount")
    if amount is None:
        return ContractValue(kind=kind, wording=wording)
    return value_of(kind, amount.get("currencyID"), text_of(amount), wording=wording)
