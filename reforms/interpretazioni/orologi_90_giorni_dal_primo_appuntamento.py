"""I 90 giorni corrono dal primo appuntamento e dal patto di servizio: DL 48/2023, art. 4, c. 4 e 5 (I-28)."""

from datetime import date

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import DAY, LONG_AGO, NEVER, first_day
from openfisca_adi.entities import Persona
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable
from openfisca_adi.variables.adi.procedura.serie import RINNOVI


class adi_inizio_termine_servizi_sociali(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Giorno da cui corrono i 90 giorni per ripresentarsi ai servizi sociali, anche il primo appuntamento"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 4"]

    def formula_2024(persona, period, parameters):
        """L'ultima presentazione; se non è data, l'ultimo primo appuntamento tenuto entro il giorno utile del mese.

        DL 48/2023, art. 4, c. 4. Da gennaio 2024.
        """
        giorno_utile = first_day(period) + (parameters(period).adi.procedura.giorno_utile - 1) * DAY
        nucleo = persona.nucleo.reference_entity
        appuntamenti = np.array(
            [
                nucleo("adi_data_primo_appuntamento", period),
                *(nucleo(f"adi_data_appuntamento_rinnovo_{n}", period) for n in RINNOVI),
            ]
        )
        ultimo = np.where(appuntamenti <= giorno_utile, appuntamenti, LONG_AGO).max(axis=0)
        ultimo = nucleo.project(np.where(ultimo == LONG_AGO, NEVER, ultimo))
        presentazione = persona("adi_ultima_presentazione_servizi_sociali", period)
        return np.where(presentazione == NEVER, ultimo, presentazione)


class adi_inizio_termine_cpi(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Giorno da cui corrono i 90 giorni per ripresentarsi al centro per l'impiego, anche il patto di servizio"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 5"]

    def formula_2024(persona, period):
        """L'ultima presentazione; se non è data, la firma del patto di servizio personalizzato.

        DL 48/2023, art. 4, c. 5. Da gennaio 2024.
        """
        presentazione = persona("adi_ultima_presentazione_cpi", period)
        return np.where(presentazione == NEVER, persona("adi_data_psp", period), presentazione)


class orologi_90_giorni_dal_primo_appuntamento(Reform):
    """Dopo 90 giorni dal primo appuntamento, o dal patto di servizio, chi non si ripresenta è sospeso."""

    name = "I 90 giorni corrono dal primo appuntamento"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 4, c. 4 e 5"

    def apply(self):
        """Fa correre i termini dell'art. 4, c. 4 e 5, DL 48/2023 anche senza una presentazione data."""
        self.update_variable(adi_inizio_termine_servizi_sociali)
        self.update_variable(adi_inizio_termine_cpi)
