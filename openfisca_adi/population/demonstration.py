"""The demonstration population: invented households that look like Italian ones, to try the package on.

Its margins are in ``demonstration.yaml``, with their sources or marked as assumptions, and are described
in ``docs/popolazione_dimostrativa.md``. It is drawn with one seeded generator, theme by theme, on whole
columns; households with very low declared incomes (the *fragili*) are oversampled, and weighted back.
"""

import numpy as np
import yaml
from openfisca_core.parameters import load_parameter_file

from openfisca_adi import LAW, PACKAGE
from openfisca_adi.dates import LONG_AGO, NEVER
from openfisca_adi.population.drawing import Draft, by_age, in_order

#: Columns that describe people and households without being variables of the law.

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
MOST_CHILDREN = 5
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
    _homes(draft, margins["casa"], margins["altri_immobili"], margins["benessere"])
    _income_and_savings(draft, margins["patrimonio"], margins["benessere"])
    _isee(draft, margins["isee"], margins["attestazione"], margins["trattamenti"])
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
    """Class of disability and percentage of invalidity, by age and stratum."""
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
    """Who worked in the year of the incomes, for how much, and who works now or studies."""
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
    wage = draft.amounts(median, of_people(table["scarto"], "_strato"))
    still = of_people(table["ancora_occupato"], "_strato")
    able = people["_lavorabile"] & (people["disabilita"] < 2)
    people |= {
        "ha_lavorato_sei_mesi": worked & draft.happens(of_people(table["sei_mesi"], "_strato")),
        "occupato": able & draft.happens(np.where(worked, still, table["nuovo_occupato"])),
        "_lavoro": np.where(worked, wage, 0),
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
    people |= {
        "titolare_pensione_diretta": direct,
        "_pensione": np.select([direct, survivor], [pension, inherited], 0),
        "_assistenza": np.where(poor, social, 0),
    }


def _other_incomes(draft, occasional, support):
    """Occasional incomes of adults without wage or pension; what keeps ordinary households going."""
    people, households = draft.people, draft.households
    idle = people["_lavorabile"] & (people["_lavoro"] + people["_pensione"] == 0)
    has = draft.among(idle, draft.of_people(occasional["quota"], "_strato"))
    amount = draft.amounts(np.full(len(has), occasional["importo_mediano"]), occasional["scarto"])

    equivalent = np.sqrt(households["_componenti"])
    low = draft.total(people["_lavoro"] + people["_pensione"]) < support["minimo"] * equivalent
    supported = draft.among(low & (households["_strato"] == 0), support["quota"])[draft.home]
    more = draft.amounts(support["importo_mediano"] * equivalent, support["scarto"])[draft.home]
    of_applicant = np.where(supported & (people["parentela"] == 0), more, 0)
    people["_altro"] = np.where(has, amount, 0) + of_applicant


def _homes(draft, table, others, wealth):
    """Tenants, owners and free use; rents and values by area and well-being; other real estate."""
    households, of_households = draft.households, draft.of_households
    everyone, fragile = np.ones(draft.size, dtype=bool), households["_strato"] == 1
    share = of_households(table["affitto"], "_strato", "ripartizione")
    odds = np.log(share / (1 - share)) + table["affitto_stranieri"] * households["_straniero"]
    odds += table["affitto_anziani"] * households["_anziano"]
    odds += table["affitto_benessere"] * np.where(fragile, 0, households["_benessere"])
    tenant = draft.happens(1 / (1 + np.exp(-odds)))
    owner = ~tenant & ~draft.happens(of_households(table["uso_gratuito"], "_strato"))

    rent = draft.amounts(of_households(table["canone_mediano"], "ripartizione"), table["scarto"])
    public = draft.happens(of_households(table["casa_popolare"], "_strato"))
    social_rent = draft.random.uniform(*table["canone_popolare"], draft.size)
    effect = np.exp(wealth["immobili"] * households["_benessere"])
    median = effect * of_households(table["valore_mediano"], "_strato", "ripartizione")
    home = draft.amounts(median, table["scarto_valore"])
    has_others = draft.among(everyone, of_households(others["quota"], "_strato"))
    median = effect * of_households(others["valore_mediano"], "_strato")
    other = np.where(has_others, draft.amounts(median, others["scarto"]), 0)
    households |= {
        "canone_locazione_annuo": _cents(np.where(tenant, np.where(public, social_rent, rent), 0)),
        "contratto_locazione_registrato": tenant & ~draft.among(tenant, table["non_registrato"]),
        "valore_imu_abitazione": _cents(np.where(owner, home, 0)),
        "valore_imu_altri_immobili": _cents(other),
        "_redditi_fondiari": others["rendimento"] * other,
    }


def _income_and_savings(draft, table, wealth):
    """Yearly income of the household; financial assets that grow with income, well-being and age."""
    people, households, of_households = draft.people, draft.households, draft.of_households
    income = draft.total(sum(people[n] for n in ("_lavoro", "_pensione", "_assistenza", "_altro")))
    income += households["_redditi_fondiari"]
    relative = np.maximum(income / table["reddito_di_riferimento"], 0.1)
    median = relative ** table["elasticita_reddito"]
    median *= of_households(table["valore_mediano"], "_strato")
    median *= np.exp(wealth["patrimoni"] * households["_benessere"])
    median *= np.where(households["_anziano"], table["aumento_anziani"], 1)
    has = draft.happens(of_households(table["ne_hanno"], "_strato"))
    assets = np.where(has, draft.amounts(median, table["scarto"]), 0)
    bonds = draft.among(assets > table["titoli_oltre"], table["titoli"])
    share = draft.random.beta(*table["parte_in_titoli"], draft.size)
    households |= {
        "reddito_familiare": _cents(income),
        "patrimonio_mobiliare": _cents(assets),
        "titoli_di_stato_e_risparmio_postale": _cents(np.where(bonds, assets * share, 0)),
    }


def _isee(draft, table, attestation, benefits):
    """An approximate ISEE, on the scale of the law; some lack the attestation, some have the ADI in it."""
    people, households = draft.people, draft.households
    share = table["quota_detrazione"]
    deductions = np.minimum(share * people["_lavoro"], table["detrazione_lavoro"])
    deductions += np.minimum(share * people["_pensione"], table["detrazione_pensione"])
    rent = np.minimum(households["canone_locazione_annuo"], table["detrazione_affitto"])
    income = (households["reddito_familiare"] - draft.total(deductions) - rent).clip(min=0)
    first, further, most = table["franchigia_mobiliare"]
    exempt = np.minimum(first + further * (households["_componenti"] - 1), most)
    bonds = households["titoli_di_stato_e_risparmio_postale"].clip(max=table["esclusione_titoli"])
    savings = (households["patrimonio_mobiliare"] - bonds - exempt).clip(min=0)
    home = (households["valore_imu_abitazione"] - table["franchigia_abitazione"]).clip(min=0)
    assets = savings + households["valore_imu_altri_immobili"] + table["quota_abitazione"] * home
    scale = _isee_scale(draft)
    isee = (income + table["quota_patrimonio"] * assets) / scale

    paid = (households["_strato"] == 1) & (isee < benefits["soglia"])
    paid = draft.among(paid, benefits["quota"])
    benefit = _cents(np.where(paid, draft.random.uniform(*benefits["importo"], draft.size), 0))
    missing = by_age(attestation["da_isee"], attestation["senza"], isee)
    households |= {
        "isee": _cents(isee + benefit / scale),
        "isee_trattamenti_adi": benefit,
        "isee_in_corso_di_validita": ~draft.among(isee >= 0, missing),
    }


def _isee_scale(draft):
    """The equivalence scale of the ISEE, with the numbers of the law on the day of reference."""
    folder = LAW / "parameters" / "isee" / "scala_equivalenza"
    law = load_parameter_file(str(folder), "isee.scala_equivalenza")(str(draft.day))
    people, age = draft.people, draft.people["_eta"]
    members, minors = draft.households["_componenti"], draft.households["_figli_minori"]
    child = people["figlio_nel_nucleo"] & (age >= 0)
    parent = ~people["figlio_nel_nucleo"] & (age >= 18)
    idle_parents = draft.total(parent & ~people["ha_lavorato_sei_mesi"])
    has_small = draft.total(child & (age < law.eta_figlio_piccolo)) > 0
    listed, by_children = np.array(law.componenti), np.array([0.0, *law.figli])
    children = draft.total(child).astype(int).clip(max=len(law.figli))
    care = np.where(has_small, law.genitori_lavoratori_figlio_piccolo, law.genitori_lavoratori)
    return (
        listed[members.clip(max=len(listed)) - 1]
        + law.ulteriore_componente * (members - len(listed)).clip(min=0)
        + by_children[children]
        + care * ((minors > 0) & ((idle_parents == 0) | (members == minors + 1)))
        + law.disabilita * draft.total(people["disabilita"] > 0)
    )


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


def _cents(amounts):
    return np.round(amounts, 2)
