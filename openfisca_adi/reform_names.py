"""Find a reform by its name: that of its file under ``reforms/``, or a dotted path."""

import importlib
import sys
from difflib import get_close_matches
from pathlib import Path

from openfisca_core.reforms import Reform

from openfisca_adi import LAW
from openfisca_adi.errors import UserError


class UnknownReformError(UserError):
    """Nothing, or more than one thing, has the name that was given."""


def reform_paths() -> list[str]:
    """Return the dotted paths of the reforms of the package: each class has the name of its file."""
    folder = LAW / "reforms"
    files = sorted(file.relative_to(folder).with_suffix("") for file in folder.rglob("*.py"))
    return [
        ".".join(("openfisca_adi.reforms", *file.parts, file.name))
        for file in files
        if not file.name.startswith("_")
    ]


def find_reform(name: str) -> type[Reform]:
    """Return the reform with this short name (``soglie_2024_congelate``) or dotted path."""
    if "." in name:
        return _load(name)
    paths = reform_paths()
    same = [path for path in paths if path.rpartition(".")[2] == name]
    if len(same) == 1:
        return _load(same[0])
    if same:
        raise UnknownReformError(f"più riforme si chiamano «{name}»: {', '.join(same)}")
    raise UnknownReformError(_unknown(name))


def law_name(system) -> str:
    """Return the name of a tax-benefit system: that of its reform, if it is one."""
    if isinstance(system, Reform):
        return system.name or type(system).__name__
    return "Legge in vigore"


def reform_file(system) -> Path:
    """Return the file in which a tax-benefit system is written."""
    return Path(sys.modules[type(system).__module__].__file__)


def _load(path: str) -> type[Reform]:
    module_name, _, class_name = path.rpartition(".")
    if not all(part.isidentifier() for part in path.split(".")):
        raise UnknownReformError(_unknown(path))
    try:
        reform = getattr(importlib.import_module(module_name), class_name, None)
    except ModuleNotFoundError as error:
        if not f"{module_name}.".startswith(f"{error.name}."):
            raise  # the reform exists, and imports something that does not
        reform = None
    if not (isinstance(reform, type) and issubclass(reform, Reform)):
        raise UnknownReformError(_unknown(path))
    return reform


def _unknown(name: str) -> str:
    names = [path.rpartition(".")[2] for path in reform_paths()]
    nearest = get_close_matches(name.rpartition(".")[2], names, n=3, cutoff=0.4) or names
    return f"la riforma «{name}» non esiste; quelle con il nome più vicino: {', '.join(nearest)}"
