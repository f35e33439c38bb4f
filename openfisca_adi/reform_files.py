"""Reforms declared in YAML files: what they say is checked, then applied all at once. See docs/riforme.md."""

import datetime

from openfisca_core.indexed_enums import Enum

from openfisca_adi.checks.parameters import FIRST_DATE, Problem
from openfisca_adi.checks.reforms import ReformText, check_reform
from openfisca_adi.errors import UserError
from openfisca_adi.reform import Reform
from openfisca_adi.reform_tools import find_parameter, multiplied, unit_of


class ReformFileError(UserError):
    """A reform file that cannot be applied: ``problems`` holds everything that was found in it."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


class DeclaredReform(Reform):
    """A reform whose ``text`` is a YAML file; raises :class:`ReformFileError` when it is applied, if wrong."""

    text: ReformText

    def apply(self):
        """Change the parameters, then neutralise the variables, after the reforms of ``parts``."""
        if problems := check_reform(self.text, self.baseline):
            raise ReformFileError(problems)
        self.modify_parameters(self._change)
        neutralized = self.text.data.get("neutralizza", ())
        values = neutralized if isinstance(neutralized, dict) else dict.fromkeys(neutralized)
        for name, value in values.items():
            constant = _of_variable(self.variables[name], value)
            self.neutralize_variable(name, constant, self.text.start or FIRST_DATE)

    def _change(self, parameters):
        text = self.text
        new_values = {
            path: text.dated(content) for path, content in text.section("imposta").items()
        }
        for key in ("moltiplica", "indicizza"):
            for path in text.section(key):
                parameter, unit = find_parameter(parameters, path), unit_of(parameters, path)
                new_values[path] = multiplied(parameter, text.factors(key, path), unit)
        for path in text.section("congela", list):
            start = text.start
            day_before = datetime.date.fromisoformat(start) - datetime.timedelta(days=1)
            new_values[path] = {start: find_parameter(parameters, path)(str(day_before))}
        act = {"title": self.reference or f"Riforma: {self.name}"}
        for path, values in new_values.items():
            parameter = find_parameter(parameters, path)
            references = parameter.metadata.get("reference", {})
            before = {day: title for day, title in references.items() if day < min(values)}
            parameter.metadata["reference"] = before | dict.fromkeys(values, act)
            for start, value in values.items():
                parameter.update(start=start, value=value)
        return parameters


def declare(text: ReformText, parts: tuple) -> type[DeclaredReform]:
    """Return the reform that a file declares, on top of those that it names."""
    stem = text.path.stem
    return type(
        stem,
        (DeclaredReform,),
        {
            "__doc__": str(text.data.get("descrizione", "")),
            "name": str(text.data.get("titolo", stem)),
            "author": text.data.get("autore"),
            "reference": text.data.get("riferimento"),
            "text": text,
            "parts": parts,
        },
    )


def _of_variable(variable, value):
    """Return a value written in YAML as the variable holds it."""
    if value is None:
        return None
    if variable.value_type is Enum:
        return variable.possible_values[value]
    if variable.value_type is datetime.date:
        return datetime.date.fromisoformat(value)
    return variable.value_type(value)
