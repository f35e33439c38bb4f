"""Il tetto del contributo per l'affitto moltiplicato per la scala di equivalenza."""

import numpy as np
from openfisca_core.periods import DateUnit
from openfisca_core.reforms import Reform

from openfisca_adi.entities import Nucleo
from openfisca_adi.money import to_cent
from openfisca_adi.variable import Variable


class adi_tetto_locazione(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Contributo annuo massimo per l'affitto, moltiplicato per la scala di equivalenza"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 1"]

    def formula_2024(nucleo, period, parameters):
        """Il tetto di una persona sola per la scala, anche oltre i 67 anni.

        In luogo del DL 48/2023, art. 3, c. 1.
        """
        importo = parameters(period).adi.importo
        over_67 = nucleo("adi_nucleo_67", period)
        tetto = np.where(over_67, importo.tetto_locazione_67, importo.tetto_locazione)
        return to_cent(tetto * nucleo("adi_scala_equivalenza", period))


class affitto_per_scala(Reform):
    """Il contributo per l'affitto cresce con il nucleo, come la soglia del reddito."""

    name = "Affitto per la scala"

    def apply(self):
        """Sostituisce il tetto dell'art. 3, c. 1, DL 48/2023."""
        self.update_variable(adi_tetto_locazione)
