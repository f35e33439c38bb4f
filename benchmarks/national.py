"""Entire populations, Parquet to Parquet: twelve months of entitlement for Italy's 26.3 million households.

    python benchmarks/national.py [HOUSEHOLDS ...] [--folder FOLDER] [--processes N]

The population is the demonstration one, a million households repeated with other ids, in a partitioned
folder that is kept for the next run (some 3 GB for Italy). What is timed is the command itself, from its start.
To reach on 2 cores: 26.3 million in 100 s and 500 MB a process, at a cost per household that does not grow.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from openfisca_adi.population.demonstration import demonstration_population

SIZES = (100_000, 1_000_000, 26_300_000)
MILLION, PERSONS_OF_A_MILLION = 1_000_000, 10_000_000
IDS = {
    "persone": {"id_nucleo": MILLION, "id_persona": PERSONS_OF_A_MILLION},
    "nuclei": {"id_nucleo": MILLION},
}


def write(folder, households):
    """Write a population of any size, a file for each million households, unless it is there."""
    if (folder / "completa").exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    tables = dict(zip(IDS, demonstration_population(min(households, MILLION)), strict=True))
    for turn in range(-(-households // MILLION)):
        count = min(MILLION, households - turn * MILLION)
        kept = tables["nuclei"]["id_nucleo"][count - 1].as_py()
        for name, table in tables.items():
            (folder / name).mkdir(parents=True, exist_ok=True)
            last = np.searchsorted(table["id_nucleo"].to_numpy(), kept, side="right")
            part = table.slice(0, last)
            for column, step in IDS[name].items():
                ids = pa.array(part[column].to_numpy() + turn * step)
                part = part.set_column(part.column_names.index(column), column, ids)
            pq.write_table(
                part,
                folder / name / f"{turn:03d}.parquet",
                row_group_size=100_000,
                compression="lz4",
            )
    (folder / "completa").touch()


def run(data, results, processes):
    """Run the command from scratch; return seconds, and the account it leaves."""
    shutil.rmtree(results, ignore_errors=True)
    command = [sys.executable, "-m", "openfisca_adi", "simula", data, "--periodo", "2026"]
    command += ["--variabili", "adi_spettante", "--risultato", results]
    start = time.perf_counter()
    subprocess.run([*map(str, command), *processes], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start, json.loads((results / "_resoconto.json").read_text("utf-8"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("households", type=int, nargs="*", default=SIZES)
    parser.add_argument("--folder", type=Path, default=Path("popolazioni_di_prova"))
    parser.add_argument("--processes", type=int)
    arguments = parser.parse_args()
    processes = ["--processi", str(arguments.processes)] if arguments.processes else []
    print(
        "households   input MB   seconds   µs/household   CPU µs/household   peak MB   entitled, Dec"
    )
    for households in arguments.households:
        data = arguments.folder / str(households)
        write(data, households)
        seconds, account = run(data, arguments.folder / "risultati", processes)
        size = sum(file["byte"] for file in account["file"]) / 1e6
        work = sum(part["secondi"] for part in account["parti"])
        december = account["totali"]["adi_spettante"]["2026-12"]["peso_con_valore"]
        print(
            f"{households:>10,} {size:>10,.0f} {seconds:>9.1f} {seconds / households * 1e6:>14.2f} "
            f"{work / households * 1e6:>18.2f} {account['memoria_massima_mb']:>9} {december:>15,.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
