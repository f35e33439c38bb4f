"""The words of click itself, in Italian: it asks gettext for them, which has no catalogue here."""

import click

WORDS = {
    "Usage:": "Uso:",
    "Options": "Opzioni",
    "Commands": "Verbi",
    "Positional arguments": "Argomenti",
    "Show this message and exit.": "Mostra questo messaggio.",
    "Show the version and exit.": "Mostra la versione.",
    "default: {default}": "se manca: {default}",
    "required": "obbligatorio",
    "file": "il file",
    "directory": "la cartella",
    "path": "il percorso",
    "Aborted!": "Interrotto.",
    "Error: {message}": "Errore: {message}",
    "Try '{command} {option}' for help.": "Per l'aiuto: {command} {option}",
    "Missing command.": "manca il verbo.",
    "Missing argument": "manca l'argomento",
    "Missing option": "manca l'opzione",
    "No such command {name!r}.": "il verbo «{name}» non esiste.",
    "No such option {name!r}.": "l'opzione «{name}» non esiste.",
    "No such option: {name}": "l'opzione «{name}» non esiste.",
    "Did you mean {possibility}?": "Forse {possibility}?",
    "Did you mean {possibilities}?": "Forse {possibilities}?",
    "(Did you mean one of: {possibilities}?)": "Forse uno di questi: {possibilities}?",
    "(Possible options: {possibilities})": "Forse una di queste: {possibilities}?",
    "Option {name!r} requires an argument.": "l'opzione {name} vuole un valore.",
    "Option {name!r} does not take a value.": "l'opzione {name} non vuole un valore.",
    "Got unexpected extra argument ({args})": "c'è un argomento di troppo ({args})",
    "Got unexpected extra arguments ({args})": "ci sono argomenti di troppo ({args})",
    "Invalid value: {message}": "valore non ammesso: {message}",
    "Invalid value for {param_hint}: {message}": "valore non ammesso per {param_hint}: {message}",
    "{value!r} is not a valid {number_type}.": "«{value}» non è un numero ammesso.",
    "{value} is not in the range {range}.": "{value} è fuori dai limiti {range}.",
    "{value!r} is not one of {choice}.": "«{value}» non è {choice}.",
    "{value!r} is not one of {choices}.": "«{value}» non è tra {choices}.",
    "{name} {filename!r} does not exist.": "{name} «{filename}» non esiste.",
    "{name} {filename!r} is a file.": "«{filename}» è un file.",
    "{name} {filename!r} is a directory.": "«{filename}» è una cartella.",
    "{name} {filename!r} is not readable.": "{name} «{filename}» non si può leggere.",
}


def speak_italian() -> None:
    """Give every module of click, of any 8.x version, this catalogue."""
    for module in (
        *(click.core, click.decorators, click.exceptions),
        *(click.formatting, click.parser, click.types),
    ):
        if hasattr(module, "_"):
            module._ = _translate
        if hasattr(module, "ngettext"):
            module.ngettext = lambda one, many, count: _translate(one if count == 1 else many)


def _translate(words: str) -> str:
    return WORDS.get(words, words)
