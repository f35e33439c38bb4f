"""Danno accesso anche i componenti fuori dalla scala di equivalenza: DL 48/2023, art. 2, c. 1 (I-13)."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Persona
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_componente_per_categoria(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "La sua condizione conta per dare accesso al nucleo, anche se non è contato nella scala"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 1"]

    def formula_2024(persona, period):
        """Ogni componente già nato.

        DL 48/2023, art. 2, c. 1. Da gennaio 2024.
        """
        return persona("adi_nato", period)


class categoria_tutti_componenti(Reform):
    """La condizione dell'art. 2, c. 1, si guarda in tutti i componenti."""

    name = "La categoria guarda a tutti i componenti"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 2, c. 1"

    def apply(self):
        """Estende a ogni componente l'art. 2, c. 1, DL 48/2023."""
        self.update_variable(adi_componente_per_categoria)
