"""Nine households, every month from December 2023 to December 2027: nothing fails, nothing jumps.

Each household has the list of its steps: the months in which any result changes, with the scale and the
monthly amount from then on. A change that is not in the list, or a step that does not come, is an error.
In January 2026 the special ISEE of L. 199/2025 changes parts of the ISEE, and no amount: here it is given.
"""

import numpy as np
import pytest
from households import MONTHS, RESULTS, SYSTEM, build

BEFORE_THE_LAW = "2023-12"
YEARS = [str(year) for year in range(2023, 2028)]
IN_PROGRAMME = [f"2024-{month:02}" for month in range(6, 13)] + [
    f"2025-{month:02}" for month in range(1, 6)
]

# name: (facts of the household, people, steps {month: (scale, monthly amount)})
HOUSEHOLDS = {
    "single over-60 tenant": (
        {"isee": 3000, "reddito_familiare": 2400, "canone_locazione_annuo": 4200},
        {"anna": {"data_nascita": "1962-06-15", "ruolo": "richiedente"}},
        {
            "2024-01": (1.00, 580.00),  # (6,000 - 2,400 + 3,360) / 12
            "2025-01": (1.00, 645.00),  # L. 207/2024: (6,500 - 2,400 + 3,640) / 12
            "2026-01": (1.00, 645.00),  # L. 199/2025
        },
    ),
    "over-67 couple": (
        {
            "isee": 4000,
            "reddito_familiare": 5000,
            "canone_locazione_annuo": 2400,
            "patrimonio_mobiliare": 7000,
            "titoli_di_stato_e_risparmio_postale": 3000,
        },
        {
            "pietro": {"data_nascita": "1952-03-10", "ruolo": "richiedente"},
            "rosa": {"data_nascita": "1954-11-20"},
        },
        {
            "2024-01": (1.40, 615.33),  # (7,560 x 1.40 - 5,000 + 1,800) / 12
            "2025-01": (1.40, 701.33),  # L. 207/2024: (8,190 x 1.40 - 5,000 + 1,950) / 12
            "2025-05": (1.40, 701.33),  # DPCM 13/2025: the state bonds leave the assets
            "2026-01": (1.40, 701.33),  # L. 199/2025
        },
    ),
    "lone parent": (
        {"isee": 3200, "reddito_familiare": 1800},
        {
            "sara": {"data_nascita": "1990-03-18", "ruolo": "richiedente"},
            "tommaso": {"data_nascita": "2017-08-30"},
        },
        {
            "2024-01": (1.15, 425.00),  # (6,000 x 1.15 - 1,800) / 12
            "2025-01": (1.15, 472.92),  # L. 207/2024: (6,500 x 1.15 - 1,800) / 12
            "2026-01": (1.15, 472.92),  # L. 199/2025
        },
    ),
    "couple with three children": (
        {"isee": 4500, "reddito_familiare": 5200},
        {
            "marco": {"data_nascita": "1985-04-12", "ruolo": "richiedente"},
            "giulia": {"data_nascita": "1987-09-03"},
            "sofia": {"data_nascita": "2012-05-20"},
            "luca": {"data_nascita": "2015-02-08"},
            "nina": {"data_nascita": "2018-10-30"},
        },
        {
            "2024-01": (1.40, 266.67),  # 1 + 0.15 + 0.15 + 0.10; (8,400 - 5,200) / 12
            "2025-01": (1.80, 541.67),  # msg 592/2025: care load 0.40; (11,700 - 5,200) / 12
            "2026-01": (1.80, 541.67),  # L. 199/2025
        },
    ),
    "adults with a severely disabled member": (
        {"isee": 5100, "reddito_familiare": 3600, "patrimonio_mobiliare": 15000},
        {
            "paolo": {"data_nascita": "1975-11-02", "ruolo": "richiedente"},
            "elena": {"data_nascita": "1978-01-25", "disabilita": "grave"},
            "dario": {"data_nascita": "1999-06-01"},
        },
        {
            "2024-01": (1.50, 450.00),  # (6,000 x 1.50 - 3,600) / 12
            "2025-01": (1.90, 729.17),  # msg 592/2025: care load; (6,500 x 1.90 - 3,600) / 12
            "2026-01": (1.90, 729.17),  # L. 199/2025
        },
    ),
    "svantaggio": (
        {"isee": 2000, "reddito_familiare": 1200},
        {
            "ivo": {"data_nascita": "1980-02-02", "ruolo": "richiedente"},
            "lea": {
                "data_nascita": "1983-12-24",
                "svantaggio_accertato": dict.fromkeys(IN_PROGRAMME, True),
            },
        },
        {
            "2024-01": (1.00, 0.00),
            "2024-06": (1.30, 550.00),  # the programme begins; (6,000 x 1.30 - 1,200) / 12
            "2025-01": (1.30, 604.17),  # L. 207/2024: (6,500 x 1.30 - 1,200) / 12
            "2025-06": (1.00, 0.00),  # the programme is over
            "2026-01": (1.00, 0.00),  # L. 199/2025
        },
    ),
    "permit 18-ter": (
        {"isee": 12000, "reddito_familiare": 0},
        {
            "amina": {
                "data_nascita": "1995-02-14",
                "titolo_soggiorno": "permesso_art_18_ter",
                "anni_residenza_italia": 1,
                "ruolo": "richiedente",
            },
            "yusuf": {"data_nascita": "2016-09-10", "anni_residenza_italia": 1},
        },
        {
            "2024-01": (1.15, 0.00),
            "2024-11": (1.15, 575.00),  # DL 145/2024: the derogation; 6,000 x 1.15 / 12
            "2025-01": (1.15, 622.92),  # L. 207/2024: 6,500 x 1.15 / 12
            "2026-01": (1.15, 622.92),  # L. 199/2025
        },
    ),
    "a child born on the way": (
        {"isee": 2800, "reddito_familiare": 3000},
        {
            "ugo": {"data_nascita": "1992-01-20", "ruolo": "richiedente"},
            "ada": {"data_nascita": "1994-08-05"},
            "mia": {"data_nascita": "2024-09-15"},
        },
        {
            "2024-01": (1.00, 0.00),
            "2024-10": (1.15, 325.00),  # Mia is born; (6,000 x 1.15 - 3,000) / 12
            "2025-01": (1.55, 589.58),  # msg 592/2025: care load; (6,500 x 1.55 - 3,000) / 12
            "2026-01": (1.55, 589.58),  # L. 199/2025
            "2027-10": (1.15, 372.92),  # Mia is three: no care load; (6,500 x 1.15 - 3,000) / 12
        },
    ),
    "somebody turning 60": (
        {"isee": 1500, "reddito_familiare": 1000},
        {"bruno": {"data_nascita": "1965-07-02", "ruolo": "richiedente"}},
        {
            "2024-01": (1.00, 0.00),
            "2025-01": (1.00, 0.00),  # L. 207/2024: the ceilings
            "2025-08": (1.00, 458.33),  # 60 years on 2 July: from August; (6,500 - 1,000) / 12
            "2026-01": (1.00, 458.33),  # L. 199/2025
        },
    ),
}


@pytest.fixture(scope="module", params=HOUSEHOLDS)
def household(request):
    """Return the simulation of a household over all the years, and its steps."""
    facts, people, steps = HOUSEHOLDS[request.param]
    return build({"nucleo": (facts, people)}, *YEARS), steps


def results_of_the_law():
    """Return the results that the law dates: not facts that are presumed, nor dates."""
    return [
        name
        for name in (*RESULTS["persona"], *RESULTS["nucleo"])
        if name.startswith(("adi_", "isee_")) and not name.startswith("adi_data_")
    ]


def test_before_the_law_every_result_is_its_default(household):
    simulation, _ = household
    for name in results_of_the_law():
        values = simulation.calculate(name, BEFORE_THE_LAW)
        assert np.all(values == SYSTEM.get_variable(name).default_value), name


def test_scale_and_amount_of_every_month(household):
    simulation, steps = household
    expected = None
    for month in MONTHS:
        expected = steps.get(month, expected)
        scale = simulation.calculate("adi_scala_equivalenza", month)[0]
        amount = simulation.calculate("adi_spettante", month)[0]
        assert (scale, amount) == expected, month


def test_results_change_in_the_months_of_the_steps_and_in_no_other(household):
    simulation, steps = household
    names = results_of_the_law()
    changes, before = {}, None
    for month in MONTHS:
        state = [simulation.calculate(name, month).tolist() for name in names]
        if state != before:
            pairs = zip(names, before or state, state, strict=True)
            changes[month] = [name for name, old, new in pairs if old != new]
        before = state
    assert set(changes) == set(steps), {m: changes[m] for m in set(changes) - set(steps)}


def test_every_variable_can_be_asked_for_every_month(household):
    simulation, _ = household
    for month in (BEFORE_THE_LAW, *MONTHS):
        for name in SYSTEM.variables:
            values = simulation.calculate(name, month)
            assert len(values) == simulation.get_variable_population(name).count, name
