"""Il minore con disabilità occupa uno dei posti dei primi due minori: DL 48/2023, art. 2, c. 4 (I-06)."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Persona
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_minore_ordinario(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È un minore contato che occupa un posto nella scala, anche con disabilità"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(persona, period):
        """I minori contati, escluso chi tiene la base.

        DL 48/2023, art. 2, c. 4: "ciascun minore". Da gennaio 2024.
        """
        minore = persona("adi_componente_in_scala", period) & persona("adi_minorenne", period)
        return minore & ~persona("adi_titolare_base", period)


class minore_disabile_occupa_posto(Reform):
    """Accanto a due minori, di cui uno con disabilità, il terzo porta 0,10 e non 0,15."""

    name = "Il minore con disabilità occupa un posto"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 2, c. 4"

    def apply(self):
        """Conta il minore con disabilità tra i primi due: DL 48/2023, art. 2, c. 4."""
        self.update_variable(adi_minore_ordinario)
