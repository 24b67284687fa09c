"""What somebody reads where the library refuses: the whole message of the error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


def refusal(ask: Callable[[], Any], kind: type[Exception]) -> str:
    """Return the whole message of the error that a call raises, which is of one class and not of a subclass."""
    with pytest.raises(kind) as caught:
        ask()
    assert type(caught.value) is kind
    return str(caught.value)
