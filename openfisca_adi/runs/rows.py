"""From the results of some households to rows of the output, in the order of the households."""

from fractions import Fraction

import numpy as np
import pyarrow as pa
from openfisca_core.indexed_enums import EnumArray

from openfisca_adi.dates import NEVER
from openfisca_adi.population.errors import RequestError
from openfisca_adi.runs.sums import exact_sum

#: A row for each month, for the whole period, or none: only the totals.
BY_MONTH, WHOLE, TOTALS = DETAILS = ("mensile", "annuale", "totali")


def check_detail(detail: str, variables, system) -> None:
    """Raise :class:`RequestError` for a variable that cannot be put together over the months."""
    for name in variables if detail == WHOLE else ():
        if system.variables[name].value_type not in (bool, int, float):
            raise RequestError(f"«{name}» non si somma sui mesi: serve il dettaglio {BY_MONTH}")


def rows_of(detail, keys, months, results) -> pa.Table:
    """Return rows of results: ``keys`` are arrays by column, ``results`` by variable and month.

    Over the whole period a number is the sum of its months, a yes or no in how many months it was yes.
    """
    times = 1 if detail == WHOLE else len(months)
    table = {name: _repeated(values, times) for name, values in keys.items()}
    if detail == BY_MONTH:
        places = np.tile(np.arange(len(months), dtype=np.int8), len(keys["peso"]))
        table["mese"] = _words(places, [str(month) for month in months])
    for name, arrays in results.items():
        table[name] = _column(arrays) if detail == BY_MONTH else pa.array(_sum(arrays))
    # Columns that are never empty are said to be so: they are written in half the time.
    schema = pa.schema(
        [pa.field(n, a.type, nullable=pa.types.is_date(a.type)) for n, a in table.items()]
    )
    return pa.table(table, schema=schema)


def totals_of(weights, arrays) -> list[list[Fraction]]:
    """Return by month two exact sums of weights: times the value, and where it is not zero.

    There are none for choices and dates. Raises ``ValueError`` for what is not a finite number.
    """
    if arrays[0].dtype.kind not in "bif" or isinstance(arrays[0], EnumArray):
        return []
    return [_totals(weights, array) for array in arrays]


def _totals(weights, array) -> list[Fraction]:
    (rows,) = np.nonzero(array)
    concerned = weights[rows]
    return [exact_sum(concerned * array[rows]), exact_sum(concerned)]


def _repeated(values, times) -> pa.Array:
    kind = pa.string() if values.dtype == object else None
    return pa.array(np.repeat(values, times), kind)


def _column(arrays) -> pa.Array:
    """Return the values of each item, month after month."""
    values = np.stack([np.asarray(array) for array in arrays], axis=1).ravel()
    if isinstance(arrays[0], EnumArray):
        return _words(values, [item.name for item in arrays[0].possible_values])
    if values.dtype.kind == "M":  # what has not happened is an empty cell
        return pa.array(values, mask=values == NEVER)
    return pa.array(values)


def _words(codes, words) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(words))


def _sum(arrays) -> np.ndarray:
    return np.sum([np.asarray(array) for array in arrays], axis=0)
