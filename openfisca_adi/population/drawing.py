"""Drawing a population: random columns from tables of margins. No loop over people or households."""

import numpy as np
import pyarrow as pa


class Draft:
    """A population being drawn: its random numbers, the day it is drawn for, its columns so far.

    ``households`` and ``people`` map the name of a column to its array; names that start with ``_`` are
    working columns, left out of the tables. Columns listed in ``names`` hold codes: positions among those
    names. ``home`` is the household of each person.
    """

    def __init__(self, size, seed, day, names):
        self.size = size
        self.random = np.random.default_rng(seed)
        self.day = np.datetime64(day)
        self.names = names
        self.home = np.arange(0)
        self.households, self.people = {}, {}

    def of_people(self, table, *columns):
        """Return for each person what ``table`` says of the names that these columns hold."""
        return self._lookup(self.people, table, columns)

    def of_households(self, table, *columns):
        """Return for each household what ``table`` says of the names that these columns hold."""
        return self._lookup(self.households, table, columns)

    def _lookup(self, entity, table, columns):
        values = np.array(in_order(table, [self.names[column] for column in columns]))
        return values[tuple(entity[column] for column in columns)]

    def happens(self, probability):
        """Draw a bool for each probability."""
        return self.random.random(len(probability)) < probability

    def among(self, candidates, percentage):
        """Draw which candidates (bools) are concerned by what concerns so many in a hundred."""
        return candidates & (100 * self.random.random(len(candidates)) < percentage)

    def pick(self, shares, rows):
        """Draw a column number for each of ``rows``, with the shares of that row of the table."""
        shares = np.asarray(shares, dtype=float)
        cumulated = shares.cumsum(axis=1) / shares.sum(axis=1, keepdims=True)
        ladder = (cumulated + np.arange(len(shares))[:, None]).ravel()
        place = np.searchsorted(ladder, rows + self.random.random(len(rows)), side="right")
        return np.minimum(place - rows * shares.shape[1], shares.shape[1] - 1)

    def pick_alike(self, shares, count):
        """Draw ``count`` column numbers, all with the same shares."""
        return self.pick([shares], np.zeros(count, dtype=int))

    def spread(self, classes, shares, rows):
        """Draw a number for each of ``rows``: a class with the shares of that row, evenly in it."""
        edges = np.asarray(classes, dtype=float)
        place = self.pick(shares, rows)
        return edges[place] + self.random.random(len(rows)) * np.diff(edges)[place]

    def spread_alike(self, table, count):
        """Draw ``count`` numbers, all with the same ``classi`` and ``quote``."""
        return self.spread(table["classi"], [table["quote"]], np.zeros(count, dtype=int))

    def amounts(self, median, deviation):
        """Draw amounts, lognormal around their medians."""
        return median * np.exp(deviation * self.random.standard_normal(len(median)))

    def days(self, start, end, count):
        """Draw ``count`` days between two dates, both included."""
        length = (np.datetime64(end) - np.datetime64(start)).astype(int)
        return np.datetime64(start) + self.random.integers(0, length + 1, count)

    def total(self, values):
        """Add up values of people by household."""
        return np.bincount(self.home, weights=values, minlength=self.size)

    def table(self, **columns):
        """Return a ``pyarrow.Table`` of columns: codes become names, numbers have two decimals."""
        public = {name: values for name, values in columns.items() if not name.startswith("_")}
        return pa.table({name: self._column(name, values) for name, values in public.items()})

    def _column(self, name, values):
        if name not in self.names:
            return pa.array(np.round(values, 2) if values.dtype.kind == "f" else values)
        codes = pa.array(values, pa.int32())
        return pa.DictionaryArray.from_arrays(codes, pa.array(self.names[name])).cast(pa.string())


def in_order(table, names):
    """Return a table of tables as nested lists, in the order of a list of names for each level."""
    if not names:
        return table
    return [in_order(table[name], names[1:]) for name in names[0]]


def by_age(classes, values, ages):
    """Return for each age the value of its class; 0 below the first class."""
    return np.append(0.0, values)[np.searchsorted(classes, ages, side="right")]
