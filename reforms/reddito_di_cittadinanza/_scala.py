"""Chi conta nella scala di equivalenza del Reddito di cittadinanza: DL 4/2019, art. 2, c. 3, e art. 3, c. 13."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Persona
from openfisca_adi.variable import Variable


class adi_componente_anche_in_struttura(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È contato nella scala, o lo sarebbe se non fosse in una struttura pubblica"
    reference = [
        "DL 28 gennaio 2019, n. 4, art. 2, c. 3, e art. 3, c. 13",
        "INPS, circ. 5 luglio 2019, n. 100",
    ]

    def formula_2024(persona, period):
        """Nato, residente senza interruzioni, senza cause ostative; non chi è disoccupato per dimissioni recenti.

        DL 4/2019, art. 2, c. 3, e art. 3, c. 13. La residenza e le cause ostative sono quelle dell'ADI.
        """
        dimesso = persona("adi_dimesso_di_recente", period) & persona("disoccupato", period)
        return (
            persona("adi_nato", period)
            & persona("adi_residente_senza_interruzioni", period)
            & ~persona("adi_causa_ostativa_penale", period)
            & ~dimesso
        )


class adi_maggiorazione_condizione(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "/1"
    label = "Maggiorazione per la condizione propria, che il Reddito di cittadinanza non ha"
    reference = ["DL 28 gennaio 2019, n. 4, art. 2, c. 4"]

    def formula_2024(persona, period):
        """Nessuna: disabilità, età e svantaggio non cambiano il peso di un componente.

        DL 4/2019, art. 2, c. 4.
        """
        return persona.empty_array()
