"""La certificazione e il programma di cura e assistenza: DM 154/2023, art. 4, c. 7; Allegati 1A e 1B; ADI-Com."""

from datetime import date

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import NEVER, first_day
from openfisca_adi.entities import Persona
from openfisca_adi.members import Rows, one_of
from openfisca_adi.variable import Variable


class InterventoSvantaggio(Enum):
    __order__ = "presa_in_carico sola_valutazione sola_assistenza_economica"
    presa_in_carico = "Presa in carico con un progetto individuale"
    sola_valutazione = "Sola valutazione del bisogno"
    sola_assistenza_economica = "Sola assistenza economica"


class svantaggio_intervento(Variable):
    value_type = Enum
    possible_values = InterventoSvantaggio
    default_value = InterventoSvantaggio.presa_in_carico
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Intervento su cui si basa l'attestazione"
    reference = ['Ministero del Lavoro, webinar "La condizione di svantaggio", 28 gennaio 2025']


class svantaggio_data_certificazione(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Data dell'attestazione (Allegato 1A)"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7"]


class svantaggio_richiede_allegato_1b(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Occorre un'ulteriore attestazione (Allegato 1B)"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7"]


class svantaggio_allegato_1b(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "L'ulteriore attestazione (Allegato 1B) è presente"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7"]


class svantaggio_programma_inizio(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Inizio del programma (DAL dell'attestazione)"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7"]


class svantaggio_programma_fine(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Fine del programma (AL dell'attestazione); se non data, senza termine"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7"]


class svantaggio_programma_proroga(Variable):
    value_type = date
    default_value = date(1970, 1, 1)
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Nuova fine del programma, prorogato e dichiarato con ADI-Com"
    reference = ["INPS, msg 1090/2024"]


class svantaggio_programma_cessazione(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Cessazione del programma, dichiarata con ADI-Com"
    reference = ["INPS, msg 1090/2024"]


class adi_svantaggio_fine_programma(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Ultimo giorno del programma, tenuto conto di proroga e cessazione"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7", "INPS, msg 1090/2024"]

    def formula(persona, period):
        """La fine scritta nell'attestazione o, se è dopo, la proroga; prima, se il programma è cessato.

        DM 154/2023, art. 4, c. 7; INPS, msg 1090/2024 (ADI-Com esteso).
        """
        categoria = persona("svantaggio_categoria", period)
        dichiaranti = Rows(persona, period, categoria != categoria.possible_values.nessuna)
        fine = np.maximum(
            dichiaranti("svantaggio_programma_fine"), dichiaranti("svantaggio_programma_proroga")
        )
        fine = np.minimum(fine, dichiaranti("svantaggio_programma_cessazione"))
        return dichiaranti.spread(fine, elsewhere=NEVER)


class adi_svantaggio_certificato(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "L'attestazione precede la domanda e ha gli allegati che occorrono"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7", "INPS, msg 623/2024"]

    def formula_2024(persona, period):
        """Attestazione non successiva alla domanda (basta lo stesso giorno, I-20), con l'Allegato 1B se occorre.

        DM 154/2023, art. 4, c. 7; INPS, msg 623/2024. Da gennaio 2024.
        """
        dichiaranti = Rows(persona, period, persona("adi_svantaggio_dichiarato", period))
        attestazione = dichiaranti("svantaggio_data_certificazione")
        richiede_1b = dichiaranti("svantaggio_richiede_allegato_1b")
        return dichiaranti.spread(
            (attestazione <= dichiaranti.nucleo("adi_data_riferimento"))
            & (~richiede_1b | dichiaranti("svantaggio_allegato_1b"))
        )


class adi_svantaggio_programma_precedente(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "La presa in carico è cominciata prima della domanda"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7", "INPS, msg 623/2024"]

    def formula_2024(persona, period):
        """Presa in carico, non sola valutazione o assistenza economica, cominciata prima del giorno della domanda.

        DM 154/2023, art. 4, c. 7; INPS, msg 623/2024. Da gennaio 2024.
        """
        dichiaranti = Rows(persona, period, persona("adi_svantaggio_dichiarato", period))
        inizio = dichiaranti("svantaggio_programma_inizio")
        return dichiaranti.spread(
            one_of(dichiaranti("svantaggio_intervento"), "presa_in_carico")
            & (inizio < dichiaranti.nucleo("adi_data_riferimento"))
        )


class adi_svantaggio_programma_in_corso(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Il primo giorno del mese il programma è in corso"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7"]

    def formula_2024(persona, period):
        """Il primo giorno del mese cade tra l'inizio e la fine del programma, inclusi.

        DM 154/2023, art. 4, c. 7: il mese della fine è ancora riconosciuto. Da gennaio 2024.
        """
        dichiaranti = Rows(persona, period, persona("adi_svantaggio_dichiarato", period))
        inizio, oggi = dichiaranti("svantaggio_programma_inizio"), first_day(period)
        fine = dichiaranti("adi_svantaggio_fine_programma")
        return dichiaranti.spread((inizio <= oggi) & (oggi <= fine))
