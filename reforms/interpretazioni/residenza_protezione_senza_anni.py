"""Chi ha la protezione internazionale non deve risiedere da cinque anni: DL 48/2023, art. 2, c. 2, lett. a), n. 2 (I-37)."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Persona
from openfisca_adi.members import one_of
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_anni_residenza_sufficienti(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha gli anni di residenza richiesti, o la protezione internazionale"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. a), n. 2",
        "Corte di giustizia UE, causa C-747/22, conclusioni del 30 ottobre 2025",
    ]

    def formula_2024(persona, period):
        """Gli anni di residenza, anche continuativi, non sono richiesti a chi ha la protezione internazionale.

        DL 48/2023, art. 2, c. 2, lett. a), n. 2; causa C-747/22. Da gennaio 2024.
        """
        protetto = one_of(persona("titolo_soggiorno", period), "protezione_internazionale")
        return protetto | persona("adi_residente_da_tempo", period)


class residenza_protezione_senza_anni(Reform):
    """Il titolare di protezione internazionale deve essere residente, ma non da anni."""

    name = "La protezione internazionale senza gli anni di residenza"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. a), n. 2; causa C-747/22"

    def apply(self):
        """Toglie ai titolari di protezione gli anni dell'art. 2, c. 2, lett. a), n. 2, DL 48/2023."""
        self.update_variable(adi_anni_residenza_sufficienti)
