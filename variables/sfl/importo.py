"""L'importo e la durata del Supporto per la formazione e il lavoro: DL 48/2023, art. 12, c. 7 e 7-bis."""

from datetime import date

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import MONTH, NEVER, by_month, first_day, month_of
from openfisca_adi.entities import Persona
from openfisca_adi.members import Rows
from openfisca_adi.variable import Variable


class sfl_partecipazione(Variable):
    value_type = bool
    default_value = True
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Partecipa nel mese a una misura dell'SFL (formazione, orientamento, politica attiva, PUC, servizio civile)"
    reference = ["DL 4 maggio 2023, n. 48, art. 12, c. 7"]


class sfl_data_inizio(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Primo mese di SFL; se non dato, nessun limite di mesi"
    reference = ["DL 4 maggio 2023, n. 48, art. 12, c. 7"]


class sfl_corso_in_proroga(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Frequenta ancora un corso di formazione cominciato nei primi dodici mesi"
    reference = ["DL 4 maggio 2023, n. 48, art. 12, c. 7-bis"]


class sfl_mese_utile(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Il mese è tra quelli per cui l'SFL può spettare"
    reference = ["DL 4 maggio 2023, n. 48, art. 12, c. 7 e 7-bis"]

    def formula_2024(persona, period, parameters):
        """I dodici mesi di calendario dall'inizio; altri dodici per chi frequenta un corso, se il dodicesimo cade dal 2025.

        DL 48/2023, art. 12, c. 7 e 7-bis (I-48). Da gennaio 2024; la proroga dal 2025.
        """
        inizio_noto = persona("sfl_data_inizio", period) != NEVER
        percettori = Rows(persona, period, inizio_noto)
        inizio = month_of(percettori("sfl_data_inizio"))
        durata = parameters(period).sfl.durata
        mesi = (month_of(first_day(period)) - inizio).astype(np.int64) + 1
        proroga = by_month(inizio + (durata - 1) * MONTH, lambda mese: parameters(mese).sfl.proroga)
        in_proroga = (mesi <= durata + proroga) & percettori("sfl_corso_in_proroga")
        return percettori.spread((mesi >= 1) & ((mesi <= durata) | in_proroga), elsewhere=True)


class sfl_spettante(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Supporto per la formazione e il lavoro che spetta per il mese"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 12, c. 7 e 7-bis",
        "L. 30 dicembre 2024, n. 207, art. 1, c. 198",
    ]

    def formula_2024(persona, period, parameters):
        """350 euro al mese (500 dal 2025) a chi ha i requisiti e partecipa a una misura, nei mesi utili.

        DL 48/2023, art. 12, c. 7 e 7-bis; L. 207/2024, art. 1, c. 198.
        """
        return parameters(period).sfl.importo * (
            persona("sfl_requisiti", period)
            & persona("sfl_partecipazione", period)
            & persona("sfl_mese_utile", period)
        )
