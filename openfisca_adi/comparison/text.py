"""A comparison as Italian tables, to read in a terminal of 100 columns."""

from openfisca_adi.comparison.outcomes import SIDES
from openfisca_adi.population.population import missing_means
from openfisca_adi.text import cost_label, number, paragraph, period_name, table

TITLES = {
    "categoria": "Per categoria che dà accesso (un nucleo può averne più d'una)",
    "componenti": "Per numero di componenti",
    "tipologia": "Per tipologia del nucleo",
    "decile": "Per decile di reddito equivalente, senza ADI (il 1° è il più povero)",
}
CHANGES = {
    "guadagnano": "Guadagnano",
    "guadagnano_da_esclusi": "  di cui prima senza diritto",
    "perdono": "Perdono",
    "perdono_il_diritto": "  di cui restano senza diritto",
    "invariati": "Invariati",
    "invariati_con_diritto": "  di cui con diritto",
}
INEQUALITY = {
    "gini": ("Indice di Gini, in %", 100, 2),
    "s80_s20": ("Rapporto tra quinti estremi (S80/S20)", 1, 2),
    "linea_poverta": ("Linea di povertà, euro l'anno a persona sola", 1, 0),
    "poverta_incidenza": ("Persone in povertà, in %", 100, 2),
    "poverta_intensita": ("Intensità della povertà (FGT 1), in %", 100, 2),
    "poverta_gravita": ("Gravità della povertà (FGT 2), in %", 100, 2),
    "poverta_incidenza_linea_propria": ("Persone in povertà, linea ricalcolata, in %", 100, 2),
}
MANY = 4
MILLION = 1_000_000


def receivers(comparison) -> str:
    """Name the households that are counted: those entitled, or as many as are expected to receive."""
    is_full = comparison.take_up.is_full()
    return "Nuclei con diritto" if is_full else "Nuclei che ricevono (attesi)"


def headline_labels(comparison) -> dict[str, tuple[str, int]]:
    """Return the name and the decimals of each measure of the headline."""
    counted = receivers(comparison)
    return {
        "nuclei": (counted, 0),
        "persone": (f"Persone nei n{counted[1:]}", 0),
        "costo_annuo": (cost_label("-" not in comparison.period), 0),
        "importo_medio": ("Importo medio, euro al mese", 2),
    }


def comparison_lines(comparison) -> list[str]:
    """Return the lines of the text: who compares what on which data, then table by table."""
    is_year = "-" not in comparison.period
    size = {name: number(count) for name, count in comparison.population.items()}
    lines = [
        "CONFRONTO TRA UNA LEGGE E LA SUA RIFORMA",
        *paragraph("Legge", comparison.law),
        *paragraph("Riforma", comparison.reform),
        *paragraph("Periodo", period_name(comparison.period) + " (media dei mesi)" * is_year),
        *paragraph(
            "Dati",
            f"{size['nuclei']} nuclei e {size['persone']} persone; con i pesi, "
            f"{size['nuclei_pesati']} nuclei e {size['persone_pesate']} persone",
        ),
        *paragraph("Ipotesi", assumed(comparison.assumptions)),
        *paragraph("Adesione", comparison.choices["adesione"]),
    ]
    lines += ["", "Chi riceve e quanto costa", *_headline(comparison)]
    lines += ["", "Chi guadagna e chi perde", *_change_table(comparison.changes)]
    lines += ["", "Disuguaglianza e povertà", *_inequality(comparison.inequality)]
    choices = ("reddito", "scala", "linea di povertà", "errori standard")
    for name in choices:
        lines += paragraph("-", f"{name}: {comparison.choices[name]}", 2)
    for group, frame in comparison.breakdown.groupby(level="gruppo", sort=False):
        lines += [
            "",
            TITLES.get(group, f"Per {group}"),
            *_group_table(receivers(comparison), frame.droplevel("gruppo")),
        ]
    lines += [
        "",
        "Nuclei esclusi dai requisiti (in tutto; perché manca solo quello; perché è il primo che manca)",
        *_requirement_table(comparison.requirements),
    ]
    return lines


def assumed(assumptions) -> str:
    """Say briefly what stands in place of the facts that the data do not have."""
    alarms, facts = [], {}
    means = missing_means(assumptions)
    for variable, entity, count, assumed in assumptions:
        if variable in means and assumed.startswith(("0", "calcolato")):
            who = f"{number(count)} {entity}"
            alarms.append(
                f"ATTENZIONE: {variable} manca per {who}: è calcolato dalle sue parti, 0 se mancano."
            )
        else:
            facts.setdefault(assumed.partition(":")[0], []).append(variable)
    if not alarms and not facts:
        return "nessuna: i dati hanno tutti i fatti usati"
    listed = "; ".join(
        f"{', '.join(_short(names))} = {assumed}" for assumed, names in facts.items()
    )
    return " ".join([*alarms, f"fatti assenti, del tutto o in parte: {listed}"])


def _short(names) -> list[str]:
    """Put together the names that begin alike, when there are many."""
    alike = {}
    for name in names:
        alike.setdefault(name.partition("_")[0], []).append(name)
    return [
        text
        for beginning, same in alike.items()
        for text in (same if len(same) < MANY else [f"{beginning}_… ({len(same)} fatti)"])
    ]


def _headline(comparison) -> list[str]:
    errors = comparison.errors.get("sintesi")
    rows = []
    for measure, (label, decimals) in headline_labels(comparison).items():
        law, reform, change = comparison.headline.loc[measure, [*SIDES, "differenza"]]
        share = number(100 * change / law, 1, sign=True) + " %" if law else "–"
        values = (number(law, decimals), number(reform, decimals))
        rows.append([label, *values, number(change, decimals, sign=True), share])
        if errors is not None:
            error = errors.loc[measure, [*SIDES, "differenza"]]
            rows.append(["  errore standard", *(number(e, decimals) for e in error), ""])
    return table(["", "Legge", "Riforma", "Differenza", "in %"], rows)


def _inequality(inequality) -> list[str]:
    rows = []
    for index, (label, factor, decimals) in INEQUALITY.items():
        *values, change = inequality.loc[index] * factor
        row = [number(value, decimals) for value in values]
        rows.append([label, *row, number(change, decimals, sign=True)])
    return table(["", "Senza ADI", "Legge", "Riforma", "Differenza"], rows)


def _change_table(changes) -> list[str]:
    rows = []
    for kind, label in CHANGES.items():
        households, people, change = changes.loc[kind]
        rows.append([label, number(households), number(people), number(change, 2, sign=True)])
    return table(["", "Nuclei", "Persone", "Variazione media (euro al mese)"], rows)


def _group_table(counted, frame) -> list[str]:
    rows = []
    for name, row in frame.iterrows():
        counts = [number(row[side, "nuclei"]) for side in SIDES]
        costs = [number(row[side, "costo_annuo"] / MILLION, 1) for side in SIDES]
        means = [number(row[side, "importo_medio"], 2) for side in SIDES]
        counts.append(number(row["differenza", "nuclei"], sign=True))
        costs.append(number(row["differenza", "costo_annuo"] / MILLION, 1, sign=True))
        rows.append([str(name), *counts, *costs, *means])
    sides = ["Legge", "Riforma"]
    groups = [(counted, 3), ("Costo annuo, mln €", 3), ("€ al mese", 2)]
    return table(["", *sides, "Diff.", *sides, "Diff.", *sides], rows, groups)


def _requirement_table(requirements) -> list[str]:
    rows = []
    for name, row in requirements.iterrows():
        counts = [number(row[side, kind]) for side in SIDES for kind in row[side].index]
        rows.append([name.replace("_", " "), *counts])
    kinds = ["In tutto", "Da solo", "Per primo"]
    return table(["", *kinds, *kinds], rows, [("Legge", 3), ("Riforma", 3)])
