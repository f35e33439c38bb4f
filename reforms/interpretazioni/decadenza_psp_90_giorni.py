"""Decade chi non firma il patto di servizio in 90 giorni di sospensione: DL 48/2023, art. 8, c. 6; nota 7232/2024 (I-27)."""

from datetime import date
from pathlib import Path

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import DAY, NEVER, add_days, first_day, last_of_month, month_of
from openfisca_adi.entities import Nucleo
from openfisca_adi.members import Rows, earliest
from openfisca_adi.reform import Reform
from openfisca_adi.reform_tools import overlay
from openfisca_adi.variable import Variable

PARAMETRI = Path(__file__).parent / "parameters"


class adi_decadenza_per_fatto(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Giorno del fatto dell'art. 8, c. 6, che fa decadere dal mese dopo, o del termine per il patto di servizio"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 8, c. 6",
        "Ministero del Lavoro, nota 7232/2024",
    ]

    def formula_2024(nucleo, period, parameters):
        """Il fatto dato o, se è passato, il novantesimo giorno di sospensione senza patto di servizio.

        DL 48/2023, art. 8, c. 6; Ministero del Lavoro, nota 7232/2024. I giorni si contano dal primo del mese
        dopo la scadenza del patto. Da gennaio 2024.
        """
        giorni = parameters(period).adi.procedura.psp.giorni_decadenza
        persona = nucleo.members
        scadenza = persona("adi_scadenza_psp", period)
        avviati = Rows(persona, period, (scadenza != NEVER) & persona("adi_avviato_cpi", period))
        sospesi_dal = last_of_month(month_of(avviati("adi_scadenza_psp"))) + DAY
        termine = add_days(sospesi_dal, giorni)
        mai_firmato = np.where(avviati("adi_data_psp") > termine, termine, NEVER)
        decadenza = earliest(nucleo, avviati.spread(mai_firmato, elsewhere=NEVER))
        return np.where(
            decadenza < first_day(period), decadenza, nucleo("adi_decadenza_evento", period)
        )


class decadenza_psp_90_giorni(Reform):
    """Il patto di servizio mai firmato fa decadere, dopo 90 giorni di sospensione."""

    name = "Decadenza dopo 90 giorni senza patto di servizio"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 8, c. 6; Ministero del Lavoro, nota 7232/2024"

    def apply(self):
        """Aggiunge ai fatti dell'art. 8, c. 6, DL 48/2023 il patto di servizio mai firmato."""
        self.update_variable(adi_decadenza_per_fatto)
        self.modify_parameters(lambda parametri: overlay(parametri, PARAMETRI))
