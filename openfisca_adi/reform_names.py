"""Find a reform by its name: that of its file under ``reforms/``, a dotted path, or a YAML file anywhere."""

import importlib
import re
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from importlib.machinery import ModuleSpec
from pathlib import Path

from openfisca_core.reforms import Reform as CoreReform

from openfisca_adi import LAW
from openfisca_adi.checks.reforms import read_reform
from openfisca_adi.errors import UserError
from openfisca_adi.reform import Reform
from openfisca_adi.reform_files import declare

FOLDER, PACKAGE_NAME = LAW / "reforms", "openfisca_adi.reforms"
YAML = (".yaml", ".yml")
ALL = "«openfisca-adi riforme» le elenca"


class UnknownReformError(UserError):
    """Nothing, or more than one thing, has the name that was given."""


class CompositionError(UserError):
    """Reforms that cannot be applied one after the other."""


def reform_files() -> list[tuple[str, Path]]:
    """Return dotted path and file of the reforms of the package, Python and YAML.

    Each has the name of its file, and in Python its class has it; the ``parameters`` of a structural
    reform, and the other modules that it is made of, are not reforms.
    """
    found = []
    for file in sorted(FOLDER.rglob("*")):
        place = file.relative_to(FOLDER).with_suffix("")
        is_reform = file.suffix == ".yaml" and "parameters" not in place.parts
        if file.suffix == ".py":
            is_reform = re.search(rf"^class {file.stem}\(", file.read_text("utf-8"), re.MULTILINE)
        if is_reform:
            found.append((".".join((PACKAGE_NAME, *place.parts, file.stem)), file))
    return found


def find_reform(name: str, folder: Path = Path(), within: tuple = ()) -> type[CoreReform]:
    """Return the reform with this short name (``soglie_2024_congelate``), dotted path or YAML file.

    A file is looked for in ``folder``; ``within`` are the files that are being read, each named by the
    one before. Raises :class:`UnknownReformError`; a file with mistakes raises when it is applied.
    """
    if name.endswith(YAML):
        return _declared(folder / name, within)
    files = reform_files()
    same = [(path, file) for path, file in files if name in (path, path.rpartition(".")[2])]
    if len(same) > 1:
        names = ", ".join(file.relative_to(LAW).as_posix() for _, file in same)
        raise UnknownReformError(f"più riforme si chiamano «{name}»: {names}")
    if same and same[0][1].suffix in YAML:
        return _declared(same[0][1], within)
    if same or "." in name:
        return _imported(same[0][0] if same else name)
    raise UnknownReformError(_unknown(name))


def find_reforms(names: Sequence[str]) -> type[CoreReform]:
    """Return the reform with this name, or the composition of several in their order."""
    parts = tuple(find_reform(name) for name in names)
    if len(parts) == 1:
        return parts[0]
    if twice := _applied_twice(parts):
        raise CompositionError(f"«{twice}» sarebbe applicata due volte")
    title = " + ".join(part.name or part.__name__ for part in parts)
    words = " ".join(map(about, parts))
    return type("riforme_composte", (Reform,), {"name": title, "parts": parts, "__doc__": words})


def law_name(system) -> str:
    """Return the name of a tax-benefit system: that of its reform, if it is one."""
    if isinstance(system, CoreReform):
        return system.name or type(system).__name__
    return "Legge in vigore"


def about(reform: type[CoreReform]) -> str:
    """Return what a reform changes, in a sentence or two: what its YAML file, or its module, says first."""
    is_of_class = hasattr(reform, "text") or reform.__module__ == __name__
    text = reform.__doc__ if is_of_class else sys.modules[reform.__module__].__doc__
    return " ".join((text or "").partition("\n\n")[0].replace("``", "").split())


def files_of(system) -> list[Path]:
    """Return the files in which a reform, and those that it is made of, are written."""
    return list(_files(type(system)))


def _files(reform) -> Iterator[Path]:
    for part in getattr(reform, "parts", ()):
        yield from _files(part)
    if hasattr(reform, "text"):
        yield reform.text.path
    elif file := getattr(sys.modules.get(reform.__module__), "__file__", None):
        yield Path(file)


class ReformFileFinder:
    """Let Python import the YAML reforms of the package: module ``x`` has the class ``x`` of ``x.yaml``."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        """Return where the module comes from, if it is a YAML reform."""
        if name.startswith(f"{PACKAGE_NAME}."):
            for dotted, file in reform_files():
                if file.suffix in YAML and dotted.rpartition(".")[0] == name:
                    return ModuleSpec(name, ReformFileFinder, origin=str(file))
        return None

    @staticmethod
    def create_module(spec):
        """Let Python create the module."""

    @staticmethod
    def exec_module(module):
        """Fill the module with its reform."""
        file = Path(module.__spec__.origin)
        reform = find_reform(str(file))
        module.__doc__ = reform.__doc__
        setattr(module, file.stem, reform)


def _declared(file: Path, within: tuple) -> type[CoreReform]:
    """Return the reform of a YAML file; what is wrong with those that it names is among its problems."""
    within = (*within, file.resolve())
    if not file.is_file():
        raise UnknownReformError(f"il file «{file}» non esiste")
    if within[-1] in within[:-1]:
        chain = " → ".join(path.name for path in within)
        raise UnknownReformError(f"la riforma contiene se stessa: {chain}")
    text = read_reform(file)
    parts = []
    for place, name in enumerate(text.section("riforme", list)):
        try:
            parts.append(find_reform(str(name), file.parent, within))
        except UnknownReformError as error:
            text.report(str(error), "riforme", place)
    if twice := _applied_twice(parts):
        text.report(f"«{twice}» sarebbe applicata due volte", "riforme")
    return declare(text, tuple(parts))


def _applied_twice(parts: Sequence[type]) -> str | None:
    """Return the name of a reform that is among ``parts``, or inside them, more than once."""

    def identities(reform) -> Iterator[object]:
        yield reform.text.path.resolve() if hasattr(reform, "text") else reform
        for part in getattr(reform, "parts", ()):
            yield from identities(part)

    found = [identity for part in parts for identity in identities(part)]
    return next((getattr(x, "stem", None) or x.__name__ for x in found if found.count(x) > 1), None)


def _imported(path: str) -> type[CoreReform]:
    module_name, _, class_name = path.rpartition(".")
    if not all(part.isidentifier() for part in path.split(".")):
        raise UnknownReformError(_unknown(path))
    try:
        reform = getattr(importlib.import_module(module_name), class_name, None)
    except ModuleNotFoundError as error:
        if not f"{module_name}.".startswith(f"{error.name}."):
            raise  # the reform exists, and imports something that does not
        reform = None
    if not (isinstance(reform, type) and issubclass(reform, CoreReform)):
        raise UnknownReformError(_unknown(path))
    return reform


def _unknown(name: str) -> str:
    if name.endswith(".py"):
        dotted = ".".join([*Path(name).with_suffix("").parts, Path(name).stem])
        return (
            f"«{name}»: una riforma in Python si indica con il suo percorso, per esempio {dotted}"
        )
    names = [path.rpartition(".")[2] for path, _ in reform_files()]
    nearest = get_close_matches(name.rpartition(".")[2], names, n=3, cutoff=0.4)
    advice = f"quelle con il nome più vicino: {', '.join(nearest)}" if nearest else ALL
    return f"la riforma «{name}» non esiste; {advice}"
