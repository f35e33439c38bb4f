"""Check what jurists write: the parameters and the cases, all or some of them."""

from dataclasses import replace
from pathlib import Path

from openfisca_adi import LAW
from openfisca_adi.checks.cases import check_cases
from openfisca_adi.checks.parameters import Problem, check_parameters
from openfisca_adi.checks.tables import check_tables
from openfisca_adi.system import CountryTaxBenefitSystem

PARAMETERS, CASES = "parameters", "tests"


def check_law(path: Path | None = None) -> list[Problem]:
    """Return the problems of the files in a path: of the whole package, if none is given.

    In a folder that has ``parameters`` or ``tests`` in it, these are checked, and the ``parameters`` of its
    ``reforms``; a path below a folder ``parameters`` is one of parameters, any other one of cases.
    """
    root = path or LAW
    own = [root / PARAMETERS, *sorted((root / "reforms").rglob(PARAMETERS)), root / CASES]
    parts = [part for part in own if part.is_dir()] or [root]
    problems = []
    for part in parts:
        names = [name for name in part.resolve().parts if name in (PARAMETERS, CASES)]
        check = _check_parameters if names[-1:] == [PARAMETERS] else _check_cases
        if check is _check_cases and (wrong := check_parameters(LAW / PARAMETERS)):
            # with a wrong parameter there is no system to check the cases with
            return problems or [replace(each, file=f"{PARAMETERS}/{each.file}") for each in wrong]
        for problem in check(part):
            file = part if part.is_file() else part / problem.file
            shown = file if path else file.relative_to(LAW)
            problems.append(replace(problem, file=str(shown)))
    return problems


def _check_parameters(path: Path) -> list[Problem]:
    folder = path if path.is_dir() else path.parent
    problems = check_parameters(folder)
    if not problems and folder.resolve().is_relative_to((LAW / PARAMETERS).resolve()):
        problems = check_tables(folder, CountryTaxBenefitSystem())
    return problems if path.is_dir() else [each for each in problems if each.file == path.name]


def _check_cases(path: Path) -> list[Problem]:
    return check_cases(path, CountryTaxBenefitSystem())
