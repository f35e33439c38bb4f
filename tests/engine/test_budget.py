"""The budget of an example household as its income grows."""

import pytest

from openfisca_adi.comparison.budget import BudgetError, budget, budgets, examples
from openfisca_adi.reform_names import find_reform
from openfisca_adi.story import StoryError
from openfisca_adi.system import default_system

LAW = default_system()
FROZEN = find_reform("soglie_2024_congelate")(LAW)
ALONE = {"persone": {"anna": {"eta": 62}}, "nucleo": {"richiedente": "anna"}}


def test_a_single_person_loses_a_euro_of_benefit_for_a_euro_of_income():
    curve = budget(ALONE, "2025-06", LAW, FROZEN, highest=8_000, step=100).set_index("reddito")
    assert curve.index.tolist() == [100 * n for n in range(81)]
    assert curve.loc[0, ["adi_legge", "adi_riforma"]].tolist() == pytest.approx(
        [6500, 6000], abs=0.1
    )
    assert curve.loc[3000, "adi_legge"] == pytest.approx(3500, abs=0.1)
    assert curve.loc[3000, "disponibile_legge"] == pytest.approx(6500, abs=0.1)
    assert curve.loc[3000, "aliquota_legge"] == pytest.approx(1, abs=1e-3)
    # 480 euro a year are the least: 500 at 6,000, 480 from 6,100 on, and at 6,500 nothing.
    assert curve.loc[6000, "aliquota_legge"] == pytest.approx(20 / 100, abs=1e-3)
    assert curve.loc[[6100, 6300], "aliquota_legge"].tolist() == [0, 0]
    assert curve.loc[6400, "aliquota_legge"] == pytest.approx(480 / 100)
    assert curve.loc[[6500, 8000], "adi_legge"].tolist() == [0, 0]
    assert curve["aliquota_legge"].isna().tolist() == [False] * 80 + [True]


def test_the_examples_of_the_package_are_entitled_without_income():
    curves = budgets(examples(), "2025", LAW, FROZEN)
    assert len(curves) == 2
    for curve in curves.values():
        assert curve.loc[0, "adi_legge"] > curve.loc[0, "adi_riforma"] > 0
        assert curve["adi_legge"].iloc[-1] == 0
        assert (curve["adi_legge"].diff().dropna() <= 0).all()


def test_the_example_of_a_file(tmp_path):
    path = tmp_path / "mia.yaml"
    text = "persone: {p: {eta: 40}, q: {eta: 3}}\nnucleo: {richiedente: p, componenti: [q]}"
    path.write_text(text, encoding="utf-8")
    (curve,) = budgets(examples(path), "2025-06", LAW, FROZEN).values()
    assert curve.loc[0, "adi_legge"] == pytest.approx(6500 * 1.15, abs=0.1)
    path.write_text("persone: {}", encoding="utf-8")
    with pytest.raises(StoryError):
        examples(path)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"isee": 0}, "«isee» dipende dal reddito"),
        (
            {"canone_locazione_annuo": {"2025-06": 100}},
            "«canone_locazione_annuo» ha un valore per mese",
        ),
        ({"canone": 100}, "canone"),
    ],
)
def test_a_household_without_a_budget_is_told(facts, message):
    household = {**ALONE, "nucleo": {**ALONE["nucleo"], **facts}}
    with pytest.raises(BudgetError, match=message):
        budget(household, "2025-06", LAW, FROZEN)
