"""L'indicatore della situazione economica equivalente: DPCM 159/2013, art. 2."""

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.money import to_cent
from openfisca_adi.variable import PresumedFact, Variable


class isee_componente_aggiuntiva(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Componente aggiuntiva per il genitore non convivente"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 7 e Allegato 2"]


class isee_ise(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Indicatore della situazione economica (ISE)"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 2, c. 3"]

    def formula_2024(nucleo, period, parameters):
        """La situazione reddituale più il 20 per cento di quella patrimoniale.

        DPCM 159/2013, art. 2, c. 3. Da gennaio 2024.
        """
        peso = parameters(period).isee.patrimonio.peso
        return to_cent(nucleo("isee_isr", period) + peso * nucleo("isee_isp", period))


class isee(PresumedFact):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "ISEE in vigore nel mese (con minori: ISEE minorenni); se non dato, si calcola"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 2"]

    def formula_2024(nucleo, period):
        """L'ISE diviso per la scala di equivalenza, più la componente aggiuntiva.

        DPCM 159/2013, art. 2, c. 3, e art. 7. Un nucleo in cui nessuno è ancora nato non ha una scala, e il suo ISE
        non conta. Da gennaio 2024; dal 2026 è l'ISEE speciale per l'ADI e l'SFL (L. 199/2025, art. 1, c. 208; I-36).
        """
        ise, scala = nucleo("isee_ise", period), nucleo("isee_scala_equivalenza", period)
        equivalente = np.divide(ise, scala, out=np.zeros_like(ise), where=scala > 0)
        return to_cent(equivalente + nucleo("isee_componente_aggiuntiva", period))
