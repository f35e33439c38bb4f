"""Inequality and poverty: pure functions on arrays, one item per household (or person), with weights.

``values`` are euro, usually equivalised incomes; ``weights`` say how many people each item stands for:
the weight of the household times its members, as in EU-SILC. Definitions and ties are those of Eurostat
and of R's ``laeken``. Without any weight, or any income where one divides by it, an indicator is NaN.
"""

import numpy as np

#: Where a share of the weights is reached exactly, but for what binary fractions lack.
EXACT = 1e-12
#: OECD-modified scale (Eurostat, EU-SILC): the first adult, each other person of 14 or over, each child.
FIRST, ADULT, CHILD, ADULT_AGE = 1.0, 0.5, 0.3, 14


def oecd_modified_scale(ages, household_of, households) -> np.ndarray:
    """Return the OECD-modified equivalence scale of each household.

    ``ages`` and ``household_of`` (an index) have one item per person; a negative age, of who is not born
    yet, does not count. Shape: ``(households,)``.
    """
    adults = np.bincount(household_of, ages >= ADULT_AGE, households)
    children = np.bincount(household_of, (ages >= 0) & (ages < ADULT_AGE), households)
    return FIRST + ADULT * (np.maximum(adults, 1) - 1) + CHILD * children


def quantile(values, weights, shares):
    """Return the values below which the ``shares`` (from 0 to 1) of the weights are.

    The lowest value reached by the share; half-way to the next one if it is reached exactly. The result
    has the shape of ``shares``.
    """
    shares = np.asarray(shares, float)
    values, weights = _sorted(values, weights)
    cumulated = np.cumsum(weights)
    if not len(values) or not cumulated[-1] > 0:
        return np.full(shares.shape, np.nan)
    reached = shares * cumulated[-1]
    low = np.searchsorted(cumulated, reached * (1 - EXACT))
    high = np.searchsorted(cumulated, reached * (1 + EXACT), side="right")
    last = len(values) - 1
    return (values[np.minimum(low, last)] + values[np.minimum(high, last)]) / 2


def quantile_groups(values, weights, count) -> np.ndarray:
    """Return the group of each item, from 0 to ``count - 1``: 10 groups are deciles.

    A value equal to a boundary is below it; equal values are always in one group, which may be larger.
    """
    boundaries = quantile(values, weights, np.arange(1, count) / count)
    return np.searchsorted(boundaries, values, side="left")


def gini(values, weights) -> float:
    """Return the Gini index, from 0 to 1 for incomes that are not negative.

    The mean difference between two people, in absolute value, over twice the mean.
    """
    values, weights = _sorted(values, weights)
    incomes = weights * values
    people, total = weights.sum(), incomes.sum()
    below = np.cumsum(weights) - weights / 2
    return _ratio(2 * (incomes * below).sum(), people * total) - 1


def quintile_share_ratio(values, weights) -> float:
    """Return S80/S20: the income of the richest fifth over that of the poorest fifth."""
    values, weights = _sorted(values, weights)
    bounds = quantile(values, weights, [0.2, 0.8])
    poorest, not_richest = np.searchsorted(values, bounds, side="right")
    incomes = weights * values
    return _ratio(incomes[not_richest:].sum(), incomes[:poorest].sum())


def poverty(values, weights, line, power=0) -> float:
    """Return the index of Foster, Greer and Thorbecke, from 0 to 1.

    With ``power`` 0 the share of people whose income is below the ``line`` (in euro), with 1 their mean
    distance from it over everybody, as a share of the line, with 2 the mean of its square.
    """
    if not line > 0:
        return np.nan
    values, weights = _sorted(values, weights)
    poor = np.searchsorted(values, line)
    gaps = (1 - values[:poor] / line) ** power
    return _ratio((weights[:poor] * gaps).sum(), weights.sum())


def _sorted(values, weights):
    values, weights = np.asarray(values, float), np.asarray(weights, float)
    if (values[1:] >= values[:-1]).all():
        return values, weights
    order = np.argsort(values)
    return values[order], weights[order]


def _ratio(part, whole) -> float:
    return float(part / whole) if whole > 0 else np.nan
