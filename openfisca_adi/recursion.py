"""States that depend on the month before, computed forward month by month.

A variable that reads itself in the previous month is cut off silently by OpenFisca's limit on
recursion. Here one loop goes through the months in order and keeps every state on the population, so
that any month can be asked first and each month is computed once.
"""

from openfisca_core.periods import DateUnit, Period

from openfisca_adi.dates import LAST_MONTH, MonthTooFarError


def state_of_month(population, name, period, first_month, step):
    """Return the state called ``name`` of ``population`` in the month ``period``.

    ``step(previous_state, month)`` computes the state of a month from that of the month before, ``None``
    before ``first_month`` (an ``Instant``). What the months passed through computed is forgotten: only
    their states, inputs and ETERNITY values stay.

    Raises:
        MonthTooFarError: if ``period`` is after ``LAST_MONTH``.

    """
    if period.start > LAST_MONTH:
        raise MonthTooFarError(period)
    states = vars(population).setdefault("states", {}).setdefault(name, {})
    kept = [month for month in states if month <= period.start]
    month = max(kept).offset(1, DateUnit.MONTH) if kept else first_month
    while month <= period.start:
        passing = Period((DateUnit.MONTH, month, 1))
        before = _known(population.simulation, passing)
        states[month] = step(states.get(month.offset(-1, DateUnit.MONTH)), passing)
        if passing != period:
            for holder in _known(population.simulation, passing) - before:
                holder.delete_arrays(passing)
        month = month.offset(1, DateUnit.MONTH)
    return states[period.start]


def forget_states_before(population, month):
    """Drop the states before a month, for whoever goes through the months in order."""
    for states in vars(population).get("states", {}).values():
        for instant in [instant for instant in states if instant < month.start]:
            del states[instant]


def _known(simulation, month):
    """Return the holders of monthly variables that have a value for ``month``."""
    return {
        holder
        for population in simulation.populations.values()
        for holder in population._holders.values()
        if holder.variable.definition_period == DateUnit.MONTH
        and holder.get_array(month) is not None
    }
