"""Read the tables of a population from files, Parquet or CSV."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv, parquet

from openfisca_adi.population.errors import DataProblem, PopulationError, Problems
from openfisca_adi.population.schema import HOUSEHOLDS, KEYS, PEOPLE

SUFFIXES = (".parquet", ".csv")

#: Numbers as an Italian spreadsheet writes them, in a column that is not all of numbers.
DECIMAL_COMMA = r"^([+-]?\d+),(\d+)$"
THOUSANDS = r"^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$"


def find_tables(folder: str | Path) -> tuple[Path, Path]:
    """Return the files of people and households of a data folder: ``persone`` and ``nuclei``."""
    folder, problems = Path(folder), Problems()
    found = {}
    for name in (PEOPLE, HOUSEHOLDS):
        paths = [folder / (name + suffix) for suffix in SUFFIXES]
        found[name] = [path for path in paths if path.is_file()]
        if len(found[name]) != 1:
            names = " o ".join(path.name for path in paths)
            what = "ci sono entrambi" if found[name] else "non c'è nessuno dei due"
            problems.add(str(folder), None, f"nella cartella serve un solo file {names}: {what}")
    problems.raise_if_any()
    return found[PEOPLE][0], found[HOUSEHOLDS][0]


def read_table(path: str | Path) -> pa.Table:
    """Read a table from a ``.parquet`` or ``.csv`` file; the :class:`PopulationError` names the file.

    A CSV file is in UTF-8, with a header; its cells are separated by commas (and decimals by a point), or
    by semicolons (and decimals by a comma). An empty cell is null; ids keep their leading zeros.
    """
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        _fail(path, f"serve un file {' o '.join(SUFFIXES)}")
    if not path.is_file():
        _fail(path, "il file non esiste")
    try:
        if path.suffix.lower() == ".parquet":
            return parquet.ParquetFile(path).read()
        return _read_csv(path)
    except (pa.ArrowException, OSError) as error:
        _fail(path, f"il file non si legge: {error}")


def _read_csv(path: Path) -> pa.Table:
    content = path.read_bytes()
    try:
        header = content.decode("utf-8-sig").partition("\n")[0]
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        _fail(path, f"la riga {line} del file non è in UTF-8: salvarlo con la codifica UTF-8")
    if not header.strip():
        _fail(path, "il file è vuoto, o comincia con una riga vuota invece dei nomi delle colonne")
    italian = header.count(";") > header.count(",")
    uneven = []
    table = csv.read_csv(
        pa.BufferReader(content),
        # One block: types are inferred from the whole column, not from its first megabyte.
        csv.ReadOptions(block_size=len(content) + 1, use_threads=False),
        csv.ParseOptions(
            delimiter=";" if italian else ",",
            newlines_in_values=True,
            invalid_row_handler=lambda row: uneven.append(row) or "skip",
        ),
        csv.ConvertOptions(
            column_types=dict.fromkeys(("id_persona", "id_nucleo"), pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            decimal_point="," if italian else ".",
        ),
    )
    problems = Problems()
    for row in uneven:
        cells = f"{row.actual_columns} celle invece di {row.expected_columns}"
        problems.add(
            path.name, None, f"la riga {row.number} del file, intestazione compresa, ha {cells}"
        )
    if italian:
        table = _with_decimal_points(table, path.name, problems)
    problems.raise_if_any()
    return table


def _with_decimal_points(table: pa.Table, name: str, problems: Problems) -> pa.Table:
    """Write with a point the numbers of a column of texts, so that they read like all the others."""
    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type) and field.name not in KEYS[PEOPLE]:
            cells = table.column(place)
            doubtful = np.asarray(pc.match_substring_regex(cells, THOUSANDS).fill_null(False))
            problems.add_rows(
                name,
                field.name,
                doubtful,
                lambda row, cells=cells: (
                    f"trovato «{cells[row]}»; non separare le migliaia con il punto"
                ),
            )
            points = pc.replace_substring_regex(cells, DECIMAL_COMMA, r"\1.\2")
            table = table.set_column(place, field, points)
    return table


def _fail(path: Path, message: str):
    raise PopulationError([DataProblem(str(path), None, None, message)])
