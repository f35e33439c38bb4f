"""What formulas say about the members of a household, vectorised.

``persona`` and ``nucleo`` are the populations that a formula receives. A condition is an array of bool
with one item per person; results have one item per person or per household, as each docstring says.
"""

import numpy as np

from openfisca_adi.dates import NEVER


def any_member(nucleo, condition):
    """Per household: does ``condition`` hold for some member?

    Like ``nucleo.any``, three times faster where the condition holds for few people, as it looks at those;
    slower where it holds for most.
    """
    found = np.zeros(nucleo.count, dtype=bool)
    found[nucleo.members_entity_id[condition]] = True
    return found


def one_of(values, *names):
    """Per item: is an ``EnumArray`` one of the possible values with these names?"""
    codes = values.view(np.ndarray)
    if len(names) == 1:
        return codes == values.possible_values[names[0]].index
    return np.array([item.name in names for item in values.possible_values])[codes]


class Rows:
    """The people of a simulation about whom ``condition`` holds: for rules that concern few.

    ``rows("x")`` is the variable ``x`` of those people in ``period``, ``rows.nucleo("x")`` that of their
    households; ``rows.spread(values)`` puts one value per row back among all the people.
    """

    def __init__(self, persona, period, condition):
        self.persona, self.period = persona, period
        (self.indices,) = np.nonzero(condition)

    def __call__(self, name):
        return self.persona(name, self.period)[self.indices]

    def nucleo(self, name):
        """Return the variable ``name`` of the household of each row."""
        nucleo = self.persona.nucleo.reference_entity
        return nucleo(name, self.period)[nucleo.members_entity_id[self.indices]]

    def sum(self, values):
        """Return one item per household: the sum of ``values``, one per row."""
        nucleo = self.persona.nucleo.reference_entity
        household = nucleo.members_entity_id[self.indices]
        return np.bincount(household, weights=values, minlength=nucleo.count)

    def spread(self, values, elsewhere=False):
        """Return an array with one item per person: ``values`` on the rows, ``elsewhere`` for the others."""
        everybody = np.full(self.persona.count, elsewhere, dtype=values.dtype)
        everybody[self.indices] = values
        return everybody


def first_of_household(persona, period, candidates, *criteria):
    """Per person: is this the candidate of the household who comes first?

    First by the lowest ``criteria`` (bools, or coefficients compared in hundredths; the most important one
    first), then in listing order.
    """
    (rows,) = np.nonzero(candidates)
    if 2 * len(rows) > len(candidates):
        rows = slice(None)  # nearly everybody: cheaper to compute them all
    nucleo = persona.nucleo.reference_entity
    household = nucleo.members_entity_id[rows]
    key = np.zeros(len(household), dtype=np.int64)
    for criterion in criteria:
        values = criterion[rows]
        if values.dtype != bool:
            values = np.rint(values * 100).astype(np.int64)
        key = key * (int(values.max(initial=0)) + 1) + values
    order = persona("ordine_elencazione", period)[rows]
    key = key * (int(order.max(initial=0)) + 1) + order
    last = np.iinfo(np.int64).max
    key = np.where(candidates[rows], key, last)
    lowest = np.full(nucleo.count, last)
    np.minimum.at(lowest, household, key)
    chosen = np.zeros(persona.count, dtype=bool)
    chosen[rows] = (key == lowest[household]) & (key != last)
    return chosen


def place_in_household(persona, period, members):
    """Per person: 1, 2, 3… among the ``members`` of the own household, in listing order; 0 for others."""
    places = np.zeros(persona.count, dtype=np.int32)
    (rows,) = np.nonzero(members)
    household = persona.nucleo.reference_entity.members_entity_id[rows]
    listed = persona("ordine_elencazione", period)[rows]
    # Stable sorts are fast on people who are already in order.
    order = np.argsort(household * (int(listed.max(initial=0)) + 1) + listed, kind="stable")
    household = household[order]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = household[1:] != household[:-1]
    (starts,) = np.nonzero(first)
    sizes = np.diff(starts, append=len(rows))
    places[rows[order]] = np.arange(1, len(rows) + 1) - np.repeat(starts, sizes)
    return places


def earliest(nucleo, dates):
    """Per household: the earliest of the dates of its members; ``NEVER`` without members."""
    first = np.full(nucleo.count, NEVER)
    np.minimum.at(first, nucleo.members_entity_id, dates)
    return first
