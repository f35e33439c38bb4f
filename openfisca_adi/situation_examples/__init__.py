"""Households to try the Web API with: one JSON situation per file, shown in the OpenAPI document."""

import json
from pathlib import Path


def _situation(name):
    path = Path(__file__).with_name(f"{name}.json")
    return json.loads(path.read_text(encoding="utf-8"))


anziano_in_affitto = _situation("anziano_in_affitto")
coppia_con_figli = _situation("coppia_con_figli")
nucleo_con_disabilita = _situation("nucleo_con_disabilita")
genitore_solo = _situation("genitore_solo")
