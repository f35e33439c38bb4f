"""What formulas say about the members of a household, vectorised.

``persona`` and ``nucleo`` are the populations that a formula receives. A condition is an array of bool
with one item per person; results have one item per person or per household, as each docstring says.
"""

import numpy as np

from openfisca_adi.dates import NEVER


def any_member(nucleo, condition):
    """Per household: does ``condition`` hold for some member?

    Like ``nucleo.any``, three times faster where the condition holds for few people: it looks at those.
    """
    found = np.zeros(nucleo.count, dtype=bool)
    found[nucleo.members_entity_id[condition]] = True
    return found


def one_of(values, *names):
    """Per item: is an ``EnumArray`` one of the possible values with these names?"""
    chosen = np.array([item.name in names for item in values.possible_values])
    return chosen[values.view(np.ndarray)]


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

    def spread(self, values, elsewhere=False):
        """Return an array with one item per person: ``values`` on the rows, ``elsewhere`` for the others."""
        everybody = np.full(self.persona.count, elsewhere, dtype=values.dtype)
        everybody[self.indices] = values
        return everybody


def first_of_household(persona, period, candidates, *criteria):
    """Per person: is this the candidate of the household who comes first?

    First by the lowest ``criteria`` (arrays of non-negative integers or bools, the most important one
    first), then in listing order.
    """
    chosen = np.zeros(persona.count, dtype=bool)
    (indices,) = np.nonzero(candidates)
    if not len(indices):
        return chosen
    key = np.zeros(len(indices), dtype=np.int64)
    for criterion in (*criteria, persona("ordine_elencazione", period)):
        values = criterion[indices]
        key = key * (int(values.max()) + 1) + values
    nucleo = persona.nucleo.reference_entity
    household = nucleo.members_entity_id[indices]
    lowest = np.full(nucleo.count, np.iinfo(np.int64).max)
    np.minimum.at(lowest, household, key)
    chosen[indices] = key == lowest[household]
    return chosen


def place_in_household(persona, period, members):
    """Per person: 1, 2, 3… among the ``members`` of the own household, in listing order; 0 for others."""
    places = np.zeros(persona.count, dtype=np.int32)
    (indices,) = np.nonzero(members)
    household = persona.nucleo.reference_entity.members_entity_id[indices]
    order = np.lexsort((persona("ordine_elencazione", period)[indices], household))
    _, starts, sizes = np.unique(household[order], return_index=True, return_counts=True)
    places[indices[order]] = np.arange(1, len(indices) + 1) - np.repeat(starts, sizes)
    return places


def earliest(nucleo, dates):
    """Per household: the earliest of the dates of its members; ``NEVER`` without members."""
    first = np.full(nucleo.count, NEVER)
    np.minimum.at(first, nucleo.members_entity_id, dates)
    return first
