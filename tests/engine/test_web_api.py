"""The real server, on loopback, asked over HTTP as a developer would."""

import json
import os
import re
import signal
import subprocess
import sysconfig
import time
from copy import deepcopy
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from openfisca_adi import situation_examples

OPENFISCA = Path(sysconfig.get_path("scripts"), "openfisca")
SECONDS_TO_START = 60
SECONDS_TO_ANSWER = 60
MONTH = "2025-03"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Start ``openfisca serve`` on a port that the system chooses, and stop it whatever happens."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    command = [OPENFISCA, "serve", "-c", "openfisca_adi", "--bind", "127.0.0.1:0", "--workers", "1"]
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)
    try:
        yield _address(process, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=10)


def _address(process, log):
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        if listening := re.search(r"Listening at: (http://\S+)", log.read_text()):
            return listening[1]
        time.sleep(0.05)
    pytest.fail(f"the server did not start:\n{log.read_text()}")


def get(address):
    with urlopen(address, timeout=SECONDS_TO_ANSWER) as answer:
        return json.load(answer)


def post(address, situation):
    request = Request(address, json.dumps(situation).encode(), {"Content-Type": "application/json"})
    with urlopen(request, timeout=SECONDS_TO_ANSWER) as answer:
        return json.load(answer)


def refusal(address, situation):
    with pytest.raises(HTTPError) as refused:
        post(address, situation)
    with refused.value as answer:
        return answer.status, json.load(answer)


EXAMPLES = {
    # Anna, 62 years: scale 1. A 6,500 - 2,400 = 4,100; B min(4,200, 3,640). 7,740 / 12
    "anziano_in_affitto": 645.00,
    # Scale 1 + 0.40 (care load: Luca is 2) + 2 x 0.15 = 1.70. A 11,050 - 5,200 = 5,850. / 12
    "coppia_con_figli": 487.50,
    # Scale 1 + 0.50 = 1.50. A 9,750 - 3,600 = 6,150. / 12. Assets 9,000 <= 8,000 + 7,500
    "nucleo_con_disabilita": 512.50,
    # Scale 1 + 0.15 = 1.15. A 7,475 - 1,800 = 5,675; B 3,000. 8,675 / 12 = 722.9166…
    "genitore_solo": 722.92,
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_household_of_the_examples_gets_what_the_law_says(server, name):
    situation = getattr(situation_examples, name)
    household = post(f"{server}/calculate", situation)["nuclei"]["nucleo"]
    assert household["adi_requisiti"] == {MONTH: True}
    assert household["adi_spettante"] == {MONTH: EXAMPLES[name]}


def test_the_intermediate_results_of_the_examples(server):
    couple = post(f"{server}/calculate", situation_examples.coppia_con_figli)
    assert couple["nuclei"]["nucleo"]["adi_scala_equivalenza"] == {MONTH: 1.70}
    disabled = post(f"{server}/calculate", situation_examples.nucleo_con_disabilita)
    assert disabled["nuclei"]["nucleo"]["adi_soglia_patrimonio_mobiliare"] == {MONTH: 15500}


def test_a_month_before_the_law_is_worth_nothing(server):
    situation = deepcopy(situation_examples.anziano_in_affitto)
    situation["nuclei"]["nucleo"]["adi_spettante"] = {"2023-12": None}
    answer = post(f"{server}/calculate", situation)
    assert answer["nuclei"]["nucleo"]["adi_spettante"] == {"2023-12": 0}


def test_a_trace_shows_the_steps_and_the_numbers_of_the_law(server):
    answer = post(f"{server}/trace", situation_examples.coppia_con_figli)
    assert f"adi_spettante<{MONTH}>" in answer["requestedCalculations"]
    steps = answer["trace"]
    assert steps[f"adi_spettante<{MONTH}>"]["value"] == [487.50]
    assert steps[f"adi_spettante<{MONTH}>"]["dependencies"] == [f"adi_beneficio_annuo<{MONTH}>"]
    assert steps[f"adi_soglia_isee<{MONTH}>"]["parameters"] == {
        f"adi.requisiti.isee.soglia<{MONTH}-01>": 10140
    }


def test_a_parameter_has_its_values_and_their_acts(server):
    parameter = get(f"{server}/parameter/adi.requisiti.isee.soglia")
    assert parameter["values"] == {"2024-01-01": 9360, "2025-01-01": 10140}
    assert parameter["metadata"]["unit"] == "currency-EUR"
    reference = parameter["metadata"]["reference"]
    assert reference["2024-01-01"]["title"].startswith("DL 4 maggio 2023, n. 48, art. 2")
    assert reference["2025-01-01"]["title"].startswith("L. 30 dicembre 2024, n. 207, art. 1")


def test_a_variable_has_its_rule_and_its_reference(server):
    variable = get(f"{server}/variable/adi_spettante")
    assert variable["entity"] == "nucleo"
    assert variable["definitionPeriod"] == "MONTH"
    assert variable["references"] == ["DL 4 maggio 2023, n. 48, art. 3"]
    assert (
        "Un dodicesimo del beneficio annuo" in variable["formulas"]["2024-01-01"]["documentation"]
    )


def test_the_specification_shows_an_example_that_works(server):
    example = get(f"{server}/spec")["components"]["schemas"]["SituationInput"]["example"]
    assert example == situation_examples.coppia_con_figli


def test_a_wrong_choice_is_refused_naming_its_place(server):
    situation = deepcopy(situation_examples.nucleo_con_disabilita)
    situation["persone"]["elena"]["disabilita"] = {MONTH: "gravissima"}
    status, answer = refusal(f"{server}/calculate", situation)
    assert status == 400
    message = answer["persone"]["elena"]["disabilita"][MONTH]
    assert "gravissima" in message
    assert "non_autosufficienza" in message


def test_an_unknown_variable_is_refused_naming_its_place(server):
    situation = deepcopy(situation_examples.genitore_solo)
    situation["nuclei"]["nucleo"]["reddito_famigliare"] = {MONTH: 1800}
    status, answer = refusal(f"{server}/calculate", situation)
    assert status == 404
    assert "reddito_famigliare" in answer["nuclei"]["nucleo"]["reddito_famigliare"]
