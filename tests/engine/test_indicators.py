"""Inequality and poverty: against values worked by hand, and what must hold for any incomes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openfisca_adi.comparison.indicators import (
    gini,
    oecd_modified_scale,
    poverty,
    quantile,
    quantile_groups,
    quintile_share_ratio,
)

# Five households of 1, 2, 1, 3 and 1 people, of weight 2, 1, 1, 1 and 1: nine people, whose equivalised incomes
# are 5, 5, 10, 10, 20, 30, 30, 30, 100 (240 in all). The differences between two of them, each pair once: 5 with 10
# 20, with 20 30, with 30 150, with 100 190; 10 with 20 20, with 30 120, with 100 180; 20 with 30 30, with 100
# 80; 30 with 100 210. They are 1,030: Gini = 2 * 1,030 / (2 * 81 * 240 / 9) = 0.476852.
INCOMES = np.array([20.0, 10.0, 100.0, 30.0, 5.0])
PEOPLE = np.array([1.0, 2.0, 1.0, 3.0, 2.0])


def test_indicators_worked_by_hand():
    assert gini(INCOMES, PEOPLE) == pytest.approx(1030 / 2160)
    assert quantile(INCOMES, PEOPLE, 0.5) == 20  # the fifth of nine
    # 20 % of nine people are 1.8, 80 % are 7.2: the poorest fifth has 5 and 5, the richest 100.
    assert quantile(INCOMES, PEOPLE, [0.2, 0.8]).tolist() == [5, 30]
    assert quintile_share_ratio(INCOMES, PEOPLE) == pytest.approx(100 / 10)
    # The line is 12: two people are 7 below it, two 2.
    assert poverty(INCOMES, PEOPLE, 12) == pytest.approx(4 / 9)
    assert poverty(INCOMES, PEOPLE, 12, 1) == pytest.approx((7 + 7 + 2 + 2) / 12 / 9)
    assert poverty(INCOMES, PEOPLE, 12, 2) == pytest.approx((49 + 49 + 4 + 4) / 144 / 9)


def test_who_is_at_the_line_is_not_poor():
    assert poverty(INCOMES, PEOPLE, 10) == pytest.approx(2 / 9)
    assert poverty(INCOMES, PEOPLE, 10.01) == pytest.approx(4 / 9)


def test_a_share_reached_exactly_is_half_way():
    assert quantile([10.0, 20.0, 50.0], [2.0, 1.0, 1.0], [0.25, 0.5, 0.75]).tolist() == [10, 15, 35]
    assert quantile([3.0, 1.0, 2.0], [0.1, 0.1, 0.1], 1 / 3) == 1.5
    assert quantile([1.0, 2.0, 3.0], [1.0, 0.0, 1.0], 0.5) == 2  # of 1 and 3


def test_groups_hold_equal_values_together():
    assert quantile_groups(np.arange(10.0), np.ones(10), 5).tolist() == [
        0,
        0,
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
    ]
    zeros = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 1.0])
    assert quantile_groups(zeros, np.ones(6), 2).tolist() == [0, 0, 0, 0, 0, 1]


def test_the_oecd_scale():
    ages = np.array([40, 14, 13, 70, 10, 0, -1])
    household = np.array([0, 0, 0, 1, 2, 2, 0])
    assert oecd_modified_scale(ages, household, 3) == pytest.approx([1.8, 1, 1.6])


def test_what_cannot_be_measured_is_not_a_number():
    nobody, one = np.array([]), np.ones(1)
    assert np.isnan(gini(nobody, nobody))
    assert np.isnan(gini(np.zeros(1), one))
    assert np.isnan(gini(one, np.zeros(1)))
    assert np.isnan(quantile(nobody, nobody, 0.5))
    assert np.isnan(quintile_share_ratio(np.zeros(3), np.ones(3)))
    assert np.isnan(poverty(one, one, 0.0))
    assert np.isnan(poverty(nobody, nobody, 1.0))


def everything(values, weights, line):
    """Return all the indicators of some incomes."""
    levels = [poverty(values, weights, line, power) for power in (0, 1, 2)]
    return [gini(values, weights), quintile_share_ratio(values, weights), *levels]


@st.composite
def populations(draw):
    """Draw positive incomes, whole weights and a line."""
    rows = draw(
        st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 5)), min_size=2, max_size=30)
    )
    values, weights = np.array(rows, float).T
    return values, weights, float(draw(st.integers(1, 10**6)))


@given(populations(), st.sampled_from([2.0, 4.0, 0.5]))
def test_the_unit_of_money_does_not_matter(population, factor):
    values, weights, line = population
    scaled = everything(values * factor, weights, line * factor)
    assert scaled == pytest.approx(everything(values, weights, line))


@given(populations())
def test_a_weight_of_two_is_two_rows(population):
    values, weights, line = population
    repeated = np.repeat(values, weights.astype(int))
    one_each = everything(repeated, np.ones(len(repeated)), line)
    assert one_each == pytest.approx(everything(values, weights, line))


@given(populations(), st.randoms())
def test_neither_order_nor_size_matters(population, random):
    values, weights, line = population
    order = list(range(len(values)))
    random.shuffle(order)
    shuffled = everything(values[order], 3 * weights[order], line)
    assert shuffled == pytest.approx(everything(values, weights, line))


@given(populations())
def test_the_ranges_of_the_indicators(population):
    values, weights, line = population
    index, ratio, *levels = everything(values, weights, line)
    assert -1e-12 <= index < 1
    assert ratio >= 0  # in a handful of people the fifths may be of any size
    assert 1 >= levels[0] >= levels[1] >= levels[2] >= 0


@given(populations(), st.integers(1, 1000))
def test_the_same_sum_to_everybody_lowers_inequality_and_poverty(population, sum_to_all):
    values, weights, line = population
    assert gini(values + sum_to_all, weights) <= gini(values, weights) + 1e-12
    assert poverty(values + sum_to_all, weights, line, 1) <= poverty(values, weights, line, 1)


@given(populations(), st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_a_quantile_divides_the_weights(population, shares):
    values, weights, _ = population
    for share, value in zip(shares, quantile(values, weights, shares), strict=True):
        total = weights.sum()
        assert weights[values < value].sum() <= share * total + 1e-6
        assert weights[values <= value].sum() >= share * total - 1e-6
