"""What reforms of the parameters have in common: finding, freezing and multiplying them."""

import math
from functools import reduce

from openfisca_core.parameters import Parameter, ParameterNode

from openfisca_adi.checks.parameters import UNITS


def freeze(parameters, paths, day):
    """Keep each parameter, from ``day`` on, at the value that it has on that day; return them all."""
    for path in paths:
        parameter = reduce(getattr, path.split("."), parameters)
        parameter.update(start=day, value=parameter(day))
    return parameters


def find_parameter(parameters, path) -> Parameter | ParameterNode | None:
    """Return the parameter, or the folder of parameters, with this path; None if there is none."""
    found = parameters
    for name in path.split("."):
        found = getattr(found, "children", {}).get(name)
    return found


def unit_of(parameters, path) -> str | None:
    """Return the unit of a parameter: its own, or that of the table in which it is a row."""
    table = find_parameter(parameters, path.rpartition(".")[0]) or parameters
    parameter = find_parameter(parameters, path)
    return parameter.metadata.get("unit") or table.metadata.get("unit")


def multiplied(parameter, factors, unit) -> dict[str, object]:
    """Return the values of a parameter, by date, from the first of the dates of ``factors`` on.

    ``factors`` are numbers by date: each multiplies the values of the law from its date to the next. The
    results have as many decimals as ``unit`` allows: amounts are rounded to the cent, half up.
    """
    first = min(factors)
    later = {value.instant_str for value in parameter.values_list if value.instant_str > first}

    def product(value, factor):
        if isinstance(value, list):
            return [product(item, factor) for item in value]
        return _rounded(value * factor, UNITS.get(unit, {}).get("decimals"))

    return {
        day: product(parameter(day), factors[max(start for start in factors if start <= day)])
        for day in sorted({*factors, *later})
    }


def _rounded(value, decimals):
    """Round half up, as :func:`openfisca_adi.money.to_cent` does; coefficients only lose binary dust."""
    if decimals is None:
        return round(value, 10)
    units = math.floor(round(value * 10**decimals, 6) + 0.5)
    return units / 10**decimals if decimals else units
