"""The demonstration population: invented households that look like Italian ones, to try the package on.

Its margins are in ``demonstration.yaml``, with their sources or marked as assumptions, and are described
in ``docs/popolazione_dimostrativa.md``. It is drawn with one seeded generator, theme by theme, on whole
columns; households with very low declared incomes (the *fragili*) are oversampled, and weighted back.
"""

import numpy as np
import yaml

from openfisca_adi import PACKAGE
from openfisca_adi.dates import LONG_AGO, NEVER
from openfisca_adi.population.demonstration_means import draw_means
from openfisca_adi.population.demonstration_weights import calibrated_from, calibrated_weights
from openfisca_adi.population.drawing import Draft, in_order

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
    whose weights add up to the households of Italy; those of a population large enough are calibrated to the
    published ADI too (see :mod:`.demonstration_weights`). Raises a :class:`CalibrationError`, with the seeds
    and the sizes that cannot be.
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
    draw_means(draft, margins)
    _vehicles(draft, margins["veicoli"])
    _penal_facts(draft, margins["penale"])
    _resignations(draft, margins["dimissioni"])
    _structures(draft, margins["strutture"])
    _rare_conditions(draft, margins["condizioni_rare"])

    ids, count = np.arange(1, households + 1), len(draft.home)
    keys = {"id_persona": np.arange(1, count + 1), "id_nucleo": ids[draft.home]}
    keys["ruolo"] = np.minimum(draft.people["parentela"], 1)
    people = draft.table(**keys, **draft.people)
    tables = people, draft.table(id_nucleo=ids, **draft.households)
    if households < calibrated_from():
        return tables
    draft.households["peso"] = calibrated_weights(*tables, draft, margins)
    return people, draft.table(id_nucleo=ids, **draft.households)


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
