"""From what an analyst has to the Parquet files of the two tables."""

from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from openfisca_adi.population.errors import Problems
from openfisca_adi.population.mapping import read_mapped
from openfisca_adi.population.population import Assumption
from openfisca_adi.population.reading import read_table
from openfisca_adi.population.schema import HOUSEHOLDS, PEOPLE
from openfisca_adi.population.tables import column_cells, column_names
from openfisca_adi.runs.files import TableFiles


def find(data, mapping, work: Path) -> tuple[dict[str, TableFiles], list[Assumption]]:
    """Return the files of both tables, and what a mapping says that it assumes.

    Parquet files are read where they are. A survey, CSV files and tables in memory are written as Parquet in
    the folder ``work``; they are read whole. For ``data`` and ``mapping`` see :func:`openfisca_adi.runs.run`.
    """
    notes = []
    if mapping is not None:
        *found, notes = read_mapped(data, mapping)
        found = [(str(data), table) for table in found]
    elif isinstance(data, str | Path):
        found = [_in_folder(Path(data), name) for name in (PEOPLE, HOUSEHOLDS)]
    else:
        found = [_given(*pair) for pair in zip((PEOPLE, HOUSEHOLDS), data, strict=True)]
    tables = {}
    for name, (label, source) in zip((PEOPLE, HOUSEHOLDS), found, strict=True):
        if isinstance(source, list):
            tables[name] = TableFiles.find(name, source, Path(label))
        else:
            work.mkdir(exist_ok=True)
            path = work / f"{name}.parquet"
            parquet.write_table(source, path, row_group_size=250_000)
            tables[name] = TableFiles.find(name, [path], work, [label])
    return tables, [Assumption(*note) for note in notes]


def _in_folder(folder: Path, name: str) -> tuple[str, list[Path] | pa.Table]:
    """Find a table in a folder: a file, or a folder of Parquet files."""
    ways = [folder / f"{name}.parquet", folder / f"{name}.csv", folder / name]
    there = [path for path in ways if path.exists()]
    if len(there) != 1:
        problems = Problems()
        what = "ce n'è più di una" if there else "non c'è nessuna delle tre cose"
        wanted = f"{name}.parquet o {name}.csv, o una cartella {name} di file Parquet"
        problems.add(str(folder), None, f"nella cartella serve {wanted}: {what}")
        problems.raise_if_any()
    return _at(there[0])


def _given(name: str, table) -> tuple[str, list[Path] | pa.Table]:
    """Return a table given by its path or in memory."""
    if isinstance(table, str | Path):
        return _at(Path(table))
    names = [str(column) for column in column_names(table)]
    cells = [column_cells(table, place) for place in range(len(names))]
    return name, pa.Table.from_arrays(cells, names)


def _at(path: Path) -> tuple[str, list[Path] | pa.Table]:
    if path.is_dir():
        files = sorted(
            file
            for file in path.rglob("*.parquet")
            if not any(part.startswith((".", "_")) for part in file.relative_to(path).parts)
        )
        if not files:
            problems = Problems()
            problems.add(str(path), None, "nella cartella non ci sono file .parquet")
            problems.raise_if_any()
        return str(path), files
    if path.suffix.lower() == ".parquet" and path.is_file():
        return str(path), [path]
    return str(path), read_table(path)
