"""The entitlement of June 2025 in hand-written numpy: the rival that the package is measured beside.

It knows one month and one law, reads every input of the rule from plain arrays, and takes every short
cut its author could think of: rules that concern few people look at few rows, person-to-household sums
are counts on those rows, calendar arithmetic is done on thresholds. Amounts in float64, to the cent.
"""

import numpy as np

MONTH_START, MONTH_END = np.datetime64("2025-06-01"), np.datetime64("2025-06-30")
NEVER = np.datetime64("9999-12-31")


def born_by(years):
    """Return the last birth date of those who have completed ``years`` on the first of the month."""
    return np.datetime64(f"{2025 - years}-06-01")


def cents(x):
    """Round to the cent, half up."""
    x = x * 100
    x += 0.5000005
    np.floor(x, out=x)
    x /= 100
    return x


def months_earlier(dates, months):
    """Subtract months, clamped to the end of a shorter month."""
    month = dates.astype("M8[M]")
    earlier = month - months
    last = (earlier + 1).astype("M8[D]") - 1
    return np.minimum(earlier.astype("M8[D]") + (dates - month.astype("M8[D]")), last)


def entitlement(p, h, household, households):
    """Return adi_spettante, adi_requisiti and adi_scala_equivalenza, one item per household.

    ``p`` and ``h`` map the names of the inputs to arrays of people and of households; ``household`` is the
    household (0 to ``households`` - 1) of each person, in ascending order.
    """

    def any_of(condition):
        found = np.zeros(households, dtype=bool)
        found[household[condition]] = True
        return found

    def count(condition):
        return np.bincount(household[condition], minlength=households)

    # Ages
    birth = p["data_nascita"]
    born = birth <= MONTH_START
    minor = born & (birth > born_by(18))
    over_60 = birth <= born_by(60)
    over_67 = birth <= born_by(67)
    small = born & (birth > born_by(3))
    disability = p["disabilita"]
    disabled = born & (disability != 0)
    severe = disabled & (disability >= 2)
    applicant = p["richiedente"]

    # Reference date
    pad = h["adi_data_pad"]
    application = np.where(h["adi_data_domanda"] == NEVER, pad, h["adi_data_domanda"])
    reference = np.where(application == NEVER, MONTH_START, application)
    for n in ("1", "2", "3"):
        renewal, previous = h[f"adi_data_rinnovo_{n}"], pad
        pad = np.where(h["adi_nucleo_variato_al_rinnovo"], NEVER, renewal)
        rows = np.flatnonzero((renewal <= MONTH_END) & (previous != NEVER))
        reference[rows] = np.maximum(reference[rows], renewal[rows])

    # Applicant: stay and residence
    title = p["titolo_soggiorno"]
    waived_person = applicant & (title == 7)
    waived = any_of(waived_person)
    resident = p["residente_in_italia"] & ~p["residenza_interrotta"]
    stay = ~any_of(applicant & (title >= 5)) | waived
    long_enough = (
        resident & (p["anni_residenza_italia"] >= 5) & (p["anni_residenza_continuativa"] >= 2)
    )
    residence = ~any_of(applicant & ~long_enough) | waived

    # Personal bars
    barred = p["misura_cautelare"] | p["misura_prevenzione"]
    rows = np.flatnonzero((p["condanna_pena_anni"] >= 1) & p["condanna_delitto_non_colposo"])
    at = reference[household[rows]]
    convicted = p["condanna_data"][rows]
    barred[rows] |= (months_earlier(at, 120) <= convicted) & (
        convicted <= np.maximum(at, MONTH_START)
    )
    penal = ~any_of(applicant & barred)
    inside = (p["struttura_ingresso"] <= MONTH_START) & (MONTH_START < p["struttura_uscita"])
    inside &= ~p["struttura_contributo_cittadino"]
    structure = any_of(born & ~inside)
    schooling = ~any_of(born & ~p["assolve_obbligo_istruzione"] & (birth > born_by(30)))

    # Durable goods
    goods = p["possiede_imbarcazione"] | p["possiede_aeromobile"]
    for kind, size in (("autoveicolo", 1600), ("motoveicolo", 250)):
        rows = np.flatnonzero(p[f"{kind}_cilindrata"] > size)
        rows = rows[~p["veicolo_agevolazione_disabilita"][rows]]
        at = reference[household[rows]]
        registered = p[f"{kind}_immatricolazione"][rows]
        goods[rows] |= (months_earlier(at, 36) <= registered) & (
            registered <= np.maximum(at, MONTH_START)
        )
    durable = ~any_of(goods)

    # Scale
    counted = born & (resident | waived_person) & ~inside & ~p["percepisce_sfl"] & ~barred
    adult = counted & ~minor
    hardship = p["svantaggio_accertato"] & born & ~minor & ~over_60 & ~disabled
    own = over_60 * np.int64(40)
    own[hardship] = 30
    own[disabled] = 50
    order = np.where(applicant, 0, p["posizione"] + 1)
    declared = p["carico_cura_dichiarato"]
    members = np.flatnonzero(counted)
    key = ~adult[members] * np.int64(1000) + own[members] * 2 + (declared & adult)[members]
    key = key * 64 + order[members]
    lowest = np.full(households, np.iinfo(np.int64).max)
    np.minimum.at(lowest, household[members], key)
    base = np.zeros(len(birth), dtype=bool)
    base[members] = key == lowest[household[members]]

    counted_minors = count(counted & minor)
    care = any_of(counted & (small | disabled)) | (counted_minors >= 3)
    candidates = np.flatnonzero(adult & ~base & (own < 40))
    candidates = candidates[care[household[candidates]]]
    key = (own[candidates] * 2 + ~declared[candidates]) * 64 + order[candidates]
    lowest = np.full(households, np.iinfo(np.int64).max)
    np.minimum.at(lowest, household[candidates], key)
    carer = candidates[key == lowest[household[candidates]]]

    increment = np.where(counted & ~base, own, 0)
    increment[carer] = 40
    total = np.bincount(household, weights=increment, minlength=households)
    minors = count(counted & minor & ~disabled & ~base)
    total += 15 * np.minimum(minors, 2) + 10 * np.maximum(minors - 2, 0)
    cap = np.where(any_of(counted & severe), 230, 220)
    scale = np.minimum(100 + total, cap) * any_of(counted) / 100

    # Category
    category = any_of(counted & (minor | over_60 | disabled | hardship))

    # ISEE
    net = h["isee"].copy()
    received = np.flatnonzero(h["isee_trattamenti_adi"])
    if len(received):
        net[received] -= h["isee_trattamenti_adi"][received] / isee_scale(
            p, household, households, received, born, minor, small, disabled
        )
    isee = (h["isee_in_corso_di_validita"] & (cents(net) <= 10140)) | waived

    # Income
    work = h["reddito_familiare"].copy()
    rows = np.flatnonzero(p["reddito_lavoro_intrapreso"])
    started = p["lavoro_intrapreso_data"][rows]
    rows = rows[(started < MONTH_START) | (started == NEVER)]
    earned = np.bincount(household[rows], p["reddito_lavoro_intrapreso"][rows], households)
    income = cents(work + np.maximum(earned - 3000, 0))
    regime_67 = any_of(over_67) & ~any_of(born & ~over_67 & ~severe)
    base_income = np.where(regime_67, 8190.0, 6500.0)
    rented = h["canone_locazione_annuo"] > 0
    if "contratto_locazione_registrato" in h:
        rented = h["contratto_locazione_registrato"]
    access = np.where(rented, 10140.0, base_income)
    income_met = (income < cents(access * scale)) | waived

    # Assets
    home = np.maximum(h["valore_imu_abitazione"] - 150000, 0)
    real_estate = (cents(home + h["valore_imu_altri_immobili"]) <= 30000) | waived
    size = np.bincount(household, weights=born, minlength=households)
    severe_members, disabled_members = count(severe), count(disabled)
    ceiling = np.minimum(4000 + 2000 * size, 10000) + 1000 * np.maximum(count(minor) - 2, 0)
    ceiling += 5000 * disabled_members + 2500 * severe_members
    bonds = np.minimum(h["titoli_di_stato_e_risparmio_postale"], h["patrimonio_mobiliare"])
    financial = cents(h["patrimonio_mobiliare"] - np.minimum(bonds, 50000))
    financial_met = (financial <= cents(ceiling)) | waived

    # Resignation
    rows = np.flatnonzero(p["dimissioni_tipo"] == 1)
    resigned = p["dimissioni_data"][rows]
    rows = rows[(resigned <= MONTH_START) & (MONTH_START <= months_earlier(resigned, -12))]
    adults = count(adult)
    in_care = adult[rows] & (adults[household[rows]] == 1) & care[household[rows]]
    in_care |= np.isin(rows, carer)
    excluded = (
        p["titolare_pensione_diretta"][rows]
        | over_60[rows]
        | (p["invalidita_percentuale"][rows] >= 46)
        | (disability[rows] != 0)
        | p["patologia_oncologica"][rows]
        | in_care
        | p["percorso_protezione_violenza"][rows]
    )
    parent = p["responsabilita_genitoriale"][rows]
    bound = born[rows] & ~minor[rows] & parent & ~p["occupato"][rows]
    bound &= ~p["frequenta_corso_studi"][rows] & ~excluded
    resignation = np.ones(households, dtype=bool)
    resignation[household[rows[bound]]] = False

    met = category & stay & residence & isee & income_met & real_estate & financial_met
    met &= durable & penal & resignation & schooling & structure

    # Amount
    part_a = np.maximum(cents(base_income * scale) - income, 0)
    part_b = np.minimum(h["canone_locazione_annuo"], np.where(regime_67, 1950.0, 3640.0)) * rented
    yearly = np.maximum(cents(part_a) + cents(part_b), 480) * met
    return cents(cents(yearly) / 12), met, scale


def isee_scale(p, household, households, wanted, born, minor, small, disabled):
    """Return the scale of the ISEE of the ``wanted`` households."""
    chosen = np.zeros(households, dtype=bool)
    chosen[wanted] = True
    rows = np.flatnonzero(chosen[household] & born)
    place = np.zeros(households, dtype=np.int64)
    place[wanted] = np.arange(len(wanted))
    of = place[household[rows]]

    def count(condition):
        return np.bincount(of[condition], minlength=len(wanted))

    minor, small, disabled = minor[rows], small[rows], disabled[rows]
    child, works = p["figlio_nel_nucleo"][rows], p["ha_lavorato_sei_mesi"][rows]
    members = np.bincount(of, minlength=len(wanted))
    children = count(child)
    small_children = count(child & minor)
    parent = ~minor & ~child
    parents, idle = count(parent), count(parent & ~works)
    alone = (parents == 1) & (members == 1 + small_children)
    bonus = np.where(count(child & small) > 0, 0.30, 0.20)
    bonus = bonus * ((small_children > 0) & (((parents > 0) & (idle == 0)) | alone))
    scale = np.array([0, 1, 1.57, 2.04, 2.46, 2.85])[np.minimum(members, 5)]
    scale = scale + 0.35 * np.maximum(members - 5, 0)
    scale += np.array([0, 0, 0, 0.20, 0.35, 0.50])[np.minimum(children, 5)]
    return cents(scale + bonus + 0.5 * count(disabled))
