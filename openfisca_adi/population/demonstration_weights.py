"""The weights of the demonstration population, calibrated to the margins of Italy and to the published ADI."""

import numpy as np

from openfisca_adi.population.calibration import calibrate
from openfisca_adi.population.population import Population
from openfisca_adi.population.published import measures, published
from openfisca_adi.system import default_system


def are_calibrated(households: int) -> bool:
    """Tell whether a demonstration population of so many households is large enough to be calibrated."""
    return households >= published()["calibrazione"]["da_nuclei"]


def calibrated_weights(people, households, draft, margins) -> np.ndarray:
    """Return the weights of the households that meet ``aggregati.yaml`` under the law of its month.

    ``people`` and ``households`` are the tables drawn, ``draft`` what they were drawn from. Raises a
    :class:`CalibrationError` if the sample is too small or too odd.
    """
    figures = published()
    calibration = figures["calibrazione"]
    population = Population.from_tables(people, households, allow_unknown=True)
    groups, counts = measures(population, calibration["mese"], default_system())
    size, region = draft.households["_componenti"], draft.households["regione"]
    tenant = draft.households["canone_locazione_annuo"] > 0

    columns, totals = {}, {}
    _add_margins(columns, totals, (size, region, tenant), figures["popolazione"], margins)
    asked = figures["nuclei_con_adi"][calibration["mese"]]
    for group in calibration["gruppi"]:
        for measure, value in asked[group].items():
            name = f"{group}, {measure}"
            columns[name] = groups[group] * counts[measure]
            totals[name] = value * (asked[group]["nuclei"] if measure == "importo" else 1)

    # Households without ADI that no total tells apart have one ratio: calibrated together, they cost little.
    alike = np.ravel_multi_index(
        (region, size, tenant), (len(margins["regioni"]), size.max() + 1, 2)
    )
    alike = np.where(counts["nuclei"], alike.max() + 1 + np.arange(len(size)), alike)
    _, first, unit = np.unique(alike, return_index=True, return_inverse=True)
    weights = np.bincount(unit, population.weights)
    columns = {name: column[first] for name, column in columns.items()}
    ratio = calibrate(weights, columns, totals, calibration["rapporti"]) / weights
    return population.weights * ratio[unit]


def _add_margins(columns, totals, facts, figures, margins):
    """Add the households of each region, those of some sizes, the tenants, the people."""
    size, region, tenant = facts
    households = margins["nuclei_in_italia"]
    everyone = sum(row["nuclei"] for row in margins["regioni"].values())
    for code, (name, row) in enumerate(margins["regioni"].items()):
        columns[name] = region == code
        totals[name] = households * row["nuclei"] / everyone
    for members, share in figures["componenti"].items():
        name = f"nuclei di {members} persone"
        columns[name], totals[name] = size == members, households * share / 100
    columns["nuclei in affitto"], totals["nuclei in affitto"] = (
        tenant,
        households * figures["affitto"] / 100,
    )
    columns["persone"], totals["persone"] = size, figures["persone"]
