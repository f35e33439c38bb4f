"""Il regime dei 67 anni anche per i soli componenti con disabilità grave: DL 48/2023, art. 2, c. 2, lett. b), n. 2 (I-10)."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_nucleo_67_possibile(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Il regime dei 67 anni non richiede una persona di quell'età"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 2"]

    def formula_2024(nucleo, period):
        """Basta che ogni componente abbia 67 anni, o una disabilità grave, o non sia autosufficiente.

        DL 48/2023, art. 2, c. 2, lett. b), n. 2. Da gennaio 2024.
        """
        return nucleo.any(nucleo.members("adi_nato", period))


class regime_67_senza_anziani(Reform):
    """Un nucleo di sole persone con disabilità grave o non autosufficienti ha il regime dei 67 anni."""

    name = "Il regime dei 67 anni senza anziani"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 2"

    def apply(self):
        """Toglie la condizione di una persona di 67 anni: DL 48/2023, art. 2, c. 2, lett. b), n. 2."""
        self.update_variable(adi_nucleo_67_possibile)
