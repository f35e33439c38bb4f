"""Il soggiorno in strutture a totale carico pubblico: DL 48/2023, art. 2, c. 5."""

from datetime import date

from openfisca_core.periods import DateUnit

from openfisca_adi.dates import first_day, happened
from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.members import Rows
from openfisca_adi.variable import Variable


class struttura_ingresso(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Ingresso in una struttura residenziale"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 5"]


class struttura_uscita(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Uscita dalla struttura residenziale"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 5"]


class struttura_contributo_cittadino(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Paga, con denaro proprio o del terzo settore, cure, vitto o alloggio della struttura"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 5",
        'Ministero del Lavoro, webinar "La condizione di svantaggio", 28 gennaio 2025',
    ]


class adi_in_struttura_pubblica(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È in una struttura a totale carico pubblico"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 5"]

    def formula_2024(persona, period):
        """Il primo giorno del mese è in struttura e non contribuisce alla spesa.

        DL 48/2023, art. 2, c. 5. Da gennaio 2024.
        """
        oggi = first_day(period)
        entrati = Rows(persona, period, happened(persona("struttura_ingresso", period)))
        presente = entrati("struttura_ingresso") <= oggi
        presente &= oggi < entrati("struttura_uscita")
        return entrati.spread(presente & ~entrati("struttura_contributo_cittadino"))


class adi_requisito_struttura(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Requisito: non tutti i componenti sono in strutture a totale carico pubblico"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 5"]

    def formula_2024(nucleo, period):
        """Almeno un componente vive fuori da una struttura a totale carico pubblico.

        DL 48/2023, art. 2, c. 5. Da gennaio 2024.
        """
        fuori = ~nucleo.members("adi_in_struttura_pubblica", period)
        return nucleo.any(fuori & nucleo.members("adi_nato", period))
