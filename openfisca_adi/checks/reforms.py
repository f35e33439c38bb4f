"""Check the reforms written as YAML files: their structure, and what they change against a law."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator
from openfisca_core.parameters import Parameter
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from openfisca_adi.checks.parameters import (
    FIRST_DATE,
    PACKAGE,
    UNITS,
    Problem,
    Where,
    check_maximum,
    check_number,
    check_value,
    explain,
    read_yaml,
    report_yaml,
)
from openfisca_adi.checks.tables import choices
from openfisca_adi.checks.values import is_date, nearest, wrong_value
from openfisca_adi.dates import LAST_MONTH
from openfisca_adi.reform_tools import find_parameter, multiplied, unit_of
from openfisca_adi.variable import is_fact

SCHEMA = json.loads((PACKAGE / "schemas" / "reform.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
#: The keys that change parameters, and all those that change something.
PARAMETER_CHANGES = ("imposta", "moltiplica", "indicizza", "congela")
CHANGES = ("riforme", *PARAMETER_CHANGES, "neutralizza")
#: A key of a reform at the beginning of a line: no other YAML file of the project has one.
REFORM_KEY = re.compile(rf"^({'|'.join(('titolo', 'dal', *CHANGES))})\s*:", re.MULTILINE)
NUMBERS = [unit for unit, about in UNITS.items() if about["value_type"] == "number"]
BRACES = re.compile(r"\{[^{}]*\}")


@dataclass
class ReformText:
    """A reform file as it is written: dates are text, and every scalar is known by its place."""

    path: Path
    data: dict = field(default_factory=dict)
    scalars: dict[Where, tuple[str, object]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def report(self, message: str, *where: str | int) -> None:
        """Add a problem that is found there."""
        place = "".join(f"[{k + 1}]" if isinstance(k, int) else f".{k}" for k in where)
        self.problems.append(Problem(str(self.path), place.removeprefix("."), message))

    def section(self, key: str, kind: type = dict):
        """Return what is under a key, empty if it is missing or of another kind."""
        content = self.data.get(key)
        return content if isinstance(content, kind) else kind()

    @property
    def start(self) -> str | None:
        """The date of the reform, if it has one."""
        start = self.data.get("dal")
        return start if is_date(start) else None

    def dated(self, content: object) -> dict[str, object]:
        """Return values by date: those written so, or one from the date of the reform on."""
        if isinstance(content, dict):
            return dict(sorted(content.items()))
        return {self.start: content} if self.start else {}

    def factors(self, key: str, path: str) -> dict[str, float]:
        """Return the factors by date for which a parameter is multiplied, those of an index compounded."""
        content = self.data[key][path]
        if key == "moltiplica":
            return self.dated(content)
        if isinstance(content, str):
            content = self.data["indici"][content]["variazioni"]
        factors, factor = {}, 1.0
        for day, change in self.dated(content).items():
            factors[day] = factor = factor * (1 + change / 100)
        return factors


def read_reform(path: Path) -> ReformText:
    """Read a reform file; what is wrong in its structure is among its ``problems``."""
    text = ReformText(path)
    content = path.read_bytes()
    try:
        data, text.scalars = read_yaml(content.decode("utf-8"), text.report, BRACES)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        text.report("il file non è in UTF-8: salvarlo con la codifica UTF-8", f"riga {line}")
        return text
    except yaml.YAMLError as error:
        report_yaml(error, content.decode("utf-8"), text.report)
        return text
    for error in VALIDATOR.iter_errors(data):
        for message in explain(error):
            text.report(message, *error.absolute_path)
    text.data = data if isinstance(data, dict) else {}
    if text.data and not any(key in text.data for key in CHANGES):
        text.report(f"non cambia nulla: scrivere almeno una di {', '.join(CHANGES)}")
    return text


def is_reform(path: Path) -> bool:
    """Tell a reform from the other YAML files (cases, parameters), by the keys that it has."""
    return bool(REFORM_KEY.search(path.read_bytes().decode("utf-8", errors="replace")))


def check_reform(text: ReformText, system: TaxBenefitSystem) -> list[Problem]:
    """Return every problem of a reform file: of its structure, and of what it would change in ``system``."""
    text = replace(text, problems=list(text.problems))
    _check_dates(text)
    changed = {}
    for key in PARAMETER_CHANGES:
        paths = text.section(key, list if key == "congela" else dict)
        for place, path in enumerate(map(str, paths)):
            where = (key, place) if key == "congela" else (key, path)
            if path in changed:
                text.report(
                    f"«{path}» è già in «{changed[path]}»: in una riforma un parametro cambia una volta sola",
                    *where,
                )
            changed[path] = key
            parameter = find_parameter(system.parameters, path)
            if isinstance(parameter, Parameter):
                _check_change(text, where, path, parameter, system)
            else:
                text.report(_unknown_parameter(path, parameter, system), *where)
    _check_neutralized(text, system)
    return list(dict.fromkeys(text.problems))


def _check_dates(text: ReformText) -> None:
    """Check that every date is the first day of a month that can be computed, and that none is missing."""
    if "dal" in text.data:
        _check_day(text, "dal", text.data["dal"])
    for key in ("imposta", "moltiplica", "indicizza"):
        for path, content in text.section(key).items():
            if isinstance(content, dict):
                for day in content:
                    _check_day(text, day, day, key, path)
            elif key != "indicizza" and content is not None and "dal" not in text.data:
                text.report(
                    "manca la data: scrivere «dal», o il valore sotto la sua data", key, path
                )
    for name, index in text.section("indici").items():
        for day in (index.get("variazioni") or {}) if isinstance(index, dict) else ():
            _check_day(text, day, day, "indici", name, "variazioni")
    if "congela" in text.data and (text.start or FIRST_DATE) <= FIRST_DATE:
        advice = f"scrivere «dal», con una data dopo il {FIRST_DATE}"
        text.report(f"i parametri restano al valore del giorno prima di «dal»: {advice}", "congela")


def _check_day(text: ReformText, key: str, day: object, *where: str) -> None:
    if not is_date(day):
        return  # the schema says so
    month = f"{day[:7]}-01"
    if day != month:
        text.report(f"la legge si legge il primo giorno del mese: scrivere {month}", *where, key)
    if not FIRST_DATE <= day <= str(LAST_MONTH):
        text.report(f"{day} non sta tra il {FIRST_DATE} e il {LAST_MONTH}", *where, key)


def _unknown_parameter(path: str, folder: object, system: TaxBenefitSystem) -> str:
    if folder is not None and path:
        inside = ", ".join(folder.children)
        return f"«{path}» è una cartella di parametri: indicarne uno ({inside})"
    leaves = [
        leaf.name for leaf in system.parameters.get_descendants() if isinstance(leaf, Parameter)
    ]
    return f"parametro sconosciuto{nearest(path, leaves)}"


def _check_change(
    text: ReformText, where: Where, path: str, parameter: Parameter, system: TaxBenefitSystem
) -> None:
    """Check one change of a parameter that exists."""
    key, now = where[0], parameter.values_list[0].value
    unit = unit_of(system.parameters, path)
    if unit not in UNITS:  # a parameter that a Python reform adds may have none
        unit = (
            "boolean" if isinstance(now, bool) else "/1" if isinstance(now, int | float) else "date"
        )
    scalars = _scalars(text, where)
    if key == "imposta":
        for place, (written, value) in scalars.items():
            if message := _wrong_value(written, value, unit, system):
                text.report(message, *place)
        for value in text.dated(text.data[key][path]).values():
            if message := _wrong_shape(value, now, unit):
                text.report(message, *where)
    elif key != "congela":
        if unit not in NUMBERS:
            text.report("non è un numero: si può soltanto impostare o congelare", *where)
        _check_factors(text, where, scalars)
        if not text.problems:  # otherwise there may be nothing to multiply with
            for value in multiplied(parameter, text.factors(key, path), unit).values():
                for number in value if isinstance(value, list) else [value]:
                    if message := check_maximum(number, unit):
                        text.report(message, *where)


def _scalars(text: ReformText, where: Where) -> dict[Where, tuple[str, object]]:
    """Return the values that are written below a place, as they are written and read."""
    return {
        place: (written, value)
        for place, (written, value) in text.scalars.items()
        if place[: len(where)] == where and value is not None
    }


def _wrong_value(written: str, value: object, unit: str, system: TaxBenefitSystem) -> str | None:
    """Return what is wrong with the new value of a parameter."""
    if message := check_value(written, value, unit):
        return message
    if unit == "date" and not is_date(value):
        return f'«{value}» non è una data che esiste: scrivere per esempio "2025-06-01"'
    if words_of := UNITS[unit].get("words_of"):
        words = choices(system, words_of)
        if value not in words:
            return f"«{value}» non è ammesso; i valori sono: {', '.join(words)}"
    return None


def _wrong_shape(value: object, now: object, unit: str) -> str | None:
    """Return what is wrong with a list in place of one value, or with its length."""
    if not isinstance(now, list):
        return "serve un solo valore, non un elenco" if isinstance(value, list) else None
    if not isinstance(value, list):
        return "serve un elenco tra parentesi quadre"
    if unit in NUMBERS and len(value) != len(now):
        return f"serve un elenco di {len(now)} valori, qui sono {len(value)}"
    return None


def _check_factors(text: ReformText, where: Where, scalars: dict) -> None:
    """Check how factors and changes in percent are written, and that the index exists."""
    key, path = where
    content = text.data[key][path]
    if key == "indicizza" and isinstance(content, str):
        indices = text.section("indici")
        if content not in indices:
            missing = f"l'indice «{content}» non è tra gli «indici»{nearest(content, indices)}"
            text.report(missing, *where)
        scalars = _scalars(text, ("indici", content, "variazioni"))
    for place, (written, value) in scalars.items():
        if isinstance(value, int | float) and (message := check_number(written, value, "/1")):
            text.report(message, *place)


def _check_neutralized(text: ReformText, system: TaxBenefitSystem) -> None:
    names = text.data.get("neutralizza")
    if isinstance(names, list):
        names = [name for name in names if isinstance(name, str)]
        for name in {name for name in names if names.count(name) > 1}:
            text.report(f"«{name}» è scritta due volte", "neutralizza")
        values = dict.fromkeys(names)
    else:
        values = text.section("neutralizza")
    for name, value in values.items():
        for message in _wrong_neutralized(name, value, isinstance(names, list), text, system):
            text.report(message, "neutralizza", name)


def _wrong_neutralized(name, value, is_bare, text, system) -> Iterator[str]:
    """Say what is wrong with a variable that always has the same value (its default, if ``is_bare``)."""
    variable = system.variables.get(name)
    if variable is None:
        yield f"variabile sconosciuta{nearest(name, system.variables)}"
        return
    if is_bare and variable.value_type is bool:
        yield f"è un sì o no: scrivere quale, per esempio neutralizza: {{{name}: true}}"
    if not is_bare:
        is_sum = variable.value_type in (int, float) and isinstance(value, str)
        wrong = f"«{value}» non è un numero" if is_sum else wrong_value(variable, value)
        if wrong:
            yield wrong
    in_every_month = is_fact(variable) or variable.definition_period == DateUnit.ETERNITY
    if in_every_month and (text.start or FIRST_DATE) > FIRST_DATE:
        yield (
            "è un fatto, o un risultato senza data: si neutralizza per tutti i mesi. Togliere «dal» (e datare "
            "gli altri cambiamenti uno per uno) o scriverla in una riforma a parte"
        )
