"""The procedure, month by month: any month can be asked first, each is computed once, and little is kept."""

import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from households import MONTHS, SYSTEM, build
from hypothesis import given, settings
from hypothesis import strategies as st
from openfisca_core.errors import SituationParsingError
from openfisca_core.periods import DateUnit, Instant
from openfisca_web_api.app import create_app

from openfisca_adi import recursion
from openfisca_adi.variable import PresumedFact
from openfisca_adi.variables.adi.procedura import passo

CASES = Path(__file__).parents[1] / "adi" / "procedura"
STORY = MONTHS[:36]
RESULTS = [
    "adi_periodo",
    "adi_mensilita",
    "adi_sospeso",
    "adi_decaduto",
    "adi_contributo_straordinario",
    "adi_arretrati",
    "adi_erogato",
    "adi_motivo_mese",
]
ENTITLEMENT = ["adi_spettante", "adi_requisiti", "adi_scala_equivalenza", "adi_reddito_familiare"]
SECONDS_TO_REFUSE = 2
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

results = st.sampled_from(RESULTS)
several_months = st.lists(st.sampled_from(STORY), min_size=1, max_size=10)
few = settings(deadline=None, max_examples=6)


def households_of_the_cases():
    """Return the households of the procedure's cases, as ``build`` takes them.

    Without those that state a presumed fact, which would switch its formula off for the others.
    """
    found = {}
    for file in sorted(CASES.glob("*.yaml")):
        for number, case in enumerate(yaml.load(file.read_text("utf-8"), Loader=LOADER)):
            facts, month = case["input"], case["period"]
            for group, stated in (facts.get("nuclei") or {"n1": facts["nucleo"]}).items():
                key, about = f"{file.stem}_{number}_{group}", dict(stated)
                applicants = [about.pop("richiedente")] if "richiedente" in about else []
                members = {
                    name: facts["persone"][name]
                    for name in [*applicants, *about.pop("componenti", [])]
                }
                if any(map(presumes, (about, *members.values()))):
                    continue
                people = {f"{key}_{name}": dated(fact, month) for name, fact in members.items()}
                for name in applicants:
                    people[f"{key}_{name}"]["ruolo"] = "richiedente"
                found[key] = dated(about, month), people
    return found


def presumes(facts):
    """Do these facts state something a formula presumes, other than the means, given in every case?"""
    stated = set(facts) - {"isee", "reddito_familiare"}
    return any(isinstance(SYSTEM.get_variable(name), PresumedFact) for name in stated)


def dated(facts, month):
    """A fact without a date holds for the month of the case, unless it is ETERNITY."""
    return {
        name: {month: value}
        if SYSTEM.get_variable(name).definition_period == DateUnit.MONTH
        and not isinstance(value, dict)
        else value
        for name, value in facts.items()
    }


HOUSEHOLDS = households_of_the_cases()
FIRST_STORY = next(name for name in HOUSEHOLDS if name.startswith("storie"))


def simulation():
    return build(HOUSEHOLDS)


def told(simulation, variable, month):
    """Return the values of a variable, choices by name."""
    values = simulation.calculate(variable, month)
    return values.decode_to_str().tolist() if hasattr(values, "decode_to_str") else values.tolist()


@pytest.fixture(scope="module")
def in_order():
    """Every result of every month, asked in the order of the calendar."""
    people = simulation()
    return {(name, month): told(people, name, month) for month in STORY for name in RESULTS}


@contextmanager
def recorded_steps():
    """Record the months in which the procedure makes a step."""
    months, begin = [], passo.finisci_periodo

    def recorded(stato, mese):
        months.append(str(mese.period))
        begin(stato, mese)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passo, "finisci_periodo", recorded)
        yield months


# Any order


def test_the_households_of_the_cases_meet_every_reason(in_order):
    met = {reason for month in STORY for reason in in_order["adi_motivo_mese", month]}
    assert met == {reason.name for reason in passo.MotivoMese}
    assert {number for month in STORY for number in in_order["adi_periodo", month]} == {0, 1, 2, 3}
    assert len(HOUSEHOLDS) > 100


@few
@given(st.lists(st.tuples(results, st.sampled_from(STORY)), min_size=1, max_size=20))
def test_any_month_asked_first_is_what_it_is_in_order(in_order, asked):
    people = simulation()
    for name, month in asked:
        assert told(people, name, month) == in_order[name, month], (name, month)


def test_from_the_last_month_to_the_first(in_order):
    people = simulation()
    for month in reversed(STORY):
        for name in RESULTS:
            assert told(people, name, month) == in_order[name, month], (name, month)


def test_one_household_alone_is_what_it_is_among_the_others(in_order):
    place = list(HOUSEHOLDS).index(FIRST_STORY)
    alone = build({FIRST_STORY: HOUSEHOLDS[FIRST_STORY]})
    for month in (STORY[-1], *STORY):
        for name in RESULTS:
            assert told(alone, name, month) == [in_order[name, month][place]], (name, month)


def test_nobody_has_signed_the_digital_pact():
    facts, people = HOUSEHOLDS[FIRST_STORY]
    facts = {name: value for name, value in facts.items() if name != "adi_data_pad"}
    without = build({FIRST_STORY: (facts, people)})
    assert told(without, "adi_erogato", STORY[-1]) == [0]
    assert told(without, "adi_motivo_mese", STORY[0]) == ["senza_patto"]


# Each month once


@few
@given(st.lists(st.tuples(results, st.sampled_from(STORY)), min_size=1, max_size=20))
def test_each_month_is_computed_once(asked):
    people = simulation()
    with recorded_steps() as steps:
        for name, month in asked:
            people.calculate(name, month)
    assert steps == STORY[: STORY.index(max(month for _, month in asked)) + 1]


def test_what_is_deleted_is_read_again_without_a_step(in_order):
    people, month = simulation(), STORY[20]
    with recorded_steps() as steps:
        people.calculate("adi_erogato", month)
        for name in RESULTS:
            people.delete_arrays(name, month)
        assert told(people, "adi_erogato", month) == in_order["adi_erogato", month]
    assert steps == STORY[:21]


def test_before_the_law_there_is_no_step():
    with recorded_steps() as steps:
        assert not simulation().calculate("adi_erogato", "2023-12").any()
    assert steps == []


# Little is kept


def known(simulation):
    """Return what a simulation holds: names of variables, each with a period."""
    return {
        (name, str(kept))
        for population in simulation.populations.values()
        for name, holder in population._holders.items()
        for kept in holder.get_known_periods()
    }


def monthly(held):
    return {
        (name, month)
        for name, month in held
        if SYSTEM.get_variable(name).definition_period == DateUnit.MONTH
    }


@few
@given(several_months)
def test_what_the_months_passed_through_computed_is_forgotten(asked):
    people = simulation()
    inputs = known(people)
    for month in asked:
        people.calculate("adi_erogato", month)
    held = known(people)
    assert inputs <= held
    assert {month for _, month in monthly(held - inputs)} == set(asked)
    assert {("adi_erogato", month) for month in asked} <= held
    assert {("adi_decorrenza", "ETERNITY"), ("adi_scadenza_primo_appuntamento", "ETERNITY")} <= held


def test_what_was_asked_before_is_kept():
    people = simulation()
    people.calculate("adi_spettante", STORY[3])
    before = known(people)
    people.calculate("adi_erogato", STORY[12])
    assert before <= known(people)
    assert {month for _, month in monthly(known(people) - before)} == {STORY[12]}


# Entitlement and procedure


@few
@given(several_months, several_months)
def test_entitlement_and_procedure_do_not_disturb_each_other(in_order, rights, payments):
    before, after = simulation(), simulation()
    asked = [(name, month) for month in rights for name in ENTITLEMENT]
    expected = {key: told(before, *key) for key in asked}
    for people in (before, after):
        for month in payments:
            for name in RESULTS:
                assert told(people, name, month) == in_order[name, month], (name, month)
        assert {key: told(people, *key) for key in asked} == expected


# Too far


@pytest.mark.parametrize("month", ["2041-01", "9999-12"])
def test_a_month_too_far_is_refused_at_once(month, in_order):
    people = simulation()
    start = time.perf_counter()
    with (
        recorded_steps() as steps,
        pytest.raises(SituationParsingError, match="l'ultimo che si calcola") as e,
    ):
        people.calculate("adi_erogato", month)
    assert time.perf_counter() - start < SECONDS_TO_REFUSE
    assert steps == []
    assert month in str(e.value)
    assert "2040-12" in str(e.value)
    assert told(people, "adi_erogato", STORY[5]) == in_order["adi_erogato", STORY[5]]


def test_the_last_month_is_not_too_far(monkeypatch, in_order):
    monkeypatch.setattr(recursion, "LAST_MONTH", Instant((2025, 8, 1)))
    people = simulation()
    assert told(people, "adi_erogato", "2025-08") == in_order["adi_erogato", "2025-08"]
    with pytest.raises(SituationParsingError, match="il mese 2025-09 è dopo"):
        people.calculate("adi_erogato", "2025-09")


# The Web API


@pytest.fixture(scope="module")
def client():
    return create_app(SYSTEM).test_client()


def situation(*asked):
    """Return the first story of the procedure as a client of the Web API writes it."""
    years = ("2024", "2025", "2026")
    return {
        "persone": {"anna": {"data_nascita": {"ETERNITY": "1962-03-15"}}},
        "nuclei": {
            "n1": {
                "richiedente": "anna",
                "isee": dict.fromkeys(years, 3000),
                "reddito_familiare": dict.fromkeys(years, 0),
                "adi_data_domanda": {"ETERNITY": "2024-01-05"},
                "adi_data_pad": {"ETERNITY": "2024-01-05"},
                "adi_data_primo_appuntamento": {"ETERNITY": "2024-03-01"},
                "adi_data_rinnovo_1": {"ETERNITY": "2025-07-10"},
                "adi_data_rinnovo_2": {"ETERNITY": "2026-08-05"},
                **{name: dict.fromkeys(months) for name, months in asked},
            }
        },
    }


def test_the_web_api_answers_in_any_order(client):
    paid = {"2026-08": 270.84, "2024-01": 500, "2025-08": 1041.67, "2025-07": 0, "2026-09": 541.67}
    answer = client.post("/calculate", json=situation(("adi_erogato", paid)))
    assert answer.status_code == 200
    assert answer.json["nuclei"]["n1"]["adi_erogato"] == paid


def test_the_web_api_traces_the_procedure(client):
    answer = client.post("/trace", json=situation(("adi_erogato", ["2025-08"])))
    assert answer.status_code == 200
    assert answer.json["trace"]["adi_erogato<2025-08>"]["value"] == [1041.67]


@pytest.mark.parametrize("address", ["/calculate", "/trace"])
@pytest.mark.parametrize("name", RESULTS)
def test_the_web_api_refuses_a_month_too_far(client, address, name):
    start = time.perf_counter()
    answer = client.post(address, json=situation((name, ["2041-01"])))
    assert time.perf_counter() - start < SECONDS_TO_REFUSE
    assert answer.status_code == 400
    assert answer.is_json
    assert answer.json["2041-01"] == "il mese 2041-01 è dopo 2040-12, l'ultimo che si calcola"
