"""The story of a household: what the caseworker writes, and what she reads."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from households import SYSTEM

from openfisca_adi.cli import main
from openfisca_adi.dates import LAST_MONTH
from openfisca_adi.errors import UserError
from openfisca_adi.story import StoryError, build_story, read_story, story, story_text

STORY = """
persone:
  giulia: {data_nascita: 1986-05-10}
  luca: {data_nascita: 2016-02-20}
nucleo:
  richiedente: giulia
  componenti: [luca]
  isee: 3000
  reddito_familiare: 0
  adi_data_domanda: 2024-03-10
  adi_data_pad: 2024-03-20
  adi_data_primo_appuntamento: 2024-08-21
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "storia.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def rows(path, first="2024-01", last="2024-12", name=None):
    return story(build_story(read_story(path, name), SYSTEM, 2026), first, last)


def test_a_value_without_a_date_holds_for_every_month(tmp_path):
    told = {row["mese"]: row for row in rows(written(tmp_path, STORY), "2024-01", "2025-01")}
    assert told["2024-04"]["erogato"] == 575.00
    assert told["2024-08"]["motivo"].name == "sospeso_primo_appuntamento"
    assert told["2024-09"]["erogato"] == 1150.00
    assert told["2025-01"]["spettante"] == 622.92


def test_the_table_says_payments_reasons_and_deadlines(tmp_path):
    path = written(tmp_path, STORY)
    simulation = build_story(read_story(path), SYSTEM, 2024)
    text = story_text(simulation, story(simulation, "2024-03", "2024-09"))
    assert "2024-03        –          –      575,00        0,00  In attesa della decorrenza" in text
    assert "→ entro il 18/07/2024: Primo appuntamento con i servizi sociali" in text
    assert "1.150,00  Pagato, con gli arretrati; arretrati 575,00" in text
    assert text.count("→") == 2


def test_incoherent_dates_are_told_at_the_end(tmp_path):
    path = written(tmp_path, STORY.replace("2024-03-10", "2024-03-25"))
    simulation = build_story(read_story(path), SYSTEM, 2024)
    text = story_text(simulation, story(simulation, "2024-03", "2024-04"))
    assert text.endswith("precede la domanda: la decorrenza si conta dal patto.")


def test_a_case_of_the_tests_is_a_story(tmp_path):
    case = "- name: altra\n  input: {}\n- name: questa\n  input:\n" + "".join(
        f"    {line}\n" for line in STORY.strip().splitlines()
    )
    path = written(tmp_path, case)
    assert rows(path, name="questa", last="2024-04")[-1]["erogato"] == 575.00
    with pytest.raises(StoryError, match="non c'è nessun caso di nome «quella»"):
        read_story(path, "quella")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("[", "non è un file YAML leggibile"),
        ("persone: {a: {}}", "manca «nucleo» con il richiedente"),
        ("nucleo: {richiedente: a}", "manca «persone» con le date di nascita"),
        (STORY.replace("isee: 3000", 'isee: "3000,00"'), "«3000,00» non è un numero"),
        (STORY.replace("isee:", "issee:"), "variabile sconosciuta; forse isee"),
        (
            STORY.replace("richiedente: giulia", "richiedente: giulio"),
            "«giulio» non è tra le persone",
        ),
        (STORY.replace("2024-03-20", "2024-13-20"), "non è un file YAML leggibile"),
    ],
)
def test_what_is_wrong_is_told_in_italian(tmp_path, wrong, message):
    with pytest.raises(StoryError, match=message):
        rows(written(tmp_path, wrong))


def test_months_out_of_order_or_too_far_are_refused(tmp_path):
    path = written(tmp_path, STORY)
    with pytest.raises(StoryError, match="il mese 2024-01 precede 2024-06"):
        rows(path, "2024-06", "2024-01")
    far = f"{LAST_MONTH.year + 1}-01"
    with pytest.raises(UserError, match=f"il mese {far} è dopo {LAST_MONTH.year}-12"):
        rows(path, far, far)
    result = CliRunner().invoke(main, ["storia", str(path), "--al", far])
    assert result.exit_code == 2
    assert f"«{far}» è dopo il {LAST_MONTH.year}" in result.output


def test_the_verb_prints_the_story(tmp_path):
    path = written(tmp_path, STORY)
    result = CliRunner().invoke(main, ["storia", str(path), "--al", "2024-04"])
    assert result.exit_code == 0
    assert result.output.count("\n") == 6  # title, four months, one deadline


def test_a_value_with_a_date_holds_until_the_next_one(tmp_path):
    dated = STORY.replace("isee: 3000", "isee: {2024-01: 3000, 2024-06: 12000, 2025-02: 5000}")
    told = {row["mese"]: row["spettante"] for row in rows(written(tmp_path, dated), last="2025-03")}
    assert told["2024-05"] == 575.00
    assert told["2024-06"] == told["2024-07"] == told["2025-01"] == 0
    assert told["2025-02"] == told["2025-03"] == 622.92


def test_what_a_table_refuses_a_story_refuses(tmp_path):
    for wrong, message in (
        ("isee: -5000", "«-5000» non è tra 0 e"),
        ("isee: 9.400", "«9.400»: le migliaia non si separano"),
        ("isee: 3000\n  adi_spettante: 9999", "è un risultato, che il pacchetto calcola"),
    ):
        with pytest.raises(StoryError, match=message):
            rows(written(tmp_path, STORY.replace("isee: 3000", wrong)))
