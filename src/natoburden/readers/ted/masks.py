"""Fields of eForms that are published later; until then, such a field contains a placeholder that looks like data."""

from __future__ import annotations

import datetime as dt
from typing import Final
from xml.etree.ElementTree import Element

from natoburden.model.procurement import ContractValue, ValueKind
from natoburden.readers._instants import instant
from natoburden.readers._xml import text_of
from natoburden.readers.awards import value_of

__all__ = ["NOT_PUBLISHED", "amount_of", "date_of", "is_masked", "words_of"]

NOT_PUBLISHED: Final = "not published"
_TEXT, _NUMBER, _DAY = "unpublished", "-1", "1970-01-01"


def words_of(holder: Element | None, path: str = "") -> str:
    """Return a text or code; empty if it is missing or contains a placeholder."""
    text = text_of(holder, path)
    return "" if text.casefold() == _TEXT else text


def date_of(holder: Element | None, path: str) -> str:
    """Return a day in its original spelling; empty if it is missing or contains a placeholder."""
    text = text_of(holder, path)
    return "" if text.startswith(_DAY) else text


def amount_of(kind: ValueKind, holder: Element | None, path: str, field: str, *, wording: str = "") -> ContractValue:
    """Return an amount with its currency; an amount that is not yet published is undisclosed.

    `field` is the code by which eForms mark the amount as not published.
    """
    found = None if holder is None else holder.find(path)
    if holder is None or found is None:
        return ContractValue(kind=kind, wording=wording)
    until = _put_off(holder, field)
    if until is not None or _is_minus_one(text_of(found)):
        words = f"{NOT_PUBLISHED} before {until}" if until else NOT_PUBLISHED
        return ContractValue(kind=kind, wording="; ".join(filter(None, (wording, words))))
    return value_of(kind, found.get("currencyID"), text_of(found), wording=wording)


def is_masked(holder: Element, path: str, field: str) -> bool:
    """Return whether a text or code exists, but is not yet published."""
    return text_of(holder, path).casefold() == _TEXT or _put_off(holder, field) is not None


def _put_off(holder: Element, field: str) -> str | None:
    """Return the day until which a field is unpublished, or empty text without a day; None if the field is published.

    A field with a day in the past is published: TED then publishes the notice again, with the value and the same
    remark.
    """
    for remark in holder.iter("FieldsPrivacy"):
        if text_of(remark, "FieldIdentifierCode") == field:
            day = text_of(remark, "PublicationDate")
            moment = instant(day)
            if moment is None:
                return ""
            return day[:10] if moment > dt.datetime.now(tz=dt.UTC) else None
    return None


def _is_minus_one(text: str) -> bool:
    try:
        return float(text) == float(_NUMBER)
    except ValueError:
        return False
