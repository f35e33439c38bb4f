"""What reforms of the parameters have in common."""

from functools import reduce

from openfisca_core.parameters import ParameterNode


def freeze(parameters, paths, day):
    """Keep each parameter, from ``day`` on, at the value that it has on that day; return them all."""
    for path in paths:
        parameter = reduce(getattr, path.split("."), parameters)
        parameter.update(start=day, value=parameter(day))
    return parameters


def set_from(parameters, path, day, value):
    """Give a parameter another value from ``day`` on; return them all."""
    reduce(getattr, path.split("."), parameters).update(start=day, value=value)
    return parameters


def overlay(parameters, folder):
    """Put the parameter files of a folder in the place of those with the same path, add the others; return them all."""
    _overlay(parameters, ParameterNode("", directory_path=str(folder)))
    return parameters


def _overlay(node, other):
    for name, child in other.children.items():
        if name in node.children and isinstance(child, ParameterNode):
            _overlay(node.children[name], child)
        else:
            node.children[name] = child
            setattr(node, name, child)
