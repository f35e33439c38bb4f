"""The tables of a comparison as files, each as CSV and as Parquet."""

from pathlib import Path

import pandas as pd

from openfisca_adi.comparison.compare import Comparison
from openfisca_adi.writing import WRITERS, write_table

CURVES = "nuclei_esempio"


def write_tables(comparison: Comparison, curves: dict[str, pd.DataFrame], folder: Path) -> None:
    """Write in a folder the tables of a comparison and the budgets of example households, by their name."""
    curve = pd.concat(curves, names=["nucleo"]).reset_index("nucleo")
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in {**comparison.flat_tables(), CURVES: curve}.items():
        for suffix in WRITERS:
            write_table(table, folder / f"{name}{suffix}")
