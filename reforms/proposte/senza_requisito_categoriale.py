"""L'ADI per ogni nucleo con gli altri requisiti, anche senza componenti fragili."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_requisito_categoriale(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = (
        "Requisito categoriale, che la proposta abolisce: basta un componente contato nella scala"
    )
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 1"]

    def formula_2024(nucleo, period):
        """Basta un componente contato nella scala, quale che sia la sua condizione.

        In luogo dell'art. 2, c. 1, DL 48/2023. Da gennaio 2024.
        """
        return nucleo.any(nucleo.members("adi_componente_in_scala", period))


class adi_accesso_solo_per_svantaggio(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Nessuno ha accesso soltanto per lo svantaggio, se la categoria non conta"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 1"]

    def formula_2024(nucleo, period):
        """Senza requisito categoriale l'accesso non dipende mai dallo svantaggio.

        In luogo dell'art. 2, c. 1, DL 48/2023. Da gennaio 2024.
        """
        return nucleo.filled_array(False)


class senza_requisito_categoriale(Reform):
    """L'Assegno di inclusione senza la condizione dell'art. 2, c. 1."""

    name = "Senza requisito categoriale"
    author = "openfisca-adi"
    reference = "Proposta di confronto, in luogo di DL 4 maggio 2023, n. 48, art. 2, c. 1"

    def apply(self):
        """Sostituisce il requisito dell'art. 2, c. 1, DL 48/2023."""
        self.update_variable(adi_requisito_categoriale)
        self.update_variable(adi_accesso_solo_per_svantaggio)
