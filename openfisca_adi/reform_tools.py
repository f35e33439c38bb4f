"""What reforms of the parameters have in common."""

from functools import reduce
from pathlib import Path

from openfisca_core.parameters import ParameterNode


def freeze(parameters, paths, day):
    """Keep each parameter, from ``day`` on, at the value that it has on that day; return them all."""
    for path in paths:
        parameter = _at(parameters, path)
        parameter.update(start=day, value=parameter(day))
    return parameters


def set_from(parameters, path, day, value):
    """Give a parameter another value from ``day`` on; return them all."""
    _at(parameters, path).update(start=day, value=value)
    return parameters


def with_own_parameters(parameters, reform_file):
    """Add the parameters in ``parameters/NAME`` beside the file ``NAME.py`` of a reform; return them all.

    The folder has the tree of the law: a parameter with the same path takes the place of the law's.
    """
    file = Path(reform_file)
    own = ParameterNode(directory_path=str(file.parent / "parameters" / file.stem))
    _put(own, parameters)
    return parameters


def _at(parameters, path):
    return reduce(getattr, path.split("."), parameters)


def _put(own, law):
    for name, child in own.children.items():
        if isinstance(child, ParameterNode) and name in law.children:
            _put(child, law.children[name])
        else:
            law.children.pop(name, None)
            law.add_child(name, child)
