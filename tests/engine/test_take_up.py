"""Take-up: rates by category and amount, as an expected value."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openfisca_adi.comparison import outcomes
from openfisca_adi.comparison.take_up import CATEGORIES, TakeUp, TakeUpError, pieces

HAS = {name: np.zeros(4, bool) for name in CATEGORIES.values()}
HAS["Minori"] = np.array([True, False, True, False])
HAS["Disabilità"] = np.array([False, True, True, False])


def read(tmp_path, text):
    path = tmp_path / "adesione.yaml"
    path.write_text(text, encoding="utf-8")
    return TakeUp.read(path)


def test_the_first_category_of_the_file_counts_and_amounts_multiply(tmp_path):
    text = "categorie: {disabilita: 0.9, minori: 0.5}\nimporti: {300: 1, 100: 0.5}\nfonte: prova"
    take_up = read(tmp_path, text)
    amount = np.array([99.99, 100, 300, 299.99])
    assert take_up.rates(amount, HAS) == pytest.approx([0.5, 0.45, 0.9, 0.5])
    assert "Disabilità 0,90; Minori 0,50; da 100 euro al mese × 0,50" in str(take_up)
    assert "Fonte: prova" in str(take_up)


def test_the_categories_are_those_of_a_comparison():
    names = [name for key, name in CATEGORIES.items() if key != "altri"]
    assert names == list(outcomes.CATEGORIES)


def test_everybody_receives_unless_said_otherwise(tmp_path):
    assert TakeUp().is_full()
    assert read(tmp_path, "categorie: {minori: 1}").is_full()
    assert not read(tmp_path, "importi: {0: 0.99}").is_full()
    assert read(tmp_path, "importi: {0: 0.5}").rates(np.ones(4), HAS) == pytest.approx([0.5] * 4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[1, 2]", "servono «categorie», «importi» o entrambi"),
        ("tassi: {minori: 1}", "servono «categorie»"),
        ("categorie: {minori: 1}\nimporto: 1", "«importo»; forse «importi»"),
        ("categorie: {minorenni: 1}", "«minorenni» non esiste; forse «minori»"),
        ("categorie: {minori: 90}", "minori: «90» non è un tasso tra 0 e 1"),
        ("categorie: {minori: true}", "«True» non è un tasso"),
        ("categorie: {minori: 0,9}", "«None» non è un tasso"),
        ("categorie: 0.9", "servono coppie «nome: tasso»"),
        ("importi: {cento: 0.9}", "«cento» non è un importo"),
        ("importi: {-1: 0.9}", "«-1» non è un importo"),
        ("categorie: {minori", "non è un file YAML leggibile"),
    ],
)
def test_a_wrong_file_is_told(tmp_path, text, message):
    with pytest.raises(TakeUpError) as error:
        read(tmp_path, text)
    assert message in str(error.value)
    assert "adesione.yaml" in str(error.value)


amounts = st.sampled_from([0.0, 100.0, 250.0])
rates = st.sampled_from([0.0, 0.25, 0.5, 1.0])


@given(st.lists(st.tuples(amounts, amounts, rates, rates), min_size=1, max_size=20))
def test_the_parts_of_a_household_keep_its_expected_amounts(rows):
    before, after, rate_before, rate_after = np.array(rows).T
    parts = list(pieces(before, after, rate_before, rate_after))
    assert sum(share for share, *_ in parts) == pytest.approx(np.ones(len(before)))
    assert all((share >= 0).all() for share, *_ in parts)
    for place, (amount, rate) in enumerate([(before, rate_before), (after, rate_after)], start=1):
        expected = sum(part[0] * part[place] for part in parts)
        assert expected == pytest.approx(amount * rate)
