"""Struttura pubblica, istruzione e misura cautelare durante un periodo fanno decadere: DL 48/2023, artt. 2 e 8 (I-29)."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_impedimento_temporaneo(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Nessun requisito che manca sospende soltanto: fa decadere"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, e art. 8"]

    def formula_2024(nucleo, period):
        """Struttura, istruzione e misura cautelare sono requisiti come gli altri.

        DL 48/2023, art. 2, c. 2 ("per tutta la durata"), e art. 8. Da gennaio 2024.
        """
        return nucleo.filled_array(False)


class impedimenti_con_decadenza(Reform):
    """Un requisito che manca durante un periodo fa sempre decadere."""

    name = "Gli impedimenti temporanei fanno decadere"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 2, c. 2, e art. 8"

    def apply(self):
        """Toglie la sospensione dei casi dell'art. 2, c. 3-bis e 5, e dell'art. 8, DL 48/2023."""
        self.update_variable(adi_impedimento_temporaneo)
