"""La scala di equivalenza dell'ISEE al posto di quella dell'ADI, senza tetto."""

from openfisca_core.periods import DateUnit
from openfisca_core.reforms import Reform

from openfisca_adi.entities import Nucleo
from openfisca_adi.variable import Variable


class adi_scala_equivalenza(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "/1"
    label = "Scala di equivalenza dell'Assegno di inclusione: quella dell'ISEE"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 4",
        "DPCM 5 dicembre 2013, n. 159, Allegato 1",
    ]

    def formula_2024(nucleo, period):
        """La scala dell'ISEE di tutto il nucleo; 0 se nessuno è contato.

        In luogo del DL 48/2023, art. 2, c. 4. Conta anche chi è fuori dalla scala dell'ADI; dal 2026 ha le
        maggiorazioni per i figli della L. 199/2025, art. 1, c. 208.
        """
        contato = nucleo.members("adi_componente_in_scala", period)
        return nucleo("isee_scala_equivalenza", period) * nucleo.any(contato)


class scala_isee(Reform):
    """La scala dell'ISEE, che cresce con il numero dei componenti, moltiplica soglie e beneficio."""

    name = "Scala dell'ISEE al posto di quella dell'ADI"

    def apply(self):
        """Sostituisce la scala dell'art. 2, c. 4, DL 48/2023."""
        self.update_variable(adi_scala_equivalenza)
