"""Il patrimonio mobiliare: DL 48/2023, art. 2, c. 2, lett. b), n. 4."""

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.money import to_cent
from openfisca_adi.variable import Variable


class patrimonio_mobiliare(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Patrimonio mobiliare ai fini ISEE, prima della franchigia e dell'esclusione dei titoli di Stato"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 5"]


class titoli_di_stato_e_risparmio_postale(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Titoli di Stato, buoni e libretti postali compresi nel patrimonio mobiliare"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 5", "DPCM 14 gennaio 2025, n. 13"]


class adi_patrimonio_mobiliare(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Patrimonio mobiliare che conta per il requisito"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 4",
        "DPCM 14 gennaio 2025, n. 13",
    ]

    def formula_2024(nucleo, period, parameters):
        """Il patrimonio come definito ai fini ISEE, senza i titoli di Stato e il risparmio postale esclusi.

        DL 48/2023, art. 2, c. 2, lett. b), n. 4; l'esclusione (DPCM 13/2025, I-34) vale da maggio 2025.
        """
        limite = parameters(period).adi.requisiti.patrimonio_mobiliare.esclusione_titoli_di_stato
        patrimonio = nucleo("patrimonio_mobiliare", period)
        titoli = np.minimum(nucleo("titoli_di_stato_e_risparmio_postale", period), patrimonio)
        return to_cent(patrimonio - np.minimum(titoli, limite))


class adi_patrimonio_mobiliare_figli(Variable):
    value_type = int
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "person"
    label = "Minori di cui tiene conto la soglia del patrimonio mobiliare"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 4"]

    def formula_2024(nucleo, period):
        """I minori del nucleo, anche fuori dalla scala.

        DL 48/2023, art. 2, c. 2, lett. b), n. 4. Da gennaio 2024.
        """
        return nucleo.sum(nucleo.members("adi_minorenne", period))


class adi_soglia_patrimonio_mobiliare(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Soglia del patrimonio mobiliare"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 4"]

    def formula_2024(nucleo, period, parameters):
        """6.000 euro, più 2.000 per ogni altro componente fino a 10.000; più gli incrementi per i minori e la disabilità.

        DL 48/2023, art. 2, c. 2, lett. b), n. 4: 1.000 euro per ogni minore oltre il secondo, 5.000 per ogni
        componente con disabilità, 7.500 se grave o non autosufficiente. Contano tutti i componenti, anche
        fuori dalla scala. Da gennaio 2024.
        """
        soglia = parameters(period).adi.requisiti.patrimonio_mobiliare
        componenti = nucleo.sum(nucleo.members("adi_nato", period))
        minori = nucleo("adi_patrimonio_mobiliare_figli", period)
        gravi = nucleo.sum(nucleo.members("disabilita_grave_o_non_autosufficienza", period))
        con_disabilita = nucleo.sum(nucleo.members("adi_con_disabilita", period))
        per_componenti = soglia.primo_componente + soglia.ulteriore_componente * (componenti - 1)
        minori_ulteriori = (minori - soglia.minori_senza_incremento).clip(min=0)
        return to_cent(
            np.minimum(per_componenti, soglia.massimo)
            + soglia.minore_ulteriore * minori_ulteriori
            + soglia.disabilita_media * (con_disabilita - gravi)
            + soglia.disabilita_grave * gravi
        )


class adi_patrimonio_mobiliare_entro_soglia(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Il patrimonio mobiliare non supera la soglia"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 4"]

    def formula_2024(nucleo, period):
        """Il patrimonio mobiliare che conta non supera la soglia.

        DL 48/2023, art. 2, c. 2, lett. b), n. 4. Da gennaio 2024.
        """
        patrimonio = nucleo("adi_patrimonio_mobiliare", period)
        return patrimonio <= nucleo("adi_soglia_patrimonio_mobiliare", period)


class adi_requisito_patrimonio_mobiliare(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Requisito: patrimonio mobiliare non superiore alla soglia"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 4"]

    def formula_2024(nucleo, period):
        """Il patrimonio mobiliare non supera la soglia; o il permesso in deroga.

        DL 48/2023, art. 2, c. 2, lett. b), n. 4. Da gennaio 2024.
        """
        entro_soglia = nucleo("adi_patrimonio_mobiliare_entro_soglia", period)
        return entro_soglia | nucleo("adi_deroga_economica", period)
