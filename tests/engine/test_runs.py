"""Entire populations, from files to files: the same rows and totals however the work is divided or interrupted."""

import errno
import json
import math
import os
import shutil
import signal
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pandas as pd
import psutil
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import csv, parquet

from openfisca_adi.errors import UserError
from openfisca_adi.population import Population, RequestError, simulate
from openfisca_adi.population.demonstration import demonstration_population
from openfisca_adi.population.errors import PopulationError
from openfisca_adi.runs import InterruptedRunError, engines, files, layout, piece, run
from openfisca_adi.runs.account import Account
from openfisca_adi.runs.sums import exact_sum
from openfisca_adi.system import default_system

COUNT = 240
PEOPLE, HOUSEHOLDS = demonstration_population(COUNT, seed=7)
MONTH, YEAR = "2025-06", "2025"
AMOUNT = "adi_spettante"
ACCOUNT = "_resoconto.json"


@pytest.fixture
def small_pieces(monkeypatch):
    """Divide a few hundred people as if they were millions."""
    monkeypatch.setattr(layout, "PIECE", 100)


def put(folder, people=PEOPLE, households=HOUSEHOLDS, rows=100):
    """Write two tables in a folder, in short row groups."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in (("persone", people), ("nuclei", households)):
        parquet.write_table(table, folder / f"{name}.parquet", row_group_size=rows)
    return folder


@pytest.fixture
def data(tmp_path):
    return put(tmp_path / "dati")


def results(folder):
    """Return the rows of a folder of results, as they are written."""
    parts = [parquet.ParquetFile(path).read() for path in sorted(folder.glob("parte-*.parquet"))]
    return pa.concat_tables(parts).to_pandas().astype({"mese": str})


def in_order(table):
    keys = [name for name in ("id_nucleo", "id_persona") if name in table]
    table = table.astype(dict.fromkeys([*keys, "mese"], str))
    return table.sort_values([*keys, "mese"], ignore_index=True)


def simulated(period=MONTH, people=PEOPLE, households=HOUSEHOLDS, variables=None):
    """Return what the computation in memory, all at once, gives for the same tables."""
    return simulate(Population.from_tables(people, households), period, variables)


def replaced(table, column, cells):
    """Return a table with some cells of a column replaced: ``{row: value}``."""
    values = table.column(column).to_pylist()
    for row, value in cells.items():
        values[row] = value
    place = table.column_names.index(column)
    return table.set_column(place, column, pa.array(values, table.schema.field(column).type))


def with_type(table, kind, *columns):
    for column in columns or ("id_persona", "id_nucleo"):
        if column in table.column_names:
            place = table.column_names.index(column)
            table = table.set_column(place, column, table.column(column).cast(kind))
    return table


def shuffled(table, seed=1):
    return table.take(pa.array(np.random.default_rng(seed).permutation(len(table))))


def shuffled_by_household(people, seed=1):
    """Shuffle the households of the people; inside each, people stay in the order in which they are listed."""
    places = np.random.default_rng(seed).permutation(COUNT + 1)
    return people.take(pa.array(np.argsort(places[people["id_nucleo"].to_numpy()], kind="stable")))


def problems_of(*arguments, **options):
    with pytest.raises(PopulationError) as error:
        run(*arguments, **{"processes": 1, **options})
    return [str(problem) for problem in error.value.problems]


# Sums


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=60))
def test_sums_are_the_nearest_to_the_exact_one(values):
    total = exact_sum(np.array(values, dtype=float))
    assert total == sum(map(Fraction, values))
    assert exact_sum(np.array(values[::-1], dtype=float)) == total
    try:
        assert float(total) == math.fsum(values)
    except OverflowError:  # of fsum on its way, or of the sum itself
        assert max(map(abs, values)) > 2.0**1000


@pytest.mark.parametrize("value", ["nan", "inf"])
def test_a_sum_of_what_is_no_number_is_refused(data, tmp_path, monkeypatch, value):
    with pytest.raises(ValueError, match="finiti"):
        exact_sum(np.array([1.0, float(value)]))
    (tmp_path / f"riforma_{value}.py").write_text(
        "import numpy as np\n"
        "from openfisca_core.reforms import Reform\n"
        "from openfisca_adi.variable import Variable\n"
        "class adi_spettante(Variable):\n"
        "    def formula(nucleo, period):\n"
        f"        return np.full(nucleo.count, np.{value})\n"
        "class errata(Reform):\n"
        "    def apply(self):\n"
        "        self.update_variable(adi_spettante)\n",
        "utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(
        RequestError, match="«adi_spettante»: non tutti i valori sono numeri finiti"
    ):
        run(data, MONTH, reforms=[f"riforma_{value}.errata"], processes=1)


# The same rows, however they come and are divided


def test_a_year_row_by_row(data, tmp_path, small_pieces):
    account = run(data, YEAR, tmp_path / "r", processes=1)
    assert len(account.pieces) > 2
    assert in_order(results(tmp_path / "r")).equals(in_order(simulated(YEAR)))
    assert results(tmp_path / "r")["id_nucleo"].is_monotonic_increasing


def partitioned(folder, people, households):
    """Write a table in the folders of its columns, the other in files whose columns are in another order."""
    rows = households.to_pandas().groupby(["regione", "ripartizione"], observed=True).indices
    for (region, area), places in rows.items():
        here = folder / "nuclei" / f"regione={region}" / f"ripartizione={area}"
        here.mkdir(parents=True)
        own = households.drop_columns(["regione", "ripartizione"]).take(pa.array(places))
        parquet.write_table(own, here / "part-0.parquet")
    (folder / "persone" / "_temporary").mkdir(parents=True)
    (folder / "persone" / "_temporary" / "c.parquet").write_bytes(b"half")
    cut = people["id_nucleo"].to_pylist().index(100) + 1
    parquet.write_table(people.slice(0, cut), folder / "persone" / "a.parquet")
    reverse = people.select(people.column_names[::-1]).slice(cut)
    parquet.write_table(reverse, folder / "persone" / "b.parquet")


def as_csv(folder, people, households):
    folder.mkdir()
    for name, table in (("persone", people), ("nuclei", households)):
        csv.write_csv(table, folder / f"{name}.csv")


TEXT, FLOAT = pa.string(), pa.float64()
ARRANGEMENTS = {
    "people shuffled": (put, shuffled_by_household(PEOPLE), HOUSEHOLDS),
    "households shuffled": (put, PEOPLE, shuffled(HOUSEHOLDS)),
    "text ids": (put, with_type(PEOPLE, TEXT), with_type(HOUSEHOLDS, TEXT)),
    "long texts": (
        put,
        with_type(PEOPLE, pa.large_string()),
        with_type(HOUSEHOLDS, pa.large_string()),
    ),
    "texts and numbers": (put, with_type(PEOPLE, TEXT), HOUSEHOLDS),
    "categories": (
        put,
        PEOPLE.set_column(
            PEOPLE.column_names.index("id_nucleo"),
            "id_nucleo",
            PEOPLE["id_nucleo"].cast(TEXT).dictionary_encode(),
        ),
        with_type(HOUSEHOLDS, TEXT),
    ),
    "floats": (put, with_type(PEOPLE, FLOAT), with_type(HOUSEHOLDS, FLOAT)),
    "short and long": (put, with_type(PEOPLE, pa.int32()), with_type(HOUSEHOLDS, pa.uint64())),
    "partitioned": (partitioned, PEOPLE, HOUSEHOLDS),
    "CSV": (as_csv, PEOPLE, HOUSEHOLDS),
    "in a folder that looks like a partition": (
        lambda folder, *tables: shutil.move(put(folder / "x" / "anno=2"), folder / "persone=1"),
        PEOPLE,
        HOUSEHOLDS,
    ),
}


@pytest.mark.parametrize("way", ARRANGEMENTS)
def test_the_same_rows_and_totals_however_data_are_arranged(way, tmp_path, small_pieces):
    write, *tables = ARRANGEMENTS[way]
    write(tmp_path / "dati", *tables)
    folder = tmp_path / "dati"
    if (folder / "persone=1").is_dir():
        folder /= "persone=1"
    account = run(folder, MONTH, tmp_path / "r", processes=1, households_at_once=50)
    assert len(account.pieces) > 1 or way == "CSV"
    table, expected = in_order(results(tmp_path / "r")), in_order(simulated())
    assert table.equals(expected)
    plain = run((PEOPLE, HOUSEHOLDS), MONTH, processes=1)
    assert account.to_dict()["totali"] == plain.to_dict()["totali"]
    assert (account.read, account.weight) == (plain.read, plain.weight)


@pytest.mark.parametrize("tables", [(PEOPLE, HOUSEHOLDS), (PEOPLE, shuffled(HOUSEHOLDS))])
def test_the_same_bits_for_any_size_of_pieces_and_parts(tables, tmp_path, monkeypatch):
    found = []
    for size, batch, at_once in ((10**6, 65_536, 50_000), (150, 80, 30)):
        monkeypatch.setattr(layout, "PIECE", size)
        monkeypatch.setattr(files, "BATCH", batch)
        folder = tmp_path / str(size)
        data = put(tmp_path / f"dati{size}", *tables, rows=70)
        account = run(data, YEAR, folder, processes=1, households_at_once=at_once)
        found.append((in_order(results(folder)), account.to_dict()))
    (table, first), *others = found
    for other, account in others:
        assert len(account["parti"]) > len(first["parti"])
        assert other.equals(table)
        for name in ("totali", "righe", "nuclei_pesati"):
            assert account[name] == first[name]
        assert sorted(map(str, account["ipotesi"])) == sorted(map(str, first["ipotesi"]))


def test_results_of_people_and_choices(data, tmp_path, small_pieces):
    names = ["adi_over_60", "disabilita", "eta", "condanna_data"]
    run(data, YEAR, tmp_path / "r", variables=names, processes=1)
    table = in_order(results(tmp_path / "r"))
    expected = in_order(simulated(YEAR, variables=names))
    dates = table.pop("condanna_data"), expected.pop("condanna_data")
    assert dates[0].isna().sum() == (dates[1].dt.year == 9999).sum()
    assert table.astype({"disabilita": str}).equals(expected.astype({"disabilita": str}))


def test_the_whole_year_and_no_rows(data, tmp_path, small_pieces):
    by_month = simulated(YEAR)
    run(data, YEAR, tmp_path / "anno", detail="annuale", processes=1)
    table = parquet.read_table(tmp_path / "anno").to_pandas()
    expected = by_month.groupby("id_nucleo")[AMOUNT].sum()
    np.testing.assert_allclose(table.set_index("id_nucleo")[AMOUNT], expected, atol=1e-6)
    months = by_month.groupby("id_nucleo")["adi_requisiti"].sum()
    assert (table.set_index("id_nucleo")["adi_requisiti"] == months).all()
    account = run(data, YEAR, tmp_path / "totali", detail="totali", processes=1)
    assert sum(len(parquet.read_table(p)) for p in (tmp_path / "totali").glob("parte-*")) == 0
    assert account.totals(AMOUNT) == run(data, YEAR, processes=1).totals(AMOUNT)
    with pytest.raises(RequestError, match="disabilita"):
        run(data, YEAR, variables=["disabilita"], detail="annuale")


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_one_file_of_results(data, tmp_path, small_pieces, suffix):
    path = tmp_path / "a=1" / f"risultati{suffix}"
    path.parent.mkdir()
    names = [AMOUNT, "adi_requisiti"]
    run(data, YEAR, path, variables=names, processes=1)
    read = pd.read_csv if suffix == ".csv" else lambda p: parquet.ParquetFile(p).read().to_pandas()
    assert in_order(read(path)).equals(in_order(simulated(YEAR, variables=names)))
    left = sorted(each.name for each in path.parent.iterdir())
    assert left == sorted([path.name, "risultati.resoconto.json"])


def test_the_folder_of_results_is_read_as_one_table(data, tmp_path, small_pieces):
    run(data, MONTH, tmp_path / "r", processes=1)
    assert in_order(pd.read_parquet(tmp_path / "r")).equals(in_order(simulated()))


# The account


def test_the_account_is_that_of_the_population(data, tmp_path, small_pieces):
    empty = dict.fromkeys(range(5, len(PEOPLE), 3))
    put(data, replaced(PEOPLE, "redditi_pensione", empty))
    account = run(data, YEAR, tmp_path / "r", processes=1)
    population = Population.read(data)
    assert sorted(account.assumptions) == sorted(population.assumptions)
    assert account.ignored == set(population.ignored)
    assert account.read == account.computed == {"persone": len(PEOPLE), "nuclei": COUNT}
    assert account.weight == math.fsum(population.weights)
    table = results(tmp_path / "r")
    for place, (month, rows) in enumerate(table.groupby("mese")):
        total, concerned = account.totals(AMOUNT)[place]
        assert total == math.fsum(rows["peso"] * rows[AMOUNT]), month
        assert concerned == math.fsum(rows["peso"][rows[AMOUNT] > 0])
    written = json.loads((tmp_path / "r" / ACCOUNT).read_text("utf-8"))
    assert written == account.to_dict() and written["completo"]
    assert set(written["variabili"]) > {AMOUNT}
    assert sum(file["byte"] for file in written["file"]) == sum(
        path.stat().st_size for path in data.iterdir()
    )


# What is valid is not computed again


def resumed(account):
    return [each["ripresa"] for each in account.to_dict()["parti"]]


@pytest.mark.parametrize("households", [HOUSEHOLDS, shuffled(HOUSEHOLDS)])
def test_a_second_run_computes_nothing(tmp_path, small_pieces, monkeypatch, households):
    data, folder = put(tmp_path / "dati", PEOPLE, households), tmp_path / "r"
    options = {"processes": 1, "households_at_once": 60}
    first = run(data, MONTH, folder, **options)
    times = {path: path.stat().st_mtime_ns for path in folder.glob("parte-*")}
    monkeypatch.setattr(piece, "_results", None)
    second = run(data, MONTH, folder, **options)
    assert len(resumed(second)) > 2 and all(resumed(second)) and not any(resumed(first))
    assert times == {path: path.stat().st_mtime_ns for path in folder.glob("parte-*")}
    for name in ("totali", "righe", "ipotesi", "nuclei_pesati"):
        assert first.to_dict()[name] == second.to_dict()[name]


def test_a_change_in_the_data_costs_the_pieces_that_read_it(data, tmp_path, small_pieces):
    run(data, MONTH, tmp_path / "r", processes=1)
    poor = replaced(PEOPLE, "redditi_pensione", {len(PEOPLE) - 1: 123.0})
    put(data, poor)
    account = run(data, MONTH, tmp_path / "r", processes=1)
    assert resumed(account) == [True] * (len(account.pieces) - 1) + [False]
    assert in_order(results(tmp_path / "r")).equals(in_order(simulated(people=poor)))


def test_the_name_of_a_folder_is_part_of_the_data(tmp_path):
    (tmp_path / "dati").mkdir()
    people = with_type(PEOPLE, TEXT, "disabilita").drop_columns(["disabilita"])
    parquet.write_table(HOUSEHOLDS, tmp_path / "dati" / "nuclei.parquet")
    for value in ("nessuna", "grave"):
        here = tmp_path / "dati" / "persone" / f"disabilita={value}"
        if value == "nessuna":
            here.mkdir(parents=True)
            parquet.write_table(people, here / "a.parquet")
        else:
            here.with_name("disabilita=nessuna").rename(here)
        run(tmp_path / "dati", MONTH, tmp_path / "r", processes=1)
        told = people.append_column("disabilita", pa.array([value] * len(people)))
        assert in_order(results(tmp_path / "r")).equals(in_order(simulated(people=told)))


def test_the_number_of_blocks_is_part_of_the_work(tmp_path):
    data = put(tmp_path / "dati", PEOPLE, shuffled(HOUSEHOLDS))
    for size in (20, 100, 60):
        run(data, MONTH, tmp_path / "r", processes=1, households_at_once=size)
        assert in_order(results(tmp_path / "r")).equals(in_order(simulated()))


def test_another_question_is_computed(data, tmp_path):
    reform = tmp_path / "mia.yaml"
    header = "titolo: Prova\ndescrizione: Prova.\nriferimento: Prova\ndal: 2024-01-01\n"
    reform.write_text(f"{header}imposta:\n  adi.requisiti.isee.soglia: 8000\n", "utf-8")
    question = {"variables": [AMOUNT], "reforms": [str(reform)], "processes": 1}
    totals = [run(data, MONTH, tmp_path / "r", **question).totals(AMOUNT)]
    assert all(resumed(run(data, MONTH, tmp_path / "r", **question)))
    for change in (
        {"variables": ["adi_requisiti"]},
        {"discard": True},
        {"detail": "annuale"},
        {"reforms": []},
        {"reforms": ["senza_requisito_categoriale"]},
    ):
        assert not any(resumed(run(data, MONTH, tmp_path / "r", **{**question, **change})))
    run(data, MONTH, tmp_path / "r", **question)
    reform.write_text(f"{header}imposta:\n  adi.requisiti.isee.soglia: 3000\n", "utf-8")
    account = run(data, MONTH, tmp_path / "r", **question)
    assert not any(resumed(account))
    assert account.totals(AMOUNT) < totals[0]


def test_another_code_is_another_identity(data, tmp_path, monkeypatch):
    run(data, MONTH, tmp_path / "r", processes=1)
    parameters = default_system().parameters.adi.eta.anziano
    monkeypatch.setattr(parameters.values_list[0], "value", 61)
    assert not any(resumed(run(data, MONTH, tmp_path / "r", processes=1)))


def test_a_process_with_another_law_does_not_compute(data, tmp_path, monkeypatch):
    monkeypatch.setattr(piece, "identity_of", lambda system: "another")
    piece._months.cache_clear()
    with pytest.raises(UserError, match="altro codice"):
        run(data, MONTH, tmp_path / "r", processes=1)


def test_what_one_run_learned_does_not_mislead_the_next(tmp_path):
    rich = {"isee": pa.array([90_000.0] * COUNT), "isee@2025-03": pa.array([0.0] * COUNT)}
    households = HOUSEHOLDS
    for name, cells in rich.items():
        households = households.append_column(name, cells)
        run((PEOPLE, households), YEAR, tmp_path / "r", processes=1)
        expected = in_order(simulated(YEAR, households=households))
        assert in_order(results(tmp_path / "r")).equals(expected)


def test_files_that_are_not_results_are_not_read(data, tmp_path, small_pieces):
    folder = tmp_path / "r"
    run(data, MONTH, folder, processes=1)
    first, second, third, *_ = sorted(folder.glob("parte-*"))
    first.write_bytes(first.read_bytes()[:-500])
    parquet.write_table(HOUSEHOLDS, second)
    third.unlink()
    shutil.copy(second, folder / "parte-09999.parquet")
    (folder / ".parte-00001.parquet.1234").write_bytes(b"half")
    (folder / "note.txt").write_text("mie", "utf-8")
    account = run(data, MONTH, folder, processes=1)
    assert resumed(account) == [False] * 3 + [True] * (len(account.pieces) - 3)
    assert in_order(results(folder)).equals(in_order(simulated()))
    names = {path.name for path in folder.iterdir()} - {each["parte"] for each in account.pieces}
    assert names == {ACCOUNT, "note.txt"}


# Data that cannot be used are told with file, row and column, all together


def test_problems_of_all_pieces_come_together(data, tmp_path, small_pieces):
    people = replaced(PEOPLE, "redditi_pensione", {0: -5.0, 150: float("nan"), 250: -1.0})
    people = replaced(people, "id_persona", {10: 9, 300: 1, 20: None})
    put(data, people)
    found = problems_of(data, MONTH, tmp_path / "r")
    places = {
        (f"{data / 'persone.parquet'}", text.partition(":")[0].split(", ", 1)[1]) for text in found
    }
    rows = ["1", "151", "251"]
    expected = {
        (f"{data / 'persone.parquet'}", f"riga {row}, colonna redditi_pensione") for row in rows
    }
    ids = {
        (f"{data / 'persone.parquet'}", f"riga {row}, colonna id_persona") for row in (11, 21, 301)
    }
    assert places == expected | ids
    assert len(found) == 6
    written = json.loads((tmp_path / "r" / ACCOUNT).read_text("utf-8"))
    assert not written["completo"] and written["problemi"] == found


def test_rows_are_counted_in_their_file(tmp_path):
    here = tmp_path / "dati" / "persone"
    here.mkdir(parents=True)
    wrong = replaced(PEOPLE, "redditi_pensione", {199: -1.0})
    wrong = replaced(wrong, "id_persona", {149: 5})
    for number, start in enumerate(range(0, len(wrong), 100)):
        parquet.write_table(wrong.slice(start, 100), here / f"{number}.parquet")
    parquet.write_table(shuffled(HOUSEHOLDS), tmp_path / "dati" / "nuclei.parquet")
    found = problems_of(tmp_path / "dati", MONTH, households_at_once=50)
    assert f"{here / '1.parquet'}, riga 100, colonna redditi_pensione: trovato «-1.0»" in found[1]
    where = f"{here / '1.parquet'}, riga 50, colonna id_persona: l'id «5» è già alla riga 5 di "
    assert found[0] == where + str(here / "0.parquet")


@pytest.mark.parametrize(
    ("people", "households", "message"),
    [
        (PEOPLE.slice(0, 0), HOUSEHOLDS, "persone: la tabella è vuota"),
        (PEOPLE.drop_columns(["id_nucleo"]), HOUSEHOLDS, "persone, colonna id_nucleo: manca"),
        (
            PEOPLE,
            replaced(HOUSEHOLDS, "id_nucleo", {3: None}),
            "riga 4, colonna id_nucleo: l'id manca",
        ),
        (
            replaced(PEOPLE, "id_nucleo", {2: 999}),
            HOUSEHOLDS,
            "riga 3, colonna id_nucleo: il nucleo «999»",
        ),
        (
            PEOPLE.filter(pc.not_equal(PEOPLE["id_nucleo"], 7)),
            HOUSEHOLDS,
            "riga 7, colonna id_nucleo: il",
        ),
        (
            PEOPLE.append_column("altezza", PEOPLE["id_persona"]),
            HOUSEHOLDS,
            "colonna sconosciuta",
        ),
        (
            PEOPLE,
            pa.concat_tables([HOUSEHOLDS, HOUSEHOLDS.slice(3, 1)]),
            "riga 241, colonna id_nucleo",
        ),
        (
            PEOPLE.set_column(0, "id_persona", pa.array([[1]] * len(PEOPLE))),
            HOUSEHOLDS,
            "numeri interi o",
        ),
        (
            with_type(PEOPLE, pa.timestamp("s"), "id_persona"),
            HOUSEHOLDS,
            "gli id sono numeri interi o",
        ),
        (
            PEOPLE.set_column(0, "id_persona", pa.nulls(len(PEOPLE))),
            HOUSEHOLDS,
            "riga 1, colonna id_persona",
        ),
        (
            PEOPLE.set_column(0, "id_persona", pa.array(np.arange(len(PEOPLE)) + 0.5)),
            HOUSEHOLDS,
            "interi o",
        ),
    ],
)
def test_tables_that_do_not_hold_together(people, households, message, tmp_path, small_pieces):
    data = put(tmp_path / "dati", people, households)
    assert any(message in text for text in problems_of(data, MONTH, households_at_once=50))


@pytest.mark.parametrize("damage", ["cut", "emptied", "scratched", "a folder", "not there"])
def test_a_file_that_cannot_be_read_is_told(tmp_path, damage, small_pieces):
    here = tmp_path / "dati" / "persone"
    here.mkdir(parents=True)
    parquet.write_table(HOUSEHOLDS, tmp_path / "dati" / "nuclei.parquet")
    cut = PEOPLE["id_nucleo"].to_pylist().index(100)
    parquet.write_table(PEOPLE.slice(0, cut), here / "a.parquet")
    parquet.write_table(PEOPLE.slice(cut), path := here / "b.parquet")
    content = path.read_bytes()
    path.unlink()
    if damage == "a folder":
        path.mkdir()
    elif damage == "not there":
        path.symlink_to(tmp_path / "niente")
    else:
        half = len(content) // 2
        harm = {"cut": content[:half], "emptied": b""}
        path.write_bytes(harm.get(damage, content[:400] + bytes(half) + content[400 + half :]))
    found = problems_of(tmp_path / "dati", MONTH, tmp_path / "r")
    assert f"{path}: il file non si legge" in "\n".join(found)


def test_partitions_that_do_not_agree_are_told(tmp_path):
    here = tmp_path / "dati" / "persone"
    here.mkdir(parents=True)
    parquet.write_table(HOUSEHOLDS, tmp_path / "dati" / "nuclei.parquet")
    cut = PEOPLE["id_nucleo"].to_pylist().index(100)
    parquet.write_table(PEOPLE.slice(0, cut), here / "a.parquet")
    other = with_type(PEOPLE.slice(cut), TEXT)
    parquet.write_table(other, here / "b.parquet")
    parquet.write_table(PEOPLE.slice(cut).drop_columns(["disabilita"]), here / "c.parquet")
    found = problems_of(tmp_path / "dati", MONTH)
    assert "b.parquet: i tipi non sono quelli di a.parquet" in found[0]
    assert "c.parquet: le colonne non sono quelle di a.parquet: disabilita" in found[1]


def test_partitions_of_types_that_agree(tmp_path):
    here = tmp_path / "dati" / "persone"
    here.mkdir(parents=True)
    parquet.write_table(HOUSEHOLDS, tmp_path / "dati" / "nuclei.parquet")
    cut = PEOPLE["id_nucleo"].to_pylist().index(100)
    people = replaced(PEOPLE, "redditi_pensione", dict.fromkeys(range(cut, len(PEOPLE))))
    people = replaced(people, "disabilita", dict.fromkeys(range(cut, len(PEOPLE))))
    other = with_type(people.slice(cut), pa.int32())
    for name in ("redditi_pensione", "disabilita"):
        other = other.set_column(other.column_names.index(name), name, pa.nulls(len(other)))
    for name in ("b.parquet", "a.parquet"):
        parquet.write_table(other if name > "a.parquet" else people.slice(0, cut), here / name)
    parquet.write_table(people.slice(0, 0), here / "c.parquet")
    run(tmp_path / "dati", MONTH, tmp_path / "r", processes=1)
    assert in_order(results(tmp_path / "r")).equals(in_order(simulated(people=people)))


def test_wrong_rows_may_be_discarded_with_their_household(tmp_path, small_pieces):
    wrong = replaced(PEOPLE, "redditi_pensione", dict.fromkeys((0, 150, 250), -1.0))
    out = pc.unique(wrong["id_nucleo"].take(pa.array([0, 150, 250])))
    left = simulated()
    left = left[~left["id_nucleo"].isin(out.to_pylist())]
    for name, households in (("a", HOUSEHOLDS), ("b", shuffled(HOUSEHOLDS))):
        data = put(tmp_path / name, wrong, households)
        options = {"processes": 1, "discard": True, "households_at_once": 50}
        account = run(data, MONTH, tmp_path / f"r{name}", **options)
        assert in_order(results(tmp_path / f"r{name}")).equals(in_order(left))
        assert account.refused["nuclei"] == len(out)
        assert account.read == account.computed + account.refused
        assert account.weight == math.fsum(left["peso"])


@pytest.mark.parametrize("wrong", [range(150), range(len(PEOPLE))])
def test_a_piece_without_households_has_the_columns_of_the_others(tmp_path, small_pieces, wrong):
    data = put(tmp_path / "dati", replaced(PEOPLE, "redditi_pensione", dict.fromkeys(wrong, -1.0)))
    account = run(data, MONTH, tmp_path / "r", processes=1, discard=True)
    assert account.refused["persone"] >= len(wrong)
    assert account.read == account.computed + account.refused
    table = pd.read_parquet(tmp_path / "r")
    assert list(table) == list(simulated()) and len(table) == account.computed["nuclei"]
    assert len(account.totals(AMOUNT)) == 1
    names = ["disabilita", "condanna_data", "eta"]
    run(data, MONTH, tmp_path / "r.csv", variables=names, processes=1, discard=True)
    assert len(pd.read_csv(tmp_path / "r.csv")) == account.computed["persone"]


# Interruptions: what was computed is kept, and nothing half-written is ever read


def test_a_file_that_changes_under_way(data, tmp_path, monkeypatch, small_pieces):
    read = piece.Population.from_tables
    calls = []

    def changing(*arguments):
        calls.append(arguments)
        if len(calls) == 2:
            put(data, replaced(PEOPLE, "redditi_pensione", {0: 77.0}))
        return read(*arguments)

    monkeypatch.setattr(piece.Population, "from_tables", changing)
    with pytest.raises(UserError, match=r"persone.parquet: il file è cambiato"):
        run(data, MONTH, tmp_path / "r", processes=1)
    assert not json.loads((tmp_path / "r" / ACCOUNT).read_text("utf-8"))["completo"]
    account = run(data, MONTH, tmp_path / "r", processes=1)
    assert not all(resumed(account))
    changed = replaced(PEOPLE, "redditi_pensione", {0: 77.0})
    assert in_order(results(tmp_path / "r")).equals(in_order(simulated(people=changed)))


def test_a_full_disk(data, tmp_path, monkeypatch, small_pieces):
    write, calls = parquet.ParquetWriter.write_table, []

    def full(*arguments, **options):
        calls.append(1)
        if len(calls) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(*arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(parquet.ParquetWriter, "write_table", full)
        patched.setattr("openfisca_adi.runs.runner.write_text", full)
        with pytest.raises(UserError, match=r"il disco è pieno; 2 parti su \d+ sono calcolate"):
            run(data, MONTH, tmp_path / "r", processes=1)
    assert not list((tmp_path / "r").glob(".parte*"))
    account = run(data, MONTH, tmp_path / "r", processes=1)
    assert resumed(account) == [True] * 2 + [False] * (len(account.pieces) - 2)
    assert in_order(results(tmp_path / "r")).equals(in_order(simulated()))


def test_an_account_says_complete_only_of_what_is(data, tmp_path, monkeypatch, small_pieces):
    run(data, MONTH, tmp_path / "r", processes=1)
    put(data, replaced(PEOPLE, "redditi_pensione", {0: 5.0}))
    seen = []
    begin = piece.Population.from_tables

    def looking(*arguments):
        seen.append((tmp_path / "r" / ACCOUNT).exists())
        return begin(*arguments)

    monkeypatch.setattr(piece.Population, "from_tables", looking)
    run(data, MONTH, tmp_path / "r", processes=1)
    assert seen and not any(seen)


def test_the_keyboard_stops_a_run_that_goes_on_later(data, tmp_path, monkeypatch, small_pieces):
    begin, calls = piece.Population.from_tables, []

    def stopping(*arguments):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return begin(*arguments)

    monkeypatch.setattr(piece.Population, "from_tables", stopping)
    with pytest.raises(InterruptedRunError, match=r"interrotto; 2 parti su") as error:
        run(data, MONTH, tmp_path / "r.parquet", processes=1)
    assert error.value.exit_code == 130
    assert not (tmp_path / "r.parquet").exists()
    account = run(data, MONTH, tmp_path / "r.parquet", processes=1)
    assert resumed(account)[:3] == [True, True, False]
    table = parquet.read_table(tmp_path / "r.parquet").to_pandas()
    assert in_order(table).equals(in_order(simulated()))


# Processes: what one loses, another does; the command itself may be killed


COMMAND = """
import os, sys
import psutil
from openfisca_adi.runs import layout
from openfisca_adi.runs.account import Account

add, pieces = Account.add, []
def stopping(account, piece):
    add(account, piece)
    pieces.append(piece)
    if len(pieces) == 3:
        print(*(child.pid for child in psutil.Process().children()), flush=True)
        os.kill(os.getpid(), {signal})
Account.add = stopping
layout.PIECE = 15

from openfisca_adi.cli import main
main()
"""


def workers():
    """Return the processes that compute for this one."""
    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            if "spawn_main" in " ".join(child.cmdline()):
                found.append(child)
        except psutil.NoSuchProcess:
            continue
    return found


@pytest.fixture
def many(tmp_path, monkeypatch):
    """Data of some tens of pieces."""
    monkeypatch.setattr(layout, "PIECE", 15)
    return put(tmp_path / "dati", rows=15)


@pytest.fixture
def killed(monkeypatch):
    """Kill one of the processes that compute, at the third piece; return them all as they were then."""
    add, pieces, found = Account.add, [], []

    def killing(account, each):
        add(account, each)
        pieces.append(each)
        if len(pieces) == 3:
            found.extend(workers())
            max(found, key=lambda process: process.memory_info().rss).kill()

    monkeypatch.setattr(Account, "add", killing)
    return found


def interrupted(data, folder, with_signal):
    """Run the command on very small pieces, in two processes, until it sends itself a signal at the third piece."""
    arguments = ["simula", data, "--periodo", MONTH, "--risultato", folder, "--processi", "2"]
    code = COMMAND.format(signal=int(with_signal))
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        check=False,
        text=True,
    )


def same_as_serially(account, folder):
    expected = run((PEOPLE, HOUSEHOLDS), MONTH, processes=1)
    assert in_order(results(folder)).equals(in_order(simulated(MONTH)))
    for name in ("totali", "righe", "nuclei_pesati"):
        assert account[name] == expected.to_dict()[name]
    assert account["completo"]


def test_a_killed_process_costs_only_time(many, tmp_path, killed):
    account = run(many, MONTH, tmp_path / "r", processes=2)
    assert killed and not workers()
    same_as_serially(account.to_dict(), tmp_path / "r")
    assert not list((tmp_path / "r").glob(".*"))


def test_processes_that_always_die_are_told():
    with pytest.raises(engines.EngineError, match="3 volte di seguito"):
        list(engines.in_processes(os._exit, [1, 2, 3], 2))


@pytest.mark.parametrize("with_signal", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_command_goes_on_from_where_it_was(many, tmp_path, with_signal):
    folder = tmp_path / "r"
    killed = interrupted(many, folder, with_signal)
    children = [
        psutil.Process(int(pid)) for pid in killed.stdout.split() if psutil.pid_exists(int(pid))
    ]
    assert not psutil.wait_procs(children, timeout=20)[1]
    done = {path: path.stat().st_mtime_ns for path in folder.glob("parte-*")}
    if with_signal == signal.SIGINT:
        assert killed.returncode == 130
        assert "Traceback" not in killed.stderr
        assert "Errore: interrotto; 3 parti su" in killed.stderr
        assert "lo stesso comando continua da lì" in killed.stderr
        assert not json.loads((folder / ACCOUNT).read_text("utf-8"))["completo"]
    else:
        assert killed.returncode == -signal.SIGKILL
        assert not (folder / ACCOUNT).exists()
    account = run(many, MONTH, folder, processes=1).to_dict()
    assert 3 <= sum(each["ripresa"] for each in account["parti"]) < len(account["parti"])
    assert {path: path.stat().st_mtime_ns for path in done} == done
    same_as_serially(account, folder)
    names = {ACCOUNT, *(each["parte"] for each in account["parti"])}
    assert {path.name for path in folder.iterdir()} == names


def test_a_cluster_of_this_machine(many, tmp_path, killed):
    pytest.importorskip("distributed")
    account = run(many, MONTH, tmp_path / "r", cluster="locale", processes=2)
    assert killed and not workers()
    same_as_serially(account.to_dict(), tmp_path / "r")


def test_a_cluster_that_stops_under_way(many, tmp_path, monkeypatch):
    """What a client sees when the scheduler dies: its work is cancelled."""
    distributed = pytest.importorskip("distributed")
    add = Account.add

    def losing(account, each):
        add(account, each)
        client = distributed.get_client()
        client.cancel([distributed.Future(key) for key in client.futures])

    with monkeypatch.context() as patched:
        patched.setattr(Account, "add", losing)
        with pytest.raises(engines.EngineError, match="lo stesso comando continua da lì"):
            run(many, MONTH, tmp_path / "r", cluster="locale", processes=1)
    account = run(many, MONTH, tmp_path / "r", processes=1).to_dict()
    assert any(each["ripresa"] for each in account["parti"])
    same_as_serially(account, tmp_path / "r")


def test_a_cluster_that_does_not_answer(many):
    pytest.importorskip("distributed")
    with pytest.raises(engines.EngineError, match="non risponde"):
        run(many, MONTH, cluster="tpc://10.0.0.1")
