"""What a formula reads, and how it depends on the month: the ground for not computing a month again."""

import ast
import functools
import inspect
import textwrap
from collections import defaultdict

from openfisca_core.periods import DateUnit
from openfisca_core.taxscales import TaxScaleLike
from openfisca_core.tracers import SimpleTracer, TracingParameterNodeAtInstant

from openfisca_adi import dates, members

#: A formula passes its period on to variables and parameters (and to what does only that) …
CARRIERS = (members.Rows, members.first_of_household, members.place_in_household)
#: … or reads from it the day on which the month is judged; any other use may look at other months.
CLOCKS = (dates.first_day, dates.last_day)


class Reads(SimpleTracer):
    """A tracer that remembers, for each variable, which variables and parameters its formula has read.

    ``elsewhere`` are the variables that have asked another one for a month which is not their own. Give the
    tracer to a simulation with :meth:`watch`.
    """

    def __init__(self):
        super().__init__()
        self.variables, self.parameters = defaultdict(set), defaultdict(set)
        self.elsewhere = set()

    def watch(self, simulation) -> None:
        """Record what ``simulation`` reads from now on."""
        simulation.trace = True  # so that parameters are recorded
        simulation.tracer = self
        system = simulation.tax_benefit_system
        simulation.trace_parameters_at_instant = lambda month: _Parameters(
            system.get_parameters_at_instant(month), self
        )

    def record_calculation_start(self, variable, period):
        if self.stack:
            reader = self.stack[-1]
            self.variables[reader["name"]].add(variable)
            if (
                DateUnit.MONTH == period.unit == reader["period"].unit
                and period != reader["period"]
            ):
                self.elsewhere.add(reader["name"])
        else:
            self.variables[variable]  # an entry, also for what reads nothing
        super().record_calculation_start(variable, period)

    def record_parameter_access(self, parameter, period, value):
        self.parameters[self.stack[-1]["name"]].add(parameter)

    def __len__(self):
        """Return how many pairs of a formula and something it reads are known."""
        pairs = sum(map(len, (*self.variables.values(), *self.parameters.values())))
        return pairs + len(self.elsewhere)


class _Parameters(TracingParameterNodeAtInstant):
    """The parameters that a formula reads; scales, which OpenFisca does not record, are among them."""

    def get_traced_child(self, child, key):
        traced = super().get_traced_child(child, key)
        if isinstance(traced, TracingParameterNodeAtInstant):
            return _Parameters(child, self.tracer)
        if isinstance(child, TaxScaleLike):
            node = self.parameter_node_at_instant
            self.tracer.record_parameter_access(f"{node._name}.{key}", node._instant_str, child)
        return traced


@functools.cache
def use_of_period(formula) -> str:
    """Say how a formula uses its period: it "passes" it on, reads the "day", or does something "else".

    Its source is looked at, not what happens to run. Without a source at hand, the answer is "else".
    """
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(formula)))
    except (OSError, TypeError, SyntaxError):
        return "else"
    if formula.__code__.co_argcount < 2:  # it takes its arguments otherwise
        return "else"
    population, period, *parameters = formula.__code__.co_varnames[: formula.__code__.co_argcount]
    carriers = {population, *parameters} | _names(formula, CARRIERS)
    clocks = _names(formula, CLOCKS)
    passed, read = set(), set()
    for node in ast.walk(tree):  # outer nodes first: an alias is assigned before it is called
        if isinstance(node, ast.Assign) and _root(node.value) in carriers:
            carriers |= {name.id for name in node.targets if isinstance(name, ast.Name)}
        elif isinstance(node, ast.Call):
            given = {id(argument) for argument in node.args}
            if _root(node.func) in carriers:
                passed |= given
            elif _root(node.func) in clocks:
                read |= given
    uses = {id(node) for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == period}
    if not uses <= passed | read:
        return "else"
    return "day" if uses & read else "passes"


def _root(node) -> str | None:
    """Return ``a`` for the expressions ``a`` and ``a.b.c``."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _names(formula, objects) -> set[str]:
    """Return under which names the module of a formula knows some objects."""
    found = formula.__globals__.items()
    return {name for name, value in found if any(value is known for known in objects)}
