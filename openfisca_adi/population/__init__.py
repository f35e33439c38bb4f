"""Populations: from the tables of an analyst to results, without dictionaries.

The way of the data is one: files or tables (``reading``, ``mapping``) -> check (``schema``, ``tables``) ->
:class:`Population` -> :func:`build_simulation` -> results (:func:`simulate`).
"""

from openfisca_adi.population.errors import DataProblem, PopulationError, RequestError
from openfisca_adi.population.population import (
    Assumption,
    Population,
    assumptions_text,
)
from openfisca_adi.population.reading import read_table
from openfisca_adi.population.results import RESULTS, months_of, simulate
from openfisca_adi.population.schema import Column, population_columns
from openfisca_adi.population.simulation import build_simulation, forget_month, variables_read

__all__ = [
    "RESULTS",
    "Assumption",
    "Column",
    "DataProblem",
    "Population",
    "PopulationError",
    "RequestError",
    "assumptions_text",
    "build_simulation",
    "forget_month",
    "months_of",
    "population_columns",
    "read_table",
    "simulate",
    "variables_read",
]
