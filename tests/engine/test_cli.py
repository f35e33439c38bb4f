"""The command: each verb does its job, and what a user gets wrong is one message in Italian."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from openfisca_adi import cli, writing
from openfisca_adi.population import population_columns
from openfisca_adi.system import default_system

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("openfisca-adi")


def run(*arguments, status=0):
    result = CliRunner().invoke(cli.main, [str(argument) for argument in arguments])
    unexpected = not isinstance(result.exception, SystemExit | None)
    assert not unexpected, result.exception
    assert result.exit_code == status, result.output
    return result.stdout if status == 0 else result.stderr


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dati")
    text = run("popolazione", "--nuclei", 1500, "--cartella", folder)
    assert "nuclei.parquet: 1.500 nuclei" in text
    assert "pesi non calibrati: lo sono da 10.000 nuclei in su" in text
    return folder


@pytest.fixture
def small(tmp_path):
    """Two households as CSV: one entitled to 541.67 euro, one that lacks a requirement."""
    (tmp_path / "persone.csv").write_text(
        "id_persona,id_nucleo,eta\n1,1,62\n2,2,40\n", encoding="utf-8"
    )
    (tmp_path / "nuclei.csv").write_text(
        "id_nucleo,peso,isee,reddito_familiare\n1,2,0,0\n2,1,0,0\n", encoding="utf-8"
    )
    return tmp_path


def test_the_demonstration_population_is_the_same_for_a_seed(data, tmp_path):
    run("popolazione", "--nuclei", 1500, "--cartella", tmp_path / "stessa")
    run("popolazione", "--nuclei", 1500, "--seme", 1, "--cartella", tmp_path / "altra")
    tables = [
        parquet.read_table(folder / "nuclei.parquet") for folder in (data, *tmp_path.iterdir())
    ]
    assert sum(table.equals(tables[0]) for table in tables) == 2


def test_the_demonstration_population_as_csv(tmp_path):
    run("popolazione", "--nuclei", 200, "--cartella", tmp_path, "--formato", "csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["nuclei.csv", "persone.csv"]
    assert "200 nuclei" in run("simula", tmp_path, "--periodo", "2025-06")


def test_a_simulation_prints_its_account(small):
    text = run("simula", small, "--periodo", "2025-06")
    assert "Periodo     giugno 2025" in text
    assert "2 nuclei e 2 persone; con i pesi, 3 nuclei" in text
    lines = {line[:40].rstrip(): line.split()[-1] for line in text.splitlines() if line}
    assert lines["Nuclei con diritto"] == "2"
    assert lines["Costo annuo, euro (il mese per 12)"] == "13.000,08".partition(",")[0]
    assert "541,67" in text
    assert "patrimonio_mobiliare" in text
    assert sorted(path.name for path in small.iterdir()) == ["nuclei.csv", "persone.csv"]


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_results_are_written(small, suffix):
    path = small / f"risultati{suffix}"
    text = run("simula", small, "--periodo", "2025", "--risultato", path)
    assert f"{path}: i risultati, e il resoconto" in text
    read = pd.read_parquet if suffix == ".parquet" else pd.read_csv
    results = read(path)
    assert results["mese"].tolist() == [f"2025-{m:02}" for m in range(1, 13)] * 2
    by_household = results.pivot(index="mese", columns="id_nucleo", values="adi_spettante")
    assert by_household.to_numpy().tolist() == [[541.67, 0]] * 12
    written = json.loads((small / "risultati.resoconto.json").read_text("utf-8"))
    assert written["righe"]["nuclei"] == {"lette": 2, "rifiutate": 0, "calcolate": 2}
    assert not list(small.glob(".*"))


def test_results_of_people(small):
    path = small / "risultati.csv"
    options = ("--variabili", "adi_over_60,disabilita", "--risultato", path)
    text = run("simula", small, "--periodo", "2025-06", *options)
    assert "541,67" in text
    results = pd.read_csv(path)
    assert results.columns.tolist() == [
        *("id_persona", "id_nucleo", "peso", "mese"),
        *("adi_over_60", "disabilita"),
    ]
    assert results["adi_over_60"].tolist() == [True, False]
    assert results["disabilita"].tolist() == ["nessuna", "nessuna"]


def test_incomes_are_uprated_only_if_asked_and_the_account_says_it(small, tmp_path):
    rules = tmp_path / "aggiornamento.yaml"
    rules.write_text("redditi: {indice: prezzi, dal: 2022, al: 2023}\n", encoding="utf-8")
    stated = "valori dei dati × 1,0540"
    for command in ("simula", "confronta"):
        arguments = (command, small, "--periodo", "2025-06")
        assert stated not in run(*arguments)
        account = run(*arguments, "--aggiorna", rules)
        assert stated in account.replace("\n", " ")
        assert "ATTENZIONE" not in account
    rules.write_text("redditi: {indice: prezi, dal: 2022, al: 2023}\n", encoding="utf-8")
    error = run("simula", small, "--periodo", "2025-06", "--aggiorna", rules, status=1)
    assert "aggiornamento.yaml: non si può applicare" in error
    assert "forse «prezzi»" in error


def test_a_simulation_of_a_reform(small):
    reform = "senza_requisito_categoriale"
    text = run("simula", small, "--periodo", "2025-06", "--riforma", reform)
    assert "Legge       Senza requisito categoriale" in text
    assert "19.500" in text


def test_the_two_tables_may_stand_anywhere(small):
    tables = ("--persone", small / "persone.csv", "--nuclei", small / "nuclei.csv")
    assert "2 nuclei e 2 persone" in run("simula", *tables, "--periodo", "2025-06")


def test_a_survey_with_its_mapping(tmp_path):
    survey = tmp_path / "indagine.csv"
    survey.write_text("p,h,age,w\n1,1,62,2\n2,2,40,1\n", encoding="utf-8")
    mapping = tmp_path / "mappa.yaml"
    mapping.write_text(
        "persone: {id_persona: p, id_nucleo: h, colonne: {eta: {rinomina: age}}}\n"
        "nuclei: {peso: w, colonne: {isee: {valore: 0}, reddito_familiare: {valore: 0}}}\n",
        encoding="utf-8",
    )
    options = ("--mappa", mapping, "--periodo", "2025-06")
    assert "con i pesi, 3 nuclei" in run("simula", survey, *options)
    assert "con i pesi, 3 nuclei" in run("confronta", survey, *options)


def test_a_comparison(data, tmp_path):
    path = tmp_path / "confronto.json"
    text = run("confronta", data, "--riforma", "soglie_2024_congelate", "--json", path)
    assert "Soglie del 2024 congelate" in text
    assert "Per ripartizione" in text
    comparison = json.loads(path.read_text(encoding="utf-8"))
    assert comparison["sintesi"][2]["differenza"] < 0
    dotted = "openfisca_adi.reforms.legge.soglie_2024_congelate.soglie_2024_congelate"
    assert run("confronta", data, "--riforma", dotted) in text


def test_a_comparison_with_all_it_writes(data, tmp_path):
    take_up = tmp_path / "adesione.yaml"
    take_up.write_text("categorie: {minori: 0.5}", encoding="utf-8")
    page, folder = tmp_path / "rapporto.html", tmp_path / "tabelle"
    options = [
        "--per",
        "residente_capoluogo_metropolitano",
        "--linea",
        "0.5",
        "--adesione",
        take_up,
    ]
    text = run("confronta", data, *options, "--rapporto", page, "--tabelle", folder)
    assert "Per residente_capoluogo_metropolitano" in text
    assert "50 % della mediana" in text
    assert "Minori 0,50" in text
    assert f"{page}: il rapporto" in text
    assert "Soglie del 2024 congelate" in page.read_text(encoding="utf-8")
    assert (folder / "sintesi.csv").is_file() and (folder / "nuclei_esempio.parquet").is_file()
    assert "i nuclei non hanno la colonna" in run("confronta", data, "--per", "comune", status=1)
    assert "deve finire con .html" in run("confronta", data, "--rapporto", "r.pdf", status=2)


def test_a_reform_in_the_folder_of_the_analyst(data, tmp_path, monkeypatch):
    (tmp_path / "mia.py").write_text(
        "from openfisca_core.reforms import Reform\n"
        "class minimo_zero(Reform):\n"
        "    name = 'Minimo zero'\n"
        "    def apply(self):\n"
        "        self.neutralize_variable('adi_beneficio_minimo')\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", sys.path.copy())
    assert "Minimo zero" in run("confronta", data, "--riforma", "mia.minimo_zero")


def test_the_dictionary_in_its_forms():
    text = run("variabili")
    assert "titolo_soggiorno (scelta)" in text
    assert "valori: nessuna, media, grave, non_autosufficienza" in text
    assert max(map(len, text.splitlines())) <= 100
    rows = json.loads(run("variabili", "--formato", "json"))
    assert rows == list(csv.DictReader(run("variabili", "--formato", "csv").splitlines()))
    described = {(row["tabella"], row["nome"]) for row in rows}
    assert {("persone", "id_persona"), ("persone", "ruolo"), ("nuclei", "peso")} <= described
    for table in ("persone", "nuclei"):
        assert {(table, name) for name in population_columns(default_system(), table)} <= described
    assert all(row["significato"] and row["predefinito"] for row in rows)
    (rent,) = [row for row in rows if row["nome"] == "canone_locazione_annuo"]
    assert (rent["tipo"], rent["unita"], rent["predefinito"]) == ("numero", "euro", "0")


def test_the_template_can_be_filled_and_read(tmp_path):
    run("variabili", "--modello", tmp_path)
    filled = {"id_persona": "p1", "id_nucleo": "n1", "eta": "62", "peso": "1", "isee": "0"}
    for name in ("persone", "nuclei"):
        path = tmp_path / f"{name}.csv"
        header = path.read_text(encoding="utf-8").strip()
        row = ",".join(filled.get(column, "") for column in header.split(","))
        path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    assert "541,67" in run("simula", tmp_path, "--periodo", "2025-06")
    assert "esiste già" in run("variabili", "--modello", tmp_path, status=1)


def test_the_law_is_checked(tmp_path):
    assert "Nessun problema" in run("controlla", ROOT / "parameters" / "adi" / "eta")
    assert "Nessun problema" in run(
        "controlla", ROOT / "parameters" / "adi" / "eta" / "anziano.yaml"
    )
    assert "Nessun problema" in run("controlla", ROOT / "tests" / "anagrafica.yaml")
    for name, text in (("parameters", "description: Età\n"), ("tests", "- inputs: {}\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "eta.yaml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["controlla", str(tmp_path)])
    assert result.exit_code == 1
    assert f"{tmp_path}/parameters/eta.yaml: manca «values»" in result.stdout
    assert (
        f"{tmp_path}/tests/eta.yaml: caso «numero 1»: chiave sconosciuta «inputs»" in result.stdout
    )
    assert "problemi trovati" in result.stderr
    result = CliRunner().invoke(cli.main, ["controlla", str(tmp_path / "tests" / "eta.yaml")])
    assert f"{tmp_path}/tests/eta.yaml: caso" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["confrnta"], "il verbo «confrnta» non esiste. Forse"),
        (["simula", "."], "manca l'opzione '--periodo'"),
        (["simula", ".", "--piriodo", "2025"], "l'opzione «--piriodo» non esiste. Forse"),
        (["simula", ".", "--periodo"], "l'opzione --periodo vuole un valore"),
        (["simula", ".", "--periodo", "2025-6"], "«2025-6» non è un mese (2025-06) né un anno"),
        (["simula", ".", "--periodo", "2025-13"], "«2025-13» non è un mese"),
        (["simula", ".", "--periodo", "2023-12"], "«2023-12» è prima del 2024-01"),
        (["simula", ".", "--periodo", "2041"], "«2041» è dopo il 2040"),
        (["simula", "niente", "--periodo", "2025"], "«niente» non esiste"),
        (["simula", "--periodo", "2025"], "indicare DATI, oppure insieme --persone e --nuclei"),
        (["simula", "--persone", ".", "--periodo", "2025"], "indicare DATI, oppure insieme"),
        (["simula", ".", "--persone", ".", "--periodo", "2025"], "non entrambi"),
        (
            ["simula", ".", "--periodo", "2025", "--risultato", "x.txt"],
            "non è una cartella e non finisce con .parquet o .csv",
        ),
        (
            ["simula", ".", "--periodo", "2025", "--risultato", "x/y.csv"],
            "la cartella «x» non esiste",
        ),
        (
            ["simula", ".", "--periodo", "2025", "--variabili", "eta,ise"],
            "sconosciuta «ise»; forse",
        ),
        (["simula", ".", "--periodo", "2025", "--variabili", "eta,isee"], "tutte delle persone o"),
        (["popolazione", "--nuclei", "molti"], "«molti» non è un numero ammesso"),
        (["popolazione", "--nuclei", "0"], "0 è fuori dai limiti"),
        (["popolazione", "--formato", "xls"], "«xls» non è tra"),
        (["popolazione", "altro"], "un argomento di troppo (altro)"),
    ],
)
def test_a_wrong_command_is_told(arguments, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    error = run(*arguments, status=2)
    assert message in error
    assert "Errore: " in error
    assert not [word for word in ("Usage", "Error:", "Try", "Invalid", "Missing") if word in error]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id_nucleo,isee\n1,0\n2,alto\n", "nuclei.csv, riga 2, colonna isee: trovato «alto»"),
        (
            "id_nucleo,ise\n1,0\n2,0\n",
            "nuclei, colonna ise: colonna sconosciuta; forse «isee»",
        ),
        ("id_nucleo,regione,ise\n1,x,0\n2,x,0\n", "nuclei, colonna ise: colonna sconos"),
        ("id_nucleo\n1\n1\n", "nuclei.csv, riga 2, colonna id_nucleo: l'id «1» è già"),
        ("id_nucleo,isee\n1,0\n2,0,3\n", "intestazione compresa, ha 3 celle invece di 2"),
    ],
)
def test_wrong_data_are_told(small, text, message):
    (small / "nuclei.csv").write_text(text, encoding="utf-8")
    error = run("simula", small, "--periodo", "2025-06", status=1)
    assert message in error
    assert "regione" not in error


def test_unknown_columns_may_be_allowed(small):
    (small / "nuclei.csv").write_text("id_nucleo,altezza\n1,0\n2,0\n", encoding="utf-8")
    arguments = ("simula", small, "--periodo", "2025-06", "--colonne-ignote")
    assert "colonna altezza: colonna sconosciuta" in run(*arguments, "rifiutate", status=1)
    assert "nuclei.altezza" in run(*arguments, "ammesse")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "soglie_2023",
            "la riforma «soglie_2023» non esiste; quelle con il nome più vicino: soglie_2",
        ),
        ("zzz", "la riforma «zzz» non esiste; «openfisca-adi riforme» le elenca"),
        ("openfisca_adi.reforms.legge.niente.niente", "la riforma «openfisca_adi.reforms.legge.ni"),
        ("openfisca_adi.money.to_cent", "la riforma «openfisca_adi.money.to_cent» non esiste"),
        (".x", "la riforma «.x» non esiste"),
    ],
)
def test_an_unknown_reform_is_told(small, name, message):
    assert message in run("confronta", small, "--riforma", name, status=1)


def test_a_survey_without_mapping_is_told(small):
    error = run("simula", small / "nuclei.csv", "--periodo", "2025-06", status=2)
    assert "serve --mappa" in error


def test_the_other_readings_are_measured(small):
    path = small / "letture.csv"
    text = run("letture", small, "--risultato", path)
    assert "giugno 2025" in text and "i dati non hanno le date della procedura" in text
    written = pd.read_csv(path).set_index("lettura")
    assert written.loc["base_richiedente", "misura"] == "adi_spettante"
    assert f"{path}: {len(written)} letture" in text


def test_a_folder_without_tables_is_told(tmp_path):
    error = run("simula", tmp_path, "--periodo", "2025-06", status=1)
    assert "persone.parquet o persone.csv" in error


def test_an_error_of_the_system_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    error = run("popolazione", "--nuclei", 10, "--cartella", tmp_path / "file", status=1)
    assert f"Errore: {tmp_path / 'file'}: esiste già" in error


def test_an_unexpected_error_stays_a_traceback(small, monkeypatch):
    monkeypatch.setattr(cli, "_source", lambda *_, **__: int("x"))
    result = CliRunner().invoke(cli.main, ["simula", str(small), "--periodo", "2025"])
    assert isinstance(result.exception, ValueError)


def test_the_keyboard_stops_any_command(small, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("openfisca_adi.runs.runner.check_unique", stopped)
    assert "Errore: interrotto" in run("simula", small, "--periodo", "2025", status=130)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--dettaglio", "annuale", "--variabili", "titolo_soggiorno"), "non si somma sui mesi"),
        (("--variabili", ""), "variabile sconosciuta"),
        (("--processi", "0"), "0 è fuori dai limiti"),
        (("--blocco", "-1"), "-1 è fuori dai limiti"),
        (("--righe-errate", "tutte"), "«tutte» non è tra"),
        (("--riforma", "niente.yaml"), "niente.yaml"),
        (("--cluster", "ovunque"), "il cluster «ovunque» non risponde"),
    ],
)
def test_a_wrong_question_is_told(small, options, message):
    result = CliRunner().invoke(cli.main, ["simula", str(small), "--periodo", "2025-06", *options])
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (1, 2)
    assert message in result.stderr and "Errore: " in result.stderr


def test_the_rows_that_are_wrong_may_be_left_out(small):
    text = "id_nucleo,isee\n1,0\n2,alto\n"
    (small / "nuclei.csv").write_text(text, encoding="utf-8")
    arguments = ("simula", small, "--periodo", "2025-06", "--righe-errate", "scartate")
    account = " ".join(run(*arguments).split())
    assert "1 nuclei e 1 persone" in account and "non calcolate: 1 e 1" in account
    (small / "nuclei.csv").write_text("id_nucleo,isee\n1,alto\n2,alto\n", encoding="utf-8")
    account = " ".join(run(*arguments).split())
    assert "0 nuclei e 0 persone" in account and "Nuclei con diritto 0" in account


def test_a_missing_library_is_told(small, monkeypatch):
    monkeypatch.setitem(sys.modules, "openfisca_adi.summary", None)
    monkeypatch.setattr(cli, "OPTIONAL", {"openfisca_adi.summary": "popolazione"})
    error = run("simula", small, "--periodo", "2025", status=1)
    assert "pip install 'openfisca-adi[popolazione]'" in error


def test_half_a_file_is_never_left(tmp_path):
    path = tmp_path / "risultati.csv"
    path.write_text("quelli di prima", encoding="utf-8")
    unwritable = pa.table({"a": [[1]]})  # CSV has no lists
    with pytest.raises(pa.ArrowInvalid):
        writing.write_table(unwritable, path)
    assert path.read_text(encoding="utf-8") == "quelli di prima"
    assert list(tmp_path.iterdir()) == [path]


def test_the_real_command_in_a_poor_terminal(small):
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [COMMAND, "confronta", small], env=environment, capture_output=True, check=True
    )
    assert "60 anni e più" in done.stdout.decode("utf-8")
    assert not done.stderr
    done = subprocess.run([COMMAND, "--version"], capture_output=True, check=True, text=True)
    assert done.stdout.startswith("openfisca-adi ")


def test_a_broken_pipe_is_silent():
    pipeline = f"'{COMMAND}' variabili | head -1"
    done = subprocess.run(["bash", "-c", pipeline], capture_output=True, check=True, text=True)
    assert done.stdout == "Tabella persone\n"
    assert not done.stderr


def test_the_help_is_in_italian_and_light():
    for verb in ([], *([name] for name in cli.main.commands)):
        text = run(*verb, "--help")
        assert "Uso: " in text and "Opzioni:" in text
        assert not [word for word in ("Usage", "Options", "Show", "default") if word in text]
    heavy = "import sys, openfisca_adi.cli; print({'pandas', 'pyarrow'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, check=True, text=True)
    assert done.stdout == "set()\n"
