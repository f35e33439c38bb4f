"""Più condizioni sulla stessa persona si sommano nella scala: DL 48/2023, art. 2, c. 4 (I-05)."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Persona
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_maggiorazione_condizione(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "/1"
    label = "Maggiorazione per le condizioni proprie: disabilità, 60 anni, svantaggio, sommate"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(persona, period, parameters):
        """La somma delle maggiorazioni per la disabilità, i 60 anni e lo svantaggio.

        DL 48/2023, art. 2, c. 4. Da gennaio 2024.
        """
        scala = parameters(period).adi.scala_equivalenza
        return (
            persona("adi_con_disabilita", period) * scala.disabilita
            + persona("adi_over_60", period) * scala.anziano
            + persona("adi_svantaggio_riconosciuto", period) * scala.svantaggio
        )


class adi_maggiorazione_propria(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "/1"
    label = "Maggiorazione del componente, senza il carico di cura: condizioni e minore età sommate"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(persona, period):
        """La somma di condizione propria e minore età; nessuna a chi tiene la base.

        DL 48/2023, art. 2, c. 4. Da gennaio 2024.
        """
        altro = persona("adi_componente_in_scala", period) & ~persona("adi_titolare_base", period)
        condizione = persona("adi_maggiorazione_condizione", period)
        return (condizione + persona("adi_maggiorazione_minore", period)) * altro


class adi_maggiorazione_scala(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "/1"
    label = "Maggiorazione della scala di equivalenza portata dal componente, con il carico di cura"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(persona, period, parameters):
        """La somma della maggiorazione propria e di quella per il carico di cura.

        DL 48/2023, art. 2, c. 4. Da gennaio 2024.
        """
        carico_cura = parameters(period).adi.scala_equivalenza.carico_cura
        propria = persona("adi_maggiorazione_propria", period)
        return propria + persona("adi_carico_cura", period) * carico_cura


class maggiorazioni_cumulate(Reform):
    """Disabilità, età, svantaggio e carico di cura della stessa persona si sommano, fino al tetto della scala.

    Chi può avere il carico di cura (I-03) e i posti dei minori con disabilità (I-06) restano quelli della legge.
    """

    name = "Le maggiorazioni della stessa persona si sommano"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 2, c. 4"

    def apply(self):
        """Mette la somma al posto della maggiorazione più alta: DL 48/2023, art. 2, c. 4."""
        self.update_variable(adi_maggiorazione_condizione)
        self.update_variable(adi_maggiorazione_propria)
        self.update_variable(adi_maggiorazione_scala)
