"""L'indicatore della situazione patrimoniale: DPCM 159/2013, art. 5; ISEE speciale dal 2026 (L. 199/2025)."""

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.money import to_cent
from openfisca_adi.variable import PresumedFact, Variable


class residente_capoluogo_metropolitano(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Vive nel capoluogo di una città metropolitana"
    reference = ["L. 30 dicembre 2025, n. 199, art. 1, c. 208"]


class isee_patrimonio_immobiliare_abitazione(PresumedFact):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Valore IMU della casa di abitazione, al netto del mutuo residuo; se non dato, il valore IMU"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 5, c. 2"]

    def formula(nucleo, period):
        """Se non è detto altro non c'è un mutuo.

        DPCM 159/2013, art. 5, c. 2. Vale per ogni mese.
        """
        return nucleo("valore_imu_abitazione", period)


class isee_patrimonio_immobiliare_altro(PresumedFact):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = (
        "Valore IMU degli altri immobili, al netto dei mutui residui; se non dato, il valore IMU"
    )
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 5, c. 2"]

    def formula(nucleo, period):
        """Se non è detto altro non ci sono mutui.

        DPCM 159/2013, art. 5, c. 2. Vale per ogni mese.
        """
        return nucleo("valore_imu_altri_immobili", period)


class isee_franchigia_abitazione(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Franchigia per la casa di abitazione"
    reference = [
        "DPCM 5 dicembre 2013, n. 159, art. 5, c. 2",
        "L. 30 dicembre 2025, n. 199, art. 1, c. 208",
    ]

    def formula_2024(nucleo, period, parameters):
        """52.500 euro, più 2.500 per ogni figlio dopo il secondo; dal 2026 91.500 (120.000 nei capoluoghi), dopo il primo.

        DPCM 159/2013, art. 5, c. 2; L. 199/2025, art. 1, c. 208 (I-36).
        """
        abitazione = parameters(period).isee.patrimonio.abitazione
        franchigia = np.where(
            nucleo("residente_capoluogo_metropolitano", period),
            abitazione.franchigia_capoluogo,
            abitazione.franchigia,
        )
        figli = nucleo("isee_numero_figli", period)
        figli_ulteriori = (figli - abitazione.figli_senza_incremento).clip(min=0)
        return franchigia + abitazione.incremento_figlio * figli_ulteriori


class isee_patrimonio_abitazione(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Valore della casa di abitazione che conta nell'ISP"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 5, c. 2"]

    def formula_2024(nucleo, period, parameters):
        """Due terzi del valore oltre la franchigia.

        DPCM 159/2013, art. 5, c. 2. Da gennaio 2024.
        """
        quota = parameters(period).isee.patrimonio.abitazione.quota_eccedente
        valore = nucleo("isee_patrimonio_immobiliare_abitazione", period)
        return (valore - nucleo("isee_franchigia_abitazione", period)).clip(min=0) * quota


class isee_patrimonio_mobiliare(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Patrimonio mobiliare che conta nell'ISP, oltre la franchigia"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 5, c. 4-6", "DPCM 14 gennaio 2025, n. 13"]

    def formula_2024(nucleo, period, parameters):
        """Il patrimonio senza i titoli di Stato e il risparmio postale esclusi, oltre la franchigia.

        DPCM 159/2013, art. 5, c. 4-6: 6.000 euro, più 2.000 per ogni altro componente fino a 10.000, più 1.000
        per ogni figlio dopo il secondo. L'esclusione (DPCM 13/2025) vale da maggio 2025.
        """
        legge = parameters(period).isee.patrimonio.mobiliare
        patrimonio = nucleo("patrimonio_mobiliare", period)
        titoli = np.minimum(nucleo("titoli_di_stato_e_risparmio_postale", period), patrimonio)
        esclusi = titoli.clip(max=legge.esclusione_titoli_di_stato)
        componenti = nucleo.sum(nucleo.members("adi_nato", period))
        per_componenti = legge.primo_componente + legge.ulteriore_componente * (componenti - 1)
        figli_ulteriori = nucleo("isee_numero_figli", period) - legge.figli_senza_incremento
        franchigia = per_componenti.clip(max=legge.massimo)
        franchigia = franchigia + legge.incremento_figlio * figli_ulteriori.clip(min=0)
        return (patrimonio - esclusi - franchigia).clip(min=0)


class isee_isp(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Indicatore della situazione patrimoniale (ISP)"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 5"]

    def formula_2024(nucleo, period):
        """La casa oltre la franchigia, gli altri immobili e il patrimonio mobiliare oltre la franchigia.

        DPCM 159/2013, art. 5. Da gennaio 2024.
        """
        return to_cent(
            nucleo("isee_patrimonio_abitazione", period)
            + nucleo("isee_patrimonio_immobiliare_altro", period)
            + nucleo("isee_patrimonio_mobiliare", period)
        )
