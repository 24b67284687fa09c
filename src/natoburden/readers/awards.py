"""Awards of public procurement: which awards become contracts, and why other awards do not."""

from __future__ import annotations

import collections
import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import attrs

from natoburden.errors import AmbiguousCountryError, NatoBurdenError, ReaderError
from natoburden.model._numbers import checked_decimal
from natoburden.model.capabilities import CapabilityArea, cpv_areas
from natoburden.model.countries import Country, country_or_none
from natoburden.model.dates import Announced, Precision
from natoburden.model.money import Currency, Money
from natoburden.model.origins import Origin, OriginBasis, Supplier
from natoburden.model.procurement import Contract, Contracts, ContractStatus, ContractValue, ValueKind
from natoburden.model.record_coverage import RecordKind
from natoburden.model.sources import Source
from natoburden.readers._coverage import Coverage, counted, listed, span

__all__ = [
    "Award",
    "AwardFile",
    "LeftOutAward",
    "Winner",
    "award_coverage",
    "check_repeated",
    "collect",
    "made",
    "place",
    "value_of",
]

_MOST_REASONS = 200  # kept apart
_LONGEST_TEXT = 1_000  # characters of a title that are kept
_MOST_REPEATED = 20_000_000  # characters of codes that the awards of one notice repeat
_CODE = 20  # characters that a code counts for besides its own
_LONGEST_PLACE = 100  # characters of a country's name; the search for similar names takes time
_TELEPHONE = re.compile(r"(?<!\w)\+\d[\d ()/-]{6,20}\d")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")


@attrs.frozen(kw_only=True)
class LeftOutAward:
    """An award that does not become a contract, with the reason."""

    key: str
    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}, {self.key}: {self.reason}"


@attrs.frozen(kw_only=True)
class AwardFile:
    """The awards of a file as contracts; a contract's origin is the country of the supplier's registered address.

    A registered address is not a nationality: the address may be that of a sales office. If the file gives no country,
    the origin is unknown. `left_out` lists awards and contracts that were cancelled, or that a later notice or release
    replaced. `left_out` also lists awards without a named winner, and awards of buyers without a known country.
    """

    contracts: Contracts
    left_out: tuple[LeftOutAward, ...] = attrs.field(repr=lambda items: f"<{len(items)} awards>")

    def __iter__(self) -> Iterator[Contract | LeftOutAward]:
        yield from self.contracts
        yield from self.left_out


@attrs.frozen(kw_only=True)
class Winner:
    """The winner of an award: name, and country of the registered address if the file gives a country."""

    name: str
    country: Country | None = None


@attrs.frozen(kw_only=True)
class Award:
    """An award as a file states it; a later check decides whether the award becomes a contract."""

    key: str
    where: str
    buyers: tuple[Country, ...]
    buyer_said: str = ""
    winners: tuple[Winner, ...]
    title: str
    cpv: tuple[str, ...] = ()
    value: ContractValue
    date: str = ""
    status: ContractStatus = ContractStatus.SIGNED
    source: Source
    note: str = ""
    refusal: str = ""


def made(award: Award) -> Contract | LeftOutAward:
    """Return the contract that an award becomes, or the reason why the award becomes no contract."""
    reason = award.refusal
    if not reason and not award.winners:
        reason = "no winner is named"
    if not reason and not award.buyers:
        said = f" in {award.buyer_said[:60]!r}" if award.buyer_said else ""
        reason = f"no country of the buyer{said}: say which with buyer="
    if reason:
        return LeftOutAward(key=award.key, where=award.where, reason=reason)
    return Contract(
        key=award.key,
        buyers=award.buyers,
        suppliers=tuple(Supplier(name=_tidied(winner.name)) for winner in award.winners),
        system=_tidied(award.title) or "not stated",
        areas=_areas(award.cpv),
        value=award.value,
        date=_announced(award.date),
        date_of="award",
        status=award.status,
        origins=(_origin(tuple(winner.country for winner in award.winners)),),
        source=award.source,
        note="; ".join(filter(None, (award.note, f"CPV {', '.join(award.cpv)}" if award.cpv else ""))),
    )


def check_repeated(file: str, where: str, codes: Sequence[str], awards: int) -> None:
    """Raise `ReaderError` if reading would take too long because awards repeat too many codes of their notice."""
    if sum(len(code) + _CODE for code in codes) * awards > _MOST_REPEATED:
        problem = f"{awards:,} awards, and {len(codes):,} codes that each of them repeats"
        raise ReaderError(file, where, problem, "a notice of fewer codes: this one would take too long")


def collect(items: Iterable[Contract | LeftOutAward], path: Path) -> AwardFile:
    """Return the awards of a file; of several contracts with the same key, only the first is kept."""
    contracts: dict[str, Contract] = {}
    left_out: list[LeftOutAward] = []
    for item in items:
        if isinstance(item, LeftOutAward):
            left_out.append(item)
        elif item.key in contracts:
            reason = "this key appears twice in the file; the first is kept"
            left_out.append(LeftOutAward(key=item.key, where=path.name, reason=reason))
        else:
            contracts[item.key] = item
    days = [item.date.latest for item in contracts.values() if item.date.latest is not None]
    collected = max(days, default=dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC).date())
    return AwardFile(
        contracts=Contracts(items=tuple(contracts.values()), collected=collected, kind=RecordKind.SELECTION),
        left_out=tuple(left_out),
    )


def award_coverage(items: Iterable[Contract | LeftOutAward]) -> Coverage:
    """Return the coverage of awards; awards are counted one by one and are not kept in memory."""
    contracts = valued = located = 0
    buyers: set[Country] = set()
    years: set[int] = set()
    reasons: collections.Counter[str] = collections.Counter()
    for item in items:
        if isinstance(item, LeftOutAward):
            reason = item.reason[:120]
            reasons[reason if reason in reasons or len(reasons) < _MOST_REASONS else "for other reasons"] += 1
            continue
        contracts += 1
        valued += item.value.is_disclosed
        located += any(origin.shares or origin.unsplit for origin in item.origins)
        buyers.update(item.buyers)
        years.update([item.date.latest.year] if item.date.latest else [])
    facts = (
        ("contracts", contracts),
        ("with a value", valued),
        ("with the supplier's country", located),
        ("buyers' countries", listed(country.alpha_3 for country in sorted(buyers))),
        ("years", span(years)),
    )
    return Coverage("", facts, tuple(f"{counted(count)} left out: {why}" for why, count in reasons.most_common()))


@functools.lru_cache(maxsize=4096)
def place(text: str) -> Country | None:
    """Return the country that is mentioned in a free text; None if the text mentions no country."""
    try:
        return country_or_none(text) if 0 < len(text.strip()) <= _LONGEST_PLACE else None
    except AmbiguousCountryError:
        return None


def value_of(
    kind: ValueKind, currency: object, low: object, high: object = None, *, wording: str = ""
) -> ContractValue:
    """Return a value as the file states it; an implausible amount is undisclosed, and the value's wording quotes it.

    Implausible amounts have no currency, are negative, or are below one unit. For example, some buyers enter 0.01 euros
    only because the form requires a figure.
    """
    amounts = [_amount(figure) for figure in (low, high) if figure not in (None, "")]
    if not amounts:
        return ContractValue(kind=kind, wording=wording)
    code = _currency(str(currency)[:_LONGEST_PLACE])
    if code is None or None in amounts:
        said = " to ".join(str(figure) for figure in (low, high) if figure not in (None, ""))
        stated = f"stated as {said[:60]} {'' if currency is None else str(currency)[:20]}".rstrip()
        return ContractValue(kind=kind, wording="; ".join(part for part in (wording, stated) if part))
    ends = sorted(amount for amount in amounts if amount is not None)
    return ContractValue(kind=kind, low=Money(ends[0], code), high=Money(ends[-1], code), wording=wording)


@functools.lru_cache(maxsize=1024)
def _currency(text: str) -> Currency | None:
    """Return the currency of a code; None for any other text, since the search for similar codes would be slow."""
    try:
        return Currency(text.strip().upper())
    except LookupError:
        return None


def _amount(figure: object) -> Decimal | None:
    try:
        amount = checked_decimal(figure if isinstance(figure, int | Decimal) else str(figure).strip(), "amount")
    except NatoBurdenError:
        return None
    return amount if amount >= 1 else None


@functools.lru_cache(maxsize=4_096)
def _origin(countries: tuple[Country | None, ...]) -> Origin:
    """Return the countries of registered addresses; none if one country is unknown, since the value cannot be split."""
    known = [country for country in countries if country is not None]
    if len(known) < len(countries):
        note = "not every winner has a country in its address" if known else "no country in the address"
        return Origin.of(OriginBasis.REGISTERED_ADDRESS, note=note)
    return Origin.of(OriginBasis.REGISTERED_ADDRESS, unsplit=dict.fromkeys(known))


@functools.lru_cache(maxsize=4_096)
def _areas(cpv: tuple[str, ...]) -> tuple[CapabilityArea, ...]:
    return tuple(dict.fromkeys(area for code in cpv for area in cpv_areas(code))) or (CapabilityArea.OTHER,)


@functools.lru_cache(maxsize=4_096)
def _announced(text: str) -> Announced:
    found = _DAY.match(text)
    try:
        return Announced.parse(found[1], Precision.DAY) if found else Announced.unknown()
    except NatoBurdenError:
        return Announced.unknown()


def _tidied(text: str) -> str:
    """Return a text on one line, without the e-mail addresses and telephone numbers that some buyers add to titles."""
    bare = " ".join(text[: 2 * _LONGEST_TEXT].split())
    if "@" in bare or "+" in bare:
        words = " ".join(word for word in bare.split(" ") if not _is_address(word))
        bare = " ".join(_TELEPHONE.sub("", words).split())
    return bare if len(bare) <= _LONGEST_TEXT else f"{bare[:_LONGEST_TEXT]}…"


def _is_address(word: str) -> bool:
    _, sign, domain = word.partition("@")
    return bool(sign) and "." in domain  # Comunic@rte may be the name of a company
