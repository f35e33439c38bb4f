"""What a reform can change, so that the rest is computed once for the law and its reform.

A formula is deterministic: if it, the parameters it reads and the variables it reads are the same under
both laws, so is its result. Which ones it reads is taken from the trace of the very run whose results are
shared, so nothing rests on a reading of the code; when the trace could not tell, nothing is shared.
"""

import numpy as np
from openfisca_core.parameters import Parameter, ParameterNode
from openfisca_core.periods import DateUnit


class Shared:
    """The results of the ``law``'s simulation that a ``reform``'s one need not compute again.

    Both are simulations of the same population. :meth:`give` is called month by month, after the law's
    simulation has computed a month with its trace on.
    """

    def __init__(self, law, reform):
        self.law, self.reform = law, reform
        self.reads = {}
        self.touched = changed(law.tax_benefit_system, reform.tax_benefit_system)
        applicants = [_applicants(simulation) for simulation in (law, reform)]
        if not np.array_equal(*applicants):
            self.touched = None

    def give(self, month) -> None:
        """Put into the reform's simulation what the law's has computed for ``month`` and cannot differ."""
        add_reads(self.reads, self.law.tracer.trees)
        if any("states" in vars(group) for group in self.law.populations.values()):
            self.touched = None  # a state kept from other months escapes the trace
        if self.touched is None:
            return
        self.touched = downstream(self.touched, self.reads)
        for key, group in self.law.populations.items():
            for name, holder in group._holders.items():
                variable = holder.variable
                eternal = variable.definition_period == DateUnit.ETERNITY
                when = DateUnit.ETERNITY if eternal else month
                values = holder.get_array(when)
                if variable.formulas and values is not None and name not in self.touched:
                    self.reform.populations[key].get_holder(name).put_in_cache(values, when)

    def is_same(self, *names) -> bool:
        """Say whether these variables have the same values under both laws, as far as is known."""
        return self.touched is not None and self.touched.isdisjoint(names)


def changed(law, reform) -> set[str] | None:
    """Return the names of the variables and parameters that differ; None if it cannot be told.

    A parameter is changed if it is on any date; with it, the nodes above it, since a table read with an
    array of choices is traced under the name of the node.
    """
    names = {
        name
        for name in law.variables.keys() | reform.variables.keys()
        if law.variables.get(name) is not reform.variables.get(name)
    }
    if law.parameters is reform.parameters:
        return names
    before, after = (dict(_leaves(system.parameters)) for system in (law, reform))
    for path in before.keys() | after.keys():
        leaf, other = before.get(path), after.get(path)
        if repr(leaf) == repr(other):  # all the dates and values
            continue
        if isinstance(leaf or other, Parameter):
            parts = path.split(".")
            names |= {".".join(parts[: place + 1]) for place in range(len(parts))}
        else:  # a scale of brackets is not traced
            return None
    return names


def downstream(changed: set[str], reads: dict[str, set[str]]) -> set[str]:
    """Return the changed names and all the variables that read one of them, or one of those."""
    readers = {}
    for reader, names in reads.items():
        for name in names:
            readers.setdefault(name, []).append(reader)
    touched, left = set(changed), list(changed)
    while left:
        new = set(readers.get(left.pop(), ())) - touched
        touched |= new
        left += new
    return touched


def add_reads(reads: dict[str, set[str]], trees) -> None:
    """Add to ``reads`` the variables and parameters that each variable of a trace has read."""
    nodes = list(trees)
    while nodes:
        node = nodes.pop()
        names = reads.setdefault(node.name, set())
        names |= {child.name for child in (*node.children, *node.parameters)}
        nodes += node.children


def _leaves(node: ParameterNode):
    for child in node.children.values():
        if isinstance(child, ParameterNode):
            yield from _leaves(child)
        else:
            yield child.name, child


def _applicants(simulation) -> np.ndarray:
    return simulation.calculate("e_richiedente", DateUnit.ETERNITY)
