"""The tutorial runs from its first cell to its last, and what it shows and writes is right."""

import json
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "tutorial.ipynb"
HOUSEHOLDS = 4_000


@pytest.fixture(scope="module")
def written():
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run the notebook in an empty folder; give what its cells show, and the folder of its files."""
    folder = tmp_path_factory.mktemp("quaderno")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONPATH", str(ROOT))
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR"):
            environment.setenv(name, str(folder / name))
        place = {"metadata": {"path": str(folder)}}
        NotebookClient(notebook, timeout=300, kernel_name="python3", resources=place).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return outputs, folder / "tutorial"


@pytest.fixture(scope="module")
def shown(run):
    outputs, _ = run
    return "\n".join(o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs)


@pytest.fixture(scope="module")
def files(run):
    return run[1]


def test_the_notebook_is_kept_without_outputs(written):
    code = [cell for cell in written.cells if cell.cell_type == "code"]
    assert code
    assert [cell for cell in code if cell.outputs or cell.execution_count is not None] == []


def test_the_pages_that_it_names_exist(written):
    texts = [cell.source for cell in written.cells if cell.cell_type == "markdown"]
    links = re.findall(r"\]\(([^)#]+)", "\n".join(texts))
    assert links
    assert [link for link in links if not (NOTEBOOK.parent / link).is_file()] == []


def test_the_household_has_the_amount_of_the_law_and_of_the_reform(shown):
    """6.500 x 1,65 - 6.000 + 3.640 = 8.365 a year; 4.200 of rent with the reform, whose cap is 4.550."""
    assert re.search(r"adi_scala_equivalenza +1,65\n", shown)
    assert re.search(r"adi_spettante +697,08\n", shown)
    assert re.search(r"adi_soglia_reddito +16\.731,00\n", shown)
    assert re.search(r"adi_quota_locazione +4\.200,00\nadi_spettante +743,75$", shown, re.MULTILINE)


def test_a_wrong_reform_is_told(shown):
    assert "adi.importo.tetto_affitto: parametro sconosciuto; forse adi.importo.tetto_" in shown


def test_the_whole_population_is_computed(files):
    account = json.loads((files / "risultati.resoconto.json").read_text("utf-8"))
    assert account["completo"]
    assert account["righe"]["nuclei"]["calcolate"] == HOUSEHOLDS
    assert len(pd.read_parquet(files / "risultati.parquet")) == HOUSEHOLDS


def test_the_tables_are_those_of_the_reform(files):
    tables = {path.stem: pd.read_csv(path, index_col=0) for path in files.glob("tabelle/*.csv")}
    assert len(tables) == 7
    cost = tables["sintesi"].loc["costo_annuo"]
    assert cost["riforma"] > cost["legge"] > 0
    assert tables["variazioni"].loc["guadagnano", "nuclei"] > 0
    assert tables["variazioni"].loc["perdono", "nuclei"] == 0
    means = tables["variazioni"].loc["guadagnano"]
    assert cost["differenza"] == pytest.approx(12 * means["nuclei"] * means["variazione_mensile"])


def test_the_report_says_which_reform_it_is_of(files):
    page = (files / "rapporto.html").read_text("utf-8")
    assert "<h1>Affitti e svantaggio</h1>" in page
    assert "Riferimento: Proposta di esempio. Autore: Ufficio studi." in page


def test_the_budget_is_drawn(run):
    outputs, _ = run
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 1
