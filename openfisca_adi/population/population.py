"""A population: checked columns, people sorted by household, and what was assumed about them."""

import inspect
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from openfisca_adi.population.errors import Problems
from openfisca_adi.population.mapping import read_mapped
from openfisca_adi.population.reading import find_tables, read_table
from openfisca_adi.population.schema import COMPUTED, HOUSEHOLDS, PEOPLE, ROLE, WEIGHT
from openfisca_adi.population.tables import Table, decoded, is_increasing
from openfisca_adi.system import default_system
from openfisca_adi.text import number, paragraph

#: The age of a person is either given or computed from the date of birth: never assumed.
AGE, BIRTH = "eta", "data_nascita"

#: Without these, or the income from which they are computed, the results say nothing of a household.
MEANS, INCOME = {"isee", "reddito_familiare"}, "reddito_complessivo_irpef"


class Assumption(NamedTuple):
    """An input that the data lack, for how many people or households, and what stands in its place."""

    variable: str
    entity: str
    count: int
    assumed: str


@dataclass(frozen=True, eq=False)
class Population:
    """Households and people as columns, ready for a simulation.

    Households are in the order of their table; people are sorted by household, in listing order inside it.

    * ``people``, ``households``: checked values by column name (``variabile`` or ``variabile@2025-03``), one
      item per person or per household; choices are indices of the column's values;
    * ``given``: for the presumed facts that are given in part, which items are (the others are computed);
    * ``household_of``: the household of each person, as an index;
    * ``applicants``: who is the ``richiedente``; None when the data do not say;
    * ``weights``: one per household; ids are int64 or text;
    * ``ignored``: the columns that no rule uses, as "persone.sesso";
    * ``descriptive``: those of the households, to group results by.
    """

    people: dict[str, np.ndarray]
    households: dict[str, np.ndarray]
    given: dict[str, np.ndarray]
    household_of: np.ndarray
    applicants: np.ndarray | None
    weights: np.ndarray
    person_ids: pa.Array
    household_ids: pa.Array
    assumptions: list[Assumption]
    ignored: tuple[str, ...]
    descriptive: dict[str, pd.Series]

    @property
    def columns(self) -> list[str]:
        """The names of the columns of people and of households."""
        return [*self.people, *self.households]

    def mask(self, column: str) -> np.ndarray:
        """Return which items of a column are given."""
        values = self.people if column in self.people else self.households
        return self.given.get(column, np.ones(len(values[column]), dtype=bool))

    def of_households(self, rows, members, variables: set[str]) -> "Population":
        """Return some households, by their rows and those of all their people, with some of their variables."""
        return Population(
            people=_rows_of(self.people, members, variables),
            households=_rows_of(self.households, rows, variables),
            given={
                name: mask[members if name in self.people else rows]
                for name, mask in self.given.items()
                if name.partition("@")[0] in variables
            },
            household_of=np.searchsorted(rows, self.household_of[members]),
            applicants=None if self.applicants is None else self.applicants[members],
            weights=self.weights[rows],
            person_ids=self.person_ids.take(pa.array(members)),
            household_ids=self.household_ids.take(pa.array(rows)),
            assumptions=[],
            ignored=(),
            descriptive={},
        )

    @classmethod
    def joined(cls, parts: list["Population"]) -> "Population":
        """Return one population of the households of several, with the columns that they all have."""
        sizes = [len(part.weights) for part in parts]
        starts = np.cumsum(sizes) - sizes

        def together(columns):
            names = set.intersection(*map(set, columns))
            return {name: np.concatenate([each[name] for each in columns]) for name in names}

        common = set.intersection(*(set(part.columns) for part in parts))
        masks = common & {name for part in parts for name in part.given}
        return replace(
            parts[0],
            people=together([part.people for part in parts]),
            households=together([part.households for part in parts]),
            given=together([{name: part.mask(name) for name in masks} for part in parts]),
            household_of=np.concatenate(
                [part.household_of + start for part, start in zip(parts, starts, strict=True)]
            ),
            applicants=np.concatenate([part.applicants for part in parts]),
            weights=np.concatenate([part.weights for part in parts]),
            person_ids=pa.concat_arrays([part.person_ids for part in parts]),
            household_ids=pa.concat_arrays([part.household_ids for part in parts]),
        )

    @classmethod
    def read(cls, *paths, mapping=None, system=None, allow_unknown=False) -> "Population":
        """Read a population from a folder (files ``persone`` and ``nuclei``), or from its two files.

        With ``mapping``, the path of a mapping file, the one path is the file or the folder of a survey.
        For the rest see :meth:`from_tables`.
        """
        notes = []
        if mapping is not None:
            (data,) = paths
            people, households, notes = read_mapped(data, mapping)
        else:
            people, households = map(read_table, paths if len(paths) > 1 else find_tables(*paths))
        population = cls.from_tables(people, households, system, allow_unknown)
        stated = [Assumption(*note) for note in notes]
        return replace(population, assumptions=stated + population.assumptions)

    @classmethod
    def from_tables(cls, people, households, system=None, allow_unknown=False) -> "Population":
        """Check two tables (``pyarrow.Table`` or ``pandas.DataFrame``) and make a population of them.

        Columns are those of :func:`population_columns` and the keys; others are refused, or ignored with
        ``allow_unknown``. A cell is empty when it is null; NaN is an error. Raises a
        :class:`PopulationError` with all the problems of the data.
        """
        system = system or default_system()
        problems = Problems()
        people = Table(PEOPLE, people, system, problems, allow_unknown)
        households = Table(HOUSEHOLDS, households, system, problems, allow_unknown)
        person_ids, household_ids = people.ids("id_persona"), households.ids("id_nucleo")
        people.check_unique("id_persona", person_ids)
        household_of = _match(people, households, household_ids)
        _check_age(people)
        applicants, role_assumptions = _read_roles(people, household_of, households.count)
        weights, weight_assumptions = _read_weights(households)
        household_values, household_given, household_assumptions = _read_variables(households)
        values, given, assumptions = _read_variables(people)
        problems.raise_if_any()

        order = _by_household(household_of)
        return cls(
            people={name: array[order] for name, array in values.items()},
            households=household_values,
            given={name: mask[order] for name, mask in given.items()} | household_given,
            household_of=household_of[order],
            applicants=None if applicants is None else applicants[order],
            weights=weights,
            person_ids=(
                person_ids if isinstance(order, slice) else person_ids.take(pa.array(order))
            ),
            household_ids=household_ids,
            assumptions=household_assumptions + assumptions + role_assumptions + weight_assumptions,
            ignored=tuple(
                f"{table.name}.{name}" for table in (people, households) for name in table.ignored
            ),
            descriptive={
                name: decoded(cells).to_pandas() for name, cells in households.ignored.items()
            },
        )


def _rows_of(columns: dict[str, np.ndarray], rows, variables) -> dict[str, np.ndarray]:
    return {
        name: values[rows]
        for name, values in columns.items()
        if name.partition("@")[0] in variables
    }


def _match(people: Table, households: Table, household_ids) -> np.ndarray | None:
    """Return the index of each person's household, -1 if there is none; None without the ids."""
    ids = people.ids("id_nucleo")
    if ids is None or household_ids is None:
        households.check_unique("id_nucleo", household_ids)
        return None
    if ids.type != household_ids.type:
        ids, household_ids = ids.cast(pa.string()), household_ids.cast(pa.string())
    if (places := _listed_together(ids, household_ids)) is not None:
        return places
    places = pc.index_in(ids, household_ids, skip_nulls=True).fill_null(-1).to_numpy()
    orphan = (places < 0) & np.asarray(ids.is_valid())
    people.report_rows(
        "id_nucleo", orphan, lambda row: f"il nucleo «{ids[row]}» non è nella tabella {HOUSEHOLDS}"
    )
    # People go to the first household with their id: if each has somebody, ids are unique too.
    if not np.bincount(places + 1, minlength=households.count + 1)[1:].all():
        households.check_unique("id_nucleo", household_ids)
        empty = pc.and_not(household_ids.is_valid(), pc.is_in(household_ids, ids))
        households.report_rows(
            "id_nucleo", empty, lambda row: f"il nucleo «{household_ids[row]}» non ha persone"
        )
    return places.astype(np.int64)


def _listed_together(ids: pa.Array, household_ids: pa.Array) -> np.ndarray | None:
    """Match people who are listed household by household, in the order of the households; None if they are not."""
    if ids.null_count or not is_increasing(household_ids):
        return None
    places = np.zeros(len(ids), dtype=np.int64)
    np.cumsum(np.asarray(pc.not_equal(ids[1:], ids[:-1])), out=places[1:])
    (first,) = np.nonzero(np.diff(places, prepend=-1))
    return places if ids.take(pa.array(first)).equals(household_ids) else None


def _by_household(household_of: np.ndarray) -> np.ndarray | slice:
    """Return the order that puts people of a household together and keeps the order in which they are listed."""
    if (household_of[1:] >= household_of[:-1]).all():
        return slice(None)
    # Stable; keys of 16 bits make it a radix sort.
    return np.lexsort((household_of.astype(np.uint16), (household_of >> 16).astype(np.uint16)))


def _check_age(people: Table) -> None:
    columns = [name for name in (AGE, BIRTH) if name in people.cells]
    if not columns:
        people.report(BIRTH, f"manca questa colonna, o in sua vece «{AGE}»: una delle due serve")
        return
    known = [np.asarray(people.cells[name].is_valid()) for name in columns]
    unknown = ~np.logical_or.reduce(known)
    people.report_rows(columns[0], unknown, lambda row: f"mancano sia {BIRTH} sia {AGE}")


def _read_roles(people: Table, household_of, households: int):
    """Return who is the ``richiedente``, None if the column is missing; and what is assumed about it."""
    if ROLE.name not in people.cells:
        first = "richiedente il primo adulto elencato di ogni nucleo"
        return None, [Assumption(ROLE.name, PEOPLE, people.count, first)]
    roles, given = people.values(ROLE, ROLE.name)
    applicants = roles == ROLE.values.index("richiedente")
    assumptions = []
    if given is not None:
        assumptions.append(Assumption(ROLE.name, PEOPLE, int((~given).sum()), ROLE.default))
    if household_of is not None:
        (rows,) = np.nonzero(applicants & (household_of >= 0))
        applying = np.bincount(household_of[rows], minlength=households)
        if applying.max(initial=0) > 1:
            again = np.zeros(people.count, bool)
            again[rows[pd.Series(household_of[rows]).duplicated()]] = True
            people.report_rows(ROLE.name, again, lambda row: "il nucleo ha già un richiedente")
        if nobody := int((applying == 0).sum()):
            met = "nessun richiedente: i requisiti che lo riguardano valgono come soddisfatti"
            assumptions.append(Assumption(ROLE.name, HOUSEHOLDS, nobody, met))
    return applicants, assumptions


def _read_weights(households: Table) -> tuple[np.ndarray, list[Assumption]]:
    if WEIGHT.name not in households.cells:
        assumption = Assumption(WEIGHT.name, HOUSEHOLDS, households.count, WEIGHT.assumed)
        return np.ones(households.count), [assumption]
    weights, given = households.values(WEIGHT, WEIGHT.name)
    if given is not None:
        households.report_rows(WEIGHT.name, ~given, lambda row: "il peso manca")
    return weights, []


def _read_variables(table: Table):
    """Return values by column name, which items of presumed facts are given, and what is assumed.

    An empty cell of ``variabile@2025-03`` has the value of the column ``variabile``, if there is one.
    """
    values, given, assumptions = {}, {}, []
    months = {}
    for name in table.cells:
        variable, at, _ = name.partition("@")
        if at:
            months.setdefault(variable, []).append(name)
    for variable, column in table.known.items():
        absent = table.count
        if variable in table.cells:
            values[variable], mask = table.values(column, variable)
            absent = 0 if mask is None else int((~mask).sum())
            if column.presumed and mask is not None:
                given[variable] = mask
        for name in months.get(variable, ()):
            values[name], mask = table.values(column, name)
            if mask is not None and variable in values:
                values[name] = np.where(mask, values[name], values[variable])
                mask = mask | given[variable] if variable in given else None
            if column.presumed and mask is not None:
                given[name] = mask
        if absent and variable not in (AGE, BIRTH):
            where = " nei mesi senza una colonna propria" if variable in months else ""
            assumptions.append(Assumption(variable, table.name, absent, column.assumed + where))
    return values, given, assumptions


def missing_means(assumptions: list[Assumption]) -> set[str]:
    """Return the means that the data lack together with the income from which they are computed."""
    without_income = any(note.variable == INCOME and note.assumed == "0" for note in assumptions)
    computed = {note.variable for note in assumptions if note.assumed.startswith(COMPUTED)}
    return MEANS & computed if without_income else set()


def assumptions_text(population, system=None, read=None) -> str:
    """Write in Italian what was assumed of a population, or in a run: by theme of the law: means and requirements come first.

    A calculated fact is only named: its rule is in :attr:`Population.assumptions`. With ``read``, the names
    of the variables that a simulation has read, only what mattered to it is written.
    """
    system = system or default_system()
    alarms, themes = [], {}
    means = missing_means(population.assumptions)
    for variable, entity, count, assumed in population.assumptions:
        if read is not None and variable in system.variables and variable not in read:
            continue
        who = f"{number(count)} {entity}"
        if variable in means and assumed.startswith(COMPUTED):
            alarms += paragraph("ATTENZIONE", f"{variable} manca per {who}: {assumed}", 12)
            continue
        value = assumed.partition(":")[0] if assumed.startswith(COMPUTED) else assumed
        theme = themes.setdefault((*_theme(system, variable), who), {})
        theme.setdefault(value, []).append(variable)
    lines = []
    for (_, title, who), values in sorted(themes.items(), key=lambda theme: theme[0][0]):
        facts = "; ".join(f"{', '.join(names)} = {value}" for value, names in values.items())
        lines += paragraph("-", f"{title} ({who}): {facts}", 2)
    if population.ignored:
        lines += paragraph("", f"Colonne che non si usano: {', '.join(population.ignored)}", 0)
    return "\n".join(["Che cosa si assume in luogo dei dati che mancano:", *alarms, *lines])


def _theme(system, variable: str) -> tuple[bool, str]:
    """Return whether a variable's file is outside the requirements, and the title of that file."""
    if variable not in system.variables:
        return True, "Le tabelle"
    module = inspect.getmodule(type(system.variables[variable]))
    title = (module.__doc__ or "Altro").partition(":")[0]
    return Path(module.__file__).parent.name != "requisiti", title
