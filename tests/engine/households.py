"""Households for the tests of the engine: written by hand, or drawn by hypothesis."""

from datetime import timedelta

from hypothesis import strategies as st
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulation_builder import SimulationBuilder

from openfisca_adi import CountryTaxBenefitSystem

SYSTEM = CountryTaxBenefitSystem()
MONTHS = [f"{year}-{month:02}" for year in range(2024, 2028) for month in range(1, 13)]


def _is_of_the_month(variable):
    """Say whether a result depends on its month alone: those of the procedure follow all the months before."""
    return variable.formulas and "procedura" not in variable.introspection_data[0]


#: The results of each entity; not those of the procedure, which follow the months one by one.
RESULTS = {
    entity: [
        name
        for name, variable in SYSTEM.variables.items()
        if variable.entity.key == entity
        and variable.formulas
        and "/procedura/" not in variable.introspection_data[0]
    ]
    for entity in ("persona", "nucleo")
}


def build(households, *periods):
    """Return a simulation of households given as ``{id: (facts, {id of the person: facts})}``.

    A fact holds in each of the ``periods``, unless it is ETERNITY or is given as ``{period: value}``;
    the applicant is the person whose facts say so (``ruolo: richiedente``).
    """
    people, groups = {}, {}
    for household, (facts, members) in households.items():
        others = [person for person, about in members.items() if "ruolo" not in about]
        groups[household] = {**_dated(facts, periods), "componenti": others}
        for person, about in members.items():
            if "ruolo" in about:
                groups[household][about["ruolo"]] = person
            people[person] = _dated(about, periods)
    return SimulationBuilder().build_from_dict(SYSTEM, {"persone": people, "nuclei": groups})


def _dated(facts, periods):
    dated = {}
    for name, value in facts.items():
        if isinstance(value, dict):
            dated[name] = value
        elif name != "ruolo":
            is_eternal = SYSTEM.get_variable(name).definition_period == DateUnit.ETERNITY
            dated[name] = dict.fromkeys(["ETERNITY"] if is_eternal else periods, value)
    return dated


def by_household(simulation, variable, month):
    """Return the values of a household's variable as ``{id: value}``."""
    values = simulation.calculate(variable, month)
    return dict(zip(simulation.populations["nucleo"].ids, values.tolist(), strict=True))


# Households drawn by hypothesis

euros = st.integers(0, 1_500_000).map(lambda cents: cents / 100)
small_amounts = st.integers(0, 800_000).map(lambda cents: cents / 100)
days_of_the_past = st.integers(0, 4000)


def dates_before(month, days):
    """Return a strategy of dates: these days before the first of the month."""
    return days.map(lambda n: str(period(month).start.date - timedelta(n)))


def births(month):
    """Return a strategy of dates of birth: unborn, children, adults and the old are all likely."""
    days = st.integers(-60, 1200) | st.integers(1000, 6700) | st.integers(6500, 36000)
    return dates_before(month, days)


def members(month):
    """Return a strategy of members that nothing keeps out of the scale."""
    return st.fixed_dictionaries(
        {"data_nascita": births(month)},
        optional={
            "disabilita": st.sampled_from(["nessuna", "media", "grave", "non_autosufficienza"]),
            "svantaggio_accertato": st.booleans(),
            "carico_cura_dichiarato": st.booleans(),
        },
    )


def obstacles(month):
    """Return a strategy of the facts of one person that may bar the household or the person."""
    past = dates_before(month, days_of_the_past)
    return st.one_of(
        st.fixed_dictionaries({"residenza_interrotta": st.booleans()}),
        st.fixed_dictionaries({"residente_in_italia": st.booleans()}),
        st.fixed_dictionaries(
            {"titolo_soggiorno": st.sampled_from(["apolide", "altro", "permesso_art_18_ter"])}
        ),
        st.fixed_dictionaries({"misura_cautelare": st.booleans()}),
        st.fixed_dictionaries(
            {"condanna_data": past, "condanna_pena_anni": st.floats(0.5, 3)},
            optional={"condanna_delitto_non_colposo": st.booleans()},
        ),
        st.fixed_dictionaries({"struttura_ingresso": past}),
        st.fixed_dictionaries({"percepisce_sfl": st.booleans()}),
        st.fixed_dictionaries({"assolve_obbligo_istruzione": st.booleans()}),
        st.fixed_dictionaries(
            {"autoveicolo_cilindrata": st.integers(1, 3000), "autoveicolo_immatricolazione": past},
            optional={"veicolo_agevolazione_disabilita": st.booleans()},
        ),
        st.fixed_dictionaries({"possiede_imbarcazione": st.booleans()}),
        st.fixed_dictionaries({"reddito_lavoro_intrapreso": small_amounts}),
    )


def resignations(month):
    """Return a strategy of resignations."""
    return st.fixed_dictionaries(
        {
            "dimissioni_data": dates_before(month, st.integers(0, 500)),
            "dimissioni_tipo": st.sampled_from(["volontarie", "giusta_causa"]),
        }
    )


@st.composite
def random_households(draw, month, resigned=False):
    """Draw one to four households of one to six people, as :func:`build` takes them."""
    odd_facts = obstacles(month) | resignations(month) if resigned else obstacles(month)
    households = {}
    for number in range(draw(st.integers(1, 4))):
        people = draw(st.lists(members(month), min_size=1, max_size=6))
        if draw(st.integers(0, 2)) == 0:
            draw(st.sampled_from(people)).update(draw(odd_facts))
        if draw(st.integers(0, 9)):
            people[0]["ruolo"] = "richiedente"
        facts = draw(
            st.fixed_dictionaries(
                {"isee": small_amounts | euros, "reddito_familiare": small_amounts | euros},
                optional={
                    "canone_locazione_annuo": small_amounts,
                    "patrimonio_mobiliare": small_amounts,
                    "titoli_di_stato_e_risparmio_postale": small_amounts,
                    "valore_imu_abitazione": euros.map(lambda value: 15 * value),
                    "isee_trattamenti_adi": small_amounts,
                    "adi_data_domanda": dates_before(month, st.integers(-40, 800)),
                },
            )
        )
        ids = [f"n{number}_p{position}" for position in range(len(people))]
        households[f"n{number}"] = (facts, dict(zip(ids, people, strict=True)))
    return households
