"""Si paga anche mentre la verifica dello svantaggio è in corso: DM 154/2023, art. 4, c. 7 (I-25)."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_sospeso_verifica_svantaggio(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "La verifica dello svantaggio in corso non trattiene il pagamento"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7"]

    def formula_2024(nucleo, period):
        """Nessun mese è trattenuto in attesa dell'esito.

        DM 154/2023, art. 4, c. 7. Da gennaio 2024.
        """
        return nucleo.filled_array(False)


class pagamento_in_pendenza_verifica(Reform):
    """Chi ha accesso per il solo svantaggio è pagato subito, e non con gli arretrati dopo l'esito."""

    name = "Pagamento durante la verifica dello svantaggio"
    author = "openfisca-adi"
    reference = "DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7"

    def apply(self):
        """Toglie la sospensione in attesa dell'esito: DM 154/2023, art. 4, c. 7."""
        self.update_variable(adi_sospeso_verifica_svantaggio)
