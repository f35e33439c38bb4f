"""The dictionary of the columns of a population, derived from the variables of the system."""

import datetime
import re
from dataclasses import dataclass

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import NEVER
from openfisca_adi.limits import HIGHEST, limits
from openfisca_adi.variable import PresumedFact

PEOPLE, HOUSEHOLDS = "persone", "nuclei"

#: The columns of each table that are not variables, and those that cannot be missing.
KEYS = {PEOPLE: ("id_persona", "id_nucleo", "ruolo"), HOUSEHOLDS: ("id_nucleo", "peso")}
MANDATORY = {PEOPLE: ("id_persona", "id_nucleo"), HOUSEHOLDS: ("id_nucleo",)}

#: Columns that no rule uses, and that results may be grouped by.
DESCRIPTIVE = {PEOPLE: ("sesso", "parentela"), HOUSEHOLDS: ("regione", "ripartizione")}

#: Columns of the households that tell how they were drawn, from which standard errors are computed: the
#: stratum, the primary unit, and any number of replicate weights (a pattern).
SAMPLING = ("strato", "unita_primaria")
REPLICATE = r"peso_replica_\d+"

BOOL, INTEGER, NUMBER, DATE, CHOICE = "vero/falso", "intero", "numero", "data", "scelta"
COMPUTED = "calcolato:"  # how the account says that a rule fills an empty cell
TYPES = {bool: BOOL, int: INTEGER, float: NUMBER, datetime.date: DATE, Enum: CHOICE}


@dataclass(frozen=True)
class Column:
    """A column that a table of a population may have.

    ``type`` is "vero/falso", "intero", "numero", "data" or "scelta" (one of ``values``). ``default`` is what
    an empty cell means, or None for a ``presumed`` fact, which is computed by the ``rule`` of its formula.
    An ``eternal`` column has one value for every month. ``limits`` are the lowest and the highest value that
    make sense.
    """

    name: str
    entity: str
    type: str
    values: tuple[str, ...] = ()
    unit: str | None = None
    label: str = ""
    default: bool | int | float | datetime.date | str | None = None
    presumed: bool = False
    eternal: bool = False
    rule: str = ""
    limits: tuple = (0, HIGHEST)

    @property
    def assumed(self) -> str:
        """What an empty cell means, as a person reads it."""
        if self.presumed:
            return f"{COMPUTED} {self.rule}"
        if isinstance(self.default, bool):
            return "vero" if self.default else "falso"
        if isinstance(self.default, datetime.date):
            never = np.datetime64(self.default) == NEVER
            return "mai avvenuto" if never else self.default.isoformat()
        return str(self.default)


ROLE = Column("ruolo", PEOPLE, CHOICE, ("richiedente", "componente"), default="componente")
WEIGHT = Column("peso", HOUSEHOLDS, NUMBER, label="Peso del nucleo", default=1)


def population_columns(system, entity: str) -> dict[str, Column]:
    """Return the columns of the table ``entity`` ("persone" or "nuclei") by name, keys excluded.

    They are the inputs: the variables without formulas, and the facts that a formula presumes.
    """
    return {
        name: _column(variable)
        for name, variable in system.variables.items()
        if variable.entity.plural == entity
        and (not variable.formulas or isinstance(variable, PresumedFact))
    }


def is_descriptive(entity: str, column: str) -> bool:
    """Say whether a column of the table ``entity`` is one that no rule uses, and that is read all the same."""
    names = (*DESCRIPTIVE[entity], *(SAMPLING if entity == HOUSEHOLDS else ()))
    return column in names or (entity == HOUSEHOLDS and re.fullmatch(REPLICATE, column) is not None)


def _column(variable) -> Column:
    presumed = isinstance(variable, PresumedFact)
    choice = variable.value_type is Enum
    default = variable.default_value.name if choice else variable.default_value
    return Column(
        name=variable.name,
        entity=variable.entity.plural,
        type=TYPES[variable.value_type],
        values=tuple(item.name for item in variable.possible_values) if choice else (),
        unit=variable.unit,
        label=variable.label,
        default=None if presumed else default,
        presumed=presumed,
        eternal=variable.definition_period == DateUnit.ETERNITY,
        rule=_rule(variable) if presumed else "",
        limits=limits(variable),
    )


def _rule(variable) -> str:
    """Return the first line of the docstring of the newest formula."""
    formula = variable.formulas.peekitem(-1)[1]
    line = (formula.__doc__ or variable.label).partition("\n")[0].rstrip(".")
    return line[:1].lower() + line[1:]
