"""Check the test cases: the slips that ``openfisca test`` passes over, or reports unclearly."""

import dataclasses
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml
from openfisca_core import periods
from openfisca_core.entities import Entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.tools.test_runner import Test

from openfisca_adi.checks.parameters import Problem
from openfisca_adi.checks.values import nearest, wrong_value
from openfisca_adi.variable import is_fact

CASE_KEYS = [field.name for field in dataclasses.fields(Test)]
REQUIRED = {
    "name": "che cosa prova il caso, in una riga",
    "description": "da quale atto o da quale calcolo viene il risultato",
    "period": "il mese del caso, per esempio 2025-06",
    "input": "i fatti da cui parte il caso",
    "output": "i risultati attesi",
}
#: A value such as 9.360, which YAML reads as nine and something: alone on its line, or in braces.
_AMOUNT = r"\s*[A-Za-z_][\w@-]*:\s*([1-9]\d{0,2}\.\d\d0)\s*"
THOUSANDS = re.compile(rf"^{_AMOUNT}(?:#.*)?$|[{{,]{_AMOUNT}[,}}]")

Report = Callable[..., None]  # report(message, *where)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """A YAML loader that remembers the keys written twice, of which YAML keeps the last."""

    def __init__(self, text: str):
        super().__init__(text)
        self.text, self.written_twice = text, []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        keys = [str(key.value) for key, _ in node.value if key.value != "<<"]
        for key, _ in node.value:
            if keys.count(str(key.value)) > 1:
                self.written_twice.append((key.value, key.start_mark.line + 1))
        return super().construct_mapping(node, deep)


def thousands(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and amount of the numbers of a YAML text that look written with a thousands separator."""
    for line, content in enumerate(text.splitlines(), start=1):
        if found := THOUSANDS.search(content):
            yield line, found[1] or found[2]


def check_cases(path: Path, system: TaxBenefitSystem) -> list[Problem]:
    """Return the problems of the YAML cases in a file, or in every file under a folder."""
    if path.is_file():
        return _check_file(path.name, path, system)
    files = sorted(file for file in path.rglob("*") if file.suffix in (".yaml", ".yml"))
    if not files:
        return [Problem(str(path), "", "la cartella non contiene nessun caso (file .yaml)")]
    return [
        problem
        for file in files
        for problem in _check_file(file.relative_to(path).as_posix(), file, system)
    ]


def _check_file(name: str, path: Path, system: TaxBenefitSystem) -> list[Problem]:
    problems = []

    def report(message: str, *where: object) -> None:
        problems.append(Problem(name, ".".join(map(str, where)), message))

    try:
        loader = _Loader(path.read_text("utf-8"))
        cases = loader.get_single_data() or []
    except UnicodeDecodeError:
        report("il file non è in UTF-8: salvarlo con la codifica UTF-8")
        return problems
    except (yaml.YAMLError, ValueError) as error:  # a date that does not exist is a ValueError
        mark = getattr(error, "problem_mark", None)
        report(
            "il file non si legge: controllare rientri, virgolette, parentesi e date",
            *([f"riga {mark.line + 1}"] if mark else []),
        )
        return problems
    for line, amount in thousands(loader.text):
        report(
            f"«{amount}» per YAML è {float(amount):g}: le migliaia non si separano; con tre decimali è "
            "ambiguo",
            f"riga {line}",
        )
    for key, line in loader.written_twice:
        report(f"chiave «{key}» scritta più volte: vale solo l'ultima", f"riga {line}")
    if not cases:
        report("il file non contiene nessun caso")
    for number, case in enumerate(_as_list(cases), start=1):
        if not isinstance(case, dict):
            report("un caso ha le chiavi name, description, period, input, output")
            continue
        title = f"caso «{case.get('name') or f'numero {number}'}»"
        _check_case(case, system, lambda text, *where, title=title: report(text, title, *where))
    return list(dict.fromkeys(problems))


def _check_case(case: dict, system: TaxBenefitSystem, report: Report) -> None:
    for key in case:
        if key not in CASE_KEYS:
            report(f"chiave sconosciuta «{key}»{nearest(key, CASE_KEYS)}")
    for key, content in REQUIRED.items():
        if case.get(key) in (None, "", {}, []):
            report(f"manca «{key}»: {content}")
    if case.get("period") and not _is_period(case["period"]):
        report(f"«{case['period']}» non è un periodo: scrivere per esempio 2025-06", "period")
    for reform in _as_list(case.get("reforms")):
        try:
            system = system.apply_reform(reform)
        except Exception as error:  # importing and applying somebody's file may raise anything
            report(f"la riforma «{reform}» non si applica: {error}", "reforms")
            return
    _check_input(case, system, report)
    _check_section("output", case, system, report)


def check_situation(situation: dict, system: TaxBenefitSystem) -> list[Problem]:
    """Return the problems of people and households described as in the ``input`` of a case."""
    problems = []

    def report(message: str, *where: object) -> None:
        problems.append(Problem("", ".".join(map(str, where[1:])), message))

    _check_input({"input": situation}, system, report)
    return list(dict.fromkeys(problems))


def _check_input(case: dict, system: TaxBenefitSystem, report: Report) -> None:
    _check_members(case.get("input"), system, report)
    _check_section("input", case, system, report)


def _check_section(section: str, case: dict, system: TaxBenefitSystem, report: Report) -> None:
    for where, entity, name, value in _facts(case, section, system, report):
        known = _owners(case.get("input"), where[1])
        if len(where) == 4 and known and where[2] not in known:
            message = f"«{where[2]}» non è in input{nearest(where[2], known)}"
            report(message, *where[:2])
        for message in _explain(system, entity, name, value, where):
            report(message, *where)


def _check_members(facts: object, system: TaxBenefitSystem, report: Report) -> None:
    """Check that everybody who is listed is in a household, and that households hold nobody else."""
    people = list(_owners(facts, system.person_entity.plural))
    for group in system.group_entities if people else ():
        if group.plural not in facts and group.key not in facts:
            continue
        alone = {group.plural: {group.key: facts.get(group.key)}}
        households = _owners(facts, group.plural) or _owners(alone, group.plural)
        members = [
            member
            for household in households.values()
            for role in _roles(group)
            for member in _as_list(household.get(role))
        ]
        for person in people:
            if str(person) not in map(str, members):
                report(f"«{person}» non è in nessun {group.key}", "input", group.plural)
        for member in members:
            if str(member) not in map(str, people):
                known = nearest(member, people)
                report(f"«{member}» non è tra le persone{known}", "input", group.plural)


def _facts(
    case: dict, section: str, system: TaxBenefitSystem, report: Report
) -> Iterator[tuple[tuple, Entity | None, object, object]]:
    """Yield where it is, entity, name and value of each variable of an input or output."""
    by_key = {entity.key: entity for entity in system.entities}
    by_plural = {entity.plural: entity for entity in system.entities}
    for key, content in _as_dict(case.get(section), report, section):
        if key in by_key:
            for name, value in _as_dict(content, report, section, key):
                yield (section, key, name), by_key[key], name, value
        elif key in by_plural:
            for owner, facts in _as_dict(content, report, section, key):
                if not isinstance(owner, str):
                    advice = f'scriverlo tra virgolette: "{owner}"'
                    report(f"il nome {owner} non è un testo: {advice}", section, key)
                for name, value in _as_dict(facts, report, section, key, owner):
                    yield (section, key, owner, name), by_plural[key], name, value
        else:
            yield (section, key), None, key, content


def _explain(
    system: TaxBenefitSystem, entity: Entity | None, name: object, value: object, where: tuple
) -> Iterator[str]:
    """Say what is wrong with a variable that stands there with this value."""
    in_output = where[0] == "output"
    if entity and not in_output and name in _roles(entity):
        return
    variable = system.variables.get(name)
    if variable is None:
        if not isinstance(name, str):
            yield "non è una variabile: nei numeri il separatore decimale è il punto"
            return
        entities = [] if entity else [e.plural for e in system.entities]
        yield f"variabile sconosciuta{nearest(name, [*system.variables, *entities])}"
        return
    if entity and variable.entity.key != entity.key:
        yield f"è una variabile di {variable.entity.plural}, non di {entity.plural}"
        return
    if not in_output and not is_fact(variable):
        yield "è un risultato, che il pacchetto calcola: non può stare tra i fatti"
    if in_output and len(where) == 4 and variable.value_type is Enum:
        yield (
            "OpenFisca non confronta un risultato a scelta scritto sotto il nome della persona o "
            "del nucleo: scriverlo direttamente sotto output"
        )
    values = value if isinstance(value, dict) else {None: value}
    if not values:
        yield "è vuota: scrivere il valore"
    for period, dated in values.items():
        if period is not None and not _is_period(period):
            yield f"«{period}» non è un periodo: scrivere per esempio 2025-06"
        for item in _as_list(dated) or [None]:
            if wrong := wrong_value(variable, item):
                yield wrong


def _is_period(text: object) -> bool:
    try:
        return bool(periods.period(str(text)))
    except ValueError:
        return False


def _roles(entity: Entity) -> list[str]:
    return [] if entity.is_person else [role.plural or role.key for role in entity.roles]


def _owners(facts: object, plural: str) -> dict[object, dict]:
    """Return what is said of each person or household; nothing, if they are not listed."""
    owners = facts.get(plural) if isinstance(facts, dict) else None
    owners = owners if isinstance(owners, dict) else {}
    return {owner: about if isinstance(about, dict) else {} for owner, about in owners.items()}


def _as_list(content: object) -> list:
    return content if isinstance(content, list) else [] if content is None else [content]


def _as_dict(content: object, report: Report, *where: object) -> Iterator[tuple[object, object]]:
    if isinstance(content, dict):
        yield from content.items()
    elif content is not None:
        report("qui servono delle variabili, ognuna con il suo valore", *where)
