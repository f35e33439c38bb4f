"""Chi sono le persone del nucleo: nascita, età, disabilità, ordine in cui sono elencate."""

from datetime import date

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import first_day, full_years
from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.variable import PresumedFact, Variable


class data_nascita(Variable):
    value_type = date
    default_value = date(1970, 1, 1)
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Data di nascita"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 3"]


class eta(PresumedFact):
    value_type = int
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "year"
    label = "Anni compiuti il primo giorno del mese; -1 prima della nascita"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 1"]

    def formula(persona, period):
        """Gli anni compiuti il primo giorno del mese.

        DL 48/2023, art. 2: lo stato di un mese si legge il suo primo giorno (I-15). Vale per ogni mese.
        """
        return full_years(persona("data_nascita", period), first_day(period))


class adi_nato(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È già nato il primo giorno del mese, e dunque fa parte del nucleo"
    reference = ["DPCM 5 dicembre 2013, n. 159, art. 3"]

    def formula_2024(persona, period):
        """Chi nasce dopo il primo giorno del mese non è ancora un componente del nucleo.

        DPCM 159/2013, art. 3. Da gennaio 2024.
        """
        return persona("eta", period) >= 0


class Disabilita(Enum):
    __order__ = "nessuna media grave non_autosufficienza"
    nessuna = "Nessuna disabilità"
    media = "Disabilità media"
    grave = "Disabilità grave"
    non_autosufficienza = "Non autosufficienza"


class disabilita(Variable):
    value_type = Enum
    possible_values = Disabilita
    default_value = Disabilita.nessuna
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Classe di disabilità dell'Allegato 3 del DPCM 159/2013"
    reference = ["DPCM 5 dicembre 2013, n. 159, Allegato 3"]


class invalidita_percentuale(Variable):
    value_type = int
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "percent"
    label = "Percentuale di invalidità civile"
    reference = ["L. 30 marzo 1971, n. 118, art. 2"]


class disabilita_grave_o_non_autosufficienza(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha una disabilità grave o non è autosufficiente"
    reference = ["DPCM 5 dicembre 2013, n. 159, Allegato 3"]

    def formula_2024(persona, period):
        """Disabilità grave o non autosufficienza di un componente già nato.

        DPCM 159/2013, Allegato 3. Da gennaio 2024.
        """
        classe = persona("disabilita", period)
        valori = classe.possible_values
        grave = (classe == valori.grave) | (classe == valori.non_autosufficienza)
        return grave & persona("adi_nato", period)


class e_richiedente(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "È il richiedente del nucleo"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 1"]

    def formula(persona, period):
        """Il ruolo di richiedente nel nucleo.

        DL 48/2023, art. 4, c. 1: il beneficio è richiesto da un componente del nucleo.
        """
        return persona.has_role(Nucleo.RICHIEDENTE)


class ordine_elencazione(Variable):
    value_type = int
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = (
        "Posto nell'elenco del nucleo: 0 il richiedente, poi gli altri nell'ordine in cui sono dati"
    )
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula(persona, period):
        """Prima il richiedente, poi gli altri componenti nell'ordine in cui sono elencati.

        DL 48/2023, art. 2, c. 4: decide a parità di ogni altra condizione (I-01, I-03).
        """
        posizione = persona.nucleo.reference_entity.members_position
        return np.where(persona("e_richiedente", period), 0, posizione + 1)
