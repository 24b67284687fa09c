"""Award notices in eForms, which TED has used since 2023: results, tenders, contracts and organizations."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element

import attrs

from natoburden.errors import ReaderError
from natoburden.model.countries import Country
from natoburden.model.procurement import ContractStatus, ContractValue, ValueKind
from natoburden.readers._instants import EARLIEST, instant
from natoburden.readers._xml import text_of
from natoburden.readers.awards import Award, Winner, check_repeated, place
from natoburden.readers.ted.entries import (
    MOST_COMPARED,
    Entry,
    Modification,
    Notice,
    check_winners,
    checked_key,
    title_of,
)
from natoburden.readers.ted.frameworks import Limit, counted_once
from natoburden.readers.ted.masks import NOT_PUBLISHED, amount_of, date_of, is_masked, words_of
from natoburden.readers.ted.source import notice_source, published_number

__all__ = ["ROOT", "eform_notice", "without_result"]

ROOT: Final = "ContractAwardNotice"

_SELECTED = "selec-w"
_EX_ANTE, _EX_ANTE_TYPES = "veat", frozenset({"25", "26", "27", "28"})
_CANCELLED = "cancel"
_PARTY = "PartyIdentification/ID"
_NO_NAME = frozenset({"", "n.a.", "n/a", "na", "-"})
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(.*)")
_NOT_NAMED = Winner(name="not named")


@attrs.frozen
class _Lot:
    """What a notice says of a lot, read once."""

    title: str
    cpv: tuple[str, ...]
    is_framework: bool | None  # None if the lot does not say


@attrs.frozen
class _Parts:
    """A notice's parts by their identifiers, and what all its awards have in common."""

    key: str
    file: str
    root: Element
    result: Element
    organizations: Mapping[str, Winner]
    tenders: Mapping[str, Element]
    lot_of: Mapping[str, str]  # of tenders
    parties: Mapping[str, tuple[Winner, ...]]
    contracts: Mapping[str, Element]
    contract_of: Mapping[str, Element]  # tenders and the contracts that name them
    contracted_for: Mapping[str, Sequence[str]]  # lots and the tenders for them that a contract names
    lots: Mapping[str, _Lot]
    title: str
    cpv: tuple[str, ...]
    buyers: tuple[Country, ...]
    buyer_said: str
    is_intended: bool
    is_modification: bool


@attrs.frozen
class _Chosen:
    """A tender that a notice awards, or a lot without one; `result` is missing if only a contract names the tender."""

    name: str
    tender: Element | None = None
    result: Element | None = None
    lots: tuple[str, ...] = ()
    refusal: str = ""


def eform_notice(root: Element, file: str, fallback: Country | None) -> Notice:
    """Read a notice: each tender named by a contract, or selected by a lot's result if no contract names any."""
    key = checked_key(_key(root, file), file)
    result = next((item for item in root.iter("NoticeResult") if len(item)), None)
    own, version = text_of(root, "ID"), text_of(root, "VersionID")
    identity = "" if own.casefold() in _NO_NAME else own
    changes = list(root.iter("Changes"))
    reasons = {text_of(reason) for change in changes for reason in change.iterfind("ChangeReason/ReasonCode")}
    entries = () if result is None else _entries(_gathered(root, result, key, file, fallback))
    return Notice(
        key=key,
        file=file,
        identity=identity,
        names=frozenset({identity, f"{identity}-{version}" if identity else "", published_number(key)} - {""}),
        version=int(version) if re.fullmatch(r"\d{1,9}", version) else 0,
        moment=_moment(root),
        replaces=_references(changes),
        cancels=_CANCELLED in reasons,
        modifies=tuple(
            Modification(notice=reference, contract=text_of(item, "ModifiedContractIdentifier"))
            for item in root.iter("ContractModification")
            for reference in _references([item])
        ),
        procedure=words_of(root, "ContractFolderID"),
        entries=tuple(entries),
    )


def without_result(root: Element) -> str:
    """Return the kind of a notice without results; empty for a notice with results."""
    if any(len(result) for result in root.iter("NoticeResult")):
        return ""
    return f"a notice without results ({text_of(root, 'NoticeTypeCode')[:60] or 'of no stated type'})"


def _key(root: Element, file: str) -> str:
    """Return the number in the Official Journal, else the notice's own ID; "n.a." does not count as either."""
    published = next((text_of(item) for item in root.iter("NoticePublicationID")), "")
    if published_number(published):
        return published
    own = text_of(root, "ID")
    return file if own.casefold() in _NO_NAME else own


def _moment(root: Element) -> dt.datetime:
    found = _DAY.match(text_of(root, "IssueDate"))
    if not found:
        return EARLIEST
    day, offset = found.groups()
    time = text_of(root, "IssueTime")
    return instant(f"{day}T{time}" if time else f"{day}{offset}") or EARLIEST


def _references(holders: Sequence[Element]) -> frozenset[str]:
    texts = {text_of(item) for holder in holders for item in holder.iterfind("ChangedNoticeIdentifier")}
    return frozenset((published_number(text) or text) for text in texts if text.casefold() not in _NO_NAME)


def _gathered(root: Element, result: Element, key: str, file: str, fallback: Country | None) -> _Parts:
    organizations = {
        text_of(holder, _PARTY): _organization(holder)
        for organization in root.iter("Organization")
        for holder in (*organization.iterfind("Company"), *organization.iterfind("TouchPoint"))
    }
    references = [text_of(party, f"Party/{_PARTY}") for party in root.iterfind("ContractingParty")]
    buyers = [organizations[name].country for name in references if name in organizations]
    known = tuple(dict.fromkeys(country for country in buyers if country is not None))
    contracts = list(result.iterfind("SettledContract"))
    subtype = text_of(next(root.iter("NoticeSubType"), None), "SubTypeCode")
    language = text_of(root, "NoticeLanguageCode")
    tenders = {text_of(item, "ID"): item for item in result.iterfind("LotTender")}
    contract_of = {text_of(tender, "ID"): item for item in contracts for tender in item.iterfind("LotTender")}
    lot_of = {name: _lot(item) for name, item in tenders.items()}
    contracted_for: dict[str, list[str]] = {}
    for name in contract_of:
        contracted_for.setdefault(lot_of.get(name, ""), []).append(name)
    return _Parts(
        key=key,
        file=file,
        root=root,
        result=result,
        organizations=organizations,
        tenders=tenders,
        lot_of=lot_of,
        parties={
            text_of(party, "ID"): tuple(
                organizations.get(text_of(item, "ID"), _NOT_NAMED) for item in party.iterfind("Tenderer")
            )
            for party in result.iterfind("TenderingParty")
        },
        contracts={text_of(item, "ID"): item for item in contracts},
        contract_of=contract_of,
        contracted_for=contracted_for,
        lots={
            text_of(lot, "ID"): _Lot(_name(lot, language), _codes(lot), _is_framework(lot))
            for lot in root.iterfind("ProcurementProjectLot")
        },
        title=_name(root, language),
        cpv=_codes(root),
        buyers=known or (() if fallback is None else (fallback,)),
        buyer_said=", ".join(references),
        is_intended=text_of(root, "NoticeTypeCode") == _EX_ANTE or subtype in _EX_ANTE_TYPES,
        is_modification=next(root.iter("ContractModification"), None) is not None,
    )


def _organization(holder: Element) -> Winner:
    """Return an organization's name and country; its contacts are not read."""
    name = text_of(holder, "PartyName/Name")
    country = words_of(holder, "PostalAddress/Country/IdentificationCode")
    shown = words_of(holder, "PartyName/Name") or (NOT_PUBLISHED if name else "not named")
    return Winner(name=shown, country=place(country))


def _entries(parts: _Parts) -> list[Entry]:
    chosen = list(_chosen(parts))
    longest = max((parts.cpv, *(lot.cpv for lot in parts.lots.values())), key=len)
    check_repeated(parts.file, "", longest, len(chosen))
    has_one = sum(not item.refusal for item in chosen) == 1
    entries = [_entry(parts, item, has_one=has_one) for item in chosen]
    check_winners(entries, parts.file)
    limits = list(_limits(parts))
    if sum(1 + len(entry.lots) for entry in entries) * len(limits) > MOST_COMPARED:
        problem = f"{len(entries):,} awards and {len(limits):,} groups of lots"
        raise ReaderError(parts.file, "", problem, "a notice of fewer lots: this one would take too long")
    return counted_once(entries, dict(_ceilings(parts)), limits)


def _chosen(parts: _Parts) -> Iterator[_Chosen]:
    """Return each tender once, with all lots that have results for it, and the lots that were not awarded."""
    results = list(parts.result.iterfind("LotResult"))
    lots_of: dict[str, list[str]] = {}
    given: set[str] = set()
    tenders_of = _tenders_of(parts, results)
    for item, tenders in zip(results, tenders_of, strict=True):
        lot = _lot(item)
        for tender in tenders:
            lots_of.setdefault(tender, []).append(lot)
    for number, (item, tenders) in enumerate(zip(results, tenders_of, strict=True), start=1):
        name = text_of(item, "ID") or str(number)
        if why := _why_not(parts, item, tenders):
            yield _Chosen(name, result=item, lots=(_lot(item),), refusal=why)
            given.update(tenders)
            continue
        for tender in tenders:
            if tender not in given:
                lots = tuple(dict.fromkeys(lots_of[tender]))
                yield _Chosen(tender, parts.tenders.get(tender), item, lots)
                given.add(tender)
    needs_no_result = not results and not parts.contract_of and (parts.is_intended or parts.is_modification)
    rest = list(parts.tenders if needs_no_result else parts.contract_of)
    for tender in rest:
        if tender not in given:
            yield _Chosen(tender, parts.tenders.get(tender), None, (parts.lot_of.get(tender, ""),))
    if not results and not rest:
        yield _Chosen("result", refusal="neither a lot's result nor a contract is in the notice")


def _tenders_of(parts: _Parts, results: Sequence[Element]) -> list[list[str]]:
    found = []
    count = 0
    for result in results:
        found.append(_tenders(parts, result))
        count += len(found[-1])
        if count > MOST_COMPARED:
            problem = f"its results name more than {MOST_COMPARED:,} tenders"
            raise ReaderError(parts.file, "", problem, "results that name each tender once")
    return found


def _tenders(parts: _Parts, result: Element) -> list[str]:
    """Return the tenders of a lot that a contract names; if no contract names any, return all that its result lists."""
    listed = [text_of(tender, "ID") for tender in result.iterfind("LotTender")]
    settled = [parts.contracts.get(text_of(item, "ID")) for item in result.iterfind("SettledContract")]
    named = [
        text_of(tender, "ID")
        for contract in settled
        if contract is not None
        for tender in contract.iterfind("LotTender")
    ]
    lot = _lot(result)
    here = [name for name in named if parts.lot_of.get(name, "") in ("", lot)]
    here += parts.contracted_for.get(lot, ()) if lot else ()
    chosen = [*(name for name in listed if name in parts.contract_of), *here]
    return list(dict.fromkeys(chosen or listed))


def _why_not(parts: _Parts, result: Element, tenders: Sequence[str]) -> str:
    """Return why a lot's result awards nothing; empty if it awards something."""
    code = words_of(result, "TenderResultCode")
    is_settled = any(tender in parts.contract_of for tender in tenders) or any(
        text_of(item, "ID") in parts.contracts for item in result.iterfind("SettledContract")
    )
    if is_masked(result, "TenderResultCode", "win-cho"):
        return "" if is_settled else f"whether a winner was selected is {NOT_PUBLISHED}"
    if code and code != _SELECTED:
        return f"no winner was selected ({code})"
    if not code and not (is_settled or parts.is_intended or parts.is_modification):
        return "no winner was selected (no code)"
    return "" if tenders or is_settled else "no tender is referred to"


def _entry(parts: _Parts, chosen: _Chosen, *, has_one: bool) -> Entry:
    lot = parts.lots.get(chosen.lots[0]) if chosen.lots else None
    contract = parts.contract_of.get(chosen.name)
    is_framework = None if lot is None else lot.is_framework
    if is_framework is None:
        is_framework = chosen.result is not None and chosen.result.find("FrameworkAgreementValues") is not None
    concluded = date_of(contract, "IssueDate")
    if parts.is_intended:
        status = ContractStatus.SELECTED
    else:
        is_signed = concluded or (parts.is_modification and contract is not None)
        status = ContractStatus.SIGNED if is_signed else ContractStatus.AGREED
    award = Award(
        key=f"{parts.key}/{chosen.name}",
        where=f"{parts.file}, result {text_of(chosen.result, 'ID')[:200]}".removesuffix(", result "),
        buyers=parts.buyers,
        buyer_said=parts.buyer_said,
        winners=parts.parties.get(text_of(chosen.tender, "TenderingParty/ID"), ()),
        title=title_of(parts.title, lot.title if lot else ""),
        cpv=(lot.cpv if lot else ()) or parts.cpv,
        value=_value(parts, chosen, is_framework=is_framework, has_one=has_one),
        date=concluded or date_of(contract, "AwardDate"),
        status=status,
        source=notice_source(parts.key, parts.file),
        refusal=chosen.refusal,
    )
    return Entry(
        award=award,
        lots=chosen.lots,
        contract=text_of(contract, "ID"),
        reference=words_of(contract, "ContractReference/ID"),
        is_framework=is_framework,
        is_intended=parts.is_intended,
    )


def _lot(holder: Element | None) -> str:
    return text_of(holder, "TenderLot/ID")


def _name(holder: Element, language: str) -> str:
    """Return the name of a notice or lot; of names in several languages, the one in the notice's own language."""
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
    """Return whether the lot is a framework agreement; None if it does not say."""
    systems = lot.iterfind("TenderingProcess/ContractingSystem/ContractingSystemTypeCode")
    said = [text_of(item) for item in systems if item.get("listName") == "framework-agreement"]
    return any(code != "none" for code in said) if said else None


def _value(parts: _Parts, chosen: _Chosen, *, is_framework: bool, has_one: bool) -> ContractValue:
    """Return a tender's value; if it states none and the notice has one award, return the notice's value."""
    kind, wording = (ValueKind.CEILING, "framework") if is_framework else (ValueKind.CONTRACT, "")
    own = "LegalMonetaryTotal/PayableAmount"
    if chosen.tender is None or chosen.tender.find(own) is not None or not has_one:
        return amount_of(kind, chosen.tender, own, "win-ten-val", wording=wording)
    has_ceiling = is_framework and next(parts.result.iter("FrameworkAgreementValues"), None) is not None
    holder = None if has_ceiling else parts.result
    return amount_of(kind, holder, "TotalAmount", "not-val", wording=wording)


def _ceilings(parts: _Parts) -> Iterator[tuple[str, ContractValue]]:
    """Return each lot's ceiling, which is the most that may be called off, or else a new estimate of the ceiling."""
    for result in parts.result.iterfind("LotResult"):
        holder = result.find("FrameworkAgreementValues")
        if holder is not None:
            most = amount_of(ValueKind.CEILING, holder, "MaximumValueAmount", "max-val", wording="framework")
            again = amount_of(
                ValueKind.ESTIMATE, holder, "ReestimatedValueAmount", "ree-val", wording="framework, estimated again"
            )
            is_silent = holder.find("MaximumValueAmount") is None
            yield _lot(result), again if is_silent and again.is_disclosed else most


def _limits(parts: _Parts) -> Iterator[Limit]:
    """Return the ceilings of groups of lots, and then the ceiling of all lots of the notice together."""
    lots_of = {
        name: frozenset((name, *(text_of(item, "ID") for item in group.iterfind("ProcurementProjectLotReference"))))
        for group in parts.root.iter("LotsGroup")
        for name in [text_of(group, "LotsGroupID")]
    }
    for group in parts.result.iterfind("GroupFramework"):
        name = _lot(group)
        value = amount_of(
            ValueKind.CEILING, group, "GroupFrameworkMaximumValueAmount", "gro-max-val", wording="framework"
        )
        if len(lots_of.get(name, ())) > 1:
            yield Limit(value=value, whose=f"of group {name}", lots=lots_of[name])
    path = "OverallMaximumFrameworkContractsAmount"
    whole = amount_of(ValueKind.CEILING, parts.result, path, "not-max-val", wording="framework")
    yield Limit(value=whole, whose="of all lots")
