"""The tax-benefit system: entities, parameters, variables and the examples of the Web API."""

import functools

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from openfisca_adi import LAW, situation_examples
from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.reform_names import find_reform, find_reforms


class CountryTaxBenefitSystem(TaxBenefitSystem):
    """The Assegno di Inclusione as the law in force has it, from January 2024 on."""

    def __init__(self):
        super().__init__([Persona, Nucleo])
        self.load_parameters(str(LAW / "parameters"))
        self.add_variables_from_directory(str(LAW / "variables"))
        self.open_api_config = {
            "variable_example": "adi_spettante",
            "parameter_example": "adi.requisiti.isee.soglia",
            "simulation_example": situation_examples.coppia_con_figli,
        }

    def apply_reform(self, reform_path):
        """Return the law with a reform, found by its short name, dotted path or YAML file."""
        return find_reform(reform_path)(self)

    def get_package_metadata(self):
        """Return name and version, with the folder of the law as location of its sources."""
        return {**super().get_package_metadata(), "location": str(LAW), "repository_url": ""}


@functools.cache
def default_system():
    """Return the law in force, loaded once."""
    return CountryTaxBenefitSystem()


@functools.cache
def system_of(reforms: tuple[str, ...]):
    """Return the law in force, or as it would be with some reforms in their order, loaded once."""
    law = default_system()
    return find_reforms(reforms)(law) if reforms else law
