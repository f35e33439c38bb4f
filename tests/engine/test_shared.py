"""What a reform cannot change is computed once: the results are those of computing everything."""

import numpy as np
import pandas as pd
import pytest
from openfisca_core.periods import DateUnit
from openfisca_core.reforms import Reform

from openfisca_adi import CountryTaxBenefitSystem
from openfisca_adi.comparison import compare
from openfisca_adi.comparison.outcomes import SIDES, Outcomes
from openfisca_adi.comparison.touched import changed, downstream
from openfisca_adi.entities import Nucleo
from openfisca_adi.population import Population, months_of
from openfisca_adi.population.demonstration import demonstration_population
from openfisca_adi.reform_names import find_reform, reform_files
from openfisca_adi.system import default_system
from openfisca_adi.variable import PresumedFact

LAW = default_system()


class maggiore_eta_21(Reform):
    """Changes who is the applicant, where the data do not say."""

    def apply(self):
        self.modify_parameters(change("adi.eta.maggiore_eta", 21))


class senza_minimo(Reform):
    def apply(self):
        self.neutralize_variable("adi_beneficio_minimo")


class senza_affitto(Reform):
    """Neutralises an input."""

    def apply(self):
        self.neutralize_variable("canone_locazione_annuo")


class reddito_familiare(PresumedFact):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Reddito familiare dimezzato"
    reference = ["Prova"]

    def formula(nucleo, period):
        return nucleo.sum(nucleo.members("adi_redditi_persona", period)) / 2


class reddito_dimezzato(Reform):
    """Replaces a fact that the data may give in part."""

    def apply(self):
        self.update_variable(reddito_familiare)


class scala_doppia(Reform):
    """Changes a parameter from the middle of the year on."""

    def apply(self):
        self.modify_parameters(change("adi.scala_equivalenza.svantaggio", 0.9, "2025-07-01"))


class tutto_uguale(Reform):
    def apply(self):
        pass


def change(path, value, start="2024-01-01"):
    def modify(parameters):
        node = parameters
        for name in path.split("."):
            node = getattr(node, name)
        node.update(start=start, value=value)
        return parameters

    return modify


REFORMS = [
    *(maggiore_eta_21, senza_minimo, senza_affitto, reddito_dimezzato, scala_doppia, tutto_uguale),
    *(find_reform(path) for path in [path for path, _ in reform_files()]),
]


@pytest.fixture(scope="module")
def tables():
    return [table.to_pandas() for table in demonstration_population(1_500, 3)]


@pytest.fixture(scope="module")
def population(tables):
    """Return a demonstration without roles, where some incomes are given and others computed."""
    people, households = tables
    income = pd.Series(np.where(np.arange(len(households)) % 3, None, 5000.0), dtype="Float64")
    households = households.assign(reddito_familiare=income)
    return Population.from_tables(people.drop(columns="ruolo"), households)


@pytest.mark.parametrize("reform", REFORMS, ids=lambda reform: reform.__name__)
@pytest.mark.parametrize("period", ["2025-06", "2026-02"])
def test_sharing_changes_no_result(population, reform, period):
    system = reform(LAW)
    shared, apart = (
        compare(population, period, LAW, system, share=share).flat_tables()
        for share in (True, False)
    )
    for name, table in shared.items():
        pd.testing.assert_frame_equal(table, apart[name], check_exact=True)


@pytest.mark.parametrize("reform", [scala_doppia, senza_minimo], ids=lambda r: r.__name__)
def test_sharing_changes_no_result_of_a_year(population, reform):
    system = reform(LAW)
    shared, apart = (
        compare(population, "2025", LAW, system, share=share).flat_tables()["gruppi"]
        for share in (True, False)
    )
    pd.testing.assert_frame_equal(shared, apart, check_exact=True)


def reuse(population, law, reform):
    """Return the computed variables that the simulation of a reform has from that of the law."""
    outcomes = Outcomes(population, law, reform, months_of("2025-06"), "reddito_familiare")
    monthly = next(iter(outcomes))
    assert set(monthly) == set(SIDES)
    before, after = outcomes.simulations.values()
    month = months_of("2025-06")[0]
    return {
        name
        for key, group in before.populations.items()
        for name, holder in group._holders.items()
        if holder.variable.formulas
        and name not in (population.people | population.households)
        and holder.get_array(month) is not None
        and holder.get_array(month) is after.populations[key].get_holder(name).get_array(month)
    }


def test_only_what_follows_from_the_change_is_computed_again(population):
    shared = reuse(population, LAW, senza_minimo(LAW))
    assert {"isee", "adi_requisiti", "adi_scala_equivalenza"} <= shared
    assert not {"adi_beneficio_annuo", "adi_spettante"} & shared
    assert "adi_spettante" in reuse(population, LAW, tutto_uguale(LAW))


def test_nothing_is_shared_when_the_applicants_differ(population):
    assert reuse(population, LAW, maggiore_eta_21(LAW)) == set()


def test_nothing_computed_is_shared_between_laws_loaded_apart(population):
    assert not reuse(population, LAW, CountryTaxBenefitSystem())


def test_what_is_changed():
    assert changed(LAW, tutto_uguale(LAW)) == set()
    assert changed(LAW, senza_minimo(LAW)) == {"adi_beneficio_minimo"}
    scale = "adi.scala_equivalenza.svantaggio"
    assert changed(LAW, scala_doppia(LAW)) == {"adi", "adi.scala_equivalenza", scale}


def test_what_is_downstream():
    reads = {"a": {"b", "p.q"}, "b": {"c"}, "d": {"a"}, "e": {"c"}}
    assert downstream({"c"}, reads) == {"a", "b", "c", "d", "e"}
    assert downstream({"p.q"}, reads) == {"p.q", "a", "d"}
    assert downstream({"x"}, reads) == {"x"}
