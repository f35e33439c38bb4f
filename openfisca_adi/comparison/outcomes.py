"""Two laws on the same population, month by month: what each gives to each household."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from openfisca_adi.comparison.touched import Shared
from openfisca_adi.members import any_member
from openfisca_adi.population import (
    RESULTS,
    Population,
    build_simulation,
    forget_month,
    variables_read,
)

SIDES = ("legge", "riforma")
AMOUNT = "adi_spettante"
#: The requirements, in the order of the article.
REQUIREMENTS = tuple(name for name in RESULTS if name.startswith("adi_requisito_"))
#: What gives access (art. 2, c. 1), and the variable of the person who has it.
CATEGORIES = {
    "Minori": "adi_minorenne",
    "60 anni e più": "adi_over_60",
    "Disabilità": "adi_con_disabilita",
    "Svantaggio": "adi_svantaggio_riconosciuto",
}
IN_SCALE, BORN, MINOR, AGE = "adi_componente_in_scala", "adi_nato", "adi_minorenne", "eta"


@dataclass(frozen=True)
class Outcome:
    """What one law gives in one month: one item per household."""

    amount: np.ndarray  # euro a month
    people: np.ndarray  # born
    categories: dict[str, np.ndarray]  # who has a member in the scale with that condition
    lacks: np.ndarray  # which of REQUIREMENTS, as bits: the first is 1, the second 2, the third 4…


@dataclass(frozen=True)
class Facts:
    """What does not depend on the reform, under the law in the first month.

    ``income`` (yearly, in euro) and ``minors`` are of households; ``ages`` of people, negative if not born.
    """

    income: np.ndarray
    minors: np.ndarray
    ages: np.ndarray


class Outcomes:
    """The months of two laws, in order: iterate over it once. ``facts`` and ``read`` are known after the first.

    ``read`` are the names of the variables that either law has read. ``share`` says whether what the
    reform cannot change is computed once.
    """

    def __init__(self, population: Population, law, reform, months, income, share=True):
        self.months, self.income, self.share = months, income, share
        self.simulations = {
            side: build_simulation(population, system, months)
            for side, system in zip(SIDES, (law, reform), strict=True)
        }
        self.facts: Facts | None = None
        self.read: set[str] = set()

    def __iter__(self) -> Iterator[dict[str, Outcome]]:
        law, reform = self.simulations.values()
        shared = Shared(law, reform)
        if not self.share:
            shared.touched = None
        for month in self.months:
            law.trace = True
            reform.trace = month == self.months[0]
            before = _outcome(law, month)
            if self.facts is None:
                self.facts = _facts(law, month, self.income)
            shared.give(month)
            after = _outcome(reform, month, before, shared)
            yield dict(zip(SIDES, (before, after), strict=True))
            for simulation in (law, reform):
                self.read |= variables_read(simulation)
                forget_month(simulation, month)


def _outcome(simulation, month, law=None, shared=None) -> Outcome:
    """Return the outcome of a month; from that of the law, what is the same."""
    nucleo = simulation.populations["nucleo"]

    def of(variable):
        return simulation.calculate(variable, month)

    def same(*names):
        return shared is not None and shared.is_same(*names)

    amount = of(AMOUNT)
    return Outcome(
        amount=amount,
        people=law.people if same(BORN) else nucleo.sum(of(BORN)),
        categories={
            name: law.categories[name]
            if same(IN_SCALE, fact)
            else any_member(nucleo, of(IN_SCALE) & of(fact))
            for name, fact in CATEGORIES.items()
        },
        lacks=_as_bits(~of(name) for name in REQUIREMENTS),
    )


def _as_bits(facts) -> np.ndarray:
    return sum(fact.astype(np.uint16) << place for place, fact in enumerate(facts))


def _facts(simulation, month, income) -> Facts:
    nucleo = simulation.populations["nucleo"]
    return Facts(
        income=simulation.calculate(income, month) if isinstance(income, str) else income,
        minors=nucleo.sum(simulation.calculate(MINOR, month)),
        ages=simulation.calculate(AGE, month),
    )
