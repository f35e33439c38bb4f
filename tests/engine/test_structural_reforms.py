"""The reforms with numbers and rules of their own: what they may never do, on the demonstration population."""

import numpy as np
import pytest

from openfisca_adi.population import Population, simulate
from openfisca_adi.population.demonstration import demonstration_population
from openfisca_adi.reform_names import find_reform, reform_files
from openfisca_adi.reform_tools import overlay
from openfisca_adi.system import CountryTaxBenefitSystem, default_system

LAW = default_system()
NEVER_LESS = [
    (None, "affitto_per_scala"),
    (None, "scala_piena"),
    ("reddito_di_cittadinanza", "residenza_rdc_cinque_anni"),
    ("rdc_limite_complessivo", "reddito_di_cittadinanza"),
]


@pytest.fixture(scope="module")
def amount():
    population = Population.from_tables(*demonstration_population(3_000, 5), allow_unknown=True)

    def amount(reform):
        system = find_reform(reform)(LAW) if reform else LAW
        return simulate(population, "2025-06", ["adi_spettante"], system)["adi_spettante"]

    return amount


@pytest.mark.parametrize(("one", "other"), NEVER_LESS)
def test_a_reform_that_only_gives_more(amount, one, other):
    less, more = amount(one), amount(other)
    assert np.all(less <= more)
    assert np.any(less < more)


def test_helpers_are_not_reforms():
    names = [path.rpartition(".")[2] for path, _ in reform_files()]
    assert {"reddito_di_cittadinanza", "residenza_rdc_cinque_anni", "scala_piena"} <= set(names)
    assert [name for name in names if name.startswith("_")] == []
    assert all(find_reform(name).name for name in names)


def test_an_overlay_replaces_and_adds_the_parameters_of_its_folder_alone(tmp_path):
    (tmp_path / "adi" / "importo").mkdir(parents=True)
    leaf = "values: {2024-01-01: {value: 1}}\n"
    for name in ("minimo_annuo", "nuovo"):
        (tmp_path / "adi" / "importo" / f"{name}.yaml").write_text(leaf, "utf-8")
    system = CountryTaxBenefitSystem()
    before = system.get_parameters_at_instant("2025-06-01").adi.importo.tetto_locazione
    importo = overlay(system.parameters, tmp_path).adi.importo
    assert importo.minimo_annuo("2025-06-01") == importo.nuovo("2025-06-01") == 1
    assert importo.tetto_locazione("2025-06-01") == before


def test_the_law_keeps_its_own_numbers_beside_a_reform():
    find_reform("reddito_di_cittadinanza")(LAW)
    assert LAW.parameters.adi.importo.minimo_annuo.metadata["reference"].keys() == {"2024-01-01"}
