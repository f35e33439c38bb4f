"""Mapping files: a survey becomes a population, and what is wrong in the mapping is told plainly."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from openfisca_adi.population import Population, PopulationError, simulate
from openfisca_adi.population.mapping import read_mapped

SYNTHOUSE = Path(__file__).parents[2] / "docs" / "mappe" / "synthouse.yaml"

SURVEY = {
    "pid": ["b1", "a1", "b2", "b3"],
    "hid": ["b", "a", "b", "b"],
    "age": [40.0, 71.0, None, 3.0],
    "status": ["W", "R", "NO", None],
    "code": [1.0, 2.0, float("nan"), 1.0],
    "income": [100.5, 300.0, 50.0, None],
    "weight": [2.0, 3.0, 2.0, 2.0],
}

MAPPING = """\
persone:
  id_persona: pid
  id_nucleo: hid
  colonne:
    eta: {rinomina: age, mancanti: 9}
nuclei:
  peso: weight
  colonne: {}
"""


def write(folder, mapping, survey=SURVEY):
    """Write a survey of one file and its mapping; return their paths."""
    data, path = folder / "survey.parquet", folder / "mappa.yaml"
    parquet.write_table(pa.table(survey), data)
    path.write_text(mapping, encoding="utf-8")
    return data, path


def people_column(folder, rule):
    """Return what a rule makes of the survey, person by person."""
    mapping = MAPPING.replace("    eta:", f"    prova: {rule}\n    eta:")
    return read_mapped(*write(folder, mapping))[0]["prova"].to_pylist()


def household_column(folder, rule):
    """Return what a rule makes of the survey, household by household in order of appearance (b, a)."""
    mapping = MAPPING.replace("colonne: {}", f"colonne:\n    prova: {rule}")
    return read_mapped(*write(folder, mapping))[1]["prova"].to_pylist()


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("{rinomina: age}", [40, 71, None, 3]),
        ("{rinomina: age, mancanti: 0}", [40, 71, 0, 3]),
        (
            "{ricodifica: status, valori: {W: true, R: false, NO: false}}",
            [True, False, False, None],
        ),
        ("{ricodifica: status, valori: {W: true}, altro: false}", [True, False, False, None]),
        (
            "{ricodifica: status, valori: {W: grave}, altro: vuoto, mancanti: media}",
            "grave - - media",
        ),
        ("{ricodifica: code, valori: {1: 10, 2: 20}, mancanti: 0}", [10, 20, 0, 10]),
        ("{calcola: income * 12 / 10}", [120.6, 360, 60, None]),
        ('{calcola: "where(age > 18, income, 0)", mancanti: -1}', [100.5, 300, -1, -1]),
        ('{calcola: "(age >= 18) & (code == 1)"}', [True, False, None, False]),
        ("{calcola: income > 99, mancanti: false}", [True, True, False, False]),
        ("{calcola: 2 + 2}", [4, 4, 4, 4]),
        ("{valore: true}", [True] * 4),
        ("{valore: 2020-01-31}", None),
    ],
)
def test_rules_for_people(tmp_path, rule, expected):
    found = people_column(tmp_path, rule)
    if isinstance(expected, str):
        expected = [None if word == "-" else word for word in expected.split()]
    if expected is None:
        assert [str(day) for day in found] == ["2020-01-31"] * 4
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("{rinomina: weight}", [2, 3]),
        ("{rinomina: income, aggrega: primo}", [100.5, 300]),
        ("{rinomina: income, aggrega: somma}", [None, 300]),
        ("{rinomina: income, mancanti: 0, aggrega: somma}", [150.5, 300]),
        ("{rinomina: income, mancanti: 0, aggrega: massimo}", [100.5, 300]),
        ("{calcola: eta < 18, aggrega: somma}", [2, 0]),
        ("{calcola: eta > 50, aggrega: massimo}", [False, True]),
    ],
)
def test_rules_for_households_made_of_people(tmp_path, rule, expected):
    assert household_column(tmp_path, rule) == expected


def test_a_calculation_may_use_the_columns_written_above_it(tmp_path):
    mapping = MAPPING.replace(
        "    eta:",
        "    occupato: {ricodifica: status, valori: {W: true}, altro: false, mancanti: false}\n"
        '    invalidita_percentuale: {calcola: "where(occupato, 10, 46)"}\n    eta:',
    )
    people, households, _ = read_mapped(*write(tmp_path, mapping))
    assert people["invalidita_percentuale"].to_pylist() == [10, 46, 46, 46]
    assert households.to_pydict() == {"id_nucleo": ["b", "a"], "peso": [2, 3]}


def test_assumptions_of_the_analyst_join_the_others(tmp_path):
    mapping = MAPPING.replace("colonne: {}", "colonne: {isee: {valore: 5000, ipotesi: una prova}}")
    data, path = write(tmp_path, mapping)
    read = Population.read(data, mapping=path)
    assert read.assumptions[0] == ("isee", "nuclei", 2, "una prova")
    assert read.weights.tolist() == [2, 3]
    assert read.people["eta"].tolist() == [40, 9, 3, 71]


def test_two_files_of_a_folder(tmp_path):
    people = {name: SURVEY[name] for name in ("pid", "hid", "age")}
    pd.DataFrame(people).to_csv(tmp_path / "individui.csv", index=False)
    homes = pd.DataFrame({"id": ["a", "b"], "rent": [100, 0], "w": [3.0, 2.0]})
    homes.to_csv(tmp_path / "famiglie.csv", index=False)
    mapping = tmp_path / "mappa.yaml"
    mapping.write_text(
        MAPPING.replace("  id_persona", "  file: individui.csv\n  id_persona")
        .replace("  peso: weight", "  file: famiglie.csv\n  id_nucleo: id\n  peso: w")
        .replace("colonne: {}", "colonne: {canone_locazione_annuo: {calcola: rent * 12}}"),
        encoding="utf-8",
    )
    read = Population.read(tmp_path, mapping=mapping)
    assert read.household_ids.to_pylist() == ["a", "b"]
    assert read.households["canone_locazione_annuo"].tolist() == [1200, 0]
    assert read.people["eta"].tolist() == [71, 40, 9, 3]


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ("nuclei:", "nuclai:", "mappa.yaml", "servono le sezioni"),
        ("nuclei:", "altra: {}\nnuclei:", "mappa.yaml", "sezione sconosciuta «altra»"),
        ("id_persona: pid", "id_persona: pid: x", "mappa.yaml", "riga 2"),
        (
            "id_nucleo: hid",
            "id_persona: hid",
            "mappa.yaml",
            "riga 3: «id_persona» è scritto due volte",
        ),
        ("peso: weight", "pesi: weight", "mappa.yaml, nuclei", "«pesi»; forse «peso»"),
        ("id_nucleo: hid\n", "\n", "mappa.yaml, persone, colonna id_nucleo", "manca"),
        ("hid", "hidd", "mappa.yaml, persone, colonna id_nucleo", "«hidd»; forse «hid»"),
        ("weight", "wight", "mappa.yaml, nuclei, colonna peso", "«wight»; forse «weight»"),
        (
            "rinomina: age",
            "rinomina: ages",
            "mappa.yaml, persone, colonna eta",
            "«ages»; forse «age»",
        ),
        ("rinomina", "rinomna", "mappa.yaml, persone, colonna eta", "una sola regola tra"),
        ("mancanti: 9", "mancante: 9", "colonna eta", "«mancante»; forse «mancanti»"),
        ("mancanti: 9", "valore: 9", "colonna eta", "una sola regola tra"),
        ("mancanti: 9", "aggrega: somma", "colonna eta", "non ha effetto: «aggrega»"),
        ("mancanti: 9", "mancanti: errore", "colonna eta", "1 celle vuote, la prima alla riga 3"),
        ("mancanti: 9", "mancanti: nove", "colonna eta", "«mancanti: nove» non è un valore"),
        (
            "{}",
            "{isee: {valore: 1, aggrega: media}}",
            "nuclei, colonna isee",
            "primo, somma, massimo",
        ),
        (
            "{}",
            "{isee: {rinomina: status, aggrega: somma}}",
            "nuclei, colonna isee",
            "per i numeri",
        ),
    ],
)
def test_mappings_that_cannot_be_applied(tmp_path, old, new, where, message):
    data, path = write(tmp_path, MAPPING.replace(old, new, 1))
    with pytest.raises(PopulationError) as error:
        Population.read(data, mapping=path)
    lines = [line for line in str(error.value).splitlines() if where in line]
    assert any(message in line for line in lines), str(error.value)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("{ricodifica: status}", "serve «valori»"),
        ("{ricodifica: status, valori: {W: true, R: true}}", "non prevede .*: 'NO'"),
        ("{ricodifica: code, valori: {1: 1, 2: 2}, mancanti: errore}", "1 celle vuote"),
        ("{ricodifica: status, valori: {W: 1, R: si, NO: 2}}", "non sono tutti dello stesso tipo"),
        ("{calcola: incom * 12}", "non ha la colonna «incom»; forse «income»"),
        ("{calcola: status * 12}", "«status» non è di numeri"),
        ("{calcola: income *}", "l'espressione «income .» non si calcola"),
        ("{calcola: \"__import__('os').getcwd()\"}", "non si calcola"),
        ("{calcola: income.sum()}", "non si calcola"),
    ],
)
def test_rules_that_cannot_be_applied(tmp_path, rule, message):
    with pytest.raises(PopulationError, match=f"mappa.yaml, persone, colonna prova: .*{message}"):
        people_column(tmp_path, rule)


def test_a_mapping_of_one_file_wants_a_file_and_not_a_folder(tmp_path):
    _, path = write(tmp_path, MAPPING)
    with pytest.raises(PopulationError, match="vuole il percorso del file"):
        read_mapped(tmp_path, path)


def test_what_the_mapping_makes_is_checked_like_any_table(tmp_path):
    data, path = write(tmp_path, MAPPING.replace("mancanti: 9", "mancanti: vuoto"))
    with pytest.raises(PopulationError, match="persone, riga 3, colonna eta: mancano sia"):
        Population.read(data, mapping=path)


def test_the_mapping_of_synthouse(tmp_path):
    survey = {
        "person_id": ["H1P1", "H2P1", "H1P2", "H2P2", "H2P3"],
        "hh_id": ["H1", "H2", "H1", "H2", "H2"],
        "age": [67.0, 38.0, 85.0, 35.0, 1.0],
        "employment_status": ["Retired", "Employed", "Other", "Student", "Other"],
        "hh_size": pa.array([2, 3, 2, 3, 3], pa.int32()),
        "hh_income": [7850.0, 3060.0, 7850.0, 3060.0, 3060.0],
        "weight": [100.0, 250.5, 100.0, 250.5, 250.5],
        "NUTS1": ["NO", "S", "NO", "S", "S"],
    }
    data = tmp_path / "synthouse.parquet"
    parquet.write_table(pa.table(survey), data)
    read = Population.read(data, mapping=SYNTHOUSE)
    assert read.person_ids.to_pylist() == ["H1P1", "H1P2", "H2P1", "H2P2", "H2P3"]
    assert read.weights.tolist() == [100, 250.5]
    assert read.households["isee"].tolist() == [5000, 1500]
    assert read.households["reddito_familiare"].tolist() == [7850, 3060]
    assert read.people["titolare_pensione_diretta"].tolist() == [True] + [False] * 4
    assert read.people["occupato"].tolist() == [False, False, True, False, False]
    assert read.people["frequenta_corso_studi"].tolist() == [False, False, False, True, False]
    lacking = {assumption.variable for assumption in read.assumptions}
    assert {"isee", "patrimonio_mobiliare", "valore_imu_abitazione", "titolo_soggiorno"} <= lacking
    results = simulate(read, "2025-06")
    # Due over 67: scala 1,40, soglia 8.190 * 1,40. Coppia con un figlio di un anno: 1 + 0,40 + 0,15.
    assert results["adi_scala_equivalenza"].tolist() == [1.4, 1.55]
    assert results["adi_spettante"].tolist() == [301.33, 584.58]


def test_a_table_of_eu_silc_gives_the_parts_of_the_isee(tmp_path):
    columns = {
        "db030": [1, 1, 2],
        "rb030": [101, 102, 201],
        "age": [44, 9, 70],
        "pl030": ["1", None, "5"],
        "pb220a": ["AT", None, "Other"],
        "py010n": [16_000.0, None, 0.0],
        "py050n": [-500.0, None, 0.0],
        **{f"py{code}n": [0.0, None, 0.0] for code in ("090", "110", "120", "130")},
        "py100n": [0.0, None, 7_000.0],
        "hy090n": [0.0, 0.0, 200.0],
        "db090": [500.0, 500.0, 400.0],
    }
    data = tmp_path / "eusilc.parquet"
    parquet.write_table(pa.table(columns), data)
    population = Population.read(data, mapping=SYNTHOUSE.with_name("eusilc.yaml"))
    found = simulate(population, "2025-06", ["isee_isr", "isee_isp", "reddito_familiare"])
    # 16,000 less 3,000 for work; 7,000 less 1,000 for the pension; 200 / 0.04 = 5,000, below 6,000.
    assert found["isee_isr"].tolist() == [13_000, 6_000]
    assert found["isee_isp"].tolist() == [0, 0]
    assert found["reddito_familiare"].tolist() == [16_000, 7_000]
