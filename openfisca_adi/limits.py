"""The values that make sense for a number or date that a user gives."""

import datetime

import numpy as np

from openfisca_adi.dates import NEVER

OLDEST_BIRTH, FIRST_DATE = np.datetime64("1850-01-01"), np.datetime64("0001-01-01")
YOUNGEST, OLDEST = -1, 130
PERCENT = 100
#: Up to ten billion euros amounts are exact to the cent (see `openfisca_adi.money`).
HIGHEST = 10_000_000_000


def limits(variable) -> tuple:
    """Return the lowest and the highest value of a variable that is a number or a date."""
    if variable.value_type is datetime.date:
        return OLDEST_BIRTH if variable.name == "data_nascita" else FIRST_DATE, NEVER
    if variable.name == "eta":
        return YOUNGEST, OLDEST
    if variable.unit == "percent":
        return 0, PERCENT
    return 0, np.iinfo(np.int32).max if variable.value_type is int else HIGHEST
