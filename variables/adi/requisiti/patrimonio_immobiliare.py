"""Il patrimonio immobiliare: DL 48/2023, art. 2, c. 2, lett. b), n. 3."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.money import to_cent
from openfisca_adi.variable import Variable


class valore_imu_abitazione(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Valore ai fini IMU della casa di abitazione"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 3"]


class valore_imu_altri_immobili(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Valore ai fini IMU degli immobili diversi dalla casa di abitazione"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 3"]


class adi_abitazione_eccedente(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Valore della casa di abitazione che conta nel patrimonio immobiliare"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 3"]

    def formula_2024(nucleo, period, parameters):
        """Della casa conta solo il valore oltre 150.000 euro (I-08).

        DL 48/2023, art. 2, c. 2, lett. b), n. 3. Da gennaio 2024.
        """
        escluso = parameters(period).adi.requisiti.patrimonio_immobiliare.valore_abitazione_escluso
        return to_cent((nucleo("valore_imu_abitazione", period) - escluso).clip(min=0))


class adi_patrimonio_immobiliare_entro_soglia(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Il patrimonio immobiliare non supera la soglia"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 3"]

    def formula_2024(nucleo, period, parameters):
        """Gli altri immobili e l'eccedenza della casa non superano la soglia.

        DL 48/2023, art. 2, c. 2, lett. b), n. 3. Da gennaio 2024.
        """
        altri_immobili = nucleo("valore_imu_altri_immobili", period)
        patrimonio = to_cent(altri_immobili + nucleo("adi_abitazione_eccedente", period))
        return patrimonio <= to_cent(parameters(period).adi.requisiti.patrimonio_immobiliare.soglia)


class adi_requisito_patrimonio_immobiliare(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Requisito: patrimonio immobiliare non superiore alla soglia, oltre alla casa"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 3"]

    def formula_2024(nucleo, period):
        """Il patrimonio immobiliare non supera la soglia; o il permesso in deroga.

        DL 48/2023, art. 2, c. 2, lett. b), n. 3. Da gennaio 2024.
        """
        entro_soglia = nucleo("adi_patrimonio_immobiliare_entro_soglia", period)
        return entro_soglia | nucleo("adi_deroga_economica", period)
