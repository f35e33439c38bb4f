"""Uprating: incomes, rents and assets of one year brought to another with the indices of ``indici.yaml``.

An uprating is a YAML file that says, for a column or a group of columns, which index and which years::

    redditi: {indice: retribuzioni, dal: 2022, al: 2023}
    canone_locazione_annuo: {indice: canoni, dal: 2022, al: 2025}

The incomes that the law reads in a month are those of two years before (an ISEE of 2025: 2023).
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import yaml

from openfisca_adi import PACKAGE
from openfisca_adi.errors import UserError
from openfisca_adi.money import to_cent
from openfisca_adi.population.errors import nearest
from openfisca_adi.population.mapping import Loader
from openfisca_adi.population.population import Assumption, Population
from openfisca_adi.population.schema import HOUSEHOLDS, PEOPLE, population_columns
from openfisca_adi.system import default_system
from openfisca_adi.text import number

EURO = "currency-EUR"
KEYS = ("indice", "dal", "al")


class UpratingError(UserError):
    """An uprating that cannot be applied: ``problems`` says why, one sentence each."""

    def __init__(self, problems, source):
        self.problems = tuple(problems)
        super().__init__("\n- ".join([f"{source}: non si può applicare", *self.problems]))


def uprate(population: Population, rules: Mapping | str | Path, system=None) -> Population:
    """Return the population with its amounts uprated, to the cent, and an :class:`Assumption` for each column.

    ``rules`` maps a column (the variable, for all its months) or a group of ``indici.yaml`` to the index and to
    the years, first and last: ``{"redditi": {"indice": "prezzi", "dal": 2022, "al": 2025}}``. Columns that the
    data lack stay absent. ``rules`` may also be the path of an uprating file. Raises :class:`UpratingError`
    with all that is wrong.
    """
    present = {name.partition("@")[0] for name in population.columns}
    return multiplied(population, factors_of(rules, present, system or default_system()))


def factors_of(rules, present: Collection[str], system) -> dict[str, tuple[float, str]]:
    """Return the factor of each column of the data, ``present``, and how the account says it; see :func:`uprate`."""
    source = "aggiornamento"
    if isinstance(rules, str | Path):
        source, rules = Path(rules).name, _read(Path(rules))
    factors, problems = _factors(rules, present, system)
    if problems:
        raise UpratingError(problems, source)
    return factors


def multiplied(population: Population, factors: dict[str, tuple[float, str]]) -> Population:
    """Return the population with some amounts multiplied, and an :class:`Assumption` for each column."""
    tables = {PEOPLE: dict(population.people), HOUSEHOLDS: dict(population.households)}
    notes = []
    for entity, table in tables.items():
        for name, values in table.items():
            factor, text = factors.get(name.partition("@")[0], (None, None))
            if factor is not None:
                table[name] = to_cent(values * factor)
                notes.append(Assumption(name, entity, len(values), text))
    return replace(
        population,
        people=tables[PEOPLE],
        households=tables[HOUSEHOLDS],
        assumptions=notes + population.assumptions,
    )


def _read(path: Path) -> dict:
    """Return the rules of an uprating file."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader)
    except UnicodeDecodeError as error:
        problem = f"il file non si legge: {error}"
    except yaml.MarkedYAMLError as error:
        problem = f"riga {error.problem_mark.line + 1}: {error.problem}"
    raise UpratingError([problem], path.name)


def _factors(rules, present, system):
    """Return the factor of each column and how the account says it; and what is wrong in the rules."""
    if not isinstance(rules, Mapping) or not rules:
        return {}, ["servono righe come «redditi: {indice: prezzi, dal: 2022, al: 2025}»"]
    figures = yaml.safe_load((PACKAGE / "population" / "indici.yaml").read_text(encoding="utf-8"))
    columns = population_columns(system, PEOPLE) | population_columns(system, HOUSEHOLDS)
    factors, problems = {}, []
    for target, rule in rules.items():
        found = [name for name in figures["gruppi"].get(target, [target]) if name in present]
        again = [name for name in found if name in factors]
        if target not in figures["gruppi"] and target not in columns:
            known = nearest(str(target), [*figures["gruppi"], *columns])
            problems.append(f"{target}: non è una colonna né un gruppo{known}")
        elif target in columns and columns[target].unit != EURO:
            problems.append(f"{target}: non è un importo in euro")
        elif not found:
            problems.append(f"{target}: i dati non hanno colonne da aggiornare")
        elif again:
            problems.append(f"{target}: già aggiornate da un'altra riga: {', '.join(again)}")
        elif wrong := _wrong_rule(rule, figures["indici"]):
            problems.append(f"{target}: {wrong}")
        else:
            factors |= dict.fromkeys(found, _factor(rule, figures["indici"]))
    return factors, problems


def _wrong_rule(rule, indices) -> str:
    """Say what is wrong in the index and in the years of a rule."""
    if not isinstance(rule, Mapping) or set(rule) != set(KEYS):
        return "servono indice, dal e al, e nient'altro: {indice: prezzi, dal: 2022, al: 2025}"
    index, first, last = (rule[key] for key in KEYS)
    if index not in list(indices):
        known = nearest(str(index), indices) or f"; ci sono: {', '.join(indices)}"
        return f"indice sconosciuto «{index}»{known}"
    years = indices[index]["variazioni"]
    least, greatest = min(years) - 1, max(years)
    if type(first) is not int or type(last) is not int or not least <= first < last <= greatest:
        asked = f"per l'indice {index} servono due anni tra {least} e {greatest}, il primo minore"
        return f"{asked}: non {first} e {last}"
    return ""


def _factor(rule, indices) -> tuple[float, str]:
    """Return what multiplies the amounts, and how the account says it."""
    index, first, last = (rule[key] for key in KEYS)
    changes = indices[index]["variazioni"]
    factor = np.prod([1 + changes[year] / 100 for year in range(first + 1, last + 1)])
    return factor, f"valori dei dati × {number(factor, 4)} (indice {index}, dal {first} al {last})"
