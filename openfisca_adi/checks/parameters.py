"""Check the parameter files: their structure, and the slips a jurist makes in writing a number."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from textwrap import shorten

import yaml
from jsonschema import Draft202012Validator, ValidationError

PACKAGE = Path(__file__).parents[1]
SCHEMA = json.loads((PACKAGE / "schemas" / "parameter.schema.json").read_text("utf-8"))
UNITS = yaml.safe_load((PACKAGE / "units.yaml").read_text("utf-8"))
VALIDATORS = {
    kind: Draft202012Validator(
        {**SCHEMA, "$ref": f"#/$defs/{kind}"}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    for kind in ("leaf", "table", "index")
}
LEAF_KEYS = SCHEMA["$defs"]["leaf"]["properties"]
FIRST_DATE = "2024-01-01"
FILE_NAME = re.compile(r"([a-z0-9_]+/)*[a-z0-9_]+\.yaml")
PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
THREE_DECIMALS = re.compile(r"-?\d+\.\d{3}")
NUMBER_LINE = re.compile(r"\bvalue:.*")
DECIMAL_COMMA = re.compile(r"(?<=[\s\[])-?\d[\d.' ]*(,\d+)+(?=\s*[,\]}])")
THOUSANDS_SEPARATOR = re.compile(r"(?<=\d)[.\s'](?=\d{3}(?!\d))")

Where = tuple[str | int, ...]
Report = Callable[..., None]  # report(message, *where)


@dataclass(frozen=True)
class Problem:
    """Something wrong in a parameter file: which file, where in it, and what to do."""

    file: str
    where: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.where, self.message) if part)


def check_parameters(directory: Path) -> list[Problem]:
    """Return the problems of every parameter file under `directory`, file by file."""
    files = sorted(path.relative_to(directory) for path in directory.rglob("*") if path.is_file())
    files = [file for file in files if not any(part.startswith(".") for part in file.parts)]
    if not files:
        return [Problem(str(directory), "", "la cartella non contiene nessun parametro")]
    return [
        problem
        for file in files
        for problem in _check_file(file.as_posix(), (directory / file).read_bytes())
    ]


def _check_file(file: str, content: bytes) -> list[Problem]:
    problems = []

    def report(message: str, *where: str | int) -> None:
        path = "".join(f"[{k + 1}]" if isinstance(k, int) else f".{k}" for k in where)
        problems.append(Problem(file, path.removeprefix("."), message))

    if not FILE_NAME.fullmatch(file):
        report(
            "nome non ammesso: nei nomi di file e cartelle usare solo lettere minuscole senza "
            "accenti, cifre e _; il file finisce con .yaml"
        )
        return problems
    try:
        data, scalars = read_yaml(content.decode("utf-8"), report)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        report("il file non è in UTF-8: salvarlo con la codifica UTF-8", f"riga {line}")
        return problems
    except yaml.YAMLError as error:
        report_yaml(error, content.decode("utf-8"), report)
        return problems
    if data is None:
        report("il file è vuoto: scrivere il contenuto, oppure togliere il file")
        return problems
    kind = "index" if Path(file).stem == "index" else "table" if _is_table(data) else "leaf"
    errors = list(VALIDATORS[kind].iter_errors(data))
    for error in errors:
        for message in explain(error):
            report(message, *error.absolute_path)
    if not errors and kind != "index":
        _check_content(data, scalars, report)
    return list(dict.fromkeys(problems))


def read_yaml(
    text: str, report: Report, numbers: re.Pattern = NUMBER_LINE
) -> tuple[object, dict[Where, tuple[str, object]]]:
    """Return the data, dates as text, and each scalar by path: as it was written, and its value.

    ``numbers`` finds the parts of the text where a number may stand in braces.
    """
    # To YAML `{value: 9360,00}` is 9360 and a key `00`: keep such a number whole, as a text.
    text = numbers.sub(lambda part: DECIMAL_COMMA.sub(r'"\g<0>"', part[0]), text)
    loader = yaml.SafeLoader(text)
    scalars = {}

    def build(node: yaml.Node, where: Where) -> object:
        if isinstance(node, yaml.MappingNode):
            data = {}
            for key_node, value_node in node.value:
                key = str(key_node.value)
                if key in data:
                    line = key_node.start_mark.line + 1
                    report(f"chiave scritta due volte, di nuovo alla riga {line}", *where, key)
                data[key] = build(value_node, (*where, key))
            return data
        if isinstance(node, yaml.SequenceNode):
            return [build(item, (*where, i)) for i, item in enumerate(node.value)]
        is_date = node.tag == "tag:yaml.org,2002:timestamp"
        value = node.value if is_date else loader.construct_object(node)
        scalars[where] = (node.value, value)
        return value

    root = loader.get_single_node()
    return (build(root, ()) if root else None), scalars


def report_yaml(error: yaml.YAMLError, text: str, report: Report) -> None:
    mark = getattr(error, "problem_mark", None)
    number = mark.line if mark else text.count("\n", 0, error.position)  # a forbidden character
    line = [*text.splitlines(), "fine del file"][number].rstrip()
    advice = "controllare rientri, virgolette e parentesi; tra virgolette un testo con «: »"
    if "\t" in line:
        advice = "c'è una tabulazione: usare gli spazi"
    report(f"il file non si legge, «{line.strip()}»: {advice}", f"riga {number + 1}")


def _is_table(data: object) -> bool:
    """Tell a table (each key a row with its values) from a single parameter."""
    if not isinstance(data, dict) or "values" in data:
        return False
    rows = [row for key, row in data.items() if key not in LEAF_KEYS]
    return any(isinstance(row, dict) and "values" in row for row in rows)


def explain(error: ValidationError) -> list[str]:
    """Say a schema error in Italian; the schema's own descriptions say what was expected."""
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return [f"manca «{k}»: {error.schema['properties'][k]['description']}" for k in missing]
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        unknown = [key for key in error.instance if key not in known]
        return [f"chiave sconosciuta «{k}»; quelle ammesse: {_nearest(k, known)}" for k in unknown]
    expected = error.schema["description"]
    if error.instance in (None, "", [], {}):
        return [f"è vuoto; serve {expected}"]
    found = shorten(json.dumps(error.instance, ensure_ascii=False), 60, placeholder=" …")
    if error.validator == "format":
        return [f"{found} non è una data che esiste; serve {expected}"]
    if error.validator == "minimum":
        return [f"{found} è negativo: i valori della legge si scrivono senza segno"]
    return [f"trovato {found}; serve {expected}"]


def _nearest(name: str, known: dict) -> str:
    return ", ".join(get_close_matches(name, known, n=len(known), cutoff=0))


def _check_content(data: dict, scalars: dict, report: Report) -> None:
    """Check dates, references, unit and values of a parameter whose structure is right."""
    rows = {(): data} if "values" in data else {(k,): data[k] for k in data if k not in LEAF_KEYS}
    for row, content in rows.items():
        dates = list(content["values"])
        if dates != sorted(dates):
            ordered = ", ".join(sorted(dates))
            report(f"date non in ordine: scriverle così: {ordered}", *row, "values")
        if min(dates) > FIRST_DATE:
            report(
                f"ogni parametro ha un valore dal {FIRST_DATE}, qui il primo è del {min(dates)}: "
                "prima che la norma esista scrivere il valore neutro (0 o false)",
                *(*row, "values"),
            )
    metadata = data["metadata"]
    for date in sorted({date for content in rows.values() for date in content["values"]}):
        if date not in metadata["reference"]:
            message = f"manca il riferimento per il {date}: scrivere {date} e il title dell'atto"
            report(message, "metadata", "reference")
    unit = metadata["unit"]
    if unit not in UNITS:
        known = _nearest(unit, UNITS)
        report(f"unità sconosciuta «{unit}»; quelle dichiarate: {known}", "metadata", "unit")
        return
    for where, (text, value) in scalars.items():
        if "value" in where and (message := check_value(text, value, unit)):
            report(message, *where)


def check_value(text: str, value: object, unit: str) -> str | None:
    """Return what is wrong with a value, written as `text` in the file."""
    value_type = UNITS[unit]["value_type"]
    if value_type == "boolean":
        is_plain = isinstance(value, bool) and text in ("true", "false")
        return None if is_plain else f"«{text}»: con l'unità {unit} scrivere true o false"
    if value_type == "string":
        return None if isinstance(value, str) else f"«{text}»: con l'unità {unit} serve un testo"
    if isinstance(value, bool):
        return f"«{text}»: con l'unità {unit} serve un numero"
    return check_number(text, value, unit)


def check_number(text: str, value: object, unit: str) -> str | None:
    """Return what is wrong with a number, written as `text` in the file."""
    if not PLAIN_NUMBER.fullmatch(text):
        guess = THOUSANDS_SEPARATOR.sub("", text).replace(",", ".")
        is_clear = PLAIN_NUMBER.fullmatch(guess) and not THREE_DECIMALS.fullmatch(guess)
        advice = guess if is_clear else "le sole cifre (in un elenco, uno spazio dopo ogni virgola)"
        return (
            f"«{text}» non è un numero: scrivere {advice}: il separatore decimale è il punto "
            "e le migliaia non si separano"
        )
    if isinstance(value, str):
        return f"«{text}» è scritto come testo: scrivere {text} senza virgolette"
    if unit == "currency-EUR" and THREE_DECIMALS.fullmatch(text):
        return (
            f"«{text}» vale {value} euro: se il punto separa le migliaia scrivere "
            f"{text.replace('.', '')}, altrimenti lasciare due decimali"
        )
    decimals = UNITS[unit].get("decimals")
    if decimals is not None and len(text.partition(".")[2]) > decimals:
        kind = f"con {decimals} decimali al più" if decimals else "intero"
        return f"«{text}»: con l'unità {unit} serve un numero {kind}"
    return check_maximum(value, unit)


def check_maximum(value: float, unit: str) -> str | None:
    """Return what is wrong with a number that its unit does not allow."""
    highest = UNITS[unit].get("maximum", value)
    return f"«{value:g}»: con l'unità {unit} il massimo è {highest}" if value > highest else None
