"""Reading, checking and building a population from unsorted Parquet files.

    python benchmarks/reading.py [HOUSEHOLDS]

To reach: under half a second for 100,000 households on a 2-core machine.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from inputs import MONTH, random_inputs
from openfisca_core.periods import period

from openfisca_adi import CountryTaxBenefitSystem
from openfisca_adi.population import Population, build_simulation

RUNS = 9


def write(folder, households):
    """Write the inputs as an analyst would have them: choices by name, people in no order."""
    system = CountryTaxBenefitSystem()
    people, families, household, position = random_inputs(households)
    rng = np.random.default_rng(4)
    ids = {"persone": {"id_persona": np.arange(len(household)), "id_nucleo": household}}
    ids["persone"]["ruolo"] = np.where(position == 0, "richiedente", "componente")
    ids["nuclei"] = {"id_nucleo": np.arange(households)}
    for name, columns in (("persone", people), ("nuclei", families)):
        table = {**ids[name], **columns}
        for variable in columns:
            choices = getattr(system.variables[variable], "possible_values", None)
            if choices:
                table[variable] = choices.names[table[variable]]
        order = rng.permutation(len(table["id_nucleo"]))
        pq.write_table(
            pa.table({key: values[order] for key, values in table.items()}),
            folder / f"{name}.parquet",
        )


def main(households=100_000):
    system = CountryTaxBenefitSystem()
    times = []
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), households)
        for _ in range(RUNS):
            start = time.perf_counter()
            population = Population.read(folder, system=system)
            read = time.perf_counter()
            build_simulation(population, system, [period(MONTH)])
            times.append((read - start, time.perf_counter() - read))
    read, built = (statistics.median(each) for each in zip(*times, strict=True))
    columns = len(population.people) + len(population.households)
    print(
        f"{households:,} households, {len(population.person_ids):,} people, {columns} columns: "
        f"read and checked in {read:.3f} s, built in {built:.3f} s, together {read + built:.3f} s"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
