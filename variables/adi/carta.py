"""La Carta di inclusione: DL 48/2023, art. 4, c. 8."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.money import to_cent
from openfisca_adi.variable import Variable


class adi_limite_prelievo_contante(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Limite mensile di prelievo in contanti della carta"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 8"]

    def formula_2024(nucleo, period, parameters):
        """100 euro per la scala di equivalenza, se il nucleo ha i requisiti (carta unica).

        DL 48/2023, art. 4, c. 8. Da gennaio 2024.
        """
        limite = parameters(period).adi.carta.limite_prelievo_contante
        scala = nucleo("adi_scala_equivalenza", period)
        return to_cent(limite * scala * nucleo("adi_requisiti", period))
