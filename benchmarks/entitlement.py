"""One month of entitlement: this package beside hand-written numpy, in one run.

    python benchmarks/entitlement.py [HOUSEHOLDS ...]

Both read the same arrays, all the inputs of the rule, and are timed in turn; the ratio is the median of
the pairs. Peak memory is what each allocates beside the inputs, in a process of its own. Households on which they differ by a
tenth of a cent are counted.
"""

import statistics
import subprocess
import sys
import time
import tracemalloc

import numpy as np
from entitlement_numpy import entitlement
from inputs import MONTH, build, random_inputs

from openfisca_adi import CountryTaxBenefitSystem

SIZES = (1_000, 100_000, 1_000_000)
PAIRS = 7


def run_numpy(people, families, household, position):
    p = {**people, "richiedente": position == 0, "posizione": position}
    start = time.perf_counter()
    amount, *_ = entitlement(p, families, household, len(families["isee"]))
    return time.perf_counter() - start, amount


def run_package(system, *inputs):
    simulation = build(system, *inputs)
    start = time.perf_counter()
    amount = simulation.calculate("adi_spettante", MONTH)
    return time.perf_counter() - start, amount


def compare(households):
    """Print times, ratio and disagreements for one size."""
    system, inputs = CountryTaxBenefitSystem(), random_inputs(households)
    pairs = []
    for _ in range(PAIRS):
        numpy_time, numpy_amount = run_numpy(*inputs)
        package_time, package_amount = run_package(system, *inputs)
        pairs.append((numpy_time, package_time))
    ratio = statistics.median(package / rival for rival, package in pairs)
    rival, package = (statistics.median(times) for times in zip(*pairs, strict=True))
    differ = int((np.abs(numpy_amount - package_amount) > 0.001).sum())
    memory = {who: peak_memory(who, households) for who in ("numpy", "package")}
    print(
        f"{households:>10,} {rival * 1000:>10.1f} {package * 1000:>12.1f} {ratio:>7.2f} "
        f"{memory['numpy']:>10.0f} {memory['package']:>12.0f} {differ:>8} "
        f"{(package_amount > 0).mean():>9.1%}"
    )


def peak_memory(who, households):
    """Return the peak memory, in MB and beside the inputs, of computing one size once."""
    command = [sys.executable, __file__, "--memory", who, str(households)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main(arguments):
    if arguments[:1] == ["--memory"]:
        _, who, households = arguments
        system, inputs = CountryTaxBenefitSystem(), random_inputs(int(households))
        tracemalloc.start()
        run_numpy(*inputs) if who == "numpy" else run_package(system, *inputs)
        print(tracemalloc.get_traced_memory()[1] / 1e6)
        return
    print("households   numpy ms   package ms   ratio   numpy MB   package MB   differ  entitled")
    for households in map(int, arguments or SIZES):
        compare(households)


if __name__ == "__main__":
    main(sys.argv[1:])
