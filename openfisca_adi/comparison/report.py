"""A comparison as one HTML page, in Italian: it opens offline, on a phone and on paper."""

import hashlib
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from openfisca_adi import LAW, PACKAGE
from openfisca_adi.comparison import plots
from openfisca_adi.comparison.compare import Comparison
from openfisca_adi.comparison.groups import AREAS
from openfisca_adi.comparison.outcomes import SIDES
from openfisca_adi.comparison.text import (
    CHANGES,
    INEQUALITY,
    TITLES,
    assumed,
    headline_labels,
    receivers,
)
from openfisca_adi.dates import MONTHS_IN_A_YEAR
from openfisca_adi.text import MONTHS, number, period_name

TEMPLATE = "report.html"
PACKAGES = ("openfisca-adi", "OpenFisca-Core", "numpy", "pandas")
CODE = ("parameters", "variables", "reforms")
MILLION = 1_000_000
#: Of a budget curve, one row of the table every so many euro of income.
CURVE_STEP = 2_000


class Table(NamedTuple):
    """A table to show: all its cells are text; the first column names the rows."""

    title: str
    columns: list[str]
    rows: list[list[str]]
    note: str = ""


def report(
    comparison: Comparison,
    curves: dict[str, pd.DataFrame],
    sources: Iterable[Path] = (),
    day: date | None = None,
) -> str:
    """Return the page of a comparison.

    ``curves`` are budgets of example households by their name; ``sources`` the files of the data and of the
    reform, of which the page says the fingerprint; ``day`` is that of the page, today unless said otherwise.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(TEMPLATE).render(
        comparison=comparison,
        period=period_name(comparison.period),
        figures=_figures(comparison),
        sections=_sections(comparison, curves),
        method=_method(comparison, sources, day or date.today()),
    )


# What the page says


def _figures(comparison) -> list[tuple[str, str, str]]:
    """Return the headline figures: what, how much, and beside it."""
    law, reform, change = (comparison.headline[side] for side in (*SIDES, "differenza"))
    errors = comparison.errors.get("sintesi")
    shares = 100 * change / law.where(law > 0)
    figures = []
    for measure, name in (("costo_annuo", "Costo annuo, euro"), ("nuclei", receivers(comparison))):
        beside = f"da {_short(law[measure])} a {_short(reform[measure])}"
        beside += f", {number(shares[measure], 1, sign=True)}\N{NO-BREAK SPACE}%"
        if errors is not None:
            beside += f" (errore standard {_short(errors.loc[measure, 'differenza'])})"
        figures.append((name, _short(change[measure], sign=True), beside))
    for kind, name in (("guadagnano", "Guadagnano"), ("perdono", "Perdono")):
        households, _, mean = comparison.changes.loc[kind]
        beside = f"in media {number(mean, 2, sign=True)} euro al mese" if households else "nessuno"
        figures.append((name, f"{_short(households)} nuclei", beside))
    poor, gap = (
        100 * comparison.inequality.loc[f"poverta_{i}"] for i in ("incidenza", "intensita")
    )
    figures.append(
        (
            "Persone in povertà",
            f"{number(poor['differenza'], 2, sign=True)} punti",
            f"dal {number(poor['legge'], 2)} al {number(poor['riforma'], 2)}\N{NO-BREAK SPACE}%; intensità dal "
            f"{number(gap['legge'], 2)} al {number(gap['riforma'], 2)}\N{NO-BREAK SPACE}%",
        )
    )
    return figures


def _sections(comparison, curves) -> list[dict]:
    breakdown, changes = comparison.breakdown, comparison.group_changes
    area = next((name for name in AREAS if name in breakdown.index.get_level_values(0)), None)
    by_area = [plots.cost_by(area, breakdown, f"Differenza di costo per {area}")] if area else []
    return [
        {
            "title": "Quanto costa e chi riceve",
            "tables": [_headline(comparison)],
            "plots": [plots.cost_by("categoria", breakdown, "Differenza di costo per categoria")],
        },
        {
            "title": "Chi guadagna e chi perde",
            "tables": [_changes(comparison)],
            "plots": [plots.winners_and_losers(changes)],
        },
        {
            "title": "Disuguaglianza e povertà",
            "tables": [_inequality(comparison)],
            "plots": [],
        },
        {"title": "Gruppo per gruppo", "tables": _groups(comparison), "plots": by_area},
        {
            "title": "I requisiti che escludono",
            "tables": [_requirements(comparison)],
            "plots": [plots.excluded_alone(comparison.requirements)],
        },
        {
            "title": "Nuclei d'esempio al crescere del reddito",
            "tables": [_curve(name, curve) for name, curve in curves.items()],
            "plots": [plots.budget_curve(name, curve) for name, curve in curves.items()],
        },
    ]


def _headline(comparison) -> Table:
    errors = comparison.errors.get("sintesi")
    rows = []
    for measure, (label, decimals) in headline_labels(comparison).items():
        values, error = comparison.headline.loc[measure], _row(errors, measure)
        cells = [_cell(values[s], error[s], decimals) for s in SIDES]
        cells.append(_cell(values["differenza"], error["differenza"], decimals, sign=True))
        share = 100 * values["differenza"] / values["legge"] if values["legge"] else np.nan
        rows.append([label, *cells, number(share, 1, sign=True)])
    return Table("In sintesi", ["", "Legge", "Riforma", "Differenza", "in %"], rows)


def _changes(comparison) -> Table:
    errors = comparison.errors.get("variazioni")
    rows = []
    for kind, label in CHANGES.items():
        values, error = comparison.changes.loc[kind], _row(errors, kind)
        decimals = {"nuclei": 0, "persone": 0, "variazione_mensile": 2}
        cells = [_cell(values[m], error[m], d, d > 0) for m, d in decimals.items()]
        rows.append([label, *cells])
    columns = ["", "Nuclei", "Persone", "Variazione media, euro al mese"]
    return Table("Nuclei il cui beneficio cambia", columns, rows)


def _inequality(comparison) -> Table:
    errors = comparison.errors.get("disuguaglianza")
    rows = []
    for index, (label, factor, decimals) in INEQUALITY.items():
        values = comparison.inequality.loc[index] * factor
        error = _row(errors, index) * factor
        cells = [_cell(values[c], error[c], decimals, c == "differenza") for c in values.index]
        rows.append([label, *cells])
    note = (
        f"Reddito: {comparison.choices['reddito']}. Scala {comparison.choices['scala']}. "
        f"Linea di povertà: {comparison.choices['linea di povertà']}."
    )
    columns = ["", "Senza ADI", "Legge", "Riforma", "Differenza"]
    return Table("Indici, prima e dopo", columns, rows, note)


def _groups(comparison) -> list[Table]:
    breakdown, changes = comparison.breakdown, comparison.group_changes
    errors = comparison.errors.get("gruppi")
    names = dict.fromkeys(
        [*breakdown.index.get_level_values(0), *changes.index.get_level_values(0)]
    )
    tables = []
    for name in names:
        rows = []
        for label in changes.loc[name].index:
            who = changes.loc[(name, label)]
            cells = []
            if name in breakdown.index:
                values = breakdown.loc[(name, label)]
                error = _row(errors, (name, label))
                cells = [number(values[side, "nuclei"]) for side in SIDES]
                cells += [
                    _cell(values[c] / MILLION, error[c] / MILLION, 1, c[0] == "differenza")
                    for c in ((s, "costo_annuo") for s in ("legge", "differenza"))
                ]
            cells += [number(who["guadagnano"]), number(who["perdono"])]
            cells.append(number(who["variazione_media"], 2, sign=True))
            rows.append([label, *cells])
        stocks = [
            "Nuclei, legge",
            "Nuclei, riforma",
            "Costo, legge, mln\N{NO-BREAK SPACE}€",
            "Differenza, mln\N{NO-BREAK SPACE}€",
        ]
        columns = ["", *(stocks if name in breakdown.index else []), "Guadagnano", "Perdono"]
        columns.append("Variazione media, € al mese")
        tables.append(Table(TITLES.get(name, f"Per {name}"), columns, rows))
    note = "Variazione media: di tutti i nuclei del gruppo, anche di quelli senza diritto."
    return [tables[0]._replace(note=note), *tables[1:]]


def _requirements(comparison) -> Table:
    rows = [
        [
            name.replace("_", " "),
            *(
                number(row[side, kind])
                for kind in ("in_tutto", "da_solo", "per_primo")
                for side in SIDES
            ),
        ]
        for name, row in comparison.requirements.iterrows()
    ]
    kinds = ("In tutto", "Da solo", "Per primo")
    columns = ["", *(f"{kind}, {side}" for kind in kinds for side in SIDES)]
    note = (
        "In tutto: non ha il requisito. Da solo: gli manca soltanto quello. Per primo: è il primo che gli "
        "manca, nell'ordine dell'articolo. Nuclei, tutti, anche chi non chiederebbe."
    )
    return Table("Nuclei esclusi, requisito per requisito", columns, rows, note)


def _curve(name, curve) -> Table:
    every = curve[curve["reddito"] % CURVE_STEP == 0]
    rows = [
        [
            number(row["reddito"]),
            *(number(row[f"{what}_{side}"]) for what in ("adi", "disponibile") for side in SIDES),
            *(number(100 * row[f"aliquota_{side}"]) for side in SIDES),
        ]
        for _, row in every.iterrows()
    ]
    step = number(curve["reddito"].iloc[1])
    columns = ["Reddito da lavoro", "ADI, legge", "ADI, riforma", "Con l'ADI, legge"]
    columns += ["Con l'ADI, riforma", "Aliquota %, legge", "Aliquota %, riforma"]
    note = (
        f"Euro l'anno. L'aliquota marginale è quanto si perde di ADI su {step} euro in più di reddito: oltre "
        "100 si perde più di quanto si guadagna. Imposte e contributi non ci sono; il reddito è lo stesso in "
        "tutti gli anni che la legge guarda."
    )
    return Table(name, columns, rows, note)


def _method(comparison, sources, day) -> list[tuple[str, str]]:
    size = {name: number(count) for name, count in comparison.population.items()}
    is_year = "-" not in comparison.period
    files = [file for source in sources for file in _files(source)]
    lines = [
        ("Riforma", comparison.choices.get("riforma") or comparison.reform),
        ("Legge", comparison.law),
        (
            "Periodo",
            period_name(comparison.period)
            + (
                ": nuclei e persone sono medie dei mesi, il costo la loro somma"
                if is_year
                else f": il costo annuo è quello del mese per {MONTHS_IN_A_YEAR}"
            ),
        ),
        (
            "Dati",
            f"{size['nuclei']} nuclei e {size['persone']} persone, che con i pesi sono "
            f"{size['nuclei_pesati']} nuclei e {size['persone_pesate']} persone",
        ),
        ("Fatti assunti", assumed(comparison.assumptions)),
        ("Adesione", comparison.choices["adesione"]),
        ("Comportamenti", "nessuno cambia lavoro, residenza o nucleo per effetto della riforma"),
        *(
            (name.capitalize(), comparison.choices[name])
            for name in ("reddito", "scala", "persone", "linea di povertà", "errori standard")
        ),
        (
            "Versioni",
            ", ".join([f"{name} {version(name)}" for name in PACKAGES])
            + f", Python {platform.python_version()}",
        ),
        ("Impronta delle regole", fingerprint(_code())),
    ]
    if files:
        lines.append(("Impronta dei dati e della riforma", fingerprint(files)))
    lines.append(("Data", f"{day.day} {MONTHS[day.month - 1]} {day.year}"))
    return lines


# Fingerprints


def fingerprint(files: Iterable[Path]) -> str:
    """Return a short SHA-256 of the names and contents of files: the same files, the same fingerprint."""
    total = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.name):
        with file.open("rb") as content:
            total.update(file.name.encode() + hashlib.file_digest(content, "sha256").digest())
    return f"SHA-256 {total.hexdigest()[:16]}"


def _code() -> list[Path]:
    folders = [PACKAGE, *(LAW / name for name in CODE)]
    return [
        file for folder in folders for file in _files(folder) if file.suffix in (".py", ".yaml")
    ]


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return [file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts]


# Cells


def _row(errors, label) -> pd.Series:
    """Return the standard errors of a row; NaN, whatever is asked, if there are none."""
    return _Nothing() if errors is None else errors.loc[label]


class _Nothing:
    """No standard error, of anything."""

    def __getitem__(self, _):
        return np.nan

    def __mul__(self, _):
        return self


def _cell(value, error, decimals, sign=False) -> str:
    text = number(value, decimals, sign)
    return text if np.isnan(error) or error == 0 else f"{text} ± {number(error, decimals)}"


def _short(value, sign=False) -> str:
    """Write a large number as a headline does."""
    if abs(value) >= 1000 * MILLION:
        return f"{number(value / MILLION / 1000, 2, sign)} miliardi"
    if abs(value) >= MILLION:
        return f"{number(value / MILLION, 1, sign)} milioni"
    return number(value, 0, sign)
