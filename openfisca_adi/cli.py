"""The command ``openfisca-adi``: each verb a thin face on a function of the package.

What takes time to import (OpenFisca, pandas, pyarrow) is imported by the verb that needs it.
"""

import json
import sys
from pathlib import Path

import click

from openfisca_adi.click_italian import speak_italian

speak_italian()
FORMATS = (".parquet", ".csv")
REFORM = "soglie_2024_congelate"


class Verbs(click.Group):
    """The verbs, and the one place where what a user got wrong becomes a message."""

    def main(self, *args, **kwargs):
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8")
        return super().main(*args, **kwargs)

    def invoke(self, ctx):
        from openfisca_adi.population.errors import PopulationError
        from openfisca_adi.reform_names import UnknownReformError
        try:
            return super().invoke(ctx)
        except (PopulationError, PeriodError, UnknownReformError) as error:
            raise click.ClickException(str(error)) from error
        except OSError
