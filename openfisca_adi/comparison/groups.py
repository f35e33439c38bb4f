"""Groups of households: by any column of the data, by what the law counts, by decile of income."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from openfisca_adi.comparison.indicators import quantile, quantile_groups
from openfisca_adi.population.errors import RequestError, nearest
from openfisca_adi.population.schema import BOOL, CHOICE, DATE, HOUSEHOLDS, population_columns
from openfisca_adi.text import number

#: The columns that results are grouped by without being asked, where the data have them.
AREAS = ("ripartizione", "regione")
SIZES = ("1", "2", "3", "4", "5 e più")
TYPES = (
    "Una persona sola",
    "Più adulti, senza minori",
    "Un adulto con minori",
    "Più adulti con minori",
    "Nessun adulto",
)
MISSING = "non indicata"
DECILES = 10
#: Beyond so many values numbers are put into classes, and words are refused.
MANY_NUMBERS, MANY_WORDS = 20, 50
#: From here on the bounds of a class are written without decimals.
WHOLE = 100


@dataclass(frozen=True)
class Group:
    """Households by label: ``codes`` are indices of ``labels``, one per household; -1 is none of them."""

    name: str
    labels: tuple[str, ...]
    codes: np.ndarray

    def totals(self, measures, weights, of=slice(None)) -> np.ndarray:
        """Return the weighted sums of measures by label.

        ``measures`` and ``weights`` are sequences of arrays of one item per household, or per household that
        ``of`` (indices) picks out. Shape: ``(weights, labels, measures)``.
        """
        codes = self.codes[of] + 1
        sums = [
            [np.bincount(codes, w * m, len(self.labels) + 1)[1:] for m in measures] for w in weights
        ]
        return np.swapaxes(np.array(sums), 1, 2)


def all_households(count) -> Group:
    """Return the one group of everybody."""
    return Group("totale", ("tutti i nuclei",), np.zeros(count, np.int8))


def categories(has: dict[str, np.ndarray]) -> list[Group]:
    """Return a group for each category: a household may have more than one."""
    return [
        Group("categoria", (name,), members.astype(np.int8) - 1) for name, members in has.items()
    ]


def by_size(people) -> Group:
    """Return the households by number of members."""
    codes = np.minimum(people, len(SIZES)).astype(np.int8) - 1
    return Group("componenti", SIZES, codes)


def by_type(people, minors) -> Group:
    """Return the households by type, from their members and those of them who are minors."""
    adults = people - minors
    cases = [people == 1, minors == 0, adults == 1, adults > 1]
    return Group("tipologia", TYPES, np.select(cases, range(len(cases)), len(cases)))


def by_decile(incomes, weights, order) -> Group:
    """Return the households by decile of equivalised income, whose ``order`` is given; ``weights`` count people."""
    codes = np.empty(len(order), np.int8)
    codes[order] = quantile_groups(incomes[order], weights[order], DECILES)
    labels = tuple(f"{n}°" for n in range(1, DECILES + 1))
    return Group("decile", labels, codes)


def by_column(population, column: str, system) -> Group:
    """Return the households by a column of their table, descriptive or an input.

    Numbers of more than :data:`MANY_NUMBERS` values become classes with (about) a tenth of the households
    each. Raises :class:`RequestError` if there is no such column, or its words are too many.
    """
    if column in population.descriptive:
        cells = population.descriptive[column]
    elif column in population.households:
        cells = _input(population, column, system)
    else:
        raise RequestError(_unknown(population, column))
    if pd.api.types.is_bool_dtype(cells):
        cells = cells.map({True: "vero", False: "falso"})
    codes, values = pd.factorize(cells)
    is_number = pd.api.types.is_numeric_dtype(cells)
    if is_number and len(values) > MANY_NUMBERS:
        return _classes(column, cells, population.weights)
    if len(values) > MANY_WORDS:
        raise RequestError(
            f"«{column}» ha {len(values)} valori diversi: per raggruppare se ne ammettono {MANY_WORDS}"
        )
    if is_number:
        order = np.argsort(np.argsort(values))
        labels = tuple(f"{value:g}" for value in np.sort(values))
    else:
        words = [str(value).strip() or None for value in values]
        order, labels = pd.factorize(np.array(words, object), sort=True)
    codes = np.where(codes < 0, -1, order[codes])
    if (codes < 0).any():
        codes = np.where(codes < 0, len(labels), codes)
        labels = (*labels, MISSING)
    return Group(column, tuple(labels), codes)


def _input(population, column, system) -> pd.Series:
    values = population.households[column]
    kind = population_columns(system, HOUSEHOLDS)[column.partition("@")[0]]
    if kind.type == CHOICE:
        return pd.Series(np.array(kind.values)[values])
    cells = pd.Series(values == 1 if kind.type == BOOL else values)
    if kind.type == DATE:
        cells = cells.dt.year.astype(str)
    known = population.given.get(column)
    return cells if known is None else cells.where(known)


def _classes(column, cells, weights) -> Group:
    values = cells.to_numpy(float, na_value=np.nan)
    known = ~np.isnan(values)
    shares = np.arange(1, DECILES) / DECILES
    bounds = np.unique(quantile(values[known], weights[known], shares))
    texts = [
        number(bound, 0 if bound >= WHOLE or bound.is_integer() else 2) for bound in bounds.tolist()
    ]
    first = texts[0] if bounds[0] == values[known].min() else f"fino a {texts[0]}"
    between = (f"da {a} a {b}" for a, b in pairwise(texts))
    labels = (first, *between, f"oltre {texts[-1]}")
    codes = np.searchsorted(bounds, values)
    if not known.all():
        codes, labels = np.where(known, codes, len(labels)), (*labels, MISSING)
    return Group(column, labels, codes)


def _unknown(population, column) -> str:
    if column in population.people or f"persone.{column}" in population.ignored:
        return f"«{column}» è una colonna delle persone: per raggruppare ne serve una dei nuclei"
    names = [*population.descriptive, *population.households]
    return f"i nuclei non hanno la colonna «{column}»{nearest(column, names)}"
