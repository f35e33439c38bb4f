"""La prossima scadenza del nucleo: ciò che, se passa, sospende o fa finire il beneficio. DL 48/2023, artt. 3 e 4."""

from datetime import date

import numpy as np
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import NEVER, first_day, last_day
from openfisca_adi.entities import Nucleo
from openfisca_adi.members import earliest
from openfisca_adi.variable import Variable


class TipoScadenza(Enum):
    __order__ = (
        "nessuna primo_appuntamento servizi_sociali psp cpi comunicazione_lavoro verifica_svantaggio "
        "programma_svantaggio fine_periodo"
    )
    nessuna = "Nessuna scadenza"
    primo_appuntamento = "Primo appuntamento con i servizi sociali"
    servizi_sociali = "Presentazione ai servizi sociali"
    psp = "Patto di servizio personalizzato"
    cpi = "Presentazione al centro per l'impiego"
    comunicazione_lavoro = "Comunicazione del lavoro avviato"
    verifica_svantaggio = "Esito della verifica dello svantaggio"
    programma_svantaggio = "Fine del programma di svantaggio"
    fine_periodo = "Ultima mensilità del periodo: rinnovare la domanda"


def _scadenze(nucleo, period):
    """Le scadenze da rispettare, per nome: una data per nucleo, mai dove non ce n'è."""
    componenti = nucleo.members
    oggi, fine_mese = first_day(period), last_day(period)
    in_corso = nucleo.project(nucleo("adi_periodo", period) > 0)
    domanda = nucleo.project(nucleo("adi_data_domanda_in_corso", period))
    avviato = componenti("adi_avviato_cpi", period) & in_corso
    tenuto = componenti("adi_tenuto_servizi_sociali", period) & in_corso
    da_firmare = componenti("adi_data_psp", period) > fine_mese
    dopo_la_domanda = componenti("lavoro_intrapreso_data", period) >= domanda
    da_comunicare = componenti("lavoro_intrapreso_comunicazione", period) > fine_mese
    esito = componenti("adi_svantaggio_esito", period)

    def dei_componenti(nome, riguarda):
        return earliest(nucleo, np.where(riguarda, componenti(nome, period), NEVER))

    scadenze = {
        "primo_appuntamento": nucleo("adi_scadenza_appuntamento_da_tenere", period),
        "servizi_sociali": dei_componenti("adi_scadenza_servizi_sociali", tenuto),
        "psp": dei_componenti("adi_scadenza_psp", avviato & da_firmare),
        "cpi": dei_componenti("adi_scadenza_cpi", avviato),
        "comunicazione_lavoro": dei_componenti(
            "adi_termine_comunicazione_lavoro", dopo_la_domanda & da_comunicare
        ),
        "verifica_svantaggio": dei_componenti(
            "adi_svantaggio_scadenza_verifica", esito == esito.possible_values.in_corso
        ),
        "programma_svantaggio": dei_componenti(
            "adi_svantaggio_fine_programma", componenti("adi_svantaggio_riconosciuto", period)
        ),
        "fine_periodo": nucleo("adi_fine_periodo", period),
    }
    return {nome: np.where(data < oggi, NEVER, data) for nome, data in scadenze.items()}


class adi_prossima_scadenza(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "La prossima scadenza del nucleo e dei suoi componenti, dal primo giorno del mese"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 2 e 5, e art. 4, c. 4 e 5"]

    def formula_2024(nucleo, period):
        """La prima delle scadenze ancora da rispettare.

        DL 48/2023, art. 3, c. 2 e 5, e art. 4, c. 4 e 5. Da gennaio 2024.
        """
        return np.minimum.reduce(list(_scadenze(nucleo, period).values()))


class adi_prossima_scadenza_tipo(Variable):
    value_type = Enum
    possible_values = TipoScadenza
    default_value = TipoScadenza.nessuna
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Che cosa scade alla prossima scadenza"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 2 e 5, e art. 4, c. 4 e 5"]

    def formula_2024(nucleo, period):
        """Il tipo della prima scadenza ancora da rispettare; nello stesso giorno, il primo nell'ordine della procedura.

        DL 48/2023, art. 3, c. 2 e 5, e art. 4, c. 4 e 5. Da gennaio 2024.
        """
        scadenze = _scadenze(nucleo, period)
        tipi = np.array([TipoScadenza[nome].index for nome in scadenze], dtype=np.int16)
        prima = tipi[np.argmin(list(scadenze.values()), axis=0)]
        nessuna = nucleo("adi_prossima_scadenza", period) == NEVER
        return EnumArray(
            np.where(nessuna, TipoScadenza.nessuna.index, prima).astype(np.int16), TipoScadenza
        )
