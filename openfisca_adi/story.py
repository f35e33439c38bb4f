"""The months of one household, told as a caseworker follows them: what is paid, why, what is due next."""

from datetime import date
from pathlib import Path

import yaml
from openfisca_core.errors import SituationParsingError
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import Simulation, SimulationBuilder

from openfisca_adi.checks.cases import check_situation, thousands
from openfisca_adi.dates import MONTHS_IN_A_YEAR, NEVER
from openfisca_adi.errors import UserError
from openfisca_adi.text import number

FIRST_YEAR = 2024
COLUMNS = {
    "spettante": "adi_spettante",
    "erogato": "adi_erogato",
    "arretrati": "adi_arretrati",
    "contributo": "adi_contributo_straordinario",
    "periodo": "adi_periodo",
    "mensilita": "adi_mensilita",
    "motivo": "adi_motivo_mese",
    "scadenza": "adi_prossima_scadenza",
    "tipo_scadenza": "adi_prossima_scadenza_tipo",
}

EXTRAS = {"arretrati": "arretrati", "contributo": "contributo straordinario"}


class StoryError(UserError):
    """A story that cannot be read; its text, in Italian, says where and what was expected."""


def read_story(path: Path, name: str | None = None) -> dict:
    """Read the situation of a household from YAML: a case (or the one called ``name``), or its bare ``input``.

    Raises:
        StoryError: if the file holds no such case.

    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise StoryError(f"{path}: non è un file YAML leggibile: {error}") from error
    for line, amount in thousands(path.read_text(encoding="utf-8")):
        raise StoryError(f"{path}, riga {line}: «{amount}»: le migliaia non si separano")
    cases = content if isinstance(content, list) else [content]
    cases = [case for case in cases if isinstance(case, dict)]
    if name is not None:
        cases = [case for case in cases if case.get("name") == name]
    if not cases:
        which = f" di nome «{name}»" if name else ""
        raise StoryError(f"{path}: non c'è nessun caso{which}")
    situation = cases[0].get("input", cases[0])
    for key, content in (("persone", "le date di nascita"), ("nucleo", "il richiedente e le date")):
        if not isinstance(situation, dict) or not isinstance(situation.get(key), dict):
            raise StoryError(f"{path}: manca «{key}» con {content} (una storia è di un nucleo)")
    return situation


def build_story(situation: dict, system, last_year: int) -> Simulation:
    """Return the simulation of a situation in which a value holds until the next one, or for every month.

    Raises:
        StoryError: if a variable, a value, a person or a role is not right.

    """
    if problems := check_situation(situation, system):
        raise StoryError("\n".join(map(str, problems)))
    persons = {
        person: _dated(facts or {}, system, last_year)
        for person, facts in situation["persone"].items()
    }
    household = _dated(situation["nucleo"], system, last_year)
    try:
        return SimulationBuilder().build_from_dict(
            system, {"persone": persons, "nuclei": {"nucleo": household}}
        )
    except SituationParsingError as error:
        raise StoryError(str(error)) from error


def _dated(facts: dict, system, last_year: int) -> dict:
    """Give each fact a value for every month of the story, or for ever."""
    dated = {}
    for name, value in facts.items():
        variable = system.variables.get(name)
        if variable is None:  # a role
            dated[name] = value
        elif variable.definition_period == DateUnit.ETERNITY:
            dated[name] = value if isinstance(value, dict) else {"ETERNITY": _plain_value(value)}
        elif isinstance(value, dict):
            dated[name] = _carried(value, last_year)
        else:
            years = range(FIRST_YEAR, last_year + 1)
            dated[name] = {str(year): _plain_value(value) for year in years}
    return dated


def _carried(values: dict, last_year: int) -> dict:
    """Give each month its value: its own, that of its year, or the last one before it."""
    values = {str(when): _plain_value(value) for when, value in values.items()}
    carried, last = {}, None
    for year in range(FIRST_YEAR, last_year + 1):
        for month in range(1, MONTHS_IN_A_YEAR + 1):
            name = f"{year}-{month:02}"
            last = values.get(name, values.get(str(year), last))
            if last is not None:
                carried[name] = last
    return carried


def _plain_value(value):
    return value.isoformat() if isinstance(value, date) else value


def story(simulation: Simulation, first: str, last: str) -> list[dict]:
    """Return one row per month from ``first`` to ``last`` (``"2024-01"``): the values of :data:`COLUMNS`.

    Amounts in euro, choices as members of their enumeration, no deadline as None.
    """
    span = period(f"month:{first}:{_months_between(first, last)}")
    rows = []
    for month in span.get_subperiods(DateUnit.MONTH):
        row = {"mese": str(month)}
        for column, variable in COLUMNS.items():
            value = simulation.calculate(variable, month)
            row[column] = value.decode()[0] if hasattr(value, "decode") else value[0]
        row["scadenza"] = None if row["scadenza"] == NEVER else row["scadenza"].item()
        rows.append(row)
    return rows


def _months_between(first: str, last: str) -> int:
    (year, month), (last_year, last_month) = (map(int, text.split("-")) for text in (first, last))
    count = (last_year - year) * MONTHS_IN_A_YEAR + last_month - month + 1
    if count < 1:
        raise StoryError(f"il mese {last} precede {first}")
    return count


def story_text(simulation: Simulation, rows: list[dict]) -> str:
    """Write the months as a table in Italian; a deadline is written when it changes."""
    lines = [f"{'Mese':<9}{'Periodo':>7}{'Mensilità':>11}{'Spettante':>12}{'Erogato':>12}  Perché"]
    deadline = None
    for row in rows:
        period_number, payment = (row[name] or "–" for name in ("periodo", "mensilita"))
        lines.append(
            f"{row['mese']:<9}{period_number:>7}{payment:>11}{number(row['spettante'], 2):>12}"
            f"{number(row['erogato'], 2):>12}  {row['motivo'].value}"
        )
        for extra in ("arretrati", "contributo"):
            if row[extra]:
                lines[-1] += f"; {EXTRAS[extra]} {number(row[extra], 2)}"
        now = (row["scadenza"], row["tipo_scadenza"].value)
        if row["scadenza"] and now != deadline:
            lines.append(
                f"{'':<9}→ entro il {row['scadenza']:%d/%m/%Y}: {row['tipo_scadenza'].value}"
            )
        deadline = now
    warning = simulation.calculate("adi_avvertenza_date", rows[0]["mese"]).decode()[0]
    if warning.name != "nessuna":
        lines += ["", f"Attenzione alle date. {warning.value}."]
    return "\n".join(lines)
