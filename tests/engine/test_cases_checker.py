"""The test cases: the real ones are right, and each slip of the writer is told plainly."""

from pathlib import Path

import pytest

from openfisca_adi import CountryTaxBenefitSystem
from openfisca_adi.checks.cases import check_cases

SYSTEM = CountryTaxBenefitSystem()
CASE = """\
- name: Coppia con un minore
  description: DL 48/2023, art. 2 - derivato dalla norma
  period: 2025-06
  input:
    persone:
      "madre": {data_nascita: 1985-06-15, disabilita: media}
      "figlia": {data_nascita: 2016-06-15}
    nuclei:
      n1: {richiedente: "madre", componenti: ["figlia"], isee: {2025: 3000}, reddito_familiare: 500 + 80}
  output:
    persone:
      "figlia": {adi_minorenne: {2024-06: true, 2025-06: true}}
    nuclei:
      n1: {adi_spettante: 650}
"""
SHORT = """\
name: Persona sola
description: DL 48/2023, art. 2 - derivato dalla norma
period: 2025-06
input: {eta: [61, 30], isee: 0}
output: {adi_over_60: [true, false], disabilita: nessuna}
"""
SINGULAR = """\
- name: Persona sola
  description: DL 48/2023, art. 2 - derivato dalla norma
  period: 2025-06
  reforms: openfisca_adi.reforms.legge.soglie_2024_congelate.soglie_2024_congelate
  input:
    persona: {data_nascita: 1960-01-01}
    nucleo: {isee: 0}
  output:
    persona: {disabilita: nessuna}
    nucleo: {adi_spettante: 500}
"""


def problems(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "isee.yaml"
    file.write_bytes(text.encode("utf-8"))
    return [str(problem) for problem in check_cases(file, SYSTEM)]


def test_the_cases_of_the_law_have_no_problem():
    assert [str(problem) for problem in check_cases(Path(__file__).parents[1], SYSTEM)] == []


@pytest.mark.parametrize("text", [CASE, SHORT, SINGULAR])
def test_a_case_well_written_has_no_problem(tmp_path, text):
    assert problems(tmp_path, text) == []


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("  input:", "  inputs:", "chiave sconosciuta «inputs»; forse input"),
        ("  input:", "  inputs:", "manca «input»: i fatti da cui parte il caso"),
        ("  description: DL 48/2023, art. 2 - derivato dalla norma\n", "", "manca «description»"),
        ("  period: 2025-06\n", "", "manca «period»: il mese del caso"),
        ("period: 2025-06", "period: giugno", "period: «giugno» non è un periodo"),
        (CASE[CASE.index('    persone:\n      "figlia": {adi') :], "    {}\n", "manca «output»"),
        ("n1: {adi_spettante: 650}", "n1: {adi_spettante: {}}", "adi_spettante: è vuota"),
        ("adi_spettante: 650", "adi_spettante: ", "adi_spettante: è vuota: scrivere il valore"),
        (
            "adi_spettante: 650",
            "adi_spetante: 650",
            "output.nuclei.n1.adi_spetante: variabile sconosciuta; forse adi_spettante",
        ),
        ("    nuclei:\n      n1: {adi", "    nucli:\n      n1: {adi", "forse nuclei"),
        (
            "disabilita: media",
            "disabilita: medio",
            "input.persone.madre.disabilita: «medio» non è ammesso; i valori sono: nessuna, media, "
            "grave, non_autosufficienza",
        ),
        ("adi_minorenne: {2024-06: true,", "disabilita: {2024-06: media,", "«True» non è ammesso"),
        (
            "adi_minorenne: {2024-06: true, 2025-06: true}",
            "disabilita: nessuna",
            "output.persone.figlia.disabilita: OpenFisca non confronta un risultato a scelta",
        ),
        ('"figlia"', "2", 'il nome 2 non è un testo: scriverlo tra virgolette: "2"'),
        ("n1", "1", 'input.nuclei: il nome 1 non è un testo: scriverlo tra virgolette: "1"'),
        (
            '      "figlia": {adi',
            '      "figla": {adi',
            "«figla» non è in input; forse",
        ),
        ('componenti: ["figlia"]', 'componenti: ["fglia"]', "«fglia» non è tra le persone; forse"),
        ('componenti: ["figlia"], ', "", "input.nuclei: «figlia» non è in nessun nucleo"),
        ("adi_minorenne:", "adi_spettante:", "è una variabile di nuclei, non di persone"),
        ("{2024-06: true", "{2024-13: true", "«2024-13» non è un periodo"),
        ("2025-06: true", '2025-06: "no"', "«no»: scrivere true o false"),
        ("adi_spettante: 650", "adi_spettante: 650,00", "il separatore decimale è il punto"),
        ("adi_spettante: 650", 'adi_spettante: "650,00"', "«650,00» non è un numero"),
        ("1985-06-15", "15/06/1985", "«15/06/1985» non è una data"),
        ("1985-06-15", "1985-02-30", "il file non si legge"),
        (
            "  period",
            "  reforms: [openfisca_adi.reforms.mia]\n  period",
            "la riforma «openfisca_adi",
        ),
        (
            "  period: 2025-06",
            "  period: 2025-06\n  period: 2025-07",
            "riga 3: chiave «period» scri",
        ),
        (
            "    nuclei:\n      n1: {adi",
            "   nuclei:\n      n1: {adi",
            "riga 13: il file non si legge",
        ),
        (CASE, "[]", "il file non contiene nessun caso"),
        (CASE, "", "il file non contiene nessun caso"),
        (CASE, "- isee", "un caso ha le chiavi name, description, period, input, output"),
        (
            CASE[CASE.index("    persone:") : CASE.index("  output:")],
            "    nuclei: 5\n",
            "qui servono",
        ),
    ],
)
def test_a_slip_is_told(tmp_path, right, wrong, message):
    assert right in CASE
    found = problems(tmp_path, CASE.replace(right, wrong))
    assert any(message in problem for problem in found), found


def test_every_file_of_a_folder_is_checked(tmp_path):
    (tmp_path / "adi").mkdir()
    (tmp_path / "adi" / "isee.yaml").write_text(CASE.replace("input:", "inputs:"), "utf-8")
    (tmp_path / "adi" / "isee.yml").write_text(CASE.replace("adi_sp", "sp"), "utf-8")
    (tmp_path / "latin.yaml").write_bytes("- name: è".encode("latin-1"))
    found = check_cases(tmp_path, SYSTEM)
    assert [problem.file for problem in found] == [
        *["adi/isee.yaml"] * 2,
        "adi/isee.yml",
        "latin.yaml",
    ]
    assert "codifica UTF-8" in found[-1].message


def test_an_empty_folder_is_a_problem(tmp_path):
    assert "nessun caso" in str(check_cases(tmp_path, SYSTEM)[0])
