"""The probability of each number of allies that meet a target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from natoburden.calculators.simulation import CountDistribution
from natoburden.model._checks import expect
from natoburden.presentation.charts._fonts import in_letters
from natoburden.presentation.charts._style import DARK, LIGHT, axes_for, finished, percent_axis
from natoburden.presentation.formatting import target_text
from natoburden.presentation.messages import translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["count_distribution"]


@in_letters
def count_distribution(found: CountDistribution, *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """Return axes with the probability of each number of allies that meet a target in a year.

    A bar is dark if its count lies between the lowest and the highest quantile of the distribution. The probabilities
    show what the assumptions imply, not how likely the future is. Needs the extra ``plots``.

    >>> import natoburden as nb
    >>> table, sure = nb.datasets.defence_expenditure("2026-07"), nb.simulation.Uncertain.surely(nb.Rate.percent(0))
    >>> assumed = nb.simulation.Assumptions(
    ...     gdp_growth=sure,
    ...     inflation=sure,
    ...     exchange_rate=sure,
    ...     execution=nb.simulation.Uncertain(nb.Rate.percent(0), nb.Rate.percent(2)),
    ...     revision=sure,
    ...     correlation=nb.Share.percent(0),
    ... )
    >>> plans = dict.fromkeys(["ESP", "ITA", "POL"], {2027: nb.Share.percent(2)})
    >>> ax = count_distribution(nb.simulation.count_distribution(table, plans, assumed, "wales-guideline", seed=1))
    >>> [round(bar.get_height()) for bar in ax.patches]
    [9, 33, 41, 17]
    """
    _ = translation(locale)
    expect(found, CountDistribution, "a distribution to draw", "give what simulation.count_distribution returns")
    ax = axes_for(ax, (7, 4))
    from matplotlib.ticker import MaxNLocator

    parts = [float(part.as_percent) for part in found.probabilities]
    low, high = (found.counts[0], found.counts[-1]) if found.counts else (0, found.allies)
    within = [low <= count <= high for count in range(len(parts))]
    ax.bar(range(len(parts)), parts, 0.8, color=[DARK if dark else LIGHT for dark in within])
    shown = [count for count, part in enumerate(parts) if part >= 0.05]
    ax.set_xlim(min(shown) - 1, max(shown) + 1)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    percent_axis(ax.yaxis, locale=locale)
    ax.set_xlabel(_("allies that meet it, of {count}").format(count=found.allies))
    ax.set_ylabel(_("probability under the assumptions"))
    title = _("How many allies meet the target in {year}: {target}").format(
        year=found.year, target=target_text(found.target, locale=locale)
    )
    return finished(ax, title, found, _)
