"""The dictionary of the columns of a population: what an analyst may put in the two tables."""

import csv
import io
import json
from textwrap import wrap

import yaml

from openfisca_adi import PACKAGE
from openfisca_adi.population.schema import HOUSEHOLDS, PEOPLE, ROLE, WEIGHT, population_columns
from openfisca_adi.text import WIDTH

FIELDS = ("nome", "tabella", "tipo", "valori", "unita", "significato", "predefinito")
KEYS = {
    ("id_persona", PEOPLE): "Identificativo della persona, unico",
    ("id_nucleo", PEOPLE): "Nucleo della persona: un id della tabella dei nuclei",
    ("ruolo", PEOPLE): "Chi presenta la domanda, al più uno per nucleo; se manca la colonna, il "
    "primo adulto elencato",
    ("id_nucleo", HOUSEHOLDS): "Identificativo del nucleo, unico",
}
#: People have the one or the other.
EITHER = {"data_nascita": "serve eta", "eta": "calcolato da data_nascita"}


def dictionary(system) -> list[dict[str, str]]:
    """Return what :data:`FIELDS` say of each column: first people, then households; keys first."""
    units = yaml.safe_load((PACKAGE / "units.yaml").read_text(encoding="utf-8"))
    rows = []
    for table, keys in ((PEOPLE, [ROLE]), (HOUSEHOLDS, [WEIGHT])):
        for (name, where), label in KEYS.items():
            if where == table and name != ROLE.name:
                rows.append((name, table, "intero o testo", "", "", label, "obbligatorio"))
        for column in (*keys, *population_columns(system, table).values()):
            unit = units[column.unit]["label"]["other"] if column.unit else ""
            label = column.label or KEYS[column.name, table]
            values = " ".join(column.values)
            default = EITHER.get(column.name, column.assumed)
            rows.append((column.name, table, column.type, values, unit, label, default))
    return [dict(zip(FIELDS, row, strict=True)) for row in rows]


def as_csv(rows: list[dict[str, str]]) -> str:
    """Write the dictionary as CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def as_json(rows: list[dict[str, str]]) -> str:
    """Write the dictionary as JSON."""
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_text(rows: list[dict[str, str]]) -> str:
    """Write the dictionary for a reader: a column is its name, its type, and what it means."""
    lines = []
    for table in (PEOPLE, HOUSEHOLDS):
        lines += [f"Tabella {table}", ""]
        for row in rows:
            if row["tabella"] == table:
                unit = f", {row['unita']}" if row["unita"] else ""
                lines.append(f"{row['nome']} ({row['tipo']}{unit})")
                texts = [row["significato"], f"se manca: {row['predefinito']}"]
                if row["valori"]:
                    texts.insert(1, f"valori: {', '.join(row['valori'].split())}")
                lines += [f"    {line}" for text in texts for line in wrap(text, WIDTH - 4)]
        lines.append("")
    return "\n".join(lines)


def template(system) -> dict[str, str]:
    """Return an empty table of people and one of households, as CSV: only the headers."""
    rows = dictionary(system)
    return {
        table: ",".join(row["nome"] for row in rows if row["tabella"] == table) + "\n"
        for table in (PEOPLE, HOUSEHOLDS)
    }
