"""What each other reading of the law (``reforms/interpretazioni``) moves on a population, beside the law as it is read."""

import inspect
import re
import sys
from dataclasses import dataclass

import numpy as np
import pandas as pd
from openfisca_core.parameters import Parameter

from openfisca_adi.comparison.compare import HALF_CENT
from openfisca_adi.dates import MONTHS_IN_A_YEAR, NEVER
from openfisca_adi.population import Population, months_of
from openfisca_adi.population.months import Months
from openfisca_adi.reform_names import find_reform, reform_files
from openfisca_adi.text import number, paragraph, period_name, table

FOLDER = "openfisca_adi.reforms.interpretazioni."
#: Where variables and parameters of the procedure are: what changes there alone moves no entitlement.
PROCEDURE_FILES, PROCEDURE_PARAMETERS = "/procedura/", "adi.procedura."
ENTITLED, PAID = "adi_spettante", "adi_erogato"
NO_DATES = "i dati non hanno le date della procedura"
MILLION = 1_000_000


@dataclass(frozen=True)
class Readings:
    """The readings, measured one by one against the law in force; the table is sorted by change of the cost.

    One row per reading: ``lettura`` (the name of the reform), ``sigla`` (I-xx), ``titolo``, ``misura`` (the variable it
    is measured on; empty if the data cannot tell), ``nuclei`` with an amount and ``costo_annuo`` in euro,
    ``differenza_nuclei``, ``differenza_costo`` and ``differenza_percentuale`` (of the cost) from the law, and the
    households that ``guadagnano`` and ``perdono``. Households are weighted; over a year they are means of the months,
    but for who gains and who loses.
    """

    period: str
    law: dict[str, float]  # nuclei and costo_annuo of the entitlement
    table: pd.DataFrame

    def to_text(self) -> str:
        """Return the readings as a table to read in a terminal, then those that move nothing or cannot be measured."""
        rows = self.table
        measured = rows["misura"] != ""
        moving = measured & (rows["guadagnano"] + rows["perdono"] > 0)
        titles = ["Lettura", "Nuclei", "Costo, mln €", "in %", "Guadagnano", "Perdono"]
        lines = [
            "LE ALTRE LETTURE DELLA LEGGE, UNA ALLA VOLTA",
            *paragraph("Periodo", period_name(self.period)),
            *paragraph(
                "Legge",
                f"{number(self.law['nuclei'])} nuclei con diritto, {number(self.law['costo_annuo'] / MILLION, 1)} "
                "milioni di euro l'anno",
            ),
        ]
        if moving.any():
            lines += [
                "",
                "Differenze dalla legge, dalla più grande; nuclei che guadagnano o perdono",
            ]
            lines += table(titles, [_cells(row) for row in rows[moving].itertuples()])
        if (rows.loc[moving, "misura"] == PAID).any():
            lines += [f"* misurata su quanto è pagato nel periodo ({PAID})"]
        for label, chosen in (
            ("Nessun effetto nel periodo su questi dati", measured & ~moving),
            (f"Non misurabili, {NO_DATES}", ~measured),
        ):
            if chosen.any():
                listed = (f"{row.lettura} ({row.sigla})" for row in rows[chosen].itertuples())
                lines += ["", f"{label}:", *paragraph("", ", ".join(listed), 2)]
        return "\n".join(lines) + "\n"


def measure_readings(population: Population, period, law) -> Readings:
    """Measure every reading on a population, over a month (2025-06) or a year (2025), against ``law``.

    A reading of the procedure alone is measured on what is paid, if the data have the dates of the procedure.
    """
    months = months_of(period)
    pads = population.households.get("adi_data_pad")
    measures = [ENTITLED] if pads is None or (pads == NEVER).all() else [ENTITLED, PAID]
    before = {measure: _amounts(population, law, months, measure) for measure in measures}
    rows = []
    for name, reform in interpretations():
        reading = reform(law)
        measure = PAID if _is_of_the_procedure(reading, law) else ENTITLED
        row = {"lettura": name, "sigla": interpretation_of(reform), "titolo": reform.name}
        if measure in before:
            after = _amounts(population, reading, months, measure)
            row |= {"misura": measure} | _effect(before[measure], after, population.weights)
        rows.append(row)
    found = pd.DataFrame(rows).fillna({"misura": ""})
    order = found["differenza_costo"].abs().sort_values(ascending=False, kind="stable").index
    return Readings(
        period=str(period),
        law=_stock(before[ENTITLED], population.weights),
        table=found.loc[order].reset_index(drop=True),
    )


def interpretations() -> list[tuple]:
    """Return name and class of each reading for which there is a reform."""
    paths = [path for path, _ in reform_files() if path.startswith(FOLDER)]
    return [(path.rpartition(".")[2], find_reform(path)) for path in paths]


def interpretation_of(reform) -> str:
    """Return which entry of ``docs/interpretazioni.md`` a reform reads in another way: "I-08"."""
    return re.search(r"(I-\d\d)\)", inspect.getdoc(sys.modules[reform.__module__]))[1]


def _is_of_the_procedure(reading, law) -> bool:
    """Say whether all that a reform changes is of the procedure."""
    files = [
        law.variables.get(name, variable).introspection_data[0]
        for name, variable in reading.variables.items()
        if variable is not law.variables.get(name)
    ]
    parameters = dict(_leaves(reading)).items() - dict(_leaves(law)).items()
    return all(PROCEDURE_FILES in file for file in files) and all(
        name.startswith(PROCEDURE_PARAMETERS) for name, _ in parameters
    )


def _leaves(system):
    """Yield the name of each parameter, and its values as something that can be compared."""
    for node in system.parameters.get_descendants():
        if isinstance(node, Parameter):
            yield node.name, str([(each.instant_str, each.value) for each in node.values_list])


def _amounts(population, system, months, measure) -> np.ndarray:
    """Return the amounts of each month (rows) and household (columns)."""
    return np.array(Months(system, [measure], months).results(population)[measure])


def _stock(amounts, weights) -> dict[str, float]:
    return {
        "nuclei": (amounts > 0).mean(axis=0) @ weights,
        "costo_annuo": amounts.mean(axis=0) @ weights * MONTHS_IN_A_YEAR,
    }


def _effect(before, after, weights) -> dict[str, float]:
    law, reading = _stock(before, weights), _stock(after, weights)
    change = after.sum(axis=0) - before.sum(axis=0)
    return {
        **reading,
        "differenza_nuclei": reading["nuclei"] - law["nuclei"],
        "differenza_costo": reading["costo_annuo"] - law["costo_annuo"],
        "differenza_percentuale": 100 * (reading["costo_annuo"] / law["costo_annuo"] - 1)
        if law["costo_annuo"]
        else np.nan,
        "guadagnano": weights[change > HALF_CENT].sum(),
        "perdono": weights[change < -HALF_CENT].sum(),
    }


def _cells(row) -> list[str]:
    return [
        f"{row.lettura} ({row.sigla}){'*' * (row.misura == PAID)}",
        number(row.differenza_nuclei, sign=True),
        number(row.differenza_costo / MILLION, 1, sign=True),
        number(row.differenza_percentuale, 2, sign=True),
        number(row.guadagnano),
        number(row.perdono),
    ]
