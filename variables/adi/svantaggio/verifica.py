"""La verifica dell'attestazione (GePI, servizi sanitari, UEPE) e il silenzio assenso: DM 154/2023, art. 4, c. 7."""

from datetime import date

import numpy as np
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import LONG_AGO, NEVER, add_days, first_day, happened, last_day
from openfisca_adi.entities import Persona
from openfisca_adi.members import Rows, one_of
from openfisca_adi.variable import Variable


class EsitoComunicato(Enum):
    __order__ = "non_comunicato positivo negativo incompetenza"
    non_comunicato = "Nessun esito comunicato"
    positivo = "Esito positivo"
    negativo = "Esito negativo"
    incompetenza = "L'ente si dichiara non competente"


class Rettifica(Enum):
    __order__ = "nessuna positivo negativo"
    nessuna = "Nessuna rettifica"
    positivo = "Rettificato in positivo"
    negativo = "Rettificato in negativo"


class EsitoVerifica(Enum):
    __order__ = "in_corso positivo negativo silenzio_assenso"
    in_corso = "Verifica in corso, o non ancora cominciata"
    positivo = "Esito positivo"
    negativo = "Esito negativo"
    silenzio_assenso = "Silenzio assenso"


class svantaggio_verifica_comunicazione(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "L'INPS comunica la dichiarazione all'ente che deve verificarla"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7", "INPS, msg 623/2024"]


class svantaggio_verifica_esito(Variable):
    value_type = Enum
    possible_values = EsitoComunicato
    default_value = EsitoComunicato.non_comunicato
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Esito comunicato dall'ente"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7", "INPS, msg 623/2024"]


class svantaggio_verifica_esito_data(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Data dell'esito; se non data, l'esito vale dall'inizio"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7", "INPS, msg 623/2024"]


class svantaggio_verifica_rettifica(Variable):
    value_type = Enum
    possible_values = Rettifica
    default_value = Rettifica.nessuna
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Rettifica dell'esito, una sola volta; prende la data dell'esito"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7"]


class adi_svantaggio_scadenza_verifica(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ultimo giorno per l'esito della verifica"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7", "INPS, msg 623/2024"]

    def formula_2024(persona, period, parameters):
        """Sessanta giorni dalla comunicazione all'ente; senza comunicazione il termine non corre.

        DM 154/2023, art. 4, c. 7; INPS, msg 623/2024. Da gennaio 2024.
        """
        giorni = parameters(period).adi.svantaggio.giorni_verifica
        comunicati = Rows(
            persona, period, happened(persona("svantaggio_verifica_comunicazione", period))
        )
        scadenza = add_days(comunicati("svantaggio_verifica_comunicazione"), giorni)
        return comunicati.spread(scadenza, elsewhere=NEVER)


class adi_svantaggio_esito(Variable):
    value_type = Enum
    possible_values = EsitoVerifica
    default_value = EsitoVerifica.in_corso
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Esito della verifica, l'ultimo giorno del mese"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7", "INPS, msg 623/2024"]

    def formula_2024(persona, period):
        """L'esito comunicato, o il silenzio assenso dopo il sessantesimo giorno.

        DM 154/2023, art. 4, c. 7. L'unica rettifica sostituisce l'esito e ne prende la data. L'incompetenza
        lascia aperta la verifica (I-23); un esito negativo oltre il termine vale dal mese dopo (DL 48/2023,
        art. 8, c. 12; I-24). Da gennaio 2024.
        """
        comunicazione = happened(persona("svantaggio_verifica_comunicazione", period))
        con_esito = ~one_of(persona("svantaggio_verifica_esito", period), "non_comunicato")
        con_rettifica = ~one_of(persona("svantaggio_verifica_rettifica", period), "nessuna")
        verificati = Rows(persona, period, comunicazione | con_esito | con_rettifica)

        esito = verificati("svantaggio_verifica_esito")
        rettifica = verificati("svantaggio_verifica_rettifica")
        confermato = one_of(rettifica, "nessuna")
        positivo = one_of(rettifica, "positivo") | (confermato & one_of(esito, "positivo"))
        negativo = one_of(rettifica, "negativo") | (confermato & one_of(esito, "negativo"))
        incompetenza = confermato & one_of(esito, "incompetenza")

        data = verificati("svantaggio_verifica_esito_data")
        data = np.where(data == NEVER, LONG_AGO, data)
        scadenza = verificati("adi_svantaggio_scadenza_verifica")
        efficace = data <= last_day(period)
        tardivo = data > scadenza
        negativo_efficace = np.where(tardivo, data < first_day(period), efficace)
        silenzio = (last_day(period) > scadenza) & ~incompetenza

        valori = EsitoVerifica
        stato = np.select(
            [positivo & efficace, negativo & negativo_efficace, silenzio],
            [valori.positivo.index, valori.negativo.index, valori.silenzio_assenso.index],
            default=valori.in_corso.index,
        )
        return EnumArray(verificati.spread(stato.astype(np.int16), valori.in_corso.index), valori)
