"""I requisiti del Supporto per la formazione e il lavoro: DL 48/2023, art. 12."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Persona
from openfisca_adi.variable import Variable


class percepisce_sostegno_disoccupazione(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Percepisce NASpI, DIS-COLL o un altro sostegno alla disoccupazione (esclude l'SFL, non l'ADI)"
    reference = ["DL 4 maggio 2023, n. 48, art. 12"]
