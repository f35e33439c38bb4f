"""The tables of the law whose rows and words are choices of a variable: the matrix of bodies."""

import shutil

import pytest

from openfisca_adi import LAW
from openfisca_adi.checks.tables import check_tables
from openfisca_adi.system import default_system

TABLE = "adi/svantaggio/enti/certificazione.yaml"


def problems_with(tmp_path, old, new):
    folder = shutil.copytree(LAW / "parameters", tmp_path / "parameters")
    text = (folder / TABLE).read_text(encoding="utf-8")
    assert old in text
    (folder / TABLE).write_text(text.replace(old, new), encoding="utf-8")
    return [str(problem) for problem in check_tables(folder, default_system())]


def test_the_tables_of_the_law_have_no_problem():
    assert check_tables(LAW / "parameters", default_system()) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "[commissione_medica]",
            "[commissione]",
            "«commissione» non è ammesso; forse commissione_med",
        ),
        ("[commissione_medica]", "[nessuno]", "«nessuno» non è ammesso"),
        ("[commissione_medica]", "commissione_medica", "serve un elenco tra parentesi quadre"),
        ("[commissione_medica]", "[uepe, uepe]", "una parola è scritta due volte"),
        ("\ni:", "\nz:", "z: riga sconosciuta; le righe sono: a, b1"),
        ("\ni:", "\nz:", "i: manca questa riga"),
    ],
)
def test_each_slip_is_told(tmp_path, old, new, message):
    found = problems_with(tmp_path, old, new)
    assert any(problem.startswith(TABLE) and message in problem for problem in found), found
