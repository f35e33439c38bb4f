"""La data a cui si leggono i fatti che devono precedere la domanda: DL 48/2023, art. 2, c. 2, e art. 4."""

from datetime import date

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import LONG_AGO, first_day, happened, last_day
from openfisca_adi.entities import Nucleo
from openfisca_adi.variable import Variable
from openfisca_adi.variables.adi.procedura.serie import serie_domande


class adi_data_riferimento(Variable):
    value_type = date
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
        prima = nucleo("adi_data_prima_domanda", period)
        riferimento = np.where(happened(prima), prima, first_day(period))
        (righe,) = np.nonzero(happened(nucleo("adi_data_pad", period)))
        if not len(righe):
            return riferimento

        domande, _ = serie_domande(lambda nome: nucleo(nome, period)[righe])
        presentate = domande <= last_day(period)
        ultima = np.where(presentate, domande, LONG_AGO).max(axis=0)
        riferimento[righe] = np.where(presentate.any(axis=0), ultima, riferimento[righe])
        return riferimento
