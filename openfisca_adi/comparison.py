"""A reform against the law in force, on a population: who is entitled, what it costs, who gains."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from openfisca_adi.dates import MONTHS_IN_A_YEAR
from openfisca_adi.population.simulation import build_simulation, months_of
from openfisca_adi.text import number, paragraph, period_name, table

#: The requirements, in the order of the article (DL 48/2023, art. 2).
REQUIREMENTS = (
    "categoriale",
    "cittadinanza",
    "residenza",
    "isee",
    "reddito",
    "patrimonio_immobiliare",
    "patrimonio_mobiliare",
    "beni_durevoli",
    "penale",
    "dimissioni",
    "istruzione",
    "struttura",
)
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
SIDES = ("legge", "riforma")
STOCKS = ("nuclei", "persone", "costo_annuo")


@dataclass(frozen=True)
class Outcome:
    """What one law gives in one month: one item per household."""

    amount: np.ndarray
    people: np.ndarray  # born
    categories: dict[str, np.ndarray]
    failed: np.ndarray  # requirement × household


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
    assumptions: list[tuple]
    headline: pd.DataFrame  # index: STOCKS and importo_medio; columns: legge, riforma, differenza
    changes: pd.DataFrame  # who gains, loses, keeps the same: nuclei, persone, variazione_media
    breakdown: pd.DataFrame  # index: gruppo, voce; columns: the rows of the headline, by law
    requirements: pd.DataFrame  # households that each requirement excludes: all, alone, first

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
        return "\n".join(_text(self)) + "\n"


def compare(population, period, baseline, reform) -> Comparison:
    """Compare two tax-benefit systems on a population, over a month (2025-06) or a year (2025)."""
    months = months_of(period)
    weights = population.weights
    stocks, excluded = [], []
    amounts = {side: np.zeros(len(weights)) for side in SIDES}
    people = np.zeros(len(weights))
    for month in months:
        outcomes = {
            side: _outcome(build_simulation(population, system, [month]), month)
            for side, system in zip(SIDES, (baseline, reform), strict=True)
        }
        for side, outcome in outcomes.items():
            amounts[side] += outcome.amount
            groups = _groups(outcome, population)
            stocks.append(_stocks(outcome, groups, weights).assign(lato=side))
            excluded.append(_excluded(outcome, weights).assign(lato=side))
        people += outcomes["legge"].people
    breakdown = _breakdown(pd.concat(stocks), len(months))
    total = breakdown.loc[("totale", "Totale")].unstack()
    return Comparison(
        law=getattr(baseline, "name", None) or "Legge in vigore",
        reform=getattr(reform, "name", None) or type(reform).__name__,
        period=str(period),
        population={
            "nuclei": len(weights),
            "persone": len(population.person_ids),
            "nuclei_con_i_pesi": float(weights.sum()),
            "persone_con_i_pesi": float(weights @ people) / len(months),
        },
        assumptions=list(population.assumptions),
        headline=total.loc[[*STOCKS, "importo_medio"], [*SIDES, "differenza"]],
        changes=_changes(amounts, people, weights, len(months)),
        breakdown=breakdown.drop(index="totale"),
        requirements=_by_side(pd.concat(excluded).groupby(["lato", "requisito"], sort=False).sum())
        / len(months),
    )
