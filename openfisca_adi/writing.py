"""Write files so that nobody ever reads half of one: under another name first, then renamed."""

import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from openfisca_adi.dates import NEVER

WRITERS = {".parquet": pyarrow.parquet.write_table, ".csv": pyarrow.csv.write_csv}


def write_table(table: pa.Table | pd.DataFrame, path: Path) -> None:
    """Write a table as Parquet or CSV, as the end of its name says; choices by name, dates without time."""
    if isinstance(table, pd.DataFrame):
        table = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata()
    for place, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):  # what has not happened is an empty cell
            days = table[field.name].cast(pa.date32())
            happened = pc.if_else(pc.equal(days, NEVER.item()), None, days)
            table = table.set_column(place, field.name, happened)
        if pa.types.is_dictionary(field.type):
            words = table[field.name].cast(field.type.value_type)
            table = table.set_column(place, field.name, words)
    write_whole(path, lambda temporary: WRITERS[path.suffix](table, temporary))


def write_text(text: str, path: Path) -> None:
    """Write a text in UTF-8."""
    write_whole(path, lambda temporary: temporary.write_text(text, encoding="utf-8"))


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Have ``write`` write a file, which takes the place of ``path`` when it is complete."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write(temporary)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
