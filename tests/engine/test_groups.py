"""Groups of households: by columns, classes, types, deciles."""

import numpy as np
import pandas as pd
import pytest

from openfisca_adi.comparison import TakeUp, compare
from openfisca_adi.comparison.groups import MISSING, Group, by_column, by_type
from openfisca_adi.population import Population, RequestError
from openfisca_adi.reform_names import find_reform
from openfisca_adi.system import default_system

LAW = default_system()
FOR_ALL = find_reform("senza_requisito_categoriale")(LAW)
COUNT = 30


@pytest.fixture(scope="module")
def population():
    ids = np.arange(COUNT)
    eta = np.where(ids % 2, 70, 40)
    people = pd.DataFrame({"id_persona": ids, "id_nucleo": ids, "eta": eta, "sesso": "F"})
    households = pd.DataFrame(
        {
            "id_nucleo": ids,
            "isee": 0.0,
            "reddito_familiare": 1000.0 * ids,
            "canone_locazione_annuo": np.where(ids < 20, 0, 100.0 * ids),
            "adi_nucleo_variato_al_rinnovo": ids % 2 == 0,
            "adi_data_domanda": np.where(ids < 5, "2024-03-01", None),
            "comune": [f"comune {n}" for n in ids],
            "tipo": np.where(ids == 3, None, " a"),
            "stanze": np.where(ids == 3, np.nan, ids % 4),
            "reddito_netto": 900.0 * ids,
        }
    )
    households = households.astype({"stanze": "Float64"})
    return Population.from_tables(people, households, allow_unknown=True)


def sizes(group):
    return dict(
        zip(group.labels, np.bincount(group.codes, minlength=len(group.labels)), strict=True)
    )


def test_by_a_column_of_words_or_choices(population):
    assert sizes(by_column(population, "tipo", LAW)) == {"a": 29, MISSING: 1}
    assert sizes(by_column(population, "adi_nucleo_variato_al_rinnovo", LAW)) == {
        "falso": 15,
        "vero": 15,
    }
    assert sizes(by_column(population, "adi_data_domanda", LAW)) == {"2024": 5, "9999": 25}


def test_by_a_column_of_few_numbers(population):
    assert sizes(by_column(population, "stanze", LAW)) == {
        "0": 8,
        "1": 8,
        "2": 7,
        "3": 6,
        MISSING: 1,
    }


def test_by_a_column_of_many_numbers(population):
    income = by_column(population, "reddito_familiare", LAW)
    assert len(income.labels) == 10
    assert set(sizes(income).values()) == {3}
    assert income.labels[0] == "fino a 2.500" and income.labels[1] == "da 2.500 a 5.500"
    assert income.labels[-1] == "oltre 26.500"


def test_a_column_that_cannot_group_is_told(population):
    for column, message in {
        "canone": "i nuclei non hanno la colonna «canone»",
        "tipi": "forse «tipo»",
        "eta": "«eta» è una colonna delle persone",
        "sesso": "«sesso» è una colonna delle persone",
    }.items():
        with pytest.raises(RequestError, match=message):
            by_column(population, column, LAW)
    many = pd.Series([f"via {n}" for n in range(51)])
    with pytest.raises(RequestError, match="«via» ha 51 valori diversi"):
        by_column(type("Data", (), {"descriptive": {"via": many}})(), "via", LAW)


def test_by_type():
    people, minors = np.array([1, 2, 2, 3, 1, 4]), np.array([0, 0, 1, 1, 1, 4])
    names = ["una persona sola", "più adulti, senza minori", "un adulto con minori"]
    names += ["più adulti con minori", "una persona sola", "nessun adulto"]
    group = by_type(people, minors)
    assert [group.labels[code].lower() for code in group.codes] == names


def test_totals_leave_out_who_is_in_no_group():
    group = Group("prova", ("a", "b"), np.array([0, 1, -1, 1]))
    weights = np.array([[1.0, 2, 3, 4], [1, 1, 1, 1]])
    measures = (np.ones(4), np.array([10.0, 20, 30, 40]))
    totals = group.totals(measures, weights)
    assert totals.tolist() == [[[1, 10], [6, 200]], [[1, 10], [2, 60]]]
    assert group.totals([np.ones(2)], weights[:, 2:], np.array([2, 3])).tolist() == [
        [[0], [4]],
        [[0], [1]],
    ]


def test_the_comparison_is_by_the_columns_that_are_asked(population):
    comparison = compare(population, "2025-06", LAW, FOR_ALL, by=["tipo", "stanze"])
    changes = comparison.group_changes
    # Those of 40 with an income under 6,500 enter: 0, 2,000, 4,000 and 6,000.
    assert changes.loc["tipo", "guadagnano"].to_dict() == {"a": 4, MISSING: 0}
    assert changes.loc["stanze", "guadagnano"].sum() == 4
    assert changes.loc[("tipo", "a"), "invariati"] == 25
    gain = (6500 + 4500 + 2500 + 500) / 12 / 4
    assert changes.loc[("tipo", "a"), "guadagno_medio"] == pytest.approx(gain, abs=0.01)
    assert changes.loc[("tipo", "a"), "variazione_media"] == pytest.approx(gain * 4 / 29, abs=0.01)
    assert comparison.breakdown.loc[("tipo", "a"), ("riforma", "nuclei")] == 7
    deciles = changes.loc["decile"]
    assert deciles["nuclei"].tolist() == [3] * 10
    assert deciles["guadagnano"].tolist()[:3] == [2, 1, 1]
    assert "Per tipo" in comparison.to_text()


def test_incomes_and_line_may_be_chosen(population):
    own = compare(population, "2025-06", LAW, FOR_ALL, income="reddito_netto", line=5_000)
    assert own.inequality.loc["linea_poverta"].tolist() == [5_000, 5_000, 5_000, 0]
    assert own.inequality.loc["poverta_incidenza", "senza_beneficio"] == pytest.approx(6 / 30)
    half = compare(population, "2025-06", LAW, FOR_ALL, line=0.5).inequality
    assert half.loc["linea_poverta", "legge"] == pytest.approx(0.5 * 14_500)
    assert half.loc["poverta_incidenza", "senza_beneficio"] == pytest.approx(8 / 30)
    assert (
        half.loc["gini", "riforma"]
        < half.loc["gini", "legge"]
        < half.loc["gini", "senza_beneficio"]
    )
    for income, message in {
        "tipo": "celle non numeriche",
        "eta": "«eta» non è un importo dei nuclei",
        "reddito_neto": "forse «reddito_netto»",
    }.items():
        with pytest.raises(RequestError, match=message):
            compare(population, "2025-06", LAW, FOR_ALL, income=income)
    with pytest.raises(RequestError, match="maggiore di 0"):
        compare(population, "2025-06", LAW, FOR_ALL, line=0)


def test_take_up_is_an_expected_value(population):
    everybody = compare(population, "2025-06", LAW, FOR_ALL)
    take_up = TakeUp({"over_60": 0.5, "altri": 0.25})
    some = compare(population, "2025-06", LAW, FOR_ALL, take_up=take_up)
    full, half = everybody.headline["legge"], some.headline["legge"]
    assert half["nuclei"] == full["nuclei"] / 2 and half["costo_annuo"] == full["costo_annuo"] / 2
    assert some.headline.loc["nuclei", "differenza"] == 4 / 4
    assert some.changes.loc["guadagnano", "nuclei"] == 1
    assert some.changes.loc["guadagnano", "variazione_mensile"] == pytest.approx(
        everybody.changes.loc["guadagnano", "variazione_mensile"]
    )
    assert some.changes.loc["invariati", "nuclei"] == 29
    assert "Nuclei che ricevono (attesi)" in some.to_text()
    levels = [c.inequality.loc["poverta_intensita", "legge"] for c in (everybody, some)]
    without = everybody.inequality.loc["poverta_intensita", "senza_beneficio"]
    assert levels[0] < levels[1] < without
    line = everybody.inequality.loc["linea_poverta", "legge"]
    same_line = compare(population, "2025-06", LAW, FOR_ALL, take_up=take_up, line=line).inequality
    expected = (levels[0] + without) / 2
    assert same_line.loc["poverta_intensita", "legge"] == pytest.approx(expected)
    assert "Nessuna di queste 0,25" in " ".join(some.to_text().split())


def test_a_partial_take_up_makes_nobody_gain_from_lower_amounts(population):
    take_up = TakeUp({"over_60": 0.8, "altri": 0.3}, {0: 0.7, 100: 1})
    frozen = find_reform("soglie_2024_congelate")(FOR_ALL)
    changes = compare(population, "2025-06", FOR_ALL, frozen, take_up=take_up).changes["nuclei"]
    assert changes["guadagnano"] == 0 < changes["perdono_il_diritto"] < changes["perdono"]
