"""The root of all errors, and the functions that build messages of errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final, dataclass_transform

from natoburden.errors._visible import visible

__all__ = ["NatoBurdenError", "NatoBurdenWarning", "listed", "sentence", "short"]


_LONGEST: Final = 3_000  # characters of a message
_LONGEST_NAME: Final = 80  # characters of one of several names in a message
_PUBLIC = "natoburden.errors"  # the public module, where users find every error, whichever module holds them


def _show_as_public(cls: type) -> None:
    """Set the module of a library class to the public module; classes that users define keep their own module."""
    if cls.__module__.startswith(f"{_PUBLIC}."):
        cls.__module__ = _PUBLIC


@dataclass_transform(eq_default=False)
class NatoBurdenError(Exception):
    """Root of every error that the library raises on purpose; class annotations name the data that an error carries."""

    _names: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._names = tuple(dict.fromkeys((*cls._names, *cls.__annotations__)))
        _show_as_public(cls)

    def __init__(self, *given: Any, **named: Any) -> None:
        """Take the data in the order of the annotations, or by name.

        One constructor serves all errors, because generating thirty constructors would take as long as importing attrs.
        """
        names = self._names
        data = dict(zip(names, given, strict=False)) | named
        if names and (len(data) < len(given) + len(named) or not data.keys() <= {*names}):
            raise TypeError(f"{type(self).__name__} takes {', '.join(names)}")
        try:
            values = [data[name] if name in data else getattr(type(self), name) for name in names]
        except AttributeError:
            raise TypeError(f"{type(self).__name__} needs {', '.join(names)}") from None
        super().__init__(*(values if names else given))
        self.__dict__.update(zip(names, values, strict=True))


def sentence(problem: str, valid: str = "", hint: str = "") -> str:
    """Return a message from its three parts: what is wrong, what is valid, and what to do.

    Control characters are escaped, and a very long message is cut, since the names in it may come from anybody.
    """
    parts = [problem, f"valid: {valid}" if valid else "", hint]
    return visible(short("; ".join(part for part in parts if part), _LONGEST))


def short(value: object, most: int = 36) -> str:
    """Return an offending value as text, shortened if it would make the message too long."""
    text = str(value)
    return text if len(text) <= most else f"{text[:most]}… ({len(text)} characters)"


def listed(names: Sequence[str], most: int = 12) -> str:
    """Return the valid values as text, shortened if they would make the message too long."""
    shown = ", ".join(short(name, _LONGEST_NAME) for name in names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


class NatoBurdenWarning(UserWarning):
    """Root of the library's warnings; ``warnings.simplefilter("error", NatoBurdenWarning)`` makes them errors."""

    def __init_subclass__(cls) -> None:
        _show_as_public(cls)


NatoBurdenError.__module__ = NatoBurdenWarning.__module__ = _PUBLIC
