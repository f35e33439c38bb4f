"""The months: what cannot have changed is not computed again, and nobody can tell from the results."""

import datetime
import functools

import numpy as np
import pyarrow as pa
import pytest
from households import RESULTS as FORMULAS
from households import SYSTEM
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openfisca_core.parameters import ParameterScale
from openfisca_core.periods import DateUnit
from openfisca_core.reforms import Reform

from openfisca_adi.dates import NEVER, first_day
from openfisca_adi.entities import Nucleo
from openfisca_adi.members import first_of_household
from openfisca_adi.population import Population, build_simulation, population_columns
from openfisca_adi.population.months import Months, OutdatedError
from openfisca_adi.population.reads import use_of_period
from openfisca_adi.population.results import RESULTS, months_of, simulate
from openfisca_adi.system import system_of
from openfisca_adi.variable import Variable

EVERYTHING = (*FORMULAS["persona"], *FORMULAS["nucleo"])
AMOUNT = "adi_spettante"


def month_by_month(population, system, variables, months):
    """Return the results as OpenFisca gives them, every month computed on its own account."""
    simulation = build_simulation(population, system, months)
    return {name: [simulation.calculate(name, month) for month in months] for name in variables}


def assert_same(computation, population):
    found = computation.results(population)
    expected = month_by_month(
        population, computation.system, computation.variables, computation.months
    )
    for name, arrays in expected.items():
        for place, (month, array) in enumerate(zip(computation.months, arrays, strict=True)):
            assert found[name][place].dtype == array.dtype
            different = np.flatnonzero(np.asarray(found[name][place]) != np.asarray(array))
            assert not len(different), f"{name} in {month}, rows {different[:5]}"
    return found


# Populations in which something changes every month

AGES = (0, 1, 3, 5, 6, 10, 16, 18, 21, 22, 26, 30, 40, 59, 60, 65, 66, 67, 80)
YEARS_AGO = (-1, 0, 0, 0, 1, 1, 2, 3, 5, 10)
DAYS = (1, 1, 2, 3, 4, 10, 11, 12, 28, 31)
#: How often a cell is given; the others seldom, since most of them bar the household.
SHARES = {
    "data_nascita": 1,
    "isee": 0.7,
    "reddito_familiare": 0.7,
    "disabilita": 0.2,
    "canone_locazione_annuo": 0.4,
    "patrimonio_mobiliare": 0.5,
    "titoli_di_stato_e_risparmio_postale": 0.3,
    "titolo_soggiorno": 0.2,
    "adi_data_domanda": 0.4,
    "residenza_interrotta": 0.02,
    "residente_in_italia": 0.02,
}
SELDOM, OFTEN = 0.05, 0.5
#: Inputs by month, some of them presumed when they are not given.
BY_MONTH = (
    *("isee@{}-03", "isee@{}-08", "occupato@{}-05", "canone_locazione_annuo@{}-07"),
    *("disabilita@{}-02", "reddito_familiare@{}-10", "disoccupato@{}-04"),
)


def column(random, described, count, share, year):
    given_cells = random.random(count) < share
    if described.type == "vero/falso":
        values = random.random(count) < 0.5
    elif described.type == "scelta":
        values = random.choice(described.values, count)
    elif described.type == "data":
        ago = AGES if described.name == "data_nascita" else YEARS_AGO
        values = [
            datetime.date(int(year - y), int(m), min(int(d), 28 if m == 2 else 30))
            for y, m, d in zip(
                random.choice(ago, count),
                random.integers(1, 13, count),
                random.choice(DAYS, count),
                strict=True,
            )
        ]
    elif described.type == "intero":
        values = random.choice([0, 1, 17, 60, 80, 251, 1600], count).clip(
            *map(int, described.limits)
        )
    else:
        high = 30 if described.name.startswith(("anni", "condanna")) else 12_000
        values = np.round(random.random(count) * high, 2)
    kind = pa.date32() if described.type == "data" else None
    return pa.array(list(values), kind, mask=~given_cells)


def drawn(seed, year, by_month=True, households=60):
    """Draw households whose facts happen around the first days of the months of a year."""
    random = np.random.default_rng(seed)
    home = np.repeat(np.arange(households), random.integers(1, 5, households))
    tables = []
    for entity, count in (("persone", len(home)), ("nuclei", households)):
        known = population_columns(SYSTEM, entity)
        names = [*known, *((name.format(year) for name in BY_MONTH) if by_month else ())]
        cells = {}
        for name in names:
            variable = name.partition("@")[0]
            if variable in known and variable != "eta":
                often = OFTEN if variable.startswith("svantaggio") else SELDOM
                share = SHARES.get(variable, often)
                cells[name] = column(random, known[variable], count, share, year)
        tables.append(cells)
    people, groups = tables
    # Half of the households know nothing of svantaggio, or nearly all of them would be in it.
    for name in people:
        if name.startswith("svantaggio"):
            people[name] = pa.array(
                [c if h % 2 else None for c, h in zip(people[name].to_pylist(), home, strict=True)],
                people[name].type,
            )
    people = {"id_persona": np.arange(len(home)), "id_nucleo": home, **people}
    if seed % 2:  # the others do not say who applies
        first = np.diff(home, prepend=-1) > 0
        people["ruolo"] = np.where(first, "richiedente", "componente")
    return Population.from_tables(
        pa.table(people), pa.table({"id_nucleo": np.arange(households), **groups})
    )


@functools.cache
def computation(year, variables=RESULTS, reforms=(), by_month=True):
    """Return a computation that all the populations of a test share, as those of a run do."""
    return Months(system_of(reforms), variables, months_of(year))


seeds = st.integers(0, 2**32)


def drawing(examples):
    """Draw so many populations; a smaller seed is no simpler one."""
    return settings(max_examples=examples, deadline=None, phases=[Phase.generate])


@pytest.mark.parametrize("year", [2024, 2025, 2026])
@pytest.mark.parametrize(
    "variables", [RESULTS, (AMOUNT,), EVERYTHING], ids=["results", "amount", "all"]
)
@drawing(3)
@given(seed=seeds)
def test_the_same_as_month_by_month(year, variables, seed):
    found = assert_same(computation(year, variables), drawn(seed, year))
    amounts = np.stack(found[AMOUNT])
    assert (amounts[1:] != amounts[:-1]).any(axis=1).sum() > 3  # months in which somebody changes


@drawing(3)
@given(seed=seeds)
def test_the_same_without_inputs_by_month(seed):
    assert_same(computation(2025, by_month=False), drawn(seed, 2025, by_month=False))


REFORMS = (
    "svantaggio_050",
    "senza_requisito_categoriale",
    "soglie_2024_congelate",
    "base_richiedente",
)


@pytest.mark.parametrize("reform", REFORMS)
@drawing(2)
@given(seed=seeds)
def test_the_same_under_a_reform(reform, seed):
    assert_same(computation(2025, reforms=(reform,)), drawn(seed, 2025))


@drawing(2)
@given(seed=seeds)
def test_the_same_under_a_reform_that_begins_within_the_year(tmp_path_factory, seed):
    path = tmp_path_factory.getbasetemp() / "riforma.yaml"
    path.write_text(
        "titolo: Da luglio\ndescrizione: Da luglio.\nriferimento: Prova\ndal: 2025-07-01\n"
        "imposta:\n  adi.requisiti.isee.soglia: 4000\n  adi.eta.anziano: 64\n",
        "utf-8",
    )
    system = system_of((str(path),))
    assert_same(Months(system, RESULTS, months_of(2025)), drawn(seed, 2025))


def test_the_procedure_is_computed_every_month():
    months = Months(SYSTEM, ["adi_erogato", AMOUNT], months_of(2025))
    for seed in (1, 2):
        assert_same(months, drawn(seed, 2025, households=20))
        assert months._watch.looks_elsewhere


def test_what_changes_is_computed_in_parts_or_together(monkeypatch):
    populations = [drawn(seed, 2025) for seed in range(3)]
    months = computation(2025)
    expected = [assert_same(months, population) for population in populations]
    for many in (1, 10**6):
        monkeypatch.setattr("openfisca_adi.population.months.MANY", many)
        started = [months.start(population) for population in populations]
        months.finish(started)
        for each, results in zip(started, expected, strict=True):
            for name, arrays in results.items():
                assert all(map(np.array_equal, arrays, each.results[name]))


def test_a_table_of_a_simulation_is_that_of_each_month():
    population = drawn(5, 2025)
    year = simulate(population, 2025)
    for month in ("2025-02", "2025-09"):
        alone = simulate(population, month)
        rows = year[year["mese"] == month].reset_index(drop=True)
        assert rows.drop(columns="mese").equals(alone.drop(columns="mese"))


# What formulas read


def passes(nucleo, period, parameters):
    people = nucleo.members
    amount = parameters(period).adi.importo.minimo_annuo
    return nucleo.sum(people("eta", period)) * amount


def helper(persona, period):
    return first_of_household(persona, period, persona("adi_minorenne", period))


def day(persona, period):
    return persona("data_nascita", period) <= first_day(period)


def offset(nucleo, period):
    return nucleo("isee", period.offset(-1))


def year_of(nucleo, period):
    return nucleo("isee", period.this_year)


def start(nucleo, period):
    return nucleo.filled_array(period.start.month)


def unknown_helper(nucleo, period):
    return month_by_month(nucleo, period, (), ())


def alias(nucleo, period):
    when = period
    return nucleo("isee", when)


def named(nucleo, period):
    return nucleo("isee", period=period)


def inside(nucleo, period):
    read = lambda name: nucleo(name, period)  # noqa: E731
    return read("isee") + sum(nucleo(name, period) for name in ("isee",))


def inside_else(nucleo, period):
    read = lambda name, months: nucleo(name, period.offset(months))  # noqa: E731
    return read("isee", -1)


def other_names(famiglia, mese, parametri):
    return famiglia("isee", mese) + parametri(mese).adi.importo.minimo_annuo


def any_arguments(*arguments):
    return arguments[0]("isee", arguments[1].offset(-1))


@pytest.mark.parametrize(
    ("formula", "use"),
    [
        (passes, "passes"),
        (helper, "passes"),
        (inside, "passes"),
        (other_names, "passes"),
        (day, "day"),
        *((f, "else") for f in (offset, year_of, start, unknown_helper, alias, named, inside_else)),
        (lambda nucleo, period: nucleo("isee", period), "passes"),
        (eval("lambda nucleo, period: nucleo('isee', period)"), "else"),  # no source
        (any_arguments, "else"),
    ],
)
def test_the_use_of_the_period(formula, use):
    assert use_of_period(formula) == use


def reformed(*variables, change=None):
    """Return the law with some variables added or in the place of others."""

    class prova(Reform):
        name = "Prova"

        def apply(self):
            for variable in variables:
                is_known = variable.__name__ in self.variables
                (self.update_variable if is_known else self.add_variable)(variable)
            if change:
                self.modify_parameters(change)

    return prova(SYSTEM)


def people_born(*births, households=None, **columns):
    count = len(births)
    people = {"id_persona": range(count), "id_nucleo": range(count), "data_nascita": births}
    groups = {"id_nucleo": range(count), "isee": [0.0] * count, **(households or {})}
    return Population.from_tables(pa.table({**people, **columns}), pa.table(groups))


def amount(name, *formulas, **attributes):
    """Return a new amount of households with some formulas, called as the functions are."""
    described = {"value_type": float, "entity": Nucleo, "definition_period": DateUnit.MONTH}
    own = {formula.__name__: formula for formula in formulas}
    return type(name, (Variable,), {**described, "label": "Prova", **own, **attributes})


def with_branch():
    """Read the rent, and what changes within the year, only if somebody has an ISEE above 5,000."""

    def formula(nucleo, period):
        isee = nucleo("isee", period)
        if (isee > 5000).any():
            return np.where(isee > 5000, nucleo("secondo", period), isee)
        return isee

    return amount("ramo", formula)


def second():
    def formula(nucleo, period):
        over_60 = nucleo.members("adi_over_60", period)
        return nucleo.sum(over_60) + nucleo("canone_locazione_annuo", period)

    return amount("secondo", formula)


def test_what_is_read_only_for_some_is_found_out():
    months = Months(reformed(with_branch(), second()), ["ramo"], months_of(2025))
    births = [datetime.date(1965, month, 10) for month in (2, 5, 9)]
    rent = [100.0, 200.0, 300.0]

    def population(*isee):
        groups = {"isee": isee, "canone_locazione_annuo": rent}
        return people_born(*births, households=groups)

    poor, mixed = population(1.0, 2.0, 3.0), population(1.0, 6000.0, 7000.0)
    started = months.start(poor)
    assert "secondo" not in months.variables_read
    assert_same(months, mixed)
    assert "secondo" in months.variables_read
    with pytest.raises(OutdatedError):
        months.finish([started])
    for each in (poor, mixed, poor):
        found = assert_same(months, each)
    later = people_born(
        *births,
        households={
            "isee": [1.0, 2.0, 3.0],
            "canone_locazione_annuo": rent,
            "isee@2025-04": [1.0, 8000.0, 3.0],
        },
    )
    fresh = Months(months.system, ["ramo"], months.months)
    found = assert_same(fresh, later)["ramo"]
    assert [array[1] for array in found[2:6]] == [2.0, 200.0, 2.0, 2.0]


def test_a_variable_that_ends_on_a_first_of_the_month():
    def formula(nucleo, period):
        return nucleo("isee", period) + 1

    found = assert_same(
        Months(reformed(amount("finita", formula, end="2025-04-01")), ["finita"], months_of(2025)),
        people_born("1990-01-01"),
    )
    assert [float(array[0]) for array in found["finita"]][2:6] == [1, 1, 0, 0]


def test_a_formula_that_begins_within_the_year():
    def formula(nucleo, period):
        return nucleo("isee", period)

    def formula_2025_05_15(nucleo, period):
        return nucleo("canone_locazione_annuo", period)

    groups = {"canone_locazione_annuo": [10.0]}
    population = people_born("1990-01-01", households=groups)
    found = assert_same(
        Months(
            reformed(amount("cambiata", formula, formula_2025_05_15)), ["cambiata"], months_of(2025)
        ),
        population,
    )
    assert [float(array[0]) for array in found["cambiata"]][3:7] == [0, 0, 10, 10]


def test_a_scale_that_changes_within_the_year():
    def formula(nucleo, period, parameters):
        return parameters(period).prova.scala.calc(nucleo("isee", period))

    def change(parameters):
        scale = {
            "brackets": [
                {"threshold": {"2024-01-01": 0}, "rate": {"2024-01-01": 0.1, "2025-06-10": 0.2}}
            ]
        }
        node = type(parameters)("prova", data={})
        node.add_child("scala", ParameterScale("prova.scala", scale, ""))
        parameters.add_child("prova", node)
        return parameters

    months = Months(
        reformed(amount("imposta", formula), change=change), ["imposta"], months_of(2025)
    )
    found = assert_same(months, people_born("1990-01-01", households={"isee": [100.0]}))
    assert [float(array[0]) for array in found["imposta"]][4:8] == [10, 10, 20, 20]


def test_a_formula_that_asks_for_a_month_of_its_own():
    def formula(nucleo, period):
        return nucleo("isee", period) + nucleo("isee", "2025-03")

    months = Months(reformed(amount("di_marzo", formula)), ["di_marzo"], months_of(2025))
    households = {"isee": [1.0], "isee@2025-03": [50.0]}
    assert_same(months, people_born("1990-01-01", households=households))


def test_facts_that_are_presumed_for_some():
    births = [datetime.date(1965, month, 10) for month in (2, 5, 9)]
    months = Months(SYSTEM, ["eta", "adi_over_60", "e_richiedente"], months_of(2025))
    for ages in ([59, 59, 59], [59, None, 59], [None, None, None], [59, 59, None]):
        population = people_born(*births, eta=pa.array(ages, pa.int32()))
        found = assert_same(months, population)
        changing = [age is None for age in ages]
        assert [a != b for a, b in zip(found["eta"][0], found["eta"][-1], strict=True)] == changing


def test_events_on_the_days_around_the_first_of_the_month():
    days = [
        datetime.date(1965, m, d) for m in range(1, 13) for d in (1, 2, 28, 30) if (m, d) != (2, 30)
    ]
    population = people_born(*days)
    found = assert_same(Months(SYSTEM, RESULTS, months_of(2025)), population)
    first = [
        next(place for place, right in enumerate(each) if right)
        for each in np.stack(found["adi_requisito_categoriale"]).T[:-4]
    ]
    expected = [day.month - (day.day == 1) for day in days[:-4]]
    assert first == expected
    assert (population.people["data_nascita"] < NEVER).all()


def test_a_formula_that_looks_at_the_month_before():
    def formula(nucleo, period):
        before = period.offset(-1)
        return nucleo("isee", before) + nucleo("canone_locazione_annuo", before)

    months = Months(reformed(amount("di_prima", formula)), ["di_prima"], months_of(2025))
    households = {"isee": [1.0], "isee@2025-03": [50.0], "canone_locazione_annuo": [5.0]}
    found = assert_same(months, people_born("1990-01-01", households=households))
    assert [float(array[0]) for array in found["di_prima"]][1:5] == [6, 6, 55, 6]
