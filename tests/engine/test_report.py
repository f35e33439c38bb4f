"""The page of a comparison: whole, alone, readable by who does not see it, with the numbers of the tables."""

import re
from datetime import date
from html.parser import HTMLParser

import pandas as pd
import pytest

from openfisca_adi.comparison import TakeUp, compare
from openfisca_adi.comparison.budget import budgets, examples
from openfisca_adi.comparison.files import write_tables
from openfisca_adi.comparison.report import fingerprint, report
from openfisca_adi.population import Population
from openfisca_adi.population.demonstration import demonstration_population
from openfisca_adi.reform_names import find_reform
from openfisca_adi.system import default_system
from openfisca_adi.text import number

LAW = default_system()
FROZEN = find_reform("soglie_2024_congelate")(LAW)
VOID = {"meta", "br", "path", "use", "rect", "line", "circle", "polygon"}
DAY = date(2026, 3, 9)


class Page(HTMLParser):
    """What the tests look at: elements with their attributes, texts, and whether tags are closed in order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.rows, self.words = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data
        elif "style" not in self.open:
            self.words.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def population():
    people, households = (table.to_pandas() for table in demonstration_population(1_500, 5))
    strange = households["regione"].replace("Lazio", "<b>Lazio & altro</b>")
    return Population.from_tables(people, households.assign(regione=strange))


@pytest.fixture(scope="module")
def curves():
    return budgets(examples(), "2025-06", LAW, FROZEN)


@pytest.fixture(scope="module")
def comparison(population):
    return compare(population, "2025-06", LAW, FROZEN)


@pytest.fixture(scope="module")
def text(comparison, curves):
    return report(comparison, curves, day=DAY)


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_the_page_is_whole_and_in_italian(page):
    assert page.open == []
    assert page.all("html") == [{"lang": "it"}]
    assert {"charset": "utf-8"} in page.all("meta")
    assert any(meta.get("name") == "viewport" for meta in page.all("meta"))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    links = [link["href"] for link in page.all("a")]
    assert all(link[0] == "#" and link[1:] in ids for link in links)
    assert len(links) == 7


def test_the_page_needs_nothing_else(text, page):
    assert not re.findall(r"https?:|//|@import|url\((?!#)|file:", text)
    assert not {"script", "link", "iframe", "img", "object"} & {name for name, _ in page.elements}
    sources = [a[key] for _, a in page.elements for key in ("src", "href", "srcset") if key in a]
    assert all(source.startswith("#") for source in sources)


def test_every_plot_is_told_in_words(page, comparison):
    plots = page.all("svg")
    assert len(plots) == 6
    assert all(plot["role"] == "img" and plot["viewbox"] for plot in plots)
    descriptions = " ".join(plot["aria-label"] for plot in plots)
    category = comparison.breakdown.loc[("categoria", "Minori"), ("differenza", "costo_annuo")]
    assert f"Minori: {number(category / 1e6, 1, sign=True)}" in descriptions
    alone = comparison.requirements.loc["reddito", "legge"]["da_solo"]
    assert f"reddito: {number(alone / 1000, 1)} e" in descriptions


def test_the_plots_do_not_rest_on_colour(text):
    assert text.count("stroke-dasharray") >= 2  # the reform's line, in two plots
    assert "<pattern" in text  # the hatch of the reform's bars
    colours = set(re.findall(r"fill: (#\w{6})", text[text.index("<svg") :]))
    assert colours <= {"#ffffff", "#0072b2", "#e69f00", "#000000"}


def test_headings_and_tables_are_marked(page):
    tables = page.all("table")
    captions = [name for name, _ in page.elements if name == "caption"]
    assert len(tables) == len(captions) >= 10
    assert all(cell["scope"] in ("row", "col") for cell in page.all("th"))
    assert len(page.all("h1")) == 1


def test_the_numbers_are_those_of_the_tables(page, comparison):
    rows = {row[0].strip(): row[1:] for row in page.rows}
    households = comparison.headline.loc["nuclei"]
    assert rows["Nuclei con diritto"][:3] == [
        number(households["legge"]),
        number(households["riforma"]),
        number(households["differenza"], sign=True),
    ]
    losers = comparison.changes.loc["perdono"]
    assert rows["Perdono"] == [
        number(losers["nuclei"]),
        number(losers["persone"]),
        number(losers["variazione_mensile"], 2, sign=True),
    ]
    gini = 100 * comparison.inequality.loc["gini"]
    assert rows["Indice di Gini, in %"][1] == number(gini["legge"], 2)
    south = comparison.breakdown.loc[("ripartizione", "Mezzogiorno")]
    assert rows["Mezzogiorno"][0] == number(south["legge", "nuclei"])
    assert rows["Mezzogiorno"][3] == number(south["differenza", "costo_annuo"] / 1e6, 1, sign=True)
    assert rows["isee"][:2] == [
        number(comparison.requirements.loc["isee", side]["in_tutto"])
        for side in ("legge", "riforma")
    ]
    assert "<b>Lazio & altro</b>" in rows


def test_the_method_is_told(page):
    words = " ".join(" ".join(page.words).split())
    for told in (
        "Soglie del 2024 congelate. Le soglie del 2024 anche dopo il 2025",
        "Riferimento: L. 30 dicembre 2024, n. 207",
        "9 marzo 2026",
        "openfisca-adi 0",
        "SHA-256",
        "giugno 2025: il costo annuo è quello del mese per 12",
        "OCSE modificata",
        "60 % della mediana",
        "chiunque ha diritto riceve",
        "l'incertezza campionaria non si può calcolare",
        "1.500 nuclei",
        "Questa non è una fonte ufficiale",
    ):
        assert told in words


def test_the_same_comparison_is_the_same_page(text, comparison, curves):
    assert report(comparison, curves, day=DAY) == text


def test_a_year_with_take_up_and_errors(population, curves):
    people = population.descriptive | {"unita_primaria": population.descriptive["regione"]}
    sample = type(population)(**{**vars(population), "descriptive": people})
    take_up = TakeUp({"minori": 0.5}, source="un'ipotesi")
    comparison = compare(sample, "2025", LAW, FROZEN, take_up=take_up)
    page = Page(report(comparison, curves))
    words = " ".join(" ".join(page.words).split())
    assert "anno 2025: nuclei e persone sono medie dei mesi" in words
    assert "Minori 0,50. Fonte: un'ipotesi" in words
    rows = {row[0].strip(): row[1:] for row in page.rows}
    error = comparison.errors["sintesi"].loc["nuclei", "legge"]
    assert rows["Nuclei che ricevono (attesi)"][0].endswith(f"± {number(error)}")


def test_nobody_entitled_is_a_page_too(curves):
    people = pd.DataFrame({"id_persona": [1], "id_nucleo": [1], "eta": [40]})
    households = pd.DataFrame({"id_nucleo": [1], "isee": [0.0], "reddito_familiare": [0.0]})
    comparison = compare(Population.from_tables(people, households), "2025-06", LAW, FROZEN)
    page = Page(report(comparison, curves))
    rows = {row[0].strip(): row[1:] for row in page.rows}
    assert rows["Nuclei con diritto"] == ["0", "0", "0", "–"]
    assert rows["Indice di Gini, in %"] == ["–"] * 4


def test_a_fingerprint_follows_names_and_contents(tmp_path):
    one, other = tmp_path / "a", tmp_path / "b"
    one.write_text("1")
    other.write_text("2")
    both = fingerprint([one, other])
    assert fingerprint([other, one]) == both != fingerprint([one])
    other.write_text("3")
    assert fingerprint([one, other]) != both


def test_the_tables_as_files_are_those_of_the_comparison(comparison, curves, tmp_path):
    write_tables(comparison, curves, tmp_path / "tabelle")
    names = {*comparison.tables(), "nuclei_esempio"}
    found = {path.name for path in (tmp_path / "tabelle").iterdir()}
    assert found == {f"{name}.{suffix}" for name in names for suffix in ("csv", "parquet")}
    for name, table in comparison.flat_tables().items():
        stored = pd.read_parquet(tmp_path / "tabelle" / f"{name}.parquet")
        pd.testing.assert_frame_equal(stored, table, check_dtype=False)
        written = pd.read_csv(tmp_path / "tabelle" / f"{name}.csv", dtype={"voce": str})
        pd.testing.assert_frame_equal(written, table, check_dtype=False)
