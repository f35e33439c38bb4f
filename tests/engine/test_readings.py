"""The other readings of the law: each has its reform, its entry and its cases, and moves what it says."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from openfisca_core.simulation_builder import SimulationBuilder

from openfisca_adi.population import Population, simulate
from openfisca_adi.readings import (
    ENTITLED,
    NO_DATES,
    PAID,
    interpretation_of,
    interpretations,
    measure_readings,
)
from openfisca_adi.system import default_system

SYSTEM = default_system()
READINGS = dict(interpretations())
CASES = Path(__file__).parents[1] / "riforme" / "interpretazioni"
DOCS = CASES.parents[2] / "docs" / "interpretazioni.md"

# A person of 62 in a home of 160,000 euro; one of 62 whose spouse is under a preventive measure; a person of
# 62 who, where the dates are given, held the first appointment too late for August and September 2024.
PEOPLE = pd.DataFrame(
    [
        ("casa", "a", "1962-06-15", False),
        ("misura", "b1", "1962-06-15", False),
        ("misura", "b2", "1985-05-20", True),
        ("ritardo", "c", "1962-06-15", False),
    ],
    columns=["id_nucleo", "id_persona", "data_nascita", "misura_prevenzione"],
)
HOUSEHOLDS = pd.DataFrame(
    {
        "id_nucleo": ["casa", "misura", "ritardo"],
        "peso": [10.0, 20.0, 30.0],
        "isee": 0.0,
        "reddito_familiare": 0.0,
        "valore_imu_abitazione": [160_000.0, 0.0, 0.0],
    }
)
PAD = pd.to_datetime(pd.Series([None, None, "2024-03-10"]))
APPOINTMENT = pd.to_datetime(pd.Series([None, None, "2024-09-25"]))
DATES = {"adi_data_domanda": PAD, "adi_data_pad": PAD, "adi_data_primo_appuntamento": APPOINTMENT}


def test_every_reading_with_a_reform_is_in_the_documentation_and_the_other_way_round():
    rows = re.findall(r"^\| (I-\d\d) \|.*\| ([^|]*) \|$", DOCS.read_text("utf-8"), re.MULTILINE)
    documented = {(name, entry) for entry, cell in rows for name in re.findall(r"`(\w+)`", cell)}
    assert documented == {(name, interpretation_of(reform)) for name, reform in READINGS.items()}


def test_every_reading_has_its_cases():
    assert {path.stem for path in CASES.glob("*.yaml")} == set(READINGS)


@pytest.mark.parametrize("name", READINGS)
def test_a_reading_moves_something_in_its_cases_and_not_everything(name):
    reading = READINGS[name](SYSTEM)
    cases = yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))
    changed = [
        np.asarray(before) != np.asarray(after)
        for case in cases
        if "reforms" in case
        for before, after in zip(outputs(SYSTEM, case), outputs(reading, case), strict=True)
    ]
    changed = np.concatenate(changed)
    assert changed.any()
    assert not changed.all()


def outputs(system, case):
    """Return the results that a case asks for, one array per variable and month, computed by a system."""
    builder = SimulationBuilder()
    builder.set_default_period(case["period"])
    simulation = builder.build_from_dict(system, case["input"])
    return [
        simulation.calculate(name, month) for name, month in sorted(asked(case["output"], case))
    ]


def asked(output, case):
    """Return the variables, and their months, among the keys of the output of a case."""
    found = set()
    for key, value in output.items():
        if key in SYSTEM.variables:
            months = value if isinstance(value, dict) else [case["period"]]
            found |= {(key, str(month)) for month in months}
        elif isinstance(value, dict):
            found |= asked(value, case)
    return found


@pytest.fixture(scope="module")
def undated():
    return Population.from_tables(PEOPLE, HOUSEHOLDS)


def test_readings_of_the_entitlement(undated):
    found = measure_readings(undated, "2025-06", SYSTEM)
    assert found.law == pytest.approx({"nuclei": 60, "costo_annuo": 60 * 541.67 * 12})
    rows = found.table.set_index("lettura")
    assert set(rows.index) == set(READINGS)
    home, penal = rows.loc["casa_valore_intero"], rows.loc["penale_intero_nucleo"]
    assert found.table["lettura"].tolist()[:2] == ["penale_intero_nucleo", "casa_valore_intero"]
    assert (home["misura"], home["sigla"], home["nuclei"]) == (ENTITLED, "I-08", 50)
    assert home["differenza_costo"] == pytest.approx(-10 * 541.67 * 12)
    assert home["differenza_percentuale"] == pytest.approx(-100 / 6)
    assert (home["guadagnano"], home["perdono"]) == (0, 10)
    assert penal["differenza_nuclei"] == -20
    assert rows.loc["base_richiedente", "differenza_costo"] == 0


def test_readings_of_the_procedure_are_not_zero_without_dates(undated):
    found = measure_readings(undated, "2024-07", SYSTEM)
    row = found.table.set_index("lettura").loc["senza_arretrati"]
    assert row["misura"] == ""
    assert np.isnan(row["differenza_costo"])
    text = found.to_text()
    before, after = text.split(f"Non misurabili, {NO_DATES}:")
    assert "senza_arretrati (I-26)" in after
    assert "senza_arretrati" not in before
    assert "minimo_solo_quota_a (I-04)" in before.split("Nessun effetto")[1]
    assert PAID not in text


def test_readings_of_the_procedure_are_measured_on_what_is_paid():
    dated = Population.from_tables(PEOPLE, HOUSEHOLDS.assign(**DATES))
    found = measure_readings(dated, "2024-10", SYSTEM)
    rows = found.table.set_index("lettura")
    lost = rows.loc["senza_arretrati"]
    assert (lost["misura"], lost["guadagnano"], lost["perdono"]) == (PAID, 0, 30)
    assert lost["differenza_costo"] == pytest.approx(-30 * 2 * 500 * 12)
    assert "senza_arretrati (I-26)*" in found.to_text()
    assert NO_DATES not in found.to_text()
    same = rows.loc["orologi_90_giorni_dal_primo_appuntamento"]  # at 62 nobody must come back
    assert (same["misura"], same["differenza_costo"]) == (PAID, 0)


def test_a_reading_is_measured_as_the_simulation_computes_it(undated):
    found = measure_readings(undated, "2025", SYSTEM).table.set_index("lettura")
    for name in ("casa_valore_intero", "base_componente_fragile"):
        results = simulate(undated, "2025", [ENTITLED], READINGS[name](SYSTEM))
        cost = results["peso"] @ results[ENTITLED]
        assert found.loc[name, "costo_annuo"] == pytest.approx(cost)
