"""What the calendar can change: which variables to look at in each month, given what formulas read."""

import datetime
from itertools import pairwise

from openfisca_core.parameters import Parameter, ParameterScale
from openfisca_core.periods import DateUnit

from openfisca_adi.population.reads import Reads, use_of_period
from openfisca_adi.population.schema import PEOPLE


class Watch:
    """The variables that tell whose results may differ from those of the month before.

    * ``looks_elsewhere``: some formula does more with its period than read it and pass it on: nothing can be
      said, and every month must be computed;
    * ``steps``: for each month after the first, the variables to compare with the month before, and those
      that they need, whose values are for certain those of the month before.

    ``by_month`` are the inputs given by month, ``wanted`` the results.
    """

    def __init__(self, system, reads: Reads, months, by_month: set[str], wanted):
        self.system, self.reads = system, reads
        self.readers = {}
        for reader, names in reads.variables.items():
            for name in names:
                self.readers.setdefault(name, set()).add(reader)
        names = {*reads.variables, *self.readers}
        uses = {name: {use_of_period(f) for f in self._formulas(name).values()} for name in names}
        self.looks_elsewhere = bool(reads.elsewhere) or any("else" in u for u in uses.values())
        dated = {name for name in names if "day" in uses[name]} | by_month & names
        steps = pairwise(months)
        self.steps = [self._step(dated | self._beginning(names, *step), wanted) for step in steps]

    def _step(self, sources, wanted) -> tuple[list[str], list[str]]:
        touched = self._touched(sources)
        watched = self._with_answers(sources, touched)
        answers = [n for n in watched if n in wanted or not self.readers.get(n, set()) <= watched]
        kept, found = set(), watched
        while found:  # what is computed for the answers, down to what is not touched
            read = set().union(*(self.reads.variables.get(name, ()) for name in found))
            kept |= read - touched
            watched, found = watched | read, (read & touched) - watched
        return answers, [n for n in kept if self._formulas(n) and not self._is_eternal(n)]

    def _formulas(self, name):
        return self.system.variables[name].formulas

    def _is_eternal(self, name):
        return self.system.variables[name].definition_period == DateUnit.ETERNITY

    def _touched(self, sources) -> set[str]:
        """Return the sources and whatever reads them, directly or not."""
        touched, found = set(sources), set(sources)
        while found:
            found = set().union(*(self.readers.get(name, ()) for name in found)) - touched
            touched |= found
        return {name for name in touched if not self._is_eternal(name)}

    def _with_answers(self, sources, touched) -> set[str]:
        """Return the sources and the facts of people that follow directly from them.

        A number or a date changes often (an age), the facts it leads to seldom: they are worth computing where
        that needs nothing else that the calendar changes.
        """
        watched = set(sources)
        numbers = {name for name in watched if not self._is_answer(name)}
        while numbers:
            found = set().union(*(self.readers.get(name, ()) for name in numbers)) - watched
            found = {name for name in found if self.system.variables[name].entity.plural == PEOPLE}
            while lacking := {
                n for n in found if (self.reads.variables[n] & touched) - watched - found
            }:
                found -= lacking
            watched |= found
            numbers = {name for name in found if not self._is_answer(name)}
        return watched

    def _is_answer(self, name) -> bool:
        return self.system.variables[name].value_type is bool

    def _beginning(self, names, before, month) -> set[str]:
        """Return the variables of which a formula or a parameter begins, or ends, after ``before`` and by ``month``."""
        after, until = str(before.start), str(month.start)
        found = set()
        for name in names:
            variable = self.system.variables[name]
            dates = [*variable.formulas]
            if variable.end:
                dates.append(str(variable.end + datetime.timedelta(days=1)))
            for path in self.reads.parameters.get(name, ()):
                dates += self._dates(path)
            if any(after < date <= until for date in dates):
                found.add(name)
        return found

    def _dates(self, path) -> list[str]:
        """Return the dates on which a parameter, or one in a node of parameters, gets another value."""
        node = self.system.parameters
        for part in path.split("."):
            node = node.children[part]
        nodes = [node, *node.get_descendants()]
        brackets = [
            b for scale in nodes if isinstance(scale, ParameterScale) for b in scale.brackets
        ]
        nodes += [leaf for bracket in brackets for leaf in bracket.get_descendants()]
        leaves = [leaf for leaf in nodes if isinstance(leaf, Parameter)]
        return [value.instant_str for leaf in leaves for value in leaf.values_list]
