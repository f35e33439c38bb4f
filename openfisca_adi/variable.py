"""The two kinds of variables of this package, both on top of OpenFisca's ``Variable``."""

import datetime

import numpy as np
from openfisca_core.errors import PeriodMismatchError
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable as CoreVariable

from openfisca_adi.dates import NEVER


class Variable(CoreVariable):
    """A variable of the law, exact to the cent.

    * Floats are float64 (OpenFisca's default float32 cannot hold cents above 131,072).
    * A value given for a year holds for each of its months.
    * A date that is not given has not happened: it is ``9999-12-31``, to which no term is added.
    * An ETERNITY variable has one undated formula, whatever the period it is asked for.
    """

    def __init__(self, baseline_variable=None):
        super().__init__(baseline_variable)
        if self.value_type is float:
            self.dtype = np.dtype(np.float64)
        if self.definition_period == DateUnit.MONTH and self.set_input is None:
            self.set_input = _set_months
        is_new = baseline_variable is None and "default_value" not in type(self).__dict__
        if self.value_type is datetime.date and is_new:
            self.default_value = NEVER.item()

    def get_formula(self, period=None):
        """Return the formula in force in ``period``; the only one, of an ETERNITY variable."""
        if self.definition_period == DateUnit.ETERNITY and self.formulas:
            return self.formulas.peekitem(0)[1]
        return super().get_formula(period)


class Given(np.ndarray):
    """The default values of a presumed fact, which remember what somebody has given since: ``given``."""

    def __array_finalize__(self, source):
        self.given = getattr(source, "given", None)

    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        if self.given is not None:
            self.given[key] = True


class PresumedFact(Variable):
    """An input with a computed default: its formula presumes what nobody stated.

    OpenFisca switches a formula off for everybody as soon as one value is given. Here what is given in part
    (a household described to the Web API, a column that is partly empty) waits on the holder as
    ``partly_given = {month, or None for ever: (mask, values)}``, arrays of one item per member of the
    entity, and the formula is run for the others.
    """

    def __init__(self, baseline_variable=None):
        super().__init__(baseline_variable)
        self.set_input = _set_what_is_given

    def default_array(self, array_size):
        """Return the defaults, into which OpenFisca writes the values of a situation one by one."""
        if self.is_neutralized:  # the defaults are its values
            return super().default_array(array_size)
        defaults = super().default_array(array_size).view(Given)
        defaults.given = np.zeros(array_size, dtype=bool)
        return defaults

    def get_formula(self, period=None):
        """Return the formula in force in ``period``, made to respect the values that are given."""
        formula = super().get_formula(period)
        if formula is None:
            return None

        def given_or_presumed(population, period, parameters):
            arguments = (population, period, parameters)[: formula.__code__.co_argcount]
            presumed = formula(*arguments)
            partly_given = getattr(population.get_holder(self.name), "partly_given", {})
            given = partly_given.get(period) or partly_given.get(None)
            return presumed if given is None else np.where(given[0], given[1], presumed)

        return given_or_presumed


def is_fact(variable):
    """Tell a variable that users give, also one that is presumed when they do not, from a result."""
    return not variable.formulas or isinstance(variable, PresumedFact)


def _months(holder, period):
    """Return the months of the period of an input; OpenFisca would ignore a day, or half a month."""
    if period.unit not in (DateUnit.MONTH, DateUnit.YEAR) or period.start.day != 1:
        name = holder.variable.name
        message = f"«{name}» vale per mesi (2025-03) o anni (2025), non per «{period}»"
        raise PeriodMismatchError(name, period, holder.variable.definition_period, message)
    return period.get_subperiods(DateUnit.MONTH)


def _set_months(holder, period, array):
    """Set an input for each month of a period, where it has none yet."""
    values = holder._to_array(array)
    for month in _months(holder, period):
        if holder.get_array(month) is None:
            holder._set(month, values)


def _set_what_is_given(holder, period, array):
    """Set an input; what is given in part is left to the formula (see :class:`PresumedFact`).

    A value already set for a month stays, as with OpenFisca's dispatch of a year over its months.
    """
    is_eternal = holder.variable.definition_period == DateUnit.ETERNITY
    values = holder._to_array(np.asarray(array))
    given = getattr(array, "given", None)
    partly_given = vars(holder).setdefault("partly_given", {})
    for month in [None] if is_eternal else _months(holder, period):
        of_month, known = values, given
        if month in partly_given:
            before, values_before = partly_given.pop(month)
            of_month = np.where(before, values_before, values)
            known = None if given is None else before | given
        if known is not None and not known.all():
            partly_given[month] = (known, of_month)
        elif holder.get_array(month or period) is None:
            holder._set(month or period, of_month)
