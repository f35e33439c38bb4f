"""From a population to results: the OpenFisca simulation is filled straight from columns."""

import numpy as np
import pandas as pd
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit, Period
from openfisca_core.periods import period as read_period
from openfisca_core.simulations import Simulation

from openfisca_adi.population.errors import RequestError, nearest
from openfisca_adi.population.population import Population
from openfisca_adi.population.schema import HOUSEHOLDS, PEOPLE
from openfisca_adi.population.tables import FIRST_MONTH, LAST_MONTH
from openfisca_adi.recursion import forget_states_before
from openfisca_adi.system import default_system
from openfisca_adi.variable import PresumedFact

REQUIREMENTS = (
    "categoriale cittadinanza residenza isee reddito patrimonio_immobiliare patrimonio_mobiliare "
    "beni_durevoli penale dimissioni istruzione struttura"
)
RESULTS = (
    *(f"adi_requisito_{name}" for name in REQUIREMENTS.split()),
    *("adi_requisiti", "adi_scala_equivalenza", "adi_beneficio_annuo", "adi_spettante"),
)


def simulate(population: Population, period, variables=None, system=None) -> pd.DataFrame:
    """Compute variables of one entity for every household (or person) and month.

    ``period`` is a month (``"2025-03"``) or a year (``2025``: its twelve months), from 2024 to 2040;
    ``variables`` are :data:`RESULTS` unless said otherwise. The table has the columns ``id_nucleo`` (before
    it ``id_persona``, for people), ``peso``, ``mese`` and one for each variable: choices by name, dates as
    dates. Its rows are month by month, in the population's order; ``attrs["variabili_lette"]`` names the
    variables that were read in the first month. Raises :class:`RequestError`.
    """
    system = system or default_system()
    months = months_of(period)
    variables = list(dict.fromkeys(RESULTS if variables is None else variables))
    entity = _entity(system, variables)
    simulation = build_simulation(population, system, months)
    results, read = {name: [] for name in variables}, set()
    for month in months:
        simulation.trace = month == months[0]
        for name in variables:
            results[name].append(simulation.calculate(name, month))
        read |= variables_read(simulation)
        forget_month(simulation, month)
    keys = _keys(population, entity)
    table = pd.DataFrame(
        {
            **{name: np.tile(values, len(months)) for name, values in keys.items()},
            "mese": pd.Categorical.from_codes(
                np.repeat(np.arange(len(months)), len(keys["peso"])),
                [str(month) for month in months],
            ),
            **{name: _joined(arrays) for name, arrays in results.items()},
        }
    )
    table.attrs["variabili_lette"] = sorted(read)
    return table


def build_simulation(population: Population, system, months: list[Period]) -> Simulation:
    """Return a simulation of the population under ``system``, with its values up to the last of ``months``.

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
    # From the first month of the ADI: what concerns a month may depend on those before.
    known = pd.period_range(FIRST_MONTH, str(months[-1]), freq="M").astype(str)
    known = {month: read_period(month) for month in known}
    for group, columns in ((people, population.people), (households, population.households)):
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
            for month, period in months.items():
                if month == own_month or (not own_month and f"{variable}@{month}" not in columns):
                    holder.set_input(period, array)


def _fill_absent(group, columns, system, months) -> None:
    """Set the inputs the data lack to their default: one value seen from every item, at no cost of memory."""
    given = {name.partition("@")[0] for name in columns}
    for name, rule in system.get_variables(group.entity).items():
        if rule.formulas or rule.is_neutralized or name in given:
            continue
        default = np.broadcast_to(rule.default_array(1), group.count, subok=True)
        if rule.definition_period == DateUnit.ETERNITY:
            group.get_holder(name).put_in_cache(default, DateUnit.ETERNITY)
            continue
        for period in months.values():
            group.get_holder(name).put_in_cache(default, period)


def _first_adults(simulation, household_of, month) -> np.ndarray:
    """Per person: is this the first adult listed of the household, in the month?"""
    adult = simulation.tax_benefit_system.get_parameters_at_instant(month).adi.eta.maggiore_eta
    (adults,) = np.nonzero(simulation.calculate("eta", month) >= adult)
    _, first = np.unique(household_of[adults], return_index=True)
    chosen = np.zeros(len(household_of), bool)
    chosen[adults[first]] = True
    return chosen


def forget_month(simulation, month) -> None:
    """Drop what was computed in a month and will not be asked again; what never changes is kept."""
    for group in simulation.populations.values():
        forget_states_before(group, month)
        for holder in group._holders.values():
            if holder.variable.definition_period != DateUnit.ETERNITY:
                holder.delete_arrays(month)


def months_of(period) -> list[Period]:
    """Return the months of a month or year; raises :class:`RequestError` outside those that can be computed."""
    try:
        asked = read_period(period)
        is_valid = asked.unit in (DateUnit.MONTH, DateUnit.YEAR)
    except ValueError:
        is_valid = False
    if not is_valid:
        raise RequestError(f"«{period}» non è un mese (2025-03) né un anno (2025)")
    months = asked.get_subperiods(DateUnit.MONTH)
    if str(months[0]) < FIRST_MONTH or str(months[-1]) > LAST_MONTH:
        raise RequestError(f"«{period}» non sta tra {FIRST_MONTH}, il primo mese, e {LAST_MONTH}")
    return months


def _entity(system, variables: list[str]) -> str:
    """Return the entity of the variables: "persone" or "nuclei"."""
    for name in variables:
        if name not in system.variables:
            raise RequestError(f"variabile sconosciuta «{name}»{nearest(name, system.variables)}")
    by_entity = {}
    for name in variables:
        by_entity.setdefault(system.variables[name].entity.plural, []).append(name)
    if len(by_entity) != 1:
        found = "; ".join(f"{entity}: {', '.join(names)}" for entity, names in by_entity.items())
        raise RequestError(
            f"servono variabili di una sola entità alla volta ({found or 'nessuna'})"
        )
    return next(iter(by_entity))


def _keys(population: Population, entity: str) -> dict[str, np.ndarray]:
    if entity == HOUSEHOLDS:
        return {
            "id_nucleo": population.household_ids.to_numpy(zero_copy_only=False),
            "peso": population.weights,
        }
    household_of = population.household_of
    return {
        "id_persona": population.person_ids.to_numpy(zero_copy_only=False),
        "id_nucleo": population.household_ids.to_numpy(zero_copy_only=False)[household_of],
        "peso": population.weights[household_of],
    }


def _joined(arrays):
    """Join the results of the months: choices as a categorical, the others as an array."""
    joined = np.concatenate([np.asarray(array) for array in arrays])
    if isinstance(arrays[0], EnumArray):
        names = [item.name for item in arrays[0].possible_values]
        return pd.Categorical.from_codes(joined, names)
    return joined
