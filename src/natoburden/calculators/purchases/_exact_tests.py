"""Two exact tests: of two Poisson rates by their counts, and of paired differences by their signs."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from natoburden.model._numbers import divide

__all__ = ["MOST_PAIRS", "p_of_counts", "p_of_pairs"]

MOST_PAIRS = 16  # 65,536 ways to give the signs


def p_of_counts(before: int, after: int, days_before: int, days_after: int) -> Decimal:
    """Return the two-sided p of two counts, under the same daily rate for both.

    Given the sum of both counts, the later count is binomial. The binomial probability is the share of later days in
    all days. p is the probability of all counts that are no more probable than the observed count. Source: Przyborowski
    and Wilenski, "Homogeneity of results in testing samples from Poisson series", Biometrika 31 (1940).
    """
    total = before + after
    weights = [math.comb(total, k) * days_after**k * days_before ** (total - k) for k in range(total + 1)]
    unlikely = sum(weight for weight in weights if weight <= weights[after])
    p = Fraction(unlikely, sum(weights))
    return divide(Decimal(p.numerator), Decimal(p.denominator))


def p_of_pairs(differences: Sequence[Decimal]) -> Decimal:
    """Return the two-sided p of a sum of paired differences, if both signs of each difference are equally likely.

    p is the share of combinations of signs for which the sum is at least as far from zero as the observed sum. Source:
    Fisher, "The Design of Experiments" (1935), section 21.
    """
    seen = abs(sum(differences, Decimal(0)))
    sizes = [abs(item) for item in differences]
    ways = itertools.product((1, -1), repeat=len(sizes))
    far = sum(
        abs(sum((sign * size for sign, size in zip(way, sizes, strict=True)), Decimal(0))) >= seen for way in ways
    )
    return divide(Decimal(far), Decimal(2 ** len(sizes)))
