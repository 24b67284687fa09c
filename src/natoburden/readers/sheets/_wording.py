"""The notation of arguments in errors: as arguments in Python, or as options of the command line."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Final

import attrs

__all__ = ["OPTIONS", "PYTHON", "Wording"]

_OPTION_OF: Final = {"currency": "amounts", "unit": "amounts"}


@attrs.frozen
class Wording:
    """The notation of arguments in errors, for Python or for the command line.

    >>> PYTHON.name("unit"), OPTIONS.name("unit")
    ('unit=', '--amounts')
    >>> PYTHON.mapping({"Land": "buyer"}), PYTHON.argument("dates", "day first")
    ("columns={'Land': 'buyer'}", "dates='day first'")
    >>> OPTIONS.mapping({"Amount (EUR m)": "value"}), OPTIONS.argument("dates", "day first")
    ("--columns 'value=Amount (EUR m)'", '--dates day-first')
    """

    is_command: bool = False

    def mapping(self, columns: Mapping[str, str]) -> str:
        """Return the text of a mapping from headers to fields."""
        if not self.is_command:
            return f"columns={dict(columns)!r}"
        return f"--columns {shlex.quote(','.join(f'{field}={header}' for header, field in columns.items()))}"

    def entry(self, header: str) -> str:
        """Return the text that names a header in a mapping."""
        return "--columns" if self.is_command else f"columns[{header!r}]"

    def name(self, argument: str) -> str:
        """Return the name of an argument in the form that people write."""
        return f"--{_OPTION_OF.get(argument, argument)}" if self.is_command else f"{argument}="

    def argument(self, name: str, value: str) -> str:
        """Return the text of an argument with its value."""
        if not self.is_command:
            return f"{name}={value!r}"
        return f"{self.name(name)} {shlex.quote(value.replace(' ', '-'))}"


PYTHON: Final = Wording()
OPTIONS: Final = Wording(is_command=True)
