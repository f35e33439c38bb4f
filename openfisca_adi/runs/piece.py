"""The work on one piece: read, check, compute, write; the same function whoever calls it."""

import functools
import gc
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from openfisca_adi.errors import UserError
from openfisca_adi.population.errors import DataProblem, PopulationError, RequestError
from openfisca_adi.population.months import Months, OutdatedError
from openfisca_adi.population.population import Population
from openfisca_adi.population.results import keys_of, months_of
from openfisca_adi.population.schema import HOUSEHOLDS, PEOPLE
from openfisca_adi.population.tables import is_text
from openfisca_adi.population.uprating import multiplied
from openfisca_adi.runs.files import IDS, Rows, TableFiles
from openfisca_adi.runs.identity import identity_of
from openfisca_adi.runs.layout import HOUSEHOLD, PERSON, Piece, read_block
from openfisca_adi.runs.rows import TOTALS, rows_of, totals_of
from openfisca_adi.runs.sums import exact_sum
from openfisca_adi.system import system_of
from openfisca_adi.writing import write_whole

#: The amount whose totals every account has.
AMOUNT = "adi_spettante"
#: Where a file of results keeps its account.
ACCOUNT = "openfisca-adi"
#: About how many bytes of results wait in memory to be finished together.
WAITING = 50_000_000


@dataclass(frozen=True)
class Job:
    """What all the pieces of a run have in common; ``identity`` is a hash of ``law`` and of the request."""

    tables: dict[str, TableFiles]
    folder: Path
    identity: str
    law: str
    reforms: tuple[str, ...]
    period: str
    variables: tuple[str, ...]
    detail: str
    households_at_once: int
    allow_unknown: bool
    discard: bool
    uprating: dict[str, tuple[float, str]]
    search: tuple[str, ...]  # where Python looks for the modules of reforms
    blocks: Path | None = None

    def path(self, piece: Piece) -> Path:
        """Return where the results of a piece are."""
        return self.folder / f"parte-{piece.number + 1:05d}.parquet"


@dataclass
class Tally:
    """The account of a piece, while it is made."""

    read: Counter = field(default_factory=Counter)
    computed: Counter = field(default_factory=Counter)
    refused: Counter = field(default_factory=Counter)
    weights: Fraction = Fraction(0)
    assumed: Counter = field(default_factory=Counter)
    ignored: set[str] = field(default_factory=set)
    totals: dict[str, list[list[Fraction]]] = field(default_factory=dict)
    problems: list[DataProblem] = field(default_factory=list)

    def add_totals(self, name: str, months: list[list[Fraction]]) -> None:
        """Add the sums of a variable over some more households."""
        before = self.totals.get(name, [[Fraction(0)] * 2] * len(months))
        self.totals[name] = [
            [a + b for a, b in zip(*pair, strict=True)] for pair in zip(before, months, strict=True)
        ]

    def to_dict(self) -> dict:
        """Return the account in values that JSON can hold; sums are exact fractions, as texts."""
        return {
            "lette": dict(self.read),
            "rifiutate": dict(self.refused),
            "calcolate": dict(self.computed),
            "peso": str(self.weights),
            "ipotesi": [[*assumption, count] for assumption, count in self.assumed.items()],
            "ignorate": sorted(self.ignored),
            "totali": {
                name: [[str(total) for total in month] for month in months]
                for name, months in self.totals.items()
            },
            "problemi": [[p.table, p.row, p.column, p.message] for p in self.problems],
        }


def compute(job: Job, piece: Piece) -> dict:
    """Compute a piece, unless its file is there, made from the same data, law and request.

    Returns the account of the piece, in values that JSON can hold. If its data cannot be used the account has
    ``problemi``, and there is no file. Raises :class:`UserError` when going on makes no sense.
    """
    pa.set_cpu_count(1)
    sys.path.extend(path for path in job.search if path not in sys.path)
    start, path = time.perf_counter(), job.path(piece)
    try:
        identity = identity_of_piece(job, piece)
    except PopulationError as error:
        return {"parte": path.name} | Tally(problems=list(error.problems)).to_dict()
    if done := account_of(path, identity):
        return done | {"ripresa": True}
    columns = tuple(name for table in job.tables.values() for name in table.columns)
    months = _months(job.law, columns, job.reforms, job.period, job.variables)
    while True:
        tally = Tally()
        account = {"parte": path.name, "impronta": identity}

        def write(temporary, tally=tally, account=account):
            with _Output(temporary) as output:
                for table in _results(job, piece, months, tally):
                    output.write(table)
                if tally.problems:
                    raise PopulationError(tally.problems)
                account["variabili_lette"] = sorted(months.variables_read)
                account["secondi"] = round(time.perf_counter() - start, 3)
                account["memoria_mb"] = _peak_memory()
                output.finish(account | tally.to_dict())

        try:
            write_whole(path, write)
        except OutdatedError:
            continue
        except PopulationError as error:
            tally.problems = list(dict.fromkeys((*tally.problems, *error.problems)))
        return account | tally.to_dict()


class _Output:
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


def _peak_memory() -> int:
    """Return the most memory this process has used, in MB; on Windows, what it uses now."""
    try:
        import resource  # noqa: PLC0415
    except ModuleNotFoundError:
        return round(psutil.Process().memory_info().rss / 1e6)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6)


def account_of(path: Path, identity: str) -> dict | None:
    """Return the account that a file of results has, if it is whole and has this identity."""
    try:
        metadata = parquet.read_metadata(path).metadata or {}
    except (OSError, pa.ArrowException):
        return None
    account = json.loads(metadata.get(ACCOUNT.encode(), b"null"))
    return account if account and account["impronta"] == identity else None


def identity_of_piece(job: Job, piece: Piece) -> str:
    """Return a hash of all that the results of a piece depend on."""
    parts = [job.identity, str(piece)]
    if job.blocks is None:
        stretches = {PEOPLE: piece.people, HOUSEHOLDS: piece.households}
        parts += [job.tables[name].digest(*rows) for name, rows in stretches.items()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@functools.lru_cache(maxsize=2)
def _months(law, columns, reforms, period, variables) -> Months:
    """Return the computation of a run; what it learns from a piece serves the next ones of this process."""
    system = system_of(reforms)
    if identity_of(system) != law:
        raise UserError(
            "un processo di calcolo ha un altro codice, altre librerie o un'altra riforma di chi ha dato il "
            "comando: allinearlo e riavviarlo"
        )
    gc.collect()
    gc.freeze()  # the law is no garbage: collecting that of a piece need not look at it
    return Months(system, dict.fromkeys((*variables, AMOUNT)), months_of(period))


def _results(job: Job, piece: Piece, months: Months, tally: Tally) -> Iterator[pa.Table]:
    """Read and compute a piece, some households at a time; results wait to be finished together."""
    waiting, size = [], 0
    entities = {months.entity_of(name) for name in months.variables}
    parts = _in_block(job, piece) if job.blocks else _in_order(job, piece)
    # A part is large: nothing must keep it while the next one is read.
    for population in map(partial(_population, job, tally, months.system), parts):
        if population is None or tally.problems:
            continue
        started = months.start(population)
        keys = {entity: keys_of(population, entity) for entity in entities}
        del population
        gc.collect()  # a simulation is a cycle of references
        waiting.append((keys, started))
        size += sum(arrays[0].nbytes for arrays in started.results.values()) * len(months.months)
        if size > WAITING:
            yield from _finished(job, months, waiting, tally)
            size = 0
    if waiting and not tally.problems:
        yield from _finished(job, months, waiting, tally)
    if not tally.computed and job.detail != TOTALS:
        yield _no_rows(job, months)


def _no_rows(job: Job, months: Months) -> pa.Table:
    """Return the rows of nobody, with the columns of the others."""
    ids = [
        pa.array(
            [], pa.string() if is_text(job.tables[name].schema.field(key).type) else pa.int64()
        )
        for name, key in ((PEOPLE, PERSON), (HOUSEHOLDS, HOUSEHOLD))
    ]
    none = np.zeros(0, dtype=np.int64)
    nobody = Population({}, {}, {}, none, None, none.astype(float), *ids, [], (), {})
    rules = {name: months.system.variables[name] for name in job.variables}
    results = {n: [rule.default_array(0)] * len(months.months) for n, rule in rules.items()}
    keys = keys_of(nobody, months.entity_of(job.variables[0]))
    return rows_of(job.detail, keys, months.months, results)


def _finished(job: Job, months: Months, waiting: list, tally: Tally) -> Iterator[pa.Table]:
    """Finish what is waiting, which is none at the end."""
    months.finish([started for _, started in waiting])
    while waiting:
        keys, started = waiting.pop(0)
        for name, arrays in started.results.items():
            try:
                totals = totals_of(keys[months.entity_of(name)]["peso"], arrays)
            except ValueError as error:  # of the formula of some reform
                raise RequestError(f"«{name}»: {error}") from error
            if totals:
                tally.add_totals(name, totals)
        if job.detail != TOTALS:
            chosen = {name: started.results[name] for name in job.variables}
            own = keys[months.entity_of(job.variables[0])]
            yield rows_of(job.detail, own, months.months, chosen)


def _population(job: Job, tally: Tally, system, part: "Part") -> Population | None:
    """Check some households; problems and what is assumed go to the tally."""
    tally.read.update(part.sizes)
    try:
        population, left = _checked(job, part, system)
    except PopulationError as error:
        tally.problems += part.located(job, error.problems)
        return None
    kept = left.sizes if population else dict.fromkeys(left.sizes, 0)
    tally.refused.update({name: size - kept[name] for name, size in part.sizes.items()})
    if population is None:
        return None
    population = multiplied(population, job.uprating)
    tally.computed.update(left.sizes)
    tally.weights += exact_sum(population.weights)
    for note in population.assumptions:
        tally.assumed[note.variable, note.entity, note.assumed] += note.count
    tally.ignored.update(population.ignored)
    return population


class Part(NamedTuple):
    """Some households: the rows of both tables, and where they are in the files."""

    tables: dict[str, pa.Table]
    rows: dict[str, np.ndarray]

    @property
    def sizes(self) -> dict[str, int]:
        """How many rows each table has."""
        return {name: len(table) for name, table in self.tables.items()}

    def located(self, job: Job, problems) -> list[DataProblem]:
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


def _checked(job: Job, part: Part, system) -> tuple[Population | None, Part]:
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


def _in_block(job: Job, piece: Piece) -> Iterator[Part]:
    read = {name: read_block(job.blocks, table, piece.block) for name, table in job.tables.items()}
    if any(len(rows) for _, rows in read.values()):
        yield Part(*({name: pair[place] for name, pair in read.items()} for place in (0, 1)))


def _in_order(job: Job, piece: Piece) -> Iterator[Part]:
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
