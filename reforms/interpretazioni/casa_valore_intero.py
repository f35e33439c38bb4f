"""La casa di abitazione che vale più di 150.000 euro conta per intero: DL 48/2023, art. 2, c. 2, lett. b), n. 3 (I-08)."""

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.money import to_cent
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_abitazione_eccedente(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Valore della casa di abitazione che conta nel patrimonio immobiliare: tutto, oltre il limite"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 3"]

    def formula_2024(nucleo, period, parameters):
        """Nulla fino a 150.000 euro; oltre, il valore intero.

        DL 48/2023, art. 2, c. 2, lett. b), n. 3. Da gennaio 2024.
        """
        escluso = parameters(period).adi.requisiti.patrimonio_immobiliare.valore_abitazione_escluso
        valore = to_cent(nucleo("valore_imu_abitazione", period))
        return np.where(valore > escluso, valore, 0)


class casa_valore_intero(Reform):
    """150.000 euro sono un limite di valore della casa e non una franchigia."""

    name = "La casa oltre 150.000 euro conta per intero"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 3"

    def apply(self):
        """Sostituisce il valore della casa che conta: DL 48/2023, art. 2, c. 2, lett. b), n. 3."""
        self.update_variable(adi_abitazione_eccedente)
