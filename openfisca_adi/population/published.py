"""The published figures on the households with ADI, and the same ones on a population."""

import numpy as np
import yaml

from openfisca_adi import PACKAGE
from openfisca_adi.population.results import months_of
from openfisca_adi.population.simulation import build_simulation

#: The groups that the source counts beside Italy and its areas, and the fact of a person that makes them.
CATEGORIES = {
    "Minori": "adi_minorenne",
    "Disabilità": "adi_con_disabilita",
    "60 anni e più": "adi_over_60",
    "Svantaggio": "adi_svantaggio_riconosciuto",
    "Carico di cura": "adi_carico_cura",
}


def published():
    """Return the content of ``aggregati.yaml``."""
    path = PACKAGE / "population" / "aggregati.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def measures(population, month, system, amount="adi_spettante"):
    """Return what the published figures count, household by household, in a month.

    Return the groups (name: who is in it, bool) and the measures: ``nuclei`` (1), ``persone`` and ``importo`` (euro a month),
    all 0 without the benefit ``amount``. The population has the column ``ripartizione``.
    """
    (period,) = months_of(month)
    simulation = build_simulation(population, system, [period])
    household = simulation.populations["nucleo"]
    paid = simulation.calculate(amount, period)
    people = household.sum(simulation.calculate("adi_nato", period))
    counted = simulation.calculate("adi_componente_in_scala", period)
    area = population.descriptive["ripartizione"]
    groups = {"Italia": np.ones(len(paid), dtype=bool)}
    groups |= {name: (area == name).to_numpy() for name in ("Nord", "Centro", "Mezzogiorno")}
    groups |= {
        name: household.any(counted & simulation.calculate(fact, period))
        for name, fact in CATEGORIES.items()
    }
    groups["Una persona"] = people == 1
    return groups, {"nuclei": paid > 0, "persone": people * (paid > 0), "importo": paid}
