"""Check the parameter tables whose rows and words are choices of a variable, as the matrix of bodies."""

from collections.abc import Iterator
from pathlib import Path

import yaml
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from openfisca_adi.checks.parameters import UNITS, Problem
from openfisca_adi.checks.values import nearest

KEYS = ("description", "documentation", "metadata")


def check_tables(directory: Path, system: TaxBenefitSystem) -> list[Problem]:
    """Return the problems of the tables under a folder whose unit names the variables of rows and words."""
    problems = []
    for path in sorted(directory.rglob("*.yaml")):
        table = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        unit = UNITS.get(table.get("metadata", {}).get("unit"), {})
        if "rows_of" in unit:
            rows, words = (choices(system, unit[key]) for key in ("rows_of", "words_of"))
            for where, message in _check_table(table, rows, words):
                name = path.relative_to(directory).as_posix()
                problems.append(Problem(name, where, message))
    return problems


def choices(system: TaxBenefitSystem, name: str) -> list[str]:
    """Return the choices of a variable, without the one that means nothing."""
    variable = system.variables[name]
    return [item.name for item in variable.possible_values if item != variable.default_value]


def _check_table(table: dict, rows: list[str], words: list[str]) -> Iterator[tuple[str, str]]:
    found = {str(key): row for key, row in table.items() if key not in KEYS}
    for row in rows:
        if row not in found:
            yield row, "manca questa riga"
    for row, content in found.items():
        if row not in rows:
            yield row, f"riga sconosciuta; le righe sono: {', '.join(rows)}"
        for date, dated in content["values"].items():
            values, where = dated["value"], f"{row}.values.{date}.value"
            if not isinstance(values, list):
                yield where, "serve un elenco tra parentesi quadre, anche di una parola sola"
                continue
            for word in values:
                if word not in words:
                    known = nearest(word, words) or f"; le parole sono: {', '.join(words)}"
                    yield where, f"«{word}» non è ammesso{known}"
            if len(values) != len(set(map(str, values))):
                yield where, "una parola è scritta due volte"
