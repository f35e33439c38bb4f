"""Il minimo di 480 euro annui vale per la sola quota A, se spetta: DL 48/2023, art. 3, c. 4 (I-04)."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_beneficio_minimo(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Importo annuo sotto il quale il beneficio non scende: il minimo della quota A, più la quota B"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 4"]

    def formula_2024(nucleo, period, parameters):
        """480 euro annui in luogo di una quota A più bassa, oltre alla quota B; nessun minimo se spetta la sola quota B.

        DL 48/2023, art. 3, c. 4. Da gennaio 2024.
        """
        minimo = parameters(period).adi.importo.minimo_annuo
        spetta_quota_a = nucleo("adi_quota_integrazione", period) > 0
        return (minimo + nucleo("adi_quota_locazione", period)) * spetta_quota_a


class minimo_solo_quota_a(Reform):
    """La quota A che spetta non scende sotto 480 euro annui; la quota B si aggiunge, e da sola non ha minimo."""

    name = "Il minimo di 480 euro per la sola quota A"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 3, c. 4"

    def apply(self):
        """Applica il minimo dell'art. 3, c. 4, DL 48/2023 alla quota A."""
        self.update_variable(adi_beneficio_minimo)
