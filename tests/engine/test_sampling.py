"""Standard errors: of what is known in closed form, and from what the data tell."""

import numpy as np
import pandas as pd
import pytest

from openfisca_adi.comparison import compare
from openfisca_adi.comparison.sampling import NONE, all_weights, bootstrap, spread
from openfisca_adi.population import Population, RequestError
from openfisca_adi.population.demonstration import demonstration_population
from openfisca_adi.reform_names import find_reform
from openfisca_adi.system import default_system

LAW = default_system()
FROZEN = find_reform("soglie_2024_congelate")(LAW)
WEIGHTS = [10.0, 20.0, 30.0, 40.0]


def population(**columns):
    people = pd.DataFrame({"id_persona": range(4), "id_nucleo": range(4), "eta": [62, 40, 70, 65]})
    households = pd.DataFrame({"id_nucleo": range(4), "peso": WEIGHTS, "reddito_familiare": 0.0})
    return Population.from_tables(people, households.assign(isee=0.0, **columns))


def test_the_bootstrap_has_the_variance_of_a_stratified_total():
    """The variance of a total is the sum over strata of n / (n - 1) times the squared distances from the mean."""
    values = np.array([3.0, 5.0, 10.0, 1.0, 4.0, 4.0, 9.0])
    strata = np.array([0, 0, 0, 1, 1, 1, 1])
    counts = bootstrap(np.arange(7), strata, draws=20_000)
    assert counts.mean(axis=0) == pytest.approx(np.ones(7), abs=0.03)
    variance = sum(
        n / (n - 1) * ((y - y.mean()) ** 2).sum() for n, y in ((3, values[:3]), (4, values[3:]))
    )
    assert (counts @ values).var() == pytest.approx(variance, rel=0.05)


def test_units_are_drawn_whole_and_strata_keep_their_size():
    units = np.array([0, 0, 1, 2, 2, 3])
    counts = bootstrap(units, np.array([1, 0, 1, 0]), draws=50)
    assert (counts[:, 0] == counts[:, 1]).all() and (counts[:, 3] == counts[:, 4]).all()
    assert (counts[:, 0] + counts[:, 3] == 2).all()  # the two units of the stratum 1
    assert set(counts.ravel()) == {0, 2}


def test_strata_of_one_unit_are_put_together():
    counts = bootstrap(np.arange(4), np.array([0, 1, 2, 2]), draws=50)
    assert (counts[:, :2].sum(axis=1) == 2).all()
    assert counts[:, 0].std() > 0
    assert bootstrap(np.arange(3), np.array([0, 1, 1]), draws=50)[:, 0].std() > 0


def test_without_a_design_there_are_no_errors():
    weights, words = all_weights(population())
    assert weights.tolist() == [WEIGHTS]
    assert words == NONE
    comparison = compare(population(), "2025-06", LAW, FROZEN)
    assert comparison.errors == {}
    assert "l'incertezza campionaria non si può calcolare" in " ".join(comparison.to_text().split())


def test_replicate_weights_are_read_in_order():
    sets = {f"peso_replica_{n}": [n, 0, 0, 0] for n in (10, 9, 1)}
    weights, words = all_weights(population(**sets))
    assert weights[:, 0].tolist() == [10, 1, 9, 10]
    assert words == "3 pesi replicati dei dati"


def test_the_errors_are_those_of_the_replicates():
    sets = {"peso_replica_1": [20.0, 20, 30, 40], "peso_replica_2": [10.0, 20, 30, 20]}
    comparison = compare(population(**sets), "2025-06", LAW, FROZEN)
    errors = comparison.errors["sintesi"]
    assert comparison.headline.loc["nuclei", "legge"] == 80
    assert errors.loc["nuclei", "legge"] == pytest.approx(np.sqrt((10**2 + 20**2) / 2))
    assert errors.loc["nuclei", "differenza"] == 0
    table = comparison.flat_tables()["sintesi"]
    assert {"legge", "errore_legge"} <= set(table.columns)
    assert "errore standard" in comparison.to_text()
    assert comparison.errors.keys() == comparison.tables().keys()


@pytest.mark.parametrize("column", ["strato", "unita_primaria"])
def test_strata_or_units_alone_are_enough(column):
    weights, words = all_weights(population(**{column: ["a", "a", "b", "b"]}))
    assert len(weights) == 201
    assert words == f"bootstrap riscalato di 200 repliche ({column})"
    assert all_weights(population(unita_primaria="a"))[1] == NONE


@pytest.mark.parametrize("wrong", [None, -1.0, "x"])
def test_a_wrong_replicate_weight_is_told(wrong):
    data = population(peso_replica_1=[1, 1, wrong, 1])
    with pytest.raises(RequestError, match="nuclei, riga 3, colonna peso_replica_1"):
        compare(data, "2025-06", LAW, FROZEN)


def test_larger_samples_have_smaller_errors():
    errors = []
    for size in (400, 6400):
        people, households = (t.to_pandas() for t in demonstration_population(size, 1))
        data = Population.from_tables(people, households.assign(strato=households["regione"]))
        comparison = compare(data, "2025-06", LAW, FROZEN)
        errors.append(comparison.errors["disuguaglianza"].loc["gini", "legge"])
    assert errors[0] > 2 * errors[1] > 0


def test_the_spread_is_the_root_of_the_mean_square():
    assert spread(np.array([[1.0]])) is None
    assert spread(np.array([[1.0], [4.0], [1.0]])).tolist() == [np.sqrt(4.5)]
