"""From raw incomes and assets to the amount: this package beside hand-written numpy, in one run.

    python benchmarks/isee.py [HOUSEHOLDS]

To reach: at most 1.5 times numpy at 1,000,000 households.
"""

import statistics
import sys
import time

import numpy as np
from entitlement_numpy import entitlement
from inputs import MONTH, build, random_inputs
from isee_numpy import isee_and_income

from openfisca_adi import CountryTaxBenefitSystem

PAIRS = 5
INCOMES = [
    "reddito_complessivo_irpef",
    "redditi_imposta_sostitutiva",
    "redditi_esenti",
    "proventi_agrari",
    "assegni_mantenimento_percepiti",
    "trattamenti_assistenziali_isee",
    "trattamenti_assistenziali_in_corso",
    "assegno_unico",
    "redditi_fondiari_non_locati",
    "redditi_lavoro_dipendente",
    "redditi_pensione",
    "pensioni_nuove",
    "compensi_sport_dilettantistico",
    "assegni_mantenimento_corrisposti",
    "spese_disabilita",
]


def raw_inputs(households):
    """Return the inputs of the entitlement, with the parts of ISEE and income instead of the two."""
    people, families, household, position = random_inputs(households)
    rng = np.random.default_rng(5)

    def amounts(share, mean, count):
        return np.where(rng.random(count) < share, rng.gamma(1.5, mean, count).round(2), 0.0)

    people |= {name: amounts(0.06, 3000, len(household)) for name in INCOMES}
    people["reddito_complessivo_irpef"] = amounts(0.6, 9000, len(household))
    people["redditi_lavoro_dipendente"] = people["reddito_complessivo_irpef"] * 0.7
    for name in ("isee", "reddito_familiare"):
        del families[name]
    families |= {
        "isee_patrimonio_immobiliare_abitazione": families["valore_imu_abitazione"] * 0.8,
        "isee_patrimonio_immobiliare_altro": families["valore_imu_altri_immobili"],
        "giacenze_finanziarie_fruttifere": families["patrimonio_mobiliare"] / 4,
        "isee_componente_aggiuntiva": amounts(0.01, 1000, households),
        "residente_capoluogo_metropolitano": rng.random(households) < 0.16,
    }
    return people, families, household, position


def run_numpy(people, families, household, position):
    p = {**people, "richiedente": position == 0, "posizione": position}
    households = len(families["patrimonio_mobiliare"])
    start = time.perf_counter()
    isee, income = isee_and_income(p, families, household, households)
    h = {**families, "isee": isee, "reddito_familiare": income}
    amount, *_ = entitlement(p, h, household, households)
    return time.perf_counter() - start, amount


def run_package(system, *inputs):
    simulation = build(system, *inputs)
    start = time.perf_counter()
    amount = simulation.calculate("adi_spettante", MONTH)
    return time.perf_counter() - start, amount


def main(households=1_000_000):
    system, inputs = CountryTaxBenefitSystem(), raw_inputs(households)
    pairs = []
    for _ in range(PAIRS):
        rival, numpy_amount = run_numpy(*inputs)
        package, package_amount = run_package(system, *inputs)
        pairs.append((rival, package))
    ratio = statistics.median(package / rival for rival, package in pairs)
    rival, package = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    differ = int((np.abs(numpy_amount - package_amount) > 0.001).sum())
    print(
        f"{households:,} households: numpy {rival:.0f} ms, package {package:.0f} ms, ratio {ratio:.2f}, "
        f"{differ} differ, {(package_amount > 0).mean():.1%} entitled"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
