"""Ogni adulto contato nella scala almeno 0,40 e ogni minore almeno 0,20, nei tetti dell'ADI."""

from pathlib import Path

import numpy as np
from openfisca_core.periods import DateUnit
from openfisca_core.reforms import Reform

from openfisca_adi.entities import Persona
from openfisca_adi.reform_tools import overlay
from openfisca_adi.variable import Variable


class adi_maggiorazione_scala(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "/1"
    label = "Maggiorazione della scala di equivalenza portata dal componente, secondo l'età"
    reference = [
        "DL 28 gennaio 2019, n. 4, art. 2, c. 4",
        "DL 4 maggio 2023, n. 48, art. 2, c. 4",
    ]

    def formula_2024(persona, period, parameters):
        """Per ogni altro adulto o minore la sua maggiorazione, o quella più alta della sua condizione.

        In luogo del DL 48/2023, art. 2, c. 4: la base, chi è contato e il tetto non cambiano.
        """
        scala = parameters(period).adi.scala_equivalenza
        altro = persona("adi_componente_in_scala", period) & ~persona("adi_titolare_base", period)
        per_eta = np.where(persona("adi_minorenne", period), scala.minore, scala.adulto)
        return np.maximum(per_eta, persona("adi_maggiorazione_condizione", period)) * altro


class scala_piena(Reform):
    """Contano tutti, anche gli adulti senza carichi di cura; la disabilità resta a 0,50, i tetti a 2,20 e 2,30."""

    name = "Scala piena: 0,40 per ogni adulto, 0,20 per ogni minore"

    def apply(self):
        """Sostituisce le maggiorazioni dell'art. 2, c. 4, DL 48/2023."""
        cartella = Path(__file__).parent / "parameters"
        self.modify_parameters(lambda parametri: overlay(parametri, cartella))
        self.update_variable(adi_maggiorazione_scala)
