"""What tells whether results are still those of the code, the law and the request."""

import functools
import hashlib
import inspect
import json
from importlib.metadata import version
from pathlib import Path

from openfisca_core.parameters import Parameter

from openfisca_adi import LAW, PACKAGE

#: Whose version may change a result.
LIBRARIES = ("numpy", "openfisca-core", "pandas", "pyarrow")
#: What is not code of the package: notes that Python and editors leave.
CODE = (".py", ".yaml", ".json")


def identity_of(system, request=None) -> str:
    """Return a hash of the package, the libraries, a tax-benefit system and a request."""
    found = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode())
    found.update(str([(name, version(name)) for name in LIBRARIES]).encode())
    for parameter in system.parameters.get_descendants():
        if isinstance(parameter, Parameter):
            values = [(value.instant_str, value.value) for value in parameter.values_list]
            found.update(str((parameter.name, values)).encode())
    own = set(_code())
    for name, variable in sorted(system.variables.items()):
        source = _source(type(variable))
        formulas = [(day, formula.__code__.co_code) for day, formula in variable.formulas.items()]
        fact = (variable.default_value, variable.is_neutralized, type(variable).__qualname__)
        found.update(str((name, source, formulas, fact)).encode())
        own.add(source)
    for content in sorted(map(_content, own - {None})):
        found.update(content)
    return found.hexdigest()


def _code() -> list[Path]:
    folders = {PACKAGE, LAW / "parameters", LAW / "variables", LAW / "reforms"}
    return sorted({path for folder in folders for path in folder.rglob("*") if path.suffix in CODE})


@functools.cache
def _content(path: Path) -> bytes:
    """Return a file's name and content: as it was when first asked, since Python does not read it again."""
    return path.name.encode() + path.read_bytes()


def _source(kind: type) -> Path | None:
    """Return the file in which a class is written, if it is in a file."""
    try:
        file = inspect.getsourcefile(kind)
    except TypeError:
        return None
    return Path(file) if file and Path(file).is_file() else None
