"""Il reddito familiare ai fini dell'ADI: DL 48/2023, art. 2, c. 2, lett. b), n. 2."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.variable import Variable


class reddito_familiare(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Reddito familiare ai fini dell'Assegno di inclusione, annuo"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 2"]
