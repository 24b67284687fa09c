"""The root of all errors, and how their messages are built."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, dataclass_transform

__all__ = ["NatoBurdenError", "NatoBurdenWarning", "listed", "sentence", "short"]


_PUBLIC = "natoburden.errors"  # where users find all of them, whichever module holds them


def _show_as_public(cls: type) -> None:
    """Name the public module as the home of a class of the library; subclasses of users stay where they are."""
    if cls.__module__.startswith(f"{_PUBLIC}."):
        cls.__module__ = _PUBLIC


@dataclass_transform(eq_default=False)
class NatoBurdenError(Exception):
    """Root of every error that the library raises on purpose; the annotations of a class are what its errors carry."""

    _names: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._names = tuple(dict.fromkeys((*cls._names, *cls.__annotations__)))
        _show_as_public(cls)

    def __init__(self, *given: Any, **named: Any) -> None:
        """Take the data in the order of the annotations, or by name.

        It is written once, since generated methods of thirty classes would take as long as importing attrs.
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
    """Return a message from its three parts: what is wrong, what is valid, what to do."""
    parts = [problem, f"valid: {valid}" if valid else "", hint]
    return "; ".join(part for part in parts if part)


def short(value: object, most: int = 36) -> str:
    """Return an offending value as text, cut where it would drown the message."""
    text = str(value)
    return text if len(text) <= most else f"{text[:most]}… ({len(text)} characters)"


def listed(names: Sequence[str], most: int = 12) -> str:
    """Return the valid set as text, cut where it would drown the message."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


class NatoBurdenWarning(UserWarning):
    """Root of the library's warnings; make it fatal with ``warnings.simplefilter("error", NatoBurdenWarning)``."""

    def __init_subclass__(cls) -> None:
        _show_as_public(cls)


NatoBurdenError.__module__ = NatoBurdenWarning.__module__ = _PUBLIC
