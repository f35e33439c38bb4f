"""The work on one piece: read, check, compute, write; the same function whoever calls it."""

import functools
import gc
import hashlib
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa

from openfisca_adi.errors import UserError
from openfisca_adi.population.errors import DataProblem, PopulationError, RequestError
from openfisca_adi.population.months import Months, OutdatedError
from openfisca_adi.population.population import Population
from openfisca_adi.population.results import keys_of, months_of
from openfisca_adi.population.schema import HOUSEHOLDS, PEOPLE
from openfisca_adi.population.tables import is_text
from openfisca_adi.population.uprating import multiplied
from openfisca_adi.runs.files import TableFiles
from openfisca_adi.runs.identity import identity_of
from openfisca_adi.runs.layout import HOUSEHOLD, PERSON, Piece
from openfisca_adi.runs.output import Output, account_of
from openfisca_adi.runs.parts import Part, checked, in_block, in_order
from openfisca_adi.runs.rows import TOTALS, rows_of, totals_of
from openfisca_adi.runs.sums import exact_sum
from openfisca_adi.system import system_of
from openfisca_adi.writing import write_whole

#: The amount whose totals every account has.
AMOUNT = "adi_spettante"
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
            with Output(temporary) as output:
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


def _peak_memory() -> int:
    """Return the most memory this process has used, in MB; 0 where the system does not tell (Windows)."""
    try:
        import resource  # noqa: PLC0415
    except ModuleNotFoundError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6)


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
    parts = in_block(job, piece) if job.blocks else in_order(job, piece)
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


def _population(job: Job, tally: Tally, system, part: Part) -> Population | None:
    """Check some households; problems and what is assumed go to the tally."""
    tally.read.update(part.sizes)
    try:
        population, left = checked(job, part, system)
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
