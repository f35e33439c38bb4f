"""The account of one simulation: on which data, under which law, who is entitled and what it costs."""

import pandas as pd

from openfisca_adi.dates import MONTHS_IN_A_YEAR
from openfisca_adi.population import Population
from openfisca_adi.reform_names import law_name
from openfisca_adi.text import MEAN_LABEL, cost_label, number, paragraph, period_name, table

AMOUNT = "adi_spettante"


def summary(population: Population, amounts: pd.DataFrame, period: str, system) -> str:
    """Return the account of a simulation, from its ``peso``, ``mese`` and ``adi_spettante``.

    Over a year, households are the mean of the months.
    """
    is_year = "-" not in str(period)
    months = amounts["mese"].nunique()
    weights = amounts["peso"].to_numpy()
    entitled = weights[amounts[AMOUNT] > 0].sum() / months
    cost = weights @ amounts[AMOUNT].to_numpy() / months
    lines = [
        *paragraph("Legge", law_name(system)),
        *paragraph("Periodo", period_name(period) + " (media dei mesi)" * is_year),
        *paragraph(
            "Dati",
            f"{number(len(population.weights))} nuclei e {number(len(population.person_ids))} "
            f"persone; con i pesi, {number(population.weights.sum())} nuclei",
        ),
        "",
        *table(
            ["", "Totale"],
            [
                ["Nuclei con diritto", number(entitled)],
                [cost_label(is_year), number(cost * MONTHS_IN_A_YEAR)],
                [MEAN_LABEL, number(cost / entitled if entitled else None, 2)],
            ],
        ),
    ]
    return "\n".join(lines)
