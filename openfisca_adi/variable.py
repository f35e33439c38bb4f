"""The two kinds of variables of this package, both on top of OpenFisca's ``Variable``."""

import datetime

import numpy as np
from openfisca_core.holders import set_input_dispatch_by_period
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
            self.set_input = set_input_dispatch_by_period
        is_new = baseline_variable is None and "default_value" not in type(self).__dict__
        if self.value_type is datetime.date and is_new:
            self.default_value = NEVER.item()

    def get_formula(self, period=None):
        """Return the formula in force in ``period``; the only one, of an ETERNITY variable."""
        if self.definition_period == DateUnit.ETERNITY and self.formulas:
            return self.formulas.peekitem(0)[1]
        return super().get_formula(period)


class PresumedFact(Variable):
    """An input with a computed default: its formula presumes what nobody stated.

    OpenFisca switches a formula off for everybody as soon as one value is given. A population may hold
    a column that is partly empty: its builder leaves the values on the holder as
    ``partly_given = {period or None for every period: (mask, values)}``, arrays of one item per member
    of the entity, and the formula is run for the others.
    """

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
