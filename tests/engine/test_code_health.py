"""The code keeps the promises of the project: names, references, docstrings, no number in a formula."""

import ast
import datetime
import re
from pathlib import Path

import pytest
import yaml

from openfisca_adi import LAW, PACKAGE, CountryTaxBenefitSystem
from openfisca_adi.variable import PresumedFact

SYSTEM = CountryTaxBenefitSystem()
VARIABLES = LAW / "variables"
CASES = Path(__file__).parents[1]
VOCABULARY = Path(__file__).with_name("vocabulary.txt").read_text("utf-8").splitlines()[1:]
UNITS = yaml.safe_load((PACKAGE / "units.yaml").read_text("utf-8"))
DOCS = CASES.parent / "docs"

#: Module-level names that may be numbers: the ordinals of the periods and the first month of the law.
PERIODS = {"PRIMO_PERIODO", "PRIMO_RINNOVO", "PRIMO_MESE"}

BODIES = (
    "nessuno servizi_sanitari_sociosanitari servizi_sociali_territoriali commissione_medica "
    "autorita_giudiziaria centro_antiviolenza uepe amministrazione_penitenziaria"
)
CHOICES = {
    "disabilita": "nessuna media grave non_autosufficienza",
    "titolo_soggiorno": "cittadino_ue familiare_ue soggiornante_lungo_periodo "
    "protezione_internazionale apolide permesso_art_18 permesso_art_18_bis permesso_art_18_ter "
    "altro",
    "dimissioni_tipo": "nessuna volontarie giusta_causa risoluzione_consensuale_l604",
    "svantaggio_categoria": "nessuna a b1 b2 c d e f1 f2 f3 g h i",
    "svantaggio_ente_certificatore": BODIES,
    "svantaggio_ente_presa_in_carico": BODIES,
    "svantaggio_intervento": "presa_in_carico sola_valutazione sola_assistenza_economica",
    "svantaggio_verifica_esito": "non_comunicato positivo negativo incompetenza",
    "svantaggio_verifica_rettifica": "nessuna positivo negativo",
    "adi_svantaggio_esito": "in_corso positivo negativo silenzio_assenso",
}


def formulas(path):
    """Return the formulas of a file of variables, as syntax trees with the name of their variable."""
    tree = ast.parse(path.read_text("utf-8"))
    for variable in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        for node in variable.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("formula"):
                yield variable.name, node


FILES = sorted(VARIABLES.rglob("*.py"))
REFORMS = sorted((LAW / "reforms").rglob("*.py"))


def file_name(path):
    """Return the path of a file below the root."""
    return path.relative_to(LAW).as_posix()


@pytest.mark.parametrize("row", VOCABULARY, ids=lambda row: row.split()[0])
def test_a_name_of_the_vocabulary_is_what_it_says(row):
    name, entity, kind, definition_period, default = row.split()
    variable = SYSTEM.get_variable(name, check_existence=True)
    assert variable.entity.key == entity
    assert variable.value_type.__name__.lower() == kind
    assert variable.definition_period == definition_period
    assert isinstance(variable, PresumedFact) == (default == "=")
    if default != "=":
        assert written(variable.default_value) == default


def written(default):
    """Return a default as the vocabulary writes it."""
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, datetime.date):
        return default.isoformat()
    return getattr(default, "name", f"{default:g}" if isinstance(default, int | float) else default)


@pytest.mark.parametrize("name", CHOICES)
def test_choices_are_in_the_order_of_the_vocabulary(name):
    choices = SYSTEM.get_variable(name).possible_values
    assert [choice.name for choice in choices] == CHOICES[name].split()


def test_every_variable_has_a_label_and_a_reference():
    bare = [v.name for v in SYSTEM.variables.values() if not (v.label and v.reference)]
    assert bare == []


def test_every_number_has_a_declared_unit():
    numbers = [v for v in SYSTEM.variables.values() if v.value_type is float]
    assert [v.name for v in numbers if v.unit not in UNITS] == []


@pytest.mark.parametrize("path", [*FILES, *REFORMS], ids=file_name)
def test_every_formula_states_its_rule_and_its_act(path):
    for variable, formula in formulas(path):
        docstring = ast.get_docstring(formula)
        assert docstring, variable
        rule, _, source = docstring.partition("\n\n")
        assert rule.endswith((".", ")", ":")), variable
        assert any(
            act in source for act in ("DL ", "L. ", "DM ", "DPCM ", "INPS", "Ministero del Lavoro")
        ), variable


@pytest.mark.parametrize("path", [*FILES, *REFORMS], ids=file_name)
def test_no_number_of_the_law_is_in_the_code(path):
    """Only arithmetic: 0, 1, the ordinals that names end with, the periods."""
    tree = ast.parse(path.read_text("utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    constants = [
        node for node in tree.body if isinstance(node, ast.Assign) and not names(node) <= PERIODS
    ]
    found = [
        f"line {node.lineno}: {node.value}"
        for place in functions + constants
        for node in ast.walk(place)
        if isinstance(node, ast.Constant)
        and type(node.value) in (int, float)
        and node.value not in (0, 1)
        and node not in ordinals(place)
    ]
    assert found == []


def names(assignment):
    """Return the names that an assignment gives."""
    return {
        node.id
        for target in assignment.targets
        for node in ast.walk(target)
        if isinstance(node, ast.Name)
    }


def ordinals(place):
    """Return the items of the tuples that some code goes through, as in ``for n in (1, 2, 3)``."""
    loops = [node for node in ast.walk(place) if isinstance(node, ast.For | ast.comprehension)]
    return [item for loop in loops if isinstance(loop.iter, ast.Tuple) for item in loop.iter.elts]


def test_rules_and_cases_have_the_same_path():
    rules = [path.relative_to(VARIABLES).with_suffix("") for path in FILES if any(formulas(path))]
    assert [str(rule) for rule in rules if not (CASES / f"{rule}.yaml").is_file()] == []


def test_every_interpretation_that_is_cited_is_explained():
    readings = (DOCS / "interpretazioni.md").read_text("utf-8")
    explained = re.findall(r"^\| (I-\d\d) \|", readings, re.MULTILINE)
    assert len(explained) == len(set(explained))
    folders = [*(LAW / name for name in ("variables", "parameters", "reforms")), PACKAGE, DOCS]
    texts = (
        path.read_text("utf-8")
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in {".py", ".yaml", ".md", ".json"}
    )
    cited = {reading for text in texts for reading in re.findall(r"\bI-\d\d\b", text)}
    assert cited - set(explained) == set()
