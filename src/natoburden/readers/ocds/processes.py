"""The awards of a contracting process and their contracts, in the latest state of the process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from natoburden.errors import ReaderError
from natoburden.model.countries import Country
from natoburden.model.money import Money
from natoburden.model.procurement import Contract, ContractStatus, ContractValue, ValueKind
from natoburden.model.sources import Source
from natoburden.readers._instants import EARLIEST, instant
from natoburden.readers.awards import Award, LeftOutAward, Winner, check_repeated, made, place, value_of
from natoburden.readers.ocds.shapes import Release, code_of, items_of, part_of, texts_of

__all__ = ["awards_of"]

_VOID = {
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "unsuccessful": "unsuccessful",
    "withdrawn": "withdrawn",
}
_SIGNED = frozenset({"active", "terminated"})
_MOST_COMPARED = 1_000_000  # of what would grow with the square of a process


@attrs.frozen(kw_only=True)
class _Process:
    """The facts that all awards of a process share."""

    file: str
    ocid: str
    where: str
    release: Release
    tender: Release
    kind: ValueKind
    parties: Mapping[str, Release]
    buyer: Country | None
    buyer_said: str
    has_one_award: bool
    codes: tuple[str, ...]  # of the tender, which each award repeats

    def left_out(self, name: str, reason: str) -> LeftOutAward:
        """Return an entry for a part of the process that makes no contract."""
        return LeftOutAward(key=f"{self.ocid}/{name}", where=self.where, reason=reason)


def awards_of(
    file: str, ocid: str, where: str, release: Release, fallback: Country | None
) -> Iterator[Contract | LeftOutAward]:
    """Return each award of a process as a contract, or with the reason why it becomes no contract."""
    awards = items_of(release, "awards")
    if not awards:
        yield LeftOutAward(key=ocid, where=where, reason="no award is in the release")
    parties = _parties(release)
    buyer, said = _buyer(release, parties)
    tender = part_of(release, "tender")
    process = _Process(
        file=file,
        ocid=ocid,
        where=where,
        release=release,
        tender=tender,
        kind=ValueKind.CEILING if _is_framework(tender) else ValueKind.CONTRACT,
        parties=parties,
        buyer=buyer or fallback,
        buyer_said=said,
        has_one_award=sum(code_of(award) not in _VOID for award in awards) == 1,
        codes=tuple(dict.fromkeys(_codes(tender))),
    )
    check_repeated(file, where, process.codes, len(awards) + len(items_of(release, "contracts")))
    of_awards, rest = _contracts(awards, items_of(release, "contracts"), file, where)
    for name, reason in rest:
        yield process.left_out(name, reason)
    names: dict[str, int] = {}
    for number, (award, contracts) in enumerate(zip(awards, of_awards, strict=True)):
        name = _id(award) or str(number)
        names[name] = names.get(name, 0) + 1
        yield from _of_award(process, name if names[name] == 1 else f"{name}#{names[name]}", award, contracts)


def _of_award(
    process: _Process, name: str, award: Release, contracts: Sequence[Release]
) -> Iterator[Contract | LeftOutAward]:
    """Yield an award with its uncancelled contracts; contracts that cannot be added up are yielded separately."""
    live = [contract for contract in contracts if code_of(contract) not in _VOID]
    refusal = f"the award was {_VOID[code_of(award)]}" if code_of(award) in _VOID else ""
    if not refusal and contracts and not live:
        refusal = "its contract was cancelled" if len(contracts) == 1 else "all of its contracts were cancelled"
    if not refusal:
        for number, contract in enumerate(contracts):
            if code_of(contract) in _VOID:
                yield process.left_out(f"{name}/{_id(contract) or number}", "the contract was cancelled")
    values = [_stated(process.kind, contract) for contract in live]
    value = _value(process, award, values, has_cancelled=len(live) < len(contracts))
    if value is not None or refusal:
        unknown = ContractValue(kind=process.kind)
        yield made(_award(process, name, award, live, value or unknown, refusal))
        return
    check_repeated(process.file, process.where, tuple(_codes(award)), len(live))
    for number, (contract, own) in enumerate(zip(live, values, strict=True)):
        yield made(_award(process, f"{name}/{_id(contract) or number}", award, [contract], own, ""))


def _award(
    process: _Process, name: str, award: Release, contracts: Sequence[Release], value: ContractValue, refusal: str
) -> Award:
    tender = process.tender
    signed = sorted((str(contract["dateSigned"]) for contract in contracts if contract.get("dateSigned")), key=_moment)
    return Award(
        key=f"{process.ocid}/{name}",
        where=process.where,
        buyers=(process.buyer,) if process.buyer else (),
        buyer_said=process.buyer_said,
        winners=tuple(_winner(supplier, process.parties) for supplier in items_of(award, "suppliers")),
        title=str(award.get("title") or tender.get("title") or award.get("description") or ""),
        cpv=tuple(dict.fromkeys([*process.codes, *_codes(award)])),
        value=value,
        date=(signed or [str(award.get("date") or process.release.get("date") or "")])[0],
        status=_status(award, contracts),
        source=Source(title=f"OCDS release {process.ocid}", publisher="Open Contracting", locator=process.file),
        refusal=refusal,
    )


def _contracts(
    awards: Sequence[Release], contracts: Sequence[Release], file: str, where: str
) -> tuple[list[list[Release]], list[tuple[str, str]]]:
    """Return the contracts of each award and of unknown awards; contracts without an award belong to a lone award."""
    of_awards: list[list[Release]] = [[] for _ in awards]
    rest: list[tuple[str, str]] = []
    by_id: dict[str | None, list[int]] = {}
    for at, award in enumerate(awards):
        by_id.setdefault(_id(award), []).append(at)
    compared = 0
    for number, contract in enumerate(contracts):
        wanted = contract.get("awardID")
        places = by_id.get(str(wanted), [])
        if wanted is None:
            places = [0] if len(awards) == 1 else []
        if len(places) > 1:
            compared += len(places)
            if compared > _MOST_COMPARED:
                problem = f"contracts of awards that share one id: more than {_MOST_COMPARED:,} pairs"
                raise ReaderError(file, where, problem, "awards with ids of their own")
            amounts = [part_of(awards[place], "value").get("amount") for place in places]
            same = [
                place
                for place, amount in zip(places, amounts, strict=True)
                if amount is not None and amount == part_of(contract, "value").get("amount")
            ]
            places = same if len(same) == 1 else places
        if len(places) == 1:
            of_awards[places[0]].append(contract)
            continue
        why = f"several awards have the id {wanted}" if places else f"no award {wanted} is in the release"
        said = "the contract names no award" if wanted is None else f"the contract is of no known award: {why}"
        rest.append((f"contract {_id(contract) or number}", said))
    return of_awards, rest


def _value(
    process: _Process, award: Release, of_contracts: Sequence[ContractValue], *, has_cancelled: bool
) -> ContractValue | None:
    """Return the value of the award, its contracts or the tender, in this order; None if contracts cannot be added up.

    If some contracts were cancelled, the sum of the remaining contracts is used first, since the award's value includes
    the cancelled contracts.
    """
    own = _stated(process.kind, award)
    summed = _sum(of_contracts)
    if summed is not None and (has_cancelled or not own.is_disclosed):
        return summed
    if own.is_disclosed and has_cancelled:
        return attrs.evolve(own, wording="; ".join(filter(None, (own.wording, "with contracts that were cancelled"))))
    if not own.is_disclosed and len(of_contracts) > 1 and any(value.is_disclosed for value in of_contracts):
        return None
    tender = part_of(process.tender, "value")
    is_silent = not own.is_disclosed and "stated as" not in own.wording
    if is_silent and tender and process.has_one_award:
        return value_of(ValueKind.ESTIMATE, tender.get("currency"), tender.get("amount"))
    return own


def _stated(kind: ValueKind, holder: Release) -> ContractValue:
    """Return the value that an award or contract states."""
    value = holder.get("value")
    stated = part_of(holder, "value") or ({"amount": value} if isinstance(value, int | str | Decimal) else {})
    wording = "framework" if kind is ValueKind.CEILING else ""
    return value_of(kind, stated.get("currency"), stated.get("amount"), wording=wording)


def _sum(values: Sequence[ContractValue]) -> ContractValue | None:
    """Return the sum of contracts' values; None unless every contract states a value in the same currency."""
    amounts = [value.low for value in values if value.low is not None]
    if not amounts or len(amounts) < len(values) or len({amount.currency for amount in amounts}) > 1:
        return None
    words = [values[0].wording, f"of {len(amounts)} contracts together" if len(amounts) > 1 else ""]
    whole = Money.total(amounts)
    return ContractValue(kind=values[0].kind, low=whole, wording="; ".join(filter(None, words)))


def _is_framework(tender: Release) -> bool:
    techniques = part_of(tender, "techniques")
    said = str(tender.get("procurementMethodDetails") or "").lower()
    return techniques.get("hasFrameworkAgreement") is True or "framework agreement" in said


def _status(award: Release, contracts: Sequence[Release]) -> ContractStatus:
    if code_of(award) == "pending":
        return ContractStatus.SELECTED
    is_signed = any(contract.get("dateSigned") or code_of(contract) in _SIGNED for contract in contracts)
    return ContractStatus.SIGNED if is_signed else ContractStatus.AGREED


def _parties(release: Release) -> dict[str, Release]:
    """Return the parties by their ids; the entries of a party that appears twice are merged."""
    found: dict[str, Release] = {}
    for party in items_of(release, "parties"):
        if (name := _id(party)) is not None:
            found[name] = {**party, **{key: value for key, value in found.get(name, {}).items() if value}}
    return found


def _buyer(release: Release, parties: Mapping[str, Release]) -> tuple[Country | None, str]:
    """Return the buyer's country and the text behind it: from its party or address, or from the procuring entity."""
    said = ""
    for reference in (part_of(release, "buyer"), part_of(part_of(release, "tender"), "procuringEntity")):
        party = parties.get(str(reference.get("id")), {})
        for holder in (party, reference):
            said = said or _country_text(holder)
            if found := place(_country_text(holder)):
                return found, said
    for party in parties.values():
        is_buyer = "buyer" in {role.strip().casefold() for role in texts_of(party, "roles")}
        if is_buyer and (found := place(_country_text(party))):
            return found, said
    return None, said


def _winner(supplier: Release, parties: Mapping[str, Release]) -> Winner:
    """Return a supplier with its country: inline as in OCDS 1.0, or from the party that it refers to, as in 1.1."""
    party = parties.get(str(supplier.get("id")), {})
    name = str(supplier.get("name") or party.get("name") or supplier.get("id") or "not named")
    return Winner(name=name, country=place(_country_text(supplier)) or place(_country_text(party)))


def _country_text(holder: Release) -> str:
    address = part_of(holder, "address")
    return str(address.get("countryName") or address.get("country") or "")


def _codes(holder: Release) -> Iterator[str]:
    """Return the codes of the EU's procurement vocabulary, from a tender or award and from its items."""
    for part in (holder, *items_of(holder, "items")):
        classification = part_of(part, "classification")
        if str(classification.get("scheme") or "").upper() == "CPV" and classification.get("id"):
            yield str(classification["id"])


def _id(holder: Release) -> str | None:
    return None if holder.get("id") in (None, "") else str(holder["id"])


def _moment(text: str) -> Any:
    return instant(text) or EARLIEST
