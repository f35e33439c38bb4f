"""The budget of an example household as its income grows, and how much of each more euro the benefit takes back."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import yaml

from openfisca_adi.checks.cases import check_situation
from openfisca_adi.comparison.outcomes import AMOUNT, SIDES
from openfisca_adi.dates import MONTHS_IN_A_YEAR
from openfisca_adi.errors import UserError
from openfisca_adi.population import Population, months_of, simulate
from openfisca_adi.story import read_story

EXAMPLES = Path(__file__).with_name("examples.yaml")
#: The columns of the person whose income grows: all of it, and its part from employment.
GROWING = ("reddito_complessivo_irpef", "redditi_lavoro_dipendente")
COMPUTED = ("isee", "reddito_familiare", *GROWING)
ROLES = ("richiedente", "componenti")
HIGHEST, STEP = 20_000, 100


class BudgetError(UserError):
    """An example household whose budget cannot be computed; the message says why."""


def examples(path: Path | None = None) -> dict[str, dict]:
    """Return example households by name: those of the package, or the one of a file, written as a story."""
    if path is not None:
        return {path.stem: read_story(path)}
    return yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))


def budgets(households: dict[str, dict], period: str, law, reform) -> dict[str, pd.DataFrame]:
    """Return the :func:`budget` of each household, in a month or in the last month of a year."""
    month = str(months_of(period)[-1])
    return {name: budget(household, month, law, reform) for name, household in households.items()}


def budget(situation: dict, month: str, law, reform, highest=HIGHEST, step=STEP) -> pd.DataFrame:
    """Compute the benefit of a household for each income from employment of its first person.

    ``situation`` has ``persone`` and ``nucleo``, with values that hold for ever (no months). Everything but
    that income stays as it is. Rows: incomes from 0 to ``highest`` every ``step`` euro a year; columns:
    ``reddito``, then for each law the ADI (``adi_legge``…), the income with it (``disponibile_legge``…), all in
    euro a year, and the share of a further ``step`` of income that the benefit takes back
    (``aliquota_legge``…; above 1 where one loses from earning more). All copies are one simulation.

    Raises:
        BudgetError: if a fact is not right, depends on the month, or is one that the income determines.

    """
    people, household = _facts(situation, law)
    incomes = np.arange(0.0, highest + step, step)
    table = {"reddito": incomes}
    for side, system in zip(SIDES, (law, reform), strict=True):
        tables = _copies(people, household, incomes)
        population = Population.from_tables(*tables, system=system)
        amounts = simulate(population, month, [AMOUNT], system)[AMOUNT].to_numpy()
        benefit = amounts * MONTHS_IN_A_YEAR
        table[f"adi_{side}"] = benefit
        table[f"disponibile_{side}"] = incomes + benefit
        table[f"aliquota_{side}"] = np.append(-np.diff(benefit), np.nan) / step + 0.0  # no -0
    return pd.DataFrame(table)


def _facts(situation, system):
    if problems := check_situation(situation, system):
        raise BudgetError("\n".join(map(str, problems)))
    people = {name: facts or {} for name, facts in situation["persone"].items()}
    household = {name: v for name, v in situation["nucleo"].items() if name not in ROLES}
    for name, value in [*household.items(), *(f for p in people.values() for f in p.items())]:
        if name in COMPUTED:
            raise BudgetError(f"«{name}» dipende dal reddito che cresce: non si dà")
        if isinstance(value, dict):
            raise BudgetError(f"«{name}» ha un valore per mese: qui ne serve uno che valga sempre")
    applicant = situation["nucleo"].get("richiedente", next(iter(people)))
    roles = {name: "richiedente" if name == applicant else "componente" for name in people}
    return [{"ruolo": roles[name], **facts} for name, facts in people.items()], household


def _copies(people, household, incomes):
    """Return the two tables of as many copies of the household as there are incomes."""
    count = len(incomes)
    copy = np.arange(count)
    tables = []
    for place, facts in enumerate(people):
        grown = incomes if place == 0 else np.zeros(count)
        columns = {"id_persona": copy * len(people) + place, "id_nucleo": copy}
        columns |= dict.fromkeys(GROWING, grown)
        columns |= {name: [value] * count for name, value in facts.items()}
        tables.append(pa.table(columns))
    households = {"id_nucleo": copy} | {name: [v] * count for name, v in household.items()}
    return pa.concat_tables(tables, promote_options="default"), pa.table(households)
