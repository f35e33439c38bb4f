"""Le date che non stanno insieme, e come la procedura le legge. DL 48/2023, artt. 3 e 4."""

import numpy as np
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import MONTH, NEVER
from openfisca_adi.entities import Nucleo
from openfisca_adi.members import any_member
from openfisca_adi.variable import Variable
from openfisca_adi.variables.adi.procedura.serie import RINNOVI


class AvvertenzaDate(Enum):
    __order__ = (
        "nessuna patto_prima_della_domanda rinnovo_senza_patto rinnovo_non_in_ordine rinnovo_anticipato "
        "appuntamento_prima_del_patto lavoro_senza_comunicazione comunicazione_prima_del_lavoro "
        "lavoro_breve_finito_prima_di_cominciare struttura_lasciata_prima_dell_ingresso "
        "programma_finito_prima_di_cominciare psp_prima_dell_avvio"
    )
    nessuna = "Le date sono coerenti"
    patto_prima_della_domanda = (
        "Il patto di attivazione digitale precede la domanda: la decorrenza si conta dal patto"
    )
    rinnovo_senza_patto = (
        "C'è un rinnovo ma manca il patto di una domanda precedente: il rinnovo è ignorato"
    )
    rinnovo_non_in_ordine = "Un rinnovo precede la domanda prima di lui: le domande si usano nell'ordine in cui sono date"
    rinnovo_anticipato = (
        "Un rinnovo precede la fine del primo periodo: se il periodo è ancora aperto, vale dal primo mese in cui "
        "è ammesso"
    )
    appuntamento_prima_del_patto = "Il primo appuntamento precede il patto di attivazione digitale: si considera tenuto in tempo"
    lavoro_senza_comunicazione = (
        "Un lavoro è avviato e non è data la comunicazione: si considera mai comunicato"
    )
    comunicazione_prima_del_lavoro = (
        "La comunicazione precede l'inizio del lavoro: si considera fatta in tempo"
    )
    lavoro_breve_finito_prima_di_cominciare = (
        "Un lavoro breve finisce prima di cominciare: è ignorato"
    )
    struttura_lasciata_prima_dell_ingresso = (
        "L'uscita dalla struttura precede l'ingresso: il soggiorno è ignorato"
    )
    programma_finito_prima_di_cominciare = (
        "Il programma di svantaggio finisce prima di cominciare: non è mai in corso"
    )
    psp_prima_dell_avvio = "Il patto di servizio precede l'avvio al centro per l'impiego: si considera firmato in tempo"


class adi_avvertenza_date(Variable):
    value_type = Enum
    possible_values = AvvertenzaDate
    default_value = AvvertenzaDate.nessuna
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "La prima incoerenza tra le date del nucleo, e come è letta"
    reference = ["DL 4 maggio 2023, n. 48, artt. 3 e 4"]

    def formula(nucleo, period, parameters):
        """Le coppie di date che dovrebbero essere in ordine e non lo sono; nessuna ferma il calcolo.

        DL 48/2023, artt. 3 e 4.
        """
        domanda, patto = nucleo("adi_data_domanda", period), nucleo("adi_data_pad", period)
        rinnovi = np.array([nucleo(f"adi_data_rinnovo_{n}", period) for n in RINNOVI])
        patti_rinnovo = [nucleo(f"adi_data_pad_rinnovo_{n}", period) for n in RINNOVI]
        patti = np.array([patto, *patti_rinnovo[:-1]])  # quelli delle domande precedenti
        precedenti = np.array([nucleo("adi_data_prima_domanda", period), *rinnovi[:-1]])
        dato = rinnovi != NEVER
        appuntamento = nucleo("adi_data_primo_appuntamento", period)
        durata = parameters("2024-01-01").adi.procedura.durata.primo_periodo
        decorrenza = nucleo("adi_decorrenza", period).astype("datetime64[M]")
        fine_primo_periodo = (decorrenza + durata * MONTH).astype("datetime64[D]")

        def coppia(prima, dopo):
            """Per household: for some member both dates happened, the second before the first."""
            prima, dopo = nucleo.members(prima, period), nucleo.members(dopo, period)
            return any_member(nucleo, (dopo < prima) & (prima != NEVER))

        lavoro = nucleo.members("lavoro_intrapreso_data", period)
        comunicazione = nucleo.members("lavoro_intrapreso_comunicazione", period)
        decaduto = nucleo("adi_decadenza_evento", period) != NEVER
        avvertenze = {
            "patto_prima_della_domanda": (patto < domanda) & (domanda != NEVER),
            "rinnovo_senza_patto": (dato & (patti == NEVER)).any(axis=0),
            "rinnovo_non_in_ordine": (dato & (rinnovi < precedenti) & (precedenti != NEVER)).any(
                axis=0
            ),
            "rinnovo_anticipato": dato[0]
            & (rinnovi[0] < fine_primo_periodo)
            & ~decaduto
            & (patto != NEVER),
            "appuntamento_prima_del_patto": (appuntamento < patto) & (patto != NEVER),
            "lavoro_senza_comunicazione": any_member(
                nucleo, (lavoro != NEVER) & (comunicazione == NEVER)
            ),
            "comunicazione_prima_del_lavoro": coppia(
                "lavoro_intrapreso_data", "lavoro_intrapreso_comunicazione"
            ),
            "lavoro_breve_finito_prima_di_cominciare": coppia(
                "lavoro_breve_inizio", "lavoro_breve_fine"
            ),
            "struttura_lasciata_prima_dell_ingresso": coppia(
                "struttura_ingresso", "struttura_uscita"
            ),
            "programma_finito_prima_di_cominciare": coppia(
                "svantaggio_programma_inizio", "adi_svantaggio_fine_programma"
            ),
            "psp_prima_dell_avvio": coppia("adi_data_avvio_cpi", "adi_data_psp"),
        }
        avvertenza = np.select(
            list(avvertenze.values()),
            [AvvertenzaDate[nome].index for nome in avvertenze],
            default=AvvertenzaDate.nessuna.index,
        )
        return EnumArray(avvertenza.astype(np.int16), AvvertenzaDate)
