"""Values that are made once in a process, even if several threads ask for them at the same time."""

from __future__ import annotations

import functools
import os
from _thread import RLock
from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["lock_of", "once"]

T = TypeVar("T")

_LOCKS: dict[Any, Any] = {}
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_LOCKS.clear)  # a thread that held a lock does not exist in the child


def lock_of(owner: object) -> Any:
    """Return the lock of an owner; it allows one thread at a time to make the owner's values."""
    return _LOCKS.setdefault(owner, RLock())


def once(make: Callable[..., T]) -> functools._lru_cache_wrapper[T]:
    """Return a function that makes the value of given arguments once, and then always returns the same object.

    With `functools.cache` alone, several threads that ask before the first value exists each make a value of their own.
    With `once`, the other threads wait for the first value. Returning an existing value takes no longer than with
    `functools.cache`. If making the value raises an error, the next call makes another attempt.

    >>> table = once(lambda key: [key])
    >>> table("2026-07") is table("2026-07")
    True
    """
    made: dict[object, T] = {}

    @functools.cache
    @functools.wraps(make)
    def cached(*given: Any, **named: Any) -> T:
        key = (given, tuple(named.items()))
        with lock_of(make):
            if key not in made:
                made[key] = make(*given, **named)
            return made[key]

    forget = cached.cache_clear

    def clear() -> None:
        made.clear()
        forget()

    vars(cached).update(__wrapped__=make, cache_clear=clear)
    return cached
