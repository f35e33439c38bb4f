"""Il lavoro avviato durante il beneficio: DL 48/2023, art. 3, c. 5."""

from datetime import date

from openfisca_core.periods import DateUnit

from openfisca_adi.dates import NEVER, first_day
from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.members import Rows
from openfisca_adi.money import to_cent
from openfisca_adi.variable import Variable


class reddito_lavoro_intrapreso(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Reddito annuo lordo del lavoro avviato durante il beneficio"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 5"]


class lavoro_intrapreso_data(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Inizio del lavoro avviato durante il beneficio"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 5"]


class lavoro_intrapreso_comunicazione(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Comunicazione del lavoro avviato durante il beneficio"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 5"]


class adi_reddito_lavoro_eccedente(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Reddito del lavoro avviato durante il beneficio, oltre la franchigia"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 5", "INPS, msg 3624/2024"]

    def formula_2024(nucleo, period, parameters):
        """Quanto supera 3.000 euro annui lordi per nucleo (I-11), dal mese dopo l'inizio del lavoro.

        DL 48/2023, art. 3, c. 5. Da gennaio 2024.
        """
        franchigia = parameters(period).adi.lavoro_intrapreso.franchigia
        persona = nucleo.members
        lavoratori = Rows(persona, period, persona("reddito_lavoro_intrapreso", period) != 0)
        inizio = lavoratori("lavoro_intrapreso_data")
        avviato = (inizio < first_day(period)) | (inizio == NEVER)
        avviato &= lavoratori("adi_nato")
        redditi = lavoratori.sum(lavoratori("reddito_lavoro_intrapreso") * avviato)
        return to_cent((redditi - franchigia).clip(min=0))


class adi_reddito_familiare(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Reddito familiare, aggiornato con il lavoro avviato durante il beneficio"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 2, e art. 3, c. 5",
        "INPS, msg 3624/2024",
    ]

    def formula_2024(nucleo, period):
        """Il reddito familiare più il reddito di lavoro oltre la franchigia.

        DL 48/2023, art. 3, c. 5. Da gennaio 2024.
        """
        eccedente = nucleo("adi_reddito_lavoro_eccedente", period)
        return to_cent(nucleo("reddito_familiare", period) + eccedente)
