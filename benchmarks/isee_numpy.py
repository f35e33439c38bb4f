"""ISEE and reddito familiare of June 2025 in hand-written numpy, from raw incomes and assets."""

import numpy as np
from entitlement_numpy import MONTH_START, born_by, cents


def isee_and_income(p, h, household, households):
    """Return isee and reddito_familiare, one item per household (arguments as in ``entitlement``)."""

    def count(condition):
        return np.bincount(household, weights=condition, minlength=households)

    def total(values):
        return np.bincount(household, weights=values, minlength=households)

    birth = p["data_nascita"]
    born = birth <= MONTH_START
    minor = born & (birth > born_by(18))
    members = count(born)
    child = p["figlio_nel_nucleo"] & born
    children = np.bincount(household[child], minlength=households)

    # Incomes
    common = (
        p["reddito_complessivo_irpef"]
        + p["redditi_imposta_sostitutiva"]
        + p["redditi_esenti"]
        + p["proventi_agrari"]
        + p["assegni_mantenimento_percepiti"]
        + p["redditi_fondiari_non_locati"]
        + p["compensi_sport_dilettantistico"]
    )
    benefits = p["trattamenti_assistenziali_isee"] + p["assegno_unico"]
    work = np.minimum(0.20 * p["redditi_lavoro_dipendente"], 3000)
    pension = np.minimum(0.20 * (p["redditi_pensione"] + benefits), 1000)
    deductions = p["assegni_mantenimento_corrisposti"] + np.minimum(p["spese_disabilita"], 5000)
    deductions += np.maximum(work, pension)
    interest = 0.0428 * h["giacenze_finanziarie_fruttifere"]
    beyond = np.maximum(children - 2, 0)
    rent = np.where(h["contratto_locazione_registrato"], h["canone_locazione_annuo"], 0)
    isr = (
        total(np.maximum(common + benefits - deductions, 0)) + h["isee_trattamenti_adi"] + interest
    )
    isr = cents(np.maximum(isr - np.minimum(rent, 7000 + 500 * beyond), 0))

    # Assets
    home = h["isee_patrimonio_immobiliare_abitazione"] - (52500 + 2500 * beyond)
    home = np.maximum(home, 0) * 2 / 3
    savings = h["patrimonio_mobiliare"]
    bonds = np.minimum(np.minimum(h["titoli_di_stato_e_risparmio_postale"], savings), 50000)
    exempt = np.minimum(6000 + 2000 * (members - 1), 10000) + 1000 * beyond
    isp = cents(
        home + h["isee_patrimonio_immobiliare_altro"] + np.maximum(savings - bonds - exempt, 0)
    )
    ise = cents(isr + 0.20 * isp)

    # Scale
    small_child = child & (birth > born_by(3))
    minor_children = np.bincount(household[child & minor], minlength=households)
    parent = born & ~minor & ~child
    parents, idle = count(parent), count(parent & ~p["ha_lavorato_sei_mesi"])
    has_small = np.zeros(households, dtype=bool)
    has_small[household[small_child]] = True
    bonus = np.where(has_small, 0.30, 0.20) * (
        (minor_children > 0)
        & (((parents > 0) & (idle == 0)) | ((parents == 1) & (members == 1 + minor_children)))
    )
    disabled = np.bincount(household[born & (p["disabilita"] != 0)], minlength=households)
    scale = np.array([0, 1, 1.57, 2.04, 2.46, 2.85])[np.minimum(members, 5).astype(np.int64)]
    scale = scale + 0.35 * np.maximum(members - 5, 0)
    scale += np.array([0, 0, 0, 0.20, 0.35, 0.50])[np.minimum(children, 5)]
    scale = cents(scale + bonus + 0.5 * disabled)
    equivalent = np.divide(ise, scale, out=np.zeros_like(ise), where=scale > 0)
    isee = cents(equivalent + h["isee_componente_aggiuntiva"])

    income = total(common + p["trattamenti_assistenziali_in_corso"] + p["pensioni_nuove"])
    return isee, cents(income + interest)
