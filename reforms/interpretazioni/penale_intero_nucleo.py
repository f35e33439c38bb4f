"""Misure e condanne di ogni componente impediscono il beneficio: DL 48/2023, art. 2, c. 2, lett. d) (I-09)."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Persona
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_tenuto_requisito_penale(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = (
        "Le sue misure e condanne impediscono il beneficio al nucleo, anche se non è il richiedente"
    )
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. d)"]

    def formula_2024(persona, period):
        """Ogni componente già nato.

        DL 48/2023, art. 2, c. 2, lett. d). Da gennaio 2024.
        """
        return persona("adi_nato", period)


class penale_intero_nucleo(Reform):
    """Il requisito penale riguarda tutto il nucleo, e non il solo richiedente."""

    name = "Il requisito penale per tutto il nucleo"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. d)"

    def apply(self):
        """Estende a ogni componente l'art. 2, c. 2, lett. d), DL 48/2023."""
        self.update_variable(adi_tenuto_requisito_penale)
