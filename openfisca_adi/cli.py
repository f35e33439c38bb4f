"""The command ``openfisca-adi``: each verb is a thin face on a function of the package.

What takes time to import (OpenFisca, pandas, pyarrow) is imported by the verb that needs it.
"""
# ruff: noqa: PLC0415

import errno
import json
import sys
from functools import partial
from pathlib import Path

import click

from openfisca_adi.cli_values import Existing, File, Month, Output, Period
from openfisca_adi.click_italian import speak_italian
from openfisca_adi.errors import UserError

speak_italian()
option = partial(click.option, show_default=True)

INTERRUPTED = 130  # what a shell says of a command stopped from the keyboard
TABLES = (".parquet", ".csv")
#: The libraries of the extras, each with the extra that installs it.
OPTIONAL = {
    **dict.fromkeys(("numexpr", "pandas", "pyarrow", "tqdm"), "popolazione"),
    **dict.fromkeys(("dask", "distributed"), "cluster"),
    "matplotlib": "rapporto",
}
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
        except KeyboardInterrupt as error:
            failure = click.ClickException("interrotto")
            failure.exit_code = INTERRUPTED
            raise failure from error
        except UserError as error:
            failure = click.ClickException(str(error))
            failure.exit_code = error.exit_code
            raise failure from error
        except ModuleNotFoundError as error:
            if error.name not in OPTIONAL:
                raise
            advice = f"pip install 'openfisca-adi[{OPTIONAL[error.name]}]'"
            raise click.ClickException(f"manca {error.name}: installare {advice}") from error


def population_options(command):
    """Give a verb the options that say which population to read; :func:`_read` reads it."""
    for decorate in (
        click.argument("dati", type=Existing(), required=False),
        option("--persone", type=Existing(), metavar="FILE", help="Tabella delle persone."),
        option("--nuclei", type=Existing(), metavar="FILE", help="Tabella dei nuclei."),
        option(
            "--mappa",
            type=Existing(),
            metavar="FILE.yaml",
            help="Come si leggono le colonne di un'indagine.",
        ),
        option(
            "--colonne-ignote",
            type=click.Choice(["ammesse", "rifiutate"]),
            default="rifiutate",
            help="Che cosa fare delle colonne che non sono nel dizionario.",
        ),
        option(
            "--aggiorna",
            type=Existing(),
            metavar="FILE.yaml",
            help="Con quali indici si aggiornano gli importi.",
        ),
    )[::-1]:
        command = decorate(command)
    return command


def period_option(**settings):
    """Give a verb the option of its period."""
    return option(
        "--periodo",
        type=Period(),
        metavar="AAAA[-MM]",
        help="Un mese (2025-06) o un anno (2025).",
        **settings,
    )


def reform_option(**settings):
    """Give a verb the option of the reforms, applied in the order in which they are written."""
    return option("--riforma", metavar="NOME", multiple=True, **settings)


@click.group(
    cls=Verbs,
    subcommand_metavar="VERBO …",
    options_metavar="",
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)
@click.version_option(package_name="openfisca-adi", message="%(prog)s %(version)s")
def main():
    """L'Assegno di inclusione come regole eseguibili: popolazioni, simulazioni, riforme.

    Per l'aiuto su un verbo: openfisca-adi VERBO --help
    """
    sys.path.append(str(Path.cwd()))  # for the reform in a file of the analyst's folder


@main.command(options_metavar="[OPZIONI]")
@option("--nuclei", type=click.IntRange(1), metavar="N", default=20_000, help="Quanti nuclei.")
@option(
    "--seme", type=click.IntRange(0), metavar="N", default=48, help="Per altri nuclei, un altro."
)
@option(
    "--cartella", type=Path, metavar="CARTELLA", default="dimostrazione", help="Dove si scrive."
)
@option("--formato", type=click.Choice(["parquet", "csv"]), default="parquet", help="Tipo di file.")
def popolazione(nuclei, seme, cartella, formato):
    """Scrive la popolazione dimostrativa.

    Sono persone e nuclei inventati e verosimili, sempre uguali a parità di seme.
    """
    from openfisca_adi.population.demonstration import demonstration_population
    from openfisca_adi.population.demonstration_weights import calibrated_from
    from openfisca_adi.text import number
    from openfisca_adi.writing import write_table

    cartella.mkdir(parents=True, exist_ok=True)
    tables = zip(("persone", "nuclei"), demonstration_population(nuclei, seme), strict=True)
    for name, table in tables:
        path = cartella / f"{name}.{formato}"
        write_table(table, path)
        click.echo(f"{path}: {number(len(table))} {name}, {table.num_columns} colonne")
    if nuclei < calibrated_from():
        click.echo(f"pesi non calibrati: lo sono da {number(calibrated_from())} nuclei in su")


@main.command(options_metavar="[OPZIONI]")
@population_options
@period_option(required=True)
@reform_option(help="La riforma da simulare in luogo della legge; più d'una, in ordine.")
@option("--variabili", metavar="A,B", help="Quali risultati, tutti di un'entità.")
@option(
    "--risultato",
    type=Output(*TABLES),
    metavar="CARTELLA",
    help="Dove si scrivono i risultati: una cartella, o un file .parquet o .csv.",
)
@option(
    "--dettaglio",
    type=click.Choice(["mensile", "annuale", "totali"]),
    default="mensile",
    help="Una riga per mese, una riga con la somma dei mesi, o nessuna riga.",
)
@option(
    "--righe-errate",
    type=click.Choice(["fermano", "scartate"]),
    default="fermano",
    help="Che cosa fare se una riga è errata: fermarsi, o lasciare fuori il suo nucleo.",
)
@option(
    "--processi", type=click.IntRange(1), metavar="N", help="Quanti processi; se no, uno per core."
)
@option("--cluster", metavar="INDIRIZZO", help="Calcola su un cluster Dask (tcp://…), o «locale».")
@option(
    "--blocco",
    type=click.IntRange(1),
    metavar="N",
    default=60_000,
    help="Quanti nuclei si calcolano insieme: di meno occupa meno memoria.",
)
def simula(
    periodo,
    riforma,
    variabili,
    risultato,
    dettaglio,
    righe_errate,
    processi,
    cluster,
    blocco,
    **data,
):
    """Calcola l'ADI su una popolazione di qualunque grandezza.

    DATI è la cartella con le tabelle persone e nuclei (un file .parquet o .csv, o una cartella di file
    .parquet), o con --mappa un'indagine. Interrotto, lo stesso comando riprende da dove era.
    """
    from openfisca_adi.runs import DataError, run
    from openfisca_adi.summary import account_text
    from openfisca_adi.system import system_of

    system = system_of(riforma)
    try:
        account = run(
            _source(**data),
            periodo,
            risultato,
            variables=_variables(system, variabili),
            reforms=riforma,
            mapping=data["mappa"],
            detail=dettaglio,
            processes=processi,
            cluster=cluster,
            households_at_once=blocco,
            allow_unknown=data["colonne_ignote"] == "ammesse",
            discard=righe_errate == "scartate",
            uprating=data["aggiorna"],
            progress=True,
        )
    except DataError as error:
        click.echo(account_text(error.account, system))
        raise
    click.echo(account_text(account, system))
    if risultato:
        click.echo(f"\n{risultato}: i risultati, e il resoconto")


@main.command(options_metavar="[OPZIONI]")
@population_options
@reform_option(
    default=["soglie_2024_congelate"],
    help="Nome di una riforma del pacchetto, file .yaml o percorso Python; più d'una, in ordine.",
)
@period_option(default="2025-06")
@option(
    "--per",
    "by",
    multiple=True,
    metavar="COLONNA",
    help="Anche per una colonna dei nuclei; si ripete.",
)
@option(
    "--adesione", type=Existing(), metavar="FILE.yaml", help="Quanti ricevono, tra chi ha diritto."
)
@option(
    "--reddito",
    metavar="NOME",
    default="reddito_familiare",
    help="Il reddito annuo dei nuclei, senza ADI, di decili e povertà.",
)
@option(
    "--linea",
    type=float,
    metavar="N",
    default=0.6,
    help="Linea di povertà: quota della mediana fino a 1, oltre euro l'anno.",
)
@option("--esempio", type=Existing(), metavar="FILE.yaml", help="Un altro nucleo d'esempio.")
@option("--rapporto", type=File(".html"), metavar="FILE", help="Anche come pagina HTML.")
@option("--tabelle", type=Path, metavar="CARTELLA", help="Anche come file CSV e Parquet.")
@option("--json", "result", type=File(".json"), metavar="FILE", help="Anche come JSON.")
def confronta(
    riforma, periodo, by, adesione, reddito, linea, esempio, rapporto, tabelle, result, **data
):
    """Confronta la legge in vigore con una riforma.

    DATI è la cartella dei file persone e nuclei (.parquet o .csv), o con --mappa un'indagine.
    """
    from openfisca_adi.comparison import TakeUp, compare
    from openfisca_adi.system import default_system, system_of
    from openfisca_adi.writing import write_text

    law, reform = default_system(), system_of(riforma)
    take_up = TakeUp.read(adesione) if adesione else None
    comparison = compare(_read(reform, **data), periodo, law, reform, by, take_up, reddito, linea)
    click.echo(comparison.to_text(), nl=False)
    if result:
        write_text(json.dumps(comparison.to_dict(), ensure_ascii=False, indent=2) + "\n", result)
        click.echo(f"\n{result}: le stesse tabelle")
    if not (rapporto or tabelle):
        return
    from openfisca_adi.comparison.budget import budgets, examples
    from openfisca_adi.comparison.files import write_tables
    from openfisca_adi.reform_names import files_of

    curves = budgets(examples(esempio), periodo, law, reform)
    if tabelle:
        write_tables(comparison, curves, tabelle)
        click.echo(f"\n{tabelle}: le stesse tabelle, in file CSV e Parquet")
    if rapporto:
        from openfisca_adi.comparison.report import report

        sources = [data[name] for name in ("dati", "persone", "nuclei", "mappa") if data[name]]
        write_text(report(comparison, curves, [*sources, *files_of(reform)]), rapporto)
        click.echo(f"\n{rapporto}: il rapporto, da aprire con un browser")


@main.command(options_metavar="[OPZIONI]")
@population_options
@period_option(default="2025-06")
@option("--risultato", type=File(*TABLES), metavar="FILE", help="File .parquet o .csv.")
def letture(periodo, risultato, **data):
    """Misura le altre letture della legge, una alla volta.

    DATI è la cartella dei file persone e nuclei (.parquet o .csv), o con --mappa un'indagine. Le letture sono quelle di
    docs/interpretazioni.md che hanno una riforma.
    """
    from openfisca_adi.readings import measure_readings
    from openfisca_adi.system import default_system
    from openfisca_adi.writing import write_table

    law = default_system()
    readings = measure_readings(_read(law, **data), periodo, law)
    click.echo(readings.to_text(), nl=False)
    if risultato:
        write_table(readings.table, risultato)
        click.echo(f"\n{risultato}: {len(readings.table)} letture")


@main.command(options_metavar="[OPZIONI]")
@option("--modello", type=Path, metavar="CARTELLA", help="Scrive lì due tabelle vuote.")
@option(
    "--formato",
    type=click.Choice(["testo", "csv", "json"]),
    default="testo",
    help="Forma del dizionario.",
)
def variabili(modello, formato):
    """Mostra il dizionario delle colonne di una popolazione."""
    from openfisca_adi import dictionary
    from openfisca_adi.system import default_system
    from openfisca_adi.writing import write_text

    system = default_system()
    if modello is None:
        write = {"testo": dictionary.as_text, "csv": dictionary.as_csv, "json": dictionary.as_json}
        click.echo(write[formato](dictionary.dictionary(system)), nl=False)
        return
    modello.mkdir(parents=True, exist_ok=True)
    for table, header in dictionary.template(system).items():
        path = modello / f"{table}.csv"
        if path.exists():
            raise click.ClickException(f"{path} esiste già: il modello vuoto non lo sostituisce")
        write_text(header, path)
        click.echo(f"{path}: {header.count(',') + 1} colonne")


@main.command(options_metavar="[OPZIONI]")
@click.argument("caso", type=Existing())
@option("--nome", metavar="NOME", help="Quale caso del file; se no, il primo.")
@option("--dal", type=Month(), metavar="AAAA-MM", default="2024-01", help="Primo mese.")
@option("--al", type=Month(), metavar="AAAA-MM", default="2026-12", help="Ultimo mese.")
def storia(caso, nome, dal, al):
    """Racconta mese per mese che cosa riceve un nucleo, perché, e che cosa scade.

    CASO è un file YAML con «persone» e «nucleo», anche quello di un caso di prova. Un valore senza data
    vale per tutti i mesi, uno con la data fino al successivo. Le date che non stanno insieme sono dette in fondo, con il modo in cui si leggono.
    """
    from openfisca_adi.story import build_story, read_story, story, story_text
    from openfisca_adi.system import default_system

    simulation = build_story(read_story(caso, nome), default_system(), int(al[:4]))
    click.echo(story_text(simulation, story(simulation, dal, al)))


@main.command(options_metavar="[OPZIONI]")
@option("--json", "as_json", is_flag=True, help="Come JSON.")
def riforme(as_json):
    """Elenca le riforme del pacchetto: nome, titolo, che cosa cambia, riferimento, autore."""
    from openfisca_adi import reform_list

    headers = reform_list.reforms()
    if as_json:
        records = reform_list.as_records(headers)
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
    else:
        click.echo(reform_list.as_text(headers), nl=False)


@main.command(options_metavar="")
@click.argument("percorso", type=Existing(), required=False)
def controlla(percorso):
    """Controlla i parametri, le riforme e i casi.

    Tutti, o soltanto quelli in PERCORSO (una cartella o un file).
    """
    from openfisca_adi.checks.law import check_law

    problems = check_law(percorso)
    for problem in problems:
        click.echo(problem)
    if problems:
        raise click.ClickException(f"problemi trovati: {len(problems)}")
    click.echo("Nessun problema.")


def _source(dati, persone, nuclei, mappa, **_):
    """Return the data that the options of a population name: a path, or those of the two tables."""
    if dati is None and None in (persone, nuclei):
        raise click.UsageError("indicare DATI, oppure insieme --persone e --nuclei")
    if dati is not None and (persone or nuclei):
        raise click.UsageError("indicare DATI oppure --persone e --nuclei, non entrambi")
    if mappa and dati is None:
        raise click.UsageError("con --mappa si indica DATI: il file o la cartella dell'indagine")
    if dati is not None and dati.is_file() and mappa is None:
        raise click.UsageError(f"«{dati}» è un file: serve --mappa, che dice come leggerlo")
    return (persone, nuclei) if dati is None else dati


def _read(system, aggiorna, **data):
    from openfisca_adi.population import Population
    from openfisca_adi.population.uprating import uprate

    source, unknown = _source(**data), data["colonne_ignote"]
    paths = source if isinstance(source, tuple) else (source,)
    population = Population.read(
        *paths, mapping=data["mappa"], system=system, allow_unknown=unknown == "ammesse"
    )
    return uprate(population, aggiorna, system) if aggiorna else population


def _variables(system, names):
    from openfisca_adi.population.errors import nearest

    if names is None:
        return None
    names = [name.strip() for name in names.split(",")]
    for name in names:
        if name not in system.variables:
            message = f"variabile sconosciuta «{name}»{nearest(name, system.variables)}"
            raise click.BadParameter(message, param_hint="--variabili")
    if len({system.variables[name].entity.key for name in names}) > 1:
        message = "servono variabili tutte delle persone o tutte dei nuclei"
        raise click.BadParameter(message, param_hint="--variabili")
    return names
