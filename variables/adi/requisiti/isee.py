"""La soglia ISEE: DL 48/2023, art. 2, c. 2, lett. b), n. 1."""

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.money import to_cent
from openfisca_adi.variable import Variable


class isee_in_corso_di_validita(Variable):
    value_type = bool
    default_value = True
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Il nucleo ha un'attestazione ISEE in corso di validità"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 1"]


class isee_trattamenti_adi(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "ADI, RdC e altre misure contro la povertà comprese nell'ISEE, importo annuo"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 2"]


class adi_isee_netto(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "ISEE al netto dei trattamenti contro la povertà che vi sono compresi"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 2"]

    def formula_2024(nucleo, period):
        """Dall'ISEE si tolgono i trattamenti contro la povertà, divisi per la scala dell'ISEE (I-42).

        DM 154/2023, art. 3, c. 2. Da gennaio 2024.
        """
        isee = nucleo("isee", period)
        trattamenti = nucleo("isee_trattamenti_adi", period)
        if not trattamenti.any():
            return to_cent(isee)
        scala = nucleo("isee_scala_equivalenza", period)
        equivalenti = np.divide(trattamenti, scala, out=np.zeros_like(isee), where=scala > 0)
        return to_cent(isee - equivalenti)


class adi_soglia_isee(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Soglia ISEE per l'accesso"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 1",
        "L. 30 dicembre 2024, n. 207, art. 1, c. 198",
    ]

    def formula_2024(nucleo, period, parameters):
        """La soglia vale per ogni nucleo, con o senza minori.

        DL 48/2023, art. 2, c. 2, lett. b), n. 1; aumentata dalla L. 207/2024 da gennaio 2025.
        """
        return nucleo.filled_array(to_cent(parameters(period).adi.requisiti.isee.soglia))


class adi_isee_entro_soglia(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "L'ISEE, anche se scaduto, non supera la soglia; o il permesso in deroga"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 1"]

    def formula_2024(nucleo, period):
        """L'ISEE netto non supera la soglia; o il permesso in deroga.

        DL 48/2023, art. 2, c. 2, lett. b), n. 1. Da gennaio 2024.
        """
        entro_soglia = nucleo("adi_isee_netto", period) <= nucleo("adi_soglia_isee", period)
        return entro_soglia | nucleo("adi_deroga_economica", period)


class adi_requisito_isee(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Requisito: ISEE in corso di validità e non superiore alla soglia"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 1"]

    def formula_2024(nucleo, period):
        """L'ISEE è in corso di validità e non supera la soglia; o il permesso in deroga.

        DL 48/2023, art. 2, c. 2, lett. b), n. 1. Da gennaio 2024.
        """
        valido = nucleo("isee_in_corso_di_validita", period)
        valido = valido | nucleo("adi_deroga_economica", period)
        return valido & nucleo("adi_isee_entro_soglia", period)
