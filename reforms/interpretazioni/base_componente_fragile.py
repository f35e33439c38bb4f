"""Il parametro 1 della scala va sempre a un adulto fragile: DL 48/2023, art. 2, c. 4, "ciascun altro componente" (I-01)."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Persona
from openfisca_adi.members import any_member
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_candidato_base(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Può avere il parametro 1 del nucleo: un adulto fragile, se è contato"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(persona, period):
        """Gli adulti contati che hanno una maggiorazione per la condizione propria; se non ce ne sono, ogni componente contato.

        DL 48/2023, art. 2, c. 4. Da gennaio 2024.
        """
        contato = persona("adi_componente_in_scala", period)
        fragile = persona("adi_adulto_in_scala", period) & persona("adi_componente_fragile", period)
        nucleo = persona.nucleo.reference_entity
        con_fragile = nucleo.project(any_member(nucleo, fragile))
        return contato & (fragile | ~con_fragile)


class base_componente_fragile(Reform):
    """Un solo adulto fragile non aggiunge nulla alla scala di equivalenza."""

    name = "Il parametro 1 della scala a un componente fragile"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 2, c. 4"

    def apply(self):
        """Dà la base a un adulto di almeno 60 anni, con disabilità o in svantaggio, se è contato: DL 48/2023, art. 2, c. 4."""
        self.update_variable(adi_candidato_base)
