"""Uprating: the amounts of the data times an index, to the cent, and told in the account."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openfisca_adi.population import Population, simulate
from openfisca_adi.population.uprating import UpratingError, uprate

PEOPLE = pd.DataFrame(
    {"id_persona": [1, 2], "id_nucleo": [1, 2], "eta": [62, 70], "redditi_esenti": [100.0, 0.0]}
)
HOUSEHOLDS = pd.DataFrame(
    {
        "id_nucleo": [1, 2],
        "isee": [3_000.0, 100.01],
        "reddito_familiare": [2_400.0, 6_131.0],
        "canone_locazione_annuo@2025-05": [1_000.0, 0.0],
        "canone_locazione_annuo@2025-06": [2_000.0, 0.0],
    }
)
PRICES = {"indice": "prezzi", "dal": 2022, "al": 2024}  # 1.054 x 1.008 = 1.062432


@pytest.fixture(scope="module")
def population():
    return Population.from_tables(PEOPLE, HOUSEHOLDS)


def test_a_group_is_uprated_to_the_cent_in_every_table_and_stated(population):
    uprated = uprate(population, {"redditi": PRICES})
    assert uprated.households["reddito_familiare"].tolist() == [2_549.84, 6_513.77]
    assert uprated.households["isee"].tolist() == [3_187.3, 106.25]
    assert uprated.people["redditi_esenti"].tolist() == [106.24, 0]
    told = [note for note in uprated.assumptions if note not in population.assumptions]
    assert {(note.variable, note.entity, note.count) for note in told} == {
        ("reddito_familiare", "nuclei", 2),
        ("isee", "nuclei", 2),
        ("redditi_esenti", "persone", 2),
    }
    assert {note.assumed for note in told} == {
        "valori dei dati × 1,0624 (indice prezzi, dal 2022 al 2024)"
    }


def test_the_other_columns_and_the_population_given_are_left_alone(population):
    before = population.households["reddito_familiare"].copy()
    uprated = uprate(population, {"isee": PRICES})
    assert uprated.households["reddito_familiare"].tolist() == before.tolist()
    uprate(population, {"redditi": PRICES})
    assert population.households["reddito_familiare"].tolist() == before.tolist()
    assert population.people["redditi_esenti"].tolist() == [100, 0]


def test_a_column_is_uprated_in_each_of_its_months(population):
    rents = uprate(population, {"affitti": PRICES}).households
    assert rents["canone_locazione_annuo@2025-05"].tolist() == [1_062.43, 0]
    assert rents["canone_locazione_annuo@2025-06"].tolist() == [2_124.86, 0]


def test_uprated_incomes_change_what_the_law_gives(population):
    # The second household is over 67: 6,131 x 1.062432 = 6,513.77 of income; (8,190 - 6,513.77) / 12
    before = simulate(population, "2025-06", ["adi_spettante"])["adi_spettante"]
    after = simulate(uprate(population, {"redditi": PRICES}), "2025-06", ["adi_spettante"])
    assert before[1] == pytest.approx(171.58)
    assert after["adi_spettante"][1] == pytest.approx(139.69)


def test_the_rules_may_be_in_a_file_and_each_may_have_its_index(population, tmp_path):
    path = tmp_path / "aggiornamento.yaml"
    path.write_text(
        "reddito_familiare: {indice: retribuzioni, dal: 2022, al: 2023}\n"
        "isee: {indice: prezzi, dal: 2022, al: 2023}\n",
        encoding="utf-8",
    )
    uprated = uprate(population, path).households
    assert uprated["reddito_familiare"].tolist() == [2_474.4, 6_321.06]
    assert uprated["isee"].tolist() == [3_162, 105.41]


@settings(deadline=None)
@given(
    st.lists(st.floats(0, 1e7), min_size=2, max_size=2),
    st.integers(2019, 2024),
    st.integers(1, 6),
)
def test_one_step_after_another_is_the_whole_up_to_the_cents(amounts, first, length):
    last = min(first + length, 2025)
    households = HOUSEHOLDS.assign(reddito_familiare=np.round(amounts, 2))
    population = Population.from_tables(PEOPLE, households)
    whole = uprate(population, {"reddito_familiare": PRICES | {"dal": first, "al": last}})
    steps = population
    for year in range(first, last):
        steps = uprate(steps, {"reddito_familiare": PRICES | {"dal": year, "al": year + 1}})
    values = whole.households["reddito_familiare"]
    assert steps.households["reddito_familiare"] == pytest.approx(values, abs=0.05)
    assert np.round(values, 2) == pytest.approx(values, abs=1e-9)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"reditti": PRICES}, "reditti: non è una colonna né un gruppo; forse «redditi»"),
        ({"isee_redditi": PRICES}, "isee_redditi: non è una colonna né un gruppo"),
        ({"eta": PRICES}, "eta: non è un importo in euro"),
        ({"patrimoni": PRICES}, "patrimoni: i dati non hanno colonne da aggiornare"),
        ({"assegno_unico": PRICES}, "assegno_unico: i dati non hanno colonne"),
        ({"redditi": PRICES, "isee": PRICES}, "isee: già aggiornate da un'altra riga: isee"),
        ({"isee": PRICES | {"indice": "prezi"}}, "indice sconosciuto «prezi»; forse «prezzi»"),
        ({"isee": PRICES | {"indice": "xyz"}}, "indice sconosciuto «xyz»; ci sono: prezzi, "),
        ({"isee": PRICES | {"indice": ["prezzi"]}}, "indice sconosciuto"),
        ({"isee": PRICES | {"dal": 2018}}, "due anni tra 2019 e 2025, il primo minore: non 2018"),
        ({"isee": PRICES | {"al": 2026}}, "non 2022 e 2026"),
        ({"isee": PRICES | {"al": 2022}}, "il primo minore: non 2022 e 2022"),
        ({"isee": PRICES | {"al": "2024"}}, "due anni"),
        ({"isee": {"indice": "prezzi", "da": 2022, "al": 2024}}, "isee: servono indice, dal e al"),
        ({"isee": "prezzi"}, "isee: servono indice, dal e al"),
        ({}, "servono righe come"),
        (None, "servono righe come"),
        (["isee"], "servono righe come"),
    ],
)
def test_what_cannot_be_uprated_is_told(population, rules, message):
    with pytest.raises(UpratingError) as error:
        uprate(population, rules)
    assert message in str(error.value)


def test_all_that_is_wrong_is_told_together(population):
    with pytest.raises(UpratingError) as error:
        uprate(population, {"eta": PRICES, "reditti": PRICES, "isee": PRICES})
    assert len(error.value.problems) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"redditi: [a\nb: 3\n", "prova.yaml: non si può applicare\n- riga 2: "),
        (b"isee: {}\nisee: {}\n", "riga 2: «isee» è scritto due volte"),
        (b"isee: \xff", "il file non si legge"),
        (b"", "servono righe come"),
    ],
)
def test_a_file_that_is_not_an_uprating_is_told(population, tmp_path, text, message):
    path = tmp_path / "prova.yaml"
    path.write_bytes(text)
    with pytest.raises(UpratingError) as error:
        uprate(population, path)
    assert message in str(error.value)
