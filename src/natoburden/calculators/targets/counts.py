"""How many members meet a target, edition by edition, and which editions lack figures for a count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from natoburden.calculators.targets.allies import Compliance
from natoburden.model.countries import Country

__all__ = ["MeetingCounts"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MeetingCounts(Mapping[str, int]):
    """The number of members that meet a target according to each edition: a mapping of editions to counts.

    An edition has no count if it prints a member's row without a figure for the year, since a partial count would look
    like a fall. `partial` lists the editions without a count. `results` contains the result of every edition, and
    `without_figure` lists the members without a figure.
    """

    results: tuple[Compliance, ...]
    partial: tuple[str, ...]

    @property
    def without_figure(self) -> dict[str, tuple[Country, ...]]:
        """The members without a figure, by edition; Iceland, which has no armed forces, never has a figure."""
        return {result.edition: result.without_figure for result in self.results}

    @property
    def _counts(self) -> dict[str, int]:
        return {result.edition: result.count for result in self.results if result.edition not in self.partial}

    def __getitem__(self, edition: str) -> int:
        return self._counts[edition]

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)

    def __repr__(self) -> str:
        lacking = (f"no count of {key}, without {len(self.without_figure[key])} figures" for key in self.partial)
        return "; ".join([repr(self._counts), *lacking])

    def __str__(self) -> str:
        """Return a line for each edition: its count if it has one, and the members without a figure."""
        return "\n".join(map(self._line, self.results))

    def _line(self, result: Compliance) -> str:
        said = "no count" if result.edition in self.partial else f"{result.count} of {len(result)}"
        lacking = ", ".join(map(str, result.without_figure))
        return f"{result.edition}: {said}{f', no figure of {lacking}' if lacking else ''}"
