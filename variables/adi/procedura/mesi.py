"""I mesi del beneficio: periodo, mensilità, sospensione, decadenza, erogato. DL 48/2023, artt. 3, 4, 8 e 9.

Ogni risultato si legge nello stato del mese, che passo.py fa avanzare mese per mese da gennaio 2024.
"""

from datetime import date

import numpy as np
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit, Instant

from openfisca_adi.dates import NEVER, month_of
from openfisca_adi.entities import Nucleo
from openfisca_adi.recursion import state_of_month
from openfisca_adi.variable import Variable
from openfisca_adi.variables.adi.procedura.passo import (
    Mese,
    MotivoMese,
    Stato,
    domande_dei_nuclei,
    passo,
)

PRIMO_MESE = Instant((2024, 1, 1))


def _risultato(nucleo, period, parameters, nome, altrove=0):
    """Il campo ``nome`` dello stato del mese: un elemento per nucleo, ``altrove`` per chi non ha un patto."""
    (righe,) = np.nonzero(nucleo("adi_data_pad", period) != NEVER)

    def step(prima, month):
        if prima is None:
            domande = domande_dei_nuclei(nucleo, period, righe, parameters)
            prima = Stato.iniziale(domande, month_of(str(PRIMO_MESE)))
        return passo(prima, Mese(nucleo, month, righe, parameters)) if len(righe) else prima

    valori = getattr(state_of_month(nucleo, "procedura", period, PRIMO_MESE, step), nome)
    risultato = np.full(nucleo.count, altrove, dtype=valori.dtype)
    risultato[righe] = valori
    return risultato


class adi_periodo(Variable):
    value_type = int
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Periodo del beneficio: 0 nessuno, 1 il primo, 2 il primo rinnovo, e così via"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 2"]

    def formula_2024(nucleo, period, parameters):
        """Diciotto mesi, poi rinnovi di dodici.

        DL 48/2023, art. 3, c. 2. Da gennaio 2024.
        """
        aperto = _risultato(nucleo, period, parameters, "aperto")
        return _risultato(nucleo, period, parameters, "periodo") * aperto


class adi_mensilita(Variable):
    value_type = int
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = (
        "Numero della mensilità nel periodo; 0 fuori da un periodo e nei mesi di un lavoro breve"
    )
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 2, e art. 9, c. 2"]

    def formula_2024(nucleo, period, parameters):
        """Da 1 a 18, poi da 1 a 12; corre anche nei mesi sospesi.

        DL 48/2023, art. 3, c. 2. Da gennaio 2024.
        """
        return _risultato(nucleo, period, parameters, "mensilita")


class adi_sospeso(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Un periodo è aperto ma il mese non è pagato"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 4 e 5, e art. 9, c. 2", "INPS, msg 2132/2024"]

    def formula_2024(nucleo, period, parameters):
        """Per un termine non rispettato, un impedimento temporaneo o un lavoro breve.

        DL 48/2023, art. 4, c. 4 e 5, art. 8 e art. 9, c. 2. Da gennaio 2024.
        """
        return _risultato(nucleo, period, parameters, "sospeso")


class adi_decaduto(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Il diritto è perduto e nessun nuovo periodo è cominciato"
    reference = ["DL 4 maggio 2023, n. 48, artt. 2, 3 e 8"]

    def formula_2024(nucleo, period, parameters):
        """Per un requisito perduto, un fatto dell'art. 8, c. 6, o un lavoro non comunicato.

        DL 48/2023, artt. 2, 3 e 8. Da gennaio 2024.
        """
        return _risultato(nucleo, period, parameters, "decaduto")


class adi_arretrati(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = (
        "Mensilità sospese per un termine non rispettato, pagate con il primo mese non più sospeso"
    )
    reference = ["INPS, msg 2132/2024"]

    def formula_2024(nucleo, period, parameters):
        """Gli arretrati dello stesso periodo; perduti se il periodo finisce prima (I-26).

        INPS, msg 2132/2024. Da gennaio 2024.
        """
        return _risultato(nucleo, period, parameters, "arretrati")


class adi_contributo_straordinario(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Contributo straordinario del 2025 per il mese senza beneficio"
    reference = [
        "DL 92/2025, art. 10-ter, conv. L. 113/2025",
        "L. 30 dicembre 2025, n. 199, art. 1, c. 159",
    ]

    def formula_2024(nucleo, period, parameters):
        """Fino a 500 euro, una volta, con la prima mensilità del primo rinnovo.

        DL 92/2025, art. 10-ter; L. 199/2025, art. 1, c. 159.
        """
        return _risultato(nucleo, period, parameters, "contributo_straordinario")


class adi_erogato(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Importo pagato per il mese, con arretrati e contributo straordinario"
    reference = ["DL 4 maggio 2023, n. 48, artt. 3, 4 e 8"]

    def formula_2024(nucleo, period, parameters):
        """Quanto spetta, con arretrati e contributo straordinario, se un periodo è aperto e il mese non è sospeso.

        DL 48/2023, artt. 3, 4 e 8. La prima mensilità di un rinnovo è ridotta dal 2026 (L. 199/2025, art. 1,
        c. 158). Da gennaio 2024.
        """
        return _risultato(nucleo, period, parameters, "erogato")


class adi_motivo_mese(Variable):
    value_type = Enum
    possible_values = MotivoMese
    default_value = MotivoMese.senza_patto
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Perché il mese è pagato, sospeso o senza beneficio"
    reference = ["DL 4 maggio 2023, n. 48, artt. 3, 4, 8 e 9"]

    def formula_2024(nucleo, period, parameters):
        """La prima causa, nell'ordine in cui la procedura le guarda.

        DL 48/2023, artt. 3, 4, 8 e 9. Da gennaio 2024.
        """
        motivo = _risultato(nucleo, period, parameters, "motivo")
        return EnumArray(motivo.astype(np.int16), MotivoMese)


class adi_scadenza_appuntamento_da_tenere(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Ultimo giorno per il primo appuntamento, se alla fine del mese non è ancora tenuto"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 4"]

    def formula_2024(nucleo, period, parameters):
        """120 giorni dal patto della domanda in corso, se l'appuntamento non è ancora tenuto.

        DL 48/2023, art. 4, c. 4. Da gennaio 2024.
        """
        return _risultato(nucleo, period, parameters, "scadenza_appuntamento", NEVER)


class adi_fine_periodo(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Ultimo giorno del mese dell'ultima mensilità del periodo in corso"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 2"]

    def formula_2024(nucleo, period, parameters):
        """Il mese in cui si consuma l'ultima mensilità, se nessun lavoro breve la sposta.

        DL 48/2023, art. 3, c. 2. Da gennaio 2024.
        """
        return _risultato(nucleo, period, parameters, "fine_periodo", NEVER)


class adi_data_domanda_in_corso(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Data della domanda da cui viene il periodo in corso"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 2, e art. 4, c. 1"]

    def formula_2024(nucleo, period, parameters):
        """La domanda, il rinnovo o la nuova domanda che ha aperto il periodo.

        DL 48/2023, art. 3, c. 2, e art. 4, c. 1. Da gennaio 2024.
        """
        return _risultato(nucleo, period, parameters, "domanda_in_corso", NEVER)
