"""The demonstration population: always the same, complete, and plausible where the law looks."""

import importlib.util
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from openfisca_adi.comparison import compare
from openfisca_adi.dates import full_years
from openfisca_adi.population.demonstration import demonstration_population
from openfisca_adi.population.demonstration_weights import calibrated_from
from openfisca_adi.population.population import Population
from openfisca_adi.population.published import measures, published
from openfisca_adi.population.results import RESULTS, simulate
from openfisca_adi.population.schema import DESCRIPTIVE, KEYS, population_columns
from openfisca_adi.reforms.interpretazioni.isee_ordinario_2026 import isee_ordinario_2026
from openfisca_adi.system import default_system

ORDINARY_ISEE = isee_ordinario_2026(default_system())
DOCS = Path(__file__).parents[2] / "docs"
ITALY = 26_300_000
REQUIREMENTS = [name for name in RESULTS if name.startswith("adi_requisito_")]


@pytest.fixture(scope="module")
def tables():
    return demonstration_population()


@pytest.fixture(scope="module")
def people(tables):
    return tables[0].to_pandas().merge(_weights(tables), on="id_nucleo")


@pytest.fixture(scope="module")
def households(tables):
    return tables[1].to_pandas()


@pytest.fixture(scope="module")
def population(tables):
    return Population.from_tables(*tables, allow_unknown=True)


@pytest.fixture(scope="module")
def results(tables, population):
    """Return the results of some months, one table with the descriptive columns of the households."""
    months = [simulate(population, month) for month in ("2024-05", "2025-06", "2025-12")]
    area = tables[1].select(["id_nucleo", "ripartizione"]).to_pandas()
    return pd.concat(months).merge(area, on="id_nucleo")


@pytest.fixture(scope="module")
def means(population, households):
    """Return the households with the income and the ISEE that the law computes from their parts."""
    computed = simulate(population, "2025-06", ["reddito_familiare", "isee"])
    return households.merge(computed.drop(columns="peso"), on="id_nucleo")


def _weights(tables):
    return tables[1].select(["id_nucleo", "peso"]).to_pandas()


def share(weighted, condition):
    """Return the weighted share of rows where ``condition`` holds."""
    return weighted["peso"][condition].sum() / weighted["peso"].sum()


def median(weighted, column):
    """Return the weighted median of a column."""
    ordered = weighted.sort_values(column)
    return ordered[column].iloc[ordered["peso"].cumsum().searchsorted(weighted["peso"].sum() / 2)]


def test_same_seed_and_size_give_the_same_tables():
    first, second = demonstration_population(500, seed=7), demonstration_population(500, seed=7)
    assert first[0].equals(second[0])
    assert first[1].equals(second[1])
    assert not demonstration_population(500, seed=8)[1].equals(first[1])


@pytest.mark.parametrize("size", [1, 2, 10, 3_000])
def test_any_size_is_a_complete_population(size):
    people, households = demonstration_population(size)
    ids = people["id_nucleo"].to_numpy()
    assert households.num_rows == size
    assert households["id_nucleo"].to_pylist() == list(range(1, size + 1))
    assert len(pc.unique(people["id_persona"])) == people.num_rows
    assert set(ids) == set(range(1, size + 1))
    assert (np.diff(ids) >= 0).all(), "the people of a household are consecutive"
    assert pc.sum(households["peso"]).as_py() == pytest.approx(ITALY)


def test_each_household_has_one_applicant_listed_first_and_of_age_since_2024(people):
    applicants = people[people["ruolo"] == "richiedente"]
    assert applicants["id_nucleo"].tolist() == people["id_nucleo"].drop_duplicates().tolist()
    assert applicants.index.tolist() == people.drop_duplicates("id_nucleo").index.tolist()
    births = applicants["data_nascita"].to_numpy().astype("datetime64[D]")
    assert full_years(births, np.datetime64("2024-01-01")).min() >= 18


def test_columns_are_variables_of_the_law_keys_or_descriptions(tables):
    for table, entity in zip(tables, DESCRIPTIVE, strict=True):
        known = {*population_columns(default_system(), entity), *KEYS[entity], *DESCRIPTIVE[entity]}
        assert set(table.column_names) <= known
        assert set(DESCRIPTIVE[entity]) <= set(table.column_names)


def test_every_cell_is_filled_and_no_amount_is_negative(tables):
    for table in tables:
        for column in table.columns:
            assert column.null_count == 0
            if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
                values = column.to_numpy()
                assert np.isfinite(values).all()
                assert (values >= 0).all()


def test_the_population_is_read_without_problems(tables, population):
    assert len(population.weights) == tables[1].num_rows
    described = {f"{entity}.{name}" for entity, names in DESCRIPTIVE.items() for name in names}
    assert set(population.ignored) <= described


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_each_requirement_excludes_at_least_one_household_in_a_thousand(results, requirement):
    for _, month in results.groupby("mese", observed=True):
        assert (~month[requirement]).mean() >= 0.001
        assert share(month, ~month[requirement]) >= 0.001


def test_the_weights_meet_the_figures_published_of_the_month_of_calibration(population):
    figures = published()
    month = figures["calibrazione"]["mese"]
    groups, counts = measures(population, month, default_system())
    for group in figures["calibrazione"]["gruppi"]:
        members, asked = groups[group], figures["nuclei_con_adi"][month][group]
        sums = {name: population.weights[members] @ counts[name][members] for name in asked}
        if "importo" in asked:
            sums["importo"] /= sums["nuclei"]
        assert sums == pytest.approx(asked, rel=1e-5)


def test_the_weights_meet_the_margins_of_italy(households, people):
    figures = published()["popolazione"]
    born = people[people["data_nascita"] <= pd.Timestamp("2025-06-01").date()]
    size = born.groupby("id_nucleo").size().to_numpy()
    assert households["peso"].sum() == pytest.approx(ITALY)
    assert born["peso"].sum() == pytest.approx(figures["persone"], rel=1e-5)
    rent = households["canone_locazione_annuo"] > 0
    assert 100 * share(households, rent) == pytest.approx(figures["affitto"], abs=1e-3)
    for members, percentage in figures["componenti"].items():
        assert 100 * share(households, size == members) == pytest.approx(percentage, abs=1e-3)
    # In the table of the regions, in thousands, 4,510 households of 26,450 are in Lombardia.
    lombardia = share(households, households["regione"] == "Lombardia")
    assert lombardia == pytest.approx(4_510 / 26_450, abs=1e-5)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_smallest_calibrated_population_is_for_any_seed(seed):
    _, households = demonstration_population(calibrated_from(), seed)
    weights = households["peso"].to_numpy()
    assert (weights > 0).all()
    assert weights.sum() == pytest.approx(ITALY)


def test_a_smaller_population_keeps_its_plain_weights():
    figures = published()
    month = figures["calibrazione"]["mese"]
    tables = demonstration_population(calibrated_from() - 1)
    population = Population.from_tables(*tables, allow_unknown=True)
    _, counts = measures(population, month, default_system())
    asked = figures["nuclei_con_adi"][month]["Italia"]
    assert population.weights.sum() == pytest.approx(ITALY)
    assert population.weights @ counts["persone"] != pytest.approx(asked["persone"], rel=1e-3)


def test_the_adi_of_months_that_do_not_calibrate_is_plausible(results):
    for month, rows in results.groupby("mese", observed=True):
        entitled = rows[rows["adi_spettante"] > 0]
        low, high = (480_000, 700_000) if month == "2024-05" else (600_000, 750_000)
        assert low < entitled["peso"].sum() < high
        assert 600 < np.average(entitled["adi_spettante"], weights=entitled["peso"]) < 750
        assert 0.6 < share(entitled, entitled["ripartizione"] == "Mezzogiorno") < 0.75


def test_the_pages_say_what_the_population_gives():
    """The words of the pages as they are; the numbers, which their script writes, within a few per cent."""
    spec = importlib.util.spec_from_file_location("valida", DOCS / "valida.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    figure = re.compile(r"[+-]?\d[\d.,]*")
    for page in script.PAGES:
        written, made = page.read_text("utf-8"), script.rewritten(page)
        assert figure.sub("n", written) == figure.sub("n", made)
        for old, new in zip(figure.findall(written), figure.findall(made), strict=True):
            assert _number(new) == pytest.approx(_number(old), rel=0.03, abs=0.5), (old, new)


def _number(text):
    return float(text.strip(".,").replace(".", "").replace(",", "."))


def test_households_have_the_size_of_italian_ones(people, households):
    born = people["data_nascita"] <= pd.Timestamp("2025-06-01").date()
    size = people[born].groupby("id_nucleo").size().to_numpy()
    age = full_years(
        people["data_nascita"].to_numpy().astype("datetime64[D]"), np.datetime64("2025-06-01")
    )
    minors = people.assign(minore=born & (age < 18)).groupby("id_nucleo")["minore"].any().to_numpy()
    assert np.average(size, weights=households["peso"]) == pytest.approx(2.25, abs=0.05)
    assert share(households, size == 1) == pytest.approx(0.36, abs=0.02)
    assert share(households, size == 4) == pytest.approx(0.13, abs=0.02)
    assert share(households, size >= 5) == pytest.approx(0.045, abs=0.015)
    assert share(households, minors) == pytest.approx(0.245, abs=0.02)
    assert people["peso"][born].sum() == pytest.approx(59e6, rel=0.02)
    assert 0 < (~born).sum() < 0.02 * len(households), "some children are about to be born"


def test_incomes_rents_and_assets_hang_together(means):
    tenant = means["canone_locazione_annuo"] > 0
    owner = means["valore_imu_abitazione"] > 0
    assert not (tenant & owner).any()
    assert share(means, tenant) == pytest.approx(0.18, abs=0.03)
    city = means["residente_capoluogo_metropolitano"]
    assert share(means, city) == pytest.approx(0.16, abs=0.02)
    assert share(means[city], tenant[city]) == pytest.approx(0.247, abs=0.03)
    assert median(means, "reddito_familiare") == pytest.approx(30_000, rel=0.07)
    assert median(means[tenant], "reddito_familiare") < median(means[owner], "reddito_familiare")
    fifths = pd.qcut(means["reddito_familiare"].rank(method="first"), 5, labels=False)
    assets = [median(rows, "patrimonio_mobiliare") for _, rows in means.groupby(fifths)]
    assert assets == sorted(assets)
    south = means["ripartizione"] == "Mezzogiorno"
    assert median(means[south], "reddito_familiare") < median(means[~south], "reddito_familiare")


def test_the_isee_is_computed_from_parts_that_hang_together(people, households, means):
    assert not {"isee", "reddito_familiare"} & {*people, *households}
    for part, whole in (
        ("titoli_di_stato_e_risparmio_postale", "patrimonio_mobiliare"),
        ("giacenze_finanziarie_fruttifere", "patrimonio_mobiliare"),
        ("isee_patrimonio_immobiliare_abitazione", "valore_imu_abitazione"),
        ("isee_patrimonio_immobiliare_altro", "valore_imu_altri_immobili"),
    ):
        assert (households[part] <= households[whole]).all()
        assert (households[part] < households[whole]).any()
    owners = means[means["valore_imu_abitazione"] > 0]
    net, gross = owners["isee_patrimonio_immobiliare_abitazione"], owners["valore_imu_abitazione"]
    assert share(owners, net < gross) == pytest.approx(0.198, abs=0.02)
    taxed = people["redditi_lavoro_dipendente"] + people["redditi_pensione"]
    assert (taxed <= people["reddito_complessivo_irpef"] + 0.02).all()
    before, now = (people[f"trattamenti_assistenziali_{when}"] for when in ("isee", "in_corso"))
    assert (before <= now).all()
    assert (before < now).any(), "the assegno sociale may have begun after the year of the incomes"
    assert (people["disabilita"] != "nessuna")[people["trattamenti_per_disabilita"] > 0].all()
    assert (people["disabilita"] != "nessuna")[people["spese_disabilita"] > 0].all()
    assert people["peso"] @ people["assegno_unico"] == pytest.approx(18e9, rel=0.1)
    assert 0.1 < share(means, means["isee"] <= 10_140) < 0.2


def test_the_special_isee_of_2026_is_never_higher_and_its_effect_can_be_measured(population):
    special = simulate(population, "2026-06", ["isee"])["isee"]
    ordinary = simulate(population, "2026-06", ["isee"], ORDINARY_ISEE)["isee"]
    assert (special <= ordinary).all()
    assert 0.02 < (ordinary - special).mean() / ordinary.mean() < 0.1
    changes = compare(population, "2026-06", default_system(), ORDINARY_ISEE).changes["nuclei"]
    assert changes["guadagnano"] == 0
    assert 1_000 < changes["perdono_il_diritto"] < 50_000


def test_people_hang_together(people):
    day = np.datetime64("2025-06-01")
    age = full_years(people["data_nascita"].to_numpy().astype("datetime64[D]"), day)
    pensioner = people["titolare_pensione_diretta"]
    assert share(people[age >= 67], pensioner[age >= 67]) > 0.75
    assert not pensioner[age < 50].any()
    assert not people["occupato"][age < 18].any()
    assert not (people["invalidita_percentuale"][age < 18] > 0).any()
    medium = (people["disabilita"] == "media") & (age >= 18)
    assert people["invalidita_percentuale"][medium].between(67, 99).all()
    none = people["disabilita"] == "nessuna"
    assert (people["invalidita_percentuale"][none] < 67).all()
    assert (people["anni_residenza_continuativa"] <= people["anni_residenza_italia"]).all()
    assert (people["anni_residenza_italia"] <= age.clip(min=0) + 1).all()
    assert share(people, people["titolo_soggiorno"] == "altro") > 0.01
    assert {"M", "F"} == set(people["sesso"])
