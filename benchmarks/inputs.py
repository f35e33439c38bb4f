"""Random inputs for the benchmarks: every input of the entitlement, at plausible frequencies.

Not a population to draw conclusions from (that is the demonstration population): each input is present
for some people or households, so that no rule is cheap because nobody is concerned.
"""

import numpy as np
from openfisca_core.periods import period

from openfisca_adi.dates import NEVER
from openfisca_adi.population import Population, build_simulation

MONTH = "2025-06"
TODAY = np.datetime64("2025-06-01")


def random_inputs(households, seed=1):
    """Return ``people`` and ``families`` (arrays by name of the variable), household of each person, position."""
    rng = np.random.default_rng(seed)
    sizes = rng.choice([1, 2, 3, 4, 5, 6], households, p=[0.36, 0.28, 0.17, 0.14, 0.04, 0.01])
    household = np.repeat(np.arange(households), sizes)
    position = np.arange(len(household)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    n = len(household)

    def some(share, count=n):
        return rng.random(count) < share

    def where(share, values, otherwise, count=n):
        return np.where(some(share, count), values, otherwise)

    def dates(start, end, count=n):
        days = (np.datetime64(end) - np.datetime64(start)).astype(int)
        return np.datetime64(start) + rng.integers(0, days, count)

    age = np.where(position < 2, rng.integers(19, 92, n), rng.integers(0, 30, n))
    children = age < 18
    residence = np.maximum(age - where(0.08, 30, 0), 1).astype(float)
    people = {
        "data_nascita": TODAY - (age * 365.2425).astype(int) - rng.integers(0, 365, n),
        "disabilita": where(0.06, rng.integers(1, 4, n), 0).astype(np.int16),
        "invalidita_percentuale": where(0.1, 60, 0).astype(np.int32),
        "titolo_soggiorno": where(0.09, rng.integers(1, 9, n), 0).astype(np.int16),
        "residente_in_italia": ~some(0.005),
        "residenza_interrotta": some(0.005),
        "anni_residenza_italia": residence,
        "anni_residenza_continuativa": np.maximum(residence - where(0.02, 4, 0), 0),
        "misura_cautelare": some(0.002),
        "misura_prevenzione": some(0.001),
        "condanna_data": where(0.01, dates("2010-01-01", TODAY), NEVER),
        "condanna_pena_anni": where(0.01, 2.0, 0.0),
        "condanna_delitto_non_colposo": ~some(0.001),
        "struttura_ingresso": where(0.005, dates("2023-01-01", "2026-01-01"), NEVER),
        "struttura_uscita": where(0.003, dates("2025-01-01", "2026-06-01"), NEVER),
        "struttura_contributo_cittadino": some(0.002),
        "assolve_obbligo_istruzione": ~some(0.01),
        "possiede_imbarcazione": some(0.003),
        "possiede_aeromobile": some(0.0005),
        "autoveicolo_cilindrata": where(0.45, rng.integers(900, 2200, n), 0).astype(np.int32),
        "autoveicolo_immatricolazione": dates("2008-01-01", TODAY),
        "motoveicolo_cilindrata": where(0.1, rng.integers(50, 900, n), 0).astype(np.int32),
        "motoveicolo_immatricolazione": dates("2008-01-01", TODAY),
        "veicolo_agevolazione_disabilita": some(0.02),
        "percepisce_sfl": some(0.003),
        "svantaggio_accertato": some(0.01),
        "carico_cura_dichiarato": some(0.02),
        "reddito_lavoro_intrapreso": where(0.02, 5000.0, 0.0),
        "lavoro_intrapreso_data": where(0.02, dates("2024-01-01", "2026-01-01"), NEVER),
        "dimissioni_tipo": where(0.01, rng.integers(1, 4, n), 0).astype(np.int16),
        "dimissioni_data": where(0.01, dates("2024-01-01", "2025-09-01"), NEVER),
        "titolare_pensione_diretta": age > 67,
        "patologia_oncologica": some(0.005),
        "percorso_protezione_violenza": some(0.001),
        "responsabilita_genitoriale": (age > 25) & some(0.3),
        "occupato": (age > 18) & (age < 67) & some(0.6),
        "frequenta_corso_studi": (age < 26) & some(0.5),
        "figlio_nel_nucleo": children,
        "ha_lavorato_sei_mesi": some(0.4),
    }
    income = rng.gamma(1.2, 9000, households).round(2)
    wealth = rng.gamma(0.7, 15000, households).round(2)
    application = where(0.03, dates("2024-01-01", "2025-09-01", households), NEVER, households)
    never = np.full(households, NEVER)
    rent = where(0.2, rng.integers(1000, 9000, households), 0, households).astype(float)
    families = {
        "isee": (income * 0.6).round(2),
        "isee_in_corso_di_validita": ~some(0.1, households),
        "isee_trattamenti_adi": where(0.03, 3000.0, 0.0, households),
        "reddito_familiare": income,
        "canone_locazione_annuo": rent,
        "contratto_locazione_registrato": (rent > 0) & ~some(0.05, households),
        "valore_imu_abitazione": where(
            0.7, rng.gamma(3, 40000, households).round(2), 0.0, households
        ),
        "valore_imu_altri_immobili": where(
            0.3, rng.gamma(1, 30000, households).round(2), 0.0, households
        ),
        "patrimonio_mobiliare": wealth,
        "titoli_di_stato_e_risparmio_postale": where(0.2, wealth / 2, 0.0, households).round(2),
        "adi_data_domanda": application,
        "adi_data_pad": application,
        "adi_data_rinnovo_1": where(
            0.01, dates("2025-01-01", "2025-09-01", households), never, households
        ),
        "adi_data_rinnovo_2": never,
        "adi_data_rinnovo_3": never,
        "adi_nucleo_variato_al_rinnovo": some(0.005, households),
    }
    return people, families, household, position


def build(system, people, families, household, position, months=(MONTH,)):
    """Return a simulation filled straight from arrays; values hold for every month up to the last."""
    population = Population(
        people=people,
        households=families,
        given={},
        household_of=household,
        applicants=position == 0,
        weights=np.ones(len(families["patrimonio_mobiliare"])),
        person_ids=range(len(household)),
        household_ids=range(len(families["patrimonio_mobiliare"])),
        assumptions=[],
        ignored=(),
        descriptive={},
    )
    return build_simulation(population, system, [period(month) for month in months])
