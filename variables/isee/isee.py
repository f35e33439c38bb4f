"""L'indicatore della situazione economica equivalente: DPCM 159/2013, art. 2."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.variable import Variable


class isee(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "ISEE in vigore nel mese (con minori: ISEE minorenni)"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 2"]
