"""What must hold for every household, whoever it is: tried on random ones."""

import numpy as np
from households import (
    MONTHS,
    RESULTS,
    build,
    by_household,
    members,
    random_households,
    small_amounts,
)
from hypothesis import given, settings
from hypothesis import strategies as st

months = st.sampled_from(MONTHS)
thorough = settings(deadline=None, max_examples=100)


@thorough
@given(st.data(), months)
def test_more_income_never_raises_the_amount(data, month):
    households = data.draw(random_households(month, resigned=True))
    before = by_household(build(households, month), "adi_spettante", month)

    for facts, people in households.values():
        for variable in ("reddito_familiare", "isee"):
            facts[variable] += data.draw(small_amounts)
        worker = data.draw(st.sampled_from(list(people.values())))
        worker.setdefault("reddito_lavoro_intrapreso", 0)
        worker["reddito_lavoro_intrapreso"] += data.draw(small_amounts)

    after = by_household(build(households, month), "adi_spettante", month)
    for household in households:
        assert after[household] <= before[household]


@thorough
@given(st.data(), months)
def test_one_more_counted_member_never_lowers_the_scale(data, month):
    households = data.draw(random_households(month, resigned=True))
    before = by_household(build(households, month), "adi_scala_equivalenza", month)

    for household, (_, people) in households.items():
        people[f"{household}_new"] = data.draw(members(month))

    simulation = build(households, month)
    after = by_household(simulation, "adi_scala_equivalenza", month)
    counted = simulation.calculate("adi_componente_in_scala", month)
    born = simulation.calculate("adi_nato", month)
    for person, is_counted, is_born in zip(simulation.persons.ids, counted, born, strict=True):
        assert is_counted == is_born or not person.endswith("_new")
    for household in households:
        assert after[household] >= before[household]


@thorough
@given(st.data(), months)
def test_the_order_of_households_and_of_people_does_not_matter(data, month):
    households = data.draw(random_households(month))
    reordered = {
        household: (
            households[household][0],
            dict(data.draw(st.permutations(list(households[household][1].items())))),
        )
        for household in data.draw(st.permutations(list(households)))
    }
    one, other = build(households, month), build(reordered, month)
    for variable in RESULTS["nucleo"]:
        assert by_household(one, variable, month) == by_household(other, variable, month), variable


@thorough
@given(st.data(), months)
def test_the_order_of_households_does_not_matter_even_to_who_has_resigned(data, month):
    households = data.draw(random_households(month, resigned=True))
    order = data.draw(st.permutations(list(households)))
    one = build(households, month)
    other = build({household: households[household] for household in order}, month)
    for variable in RESULTS["nucleo"]:
        assert by_household(one, variable, month) == by_household(other, variable, month), variable


@thorough
@given(st.data(), months)
def test_together_is_one_by_one(data, month):
    households = data.draw(random_households(month, resigned=True))
    together = build(households, month)
    alone = [build({name: household}, month) for name, household in households.items()]
    for variable in (*RESULTS["persona"], *RESULTS["nucleo"]):
        expected = np.concatenate([one.calculate(variable, month) for one in alone])
        assert together.calculate(variable, month).tolist() == expected.tolist(), variable


@thorough
@given(st.data(), months)
def test_the_amount_is_nothing_or_at_least_forty_euros_in_whole_cents(data, month):
    households = data.draw(random_households(month, resigned=True))
    ceilings = by_household(build(households, month), "adi_soglia_reddito", month)
    for household, (facts, _) in households.items():
        if data.draw(st.booleans(), "income near the ceiling"):
            below = data.draw(st.integers(-1, 60_000)) / 100
            facts["reddito_familiare"] = max(0, round(ceilings[household] - below, 2))

    amounts = build(households, month).calculate("adi_spettante", month)
    assert np.all((amounts == 0) | (amounts >= 40.00))
    assert np.array_equal(amounts, np.round(amounts * 100) / 100)
