"""36 months of procedure for beneficiary households, beside 36 months of their entitlement, in one run.

    python benchmarks/procedure.py [HOUSEHOLDS]

Months are asked in order and every result of a month is dropped before the next, as a simulation of a
population does. To reach: at most twice the cost of entitlement, in memory that does not grow with the months.
"""

import statistics
import sys
import time
import tracemalloc

import numpy as np
from inputs import build, random_inputs
from openfisca_core.periods import period

from openfisca_adi import CountryTaxBenefitSystem
from openfisca_adi.dates import NEVER
from openfisca_adi.population import forget_month

MONTHS = [period(f"{year}-{month:02d}") for year in (2024, 2025, 2026) for month in range(1, 13)]
PAIRS = 3


def beneficiaries(households):
    """Return inputs in which every household has a PAD, and many a story."""
    people, families, household, position = random_inputs(households)
    rng = np.random.default_rng(2)
    application = np.datetime64("2023-12-18") + rng.integers(0, 500, households)
    late = rng.random(households) < 0.1
    families |= {
        "isee_in_corso_di_validita": np.ones(households, dtype=bool),
        "isee": families["isee"] / 3,
        "reddito_familiare": families["reddito_familiare"] / 4,
        "patrimonio_mobiliare": families["patrimonio_mobiliare"] / 10,
        "adi_data_domanda": application,
        "adi_data_pad": application + 5,
        "adi_data_primo_appuntamento": application + np.where(late, 200, 60),
        "adi_data_rinnovo_1": application + 600,
        "adi_data_rinnovo_2": np.where(rng.random(households) < 0.5, application + 990, NEVER),
        "adi_nucleo_variato_al_rinnovo": np.zeros(households, dtype=bool),
    }
    return people, families, household, position


def run(system, inputs, variable, months):
    simulation = build(system, *inputs, months=months)
    start = time.perf_counter()
    total = 0.0
    for month in months:
        total += simulation.calculate(variable, month).sum()
        forget_month(simulation, month)
    return time.perf_counter() - start, total


def peak_memory(system, inputs, months):
    """Return what the procedure of ``months`` allocates at most beside the inputs, in MB."""
    tracemalloc.start()
    run(system, inputs, "adi_erogato", months)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return peak


def main(households=100_000):
    system, inputs = CountryTaxBenefitSystem(), beneficiaries(households)
    pairs = []
    for _ in range(PAIRS):
        entitled, spettante = run(system, inputs, "adi_spettante", MONTHS)
        paid, erogato = run(system, inputs, "adi_erogato", MONTHS)
        pairs.append((entitled, paid))
    ratio = statistics.median(paid / entitled for entitled, paid in pairs)
    entitled, paid = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(
        f"{households:,} households, {len(MONTHS)} months: {spettante:,.0f} euro due, {erogato:,.0f} paid"
    )
    print(f"entitlement {entitled:.2f} s   procedure {paid:.2f} s   ratio {ratio:.2f}")
    for months in (MONTHS[:12], MONTHS):
        print(f"peak memory of {len(months)} months: {peak_memory(system, inputs, months):.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
