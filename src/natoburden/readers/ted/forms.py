"""Award notices in the forms that TED used until 2023: schema R2.0.8 (defence: form 18) and R2.0.9 (forms 3 to 25)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

import attrs

from natoburden.errors import ReaderError
from natoburden.model.countries import Country
from natoburden.model.procurement import ContractStatus, ContractValue, ValueKind
from natoburden.readers._instants import EARLIEST, instant
from natoburden.readers._xml import text_of
from natoburden.readers.awards import Award, Winner, check_repeated, place, value_of
from natoburden.readers.ted.entries import Entry, Modification, Notice, check_winners, checked_key, title_of
from natoburden.readers.ted.frameworks import counted_once
from natoburden.readers.ted.source import notice_source, published_number

__all__ = ["ROOT", "form_notice", "without_award"]

ROOT: Final = "TED_EXPORT"

_FRAMEWORKS = frozenset({"FRAMEWORK", "CONCLUSION_FRAMEWORK_AGREEMENT"})
_SINCE_R209 = "AWARD_CONTRACT"
_UNTIL_R208 = ("AWARD_OF_CONTRACT_DEFENCE", "AWARD_OF_CONTRACT", "AWARD_AND_CONTRACT_VALUE")
_AWARDS = (*_UNTIL_R208, _SINCE_R209)
_OPERATORS = (
    "ECONOMIC_OPERATOR_NAME_ADDRESS/CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME",
    "CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME_CHP",  # forms of utilities
)
_AWARDED_ON = ("CONTRACT_AWARD_DATE", "DATE_OF_CONTRACT_AWARD")
_FINAL, _ESTIMATED = "COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE", "INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT"
_VALUES = ("VALUES", "VALUE")  # since R2.0.9.S03; of utilities in S01 and S02, where other forms have no such element
_TOTALS = ("VAL_TOTAL", "VAL_RANGE_TOTAL")
_EX_ANTE = "V"  # published before the contract is concluded, without a call for competition
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_HIDDEN = "not for publication"


@attrs.frozen
class _Form:
    """A notice's form in the original language, and the facts that all awards of the notice share."""

    notice: str
    file: str
    root: Element
    body: Element
    buyer: Country | None
    buyer_said: str
    cpv: tuple[str, ...]
    is_framework: bool
    is_intended: bool
    has_one_award: bool
    has_one_contract: bool  # the only award among several lots, if the others were not awarded
    title: str
    whole: Element | None  # what the notice says of all lots together

    @property
    def kind(self) -> ValueKind:
        return ValueKind.CEILING if self.is_framework else ValueKind.CONTRACT

    @property
    def wording(self) -> str:
        return "framework" if self.is_framework else ""


def form_notice(root: Element, file: str, fallback: Country | None) -> Notice:
    """Read a notice only from the form in its original language; the notice must have an award."""
    form = _form(root, file, fallback)
    found = [item for item in form.body.iter() if item.tag in _AWARDS]
    check_repeated(file, "", form.cpv, len(found))
    if any(inner is not item and inner.tag in _AWARDS for item in found for inner in item.iter()):
        raise ReaderError(file, "", "an award within another award", "awards one after the other")
    entries = [_entry(form, number, item) for number, item in enumerate(found, start=1)]
    check_winners(entries, file)
    own = published_number(form.notice)
    earlier = published_number(text_of(next(form.body.iter("NOTICE_NUMBER_OJ"), None)))
    is_modified = form.body.find("MODIFICATIONS_CONTRACT") is not None
    return Notice(
        key=form.notice,
        file=file,
        identity=own,
        names=frozenset({own} - {""}),
        moment=instant(text_of(root, "CODED_DATA_SECTION/REF_OJS/DATE_PUB")) or EARLIEST,
        modifies=(Modification(notice=earlier),) if is_modified and earlier else (),
        procedure=own if form.is_intended else earlier,
        entries=tuple(counted_once(entries)),
    )


def without_award(root: Element) -> str:
    """Return a remark on the kind of a notice without any award, or an empty text if the notice has an award."""
    if any(item.tag in _AWARDS for item in root.iterfind("FORM_SECTION//*")):
        return ""
    kind = text_of(root, "CODED_DATA_SECTION/CODIF_DATA/TD_DOCUMENT_TYPE")
    return f"a notice without an award ({kind[:60] or 'of no stated type'})"


def _form(root: Element, file: str, fallback: Country | None) -> _Form:
    body = _original(root)
    buyer_said = _attribute(root, "NOTICE_DATA/ISO_COUNTRY", "VALUE")
    return _Form(
        notice=checked_key(
            root.get("DOC_ID") or text_of(root, "CODED_DATA_SECTION/NOTICE_DATA/NO_DOC_OJS") or file, file
        ),
        file=file,
        root=root,
        body=body,
        buyer=place(buyer_said) or fallback,
        buyer_said=buyer_said,
        cpv=tuple(
            dict.fromkeys(item.get("CODE", "") for item in root.iterfind("CODED_DATA_SECTION/NOTICE_DATA/ORIGINAL_CPV"))
        ),
        is_framework=any(item.tag in _FRAMEWORKS or item.get("VALUE") in _FRAMEWORKS for item in body.iter()),
        is_intended=_attribute(root, "CODIF_DATA/TD_DOCUMENT_TYPE", "CODE") == _EX_ANTE or body.tag.startswith("F15"),
        has_one_award=sum(item.tag in _AWARDS for item in body.iter()) == 1,
        has_one_contract=sum(item.tag in (*_UNTIL_R208, "AWARDED_CONTRACT") for item in body.iter()) == 1,
        title=_notice_title(body),
        whole=body.find("OBJECT_CONTRACT"),
    )


def _entry(form: _Form, number: int, item: Element) -> Entry:
    outcome = (_since_r209 if item.tag == _SINCE_R209 else _until_r208)(item, form)
    award = Award(
        key=f"{form.notice}/{number}",
        where=f"{form.file}, award {number}",
        buyers=() if form.buyer is None else (form.buyer,),
        buyer_said=form.buyer_said,
        winners=outcome.winners,
        title=title_of(form.title, _title(item)),
        cpv=form.cpv,
        value=outcome.value,
        date=outcome.date,
        status=ContractStatus.SELECTED if form.is_intended else ContractStatus.SIGNED,
        source=notice_source(form.notice, form.file),
        refusal=outcome.refusal,
    )
    return Entry(
        award=award,
        lots=(text_of(item, "LOT_NO") or text_of(item, "LOT_NUMBER"),),
        reference=text_of(item, "CONTRACT_NO") or text_of(item, "CONTRACT_NUMBER"),
        is_framework=form.is_framework,
        is_intended=form.is_intended,
    )


def _original(root: Element) -> Element:
    """Return the form in the original language, since a notice in two languages has every award twice."""
    forms = [form for form in root.iterfind("FORM_SECTION/*") if any(item.tag in _AWARDS for item in form.iter())]
    return next((form for form in forms if form.get("CATEGORY") == "ORIGINAL"), forms[0])


def _attribute(root: Element, path: str, name: str) -> str:
    found = root.find(f"CODED_DATA_SECTION/{path}")
    return "" if found is None else found.get(name, "")


def _notice_title(form: Element) -> str:
    holder = form.find("OBJECT_CONTRACT/TITLE")
    return text_of(holder) if holder is not None else text_of(next(form.iter("TITLE_CONTRACT"), None))


def _title(award: Element) -> str:
    return text_of(award, "TITLE") or text_of(award, "CONTRACT_TITLE") or text_of(award, "TITLE_CONTRACT")


def _winner(address: Element) -> Winner:
    """Return a winner's name and country; the contacts in the same element are not read."""
    country = address.find("COUNTRY")
    name = text_of(address, "OFFICIALNAME") or text_of(address, "ORGANISATION/OFFICIALNAME")
    name = name or text_of(address, "ORGANISATION")
    return Winner(name=name or "not named", country=None if country is None else place(country.get("VALUE", "")))


@attrs.frozen
class _Outcome:
    """The result of an award: its value, winners and date, or the reason why nothing was awarded."""

    value: ContractValue
    winners: tuple[Winner, ...] = ()
    date: str = ""
    refusal: str = ""


def _since_r209(award: Element, form: _Form) -> _Outcome:
    awarded = award.find("AWARDED_CONTRACT")
    if awarded is None:
        return _Outcome(ContractValue(kind=form.kind), refusal="the lot was not awarded")
    hidden = {item.tag for item in awarded.iter() if item.get("PUBLICATION") == "NO"}
    if "CONTRACTORS" in hidden:
        return _Outcome(ContractValue(kind=form.kind), refusal=f"the winner is {_HIDDEN}")
    changed = form.body.find("MODIFICATIONS_CONTRACT") if form.has_one_award else None
    described = None if changed is None else changed.find("DESCRIPTION_PROCUREMENT")
    addresses = [] if described is None else list(described.iter("ADDRESS_CONTRACTOR"))
    winners = tuple(map(_winner, addresses or awarded.iter("ADDRESS_CONTRACTOR")))
    date = text_of(awarded, "DATE_CONCLUSION_CONTRACT")
    if hidden & {*_VALUES, *_TOTALS}:
        return _Outcome(ContractValue(kind=form.kind, wording=_HIDDEN), winners, date)
    return _Outcome(_value_since_r209(awarded, changed, form), winners, date)


def _value_since_r209(awarded: Element, changed: Element | None, form: _Form) -> ContractValue:
    """Return the first value stated: after a modification, of the award, of a notice with one award, or estimated.

    In schemas S01 and S02, amounts are in the award itself, or in ``VALUE``. Since S03, amounts are in ``VALUES``.
    """
    in_all = form.whole if form.has_one_contract else None
    expected = form.whole if form.has_one_award else None
    after = None if changed is None else next(changed.iter("VAL_TOTAL_AFTER"), None)
    own = [*(awarded.find(tag) for tag in _VALUES), awarded]
    described = None if changed is None else changed.find("DESCRIPTION_PROCUREMENT")  # after the modification
    anew = [] if described is None else [*(described.find(tag) for tag in _VALUES), described]
    stated: Iterator[tuple[Element | None, ValueKind]] = (
        (None if holder is None else holder.find(tag), kind)
        for holders, tags, kind in (
            ([*anew, *own, in_all], _TOTALS, form.kind),
            ([*own, expected], ("VAL_ESTIMATED_TOTAL",), ValueKind.ESTIMATE),
        )
        for holder in holders
        for tag in tags
    )
    for found, kind in ((after, form.kind), *stated):
        if found is not None and found.get("PUBLICATION") != "NO":
            low, high = (text_of(found, "LOW"), text_of(found, "HIGH")) if len(found) else (text_of(found), None)
            return value_of(kind, found.get("CURRENCY"), low, high, wording=form.wording)
    return ContractValue(kind=form.kind, wording=form.wording)


def _until_r208(award: Element, form: _Form) -> _Outcome:
    winners = tuple(_winner(address) for path in _OPERATORS for address in award.iterfind(path))
    day = next((award.find(tag) for tag in _AWARDED_ON if award.find(tag) is not None), None)
    date = "-".join(text_of(day, part).zfill(width) for part, width in (("YEAR", 4), ("MONTH", 2), ("DAY", 2)))
    stated = award.find("CONTRACT_VALUE_INFORMATION")
    total = next(form.body.iter("TOTAL_FINAL_VALUE"), None) if form.has_one_award else None
    for holder, tag, of_kind in (
        (stated, _FINAL, form.kind),
        (total, _FINAL, form.kind),
        (stated, _ESTIMATED, ValueKind.ESTIMATE),
    ):
        found = None if holder is None else holder.find(tag)
        if found is not None and (amounts := _amounts(found)):
            words = [form.wording] if form.is_framework else []
            words += _vat(found)
            words += _duration(stated)
            value = value_of(of_kind, found.get("CURRENCY"), *amounts, wording="; ".join(words))
            return _Outcome(value, winners, date)
    return _Outcome(ContractValue(kind=form.kind, wording=form.wording), winners, date)


def _amounts(value: Element) -> tuple[str, ...]:
    """Return an amount, or both ends of a range, as written by the form's program or by the buyer: 9 000,50."""
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
    """Return the years or months beside a value; the form does not state whether the value is per year or month."""
    for tag, unit in (("NUMBER_OF_YEARS", "years"), ("NUMBER_OF_MONTHS", "months")):
        if count := text_of(stated, f"MORE_INFORMATION_IF_ANNUAL_MONTHLY/{tag}"):
            return [f"beside it {count} {unit}: in all, or for each, is not said"]
    return []
