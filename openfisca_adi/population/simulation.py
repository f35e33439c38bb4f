"""From a population to a simulation of OpenFisca, filled straight from columns."""

import numpy as np
import pandas as pd
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit, Period
from openfisca_core.periods import period as read_period
from openfisca_core.simulations import Simulation

from openfisca_adi.population.errors import RequestError
from openfisca_adi.population.population import Population
from openfisca_adi.population.schema import HOUSEHOLDS, PEOPLE
from openfisca_adi.population.tables import FIRST_MONTH
from openfisca_adi.recursion import forget_states_before
from openfisca_adi.variable import PresumedFact


def build_simulation(population: Population, system, months: list[Period], past=True) -> Simulation:
    """Return a simulation of the population under ``system``, with its values in ``months``.

    With ``past``, also from the first month of the ADI on: what concerns a month may depend on those before.
    People and households are in the population's order. Columns unknown to ``system`` are left out. If the
    data do not say who is the ``richiedente``, it is the first adult listed, in the first of the months.
    """
    populations = system.instantiate_entities()
    people, households = (
        next(group for group in populations.values() if group.entity.plural == entity)
        for entity in (PEOPLE, HOUSEHOLDS)
    )
    people.count, people.ids = len(population.person_ids), population.person_ids
    households.count, households.ids = len(population.household_ids), population.household_ids
    households.members_entity_id = population.household_of
    sizes = np.bincount(population.household_of)
    starts = np.cumsum(sizes) - sizes
    households.members_position = np.arange(people.count, dtype=np.int32) - np.repeat(starts, sizes)
    simulation = Simulation(system, populations)
    simulation.inputs = {column.partition("@")[0] for column in population.columns}
    known = {str(month): month for month in months}
    if past:
        since = pd.period_range(FIRST_MONTH, str(months[-1]), freq="M").astype(str)
        known = {month: read_period(month) for month in since}
    for group, columns in _by_entity(simulation, population):
        _fill(group, columns, population.given, system, known)
        _fill_absent(group, columns, system, known)
    applicants = population.applicants
    if applicants is None:
        applicants = _first_adults(simulation, population.household_of, months[0])
    applicant, member = households.entity.flattened_roles
    # Not through the public setter, which would copy the array as a list.
    households._members_role = np.array([member, applicant], object)[applicants.astype(int)]
    simulation.set_input("e_richiedente", DateUnit.ETERNITY, applicants)
    return simulation


def variables_read(simulation) -> set[str]:
    """Return the names of the variables that a traced simulation has read; none if it is not traced."""
    found, nodes = set(), list(simulation.tracer.trees) if simulation.trace else []
    while nodes:
        node = nodes.pop()
        found.add(node.name)
        nodes += node.children
    return found


def _by_entity(simulation, population: Population):
    """Return people and households of a simulation, each with the columns of the population."""
    groups = {group.entity.plural: group for group in simulation.populations.values()}
    return (groups[PEOPLE], population.people), (groups[HOUSEHOLDS], population.households)


def _fill(group, columns, given, system, months) -> None:
    """Set the columns of one entity as inputs; what is given in part is left to the presumed facts."""
    for name, values in columns.items():
        variable, _, own_month = name.partition("@")
        rule = system.variables.get(variable)
        is_later = own_month and own_month not in months
        if rule is None or rule.is_neutralized or is_later:
            continue
        holder = group.get_holder(variable)
        array = EnumArray(values, rule.possible_values) if rule.value_type is Enum else values
        if name in given:
            if not isinstance(rule, PresumedFact):
                raise RequestError(f"«{variable}» è vuota in parte, e la riforma non lo permette")
            partly_given = {months[own_month] if own_month else None: (given[name], array)}
            holder.partly_given = getattr(holder, "partly_given", {}) | partly_given
        elif rule.definition_period == DateUnit.ETERNITY:
            holder.set_input(DateUnit.ETERNITY, array)
        else:
            own = [own_month] if own_month else months.keys() - _months_given(variable, columns)
            _store(holder, array, [months[month] for month in own])


def _fill_absent(group, columns, system, months) -> None:
    """Set the inputs that the data lack to their default; those with the same default share one array."""
    given, shared = {name.partition("@")[0] for name in columns}, {}
    for name, rule in system.get_variables(group.entity).items():
        if rule.formulas or rule.is_neutralized or name in given:
            continue
        default = np.asarray(rule.default_array(1))
        key = default.dtype, default.item()
        if key not in shared:
            shared[key] = np.full(group.count, default)
            shared[key].flags.writeable = False
        array = shared[key]
        if rule.value_type is Enum:
            array = EnumArray(array, rule.possible_values)
        if rule.definition_period == DateUnit.ETERNITY:
            group.get_holder(name).put_in_cache(array, DateUnit.ETERNITY)
        else:
            _store(group.get_holder(name), array, months.values())


def _months_given(variable, columns) -> set[str]:
    """Return the months for which a variable has a column of its own."""
    return {month for name, _, month in (c.partition("@") for c in columns) if name == variable}


def _store(holder, array, months) -> None:
    """Set an array, already as OpenFisca wants it, for some months; its own way is slow for many."""
    holder._memory_storage._arrays.update(dict.fromkeys(months, array))


def _first_adults(simulation, household_of, month) -> np.ndarray:
    """Per person: is this the first adult listed of the household, in the month?"""
    adult = simulation.tax_benefit_system.get_parameters_at_instant(month).adi.eta.maggiore_eta
    (adults,) = np.nonzero(simulation.calculate("eta", month) >= adult)
    _, first = np.unique(household_of[adults], return_index=True)
    chosen = np.zeros(len(household_of), bool)
    chosen[adults[first]] = True
    return chosen


def forget_month(simulation, month) -> None:
    """Drop what was computed in a month; inputs, which cannot be computed again, and what never changes stay."""
    for group in simulation.populations.values():
        forget_states_before(group, month)
        for name, holder in group._holders.items():
            if holder.variable.formulas and name not in simulation.inputs:
                # Not by `delete_arrays`, which compares the month with every other: a second a year.
                holder._memory_storage._arrays.pop(month, None)
