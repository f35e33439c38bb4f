"""Le domande, e la data a cui si leggono i fatti che devono precederle: DL 48/2023, art. 4."""

from datetime import date

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import LONG_AGO, NEVER, first_day, last_day
from openfisca_adi.entities import Nucleo
from openfisca_adi.variable import PresumedFact, Variable


class adi_data_domanda(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Data della domanda"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 1"]


class adi_data_pad(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Sottoscrizione del patto di attivazione digitale"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 2"]


class adi_data_rinnovo_1(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Prima domanda di rinnovo (o nuova domanda)"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 2"]


class adi_data_rinnovo_2(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Seconda domanda di rinnovo (o nuova domanda)"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 2"]


class adi_data_rinnovo_3(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Terza domanda di rinnovo (o nuova domanda)"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 2"]


class adi_nucleo_variato_al_rinnovo(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Il nucleo è cambiato al rinnovo: occorre un nuovo patto di attivazione digitale"
    reference = ["INPS, msg 2052/2025"]


class adi_data_pad_rinnovo_1(PresumedFact):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Patto di attivazione digitale della prima domanda di rinnovo"
    reference = ["INPS, msg 2052/2025"]

    def formula(nucleo, period):
        """Se il nucleo non è cambiato, vale la data della domanda di rinnovo.

        INPS, msg 2052/2025.
        """
        variato = nucleo("adi_nucleo_variato_al_rinnovo", period)
        return np.where(variato, NEVER, nucleo("adi_data_rinnovo_1", period))


class adi_data_pad_rinnovo_2(PresumedFact):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Patto di attivazione digitale della seconda domanda di rinnovo"
    reference = ["INPS, msg 2052/2025"]

    def formula(nucleo, period):
        """Se il nucleo non è cambiato, vale la data della domanda di rinnovo.

        INPS, msg 2052/2025.
        """
        variato = nucleo("adi_nucleo_variato_al_rinnovo", period)
        return np.where(variato, NEVER, nucleo("adi_data_rinnovo_2", period))


class adi_data_pad_rinnovo_3(PresumedFact):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Patto di attivazione digitale della terza domanda di rinnovo"
    reference = ["INPS, msg 2052/2025"]

    def formula(nucleo, period):
        """Se il nucleo non è cambiato, vale la data della domanda di rinnovo.

        INPS, msg 2052/2025.
        """
        variato = nucleo("adi_nucleo_variato_al_rinnovo", period)
        return np.where(variato, NEVER, nucleo("adi_data_rinnovo_3", period))


class adi_data_riferimento(Variable):
    value_type = date
    default_value = date(9999, 12, 31)
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Data a cui si leggono i fatti che devono precedere la domanda"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, e art. 4, c. 1"]

    def formula_2024(nucleo, period):
        """L'ultima domanda presentata entro il mese; se non ce n'è, la prima; se non è data, il primo del mese.

        DL 48/2023, art. 2, c. 2 ("nei trentasei mesi antecedenti la richiesta", "nei dieci anni precedenti la
        richiesta"). La data di una domanda che manca è quella del suo patto di attivazione digitale; una
        domanda il cui patto non è stato sottoscritto chiude la serie. Da gennaio 2024.
        """
        patto = nucleo("adi_data_pad", period)
        prima = _domanda(nucleo("adi_data_domanda", period), patto)
        riferimento = np.where(prima == NEVER, first_day(period), prima)
        (righe,) = np.nonzero(patto != NEVER)
        if not len(righe):
            return riferimento

        domande, serie_aperta = [prima[righe]], True
        for n in ("1", "2", "3"):
            rinnovo = nucleo(f"adi_data_rinnovo_{n}", period)[righe]
            patto_rinnovo = nucleo(f"adi_data_pad_rinnovo_{n}", period)[righe]
            domande.append(np.where(serie_aperta, _domanda(rinnovo, patto_rinnovo), NEVER))
            serie_aperta = serie_aperta & (patto_rinnovo != NEVER)
        presentate = np.array(domande) <= last_day(period)
        ultima = np.where(presentate, domande, LONG_AGO).max(axis=0)
        riferimento[righe] = np.where(presentate.any(axis=0), ultima, riferimento[righe])
        return riferimento


def _domanda(domanda, patto):
    return np.where(domanda == NEVER, patto, domanda)
