"""Il parametro 1 della scala va al richiedente: DL 48/2023, art. 2, c. 4 (I-01)."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Persona
from openfisca_adi.members import any_member
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_candidato_base(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Può avere il parametro 1 del nucleo: il richiedente, se è contato"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(persona, period):
        """Il richiedente contato; se non è contato, ogni altro componente contato.

        DL 48/2023, art. 2, c. 4. Da gennaio 2024.
        """
        contato = persona("adi_componente_in_scala", period)
        richiedente = contato & persona("e_richiedente", period)
        nucleo = persona.nucleo.reference_entity
        con_richiedente = nucleo.project(any_member(nucleo, richiedente))
        return contato & (richiedente | ~con_richiedente)


class base_richiedente(Reform):
    """La condizione del richiedente non aggiunge nulla alla scala di equivalenza."""

    name = "Il parametro 1 della scala al richiedente"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 2, c. 4"

    def apply(self):
        """Dà la base al richiedente, se è contato: DL 48/2023, art. 2, c. 4."""
        self.update_variable(adi_candidato_base)
