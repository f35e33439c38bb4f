"""What reforms of the parameters have in common."""

from functools import reduce


def freeze(parameters, paths, day):
    """Keep each parameter, from ``day`` on, at the value that it has on that day; return them all."""
    for path in paths:
        parameter = reduce(getattr, path.split("."), parameters)
        parameter.update(start=day, value=parameter(day))
    return parameters
