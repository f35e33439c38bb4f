"""L'ISEE non rinnovato durante un periodo fa decadere: DL 48/2023, art. 2, c. 2, lett. b), n. 1 (I-46)."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_requisiti_da_conservare(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Il nucleo ha tutti i requisiti, anche un ISEE in corso di validità"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 1-2, e art. 3"]

    def formula_2024(nucleo, period):
        """Tutti, e tra questi un ISEE in corso di validità.

        DL 48/2023, art. 2, c. 2 ("per tutta la durata"), lett. b), n. 1. Da gennaio 2024.
        """
        return nucleo("adi_requisiti", period)


class isee_scaduto_con_decadenza(Reform):
    """Senza un ISEE in corso di validità il diritto si perde, e occorre una nuova domanda."""

    name = "L'ISEE scaduto fa decadere"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 1"

    def apply(self):
        """Mette l'ISEE in corso di validità tra i requisiti che fanno decadere: DL 48/2023, art. 2, c. 2."""
        self.update_variable(adi_requisiti_da_conservare)
