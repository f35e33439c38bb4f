"""Tutti i requisiti insieme: DL 48/2023, art. 2."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.variable import Variable


class adi_requisiti_con_isee_valido(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Il nucleo ha tutti i requisiti, se l'ISEE si considera in corso di validità"
    reference = ["DL 4 maggio 2023, n. 48, art. 2"]

    def formula_2024(nucleo, period):
        """Tutti i requisiti, con l'ISEE preso per valido: durante un periodo l'ISEE scaduto sospende soltanto (I-46).

        DL 48/2023, art. 2, c. 1-3-bis. Da gennaio 2024.
        """
        return (
            nucleo("adi_requisito_categoriale", period)
            & nucleo("adi_requisito_cittadinanza", period)
            & nucleo("adi_requisito_residenza", period)
            & nucleo("adi_isee_entro_soglia", period)
            & nucleo("adi_requisito_reddito", period)
            & nucleo("adi_requisito_patrimonio_immobiliare", period)
            & nucleo("adi_requisito_patrimonio_mobiliare", period)
            & nucleo("adi_requisito_beni_durevoli", period)
            & nucleo("adi_requisito_penale", period)
            & nucleo("adi_requisito_dimissioni", period)
            & nucleo("adi_requisito_istruzione", period)
            & nucleo("adi_requisito_struttura", period)
        )


class adi_requisiti(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Il nucleo ha tutti i requisiti dell'Assegno di inclusione"
    reference = ["DL 4 maggio 2023, n. 48, art. 2"]

    def formula_2024(nucleo, period):
        """Tutti i requisiti, alla domanda e per tutta la durata del beneficio, con un ISEE in corso di validità.

        DL 48/2023, art. 2, c. 1-3-bis. Da gennaio 2024.
        """
        altri_requisiti = nucleo("adi_requisiti_con_isee_valido", period)
        return altri_requisiti & nucleo("adi_requisito_isee", period)
