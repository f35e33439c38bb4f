"""A whole run: from the tables of a population to files of results and an account."""

import contextlib
import errno
import json
import math
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyarrow as pa
from pyarrow import csv, parquet
from tqdm import tqdm

from openfisca_adi.errors import UserError
from openfisca_adi.population.errors import DataProblem, PopulationError, Problems
from openfisca_adi.population.reading import SUFFIXES
from openfisca_adi.population.results import RESULTS, entity_of, months_of
from openfisca_adi.population.schema import HOUSEHOLDS, MANDATORY
from openfisca_adi.population.uprating import factors_of
from openfisca_adi.reform_names import YAML, law_name
from openfisca_adi.runs import engines
from openfisca_adi.runs.account import Account
from openfisca_adi.runs.files import IDS, TableFiles, is_id
from openfisca_adi.runs.identity import identity_of
from openfisca_adi.runs.layout import (
    HOUSEHOLD,
    PERSON,
    Piece,
    check_unique,
    deal_out,
    pieces_in_order,
)
from openfisca_adi.runs.output import account_of
from openfisca_adi.runs.piece import Job, compute, identity_of_piece
from openfisca_adi.runs.rows import BY_MONTH, TOTALS, check_detail
from openfisca_adi.runs.sources import find
from openfisca_adi.system import system_of
from openfisca_adi.writing import write_text, write_whole

#: How many households are computed together in a piece: large enough for speed, small enough for memory.
HOUSEHOLDS_AT_ONCE = 60_000
#: After so many problems in the data the rest is not looked at.
MOST_PROBLEMS = 200
#: Readers of a folder of Parquet files skip what begins with these signs.
ACCOUNT_FILE, ACCOUNT_SUFFIX, WORK_FOLDER = "_resoconto.json", ".resoconto.json", ".lavoro"


class InterruptedRunError(UserError):
    """The run was interrupted; what it has computed is kept."""

    exit_code = 130


class DataError(PopulationError):
    """The data of a run cannot be used; ``account`` is its account."""

    def __init__(self, account: Account):
        super().__init__(account.problems)
        self.account = account


def run(
    data,
    period,
    result=None,
    *,
    variables=None,
    reforms=(),
    mapping=None,
    detail=BY_MONTH,
    processes=None,
    cluster=None,
    households_at_once=HOUSEHOLDS_AT_ONCE,
    allow_unknown=False,
    discard=False,
    uprating=None,
    progress=False,
) -> Account:
    """Compute a population of any size, in files; what has been computed before is not computed again.

    ``data`` is a folder with the tables ``persone`` and ``nuclei`` (a file each, or a folder of Parquet files), a
    pair of paths, a pair of tables (pyarrow or pandas), or with ``mapping`` the file or folder of a survey.
    ``result`` is the folder of the results: ``parte-00001.parquet`` and so on, in the order of the households,
    and ``_resoconto.json``, whose ``completo`` says whether they all are there; without a folder, there is only
    the account.

    ``reforms`` are names of reforms, applied in order.
    ``detail`` is "mensile" (a row for each month), "annuale" (sums over the months) or "totali" (no rows).
    Work is done by ``processes`` processes (one for each core unless said otherwise), or on a Dask ``cluster`` (an
    address, or "locale"), ``households_at_once`` in memory. With ``discard``, households with wrong rows are left
    out instead of stopping the run. ``uprating`` are the rules, or the file, of
    :func:`openfisca_adi.population.uprating.uprate`; ``progress`` shows a bar where there is a terminal.

    Raises :class:`PopulationError` with the problems of the data, :class:`RequestError` for a wrong question,
    :class:`InterruptedRunError` when interrupted by the keyboard.
    """
    start = time.perf_counter()
    # Other processes may be in another folder.
    reforms = tuple(str(Path(n).resolve()) if n.endswith(YAML) else n for n in reforms)
    if any(name.endswith(YAML) for name in reforms):
        system_of.cache_clear()  # the file may be another than before
    system = system_of(reforms)
    variables = tuple(dict.fromkeys(RESULTS if variables is None else variables))
    entity_of(system, variables)
    check_detail(detail, variables, system)
    months = months_of(period)
    request = {
        "legge": law_name(system),
        "riforme": list(reforms),
        "periodo": str(period),
        "variabili": list(variables),
        "dettaglio": detail,
        "righe_errate": "scartate" if discard else "non ammesse",
    }
    with _folder(result) as folder:
        for left in (folder / ACCOUNT_FILE, *folder.glob(".parte-*")):  # by a run that was killed
            left.unlink(missing_ok=True)
        tables, notes = find(data, mapping, folder / WORK_FOLDER)
        present = {name.partition("@")[0] for t in tables.values() for name in t.columns}
        factors = factors_of(uprating, present, system) if uprating else {}
        request["aggiornamento"] = {name: text for name, (_, text) in factors.items()}
        job = Job(
            tables=tables,
            folder=folder,
            identity=identity_of(system, [request, factors, allow_unknown]),
            law=identity_of(system),
            reforms=reforms,
            period=str(period),
            variables=variables,
            detail=detail if result else TOTALS,
            households_at_once=households_at_once,
            allow_unknown=allow_unknown,
            discard=discard,
            uprating=factors,
            search=tuple(sys.path),
        )
        job, pieces, problems = _divided(job)
        account = Account(request, _described(tables), [str(month) for month in months], notes)
        account.problems += problems
        for path in {*folder.glob("parte-*.parquet")} - {job.path(piece) for piece in pieces}:
            path.unlink()
        bar = tqdm(
            total=tables[HOUSEHOLDS].rows,
            unit=" nuclei",
            unit_scale=True,
            disable=None if progress else True,
        )
        try:
            with bar, contextlib.closing(_engine(cluster, processes, job, pieces)) as done:
                for piece in done:
                    account.add(piece)
                    bar.update(piece["lette"].get(HOUSEHOLDS, 0))
                    if len(account.problems) >= MOST_PROBLEMS:
                        break
            account.is_complete = not account.problems
            account.seconds = time.perf_counter() - start
            write_text(_json(account), folder / ACCOUNT_FILE)
        except BaseException as error:
            with contextlib.suppress(OSError):  # the disk may be full
                account.is_complete, account.seconds = False, time.perf_counter() - start
                write_text(_json(account), folder / ACCOUNT_FILE)
            if isinstance(error, KeyboardInterrupt | OSError):
                raise _stopped(error, folder, account, pieces) from error
            raise
        if account.problems:
            raise DataError(account)
        shutil.rmtree(folder / WORK_FOLDER, ignore_errors=True)
        if result is not None and Path(result).suffix in SUFFIXES:
            _gather([job.path(piece) for piece in pieces], Path(result))
            write_text(_json(account), Path(result).with_suffix(ACCOUNT_SUFFIX))
            shutil.rmtree(folder)
    return account


@contextlib.contextmanager
def _folder(result) -> Iterator[Path]:
    """Give the folder in which the pieces are computed: a temporary one if no results are wanted."""
    if result is None:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
        return
    result = Path(result)
    folder = result.with_name(f".{result.name}.parti") if result.suffix in SUFFIXES else result
    folder.mkdir(exist_ok=True)
    yield folder


def _divided(job: Job) -> tuple[Job, list[Piece], list[DataProblem]]:
    """Divide the population in pieces, and look for ids that are there twice."""
    people, households = job.tables.values()
    problems = Problems()
    for table in job.tables.values():
        for column in MANDATORY[table.name]:
            if column not in table.columns:
                problems.add(table.name, column, "manca questa colonna, che è obbligatoria")
        for column in {*IDS} & {*table.columns}:
            if not is_id(table.schema.field(column).type):
                problems.add(table.name, column, "gli id sono numeri interi o testi")
        if not table.rows:
            problems.add(table.name, None, "la tabella è vuota")
    problems.raise_if_any()
    pieces = pieces_in_order(people, households)
    check_unique(people, PERSON, problems)
    check_unique(households, HOUSEHOLD, problems)
    if pieces:
        return job, pieces, problems.found
    digests = [table.digest(0, table.rows) for table in job.tables.values()]
    blocks = math.ceil(households.rows / job.households_at_once)
    folder = job.folder / WORK_FOLDER / "blocchi"
    identity = "\n".join([job.identity, str(blocks), *digests])
    job = replace(job, identity=identity, blocks=folder)
    pieces = [Piece(block, (0, 0), (0, 0), block) for block in range(blocks)]
    if not all(account_of(job.path(piece), identity_of_piece(job, piece)) for piece in pieces):
        deal_out(job.tables.values(), blocks, folder)
    return job, pieces, problems.found


def _engine(cluster, processes, job: Job, pieces: list[Piece]) -> Iterator[dict]:
    """Have the pieces computed, by whoever was asked."""
    work, cores = partial(compute, job), engines.cores()
    if cluster:
        return engines.on_cluster(work, pieces, cluster, processes or cores)
    if min(processes or cores, len(pieces)) > 1:
        return engines.in_processes(work, pieces, processes or cores)
    return engines.serially(work, pieces)


def _stopped(error, folder: Path, account: Account, pieces) -> UserError:
    """Say what an interruption, or a full disk, has left."""
    kept = (
        f"{len(account.pieces)} parti su {len(pieces)} sono calcolate e restano in {folder}: "
        "lo stesso comando continua da lì"
    )
    if isinstance(error, KeyboardInterrupt):
        return InterruptedRunError(f"interrotto; {kept}")
    reason = "il disco è pieno" if error.errno == errno.ENOSPC else error
    return UserError(f"{reason}; {kept}")


def _described(tables: dict[str, TableFiles]) -> list[dict]:
    return [
        {"tabella": table.name, "percorso": label, "byte": state.bytes}
        for table in tables.values()
        for label, state in zip(table.labels, table.states, strict=True)
    ]


def _gather(parts: list[Path], path: Path) -> None:
    """Put the results of all pieces in one file, a piece at a time."""

    def write(temporary):
        writer = None
        for part in parts:
            table = parquet.read_table(part)
            if writer is None:
                kind = parquet.ParquetWriter if path.suffix == ".parquet" else csv.CSVWriter
                schema = pa.schema([(f.name, _plain(f.type)) for f in table.schema])
                writer = kind(temporary, schema)
            writer.write_table(table.cast(schema))
        writer.close()

    write_whole(path, write)


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _json(account: Account) -> str:
    return json.dumps(account.to_dict(), ensure_ascii=False, indent=1) + "\n"
