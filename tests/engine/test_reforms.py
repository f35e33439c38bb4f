"""Reforms as YAML files: what they change, how they are found and composed, and each slip told plainly."""

import json
import re
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from openfisca_core.parameters import Parameter
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_web_api.app import create_app

from openfisca_adi import LAW, cli, reform_names, situation_examples
from openfisca_adi.checks.law import check_law
from openfisca_adi.checks.reforms import SCHEMA
from openfisca_adi.entities import Nucleo
from openfisca_adi.reform import Reform
from openfisca_adi.reform_files import ReformFileError
from openfisca_adi.reform_list import reforms
from openfisca_adi.reform_names import (
    CompositionError,
    UnknownReformError,
    about,
    find_reform,
    find_reforms,
    law_name,
    reform_files,
)
from openfisca_adi.reform_tools import multiplied
from openfisca_adi.system import default_system
from openfisca_adi.variable import Variable

SYSTEM = default_system()
CASES = Path(__file__).parents[1]
HEADER = "titolo: Prova\ndescrizione: Una prova.\n"
IGNORED_VALUE = pytest.mark.filterwarnings("ignore:You cannot set a value")
CENTS = st.integers(0, 10**8).map(lambda cents: cents / 100)


def write(folder: Path, text: str, name: str = "prova.yaml") -> Path:
    path = folder / name
    path.write_text(HEADER + text, encoding="utf-8")
    return path


def apply(folder: Path, text: str):
    """Return the law with the reform that has this text."""
    return find_reform(str(write(folder, text)))(SYSTEM)


def values(system, path: str) -> dict:
    parameter = system.parameters
    for name in path.split("."):
        parameter = parameter.children[name]
    return {value.instant_str: value.value for value in reversed(parameter.values_list)}


def person(system, facts=None, household=None):
    """Return a simulation of one person of 62 years, poor, in 2024 and 2025."""
    years = ("2024", "2025")
    means = {name: dict.fromkeys(years, 0) for name in ("isee", "reddito_familiare")}
    situation = {
        "persone": {"anna": {"data_nascita": {"ETERNITY": "1962-01-01"}, **(facts or {})}},
        "nuclei": {"n": {"richiedente": "anna", **means, **(household or {})}},
    }
    return SimulationBuilder().build_from_dict(system, situation)


# The reforms of the package


@pytest.mark.parametrize("header", reforms(), ids=lambda header: header.nome)
def test_a_reform_of_the_package(header):
    assert header.titolo != header.nome
    assert header.descrizione
    reformed = find_reform(header.nome)(SYSTEM)
    assert law_name(reformed) == header.titolo
    named = re.compile(rf"^  reforms:.*\b{header.nome}\b", re.MULTILINE)
    assert any(named.search(path.read_text("utf-8")) for path in CASES.rglob("*.yaml"))


def test_the_yaml_reforms_of_the_package_have_no_problem():
    assert [str(problem) for problem in check_law(LAW / "reforms")] == []


# What a file changes


def test_a_value_from_a_date_holds_for_ever(tmp_path):
    path = "adi.requisiti.isee.soglia"
    law = apply(tmp_path, f"dal: 2024-06-01\nimposta: {{{path}: 9000}}\n")
    assert values(law, path) == {"2024-01-01": 9360, "2024-06-01": 9000}
    assert values(SYSTEM, path) == {"2024-01-01": 9360, "2025-01-01": 10140}


def test_values_by_date_and_every_change_of_the_file(tmp_path):
    text = """\
imposta:
  adi.requisiti.isee.soglia: {2026-01-01: 11000, 2025-07-01: 10500.50}
  adi.requisiti.cittadinanza.deroghe.permesso_art_18: {2024-01-01: true}
  adi.procedura.contributo_straordinario.ultimo_mese: {2024-01-01: 2025-12-01}
  isee.scala_equivalenza.figli: {2025-01-01: [0, 0.10, 0.25, 0.40, 0.60]}
moltiplica:
  adi.importo.tetto_locazione: {2025-01-01: 1.5, 2026-01-01: 2}
"""
    law = apply(tmp_path, text)
    assert values(law, "adi.requisiti.isee.soglia") == {
        **values(SYSTEM, "adi.requisiti.isee.soglia"),
        "2025-07-01": 10500.5,
        "2026-01-01": 11000,
    }
    assert values(law, "adi.requisiti.cittadinanza.deroghe.permesso_art_18") == {"2024-01-01": True}
    end = values(law, "adi.procedura.contributo_straordinario.ultimo_mese")
    assert end == {"2024-01-01": "2025-12-01"}
    assert values(law, "isee.scala_equivalenza.figli")["2025-01-01"][-1] == 0.6
    rents = values(law, "adi.importo.tetto_locazione")
    assert rents == {"2024-01-01": 3360, "2025-01-01": 5460, "2026-01-01": 7280}


def test_a_factor_multiplies_also_what_the_law_sets_later(tmp_path):
    law = apply(tmp_path, "dal: 2024-07-01\nmoltiplica: {adi.requisiti.isee.soglia: 1.1}\n")
    assert values(law, "adi.requisiti.isee.soglia") == {
        "2024-01-01": 9360,
        "2024-07-01": 10296,
        "2025-01-01": 11154,
    }


@pytest.mark.parametrize(
    ("path", "factor", "value"),
    [
        ("adi.requisiti.residenza.anni", 0.5, 3),  # 2.5 years
        ("adi.procedura.primo_appuntamento.giorni", 0.33, 40),  # 39.6 days
        ("adi.obblighi.invalidita_l68", 1.1, 50.6),
        ("adi.scala_equivalenza.svantaggio", 1.1, 0.33),
        ("adi.importo.minimo_annuo", 1.00005, 480.02),  # 480.024
    ],
)
def test_a_product_has_the_decimals_of_its_unit(tmp_path, path, factor, value):
    law = apply(tmp_path, f"dal: 2024-01-01\nmoltiplica: {{{path}: {factor}}}\n")
    assert values(law, path) == {"2024-01-01": value}
    assert isinstance(values(law, path)["2024-01-01"], type(value))


@given(CENTS, st.integers(0, 1000).map(lambda hundredths: hundredths / 100))
def test_a_multiplied_amount_is_rounded_half_up_to_the_cent(amount, factor):
    parameter = Parameter("x", {"2024-01-01": amount})
    (value,) = multiplied(parameter, {"2024-01-01": factor}, "currency-EUR").values()
    exact = Decimal(str(amount)) * Decimal(str(factor))
    assert value == float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def test_an_index_compounds(tmp_path):
    text = """\
indicizza:
  adi.requisiti.isee.soglia: prezzi
  adi.importo.tetto_locazione: {2026-01-01: -10}
indici:
  prezzi: {descrizione: Ipotesi., variazioni: {2026-01-01: 10, 2024-07-01: 100}}
"""
    law = apply(tmp_path, text)
    assert values(law, "adi.requisiti.isee.soglia") == {
        "2024-01-01": 9360,
        "2024-07-01": 18720,
        "2025-01-01": 20280,
        "2026-01-01": 22308,
    }
    assert values(law, "adi.importo.tetto_locazione")["2026-01-01"] == 3276


def test_what_is_frozen_stays_at_the_value_of_the_day_before(tmp_path):
    law = apply(tmp_path, "dal: 2025-01-01\ncongela: [sfl.importo]\n")
    assert values(law, "sfl.importo") == {"2024-01-01": 350, "2025-01-01": 350}


def test_a_changed_parameter_cites_the_reform(tmp_path):
    law = apply(tmp_path, "riferimento: DDL 1\ndal: 2025-01-01\nimposta: {sfl.importo: 400}\n")
    cited = law.parameters.sfl.importo.metadata["reference"]
    assert cited["2025-01-01"] == {"title": "DDL 1"}
    assert cited["2024-01-01"] == SYSTEM.parameters.sfl.importo.metadata["reference"]["2024-01-01"]


def test_a_neutralised_result_has_its_value_from_the_date(tmp_path):
    text = (
        "dal: 2025-01-01\nneutralizza: {adi_requisito_residenza: true, adi_quota_locazione: 1200}\n"
    )
    law = apply(tmp_path, text)
    newcomer = {"anni_residenza_italia": dict.fromkeys(("2024", "2025"), 1)}
    simulation = person(law, newcomer)
    assert simulation.calculate("adi_requisito_residenza", "2024-12").tolist() == [False]
    assert simulation.calculate("adi_requisito_residenza", "2025-01").tolist() == [True]
    assert simulation.calculate("adi_spettante", "2024-12").tolist() == [0]
    assert simulation.calculate("adi_spettante", "2025-01").tolist() == [641.67]
    assert "neutralizzata" in law.variables["adi_quota_locazione"].label


@IGNORED_VALUE
def test_a_neutralised_fact_has_its_value_whatever_is_given(tmp_path):
    names = "patrimonio_mobiliare, reddito_familiare"
    law = apply(tmp_path, f"neutralizza: [{names}]\n")
    rich = {"patrimonio_mobiliare": {"2025": 9e6}, "reddito_familiare": {"2025": 9e6}}
    assert person(SYSTEM, household=rich).calculate("adi_spettante", "2025-03").tolist() == [0]
    assert person(law, household=rich).calculate("adi_spettante", "2025-03").tolist() == [541.67]


@IGNORED_VALUE
def test_choices_and_dates_may_be_the_value_of_a_variable(tmp_path):
    text = "neutralizza: {disabilita: grave, struttura_uscita: 2024-02-01, isee: 12}\n"
    simulation = person(apply(tmp_path, text))
    assert simulation.calculate("disabilita", "2025-03").decode_to_str().tolist() == ["grave"]
    assert str(simulation.calculate("struttura_uscita", "2025-03")[0]) == "2024-02-01"
    assert simulation.calculate("isee", "2025-03").tolist() == [12]


# Several reforms


def test_reforms_are_composed_in_order(tmp_path):
    path = "adi.requisiti.isee.soglia"
    double = write(tmp_path, f"dal: 2025-01-01\nmoltiplica: {{{path}: 2}}\n", "doppia.yaml")
    names = ["soglie_2024_congelate", str(double)]
    assert values(find_reforms(names)(SYSTEM), path)["2025-01-01"] == 18720
    assert values(find_reforms(names[::-1])(SYSTEM), path) == {"2024-01-01": 9360}
    both = find_reforms(names)
    assert law_name(both(SYSTEM)) == "Soglie del 2024 congelate + Prova"
    assert values(SYSTEM, path)["2025-01-01"] == 10140


def test_a_file_may_begin_with_other_reforms(tmp_path):
    write(tmp_path, "dal: 2024-01-01\nimposta: {sfl.importo: 100}\n", "prima.yaml")
    text = """\
dal: 2024-01-01
riforme: [prima.yaml, senza_requisito_categoriale, openfisca_adi.reforms.proposte.svantaggio_050.svantaggio_050]
moltiplica: {sfl.importo: 2}
"""
    law = apply(tmp_path, text)
    assert values(law, "sfl.importo") == {"2024-01-01": 200}
    assert values(law, "adi.scala_equivalenza.svantaggio") == {"2024-01-01": 0.5}
    replaced = law.variables["adi_requisito_categoriale"]
    assert replaced.label != SYSTEM.variables["adi_requisito_categoriale"].label


class adi_quota_locazione(Variable):
    """Only what changes: the rest is of the variable that it replaces."""

    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH

    def formula_2025(nucleo, period):
        return nucleo.filled_array(2400.0)


class due_modifiche(Reform):
    """A reform in Python that does in steps what OpenFisca would lose or refuse."""

    def apply(self):
        for name in ("importo", "soglia_isee"):
            self.modify_parameters(lambda law, name=name: self.change(law, name))
        self.update_variable(adi_quota_locazione)
        self.neutralize_variable("adi_quota_locazione", start="2025-06-01")

    @staticmethod
    def change(parameters, name):
        parameters.sfl.children[name].update(start="2024-01-01", value=1)
        return parameters


def test_the_changes_of_a_python_reform_add_up():
    law = due_modifiche(SYSTEM)
    assert values(law, "sfl.importo") == values(law, "sfl.soglia_isee") == {"2024-01-01": 1}
    simulation = person(law)
    assert simulation.calculate("adi_quota_locazione", "2025-05").tolist() == [2400]
    assert simulation.calculate("adi_quota_locazione", "2025-06").tolist() == [0]


def test_a_reform_after_another_is_found_by_any_name():
    law = due_modifiche(SYSTEM).apply_reform("svantaggio_050")
    assert values(law, "adi.scala_equivalenza.svantaggio") == {"2024-01-01": 0.5}


def test_a_function_that_forgets_the_parameters_is_told():
    class dimenticanza(Reform):
        def apply(self):
            self.modify_parameters(lambda parameters: None)

    with pytest.raises(ValueError, match="dimenticanza: la funzione che cambia i parametri deve"):
        dimenticanza(SYSTEM)


def test_a_reform_is_not_applied_twice(tmp_path):
    path = write(tmp_path, "riforme: [svantaggio_050]\n")
    with pytest.raises(CompositionError, match="«svantaggio_050» sarebbe applicata due volte"):
        find_reforms([str(path), "svantaggio_050"])
    with pytest.raises(ReformFileError, match="«svantaggio_050» sarebbe applicata due volte"):
        apply(tmp_path, "riforme: [svantaggio_050, svantaggio_050]\n")


def test_a_reform_does_not_contain_itself(tmp_path):
    write(tmp_path, "riforme: [a.yaml]\n", "b.yaml")
    path = write(tmp_path, "riforme: [b.yaml]\n", "a.yaml")
    with pytest.raises(ReformFileError, match=r"se stessa: a.yaml → b.yaml → a.yaml"):
        find_reform(str(path))(SYSTEM)


def test_the_web_api_serves_a_reform(tmp_path):
    path = write(tmp_path, "riforme: [svantaggio_050]\nneutralizza: [adi_quota_locazione]\n")
    server = create_app(SYSTEM.apply_reform(str(path))).test_client()
    assert server.get("/spec").status_code == 200
    parameter = server.get("/parameter/adi.scala_equivalenza.svantaggio").get_json()
    assert parameter["values"] == {"2024-01-01": 0.5}
    assert "Proposta" in parameter["metadata"]["reference"]["2024-01-01"]["title"]
    assert "neutralizzata" in server.get("/variable/adi_quota_locazione").get_json()["description"]
    tenant = situation_examples.anziano_in_affitto
    household = server.post("/calculate", json=tenant).get_json()["nuclei"]["nucleo"]
    assert household["adi_spettante"] == {"2025-03": 341.67}  # (6,500 - 2,400) / 12


# Names


@pytest.mark.parametrize("name", ["soglie_2024_congelate", "svantaggio_050"])
def test_a_reform_has_a_short_and_a_dotted_name(name):
    (dotted,) = [path for path, _ in reform_files() if path.endswith(f".{name}")]
    assert law_name(find_reform(dotted)(SYSTEM)) == law_name(find_reform(name)(SYSTEM))
    assert law_name(SYSTEM.apply_reform(dotted)) == law_name(SYSTEM.apply_reform(name))


def test_a_yaml_reform_is_imported_as_a_python_one():
    from openfisca_adi.reforms.proposte.svantaggio_050 import svantaggio_050  # noqa: PLC0415

    assert svantaggio_050(SYSTEM).name == "Svantaggio a 0,50"
    assert "0,50" in sys.modules["openfisca_adi.reforms.proposte.svantaggio_050"].__doc__
    with pytest.raises(ModuleNotFoundError):
        import openfisca_adi.reforms.proposte.svantaggio_051  # noqa: F401, PLC0415


def test_two_files_with_one_name_are_told(tmp_path, monkeypatch):
    for name in ("a/x.yaml", "a/x.py", "b/y.yaml", "a/parameters/y.yaml", "b/rules.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{HEADER}neutralizza: [isee]\n", "utf-8")
    (tmp_path / "a" / "x.py").write_text("class x(Reform):\n", "utf-8")
    monkeypatch.setattr(reform_names, "FOLDER", tmp_path)
    monkeypatch.setattr(reform_names, "LAW", tmp_path)
    with pytest.raises(UnknownReformError, match=r"più riforme si chiamano «x»: a/x.py, a/x.yaml"):
        find_reform("x")
    assert [path.removeprefix("openfisca_adi.reforms.") for path, _ in reform_files()] == [
        *("a.x.x", "a.x.x", "b.y.y")
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("manca.yaml", "il file «manca.yaml» non esiste"),
        ("svantaggio_05", "più vicino: svantaggio_050"),
        ("cartella/mia.py", "si indica con il suo percorso, per esempio cartella.mia.mia"),
    ],
)
def test_a_name_that_does_not_exist(name, message):
    with pytest.raises(UnknownReformError, match=message):
        find_reform(name)


# The documentation

EXAMPLES = [
    example
    for document in ("README.md", "docs/riforme.md")
    for example in re.findall(
        r"```yaml\n(titolo:.*?)```", (CASES.parent / document).read_text("utf-8"), re.DOTALL
    )
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.splitlines()[0])
def test_an_example_of_the_documentation_can_be_applied(tmp_path, example):
    path = tmp_path / "esempio.yaml"
    path.write_text(example, encoding="utf-8")
    assert check_law(path) == []


# Slips

GOOD = "dal: 2025-01-01\nimposta: {sfl.importo: 400}\n"
SLIPS = {
    "unknown path": (
        "dal: 2025-01-01\nimposta: {adi.requisiti.isee.soglie: 9360}\n",
        "imposta.adi.requisiti.isee.soglie",
        "parametro sconosciuto; forse adi.requisiti.isee.soglia",
    ),
    "folder": (
        "dal: 2025-01-01\nmoltiplica: {adi.requisiti.isee: 2}\n",
        "moltiplica.adi.requisiti.isee",
        "è una cartella di parametri: indicarne uno (soglia)",
    ),
    "date that does not exist": (
        GOOD.replace("2025-01-01", "2025-02-30"),
        "dal",
        '"2025-02-30" non è una data che esiste',
    ),
    "date of a value that does not exist": (
        "imposta: {sfl.importo: {2025-13-01: 400}}\n",
        "imposta.sfl.importo",
        '"2025-13-01" non è una data che esiste',
    ),
    "a year alone": (
        GOOD.replace("2025-01-01", "2025"),
        "dal",
        "trovato 2025; serve una data scritta anno-mese-giorno, ad esempio 2025-01-01",
    ),
    "not the first of a month": (
        GOOD.replace("2025-01-01", "2025-01-15"),
        "dal",
        "la legge si legge il primo giorno del mese: scrivere 2025-01-01",
    ),
    "before the ADI": (
        "moltiplica: {sfl.importo: {2023-12-01: 2}}\n",
        "moltiplica.sfl.importo.2023-12-01",
        "2023-12-01 non sta tra il 2024-01-01 e il 2040-12-01",
    ),
    "date of an index": (
        "indicizza: {sfl.importo: a}\nindici: {a: {descrizione: x, variazioni: {2041-01-01: 1}}}\n",
        "indici.a.variazioni.2041-01-01",
        "2041-01-01 non sta tra il 2024-01-01 e il 2040-12-01",
    ),
    "no date": (
        "imposta: {sfl.importo: 400}\n",
        "imposta.sfl.importo",
        "manca la data: scrivere «dal», o il valore sotto la sua data",
    ),
    "no date to freeze": ("congela: [sfl.importo]\n", "congela", "scrivere «dal», con una data"),
    "decimal comma": (
        GOOD.replace("400", "9360,00"),
        "imposta.sfl.importo",
        "«9360,00» non è un numero: scrivere 9360.00",
    ),
    "decimal comma, alone on the line": (
        "dal: 2025-01-01\nimposta:\n  sfl.importo: 9360,00\n",
        "imposta.sfl.importo",
        "«9360,00» non è un numero: scrivere 9360.00",
    ),
    "thousands point": (
        GOOD.replace("400", "9.360"),
        "imposta.sfl.importo",
        "«9.360» vale 9.36 euro: se il punto separa le migliaia scrivere 9360",
    ),
    "number as text": (
        GOOD.replace("400", '"400"'),
        "imposta.sfl.importo",
        "«400» è scritto come testo",
    ),
    "negative": (GOOD.replace("400", "-400"), "imposta.sfl.importo", "-400 è negativo"),
    "boolean for a number": (
        GOOD.replace("400", "true"),
        "imposta.sfl.importo",
        "«true»: con l'unità currency-EUR serve un numero",
    ),
    "half a year": (
        "dal: 2024-01-01\nimposta: {adi.requisiti.residenza.anni: 2.5}\n",
        "imposta.adi.requisiti.residenza.anni",
        "«2.5»: con l'unità year serve un numero intero",
    ),
    "too high": (
        "dal: 2024-01-01\nimposta: {adi.obblighi.invalidita_l68: 101}\n",
        "imposta.adi.obblighi.invalidita_l68",
        "«101»: con l'unità percent il massimo è 100",
    ),
    "too high when multiplied": (
        "dal: 2024-01-01\nmoltiplica: {adi.obblighi.invalidita_l68: 3}\n",
        "moltiplica.adi.obblighi.invalidita_l68",
        "«138»: con l'unità percent il massimo è 100",
    ),
    "number for a boolean": (
        "dal: 2024-01-01\nimposta: {adi.requisiti.cittadinanza.deroghe.permesso_art_18: 1}\n",
        "imposta.adi.requisiti.cittadinanza.deroghe.permesso_art_18",
        "«1»: con l'unità boolean scrivere true o false",
    ),
    "date of a parameter": (
        "dal: 2024-01-01\nimposta: {adi.procedura.contributo_straordinario.ultimo_mese: 2025-02-30}\n",
        "imposta.adi.procedura.contributo_straordinario.ultimo_mese",
        "«2025-02-30» non è una data che esiste",
    ),
    "one value for a list": (
        "dal: 2024-01-01\nimposta: {isee.scala_equivalenza.figli: 0.5}\n",
        "imposta.isee.scala_equivalenza.figli",
        "serve un elenco tra parentesi quadre",
    ),
    "a list for one value": (
        GOOD.replace("400", "[400, 500]"),
        "imposta.sfl.importo",
        "serve un solo valore, non un elenco",
    ),
    "unknown word": (
        "dal: 2024-01-01\nimposta: {adi.svantaggio.enti.certificazione.a: [comune]}\n",
        "imposta.adi.svantaggio.enti.certificazione.a[1]",
        "«comune» non è ammesso; i valori sono: servizi_sanitari_sociosanitari, servizi",
    ),
    "short list": (
        "dal: 2024-01-01\nimposta: {isee.scala_equivalenza.figli: [0, 0.5]}\n",
        "imposta.isee.scala_equivalenza.figli",
        "valori, qui sono 2",
    ),
    "product of a date": (
        "dal: 2024-01-01\nmoltiplica: {adi.procedura.contributo_straordinario.ultimo_mese: 2}\n",
        "moltiplica.adi.procedura.contributo_straordinario.ultimo_mese",
        "non è un numero: si può soltanto impostare o congelare",
    ),
    "factor with a comma": (
        "dal: 2024-01-01\nmoltiplica: {sfl.importo: 1,10}\n",
        "moltiplica.sfl.importo",
        'trovato "1,10"; serve un fattore da 0 a 10 scritto con il punto',
    ),
    "factor as a percentage": (
        "dal: 2024-01-01\nmoltiplica: {sfl.importo: 110}\n",
        "moltiplica.sfl.importo",
        "trovato 110; serve un fattore da 0 a 10",
    ),
    "unknown index": (
        "indicizza: {sfl.importo: prezi}\n"
        "indici: {prezzi: {descrizione: x, variazioni: {2025-01-01: 1}}}\n",
        "indicizza.sfl.importo",
        "l'indice «prezi» non è tra gli «indici»; forse prezzi",
    ),
    "changed twice": (
        GOOD + "moltiplica: {sfl.importo: 2}\n",
        "moltiplica.sfl.importo",
        "«sfl.importo» è già in «imposta»: in una riforma un parametro cambia una volta sola",
    ),
    "frozen twice": (
        "dal: 2025-01-01\ncongela: [sfl.importo, sfl.importo]\n",
        "congela[2]",
        "«sfl.importo» è già in «congela»",
    ),
    "key written twice": (
        GOOD + "dal: 2026-01-01\n",
        "dal",
        "chiave scritta due volte, di nuovo alla riga 5",
    ),
    "parameter written twice": (
        "dal: 2025-01-01\nimposta:\n  sfl.importo: 1\n  sfl.importo: 2\n",
        "imposta.sfl.importo",
        "chiave scritta due volte, di nuovo alla riga 6",
    ),
    "unknown key": (
        GOOD + "autori: x\n",
        "",
        "chiave sconosciuta «autori»; quelle ammesse: autore,",
    ),
    "nothing to do": (
        "dal: 2025-01-01\n",
        "",
        "non cambia nulla: scrivere almeno una di riforme, im",
    ),
    "unknown variable": (
        "neutralizza: [adi_spetante]\n",
        "neutralizza.adi_spetante",
        "variabile sconosciuta; forse adi_spettante",
    ),
    "a yes or no without a value": (
        "neutralizza: [adi_requisito_residenza]\n",
        "neutralizza.adi_requisito_residenza",
        "è un sì o no: scrivere quale, per esempio neutralizza: {adi_requisito_residenza: true}",
    ),
    "value of a variable": (
        "neutralizza: {disabilita: forte}\n",
        "neutralizza.disabilita",
        "«forte» non è ammesso; i valori sono: nessuna, media",
    ),
    "number of a variable": (
        "neutralizza: {isee: 1 + 1}\n",
        "neutralizza.isee",
        "«1 + 1» non è un numero",
    ),
    "neutralised twice": (
        "neutralizza: [isee, isee]\n",
        "neutralizza",
        "«isee» è scritta due volte",
    ),
    "fact from a date": (
        "dal: 2025-01-01\nneutralizza: [patrimonio_mobiliare]\n",
        "neutralizza.patrimonio_mobiliare",
        "si neutralizza per tutti i mesi. Togliere «dal»",
    ),
    "unknown reform": (
        "riforme: [svantaggio_05]\n",
        "riforme[1]",
        "la riforma «svantaggio_05» non esiste; quelle con il nome più vicino: svantaggio_050",
    ),
    "empty": ("dal: 2025-01-01\nimposta:\n", "imposta", "è vuoto; serve i parametri con il loro"),
}


@pytest.mark.parametrize(("text", "where", "message"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_plainly(tmp_path, text, where, message):
    path = write(tmp_path, text)
    with pytest.raises(ReformFileError) as raised:
        find_reform(str(path))(SYSTEM)
    told = [problem.where for problem in raised.value.problems if message in problem.message]
    assert told == [where], str(raised.value)
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "vuoto; serve una riforma: titolo, descrizione e che cosa cambia"),
        (b"- titolo: x\n", "serve una riforma: titolo, descrizione e che cosa cambia"),
        (b"titolo: a: b\n", "riga 1: il file non si legge, «titolo: a: b»"),
        ("titolo: è\n".encode("latin-1"), "riga 1: il file non è in UTF-8"),
        (b"dal: 2025-01-01\n", "manca «titolo»: il nome con cui la riforma si legge"),
    ],
)
def test_a_file_that_is_not_a_reform(tmp_path, content, message):
    (tmp_path / "x.yaml").write_bytes(content)
    with pytest.raises(ReformFileError, match=re.escape(message)):
        find_reform(str(tmp_path / "x.yaml"))(SYSTEM)


@pytest.mark.parametrize("key", SCHEMA["properties"])
@pytest.mark.parametrize(
    "value", ["1", "true", "[1, [2]]", "{a: {b: 1}}", "{a: 1}", "x", "{}", "[]"]
)
def test_whatever_stands_under_a_key_is_told(tmp_path, key, value):
    (tmp_path / "x.yaml").write_text(f"{key}: {value}\n", encoding="utf-8")
    with pytest.raises(ReformFileError):
        find_reform(str(tmp_path / "x.yaml"))(SYSTEM)


def test_all_problems_are_told_together(tmp_path):
    text = (
        "dal: 2025-01-15\nimposta: {sfl.importi: 1, sfl.importo: 9.360}\nneutralizza: [x]\nz: 1\n"
    )
    problems = check_law(write(tmp_path, text))
    assert [problem.where for problem in problems] == [
        *("", "dal", "imposta.sfl.importi", "imposta.sfl.importo", "neutralizza.x")
    ]
    assert {problem.file for problem in problems} == {str(tmp_path / "prova.yaml")}


def test_a_mistake_in_a_reform_that_is_named_says_where(tmp_path):
    write(tmp_path, "z: 1\n", "prima.yaml")
    problems = [str(problem) for problem in check_law(write(tmp_path, "riforme: [prima.yaml]\n"))]
    assert any(
        "prova.yaml: riforme: " in problem and "prima.yaml" in problem for problem in problems
    )


def test_a_folder_of_reforms_is_checked_with_the_parameters_in_it(tmp_path):
    folder = tmp_path / "reforms"
    (folder / "misura" / "parameters").mkdir(parents=True)
    write(folder / "misura", GOOD, "giusta.yaml")
    write(folder / "misura", "z: 1\n", "sbagliata.yaml")
    (folder / "misura" / "parameters" / "soglia.yaml").write_text("description: x\n", "utf-8")
    files = {problem.file for problem in check_law(tmp_path)}
    assert files == {
        str(folder / "misura" / "sbagliata.yaml"),
        str(folder / "misura" / "parameters" / "soglia.yaml"),
    }


# The command


def run(*arguments, status=0):
    result = CliRunner().invoke(cli.main, [str(argument) for argument in arguments])
    assert result.exit_code == status, result.output
    return result.stdout if status == 0 else result.stderr


def test_the_list_of_reforms():
    text = run("riforme")
    assert "svantaggio_050 (reforms/proposte/svantaggio_050.yaml)" in text
    records = json.loads(run("riforme", "--json"))
    assert [record["percorso"] for record in records] == [path for path, _ in reform_files()]
    (frozen,) = [record for record in records if record["nome"] == "soglie_2024_congelate"]
    assert frozen == {
        "nome": "soglie_2024_congelate",
        "titolo": "Soglie del 2024 congelate",
        "descrizione": "Le soglie del 2024 anche dopo il 2025: l'ADI senza la L. 207/2024, art. 1, c. 198.",
        "autore": "openfisca-adi",
        "riferimento": "L. 30 dicembre 2024, n. 207, art. 1, c. 198",
        "percorso": "openfisca_adi.reforms.legge.soglie_2024_congelate.soglie_2024_congelate",
        "file": "reforms/legge/soglie_2024_congelate.py",
    }


def test_the_command_takes_files_and_several_reforms(tmp_path):
    (tmp_path / "persone.csv").write_text("id_persona,id_nucleo,eta\n1,1,62\n", "utf-8")
    (tmp_path / "nuclei.csv").write_text(
        "id_nucleo,peso,isee,reddito_familiare\n1,1,0,0\n", "utf-8"
    )
    path = write(
        tmp_path, "dal: 2025-01-01\nmoltiplica: {adi.requisiti.reddito.base: 2}\n", "mia.yaml"
    )
    options = ("--riforma", "soglie_2024_congelate", "--riforma", path)
    assert "12.000" in run("simula", tmp_path, "--periodo", "2025-06", *options)
    text = run("confronta", tmp_path, *options)
    assert "Riforma     Soglie del 2024 congelate + Prova" in text
    path.write_text("titolo: x\n", encoding="utf-8")
    error = run("confronta", tmp_path, "--riforma", path, status=1)
    assert f"Errore: {path}: manca «descrizione»" in error


def test_the_checker_reads_a_reform_anywhere(tmp_path):
    assert "Nessun problema." in run("controlla", write(tmp_path, GOOD))
    wrong = write(tmp_path, GOOD.replace("importo", "importi"), "sbagliata.yaml")
    assert "problemi trovati: 1" in run("controlla", wrong, status=1)


def test_what_a_reform_changes_is_said_by_its_file():
    """A YAML file by its description, a Python one by its module, several by each in order."""
    names = "svantaggio_050", "soglie_2024_congelate"
    yaml, python = map(find_reform, names)
    assert about(yaml) == yaml.text.data["descrizione"]
    assert about(python) == sys.modules[python.__module__].__doc__.strip()
    assert about(find_reforms(names)) == f"{about(yaml)} {about(python)}"
