"""The parameter files: the real ones are right, and each slip of the writer is told plainly."""

from pathlib import Path

import pytest
from openfisca_core.parameters import Parameter, ParameterNode

from openfisca_adi import LAW
from openfisca_adi.checks.law import check_law
from openfisca_adi.checks.parameters import Problem, check_parameters

DIRECTORY = LAW / "parameters"
#: The folders of parameters of the structural reforms, and their parameters that the law does not have.
OF_REFORMS = {
    LAW / "reforms" / folder / "parameters": added.split()
    for folder, added in {
        "reddito_di_cittadinanza": "adi.importo.limite_complessivo adi.importo.tetto_mutuo "
        "adi.requisiti.beni_durevoli.mesi_autoveicolo_nuovo adi.scala_equivalenza.adulto "
        "adi.scala_equivalenza.minore",
        "reddito_di_cittadinanza/residenza_rdc_cinque_anni": "",
        "proposte/scala_piena": "adi.scala_equivalenza.adulto adi.scala_equivalenza.minore",
        "interpretazioni": "adi.procedura.psp.giorni_decadenza",
    }.items()
}


def folder_name(directory):
    """Return the path of a folder below the root."""
    return directory.relative_to(LAW).as_posix()


FOLDERS = pytest.mark.parametrize("directory", [DIRECTORY, *OF_REFORMS], ids=folder_name)

LEAF = """\
description: Soglia ISEE per l'accesso
values:
  2024-01-01: {value: 9360}
  2025-01-01: {value: 10140}
metadata:
  short_label: Soglia ISEE
  unit: currency-EUR
  last_value_still_valid_on: "2026-03-31"
  reference:
    2024-01-01:
      title: DL 4 maggio 2023, n. 48, art. 2
    2025-01-01:
      title: L. 30 dicembre 2024, n. 207, art. 1, c. 198
"""

TABLE = """\
description: Enti che certificano la condizione, per categoria
b1: {values: {2024-01-01: {value: [commissione_medica]}}}
b2:
  values:
    2024-01-01: {value: [servizi_sanitari_sociosanitari, servizi_sociali_territoriali]}
metadata:
  short_label: Enti certificatori
  unit: ente_svantaggio
  last_value_still_valid_on: "2026-03-31"
  reference:
    2024-01-01:
      title: DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5
"""

COEFFICIENTS = LEAF.replace("currency-EUR", "/1").replace("10140", "[0, 0.10, 1.125]")
YES_OR_NO = (
    LEAF.replace("currency-EUR", "boolean").replace("10140", "true").replace("9360", "false")
)


def check(directory: Path, text: str | bytes, name: str = "soglia.yaml") -> list[Problem]:
    content = text if isinstance(text, bytes) else text.encode("utf-8")
    (directory / name).write_bytes(content)
    return check_parameters(directory)


def leaves(directory):
    root = ParameterNode("", directory_path=str(directory))
    return [leaf for leaf in root.get_descendants() if isinstance(leaf, Parameter)]


def test_every_folder_of_parameters_of_a_reform_is_known():
    assert sorted((LAW / "reforms").rglob("parameters")) == sorted(OF_REFORMS)


@FOLDERS
def test_the_parameters_of_the_law_have_no_problem(directory):
    assert [str(problem) for problem in check_parameters(directory)] == []


@FOLDERS
def test_every_folder_is_described(directory):
    folders = [directory, *(path for path in directory.rglob("*") if path.is_dir())]
    assert [folder for folder in folders if not (folder / "index.yaml").is_file()] == []


@FOLDERS
def test_every_parameter_has_a_value_from_january_2024(directory):
    found = leaves(directory)
    assert found
    assert [leaf.name for leaf in found if leaf.get_at_instant("2024-01-01") is None] == []
    assert [leaf.name for leaf in found if None in [v.value for v in leaf.values_list]] == []


@pytest.mark.parametrize("directory", OF_REFORMS, ids=folder_name)
def test_the_parameters_of_a_reform_stand_for_those_of_the_law(directory):
    """A parameter with the path of one of the law has its unit; the others are known by name."""
    law = {leaf.name: leaf.metadata.get("unit") for leaf in leaves(DIRECTORY)}
    units = {leaf.name: leaf.metadata["unit"] for leaf in leaves(directory)}
    assert sorted(units.keys() - law.keys()) == sorted(OF_REFORMS[directory])
    assert {n: unit for n, unit in units.items() if law.get(n, unit) != unit} == {}


def test_the_parameters_of_the_reforms_are_checked_with_those_of_the_law(tmp_path):
    folder = tmp_path / "reforms" / "mia" / "parameters"
    folder.mkdir(parents=True)
    (folder / "soglia.yaml").write_text(LEAF.replace("9360", "9360,00"), "utf-8")
    (problem,) = check_law(tmp_path)
    assert problem.file == str(folder / "soglia.yaml")
    assert "scrivere 9360.00" in problem.message


@pytest.mark.parametrize("text", [LEAF, TABLE, COEFFICIENTS, YES_OR_NO])
def test_a_parameter_well_written_has_no_problem(tmp_path, text):
    assert check(tmp_path, text) == []


def test_an_index_well_written_has_no_problem(tmp_path):
    text = "description: Requisiti\nmetadata: {order: [isee, reddito]}\n"
    assert check(tmp_path, text, name="index.yaml") == []


SLIPS = {
    "decimal comma": (
        LEAF.replace("9360", "9360,00"),
        "values.2024-01-01.value",
        "scrivere 9360.00: il separatore decimale è il punto e le migliaia non si separano",
    ),
    "decimal comma, the value on its own line": (
        LEAF.replace("{value: 9360}", "\n    value: 9360,00"),
        "values.2024-01-01.value",
        "scrivere 9360.00",
    ),
    "both separators": (LEAF.replace("9360", "9.360,50"), "values.2024-01-01.value", "9360.50"),
    "two thousands": (LEAF.replace("9360", "1.009.360"), "values.2024-01-01.value", "1009360"),
    "thousands apart": (LEAF.replace("9360", "9 360,00"), "values.2024-01-01.value", "9360.00"),
    "unclear number": (
        LEAF.replace("9360", "9,360"),
        "values.2024-01-01.value",
        "«9,360» non è un numero: scrivere le sole cifre",
    ),
    "thousands point": (
        LEAF.replace("9360", "9.360"),
        "values.2024-01-01.value",
        "«9.360» vale 9.36 euro: se il punto separa le migliaia scrivere 9360",
    ),
    "number as text": (
        LEAF.replace("9360", '"9360"'),
        "values.2024-01-01.value",
        "scrivere 9360 senza virgolette",
    ),
    "octal number": (LEAF.replace("9360", "09360"), "values.2024-01-01.value", "sole cifre"),
    "infinite": (LEAF.replace("9360", ".inf"), "values.2024-01-01.value", "«.inf» non è un numero"),
    "comma in a list": (
        COEFFICIENTS.replace("0.10,", "'0,10',"),
        "values.2025-01-01.value[2]",
        "scrivere 0.10",
    ),
    "commas in a whole list": (
        COEFFICIENTS.replace("[0, 0.10, 1.125]", "[0, 1,57]"),
        "values.2025-01-01.value[2]",
        "«1,57» non è un numero: scrivere 1.57",
    ),
    "boolean among numbers": (
        COEFFICIENTS.replace("0.10", "true"),
        "values.2025-01-01.value[2]",
        "«true»: con l'unità /1 serve un numero",
    ),
    "number among booleans": (
        YES_OR_NO.replace("true", "1"),
        "values.2025-01-01.value",
        "«1»: con l'unità boolean scrivere true o false",
    ),
    "Italian boolean": (
        YES_OR_NO.replace("false", "no"),
        "values.2024-01-01.value",
        "«no»: con l'unità boolean scrivere true o false",
    ),
    "number among texts": (
        TABLE.replace("commissione_medica", "1"),
        "b1.values.2024-01-01.value[1]",
        "«1»: con l'unità ente_svantaggio serve un testo",
    ),
    "negative amount": (
        LEAF.replace("9360", "-9360"),
        "values.2024-01-01.value",
        "-9360 è negativo",
    ),
    "null value": (LEAF.replace("9360", "null"), "values.2024-01-01.value", "è vuoto; serve"),
    "value without its key": (
        LEAF.replace("{value: 9360}", "9360"),
        "values.2024-01-01",
        "trovato 9360; serve il valore scritto così: {value: 9360}",
    ),
    "no reference": (
        LEAF[: LEAF.index("  reference")],
        "metadata",
        "manca «reference»: l'atto che fissa ciascun valore",
    ),
    "no reference for a date": (
        LEAF[: LEAF.rindex("    2025-01-01")],
        "metadata.reference",
        "manca il riferimento per il 2025-01-01",
    ),
    "no reference for a date of a row": (
        TABLE.replace("medica]}", "medica]}, 2025-01-01: {value: [uepe]}"),
        "metadata.reference",
        "manca il riferimento per il 2025-01-01",
    ),
    "unknown unit": (
        LEAF.replace("currency-EUR", "curency-EUR"),
        "metadata.unit",
        "unità sconosciuta «curency-EUR»; quelle dichiarate: currency-EUR,",
    ),
    "dates out of order": (
        LEAF.replace("2024-01-01: {value", "2025-06-01: {value").replace(
            "2025-01-01: {value", "2024-01-01: {value"
        ),
        "values",
        "date non in ordine: scriverle così: 2024-01-01, 2025-06-01",
    ),
    "not a real date": (
        LEAF.replace("2025-01-01: {value", "2025-02-30: {value"),
        "values",
        '"2025-02-30" non è una data che esiste',
    ),
    "Italian date": (
        LEAF.replace('"2026-03-31"', "31/03/2026"),
        "metadata.last_value_still_valid_on",
        '"31/03/2026" non è una data che esiste; serve una data scritta anno-mese-giorno',
    ),
    "first value too late": (
        LEAF.replace("2024-01-01", "2024-06-01"),
        "values",
        "ogni parametro ha un valore dal 2024-01-01, qui il primo è del 2024-06-01",
    ),
    "duplicate key": (
        LEAF.replace("  2025-01-01: {value", "  2024-01-01: {value"),
        "values.2024-01-01",
        "chiave scritta due volte, di nuovo alla riga 4",
    ),
    "no description": (
        LEAF[LEAF.index("values") :],
        "",
        "manca «description»: una frase che dica che cosa è il valore",
    ),
    "empty description": (
        LEAF.replace("Soglia ISEE per l'accesso", ""),
        "description",
        "è vuoto; serve un testo",
    ),
    "no day of the last check": (
        LEAF.replace('  last_value_still_valid_on: "2026-03-31"\n', ""),
        "metadata",
        "manca «last_value_still_valid_on»: il giorno in cui qualcuno ha controllato",
    ),
    "unknown key": (
        LEAF.replace("short_label", "shortlabel"),
        "metadata",
        "chiave sconosciuta «shortlabel»; quelle ammesse: short_label,",
    ),
    "tab": (LEAF.replace("  unit", "\tunit"), "riga 7", "c'è una tabulazione: usare gli spazi"),
    "invalid YAML": (
        LEAF.replace("Soglia ISEE\n", "Soglia: ISEE\n"),
        "riga 6",
        "il file non si legge, «short_label: Soglia: ISEE»",
    ),
    "forbidden character": (LEAF.replace("ISEE\n", "ISEE\x00\n"), "riga 6", "il file non si legge"),
    "not an address": (
        LEAF + "      href: www.normattiva.it\n",
        "metadata.reference.2025-01-01.href",
        "serve un indirizzo che comincia con https://",
    ),
    "empty file": ("# da scrivere\n", "", "il file è vuoto"),
    "not a parameter": ("9360\n", "", "trovato 9360; serve un parametro"),
    "not UTF-8": (LEAF.replace("l'accesso", "età").encode("latin-1"), "riga 1", "non è in UTF-8"),
}


@pytest.mark.parametrize(("text", "where", "message"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_plainly(tmp_path, text, where, message):
    problems = check(tmp_path, text)
    told = [p.where for p in problems if message in p.message]
    assert told == [where], [str(problem) for problem in problems]


@pytest.mark.parametrize(
    "name", ["soglia-isee.yaml", "Soglia.yaml", "soglia isee.yaml", "soglia.yml"]
)
def test_a_file_name_not_allowed(tmp_path, name):
    (problem,) = check(tmp_path, LEAF, name)
    assert problem.file == name
    assert "usare solo lettere minuscole senza accenti, cifre e _" in problem.message


def test_an_index_without_description(tmp_path):
    (problem,) = check(tmp_path, "metadata: {order: [isee]}\n", name="index.yaml")
    assert problem.message.startswith("manca «description»: una frase")


def test_an_empty_folder(tmp_path):
    (problem,) = check_parameters(tmp_path)
    assert problem.message == "la cartella non contiene nessun parametro"


def test_a_problem_names_file_place_and_remedy(tmp_path):
    (tmp_path / "isee").mkdir()
    (problem,) = check(tmp_path, YES_OR_NO.replace("true", "1"), "isee/soglia.yaml")
    assert str(problem) == (
        "isee/soglia.yaml: values.2025-01-01.value: «1»: con l'unità boolean scrivere true o false"
    )
