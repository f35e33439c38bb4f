"""Months, terms and sentinels, on arrays of ``datetime64[D]``.

The state of a month is read on its first day (docs/interpretazioni.md, I-15). The day a term starts
from is not counted and its last day is (art. 2963 c.c.); holidays do not move it. A term of months ends
on the same day number, or on the last day of a shorter month.
"""

import functools

import numpy as np
from openfisca_core.errors import SituationParsingError
from openfisca_core.periods import Instant

from openfisca_adi.errors import UserError

#: The date of what has not happened. Nothing is ever added to it.
NEVER = np.datetime64("9999-12-31")

#: The date of a registration or of an extension that nobody declared.
LONG_AGO = np.datetime64("1970-01-01")

#: The last month that may be asked: the law of later years is not known, and months cost time.
LAST_MONTH = Instant((2040, 12, 1))

#: The month from which the ADI exists and every parameter has a value.
FIRST_MONTH = np.datetime64("2024-01")

#: Nobody alive was born before.
FIRST_BIRTH = np.datetime64("1850-01-01")

DAY, MONTH = np.timedelta64(1, "D"), np.timedelta64(1, "M")
MONTHS_IN_A_YEAR = 12


class MonthTooFarError(SituationParsingError, UserError):
    """A month after ``LAST_MONTH`` was asked; the Web API answers with status 400."""

    def __init__(self, period):
        self.message = f"il mese {period} è dopo {LAST_MONTH.date:%Y-%m}, l'ultimo che si calcola"
        super().__init__([str(period)], self.message)

    def __str__(self):
        return self.message


def first_day(period):
    """Return the first day of an OpenFisca period, on which the state of a month is read.

    Raises:
        MonthTooFarError: if the period is after ``LAST_MONTH``.

    """
    if period.start > LAST_MONTH:
        raise MonthTooFarError(period)
    return np.datetime64(str(period.start), "D")


def last_day(period):
    """Return the last day of an OpenFisca period."""
    return np.datetime64(str(period.stop), "D")


def happened(dates):
    """Tell which dates are of something that has happened: are not ``NEVER``."""
    return dates.view(np.int64) != NEVER.astype(np.int64)  # four times faster than on dates


def month_of(dates):
    """Return the month of dates, as ``datetime64[M]``."""
    return np.asarray(dates, dtype="datetime64[D]").astype("datetime64[M]")


def last_of_month(months):
    """Return the last day of months given as ``datetime64[M]``."""
    return (months + MONTH).astype("datetime64[D]") - DAY


def by_month(months, value_of):
    """Return ``value_of("YYYY-MM-01")`` for each of ``months`` (``datetime64[M]``), called once a month.

    For parameters read at a date of each household; months before the first value of the parameters,
    January 2024, have that first value.
    """
    values = np.zeros(months.shape)
    for month in np.unique(months[months != month_of(NEVER)]):
        values[months == month] = value_of(f"{max(month, FIRST_MONTH)}-01")
    return values


def add_days(dates, days):
    """Add a term of days to dates: the last useful day. ``NEVER`` stays ``NEVER``."""
    return np.where(dates == NEVER, NEVER, dates + np.where(dates == NEVER, 0, days) * DAY)


def add_months(dates, months):
    """Add a term of months (also negative) to dates, clamped to the last day of a shorter month.

    ``dates`` is an array of ``datetime64[D]``, ``months`` a number; ``NEVER`` stays ``NEVER``.
    """

    def same_day_or_last(dates):
        month = dates.astype("datetime64[M]")
        target = month + np.where(dates == NEVER, 0, months) * MONTH
        same_day = target.astype("datetime64[D]") + (dates - month.astype("datetime64[D]"))
        return np.minimum(same_day, last_of_month(target))

    return _once_per_day(same_day_or_last, np.asarray(dates, dtype="datetime64[D]"))


def add_years(dates, years):
    """Add a term of years (also negative) to dates; see :func:`add_months`."""
    return add_months(dates, MONTHS_IN_A_YEAR * years)


def full_years(births, day):
    """Return the years that people born on ``births`` have completed on ``day``; -1 before birth.

    ``births`` is an array of ``datetime64[D]`` and ``day`` one date; the result is an array of int32.
    """
    places = births.view(np.int64) - FIRST_BIRTH.astype(np.int64)
    table = _years_on(day)
    if len(places) and 0 <= places.min() and places.max() < len(table):
        return table.take(places, mode="wrap")  # none is outside: the quickest mode
    return _years_since(births, day)


@functools.lru_cache(maxsize=64)
def _years_on(day):
    """Return the years completed on ``day`` by who was born on each day, from the first birth day on."""
    return _years_since(np.arange(FIRST_BIRTH, day + 2 * MONTHS_IN_A_YEAR * 31 * DAY, DAY), day)


def _years_since(births, day):
    months = (day.astype("datetime64[M]") - births.astype("datetime64[M]")).astype(np.int32)
    months -= _day_of_month(births) > _day_of_month(day)
    return np.where(births > day, np.int32(-1), months // MONTHS_IN_A_YEAR)


def _once_per_day(function, dates):
    """Apply ``function`` to dates; where they are many, once per calendar day and not once per date."""
    if not len(dates):
        return function(dates)
    days = dates.view(np.int64)
    first, last = days.min(), days.max()
    if last - first >= len(dates):
        return function(dates)
    return function(np.arange(first, last + 1).view("datetime64[D]"))[days - first]


def _day_of_month(dates):
    return dates - dates.astype("datetime64[M]").astype("datetime64[D]")
