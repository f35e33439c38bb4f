"""A reform: another law, made of changed parameters and replaced rules, on top of other reforms."""

import copy

from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.reforms import Reform as CoreReform

from openfisca_adi.dates import FIRST_MONTH
from openfisca_adi.errors import UserError
from openfisca_adi.variable import is_fact


class Reform(CoreReform):
    """OpenFisca's reform, whose changes add up, and which may begin with other reforms.

    ``name`` is its title, the first line of its module's docstring says what it does; ``author`` and
    ``reference`` (the act or the proposal) may be missing. ``parts`` are applied before it, in order.
    """

    author: str | None = None
    reference: str | None = None
    parts: tuple[type[CoreReform], ...] = ()

    def __init__(self, baseline):
        for part in self.parts:
            baseline = part(baseline)
        super().__init__(baseline)
        self.open_api_config = baseline.open_api_config

    def apply(self):
        """Change nothing beyond the parts."""

    def apply_reform(self, reform_path):
        """Return this law with another reform on it, found as the law itself finds it."""
        return type(self.base_tax_benefit_system).apply_reform(self, reform_path)

    def modify_parameters(self, modifier_function):
        """Change the parameters; each call adds to those before it (of OpenFisca's the last one counts)."""
        parameters = modifier_function(copy.deepcopy(self.parameters))
        if not isinstance(parameters, ParameterNode):
            raise UserError(f"{self.key}: la funzione che cambia i parametri deve restituirli")
        self.parameters = parameters
        self._parameters_at_instant_cache = {}

    def neutralize_variable(self, variable_name, value=None, start=f"{FIRST_MONTH}-01"):
        """Give a variable always the same value, its default unless ``value`` says another.

        A result has it from ``start`` on, a date as text; a fact has it in every month, whatever users give.
        """
        variable = copy.copy(self.get_variable(variable_name, check_existence=True))
        variable.label = f"{variable.label} (neutralizzata dalla riforma)"
        constant = copy.copy(variable)
        if value is not None:
            constant.default_value = value
        if is_fact(variable):
            variable = constant
            variable.is_neutralized = True
        else:

            def same_for_all(population, period):
                """Il valore che la riforma dà a tutti."""
                return constant.default_array(population.count)

            is_eternal = variable.definition_period == DateUnit.ETERNITY
            before = {} if is_eternal else variable.formulas
            formulas = {day: formula for day, formula in before.items() if day < start}
            variable.formulas = type(variable.formulas)(formulas | {start: same_for_all})
        self.variables[variable_name] = variable
