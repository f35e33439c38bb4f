"""The base of the engine: cents, dates, members of a household, and the two kinds of variables."""

import calendar
import datetime
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from openfisca_adi.dates import (
    NEVER,
    add_days,
    add_months,
    add_years,
    first_day,
    full_years,
    last_day,
)
from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.members import (
    Rows,
    any_member,
    first_of_household,
    one_of,
    place_in_household,
)
from openfisca_adi.money import to_cent
from openfisca_adi.variable import PresumedFact, Variable

dates = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))


# Cents


@given(st.integers(0, 10**12))
def test_an_amount_with_three_decimals_is_rounded_half_up(thousandths):
    amount = Decimal(thousandths) / 1000
    expected = amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert to_cent(float(amount)) == float(expected)


@given(st.floats(0, 1e9))
def test_any_amount_is_rounded_as_its_rounded_decimals(amount):
    assert to_cent(amount) == np.floor(round(amount * 100, 6) + 0.5) / 100


@given(st.lists(st.floats(0, 1e9)))
def test_a_rounded_amount_stays_what_it_is(amounts):
    cents = to_cent(np.array(amounts))
    assert cents.dtype == np.float64
    assert np.array_equal(to_cent(cents), cents)
    assert np.all(np.abs(cents - amounts) <= 0.0050001)


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        (541.67 * 0.5, 270.84),
        (2.2 * 6500, 14300.00),
        (3640 / 12, 303.33),
        (1.005, 1.01),
        (0.0, 0.0),
    ],
)
def test_products_that_binary_fractions_miss(amount, cents):
    assert to_cent(amount) == cents


def test_rounding_leaves_its_argument_alone():
    amounts = np.array([1.234, 5.678])
    to_cent(amounts)
    assert amounts.tolist() == [1.234, 5.678]


# Dates


def one(date):
    """Return an array of one date."""
    return np.array([date], dtype="datetime64[D]")


def shifted(date, months):
    """Add months to a date with the standard library, clamped to the end of the month."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(date.day, last))


@given(st.lists(dates, min_size=1), st.integers(-1200, 1200))
def test_a_term_of_months_ends_on_the_same_day_or_the_last_of_the_month(given_dates, months):
    result = add_months(np.array(given_dates, dtype="datetime64[D]"), months)
    assert result.tolist() == [shifted(date, months) for date in given_dates]


@given(dates, st.integers(-100, 100))
def test_a_term_of_years_is_one_of_twelve_months_each(date, years):
    assert add_years(one(date), years) == one(shifted(date, 12 * years))


@given(dates, st.integers(-36500, 36500))
def test_a_term_of_days_is_calendar_arithmetic(date, days):
    assert add_days(one(date), days) == one(date + datetime.timedelta(days))


@pytest.mark.parametrize(
    ("date", "months", "end"),
    [
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-05-31", -36, "2021-05-31"),
    ],
)
def test_terms_of_months(date, months, end):
    assert add_months(one(date), months) == one(end)


def test_a_term_of_days_starts_on_the_next_day():
    assert add_days(one("2024-01-26"), 120) == one("2024-05-25")


@pytest.mark.parametrize("add", [add_days, add_months, add_years])
@pytest.mark.parametrize("term", [-5, 0, 120])
def test_what_has_not_happened_never_ends(add, term):
    assert add(np.array([NEVER, np.datetime64("2024-01-01")]), term)[0] == NEVER


@given(st.lists(dates), dates)
def test_full_years_are_birthdays_passed(births, day):
    def age(birth):
        return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))

    ages = full_years(np.array(births, dtype="datetime64[D]"), np.datetime64(day))
    assert ages.dtype == np.int32
    assert ages.tolist() == [age(birth) if birth <= day else -1 for birth in births]


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2040, 12, 31)))
def test_first_and_last_day_of_a_month(date):
    month = period(f"{date:%Y-%m}")
    last = calendar.monthrange(date.year, date.month)[1]
    assert first_day(month) == np.datetime64(date.replace(day=1))
    assert last_day(month) == np.datetime64(date.replace(day=last))


# Members


class Titolo(Enum):
    __order__ = "primo secondo terzo"
    primo = "Primo"
    secondo = "Secondo"
    terzo = "Terzo"


@given(st.lists(st.sampled_from(list(Titolo))), st.sets(st.sampled_from(["primo", "terzo"])))
def test_one_of_compares_names(items, names):
    chosen = one_of(Titolo.encode(np.array([item.name for item in items])), *names)
    assert chosen.tolist() == [item.name in names for item in items]


@st.composite
def groups(draw):
    """People in households, in any order: household, place in the list, two criteria, candidate."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=5))
    rows = [
        [household, place, draw(st.integers(0, 2)), draw(st.booleans()), draw(st.booleans())]
        for household, size in enumerate(sizes)
        for place in range(size)
    ]
    return len(sizes), draw(st.permutations(rows))


class People:
    """A stand-in for the persons' population: rows of household, place, urgency, flag, candidate."""

    def __init__(self, households, rows):
        self.columns = np.array(rows, dtype=np.int64)
        self.count = len(rows)
        self.nucleo = SimpleNamespace(reference_entity=Households(households, self.columns[:, 0]))

    def __call__(self, name, period):
        """Return the place in the list, the one variable these people have."""
        assert name == "ordine_elencazione"
        return self.columns[:, 1]


class Households:
    """A stand-in for the households' population, with one variable: ten times the household's index."""

    def __init__(self, count, members_entity_id):
        self.count = count
        self.members_entity_id = members_entity_id

    def __call__(self, name, period):
        return 10 * np.arange(self.count)


@given(groups())
def test_first_of_household_is_the_first_in_the_order_of_the_criteria(drawn):
    persona = People(*drawn)
    _, _, urgency, flag, candidates = persona.columns.T
    chosen = first_of_household(persona, None, candidates == 1, urgency, flag == 1)

    expected = set()
    for household in range(drawn[0]):
        rows = [row for row in drawn[1] if row[0] == household and row[4]]
        if rows:
            first = min(rows, key=lambda row: (row[2], row[3], row[1]))
            expected.add((household, first[1]))
    assert {
        (row[0], row[1]) for row, is_chosen in zip(drawn[1], chosen, strict=True) if is_chosen
    } == expected


@given(groups())
def test_place_in_household_counts_members_in_listing_order(drawn):
    persona = People(*drawn)
    places = place_in_household(persona, None, persona.columns[:, 4] == 1)
    for row, place in zip(drawn[1], places, strict=True):
        before = [r for r in drawn[1] if r[0] == row[0] and r[4] and r[1] <= row[1]]
        assert place == (len(before) if row[4] else 0)


@given(groups())
def test_any_member_looks_at_each_household(drawn):
    persona = People(*drawn)
    found = any_member(persona.nucleo.reference_entity, persona.columns[:, 4] == 1)
    expected = [
        any(row[0] == household and row[4] for row in drawn[1]) for household in range(drawn[0])
    ]
    assert found.tolist() == expected


@given(groups())
def test_rows_reads_few_people_and_spreads_their_values(drawn):
    persona = People(*drawn)
    rows = Rows(persona, None, persona.columns[:, 4] == 1)
    chosen = [row for row in drawn[1] if row[4]]
    assert rows("ordine_elencazione").tolist() == [row[1] for row in chosen]
    assert rows.nucleo("dieci_volte").tolist() == [10 * row[0] for row in chosen]
    assert rows.spread(rows("ordine_elencazione"), -1).tolist() == [
        row[1] if row[4] else -1 for row in drawn[1]
    ]


# Variables


class importo(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Importo"


class accaduto_il(Variable):
    value_type = datetime.date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Data"


class nato_il(Variable):
    value_type = datetime.date
    default_value = datetime.date(1970, 1, 1)
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Data con un valore suo"


class doppio_immutabile(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Risultato che non dipende dal periodo"

    def formula(persona, period):
        """Un valore per sempre."""
        return persona.filled_array(2.0)


class presunto(PresumedFact):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Se non detto, il doppio dell'importo"

    def formula_2024(persona, period):
        """Il doppio dell'importo."""
        return 2 * persona("importo", period)


class presunto_con_parametri(PresumedFact):
    value_type = int
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Se non detto, sette"

    def formula(persona, period, parameters):
        """Sette."""
        return persona.filled_array(7)


@pytest.fixture(scope="module")
def system():
    system = TaxBenefitSystem([Persona, Nucleo])
    system.add_variables(
        importo, accaduto_il, nato_il, doppio_immutabile, presunto, presunto_con_parametri
    )
    return system


@pytest.fixture
def simulation(system):
    return SimulationBuilder().build_default_simulation(system, count=3)


def test_amounts_are_float64(simulation):
    simulation.set_input("importo", "2024-05", np.array([131072.01, 999999.99, 0.1]))
    values = simulation.calculate("importo", "2024-05")
    assert values.dtype == np.float64
    assert values.tolist() == [131072.01, 999999.99, 0.1]


def test_a_yearly_value_holds_for_each_month(simulation):
    simulation.set_input("importo", "2024", np.array([1.0, 2.0, 3.0]))
    for month in range(1, 13):
        assert simulation.calculate("importo", f"2024-{month:02}").tolist() == [1, 2, 3]
    assert simulation.calculate("importo", "2025-01").tolist() == [0, 0, 0]


def test_a_date_not_given_has_not_happened(simulation):
    assert simulation.calculate("accaduto_il", "2024-01").tolist() == [NEVER.item()] * 3
    assert simulation.calculate("nato_il", "2024-01").tolist() == [datetime.date(1970, 1, 1)] * 3


@pytest.mark.parametrize("when", ["ETERNITY", "2024-03", "1999-01"])
def test_an_eternity_variable_has_one_formula(simulation, when):
    assert simulation.calculate("doppio_immutabile", when).tolist() == [2, 2, 2]


def test_a_presumed_fact_is_computed_when_nobody_states_it(simulation):
    simulation.set_input("importo", "2024", np.array([1.0, 2.0, 3.0]))
    assert simulation.calculate("presunto", "2024-01").tolist() == [2, 4, 6]
    assert simulation.calculate("presunto_con_parametri", "2024-01").tolist() == [7, 7, 7]
    assert simulation.calculate("presunto", "2023-12").tolist() == [0, 0, 0]


def test_a_presumed_fact_that_is_partly_given_is_computed_for_the_others(simulation):
    simulation.set_input("importo", "2024", np.array([1.0, 2.0, 3.0]))
    holder = simulation.persons.get_holder("presunto")
    given_for_all = (np.array([True, False, False]), np.array([9.0, 0.0, 0.0]))
    given_in_may = (np.array([False, False, True]), np.array([0.0, 0.0, 5.0]))
    holder.partly_given = {None: given_for_all, period("2024-05"): given_in_may}
    assert simulation.calculate("presunto", "2024-04").tolist() == [9, 4, 6]
    assert simulation.calculate("presunto", "2024-05").tolist() == [2, 4, 5]
