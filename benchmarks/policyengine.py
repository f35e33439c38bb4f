"""One month of entitlement: this package beside the same rule on policyengine-core, in one run.

    python benchmarks/policyengine.py [HOUSEHOLDS ...]

The rival computes the very files of the law (``entitlement_policyengine.py``) in an environment of its own,
made in ``build/`` the first time (some 600 MB, from PyPI) with the same Python and numpy. Each side is a process
of its own; both read the same arrays and are timed in turn, from the arrays to the amounts; the ratio is
the median of the pairs. Peak memory is what each allocates beside the inputs. Households on which they
differ by a tenth of a cent are counted.
To reach: neither slower nor larger in memory than the rival, at 1,000,000 households.
"""

import gc
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
import venv
from pathlib import Path

import numpy as np

MONTH = "2025-06"
SIZES = (100_000, 1_000_000)
PAIRS = 7
RIVAL = "policyengine-core==3.33.12"
ENVIRONMENT = Path(__file__).resolve().parent.parent / "build" / "policyengine"


def rival_python():
    """Return the Python of the rival's environment, made if it is not there."""
    python = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, clear=True, with_pip=True)
    install = [python, "-m", "pip", "install", "-qq", RIVAL, f"numpy=={np.__version__}"]
    if subprocess.call(install):
        sys.exit(f"{RIVAL} cannot be installed in {ENVIRONMENT}: pip says why above")
    return python


def package_side():
    """Return the law on OpenFisca, and how to fill a simulation of it."""
    from inputs import build  # noqa: PLC0415 - the rival's environment has none of this

    from openfisca_adi import CountryTaxBenefitSystem  # noqa: PLC0415

    return CountryTaxBenefitSystem(), build


def rival_side():
    """Return the law on policyengine-core, and how to fill a simulation of it."""
    from entitlement_policyengine import build, load_law  # noqa: PLC0415

    return load_law(), lambda *inputs: build(*inputs, MONTH)


SIDES = {"package": package_side, "rival": rival_side}


def work(side, folder):
    """Be one side: print the peak memory of a run in MB, then the seconds of a run for each line read."""
    inputs = pickle.loads((folder / "inputs").read_bytes())
    system, build = SIDES[side]()
    tracemalloc.start()
    amount = build(system, *inputs).calculate("adi_spettante", MONTH)
    print(tracemalloc.get_traced_memory()[1] / 1e6, flush=True)
    tracemalloc.stop()
    np.save(folder / f"{side}.npy", amount)
    del amount
    for _ in sys.stdin:
        gc.collect()
        start = time.perf_counter()
        build(system, *inputs).calculate("adi_spettante", MONTH)
        print(time.perf_counter() - start, flush=True)


def compare(households, pythons):
    """Print times, memory, ratios and disagreements for one size."""
    from inputs import random_inputs  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "inputs").write_bytes(pickle.dumps(random_inputs(households)))
        sides = {
            side: subprocess.Popen(
                [python, __file__, "--side", side, folder],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for side, python in pythons.items()
        }
        memory = [float(process.stdout.readline()) for process in sides.values()]
        pairs = [[run(process) for process in sides.values()] for _ in range(PAIRS)]
        for process in sides.values():
            process.communicate()
        package_amount, rival_amount = (np.load(Path(folder) / f"{side}.npy") for side in sides)
    ratio = statistics.median(package / rival for package, rival in pairs)
    package, rival = (statistics.median(times) for times in zip(*pairs, strict=True))
    differ = int((np.abs(package_amount - rival_amount) > 0.001).sum())
    print(
        f"{households:>10,} {rival * 1000:>9.0f} {package * 1000:>12.0f} {ratio:>7.2f} "
        f"{memory[1]:>10.0f} {memory[0]:>12.0f} {memory[0] / memory[1]:>7.2f} {differ:>8} "
        f"{(package_amount > 0).mean():>9.1%}   {package_amount.dtype}, {rival_amount.dtype}",
        flush=True,
    )


def run(process):
    """Return the seconds of a run of one side."""
    process.stdin.write("\n")
    process.stdin.flush()
    return float(process.stdout.readline())


def main(arguments):
    if arguments[:1] == ["--side"]:
        _, side, folder = arguments
        work(side, Path(folder))
        return
    pythons = {"package": sys.executable, "rival": rival_python()}
    print(f"{RIVAL}, numpy {np.__version__}")
    print(
        "households  rival ms   package ms   ratio   rival MB   package MB   ratio   differ  entitled   amounts"
    )
    for households in map(int, arguments or SIZES):
        compare(households, pythons)


if __name__ == "__main__":
    main(sys.argv[1:])
