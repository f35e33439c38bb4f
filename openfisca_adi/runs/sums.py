"""Sums that are exact, so that they do not depend on the order or on how the rows are divided."""

from fractions import Fraction

import numpy as np

#: The bits of a float64, and how many of them are summed at a time without losing any.
BITS, HALF = 53, 27


def exact_sum(values: np.ndarray) -> Fraction:
    """Return the exact sum of an array of float64; ``float`` of it is the nearest float64.

    Each number is an integer of 53 bits times a power of two: the integers are summed in two halves, exponent
    by exponent, which is exact up to 2 ** 26 numbers. Raises :class:`ValueError` for what is not finite.
    """
    values = values[values != 0].astype(np.float64)
    if not len(values):
        return Fraction(0)
    if not np.isfinite(values).all():
        raise ValueError("non tutti i valori sono numeri finiti")
    fractions, exponents = np.frexp(values)
    integers = np.ldexp(fractions, BITS).astype(np.int64)
    lowest = int(exponents.min())
    places = exponents - lowest
    high = np.bincount(places, weights=integers >> HALF)
    low = np.bincount(places, weights=integers & (1 << HALF) - 1)
    total = sum(
        ((int(upper) << HALF) + int(lower)) << place
        for place, (upper, lower) in enumerate(zip(high, low, strict=True))
    )
    return total * Fraction(2) ** (lowest - BITS)
