"""Calibration: the totals are met, the weights stay near the old ones, and what cannot be met is told."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openfisca_adi.population.calibration import CalibrationError, calibrate

BOUNDS = (0.25, 4)


@st.composite
def samples(draw):
    """Draw weights, columns, and the totals that other weights within the bounds would give."""
    count = draw(st.integers(20, 200))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    weights = np.exp(random.normal(5, 1, count))
    columns = {
        "tutti": np.ones(count),
        "primo gruppo": random.random(count) < 0.4,
        "secondo gruppo": random.random(count) < 0.3,
        "euro": random.integers(40, 1_500, count) * (random.random(count) < 0.5),
    }
    spread = draw(st.floats(0, 0.3))
    other = weights * np.exp(spread * random.uniform(-1, 1, count))
    return weights, columns, {name: other @ column for name, column in columns.items()}


@settings(deadline=None)
@given(samples())
def test_totals_are_met_by_weights_within_the_bounds(sample):
    weights, columns, totals = sample
    calibrated = calibrate(weights, columns, totals, BOUNDS)
    for name, column in columns.items():
        assert calibrated @ column == pytest.approx(totals[name], rel=1e-8)
    assert (calibrated > 0).all()
    ratios = calibrated / weights
    assert ((ratios >= BOUNDS[0]) & (ratios <= BOUNDS[1])).all()


@settings(deadline=None)
@given(samples())
def test_totals_that_hold_already_change_nothing(sample):
    weights, columns, _ = sample
    totals = {name: weights @ column for name, column in columns.items()}
    assert calibrate(weights, columns, totals, BOUNDS) == pytest.approx(weights, rel=1e-12)


@settings(deadline=None)
@given(samples())
def test_units_alike_have_the_same_ratio_so_that_they_may_be_added_up(sample):
    weights, columns, totals = sample
    twice = {name: np.append(column, column) for name, column in columns.items()}
    halves = calibrate(np.append(weights / 3, weights * 2 / 3), twice, totals, BOUNDS)
    whole = calibrate(weights, columns, totals, BOUNDS)
    assert halves[: len(weights)] + halves[len(weights) :] == pytest.approx(whole, rel=1e-6)


def test_groups_that_do_not_overlap_are_scaled_each_to_its_total():
    columns = {"a": np.array([1, 1, 0]), "b": np.array([0, 0, 1])}
    calibrated = calibrate(np.array([1.0, 3.0, 2.0]), columns, {"a": 6, "b": 1}, BOUNDS)
    assert calibrated == pytest.approx([1.5, 4.5, 1])


def test_a_total_that_follows_from_others_is_no_obstacle():
    groups = {"a": np.array([1, 1, 0]), "b": np.array([0, 0, 1]), "tutti": np.ones(3)}
    totals = {"a": 6, "b": 1, "tutti": 7}
    assert calibrate(np.array([1.0, 3.0, 2.0]), groups, totals, BOUNDS).sum() == pytest.approx(7)


@pytest.mark.parametrize("total", [1.01 * 4 * 4, 0.99 * 4 / 4, 0, -1])
def test_a_total_out_of_reach_is_told(total):
    columns = {"a": np.array([1, 1, 0]), "b": np.array([0, 0, 1])}
    with pytest.raises(CalibrationError, match=r"entro i limiti\n- a: \d+ in luogo di") as error:
        calibrate(np.array([1.0, 3.0, 2.0]), columns, {"a": total, "b": 2}, BOUNDS)
    assert list(error.value.missed) == ["a"]


def test_totals_that_contradict_each_other_are_told():
    columns = {"a": np.array([1, 1, 0]), "gli stessi": np.array([1, 1, 0]), "b": np.ones(3)}
    with pytest.raises(CalibrationError):
        calibrate(np.ones(3), columns, {"a": 2, "gli stessi": 3, "b": 3}, BOUNDS)
