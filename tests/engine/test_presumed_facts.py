"""A fact given to some people only: the others have what its formula presumes, however it was given."""

import pytest
from households import SYSTEM
from openfisca_core.errors import SituationParsingError
from openfisca_core.simulation_builder import SimulationBuilder


def build(people):
    others = [name for name in people if name != "anna"]
    household = {"richiedente": "anna", "componenti": others}
    return SimulationBuilder().build_from_dict(
        SYSTEM, {"persone": people, "nuclei": {"n": household}}
    )


def born(day, **facts):
    return {"data_nascita": {"ETERNITY": day}, **facts}


def test_an_age_given_to_one_person_leaves_the_others_their_birth():
    simulation = build({"anna": {"eta": {"2025-03": 62}}, "bea": born("1980-01-01")})
    assert simulation.calculate("eta", "2025-03").tolist() == [62, 45]
    assert simulation.calculate("anni_residenza_italia", "2025-03").tolist() == [62, 45]


def test_a_bool_given_to_one_person_is_presumed_for_the_others():
    people = {
        "anna": born("1980-01-01"),
        "bea": born("1982-01-01", responsabilita_genitoriale={"2025": True}),
        "carlo": born("2015-01-01"),
    }
    given = build(people).calculate("responsabilita_genitoriale", "2025-03")
    assert given.tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("month", "ages"), [("2025-03", [62, 40]), ("2025-04", [60, 40]), ("2026-01", [46, 50])]
)
def test_a_month_of_one_and_the_year_of_another_stay_together(month, ages):
    people = {
        "anna": born("1980-01-01", eta={"2025-03": 62, "2025": 60}),
        "bea": born("1980-01-01", eta={"2025": 40}),
    }
    people["anna"]["eta"] |= {"2026-02": 61}
    people["bea"]["eta"] |= {"2026-01": 50}
    assert build(people).calculate("eta", month).tolist() == ages


def test_what_is_given_to_everybody_is_an_input_like_any_other():
    people = {"anna": {"eta": {"2025": 62}}, "bea": {"eta": {"2025": 40}}}
    simulation = build(people)
    holder = simulation.persons.get_holder("eta")
    assert holder.get_array("2025-07").tolist() == [62, 40]
    assert holder.partly_given == {}


def test_a_date_for_ever_given_to_one_household_is_presumed_for_the_other():
    households = {
        "n": {"richiedente": "anna", "adi_data_rinnovo_1": {"ETERNITY": "2025-10-06"}},
        "m": {
            "richiedente": "bea",
            "adi_data_rinnovo_1": {"ETERNITY": "2025-10-06"},
            "adi_data_pad_rinnovo_1": {"ETERNITY": "2025-11-07"},
        },
    }
    people = {"anna": born("1960-01-01"), "bea": born("1960-01-01")}
    simulation = SimulationBuilder().build_from_dict(
        SYSTEM, {"persone": people, "nuclei": households}
    )
    signed = simulation.calculate("adi_data_pad_rinnovo_1", "2025-10")
    assert signed.astype(str).tolist() == ["2025-10-06", "2025-11-07"]


@pytest.mark.parametrize("name", ["eta", "spese_disabilita"])
@pytest.mark.parametrize("when", ["2025-03-10", "2025-W10"])
def test_a_part_of_a_month_is_refused_not_ignored(name, when):
    with pytest.raises(SituationParsingError, match="non per"):
        build({"anna": born("1960-01-01", **{name: {when: 62}})})


@pytest.mark.parametrize("name", ["anni_residenza_italia", "spese_disabilita"])
def test_a_month_stands_out_of_its_year_alone(name):
    simulation = build({"anna": born("1960-01-01", **{name: {"2025": 100, "2025-03": 7}})})
    found = [simulation.calculate(name, f"2025-{month:02}")[0] for month in range(1, 13)]
    assert found == [100, 100, 7, *[100] * 9]
