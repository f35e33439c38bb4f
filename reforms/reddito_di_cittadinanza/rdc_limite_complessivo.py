"""Il Reddito di cittadinanza con il limite di 9.360 euro, per la scala, di reddito e beneficio insieme: art. 3, c. 4."""

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.money import to_cent
from openfisca_adi.reforms.reddito_di_cittadinanza.reddito_di_cittadinanza import (
    reddito_di_cittadinanza,
)
from openfisca_adi.variable import Variable


class adi_beneficio_pieno(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Beneficio annuo di chi ha i requisiti: le quote entro il limite, non meno del minimo"
    reference = ["DL 28 gennaio 2019, n. 4, art. 3, c. 1-4"]

    def formula_2024(nucleo, period, parameters):
        """Le quote, fino a 9.360 euro per la scala meno il reddito familiare; mai meno del minimo.

        DL 4/2019, art. 3, c. 4.
        """
        limite = parameters(period).adi.importo.limite_complessivo
        limite = to_cent(limite * nucleo("adi_scala_equivalenza", period))
        disponibile = to_cent(limite - nucleo("adi_reddito_familiare", period))
        quote = np.minimum(nucleo("rdc_somma_quote", period), disponibile)
        return np.maximum(quote, nucleo("adi_beneficio_minimo", period))


class rdc_limite_complessivo(reddito_di_cittadinanza):
    """Il contributo per l'affitto si riduce per chi ha un reddito vicino alla soglia di accesso degli inquilini."""

    name = "Reddito di cittadinanza, con il limite complessivo"

    def apply(self):
        """Aggiunge al Reddito di cittadinanza il limite dell'art. 3, c. 4, DL 4/2019."""
        super().apply()
        self.update_variable(adi_beneficio_pieno)
