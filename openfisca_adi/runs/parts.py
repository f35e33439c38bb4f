"""The parts of a piece: some households at a time, read from the files and checked."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from openfisca_adi.population.errors import DataProblem, PopulationError
from openfisca_adi.population.population import Population
from openfisca_adi.population.schema import HOUSEHOLDS, PEOPLE
from openfisca_adi.runs.files import Rows
from openfisca_adi.runs.layout import HOUSEHOLD, Piece, read_block


class Part(NamedTuple):
    """Some households: the rows of both tables, and where they are in the files."""

    tables: dict[str, pa.Table]
    rows: dict[str, np.ndarray]

    @property
    def sizes(self) -> dict[str, int]:
        """How many rows each table has."""
        return {name: len(table) for name, table in self.tables.items()}

    def located(self, job, problems) -> list[DataProblem]:
        """Return problems with the file and the row of the file in which they are."""
        found = []
        for problem in problems:
            if problem.row is None:
                found.append(problem)
                continue
            row = int(self.rows[problem.table][problem.row - 1])
            file, own = job.tables[problem.table].place_of(row)
            found.append(replace(problem, table=file, row=own + 1))
        return found

    def without(self, wrong: dict[str, np.ndarray]) -> "Part":
        """Return the part without the households that have a wrong row."""
        ids = [
            self.tables[name].column(HOUSEHOLD).take(pa.array(rows)) for name, rows in wrong.items()
        ]
        bad = pc.unique(
            pa.chunked_array([c for each in ids for c in each.cast(pa.string()).chunks])
        )
        keep = {
            name: np.asarray(pc.invert(pc.is_in(table.column(HOUSEHOLD).cast(pa.string()), bad)))
            for name, table in self.tables.items()
        }
        return Part(
            {name: table.filter(pa.array(keep[name])) for name, table in self.tables.items()},
            {name: rows[keep[name]] for name, rows in self.rows.items()},
        )


def checked(job, part: Part, system) -> tuple[Population | None, Part]:
    """Return the population of a part; without the households with wrong rows, if the run discards them."""
    while all(part.sizes.values()) or not job.discard:
        try:
            population = Population.from_tables(*part.tables.values(), system, job.allow_unknown)
            return population, part
        except PopulationError as error:
            if not (job.discard and error.rows):
                raise
            part = part.without(error.rows)
    return None, part


def in_block(job, piece: Piece) -> Iterator[Part]:
    read = {name: read_block(job.blocks, table, piece.block) for name, table in job.tables.items()}
    if any(len(rows) for _, rows in read.values()):
        yield Part(*({name: pair[place] for name, pair in read.items()} for place in (0, 1)))


def in_order(job, piece: Piece) -> Iterator[Part]:
    """Read people as they come, and for each stretch of whole households their rows."""
    people, households = job.tables[PEOPLE], job.tables[HOUSEHOLDS]
    household_rows = Rows(households.batches(*piece.households))
    row, household_row = piece.people[0], piece.households[0]
    left = None
    for batch, is_last in _with_last(people.batches(*piece.people)):
        table = pa.concat_tables([left, batch], promote_options="permissive") if left else batch
        if not is_last and len(table) <= job.households_at_once:
            left = table
            continue
        ids = table.column(HOUSEHOLD).combine_chunks()
        first = np.flatnonzero(pc.not_equal(ids[1:], ids[:-1])) + 1  # of each household but one
        if not is_last and len(first) < job.households_at_once:
            left = table
            continue
        cut, count = (len(table), len(first) + 1) if is_last else (int(first[-1]), len(first))
        tables = {PEOPLE: table.slice(0, cut), HOUSEHOLDS: household_rows.take(count)}
        left = table.slice(cut)
        rows = {
            PEOPLE: np.arange(row, row + cut),
            HOUSEHOLDS: np.arange(household_row, household_row + count),
        }
        del batch, table, ids
        yield Part(tables, rows)
        del tables
        row, household_row = row + cut, household_row + count


def _with_last(items: Iterator) -> Iterator[tuple]:
    """Return each item, and whether it is the last."""
    item = next(items, None)
    while item is not None:
        following = next(items, None)
        yield item, following is None
        item = following
