"""What somebody reads where the library refuses: a case, its name, and the whole message of the error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from natoburden.errors import NatoBurdenError

Refusal: TypeAlias = tuple[Callable[[], Any], str]


def names(refusals: list[Refusal]) -> list[str]:
    """Return what pytest calls each case: the beginning of its message."""
    return [words[:70] for _, words in refusals]


def said(ask: Callable[[], Any]) -> str:
    """Return the whole message of the error of the library that a call raises."""
    return refusal(ask, NatoBurdenError, or_of_a_subclass=True)


def refusal(ask: Callable[[], Any], kind: type[Exception], *, or_of_a_subclass: bool = False) -> str:
    """Return the whole message of the error that a call raises, which is of one class."""
    with pytest.raises(kind) as caught:
        ask()
    assert or_of_a_subclass or type(caught.value) is kind
    return str(caught.value)
