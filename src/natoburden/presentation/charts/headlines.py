"""The counts of allies that editions printed for their own year, beside the newest edition's counts for that year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from natoburden.calculators.targets import HeadlineCount, HeadlineCounts
from natoburden.errors import TooFewError
from natoburden.model._checks import expect
from natoburden.presentation.charts._fonts import in_letters
from natoburden.presentation.charts._style import DARK, LIGHT, axes_for, finished, points
from natoburden.presentation.formatting import target_text
from natoburden.presentation.messages import translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["headline_counts"]

_WIDTH = 0.4


@in_letters
def headline_counts(counts: HeadlineCounts, *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """Return axes with each edition's count of allies that meet the target, beside a later count of the same allies.

    A count is for the last year of its edition. The later count is from the newest edition that has a figure for all of
    these allies.

    An edition without a count has no bar. An edition without a later count for its year has only one bar. Needs the
    extra ``plots``.

    >>> import natoburden as nb
    >>> editions = nb.datasets.defence_expenditure_editions("2016-01", "2024-06", "2026-07")
    >>> ax = headline_counts(nb.targets.headline_counts(editions, nb.WALES_GUIDELINE))
    >>> [int(bar.get_height()) for bar in ax.patches]
    [5, 23, 30, 4, 17]
    """
    _ = translation(locale)
    expect(counts, HeadlineCounts, "counts to draw", "give what targets.headline_counts returns")
    rows = [row for row in counts.own_years if row.count is not None]
    if not rows:
        raise TooFewError("a chart of counts", 0, 1)
    ax = axes_for(ax, (7, 4.2))
    from matplotlib.ticker import MaxNLocator

    for move, colour, label, figures in (
        (-_WIDTH / 2, LIGHT, _("as printed"), [row.count for row in rows]),
        (_WIDTH / 2, DARK, _("newest edition, same allies"), [_newest(row) for row in rows]),
    ):
        drawn = [(place + move, figure) for place, figure in enumerate(figures) if figure is not None]
        ax.bar([x for x, _y in drawn], [y for _x, y in drawn], _WIDTH, color=colour, label=label)
        for x, y in drawn:
            ax.text(x, y, str(y), ha="center", va="bottom", fontsize=points(8))
    ax.set_xticks(range(len(rows)), [f"{row.year}\n({row.edition})" for row in rows], fontsize=points(8))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.legend(frameon=False, fontsize=points(8), loc="upper left")
    title = _("Allies that meet the target: {target}").format(target=target_text(counts.target, locale=locale))
    return finished(ax, title, [item.edition.source for row in rows for item in row.inputs[:1]], _)


def _newest(row: HeadlineCount) -> int | None:
    return None if row.newest is None else row.newest.count
