"""The values of options, converted from text; argparse reports an invalid text."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from typing import TYPE_CHECKING

from natoburden.errors import NatoBurdenError

if TYPE_CHECKING:
    from natoburden.model.shares import Share
    from natoburden.readers import Limits

__all__ = ["columns", "day", "financing", "limits", "mapping", "percent", "weights"]

_MOST_DIGITS = 18  # of a limit


def limits(text: str) -> Limits:
    """Return the limits of readers from a text such as ``cells=20000000``."""
    import attrs

    from natoburden.readers import Limits

    known, found = tuple(field.name for field in attrs.fields(Limits)), {}
    for part in text.split(","):
        name, _, figure = (piece.strip() for piece in part.partition("="))
        if name not in known:
            raise argparse.ArgumentTypeError(f"unknown limit {name!r}; valid: {', '.join(known)}")
        if not figure.isdecimal() or len(figure) > _MOST_DIGITS:
            raise argparse.ArgumentTypeError(f"limit {part.strip()!r} is not one such as {name}=1000000")
        found[name] = int(figure)
    try:
        return Limits(**found)
    except NatoBurdenError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def day(text: str) -> dt.date:
    """Return a day from a text such as 2025-06-25."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2025-06-25") from error


def columns(text: str) -> tuple[str, ...]:
    """Return the names from a text in which commas separate the names."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def mapping(text: str) -> list[tuple[str, str]]:
    """Return the header of each field; a header may contain commas."""
    pairs = [pair.partition("=") for pair in re.split(r",(?=\s*\w+=)", text) if pair.strip()]
    if any(not sign for _, sign, _ in pairs):
        raise argparse.ArgumentTypeError(f"{text!r} is not a mapping such as supplier=Vendor,value=Amount")
    return [(field.strip(), header.strip()) for field, _, header in pairs]


def weights(text: str) -> dict[str, Share]:
    """Return the weights of kinds of purchase, by name."""
    from natoburden.model.credit import CreditPolicy
    from natoburden.model.shares import Share

    found: dict[str, Share] = {}
    for part in text.split(","):
        name, _, figure = part.partition("=")
        known = CreditPolicy().weights
        if name.strip() not in known:
            raise argparse.ArgumentTypeError(f"unknown weight {name.strip()!r}; valid: {', '.join(known)}")
        try:
            found[name.strip()] = Share.fraction(figure.strip())
        except NatoBurdenError as error:
            raise argparse.ArgumentTypeError(f"weight {part.strip()!r}: {error}") from error
    return found


def financing(text: str) -> dict[str, Share]:
    """Return the shares of the sources of finance, by name, from figures in percent."""
    known, found = ("debt", "taxes", "cuts"), {}
    for part in text.split(","):
        name, _, figure = part.partition("=")
        if name.strip() not in known:
            raise argparse.ArgumentTypeError(f"unknown part {name.strip()!r}; valid: {', '.join(known)}")
        if name.strip() in found:
            raise argparse.ArgumentTypeError(f"{name.strip()!r} is given twice; give each part once")
        found[name.strip()] = percent(figure.strip())
    return found


def percent(text: str) -> Share:
    """Return a share from a figure in percent."""
    from natoburden.model.shares import Share

    try:
        return Share.percent(text)
    except NatoBurdenError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
