"""L'indicatore della situazione reddituale: DPCM 159/2013, art. 4."""

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.money import to_cent
from openfisca_adi.variable import Variable


class isee_redditi(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Redditi e trattamenti della persona che entrano nell'ISR, annui"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 2"]

    def formula_2024(persona, period):
        """La somma delle voci dell'art. 4, c. 2; mai i trattamenti per la disabilità.

        DPCM 159/2013, art. 4, c. 2; DL 42/2016, art. 2-sexies; per lo sport dilettantistico I-44. Da gennaio 2024.
        """
        return (
            persona("reddito_complessivo_irpef", period)
            + persona("redditi_imposta_sostitutiva", period)
            + persona("redditi_esenti", period)
            + persona("compensi_sport_dilettantistico", period)
            + persona("proventi_agrari", period)
            + persona("assegni_mantenimento_percepiti", period)
            + persona("trattamenti_assistenziali_isee", period)
            + persona("assegno_unico", period)
            + persona("redditi_fondiari_non_locati", period)
        )


class isee_detrazioni(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Detrazioni dai redditi della persona, annue"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 3"]

    def formula_2024(persona, period, parameters):
        """Mantenimento corrisposto, spese per la disabilità, e la più alta tra le detrazioni per lavoro e per pensione.

        DPCM 159/2013, art. 4, c. 3: 20 per cento del lavoro dipendente fino a 3.000 euro, o 20 per cento delle
        pensioni e dei trattamenti fino a 1.000. Da gennaio 2024.
        """
        redditi = parameters(period).isee.redditi
        lavoro = redditi.detrazione_lavoro_dipendente
        pensione = redditi.detrazione_pensione
        pensioni_e_trattamenti = (
            persona("redditi_pensione", period)
            + persona("trattamenti_assistenziali_isee", period)
            + persona("assegno_unico", period)
        )
        per_lavoro = lavoro.quota * persona("redditi_lavoro_dipendente", period)
        return (
            persona("assegni_mantenimento_corrisposti", period)
            + persona("spese_disabilita", period).clip(max=redditi.spese_disabilita_massimo)
            + np.maximum(
                per_lavoro.clip(max=lavoro.massimo),
                (pensione.quota * pensioni_e_trattamenti).clip(max=pensione.massimo),
            )
        )


class isee_reddito_figurativo(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Reddito figurativo delle attività finanziarie, annuo"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 2"]

    def formula_2024(nucleo, period, parameters):
        """Il tasso dell'anno sulle giacenze fruttifere.

        DPCM 159/2013, art. 4, c. 2. Da gennaio 2024.
        """
        tasso = parameters(period).isee.redditi.tasso_giacenze
        return tasso * nucleo("giacenze_finanziarie_fruttifere", period)


class isee_detrazione_locazione(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Detrazione del canone di locazione, annua"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4, c. 4, lett. a)"]

    def formula_2024(nucleo, period, parameters):
        """Il canone di un contratto registrato fino a 7.000 euro, più 500 per ogni figlio dopo il secondo.

        DPCM 159/2013, art. 4, c. 4, lett. a). Da gennaio 2024.
        """
        locazione = parameters(period).isee.redditi.detrazione_locazione
        figli = nucleo("isee_numero_figli", period)
        figli_ulteriori = (figli - locazione.figli_senza_incremento).clip(min=0)
        canone = nucleo("canone_locazione_annuo", period)
        return np.minimum(
            canone * nucleo("contratto_locazione_registrato", period),
            locazione.massimo + locazione.incremento_figlio * figli_ulteriori,
        )


class isee_isr(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Indicatore della situazione reddituale (ISR)"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 4"]

    def formula_2024(nucleo, period):
        """I redditi netti dei componenti già nati, i trattamenti contro la povertà e il reddito figurativo, meno il canone.

        DPCM 159/2013, art. 4. Da gennaio 2024.
        """
        redditi = nucleo.members("isee_redditi", period)
        netti = (redditi - nucleo.members("isee_detrazioni", period)).clip(min=0)
        netti *= nucleo.members("adi_nato", period)
        isr = (
            nucleo.sum(netti)
            + nucleo("isee_trattamenti_adi", period)
            + nucleo("isee_reddito_figurativo", period)
            - nucleo("isee_detrazione_locazione", period)
        )
        return to_cent(isr.clip(min=0))
