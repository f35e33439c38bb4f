"""Calibration: the weights nearest to given ones that meet known totals."""

import numpy as np

from openfisca_adi.errors import UserError
from openfisca_adi.text import number

PRECISION = 1e-9  # of the totals
STEPS = 50


class CalibrationError(UserError):
    """Totals that no weights within the bounds meet: ``missed`` maps the worst to what was reached and asked."""

    def __init__(self, missed):
        self.missed = missed
        lines = [
            f"{name}: {number(reached)} in luogo di {number(asked)}"
            for name, (reached, asked) in missed.items()
        ]
        super().__init__("\n- ".join(["i pesi non si possono calibrare entro i limiti", *lines]))


def calibrate(weights, columns, totals, bounds) -> np.ndarray:
    """Return the weights that meet the totals and are the nearest to ``weights``, all above 0.

    * ``weights``: one above 0 for each unit;
    * ``columns``: by name, a number (or a bool) for each unit, whose weighted total is known;
    * ``totals``: that total, by the same names;
    * ``bounds``: the least and the greatest ratio of a new weight to the old one, around 1.

    Weights that meet the totals already are returned as they are. Raises :class:`CalibrationError`. The
    distance is the logit one of J.-C. Deville and C.-E. Särndal, "Calibration Estimators in Survey
    Sampling", Journal of the American Statistical Association 87 (1992); the totals are met by Newton's method.
    """
    low, high = bounds
    steepness = (high - low) / ((1 - low) * (high - 1))
    asked = np.array([totals[name] for name in columns], dtype=float)
    scale = np.where(asked == 0, weights.sum(), np.abs(asked))
    design = np.column_stack([np.asarray(column, dtype=float) for column in columns.values()])
    design /= scale

    def ratios(multipliers):
        exponent = steepness * (design @ multipliers) + np.log((1 - low) / (high - 1))
        share = 1 / (1 + np.exp(-exponent.clip(-500, 500)))
        return low + (high - low) * share, (high - low) * steepness * share * (1 - share)

    def missing(ratio):
        return asked / scale - (weights * ratio) @ design

    multipliers = np.zeros(len(asked))
    ratio, slope = ratios(multipliers)
    error = missing(ratio)
    for _ in range(STEPS):
        if np.abs(error).max() <= PRECISION:
            return weights * ratio
        curvature = design.T @ (design * (weights * slope)[:, None])
        step = np.linalg.lstsq(curvature, error, rcond=None)[0]
        distance = np.linalg.norm(error)
        for shorter in 0.5 ** np.arange(STEPS):  # until it gets nearer
            ratio, slope = ratios(multipliers + shorter * step)
            error = missing(ratio)
            if np.linalg.norm(error) < distance:
                break
        else:
            break
        multipliers += shorter * step
    reached = asked - error * scale
    worst = np.abs(error) > np.abs(error).max() / 10
    raise CalibrationError(
        {name: (reached[place], asked[place]) for place, name in enumerate(columns) if worst[place]}
    )
