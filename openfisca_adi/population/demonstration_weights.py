"""The weights of the demonstration population, calibrated to the margins of Italy and to the published ADI.

A constraint is a column, one number for each household, and its weighted total.
"""

import numpy as np

from openfisca_adi.population.calibration import calibrate
from openfisca_adi.population.population import Population
from openfisca_adi.population.published import measures, published
from openfisca_adi.system import default_system

CHUNK = 100_000  # households simulated together


def calibrated_from() -> int:
    """Return how many households a demonstration population needs for its weights to be calibrated."""
    return published()["calibrazione"]["da_nuclei"]


def calibrated_weights(people, households, draft, margins) -> np.ndarray:
    """Return the weights of the households that meet ``aggregati.yaml`` under the law of its month.

    ``people`` and ``households`` are the tables drawn, ``draft`` what they were drawn from, with its weights.
    Raises a :class:`CalibrationError` if the sample is too small or too odd.
    """
    figures = published()
    calibration = figures["calibrazione"]
    size, region = draft.households["_componenti"], draft.households["regione"]
    tenant = draft.households["canone_locazione_annuo"] > 0
    groups, counts = _measures(people, households, draft.home, calibration["mese"])
    constraints = _of_population(size, region, tenant, figures["popolazione"], margins)
    asked = figures["nuclei_con_adi"][calibration["mese"]]
    constraints |= _of_adi(groups, counts, {name: asked[name] for name in calibration["gruppi"]})

    # Households without ADI that no total tells apart have one ratio: calibrated together, they cost little.
    shape = (len(margins["regioni"]), size.max() + 1, 2)
    alike = np.ravel_multi_index((region, size, tenant.astype(int)), shape)
    alike = np.where(counts["nuclei"], alike.max() + 1 + np.arange(draft.size), alike)
    _, first, unit = np.unique(alike, return_index=True, return_inverse=True)
    weights = np.bincount(unit, draft.households["peso"])
    columns = {name: column[first] for name, (column, _) in constraints.items()}
    totals = {name: total for name, (_, total) in constraints.items()}
    ratios = calibrate(weights, columns, totals, calibration["rapporti"]) / weights
    return draft.households["peso"] * ratios[unit]


def _measures(people, households, home, month):
    """Return the groups and the measures of all the households, simulated by chunks."""
    pieces = []
    for start in range(0, len(households), CHUNK):
        first, last = np.searchsorted(home, [start, start + CHUNK])
        tables = people.slice(first, last - first), households.slice(start, CHUNK)
        population = Population.from_tables(*tables, allow_unknown=True)
        pieces.append(measures(population, month, default_system()))
    return (
        {name: np.concatenate([piece[name] for piece in part]) for name in part[0]}
        for part in zip(*pieces, strict=True)
    )


def _of_population(size, region, tenant, figures, margins):
    """Return the constraints on all households: by region, by size, in rent; and on the people."""
    households = margins["nuclei_in_italia"]
    shares = {name: row["nuclei"] for name, row in margins["regioni"].items()}
    constraints = {
        name: (region == code, households * share / sum(shares.values()))
        for code, (name, share) in enumerate(shares.items())
    }
    constraints |= {
        f"nuclei di {members} persone": (size == members, households * share / 100)
        for members, share in figures["componenti"].items()
    }
    constraints["nuclei in affitto"] = tenant, households * figures["affitto"] / 100
    constraints["persone"] = size, figures["persone"]
    return constraints


def _of_adi(groups, counts, asked):
    """Return the constraints on the households with ADI; a mean amount is asked as a total."""
    return {
        f"{group}, {measure}": (
            groups[group] * counts[measure],
            value * figures["nuclei"] if measure == "importo" else value,
        )
        for group, figures in asked.items()
        for measure, value in figures.items()
    }
