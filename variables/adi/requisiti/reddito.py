"""La soglia del reddito familiare e il regime degli over 67: DL 48/2023, art. 2, c. 2, lett. b), n. 2."""

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.members import any_member
from openfisca_adi.money import to_cent
from openfisca_adi.variable import PresumedFact, Variable


class canone_locazione_annuo(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Canone annuo di locazione previsto nel contratto, dichiarato nella DSU"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 1"]


class contratto_locazione_registrato(PresumedFact):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "La casa di abitazione è in affitto con contratto registrato"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 1"]

    def formula(nucleo, period):
        """Se non è detto altro, chi dichiara un canone ha un contratto registrato.

        DL 48/2023, art. 3, c. 1. Vale per ogni mese.
        """
        return nucleo("canone_locazione_annuo", period) > 0


class adi_over_67(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha almeno 67 anni"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 2"]

    def formula_2024(persona, period, parameters):
        """Ha compiuto 67 anni (I-38).

        DL 48/2023, art. 2, c. 2, lett. b), n. 2. Da gennaio 2024.
        """
        return persona("eta", period) >= parameters(period).adi.eta.pensione


class adi_nucleo_67(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = (
        "Nucleo di persone di almeno 67 anni e di altri familiari con disabilità grave "
        "o non autosufficienti"
    )
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 2"]

    def formula_2024(nucleo, period):
        """Almeno un componente di 67 anni; gli altri di 67 anni, o con disabilità grave o non autosufficienti.

        DL 48/2023, art. 2, c. 2, lett. b), n. 2. Guarda a tutti i componenti, anche non contati nella
        scala (I-10). Da gennaio 2024.
        """
        di_67_anni = nucleo.members("adi_over_67", period)
        grave = nucleo.members("disabilita_grave_o_non_autosufficienza", period)
        altro_componente = nucleo.members("adi_nato", period) & ~(di_67_anni | grave)
        return any_member(nucleo, di_67_anni) & ~nucleo.any(altro_componente)


class adi_base_reddito(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Reddito di riferimento per una persona sola, che la scala moltiplica"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 2, e art. 3, c. 1",
        "L. 30 dicembre 2024, n. 207, art. 1, c. 198",
    ]

    def formula_2024(nucleo, period, parameters):
        """6.000 euro (6.500 dal 2025), o 7.560 (8.190) per i nuclei di over 67.

        DL 48/2023, art. 2, c. 2, lett. b), n. 2; L. 207/2024, art. 1, c. 198.
        """
        reddito = parameters(period).adi.requisiti.reddito
        return np.where(nucleo("adi_nucleo_67", period), reddito.base_67, reddito.base)


class adi_base_accesso(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Reddito di riferimento per l'accesso, più alto per chi vive in affitto"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 2",
        "L. 30 dicembre 2024, n. 207, art. 1, c. 198",
        "INPS, msg 595/2025",
    ]

    def formula_2024(nucleo, period, parameters):
        """Per chi vive in affitto con contratto registrato non meno di 10.140 euro, anche oltre 67 anni (I-14).

        DL 48/2023, art. 2, c. 2, lett. b), n. 2; L. 207/2024, art. 1, c. 198. Dal 2025 e solo per l'accesso.
        """
        base = nucleo("adi_base_reddito", period)
        base_locazione = parameters(period).adi.requisiti.reddito.base_locazione
        in_affitto = nucleo("contratto_locazione_registrato", period)
        return np.where(in_affitto, np.maximum(base, base_locazione), base)


class adi_soglia_reddito(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Soglia del reddito familiare per l'accesso"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 2"]

    def formula_2024(nucleo, period):
        """Il reddito di riferimento per l'accesso, moltiplicato per la scala di equivalenza.

        DL 48/2023, art. 2, c. 2, lett. b), n. 2. Da gennaio 2024.
        """
        scala = nucleo("adi_scala_equivalenza", period)
        return to_cent(nucleo("adi_base_accesso", period) * scala)


class adi_requisito_reddito(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Requisito: reddito familiare inferiore alla soglia"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 2"]

    def formula_2024(nucleo, period):
        """Il reddito familiare è inferiore (non pari) alla soglia; o il permesso in deroga.

        DL 48/2023, art. 2, c. 2, lett. b), n. 2. Da gennaio 2024.
        """
        inferiore = nucleo("adi_reddito_familiare", period) < nucleo("adi_soglia_reddito", period)
        return inferiore | nucleo("adi_deroga_economica", period)
