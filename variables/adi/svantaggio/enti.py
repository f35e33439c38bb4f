"""Gli enti competenti a certificare: DM 154/2023, art. 3, c. 5, e matrice del webinar del 28 gennaio 2025."""

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Persona
from openfisca_adi.members import Rows
from openfisca_adi.variable import Variable


class EnteSvantaggio(Enum):
    __order__ = (
        "nessuno servizi_sanitari_sociosanitari servizi_sociali_territoriali commissione_medica "
        "autorita_giudiziaria centro_antiviolenza uepe amministrazione_penitenziaria"
    )
    nessuno = "Nessun ente"
    servizi_sanitari_sociosanitari = "Servizi sanitari e sociosanitari pubblici"
    servizi_sociali_territoriali = "Servizi sociali territoriali"
    commissione_medica = "Commissione medica per l'invalidità civile"
    autorita_giudiziaria = "Autorità giudiziaria"
    centro_antiviolenza = "Centro antiviolenza"
    uepe = "Ufficio per l'esecuzione penale esterna (UEPE)"
    amministrazione_penitenziaria = "Amministrazione penitenziaria"


class svantaggio_ente_certificatore(Variable):
    value_type = Enum
    possible_values = EnteSvantaggio
    default_value = EnteSvantaggio.nessuno
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Ente che certifica la condizione di svantaggio"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5"]


class svantaggio_ente_presa_in_carico(Variable):
    value_type = Enum
    possible_values = EnteSvantaggio
    default_value = EnteSvantaggio.nessuno
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Ente che certifica la presa in carico"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5"]


class adi_svantaggio_enti_competenti(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Gli enti che certificano condizione e presa in carico sono competenti per la categoria"
    reference = [
        "DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5",
        'Ministero del Lavoro, webinar "La condizione di svantaggio", 28 gennaio 2025',
    ]

    def formula_2024(persona, period, parameters):
        """L'ente certificatore e quello della presa in carico sono tra quelli della matrice (I-21).

        DM 154/2023, art. 3, c. 5; la matrice è in parameters/adi/svantaggio/enti. Da gennaio 2024.
        """
        competenti = parameters(period).adi.svantaggio.enti
        dichiaranti = Rows(persona, period, persona("adi_svantaggio_dichiarato", period))
        categoria = dichiaranti("svantaggio_categoria")
        return dichiaranti.spread(
            _ammesso(
                competenti.certificazione, categoria, dichiaranti("svantaggio_ente_certificatore")
            )
            & _ammesso(
                competenti.presa_in_carico,
                categoria,
                dichiaranti("svantaggio_ente_presa_in_carico"),
            )
        )


def _ammesso(righe, categoria, ente):
    """Look up (category, body) in a boolean table made of the rows of the parameter: category -> bodies."""
    _nessuna, *categorie = categoria.possible_values
    tabella = np.zeros((len(categorie) + 1, len(ente.possible_values)), dtype=bool)
    for riga in categorie:
        for nome in righe[riga.name]:
            tabella[riga.index, ente.possible_values[nome].index] = True
    return tabella[categoria.view(np.ndarray), ente.view(np.ndarray)]
