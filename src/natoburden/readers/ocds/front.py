"""From a file of releases to contracts: whole, or as a stream of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from natoburden.errors import ReaderError
from natoburden.model.countries import Country, CountryLike
from natoburden.model.procurement import Contract, ContractStatus, ValueKind
from natoburden.model.sources import Source
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._stream import Progress, opened
from natoburden.readers.awards import Award, AwardFile, LeftOutAward, Winner, collect, made, place, value_of
from natoburden.readers.ocds.documents import (
    EXPECTED,
    Found,
    Release,
    documents,
    is_lines,
    line_documents,
    parsed,
    releases_in,
)
from natoburden.readers.ocds.states import latest

__all__ = ["read_contracts", "recognises", "stream_contracts"]

_LINE_BITS = 40
_LINE_MASK = (1 << _LINE_BITS) - 1
_REFUSED = {
    "cancelled": "the award was cancelled",
    "unsuccessful": "the award was unsuccessful",
    "withdrawn": "the award was withdrawn",
}


def recognises(glimpse: Glimpse) -> bool:
    """Tell releases by the key that each of them has."""
    return glimpse.kind == "JSON" and re.search(r'"(ocid|releases|records)"\s*:', glimpse.text) is not None


def read_contracts(path: Path | str, *, buyer: CountryLike | None = None) -> AwardFile:
    """Read the awards of OCDS releases as contracts, each process in its latest state.

    Release and record packages, compiled and versioned releases, single releases, several documents in one file and
    JSON Lines are told apart by what they hold, in OCDS 1.0 and 1.1. A value is that of the award, else of its
    contract, else the tender's as an estimate; that of a framework agreement is a ceiling. Supplier's countries are
    those of their addresses, in whatever words. `buyer` is the country of buyers that name none. Contact data of
    persons is not kept.

    Raises `ReaderError` with the place of what is no OCDS.

    >>> import json, pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "release.json"
    >>> award = {"id": "1", "status": "active", "title": "Radar", "value": {"amount": 5000000, "currency": "GBP"},
    ...          "suppliers": [{"id": "A", "name": "A Ltd"}]}
    >>> party = {"id": "A", "name": "A Ltd", "roles": ["supplier"], "address": {"countryName": "Sverige"}}
    >>> _ = file.write_text(json.dumps({"ocid": "ocds-1", "awards": [award], "parties": [party]}))
    >>> for contract in read_contracts(file, buyer="United Kingdom").contracts:
    ...     print(contract, *contract.origins, sep=" | ")
    ocds-1/1: United Kingdom from A Ltd, Radar (GBP 5.00 m (current prices), contract, undated) | Sweden 100.00 % (registered address)
    """  # noqa: E501 # a contract is one line
    file = Path(path)
    return collect(stream_contracts(file, buyer=buyer), file)


def stream_contracts(
    path: Path | str, *, buyer: CountryLike | None = None, progress: Progress | None = None
) -> Iterator[Contract | LeftOutAward]:
    """Give the awards of a file one after the other: contracts, and what makes none with the reason.

    A file of JSON Lines is read twice, first to find each process's releases, and only those of one process are held
    at a time, with an index of their places: about 150 bytes a process. Any other file is read whole. `progress` is
    told the bytes done and in all. A fault in the file raises `ReaderError` when it is reached; what came before has
    then been given.
    """
    file = Path(path)
    fallback = None if buyer is None else Country.find(buyer)
    try:
        with opened(file, EXPECTED) as content:
            if is_lines(content):
                yield from _streamed(content, file.name, fallback, progress)
                return
        yield from _whole(file, fallback)
    except RecursionError as error:
        raise ReaderError(file.name, "", "values nested too deep", EXPECTED) from error


def _whole(file: Path, fallback: Country | None) -> Iterator[Contract | LeftOutAward]:
    found: dict[str, tuple[str, list[Release]]] = {}
    for where, document in documents(file):
        for item in releases_in(file.name, where, document):
            yield from _kept(item, found)
    yield from _of_processes(file.name, found, fallback)


def _streamed(
    content: IO[bytes], file: str, buyer: Country | None, progress: Progress | None
) -> Iterator[Contract | LeftOutAward]:
    # For each process, by the hash of its ocid, where its lines begin and which they are: two numbers in one.
    places: dict[int, int | list[int]] = {}
    for number, offset, document in line_documents(content, file, progress):
        place = offset << _LINE_BITS | number
        for item in releases_in(file, f"line {number}", document):
            key = hash(item.ocid)
            known = places.setdefault(key, place)
            if isinstance(known, list):
                known += [place] if known[-1] != place else []
            elif known != place:
                places[key] = [known, place]
    for key, known in places.items():
        found: dict[str, tuple[str, list[Release]]] = {}
        for place in known if isinstance(known, list) else [known]:
            content.seek(place >> _LINE_BITS)
            where = f"line {place & _LINE_MASK}"
            for item in releases_in(file, where, parsed(file, where, content.readline())):
                if hash(item.ocid) == key:
                    yield from _kept(item, found)
        yield from _of_processes(file, found, buyer)


def _kept(item: Found, found: dict[str, tuple[str, list[Release]]]) -> Iterator[LeftOutAward]:
    """Keep a release with the others of its process, or say why it is left out."""
    if item.refusal:
        yield LeftOutAward(key=item.ocid, where=item.where, reason=item.refusal)
    else:
        found.setdefault(item.ocid, (item.where, []))[1].append(item.release)


def _of_processes(
    file: str, found: Mapping[str, tuple[str, list[Release]]], buyer: Country | None
) -> Iterator[Contract | LeftOutAward]:
    for ocid, (where, releases) in found.items():
        yield from _awards(file, ocid, where, latest(releases), buyer)


def _awards(
    file: str, ocid: str, where: str, release: Release, fallback: Country | None
) -> Iterator[Contract | LeftOutAward]:
    parties = {str(party["id"]): party for party in _objects(release, "parties") if "id" in party}
    buyer, said = _buyer(release, parties)
    contracts = {str(item.get("awardID")): item for item in _objects(release, "contracts")}
    awards = _objects(release, "awards")
    if not awards:
        yield LeftOutAward(key=ocid, where=where, reason="no award is in the release")
    tender = _object(release, "tender")
    for number, award in enumerate(awards):
        name = str(award.get("id") or number)
        contract = contracts.get(name, {})
        framework = _is_framework(tender)
        kind, value = _value(award, contract, tender, is_framework=framework)
        status = str(award.get("status") or "")
        country = buyer or fallback
        yield made(
            Award(
                key=f"{ocid}/{name}",
                where=where,
                buyers=(country,) if country else (),
                buyer_said=said,
                winners=tuple(_winner(supplier, parties) for supplier in _objects(award, "suppliers")),
                title=str(award.get("title") or tender.get("title") or award.get("description") or ""),
                cpv=tuple(dict.fromkeys([*_codes(tender), *_codes(award)])),
                value=value_of(
                    kind, value.get("currency"), value.get("amount"), wording="framework" if framework else ""
                ),
                date=str(contract.get("dateSigned") or award.get("date") or release.get("date") or ""),
                status=_status(status, contract),
                source=Source(title=f"OCDS release {ocid}", publisher="Open Contracting", locator=file),
                refusal=_REFUSED.get(status, ""),
            )
        )


def _value(
    award: Release, contract: Release, tender: Release, *, is_framework: bool
) -> tuple[ValueKind, Mapping[str, Any]]:
    """Give the award's value, else the contract's, else the tender's; and what kind of figure that is."""
    firm = ValueKind.CEILING if is_framework else ValueKind.CONTRACT
    for holder in (award, contract):
        value = _object(holder, "value")
        if value.get("amount") is not None:
            return firm, value
    return ValueKind.ESTIMATE, _object(tender, "value")


def _is_framework(tender: Release) -> bool:
    techniques = _object(tender, "techniques")
    said = str(tender.get("procurementMethodDetails") or "").lower()
    return techniques.get("hasFrameworkAgreement") is True or "framework agreement" in said


def _status(said: str, contract: Release) -> ContractStatus:
    if said == "pending":
        return ContractStatus.SELECTED
    is_signed = contract.get("dateSigned") or contract.get("status") in ("active", "terminated")
    return ContractStatus.SIGNED if is_signed else ContractStatus.AGREED


def _buyer(release: Release, parties: Mapping[str, Release]) -> tuple[Country | None, str]:
    """Find the buyer's country: of its party, of its own address, or of the procuring entity."""
    said = ""
    for reference in (_object(release, "buyer"), _object(_object(release, "tender"), "procuringEntity")):
        party = parties.get(str(reference.get("id")), {})
        for holder in (party, reference):
            said = said or _country_text(holder)
            if found := place(_country_text(holder)):
                return found, said
    for party in parties.values():
        roles = party.get("roles")
        if isinstance(roles, list) and "buyer" in roles and (found := place(_country_text(party))):
            return found, said
    return None, said


def _winner(supplier: Release, parties: Mapping[str, Release]) -> Winner:
    """Find a supplier's country: inline as in OCDS 1.0, or of the party that it refers to, as in 1.1."""
    party = parties.get(str(supplier.get("id")), {})
    name = str(supplier.get("name") or party.get("name") or supplier.get("id") or "not named")
    return Winner(name=name, country=place(_country_text(supplier)) or place(_country_text(party)))


def _country_text(holder: Release) -> str:
    address = _object(holder, "address")
    return str(address.get("countryName") or address.get("country") or "")


def _codes(holder: Release) -> Iterator[str]:
    """Give the codes of the EU's procurement vocabulary, of the whole and of its items."""
    for part in (holder, *_objects(holder, "items")):
        classification = _object(part, "classification")
        if str(classification.get("scheme") or "").upper() == "CPV" and classification.get("id"):
            yield str(classification["id"])


def _object(holder: Release, key: str) -> Release:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _objects(holder: Release, key: str) -> list[Release]:
    value = holder.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
