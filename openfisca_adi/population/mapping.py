"""Mapping files: how the columns of a survey become the two tables of a population.

A mapping is a YAML file with two sections; ``docs/mappe/synthouse.yaml`` is a commented example::

    persone:
      file: individui.csv        # in the data folder; absent if the caller gives one file, with people as rows
      id_persona: person_id      # columns of the survey
      id_nucleo: hh_id
      colonne:
        eta: {rinomina: age}
        occupato: {ricodifica: status, valori: {Employed: true}, altro: false, mancanti: errore}
        anni_residenza_italia: {calcola: "where(age_of_arrival > 0, age - age_of_arrival, age)"}
        residente_in_italia: {valore: true, ipotesi: l'indagine intervista solo i residenti}
    nuclei:                      # without `file`: one household for each id_nucleo of the people
      peso: weight
      colonne:
        reddito_familiare: {calcola: "income * 12", aggrega: somma}

* ``ricodifica``: ``altro`` says what the values not listed become: ``errore`` (if absent), ``vuoto``, or a value;
* ``calcola``: an expression of numexpr on columns of numbers and of true or false, those of the survey and
  those of the section written above it (for households made of people, also those of the people);
* ``mancanti``: what an empty cell becomes: ``vuoto`` (if absent), ``errore``, or a value. A cell is empty if it
  is null or NaN; a calculation is empty if a column it names is;
* ``aggrega``: the household's value from those of its people: ``primo`` (if absent), ``somma``, ``massimo``;
  for the last two, empty if one of them is;
* ``ipotesi``: what an analyst assumes here, listed with the other assumptions of the population.
"""

import ast
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numexpr
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import yaml

from openfisca_adi.population.errors import (
    SHOWN,
    DataProblem,
    PopulationError,
    Problems,
    nearest,
)
from openfisca_adi.population.reading import read_table
from openfisca_adi.population.schema import HOUSEHOLDS, KEYS, MANDATORY, PEOPLE
from openfisca_adi.population.tables import column_cells

SECTIONS = {
    PEOPLE: ("file", "id_persona", "id_nucleo", "colonne"),
    HOUSEHOLDS: ("file", "id_nucleo", "peso", "colonne"),
}
KINDS = ("rinomina", "ricodifica", "calcola", "valore")
AGGREGATIONS = {"primo": "first", "somma": "sum", "massimo": "max"}
ERROR, EMPTY = "errore", "vuoto"

Cells = dict[str, pa.Array]
Report = Callable[[str | None, str], None]  # report(column, message)


class RuleError(Exception):
    """A rule of a mapping that cannot be applied: what is wrong, in Italian."""


def read_mapped(data: str | Path, mapping: str | Path):
    """Read a survey, a file or a folder, as a mapping file says.

    Returns the tables of people and of households (``pyarrow.Table``) and the analyst's assumptions, tuples
    (variable, table, rows, text). Raises a :class:`PopulationError` that names mapping, section and column.
    """
    data, mapping = Path(data), Path(mapping)
    problems = Problems()
    reports = {name: partial(problems.add, f"{mapping.name}, {name}") for name in SECTIONS}
    rules = _load(mapping)
    for name in rules:
        if name not in SECTIONS:
            problems.add(mapping.name, None, f"sezione sconosciuta «{name}»")
    for name in SECTIONS:
        _check_section(name, rules[name], reports[name])
    problems.raise_if_any()
    if data.is_dir() != ("file" in rules[PEOPLE]):
        wanted = "della cartella dei file" if "file" in rules[PEOPLE] else "del file dell'indagine"
        reports[PEOPLE](None, f"questa mappa vuole il percorso {wanted}, non «{data}»")
        problems.raise_if_any()

    folder = data if data.is_dir() else data.parent
    survey = _cells(read_table(folder / rules[PEOPLE]["file"] if data.is_dir() else data))
    people = _map(PEOPLE, rules[PEOPLE], survey, reports[PEOPLE])
    rule, report = rules[HOUSEHOLDS], reports[HOUSEHOLDS]
    if "file" in rule:
        households = _map(HOUSEHOLDS, rule, _cells(read_table(folder / rule["file"])), report)
    else:
        rule = {**rule, "id_nucleo": rules[PEOPLE]["id_nucleo"]}
        households = _map(HOUSEHOLDS, rule, survey | people, report)
    problems.raise_if_any()
    tables = {PEOPLE: pa.table(people), HOUSEHOLDS: pa.table(households)}
    if "file" not in rule:
        tables[HOUSEHOLDS] = _by_household(rule, tables[HOUSEHOLDS])
    notes = [
        (name, section, len(tables[section]), str(column["ipotesi"]))
        for section in SECTIONS
        for name, column in rules[section]["colonne"].items()
        if "ipotesi" in column
    ]
    return *tables.values(), notes


class Loader(yaml.SafeLoader):
    """YAML where a key is written once, and only true and false are booleans (NO is a region)."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        for place, (key, _) in enumerate(node.value):
            if key.value in keys[:place]:
                what = f"«{key.value}» è scritto due volte"
                raise yaml.constructor.ConstructorError(problem=what, problem_mark=key.start_mark)
        return super().construct_mapping(node, deep)


BOOL_TAG = "tag:yaml.org,2002:bool"
Loader.yaml_implicit_resolvers = {
    first: [(tag, words) for tag, words in resolvers if tag != BOOL_TAG]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver(BOOL_TAG, re.compile("^(true|false)$"), "tf")


def _load(mapping: Path) -> dict:
    """Return the sections of a mapping file, each with its ``colonne``."""
    message = "servono le sezioni «persone» e «nuclei», con le loro chiavi"
    try:
        rules = yaml.load(mapping.read_text("utf-8"), Loader)
        if isinstance(rules, dict) and all(isinstance(rules.get(name), dict) for name in SECTIONS):
            return {name: {"colonne": {}} | rule for name, rule in rules.items()}
    except (OSError, UnicodeDecodeError) as error:
        message = f"il file non si legge: {error}"
    except yaml.MarkedYAMLError as error:
        message = f"riga {error.problem_mark.line + 1}: {error.problem}"
    raise PopulationError([DataProblem(mapping.name, None, None, message)])


def _check_section(section: str, rules: dict, report: Report) -> None:
    grouped = section == HOUSEHOLDS and "file" not in rules
    allowed = set(SECTIONS[section]) - ({"id_nucleo"} if grouped else set())
    for key in rules:
        if key not in allowed:
            report(None, f"chiave sconosciuta «{key}»{nearest(str(key), allowed)}")
    for key in () if grouped else MANDATORY[section]:
        if key not in rules:
            report(key, "manca: quale colonna dell'indagine è?")
    for column, options in rules["colonne"].items():
        for message in _check_options(options, grouped):
            report(column, message)


def _check_options(options, grouped: bool) -> list[str]:
    """Return what is wrong in the way the rule of a column is written."""
    if not isinstance(options, dict) or len([kind for kind in KINDS if kind in options]) != 1:
        return [f"serve una sola regola tra: {', '.join(KINDS)}"]
    allowed = {*KINDS, "mancanti", "ipotesi"}
    allowed |= {"valori", "altro"} if "ricodifica" in options else set()
    allowed |= {"aggrega"} if grouped else set()
    messages = [
        f"chiave sconosciuta, o che qui non ha effetto: «{key}»{nearest(str(key), allowed)}"
        for key in options
        if key not in allowed
    ]
    if "ricodifica" in options and not isinstance(options.get("valori"), dict):
        messages.append("serve «valori», con i valori dell'indagine e quelli che diventano")
    if options.get("aggrega", "primo") not in AGGREGATIONS:
        messages.append(f"«aggrega» è uno di: {', '.join(AGGREGATIONS)}")
    return messages


def _cells(table: pa.Table) -> Cells:
    """Return the columns of a survey; NaN is an empty cell, as R and pandas write it."""
    cells = {name: column_cells(table, place) for place, name in enumerate(table.column_names)}
    return {
        name: pc.if_else(pc.is_nan(column), None, column)
        if pa.types.is_floating(column.type)
        else column
        for name, column in cells.items()
    }


def _map(section: str, rules: dict, survey: Cells, report: Report) -> Cells:
    """Return the columns of a section, keys included; what cannot be made is reported."""
    made = {}
    keys = {key: {"rinomina": rules[key]} for key in KEYS[section] if key in rules}
    for name, rule in (keys | rules["colonne"]).items():
        (kind,) = (kind for kind in KINDS if kind in rule)
        try:
            cells = _MAKERS[kind](rule, survey | made)
            if kind != "ricodifica":
                cells = _without_missing(cells, rule.get("mancanti", EMPTY))
            if rule.get("aggrega", "primo") != "primo" and not _is_number(cells.type):
                raise RuleError(f"«{rule['aggrega']}» vale per i numeri e per vero o falso")
            made[name] = cells
        except RuleError as error:
            report(name, str(error))
    return made


def _constant(rule: dict, survey: Cells) -> pa.Array:
    return pa.repeat(pa.scalar(rule["valore"]), len(next(iter(survey.values()))))


def _source(name, survey: Cells) -> pa.Array:
    if name not in survey:
        raise RuleError(f"l'indagine non ha la colonna «{name}»{nearest(str(name), survey)}")
    return survey[name]


def _renamed(rule: dict, survey: Cells) -> pa.Array:
    return _source(rule["rinomina"], survey)


def _recoded(rule: dict, survey: Cells) -> pa.Array:
    encoded = _source(rule["ricodifica"], survey).dictionary_encode()
    codes, other = rule["valori"], rule.get("altro", ERROR)
    words = encoded.dictionary.to_pylist()
    unknown = [word for word in words if word not in codes]
    if unknown and other == ERROR:
        listed = ", ".join(map(repr, unknown[:SHOWN]))
        raise RuleError(f"valori che la mappa non prevede (in «valori», o «altro»): {listed}")
    missing = rule.get("mancanti", EMPTY)
    if missing == ERROR:
        _without_missing(encoded.indices, ERROR)
    became = [
        None if code == EMPTY else code for code in (*(codes.get(w, other) for w in words), missing)
    ]
    try:
        return pa.array(became).take(encoded.indices.fill_null(len(words)))
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise RuleError("i valori a cui si ricodifica non sono tutti dello stesso tipo") from error


def _computed(rule: dict, survey: Cells) -> pa.Array:
    expression = str(rule["calcola"])
    try:
        nodes = list(ast.walk(ast.parse(expression, mode="eval")))
        functions = {getattr(n.func, "id", None) for n in nodes if isinstance(n, ast.Call)}
        names = {node.id for node in nodes if isinstance(node, ast.Name)} - functions
        columns = {name: _source(name, survey) for name in sorted(names)}
        arguments = {name: _as_number(name, cells) for name, cells in columns.items()}
        result = numexpr.evaluate(expression, arguments, {}, sanitize=True)
    except RuleError:
        raise
    except Exception as error:  # numexpr raises errors of many types
        raise RuleError(f"l'espressione «{expression}» non si calcola: {error}") from error
    count = len(next(iter(survey.values())))
    missing = np.zeros(count, bool)
    for cells in columns.values():
        missing |= np.asarray(cells.is_null())
    return pa.array(np.broadcast_to(result, count), mask=missing)


_MAKERS = {
    "rinomina": _renamed,
    "ricodifica": _recoded,
    "calcola": _computed,
    "valore": _constant,
}


def _is_number(kind: pa.DataType) -> bool:
    tests = (pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    return any(test(kind) for test in tests)


def _as_number(name: str, cells: pa.Array) -> np.ndarray:
    """Return a column as an expression reads it, float64 or bool; 0 or false stands in empty cells."""
    if not _is_number(cells.type):
        raise RuleError(f"«{name}» non è di numeri: in «calcola» va prima ricodificata")
    kind = pa.bool_() if pa.types.is_boolean(cells.type) else pa.float64()
    return cells.cast(kind).fill_null(pa.scalar(0).cast(kind)).to_numpy(zero_copy_only=False)


def _without_missing(cells: pa.Array, policy) -> pa.Array:
    if not cells.null_count or policy == EMPTY:
        return cells
    if policy == ERROR:
        first = cells.is_null().index(True).as_py() + 1
        raise RuleError(f"{cells.null_count} celle vuote, la prima alla riga {first}")
    try:
        return cells.fill_null(pa.scalar(policy).cast(cells.type))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise RuleError(
            f"«mancanti: {policy}» non è un valore per una colonna {cells.type}"
        ) from error


def _by_household(rules: dict, people: pa.Table) -> pa.Table:
    """Make one row of the people of each household, in the order in which households appear."""
    names = [name for name in people.column_names if name != "id_nucleo"]
    every = pc.ScalarAggregateOptions(skip_nulls=False)
    how = [AGGREGATIONS[rules["colonne"].get(name, {}).get("aggrega", "primo")] for name in names]
    grouped = people.group_by("id_nucleo", use_threads=False).aggregate(
        [(name, function, every) for name, function in zip(names, how, strict=True)]
    )
    columns = [f"{name}_{function}" for name, function in zip(names, how, strict=True)]
    return grouped.select(["id_nucleo", *columns]).rename_columns(["id_nucleo", *names])
