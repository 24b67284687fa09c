"""Things that are parts of themselves, through others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

__all__ = ["in_circles"]


def in_circles(above: Mapping[str, Collection[str | None]]) -> set[str]:
    """Return the keys that come back to themselves, where each key may have several keys above it.

    None and keys that are not in the mapping have nothing above them. The work grows with the keys and their links, not
    with the square of either.

    >>> sorted(in_circles({"a": ["b"], "b": ["c", None], "c": ["b"], "d": []}))
    ['b', 'c']
    """
    knots = (knot for knot in _knots(above) if len(knot) > 1 or knot[0] in above[knot[0]])
    return {key for knot in knots for key in knot}


def _knots(above: Mapping[str, Collection[str | None]]) -> Iterator[list[str]]:
    """Yield the keys in the largest groups in which every key leads to every other key (strong components).

    The method is Gabow's, with a list of steps in place of recursion. `heads` keeps the first key of each group that is
    still open. A link back to an open key joins all groups that began after that key.
    """
    number: dict[str, int] = {}
    closed: set[str] = set()
    for start in above:
        still_open: list[str] = []
        heads: list[str] = []
        steps = [] if start in number else [(start, iter(above[start]))]
        while steps:
            key, links = steps[-1]
            if key not in number:
                number[key] = len(number)
                still_open.append(key)
                heads.append(key)
            for other in links:
                if other is None or other not in above or other in closed:
                    continue
                if other not in number:
                    steps.append((other, iter(above[other])))
                    break
                while number[heads[-1]] > number[other]:
                    heads.pop()
            else:
                steps.pop()
                if heads[-1] == key:
                    heads.pop()
                    knot: list[str] = []
                    while not knot or knot[-1] != key:
                        knot.append(still_open.pop())
                    closed.update(knot)
                    yield knot
