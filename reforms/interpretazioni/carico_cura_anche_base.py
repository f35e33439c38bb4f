"""Il carico di cura spetta anche a chi ha il parametro 1, e dunque al genitore solo: DL 48/2023, art. 2, c. 4 (I-02)."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Persona
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_carico_cura_utile(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Il carico di cura gli porterebbe una maggiorazione più alta della sua, anche se ha il parametro 1"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(persona, period, parameters):
        """Chi ha una maggiorazione propria più bassa di quella per il carico di cura: il titolare della base non ne ha.

        DL 48/2023, art. 2, c. 4: "un componente". Da gennaio 2024.
        """
        carico_cura = parameters(period).adi.scala_equivalenza.carico_cura
        return persona("adi_maggiorazione_propria", period) < carico_cura


class carico_cura_anche_base(Reform):
    """Il genitore solo con un figlio sotto i tre anni ha anche la maggiorazione per il carico di cura."""

    name = "Il carico di cura anche a chi ha il parametro 1"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 2, c. 4"

    def apply(self):
        """Ammette al carico di cura il titolare della base: DL 48/2023, art. 2, c. 4."""
        self.update_variable(adi_carico_cura_utile)
