"""Le domande, i patti di attivazione digitale, i primi appuntamenti: DL 48/2023, art. 3, c. 2, e art. 4."""

from datetime import date

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import MONTH, NEVER, month_of
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


class adi_data_primo_appuntamento(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Primo appuntamento con i servizi sociali; se non dato, non tenuto (sospensione dopo il termine)"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 4"]


class adi_data_appuntamento_rinnovo_1(PresumedFact):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Primo appuntamento con i servizi sociali dopo il primo rinnovo"
    reference = ["Ministero del Lavoro, nota 10558/2025", "INPS, msg 3048/2025"]

    def formula(nucleo, period):
        """Se non è detto altro, tenuto il giorno del patto del rinnovo da chi ha tenuto il precedente.

        Ministero del Lavoro, nota 10558/2025; INPS, msg 3048/2025.
        """
        precedente = nucleo("adi_data_primo_appuntamento", period)
        return np.where(precedente == NEVER, NEVER, nucleo("adi_data_pad_rinnovo_1", period))


class adi_data_appuntamento_rinnovo_2(PresumedFact):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Primo appuntamento con i servizi sociali dopo il secondo rinnovo"
    reference = ["Ministero del Lavoro, nota 10558/2025", "INPS, msg 3048/2025"]

    def formula(nucleo, period):
        """Se non è detto altro, tenuto il giorno del patto del rinnovo da chi ha tenuto il precedente.

        Ministero del Lavoro, nota 10558/2025; INPS, msg 3048/2025.
        """
        precedente = nucleo("adi_data_appuntamento_rinnovo_1", period)
        return np.where(precedente == NEVER, NEVER, nucleo("adi_data_pad_rinnovo_2", period))


class adi_data_appuntamento_rinnovo_3(PresumedFact):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Primo appuntamento con i servizi sociali dopo il terzo rinnovo"
    reference = ["Ministero del Lavoro, nota 10558/2025", "INPS, msg 3048/2025"]

    def formula(nucleo, period):
        """Se non è detto altro, tenuto il giorno del patto del rinnovo da chi ha tenuto il precedente.

        Ministero del Lavoro, nota 10558/2025; INPS, msg 3048/2025.
        """
        precedente = nucleo("adi_data_appuntamento_rinnovo_2", period)
        return np.where(precedente == NEVER, NEVER, nucleo("adi_data_pad_rinnovo_3", period))


class adi_data_comunicazione_comune(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "L'INPS invia il caso al Comune (domande fino al 29 febbraio 2024)"
    reference = ["Ministero del Lavoro, nota 6062/2024", "INPS, msg 2132/2024"]


class adi_data_prima_domanda(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Data della prima domanda o, se manca, del patto di attivazione digitale"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 1"]

    def formula(nucleo, period):
        """La data della domanda; se non è data, quella del patto di attivazione digitale.

        DL 48/2023, art. 4, c. 1 e 2.
        """
        domanda = nucleo("adi_data_domanda", period)
        return np.where(domanda == NEVER, nucleo("adi_data_pad", period), domanda)


class adi_decorrenza(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Primo giorno del primo mese di beneficio"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 4, c. 1-3",
        "DM Lavoro 13 dicembre 2023, n. 154, art. 4",
        "INPS, circ. 16 dicembre 2023, n. 105",
    ]

    def formula(nucleo, period, parameters):
        """Il mese dopo il patto di attivazione digitale; gennaio 2024 se domanda e patto sono di gennaio 2024 o prima.

        DL 48/2023, art. 4, c. 1-3; per la prima applicazione INPS, circ. 105/2023. I parametri sono quelli
        dell'entrata in vigore.
        """
        domande = parameters("2024-01-01").adi.procedura.domande
        patto = nucleo("adi_data_pad", period)
        primo_flusso = np.datetime64(domande.prima_applicazione.ultimo_giorno)
        domanda = nucleo("adi_data_prima_domanda", period)
        decorrenza = month_of(patto) + domande.mesi_dal_patto * MONTH
        decorrenza = np.where(
            (domanda <= primo_flusso) & (patto <= primo_flusso),
            np.datetime64(domande.prima_applicazione.decorrenza, "M"),
            decorrenza,
        )
        return np.where(patto == NEVER, NEVER, decorrenza.astype("datetime64[D]"))
