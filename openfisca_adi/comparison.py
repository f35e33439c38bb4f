"""A reform against the law in force, on a population: who is entitled, what it costs, who gains."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from openfisca_adi.comparison_text import comparison_lines
from openfisca_adi.dates import MONTHS_IN_A_YEAR
from openfisca_adi.population import (
    RESULTS,
    Assumption,
    Population,
    build_simulation,
    forget_month,
    months_of,
    variables_read,
)
from openfisca_adi.reform_names import law_name

#: The requirements, in the order of the article.
REQUIREMENTS = tuple(name for name in RESULTS if name.startswith("adi_requisito_"))
#: What gives access (art. 2, c. 1), and the variable of the person who has it.
CATEGORIES = {
    "Minori": "adi_minorenne",
    "60 anni e più": "adi_over_60",
    "Disabilità": "adi_con_disabilita",
    "Svantaggio": "adi_svantaggio_riconosciuto",
}
SIZES = ("1", "2", "3", "4", "5 e più")
AREAS = ("ripartizione", "regione")
HALF_CENT = 0.005
ALL = ("totale", "tutti i nuclei")
SIDES = ("legge", "riforma")
ANY_REQUIREMENT = "almeno uno"
EXCLUDED = ("in_tutto", "da_solo", "per_primo")


@dataclass(frozen=True)
class Outcome:
    """What one law gives in one month: one item per household."""

    amount: np.ndarray
    people: np.ndarray  # born
    categories: dict[str, np.ndarray]
    failed: np.ndarray  # by requirement and household


@dataclass(frozen=True)
class Comparison:
    """The tables of a comparison; households and people are weighted, amounts are in euro.

    Over a year, households and people are means of the months, the cost is the sum of the months; for
    one month the yearly cost is that of the month, times 12.
    """

    law: str
    reform: str
    period: str
    population: dict[str, float]  # households and people, in the data and weighted
    assumptions: list[Assumption]  # about the facts that the comparison uses
    headline: (
        pd.DataFrame
    )  # nuclei, persone, costo_annuo, importo_medio by legge, riforma, differenza
    changes: pd.DataFrame  # who gains, loses, has the same by nuclei, persone, variazione_mensile
    breakdown: pd.DataFrame  # (gruppo, voce) by (legge, riforma, differenza; those of the headline)
    requirements: pd.DataFrame  # requirement by (legge, riforma, differenza; how many it excludes)

    def to_dict(self) -> dict:
        """Return the comparison as values that JSON can hold."""
        frames = {
            "sintesi": self.headline.rename_axis("voce"),
            "variazioni": self.changes.rename_axis("voce"),
            "gruppi": self.breakdown,
            "requisiti": self.requirements.rename_axis("requisito"),
        }
        return {
            "legge": self.law,
            "riforma": self.reform,
            "periodo": self.period,
            "popolazione": self.population,
            "ipotesi": [list(assumption) for assumption in self.assumptions],
            **{name: _records(frame) for name, frame in frames.items()},
        }

    def to_text(self) -> str:
        """Return the comparison as tables to read in a terminal."""
        return "\n".join(comparison_lines(self)) + "\n"


def compare(population: Population, period, baseline, reform) -> Comparison:
    """Compare two tax-benefit systems on a population, over a month (2025-06) or a year (2025)."""
    months = months_of(period)
    systems = dict(zip(SIDES, (baseline, reform), strict=True))
    simulations = {
        side: build_simulation(population, system, months) for side, system in systems.items()
    }
    weights = population.weights
    areas = _areas(population)
    stocks, excluded, used = [], [], set()
    amounts = {side: np.zeros(len(weights)) for side in SIDES}
    people = np.zeros(len(weights))
    for month in months:
        for side, simulation in simulations.items():
            simulation.trace = month == months[0]
            outcome = _outcome(simulation, month)
            used |= variables_read(simulation)
            amounts[side] += outcome.amount
            if side == "legge":
                people += outcome.people / len(months)
            stocks += _stocks(side, outcome, areas, weights)
            excluded += _excluded(side, outcome, weights)
            forget_month(simulation, month)
    groups = _side_by_side(stocks, ["gruppo", "voce"], len(months))
    return Comparison(
        law=law_name(baseline),
        reform=law_name(reform),
        period=str(period),
        population={
            "nuclei": len(weights),
            "persone": len(population.person_ids),
            "nuclei_pesati": float(weights.sum()),
            "persone_pesate": float(weights @ people),
        },
        assumptions=[note for note in population.assumptions if note.variable in used],
        headline=groups.loc[ALL].unstack().T,
        changes=_changes(amounts, people, weights, len(months)),
        breakdown=groups.drop(index=ALL),
        requirements=_side_by_side(excluded, ["requisito"], len(months)),
    )


def _areas(population) -> dict[str, tuple]:
    """Return the code of each household, and the names, for the areas that the data tell."""
    columns = {area: population.descriptive.get(area) for area in AREAS}
    return {
        area: pd.factorize(cells.fillna("non indicata").astype(str), sort=True)
        for area, cells in columns.items()
        if cells is not None
    }


def _outcome(simulation, month) -> Outcome:
    nucleo = simulation.populations["nucleo"]

    def of(variable):
        return simulation.calculate(variable, month)

    counted = of("adi_componente_in_scala")
    return Outcome(
        amount=of("adi_spettante"),
        people=nucleo.sum(of("adi_nato")),
        categories={name: nucleo.any(counted & of(fact)) for name, fact in CATEGORIES.items()},
        failed=np.array([~of(name) for name in REQUIREMENTS]),
    )


def _stocks(side, outcome, areas, weights) -> list[dict]:
    """Return households, people and monthly cost of those entitled, in all and group by group."""
    (entitled,) = np.nonzero(outcome.amount > 0)
    weights = weights[entitled]
    people = outcome.people[entitled]
    cost = weights * outcome.amount[entitled]
    in_category = {name: has[entitled] for name, has in outcome.categories.items()}
    groups = {ALL: np.ones(len(entitled), dtype=bool)}
    groups |= {("categoria", name): has for name, has in in_category.items()}
    groups["categoria", "Nessuna di queste"] = ~np.any(list(in_category.values()), axis=0)
    for place, size in enumerate(SIZES, start=1):
        is_last = place == len(SIZES)
        groups["componenti", size] = people >= place if is_last else people == place
    for area, (codes, names) in areas.items():
        groups |= {(area, name): codes[entitled] == code for code, name in enumerate(names)}
    return [
        {
            "lato": side,
            "gruppo": group,
            "voce": name,
            "nuclei": weights[members].sum(),
            "persone": weights[members] @ people[members],
            "costo_annuo": cost[members].sum() * MONTHS_IN_A_YEAR,
        }
        for (group, name), members in groups.items()
    ]


def _excluded(side, outcome, weights) -> list[dict]:
    """Return the households that lack each requirement: in all, that one alone, that one first."""
    failed = outcome.failed
    how_many = failed.sum(axis=0, dtype=np.int8)
    failed_before = np.zeros(len(weights), dtype=bool)
    rows = []
    for name, fails in zip(REQUIREMENTS, failed, strict=True):
        label = name.removeprefix("adi_requisito_")
        rows.append((label, fails, fails & (how_many == 1), fails & ~failed_before))
        failed_before |= fails
    rows.append((ANY_REQUIREMENT, failed_before, how_many == 1, failed_before))
    return [
        {"lato": side, "requisito": row[0]}
        | {name: weights[who].sum() for name, who in zip(EXCLUDED, row[1:], strict=True)}
        for row in rows
    ]


def _side_by_side(rows, keys, months) -> pd.DataFrame:
    """Return the means of the months: columns (legge, riforma, differenza) by what was counted."""
    means = pd.DataFrame(rows).groupby(["lato", *keys], sort=False).sum() / months
    if "costo_annuo" in means:
        yearly = means["costo_annuo"] / means["nuclei"].where(means["nuclei"] > 0)
        means["importo_medio"] = yearly / MONTHS_IN_A_YEAR
    sides = {side: means.loc[side] for side in SIDES}
    sides["differenza"] = sides["riforma"] - sides["legge"]
    return pd.concat(sides, axis=1)


def _changes(amounts, people, weights, months) -> pd.DataFrame:
    """Return who gains, loses and keeps the same over the period, and by how much a month."""
    before, after = amounts["legge"], amounts["riforma"]
    change = after - before
    gains, loses = change > HALF_CENT, change < -HALF_CENT
    kinds = {
        "guadagnano": gains,
        "guadagnano_da_esclusi": gains & (before == 0),
        "perdono": loses,
        "perdono_il_diritto": loses & (after == 0),
        "invariati": ~gains & ~loses,
        "invariati_con_diritto": ~gains & ~loses & (after > 0),
    }
    rows = {}
    for kind, who in kinds.items():
        households = weights[who].sum()
        total = weights[who] @ change[who] / months
        rows[kind] = {
            "nuclei": households,
            "persone": weights[who] @ people[who],
            "variazione_mensile": total / households if households else np.nan,
        }
    return pd.DataFrame(rows).T


def _records(frame) -> list[dict]:
    names = ["_".join(reversed(c)) if isinstance(c, tuple) else c for c in frame.columns]
    flat = frame.set_axis(names, axis=1).reset_index().astype(object)
    return flat.where(flat.notna(), None).to_dict("records")
