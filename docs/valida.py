"""Riscrive le tabelle delle pagine che dicono che cosa dà la popolazione dimostrativa: nessun numero a mano.

    python docs/valida.py

Le tabelle stanno tra `<!-- tabella: NOME -->` e `<!-- fine -->`; ciascuna è la funzione di questo file con quel nome.
Richiede il pacchetto con la parte «popolazione»; mezzo minuto.
"""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from textwrap import indent

import numpy as np
import pandas as pd

from openfisca_adi.dates import MONTHS_IN_A_YEAR, full_years
from openfisca_adi.population import RESULTS, Population, simulate
from openfisca_adi.population.demonstration import demonstration_population
from openfisca_adi.population.published import measures, published
from openfisca_adi.readings import measure_readings
from openfisca_adi.reform_names import find_reform
from openfisca_adi.system import default_system
from openfisca_adi.text import number, period_name

POPULATION_PAGE, *_ = PAGES = [
    Path(__file__).with_name(f"{name}.md")
    for name in ("popolazione_dimostrativa", "reddito_di_cittadinanza", "interpretazioni")
]
DAY, MONTH = "2025-06-01", "2025-06"
LAW = default_system()
REQUIREMENTS = [name for name in RESULTS if name.startswith("adi_requisito_")]
MEASURES = ("nuclei", "persone", "importo")
MILLION = 1e6


@cache
def tables():
    """Return the people and the households of the demonstration population, with what is computed of them."""
    people, households = (table.to_pandas() for table in demonstration_population())
    incomes = simulate(population(), MONTH, ["reddito_familiare"], LAW)
    households["reddito"] = incomes["reddito_familiare"].to_numpy()
    births = people["data_nascita"].to_numpy().astype("datetime64[D]")
    people["nato"] = births <= np.datetime64(DAY)
    people["eta"] = full_years(births, np.datetime64(DAY))
    columns = ["id_nucleo", "peso", "ripartizione"]
    people = people.merge(households[columns], on="id_nucleo")
    born = people[people["nato"]].groupby("id_nucleo")
    households["componenti"] = born.size().to_numpy()
    households["minori"] = born["eta"].min().to_numpy() < 18
    for kin in ("coniuge", "figlio"):
        households[kin] = (people["parentela"] == kin).groupby(people["id_nucleo"]).any().to_numpy()
    return people, households


@cache
def population():
    """Return the demonstration population ready to be simulated."""
    return Population.from_tables(*demonstration_population(), allow_unknown=True)


@cache
def reformed(name):
    """Return the law with a reform."""
    return find_reform(name)(LAW)


@cache
def totals(month, system=LAW):
    """Return the weighted figures of a month: (group, measure) to a number; ``importo`` is a mean."""
    groups, counts = measures(population(), month, system)
    weights, found = population().weights, {}
    for group, members in groups.items():
        sums = {name: weights[members] @ counts[name][members] for name in MEASURES}
        sums["importo"] /= sums["nuclei"]
        found |= {(group, name): value for name, value in sums.items()}
    return found


def margini():
    """Every margin of the whole population: its third column, the others are written by hand."""
    people, households = tables()
    everyone = people[people["nato"]]
    total, persons = households["peso"].sum(), everyone["peso"].sum()

    def of(rows, condition):
        return f"{number(100 * rows['peso'][condition].sum() / rows['peso'].sum(), 1)} %"

    def mean(rows, column):
        return np.average(rows[column], weights=rows["peso"])

    def mean_of_some(rows, column):
        return number(mean(rows[rows[column] > 0], column))

    size, age = households["componenti"], everyone["eta"]
    working = everyone[(age >= 15) & (age < 65)]
    tenant = households["canone_locazione_annuo"] > 0
    owner = households["valore_imu_abitazione"] > 0
    fifth = pd.qcut(households["reddito"].rank(method="first"), 5, labels=False)
    city = households["residente_capoluogo_metropolitano"]
    owners = households[owner]
    mortgage = owners["isee_patrimonio_immobiliare_abitazione"] < owners["valore_imu_abitazione"]
    ordered = households.sort_values("reddito")
    half = ordered["peso"].cumsum().searchsorted(total / 2)
    born = people["peso"][~people["nato"]].sum()
    allowance = people["peso"] @ people["assegno_unico"] / 1e9
    families = people["peso"][people["assegno_unico"] > 0].sum() / MILLION
    assets = households["patrimonio_mobiliare"] > 0
    rents = households.assign(mese=households["canone_locazione_annuo"] / MONTHS_IN_A_YEAR)[tenant]
    rents = [number(mean(rows, "mese")) for _, rows in rents.groupby("ripartizione")]
    obtained = {
        "nuclei": number(total / MILLION, 1),
        "persone in famiglia": number(persons / MILLION, 2),
        "componenti in media": number(persons / total, 2),
        "nuclei di una persona": of(households, size == 1),
        "nuclei di quattro persone; di cinque": [of(households, size == n) for n in (4, 5)],
        "nuclei con minori": of(households, households["minori"]),
        "coppie con figli": of(households, households["coniuge"] & households["figlio"]),
        "età 0-14; 15-64; 65 e oltre": [
            of(everyone, (age >= first) & (age < last))
            for first, last in ((0, 15), (15, 65), (65, np.inf))
        ],
        "nati nell'anno": number(born),
        "residenti stranieri": of(everyone, everyone["titolo_soggiorno"] != "cittadino_ue"),
        "disabilità con una classe": of(everyone, everyone["disabilita"] != "nessuna"),
        "occupati tra 15 e 64 anni: tutti; uomini; donne; Mezzogiorno": [
            of(rows, rows["occupato"])
            for rows in (
                working,
                working[working["sesso"] == "M"],
                working[working["sesso"] == "F"],
                working[working["ripartizione"] == "Mezzogiorno"],
            )
        ],
        "reddito del nucleo: mediano; medio": [
            number(ordered["reddito"].iloc[half]),
            number(mean(households, "reddito")),
        ],
        "reddito da lavoro dipendente; da pensione": [
            mean_of_some(everyone, f"redditi_{kind}") for kind in ("lavoro_dipendente", "pensione")
        ],
        "nuclei in affitto": of(households, tenant),
        "in affitto: primo quinto; ultimo": [
            of(households[fifth == n], tenant[fifth == n]) for n in (0, 4)
        ],
        "in affitto nei capoluoghi metropolitani": of(households[city], tenant[city]),
        "canone al mese: Centro; Mezzogiorno; Nord": rents,
        "nuclei proprietari": of(households, owner),
        "proprietari con un mutuo": of(owners, mortgage),
        "assegno unico: miliardi; milioni di nuclei": [number(allowance, 1), number(families, 1)],
        "nuclei con attività finanziarie; in media": [
            of(households, assets),
            mean_of_some(households, "patrimonio_mobiliare"),
        ],
        "nuclei senza attestazione ISEE": of(households, ~households["isee_in_corso_di_validita"]),
    }
    page = POPULATION_PAGE.read_text("utf-8")
    titles, line, *rows = block("margini", page)[1].strip().splitlines()
    written = []
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        values = obtained.pop(cells[0].rstrip(" *"), cells[2])
        cells[2] = values if isinstance(values, str) else "; ".join(values)
        written.append(f"| {' | '.join(cells)} |")
    if obtained:
        raise ValueError(f"righe che mancano nella pagina: {', '.join(obtained)}")
    return "\n".join([titles, line, *written])


def dicembre_2025():
    """The month of the calibration."""
    return month_table("2025-12")


def maggio_2024():
    """A month that the calibration does not use."""
    return month_table("2024-05")


def altri_mesi():
    """Other months that the calibration does not use."""
    return "\n\n".join(month_table(month) for month in ("2024-12", "2025-06"))


def month_table(month):
    """Return what was published of the ADI of a month beside what is simulated."""
    return beside(period_name(month), published()["nuclei_con_adi"][month], totals(month))


def beside(title, official, found):
    """Return published figures of some groups beside the simulated ones, and their distance."""
    rows = []
    for group, figures in official.items():
        row = [group]
        for name in MEASURES:
            simulated = found[group, name]
            if name in figures:
                row += [
                    number(simulated),
                    number(figures[name]),
                    distance(simulated, figures[name]),
                ]
            else:
                row += [number(simulated), "", ""]
        rows.append(row)
    titles = [title for name in MEASURES for title in (name, "INPS", "distanza")]
    return markdown([title, *titles], rows)


def variazioni():
    """The changes from one month to another, simulated and published."""
    figures, rows = published()["nuclei_con_adi"], []
    for first, last in (("2024-05", "2025-12"), ("2024-12", "2025-06")):
        for group, before in figures[first].items():
            after = figures[last].get(group, {})
            for name in [name for name in MEASURES if name in before and name in after]:
                simulated = totals(last)[group, name] / totals(first)[group, name]
                rows.append(
                    [
                        f"{period_name(first)} - {period_name(last)}",
                        f"{group}, {name}",
                        percentage(simulated - 1),
                        percentage(after[name] / before[name] - 1),
                    ]
                )
    return markdown(["periodo", "voce", "simulato", "INPS"], rows)


def chi_entra():
    """Who has the right in December 2025 and not in May 2024, by what was missing then."""
    results = [simulate(population(), month, None, LAW) for month in ("2024-05", "2025-12")]
    before, after = (table["adi_spettante"].to_numpy() for table in results)
    enters, weights = (before == 0) & (after > 0), population().weights
    failed = {
        name: ~column.to_numpy() for name, column in results[0].items() if name in REQUIREMENTS
    }
    one = np.sum(list(failed.values()), axis=0) == 1
    causes = {
        "soltanto il reddito": enters & one & failed["adi_requisito_reddito"],
        "soltanto la categoria": enters & one & failed["adi_requisito_categoriale"],
    }
    causes["altro"] = enters & ~np.any(list(causes.values()), axis=0)
    causes["chi esce"] = (before > 0) & (after == 0)
    rows = []
    for cause, who in causes.items():
        amount = np.average(np.maximum(before, after)[who], weights=weights[who])
        rows.append([cause, number(weights[who].sum()), number(amount)])
    return markdown(["che cosa mancava a maggio 2024", "nuclei", "importo"], rows)


def isee_speciale():
    """The special ISEE of 2026: who enters, and the yearly cost."""
    systems = reformed("isee_ordinario_2026"), LAW
    results = [simulate(population(), "2026-06", ["adi_spettante"], system) for system in systems]
    before, after = (table["adi_spettante"].to_numpy() for table in results)
    weights = population().weights
    enters = (before == 0) & (after > 0)
    cost = MONTHS_IN_A_YEAR * weights @ (after - before) / MILLION
    official = published()["effetti"]["isee_speciale_2026"]
    rows = [
        ["nuclei che entrano", number(weights[enters].sum()), ""],
        [
            "importo medio di chi entra",
            number(np.average(after[enters], weights=weights[enters])),
            "",
        ],
        ["costo annuo, milioni", number(cost), number(official)],
    ]
    return markdown(["giugno 2026", "simulato", "L. 199/2025, art. 1, c. 208"], rows)


def rdc():
    """From the Reddito di cittadinanza to the ADI, beside what others have estimated."""
    months = "2024-06", "2025-06"
    simulated = [from_rdc_to_adi(month) for month in months]
    rows = [
        [name, *(number(found[name]) for found in simulated), number(value), source]
        for source, estimates in published()["rdc"]["stime"].items()
        for name, value in estimates.items()
    ]
    titles = ["dal RdC all'ADI", *map(period_name, months), "stimato", "da"]
    return markdown(titles, rows)


def from_rdc_to_adi(month):
    """Return what changes from the Reddito di cittadinanza to the ADI of a month."""
    groups, _ = measures(population(), month, LAW)
    protected = np.any([groups[name] for name in published()["rdc"]["protetti"]], axis=0)
    systems = reformed("reddito_di_cittadinanza"), LAW
    results = [simulate(population(), month, ["adi_spettante"], system) for system in systems]
    before, after = (table["adi_spettante"].to_numpy() for table in results)
    weights, change = population().weights, after - before
    had, out = before > 0, (before > 0) & (after == 0)
    loses, gains, same = change < 0, change > 0, (change == 0) & (after > 0)

    def mean(who):
        return np.average(change[who], weights=weights[who])

    return {
        "nuclei con il RdC": weights[had].sum(),
        "senza componenti protetti, che perdono il diritto": weights[out & ~protected].sum(),
        "degli altri, esclusi per i mezzi": weights[out & protected].sum(),
        "nuclei con l'ADI": weights[after > 0].sum(),
        "per cento di chi ha il RdC che perde": 100 * weights[loses].sum() / weights[had].sum(),
        "quanto perde, euro al mese": mean(loses),
        "con disabilità, differenza media, euro al mese": mean(had & groups["Disabilità"]),
        "nuclei che perdono": weights[loses].sum(),
        "quanto perdono, euro all'anno": MONTHS_IN_A_YEAR * mean(loses),
        "nuclei invariati": weights[same].sum(),
        "nuclei che guadagnano": weights[gains].sum(),
        "quanto guadagnano, euro all'anno": MONTHS_IN_A_YEAR * mean(gains),
    }


def rdc_pagato():
    """Who has the Reddito di cittadinanza in the first month of the ADI, beside who was paid it before."""
    found = totals("2024-01", reformed("reddito_di_cittadinanza"))
    tables = [
        beside(date, figures, found) for date, figures in published()["rdc"]["pagati"].items()
    ]
    return "\n\n".join(tables)


def rdc_sintesi():
    """The ADI, the Reddito di cittadinanza and its variants."""
    names = "reddito_di_cittadinanza", "residenza_rdc_cinque_anni", "rdc_limite_complessivo"
    measure, *variants = map(reformed, names)
    columns = {
        "ADI, giugno 2025": totals("2025-06"),
        "RdC, giugno 2025": totals("2025-06", measure),
        "RdC, cinque anni": totals("2025-06", variants[0]),
        "RdC, con il limite": totals("2025-06", variants[1]),
        "ADI, giugno 2024": totals("2024-06"),
        "RdC, giugno 2024": totals("2024-06", measure),
    }
    italy = [{name: found["Italia", name] for name in MEASURES} for found in columns.values()]
    rows = [[name, *(number(found[name]) for found in italy)] for name in MEASURES]
    costs = [MONTHS_IN_A_YEAR * found["nuclei"] * found["importo"] / MILLION for found in italy]
    rows.append(["costo annuo, milioni", *(number(cost) for cost in costs)])
    return markdown(["con diritto", *columns], rows)


def letture():
    """What each other reading of the law moves."""
    return indent(measure_readings(population(), MONTH, LAW).to_text().rstrip(), " " * 4)


def sospensione():
    """What L. 199/2025 costs, by paying half a month in place of the suspension before a renewal."""
    data = with_applications(population())
    systems = reformed("sospensione_ancora_in_vigore"), LAW
    old, new = (simulate(data, "2026", ["adi_erogato"], system) for system in systems)
    cost = new["peso"] @ (new["adi_erogato"] - old["adi_erogato"]) / MILLION
    official = published()["effetti"]["sospensione_2026"]
    rows = [["costo del 2026, milioni", number(cost), number(official)]]
    return markdown(["abolizione del mese", "simulato", "L. 199/2025, art. 1, c. 160"], rows)


def with_applications(data):
    """Return a population whose households have applied as ``decorrenze`` says, and renew as soon as they can."""
    figures = published()["decorrenze"]
    shares = pd.Series(figures["mesi"])
    known = pd.PeriodIndex(shares.index, freq="M")
    later = pd.period_range(known[-1] + 1, figures["ultimo"], freq="M")
    shares = [*shares, *[(100 - shares.sum()) / len(later)] * len(later)]
    chance = np.array(shares) / 100
    draw = np.random.default_rng(0).choice(len(chance), len(data.weights), p=chance)
    start = known[0].to_timestamp().to_datetime64().astype("datetime64[M]") + draw

    renewal = LAW.parameters.adi.procedura.durata
    first, next_ = renewal.primo_periodo("2025-01-01"), renewal.rinnovo("2025-01-01")
    again = start + first
    suspension = LAW.parameters.adi.procedura.rinnovo.mesi_senza_beneficio
    suspended = np.where(again < np.datetime64("2026-01"), suspension("2025-01-01"), 0)
    months = {
        "adi_data_pad": start - 1,
        "adi_data_primo_appuntamento": start,
        "adi_data_rinnovo_1": again,
        "adi_data_rinnovo_2": again + suspended + next_,
    }
    dates = {name: month.astype("datetime64[D]") for name, month in months.items()}
    return replace(data, households=data.households | dates)


def distance(simulated, official):
    """Return how far a simulated figure is from the published one."""
    return percentage(simulated / official - 1)


def percentage(share):
    """Write a change."""
    return f"{number(100 * share, 1, sign=True)} %"


def markdown(titles, rows):
    """Write a table."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def block(name, page):
    """Return what marks a table in the text of a page, before it and after it, and the table between."""
    begin, end = f"<!-- tabella: {name} -->", "<!-- fine -->"
    return begin, page.partition(begin)[2].partition(end)[0], end


def rewritten(path):
    """Return the text of a page with every table made again."""
    page = path.read_text("utf-8")
    for name in re.findall(r"<!-- tabella: (\w+) -->", page):
        begin, table, end = block(name, page)
        page = page.replace(begin + table + end, f"{begin}\n\n{globals()[name]()}\n\n{end}")
    return page


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(rewritten(path), "utf-8")
