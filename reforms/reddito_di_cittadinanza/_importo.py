"""L'importo del Reddito di cittadinanza: integrazione del reddito, affitto e mutuo. DL 4/2019, art. 3."""

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.money import to_cent
from openfisca_adi.variable import Variable


class rdc_quota_mutuo(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Contributo per il mutuo della casa di abitazione, annuo"
    reference = ["DL 28 gennaio 2019, n. 4, art. 3, c. 3"]

    def formula_2024(nucleo, period, parameters):
        """Le rate annue, fino al tetto, di chi non è in affitto.

        DL 4/2019, art. 3, c. 3. Calcolato anche se mancano i requisiti.
        """
        tetto = parameters(period).adi.importo.tetto_mutuo
        rate = np.minimum(nucleo("rata_mutuo_annua", period), tetto)
        return to_cent(rate * ~nucleo("contratto_locazione_registrato", period))


class rdc_somma_quote(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Integrazione del reddito e contributo per l'affitto o per il mutuo, annui"
    reference = ["DL 28 gennaio 2019, n. 4, art. 3, c. 1-3"]

    def formula_2024(nucleo, period):
        """La somma delle componenti del beneficio.

        DL 4/2019, art. 3, c. 1-3. Calcolata anche se mancano i requisiti.
        """
        quote = nucleo("adi_quota_integrazione", period) + nucleo("adi_quota_locazione", period)
        return to_cent(quote + nucleo("rdc_quota_mutuo", period))


class adi_beneficio_pieno(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Beneficio annuo di chi ha i requisiti: le quote, non meno del minimo"
    reference = ["DL 28 gennaio 2019, n. 4, art. 3, c. 1-4"]

    def formula_2024(nucleo, period):
        """La somma delle quote, non meno del minimo.

        DL 4/2019, art. 3, c. 1-4. Calcolato anche se mancano i requisiti.
        """
        minimo = nucleo("adi_beneficio_minimo", period)
        return np.maximum(nucleo("rdc_somma_quote", period), minimo)
