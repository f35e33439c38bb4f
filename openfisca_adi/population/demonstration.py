"""The demonstration population: invented households that look like Italian ones, to try the package on.

Its margins are in ``demonstration.yaml``, with their sources or marked as assumptions, and are described
in ``docs/popolazione_dimostrativa.md``. It is drawn with one seeded generator, theme by theme, on whole
columns; households with very low declared incomes (the *fragili*) are oversampled, and weighted back.
"""

import numpy as np
import yaml

from openfisca_adi import PACKAGE
from openfisca_adi.dates import LONG_AGO, NEVER
from openfisca_adi.population.drawing import Draft, by_age, in_order

STRATA = ("ordinari", "fragili")
AREAS = ("Nord", "Centro", "Mezzogiorno")
TYPES = (
    "solo_adulto",
    "solo_anziano",
    "coppia_adulta",
    "coppia_anziana",
    "coppia_figli",
    "monogenitore",
    "altra",
)
#: The parts of the income that the ADI counts.
INCOMES = (
    "reddito_complessivo_irpef",
    "redditi_imposta_sostitutiva",
    "redditi_esenti",
    "redditi_fondiari_non_locati",
    "assegni_mantenimento_percepiti",
    "trattamenti_assistenziali_in_corso",
)
MOST_CHILDREN = 5
YEARS_SINCE_INCOMES = 2  # the incomes in the ISEE are those of two years before
DAYS_IN_A_YEAR = 365.25


def demonstration_population(households=20_000, seed=48):
    """Draw ``households`` households, always the same for the same size and seed.

    Return two ``pyarrow.Table``: people (consecutive by household, the applicant first) and households,
    whose weights add up to the households of Italy.
    """
    margins = PACKAGE / "population" / "demonstration.yaml"
    margins = yaml.safe_load(margins.read_text(encoding="utf-8"))
    draft = Draft(households, seed, margins["riferimento"], _names(margins))
    _places(draft, margins["campione"], margins["regioni"], margins["tipologie"])
    _members(draft, margins)
    _weights(draft, margins["campione"], margins["nuclei_in_italia"])
    _disability(draft, margins["disabilita"])
    _origin(draft, margins["stranieri"])
    _residence(draft, margins["residenza"], margins["stranieri"]["anni"])
    _work(draft, margins["lavoro"], margins["benessere"], margins["studio"])
    _pensions(draft, margins["pensioni"])
    _other_incomes(draft, margins["altri_redditi"], margins["integrazione"])
    _maintenance(draft, margins["mantenimento"])
    _homes(draft, margins["casa"], margins["benessere"])
    _other_real_estate(draft, margins["altri_immobili"], margins["benessere"])
    _savings(draft, margins["patrimonio"], margins["benessere"])
    _benefits(draft, margins["assegno_unico"], margins["trattamenti"], margins["attestazione"])
    _vehicles(draft, margins["veicoli"])
    _penal_facts(draft, margins["penale"])
    _resignations(draft, margins["dimissioni"])
    _structures(draft, margins["strutture"])
    _rare_conditions(draft, margins["condizioni_rare"])

    ids, count = np.arange(1, households + 1), len(draft.home)
    keys = {"id_persona": np.arange(1, count + 1), "id_nucleo": ids[draft.home]}
    keys["ruolo"] = np.minimum(draft.people["parentela"], 1)
    return draft.table(**keys, **draft.people), draft.table(id_nucleo=ids, **draft.households)


def _names(margins):
    return {
        "_strato": STRATA,
        "_tipologia": TYPES,
        "_ripartizione": AREAS,
        "regione": tuple(margins["regioni"]),
        "ripartizione": AREAS,
        "ruolo": ("richiedente", "componente"),
        "parentela": ("richiedente", "coniuge", "figlio", "genitore", "altro"),
        "sesso": ("M", "F"),
        "disabilita": ("nessuna", "media", "grave", "non_autosufficienza"),
        "titolo_soggiorno": tuple(margins["stranieri"]["titoli"]),
        "dimissioni_tipo": ("nessuna", *margins["dimissioni"]["tipi"]),
    }


def _places(draft, sampling, regions, types):
    """Stratum, region, area and type of households: the ordinary ones are all minus the fragile ones."""
    regions, share = list(regions.values()), sampling["fragili_nella_popolazione"]
    everyone = np.array([region["nuclei"] for region in regions], dtype=float)
    fragile = np.array([region["fragili"] for region in regions], dtype=float)
    everyone, fragile = everyone / everyone.sum(), fragile / fragile.sum()
    stratum = (draft.random.random(draft.size) < sampling["fragili_nel_campione"]).astype(int)
    region = draft.pick([everyone - share * fragile, fragile], stratum)

    in_city = np.array([region["capoluogo"] for region in regions])
    area_of_region = np.array([AREAS.index(region["ripartizione"]) for region in regions])
    area = area_of_region[region]
    share = share * np.bincount(area_of_region, fragile) / np.bincount(area_of_region, everyone)
    everyone, fragile = np.array(in_order(types, [("tutti", "fragili"), AREAS])) / 100
    shares = np.vstack([everyone - share[:, None] * fragile, fragile])
    draft.households |= {
        "_strato": stratum,
        "_tipologia": draft.pick(shares, area + len(AREAS) * stratum),
        "regione": region,
        "ripartizione": area,
        "residente_capoluogo_metropolitano": draft.happens(in_city[region] / 100),
    }


def _weights(draft, sampling, total):
    """Weights that vary mildly, give each stratum its share and add up to the households of Italy."""
    stratum, share = draft.households["_strato"], sampling["fragili_nella_popolazione"]
    weights = draft.amounts(np.ones(draft.size), sampling["variabilita_pesi"])
    weights *= np.array([1 - share, share])[stratum] / np.bincount(stratum, weights)[stratum]
    draft.households["peso"] = weights * total / weights.sum()


def _members(draft, margins):
    """People of each household: kinship, age, sex, date of birth."""
    kinship, women, size = margins["parentela"], margins["donne"], draft.size
    random, kind = draft.random, draft.households["_tipologia"]
    row = len(STRATA) * kind + draft.households["_strato"]

    number = draft.pick(_by_type(margins["numero_figli"]), row)
    ages = margins["eta_ultimo_figlio"]
    youngest = draft.spread(ages["classi"], _by_type(ages["quote"]), row)
    children = random.uniform(*kinship["anni_tra_figli"], (size, MOST_CHILDREN))
    children[:, 0] = youngest
    children = children.cumsum(axis=1)
    children[np.arange(MOST_CHILDREN) >= number[:, None]] = np.nan
    oldest = np.nan_to_num(children, nan=-1).max(axis=1)
    least = np.maximum(oldest + kinship["eta_minima_genitore"], kinship["eta_minima_adulto"])

    ages = margins["eta_richiedente"]
    childless = draft.spread(ages["classi"], _by_type(ages["quote"]), row)
    parent = youngest + draft.spread_alike(kinship["eta_alla_nascita"], size)
    applicant = np.maximum(np.where(number > 0, parent, childless), least)
    sex = draft.happens(draft.of_households(women["richiedente"], "_tipologia")).astype(int)
    husband_older = random.normal(*kinship["differenza_coniugi"], size)
    spouse = np.maximum(applicant + np.where(sex == 1, husband_older, -husband_older), least)

    other = kind == TYPES.index("altra")
    with_spouse = np.char.startswith(TYPES, "coppia")[kind]
    with_spouse |= draft.among(other, kinship["altra_con_coniuge"])
    with_parent = draft.among(other, kinship["altra_con_genitore"])
    with_relative = draft.among(other, kinship["altra_con_altro"]) | (other & ~with_parent)
    grandparent = applicant + random.uniform(*kinship["anni_dal_genitore"], size)
    relative = random.uniform(*kinship["eta_altro"], size)

    ages = np.column_stack(
        [
            applicant,
            np.where(with_spouse, spouse, np.nan),
            children,
            np.where(with_parent, grandparent, np.nan),
            np.where(with_relative, relative, np.nan),
        ]
    )
    draft.home, place = np.nonzero(~np.isnan(ages))
    age = np.minimum(ages[draft.home, place], kinship["eta_massima"])
    kin = np.array([0, 1, *[2] * MOST_CHILDREN, 3, 4])[place]
    drawn = draft.happens(np.where(kin == 3, women["genitore"], women["altri"])).astype(int)
    own = sex[draft.home]
    draft.people |= {
        "parentela": kin,
        "sesso": np.select([kin == 0, kin == 1], [own, 1 - own], drawn),
        "data_nascita": draft.day - np.floor(age * DAYS_IN_A_YEAR).astype(int),
        "figlio_nel_nucleo": kin == 2,
        "_eta": age,
        "_minore": (age >= 0) & (age < 18),
        "_lavorabile": (age >= 18) & (age < 67),
        "_strato": draft.households["_strato"][draft.home],
        "_ripartizione": draft.households["ripartizione"][draft.home],
    }
    draft.households |= {
        "_componenti": draft.total(age >= 0).astype(int),
        "_figli_minori": draft.total(draft.people["_minore"] & (kin == 2)).astype(int),
        "_anziano": age[kin == 0] >= 65,
    }


def _by_type(table):
    """Return a row of shares per type and stratum; types left out are all in the first column."""
    length = len(next(iter(table.values()))["ordinari"])
    first_only = dict.fromkeys(STRATA, [1] + [0] * (length - 1))
    return [table.get(kind, first_only)[stratum] for kind in TYPES for stratum in STRATA]


def _disability(draft, table):
    """Class of disability and percentage of invalidity, by age and stratum; benefits and expenses."""
    people, age, integers = draft.people, draft.people["_eta"], draft.random.integers
    shares = np.array(table["ordinari"] + table["fragili"], dtype=float)
    shares = np.column_stack([100 - shares.sum(axis=1), shares])
    age_class = np.searchsorted(table["classi"], age, side="right") - 1
    row = age_class.clip(min=0) + len(table["classi"]) * people["_strato"]
    people["disabilita"] = disability = np.where(age < 0, 0, draft.pick(shares, row))

    mild = draft.among(people["_lavorabile"], draft.of_people(table["lieve"], "_strato"))
    medium = integers(*table["percentuali_media"], len(age))
    small = integers(*table["percentuali_lieve"], len(age))
    cases = [age < 18, disability > 1, disability == 1, mild]
    people["invalidita_percentuale"] = np.select(cases, [0, 100, medium, small], 0)

    pension = draft.of_people(table["trattamenti"], "disabilita")
    spends = draft.among(disability > 0, table["con_spese"])
    spending = draft.amounts(np.full(len(age), table["spese_mediane"]), table["scarto_spese"])
    people["trattamenti_per_disabilita"] = pension * draft.among(disability > 0, table["trattati"])
    people["spese_disabilita"] = np.where(spends, spending, 0)


def _origin(draft, table):
    """Citizenship or title of stay: that of the applicant, and for some other members their own."""
    people, count = draft.people, len(draft.home)
    share = draft.of_households(table["quota"], "_strato", "ripartizione")
    share = share * np.where(draft.households["_anziano"], table["riduzione_anziani"], 1)
    draft.households["_straniero"] = draft.happens(share / 100)
    people["_straniero"] = foreign = draft.households["_straniero"][draft.home]
    titles, shares = list(table["titoli"]), list(table["titoli"].values())
    common, own = draft.pick_alike(shares, draft.size)[draft.home], draft.pick_alike(shares, count)
    another = draft.among(people["parentela"] > 0, table["altro_titolo_dal_richiedente"])
    title = np.where(another, own, common)
    people["titolo_soggiorno"] = np.where(foreign, title, titles.index("cittadino_ue"))


def _residence(draft, table, years_of_foreigners):
    """Years of residence in Italy, their continuity, interruptions, members who live abroad."""
    people, random, count = draft.people, draft.random.random, len(draft.home)
    foreign, age = people["_straniero"], people["_eta"].clip(min=0)
    arrived = draft.spread_alike(years_of_foreigners, draft.size)[draft.home]
    years = np.where(foreign, np.minimum(age, arrived), age)
    returned = draft.among(~foreign, table["rientrati"])
    years = np.where(returned, age * random(count), years)
    broken = draft.among(age > 0, table["non_continuativa"])
    interrupted = np.where(foreign, table["interrotta_stranieri"], table["interrotta_italiani"])
    people |= {
        "anni_residenza_italia": np.round(years, 1),
        "anni_residenza_continuativa": np.round(np.where(broken, years * random(count), years), 1),
        "residenza_interrotta": draft.among(age > 0, interrupted),
        "residente_in_italia": ~draft.among(people["parentela"] > 0, table["non_residente"]),
    }


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
    lone = (kind == TYPES.index("monogenitore")) & (draft.households["_figli_minori"] > 0)
    lone = draft.among(lone, draft.of_households(table["percepito"], "_strato"))
    alone = (kind == TYPES.index("solo_adulto"))[draft.home] & (people["sesso"] == 0)
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
    median = effect * of_households(table["valore_mediano"], "_strato", "ripartizione")
    median *= np.where(city, table["aumento_capoluoghi"], 1)
    home = np.where(owner, draft.amounts(median, table["scarto_valore"]), 0)
    mortgaged = of_households(table["mutuo"], "_strato", "ripartizione")
    mortgaged = draft.among(owner, np.where(elderly, table["mutuo_anziani"], mortgaged))
    debt = draft.random.uniform(*table["mutuo_residuo"], draft.size)
    households |= {
        "canone_locazione_annuo": np.where(tenant, np.where(public, social_rent, rent), 0),
        "contratto_locazione_registrato": tenant & ~draft.among(tenant, table["non_registrato"]),
        "valore_imu_abitazione": home,
        "isee_patrimonio_immobiliare_abitazione": home * np.where(mortgaged, 1 - debt, 1).clip(0),
    }


def _other_real_estate(draft, table, wealth):
    """Other homes and land: their value, their rents under the flat tax or their presumed income."""
    households, people, of_households = draft.households, draft.people, draft.of_households
    everyone = np.ones(draft.size, dtype=bool)
    has = draft.among(everyone, of_households(table["quota"], "_strato"))
    median = np.exp(wealth["immobili"] * households["_benessere"])
    median *= of_households(table["valore_mediano"], "_strato")
    value = np.where(has, draft.amounts(median, table["scarto"]), 0)
    rented = draft.among(has, table["locati"])
    rents, presumed = table["rendimento_locati"] * value, table["rendimento_non_locati"] * value
    households["valore_imu_altri_immobili"] = value
    people["redditi_imposta_sostitutiva"] += _of_applicants(draft, np.where(rented, rents, 0))
    people["redditi_fondiari_non_locati"] = _of_applicants(draft, np.where(rented, 0, presumed))


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


def _vehicles(draft, table):
    """Cars, motorcycles and boats of the adults."""
    people, stratum, count = draft.people, draft.people["_strato"], len(draft.home)
    adult = (people["_eta"] >= 20) & (people["_eta"] < 85)
    shares = [table["anni"][name] for name in STRATA]
    for vehicle in ("autoveicolo", "motoveicolo"):
        sizes, shares_of_sizes = zip(*table[vehicle]["cilindrate"].items(), strict=True)
        has = draft.among(adult, draft.of_people(table[vehicle]["quota"], "_strato"))
        size = np.array(sizes)[draft.pick_alike(shares_of_sizes, count)]
        years = draft.spread(table["anni"]["classi"], shares, stratum)
        registered = draft.day - np.floor(years * DAYS_IN_A_YEAR).astype(int)
        people[f"{vehicle}_cilindrata"] = np.where(has, size, 0)
        people[f"{vehicle}_immatricolazione"] = np.where(has, registered, LONG_AGO)
    disabled_driver = (people["autoveicolo_cilindrata"] > 0) & (people["disabilita"] > 0)
    boats = draft.of_people(table["imbarcazione"], "_strato")
    boats = boats * np.exp(draft.households["_benessere"])[draft.home]
    people |= {
        "veicolo_agevolazione_disabilita": draft.among(disabled_driver, table["agevolazione"]),
        "possiede_imbarcazione": draft.among(adult, boats),
    }


def _penal_facts(draft, table):
    """Precautionary measures and convictions."""
    people, count = draft.people, len(draft.home)
    adult = (people["_eta"] >= 18) & (people["_eta"] < table["fino_a_eta"])
    measure, conviction = (
        draft.among(adult, draft.of_people(table[fact], "_strato", "sesso"))
        for fact in ("misura", "condanna")
    )
    day = draft.days(table["condanna_dal"], draft.day, count)
    years = np.round(draft.amounts(np.full(count, table["pena_mediana"]), table["scarto"]), 1)
    people |= {
        "misura_cautelare": measure,
        "condanna_data": np.where(conviction, day, NEVER),
        "condanna_pena_anni": np.where(conviction, years, 0),
        "condanna_delitto_non_colposo": ~draft.among(conviction, table["colposa"]),
    }


def _resignations(draft, table):
    """Parents of minor children; those out of work who left their job."""
    people, count = draft.people, len(draft.home)
    parent = (people["parentela"] <= 1) & (draft.households["_figli_minori"] > 0)[draft.home]
    out_of_work = parent & ~people["occupato"] & (people["_eta"] < 60)
    resigned = draft.among(out_of_work, table["quota"])
    kind = 1 + draft.pick_alike(list(table["tipi"].values()), count)
    day = draft.days(table["dal"], table["al"], count)
    people |= {
        "responsabilita_genitoriale": parent,
        "dimissioni_tipo": np.where(resigned, kind, 0),
        "dimissioni_data": np.where(resigned, day, NEVER),
    }


def _structures(draft, table):
    """Elderly people in residential structures, some of whom pay."""
    people = draft.people
    elderly = people["_eta"] >= table["da_eta"]
    inside = draft.among(elderly, draft.of_people(table["quota"], "disabilita"))
    day = draft.days(table["dal"], table["al"], len(draft.home))
    people |= {
        "struttura_ingresso": np.where(inside, day, NEVER),
        "struttura_contributo_cittadino": draft.among(inside, table["contribuisce"]),
    }


def _rare_conditions(draft, table):
    """Schooling, declared care load, svantaggio and SFL."""
    people, age = draft.people, draft.people["_eta"]
    disabled, adult = people["disabilita"] > 0, (age >= 18) & (age < 60)
    care = draft.total(disabled | ((age >= 0) & (age < 3))) > 0
    care |= draft.households["_figli_minori"] > 2
    carer = adult & ~people["occupato"] & (people["parentela"] == 1) & care[draft.home]
    poor = (people["_strato"] == 1) & adult & ~disabled
    protected = (draft.total(disabled | (age < 18) | (age >= 60)) > 0)[draft.home]
    sfl = np.where(protected, table["sfl_con_categoria"], table["sfl_senza_categoria"])
    unschooled = draft.of_people(table["senza_istruzione"], "_strato")
    people |= {
        "assolve_obbligo_istruzione": ~draft.among((age >= 6) & (age < 30), unschooled),
        "carico_cura_dichiarato": draft.among(carer, table["carico_cura_dichiarato"]),
        "svantaggio_accertato": draft.among(poor, table["svantaggio"]),
        "percepisce_sfl": draft.among(poor & ~people["occupato"], sfl),
    }
