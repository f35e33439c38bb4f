"""Il mutuo per la casa di abitazione, che conta soltanto nel Reddito di cittadinanza: DL 4/2019, art. 3, c. 3."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.variable import Variable


class rata_mutuo_annua(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = (
        "Rate annue del mutuo per la casa di abitazione; le usa solo la riforma "
        "reddito_di_cittadinanza"
    )
    reference = ["DL 28 gennaio 2019, n. 4, art. 3, c. 3"]
