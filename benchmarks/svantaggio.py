"""What recognising svantaggio from its documents adds to the entitlement, in one run.

    python benchmarks/svantaggio.py [HOUSEHOLDS]

One person in a hundred has a category with all its documents. To reach: less than a fifth more time.
"""

import statistics
import sys
import time

import numpy as np
from inputs import MONTH, build, random_inputs
from openfisca_core.variables import get_neutralized_variable

from openfisca_adi import CountryTaxBenefitSystem
from openfisca_adi.dates import NEVER

PAIRS = 7


def documents(people):
    """Return the documents of one person in a hundred; the defaults for the others."""
    rng = np.random.default_rng(3)
    n = len(people["data_nascita"])
    declared = rng.random(n) < 0.01
    day = np.datetime64("2025-01-01")

    def date(first, last):
        return np.where(declared, day + rng.integers(first, last, n), NEVER)

    return {
        "svantaggio_categoria": np.where(declared, rng.integers(1, 13, n), 0).astype(np.int16),
        "svantaggio_ente_certificatore": (declared * rng.integers(1, 8, n)).astype(np.int16),
        "svantaggio_ente_presa_in_carico": (declared * rng.integers(1, 8, n)).astype(np.int16),
        "svantaggio_data_certificazione": date(-200, 200),
        "svantaggio_programma_inizio": date(-200, 200),
        "svantaggio_programma_fine": date(0, 400),
        "svantaggio_verifica_comunicazione": date(0, 200),
        "svantaggio_necessita_cure_integrate": declared & (rng.random(n) < 0.8),
        "svantaggio_in_carico_uepe": declared & (rng.random(n) < 0.8),
        "svantaggio_fine_pena": date(-600, 0),
        "svantaggio_poverta_estrema": declared & (rng.random(n) < 0.8),
    }


def run(system, inputs):
    simulation = build(system, *inputs)
    start = time.perf_counter()
    simulation.calculate("adi_spettante", MONTH)
    return time.perf_counter() - start


def main(households=100_000):
    system, without = CountryTaxBenefitSystem(), CountryTaxBenefitSystem()
    for name in [name for name in without.variables if name.startswith("adi_svantaggio_")]:
        without.variables[name] = get_neutralized_variable(without.variables[name])
    people, families, household, position = random_inputs(households)
    plain = (people, families, household, position)
    documented = ({**people, **documents(people)}, families, household, position)
    pairs = [(run(without, plain), run(system, documented)) for _ in range(PAIRS)]
    ratio = statistics.median(full / base for base, full in pairs)
    base, full = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    print(
        f"{households:,} households: entitlement without svantaggio {base:.1f} ms, with {full:.1f} ms, ratio {ratio:.2f}"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
