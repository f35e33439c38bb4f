"""What a user may write on the command line as the value of an argument or option."""

import re
from pathlib import Path

import click

from openfisca_adi.dates import LAST_MONTH

FIRST_YEAR, LAST_YEAR = 2024, LAST_MONTH.year


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


class Month(Period):
    """A month in which the ADI exists."""

    name = "mese"

    def convert(self, value, param, ctx):
        if len(value) == len("2025"):
            self.fail(f"«{value}» non è un mese: scrivere per esempio 2025-06", param, ctx)
        return super().convert(value, param, ctx)


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


class Output(File):
    """A folder to write in, or a file whose name ends in one of the ways that can be written."""

    name = "percorso"

    def convert(self, value, param, ctx):
        path = Path(value)
        if path.suffix and path.suffix not in self.suffixes and not path.is_dir():
            ends = " o ".join(self.suffixes)
            self.fail(f"«{value}» non è una cartella e non finisce con {ends}", param, ctx)
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
