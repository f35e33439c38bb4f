"""Check what jurists write: the parameters, the reforms and the cases, all or some of them."""

from dataclasses import replace
from pathlib import Path

from openfisca_adi import LAW
from openfisca_adi.checks.cases import check_cases
from openfisca_adi.checks.parameters import Problem, check_parameters
from openfisca_adi.checks.reforms import is_reform
from openfisca_adi.checks.tables import check_tables
from openfisca_adi.reform_files import ReformFileError
from openfisca_adi.reform_names import FOLDER, UnknownReformError, find_reform
from openfisca_adi.system import CountryTaxBenefitSystem, default_system

PARAMETERS, REFORMS, CASES = "parameters", "reforms", "tests"


def check_law(path: Path | None = None) -> list[Problem]:
    """Return the problems of the files in a path: of the whole package, if none is given.

    In a folder that has ``parameters``, ``reforms`` or ``tests`` in it, these are checked. A file with the
    keys of a reform is one, wherever it stands; a path below one of these folders is of its kind, any
    other one of cases.
    """
    root = path or LAW
    parts = [root / name for name in CHECKS if (root / name).is_dir()] or [root]
    problems = []
    for part in parts:
        kind = _kind(part)
        if kind != PARAMETERS and (wrong := check_parameters(LAW / PARAMETERS)):
            # with a wrong parameter there is no system to check the others with
            return problems or [replace(each, file=f"{PARAMETERS}/{each.file}") for each in wrong]
        for problem in CHECKS[kind](part):
            file = part if part.is_file() else part / problem.file
            shown = file if path else file.relative_to(LAW)
            problems.append(replace(problem, file=str(shown)))
    return problems


def _kind(path: Path) -> str:
    """Return the folder to which a path belongs: that of the reforms for one, else the innermost."""
    if path.is_file() and is_reform(path):
        return REFORMS
    names = [name for name in path.resolve().parts if name in CHECKS]
    return names[-1] if names else CASES


def _check_parameters(path: Path) -> list[Problem]:
    folder = path if path.is_dir() else path.parent
    problems = check_parameters(folder)
    if not problems and folder.resolve().is_relative_to((LAW / PARAMETERS).resolve()):
        problems = check_tables(folder, CountryTaxBenefitSystem())
    return problems if path.is_dir() else [each for each in problems if each.file == path.name]


def _check_reforms(path: Path) -> list[Problem]:
    """Check the YAML reforms, and the parameters of the structural ones; Python reforms are code."""
    if path.is_file():
        return [] if path.suffix == ".py" else _check_reform(path, path.name)
    problems = []
    for folder in sorted(path.rglob(PARAMETERS)):
        place = folder.relative_to(path).as_posix()
        problems += [
            replace(each, file=f"{place}/{each.file}") for each in check_parameters(folder)
        ]
    for file in sorted(path.rglob("*.yaml")):
        if PARAMETERS not in file.relative_to(path).parts:
            problems += _check_reform(file, file.relative_to(path).as_posix())
    return problems


def _check_reform(file: Path, name: str) -> list[Problem]:
    problems = []
    try:
        if file.resolve().is_relative_to(FOLDER):
            find_reform(file.stem)
    except UnknownReformError as error:  # another one has the same name
        problems.append(Problem(name, "", str(error)))
    try:
        find_reform(str(file))(default_system())
    except ReformFileError as error:
        # those of a reform that this one names keep the name of their file
        problems += [
            replace(each, file=name)
            if each.file == str(file)
            else Problem(name, "riforme", str(each))
            for each in error.problems
        ]
    return problems


def _check_cases(path: Path) -> list[Problem]:
    return check_cases(path, CountryTaxBenefitSystem())


#: How the files of each folder are checked, in this order.
CHECKS = {PARAMETERS: _check_parameters, REFORMS: _check_reforms, CASES: _check_cases}
