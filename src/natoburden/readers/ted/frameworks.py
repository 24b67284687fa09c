"""Framework agreements: a ceiling counts once, even if several suppliers or lots repeat the ceiling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from natoburden.model.money import Money
from natoburden.model.procurement import ContractValue
from natoburden.readers.ted.entries import Entry

__all__ = ["Limit", "counted_once"]


@attrs.frozen(kw_only=True)
class Limit:
    """The maximum that may be called off under several lots, or under the whole notice if no lots are listed."""

    value: ContractValue
    whose: str
    lots: frozenset[str] | None = None

    def covers(self, entry: Entry) -> bool:
        """Return whether the limit applies to all lots of an entry."""
        return self.lots is None or self.lots >= set(entry.lots)


def counted_once(
    entries: Sequence[Entry], of_lots: Mapping[str, ContractValue] | None = None, limits: Iterable[Limit] = ()
) -> list[Entry]:
    """Return one entry for each framework agreement, because the agreement's ceiling counts only once.

    Entries without a framework agreement are unchanged. The suppliers of one lot become one entry if the lot states a
    ceiling (`of_lots`), or if all these suppliers have the same amount. If suppliers have different amounts, their
    entries stay separate. Several lots become one entry if one contract covers these lots and all the lots state the
    same ceiling. Several lots also become one entry if one of the `limits` is below the sum of the lots' ceilings.
    """
    by_lots: dict[tuple[str, ...], list[Entry]] = {}
    kept: list[Entry] = []
    for entry in entries:
        group = by_lots.setdefault(entry.lots, []) if entry.is_framework and not entry.award.refusal else kept
        group.append(entry)
    found: list[Entry] = []
    for lots, group in by_lots.items():
        found += _of_lot(group, (of_lots or {}).get(lots[0]) if len(lots) == 1 else None)
    found = _of_one_contract(found)
    for limit in limits:
        found = _within(found, limit)
    return kept + found


def _of_lot(group: Sequence[Entry], ceiling: ContractValue | None) -> list[Entry]:
    stated = [entry.award.value for entry in group]
    if ceiling is not None and (ceiling.is_disclosed or not any(value.is_disclosed for value in stated)):
        others = [value.low for value in stated if value.low is not None and value.low != ceiling.low]
        words = [ceiling.wording, f"tenders state {_listed(others)}" if others else ""]
        return [_together(group, attrs.evolve(ceiling, wording="; ".join(filter(None, words))))]
    if len(group) > 1 and _are_alike(stated) and (stated[0].is_disclosed or any(group[0].lots)):
        return [_together(group, attrs.evolve(stated[0], wording=f"{stated[0].wording}; of all suppliers together"))]
    return list(group)


def _of_one_contract(entries: Sequence[Entry]) -> list[Entry]:
    """Return one entry for several lots if one contract covers the lots and all of them state the same ceiling."""
    groups: dict[object, list[Entry]] = {}
    for entry in entries:
        value = entry.award.value
        key = (entry.contract, value.low, value.high) if entry.contract and value.is_disclosed else id(entry)
        groups.setdefault(key, []).append(entry)
    return [_together(group, group[0].award.value) for group in groups.values()]


def _within(entries: Sequence[Entry], limit: Limit) -> list[Entry]:
    """Return the entries under a limit as one entry if their sum exceeds the limit, or if no entry states an amount."""
    inside = [entry for entry in entries if limit.covers(entry)]
    stated = [entry.award.value.high for entry in inside]
    if not inside or not _exceeds(stated, limit.value.high):
        return list(entries)
    amounts = [amount for amount in stated if amount is not None]
    words = [limit.value.wording, limit.whose if len(inside) > 1 else ""]
    words += [f"lots state {_listed(amounts)}"] if amounts else []
    whole = _together(inside, attrs.evolve(limit.value, wording="; ".join(filter(None, words))))
    return [*(entry for entry in entries if not limit.covers(entry)), whole]


def _exceeds(stated: Sequence[Money | None], most: Money | None) -> bool:
    known = [amount for amount in stated if amount is not None]
    if most is None:
        return False
    if not known:
        return True
    return {amount.currency for amount in known} == {most.currency} and Money.total(known) > most


def _listed(amounts: Iterable[Money]) -> str:
    return " and ".join(dict.fromkeys(f"{amount.currency} {amount.amount:,}" for amount in amounts))


def _are_alike(values: Sequence[ContractValue]) -> bool:
    return len({(value.kind, value.low, value.high) for value in values}) == 1


def _together(group: Sequence[Entry], value: ContractValue) -> Entry:
    """Return one entry for several entries, with all their suppliers; no supplier's share of the value is stated."""
    first = group[0]
    if len(group) == 1:
        return attrs.evolve(first, award=attrs.evolve(first.award, value=value))
    lots = tuple(dict.fromkeys(lot for entry in group for lot in entry.lots))
    names = [entry.award.key.rpartition("/")[2] for entry in group]
    award = attrs.evolve(
        first.award,
        key=f"{first.award.key}..{names[-1]}",
        winners=tuple(dict.fromkeys(winner for entry in group for winner in entry.award.winners)),
        title="; ".join(dict.fromkeys(entry.award.title for entry in group if entry.award.title)),
        cpv=tuple(dict.fromkeys(code for entry in group for code in entry.award.cpv)),
        value=value,
        date=min((entry.award.date for entry in group if entry.award.date), default=""),
        note=f"one framework of {', '.join(names)}",
    )
    return attrs.evolve(first, award=award, lots=lots)
