"""What tests of the words of refusals share: a case, its name, and the whole message."""

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
    """Return the whole message of the error that asking raises."""
    with pytest.raises(NatoBurdenError) as caught:
        ask()
    return str(caught.value)
