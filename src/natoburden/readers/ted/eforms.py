"""Award notices in eForms, which TED has used since 2023: results, tenders, contracts and organizations."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element

import attrs

from natoburden.errors import ReaderError
from natoburden.model.countries import Country
from natoburden.model.procurement import ContractStatus, ContractValue, ValueKind
from natoburden.readers._instants import EARLIEST, instant
from natoburden.readers._xml import text_of
from natoburden.readers.awards import Award, check_repeated
from natoburden.readers.ted.eform_parts import Parts, gathered, lot_of
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
from natoburden.readers.ted.masks import NOT_PUBLISHED, amount_of, is_masked, words_of
from natoburden.readers.ted.source import notice_source, published_number

__all__ = ["ROOT", "eform_notice", "without_result"]

ROOT: Final = "ContractAwardNotice"

_SELECTED = "selec-w"
_CANCELLED = "cancel"
_NO_NAME = frozenset({"", "n.a.", "n/a", "na", "-"})
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(.*)")


@attrs.frozen
class _Result:
    """The facts that a notice states about a lot's result; `why_not` is empty if the result awards something."""

    label: str
    lot: str
    has_ceilings: bool
    tenders: tuple[str, ...]
    why_not: str


@attrs.frozen
class _Chosen:
    """A tender that a notice awards, or a lot without a tender; `result` is missing for a tender of a contract only."""

    name: str
    tender: Element | None = None
    result: _Result | None = None
    lots: tuple[str, ...] = ()
    refusal: str = ""


def eform_notice(root: Element, file: str, fallback: Country | None) -> Notice:
    """Read a notice's winning tenders from its contracts, or from its lot results if no contract lists a tender."""
    key = checked_key(_key(root, file), file)
    result = next((item for item in root.iter("NoticeResult") if len(item)), None)
    own, version = text_of(root, "ID"), text_of(root, "VersionID")
    identity = "" if own.casefold() in _NO_NAME else own
    changes = list(root.iter("Changes"))
    reasons = {text_of(reason) for change in changes for reason in change.iterfind("ChangeReason/ReasonCode")}
    entries = () if result is None else _entries(gathered(root, result, key, file, fallback))
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
    """Return the kind of a notice without results; an empty text for a notice with results."""
    if any(len(result) for result in root.iter("NoticeResult")):
        return ""
    return f"a notice without results ({text_of(root, 'NoticeTypeCode')[:60] or 'of no stated type'})"


def _key(root: Element, file: str) -> str:
    """Return the number in the Official Journal, or the notice's own ID, or the file if neither is known."""
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


def _entries(parts: Parts) -> list[Entry]:
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


def _chosen(parts: Parts) -> Iterator[_Chosen]:
    """Return each tender once, with all lots that have results for it, and the lots that were not awarded."""
    results = _results(parts)
    lots_of: dict[str, list[str]] = {}
    given: set[str] = set()
    for result in results:
        for tender in result.tenders:
            lots_of.setdefault(tender, []).append(result.lot)
    for number, result in enumerate(results, start=1):
        if result.why_not:
            name = result.label or str(number)
            yield _Chosen(name, result=result, lots=(result.lot,), refusal=result.why_not)
            given.update(result.tenders)
            continue
        for tender in result.tenders:
            if tender not in given:
                lots = tuple(dict.fromkeys(lots_of[tender]))
                yield _Chosen(tender, parts.tenders.get(tender), result, lots)
                given.add(tender)
    needs_no_result = not results and not parts.contract_of and (parts.is_intended or parts.is_modification)
    rest = list(parts.tenders if needs_no_result else parts.contract_of)
    for tender in rest:
        if tender not in given:
            yield _Chosen(tender, parts.tenders.get(tender), None, (parts.lots_of_tenders.get(tender, ""),))
    if not results and not rest:
        yield _Chosen("result", refusal="neither a lot's result nor a contract is in the notice")


def _results(parts: Parts) -> list[_Result]:
    """Return the results of lots; raises `ReaderError` if the results list too many tenders too often."""
    found = []
    count = 0
    for item in parts.result.iterfind("LotResult"):
        lot, tenders = lot_of(item), _tenders(parts, item)
        count += len(tenders)
        if count > MOST_COMPARED:
            problem = f"its results name more than {MOST_COMPARED:,} tenders"
            raise ReaderError(parts.file, "", problem, "results that name each tender once")
        found.append(
            _Result(
                label=text_of(item, "ID"),
                lot=lot,
                has_ceilings=item.find("FrameworkAgreementValues") is not None,
                tenders=tenders,
                why_not=_why_not(parts, item, tenders),
            )
        )
    return found


def _tenders(parts: Parts, result: Element) -> tuple[str, ...]:
    """Return the tenders of a lot that contracts list or, if contracts list none, all tenders of the lot's result."""
    listed = [text_of(tender, "ID") for tender in result.iterfind("LotTender")]
    settled = [parts.contracts.get(text_of(item, "ID")) for item in result.iterfind("SettledContract")]
    lot = lot_of(result)
    here: list[str] = []
    for contract in settled:
        if contract is not None:
            lots = dict.fromkeys(("", lot))
            here += [name for _, name in sorted(pair for one in lots for pair in contract.tenders_of.get(one, ()))]
    here += parts.contracted_for.get(lot, ()) if lot else ()
    chosen = [*(name for name in listed if name in parts.contract_of), *here]
    return tuple(dict.fromkeys(chosen or listed))


def _why_not(parts: Parts, result: Element, tenders: Sequence[str]) -> str:
    """Return why a lot's result awards nothing; an empty text if the result awards something."""
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


def _entry(parts: Parts, chosen: _Chosen, *, has_one: bool) -> Entry:
    lot = parts.lots.get(chosen.lots[0]) if chosen.lots else None
    contract = parts.contract_of.get(chosen.name)
    is_framework = None if lot is None else lot.is_framework
    if is_framework is None:
        is_framework = chosen.result is not None and chosen.result.has_ceilings
    concluded = contract.concluded if contract else ""
    if parts.is_intended:
        status = ContractStatus.SELECTED
    else:
        is_signed = concluded or (parts.is_modification and contract is not None)
        status = ContractStatus.SIGNED if is_signed else ContractStatus.AGREED
    award = Award(
        key=f"{parts.key}/{chosen.name}",
        where=f"{parts.file}, result {chosen.result.label[:200] if chosen.result else ''}".removesuffix(", result "),
        buyers=parts.buyers,
        buyer_said=parts.buyer_said,
        winners=parts.parties.get(text_of(chosen.tender, "TenderingParty/ID"), ()),
        title=title_of(parts.title, lot.title if lot else ""),
        cpv=(lot.cpv if lot else ()) or parts.cpv,
        value=_value(parts, chosen, is_framework=is_framework, has_one=has_one),
        date=concluded or (contract.awarded if contract else ""),
        status=status,
        source=notice_source(parts.key, parts.file),
        refusal=chosen.refusal,
    )
    return Entry(
        award=award,
        lots=chosen.lots,
        contract=contract.label if contract else "",
        reference=contract.reference if contract else "",
        is_framework=is_framework,
        is_intended=parts.is_intended,
    )


def _value(parts: Parts, chosen: _Chosen, *, is_framework: bool, has_one: bool) -> ContractValue:
    """Return a tender's value; if the tender states no value, return that of a notice with only one award."""
    kind, wording = (ValueKind.CEILING, "framework") if is_framework else (ValueKind.CONTRACT, "")
    own = "LegalMonetaryTotal/PayableAmount"
    if chosen.tender is None or chosen.tender.find(own) is not None or not has_one:
        return amount_of(kind, chosen.tender, own, "win-ten-val", wording=wording)
    has_ceiling = is_framework and next(parts.result.iter("FrameworkAgreementValues"), None) is not None
    holder = None if has_ceiling else parts.result
    return amount_of(kind, holder, "TotalAmount", "not-val", wording=wording)


def _ceilings(parts: Parts) -> Iterator[tuple[str, ContractValue]]:
    """Return each lot's ceiling: the maximum that may be called off, or a new estimate of the ceiling."""
    for result in parts.result.iterfind("LotResult"):
        holder = result.find("FrameworkAgreementValues")
        if holder is not None:
            most = amount_of(ValueKind.CEILING, holder, "MaximumValueAmount", "max-val", wording="framework")
            again = amount_of(
                ValueKind.ESTIMATE, holder, "ReestimatedValueAmount", "ree-val", wording="framework, estimated again"
            )
            is_silent = holder.find("MaximumValueAmount") is None
            yield lot_of(result), again if is_silent and again.is_disclosed else most


def _limits(parts: Parts) -> Iterator[Limit]:
    """Return the ceilings of groups of lots, and then the ceiling of all lots of the notice together."""
    lots_of = {
        name: frozenset((name, *(text_of(item, "ID") for item in group.iterfind("ProcurementProjectLotReference"))))
        for group in parts.root.iter("LotsGroup")
        for name in [text_of(group, "LotsGroupID")]
    }
    for group in parts.result.iterfind("GroupFramework"):
        name = lot_of(group)
        value = amount_of(
            ValueKind.CEILING, group, "GroupFrameworkMaximumValueAmount", "gro-max-val", wording="framework"
        )
        if len(lots_of.get(name, ())) > 1:
            yield Limit(value=value, whose=f"of group {name}", lots=lots_of[name])
    path = "OverallMaximumFrameworkContractsAmount"
    whole = amount_of(ValueKind.CEILING, parts.result, path, "not-max-val", wording="framework")
    yield Limit(value=whole, whose="of all lots")
