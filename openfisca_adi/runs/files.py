"""The Parquet files of a table: which they are, how to read some of their rows, when they have changed."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pyarrow as pa
from pyarrow import parquet

from openfisca_adi.errors import UserError
from openfisca_adi.population.errors import DataProblem, PopulationError
from openfisca_adi.population.tables import is_text

#: How many rows are decoded at a time.
BATCH = 32_768
IDS = ("id_persona", "id_nucleo")
#: Texts are read once per word.
WORDS = pa.dictionary(pa.int32(), pa.string())


class Rows:
    """The rows of some batches, taken as many at a time as one likes."""

    def __init__(self, batches: Iterator[pa.Table]):
        self.batches, self.left = batches, None

    def take(self, count: int) -> pa.Table:
        """Return the next rows: fewer at the end."""
        parts, missing = [self.left] if self.left else [], count - len(self.left or ())
        while missing > 0 and (batch := next(self.batches, None)) is not None:
            parts.append(batch)
            missing -= len(batch)
        table = pa.concat_tables(parts, promote_options="permissive")
        self.left = table.slice(count)
        return table.slice(0, count)


class ChangedError(UserError):
    """A file of the input is no longer what it was when the run began."""


class RowGroup(NamedTuple):
    """A row group of a file: its place in it, and its rows counted in the whole table."""

    file: int
    index: int
    start: int
    stop: int


class State(NamedTuple):
    """What tells that a file has changed."""

    bytes: int
    modified: int

    @classmethod
    def of(cls, path: Path) -> "State":
        status = path.stat()
        return cls(status.st_size, status.st_mtime_ns)


@dataclass(frozen=True)
class TableFiles:
    """The files of a table ("persone" or "nuclei"), in the order of their paths, as if they were one.

    A folder may be partitioned: the columns that are written in the names of its folders
    (``regione=Lazio/``) are read from there.
    """

    name: str
    paths: tuple[Path, ...]
    labels: tuple[str, ...]
    states: tuple[State, ...]
    folders: tuple[dict[str, str | None], ...]
    groups: tuple[RowGroup, ...]
    schema: pa.Schema

    @classmethod
    def find(cls, name: str, paths: list[Path], root: Path, labels=None) -> "TableFiles":
        """Look at the files of a table, which problems call by their ``labels`` (their paths).

        Under ``root`` the names of folders may hold columns. Raises :class:`PopulationError` for the files
        that cannot be read.
        """
        folders = tuple(_columns_of_folders(path, root) for path in paths)
        states, groups, schemas, problems, rows = [], [], [], [], 0
        for place, path in enumerate(paths):
            try:
                states.append(State.of(path))
                file = parquet.ParquetFile(path)
            except (pa.ArrowException, OSError) as error:
                problems.append(unreadable(path, error))
                continue
            schemas.append(_with_folders(file.schema_arrow, folders[place]))
            for index in range(file.num_row_groups):
                count = file.metadata.row_group(index).num_rows
                groups.append(RowGroup(place, index, rows, rows + count))
                rows += count
        if problems:
            raise PopulationError(problems)
        labels = tuple(labels or map(str, paths))
        schema = _common(schemas, paths)
        return cls(name, tuple(paths), labels, tuple(states), folders, tuple(groups), schema)

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self.schema.names

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return self.groups[-1].stop if self.groups else 0

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The first row of each file, counted in the whole table."""
        return tuple(
            min((group.start for group in self.groups if group.file == place), default=self.rows)
            for place in range(len(self.paths))
        )

    def batches(self, start: int, stop: int, columns=None) -> Iterator[pa.Table]:
        """Read the rows from ``start`` to ``stop``, some at a time; one file is open at any moment.

        Raises :class:`PopulationError` if a file cannot be read, :class:`ChangedError` if it has changed.
        """
        for place, path in enumerate(self.paths):
            groups = [group for group in self._between(start, stop) if group.file == place]
            if not groups:
                continue
            self.check_unchanged(place)
            try:
                yield from self._batches_of_file(place, groups, start, stop, columns)
            except (pa.ArrowException, OSError) as error:
                self.check_unchanged(place)
                raise PopulationError([unreadable(path, error)]) from error
            self.check_unchanged(place)

    def _batches_of_file(self, place, groups, start, stop, columns) -> Iterator[pa.Table]:
        columns, folders = columns or self.columns, self.folders[place]
        own = [name for name in columns if name not in folders]
        kinds = {name: self.schema.field(name).type for name in own if name not in IDS}
        texts = [name for name, kind in kinds.items() if pa.types.is_string(kind)]
        file = parquet.ParquetFile(self.paths[place], read_dictionary=texts, pre_buffer=False)
        row = groups[0].start
        for batch in file.iter_batches(BATCH, [g.index for g in groups], own, use_threads=False):
            first, last = max(start - row, 0), min(stop - row, len(batch))
            row += len(batch)
            if first < last:
                table = pa.Table.from_batches([batch.slice(first, last - first)])
                for name, word in folders.items():
                    cells = pa.repeat(pa.scalar(word, pa.string()), len(table))
                    table = table.append_column(name, cells)
                yield self._conformed(table.select(columns))
            if row >= stop:
                return

    def _conformed(self, table: pa.Table) -> pa.Table:
        """Give the columns the type that they have in the whole table; texts, but ids, are dictionaries."""
        for place, field in enumerate(table.schema):
            kind = self.schema.field(field.name).type
            if pa.types.is_string(kind) and field.name not in IDS:
                kind = WORDS
            if field.type != kind and not pa.types.is_dictionary(field.type):
                table = table.set_column(place, field.name, table.column(place).cast(kind))
        return table

    def check_unchanged(self, place: int) -> None:
        """Raise :class:`ChangedError` if a file is no longer what it was."""
        path = self.paths[place]
        try:
            same = State.of(path) == self.states[place]
        except FileNotFoundError:
            same = False
        if not same:
            raise ChangedError(
                f"{path}: il file è cambiato durante la simulazione; le parti già calcolate "
                "restano: rilanciare il comando"
            )

    def digest(self, start: int, stop: int) -> str:
        """Return a hash of the bytes of the row groups that hold some rows."""
        found = hashlib.sha256()
        for place, path in enumerate(self.paths):
            groups = [group for group in self._between(start, stop) if group.file == place]
            if not groups:
                continue
            self.check_unchanged(place)
            found.update(str([path.name, self.folders[place], self.schema]).encode())
            try:
                metadata = parquet.read_metadata(path)
                with path.open("rb") as file:
                    for group in groups:
                        first, size = _bytes(metadata.row_group(group.index))
                        file.seek(first)
                        found.update(file.read(size))
            except (pa.ArrowException, OSError) as error:
                raise PopulationError([unreadable(path, error)]) from error
        return found.hexdigest()

    def place_of(self, row: int) -> tuple[str, int]:
        """Return the label of the file and the row in it, counted from 0, of a row of the table."""
        file = next(group.file for group in self.groups if group.start <= row < group.stop)
        return self.labels[file], row - self.starts[file]

    def _between(self, start: int, stop: int) -> list[RowGroup]:
        return [group for group in self.groups if group.start < stop and group.stop > start]


def is_id(kind: pa.DataType) -> bool:
    """Tell whether a column may hold ids: numbers (whole, which their values tell) or texts, or nothing."""
    numbers = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_null)
    return is_text(kind) or any(is_number(kind) for is_number in numbers)


def unreadable(path: Path, error: Exception) -> DataProblem:
    """Say that a file cannot be read."""
    return DataProblem(str(path), None, None, f"il file non si legge: {error}")


def _columns_of_folders(path: Path, root: Path) -> dict[str, str | None]:
    """Return the columns that are written in the names of the folders of a partitioned table."""
    folders = path.relative_to(root).parts[:-1]
    pairs = [part.partition("=") for part in folders if "=" in part]
    null = "__HIVE_DEFAULT_PARTITION__"
    return {name: None if value == null else unquote(value) for name, _, value in pairs}


def _with_folders(schema: pa.Schema, folders) -> pa.Schema:
    for name in folders:
        schema = schema.append(pa.field(name, pa.string()))
    return schema.remove_metadata()


def _common(schemas: list[pa.Schema], paths: list[Path]) -> pa.Schema:
    """Return the columns of all files, in the types that hold the values of all; raises PopulationError."""
    problems = []
    common = schemas[0]
    for schema, path in zip(schemas, paths, strict=True):
        for column in {column for column in schema.names if schema.names.count(column) > 1}:
            problems.append(DataProblem(str(path), None, column, "la colonna c'è due volte"))
        if others := set(schema.names) ^ set(common.names):
            message = f"le colonne non sono quelle di {paths[0].name}: {', '.join(sorted(others))}"
            problems.append(DataProblem(str(path), None, None, message))
            continue
        try:
            common = pa.unify_schemas([common, schema], promote_options="permissive")
        except pa.ArrowException as error:
            message = f"i tipi non sono quelli di {paths[0].name}: {error}"
            problems.append(DataProblem(str(path), None, None, message))
    if problems:
        raise PopulationError(problems)
    return common


def _bytes(group) -> tuple[int, int]:
    """Return where a row group begins in its file, and how long it is."""
    columns = [group.column(place) for place in range(group.num_columns)]
    starts = [c.dictionary_page_offset or c.data_page_offset for c in columns]
    stops = [s + c.total_compressed_size for s, c in zip(starts, columns, strict=True)]
    return min(starts), max(stops) - min(starts)
