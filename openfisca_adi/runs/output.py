"""A file of results: written whole, with its account in its metadata."""

import json
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from openfisca_adi.runs.files import IDS
from openfisca_adi.runs.layout import HOUSEHOLD

#: Where a file of results keeps its account.
ACCOUNT = "openfisca-adi"


class Output:
    """A Parquet file of results; its account goes into its metadata."""

    def __init__(self, path: Path):
        self.path, self.writer = path, None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.writer:
            self.writer.close()

    def write(self, table: pa.Table) -> None:
        if self.writer is None:
            numbers = [
                f.name for f in table.schema if f.name in IDS and pa.types.is_integer(f.type)
            ]
            words = [f.name for f in table.schema if pa.types.is_dictionary(f.type)]
            self.writer = parquet.ParquetWriter(
                self.path,
                table.schema,
                use_dictionary=words,
                column_encoding=dict.fromkeys(numbers, "DELTA_BINARY_PACKED"),
                compression="lz4",
                write_statistics=False,
            )
        self.writer.write_table(table)

    def finish(self, account: dict) -> None:
        if self.writer is None:
            self.write(pa.table({HOUSEHOLD: pa.array([], pa.int64())}))
        self.writer.add_key_value_metadata({ACCOUNT: json.dumps(account)})


def account_of(path: Path, identity: str) -> dict | None:
    """Return the account that a file of results has, if it is whole and has this identity."""
    try:
        metadata = parquet.read_metadata(path).metadata or {}
    except (OSError, pa.ArrowException):
        return None
    account = json.loads(metadata.get(ACCOUNT.encode(), b"null"))
    return account if account and account["impronta"] == identity else None
