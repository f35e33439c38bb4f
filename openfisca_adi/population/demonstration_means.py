"""The means of the demonstration population: incomes, homes and savings, from which the ISEE is computed."""

import numpy as np

from openfisca_adi.population.drawing import by_age

#: The parts of the income that the ADI counts.
INCOMES = (
    "reddito_complessivo_irpef",
    "redditi_imposta_sostitutiva",
    "redditi_esenti",
    "redditi_fondiari_non_locati",
    "assegni_mantenimento_percepiti",
    "trattamenti_assistenziali_in_corso",
)
YEARS_SINCE_INCOMES = 2  # the incomes in the ISEE are those of two years before


def draw_means(draft, margins):
    """Add to a draft the columns from which the law computes ISEE and income, theme by theme."""
    wealth = margins["benessere"]
    _work(draft, margins["lavoro"], wealth, margins["studio"])
    _pensions(draft, margins["pensioni"])
    _other_incomes(draft, margins["altri_redditi"], margins["integrazione"])
    _maintenance(draft, margins["mantenimento"])
    _homes(draft, margins["casa"], wealth)
    _other_real_estate(draft, margins["altri_immobili"], margins["casa"], wealth)
    _savings(draft, margins["patrimonio"], wealth)
    _benefits(draft, margins["assegno_unico"], margins["trattamenti"], margins["attestazione"])


def _work(draft, table, wealth, study):
    """Who worked in the year of the incomes, how and for how much; who works now or studies."""
    people, households, of_people = draft.people, draft.households, draft.of_people
    age = people["_eta"]
    mean, deviation = (draft.of_households(wealth[n], "_strato") for n in ("media", "scarto"))
    households["_benessere"] = draft.random.normal(mean, deviation)
    people["_effetto"] = np.exp(wealth["redditi"] * households["_benessere"])[draft.home]

    chance = by_age(table["classi"], table["quote"], age)
    for column in ("sesso", "_ripartizione", "_strato", "disabilita"):
        chance *= of_people(table["moltiplicatori"][column.strip("_")], column)
    worked = draft.happens(chance)
    median = people["_effetto"] * of_people(table["reddito_mediano"], "sesso", "_ripartizione")
    median *= np.where(age < 30, table["reddito_sotto_i_30_anni"], 1)
    median = np.where(people["_strato"] == 1, table["reddito_mediano_fragili"], median)
    earned = np.where(worked, draft.amounts(median, of_people(table["scarto"], "_strato")), 0)
    flat_rate = draft.among(worked, table["forfettari"])
    employed = worked & ~flat_rate & ~draft.among(worked, table["altri_autonomi"])
    still = of_people(table["ancora_occupato"], "_strato")
    able = people["_lavorabile"] & (people["disabilita"] < 2)
    people |= {
        "ha_lavorato_sei_mesi": worked & draft.happens(of_people(table["sei_mesi"], "_strato")),
        "occupato": able & draft.happens(np.where(worked, still, table["nuovo_occupato"])),
        "reddito_complessivo_irpef": np.where(flat_rate, 0, earned),
        "redditi_lavoro_dipendente": np.where(employed, earned, 0),
        "redditi_imposta_sostitutiva": np.where(flat_rate, earned, 0),
        "_lavoro": earned,
    }
    studies = draft.happens(by_age(study["classi"], study["quote"], age))
    people["frequenta_corso_studi"] = studies & ~people["occupato"]


def _pensions(draft, table):
    """Direct pensions with age; then a survivor's pension, the assegno sociale or nothing."""
    people, of_people = draft.people, draft.of_people
    age, fragile = people["_eta"], people["_strato"] == 1
    men, women = (by_age(table["classi"], table["quote"][sex], age) for sex in ("M", "F"))
    chance = np.where(people["sesso"] == 1, women, men) * of_people(table["strato"], "_strato")
    chance *= np.where(people["_straniero"], table["riduzione_stranieri"], 1)
    direct = ~people["occupato"] & draft.happens(chance)
    least, social = (
        np.where(age < table["eta_maggiorazione"], *table[name])
        for name in ("importo_mediano_fragili", "importo_assegno_sociale")
    )
    median = people["_effetto"] * of_people(table["importo_mediano"], "sesso")
    median = np.where(fragile, least, median)
    pension = draft.amounts(median, of_people(table["scarto"], "_strato"))

    without = ~direct & (age >= table["eta_senza_pensione"])
    survivor = without & draft.happens(of_people(table["superstiti"], "_strato"))
    inherited = draft.amounts(
        np.full(len(age), table["importo_superstiti"]), table["scarto_superstiti"]
    )
    poor = without & ~survivor & draft.happens(of_people(table["assegno_sociale"], "_strato"))
    already = poor & (age >= table["eta_senza_pensione"] + YEARS_SINCE_INCOMES)
    people |= {
        "titolare_pensione_diretta": direct,
        "redditi_pensione": np.select([direct, survivor], [pension, inherited], 0),
        "trattamenti_assistenziali_in_corso": np.where(poor, social, 0),
        "trattamenti_assistenziali_isee": np.where(already, social, 0),
    }
    people["reddito_complessivo_irpef"] += people["redditi_pensione"]


def _other_incomes(draft, occasional, support):
    """Occasional incomes of adults without wage or pension; what keeps ordinary households going."""
    people, households = draft.people, draft.households
    earned = people["_lavoro"] + people["redditi_pensione"]
    idle = people["_lavorabile"] & (earned == 0)
    has = draft.among(idle, draft.of_people(occasional["quota"], "_strato"))
    amount = draft.amounts(np.full(len(has), occasional["importo_mediano"]), occasional["scarto"])
    people["reddito_complessivo_irpef"] += np.where(has, amount, 0)

    equivalent = np.sqrt(households["_componenti"])
    low = draft.total(earned) < support["minimo"] * equivalent
    supported = draft.among(low & (households["_strato"] == 0), support["quota"])
    more = draft.amounts(support["importo_mediano"] * equivalent, support["scarto"])
    kind = draft.pick_alike(list(support["tipi"].values()), draft.size)
    people["redditi_esenti"] = np.zeros(len(idle))
    for place, name in enumerate(support["tipi"]):
        people[name] += _of_applicants(draft, np.where(supported & (kind == place), more, 0))


def _maintenance(draft, table):
    """Maintenance received by lone parents of minor children, and paid by men who live alone."""
    people, kind = draft.people, draft.households["_tipologia"]
    types = draft.names["_tipologia"]
    lone = (kind == types.index("monogenitore")) & (draft.households["_figli_minori"] > 0)
    lone = draft.among(lone, draft.of_households(table["percepito"], "_strato"))
    alone = (kind == types.index("solo_adulto"))[draft.home] & (people["sesso"] == 0)
    pays = draft.among(alone & people["occupato"] & (people["_eta"] >= 30), table["corrisposto"])
    amount = draft.amounts(np.full(len(pays), table["importo_mediano"]), table["scarto"])
    most = table["parte_massima"] * people["_lavoro"]
    people |= {
        "assegni_mantenimento_percepiti": _of_applicants(draft, lone) * amount,
        "assegni_mantenimento_corrisposti": np.where(pays, np.minimum(amount, most), 0),
    }


def _homes(draft, table, wealth):
    """Tenants, owners and free use; rents, values and mortgages by area and well-being."""
    households, of_households = draft.households, draft.of_households
    city, elderly = households["residente_capoluogo_metropolitano"], households["_anziano"]
    fragile = households["_strato"] == 1
    share = of_households(table["affitto"], "_strato", "ripartizione")
    odds = np.log(share / (1 - share)) + table["affitto_stranieri"] * households["_straniero"]
    odds += table["affitto_anziani"] * elderly + table["affitto_capoluoghi"] * city
    odds += table["affitto_benessere"] * np.where(fragile, 0, households["_benessere"])
    tenant = draft.happens(1 / (1 + np.exp(-odds)))
    owner = ~tenant & ~draft.happens(of_households(table["uso_gratuito"], "_strato"))

    rent = draft.amounts(of_households(table["canone_mediano"], "ripartizione"), table["scarto"])
    public = draft.happens(of_households(table["casa_popolare"], "_strato"))
    social_rent = draft.random.uniform(*table["canone_popolare"], draft.size)
    effect = np.exp(wealth["immobili"] * households["_benessere"])
    median = effect * of_households(table["valore_mediano"], "ripartizione")
    median *= np.where(city, table["aumento_capoluoghi"], 1)
    home = np.where(owner, draft.amounts(median, table["scarto_valore"]), 0)
    mortgaged = of_households(table["mutuo"], "_strato", "ripartizione")
    mortgaged = draft.among(owner, np.where(elderly, table["mutuo_anziani"], mortgaged))
    households |= {
        "canone_locazione_annuo": np.where(tenant, np.where(public, social_rent, rent), 0),
        "contratto_locazione_registrato": tenant & ~draft.among(tenant, table["non_registrato"]),
        "valore_imu_abitazione": home,
        "isee_patrimonio_immobiliare_abitazione": _net(draft, home, mortgaged, table),
    }


def _other_real_estate(draft, table, homes, wealth):
    """Other homes and land: their value, their rents under the flat tax or their presumed income."""
    households, people, of_households = draft.households, draft.people, draft.of_households
    everyone = np.ones(draft.size, dtype=bool)
    has = draft.among(everyone, of_households(table["quota"], "_strato"))
    median = np.exp(wealth["immobili"] * households["_benessere"])
    median *= of_households(table["valore_mediano"], "_strato")
    value = np.where(has, draft.amounts(median, table["scarto"]), 0)
    rented = draft.among(has, table["locati"])
    rents, presumed = table["rendimento_locati"] * value, table["rendimento_non_locati"] * value
    mortgaged = draft.among(has, table["mutuo"])
    households |= {
        "valore_imu_altri_immobili": value,
        "isee_patrimonio_immobiliare_altro": _net(draft, value, mortgaged, homes),
    }
    people["redditi_imposta_sostitutiva"] += _of_applicants(draft, np.where(rented, rents, 0))
    people["redditi_fondiari_non_locati"] = _of_applicants(draft, np.where(rented, 0, presumed))


def _net(draft, values, mortgaged, table):
    """Return the values of real estate net of what is left of the mortgages on it."""
    debt = draft.random.uniform(*table["mutuo_residuo"], draft.size)
    return values * np.where(mortgaged, 1 - debt, 1).clip(0)


def _savings(draft, table, wealth):
    """Financial assets, which grow with income, well-being and age; bonds and other investments."""
    people, households, of_households = draft.people, draft.households, draft.of_households
    income = draft.total(sum(people[name] for name in INCOMES))
    households["_reddito_equivalente"] = income / np.sqrt(households["_componenti"])
    relative = np.maximum(income / table["reddito_di_riferimento"], 0.1)
    median = relative ** table["elasticita_reddito"]
    median *= of_households(table["valore_mediano"], "_strato")
    median *= np.exp(wealth["patrimoni"] * households["_benessere"])
    median *= np.where(households["_anziano"], table["aumento_anziani"], 1)
    has = draft.happens(of_households(table["ne_hanno"], "_strato"))
    assets = np.where(has, draft.amounts(median, table["scarto"]), 0)

    saver = assets > table["investe_oltre"]
    in_bonds, in_others = (
        np.where(draft.among(saver, table[name]), draft.random.beta(*table["parte"], draft.size), 0)
        for name in ("titoli", "altri_investimenti")
    )
    bonds = assets * in_bonds
    households |= {
        "patrimonio_mobiliare": assets,
        "titoli_di_stato_e_risparmio_postale": bonds,
        "giacenze_finanziarie_fruttifere": table["titoli_fruttiferi"] * bonds
        + (assets - bonds) * in_others,
    }


def _benefits(draft, allowance, anti_poverty, attestation):
    """Benefits in the year of the incomes: assegno unico, RdC or ADI. Who has no valid attestation."""
    people, households = draft.people, draft.households
    income = households["_reddito_equivalente"]
    age = people["_eta"] - YEARS_SINCE_INCOMES
    children = draft.total((people["parentela"] == 2) & (age >= 0) & (age < 18))
    each = np.interp(income, allowance["redditi"], allowance["importi"])
    allowed = children * each * draft.among(children > 0, allowance["quota"])
    poor = (households["_strato"] == 1) & (income < anti_poverty["soglia"])
    paid = draft.among(poor, anti_poverty["quota"])
    benefit = draft.random.uniform(*anti_poverty["importo"], draft.size)
    missing = by_age(attestation["da_reddito"], attestation["senza"], income)
    people["assegno_unico"] = _of_applicants(draft, allowed)
    households |= {
        "isee_trattamenti_adi": np.where(paid, benefit, 0),
        "isee_in_corso_di_validita": ~draft.among(income >= 0, missing),
    }


def _of_applicants(draft, values):
    """Return values of households as values of their applicants, 0 for the others."""
    return np.where(draft.people["parentela"] == 0, values[draft.home], 0)
