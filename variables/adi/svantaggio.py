"""La condizione di svantaggio: DL 48/2023, art. 2, c. 1; DM 154/2023, art. 3, c. 5."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Persona
from openfisca_adi.variable import Variable


class svantaggio_accertato(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Condizione di svantaggio riconosciuta e programma certificato, senza i documenti (dati di indagine)"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5"]


class adi_svantaggio_dichiarabile(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Può dichiarare la condizione di svantaggio"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 1"]

    def formula_2024(persona, period, parameters):
        """Non la dichiarano i minori, chi ha almeno 60 anni e chi ha una disabilità: danno già accesso.

        DL 48/2023, art. 2, c. 1. Da gennaio 2024.
        """
        eta_legge = parameters(period).adi.eta
        eta = persona("eta", period)
        adulto = (eta_legge.maggiore_eta <= eta) & (eta < eta_legge.anziano)
        return adulto & ~persona("adi_con_disabilita", period)


class adi_svantaggio_riconosciuto(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Condizione di svantaggio riconosciuta ed efficace nel mese"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 1",
        "DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5",
    ]

    def formula_2024(persona, period):
        """La condizione accertata di chi può dichiararla.

        DL 48/2023, art. 2, c. 1; DM 154/2023, art. 3, c. 5. Da gennaio 2024.
        """
        accertato = persona("svantaggio_accertato", period)
        return accertato & persona("adi_svantaggio_dichiarabile", period)
