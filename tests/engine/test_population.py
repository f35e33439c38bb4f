"""Populations: what is wrong in the data is told by row and column; what is right gives the law's results."""

import datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from households import RESULTS as FORMULAS
from households import SYSTEM, build, random_households
from hypothesis import given, settings
from openfisca_core.periods import period
from pyarrow import csv, parquet

from openfisca_adi.population import (
    RESULTS,
    Population,
    PopulationError,
    RequestError,
    assumptions_text,
    build_simulation,
    population_columns,
    read_table,
    simulate,
)
from openfisca_adi.population.errors import SHOWN
from openfisca_adi.reforms.legge.soglie_2024_congelate import soglie_2024_congelate

NAN = float("nan")
DAY, LEAP_DAY = datetime.datetime(1980, 5, 1), datetime.datetime(2020, 2, 29)
DATES = [LEAP_DAY.date(), datetime.date(9999, 12, 31), DAY.date()]

PEOPLE = {"id_persona": [1, 2, 3], "id_nucleo": [10, 10, 20], "eta": [40, 5, 70]}
HOUSEHOLDS = {"id_nucleo": [10, 20], "isee": [5000.0, 100], "reddito_familiare": [4000.0, 100]}


def tables(people=None, households=None, without=()):
    """Return two small tables with some columns replaced, added, or taken away."""
    columns = {**PEOPLE, **(people or {})}, {**HOUSEHOLDS, **(households or {})}
    return [pa.table({n: v for n, v in table.items() if n not in without}) for table in columns]


def population(people=None, households=None, without=(), **options):
    return Population.from_tables(*tables(people, households, without), **options)


def problems(*args, **options):
    """Return the problems of the data as (table, row, column, message)."""
    with pytest.raises(PopulationError) as error:
        population(*args, **options)
    return [(p.table, p.row, p.column, p.message) for p in error.value.problems]


def column(name, values):
    """Return the argument of :func:`population` that gives a column to its table."""
    is_of_people = name.partition("@")[0] in population_columns(SYSTEM, "persone")
    return ({name: values}, None) if is_of_people else (None, {name: values})


# The schema


def test_columns_are_the_inputs_and_the_presumed_facts():
    people = population_columns(SYSTEM, "persone")
    assert people["disabilita"].type == "scelta"
    assert people["disabilita"].values == ("nessuna", "media", "grave", "non_autosufficienza")
    assert (people["disabilita"].default, people["disabilita"].assumed) == ("nessuna", "nessuna")
    assert people["data_nascita"].type == "data" and people["data_nascita"].eternal
    assert people["condanna_data"].assumed == "mai avvenuto"
    assert people["residente_in_italia"].assumed == "vero"
    assert people["eta"].presumed and people["eta"].default is None
    assert people["eta"].assumed.startswith("calcolato: gli anni compiuti")
    assert "e_richiedente" not in people and "adi_minorenne" not in people
    assert population_columns(SYSTEM, "nuclei")["isee"].unit == "currency-EUR"


# Problems: each is told with its table, row and column


@pytest.mark.parametrize(
    ("people", "households", "expected"),
    [
        ({"id_persona": [1, None, 3]}, {}, ("persone", 2, "id_persona", "l'id manca")),
        ({"id_persona": ["a", "", "c"]}, {}, ("persone", 2, "id_persona", "l'id manca")),
        ({"id_persona": [1, 2, 1]}, {}, ("persone", 3, "id_persona", "l'id «1» è già alla riga 1")),
        ({"id_persona": [1, 2.5, 3]}, {}, ("persone", None, "id_persona", "interi o testi")),
        ({"id_nucleo": [10, 10, 30]}, {}, ("persone", 3, "id_nucleo", "«30» non è nella tabella")),
        ({"id_nucleo": [10, 20, None]}, {}, ("persone", 3, "id_nucleo", "l'id manca")),
        ({}, {"id_nucleo": [10, 10]}, ("nuclei", 2, "id_nucleo", "l'id «10» è già alla riga 1")),
        ({"id_nucleo": [10, 10, 10]}, {}, ("nuclei", 2, "id_nucleo", "«20» non ha persone")),
        ({"ruolo": ["richiedente"] * 3}, {}, ("persone", 2, "ruolo", "ha già un richiedente")),
        ({"ruolo": ["capo", None, None]}, {}, ("persone", 1, "ruolo", "«capo»; serve uno di")),
        ({"eta": [40, None, 70]}, {}, ("persone", 2, "eta", "mancano sia data_nascita sia eta")),
        ({}, {"peso": [1, None]}, ("nuclei", 2, "peso", "il peso manca")),
        ({}, {"peso": [1, -1]}, ("nuclei", 2, "peso", "negativo")),
    ],
)
def test_keys_roles_and_weights_that_do_not_hold_together(people, households, expected):
    found = problems(people, households)
    assert any(
        (table, row, name) == expected[:3] and expected[3] in message
        for table, row, name, message in found
    ), found


@pytest.mark.parametrize(
    ("name", "values", "row", "message"),
    [
        ("disabilita", ["nessuna", "grav", None], 2, "uno di: nessuna, media, grave"),
        ("disabilita", ["nessuna", "grav", None], 2, "forse «grave»"),
        ("disabilita", [0, 1, 2], 1, "trovato «0»"),
        ("invalidita_percentuale", ["10", "mille", "20"], 2, "«mille»; serve un numero intero"),
        ("invalidita_percentuale", [10, 46.5, 20], 2, "«46.5»; serve un numero intero"),
        ("invalidita_percentuale", [10, 101, 20], 2, "maggiore di 100"),
        ("autoveicolo_cilindrata", [1, -1, 2], 2, "negativo"),
        ("autoveicolo_cilindrata", [1, 2**40, 2], 2, "maggiore"),
        ("isee", ["100", "1.234,50"], 2, "«1.234,50»; serve un numero"),
        ("isee", [100, NAN], 2, "numero finito"),
        ("isee", [100, float("inf")], 2, "numero finito"),
        ("isee", [100, -0.01], 2, "negativo"),
        ("isee", [True, False], 1, "serve un numero"),
        ("eta", [40, NAN, 70], 2, "numero finito"),
        ("eta", [40, -2, 70], 2, "minore di -1"),
        ("eta", [40, 131, 70], 2, "maggiore di 130"),
        ("occupato", [True, None, True], None, None),
        ("occupato", [0, 2, 1], 2, "serve vero o falso"),
        ("occupato", ["vero", "forse", "FALSE"], 2, "«forse»; serve vero o falso"),
        ("data_nascita", ["1980-05-01", "2023-02-30", None], 2, "una data che esiste"),
        ("data_nascita", ["1980-05-01", "01/05/1980", None], 2, "una data che esiste"),
        ("data_nascita", [1980, 2000, 1950], 1, "una data che esiste"),
        ("data_nascita", [DAY, DAY.replace(hour=12), DAY], 2, "senza ora"),
        ("data_nascita", ["1850-01-01", "1849-12-31", None], 2, "minore di 1850-01-01"),
        ("condanna_data", pa.array([0, 3_000_000, 0], pa.int32()).cast("date32"), 2, "9999-12-31"),
    ],
)
def test_cells_that_cannot_be_read(name, values, row, message):
    if message is None:
        population(*column(name, values))
        return
    table = "persone" if len(values) == len(PEOPLE["id_persona"]) else "nuclei"
    found = problems(*column(name, values))
    assert [p[:3] for p in found][:1] == [(table, row, name)]
    assert message in found[0][3]


@pytest.mark.parametrize(
    ("people", "households", "expected"),
    [
        ({"disabilta": [0] * 3}, {}, ("persone", "disabilta", "sconosciuta; forse «disabilita»")),
        ({"isee": [0] * 3}, {}, ("persone", "isee", "è una colonna della tabella nuclei")),
        ({"peso": [0] * 3}, {}, ("persone", "peso", "è una colonna della tabella nuclei")),
        ({}, {"adi_spettante": [0, 0]}, ("nuclei", "adi_spettante", "è un risultato")),
        ({}, {"isee@2025-13": [0, 0]}, ("nuclei", "isee@2025-13", "«2025-13» non è un mese")),
        ({}, {"isee@2023-12": [0, 0]}, ("nuclei", "isee@2023-12", "non è tra 2024-01")),
        ({}, {"peso@2025-01": [0, 0]}, ("nuclei", "peso@2025-01", "sconosciuta")),
        (
            {},
            {"adi_data_pad@2025-01": [None, None]},
            ("nuclei", "adi_data_pad@2025-01", "vale per tutti i mesi"),
        ),
    ],
)
def test_columns_that_are_not_in_the_dictionary(people, households, expected):
    ((table, row, name, message),) = problems(people, households)
    assert (table, row, name) == (expected[0], None, expected[1])
    assert expected[2] in message


@pytest.mark.parametrize("name", ["id_persona", "id_nucleo"])
def test_missing_key(name):
    assert ("persone", None, name, "manca questa colonna, che è obbligatoria") in problems(
        without=[name]
    )


def test_missing_age():
    ((table, _, name, message),) = problems(without=["eta"])
    assert (table, name) == ("persone", "data_nascita") and "«eta»" in message


def test_duplicate_column():
    names = ["id_persona", "id_nucleo", "eta", "eta"]
    people = pa.Table.from_arrays([pa.array([1]), pa.array([10]), *[pa.array([40])] * 2], names)
    for table in (people, people.to_pandas(ignore_metadata=True)):
        with pytest.raises(PopulationError, match="persone, colonna eta: la colonna c'è due volte"):
            Population.from_tables(table, pa.table({"id_nucleo": [10]}))


def test_empty_tables():
    empty = {name: [] for name in PEOPLE}, {name: [] for name in HOUSEHOLDS}
    assert [p[0] for p in problems(*empty)] == ["persone", "nuclei"]


def test_all_problems_are_told_together_and_those_of_a_kind_are_counted_after_some():
    size = SHOWN + 30
    people = {"id_persona": range(size), "id_nucleo": [10] * size, "eta": [200] * size}
    households = {"id_nucleo": [10], "isee": [-1]}
    with pytest.raises(PopulationError) as error:
        Population.from_tables(pa.table(people), pa.table(households))
    lines = str(error.value).splitlines()
    assert "- persone, riga 1, colonna eta: trovato «200», che è maggiore di 130" in lines
    assert "- persone, colonna eta: e altre 30 righe con lo stesso problema" in lines
    assert "- nuclei, riga 1, colonna isee: trovato «-1», che è negativo" in lines
    assert len(error.value.problems) == SHOWN + 2


def test_texts_and_numbers_mixed_in_a_data_frame():
    people, households = (table.to_pandas() for table in tables())
    households["isee"] = pd.Series([100, "mille"], dtype=object)
    with pytest.raises(PopulationError, match="nuclei, riga 2, colonna isee: trovato «mille»"):
        Population.from_tables(people, households)


def test_nan_is_not_an_empty_cell_of_a_data_frame_and_na_is():
    people, households = (table.to_pandas() for table in tables())
    households["isee"] = [100, np.nan]
    with pytest.raises(PopulationError, match="colonna isee: trovato «nan»"):
        Population.from_tables(people, households)
    read = Population.from_tables(people.convert_dtypes(), households.convert_dtypes())
    assert read.households["isee"].tolist() == [100, 0]


# What is right


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("occupato", [1, 0, None], [True, False, False]),
        ("occupato", ["VERO", "false", "1"], [True, False, True]),
        ("disabilita", pa.array(["grave", None, "media"]).dictionary_encode(), [2, 0, 1]),
        ("invalidita_percentuale", [46.0, None, 100], [46, 0, 100]),
        ("invalidita_percentuale", ["46", "0", "7.0"], [46, 0, 7]),
        ("condanna_pena_anni", pa.array([1, 2, 3]).cast(pa.decimal128(21, 2)), [1, 2, 3]),
        ("eta", [40, -1, 70], [40, -1, 70]),
        ("condanna_data", ["2020-02-29", None, "1980-05-01 00:00:00"], DATES),
        ("condanna_data", pa.array([LEAP_DAY.date(), None, DAY.date()]), DATES),
        ("condanna_data", [LEAP_DAY, None, DAY], DATES),
        ("condanna_data", pa.array([LEAP_DAY, None, DAY]).cast("date64"), DATES),
    ],
)
def test_cells_that_are_read(name, values, expected):
    assert population({name: values}).people[name].tolist() == expected


def test_ignored_columns_are_listed_and_those_of_households_kept():
    colours = {"colore": ["blu", "rosso"]}
    read = population({"altezza": [1, 2, 3]}, colours, allow_unknown=True)
    assert read.ignored == ("persone.altezza", "nuclei.colore")
    assert read.descriptive["colore"].tolist() == ["blu", "rosso"]
    assert "persone.altezza, nuclei.colore" in assumptions_text(read)


@pytest.mark.parametrize("kind", [pa.int64(), pa.int32(), pa.string(), pa.large_string()])
@pytest.mark.parametrize("other_kind", [pa.int64(), pa.string()])
def test_unsorted_people_keep_their_listing_order(kind, other_kind):
    people = {
        "id_persona": pa.array([7, 3, 9, 1, 5]),
        "id_nucleo": pa.array([20, 10, 20, 10, 20]).cast(kind),
        "eta": [1, 2, 3, 4, 5],
    }
    read = Population.from_tables(
        pa.table(people), pa.table({"id_nucleo": pa.array([10, 20]).cast(other_kind)})
    )
    assert read.person_ids.to_pylist() == [3, 1, 7, 9, 5]
    assert read.people["eta"].tolist() == [2, 4, 1, 3, 5]
    assert read.household_of.tolist() == [0, 0, 1, 1, 1]


@given(random_households("2025-03", resigned=True))
@settings(deadline=None, max_examples=40)
def test_a_population_has_the_results_of_a_simulation_built_from_a_dictionary(households):
    names = {
        name for _, members in households.values() for facts in members.values() for name in facts
    }
    about = {name for facts, _ in households.values() for name in facts}
    listed = [
        {"id_persona": person, "id_nucleo": household, **dict.fromkeys(names), **facts}
        for household, (_, members) in households.items()
        for person, facts in members.items()
    ]
    listed.sort(key=lambda person: int(person["id_persona"].rpartition("p")[2]))
    households_table = [
        {"id_nucleo": household, **dict.fromkeys(about), **facts}
        for household, (facts, _) in households.items()
    ]
    if "ruolo" not in names:
        listed[0]["ruolo"] = "componente"
    people, groups = (pa.Table.from_pylist(rows) for rows in (listed, households_table))
    read = Population.from_tables(people, groups, SYSTEM)
    expected = build(households, "2025-03")
    for entity, ids in (("persona", read.person_ids), ("nucleo", read.household_ids)):
        found = simulate(read, "2025-03", FORMULAS[entity], SYSTEM)
        place = [expected.populations[entity].ids.index(key) for key in ids.to_pylist()]
        for name in FORMULAS[entity]:
            values = expected.calculate(name, "2025-03")[place]
            if hasattr(values, "decode_to_str"):
                values = values.decode_to_str()
            np.testing.assert_array_equal(found[name].to_numpy(), np.asarray(values), name)


def test_presumed_facts_are_computed_person_by_person_whatever_is_asked_first():
    people = {
        "id_persona": [1, 2, 3, 4],
        "id_nucleo": [10, 10, 10, 10],
        "ruolo": ["richiedente", "componente", None, None],
        "eta": [40, None, None, 5],
        "data_nascita": [None, "1990-03-02", "1960-03-01", "2000-01-01"],
        "anni_residenza_italia": [None, 3.5, None, None],
        "anni_residenza_continuativa": [1.0, None, None, None],
        "responsabilita_genitoriale": [None, True, False, None],
    }
    read = Population.from_tables(pa.table(people), pa.table({"id_nucleo": [10]}))
    expected = {
        "eta": [40, 35, 65, 5],
        "anni_residenza_italia": [40, 3.5, 65, 5],
        "anni_residenza_continuativa": [1, 3.5, 65, 5],
        "responsabilita_genitoriale": [True, True, False, False],
    }
    month = period("2025-04")
    for names in (list(expected), list(expected)[::-1]):
        simulation = build_simulation(read, SYSTEM, [month])
        assert {name: simulation.calculate(name, month).tolist() for name in names} == expected


def test_a_column_of_a_month_holds_for_that_month_and_its_empty_cells_for_no_month():
    read = population(
        {"eta@2025-02": [None, 6, None], "anni_residenza_italia@2025-02": [1.0, None, None]},
        {"isee@2025-02": [20_000, None], "canone_locazione_annuo@2025-03": [None, 1200]},
    )
    found = {
        name: simulate(read, "month:2025-01:3", [name])[name].to_numpy().reshape(3, -1).tolist()
        for name in ("isee", "canone_locazione_annuo", "eta", "anni_residenza_italia")
    }
    assert found == {
        "isee": [[5000, 100], [20_000, 100], [5000, 100]],
        "canone_locazione_annuo": [[0, 0], [0, 0], [0, 1200]],
        "eta": [[40, 5, 70], [40, 6, 70], [40, 5, 70]],
        "anni_residenza_italia": [[40, 5, 70], [1, 6, 70], [40, 5, 70]],
    }


def test_a_partly_empty_column_of_a_month_completes_that_of_all_months():
    read = population(
        {
            "anni_residenza_italia": [9.0, None, None],
            "anni_residenza_italia@2025-02": [None, 1.0, None],
        }
    )
    found = simulate(read, "month:2025-01:2", ["anni_residenza_italia"])["anni_residenza_italia"]
    assert found.tolist() == [9, 5, 70, 9, 1, 70]
    before = simulate(read, "2025-01", ["anni_residenza_italia"])["anni_residenza_italia"]
    assert before.tolist() == [9, 5, 70]


def test_without_roles_the_applicant_is_the_first_adult_in_the_first_month():
    births = ["2010-01-01", "1990-01-01", "2007-02-15"]
    read = population({"data_nascita": births}, without=["eta"])
    assert read.applicants is None
    for month, expected in (("2025-02", [False, True, False]), ("2025-03", [False, True, True])):
        assert simulate(read, month, ["e_richiedente"])["e_richiedente"].tolist() == expected


def test_assumptions_say_what_the_data_lack_and_for_how_many():
    read = population(
        {"disabilita": ["grave", None, None], "anni_residenza_italia": [1.0, None, 2.0]},
        {"valore_imu_abitazione@2025-02": [1, 2]},
    )
    told = {(a.variable, a.entity): (a.count, a.assumed) for a in read.assumptions}
    assert told["valore_imu_abitazione", "nuclei"] == (2, "0 nei mesi senza una colonna propria")
    assert told["patrimonio_mobiliare", "nuclei"] == (2, "0")
    assert told["disabilita", "persone"] == (2, "nessuna")
    assert told["titolo_soggiorno", "persone"] == (3, "cittadino_ue")
    assert told["anni_residenza_italia", "persone"][0] == 1
    assert told["anni_residenza_italia", "persone"][1].startswith("calcolato: ")
    assert told["peso", "nuclei"] == (2, "1")
    assert told["ruolo", "persone"] == (3, "richiedente il primo adulto elencato di ogni nucleo")
    assert not {"eta", "data_nascita", "reddito_familiare"} & {name for name, _ in told}


def test_a_survey_without_means_or_assets_does_not_pass_in_silence():
    text = assumptions_text(population(without=["isee", "reddito_familiare"]))
    alarms = [line for line in text.splitlines() if line.startswith("ATTENZIONE")]
    assert ["isee manca per 2 nuclei" in line for line in alarms] == [True, False]
    assert ["reddito_familiare manca per 2 nuclei" in line for line in alarms] == [False, True]
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert any("patrimonio_mobiliare" in line for line in lines)
    assert max(map(len, text.splitlines())) <= 100


def test_a_population_where_all_is_given_assumes_nothing():
    first = {"data": DAY.date(), "vero/falso": False, "intero": 1, "numero": 1.0}
    people, households = (
        {
            name: [column.values[0] if column.values else first[column.type]]
            for name, column in population_columns(SYSTEM, entity).items()
        }
        for entity in ("persone", "nuclei")
    )
    people |= {"id_persona": [1], "id_nucleo": [10], "ruolo": ["richiedente"]}
    households |= {"id_nucleo": [10], "peso": [1.0]}
    read = Population.from_tables(pa.table(people), pa.table(households))
    assert read.assumptions == []


# Results


def test_results_have_a_row_for_each_household_and_month():
    read = population({"eta": [40, 5, 70]}, {"peso": [2.0, 3.5]})
    results = simulate(read, 2025)
    assert list(results) == ["id_nucleo", "peso", "mese", *RESULTS]
    assert results["id_nucleo"].tolist() == [10, 20] * 12
    assert results["peso"].tolist() == [2.0, 3.5] * 12
    assert results["mese"].astype(str).tolist()[::2] == [f"2025-{m:02}" for m in range(1, 13)]
    assert len(RESULTS) == 16 and results["adi_spettante"].gt(0).all()


def test_results_of_people_choices_by_name_dates_as_dates():
    read = population({"disabilita": ["grave", None, "media"]})
    results = simulate(read, "2025-03", ["disabilita", "condanna_data", "eta"])
    assert list(results)[:4] == ["id_persona", "id_nucleo", "peso", "mese"]
    assert results["disabilita"].tolist() == ["grave", "nessuna", "media"]
    assert results["condanna_data"].dtype.kind == "M"


def test_a_year_gives_the_results_of_its_months():
    read = population({"data_nascita": ["1965-05-10", "2022-07-02", "1958-11-30"]}, without=["eta"])
    months = [simulate(read, f"2025-{month:02}") for month in range(1, 13)]
    months = pd.concat([part.astype({"mese": str}) for part in months], ignore_index=True)
    pd.testing.assert_frame_equal(simulate(read, "2025").astype({"mese": str}), months)
    pd.testing.assert_frame_equal(simulate(read, "2025"), simulate(read, "2025"))


def test_the_same_population_under_another_law():
    read = population(None, {"isee": [9800.0, 100]})
    law, reform = (
        simulate(read, "2025-03", system=system)
        for system in (SYSTEM, soglie_2024_congelate(SYSTEM))
    )
    assert law["adi_requisito_isee"].tolist() == [True, True]
    assert reform["adi_requisito_isee"].tolist() == [False, True]


@pytest.mark.parametrize(
    ("asked", "variables", "message"),
    [
        ("2023-12", None, "«2023-12» non sta tra 2024-01"),
        ("2041", None, "«2041» non sta tra 2024-01"),
        ("2025-13", None, "«2025-13» non è un mese"),
        ("2025-03-01", None, "«2025-03-01» non è un mese"),
        ("2025", ["adi_spetante"], "sconosciuta «adi_spetante»; forse «adi_spettante»"),
        ("2025", ["isee", "eta"], "persone: eta"),
        ("2025", [], "nessuna"),
    ],
)
def test_questions_that_have_no_answer(asked, variables, message):
    with pytest.raises(RequestError, match=message):
        simulate(population(), asked, variables)


# Files


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_files_of_a_folder(tmp_path, suffix):
    people, households = tables({"disabilita": ["grave", None, "media"]}, {"peso": [1.5, 2]})
    write = parquet.write_table if suffix == ".parquet" else csv.write_csv
    files = [tmp_path / f"persone{suffix}", tmp_path / f"nuclei{suffix}"]
    write(people, files[0])
    write(households, files[1])
    expected = simulate(Population.from_tables(people, households), "2025-03")
    for paths in ([tmp_path], files):
        found = simulate(Population.read(*paths), "2025-03")
        found["id_nucleo"] = found["id_nucleo"].astype(int)
        pd.testing.assert_frame_equal(found, expected)


def read_csv(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "persone.csv"
    path.write_bytes(text.encode(encoding))
    return read_table(path)


def test_csv_of_an_italian_spreadsheet(tmp_path):
    text = "id_persona;id_nucleo;eta;condanna_pena_anni\n007;A1;30;1,5\n8;A1;trenta;\n"
    table = read_csv(tmp_path, "\ufeff" + text)
    assert table.to_pydict() == {
        "id_persona": ["007", "8"],
        "id_nucleo": ["A1", "A1"],
        "eta": ["30", "trenta"],
        "condanna_pena_anni": [1.5, None],
    }
    table = read_csv(tmp_path, "id_persona;condanna_pena_anni\n1;1,5\n2;due\n")
    assert table["condanna_pena_anni"].to_pylist() == ["1.5", "due"]


@pytest.mark.parametrize(
    ("text", "encoding", "message"),
    [
        ("id_persona,eta\n1,2\n3\n", "utf-8", "la riga 3 del file.* ha 1 celle invece di 2"),
        ("id_persona,eta\n1,è\n", "latin-1", "la riga 2 del file non è in UTF-8"),
        ("", "utf-8", "il file è vuoto"),
        ("id_persona;isee\n1;1.234\n2;x\n", "utf-8", "riga 1, colonna isee: trovato «1.234»"),
    ],
)
def test_csv_that_cannot_be_read(tmp_path, text, encoding, message):
    with pytest.raises(PopulationError, match=message):
        read_csv(tmp_path, text, encoding)


def test_text_in_a_number_far_down_a_csv_file(tmp_path):
    rows = "\n".join(f"{n},1,30" for n in range(200_000))
    table = read_csv(tmp_path, f"id_persona,id_nucleo,eta\n{rows}\nultima,1,tanti\n")
    with pytest.raises(PopulationError, match="persone, riga 200001, colonna eta: trovato «tanti»"):
        Population.from_tables(table, pa.table({"id_nucleo": ["1"]}))


def test_files_that_are_not_there(tmp_path):
    with pytest.raises(PopulationError, match="non c'è nessuno dei due"):
        Population.read(tmp_path)
    with pytest.raises(PopulationError, match="il file non esiste"):
        read_table(tmp_path / "persone.csv")
    with pytest.raises(PopulationError, match="serve un file"):
        read_table(tmp_path / "persone.xlsx")
    (tmp_path / "persone.parquet").write_bytes(b"niente")
    with pytest.raises(PopulationError, match="il file non si legge"):
        read_table(tmp_path / "persone.parquet")
