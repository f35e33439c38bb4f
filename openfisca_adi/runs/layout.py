"""How a population is divided in pieces of whole households, in one pass over the ids.

Where people are listed household by household, in the order of the households, a piece is a stretch of both
tables, cut near the row groups of the people. Where they are not, both tables are first dealt out in blocks by
the id of the household, in a working folder.
"""

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from openfisca_adi.population.errors import SHOWN, Problems
from openfisca_adi.population.tables import is_increasing
from openfisca_adi.runs.files import TableFiles
from openfisca_adi.writing import write_text

HOUSEHOLD, PERSON = "id_nucleo", "id_persona"

#: A piece has about so many people: some seconds of work.
PIECE = 1_000_000
#: A row group longer than this is not read piece by piece, because each piece would decode it from its beginning.
LONGEST_GROUP = 2_500_000
#: How many ids are looked at together to find those that are twice.
IDS_AT_ONCE = 8_000_000
#: The column that remembers the row of the table in the blocks.
ROW, BLOCK = "__riga", pa.field("__blocco", pa.int32())


@dataclass(frozen=True)
class Piece:
    """Whole households: a stretch of rows of both tables, or a ``block`` of the working folder."""

    number: int
    people: tuple[int, int]
    households: tuple[int, int]
    block: int | None = None


def pieces_in_order(people: TableFiles, households: TableFiles) -> list[Piece] | None:
    """Return the pieces of a population that is listed household by household; None if it is not."""
    if any(group.stop - group.start > LONGEST_GROUP for group in people.groups):
        return None
    cuts = _cuts(people, households)
    if cuts is None:
        return None
    chosen = [(0, 0)]
    for cut in cuts:
        if cut[0] - chosen[-1][0] >= PIECE:
            chosen.append(cut)
    end = (people.rows, households.rows)
    if len(chosen) > 1 and end[0] - chosen[-1][0] < PIECE // 2:
        chosen.pop()
    return [
        Piece(number, (start[0], stop[0]), (start[1], stop[1]))
        for number, (start, stop) in enumerate(zip(chosen, [*chosen[1:], end], strict=True))
    ]


def _cuts(people: TableFiles, households: TableFiles) -> list[tuple[int, int]] | None:
    """Return the rows of people and of households at which the first household of each row group begins.

    None if the households of the people are not, one by one, those of the table.
    """
    ids = _Ids(households)
    starts = [group.start for group in people.groups]
    cuts, row, count, last = [], 0, 0, None
    for table in people.batches(0, people.rows, [HOUSEHOLD]):
        batch = table.column(HOUSEHOLD).combine_chunks()
        if batch.null_count:
            return None
        begins = np.empty(len(batch), dtype=bool)
        begins[0] = last is None or not batch[0].equals(last)
        begins[1:] = np.asarray(pc.not_equal(batch[1:], batch[:-1]))
        (first,) = np.nonzero(begins)
        if not ids.next_are(batch.take(pa.array(first))):
            return None
        while starts and len(first) and starts[0] <= row + first[-1]:
            place = np.searchsorted(first, starts.pop(0) - row)
            cuts.append((row + int(first[place]), count + int(place)))
        row, count, last = row + len(batch), count + len(first), batch[-1]
    return cuts if ids.are_over() else None


class _Ids:
    """The ids of a table, in order, to compare with others as they come."""

    def __init__(self, table: TableFiles):
        self.batches = table.batches(0, table.rows, [HOUSEHOLD])
        self.left = None

    def next_are(self, ids: pa.Array) -> bool:
        while len(ids):
            if self.left is None or not len(self.left):
                self.left = next(self.batches, None)
                if self.left is None:
                    return False
                self.left = self.left.column(HOUSEHOLD).combine_chunks()
            size = min(len(ids), len(self.left))
            if not ids[:size].equals(self.left[:size]):
                return False
            ids, self.left = ids[size:], self.left[size:]
        return True

    def are_over(self) -> bool:
        return (self.left is None or not len(self.left)) and next(self.batches, None) is None


def check_unique(table: TableFiles, column: str, problems: Problems) -> None:
    """Report the ids that a table has twice, looking at some of them at a time."""
    if column not in table.columns or _increases(table, column):
        return
    rounds = -(-table.rows // IDS_AT_ONCE)
    for turn in range(rounds):
        ids, rows = [], []
        row = 0
        for batch in table.batches(0, table.rows, [column]):
            cells = batch.column(column).combine_chunks()
            mine = np.flatnonzero(block_of(cells, rounds) == turn)
            ids.append(cells.take(pa.array(mine)))
            rows.append(mine + row)
            row += len(cells)
        ids, rows = pa.chunked_array(ids).combine_chunks(), np.concatenate(rows)
        if len(ids.unique()) == len(ids):
            continue
        first = pc.index_in(ids, ids, skip_nulls=True).fill_null(-1).to_numpy()
        again = np.flatnonzero((first >= 0) & (first != np.arange(len(ids))))
        for place in again[:SHOWN].tolist():
            file, own = table.place_of(int(rows[place]))
            other, before = table.place_of(int(rows[first[place]]))
            where = f"riga {before + 1}" + ("" if other == file else f" di {other}")
            problems.add(file, column, f"l'id «{ids[place]}» è già alla {where}", own + 1)
        if len(again) > SHOWN:
            others = f"e altri {len(again) - SHOWN} id ripetuti"
            problems.add(table.name, column, others)


def _increases(table: TableFiles, column: str) -> bool:
    last = None
    for batch in table.batches(0, table.rows, [column]):
        cells = batch.column(column).combine_chunks()
        if last is not None:
            cells = pa.concat_arrays([last, cells])
        if not is_increasing(cells):
            return False
        last = cells[-1:]
    return True


def block_of(ids: pa.Array, blocks: int) -> np.ndarray:
    """Return the block of each id: the same for the same id, whether it is a number or its text."""
    if pa.types.is_floating(ids.type):
        ids = ids.cast(pa.int64(), safe=False)
    words = ids.cast(pa.string()).fill_null("")
    hashes = pd.util.hash_array(words.to_numpy(zero_copy_only=False), categorize=False)
    return (hashes % np.uint64(blocks)).astype(np.int32)


def deal_out(tables: Iterable[TableFiles], blocks: int, folder: Path) -> None:
    """Deal out both tables in blocks by household, under ``folder``, unless that is done already.

    The rows of a block remember their place in the table.
    """
    done = folder / "pronto.json"
    stamp = json.dumps([blocks, [[str(t.paths), t.states] for t in tables]])
    if not (done.is_file() and done.read_text("utf-8") == stamp):
        shutil.rmtree(folder, ignore_errors=True)
        for table in tables:
            schema = table.schema.append(pa.field(ROW, pa.int64())).append(BLOCK)
            ds.write_dataset(
                (
                    batch
                    for part in _dealt(table, blocks)
                    for batch in part.cast(schema).to_batches()
                ),
                folder / table.name,
                schema=schema,
                format=ds.IpcFileFormat(),
                file_options=ds.IpcFileFormat().make_write_options(compression="lz4"),
                partitioning=ds.partitioning(pa.schema([BLOCK])),
                max_partitions=blocks,
                max_open_files=blocks + 1,
                use_threads=False,
            )
        write_text(stamp, done)


def _dealt(table: TableFiles, blocks: int) -> Iterator[pa.Table]:
    row = 0
    for part in table.batches(0, table.rows):
        places = block_of(part.column(HOUSEHOLD).combine_chunks(), blocks)
        rows = pa.array(np.arange(row, row + len(part)))
        yield part.append_column(ROW, rows).append_column(BLOCK, pa.array(places))
        row += len(part)


def read_block(folder: Path, of: TableFiles, block: int) -> tuple[pa.Table, np.ndarray]:
    """Return the rows of a table that are in a block, in order, and their places in the table."""
    files = sorted((folder / of.name / str(block)).glob("*"))
    if not files:
        return of.schema.empty_table(), np.zeros(0, dtype=np.int64)
    table = ds.dataset(files, format="ipc").to_table(use_threads=False).sort_by(ROW)
    return table.drop_columns([ROW]), table.column(ROW).to_numpy()
