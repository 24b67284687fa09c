"""Award notices in the forms that TED used until 2023: schema R2.0.8 (defence: form 18) and R2.0.9 (forms 3, 6, 15)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

import attrs

from natoburden.model.countries import Country
from natoburden.model.procurement import ContractStatus, ContractValue, ValueKind
from natoburden.readers._xml import text_of
from natoburden.readers.awards import Award, Winner, place, value_of
from natoburden.readers.ted.source import notice_source

__all__ = ["ROOT", "awards_of_form", "without_award"]

ROOT: Final = "TED_EXPORT"

_FRAMEWORKS = frozenset({"FRAMEWORK", "CONCLUSION_FRAMEWORK_AGREEMENT"})
_SINCE_R209 = "AWARD_CONTRACT"
_UNTIL_R208 = ("AWARD_OF_CONTRACT_DEFENCE", "AWARD_OF_CONTRACT")
_AWARDS = (*_UNTIL_R208, _SINCE_R209)
_FINAL, _ESTIMATED = "COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE", "INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT"
_EX_ANTE = "V"  # published before the contract is concluded, of an award without a call for competition
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_HIDDEN = "not for publication"


def awards_of_form(root: Element, file: str, fallback: Country | None) -> Iterator[Award]:
    """Give the awards of a notice, from the form in its original language alone; it must have one."""
    notice = root.get("DOC_ID") or text_of(root, "CODED_DATA_SECTION/NOTICE_DATA/NO_DOC_OJS") or file
    form = _original(root)
    buyer_said = _attribute(root, "NOTICE_DATA/ISO_COUNTRY", "VALUE")
    buyer = place(buyer_said) or fallback
    cpv = tuple(
        dict.fromkeys(item.get("CODE", "") for item in root.iterfind("CODED_DATA_SECTION/NOTICE_DATA/ORIGINAL_CPV"))
    )
    is_framework = any(item.tag in _FRAMEWORKS or item.get("VALUE") in _FRAMEWORKS for item in form.iter())
    is_intended = _attribute(root, "CODIF_DATA/TD_DOCUMENT_TYPE", "CODE") == _EX_ANTE or form.tag.startswith("F15")
    found = [item for item in form.iter() if item.tag in _AWARDS]
    title = _notice_title(form)
    for number, item in enumerate(found, start=1):
        read = _since_r209 if item.tag == _SINCE_R209 else _until_r208
        outcome = read(item, form, alone=len(found) == 1, is_framework=is_framework)
        yield Award(
            key=f"{notice}/{number}",
            where=f"{file}, award {number}",
            buyers=() if buyer is None else (buyer,),
            buyer_said=buyer_said,
            winners=outcome.winners,
            title=": ".join(dict.fromkeys(part for part in (title, _title(item)) if part)),
            cpv=cpv,
            value=outcome.value,
            date=outcome.date,
            status=ContractStatus.SELECTED if is_intended else ContractStatus.SIGNED,
            source=notice_source(notice, file),
            refusal=outcome.refusal,
        )


def without_award(root: Element) -> str:
    """Say what a notice without any award is; empty for one with an award."""
    if any(item.tag in _AWARDS for item in root.iterfind("FORM_SECTION//*")):
        return ""
    kind = text_of(root, "CODED_DATA_SECTION/CODIF_DATA/TD_DOCUMENT_TYPE")
    return f"a notice without an award ({kind[:60] or 'of no stated type'})"


def _original(root: Element) -> Element:
    """Give the form in the original language; a notice in two languages has every award twice."""
    forms = [form for form in root.iterfind("FORM_SECTION/*") if any(item.tag in _AWARDS for item in form.iter())]
    return next((form for form in forms if form.get("CATEGORY") == "ORIGINAL"), forms[0])


def _attribute(root: Element, path: str, name: str) -> str:
    found = root.find(f"CODED_DATA_SECTION/{path}")
    return "" if found is None else found.get(name, "")


def _notice_title(form: Element) -> str:
    holder = form.find("OBJECT_CONTRACT/TITLE")
    return text_of(holder) if holder is not None else text_of(next(form.iter("TITLE_CONTRACT"), None))


def _title(award: Element) -> str:
    return text_of(award, "TITLE") or text_of(award, "CONTRACT_TITLE")


def _winner(address: Element) -> Winner:
    """Give a winner's name and country; the same element holds contacts, of which nothing is read."""
    country = address.find("COUNTRY")
    name = text_of(address, "OFFICIALNAME") or text_of(address, "ORGANISATION/OFFICIALNAME")
    name = name or text_of(address, "ORGANISATION")
    return Winner(name=name or "not named", country=None if country is None else place(country.get("VALUE", "")))


@attrs.frozen
class _Outcome:
    """What an award came to."""

    value: ContractValue
    winners: tuple[Winner, ...] = ()
    date: str = ""
    refusal: str = ""


def _since_r209(award: Element, form: Element, *, alone: bool, is_framework: bool) -> _Outcome:
    kind = ValueKind.CEILING if is_framework else ValueKind.CONTRACT
    awarded = award.find("AWARDED_CONTRACT")
    if awarded is None:
        return _Outcome(ContractValue(kind=kind), refusal="the lot was not awarded")
    hidden = {item.tag for item in awarded.iter() if item.get("PUBLICATION") == "NO"}
    if "CONTRACTORS" in hidden:
        return _Outcome(ContractValue(kind=kind), refusal=f"the winner is {_HIDDEN}")
    winners = tuple(map(_winner, awarded.iter("ADDRESS_CONTRACTOR")))
    date = text_of(awarded, "DATE_CONCLUSION_CONTRACT")
    values = awarded.find("VALUES")
    if hidden & {"VALUES", "VAL_TOTAL", "VAL_RANGE_TOTAL"}:
        return _Outcome(ContractValue(kind=kind, wording=_HIDDEN), winners, date)
    wording = "framework" if is_framework else ""
    for holder, tag, of_kind in (
        (values, "VAL_TOTAL", kind),
        (values, "VAL_RANGE_TOTAL", kind),
        (form.find("OBJECT_CONTRACT") if alone else None, "VAL_TOTAL", kind),
        (values, "VAL_ESTIMATED_TOTAL", ValueKind.ESTIMATE),
    ):
        found = None if holder is None else holder.find(tag)
        if found is not None and found.get("PUBLICATION") != "NO":
            low, high = (text_of(found, "LOW"), text_of(found, "HIGH")) if len(found) else (text_of(found), None)
            return _Outcome(value_of(of_kind, found.get("CURRENCY"), low, high, wording=wording), winners, date)
    return _Outcome(ContractValue(kind=kind, wording=wording), winners, date)


def _until_r208(award: Element, form: Element, *, alone: bool, is_framework: bool) -> _Outcome:
    kind = ValueKind.CEILING if is_framework else ValueKind.CONTRACT
    operator = "ECONOMIC_OPERATOR_NAME_ADDRESS/CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME"
    winners = tuple(map(_winner, award.iterfind(operator)))
    date = "-".join(
        text_of(award, f"CONTRACT_AWARD_DATE/{part}").zfill(width)
        for part, width in (("YEAR", 4), ("MONTH", 2), ("DAY", 2))
    )
    stated = award.find("CONTRACT_VALUE_INFORMATION")
    total = next(form.iter("TOTAL_FINAL_VALUE"), None) if alone else None
    for holder, tag, of_kind in (
        (stated, _FINAL, kind),
        (total, _FINAL, kind),
        (stated, _ESTIMATED, ValueKind.ESTIMATE),
    ):
        found = None if holder is None else holder.find(tag)
        if found is not None and (amounts := _amounts(found)):
            words = ["framework"] if is_framework else []
            words += _vat(found)
            words += _duration(stated)
            value = value_of(of_kind, found.get("CURRENCY"), *amounts, wording="; ".join(words))
            return _Outcome(value, winners, date)
    return _Outcome(ContractValue(kind=kind, wording="framework" if is_framework else ""), winners, date)


def _amounts(value: Element) -> tuple[str, ...]:
    """Give an amount, or both ends of a range: as the form's program wrote it, else as the buyer did, 9 000,50."""
    holders = [value.find("VALUE_COST"), value.find("RANGE_VALUE_COST/LOW_VALUE")]
    holders.append(value.find("RANGE_VALUE_COST/HIGH_VALUE"))
    return tuple(item.get("FMTVAL") or _plain(text_of(item)) for item in holders if item is not None)


def _plain(text: str) -> str:
    bare = text.replace(" ", "")
    return bare.replace(",", ".") if _DECIMAL_COMMA.fullmatch(bare) else bare


def _vat(value: Element) -> list[str]:
    including = value.find("INCLUDING_VAT")
    if including is None:
        return []
    rate = text_of(including, "VAT_PRCT")
    return [f"with {rate} % VAT" if rate else "with VAT"]


def _duration(stated: Element | None) -> list[str]:
    """Say the years or months that stand beside a value: whether it is that of one of them, the form leaves open."""
    for tag, unit in (("NUMBER_OF_YEARS", "years"), ("NUMBER_OF_MONTHS", "months")):
        if count := text_of(stated, f"MORE_INFORMATION_IF_ANNUAL_MONTHLY/{tag}"):
            return [f"beside it {count} {unit}: in all, or for each, is not said"]
    return []
