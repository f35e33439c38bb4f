"""The command ``openfisca-adi``: each verb is a thin face on a function of the package.

What takes time to import (OpenFisca, pandas, pyarrow) is imported by the verb that needs it.
"""

import errno
import json
import re
import sys
from pathlib import Path

import click

from openfisca_adi.click_italian import speak_italian

speak_italian()

TABLES = (".parquet", ".csv")
FIRST_YEAR, LAST_YEAR = 2024, 2100
OS_ERRORS = {
    errno.ENOENT: "non esiste",
    errno.EACCES: "il permesso è negato",
    errno.EEXIST: "esiste già",
    errno.EISDIR: "è una cartella",
    errno.ENOTDIR: "non è una cartella",
    errno.ENOSPC: "il disco è pieno",
}


class Verbs(click.Group):
    """The verbs, and the one place where what a user got wrong becomes one message."""

    def main(self, *args, **kwargs):
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8")
        return super().main(*args, **kwargs)

    def invoke(self, ctx):
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click ends in silence
            raise
        except OSError as error:
            reason = OS_ERRORS.get(error.errno, error.strerror or str(error))
            name = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{name}{reason}") from error
        except ValueError as error:
            if not _is_of_the_user(error):
                raise
            raise click.ClickException(str(error)) from error


def _is_of_the_user(error: ValueError) -> bool:
    from openfisca_adi.population.errors import PopulationError
    from openfisca_adi.reform_names import UnknownReformError

    return isinstance(error, PopulationError | UnknownReformError)


class Period(click.ParamType):
    """A month or a year in which the ADI exists."""

    name = "periodo"

    def convert(self, value, param, ctx):
        if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", value, re.ASCII):
            self.fail(f"«{value}» non è un mese (2025-06) né un anno (2025)", param, ctx)
        if int(value[:4]) < FIRST_YEAR:
            self.fail(f"«{value}» è prima del {FIRST_YEAR}-01, il primo mese dell'ADI", param, ctx)
        if int(value[:4]) > LAST_YEAR:
            self.fail(f"«{value}» è dopo il {LAST_YEAR}, l'ultimo anno ammesso", param, ctx)
        return value


class File(click.ParamType):
    """A file to write, whose name ends in one of the ways that can be written."""

    name = "file"

    def __init__(self, *suffixes):
        self.suffixes = suffixes

    def convert(self, value, param, ctx):
        path = Path(value)
        if path.suffix not in self.suffixes:
            self.fail(f"«{value}» deve finire con {' o '.join(self.suffixes)}", param, ctx)
        if not path.absolute().parent.is_dir():
            self.fail(f"la cartella «{path.parent}» non esiste", param, ctx)
        return path


class Existing(click.ParamType):
    """A file or folder to read."""

    name = "percorso"

    def convert(self, value, param, ctx):
        if not Path(value).exists():
            self.fail(f"«{value}» non esiste", param, ctx)
        return Path(value)


def population_options(command):
    """Give a verb the options that say which population to read; :func:`_read` reads it."""
    for decorate in (
        click.argument("dati", type=Existing(), required=False),
        click.option("--persone", type=Existing(), metavar="FILE", help="Tabella delle persone."),
        click.option("--nuclei", type=Existing(), metavar="FILE", help="Tabella dei nuclei."),
        click.option(
            "--mappa",
            type=Existing(),
            metavar="FILE.yaml",
            help="Come si leggono le colonne di un'indagine.",
        ),
        click.option(
            "--colonne-ignote",
            type=click.Choice(["ammesse", "rifiutate"]),
            default="rifiutate",
            show_default=True,
            help="Che cosa fare delle colonne che non sono nel dizionario.",
        ),
    )[::-1]:
        command = decorate(command)
    return command


def period_option(**settings):
    """Give a verb the option of its period."""
    return click.option(
        "--periodo",
        type=Period(),
        metavar="AAAA[-MM]",
        help="Un mese (2025-06) o un anno (2025).",
        **settings,
    )


@click.group(cls=Verbs, subcommand_metavar="VERBO …", options_metavar="")
@click.version_option(package_name="openfisca-adi", message="%(prog)s %(version)s")
def main():
    """L'Assegno di inclusione come regole eseguibili: popolazioni, simulazioni, riforme.

    Per l'aiuto su un verbo: openfisca-adi VERBO --help
    """


@main.command(options_metavar="[OPZIONI]")
@click.option("--nuclei", type=click.IntRange(1), metavar="N", default=20_000, show_default=True)
@click.option("--seme", type=click.IntRange(0), metavar="N", default=48, show_default=True)
@click.option("--cartella", type=Path, metavar="CARTELLA", default="dimostrazione")
@click.option("--formato", type=click.Choice(["parquet", "csv"]), default="parquet")
def popolazione(nuclei, seme, cartella, formato):
    """Scrive la popolazione dimostrativa: persone e nuclei inventati, verosimili, sempre uguali."""
    from openfisca_adi.population.demonstration import demonstration_population
    from openfisca_adi.text import number
    from openfisca_adi.writing import write_table

    cartella.mkdir(parents=True, exist_ok=True)
    tables = zip(("persone", "nuclei"), demonstration_population(nuclei, seme), strict=True)
    for name, table in tables:
        path = cartella / f"{name}.{formato}"
        write_table(table, path)
        click.echo(f"{path}: {number(len(table))} {name}, {table.num_columns} colonne")


@main.command(options_metavar="[OPZIONI]")
@population_options
@period_option(required=True)
@click.option("--riforma", metavar="NOME", help="La riforma da simulare al posto della legge.")
@click.option("--variabili", metavar="A,B", help="Variabili del risultato, tutte di un'entità.")
@click.option("--risultato", type=File(*TABLES), metavar="FILE", help="File .parquet o .csv.")
def simula(periodo, riforma, variabili, risultato, **data):
    """Calcola l'ADI sulla popolazione in DATI: la cartella di persone e nuclei, o un'indagine."""
    from openfisca_adi.population import assumptions_text, simulate
    from openfisca_adi.summary import summary
    from openfisca_adi.writing import write_table

    system = _system(riforma)
    names = _variables(system, variabili)
    population = _read(system, **data)
    results = simulate(population, periodo, names, system)
    amounts = results
    if "adi_spettante" not in results:
        amounts = simulate(population, periodo, ["adi_spettante"], system)
    click.echo(summary(population, amounts, periodo, system))
    click.echo(assumptions_text(population, system))
    if risultato:
        write_table(results, risultato)
        click.echo(f"\n{risultato}: {len(results)} righe, colonne {', '.join(results.columns)}")
