"""The results of a population as a table: a row for each household (or person) and month."""

import numpy as np
import pandas as pd
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.periods import DateUnit, Period
from openfisca_core.periods import period as read_period

from openfisca_adi.population.errors import RequestError, nearest
from openfisca_adi.population.months import Months
from openfisca_adi.population.population import Population
from openfisca_adi.population.schema import HOUSEHOLDS
from openfisca_adi.population.tables import FIRST_MONTH, LAST_MONTH
from openfisca_adi.system import default_system

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
    entity = entity_of(system, variables)
    computation = Months(system, variables, months)
    results = computation.results(population)
    keys = keys_of(population, entity)
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
    table.attrs["variabili_lette"] = sorted(computation.variables_read)
    return table


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


def entity_of(system, variables: list[str]) -> str:
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


def keys_of(population: Population, entity: str) -> dict[str, np.ndarray]:
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
