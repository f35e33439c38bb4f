"""A comparison with all its indicators and its page, beside the simulation of the law alone, in one run.

    python benchmarks/comparison.py [HOUSEHOLDS] [PERIOD]

Both start from the same population, of the demonstration; the law alone is what ``openfisca-adi simula``
computes. They are timed in turn, and the ratio is the median of the pairs.
"""

import statistics
import sys
import time

from openfisca_adi.comparison import compare
from openfisca_adi.comparison.budget import budgets, examples
from openfisca_adi.comparison.report import report
from openfisca_adi.population import Population, simulate
from openfisca_adi.population.demonstration import demonstration_population
from openfisca_adi.reform_names import find_reform
from openfisca_adi.system import default_system

REFORMS = ("soglie_2024_congelate", "senza_requisito_categoriale", "isee_ordinario_2026")
PAIRS = 3


def timed(function, *arguments):
    """Return the seconds that a function takes, and its result."""
    start = time.perf_counter()
    result = function(*arguments)
    return time.perf_counter() - start, result


def page(comparison, law, reform):
    """Return the page of a comparison, with the budgets of its example households."""
    return report(comparison, budgets(examples(), comparison.period, law, reform))


def main(households=1_000_000, period="2025-06"):
    law = default_system()
    population = Population.from_tables(*demonstration_population(households))
    print("reform                          law s   comparison s   page s   ratio")
    for name in REFORMS:
        reform = find_reform(name)(law)
        rows = []
        for _ in range(PAIRS):
            alone, _ = timed(simulate, population, period)
            compared, comparison = timed(compare, population, period, law, reform)
            written, _ = timed(page, comparison, law, reform)
            rows.append((alone, compared, written, (compared + written) / alone))
        alone, compared, written, ratio = map(statistics.median, zip(*rows, strict=True))
        print(f"{name:<28}{alone:>9.2f}{compared:>15.2f}{written:>9.2f}{ratio:>8.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), *sys.argv[2:3])
