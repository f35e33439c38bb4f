"""How uncertain the results of a sample are: standard errors by replicate weights.

Every result is computed again with each set of replicate weights; its standard error is the root of the mean
squared distance from the result with the weights of the data. The sets are in the data (columns
``peso_replica_1``, ``peso_replica_2``…), or are drawn from its strata and primary units with the rescaled
bootstrap of Rao and Wu (1988): in each stratum of n units n - 1 are drawn with replacement, and count
n / (n - 1) times each.
"""

import re

import numpy as np
import pandas as pd

from openfisca_adi.population.errors import RequestError
from openfisca_adi.population.schema import REPLICATE

STRATUM, UNIT = "strato", "unita_primaria"
#: How many sets are drawn, and the seed that makes them always the same.
DRAWS, SEED = 200, 48
NONE = (
    "nessuno: i dati non hanno pesi replicati (peso_replica_1…) né strati o unità primarie "
    "(strato, unita_primaria); l'incertezza campionaria non si può calcolare"
)


def all_weights(population) -> tuple[np.ndarray, str]:
    """Return the weights of the data and below them their replicates, and how errors are estimated.

    Shape: ``(1 + replicates, households)``; one row if the data do not tell how they were drawn.
    """
    columns = population.descriptive
    replicates = sorted(
        (name for name in columns if re.fullmatch(REPLICATE, name)),
        key=lambda name: int(name.rpartition("_")[2]),
    )
    own = population.weights
    if replicates:
        sets = [_numbers(columns[name], name) for name in replicates]
        return np.array([own, *sets]), f"{len(sets)} pesi replicati dei dati"
    if STRATUM not in columns and UNIT not in columns:
        return own[None, :], NONE
    units, strata = _design(columns, len(own))
    if len(strata) == 1:
        return own[None, :], NONE
    drawn = own * bootstrap(units, strata)
    design = " e ".join(name for name in (STRATUM, UNIT) if name in columns)
    return np.vstack([own, drawn]), f"bootstrap riscalato di {DRAWS} repliche ({design})"


def bootstrap(units, strata, draws=DRAWS, seed=SEED) -> np.ndarray:
    """Return how many times each household counts in each draw. Shape: ``(draws, households)``.

    ``units`` (of each household) and ``strata`` (of each unit) are indices. Strata of one unit alone are put
    together; if that leaves one unit, it joins the first stratum.
    """
    random = np.random.default_rng(seed)
    strata = _without_lonely(strata)
    order = np.argsort(strata, kind="stable")  # the units of a stratum side by side
    sizes = np.bincount(strata)
    sizes = sizes[sizes > 0]
    starts = np.cumsum(sizes) - sizes
    drawn = np.repeat(np.arange(len(sizes)), sizes - 1)
    scale = np.repeat(sizes / np.maximum(sizes - 1, 1), sizes)
    counts = np.empty((draws, len(strata)))
    for draw in range(draws):
        picked = starts[drawn] + np.floor(random.random(len(drawn)) * sizes[drawn]).astype(int)
        counts[draw, order] = np.bincount(picked, minlength=len(strata)) * scale
    return counts[:, units]


def _numbers(cells, name) -> np.ndarray:
    numbers = pd.to_numeric(cells, errors="coerce").to_numpy(float, na_value=np.nan)
    (wrong,) = np.nonzero(~(numbers >= 0))
    if len(wrong):
        row, found = wrong[0] + 1, cells.iloc[wrong[0]]
        raise RequestError(f"nuclei, riga {row}, colonna {name}: «{found}» non è un peso")
    return numbers


def _without_lonely(strata) -> np.ndarray:
    strata = np.unique(strata, return_inverse=True)[1]
    lonely = np.bincount(strata)[strata] == 1
    if lonely.sum() == 1 and not lonely.all():
        return np.where(lonely, strata[~lonely][0], strata)
    return np.where(lonely, strata.max() + 1, strata)


def _design(columns, households):
    """Return the primary unit of each household, and the stratum of each unit."""
    stratum = _codes(columns.get(STRATUM), households, same=True)
    unit = _codes(columns.get(UNIT), households, same=False)
    nested = pd.MultiIndex.from_arrays([stratum, unit])
    units, pairs = pd.factorize(nested)
    return units, np.array([pair[0] for pair in pairs])


def _codes(cells, households, same):
    if cells is None:
        return np.zeros(households, int) if same else np.arange(households)
    return pd.factorize(cells, use_na_sentinel=False)[0]


def spread(values) -> np.ndarray | None:
    """Return the standard error of results whose first axis is that of :func:`all_weights`; None without."""
    if len(values) == 1:
        return None
    return np.sqrt(np.mean((values[1:] - values[0]) ** 2, axis=0))
