"""A reform against the law: on a handful of households worked by hand, and on the demonstration."""

import json

import numpy as np
import pandas as pd
import pytest

from openfisca_adi.comparison import REQUIREMENTS, compare
from openfisca_adi.population import Population, simulate
from openfisca_adi.population.demonstration import demonstration_population
from openfisca_adi.reform_names import find_reform
from openfisca_adi.system import default_system
from openfisca_adi.text import number, table

LAW = default_system()
FROZEN = find_reform("soglie_2024_congelate")(LAW)
FOR_ALL = find_reform("senza_requisito_categoriale")(LAW)

# In June 2025, under the law: 541.67 to a single person of 60, with no income; 0 to an adult of 40. The
# couple of 62 and 30 with a child born in August has a scale of 1.40: 758.33. The fourth household
# has an income of 6,200: between the ceilings of 2024 and those of 2025; the fifth lacks two requirements.
PEOPLE = pd.DataFrame(
    [
        ("a", "a1", "1965-06-01"),
        ("b", "b1", "1985-01-01"),
        ("c", "c1", "1963-01-01"),
        ("c", "c2", "1995-01-01"),
        ("c", "c3", "2025-08-15"),
        ("d", "d1", "1960-01-01"),
        ("e", "e1", "1985-01-01"),
    ],
    columns=["id_nucleo", "id_persona", "data_nascita"],
)
HOUSEHOLDS = pd.DataFrame(
    {
        "id_nucleo": list("abcde"),
        "peso": [10.0, 20.0, 30.0, 40.0, 50.0],
        "isee": [0.0, 0.0, 0.0, 0.0, 20_000.0],
        "reddito_familiare": [0.0, 0.0, 0.0, 6_200.0, 0.0],
        "patrimonio_mobiliare": 0.0,
        "regione": ["Lazio", "Lazio", "Sicilia", None, "Sicilia"],
    }
)


@pytest.fixture(scope="module")
def population():
    return Population.from_tables(PEOPLE, HOUSEHOLDS, allow_unknown=True)


@pytest.fixture(scope="module")
def frozen(population):
    return compare(population, "2025-06", LAW, FROZEN)


@pytest.fixture(scope="module")
def demonstration():
    return Population.from_tables(*demonstration_population(2_000, 5), allow_unknown=True)


def test_headline_of_a_month(frozen):
    law = frozen.headline["legge"]
    amount = 10 * 541.67 + 30 * 758.33 + 40 * 40
    assert law["nuclei"] == 10 + 30 + 40
    assert law["persone"] == 10 + 30 * 2 + 40  # the child is not born yet
    assert law["costo_annuo"] == pytest.approx(amount * 12)
    assert law["importo_medio"] == pytest.approx(amount / 80)
    reform = 10 * 500 + 30 * 700
    assert frozen.headline.loc["costo_annuo", "riforma"] == pytest.approx(reform * 12)
    assert frozen.headline.loc["costo_annuo", "differenza"] == pytest.approx((reform - amount) * 12)


def test_headline_of_a_year_sums_the_months(population):
    year = compare(population, "2025", LAW, FROZEN).headline["legge"]
    months = [compare(population, f"2025-{m:02}", LAW, FROZEN).headline["legge"] for m in (1, 6, 9)]
    before, june, after = months  # a turns 60 in June; the child is counted from September
    mean = (5 * before + 3 * june + 4 * after) / 12
    assert year["costo_annuo"] == pytest.approx(mean["costo_annuo"])
    assert year["nuclei"] == pytest.approx(mean["nuclei"])
    assert year["persone"] == pytest.approx(mean["persone"])
    assert year["importo_medio"] == pytest.approx(year["costo_annuo"] / year["nuclei"] / 12)


def test_winners_and_losers(frozen, population):
    changes = frozen.changes
    assert changes.loc["guadagnano", ["nuclei", "persone"]].tolist() == [0, 0]
    assert np.isnan(changes.loc["guadagnano", "variazione_mensile"])
    assert changes.loc["perdono", ["nuclei", "persone"]].tolist() == [80, 110]
    loss = 10 * -41.67 + 30 * -58.33 + 40 * -40
    assert changes.loc["perdono", "variazione_mensile"] == pytest.approx(loss / 80)
    assert changes.loc["perdono_il_diritto"].tolist() == [40, 40, -40]
    assert changes.loc["invariati", ["nuclei", "persone"]].tolist() == [70, 70]
    assert changes.loc["invariati_con_diritto", "nuclei"] == 0

    changes = compare(population, "2025-06", LAW, FOR_ALL).changes
    assert changes.loc["guadagnano_da_esclusi"].tolist() == pytest.approx([20, 20, 541.67])
    assert changes.loc["invariati_con_diritto", "nuclei"] == 80


def test_breakdown_by_category_size_and_area(frozen, population):
    law = frozen.breakdown["legge"]["nuclei"]
    assert law["categoria"].to_dict() == {
        "Minori": 0,
        "60 anni e più": 80,
        "Disabilità": 0,
        "Svantaggio": 0,
        "Nessuna di queste": 0,
    }
    assert law["componenti"].to_dict() == {"1": 50, "2": 30, "3": 0, "4": 0, "5 e più": 0}
    assert law["regione"].to_dict() == {"Lazio": 10, "Sicilia": 30, "non indicata": 40}
    assert "ripartizione" not in law

    later = compare(population, "2025-09", LAW, FOR_ALL).breakdown
    assert later["legge"]["nuclei"]["categoria"]["Minori"] == 30
    assert later["legge"]["nuclei"]["componenti"]["3"] == 30
    assert later["riforma"]["nuclei"]["categoria"]["Nessuna di queste"] == 20
    assert later["differenza"]["nuclei"]["componenti"]["1"] == 20


def test_households_that_requirements_exclude(frozen, population):
    law, reform = frozen.requirements["legge"], frozen.requirements["riforma"]
    assert law.loc["categoriale"].to_dict() == {"in_tutto": 70, "da_solo": 20, "per_primo": 70}
    assert law.loc["isee"].to_dict() == {"in_tutto": 50, "da_solo": 0, "per_primo": 0}
    assert law.loc["reddito"].to_dict() == {"in_tutto": 0, "da_solo": 0, "per_primo": 0}
    assert law.loc["almeno uno"].to_dict() == {"in_tutto": 70, "da_solo": 20, "per_primo": 70}
    assert reform.loc["reddito"].to_dict() == {"in_tutto": 40, "da_solo": 40, "per_primo": 40}

    without = compare(population, "2025-06", LAW, FOR_ALL).requirements["riforma"]
    assert without.loc["categoriale", "in_tutto"] == 0
    assert without.loc["isee"].to_dict() == {"in_tutto": 50, "da_solo": 50, "per_primo": 50}


def test_the_comparison_agrees_with_the_simulation(demonstration):
    comparison = compare(demonstration, "2025", LAW, FOR_ALL)
    for system, side in ((LAW, "legge"), (FOR_ALL, "riforma")):
        results = simulate(demonstration, "2025", None, system)
        weights, amounts = results["peso"], results["adi_spettante"]
        headline, requirements = comparison.headline[side], comparison.requirements[side]
        assert headline["costo_annuo"] == pytest.approx(weights @ amounts)
        assert headline["nuclei"] == pytest.approx(weights @ (amounts > 0) / 12)
        failed = ~results[list(REQUIREMENTS)]
        excluded = [weights @ failed[name] / 12 for name in REQUIREMENTS]
        assert requirements["in_tutto"].tolist()[:-1] == pytest.approx(excluded)
        alone = failed[failed.sum(axis=1) == 1]
        alone = [weights[alone.index] @ alone[name] / 12 for name in REQUIREMENTS]
        assert requirements["da_solo"].tolist()[:-1] == pytest.approx(alone)
        assert requirements["per_primo"].tolist()[:-1] == pytest.approx(
            weights @ (failed & (failed.cumsum(axis=1) == 1)) / 12
        )


def test_parts_add_up_to_the_whole(demonstration):
    comparison = compare(demonstration, "2025-06", LAW, FROZEN)
    for side in ("legge", "riforma"):
        groups, total = comparison.breakdown[side], comparison.headline[side]
        for group in ("componenti", "ripartizione", "regione"):
            for measure in ("nuclei", "persone", "costo_annuo"):
                assert groups.loc[group, measure].sum() == pytest.approx(total[measure])
        requirements = comparison.requirements[side]
        everyone = comparison.population["nuclei_pesati"]
        assert requirements["per_primo"].iloc[:-1].sum() == pytest.approx(
            everyone - total["nuclei"]
        )
    kinds = comparison.changes.loc[["guadagnano", "perdono", "invariati"]]
    assert kinds["nuclei"].sum() == pytest.approx(comparison.population["nuclei_pesati"])
    assert kinds["persone"].sum() == pytest.approx(comparison.population["persone_pesate"])


def test_nothing_changes_under_the_same_law(demonstration):
    comparison = compare(demonstration, "2025-06", LAW, LAW)
    assert (comparison.headline["differenza"] == 0).all()
    assert comparison.changes.loc[["guadagnano", "perdono"], "nuclei"].tolist() == [0, 0]


def test_the_text_says_what_is_compared_and_what_is_assumed(frozen):
    text = frozen.to_text()
    assert "Riforma     Soglie del 2024 congelate" in text
    assert "Periodo     giugno 2025" in text
    assert "5 nuclei e 7 persone; con i pesi, 150 nuclei e 180 persone" in text
    assert "valore_imu_abitazione" in text[: text.index("Chi riceve")]
    assert "adi_data_avvio_cpi" not in text  # no requirement reads it
    assert "Costo annuo, euro (il mese per 12)" in text
    assert "patrimonio mobiliare" in text
    assert max(map(len, text.splitlines())) <= 100


def test_a_missing_income_is_an_alarm():
    households = HOUSEHOLDS.drop(columns=["isee", "regione"])
    population = Population.from_tables(PEOPLE, households)
    text = compare(population, "2025-06", LAW, FROZEN).to_text()
    assert "ATTENZIONE: isee manca per 5 nuclei" in " ".join(text.split())


def test_the_text_of_the_demonstration_fits_a_terminal(demonstration):
    text = compare(demonstration, "2025", LAW, FOR_ALL).to_text()
    assert "anno 2025 (media dei mesi)" in text
    assert "Costo annuo, euro (somma dei mesi)" in text
    assert "Per regione" in text
    assert max(map(len, text.splitlines())) <= 100


def test_the_dictionary_is_json(frozen):
    data = json.loads(json.dumps(frozen.to_dict(), allow_nan=False))
    assert data["riforma"] == "Soglie del 2024 congelate"
    assert data["popolazione"]["nuclei_pesati"] == 150
    assert data["sintesi"][0] == {"voce": "nuclei", "legge": 80, "riforma": 40, "differenza": -40}
    assert data["variazioni"][0]["variazione_mensile"] is None
    assert {"gruppo", "voce", "nuclei_legge", "costo_annuo_differenza"} <= data["gruppi"][0].keys()
    assert data["requisiti"][0]["da_solo_legge"] == 20
    assert ["valore_imu_abitazione", "nuclei", 5, "0"] in data["ipotesi"]


@pytest.mark.parametrize(
    ("value", "decimals", "sign", "text"),
    [
        (1234567.891, 2, False, "1.234.567,89"),
        (-0.001, 2, True, "0,00"),
        (12, 0, True, "+12"),
        (-1234, 0, True, "-1.234"),
        (float("nan"), 2, True, "–"),
        (None, 0, False, "–"),
    ],
)
def test_numbers_are_written_as_in_italy(value, decimals, sign, text):
    assert number(value, decimals, sign) == text


def test_a_table_shortens_long_words():
    lines = table(["", "Nuclei"], [["parola " * 30, "1"], ["  di cui", "1.000"]])
    assert {len(line) for line in lines[1:2]} == {100}
    assert lines[2].startswith("parola parola") and "…" in lines[2]
    assert lines[3].startswith("  di cui") and lines[3].endswith("1.000")
