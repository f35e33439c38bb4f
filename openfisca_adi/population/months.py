"""The months of a simulation: what cannot have changed since the month before is not computed again.

The first month is computed for everybody. From then on a household's results change only through what looks
at the calendar: formulas that read the day of the month, formulas and parameters that begin on that month,
inputs given by month. These variables, and the answers to which they directly lead ("is a minor"), are
computed for everybody (:class:`Watch`). Where no answer has changed, the results are those of the month
before; the households where one has are computed whole.

What formulas read is recorded while they run. When something new turns up, what was computed without
knowing it is computed again. Variables that look at other months (the procedure) are computed every month.
"""

from dataclasses import dataclass, replace

import numpy as np

from openfisca_adi.population.population import Population
from openfisca_adi.population.reads import Reads
from openfisca_adi.population.schema import HOUSEHOLDS, PEOPLE
from openfisca_adi.population.simulation import build_simulation, forget_month
from openfisca_adi.population.watch import Watch


class OutdatedError(Exception):
    """Something was computed before it was known what it depends on: start it again."""


#: So many households are worth computing by themselves.
MANY = 4_000


@dataclass
class Change:
    """The rows of people and of households whose results may change in a month.

    ``values`` are their results by variable, once computed; until then they are kept as a ``population``.
    """

    rows: dict[str, np.ndarray]
    population: Population | None
    values: dict[str, np.ndarray] | None = None


@dataclass
class Started:
    """A population whose first month is computed.

    ``results`` are by variable the arrays of each month, as far as they are known; ``changes`` are by month what
    is still to compute, None where nothing is.
    """

    results: dict[str, list[np.ndarray]]
    changes: list[Change | None]
    watch: Watch


class Months:
    """The computation of ``variables`` in consecutive ``months`` (periods) under ``system``.

    One object serves populations with the same columns and learns from each of them: :meth:`start` each, then
    :meth:`finish` them together, since few households cost almost as much as many.
    """

    def __init__(self, system, variables, months):
        self.system, self.variables, self.months = system, list(variables), months
        self.reads, self._watch, self._known = Reads(), None, 0

    def entity_of(self, name: str) -> str:
        """Return whether a variable is of "persone" or of "nuclei"."""
        return self.system.variables[name].entity.plural

    @property
    def variables_read(self) -> set[str]:
        """The names of the variables that were read so far."""
        return set(self.reads.variables).union(*self.reads.variables.values())

    def results(self, population: Population) -> dict[str, list[np.ndarray]]:
        """Return by variable the results of each month, one array with an item per row of its entity."""
        while True:
            started = self.start(population)
            try:
                self.finish([started])
            except OutdatedError:
                continue
            return started.results

    def start(self, population: Population) -> Started:
        """Compute the first month of a population, and find out who changes in the others."""
        if self._watch and self._watch.looks_elsewhere:
            return Started(self._every_month(population), [None], self._watch)
        first = self.months[0]
        simulation = build_simulation(population, self.system, self.months, past=False)
        self.reads.watch(simulation)
        results = {name: [simulation.calculate(name, first)] for name in self.variables}
        self._learn(population)
        watch, changes = self._watch, [None]
        if watch.looks_elsewhere:
            return Started(self._every_month(population), changes, watch)
        # As long as this is the simulation of everybody: who the `richiedente` is may be assumed by it.
        applicants = simulation.calculate("e_richiedente", first)
        population = replace(population, applicants=applicants)
        for place in range(1, len(self.months)):
            changes.append(self._change(simulation, population, place))
            forget_month(simulation, self.months[place - 1])
        self._learn(population)
        return Started(results, changes, watch) if self._watch is watch else self.start(population)

    def finish(self, started: list[Started]) -> None:
        """Complete the results of all months; raises :class:`OutdatedError` if some must be started again."""
        for place in range(1, len(self.months)):
            going_on = [each for each in started if len(each.changes) > place]
            changes = [each.changes[place] for each in going_on if each.changes[place]]
            self._compute([change for change in changes if change.values is None], place)
            for each in going_on:
                change = each.changes[place]
                for name, arrays in each.results.items():
                    arrays.append(arrays[-1])
                    if change:
                        arrays[-1] = arrays[-1].copy()
                        arrays[-1][change.rows[self.entity_of(name)]] = change.values[name]
                each.changes[place] = None
        if any(each.watch is not self._watch for each in started):
            raise OutdatedError

    def _change(self, simulation, population, place) -> Change | None:
        """Return what may differ in a month from the month before, None if nothing can."""
        before, month = self.months[place - 1 : place + 1]
        answers, kept = self._watch.steps[place - 1]
        for name in kept:
            simulation.get_holder(name).put_in_cache(simulation.calculate(name, before), month)
        sizes = {PEOPLE: len(population.household_of), HOUSEHOLDS: len(population.weights)}
        differ = {entity: np.zeros(size, dtype=bool) for entity, size in sizes.items()}
        for name in answers:
            old = simulation.calculate(name, before).view(np.ndarray)
            differ[self.entity_of(name)] |= (
                simulation.calculate(name, month).view(np.ndarray) != old
            )
        changed = differ[HOUSEHOLDS]
        changed[population.household_of[np.flatnonzero(differ[PEOPLE])]] = True
        if not changed.any():
            return None
        rows = {
            HOUSEHOLDS: np.flatnonzero(changed),
            PEOPLE: np.flatnonzero(changed[population.household_of]),
        }
        change = Change(rows, population.of_households(*rows.values(), self.variables_read))
        if len(rows[HOUSEHOLDS]) >= MANY:
            self._compute([change], place)
        return change

    def _compute(self, changes: list[Change], place) -> None:
        """Compute a month for the households of some changes, together."""
        if not changes:
            return
        population, month = Population.joined([c.population for c in changes]), self.months[place]
        simulation = build_simulation(population, self.system, [month], past=False)
        self.reads.watch(simulation)
        computed = {name: simulation.calculate(name, month) for name in self.variables}
        self._learn(population)
        ends = {
            entity: np.cumsum([len(change.rows[entity]) for change in changes])[:-1]
            for entity in (PEOPLE, HOUSEHOLDS)
        }
        parts = {n: np.split(array, ends[self.entity_of(n)]) for n, array in computed.items()}
        for number, change in enumerate(changes):
            change.values = {name: arrays[number] for name, arrays in parts.items()}
            change.population = None

    def _every_month(self, population) -> dict[str, list[np.ndarray]]:
        simulation = build_simulation(population, self.system, self.months)
        results = {name: [] for name in self.variables}
        for month in self.months:
            for name, arrays in results.items():
                arrays.append(simulation.calculate(name, month))
            forget_month(simulation, month)
        return results

    def _learn(self, population) -> None:
        """Look again at what to watch, if something new was read."""
        if self._watch is None or len(self.reads) != self._known:
            by_month = {name.partition("@")[0] for name in population.columns if "@" in name}
            self._known = len(self.reads)
            self._watch = Watch(self.system, self.reads, self.months, by_month, self.variables)
