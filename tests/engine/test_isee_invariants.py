"""What must hold for the ISEE of every household, computed from its parts: tried on random ones."""

from households import MONTHS, build, by_household, dates_before, euros, small_amounts
from hypothesis import given, settings
from hypothesis import strategies as st

months = st.sampled_from(MONTHS)
thorough = settings(deadline=None, max_examples=100)

RESULTS = [
    "isee_isr",
    "isee_isp",
    "isee_ise",
    "isee_scala_equivalenza",
    "isee",
    "reddito_familiare",
]
WEALTH = [
    "valore_imu_abitazione",
    "valore_imu_altri_immobili",
    "patrimonio_mobiliare",
    "giacenze_finanziarie_fruttifere",
]
adults = st.integers(6580, 36000)
ages_in_days = st.integers(-60, 1200) | st.integers(1000, 6700) | adults
large_amounts = euros.map(lambda value: 15 * value)


def members(month, days=ages_in_days):
    """Return a strategy of members with the facts that the ISEE asks about a person."""
    return st.fixed_dictionaries(
        {"data_nascita": dates_before(month, days)},
        optional={
            "disabilita": st.sampled_from(["nessuna", "media", "grave"]),
            "ha_lavorato_sei_mesi": st.booleans(),
            "reddito_complessivo_irpef": euros,
            "redditi_lavoro_dipendente": euros,
            "redditi_pensione": small_amounts,
            "assegno_unico": small_amounts,
            "trattamenti_assistenziali_in_corso": small_amounts,
            "spese_disabilita": small_amounts,
            "assegni_mantenimento_corrisposti": small_amounts,
        },
    )


@st.composite
def random_households(draw, month):
    """Draw one to three households with an adult and up to six others, as ``build`` takes them.

    ``figlio_nel_nucleo`` is stated of everybody, or of nobody; in half of the draws everybody
    works, so that the add-on for parents who work is common.
    """
    children_are_stated, everybody_works = draw(st.booleans()), draw(st.booleans())
    households = {}
    for number in range(draw(st.integers(1, 3))):
        others = draw(st.integers(0, 6))
        people = [draw(members(month, days)) for days in [adults, *[ages_in_days] * others]]
        people[0]["ruolo"] = "richiedente"
        for person in people:
            if everybody_works:
                person["ha_lavorato_sei_mesi"] = True
            if children_are_stated:
                person["figlio_nel_nucleo"] = draw(st.booleans())
        facts = draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "valore_imu_abitazione": large_amounts,
                    "valore_imu_altri_immobili": euros,
                    "patrimonio_mobiliare": large_amounts,
                    "titoli_di_stato_e_risparmio_postale": large_amounts,
                    "giacenze_finanziarie_fruttifere": large_amounts,
                    "canone_locazione_annuo": small_amounts,
                    "isee_trattamenti_adi": small_amounts,
                    "isee_componente_aggiuntiva": small_amounts,
                    "residente_capoluogo_metropolitano": st.booleans(),
                },
            )
        )
        ids = [f"n{number}_p{position}" for position in range(len(people))]
        households[f"n{number}"] = (facts, dict(zip(ids, people, strict=True)))
    return households


@thorough
@given(st.data(), months)
def test_more_wealth_never_lowers_the_isee(data, month):
    """The wealth added is of kinds that count: more state bonds in the same total may lower it."""
    households = data.draw(random_households(month))
    before = by_household(build(households, month), "isee", month)

    for facts, _ in households.values():
        for variable in data.draw(st.lists(st.sampled_from(WEALTH), min_size=1, unique=True)):
            facts[variable] = facts.get(variable, 0) + data.draw(large_amounts)

    after = by_household(build(households, month), "isee", month)
    for household in households:
        assert after[household] >= before[household]


@thorough
@given(st.data(), months)
def test_one_more_member_without_income_never_raises_the_isee(data, month):
    """True of whoever joins: adult or minor, child or not, working or not, disabled or not.

    A new adult may take away the add-on for parents who work or for an only adult: 0.30 at most.
    The scale grows by more with every member: 0.35 at least. Nothing else that a member without
    income or wealth changes can raise the ISEE. The additional component is a given amount, the
    same before and after; a household in which nobody is born yet has no ISEE, and is left out.
    """
    households = data.draw(random_households(month))
    simulation = build(households, month)
    before = by_household(simulation, "isee", month)
    scale_before = by_household(simulation, "isee_scala_equivalenza", month)

    for household, (_, people) in households.items():
        newcomer = {
            "data_nascita": data.draw(dates_before(month, ages_in_days)),
            "ha_lavorato_sei_mesi": data.draw(st.booleans()),
            "disabilita": data.draw(st.sampled_from(["nessuna", "media"])),
        }
        if any("figlio_nel_nucleo" in person for person in people.values()):
            newcomer["figlio_nel_nucleo"] = data.draw(st.booleans())
        people[f"{household}_new"] = newcomer

    simulation = build(households, month)
    after = by_household(simulation, "isee", month)
    scale_after = by_household(simulation, "isee_scala_equivalenza", month)
    for household in households:
        assert scale_after[household] >= scale_before[household]
        assert after[household] <= before[household]


@thorough
@given(st.data(), months)
def test_the_order_of_people_does_not_matter(data, month):
    households = data.draw(random_households(month))
    reordered = {
        household: (facts, dict(data.draw(st.permutations(list(people.items())))))
        for household, (facts, people) in households.items()
    }
    one, other = build(households, month), build(reordered, month)
    for variable in RESULTS:
        assert by_household(one, variable, month) == by_household(other, variable, month), variable


@thorough
@given(st.data(), months, small_amounts, small_amounts)
def test_a_given_isee_and_a_given_income_win_over_their_parts(data, month, isee, income):
    households = data.draw(random_households(month))
    for facts, _ in households.values():
        facts |= {"isee": isee, "reddito_familiare": income}

    simulation = build(households, month)
    assert by_household(simulation, "isee", month) == dict.fromkeys(households, isee)
    assert by_household(simulation, "reddito_familiare", month) == dict.fromkeys(households, income)
